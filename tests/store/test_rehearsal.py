"""A rehearsal: a private copy on which everything can be tried, while others work on the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import Refused
from planner.store.journal import history
from planner.store.session import Store
from planner.store.tables import ContactTable
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact_values, facts, names, open_store


@pytest.fixture(params=["delete", "wal"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A planner with one contact, in each of the two ways SQLite can keep its journal."""
    with open_store(tmp_path / "planner.db") as store:
        assert store.database.pragma("journal_mode", request.param) == request.param
        add_contact(store, 1, "Ana Silva")
        yield store


def test_what_is_tried_is_seen_there_and_nowhere_else(store: Store) -> None:
    before, told = facts(store), history(store)
    with store.rehearsal() as copy:
        assert facts(copy) == before
        add_contact(copy, 2, "Ben Okri")
        with copy.long_write("import", "Import", TODAY) as step:
            step.write(lambda writer: writer.insert(ContactTable, **contact_values(3, "Cleo Ray")))
        assert names(copy) == ["Ana Silva", "Ben Okri", "Cleo Ray"]
        assert len(history(copy)) == 3
        assert_sound(copy)
        assert names(store) == ["Ana Silva"]
    assert facts(store) == before
    assert history(store) == told
    assert_sound(store)


def test_the_file_stays_as_it_is_to_the_byte_and_nothing_lies_beside_it(store: Store) -> None:
    asked(store, "PRAGMA wal_checkpoint(TRUNCATE)")
    content, beside = store.path.read_bytes(), sorted(store.path.parent.iterdir())
    with store.rehearsal() as copy:
        for number in range(2, 40):
            add_contact(copy, number)
        assert sorted(store.path.parent.iterdir()) == beside
    assert store.path.read_bytes() == content
    assert sorted(store.path.parent.iterdir()) == beside


def test_others_write_and_import_meanwhile(store: Store) -> None:
    with open_store(store.path, "other") as other, store.rehearsal() as copy:
        with copy.long_write("import", "Import", TODAY) as tried, other.long_write("import", "Import", TODAY) as real:
            for number, step in ((2, tried), (3, real)):
                values = contact_values(number)
                step.write(lambda writer, values=values: writer.insert(ContactTable, **values))  # type: ignore[misc]
        assert names(other) == ["Ana Silva", "Person 3"]
        assert names(copy) == ["Ana Silva", "Person 2"]


def test_a_rehearsal_that_fails_leaves_nothing(store: Store) -> None:
    before = facts(store)

    def tried() -> None:
        with store.rehearsal() as copy, copy.long_write("import", "Import", TODAY) as step:
            step.write(lambda writer: writer.insert(ContactTable, **contact_values(2)))
            raise Refused("no")

    with pytest.raises(Refused):
        tried()
    assert facts(store) == before
