"""A glance at a database: it shows what the real opening shows, or nothing, and leaves no trace."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from planner.core.model import Settings
from planner.errors import PlannerError, ReadOnly, StoreError
from planner.store.session import StoreAsItStands
from tests.store.stores import add_contact, facts, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed planner with one person."""
    with open_store(tmp_path / "planner.db") as store:
        add_contact(store, 1, "Ana")
    return tmp_path / "planner.db"


def content(folder: Path) -> dict[str, bytes]:
    """Every file in a folder."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def test_it_shows_what_stands_there_and_writes_nothing(path: Path) -> None:
    before = content(path.parent)
    with StoreAsItStands(path, Settings()).open() as glance:
        shown = facts(glance)
        with pytest.raises(ReadOnly):
            add_contact(glance, 2)
    assert content(path.parent) == before
    with open_store(path) as store:
        assert facts(store) == shown


def test_no_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        StoreAsItStands(tmp_path / "planner.db", Settings()).open()
    assert content(tmp_path) == {}


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


CHANGES: dict[str, Callable[[Path], object]] = {
    "an older schema": lambda path: change(path, "PRAGMA user_version = 3"),
    "a newer schema": lambda path: change(path, "PRAGMA user_version = 9999"),
    "another program's file": lambda path: change(path, "PRAGMA application_id = 5"),
    "other settings": lambda path: change(path, "UPDATE meta SET value = 'other' WHERE key = 'settings'"),
    "a verb that did not end": lambda path: change(path, "UPDATE journal SET state = 'running'"),
    "a journal of somebody who writes": lambda path: path.with_name(f"{path.name}-journal").write_bytes(b"begun"),
    "no database": lambda path: path.write_bytes(b"words"),
    "nothing": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("changed", CHANGES)
def test_what_the_real_opening_would_change_or_refuse_is_refused(path: Path, changed: str) -> None:
    CHANGES[changed](path)
    before = content(path.parent)
    with pytest.raises(PlannerError):
        StoreAsItStands(path, Settings()).open()
    assert content(path.parent) == before


def test_nobody_who_writes_is_waited_for(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        writer.execute("UPDATE contact SET name = 'Anna'")
        with pytest.raises(StoreError, match="changes when it is opened"):
            StoreAsItStands(path, Settings()).open()
