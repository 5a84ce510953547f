"""Several sessions on one database: no lost update, no "locked", whatever the order."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from planner.errors import Conflict, Refused
from planner.store import tables as t
from planner.store.doctor import doctor
from planner.store.journal import redo, undo
from planner.store.session import Store
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact, edit, names, open_store

ROOT = Path(__file__).parents[2]
FIELDS = ("city", "company", "title")
SESSIONS = st.integers(0, 2)
counted = {"schedules": 0, "saves": 0, "conflicts": 0}


class ThreeSessions(RuleBasedStateMachine):
    """Three sessions open one person's form, type, and save, in any order; undo and redo come between.

    The model is what a person would expect: each field holds what was saved last, a save that would
    run over somebody else's words is told so.
    """

    def __init__(self) -> None:
        super().__init__()
        counted["schedules"] += 1
        self.folder = Path(tempfile.mkdtemp())
        self.stores: list[Store] = [open_store(self.folder / "planner.db", f"session {one}") for one in range(3)]
        self.key = add_contact(self.stores[0], 1)
        self.words = dict.fromkeys(FIELDS, "")
        self.past: list[dict[str, str]] = []
        self.future: list[dict[str, str]] = []
        self.forms: dict[int, tuple[int, dict[str, str], int]] = {}
        self.turns = 0
        self.number = 0
        for session in range(3):
            self.open_form(session)

    @rule(session=SESSIONS)
    def open_form(self, session: int) -> None:
        row = contact(self.stores[session], self.key)
        self.forms[session] = (row["version"], {name: row[name] for name in FIELDS}, self.turns)

    @rule(session=SESSIONS, fields=st.sets(st.sampled_from(FIELDS), min_size=1), same=st.booleans())
    def save(self, session: int, fields: set[str], same: bool) -> None:
        version, seen, turns = self.forms[session]
        self.number += 1
        typed = dict.fromkeys(fields, "agreed" if same else f"{session} typed {self.number}")
        mine = {name: value for name, value in typed.items() if value != seen[name]}
        clash = {name for name, value in mine.items() if self.words[name] not in (seen[name], value)}
        told: dict[str, tuple[str, str]] = {}
        try:
            edit(self.stores[session], self.key, version, **{**seen, **typed})
        except Conflict as conflict:
            told = conflict.fields
        form = {**seen, **typed}
        assert all(both == (self.words[name], form[name]) for name, both in told.items())
        # What a form was opened on may be forgotten once it was undone: then more is asked, never less.
        assert set(told) == clash if turns == self.turns else set(told) >= clash
        if told:
            counted["conflicts"] += 1
        elif (after := {**self.words, **mine}) != self.words:
            counted["saves"] += 1
            self.past.append(self.words)
            self.future.clear()
            self.words = after
        self.open_form(session)

    @precondition(lambda self: self.past)
    @rule(session=SESSIONS)
    def take_back(self, session: int) -> None:
        undo(self.stores[session])
        self.turns += 1
        self.future.append(self.words)
        self.words = self.past.pop()

    @precondition(lambda self: self.future)
    @rule(session=SESSIONS)
    def do_again(self, session: int) -> None:
        redo(self.stores[session])
        self.turns += 1
        self.past.append(self.words)
        self.words = self.future.pop()

    @invariant()
    def every_session_sees_what_was_saved_last(self) -> None:
        for store in self.stores:
            row = contact(store, self.key)
            assert {name: row[name] for name in FIELDS} == self.words

    def teardown(self) -> None:
        assert_sound(self.stores[0])
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


def said_of_schedules() -> str:
    saves, schedules, conflicts = (counted[one] for one in ("saves", "schedules", "conflicts"))
    return f"{saves:,} saves in {schedules:,} schedules: 0 lost, {conflicts:,} conflicts shown"


THOROUGH = settings(max_examples=60, stateful_step_count=20, deadline=None)


def test_no_update_is_lost_between_three_sessions() -> None:
    run_state_machine_as_test(ThreeSessions, settings=THOROUGH)
    print(said_of_schedules())
    assert counted["conflicts"] > 30
    assert counted["saves"] > 30


@pytest.mark.long
def test_no_update_is_lost_in_a_thousand_schedules() -> None:
    run_state_machine_as_test(ThreeSessions, settings=settings(THOROUGH, max_examples=1000, stateful_step_count=40))
    print(said_of_schedules())


def test_one_session_deletes_what_another_is_editing(tmp_path: Path) -> None:
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    key = add_contact(one, 1)
    version = contact(two, key)["version"]
    one.write("delete", "Deleted", lambda writer: writer.delete(t.ContactTable, key), today=TODAY)
    with pytest.raises(Refused, match="gone"):
        edit(two, key, version, name="x")
    with pytest.raises(Refused, match="gone"):
        two.write("x", "X", lambda writer: writer.insert(t.SkipTable, contact=key, on=TODAY), today=TODAY)
    assert names(two) == []
    one.close()
    two.close()


SESSION = """
import json, os, sys, time
from pathlib import Path
from planner.store import derived, tables as t
from tests.store.stores import TODAY, asked, open_store
from planner.store import connection, tables as t
from tests.cases import PATIENCE

# On a busy machine all of them wait longer, and none of them for ever.
connection.WAIT_SECONDS = PATIENCE
path, sessions, writes, pause = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
begin, ready = os.pipe()
children = []
for session in range(sessions):
    child = os.fork()
    if child == 0:
        os.close(ready)
        store = open_store(path, f"session {session}")
        os.read(begin, 1)
        start = time.monotonic()
        waits = []
        for done in range(writes):
            # Each session writes at a moment of its own.
            time.sleep(max(0.0, start + pause * (done + session / sessions) - time.monotonic()))
            before = time.monotonic()
            store.write("talk", "Talked", lambda writer: writer.insert(
                t.ParticipationTable, contact=session % 8 + 1,
                interaction=writer.insert(t.InteractionTable, uid=f"{session}-{done}", on=TODAY)), today=TODAY)
            waits.append(time.monotonic() - before)
            with store.read():
                asked(store, "SELECT count(*) FROM due_item")
        store.close()
        Path(f"{path}.{session}").write_text(json.dumps(waits))
        os._exit(0)
    children.append(child)
os.close(ready)
failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
sys.exit(len(failed))
"""


def many_sessions(folder: Path, sessions: int, writes: int, pause: float) -> list[float]:
    """Seconds of each write of many sessions, in order; asserts that all of them were written.

    Each session writes so many times, and begins a write `pause` seconds after it began the one before.
    """
    path = folder / "planner.db"
    with open_store(path) as store:
        for number in range(8):
            add_contact(store, number)
    run = subprocess.run(
        [sys.executable, "-c", SESSION, str(path), str(sessions), str(writes), str(pause)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert run.returncode == 0, run.stderr
    waits = sorted(wait for one in folder.glob("planner.db.*") for wait in json.loads(one.read_text()))
    assert len(waits) == sessions * writes
    with open_store(path) as store:
        with store.read():
            assert asked(store, "SELECT count(*) FROM interaction") == [(len(waits),)]
        assert doctor(store).problems == ()
    return waits


def test_thirty_two_sessions_write_at_once_and_none_is_locked_out(tmp_path: Path) -> None:
    waits = many_sessions(tmp_path, 32, 4, pause=0.25)
    print(f"{len(waits)} writes of 32 sessions at once: 0 locked out")
