"""What is given to other programs comes back as it was, on the whole sample network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.config import Config
from planner.core.model import ImportReport
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.errors import Refused
from planner.interchange import reading
from planner.interchange.exporting import Exports
from planner.interchange.json import own, person_writer
from planner.store import tables as t
from planner.store.row_writer import Writer
from planner.store.views import exports
from tests.cases import case, within
from tests.desk.desks import add, day, on, open_desk
from tests.store.stores import asked, assert_sound, facts


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """The sample network, with something forgotten, so that there is a fact of every kind."""
    with Desk(demo_store(tmp_path / "demo.db"), Config(), lambda: DEMO_TODAY) as found:
        gone = add(found, "Gone Forever", emails=("gone@forever.example",))
        found.people.forget(gone)
        found.triage.snooze(["c1"], day(12, 1))
        loan = found.favors.enter("gave", [3], kind="loan", note="the tent", due=day(11, 30)).id
        found.triage.snooze([f"l{loan}"], day(12, 2))
        found.triage.skip(["c2"])
        found.triage.move(["c3"], day(11, 26))
        found.triage.pause(everyone=True, until=day(11, 25))
        found.store.write("test", "The rarest facts", rarest, today=DEMO_TODAY)
        yield found


def rarest(writer: Writer) -> None:
    writer.insert(t.IdentityTable, key="vcard:card-of-ana", contact=1, digest="0" * 32)
    writer.insert(t.NotTheseTable, one=4, other=5, on=DEMO_TODAY)
    writer.insert(t.DoubtTable, one=4, other=5, why="same phone", found_on=DEMO_TODAY)
    writer.insert(t.NewcomerTable, contact=4, came_on=DEMO_TODAY)


def everyone(desk: Desk) -> list[int]:
    return [one.contact.id for one in desk.exports.address_book("")]


def bytes_of(desk: Desk, kind: str = "everything") -> bytes:
    _, parts = getattr(Exports(desk.exports), kind)()
    return b"".join(parts)


def saved(desk: Desk, path: Path, kind: str = "everything") -> Path:
    path.write_bytes(bytes_of(desk, kind))
    return path


def restored(desk: Desk, path: Path, **more: Any) -> ImportReport:
    return desk.imports.fill(lambda schema: own.read(path, schema), **more).report


def take_in(desk: Desk, path: Path) -> Any:
    return desk.imports.run(reading.read([path])).report


def told(desk: Desk) -> dict[str, Any]:
    """What the planner says: the agenda, why, the ledger, needs, cards."""
    ids = everyone(desk)
    return {
        "agenda": desk.reading.agenda(),
        "why": [desk.reading.why(one) for one in ids],
        "ledger": desk.favors.ledger(),
        "needs": [(desk.needs.people(one.need.id), desk.needs.told(one.need.id)) for one in desk.needs.all()],
        "cards": [desk.reading.card(one) for one in ids],
    }


def test_everything_comes_back_in_an_empty_planner(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "all.json")
    with open_desk(tmp_path / "other.db") as other:
        assert restored(other, file).added == len(everyone(demo))
        assert bytes_of(other) == file.read_bytes()
        assert facts(other.store) == facts(demo.store)
        assert told(other) == told(demo)
        assert_sound(other.store)
        assert other.keeping.history()[0].summary.startswith("Import of a whole planner")
        other.keeping.undo()
        assert everyone(other) == []
        assert_sound(other.store)
        other.keeping.redo()
        assert bytes_of(other) == file.read_bytes()
        assert_sound(other.store)


def test_every_kind_of_fact_is_in_it(demo: Desk) -> None:
    content = json.loads(bytes_of(demo))
    empty = {name for name, rows in content.items() if not rows}
    elsewhere = {table._meta.table_name for table in (*t.EVIDENCE, *t.BOOK, t.InboxLineTable)}
    assert empty == elsewhere, "nothing is watched or written elsewhere beside the sample network"
    assert list(content) == ["version", "planner", *demo.exports.snapshot_tables()]


def test_the_same_state_read_again_changes_nothing(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "all.json")
    before = demo.keeping.history()
    assert restored(demo, file).unchanged == len(everyone(demo))
    assert demo.keeping.history() == before
    assert bytes_of(demo) == file.read_bytes()


def test_it_is_refused_where_something_else_is(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "all.json")
    demo.interactions.note([1], "changed since")
    before = bytes_of(demo)
    with pytest.raises(Refused, match="into an empty one only"):
        restored(demo, file)
    assert bytes_of(demo) == before


def test_it_begins_with_its_version_and_older_files_without_one_are_read(demo: Desk, tmp_path: Path) -> None:
    whole = bytes_of(demo)
    assert whole.startswith(b'{"version": 1, "planner": {"format": 1, ')
    assert next(iter(json.loads(whole))) == "version"
    file = tmp_path / "older.json"
    for older in (whole.replace(b'"version": 1, ', b"", 1), json.dumps(json.loads(whole)).encode()):
        file.write_bytes(older)
        with open_desk(tmp_path / f"{len(older)}.db") as other:
            restored(other, file)
            assert bytes_of(other) == whole


def test_another_layout_of_the_same_json_is_read(demo: Desk, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    file.write_text(json.dumps(json.loads(bytes_of(demo)), indent=2))
    with open_desk(tmp_path / "other.db") as other:
        restored(other, file)
        assert bytes_of(other) == bytes_of(demo)


def test_a_dry_run_and_a_cancelled_one_write_nothing(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "all.json")
    with open_desk(tmp_path / "other.db") as other:
        dry = restored(other, file, dry_run=True)
        assert dry.added == len(everyone(demo))
        assert restored(other, file, cancelled=lambda: True).stopped
        assert other.keeping.history() == ()
        assert everyone(other) == []
        assert_sound(other.store)
        assert restored(other, file) == dry


WRONG = {
    "half a file": lambda text: text[: len(text) // 2],
    "half a line": lambda text: text[:-40],
    "a newer planner": lambda text: text.replace('"schema": ', '"schema": 99', 1),
    "a number twice": lambda text: text.replace('{"id": 2, "uid"', '{"id": 1, "uid"', 1),
    "a person who is not there": lambda text: text.replace('"contact_id": 2,', '"contact_id": 99999,', 1),
    "no name": lambda text: text.replace('"name": "Ana Silva"', '"name": " "', 1),
    "a day that is none": lambda text: text.replace('"created_on": "2', '"created_on": "0', 1),
    "a number for a text": lambda text: text.replace('"city": "', '"city": 7, "x": "', 1),
    "an unknown table": lambda text: text.replace('"skip": [', '"jump": [', 1),
    "a rhythm that is none": lambda text: text.replace('"cadence": "2w"', '"cadence": "often"', 1),
    "a state that is none": lambda text: text.replace('"state": "promised"', '"state": "lost"', 1),
    "a huge number": lambda text: text.replace('{"id": 2, "uid"', '{"id": 9999999999999999, "uid"', 1),
    "a number below one": lambda text: text.replace('{"id": 2, "uid"', '{"id": -2, "uid"', 1),
    "a path for an identifier": lambda text: text.replace('"uid": "', '"uid": "../', 1),
    "something after the end": lambda text: text + '"more": []}\n',
    "infinity": lambda text: text.replace('"version": 1}', '"version": Infinity}', 1),
    "a version of a later planner": lambda text: text.replace('"version": 1', '"version": 2', 1),
    "no number for a version": lambda text: text.replace('"version": 1', '"version": "1"', 1),
}


def test_a_file_that_is_wrong_is_refused_whole(demo: Desk, tmp_path: Path) -> None:
    file, text = tmp_path / "wrong.json", bytes_of(demo).decode()
    for what in WRONG:
        with case(what):
            wrong = WRONG[what](text)
            assert wrong != text
            file.write_text(wrong)
            with open_desk(tmp_path / "other.db") as other:
                with pytest.raises(Refused):
                    restored(other, file)
                assert everyone(other) == []
                assert other.keeping.history() == ()
                assert_sound(other.store)


def test_control_characters_in_a_file_never_get_in(demo: Desk, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    acting = '"name": "Ana\\u001b]52;c;x\\u0007\\u202e"'
    file.write_text(bytes_of(demo).decode().replace('"name": "Ana Silva"', acting, 1))
    with open_desk(tmp_path / "other.db") as other:
        restored(other, file)
        assert other.reading.card(other.people.find("Ana]52")).contact.name == "Ana]52;c;x"


# Address books


def without_digests(export: bytes) -> Any:
    """All there is, but what was last read under the key of another address book."""
    content = json.loads(export)
    for row in content["identity"]:
        del row["digest"]
    del content["card"]
    return content


def test_cards_read_back_change_nothing(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "people.vcf", "cards")
    before = without_digests(bytes_of(demo))
    report = take_in(demo, file)
    assert (report.added, report.merged, report.rejected) == (0, 0, ())
    assert report.unchanged == len(everyone(demo))
    assert without_digests(bytes_of(demo)) == before


def test_a_table_read_back_changes_nothing(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "people.csv", "table")
    before = bytes_of(demo)
    report = take_in(demo, file)
    assert (report.added, report.merged, report.rejected) == (0, 0, ())
    assert bytes_of(demo) == before


def test_a_table_fills_an_empty_planner_with_equal_people(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "people.csv", "table")
    with open_desk(tmp_path / "other.db") as other:
        report = take_in(other, file)
        assert report.rejected == ()
        assert report.added == len(everyone(demo))
        assert people_of(other) == people_of(demo)
        assert bytes_of(other, "table") == file.read_bytes()


def people_of(desk: Desk) -> list[Any]:
    """Everyone as a table tells of them: ids, days of creation and links between people are not in it."""
    found = []
    for one in desk.exports.address_book(""):
        contact = one.contact
        found.append(
            (
                replace(
                    contact, id=0, created_on=None, version=0, paused_until=None, through="",
                    dates=tuple(sorted((replace(each, id=0, contact_id=0) for each in contact.dates), key=repr)),
                    acquaintances=tuple(sorted({(each.relation, each.name) for each in contact.acquaintances})),  # type: ignore[arg-type]
                ),
                one.last_contact,
            )
        )  # fmt: skip
    return found


def test_someone_who_was_forgotten_does_not_come_back_with_an_old_export(demo: Desk, tmp_path: Path) -> None:
    contact_id = add(demo, "No Address At All")
    files = [saved(demo, tmp_path / "people.csv", "table"), saved(demo, tmp_path / "people.vcf", "cards")]
    demo.people.forget(contact_id)
    for file in files:
        assert take_in(demo, file).added == 0


def test_a_filter_chooses_whom(demo: Desk) -> None:
    _, parts = Exports(demo.exports).cards("ana silva")
    (card,) = parts
    assert b"FN:Ana Silva\r\n" in card


# One person


@pytest.mark.parametrize("format", ["json", "markdown"])
def test_all_about_a_person_is_in_their_record(demo: Desk, format: str) -> None:
    ana = demo.people.find("Ana Silva")
    _, (page,) = Exports(demo.exports).person(ana, format)
    card = demo.reading.card(ana, history=999)
    text = page.decode().replace("\\", "")
    wanted = [card.contact.name, card.contact.company, *(cell.value for cell in card.contact.emails)]
    wanted += [one.note for one in card.interactions] + [one.note for one in card.favors]
    wanted += [one.text for one in card.follow_ups] + list(card.contact.circles)
    assert [one for one in wanted if one not in text] == []
    assert "undo history" in text


def test_a_record_leaves_out_no_table_that_speaks_of_people() -> None:
    people: set[Any] = {t.ContactTable}
    for table in t.FACTS:
        parents = {field.rel_model for field in table._meta.refs}
        if parents & people:
            people.add(table)
        if t.ParticipationTable in people:
            people.add(t.InteractionTable)
    people -= {t.CircleTable, t.NeedTable}
    assert {table for table, _ in exports.PARENTS} == people
    assert set(person_writer.TITLES) == {table._meta.table_name for table in people}


def test_there_is_no_record_of_nobody(demo: Desk) -> None:
    with pytest.raises(Refused):
        demo.exports.person_record(99999)


def test_a_whole_planner_is_no_address_book(demo: Desk, tmp_path: Path) -> None:
    file = saved(demo, tmp_path / "all.json")
    with pytest.raises(Refused, match="a whole planner"):
        take_in(demo, file)


def test_a_file_of_an_older_planner_gets_what_has_come_since(demo: Desk, tmp_path: Path) -> None:
    content = json.loads(bytes_of(demo))
    content["planner"]["schema"] = 1
    del content["doubt"], content["newcomer"]
    for row in content["contact"]:
        del row["met_on"], row["changed_at"]
    for row in content["snooze"]:
        row["cadence_key"] = row.pop("made_for")
    named = {"contact", "interaction", "follow_up", "favor", "need", "introduction", "version", "planner",
             "forgotten"}  # fmt: skip
    for row in (row for table in content.keys() - named for row in content[table]):
        del row["uid"]
    file = tmp_path / "old.json"
    file.write_text(json.dumps(content))
    with open_desk(tmp_path / "other.db") as other:
        restored(other, file)
        assert told(other)["agenda"] == told(demo)["agenda"]
        assert_sound(other.store)
        assert restored(other, file).unchanged == len(everyone(demo))


def test_what_calendars_were_told_of_a_person_goes_with_the_person(demo: Desk) -> None:
    ana = demo.people.find("Ana Silva")
    demo.interactions.log([ana])
    assert asked(demo.store, "SELECT count(*) FROM moved WHERE contact_id = ?", (ana,)) != [(0,)]
    demo.people.forget(ana)
    assert asked(demo.store, "SELECT count(*) FROM moved WHERE contact_id = ?", (ana,)) == [(0,)]


HEAD = '{"planner": {"format": 1, "schema": 2},\n'
HOSTILE = {
    "deep": HEAD + '"contact": [\n' + '{"a":' * 200_000 + "\n]}\n",
    "deep, laid out anew": '{ "planner": {"format": 1, "schema": 2}, "contact": ' + "[" * 900_000,
    "wide": '{ "planner": {"format": 1, "schema": 2}, "contact": [' + "{}," * 2_000_000 + "{}]}",
    "one line": HEAD + '"contact": [\n{"name": "' + "x" * 5_000_000 + '"}\n]}\n',
    "nothing but lines": HEAD + "\n" * 1_000_000,
    "a number of many digits": HEAD + '"contact": [\n{"id": ' + "9" * 100_000 + "}\n]}\n",
    "no end": HEAD,
    "not a table": HEAD + '"contact": {"id": 1}}\n',
    "a list of no rows": HEAD + '"contact": [\n[1],\n2\n]}\n',
    "half a character": HEAD.encode() + b'"contact": [\n{"name": "\xc3"}\n]}\n',
}


def test_a_hostile_file_is_refused_soon(tmp_path: Path) -> None:
    import resource

    file = tmp_path / "hostile.json"
    for what, text in HOSTILE.items():
        with case(what):
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
            assert own.begins_whole(file.read_bytes()[:200])
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            with within(2), open_desk(tmp_path / "other.db") as other:
                with pytest.raises(Refused):
                    restored(other, file)
                assert everyone(other) == []
            assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_calendar_shows_a_rhythm_until_a_plan_stands_for_it(tmp_path: Path) -> None:
    def shown(desk: Desk) -> set[str]:
        return {str(one.kind) for one in desk.exports.calendar()}

    with open_desk(tmp_path / "plans.db") as desk:
        add(desk, "Ana", cadence="1w")
        desk.interactions.log([1], on=on(0))
        assert shown(desk) == {"cadence"}
        desk.interactions.log([1], on=on(60), outcome="planned")
        for days, kinds in ((0, {"cadence", "planned"}), (52, {"cadence", "planned"}), (53, {"planned"})):
            later = desk.on(on(days))
            assert shown(later) == kinds, days
            week = later.reading.agenda().items
            assert {str(one.item.kind) for one in week} <= kinds, days
            assert bool(later.reading.hidden().planned) is ("cadence" not in kinds), days
