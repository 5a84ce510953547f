"""Keys as runs of numbers: which runs they are, and taking back what is spread over several."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest

from planner.store import tables as t
from planner.store.journal import redo, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from planner.store.sqlite.references import without
from planner.store.sqlite.statements import conditions, runs_of
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact_values, facts


def test_numbers_next_to_each_other_are_one_run() -> None:
    cases = (
        ([], []),
        ([range(0), []], []),
        ([range(3, 5), range(1, 3)], [(1, 4)]),
        ([[4, 1, 2], range(2, 4), [9]], [(1, 4), (9, 9)]),
        ([["vcard:1"], [7]], [(7, 7)]),
    )
    for lists, runs in cases:
        assert runs_of(lists) == runs, lists


def test_runs_without_keys_hold_every_other_number() -> None:
    runs = [(1, 4), (7, 7), (9, 12)]
    for keys in ([], [1], [4, 7], [2, 3, 10], ["vcard:1"], [5, 100], [1, 2, 3, 4]):
        numbers = chain.from_iterable(range(first, last + 1) for first, last in without(runs, keys))
        assert list(numbers) == [one for one in (1, 2, 3, 4, 7, 9, 10, 11, 12) if one not in keys], keys


def test_conditions_hold_for_the_keys_alone(store: Store) -> None:
    for number in range(12):
        add_contact(store, number)
    for lists in ([range(2, 6), [8, 11]], [[3]], [[7, 2, 3]], []):
        found = [
            key
            for those, values in conditions("id", lists)
            for (key,) in asked(store, f"SELECT id FROM contact WHERE {those}", values)
        ]
        assert sorted(found) == sorted(chain.from_iterable(lists)), lists
    identities = [{"key": f"vcard:{key}", "contact": key} for key in (1, 2, 3)]
    store.write("edit", "", lambda writer: writer.insert_many(t.IdentityTable, identities), today=TODAY)
    ((those, values),) = conditions("key", [["vcard:1"], ["vcard:3"]])
    assert asked(store, f"SELECT contact_id FROM identity WHERE {those} ORDER BY 1", values) == [(1,), (3,)]


def taken_back_and_brought_back(store: Store, work: Callable[[Writer], None]) -> None:
    """Do some work as one step, undo it and redo it: the same rows stand there, in tables and indexes."""
    before = facts(store)
    store.write("import", "Imported", work, today=TODAY)
    after = facts(store)
    undo(store)
    assert facts(store) == before
    assert_sound(store)
    redo(store)
    assert facts(store) == after
    assert_sound(store)


def test_what_was_unique_is_free_before_it_comes_back(store: Store) -> None:
    kept = add_contact(store, 5000)
    store.write("edit", "", lambda writer: writer.insert(t.IdentityTable, key="vcard:1", contact=kept), today=TODAY)

    def work(writer: Writer) -> None:
        keys = writer.insert_many(t.ContactTable, [contact_values(number) for number in range(60)])
        writer.delete(t.IdentityTable, "vcard:1")
        writer.insert(t.IdentityTable, key="vcard:1", contact=keys[0])

    taken_back_and_brought_back(store, work)


@pytest.mark.parametrize("staying", [2, 30])
def test_the_texts_that_stay_are_found_whether_most_go_or_few(
    store: Store, staying: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.store.sqlite.search.MANY", 10)
    for number in range(staying):
        add_contact(store, number)

    def work(writer: Writer) -> None:
        # Two runs: somebody else's number lies between.
        for first in (100, 200):
            writer.insert_many(t.ContactTable, [contact_values(number) for number in range(first, first + 8)])
            writer.delete(t.ContactTable, writer.insert(t.ContactTable, **contact_values(first + 50)))

    taken_back_and_brought_back(store, work)
