"""Taking in address books: counted beforehand, taken in once, taken back in one step, never half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.model import Cell, ImportedContact, ImportedDate, ImportReport, Rejected
from planner.desk import Desk
from planner.desk.intake import chunks
from planner.desk.intake.memory import Memory
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.interchange.text import Remark, Skipped
from tests.desk.desks import TODAY, add, on, open_desk
from tests.store.stores import assert_sound, facts


def person(name: str, key: str = "", email: str = "", **more: object) -> ImportedContact:
    values = {"source": "vcard", "file": "people.vcf", "line": 1, **more}
    return ImportedContact(
        name,
        keys=(key or f"record:{name}{sorted(map(str, more.values()))}",),
        emails=(Cell(email),) if email else (),
        **values,  # type: ignore[arg-type]
    )


def take(desk: Desk, records: Sequence[object], **more: object) -> ImportReport:
    return desk.imports.run(records, **more).report  # type: ignore[arg-type]


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.added, report.merged, report.unchanged, report.ambiguous, report.skipped


def crowd(number: int) -> list[ImportedContact]:
    return [
        person(f"Person {count:04}", f"vcard:uid-{count}", f"p{count}@example.org", company="Firm")
        for count in range(number)
    ]


# Counting beforehand


def test_a_dry_run_counts_what_the_import_then_does_and_writes_nothing(desk: Desk) -> None:
    add(desk, "Ana Silva", emails=("ana@x.example",))
    before = facts(desk.store)
    records = [
        person("Ana Silva", "vcard:1", "ana@x.example", company="Port"),
        person("Ana Silva", "vcard:1", city="Lyon"),
        person("Ben Okri", "vcard:2", "ben@x.example"),
        person("Ben Okri", "vcard:2", "ben@x.example", title="Poet"),
        person("Ben Okri", "vcard:2", "ben@x.example", title="Poet"),
        person("Benjamin", "vcard:3", "ben@x.example"),
        Rejected("people.vcf", 9, "no name"),
        Skipped("people.vcf", 12, "a group"),
        Remark("people.vcf", 1, "odd"),
    ]
    dry = take(desk, records, dry_run=True)
    assert facts(desk.store) == before
    assert [one.verb for one in desk.keeping.history()] == ["add"]
    real = take(desk, records)
    assert counts(dry) == counts(real) == (2, 3, 1, 0, 1)
    assert dry == replace(real, examples=dry.examples)
    assert [one.reason for one in real.rejected] == ["no name"]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    records = crowd(200)
    assert counts(take(desk, records)) == (200, 0, 0, 0, 0)
    before = facts(desk.store)
    assert counts(take(desk, records, dry_run=True)) == (0, 0, 200, 0, 0)
    assert counts(take(desk, records)) == (0, 0, 200, 0, 0)
    assert facts(desk.store) == before
    assert len(desk.keeping.history()) == 1


def test_one_undo_takes_all_of_an_import_back(desk: Desk) -> None:
    ana = add(desk, "Ana Silva", emails=("p3@example.org",))
    desk.people.edit(ana, ContactDraft(name="Person 0003"))
    before = facts(desk.store)
    take(desk, crowd(400), circle="fair", cadence="4w", expected=400)
    after = facts(desk.store)
    assert len(desk.reading.contact_ids("circle:fair")) == 399
    assert desk.keeping.undo().said == "Took back: Import: 399 new, 1 changed"
    assert facts(desk.store) == before
    desk.keeping.redo()
    assert facts(desk.store) == after


# Stopped half-way


def test_cancelled_half_way_nothing_stays(desk: Desk) -> None:
    add(desk)
    before, seen = facts(desk.store), list[int]()
    report = take(
        desk, crowd(900), expected=900, progress=lambda done, _: seen.append(done), cancelled=lambda: seen[-1] >= 600
    )
    assert (counts(report), seen) == ((0, 0, 0, 0, 0), [400, 800])
    assert facts(desk.store) == before
    assert [one.verb for one in desk.keeping.history()] == ["add"]


def test_refused_while_reading_nothing_stays(desk: Desk) -> None:
    def reading() -> Iterator[ImportedContact]:
        yield from crowd(200)
        raise Refused("the file ends in the middle")

    before = facts(desk.store)
    with pytest.raises(Refused, match="ends in the middle"):
        desk.imports.run(reading())
    assert facts(desk.store) == before
    assert desk.keeping.history() == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.desk.desks import open_desk
from tests.desk.test_imports import crowd
def progress(done, expected):
    if done >= 300:
        os.kill(os.getpid(), signal.SIGKILL)
desk = open_desk(Path(sys.argv[1]))
desk.imports.run(crowd(600), progress=progress)
"""


def test_killed_half_way_it_is_taken_back_when_opened_next(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_desk(path) as desk:
        add(desk)
        before = facts(desk.store)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=os.getcwd(), check=False)
    assert done.returncode == -signal.SIGKILL
    with open_desk(path) as desk:
        assert facts(desk.store) == before
        assert [one.verb for one in desk.keeping.history()] == ["add"]
        assert_sound(desk.store)
        assert counts(take(desk, crowd(600)))[0] == 600


# First due dates

CROWDED = 40
"""People on one of 28 days at most, of 300 who are spread by chance: 11 are usual, one spread in 700 has 26."""


@pytest.mark.parametrize("expected", [300, 0], ids=["told how many", "not told"])
def test_first_due_dates_of_many_are_spread_evenly(desk: Desk, expected: int) -> None:
    take(desk, crowd(300), cadence="4w", expected=expected)
    dues = Counter(desk.reading.why(one).due for one in desk.reading.contact_ids(""))
    assert set(dues) <= {on(count) for count in range(1, 29)}
    assert len(dues) >= 26
    assert max(dues.values()) <= CROWDED


def test_first_due_dates_of_many_long_out_of_touch_are_spread_too_until_they_get_a_rhythm_alone(desk: Desk) -> None:
    people = [replace(one, last_contact_on=on(-40 - count)) for count, one in enumerate(crowd(300))]
    take(desk, people, cadence="4w", expected=300)
    dues = Counter(desk.reading.why(one).due for one in desk.reading.contact_ids(""))
    assert set(dues) <= {on(count) for count in range(1, 29)}
    assert max(dues.values()) <= CROWDED
    desk.people.set_cadence([1], "2w")
    assert desk.reading.why(1).due == on(0)


def test_first_due_dates_of_a_few_are_not_spread(desk: Desk) -> None:
    take(desk, crowd(5), cadence="4w", expected=5)
    assert {desk.reading.why(one).due for one in desk.reading.contact_ids("")} == {on(28)}


def test_a_last_contact_counts_unless_it_lies_ahead(desk: Desk) -> None:
    take(desk, [person("Ana", last_contact_on=on(-10)), person("Ben", last_contact_on=on(10))], cadence="4w")
    assert desk.reading.why(1).last_contact == on(-10)
    assert desk.on(on(30)).reading.why(2).last_contact is None
    again = [person("Ana", last_contact_on=on(-10), city="Lyon")]
    take(desk, [replace(again[0], keys=("record:other",), emails=()), person("Ben", last_contact_on=on(-3))])
    assert len(desk.reading.card(1).interactions) == 1


# One key twice, and people met twice


def test_one_key_twice_with_different_content_does_not_flip_flop(desk: Desk) -> None:
    records = [person("Ana Silva", "vcard:1", title="Engineer"), person("Ana Silva", "vcard:1", title="Director")]
    assert counts(take(desk, records)) == (1, 1, 0, 0, 0)
    assert desk.reading.card(1).contact.title == "Director"
    before = facts(desk.store)
    for _ in range(3):
        assert counts(take(desk, records)) == (0, 0, 2, 0, 0)
        assert facts(desk.store) == before
    for changed in (0, 1):
        newer = list(records)
        newer[changed] = replace(newer[changed], city="Lyon" if changed else "Porto")
        take(desk, newer)
        settled = facts(desk.store)
        assert counts(take(desk, newer)) == (0, 0, 2, 0, 0)
        assert facts(desk.store) == settled


def test_what_a_source_takes_back_is_taken_over_again(desk: Desk) -> None:
    engineer, director = (person("Ana Silva", "vcard:1", title=title) for title in ("Engineer", "Director"))
    for record in (engineer, director, engineer):
        take(desk, [record])
        assert desk.reading.card(1).contact.title == record.title


def test_someone_known_by_mail_is_known_by_the_new_key_in_the_same_file(desk: Desk) -> None:
    add(desk, "Ana Silva", emails=("ana@x.example",))
    records = [person("Ana Silva", "vcard:1", "ana@x.example"), person("Silva, Ana", "vcard:1", city="Lyon")]
    assert counts(take(desk, records, dry_run=True)) == counts(take(desk, records))
    assert desk.reading.contacts("").total == 1
    assert desk.reading.card(1).contact.city == "Lyon"


def test_two_records_with_keys_of_their_own_stay_two_people(desk: Desk) -> None:
    add(desk, "Ana Silva", emails=("silva@x.example",))
    records = [person("Ana Silva", "vcard:1", "silva@x.example"), person("Ana Silva", "vcard:2", "silva@x.example")]
    report = take(desk, records, dry_run=True)
    assert counts(report) == counts(take(desk, records))
    assert report.added == 1
    assert counts(take(desk, records)) == (0, 0, 2, 0, 0)


def test_the_forgotten_are_not_brought_back(desk: Desk) -> None:
    take(desk, [person("Ana Silva", "vcard:1", "ana@x.example")])
    desk.people.forget(1)
    records = [person("Ana", "vcard:1"), person("Ana Silva", "vcard:9", "ANA@x.example"), person("Ben", "vcard:2")]
    assert counts(take(desk, records, dry_run=True)) == counts(take(desk, records)) == (1, 0, 0, 0, 2)


def test_what_the_person_typed_or_removed_stays(desk: Desk) -> None:
    record = person("Ana Silva", "vcard:1", "ana@x.example", company="Port", city="Lyon")
    take(desk, [record])
    desk.people.edit(1, ContactDraft(company="Harbour", emails=()))
    take(desk, [record])
    take(desk, [replace(record, title="Director")])
    ana = desk.reading.card(1).contact
    assert (ana.company, ana.title, ana.city) == ("Harbour", "Director", "Lyon")


# Whatever the file


names = st.sampled_from(["Ana Silva", "A. Silva", "Ana", "Ben Okri"])
records = st.builds(
    lambda name, key, email, title, city, phone, born, last: ImportedContact(
        name,
        source="vcard",
        keys=(key or f"record:{name}-{email}-{title}-{city}-{phone}-{born}-{last}",),
        emails=(Cell(email),) if email else (),
        title=title,
        city=city,
        phones=(Cell(phone),) if phone else (),
        dates=(ImportedDate("birthday", 12, 12, born or None),) if born is not None else (),
        last_contact_on=last,
        file="people.vcf",
        line=1,
    ),
    names,
    st.sampled_from(["", "", "vcard:1", "vcard:2", "linkedin:ana"]),
    st.sampled_from(["", "ana@x.example", "ben@x.example", "info@x.example"]),
    st.sampled_from(["", "Engineer", "Director"]),
    st.sampled_from(["", "Lyon"]),
    st.sampled_from(["", "+33 6 12 34 56 78"]),
    st.sampled_from([None, 0, 1988]),
    st.sampled_from([None, date(2026, 11, 1), date(2026, 11, 10)]),
)


def network(desk: Desk) -> list[object]:
    """Everyone with all they have, whatever its numbers."""
    found = []
    for contact_id in desk.reading.contact_ids(""):
        card = desk.reading.card(contact_id)
        dates = tuple(replace(one, id=0) for one in card.contact.dates)
        happenings = [(one.on, one.channel) for one in card.interactions]
        found.append((replace(card.contact, uid="", version=1, dates=dates), happenings))
    return found


@settings(max_examples=25)
@given(st.lists(records, max_size=7), st.lists(records, max_size=4), st.sampled_from([1, 2, 3]))
def test_any_file_is_counted_right_taken_in_once_and_taken_back(
    first: list[ImportedContact], second: list[ImportedContact], chunk: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        with open_desk(Path(folder) / "whole.db") as desk:
            add(desk, "Ana Silva", emails=("ana@x.example",), phones=("+33612345678",))
            empty = facts(desk.store)
            for file in (first, second):
                dry = counts(take(desk, file, dry_run=True))
                assert dry == counts(take(desk, file))
                settled = facts(desk.store)
                assert counts(take(desk, file)) == (0, 0, len(file), 0, 0)
                assert facts(desk.store) == settled
            whole = network(desk)
            while (steps := desk.keeping.history()) and steps[0].verb == "import" and facts(desk.store) != empty:
                desk.keeping.undo()
            assert facts(desk.store) == empty
            assert_sound(desk.store)
        patch.setattr(chunks, "CHUNK", chunk)
        with open_desk(Path(folder) / "chunks.db") as desk:
            add(desk, "Ana Silva", emails=("ana@x.example",), phones=("+33612345678",))
            for file in (first, second):
                dry = counts(take(desk, file, dry_run=True))
                assert dry == counts(take(desk, file))
            assert network(desk) == whole


def test_days_of_the_week_do_not_matter_to_an_import(desk: Desk) -> None:
    take(desk, crowd(30), cadence="1w", expected=30)
    dues = [desk.reading.why(one).due for one in desk.reading.contact_ids("")]
    assert all(due is not None and TODAY < due <= TODAY + timedelta(days=7) for due in dues)


# Keys that two address books both gave


def names(desk: Desk) -> list[str]:
    """Everybody's name, in order."""
    return sorted(row.name for row in desk.reading.contacts("").rows)


def test_one_key_on_two_people_is_two_people_and_asked(desk: Desk) -> None:
    ana = person("Ana Berg", "vcard:1", "ana@x.example", phones=(Cell("+41 44 668 18 00"),))
    tom = person("Tom Ray", "vcard:1", "tom@x.example", phones=(Cell("+1 418 656 9254"),))
    both = [ana, tom]
    for files in ([both], [[ana], [tom]], [[tom], [ana]]):
        for file in files:
            take(desk, file)
        assert names(desk) == ["Ana Berg", "Tom Ray"]
        assert [one.likeness for one in desk.review.pairs().pairs] == ["key"]
        shown = {row.name: desk.reading.card(row.id).contact for row in desk.reading.contacts("").rows}
        assert [cell.value for cell in shown["Ana Berg"].emails] == ["ana@x.example"]
        assert [cell.value for cell in shown["Tom Ray"].emails] == ["tom@x.example"]
        # Each is known again, by what it says and by its name.
        assert counts(take(desk, both)) == (0, 0, 2, 0, 0)
        assert counts(take(desk, [replace(tom, city="Lyon"), replace(ana, city="York")])) == (0, 2, 0, 0, 0)
        assert_sound(desk.store)
        for _ in range(len(files) + 1):
            desk.keeping.undo()
        assert names(desk) == []


def test_a_name_changed_by_hand_does_not_part_a_card_from_its_person(desk: Desk) -> None:
    take(desk, [person("Ana Berg", "vcard:1")])
    desk.people.edit(1, ContactDraft(name="Mum"))
    assert counts(take(desk, [person("Ana Berg", "vcard:1", city="Lyon")])) == (0, 1, 0, 0, 0)
    assert names(desk) == ["Mum"]


def test_two_people_of_one_key_who_are_joined_stay_one(desk: Desk) -> None:
    both = [person("Ana Berg", "vcard:1", city="Lyon"), person("Ana Ray", "vcard:1", company="Port")]
    take(desk, both)
    desk.people.merge(1, 2)
    take(desk, [replace(one, notes="new") for one in both])
    assert names(desk) == ["Ana Berg"]


def test_of_many_under_one_key_few_are_asked_about(desk: Desk) -> None:
    records = [person(f"P{number} Berg", "vcard:same", f"p{number}@x.example") for number in range(1000)]
    report = take(desk, records)
    assert (report.added, report.ambiguous) == (1000, chunks.MOST_DUPLICATES)
    assert counts(take(desk, records)) == (0, 0, 1000, 0, 0)


def test_one_person_is_not_made_of_a_whole_file(desk: Desk) -> None:
    records = [person("Ana Berg", "vcard:same", f"p{number}@x.example") for number in range(300)]
    report = take(desk, records)
    assert (report.added, report.merged) == (1, chunks.MOST_CHANGES)
    assert len(report.rejected) == 300 - 1 - chunks.MOST_CHANGES


def test_the_same_name_and_phone_under_a_new_key_is_the_same_person(desk: Desk) -> None:
    take(desk, [person("Ana Berg", phones=(Cell("+33612345678"),))])
    take(desk, [person("Berg, Ana", "vcard:9", phones=(Cell("+33 6 12 34 56 78"),))])
    assert names(desk) == ["Ana Berg"]
    take(desk, [person("Anton Berg", "vcard:8", phones=(Cell("+33 6 12 34 56 78"),))])
    assert names(desk) == ["Ana Berg", "Anton Berg"]


def test_an_attempt_is_no_contact_and_is_told_once(desk: Desk) -> None:
    first = person("Ana Berg", "linkedin:ana", attempted_on=on(-20))
    for record, told in [
        (first, [("attempt", -20)]),
        (replace(first, city="Lyon"), [("attempt", -20)]),
        (replace(first, last_contact_on=on(-10), attempted_on=None), [("reached", -10), ("attempt", -20)]),
        (replace(first, last_contact_on=on(-10), attempted_on=on(-5)),
         [("attempt", -5), ("reached", -10), ("attempt", -20)]),
        (replace(first, title="x", last_contact_on=on(-3), attempted_on=None),
         [("reached", -3), ("attempt", -5), ("reached", -10), ("attempt", -20)]),
    ]:  # fmt: skip
        take(desk, [record])
        found = desk.reading.card(1).interactions
        assert [(str(one.outcome), (one.on - TODAY).days) for one in found] == told


def test_what_a_part_of_an_import_learns_is_kept_once_it_is_written() -> None:
    memory = Memory()
    memory.say("a", "one", "n1")
    again = memory.copied()
    assert again.say("a", "two", "n1") == "one two n1"
    assert again.say("b", "one", "n2") == "one n2"
    again.changes[7] = again.changes.get(7, 0) + 1
    assert ("a" in again.told, "b" in again.told, "c" in again.told) == (True, True, False)
    assert (again.told.get("a"), again.told.get("c"), again.told.get("c", "none")) == ("one two n1", None, "none")
    # A part that has to run again begins with what was known before it.
    assert (memory.told, memory.changes) == ({"a": "one n1"}, {})
    memory.keep(again)
    assert (memory.told, memory.changes) == ({"a": "one two n1", "b": "one n2"}, {7: 1})
