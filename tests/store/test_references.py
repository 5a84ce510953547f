"""References from row to row, while many rows are taken back with foreign keys checked once for all."""

from __future__ import annotations

import pytest

from planner.store import sqlite
from planner.store import tables as t
from planner.store.journal import redo, undo
from planner.store.row_writer import Writer
from planner.store.session import Store
from planner.store.sqlite.references import Unchecked, references
from planner.store.table_shapes import tables_by_name
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact_values, edit, facts, names


def take_in(store: Store, count: int, first: int = 1) -> list[int]:
    """An import of so many people with an address each."""

    def work(writer: Writer) -> list[int]:
        people = [contact_values(number, offers="a boat") for number in range(first, first + count)]
        keys: list[int] = writer.insert_many(t.ContactTable, people)
        mail = [{"contact": key, "kind": "email", "value": f"p{key}@example.org", "key": ""} for key in keys]
        writer.insert_many(t.AddressTable, mail)
        return keys

    return store.write("import", "Imported", work, today=TODAY).value


def is_enforced(store: Store) -> bool:
    return bool(store.database.pragma("foreign_keys"))


def test_every_reference_of_the_schema_is_known(store: Store) -> None:
    with store.read():
        found = references(store.database)
        expected = {
            (table, column, parent)
            for (table,) in asked(store, "SELECT name FROM sqlite_schema WHERE type = 'table'")
            for _, _, parent, column, *_ in asked(store, f'PRAGMA foreign_key_list("{table}")')
        }
        keys = {(one.table, one.key) for one in found}
        named = {parent for *_, parent in expected}
        by_id = {
            parent
            for parent in named
            for _, name, _, _, _, place in asked(store, f'PRAGMA table_info("{parent}")')
            if (name, place) == ("id", 1)
        }
    assert {one[:3] for one in found} == expected
    assert {("contact_word", "word"), ("identity", "key"), ("address", "id")} <= keys
    assert by_id == named


def test_an_import_is_taken_back_with_one_check_for_all(store: Store) -> None:
    add_contact(store, 5000)
    before = facts(store)
    take_in(store, 60)
    after, statements = facts(store), list[str]()
    store.database.query_hooks.append(lambda event: statements.append(event.sql))
    undo(store)
    store.database.query_hooks.clear()
    assert facts(store) == before
    assert statements.count("PRAGMA foreign_keys = 0") == 1
    assert sum('FROM "snooze"' in one for one in statements) == 1
    assert is_enforced(store)
    assert_sound(store)
    redo(store)
    assert facts(store) == after
    assert_sound(store)


def test_rows_that_no_step_tells_of_go_along_as_the_schema_says(store: Store) -> None:
    kept = add_contact(store, 5000)
    (one, other, *_) = take_in(store, 60)

    def refer() -> None:
        values = "(uid, item, contact_id, day, for_due)"
        asked(
            store, f"INSERT INTO chosen_day {values} VALUES ('d', ?, ?, '2026-11-24', '2026-11-24')", (f"r{one}", one)
        )
        asked(store, "INSERT INTO moved (item, contact_id, times, at) VALUES ('r1', ?, 1, '')", (other,))
        asked(
            store,
            "INSERT INTO acquaintance (uid, contact_id, other_id, name, folded, relation, company, topic, about)"
            " VALUES ('a', ?, ?, 'Ana', 'ana', '', '', '', 'ana')",
            (kept, other),
        )

    store.transact(refer)
    undo(store)
    assert names(store) == ["Person 5000"]
    with store.read():
        assert asked(store, "SELECT * FROM chosen_day") == asked(store, "SELECT * FROM moved") == []
        assert asked(store, "SELECT contact_id, other_id FROM acquaintance") == [(kept, None)]
        assert sqlite.broken_references(store.database) == []
    assert is_enforced(store)


def test_an_import_that_changed_people_too_is_taken_back_at_once(store: Store) -> None:
    there = add_contact(store, 5000)
    before = facts(store)

    def work(writer: Writer) -> None:
        writer.insert_many(t.ContactTable, [contact_values(number) for number in range(60)])
        writer.update(t.ContactTable, there, city="Lyon")
        writer.insert(t.AddressTable, contact=there, kind="email", value="x@example.org", key="")

    store.write("import", "Imported", work, today=TODAY)
    statements = list[str]()
    store.database.query_hooks.append(lambda event: statements.append(event.sql))
    undo(store)
    store.database.query_hooks.clear()
    assert statements.count('DELETE FROM "contact" WHERE "id" BETWEEN ? AND ?') == 1
    changed = {name: [row for row in rows if row[0] != there] for name, rows in facts(store).items()}
    assert changed == {name: [row for row in rows if row[0] != there] for name, rows in before.items()}
    assert_sound(store)


def test_a_row_that_refers_to_nothing_is_found(store: Store) -> None:
    person = add_contact(store, 1)
    (gone, *_) = take_in(store, 2, first=10)
    with sqlite.without_foreign_keys(store.database):

        def break_one(deleted: int | None, written: str) -> None:
            rows = Unchecked()
            if deleted is not None:
                asked(store, "DELETE FROM contact WHERE id = ?", (deleted,))
                rows.deleted("contact", [deleted])
                rows.delete_along(store.database, tables_by_name().keys())
            if written:
                asked(store, "UPDATE address SET contact_id = 77 WHERE contact_id = ?", (gone,))
                rows.written("address", asked(store, "SELECT id FROM address WHERE contact_id = 77")[0][0])
            rows.check(store.database)

        for deleted, written in ((gone, ""), (None, "address")):
            with pytest.raises(sqlite.Dangling):
                store.transact(lambda deleted=deleted, written=written: break_one(deleted, written))
        store.transact(lambda: break_one(person, ""), keep=False)
    assert is_enforced(store)
    assert_sound(store)


def test_a_failed_undo_leaves_references_enforced(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(store, 60)
    before = facts(store)

    def fail(*_: object) -> None:
        raise OSError("the disk")

    monkeypatch.setattr("planner.store.journal.settle", fail)
    with pytest.raises(OSError, match="the disk"):
        undo(store)
    monkeypatch.undo()
    assert is_enforced(store)
    assert facts(store) == before
    edit(store, 1, city="Lyon")
    assert_sound(store)
