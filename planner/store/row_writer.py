"""The only way to write rows of facts: each row is remembered for undo."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import Any, NamedTuple

from planner.core.contact_fields import INDEXED
from planner.errors import Conflict, Refused
from planner.store import tables as t
from planner.store.connection import ask, ask_about, insert_numbered, insert_rows
from planner.store.sqlite import batches, conditions
from planner.store.table_shapes import Insertion, Shape, children_of, insertion_of, shape_of, stored, words

Key = int | str
"""The primary key of a row: text in `IdentityTable`, else a number."""
Row = dict[str, Any]
"""The values of a row as the database holds them, by column name."""


class RowChange(NamedTuple):
    """One step of a verb: a row as it was before the step, None for a row that the step inserted.

    `run` holds the keys of rows inserted together, of which `key` is the first.
    """

    table: type[t.Table]
    key: Key
    before: Row | None
    run: Sequence[Key] = ()


class Writer:
    """Writes rows of facts inside a transaction; get one from `Store.write`.

    Fields are named as in `planner.store.tables`, a foreign key also with `_id`; dates may be dates or
    ISO text. `changes` holds every step in order.
    """

    def __init__(self) -> None:
        # Consecutive from a random number on: random uids would touch every page of an index.
        self.uids: Iterator[str] = map("%032x".__mod__, count(uuid.uuid4().int))
        """Uids for rows that have none."""
        self.changes: list[RowChange] = []
        self._contacts: set[int] = set()
        self._searched: set[int] = set()
        self._gone: set[int] = set()
        self._inserted: set[int] = set()
        """Contacts inserted here, until a row is written that may give them an item other than that of a rhythm."""
        self.acquaintances: set[int] = set()
        """Acquaintances whose search text may have changed."""
        self._through: dict[str, set[int]] = {table: set() for table in _CONTACTS if table != "contact"}
        self._needs: set[int] = set()
        self._renamed: set[int] = set()
        self._come_or_gone: set[int] = set()
        """Contacts whose status changed. An item of several people (a planned lunch) may pass to another of them."""

    # Writing

    def insert(self, table: type[t.Table], **values: Any) -> Any:
        """Insert a row and return its primary key."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: type[t.Table], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert rows and return their primary keys, in order; far faster than one at a time."""
        if not rows:
            return []
        shape, keys = shape_of(table), list[Any]()
        for insertion, values in self._filled(shape, rows):
            if shape.numbered:
                found = insert_numbered(shape.name, insertion.columns, values)
            else:
                found = self._insert_keyed(shape, insertion.columns, values)
            self._notice(shape, insertion.columns, values, found)
            keys += found
        self._remember(table, keys)
        return keys

    def insert_as_they_are(self, table: type[t.Table], images: Sequence[Row]) -> None:
        """Insert rows under the keys they have; undo removes them."""
        self.put_back_run(table, images)
        self._remember(table, [image[shape_of(table).key] for image in images])

    def _remember(self, table: type[t.Table], keys: Sequence[Any]) -> None:
        """Remember inserted rows for undo, together; of numbered ones those with consecutive numbers."""
        if not shape_of(table).numbered or keys == list(range(keys[0], keys[-1] + 1)):
            self.changes.append(RowChange(table, keys[0], None, keys))
            return
        first = 0
        for place in range(1, len(keys) + 1):
            # A run covers every number in it: a gap in the numbers begins a new run.
            if place == len(keys) or keys[place] != keys[place - 1] + 1:
                self.changes.append(RowChange(table, keys[first], None, keys[first:place]))
                first = place

    def update(self, table: type[t.Table], key: Key, /, version: int | None = None, **changes: Any) -> None:
        """Change fields of a row; a field that has the value already is left alone.

        `version` is the version the changes were made against: fields that another session changed since stay. Raises
        `Conflict` with both texts when both sessions changed one field to different values, `Refused` when the row is
        gone.
        """
        shape = shape_of(table)
        before = self.row(table, key)
        if before is None:
            raise Refused(f"The {words(table)} is gone", "Another session deleted it.")
        new = {shape.aliases[name]: stored(value) for name, value in changes.items()}
        if shape.versioned and version is not None and before["version"] != version:
            new = self._merged(table, key, version, before, new)
        new = {column: value for column, value in new.items() if before[column] != value}
        if not new:
            return
        if shape.versioned:
            new["version"] = self.next_version(before["version"])
        assignments = ", ".join(f'"{column}" = ?' for column in new)
        ask(f'UPDATE "{shape.name}" SET {assignments} WHERE "{shape.key}" = ?', (*new.values(), key))
        self.changes.append(RowChange(table, key, before))
        self._notice_rows(table, (before, {**before, **new}), frozenset(new))

    def update_many(self, table: type[t.Table], keys: Iterable[Key], **changes: Any) -> None:
        """Set fields of many rows to the same values; far faster than one at a time.

        Rows that are gone, and rows that have the values already, are left alone.
        """
        shape = shape_of(table)
        new = {shape.aliases[name]: stored(value) for name, value in changes.items()}
        assignments = [f'"{column}" = ?' for column in new]
        values = list(new.values())
        if shape.versioned:
            assignments.append('"version" = max("version", ?) + 1')
            values.append(self._version_floor())
        for some in batches(keys):
            found = self.rows(table, some)
            before = [row for row in found.values() if any(row[column] != value for column, value in new.items())]
            if not before:
                continue
            touched = [row[shape.key] for row in before]
            marks = ", ".join("?" * len(touched))
            statement = f'UPDATE "{shape.name}" SET {", ".join(assignments)} WHERE "{shape.key}" IN ({marks})'
            ask(statement, (*values, *touched))
            self.changes.extend(RowChange(table, row[shape.key], row) for row in before)
            self._notice_rows(table, [*before, *({**row, **new} for row in before)], frozenset(new))

    def delete(self, table: type[t.Table], key: Key) -> bool:
        """Delete a row and the rows that belong to it, children first; False when there is no such row."""
        before = self.row(table, key)
        if before is None:
            return False
        shape = shape_of(table)
        for child, column, goes_along in children_of(table):
            name = shape_of(child)
            found = ask(f'SELECT "{name.key}" FROM "{name.name}" WHERE "{column}" = ? ORDER BY 1', (key,))
            for (child_key,) in found:
                if goes_along:
                    self.delete(child, child_key)
                else:
                    self.update(child, child_key, **{column: None})
        ask(f'DELETE FROM "{shape.name}" WHERE "{shape.key}" = ?', (key,))
        self.changes.append(RowChange(table, key, before))
        self._notice_rows(table, (before,), frozenset(shape.columns))
        return True

    def touch(self, contact_id: int) -> None:
        """Derive a contact again although none of its rows was written."""
        self._contacts.add(contact_id)

    # Reading that writing needs

    def row(self, table: type[t.Table], key: Key) -> Row | None:
        """The row as the database holds it, or None."""
        return self.rows(table, [key]).get(key)

    def rows(self, table: type[t.Table], keys: Iterable[Key]) -> dict[Key, Row]:
        """Rows by key; missing ones are left out."""
        shape = shape_of(table)
        names = ", ".join(f'"{column}"' for column in shape.columns)
        query = f'SELECT {names} FROM "{shape.name}" WHERE "{shape.key}" IN ({{keys}})'
        found = (dict(zip(shape.columns, row, strict=True)) for row in ask_about(query, keys))
        return {row[shape.key]: row for row in found}

    # For undo and redo

    def put_back(self, table: type[t.Table], key: Key, image: Row | None) -> Row | None:
        """Restore a row from its image, or delete it for None; return the row before. Undo does not record this."""
        shape = shape_of(table)
        before = self.row(table, key)
        if image is None:
            if before is not None:
                ask(f'DELETE FROM "{shape.name}" WHERE "{shape.key}" = ?', (key,))
        else:
            # Columns that a later schema added get their defaults; removed ones are ignored.
            if before is None:
                self.put_back_run(table, [image])
            else:
                known = {column: value for column, value in image.items() if column in shape.columns}
                assignments = ", ".join(f'"{column}" = ?' for column in known)
                ask(f'UPDATE "{shape.name}" SET {assignments} WHERE "{shape.key}" = ?', (*known.values(), key))
        self._notice_rows(table, [one for one in (before, image) if one is not None], frozenset(shape.columns))
        return before

    def put_back_run(self, table: type[t.Table], images: Sequence[Row]) -> None:
        """Insert rows from their images; undo does not record this."""
        shape = shape_of(table)
        for insertion, values in self._filled(shape, images, keyed=True):
            self.put_back_values(table, insertion.columns, values)

    def put_back_values(self, table: type[t.Table], columns: Sequence[str], values: list[list[Any]]) -> None:
        """Insert rows whose values are in the order of `columns`; undo does not record this."""
        shape = shape_of(table)
        self._notice(shape, columns, values, self._insert_keyed(shape, columns, values))

    @staticmethod
    def _insert_keyed(shape: Shape, columns: Sequence[str], values: list[list[Any]]) -> list[Any]:
        insert_rows(shape.name, columns, values)
        place = columns.index(shape.key)
        return [row[place] for row in values]

    def take_out(self, table: type[t.Table], keys: Sequence[Sequence[Key]]) -> int:
        """Delete the rows with the keys in some lists; return the highest version among them, 0 if they have none.

        Undo does not record this. Contacts that are gone are not derived again: take them out before their rows.
        """
        shape, highest = shape_of(table), 0
        watched = [name for name in shape.columns if name in _WATCHED or (name == "id" and shape.name in _BY_ID)]
        for those, values in conditions(shape.key, keys):
            for column in watched:
                there = f'AND EXISTS (SELECT 1 FROM contact WHERE id = x."{column}")' if column in _PEOPLE else ""
                found = ask(f'SELECT DISTINCT "{column}" FROM "{shape.name}" x WHERE {those} {there}', values)
                self._mark(shape.name, column, marked := {key for (key,) in found} - {None}, frozenset(shape.columns))
                self._gone |= marked if (shape.name, column) == ("contact", "id") else set()
            if shape.versioned:
                ((version,),) = ask(f'SELECT max("version") FROM "{shape.name}" WHERE {those}', values)
                highest = max(highest, version or 0)
            ask(f'DELETE FROM "{shape.name}" WHERE {those}', values)
        return highest

    # Touched contacts and needs

    @property
    def touched_contacts(self) -> frozenset[int]:
        """Contacts whose derived rows may have changed."""
        found = set(self._contacts)
        for table, keys in self._through.items():
            found |= _contacts_through(table, keys)
        return frozenset(found | _contacts_through("contact", self._come_or_gone))

    @property
    def gone_contacts(self) -> frozenset[int]:
        """Contacts taken out here: what is derived of them went with them, and only their search text is left."""
        return frozenset(self._gone)

    @property
    def new_contacts(self) -> frozenset[int]:
        """Contacts inserted here that are not derived and indexed yet and can have no item but that of a rhythm."""
        return frozenset(self._inserted)

    @property
    def touched_needs(self) -> frozenset[int]:
        """Needs whose items may have changed, or pass to other contacts: thousands may be told of one need."""
        return frozenset(self._needs)

    @property
    def searched_contacts(self) -> frozenset[int]:
        """Contacts whose search text may have changed."""
        return frozenset(self._searched | _contacts_through("circle", self._renamed))

    def _notice(self, shape: Shape, columns: Sequence[str], values: list[list[Any]], keys: list[Any]) -> None:
        """Note the contacts and needs that inserted rows affect; `values` are in the order of `columns`."""
        for place, column in enumerate(columns):
            if column in _WATCHED:
                self._mark(shape.name, column, {row[place] for row in values if row[place] is not None})
        if shape.name in ("contact", "acquaintance"):
            self._mark(shape.name, "id", set(keys))
            self._gone.difference_update(keys if shape.name == "contact" else ())

    def _notice_rows(self, table: type[t.Table], rows: Sequence[Row], changed: frozenset[str]) -> None:
        shape = shape_of(table)
        for column in (*_WATCHED, "id"):
            if column not in shape.columns:
                continue
            if keys := {row[column] for row in rows if row.get(column) is not None}:
                self._mark(shape.name, column, keys, changed)

    def _mark(self, table: str, column: str, keys: set[int], changed: frozenset[str] | None = None) -> None:
        if column in _PEOPLE or (column == "id" and table == "contact"):
            self._contacts |= keys
            if table == "contact" and changed is None:
                self._inserted |= keys
            elif table not in _MAKE_NO_ITEM:
                self._inserted -= keys
            if table == "contact" and changed is not None and "status" in changed:
                self._come_or_gone |= keys
            if table in _SEARCHED and (changed is None or changed & _SEARCHED[table]):
                self._searched |= keys
        elif column == "id" and table == "acquaintance":
            self.acquaintances |= keys
        elif column == "need_id" or (column == "id" and table == "need"):
            if table != "post":
                self._needs |= keys
        elif column == "id" and table in ("interaction", "circle"):
            self._through[table] |= keys
            if table == "circle" and changed is not None and "name" in changed:
                self._renamed |= keys
        elif column in _WATCHED and table != "membership":
            self._through[_WATCHED[column]] |= keys

    # Statements

    def _filled(
        self, shape: Shape, rows: Iterable[Mapping[str, Any]], *, keyed: bool = False
    ) -> Iterator[tuple[Insertion, list[list[Any]]]]:
        """The values to insert, batched: each batch is consecutive rows with the same names. Every row gets a uid."""
        known: dict[tuple[str, ...], Insertion] = {}
        for names, some in groupby(rows, key=tuple):
            found = known.get(names)
            if found is None:
                found = known[names] = insertion_of(shape, names, self.uids, keyed=keyed)
            yield found, found.values_of(some)

    def next_version(self, version: int) -> int:
        """The version that a row gets with its next change."""
        return max(version, self._version_floor()) + 1

    def _version_floor(self) -> int:
        found = ask('SELECT "value" FROM "meta" WHERE "key" = ?', ("version_floor",))
        return int(found[0][0]) if found else 0

    def _merged(self, table: type[t.Table], key: Key, version: int, current: Row, new: Row) -> Row:
        """My changes against the values at `version`; raises `Conflict` for a field that both sides changed."""
        base = self._image(table, key, version)
        mine: Row = {}
        clashes: dict[str, tuple[str, str]] = {}
        for column, value in new.items():
            if base is not None and value == base.get(column):
                continue
            theirs = current[column]
            if theirs != value and (base is None or theirs != base.get(column)):
                clashes[column] = ("" if theirs is None else str(theirs), "" if value is None else str(value))
            mine[column] = value
        if clashes:
            names = ", ".join(column.removesuffix("_id").replace("_", " ") for column in clashes)
            raise Conflict(
                f"Another session changed this {words(table)} meanwhile: {names}",
                clashes,
                "Choose which to keep.",
            )
        return mine

    def _image(self, table: type[t.Table], key: Key, version: int) -> Row | None:
        query = "SELECT before, after FROM journal_change WHERE table_name = ? AND row = ? ORDER BY id DESC"
        for images in ask(query, (shape_of(table).name, str(key))):
            for image in images:
                if image is not None:
                    row: Row = json.loads(image)
                    if row.get("version") == version:
                        return row
        return None


def _contacts_through(table: str, keys: Iterable[int]) -> set[int]:
    return {contact_id for (contact_id,) in ask_about(_CONTACTS[table], keys)}


_WATCHED: dict[str, str] = {
    "contact_id": "contact",
    "interaction_id": "interaction",
    "follow_up_id": "follow_up",
    "favor_id": "favor",
    "circle_id": "circle",
    "need_id": "need",
    "one_id": "contact",
    "other_id": "contact",
}
"""Columns that link a row to contacts, and the tables whose keys they hold."""
_CONTACTS: dict[str, str] = {
    "contact": "SELECT q.contact_id FROM participation p"
    " JOIN participation q ON q.interaction_id = p.interaction_id WHERE p.contact_id IN ({keys})",
    "interaction": "SELECT contact_id FROM participation WHERE interaction_id IN ({keys})",
    "follow_up": "SELECT contact_id FROM follow_up WHERE id IN ({keys})",
    "favor": "SELECT contact_id FROM favor WHERE id IN ({keys})",
    "circle": "SELECT contact_id FROM membership WHERE circle_id IN ({keys})",
}
"""The contacts whose derived rows depend on rows of a table; a contact also affects those who took part with it."""
_BY_ID = frozenset({"contact", "acquaintance", "need", "interaction", "circle"})
"""Tables whose own keys are noted."""
_PEOPLE = frozenset({"contact_id", "one_id", "other_id"})
"""Columns that hold a contact's id."""
_MAKE_NO_ITEM = frozenset(
    {"contact", "identity", "address", "membership", "contact_date", "acquaintance", "newcomer", "card", "doubt"}
)
"""Tables whose rows give a contact no open item, except through a rhythm of the contact or of a circle."""
_SEARCHED: dict[str, frozenset[str]] = {
    "contact": frozenset(INDEXED),
    "address": frozenset({"contact_id", "kind", "value"}),
    "membership": frozenset({"contact_id", "circle_id"}),
}
"""The columns that search texts are made of, by table."""
