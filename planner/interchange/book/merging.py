"""Merges two copies of a card that were edited apart: the files from a syncing program, which must end equal."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from planner.core.model import ImportedContact
from planner.core.words.folding import clean
from planner.errors import Refused
from planner.foreign_files import open_regular, reason
from planner.interchange.book.card_edits import edits_of
from planner.interchange.book.card_lines import edited, revision_of
from planner.interchange.book.content_lines import card_of
from planner.interchange.book.reading import CARD_LIMIT, card_file
from planner.interchange.files import save

WhatIsWanted = Callable[[ImportedContact, ImportedContact], Mapping[str, Any]]
"""Gives the fields that the second of two copies must also say, see `planner.desk.book.books.Books.merge`."""


def merge_files(ours: Path, theirs: Path, wanted: WhatIsWanted) -> None:
    """Make both files equal the second one, plus what the first one says beyond it; other lines stay as they are.

    Raises Refused if a file is not one whole card, or if the two have different UIDs; then neither is written.
    """
    (one, ours_data), (other, data) = _read(ours), _read(theirs)
    if one.keys[:1] != other.keys[:1]:
        raise Refused("The two files are cards of two UIDs", "Let one of them go.")
    card = card_of(data, "")
    above = max(revision_of(card_of(ours_data, "")), revision_of(card))
    merged = edited(data, card, edits_of(card, wanted(one, other), tells=True), above)
    for path in (ours, theirs):
        save(path, [merged])


def _read(path: Path) -> tuple[ImportedContact, bytes]:
    shown = clean(str(path), visible=True)
    try:
        with os.fdopen(open_regular(path), "rb") as stream:
            data = stream.read(CARD_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise Refused(f"{shown} cannot be read: {reason(error)}", "Nothing was written.") from error
    found = card_file(path.name, data[:CARD_LIMIT])
    if len(found.people) != 1:
        why = found.problem or f"{len(found.people)} people are in it"
        raise Refused(f"{shown} is not one card: {why}", "Nothing was written.")
    return found.people[0], data
