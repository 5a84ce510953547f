"""vCards 2.1, 3.0 and 4.0, mixed in one file, read as they occur in practice: broken, old, hostile, huge.

Our own reader, line by line over blocks of text: one bad card never costs its neighbours, photos cost nothing, and the
time grows only with the size of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planner.core.model import Rejected
from planner.interchange.encodings import USUAL
from planner.interchange.text import (
    LINE_LIMIT,
    Item,
    Remark,
    Source,
    beginning,
    guess_remark,
    guessed_encoding,
    line_blocks,
    undecodable,
)
from planner.interchange.vcard.draft import PROPERTY_LIMIT, Draft
from planner.interchange.vcard.properties import HANDLERS, Handler
from planner.interchange.vcard.values import BINARY_NAMES, PropertyHeader, decode_value, header_end, parse_header

_HEADERS_KEPT = 2_000
_FOLDS = frozenset({" ", "\t"})
_structure = frozenset({"BEGIN", "END"})
_marker = re.compile(r"(BEGIN|END)[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_begins = re.compile(r"[ \t]+BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_markers_at_end = re.compile(r"(?:(?:BEGIN|END)[ \t]*:[ \t]*VCARD[^\w:]*)+$", re.IGNORECASE)
_first_line = re.compile(r"[ \t>]*VERSION[;:]", re.IGNORECASE)
_after_card = re.compile(r"\W*$|[^:;]{0,200}BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_margin = re.compile(r"[ \t>\ufeff]*")
_structure_starts = frozenset({"B", "b", "E", "e", " ", "\t", "\ufeff"})


def read_cards(source: Source) -> Iterator[Item]:
    """The people of a vCard file in order, streaming.

    Cards that are no people come as Skipped, unreadable ones as Rejected, and remarks on the whole file as Remark.
    Raises Refused when the file cannot be read at all or is too large.
    """
    reader = _CardReader(source)
    for text, is_unsafe in line_blocks(source):
        yield from reader.feed(text, is_unsafe)
    yield from reader.close()


class _Usual(NamedTuple):
    """The header of a line whose value needs no decoding, as with most lines, and the method that takes the value."""

    header: PropertyHeader
    take: Handler


class _CardReader:
    """Takes lines and gives people. A line is complete when the next one shows that it does not continue."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._file = source.name
        self._codec = ""  # for values that are not UTF-8, once it is needed
        self._number = 0
        self._draft: Draft | None = None
        self._depth = 0  # of cards inside the card (AGENT), which are skipped
        self._after_agent = False
        self._in_binary = False
        self._line = ""  # the line that is not complete yet, with
        self._more: list[str] = []  # what its continuations add
        self._length = 0
        self._soft = False  # the line is quoted-printable and continues
        self._dropped: bool | None = None  # whether continuations are skipped; None is not known yet
        self._overlong = False
        self._unsafe = False
        self._guessed = False
        self._glued = False  # some BEGIN or END of this block shares its line with something else
        self._margin = ""  # what precedes each line of the card: blanks, or the marks of a quoted mail
        self._stray = 0  # the line of a property outside every card, 0 when there is none
        self._cards = 0
        self._headers: dict[str, PropertyHeader] = {}
        self._usual: dict[str, _Usual] = {}

    def feed(self, text: str, is_unsafe: bool) -> Iterator[Item]:
        """Read a block of whole lines."""
        # A line that began in the block before stays unsafe if that block was.
        self._unsafe = is_unsafe or (self._unsafe and bool(self._line))
        # A waiting line may be one of those, and a margin lasts until its card ends.
        self._glued = _has_glued(text) or (self._glued and bool(self._line or self._margin))
        number, draft, usual, most = self._number, self._plain_draft(), self._usual, LINE_LIMIT
        for line in text.split("\n"):
            number += 1
            if self._margin:
                line = self._without_margin(line)
            if self._soft:
                self._soft = line[-1:] == "="
                if not line[:10].upper().startswith(("END:VCARD", "BEGIN:VCAR")):
                    self._continue(line[:-1] if self._soft else line)
                    continue
                self._soft = False
            if line[:1] in _FOLDS and self._line and not self._begins_outside(line):
                self._continue(line[1:])
                continue
            if waiting := self._line:
                head, _, value = waiting.partition(":")
                taker = usual.get(head)
                if taker and draft and draft.count < PROPERTY_LIMIT and self._dropped is None and len(waiting) <= most:
                    draft.count += 1
                    self._after_agent = self._in_binary = False
                    taker.take(draft, taker.header, value)
                else:
                    if self._glued:
                        yield from self._settle_glued(number, line)
                    elif (item := self._settle(number)) is not None:
                        yield item
                    draft = self._plain_draft()
            self._line = line
            if self._glued and _marker.match(line, _margin.match(line).end()):  # type: ignore[union-attr]
                # BEGIN and END are never continued, however far the next line is indented.
                yield from self._settle_glued(number + 1, "")
                draft = self._plain_draft()
                continue
            if line[-1:] == "=" and "QUOTED-PRINTABLE" in line[: line.find(":") + 1].upper():
                self._soft = True
                self._line = line[:-1]
        self._number = number

    def _plain_draft(self) -> Draft | None:
        """The open card, if it can take lines as they stand; None while each line needs a closer look."""
        is_plain = not (self._depth or self._glued or self._unsafe or self._overlong)
        return self._draft if is_plain else None

    def close(self) -> Iterator[Item]:
        """Complete what is left at the end of the file."""
        if self._line:
            yield from self._settle_glued(self._number + 1, "")
        if self._draft is not None:
            self._draft.remarks.append("the card never ends: read up to the end of the file")
            yield self._finish(self._draft)
        if self._guessed:
            yield Remark(self._file, 0, guess_remark(self._codec_of_file(), undecodable(beginning(self._source))))
        if not self._cards:
            yield Remark(self._file, 0, "there is no card in it")

    def _begins_outside(self, line: str) -> bool:
        """Whether an indented line begins a card while none is open: outside a card nothing continues."""
        return self._glued and self._draft is None and _begins.match(line) is not None

    def _continue(self, more: str) -> None:
        if self._dropped is None:
            name = self._line[:64].replace(":", ";").partition(";")[0].rpartition(".")[2]
            self._dropped = name.upper() in BINARY_NAMES
            self._length = len(self._line)
        if self._dropped:
            return
        self._length += len(more)
        if self._length > LINE_LIMIT:
            self._dropped = self._overlong = True
            self._more.clear()
        else:
            self._more.append(more)

    def _without_margin(self, line: str) -> str:
        """A line of a card whose lines all have the same leading blanks or quotation marks."""
        if line.startswith(self._margin):
            return line[len(self._margin) :]
        if self._draft is not None and self._draft.count == 0 and line.strip():
            # Only BEGIN had the margin.
            self._margin = ""
        return line

    def _settle_glued(self, number: int, following: str) -> Iterator[Item]:
        """Handle a line that may contain BEGIN and END anywhere, each as a line of its own.

        `following` is the line after it, "" at the end of the file.
        """
        line = self._line + "".join(self._more)
        if self._dropped or self._depth or "VCARD" not in line.upper():
            pieces: Iterator[str] = iter([self._line])
        else:
            self._more.clear()
            pieces = self._pieces(line, following)
        for piece in pieces:
            self._line = piece
            item = self._settle(number)
            if item is not None:
                yield item

    def _pieces(self, line: str, following: str) -> Iterator[str]:
        """The lines that are glued together in one; a text that only mentions a card stays whole.

        Within a card a mention counts if it ends the line, and the next line is one that may follow it.
        """
        while (marker := _marker.search(line)) is not None:
            before = line[: marker.start()]
            if self._draft is not None and before.strip():
                at_end = _markers_at_end.search(line)
                name = before.replace(":", ";").partition(";")[0].rpartition(".")[2]
                if at_end is None or name.upper() in BINARY_NAMES:
                    break
                if ":" in before:
                    begins = "BEGIN" in at_end[0].upper()
                    if not (self._may_begin(following) if begins else _after_card.match(following)):
                        break
                    yield line[: at_end.start()]
                line = line[at_end.start() :]
                continue
            if marker[1].upper() == "BEGIN":
                self._margin = before if _margin.fullmatch(before) else ""
            yield f"{marker[1]}:VCARD"
            line = line[marker.end() :].strip("\0 \t")
        if line:
            yield line

    def _may_begin(self, line: str) -> bool:
        """Whether a line may be the first of a card: its version, or a name while the open card has one already."""
        is_second_name = self._draft is not None and self._draft.formatted and line[:3].upper() == "FN:"
        return bool(is_second_name or _first_line.match(line))

    def _settle(self, number: int) -> Item | None:
        """Take the line that is now complete; `number` is that of the line after it."""
        line = self._line
        if self._more:
            line += "".join(self._more)
            self._more.clear()
        self._line = ""
        self._dropped = None
        head, colon, value = line.partition(":")
        draft = self._draft
        header = self._headers.get(head)
        if header is None:
            if not colon:
                self._note_unreadable(line, number)
                return None
            if self._draft is not None and self._draft.count > PROPERTY_LIMIT and head[:1] not in _structure_starts:
                # Nothing more is taken from this card, so its headers need not be parsed.
                self._overlong = False
                return None
            if head.count('"') % 2 and (end := header_end(line)) >= 0:
                head, value = line[:end], line[end + 1 :]
            header = self._header(head)
        name = header.name
        if name in _structure:
            if value.strip().upper() == "VCARD":
                return self._begin(number - 1) if name == "BEGIN" else self._end()
            return None
        if draft is None:
            if name in ("FN", "N") and not self._stray:
                self._stray = number - 1
            return None
        if self._depth:
            return None
        self._after_agent = name == "AGENT" and not value.strip()
        self._in_binary = name in BINARY_NAMES
        if self._in_binary:
            if name == "AGENT" and value.strip().upper() == "BEGIN:VCARD":
                self._depth = 1
            self._overlong = False
            return None
        if draft.is_full():
            self._overlong = False
            return None
        if self._overlong or len(line) > LINE_LIMIT:
            self._overlong = False
            if name in HANDLERS:
                draft.problem = f"the line {name[:40]} is longer than {LINE_LIMIT // 1024} kB"
            return None
        if name in HANDLERS:
            if self._unsafe or header.is_encoded:
                recoded = bool(self._source.encoding)
                value, guessed = decode_value(value, header, self._codec_of_file, is_recoded=recoded)
                self._guessed = self._guessed or guessed
            HANDLERS[header.name](draft, header, value)
        return None

    def _codec_of_file(self) -> str:
        if not self._codec:
            guessed = self._source.encoding or guessed_encoding(self._source)
            self._codec = guessed if guessed != "utf-8" else USUAL
        return self._codec

    def _header(self, head: str) -> PropertyHeader:
        header = parse_header(head.lstrip("\ufeff \t"))
        if len(head) <= 200 and head.count('"') % 2 == 0:
            if len(self._headers) >= _HEADERS_KEPT:
                self._headers.clear()
                self._usual.clear()
            self._headers[head] = header
            if header.name not in _structure | BINARY_NAMES and not header.is_encoded:
                self._usual[head] = _Usual(header, HANDLERS.get(header.name, _pass_over))
        return header

    def _note_unreadable(self, line: str, number: int) -> None:
        """Note an unreadable line: without a colon it is a comment, an unindented piece of a photo, or damage."""
        draft = self._draft
        self._overlong = False
        if draft is None or self._depth or self._in_binary or line[:1] == "#" or not line.strip():
            return
        if len(draft.remarks) < 5:
            draft.remarks.append(f"line {number - 1} was not understood")

    def _begin(self, line: int) -> Item | None:
        self._overlong = self._in_binary = False
        if self._draft is not None and (self._depth or self._after_agent):
            self._depth += 1
            return None
        item: Item | None = None
        if self._draft is not None:
            self._draft.remarks.append("the card never ends: read up to the next one")
            item = self._finish(self._draft)
        self._draft = Draft(line)
        self._depth = self._stray = 0
        self._after_agent = False
        return item

    def _end(self) -> Item | None:
        self._overlong = self._in_binary = self._after_agent = False
        if self._depth:
            self._depth -= 1
            return None
        draft, self._draft = self._draft, None
        self._margin = ""
        stray, self._stray = self._stray, 0
        if draft is None:
            return Rejected(self._file, stray, "the card has no beginning") if stray else None
        return self._finish(draft)

    def _finish(self, draft: Draft) -> Item:
        self._cards += 1
        return draft.finish(self._file)


def _pass_over(draft: Draft, header: PropertyHeader, value: str) -> None:
    """Ignore a property that says nothing about a person."""


def _has_glued(text: str) -> bool:
    """Whether a block of lines may contain a BEGIN or an END that is not on its own line."""
    upper = f"\n{text.upper()}\n"
    return upper.count("VCARD") != upper.count("\nBEGIN:VCARD\n") + upper.count("\nEND:VCARD\n")
