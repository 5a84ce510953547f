"""What the tests of the store share: a day, a few rows, and the whole content of a database for comparing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planner.core.model import Settings
from planner.core.words.folding import fold
from planner.store import derived, sqlite
from planner.store import tables as t
from planner.store.row_writer import Writer
from planner.store.session import Store

TODAY = date(2026, 11, 23)


def open_store(path: Path, session: str = "test", settings: Settings | None = None) -> Store:
    return Store(path, settings or Settings(), session=session).open()


def contact_values(number: int, name: str = "", **more: Any) -> dict[str, Any]:
    name = name or f"Person {number}"
    return {"uid": f"uid-{number}", "name": name, "folded": fold(name), "created_on": TODAY, **more}


def add_contact(store: Store, number: int, name: str = "", **more: Any) -> int:
    def work(writer: Writer) -> int:
        key: int = writer.insert(t.ContactTable, **contact_values(number, name, **more))
        return key

    return store.write("add", f"Added {number}", work, today=TODAY).value


def edit(store: Store, key: int, version: int | None = None, **changes: Any) -> None:
    store.write(
        "edit", f"Edited {key}", lambda writer: writer.update(t.ContactTable, key, version, **changes), today=TODAY
    )


def delete(store: Store, table: type[t.Table], key: Any) -> None:
    store.write("delete", f"Deleted {key}", lambda writer: writer.delete(table, key), today=TODAY)


def asked(store: Store, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement, inside a transaction or not."""
    return sqlite.fetch(store.database, sql, parameters)


def facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of facts, and what is derived from them."""
    with store.read():
        found = {
            table._meta.table_name: sorted(asked(store, f'SELECT * FROM "{table._meta.table_name}"'), key=repr)
            for table in (*t.FACTS, *t.DERIVED)
        }
        found["search"] = sorted(asked(store, f"SELECT * FROM {sqlite.SEARCH_TEXT}"))
    return found


def names(store: Store) -> list[str]:
    with store.read():
        return [row[0] for row in asked(store, "SELECT name FROM contact ORDER BY id")]


def contact(store: Store, key: int) -> dict[str, Any]:
    with store.read():
        row: dict[str, Any] = t.ContactTable.select().where(t.ContactTable.id == key).dicts().get()
    return row


def assert_sound(store: Store) -> None:
    """Pages, references, derived tables and search index are what they should be."""
    with store.read():
        assert sqlite.integrity_check(store.database) == []
        assert derived.differences(store) == []
        assert sqlite.search_differences(store.database) == []
    assert store.transact(lambda: sqlite.search_sound(store.database))
