"""The one way rows of facts are written: every row a verb writes is remembered, so that it can be undone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from planner.core.contact_fields import INDEXED
from planner.errors import Conflict, Refused
from planner.store import tables as t
from planner.store.connection import ask, batches, insert_numbered, run_many
from planner.store.table_shapes import Shape, children_of, filler, shape_of, stored, words

Key = int | str
"""The primary key of a row: a number everywhere but in `Identity`."""
Row = dict[str, Any]
"""A row as the database holds it, by column name."""


class Change(NamedTuple):
    """One step of a verb: a row before it was written (None: it was not there).

    `last` is set for a run of rows inserted one after the other, from `key` to `last`.
    """

    table: type[t.Table]
    key: Key
    before: Row | None
    last: int | None = None


class Writer:
    """Writes rows of facts inside a transaction; get one from `Store.write`.

    Fields are named as in `planner.store.tables`, a foreign key also with `_id`; dates may be dates or
    ISO text. `changes` holds every step in order.
    """

    def __init__(self) -> None:
        # One after the other from a random number on: uids all over an index would touch all of its pages.
        self.uids: Iterator[str] = (f"{number:032x}" for number in count(uuid.uuid4().int))
        """The uids of rows that bring none."""
        self.changes: list[Change] = []
        self._contacts: set[int] = set()
        self._searched: set[int] = set()
        self.acquaintances: set[int] = set()
        """Acquaintances whose search text may have changed."""
        self._through: dict[type[t.Table], set[int]] = {
            t.Interaction: set(),
            t.FollowUp: set(),
            t.Favor: set(),
            t.Circle: set(),
            t.Need: set(),
        }
        self._renamed: set[int] = set()
        self._come_or_gone: set[int] = set()
        """Contacts whose status may have changed: what several are in may pass on to another of them."""

    # Writing

    def insert(self, table: type[t.Table], **values: Any) -> Any:
        """Insert a row and give its primary key."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: type[t.Table], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Insert rows and give their primary keys, in order; far faster than one at a time."""
        if not rows:
            return []
        shape = shape_of(table)
        values = self._values(shape, rows)
        if shape.numbered:
            keys = insert_numbered(shape.name, shape.columns[1:], [row[1:] for row in values])
            for row, key in zip(values, keys, strict=True):
                row[0] = key
        else:
            run_many(shape.insert, values)
        self._remember(table, [row[shape.key_place] for row in values])
        self._notice(table, shape, values)
        return [row[shape.key_place] for row in values]

    def insert_as_they_are(self, table: type[t.Table], images: Sequence[Row]) -> None:
        """Insert rows under the keys they have, remembered so that they can be undone."""
        self.put_back_run(table, images)
        self._remember(table, [image[shape_of(table).key] for image in images])

    def _remember(self, table: type[t.Table], keys: Sequence[Any]) -> None:
        """Keep the insertion of rows for undo, those with numbers one after the other as one step."""
        if not shape_of(table).numbered:
            self.changes.extend(Change(table, key, None) for key in keys)
            return
        first = 0
        for place in range(1, len(keys) + 1):
            # A run stands for every number in it: where numbers are missing another one begins.
            if place == len(keys) or keys[place] != keys[place - 1] + 1:
                self.changes.append(Change(table, keys[first], None, keys[place - 1]))
                first = place

    def update(self, table: type[t.Table], key: Key, /, version: int | None = None, **changes: Any) -> None:
        """Change fields of a row; a field given the value it has is left alone.

        With `version`, the one the changes were made against, what another session changed since is
        kept: different fields merge. Raises `Conflict` with both texts when both changed one field to
        different values, `Refused` when the row is gone.
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
            new["version"] = max(before["version"], self._version_floor()) + 1
        assignments = ", ".join(f'"{column}" = ?' for column in new)
        ask(f'UPDATE "{shape.name}" SET {assignments} WHERE "{shape.key}" = ?', (*new.values(), key))
        self.changes.append(Change(table, key, before))
        self._notice_rows(table, (before, {**before, **new}), frozenset(new))

    def update_many(self, table: type[t.Table], keys: Iterable[Key], **changes: Any) -> None:
        """Change fields of many rows to the same values; far faster than one at a time.

        Rows that are gone, and those that have the values already, are left alone.
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
            self.changes.extend(Change(table, row[shape.key], row) for row in before)
            self._notice_rows(table, [*before, *({**row, **new} for row in before)], frozenset(new))

    def delete(self, table: type[t.Table], key: Key) -> bool:
        """Delete a row and everything that belongs to it, children first; False when it was not there."""
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
        self.changes.append(Change(table, key, before))
        self._notice_rows(table, (before,), frozenset(shape.columns))
        return True

    def touch(self, contact_id: int) -> None:
        """Derive this contact anew although none of its rows was written."""
        self._contacts.add(contact_id)

    # Reading, as far as writing needs it

    def row(self, table: type[t.Table], key: Key) -> Row | None:
        """The row as the database holds it."""
        return self.rows(table, [key]).get(key)

    def rows(self, table: type[t.Table], keys: Iterable[Key]) -> dict[Key, Row]:
        """Rows by key; a missing one is left out."""
        shape = shape_of(table)
        names = ", ".join(f'"{column}"' for column in shape.columns)
        place = shape.columns.index(shape.key)
        found: dict[Key, Row] = {}
        for some in batches(keys):
            query = f'SELECT {names} FROM "{shape.name}" WHERE "{shape.key}" IN ({", ".join("?" * len(some))})'
            for values in ask(query, some):
                found[values[place]] = dict(zip(shape.columns, values, strict=True))
        return found

    # For undo and redo

    def put_back(self, table: type[t.Table], key: Key, image: Row | None) -> None:
        """Make a row what it was, or nothing; not remembered as a change."""
        shape = shape_of(table)
        before = self.row(table, key)
        if image is None:
            if before is not None:
                ask(f'DELETE FROM "{shape.name}" WHERE "{shape.key}" = ?', (key,))
        else:
            # Columns a later version added keep their defaults; ones it dropped are left out.
            if before is None:
                self.put_back_run(table, [image])
            else:
                known = {column: value for column, value in image.items() if column in shape.columns}
                assignments = ", ".join(f'"{column}" = ?' for column in known)
                ask(f'UPDATE "{shape.name}" SET {assignments} WHERE "{shape.key}" = ?', (*known.values(), key))
        images = tuple(one for one in (before, image) if one is not None)
        self._notice_rows(table, images, frozenset(shape.columns))

    def put_back_run(self, table: type[t.Table], images: Sequence[Row]) -> None:
        """Insert rows that are not there, each as its image says; not remembered as a change."""
        shape = shape_of(table)
        known = ({column: image[column] for column in shape.columns if column in image} for image in images)
        values = self._values(shape, known)
        run_many(shape.insert, values)
        self._notice(table, shape, values)

    def remove_run(self, table: type[t.Table], first: int, last: int) -> None:
        """Delete rows from one number to another; not remembered as a change."""
        shape = shape_of(table)
        self._notice_rows(table, tuple(self.rows(table, range(first, last + 1)).values()), frozenset(shape.columns))
        ask(f'DELETE FROM "{shape.name}" WHERE "{shape.key}" BETWEEN ? AND ?', (first, last))

    # What was touched

    @property
    def touched_contacts(self) -> frozenset[int]:
        """Contacts whose derived rows may have changed."""
        queries = {
            t.Interaction: 'SELECT "contact_id" FROM "participation" WHERE "interaction_id" IN',
            t.FollowUp: 'SELECT "contact_id" FROM "follow_up" WHERE "id" IN',
            t.Favor: 'SELECT "contact_id" FROM "favor" WHERE "id" IN',
            t.Circle: 'SELECT "contact_id" FROM "membership" WHERE "circle_id" IN',
            t.Need: 'SELECT "contact_id" FROM "told" WHERE "need_id" IN',
        }
        found = set(self._contacts)
        for table, keys in self._through.items():
            found.update(self._contacts_by(queries[table], keys))
        found.update(self._contacts_by(_COMPANIONS, self._come_or_gone))
        return frozenset(found)

    @property
    def searched_contacts(self) -> frozenset[int]:
        """Contacts whose search text may have changed."""
        query = 'SELECT "contact_id" FROM "membership" WHERE "circle_id" IN'
        return frozenset(self._searched | self._contacts_by(query, self._renamed))

    def _contacts_by(self, query: str, keys: Iterable[int]) -> set[int]:
        return {
            row[0]
            for some in batches(sorted(keys))
            for row in ask(f"{query} ({', '.join('?' * len(some))})", some)
        }

    def _notice(self, table: type[t.Table], shape: Shape, values: list[list[Any]]) -> None:
        columns = [name for name in _WATCHED if name in shape.columns]
        if table in (t.Contact, t.Acquaintance):
            columns.append("id")
        for column in columns:
            place = shape.columns.index(column)
            self._mark(table, column, {row[place] for row in values if row[place] is not None})

    def _notice_rows(self, table: type[t.Table], rows: Sequence[Row], changed: frozenset[str]) -> None:
        for column in (*_WATCHED, "id"):
            keys = {row[column] for row in rows if row.get(column) is not None}
            if keys:
                self._mark(table, column, keys, changed)

    def _mark(self, table: type[t.Table], column: str, keys: set[int], changed: frozenset[str] | None = None) -> None:
        if column in _PEOPLE or (column == "id" and table is t.Contact):
            self._contacts |= keys
            if table is t.Contact and changed is not None and "status" in changed:
                self._come_or_gone |= keys
            if table in _SEARCHED and (changed is None or changed & _SEARCHED[table]):
                self._searched |= keys
        elif column == "id" and table is t.Acquaintance:
            self.acquaintances |= keys
        elif column == "id" and table in (t.Interaction, t.Circle, t.Need):
            self._through[table] |= keys
            if table is t.Circle and changed is not None and "name" in changed:
                self._renamed |= keys
        elif column in _WATCHED and table is not t.Membership:
            self._through[_WATCHED[column]] |= keys

    # Statements

    def _values(self, shape: Shape, rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
        """Rows in the order of the columns, each with a uid."""
        fill: dict[tuple[str, ...], Callable[[Mapping[str, Any]], list[Any]]] = {}
        built = []
        for row in rows:
            names = tuple(row)
            if names not in fill:
                fill[names] = filler(shape, names)
            values = fill[names](row)
            if not values[shape.uid_place]:
                values[shape.uid_place] = next(self.uids)
            built.append(values)
        return built

    def _version_floor(self) -> int:
        found = ask('SELECT "value" FROM "meta" WHERE "key" = ?', ("version_floor",))
        return int(found[0][0]) if found else 0

    def _merged(self, table: type[t.Table], key: Key, version: int, current: Row, new: Row) -> Row:
        """My changes without those that only repeat the past; `Conflict` for a field both have changed."""
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


_WATCHED: dict[str, type[t.Table]] = {
    "contact_id": t.Contact,
    "interaction_id": t.Interaction,
    "follow_up_id": t.FollowUp,
    "favor_id": t.Favor,
    "circle_id": t.Circle,
    "need_id": t.Need,
    "one_id": t.Contact,
    "other_id": t.Contact,
}
"""Columns through which a row concerns contacts."""
_COMPANIONS = """SELECT q.contact_id FROM participation p JOIN participation q ON q.interaction_id = p.interaction_id
    WHERE p.contact_id IN"""
_PEOPLE = frozenset({"contact_id", "one_id", "other_id"})
"""Columns that hold a contact."""
_SEARCHED: dict[type[t.Table], frozenset[str]] = {
    t.Contact: frozenset(INDEXED),
    t.Address: frozenset({"contact_id", "kind", "value"}),
    t.Membership: frozenset({"contact_id", "circle_id"}),
}
"""Columns that a search text is made of."""
