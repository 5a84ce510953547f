"""Bringing an older database up to date: all of a step or nothing of it, whenever it is killed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.core.contact_fields import INDEXED
from planner.errors import StoreError
from planner.store import migrations, sqlite
from planner.store import tables as t
from planner.store.backup import backups, verify
from planner.store.journal import history, redo, undo
from planner.store.session import Store
from tests.store.stores import TODAY, add_contact, asked, assert_sound, facts, names, open_store
from tests.store.test_row_writer import everything_about

NOW = migrations.latest()
"""The schema of this planner; the steps of these tests lead beyond it."""
FIRST, SECOND = f"{NOW + 1:04d}_give_contacts_a_pronoun.py", f"{NOW + 2:04d}_remember_places.py"
STEPS = {
    # Dropping a column rebuilds its table: with foreign keys enforced that would take all children along.
    FIRST: """
from peewee import TextField
def up(migrator, database):
    migrator.migrate(migrator.add_column("contact", "pronoun", TextField(default="")))
    migrator.migrate(migrator.drop_column("contact", "dated_on"))
""",
    SECOND: """
def up(migrator, database):
    database.execute_sql("CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    database.execute_sql("INSERT INTO place (name) SELECT DISTINCT city FROM contact")
    database.execute_sql("UPDATE contact SET pronoun = 'they'")
""",
}


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    folder = tmp_path / "steps"
    folder.mkdir()
    for name, text in STEPS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    with open_store(path) as store:
        one, two = add_contact(store, 1, city="Lyon"), add_contact(store, 2, city="Oslo")
        store.write("all", "All", lambda writer: everything_about(writer, one, two), today=TODAY)
    return path


def schema(path: Path) -> tuple[int, list[str]]:
    database = sqlite.database_for(path)
    database.connect()
    found = sqlite.fetch(database, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name, sql")
    version = sqlite.get_version(database)
    assert sqlite.integrity_check(database) == []
    database.close()
    return version, [row[0] for row in found]


def bring_up_to_date(path: Path, steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Store, "migrations_folder", steps)
        open_store(path).close()


def test_the_steps_of_this_planner_lead_to_the_tables_of_this_planner() -> None:
    numbers = sorted(int(one.name[:4]) for one in migrations.FOLDER.glob("[0-9]*.py"))
    assert numbers == list(range(migrations.FIRST + 1, migrations.latest() + 1))


OLD = 5
"""The version of the planner that is kept as it was written, see `planner_of`."""
ADDED = {
    "DROP TABLE moved": 2,
    "ALTER TABLE contact DROP COLUMN met_on": 3,
    "DROP TABLE doubt": 4,
    "DROP TABLE newcomer": 4,
    "DROP INDEX interaction_answered_on": 5,
}
"""What takes away what a step gave, and the version that step leads to."""


def planner_of(version: int, path: Path) -> None:
    """A planner as it was when version 5 was written, or before, with history and deleted contacts."""
    path.touch(mode=0o600)
    database = sqlite.database_for(path)
    database.connect()
    sqlite.connection(database).executescript(Path(__file__).with_name("planner_of_version_5.sql").read_text("utf-8"))
    sqlite.create_search(database)
    # What is indexed by now and was not then says nothing of these people.
    held = {row[0] for row in sqlite.fetch(database, "SELECT name FROM pragma_table_info('contact')")}
    later = [column for column in INDEXED if column not in held]
    for column in later:
        database.execute_sql(f"ALTER TABLE contact ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    database.execute_sql("CREATE TABLE contact_letter (letter TEXT PRIMARY KEY, texts INTEGER)")
    sqlite.search_rebuild(database)
    database.execute_sql("DROP TABLE contact_letter")
    for column in later:
        database.execute_sql(f"ALTER TABLE contact DROP COLUMN {column}")
    for statement, made_by in ADDED.items():
        if made_by > version:
            database.execute_sql(statement)
    sqlite.mark_as_ours(database, version)
    database.close()


@pytest.mark.parametrize("version", range(migrations.FIRST, OLD + 1))
def test_an_older_planner_gets_what_later_ones_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    monkeypatch.setattr(Store, "migrations_folder", migrations.FOLDER)
    new, older = tmp_path / "new.db", tmp_path / "older.db"
    open_store(new).close()
    planner_of(version, older)
    with open_store(older) as store:
        assert names(store) == ["Bee", "Cid", "Person 12"]
        assert asked(store, "SELECT uid FROM contact ORDER BY id") == [("uid-2",), ("uid-3",), ("uid-12",)]
        named = asked(store, "SELECT uid FROM participation UNION SELECT uid FROM pause")
        assert [len(uid) for (uid,) in named] == [32] * 4
        assert_sound(store)
    found, wanted = schema(older), schema(new)
    assert found[0] == wanted[0]
    assert [" ".join(one.split()) for one in found[1]] == [" ".join(one.split()) for one in wanted[1]]


def test_a_number_of_an_older_planner_is_not_given_again(tmp_path: Path) -> None:
    planner_of(OLD, tmp_path / "older.db")
    with open_store(tmp_path / "older.db") as store:
        # Contact 7 was undone, follow-up 3 deleted.
        key = add_contact(store, 30)
        assert key == 8
        to_do = {"uid": "x", "contact": key, "text": "x", "on": TODAY}
        made = store.write("follow", "Followed up", lambda w: w.insert(t.FollowUpTable, **to_do), today=TODAY)
        assert made.value == 4
        assert "last:contact" not in store.notes()


def test_the_history_of_an_older_planner_is_undone_and_redone(tmp_path: Path) -> None:
    planner_of(OLD, tmp_path / "older.db")
    with open_store(tmp_path / "older.db") as store:
        assert redo(store).said == "Added 20"
        assert names(store) == ["Bee", "Cid", "Person 12", "Dot"]
        verbs = [one.summary for one in history(store)]
        states = [facts(store)]
        for verb in verbs:
            assert undo(store).said == verb
            states.append(facts(store))
            assert_sound(store)
            if verb == "Deleted 1":
                snoozes = "SELECT item, made_for FROM snooze WHERE id > 2 ORDER BY id"
                assert asked(store, snoozes) == [("c1", "own|4w|2026-11-23"), ("f3", "2026-11-23")]
                hidden = "SELECT id, hidden_until FROM due_item WHERE id IN ('c1', 'f3') ORDER BY id"
                assert asked(store, hidden) == [("c1", "2027-01-02"), ("f3", "2026-11-28")]
        assert verbs[-1] == "Added 1"
        assert not any(states.pop().values())
        for verb in reversed(verbs):
            assert redo(store).said == verb
            assert facts(store) == states.pop()


def test_steps_run_in_order_after_a_backup(old: Path, steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = schema(old)
    bring_up_to_date(old, steps, monkeypatch)
    version, statements = schema(old)
    assert (before, version) == (NOW, NOW + 2)
    assert any("place" in one for one in statements)
    (copy,) = backups(old.parent / "old-backups")
    assert copy.reason == "before-migration"
    verify(copy.path)
    assert schema(copy.path)[0] == NOW


def test_rebuilding_a_table_loses_none_of_its_children(old: Path, steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(old) as store:
        before = {name: len(rows) for name, rows in facts(store).items()}
    bring_up_to_date(old, steps, monkeypatch)
    monkeypatch.setattr(Store, "migrations_folder", steps)
    with open_store(old) as store:
        assert asked(store, "PRAGMA foreign_keys") == [(1,)]
        assert {name: len(rows) for name, rows in facts(store).items()} == before
        assert asked(store, "SELECT DISTINCT pronoun FROM contact") == [("they",)]
        assert_sound(store)


def test_a_step_that_breaks_a_reference_changes_nothing(
    old: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (steps / SECOND).unlink()
    (steps / FIRST).write_text(
        "def up(migrator, database):\n"
        "    database.execute_sql('CREATE TABLE place (id INTEGER PRIMARY KEY)')\n"
        "    database.execute_sql(\"INSERT INTO skip (uid, contact_id, \\\"on\\\") VALUES ('x', 99, '2026-01-01')\")\n"
    )
    before = schema(old)
    with pytest.raises(StoreError, match="could not be brought up to date"):
        bring_up_to_date(old, steps, monkeypatch)
    assert schema(old) == before
    with open_store(old) as store:
        assert len(names(store)) == 2
        assert_sound(store)


def test_a_step_that_fails_ten_times_makes_one_copy_and_says_what_to_do(
    old: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (steps / SECOND).unlink()
    (steps / FIRST).write_text("def up(migrator, database):\n    raise ZeroDivisionError\n")
    before = schema(old)
    for _ in range(10):
        with pytest.raises(StoreError, match=r"could not be brought up to date.*planner salvage"):
            bring_up_to_date(old, steps, monkeypatch)
    assert schema(old) == before
    (copy,) = backups(old.parent / f"{old.stem}-backups")
    assert copy.reason == "before-migration"
    # The step of a newer planner is another try.
    (steps / FIRST).write_text("def up(migrator, database):\n    pass\n")
    monkeypatch.setattr("planner.store.session.__version__", "999")
    bring_up_to_date(old, steps, monkeypatch)


def test_a_program_that_is_older_than_the_file_refuses_it(old: Path) -> None:
    database = sqlite.database_for(old)
    database.connect()
    sqlite.set_version(database, NOW + 1)
    database.close()
    before = old.read_bytes()
    with pytest.raises(StoreError, match="newer planner"):
        open_store(old)
    assert old.read_bytes() == before


KILLED = """
import os, shutil, signal, sqlite3, sys
from pathlib import Path
import playhouse.migrate, playhouse.migrations
from planner.core.model import Settings
from planner.store import backup, derived
from planner.store.session import Store

old, steps, work = map(Path, sys.argv[1:4])
every = int(sys.argv[4])
Store.migrations_folder = steps
connect, seen, number = sqlite3.connect, 0, 0

def count(statement):
    global seen
    seen += 1
    if seen == number:
        os.kill(os.getpid(), signal.SIGKILL)

def watched(*arguments, **options):
    connection = connect(*arguments, **options)
    connection.set_trace_callback(count)
    return connection

sqlite3.connect = watched
while True:
    number += every
    copy = work / f"{number}.db"
    shutil.copy(old, copy)
    child = os.fork()
    if child == 0:
        Store(copy, Settings()).open()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        sys.exit(os.WEXITSTATUS(status))
"""


def killed(old: Path, steps: Path, work: Path, every: int = 1) -> list[Path]:
    """Copies of a planner whose migration was killed at its statements, at so many-th ones; the last one was not."""
    work.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(old), str(steps), str(work), str(every)],
        check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return sorted(work.glob("*.db"), key=lambda one: int(one.stem))


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_every_statement_the_schema_is_old_or_new(
    old: Path, steps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: int
) -> None:
    copies = killed(old, steps, tmp_path / "killed", every)
    states = {NOW: schema(old), NOW + 2: schema(copies.pop())}
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(steps / FIRST, first)
    between = tmp_path / "between.db"
    shutil.copy(old, between)
    bring_up_to_date(between, first, monkeypatch)
    states[NOW + 1] = schema(between)
    versions = []
    for copy in copies:
        found = schema(copy)
        assert found == states[found[0]]
        versions.append(found[0])
        bring_up_to_date(copy, steps, monkeypatch)
        assert schema(copy) == states[NOW + 2]
    print(f"killed at {len(copies)} statements: 0 left between the {len(set(versions))} versions")
    assert len(copies) * every > 40
    assert set(versions) == {NOW, NOW + 1, NOW + 2}
    assert versions == sorted(versions)


@pytest.mark.parametrize("every", [29, pytest.param(1, marks=pytest.mark.long)])
def test_an_older_planner_survives_being_killed_on_its_way(tmp_path: Path, every: int) -> None:
    planner_of(OLD, tmp_path / "old.db")
    copies = killed(tmp_path / "old.db", migrations.FOLDER, tmp_path / "killed", every)
    whole = schema(copies[-1])
    assert whole[0] == NOW
    assert len(copies) > 300 / every
    for copy in copies:
        schema(copy)
        with open_store(copy) as store:
            assert names(store) == ["Bee", "Cid", "Person 12"]
            assert_sound(store)
        assert schema(copy) == whole
