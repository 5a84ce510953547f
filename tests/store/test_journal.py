"""Undo and redo, across restarts, of short verbs and long ones."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import Busy, Refused
from planner.store import sqlite
from planner.store import tables as t
from planner.store.journal import AS_LONG_AS_ONE, KEPT, ROWS_AT_ONCE, history, record, redo, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from planner.store.sqlite.search import MANY
from tests.store.stores import (
    TODAY,
    add_contact,
    asked,
    assert_sound,
    contact_values,
    delete,
    edit,
    facts,
    names,
    open_store,
)
from tests.store.test_row_writer import everything_about


def test_undo_and_redo_say_what_they_did(store: Store) -> None:
    key = add_contact(store, 1, "Ana")
    edit(store, key, name="Bea")
    assert undo(store).said == "Edited 1"
    assert names(store) == ["Ana"]
    assert undo(store).said == "Added 1"
    with pytest.raises(Refused, match="Nothing to undo"):
        undo(store)
    assert [redo(store).said, redo(store).said] == ["Added 1", "Edited 1"]
    assert names(store) == ["Bea"]
    with pytest.raises(Refused, match="Nothing to redo"):
        redo(store)


def test_the_history_tells_what_stands(store: Store) -> None:
    add_contact(store, 1)
    add_contact(store, 2)
    undo(store)
    assert [(one.verb, one.summary, one.state) for one in history(store, 9)] == [
        ("add", "Added 2", "undone"),
        ("add", "Added 1", "done"),
    ]
    assert len(history(store, 1)) == 1


def test_a_new_verb_ends_what_could_be_redone(store: Store) -> None:
    key = add_contact(store, 1)
    edit(store, key, name="B")
    undo(store)
    edit(store, key, name="C")
    with pytest.raises(Refused, match="Nothing to redo"):
        redo(store)
    assert [one.state for one in history(store)] == ["done", "done"]


def test_rows_with_names_of_each_other_are_undone_step_by_step(store: Store) -> None:
    def make(writer: Writer) -> None:
        writer.insert(t.CircleTable, name="A", folded="a")
        writer.insert(t.CircleTable, name="B", folded="b")

    def swap(writer: Writer) -> None:
        writer.update(t.CircleTable, 1, folded="between")
        writer.update(t.CircleTable, 2, folded="a")
        writer.update(t.CircleTable, 1, folded="b")

    store.write("make", "Made", make, today=TODAY)
    before = facts(store)
    store.write("swap", "Swapped", swap, today=TODAY)
    after = facts(store)
    undo(store)
    assert facts(store) == before
    redo(store)
    assert facts(store) == after


VERBS = (
    "add",
    "import",
    "edit",
    "delete",
    "all",
    "circle",
    "join",
    "talk",
    "unlog",
    "undo",
    "redo",
    "restart",
)


def run_verb(store: Store, verb: str, number: int, step: int) -> Store:
    """One verb on one of the rows there are; `number` chooses which."""

    def some(table: type[t.Table]) -> int:
        with store.read():
            keys = [row[0] for row in asked(store, f'SELECT id FROM "{table._meta.table_name}" ORDER BY id')]
        return keys[number % len(keys)] if keys else 0

    def write(work: Any) -> None:
        store.write(verb, f"{verb} {step}", work, today=TODAY)

    person, circle, talk = some(t.ContactTable), some(t.CircleTable), some(t.InteractionTable)
    if verb == "add":
        add_contact(store, step)
    elif verb == "import":
        rows = [contact_values(step * 1000 + one, f"Import {one}", spread=True, cadence="4w") for one in range(3)]
        write(lambda w: w.insert_many(t.ContactTable, rows))
    elif verb == "restart":
        path = store.path
        store.close()
        return open_store(path)
    elif verb == "edit" and person:
        edit(store, person, name=f"Name {number % 3}", cadence="4w", cadence_since=TODAY)
    elif verb == "delete" and person:
        delete(store, t.ContactTable, person)
    elif verb == "all" and person:
        with store.read():
            has_all = t.ThroughTable.select().where(t.ThroughTable.contact == person).exists()
        if not has_all:
            write(lambda w: everything_about(w, person, w.insert(t.ContactTable, **contact_values(step + 500000))))
    elif verb == "circle":
        write(lambda w: w.insert(t.CircleTable, name=f"C{step}", folded=f"c{step}", cadence="2w", cadence_since=TODAY))
    elif verb == "join" and person and circle:
        with store.read():
            there = t.MembershipTable.select().where(
                t.MembershipTable.contact == person, t.MembershipTable.circle == circle
            )
            member = there.exists()
        if not member:
            write(lambda w: w.insert(t.MembershipTable, contact=person, circle=circle, joined_on=TODAY))
    elif verb == "talk" and person:
        write(
            lambda w: w.insert(
                t.ParticipationTable,
                contact=person,
                interaction=w.insert(t.InteractionTable, uid=f"talk {step}", on=TODAY),
            )
        )
    elif verb == "unlog" and talk:
        delete(store, t.InteractionTable, talk)
    return store


# A sequence costs as much as twenty single examples.
@settings(max_examples=settings().max_examples // 4)
@given(verbs=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9)), max_size=14), many=st.sampled_from((0, 50)))
def test_any_sequence_of_verbs_is_undone_and_redone_to_the_equal_state(
    tmp_path_factory: pytest.TempPathFactory, verbs: list[tuple[str, int]], many: int
) -> None:
    store = open_store(tmp_path_factory.mktemp("journal") / "planner.db")
    past, future = [facts(store)], []
    patch = pytest.MonkeyPatch()
    # References are checked once for all rows of a verb that wrote more than so many.
    patch.setattr("planner.store.journal.MANY_ROWS", many)
    try:
        for step, (verb, number) in enumerate(verbs, 1):
            if verb == "undo":
                if len(past) > 1:
                    undo(store)
                    future.append(past.pop())
            elif verb == "redo":
                if future:
                    redo(store)
                    past.append(future.pop())
            else:
                entries = len(history(store)), history(store, 1)
                store = run_verb(store, verb, number, step)
                if (len(history(store)), history(store, 1)) != entries:
                    past.append(facts(store))
                    future.clear()
            assert facts(store) == past[-1]
        for before in reversed(past[:-1]):
            undo(store)
            assert facts(store) == before
        assert_sound(store)
        for after in past[1:]:
            redo(store)
            assert facts(store) == after
        assert_sound(store)
    finally:
        store.close()
        patch.undo()


def test_a_hundred_and_twenty_verbs_are_undone_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = open_store(path)
    before = facts(store)
    steps = 120
    for number in range(steps):
        store = run_verb(store, VERBS[number % 5], number, number + 1)
        if len(history(store, 1000)) != number + 1:
            add_contact(store, 9000 + number)
    after = facts(store)
    store.close()
    store = open_store(path)
    for _ in range(steps):
        undo(store)
    print(f"{steps} verbs undone")
    assert facts(store) == before
    store.close()
    store = open_store(path)
    for _ in range(steps):
        redo(store)
    assert facts(store) == after
    assert_sound(store)
    store.close()


def test_old_verbs_leave_the_journal(store: Store) -> None:
    def write() -> None:
        for number in range(KEPT + 4):
            record(store, "add", f"Added {number}", (), TODAY)

    store.transact(write)
    kept = [one.summary for one in history(store, limit=2 * KEPT)]
    assert kept == [f"Added {number}" for number in reversed(range(4, KEPT + 4))]


# Long verbs


def chunk(start: int, count: int = 20) -> Any:
    def work(writer: Writer) -> None:
        keys = writer.insert_many(t.ContactTable, [contact_values(number) for number in range(start, start + count)])
        writer.insert_many(t.IdentityTable, [{"key": f"vcard:{key}", "contact": key} for key in keys])
        for key in keys[:3]:
            writer.update(t.ContactTable, key, notes="met at a fair")

    return work


def test_a_long_verb_is_one_line_of_the_history_and_one_undo(store: Store) -> None:
    before = facts(store)
    with store.long_write("import", "Importing", TODAY) as long:
        for number in range(4):
            long.write(chunk(number * 20))
            assert history(store)[0].state == "running"
        long.summary = "Imported 80 contacts"
    after = facts(store)
    assert [(one.summary, one.state) for one in history(store)] == [("Imported 80 contacts", "done")]
    assert undo(store).said == "Imported 80 contacts"
    assert facts(store) == before
    redo(store)
    assert facts(store) == after
    assert_sound(store)
    assert not Path(f"{store.path}-running").exists()


def test_others_read_while_a_part_of_a_long_verb_is_written_however_large_it_is(store: Store) -> None:
    add_contact(store, 1)
    before = asked(store, "PRAGMA cache_size")

    def write(writer: Writer) -> list[tuple[int]]:
        writer.insert_many(t.ContactTable, [contact_values(number, notes="x" * 4_000) for number in range(2, 3_000)])
        with closing(sqlite3.connect(store.path, timeout=0)) as other:
            return other.execute("SELECT count(*) FROM contact").fetchall()

    with store.long_write("import", "Importing", TODAY) as long:
        assert long.write(write) == [(1,)]
    assert asked(store, "SELECT count(*) FROM contact") == [(2_999,)]
    # The memory is given back.
    assert asked(store, "PRAGMA cache_size") == before


def test_a_long_verb_that_wrote_nothing_leaves_no_trace(store: Store) -> None:
    with store.long_write("import", "Importing", TODAY) as long:
        long.write(lambda writer: None)
    assert history(store) == []


@pytest.mark.parametrize("contacts", [20, AS_LONG_AS_ONE * ROWS_AT_ONCE])
def test_an_error_takes_back_every_part(store: Store, contacts: int) -> None:
    """The rows are taken back in one transaction, or in several."""
    add_contact(store, 9999)
    before = facts(store)

    def broken() -> None:
        with store.long_write("import", "Importing", TODAY) as long:
            long.write(chunk(0, contacts))
            long.write(lambda writer: writer.update(t.ContactTable, 1, notes="seen at the fair"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert facts(store) == before
    assert [one.summary for one in history(store)] == ["Added 9999"]
    assert_sound(store)


def test_cancel_takes_back_every_part_and_ends_the_verb(store: Store) -> None:
    before = facts(store)
    with store.long_write("import", "Importing", TODAY) as long:
        long.write(chunk(0))
        long.cancel()
        with pytest.raises(Refused, match="cancelled"):
            long.write(chunk(50))
    assert facts(store) == before
    assert history(store) == []


def test_while_a_long_verb_runs_nothing_is_undone_and_no_second_one_begins(tmp_path: Path) -> None:
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    add_contact(two, 9999)
    with one.long_write("import", "Importing", TODAY) as long:
        long.write(chunk(0))
        with pytest.raises(Refused, match="still goes on"):
            undo(two)
        with pytest.raises(Busy, match="still taking in"):
            two.long_write("import", "Importing", TODAY).__enter__()
        three = open_store(tmp_path / "planner.db")
        assert len(names(three)) == 21
        three.close()
        long.write(chunk(50))
    assert len(names(two)) == 41
    one.close()
    two.close()


def test_what_another_session_did_meanwhile_to_rows_taken_back_stays_gone(tmp_path: Path) -> None:
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    long = one.long_write("import", "Importing", TODAY)
    with long:
        long.write(chunk(0))
        edit(two, 5, city="Lyon")
        kept = add_contact(two, 777)
        long.cancel()
    assert names(two) == ["Person 777"]
    undo(two)
    assert names(two) == []
    if history(two, 1)[0].state == "done":
        undo(two)
    assert names(two) == []
    assert kept == 21
    assert_sound(two)
    one.close()
    two.close()


HALF_AN_IMPORT = """
import os, signal, sys
from tests.store.stores import TODAY, open_store
from tests.store.test_journal import chunk
store = open_store(__import__("pathlib").Path(sys.argv[1]))
with store.long_write("import", "Importing", TODAY) as long:
    for number in range(3):
        long.write(chunk(number * 20))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_import_killed_half_way_is_taken_back_when_the_store_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        add_contact(store, 9999)
        before = facts(store)
    killed = subprocess.run([sys.executable, "-c", HALF_AN_IMPORT, str(path)], check=False)
    assert killed.returncode == -9
    with open_store(path) as store:
        assert facts(store) == before
        assert [one.summary for one in history(store)] == ["Added 9999"]
        assert_sound(store)


def test_undo_and_redo_of_many_rows_do_not_ask_about_each(store: Store) -> None:
    count = MANY + ROWS_AT_ONCE

    def work(writer: Writer) -> None:
        people = writer.insert_many(t.ContactTable, [contact_values(number) for number in range(count)])
        identities = [{"key": f"vcard:u{key}", "contact_id": key, "digest": ""} for key in people]
        writer.insert_many(t.IdentityTable, identities)

    store.write("import", "Imported", work, today=TODAY)
    after, questions = facts(store), []

    def asks(statement: str) -> None:
        questions.extend([statement] if statement.startswith("SELECT") else [])

    sqlite.connection(store.database).set_trace_callback(asks)
    undo(store)
    redo(store)
    sqlite.connection(store.database).set_trace_callback(None)
    assert facts(store) == after
    assert 0 < len(questions) < count / 2
    assert_sound(store)
    undo(store)
    assert names(store) == []
    assert_sound(store)
