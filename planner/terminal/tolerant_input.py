"""Turns the bytes of a terminal into messages, whatever the bytes are, and however the line cuts them into pieces.

Textual's reader decodes strictly: one byte that is not UTF-8, or one escape sequence for a character that does not
exist, ends its thread. After an escape it collects whatever comes, so that keys typed after escape are lost or come
late. `TolerantParser` shows U+FFFD in place of undecodable bytes, and gives Textual's reader only whole sequences, in
the forms that terminals send; anything else after an escape is keys.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator
from time import monotonic

from textual import constants, events

# The only module of Textual with a private name that is used: no public one reads keys from text.
from textual._xterm_parser import XTermParser
from textual.message import Message

from planner.terminal.pace import ANSWER

REPLACEMENT = "\ufffd"
LARGEST = (4_000, 2_000)
"""The largest believable size in columns and rows that arrives among the keys: a screen of cells is made of it."""
WITH_A_MEANING = {"b": "alt+b", "f": "alt+f", "\x7f": "alt+backspace"}
"""Keys with Alt that have a meaning in a line of text; `keys.as_meant` gives it where each arrives."""
LONGEST = 64
"""Characters of the longest sequence that terminals send."""
_PASTE_STARTS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_PASTE_IS_OVER = re.compile(f"{re.escape(_PASTE_ENDS)}|\x03")
_ESCAPE = "\x1b"
_SEQUENCE = re.compile(
    r"\x1b(?:"
    r"O[ABCDEFHMPQRSabcd]|"  # arrows and the first four function keys (SS3)
    r"\[(?:"
    r"[ABCDEFGHIOPQRSZabcd]|"  # arrows, home, end, the focus (CSI)
    r"\[[ABCDE]|"  # the first five function keys on the Linux console
    r"M...|"  # a mouse of the oldest kind
    r"5[ABCD]|\d{3,}[A-Z]|\d{1,2}[@^$]|"  # keys with ctrl and shift as in PuTTY and rxvt
    r"[\d:]*;[\d:;]*[A-HPQRSp-y]|[\d:;]*~|\d[\d:;]*u|"  # keys with modifiers, Kitty's keys, a size, a position
    r"<?-?\d+;-?\d+;-?\d+[Mm]|"  # a mouse
    r"[<=>?]\d[\d:;]*\$?[a-zA-Z]"  # answers of a terminal
    r"))",
    re.DOTALL,
)
_SEQUENCE_BEGINS = re.compile(
    r"\x1b(?:O|\[(?:\[?|M.{0,2}|[<=>?]?[\d:;-]*\$?))?",
    re.DOTALL,
)


class HasRead(Message):
    """The terminal has read what was written before `pace.QUESTION`."""


class TolerantParser:
    """Reads keys, pastes and reports from bytes; never raises, whatever the bytes are."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._begun = ""
        """An escape, with the characters after it that may still become a sequence."""
        self._since = 0.0
        self._paste: list[str] | None = None
        """The parts of a paste that has begun."""
        self._tail = ""
        """Its last characters, which may be the beginning of its end mark."""

    @property
    def waits(self) -> bool:
        """Whether something was begun that time will end with `tick`."""
        return bool(self._begun)

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that `data` completes. A character cut off at its end waits for the rest of it."""
        text, place = self._decode(data), 0
        self._since = monotonic()
        while place < len(text):
            if self._paste is not None:
                place = yield from self._paste_on(text, place)
            else:
                yield from self._read(text[place])
                place += 1

    def tick(self) -> Iterator[Message]:
        """The messages of keys that could have been the beginning of a sequence, such as escape alone."""
        if self._begun and monotonic() - self._since >= constants.ESCAPE_DELAY:
            yield from self._as_keys()

    # Sequences

    def _read(self, character: str) -> Iterator[Message]:
        if not self._begun:
            if character == _ESCAPE:
                self._begun = character
            else:
                yield from self._take(character)
            return
        begun = self._begun + character
        if character == _ESCAPE:
            yield from self._as_keys()
            self._begun = character
        elif begun == ANSWER:
            self._begun = ""
            yield HasRead()
        elif _SEQUENCE.fullmatch(begun):
            self._begun = ""
            if begun == _PASTE_STARTS:
                self._paste, self._tail = [], ""
            elif begun != _PASTE_ENDS:
                yield from self._take_sequence(begun)
        elif _SEQUENCE_BEGINS.fullmatch(begun) and len(begun) < LONGEST:
            self._begun = begun
        elif self._begun == _ESCAPE:
            self._begun = ""
            yield from self._behind_escape(character)
        else:
            yield from self._as_keys()
            yield from self._take(character)

    def _as_keys(self) -> Iterator[Message]:
        """The begun text as keys, since it was no sequence: escape, and then the other keys."""
        begun, self._begun = self._begun, ""
        yield events.Key("escape", _ESCAPE)
        for character in begun[1:]:
            yield from self._take(character)

    def _behind_escape(self, character: str) -> Iterator[Message]:
        """A key right after escape, named like a key with Alt in Textual; one without such a name becomes two keys."""
        if character == "\t":
            yield events.Key("shift+tab", None)
            return
        if character in WITH_A_MEANING:
            yield events.Key(WITH_A_MEANING[character], character)
            return
        for message in self._take(character):
            if isinstance(message, events.Key) and message.is_printable:
                name = f"shift+{message.key.lower()}" if message.key.isupper() else message.key
                yield events.Key(f"alt+{name}", message.character)
            else:
                yield from (events.Key("escape", _ESCAPE), message)

    def _take_sequence(self, sequence: str) -> Iterator[Message]:
        found = list(self._take(sequence))
        if not found:
            # An answer unknown to Textual: nothing of it may join the next keys.
            self._start_anew()
        yield from found

    # Pastes

    def _paste_on(self, text: str, place: int) -> Generator[Message, None, int]:
        """Take pasted text; return the index after it."""
        assert self._paste is not None
        held = self._tail + text[place:]
        over = _PASTE_IS_OVER.search(held)
        if over is None:
            kept = max(0, len(held) - len(_PASTE_ENDS) + 1)
            self._paste.append(held[:kept])
            self._tail = held[kept:]
            return len(text)
        pasted, self._paste = "".join((*self._paste, held[: over.start()])), None
        yield events.Paste(pasted.replace("\x00", ""))
        # Ctrl+C ends a paste whose end was lost on the line, and is a key as well.
        end = over.end() if over.group() == _PASTE_ENDS else over.start()
        return place + end - len(self._tail)

    # Textual's reader

    def _take(self, characters: str) -> Iterator[Message]:
        try:
            for message in self._parser.feed(characters):
                if not _is_impossible(message):
                    yield _as_it_can_be(message)
        except Exception:
            yield self._replaced()

    def _start_anew(self) -> None:
        """Forget a sequence that was begun, and keep the knowledge about the terminal."""
        before, self._parser = self._parser, XTermParser()
        for name in ("last_x", "last_y", "mouse_pixels", "terminal_size", "terminal_pixel_size"):
            setattr(self._parser, name, getattr(before, name))

    def _replaced(self) -> Message:
        self._start_anew()
        return events.Key("replacement_character", REPLACEMENT)


def _is_impossible(message: Message) -> bool:
    """Whether a message reports an impossible terminal size."""
    if not isinstance(message, events.Resize):
        return False
    return not (0 < message.size.width <= LARGEST[0] and 0 < message.size.height <= LARGEST[1])


def _as_it_can_be(message: Message) -> Message:
    """The message, with U+FFFD for half a surrogate pair, which no text may contain."""
    if isinstance(message, events.Key) and message.character and not _is_text(message.character):
        return events.Key("replacement_character", REPLACEMENT)
    return message


def _is_text(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
