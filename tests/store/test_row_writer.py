"""The writer: rows in, conflicts named, everything touched found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from planner.errors import Conflict, Refused
from planner.store import tables as t
from planner.store.connection import insert_rows
from planner.store.journal import history, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from tests.store.stores import (
    TODAY,
    add_contact,
    asked,
    assert_sound,
    contact,
    contact_values,
    delete,
    edit,
    facts,
    open_store,
)


def touched_by(store: Store, work: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Which contacts are derived and indexed anew after some work."""
    found: list[tuple[frozenset[int], frozenset[int]]] = []

    def watched(writer: Writer) -> None:
        work(writer)
        found[:] = [(writer.touched_contacts, writer.searched_contacts)]

    store.write("x", "X", watched, today=TODAY)
    return found[0]


def test_rows_may_name_fields_or_columns_and_leave_out_defaults(store: Store) -> None:
    def work(writer: Writer) -> list[int]:
        ana = writer.insert(t.ContactTable, **contact_values(1, "Ana"))
        return writer.insert_many(
            t.MembershipTable,
            [
                {"circle": writer.insert(t.CircleTable, name="A", folded="a"), "contact": ana, "joined_on": TODAY},
                {
                    "joined_on": "2026-01-02",
                    "contact_id": ana,
                    "circle_id": writer.insert(t.CircleTable, name="B", folded="b"),
                },
            ],
        )

    assert store.write("x", "X", work, today=TODAY).value == [1, 2]
    assert contact(store, 1)["mode"] == "rhythm"
    assert contact(store, 1)["created_on"] == TODAY
    with store.read():
        assert [one.joined_on for one in t.MembershipTable.select()] == [TODAY, date(2026, 1, 2)]
    assert_sound(store)


def test_numbers_are_never_given_again(store: Store) -> None:
    assert [add_contact(store, 1), add_contact(store, 2)] == [1, 2]
    delete(store, t.ContactTable, 2)
    assert add_contact(store, 3) == 3
    undo(store)
    assert add_contact(store, 4) == 4
    undo(store)
    with open_store(store.path) as again:
        assert add_contact(again, 5) == 5


def test_every_fact_gets_a_uid_and_keeps_it(store: Store) -> None:
    one, two = add_contact(store, 1), add_contact(store, 2)
    store.write("all", "All", lambda w: everything_about(w, one, two), today=TODAY)
    store.write("pause", "Paused", lambda w: w.insert(t.PauseTable, until=TODAY), today=TODAY)
    uids = [row[1] for table in t.FACTS for row in facts(store)[table._meta.table_name]]
    assert len(set(uids)) == len(uids) > len(t.FACTS)
    assert all(uids)
    delete(store, t.ContactTable, one)
    undo(store)
    assert [row[1] for table in t.FACTS for row in facts(store)[table._meta.table_name]] == uids


def test_a_row_put_back_that_had_no_uid_gets_one(store: Store) -> None:
    key = add_contact(store, 1)
    store.write("skip", "Skipped", lambda w: w.insert(t.SkipTable, contact=key, on=TODAY), today=TODAY)
    delete(store, t.SkipTable, 1)
    store.transact(lambda: asked(store, "UPDATE journal_change SET before = replace(before, '\"uid\"', '\"was\"')"))
    undo(store)
    assert len(facts(store)["skip"][0][1]) == 32
    assert_sound(store)


def test_an_unknown_field_is_an_error_and_not_ignored(store: Store) -> None:
    with pytest.raises(KeyError):
        add_contact(store, 1, shoe_size="x")


def test_every_change_makes_a_new_version(store: Store) -> None:
    key = add_contact(store, 1)
    edit(store, key, name="A")
    edit(store, key, name="A")
    edit(store, key, name="B")
    assert contact(store, key)["version"] == 3


def test_different_fields_of_two_sessions_merge(store: Store) -> None:
    key = add_contact(store, 1, company="Acme", city="Lyon")
    edit(store, key, 1, city="Paris")
    # The second form still holds everything as it was, and changes another field.
    edit(store, key, 1, company="Umbrella", city="Lyon", name="Person 1")
    found = contact(store, key)
    assert (found["company"], found["city"], found["version"]) == ("Umbrella", "Paris", 3)


def test_the_same_field_changed_twice_is_told_with_both_texts(store: Store) -> None:
    key = add_contact(store, 1, city="Lyon")
    edit(store, key, 1, city="Paris")
    before = facts(store)
    with pytest.raises(Conflict) as conflict:
        edit(store, key, 1, city="Berlin", company="Acme")
    assert conflict.value.fields == {"city": ("Paris", "Berlin")}
    assert "city" in str(conflict.value)
    assert facts(store) == before


def test_the_same_value_typed_twice_is_no_conflict(store: Store) -> None:
    key = add_contact(store, 1, city="Lyon")
    edit(store, key, 1, city="Paris")
    edit(store, key, 1, city="Paris")
    assert contact(store, key)["version"] == 2


def test_without_the_old_image_any_difference_is_a_conflict(store: Store) -> None:
    key = add_contact(store, 1, city="Lyon")
    store.write("x", "X", lambda w: w.update(t.ContactTable, key, city="Paris"), today=TODAY, journal=False)
    with pytest.raises(Conflict) as conflict:
        edit(store, key, 1, city="Berlin")
    assert conflict.value.fields == {"city": ("Paris", "Berlin")}


def test_a_form_from_before_an_undo_does_not_pass_for_a_current_one(store: Store) -> None:
    key = add_contact(store, 1, city="Lyon")
    edit(store, key, city="Paris")
    seen = contact(store, key)["version"]
    undo(store)
    edit(store, key, city="Berlin")
    with pytest.raises(Conflict):
        edit(store, key, seen, city="Rome")
    assert contact(store, key)["city"] == "Berlin"


def test_changing_what_is_gone_is_refused(store: Store) -> None:
    key = add_contact(store, 1)
    delete(store, t.ContactTable, key)
    with pytest.raises(Refused, match="contact is gone"):
        edit(store, key, name="x")


def test_deleting_what_is_not_there_says_so(store: Store) -> None:
    assert store.write("x", "X", lambda w: w.delete(t.ContactTable, 7), today=TODAY).value is False
    assert history(store) == []


def everything_about(writer: Writer, key: int, other: int) -> None:
    """A row of every kind about a contact."""
    circle = writer.insert(t.CircleTable, name=f"Circle {key} {other}", folded=f"circle {key} {other}")
    writer.insert(t.IdentityTable, key=f"vcard:{key} {other}", contact=key)
    writer.insert(t.AddressTable, contact=key, kind="email", value="a@example.org", key="a@example.org")
    writer.insert(t.MembershipTable, circle=circle, contact=key, joined_on=TODAY)
    writer.insert(t.ContactDateTable, contact=key, month_day=1120)
    writer.insert(t.AcquaintanceTable, contact=key, other=other, name="B", folded="b")
    writer.insert(t.AcquaintanceTable, contact=other, other=key, name="A", folded="a")
    talk = writer.insert(t.InteractionTable, uid=f"talk-{key}-{other}", on=TODAY, channel="call")
    writer.insert_many(t.ParticipationTable, [{"interaction": talk, "contact": one} for one in (key, other)])
    to_do = writer.insert(
        t.FollowUpTable, uid=f"to-do-{key}-{other}", contact=key, text="write", on=TODAY, repeat="+1w"
    )
    writer.insert(t.FollowUpDoneTable, follow_up=to_do, on=TODAY, due=TODAY)
    favor = writer.insert(
        t.FavorTable,
        uid=f"f-{key}-{other}",
        contact=key,
        direction="received",
        kind="time",
        state="asked",
        asked_on=TODAY,
    )
    writer.insert(t.NudgeTable, favor=favor, on=TODAY)
    writer.insert(t.SnoozeTable, item=f"c{key}", contact=key, until=TODAY + timedelta(7), made_on=TODAY)
    writer.insert(t.SkipTable, contact=key, on=TODAY)
    writer.insert(t.ChosenDayTable, item=f"f{to_do}", contact=key, day=TODAY, for_due=TODAY)
    need = writer.insert(t.NeedTable, uid=f"n-{key}-{other}", title="a flat", created_on=TODAY)
    writer.insert(t.ToldTable, need=need, contact=key, state="told", on=TODAY, favor=favor, passed_to=other)
    writer.insert(t.NeedForTable, need=need, contact=key)
    writer.insert(t.PostTable, need=need, channel="linkedin", on=TODAY)
    writer.insert(t.ThroughTable, contact=key, known=other)
    writer.insert(t.IntroductionTable, uid=f"i-{key}-{other}", one=key, other=other, created_on=TODAY)
    writer.insert(t.NotTheseTable, one=key, other=other, on=TODAY)
    writer.insert(t.DoubtTable, one=key, other=other, why="phone", found_on=TODAY)
    writer.insert(t.NewcomerTable, contact=key, came_on=TODAY)
    writer.insert(t.InboxLineTable, text="ring them", on=TODAY)
    writer.insert(t.EvidenceKeyTable, value="0" * 64)
    watched = writer.insert(t.WatchedTable, path="mail", kind="maildir", added_on=TODAY)
    seen = {"digest": "d", "kind": "wrote", "on": TODAY, "found_on": TODAY, "interaction_id": talk}
    writer.insert(t.EvidenceTable, watched=watched, contact=key, **seen)
    writer.insert(t.EvidenceModeTable, watched=watched, contact=key, mode="off")
    writer.insert(t.KnownAsTable, kind="name", value="annie", contact=key)
    book = writer.insert(t.BookTable, path="cards", added_on=TODAY)
    card = writer.insert(t.CardTable, book=book, source="vcard", key="vcard:u1", contact=key, said='{"name":"Annie"}')
    writer.insert(t.BookQuestionTable, book=book, card=card, contact=key, about="name", asked_on=TODAY)
    writer.insert(t.FormerPositionTable, contact=key, company="Acme", until=TODAY)


def test_deleting_a_contact_takes_all_of_theirs_and_undo_brings_all_of_it_back(store: Store) -> None:
    key, other = add_contact(store, 1), add_contact(store, 2)
    store.write("all", "All", lambda w: everything_about(w, key, other), today=TODAY)
    before = facts(store)
    assert all(before[table._meta.table_name] for table in t.FACTS if table is not t.PauseTable)
    delete(store, t.ContactTable, key)
    with store.read():
        for table in t.FACTS:
            if "contact_id" in table._meta.columns:
                name = table._meta.table_name
                assert asked(store, f'SELECT count(*) FROM "{name}" WHERE contact_id = ?', (key,)) == [(0,)], name
        assert asked(store, "SELECT contact_id, other_id, name FROM acquaintance") == [(other, None, "A")]
    assert_sound(store)
    undo(store)
    assert facts(store) == before
    assert_sound(store)


def test_what_was_touched_is_found_by_itself(store: Store) -> None:
    keys = [add_contact(store, number) for number in range(5)]
    ana, bob, cat, dan, _ = keys
    made: dict[str, int] = {}

    def prepare(writer: Writer) -> None:
        made["circle"] = writer.insert(t.CircleTable, name="Work", folded="work")
        for key in (ana, bob):
            writer.insert(t.MembershipTable, circle=made["circle"], contact=key, joined_on=TODAY)
        made["talk"] = writer.insert(t.InteractionTable, uid="i", on=TODAY)
        made["part"] = writer.insert(t.ParticipationTable, interaction=made["talk"], contact=cat)
        writer.insert(t.ParticipationTable, interaction=made["talk"], contact=dan)
        made["to do"] = writer.insert(t.FollowUpTable, uid="f", contact=dan, text="x", on=TODAY)
        made["favor"] = writer.insert(
            t.FavorTable, uid="v", contact=bob, direction="given", kind="time", state="asked", asked_on=TODAY
        )

    everyone, indexed = touched_by(store, prepare)
    assert everyone == {ana, bob, cat, dan}
    assert indexed == {ana, bob}
    none: frozenset[int] = frozenset()
    for work, derived_anew, indexed_anew in (
        (lambda w: w.update(t.CircleTable, made["circle"], cadence="4w"), {ana, bob}, none),
        (lambda w: w.update(t.CircleTable, made["circle"], name="Job"), {ana, bob}, {ana, bob}),
        (lambda w: w.update(t.InteractionTable, made["talk"], on="2026-11-01"), {cat, dan}, none),
        (lambda w: w.insert(t.FollowUpDoneTable, follow_up=made["to do"], on=TODAY), {dan}, none),
        (lambda w: w.insert(t.NudgeTable, favor=made["favor"], on=TODAY), {bob}, none),
        (lambda w: w.update(t.FollowUpTable, made["to do"], contact=ana), {ana, dan}, none),
        (lambda w: w.delete(t.ParticipationTable, made["part"]), {cat, dan}, none),
        (lambda w: w.update(t.ContactTable, ana, paused_until=TODAY), {ana}, none),
        (lambda w: w.update(t.ContactTable, ana, notes="sails"), {ana}, {ana}),
        (lambda w: w.touch(dan), {dan}, none),
        (lambda w: w.delete(t.CircleTable, made["circle"]), {ana, bob}, {ana, bob}),
        (lambda w: w.delete(t.InteractionTable, made["talk"]), {dan}, none),
    ):
        assert touched_by(store, work) == (derived_anew, indexed_anew)
        assert_sound(store)


def test_many_rows_are_written_at_the_speed_of_many(store: Store) -> None:
    count = 3000
    statements: list[str] = []
    store.database.query_hooks.append(lambda event: statements.append(event.sql))

    def work(writer: Writer) -> list[int]:
        keys = writer.insert_many(t.ContactTable, [contact_values(number) for number in range(count)])
        for _ in range(3):
            writer.insert_many(t.SkipTable, [{"contact": key, "on": TODAY} for key in keys])
        # A statement takes dozens of rows, and the keys are not asked for.
        assert len(statements) < 4 * count / 30, len(statements)
        return keys

    assert store.write("import", "Imported", work, today=TODAY).value == list(range(1, count + 1))
    with store.read():
        assert asked(store, "SELECT count(*) FROM skip") == [(3 * count,)]
        # A run of new rows is one line of the journal, however long it is.
        assert asked(store, "SELECT count(*) FROM journal_change") == [(4,)]
    assert_sound(store)


def test_many_rows_are_changed_as_one_by_one(store: Store) -> None:
    keys = [add_contact(store, number, mode="never" if number == 3 else "rhythm") for number in range(1, 6)]
    edit(store, keys[0], company="Port")
    before = facts(store)

    def work(writer: Writer) -> int:
        writer.update_many(t.ContactTable, [*keys, 99], mode="never", city="Lyon")
        return len(writer.changes)

    assert store.write("many", "Many", work, today=TODAY).value == 5
    assert store.write("again", "Again", work, today=TODAY).value == 0
    rows = [contact(store, key) for key in keys]
    assert [(row["mode"], row["city"], row["version"]) for row in rows] == [
        ("never", "Lyon", 3), *[("never", "Lyon", 2)] * 4,
    ]  # fmt: skip
    assert_sound(store)
    undo(store)
    assert facts(store) == before


def test_rows_go_in_by_few_statements_however_many_there_are(store: Store) -> None:
    said: set[str] = set()
    store.database.query_hooks.append(lambda event: said.add(event.sql))
    counts = (0, 1, 2, 3, 255, 256, 257, 511, 900, 1000, 1023)
    for count in counts:
        rows = [(f"word {number:05d}", number) for number in range(count)]

        def work(rows: list[tuple[str, int]] = rows) -> list[tuple[str, int]]:
            insert_rows("wish_word", ("word", "contact_id", "side"), [(*row, 0) for row in rows])
            found = asked(store, "SELECT word, contact_id FROM wish_word ORDER BY word")
            asked(store, "DELETE FROM wish_word")
            return found

        asked(store, "PRAGMA foreign_keys = 0")
        assert store.transact(work) == rows
        asked(store, "PRAGMA foreign_keys = 1")
    # Each is prepared once, and stays prepared: one for each power of two, up to what a statement may hold. Those for
    # many rows give the side, which all share, once.
    assert len([one for one in said if 'INTO "wish_word"' in one]) == 2 + 9


def test_rows_that_share_values_are_inserted_as_they_are(store: Store) -> None:
    # Which columns differ changes from one to the next, and back.
    some = range(100)
    for rows in (
        [("word", key, 0) for key in some],
        [(f"word {key}", 7, 1) for key in some],
        [(f"word {key}", 7, key % 2) for key in some],
        [("word", key, 1) for key in some],
        [(f"word {key // 99}", key, 0) for key in some],
    ):

        def work(rows: list[tuple[str, int, int]] = rows) -> list[tuple[str, int, int]]:
            values = [(key, word, side) for word, key, side in rows]
            insert_rows("wish_word", ("contact_id", "word", "side"), values)
            found = asked(store, "SELECT word, contact_id, side FROM wish_word")
            asked(store, "DELETE FROM wish_word")
            return found

        asked(store, "PRAGMA foreign_keys = 0")
        assert sorted(store.transact(work)) == sorted(rows)
        asked(store, "PRAGMA foreign_keys = 1")
