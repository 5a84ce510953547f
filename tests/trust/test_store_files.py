"""The database replaced, deleted, cut, damaged, emptied, foreign or newer: one plain line, nothing written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import Damaged, PlannerError, StoreError
from planner.store.journal import undo
from planner.store.session import Store
from tests.cases import case
from tests.store.stores import TODAY, add_contact, edit, names, open_store

FOREIGN = "CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO contact (name) VALUES ('theirs')"


def filled(path: Path) -> Store:
    store = open_store(path)
    for number in range(60):
        add_contact(store, number, notes="x" * 700)
    return store


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.executescript(FOREIGN)
    other.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 1000")
    other.close()


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def damaged_in_the_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for start in range(4096 * 2, len(content), 4096 * 3):
        content[start : start + 2048] = os.urandom(2048)
    path.write_bytes(content)


BEFORE_OPENING: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "one byte": lambda path: path.write_bytes(b"S"),
    "text": lambda path: path.write_text("name,company\nAna,Acme\n" * 50),
    "only the magic": lambda path: path.write_bytes(b"SQLite format 3\x00"),
    "only a header": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "one page": lambda path: path.write_bytes(path.read_bytes()[:4096]),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "zeros": lambda path: path.write_bytes(b"\0" * 50_000),
    "first page broken": lambda path: path.write_bytes(
        path.read_bytes()[:100] + b"\xff" * 3996 + path.read_bytes()[4096:]
    ),
    "foreign": foreign,
    "newer": newer,
    "a folder": folder_instead,
}


def test_what_is_no_healthy_planner_database_is_refused_untouched(tmp_path: Path) -> None:
    for name, harm in BEFORE_OPENING.items():
        with case(name):
            path = tmp_path / name / "planner.db"
            path.parent.mkdir()
            filled(path).close()
            harm(path)
            before = path.read_bytes() if path.is_file() else b""
            with pytest.raises(StoreError) as refused:
                open_store(path)
            told = str(refused.value)
            print(f"{name}: {told}")
            assert told.isprintable()
            assert str(path) in told
            assert refused.value.advice
            assert (path.read_bytes() if path.is_file() else b"") == before
            assert {one.name for one in path.parent.iterdir()} == {"planner.db"}
    print(f"{len(BEFORE_OPENING)} files that are no healthy planner: refused in a line, 0 bytes changed")


def test_damage_in_the_middle_is_found_when_a_day_has_passed(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = filled(path)
    store.transact(lambda: store.note("checked_at", "2026-01-01"))
    store.close()
    damaged_in_the_middle(path)
    before = path.read_bytes()
    with pytest.raises(Damaged, match="is damaged"):
        open_store(path)
    assert path.read_bytes() == before


WHILE_OPEN: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "moved": lambda path: path.rename(path.with_name("elsewhere.db")),
    "replaced by a copy": lambda path: (shutil.copy(path, f"{path}.copy"), os.replace(f"{path}.copy", path)),
    "replaced by nothing": lambda path: (Path(f"{path}.new").touch(), os.replace(f"{path}.new", path)),
    "replaced by another": foreign,
    "emptied": lambda path: os.truncate(path, 0),
    "cut": lambda path: os.truncate(path, 8192),
    "overwritten": lambda path: path.write_bytes(os.urandom(path.stat().st_size)),
}


def test_what_happens_to_the_file_while_it_is_open_is_noticed_before_a_write(tmp_path: Path) -> None:
    for name, harm in WHILE_OPEN.items():
        with case(name):
            path = tmp_path / name / "planner.db"
            path.parent.mkdir()
            print(f"{name}: {' / '.join(sorted(what_a_session_says(path, harm)))}")
    print(f"harmed in {len(WHILE_OPEN)} ways while it is open: 0 writes into it")


def what_a_session_says(path: Path, harm: Callable[[Path], object]) -> set[str]:
    """The refusals of every kind of write while the file is harmed; asserts that nothing is written."""
    store = filled(path)
    harm(path)
    before = path.read_bytes() if path.exists() else None
    told = set()
    for verb in (
        lambda: add_contact(store, 1000),
        lambda: edit(store, 1, name="x"),
        lambda: undo(store),
        lambda: store.long_write("import", "Importing", TODAY).__enter__().write(lambda w: add_one(w)),
    ):
        with pytest.raises(StoreError) as refused:
            verb()
        told.add(str(refused.value))
        assert str(refused.value).isprintable()
    assert (path.read_bytes() if path.exists() else None) == before
    # Reading either still works, on what the session has, or says plainly that it does not.
    told_when_reading = ""
    try:
        names(store)
        store.changed()
    except PlannerError as error:
        told_when_reading = str(error)
    assert told_when_reading.isprintable()
    store.close()
    return told


def add_one(writer: object) -> None:
    raise AssertionError("nothing may be written into this file")


def test_a_file_that_vanished_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = filled(path)
    path.unlink()
    with pytest.raises(StoreError, match="deleted or replaced"):
        add_contact(store, 1000)
    store.close()
    assert not path.exists()


def test_two_sessions_that_make_the_same_new_database_share_it(tmp_path: Path) -> None:
    from planner.store import migrations

    path = tmp_path / "planner.db"
    with open_store(path) as one:
        add_contact(one, 1)
        # The slower one finds, when it is done, that the file is there.
        migrations.create(path, 1)
        assert names(one) == ["Person 1"]
        add_contact(one, 2)
    assert {one.name for one in tmp_path.iterdir()} == {"planner.db"}
