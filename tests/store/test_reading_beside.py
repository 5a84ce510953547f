"""A second connection for long readings: it keeps nobody from writing, and gives what stands at its end."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.errors import ReadOnly, Refused, StoreError
from planner.passphrases import PASSPHRASES
from planner.store.connection import ask
from planner.store.copies.encrypting import move_over
from planner.store.session import TRIES, ReadingStore, Store
from tests.cases import PATIENCE
from tests.store.stores import add_contact, edit, names, open_store


@pytest.fixture
def beside(store: Store) -> Iterator[ReadingStore]:
    with ReadingStore(store).open() as opened:
        yield opened


def people(beside: ReadingStore) -> list[str]:
    with beside.read():
        return [name for (name,) in ask("SELECT name FROM contact ORDER BY id")]


def written_while_it_reads(store: Store, beside: ReadingStore) -> tuple[list[str], int]:
    """The names that a reading finds which is held up until somebody was added, and how often it ran."""
    reads, goes_on = threading.Event(), threading.Event()
    runs = []

    def work() -> list[str]:
        with beside.read():
            runs.append(ask("SELECT count(*) FROM contact"))
            reads.set()
            assert goes_on.wait(PATIENCE)
            return people(beside)

    with ThreadPoolExecutor(1) as pool:
        # A connection belongs to the thread that opened it.
        beside.close()
        answer = pool.submit(lambda: ReadingStore.open(beside).steady(work))
        assert reads.wait(PATIENCE)
        add_contact(store, 1, "Ana")
        goes_on.set()
        found = answer.result(PATIENCE)
        pool.submit(beside.close).result(PATIENCE)
    return found, len(runs)


def test_a_verb_does_not_wait_for_a_reading_which_then_begins_anew(store: Store, beside: ReadingStore) -> None:
    assert written_while_it_reads(store, beside) == (["Ana"], 2)


def test_so_it_is_with_an_encrypted_planner_whose_log_is_written_ahead(store: Store) -> None:
    try:
        move_over(store, "correct horse", keep=False, copies=False)
        assert written_while_it_reads(store, ReadingStore(store).open()) == (["Ana"], 2)
    finally:
        PASSPHRASES.forget_all()


def test_what_was_read_of_two_moments_is_not_given(store: Store, beside: ReadingStore) -> None:
    """Another session renames somebody between two questions, the first time."""
    add_contact(store, 1, "Ana")
    runs: list[int] = []
    with open_store(store.path, session="another") as another:

        def work() -> list[list[str]]:
            before = people(beside)
            if not runs:
                edit(another, 1, name="Anna")
            runs.append(1)
            if people(beside) != before:
                raise Refused("Nobody has this name")
            return [before, people(beside)]

        assert beside.steady(work) == [["Anna"], ["Anna"]]
    assert len(runs) == 2


def test_while_others_write_without_a_pause_they_wait_in_the_end(store: Store, beside: ReadingStore) -> None:
    runs: list[bool] = []

    def work() -> int:
        runs.append(beside.database.in_transaction())
        if len(runs) <= TRIES:
            add_contact(store, len(runs))
        return len(people(beside))

    assert beside.steady(work) == TRIES
    assert runs == [False] * TRIES + [True]


def test_what_a_reading_refuses_is_refused_at_once(beside: ReadingStore) -> None:
    runs: list[int] = []

    def work() -> None:
        runs.append(1)
        raise Refused("There is no such need")

    with pytest.raises(Refused, match="no such need"):
        beside.steady(work)
    assert len(runs) == 1


def test_it_takes_no_write(store: Store, beside: ReadingStore) -> None:
    with pytest.raises(ReadOnly):
        add_contact(beside, 1)
    with beside.read(), pytest.raises(Exception, match=r"readonly|read-only"):
        ask("DELETE FROM contact")
    assert names(store) == []


def test_another_file_in_the_same_place_is_not_read(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "other.db") as other:
        add_contact(other, 1, "Somebody else")
    os.replace(tmp_path / "other.db", store.path)
    with pytest.raises(StoreError, match="deleted or replaced"):
        ReadingStore(store).open()
    store.path.unlink()
    with pytest.raises(StoreError, match="deleted or replaced"):
        ReadingStore(store).open()
