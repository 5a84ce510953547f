"""Turns the bytes of a file into lines of text, in any encoding, within limits.

Everything here streams: a file is read in blocks and never held whole, so a hostile one costs no memory.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from datetime import date
from typing import BinaryIO

from planner.core.model import ImportedContact, Rejected
from planner.core.records import record
from planner.core.words.folding import INVISIBLE, UNSAFE, clean_line
from planner.errors import Refused
from planner.interchange.encodings import guess, samples, words_of

FILE_LIMIT = 50_000_000
"""Bytes read from one file, or unpacked from one member of an archive."""
LINE_LIMIT = 64 * 1024
"""Characters of one unfolded line; photos are skipped before it counts."""
LINES_LIMIT = 3_000_000
"""The most lines of one file: thirty for each of `RECORD_LIMIT` records."""
RECORD_LIMIT = 100_000
VALUE_LIMIT = 1_000
"""Characters of one single-line value, such as a name."""
BLOCK = 256 * 1024
GUESSED_BY = 20_000
"""The most bytes of lines that are not UTF-8 by which an encoding is guessed."""

_ASCII_UNSAFE = bytes([*range(0x09), *range(0x0B, 0x20), 0x7F])
_unsafe = re.compile(f"[{UNSAFE}{INVISIBLE}]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@record(frozen=True, slots=True)
class Source:
    """One readable source: a file, or a member of an archive.

    `name` is shown to people, `open` gives a fresh binary stream, `size` is in bytes (as declared: trusted for progress
    only), `dated_on` the day its content was made, if known, `encoding` the codec named by a person, "" to detect it.
    """

    name: str
    open: Callable[[], BinaryIO]
    size: int = 0
    dated_on: date | None = None
    encoding: str = ""

    @property
    def base(self) -> str:
        """The last part of its name, in lower case."""
        return re.split(r"[/\\]", self.name)[-1].lower()


@record(frozen=True, slots=True)
class Remark:
    """A remark about a file; `line` 0 means the whole file."""

    file: str
    line: int
    text: str


@record(frozen=True, slots=True)
class Skipped:
    """A record that is left out on purpose, because it is no person."""

    file: str
    line: int
    reason: str


Item = ImportedContact | Rejected | Remark | Skipped
"""The output of a reader: a person, an unreadable record, a remark on a file, or a record left out on purpose."""


def too_large(name: str) -> Refused:
    """The refusal for a file beyond `FILE_LIMIT`."""
    return Refused(f"{name} is larger than {FILE_LIMIT // 1_000_000} MB", "Split it and import the parts.")


def raw_blocks(source: Source) -> Generator[bytes, None, None]:
    """The bytes of a source in blocks; counted while reading, because a declared size may be wrong.

    Raises Refused when it cannot be read or is larger than `FILE_LIMIT`.
    """
    total = 0
    try:
        with closing(source.open()) as stream:
            while block := stream.read(BLOCK):
                total += len(block)
                if total > FILE_LIMIT:
                    raise too_large(source.name)
                yield block
    except Refused:
        raise
    except Exception as error:
        # A damaged archive raises one of a dozen kinds of error; all mean the same to the user.
        reason = getattr(error, "strerror", None) or "it is damaged"
        message = f"{source.name} cannot be read: {reason}"
        raise Refused(message, "Check the file, or export it again.") from error


def beginning(source: Source) -> bytes:
    """The first bytes of a source, enough to detect its format. Raises Refused when it cannot be read."""
    blocks = raw_blocks(source)
    with closing(blocks):
        return next(blocks, b"")[: 64 * 1024]


def marked_encoding(head: bytes) -> tuple[str, int] | None:
    """(the encoding that a file's first bytes reveal, the length of its mark); None when they reveal none.

    Without a mark, NUL bytes on one side of the characters mean UTF-16, and escapes mean the Japanese of mail.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    sample = head[:4096]
    if b"\0" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        # In UTF-16 text of another script only the separators have a NUL byte; in a one-byte text with a stray NUL
        # nearly all pairs are two printable letters, which in Chinese are at most a third.
        letters = sum(map(_two_letters, sample[0::2], sample[1::2]))
        one_sided = max(even, odd) * 20 > len(sample) // 2 and min(even, odd) * 8 < max(even, odd)
        if one_sided and letters * 2 < len(sample) // 2:
            return ("utf-16-be" if even > odd else "utf-16-le"), 0
    # Japanese returns to ASCII at the end of each line; a lone escape, left by damage, is no text of it.
    _, escape, japanese = head.replace(b"\x1b$@", b"\x1b$B").partition(b"\x1b$B")
    if escape and b"\x1b(" in japanese and head.isascii():
        return "iso2022_jp", 0
    return None


def _two_letters(one: int, other: int) -> bool:
    return 0x20 <= one < 0x7F and 0x20 <= other < 0x7F


def is_text(head: bytes) -> bool:
    """Whether a file can be text: without NUL bytes, or in UTF-16."""
    return b"\0" not in head[:4096] or marked_encoding(head) is not None


def text_of(head: bytes, encoding: str = "") -> str:
    """The first bytes of a file as text, every line ending in a newline; damaged characters are replaced.

    `encoding` is the codec named by a person.
    """
    marked = marked_encoding(head)
    if encoding and not (marked and marked[1]):
        marked = encoding, 0
    encoding, mark = marked or (guess(undecodable(_whole(head))), 0)
    return head[mark:].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")


def _whole(head: bytes) -> bytes:
    """The first bytes of a text without a truncated last character, if it is UTF-8."""
    for last in range(1, min(len(head), 3) + 1):
        byte = head[-last]
        if byte >= 0xC0:
            return head[:-last] if last < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else head
        if byte < 0x80:
            break
    return head


def is_utf8(source: Source) -> bool:
    """Whether every byte of a source decodes as UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in raw_blocks(source):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def utf8_blocks(source: Source) -> Iterator[bytes]:
    """The blocks of a source without its mark; recoded if a person, the mark or its NULs say it is not UTF-8."""
    decoder: codecs.IncrementalDecoder | None = None
    first = True
    for block in raw_blocks(source):
        if first:
            first = False
            marked = marked_encoding(block)
            if source.encoding and not (marked and marked[1]):
                marked = source.encoding, 0
            encoding, mark = marked or ("utf-8", 0)
            block = block[mark:]
            if encoding != "utf-8":
                decoder = codecs.getincrementaldecoder(encoding)("replace")
        yield block if decoder is None else decoder.decode(block).encode("utf-8", "replace")


def line_blocks(source: Source, encoding: str = "utf-8", errors: str = "surrogateescape") -> Iterator[tuple[str, bool]]:
    r"""Whole lines in blocks, with "\n" as the only newline and none at the end; and whether a block has unsafe
    characters.

    Bytes that are not UTF-8 come as lone surrogates (and count as unsafe), so each value can still be decoded by its
    own declaration. A physical line far beyond `LINE_LIMIT` is cut, still beyond the limit. Raises Refused past
    `LINES_LIMIT`, since even an empty line takes time.
    """
    lines = 0
    keep = 4 * (LINE_LIMIT + 1)
    rest = carried = b""
    dropping = False
    for read in utf8_blocks(source):
        block = carried + read if carried else read
        # Returns at the very end may be part of a newline: they wait for what follows.
        carried = b""
        if block.endswith(b"\r"):
            carried = b"\r\r" if block.endswith(b"\r\r") else b"\r"
            block = block[: -len(carried)]
        if b"\r" in block:
            # Twice, because some writers end a line with two returns and a newline.
            block = block.replace(b"\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        last = block.rfind(b"\n")
        lines += block.count(b"\n")
        if lines > LINES_LIMIT:
            raise Refused(f"{source.name} has more than {LINES_LIMIT:,} lines", "Split it and import the parts.")
        if last < 0:
            if not dropping:
                rest += block
                dropping = len(rest) > keep
                rest = rest[:keep]
            continue
        start = block.find(b"\n") if dropping else 0
        dropping = False
        yield _decoded(rest + block[start:last], encoding, errors)
        rest = block[last + 1 :]
    if rest or carried:
        yield _decoded(rest, encoding, errors)


def _decoded(block: bytes, encoding: str, errors: str) -> tuple[str, bool]:
    text = block.decode(encoding, errors)
    if block.isascii():
        return text, len(block.translate(None, _ASCII_UNSAFE)) != len(block)
    return text, _unsafe.search(text) is not None


def undecodable(data: bytes) -> bytes:
    """The lines that are not UTF-8 and declare no character set: the ones by which an encoding is guessed."""
    found = []
    for line in data.splitlines():
        if not line.isascii() and b"CHARSET=" not in line.upper():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                found.append(line)
    return b"\n".join(found)


def guessed_encoding(source: Source) -> str:
    """The codec of a source without a mark, "utf-8" if every byte is valid; see `encodings.guess`."""
    found = b""
    for block in raw_blocks(source):
        found += undecodable(block) + b"\n"
        if len(found) > GUESSED_BY:
            break
    return guess(found)


def guess_remark(codec: str, sample: bytes) -> str:
    """The remark about a guessed encoding, with words that show whether it is right."""
    read = ", ".join(f"“{clean_line(word)}”" for word in samples(sample, codec))
    shown = f", as in {read}" if read else ""
    return f"guessed encoding: {words_of(codec)}{shown}; say another with --encoding, or E on the screen"


def text_lines(source: Source) -> tuple[Iterator[str], str]:
    """(the lines of a text file in one encoding, a remark if it had to be guessed).

    The encoding is that of its mark or the one named by a person, else UTF-8, else the guess of `encodings.guess`.
    Raises Refused when the source cannot be read.
    """
    guessed = ""
    encoding = "utf-8"
    head = beginning(source)
    if not source.encoding and marked_encoding(head) is None and not is_utf8(source):
        encoding = guessed_encoding(source)
        guessed = guess_remark(encoding, undecodable(head))

    def lines() -> Iterator[str]:
        for text, _ in line_blocks(source, encoding, "replace"):
            yield from text.split("\n")

    return lines(), guessed


def delimiter_of(header: str) -> str:
    """The separator of a header line: the most frequent of comma, semicolon and tab, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=bare.count)


@record(frozen=True, slots=True)
class FileRow:
    """One record of a table; `error` says why it could not be read, and then `cells` is empty."""

    line: int
    cells: list[str]
    error: str = ""


def table_rows(lines: Iterator[str], delimiter: str, first_line: int = 1) -> Iterator[FileRow]:
    """Records of comma-separated text, in which a broken one costs only itself.

    An unclosed quote would swallow every record after it: beyond 64 kB or 200 lines the line it began on is given up,
    and reading continues at the next one.
    """
    waiting: list[str] = []
    number = first_line - 1

    def following() -> str | None:
        return waiting.pop() if waiting else next(lines, None)

    while (line := following()) is not None:
        number += 1
        if len(line) > LINE_LIMIT:
            yield FileRow(number, [], f"the line is longer than {LINE_LIMIT // 1024} kB")
            continue
        if not line.strip():
            continue
        if '"' not in line:
            yield FileRow(number, line.split(delimiter))
            continue
        pieces = [line]
        if line.count('"') % 2:
            size, is_open = len(line), True
            while is_open and len(pieces) < 200 and size <= LINE_LIMIT and (more := following()) is not None:
                pieces.append(more)
                size += len(more)
                is_open = more.count('"') % 2 == 0
            if is_open or size > LINE_LIMIT:
                waiting.extend(reversed(pieces[1:]))
                yield FileRow(number, [], "a quote is never closed")
                continue
        try:
            cells = next(csv.reader(["\n".join(pieces)], delimiter=delimiter), [])
        except csv.Error:
            yield FileRow(number, [], "the record cannot be read: its quotes do not match")
        else:
            yield FileRow(number, cells)
        number += len(pieces) - 1
