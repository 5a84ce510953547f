"""Writes wanted values into the cards of a folder: only the changed lines, and never over somebody else's edit."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from planner.interchange.book.content_lines import CardLines, card_of, cards_of
from planner.interchange.book.pictures import with_picture
from planner.interchange.book.reading import ENDING, card_file
from planner.interchange.record_keys import key_of_uid
from planner.interchange.vcard.writer import escaped


@record(frozen=True, slots=True)
class SentCard:
    """A card as it was or would be written: its content, its number, its bytes, and why it was not written.

    `person` is None if there was nothing to write.
    """

    person: ImportedContact | None = None
    revision: int = 0
    data: bytes = b""
    problem: str = ""


Wish = tuple[str, Mapping[str, Any], int]
"""The key of a card, the wanted values, and the number that its own must exceed."""
_NOBODY = ImportedContact("", "")
"""Stands for the person of a changed card until the file is read again."""
_NOWHERE = CardLines((), 0, 0, is_whole=False)


class CardSender:
    """Edits cards and creates new ones; `exchange` says how a file is written."""

    def edit(
        self, path: str, name: str, digest: str, wanted: Mapping[str, Any], above: int, *, tells: bool, write: bool
    ) -> SentCard:
        """Make the card in a file say the wanted values, if the file still has the bytes that were read (`digest`).

        Without `write` it only returns what would be written. The card's number becomes greater than `above`. A wanted
        picture is given as the earlier card that had it.
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

    def edit_together(
        self, path: str, name: str, digest: str, wishes: Sequence[Wish], *, tells: bool, write: bool
    ) -> list[SentCard]:
        """Edit several cards of one file in one write, as `edit` does one; return the result of each, in order.

        Other cards of the file stay byte for byte. A card that is in the file twice is left alone.
        """
        folder, name = place_of(path, name)
        try:
            data, _ = exchange.read(folder, name)
            if hashlib.blake2b(data, digest_size=16).hexdigest() != digest:
                raise Refused(f"{name} was changed meanwhile", "Sync again, which reads it.")
            places: dict[str, list[CardLines]] = {}
            for card in cards_of(data):
                places.setdefault(key_of_uid(card.uid), []).append(card)
            sent, new = dict.fromkeys((key for key, _, _ in wishes), SentCard()), data
            # From the last card to the first: the positions of earlier ones stay right.
            for key, wanted, above in sorted(wishes, key=lambda wish: -places.get(wish[0], [_NOWHERE])[0].start):
                if len(places.get(key, ())) != 1:
                    why = "is in it twice" if key in places else "is no longer in it"
                    sent[key] = SentCard(problem=f"{name}: a card that was to be written {why}")
                    continue
                (card,) = places[key]
                changed = edited(new, card, edits_of(card, wanted, tells=tells), above)
                sent[key] = SentCard(_NOBODY) if changed != new else SentCard()
                new = changed
            if new != data and write:
                exchange.replace(folder, name, data, new)
            found = _people(name, new) if new != data else {}
        except Refused as refusal:
            return [SentCard(problem=f"{refusal.message}. {refusal.advice}") for _ in wishes]
        return [found[key] if sent[key].person is not None and key in found else sent[key] for key, _, _ in wishes]

    def make(self, path: str, uid: str, wanted: Mapping[str, Any], *, tells: bool, write: bool) -> SentCard:
        """Create a card with a UID and the wanted values; its file is named after the UID."""
        name = f"{uid}{ENDING}"
        named = f"FN:{escaped(clean_line(str(wanted.get('name', ''))))}"
        data = "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", named, "END:VCARD", "")).encode()
        try:
            card = card_of(data, "")
            data = edited(data, card, edits_of(card, wanted, tells=tells))
            sent = _sent(name, data)
            if write and Path(path).is_dir():
                exchange.put_new(Path(path), name, data)
            elif write:
                sent = _put_behind(path, uid, sent)
            return sent
        except Refused as refusal:
            return SentCard(problem=f"{refusal.message}. {refusal.advice}")

    def sweep(self, path: str) -> tuple[str, ...]:
        """Clean up after an interrupted write in a folder; return lines to report about it."""
        try:
            swept = exchange.sweep(place_of(path, "")[0])
        except Refused as refusal:
            return (f"{refusal.message}. {refusal.advice}",)
        told = [f"{name}: an edit by another program was put back" for name in swept.put_back]
        told += [f"{name}: an edit by another program is kept beside the cards" for name in swept.kept]
        return tuple(map(clean_line, told))


def place_of(path: str, name: str) -> tuple[Path, str]:
    """The folder and the file name in a book, which may be a single file itself."""
    if os.path.isdir(path):
        return Path(path), name
    real = Path(os.path.realpath(path))
    return real.parent, real.name


def _put_behind(path: str, uid: str, sent: SentCard) -> SentCard:
    """Append a new card to a file of cards."""
    folder, name = place_of(path, "")
    data, _ = exchange.read(folder, name)
    if any(card.uid == uid for card in cards_of(data)):
        raise Refused(f"{name} holds that card already", "Sync again, which reads it.")
    between = b"" if not data or data.endswith((b"\n", b"\r")) else b"\r\n"
    exchange.replace(folder, name, data, data + between + sent.data)
    assert sent.person is not None
    return replace(sent, person=replace(sent.person, file=name))


def _people(name: str, data: bytes) -> dict[str, SentCard]:
    """The cards of a file as they were written, by key."""
    people = {one.keys[0]: one for one in card_file(name, data).people if one.keys}
    cards = {key_of_uid(card.uid): card for card in cards_of(data)}
    return {key: SentCard(people[key], revision_of(card), card.data) for key, card in cards.items() if key in people}


def _sent(name: str, data: bytes) -> SentCard:
    read = card_file(name, data)
    if len(read.people) != 1:
        return SentCard(problem=f"{name} could not be written so that it can be read again")
    return SentCard(read.people[0], revision_of(card_of(data, "")), data)
