"""The files that still mention a forgotten person: reported, and rewritten on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.core.words.counts import counted
from planner.edited_files import left_files
from planner.errors import PlannerError
from planner.export_list import forget_exports, in_folders, known_exports
from planner.import_folder import forget_import_folder
from planner.inbox_folder import DONE
from planner.store import migrations
from planner.store.copies.erasing import copies_holding, erase_in_copy, rows_without
from planner.store.copies.holding import text_holding
from planner.store.forgetting import Erased
from planner.store.snapshot import Rows, table_names
from planner.unfinished import UnfinishedTexts

if TYPE_CHECKING:
    from planner.store.session import Store


@dataclass(frozen=True, slots=True)
class WholePlanners:
    """Handles an exported file that is a whole planner."""

    store: Store
    erased: Erased
    today: date
    surname_too: bool

    def without(self, read: Callable[[int], Rows]) -> Rows:
        """The rows from `read(schema)`, without the person."""
        rows = read(self.schema())
        return rows_without(self.store, rows, self.erased, self.today, surname_too=self.surname_too)

    def tables(self) -> tuple[str, ...]:
        """The tables of such a file, in order."""
        return table_names()

    def schema(self) -> int:
        """The version of the database schema."""
        return migrations.latest(self.store.migrations_folder)


TakeOut = Callable[[Path, Erased, tuple[str, ...], WholePlanners], bool]
"""Rewrites an exported file without a person, and without the given surnames; returns whether it could."""


@dataclass(frozen=True, slots=True)
class Held:
    """The files that still mention somebody, and how many others were rewritten without them."""

    files: tuple[Path, ...]
    copies: int
    exports: int

    @property
    def too(self) -> str:
        """The end of the sentence that somebody was forgotten: where else. "" for nowhere else."""
        parts = [
            *([f"{counted(self.copies, 'copy', 'copies')} of the planner"] if self.copies else ()),
            *([counted(self.exports, "export")] if self.exports else ()),
        ]
        return f", in {' and '.join(parts)} too" if parts else ""


def still_held(
    store: Store,
    erased: Erased,
    contact_id: int,
    today: date,
    state: Path | None,
    inbox: Path | None,
    *,
    copies: bool,
    take_out: TakeOut | None,
    surname_too: bool,
) -> Held:
    """The files that mention a forgotten person.

    With `copies` the copies of the planner are rewritten, and with `take_out` exported files; exports in folders that
    other programs read stay. Unfinished texts and the remembered folder of the last import are deleted.
    """
    held, rewritten, exported = [], 0, 0
    for path in copies_holding(store, erased):
        if copies and erase_in_copy(store, path, erased, surname_too=surname_too):
            rewritten += 1
        else:
            held.append(path)
    holds = text_holding(erased)
    held += filter(holds, _in_folder(inbox))
    if state is not None:
        forget_import_folder(state, erased.traces)
        UnfinishedTexts(state).forget(erased.traces, contact_id)
        found = list(filter(holds, known_exports(state)))
        left = in_folders(found, state)
        whole = WholePlanners(store, erased, today, surname_too)
        for file in found:
            if copies and take_out is not None and file not in left and _taken_out(take_out, file, whole):
                exported += not holds(file)
            if holds(file):
                held.append(file)
        forget_exports(state, erased.traces)
        held += filter(holds, left_files(state))
    return Held(tuple(dict.fromkeys(held)), rewritten, exported)


def _taken_out(take_out: TakeOut, file: Path, whole: WholePlanners) -> bool:
    erased = whole.erased
    try:
        return take_out(file, erased, erased.surnames if whole.surname_too else (), whole)
    except (PlannerError, OSError):
        return False


def _in_folder(inbox: Path | None) -> Iterator[Path]:
    """The files of the inbox, processed ones too."""
    for folder in (inbox, inbox / DONE) if inbox is not None else ():
        with suppress(OSError):
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
