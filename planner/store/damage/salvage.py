"""Salvage: puts everything readable in a damaged planner into a new one, and reports the rest."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from peewee import BooleanField, ForeignKeyField, IntegrityError

from planner.core.records import record
from planner.core.words.folding import clean, fold
from planner.errors import PlannerError, Refused, StoreError
from planner.foreign_files import open_regular, reason
from planner.passphrases import PASSPHRASES, is_encrypted, looks_encrypted
from planner.store import migrations, sqlite
from planner.store import tables as t
from planner.store.connection import ask
from planner.store.doctor import rebuild
from planner.store.facts.identity.tombstones import keep_forgotten
from planner.store.snapshot import FORGOTTEN, FORMER_NAMES, problem_of_value
from planner.store.snapshot_checks import check
from planner.store.table_shapes import shape_of, words

if TYPE_CHECKING:
    from planner.store.session import Store
    from planner.store.sqlite.pages import FoundTable

Row = dict[str, Any]

KEPT: tuple[type[t.Table], ...] = (*t.FACTS, t.MovedTable)
"""The tables that are brought over, parents before children. Watched sources are read again from their beginning."""
UNREADABLE = "Unreadable"
"""The name, before the number, of a person whose own row was lost and whom other rows refer to."""
NAMED = 500
"""The most rows of a table that a report names one by one."""


@record(frozen=True, slots=True)
class SalvagedTable:
    """The result for the rows of one table: how many were read, how many of them in part, how many not at all."""

    name: str
    read: int
    in_part: int
    lost: int


@record(frozen=True, slots=True)
class Salvaged:
    """The new planner, its tables, and a line for each row not read or read in part; no line names anybody."""

    path: Path
    tables: tuple[SalvagedTable, ...]
    said: tuple[str, ...]

    @property
    def read(self) -> int:
        """The number of rows in the new planner."""
        return sum(one.read for one in self.tables)

    @property
    def lost(self) -> int:
        """The number of rows known to have been there that could not be read."""
        return sum(one.lost for one in self.tables)

    @property
    def in_part(self) -> int:
        """The number of rows with a value that could not be read."""
        return sum(one.in_part for one in self.tables)


def salvage(damaged: Path, target: Path, like: Store) -> Salvaged:
    """Make a new planner at `target` from everything readable in a damaged one; the damaged file is only read.

    `like` is a store, opened or not, with the settings to derive under. An encrypted planner is encrypted again, with
    the same passphrase. Raises `Refused` where `target` exists, and where nothing of a planner can be read; then
    nothing is left behind.
    """
    if target.exists() or target.is_symlink():
        raise Refused(f"There is something at {target} already", "Name a new file with -o")
    found = _found(damaged)
    if not any(one.rows for name, one in found.items() if name != FORGOTTEN):
        raise Refused(f"Nothing of a planner can be read in {damaged}", "Restore a backup, if there is one")
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        # The passphrase that opened the damaged file is the one given last.
        passphrase = PASSPHRASES.known()[0] if is_encrypted(damaged) else ""
        migrations.create(draft, migrations.latest(), passphrase)
        store = type(like)(draft, like.settings, session="salvage").open()
        try:
            filling = _Filling(found)
            store.transact(filling.fill)
            store.transact(partial(rebuild, store))
        finally:
            store.close()
        os.link(draft, target)
        sqlite.synchronize(target)
    except OSError as error:
        raise StoreError(f"{target} cannot be made: {error.strerror}", "Name another file with -o") from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return Salvaged(target, tuple(filling.tables), tuple(filling.said))


def _found(damaged: Path) -> dict[str, FoundTable]:
    """The content of a file's pages, after rolling back a half-written change if possible."""
    # Only a salvage reads pages.
    from planner.store.sqlite.pages import PageReader

    names = {_named(table)[0] for table in KEPT} | {FORGOTTEN}
    try:
        content = _content(damaged)
        journals = [suffix for suffix in sqlite.BESIDE if Path(f"{damaged}{suffix}").is_file()]
        if journals:
            content = _settled(damaged, content, journals)
        elif looks_encrypted(content):
            content = sqlite.image_of(damaged)
    except OSError as error:
        raise Refused(f"{damaged} cannot be read: {reason(error)}", "Name the file of a planner") from None
    except Exception as error:
        if isinstance(error, PlannerError) or not sqlite.problem_of(error):
            raise
        raise Refused(f"Nothing of a planner can be read in {damaged}", "Restore a backup, if there is one") from None
    return PageReader(content).tables(names)


def _content(path: Path) -> bytes:
    # A named link is followed; its target must be a file.
    with os.fdopen(open_regular(os.path.realpath(path)), "rb") as stream:
        return stream.read()


def _settled(damaged: Path, content: bytes, journals: list[str]) -> bytes:
    """The content of a file after SQLite has applied its journal, or as it is if that fails."""
    with tempfile.TemporaryDirectory(prefix="planner-salvage-") as folder:
        copy = Path(folder) / "planner.db"
        copy.write_bytes(content)
        for suffix in journals:
            shutil.copyfile(f"{damaged}{suffix}", f"{copy}{suffix}")
        with suppress(Exception):
            sqlite.settle_journal(copy)
        return sqlite.image_of(copy) if looks_encrypted(content) else copy.read_bytes()


class _Filling:
    """Puts the rows that were found into an empty planner, and counts them."""

    def __init__(self, found: dict[str, FoundTable]) -> None:
        self._found = found
        self._keys: dict[str, set[Any]] = {}
        self.tables: list[SalvagedTable] = []
        self.said: list[str] = []

    def fill(self) -> None:
        """Write everything in one transaction of an empty planner."""
        self._keys.clear()
        self.tables.clear()
        self.said.clear()
        for table in KEPT:
            if _named(table)[0] in self._found:
                self._fill(table)
        if FORGOTTEN in self._found:
            digests = (one.values.get("digest") for one in self._found[FORGOTTEN].rows)
            keep_forgotten([one for one in digests if isinstance(one, str) and len(one) == 64])

    def _fill(self, table: type[t.Table]) -> None:
        name, key = _named(table)
        found = self._found[name]
        kept = self._keys[name] = set()
        in_part = 0
        lost = list(found.missing)
        for number in lost:
            self._say(table, number, "could not be read")
        for one in found.rows:
            row, mended, why = self._mended(table, one.values, one.flawed)
            if row is not None:
                try:
                    _insert(name, row)
                except IntegrityError:
                    why = "stands there twice"
                else:
                    kept.add(row[key])
                    if mended:
                        in_part += 1
                        self._say(table, row[key], f"was read in part, its {', '.join(mended)} not")
                    continue
            lost.append(one.values.get(key))
            self._say(table, one.values.get(key), f"could not be read: {why}")
        if table is t.ContactTable:
            in_part += self._known_from_others(kept, lost)
        if found.broken:
            self.said.append(f"{words(table)}: {found.broken} of its pages cannot be read")
        if kept or lost:
            self.tables.append(SalvagedTable(words(table), len(kept), in_part, len(lost)))

    def _say(self, table: type[t.Table], key: Any, what: str) -> None:
        # A text key may be somebody's name or address.
        number = f" {key}" if isinstance(key, int) else ""
        if len(self.said) < NAMED:
            self.said.append(f"{words(table)}{number} {what}")

    def _known_from_others(self, kept: set[Any], lost: list[Any]) -> int:
        """Make a contact for each lost id that other rows refer to, so that their history stays; return how many."""
        named: set[int] = set()
        for table in KEPT:
            for column in _parents(table, "contact"):
                rows = self._found[_named(table)[0]].rows if _named(table)[0] in self._found else []
                named.update(one.values[column] for one in rows if isinstance(one.values.get(column), int))
        shape = shape_of(t.ContactTable)
        made = 0
        for number in sorted(one for one in named - kept if 0 < one < 10**12):
            called = f"{UNREADABLE} {number}"
            row = dict(zip(shape.columns, shape.defaults, strict=True))
            row |= {"id": number, "uid": uuid4().hex, "name": called, "folded": fold(called)}
            row["created_on"] = "2000-01-01"
            _insert(shape.name, row)
            kept.add(number)
            made += 1
            if number in lost:
                lost.remove(number)
                self.said = [one for one in self.said if not one.startswith(f"{words(t.ContactTable)} {number} could")]
            self._say(t.ContactTable, number, f"is known from what others say only, and is called “{called}”")
        return made

    def _mended(self, table: type[t.Table], given: Row, flawed: tuple[str, ...]) -> tuple[Row | None, list[str], str]:
        """(a row that can be written, its unreadable columns, why it cannot be written at all)."""
        name, _ = _named(table)
        row: Row = {}
        mended = list(flawed)
        blank = {}
        for field in table._meta.sorted_fields:
            column = field.column_name
            default = field.default() if callable(field.default) else field.default
            blank[column] = default
            value = given.get(column, given.get(FORMER_NAMES.get((name, column), ""), default))
            if isinstance(field, BooleanField) and value in (0, 1):
                value = bool(value)
            if column == "uid" and not isinstance(value, str):
                value = uuid4().hex
            if isinstance(field, ForeignKeyField) and value is not None:
                parent = self._keys.get(field.rel_model._meta.table_name, set())
                if value not in parent:
                    if not field.null:
                        return None, [], f"the {words(field.rel_model)} it belongs to is not there"
                    value = None
                    mended.append(column)
            wrong = problem_of_value(field, value)
            if wrong:
                if not field.null and (default is None or isinstance(field, ForeignKeyField)):
                    return None, [], f"its {column} {wrong}"
                value = None if field.null else default
                mended.append(column)
            row[column] = clean(value) if isinstance(value, str) else value
        if "folded" in row and "name" in row:
            row["name"] = row["name"].strip() or UNREADABLE
            row["folded"] = fold(row["name"])
        why = _why_not(name, row)
        for column in _mendable(table) if why else ():
            trial = {**row, column: uuid4().hex if column == "uid" else blank[column]}
            if trial[column] == row[column]:
                continue
            now = _why_not(name, trial)
            if now != why:
                row, why = trial, now
                mended.append(column)
            if not why:
                break
        return (None, [], why) if why else (row, list(dict.fromkeys(mended)), "")


def _why_not(name: str, row: Row) -> str:
    if name == "moved":
        return ""
    try:
        return check(name, row)
    except Refused as refusal:
        return refusal.message


def _mendable(table: type[t.Table]) -> Iterator[str]:
    """The columns whose value a row can do without, or replace."""
    for field in table._meta.sorted_fields:
        if isinstance(field, ForeignKeyField) or (field.primary_key and field.column_name != "uid"):
            continue
        if field.null or field.default is not None or field.column_name == "uid":
            yield str(field.column_name)


def _parents(table: type[t.Table], name: str) -> list[str]:
    return [
        field.column_name
        for field in table._meta.sorted_fields
        if isinstance(field, ForeignKeyField) and field.rel_model._meta.table_name == name and not field.null
    ]


def _named(table: type[t.Table]) -> tuple[str, str]:
    """The name of a table and the column of its key."""
    return str(table._meta.table_name), str(table._meta.primary_key.column_name)


def _insert(name: str, row: Row) -> None:
    columns = ", ".join(f'"{column}"' for column in row)
    ask(f'INSERT INTO "{name}" ({columns}) VALUES ({", ".join("?" * len(row))})', tuple(row.values()))
