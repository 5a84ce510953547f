"""Writes what is wanted into the cards of a folder: only the lines that change, and never over somebody else's edit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.core.book.said import PHOTO
from planner.core.model import ImportedContact
from planner.core.records import record
from planner.core.words.folding import clean_line
from planner.errors import Refused
from planner.interchange.book import exchange
from planner.interchange.book.card_edits import edits_of
from planner.interchange.book.card_lines import edited, revised, revision_of
from planner.interchange.book.content_lines import card_of
from planner.interchange.book.pictures import with_picture
from planner.interchange.book.reading import ENDING, card_file
from planner.interchange.vcard.writer import escaped


@record(frozen=True, slots=True)
class SentCard:
    """A card as it was or would be written: what it says then, its number, its bytes, and why it was not written.

    `person` is None where nothing was to be written.
    """

    person: ImportedContact | None = None
    revision: int = 0
    data: bytes = b""
    problem: str = ""


class CardSender:
    """Edits cards and makes new ones; see `exchange` for how a file is written."""

    def edit(
        self, path: str, name: str, digest: str, wanted: Mapping[str, Any], above: int, *, tells: bool, write: bool
    ) -> SentCard:
        """Let the card of a file say what is wanted, if it still says what was read: the `digest` of its bytes.

        Without `write` only what would be written is given. Its number becomes greater than `above`. A picture that is
        wanted is the card as it was while it had one.
        """
        folder = Path(path)
        try:
            data, _ = exchange.read(folder, name)
            if hashlib.blake2b(data, digest_size=16).hexdigest() != digest:
                return SentCard(problem=f"{name} was changed meanwhile: sync again, which reads it")
            card = card_of(data, "")
            new = edited(data, card, edits_of(card, wanted, tells=tells), above)
            if PHOTO in wanted:
                mended = with_picture(new, wanted[PHOTO])
                new = mended if new != data or mended == new else revised(mended, card_of(mended, ""), above)
            if new == data:
                return SentCard()
            if write:
                exchange.replace(folder, name, data, new)
            return _sent(name, new)
        except Refused as refusal:
            return SentCard(problem=f"{refusal.message}. {refusal.advice}")

    def make(self, path: str, uid: str, wanted: Mapping[str, Any], *, tells: bool, write: bool) -> SentCard:
        """Make a new card of a UID that says what is wanted; its file is called so."""
        name = f"{uid}{ENDING}"
        named = f"FN:{escaped(clean_line(str(wanted.get('name', ''))))}"
        data = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", named, "END:VCARD", "")).encode()
        try:
            card = card_of(data, "")
            data = edited(data, card, edits_of(card, wanted, tells=tells))
            if write:
                exchange.put_new(Path(path), name, data)
            return _sent(name, data)
        except Refused as refusal:
            return SentCard(problem=f"{refusal.message}. {refusal.advice}")

    def sweep(self, path: str) -> tuple[str, ...]:
        """Finish what an interrupted writing left in a folder; gives what is to be told of it."""
        try:
            swept = exchange.sweep(Path(path))
        except Refused as refusal:
            return (f"{refusal.message}. {refusal.advice}",)
        told = [f"{name}: an edit by another program was put back" for name in swept.put_back]
        told += [f"{name}: an edit by another program is kept beside the cards" for name in swept.kept]
        return tuple(map(clean_line, told))


def _sent(name: str, data: bytes) -> SentCard:
    read = card_file(name, data)
    if len(read.people) != 1:
        return SentCard(problem=f"{name} could not be written so that it can be read again")
    return SentCard(read.people[0], revision_of(card_of(data, "")), data)
