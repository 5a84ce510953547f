"""The files that still hold a forgotten person: named, and rewritten where that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.edited_files import left_files
from planner.export_list import forget_exports, known_exports
from planner.import_folder import forget_import_folder
from planner.inbox_folder import DONE
from planner.store.copies.erasing import copies_holding, erase_in_copy
from planner.store.forgetting import Erased, holds_any
from planner.unfinished import UnfinishedTexts

if TYPE_CHECKING:
    from planner.store.session import Store


def still_held(
    store: Store,
    erased: Erased,
    contact_id: int,
    state: Path | None,
    inbox: Path | None,
    *,
    copies: bool,
    surname_too: bool,
) -> tuple[list[Path], int]:
    """The files that hold a forgotten person, and how many copies of the planner were rewritten without them.

    With `copies` the copies of the planner are rewritten. Unfinished texts and the folder of the last import go.
    """
    held, rewritten = [], 0
    for path in copies_holding(store, erased):
        if copies and erase_in_copy(store, path, erased, surname_too=surname_too):
            rewritten += 1
        else:
            held.append(path)
    held += [file for file in _in_folder(inbox) if holds_any(file, erased.traces)]
    if state is not None:
        forget_import_folder(state, erased.traces)
        UnfinishedTexts(state).forget(erased.traces, contact_id)
        exports = [file for file in known_exports(state) if holds_any(file, erased.traces)]
        forget_exports(state, exports)
        held += exports
        held += [file for file in left_files(state) if file.is_file() and holds_any(file, erased.traces)]
    return list(dict.fromkeys(held)), rewritten


def _in_folder(inbox: Path | None) -> Iterator[Path]:
    """The texts of the inbox, those that were read too."""
    for folder in (inbox, inbox / DONE) if inbox is not None else ():
        with suppress(OSError):
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
