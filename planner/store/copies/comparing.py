"""Examines a backup on a private copy: whether it is whole, and what restoring it would change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.core.records import record
from planner.store import migrations, sqlite
from planner.store import tables as t
from planner.store.backup import verify
from planner.store.connection import ask
from planner.store.doctor import Examination, look_inside
from planner.store.table_shapes import shape_of

if TYPE_CHECKING:
    from planner.store.session import Store

NAMED = 5
"""The most people named for each kind of change."""
TOLD = ("contact", "interaction", "favor")
"""The tables reported one by one; the others are counted together."""


@record(frozen=True, slots=True)
class TableDifference:
    """What a restore would do to the rows of a table: bring back, remove, change; with the names of people."""

    name: str
    back: int
    gone: int
    changed: int
    back_names: tuple[str, ...] = ()
    gone_names: tuple[str, ...] = ()
    changed_names: tuple[str, ...] = ()


@contextmanager
def opened_copy(like: Store, path: Path) -> Iterator[Store]:
    """A private copy of a backup, brought up to date, as an open store; the file is only read.

    Raises what `verify` raises, and `StoreError` for a file of a newer planner.
    """
    verify(path)
    like.refuse_newer(path, sqlite.read_header(path).version)
    copy = type(like)(path, like.settings, session=like.session)
    copy.is_copy = True
    with closing(sqlite.database_for(path, immutable=True)) as whole:
        whole.connect()
        copy.database = sqlite.private_copy(whole)
    with closing(copy):
        with t.using(copy.database):
            migrations.migrate(copy, like.migrations_folder)
            copy.derive_anew()
        yield copy


def examine(like: Store, path: Path) -> tuple[tuple[str, ...], dict[str, int]]:
    """The problems that the doctor finds in a backup, and the row count of each table that is reported."""
    with opened_copy(like, path) as copy:
        looked = Examination(path)
        look_inside(copy, False, looked)
        with copy.read():
            counts = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in TOLD}
        return tuple(looked.problems), counts


def differences(store: Store, path: Path) -> tuple[TableDifference, ...]:
    """What restoring a backup would change, reported tables first; the others as one, named ""."""
    with store.read():
        present = {shape_of(table).name: _rows(table) for table in t.FACTS}
    with opened_copy(store, path) as copy, copy.read():
        then = {shape_of(table).name: _rows(table) for table in t.FACTS}
    found = [_difference(table, present[shape_of(table).name], then[shape_of(table).name]) for table in t.FACTS]
    rest = [one for one in found if one.name not in TOLD]
    told = [one for name in TOLD for one in found if one.name == name]
    others = TableDifference("", sum(x.back for x in rest), sum(x.gone for x in rest), sum(x.changed for x in rest))
    return (*told, others)


def _rows(table: type[t.Table]) -> dict[str, tuple[Any, ...]]:
    """The rows of a table by uid, without columns that another copy may number differently."""
    shape = shape_of(table)
    columns = [one for one in shape.columns if one not in ("version", "changed_at")]
    listed = ", ".join(f'"{column}"' for column in columns)
    return {str(uid): tuple(row) for uid, *row in ask(f'SELECT "uid", {listed} FROM "{shape.name}"')}


def _difference(
    table: type[t.Table], present: dict[str, tuple[Any, ...]], then: dict[str, tuple[Any, ...]]
) -> TableDifference:
    name = shape_of(table).name
    back, gone = then.keys() - present.keys(), present.keys() - then.keys()
    changed = {key for key in then.keys() & present.keys() if then[key] != present[key]}
    if name != "contact":
        return TableDifference(name, len(back), len(gone), len(changed))
    columns = [one for one in shape_of(table).columns if one not in ("version", "changed_at")]
    place = columns.index("name")

    def names(rows: dict[str, tuple[Any, ...]], keys: set[str]) -> tuple[str, ...]:
        return tuple(sorted(str(rows[key][place]) for key in keys)[:NAMED])

    return TableDifference(
        name, len(back), len(gone), len(changed), names(then, back), names(present, gone), names(present, changed)
    )
