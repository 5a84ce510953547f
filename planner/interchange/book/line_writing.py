"""One line of a card as bytes: its parameters, encoding and folds, in the style of its card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.interchange.book.card_values import DATES, NO_YEAR, Value, escaped_value
from planner.interchange.book.content_lines import CardLines, ContentLine
from planner.interchange.vcard.values import header_end, parse_header

OCTETS = 75
"""The longest row of a folded line, without its line end."""
_quoted_parts = re.compile(r'(?:[^;"]+|"[^"]*"|")+')
_signs = re.compile(r"=[0-9A-Fa-f]{2}(?:=[89ABab][0-9A-Fa-f]){0,3}|.", re.DOTALL)
"""The characters of a quoted-printable text, those of several octets whole."""
_TYPES = frozenset({"home", "work", "cell", "fax", "pager", "main", "other", "mobile"})
_CALLED = {"mobile": "cell"}
_OMITTED = "X-APPLE-OMIT-YEAR"


def with_value(card: CardLines, line: ContentLine, value: Value) -> ContentLine:
    """The line with another value; its parameters stay, except those that only fit the old value."""
    text = escaped_value(line.name, value, card.version, before=line)
    head = line.head
    if line.name in DATES:
        head = _of_day(head, text, card.version)
    return written(card, head, text, line.line_end)


def with_text(card: CardLines, line: ContentLine, text: str) -> ContentLine:
    """The line with another, already escaped value."""
    return written(card, line.head, text, line.line_end)


def with_head(card: CardLines, line: ContentLine, head: str) -> ContentLine:
    """The line with other parameters and its value as encoded."""
    header = parse_header(head)
    in_rows = folded if header.encoding != "q" else _soft_broken
    return _line(head, line.text, in_rows(f"{head}:{line.text}", line.line_end or card.line_end), line.line_end)


def new_line(card: CardLines, kind: str, value: Value, label: str = "", group: str = "") -> list[ContentLine]:
    """The lines for a new value of the card; `group` is a free group name for a label that no type can express."""
    head, words = kind, label.casefold().split()
    extra: list[ContentLine] = []
    if words and not set(words) - _TYPES and kind != "X-ABDATE":
        types = [_CALLED.get(word, word).upper() for word in words]
        head += "".join(f";{one}" if card.version == "2.1" else f";TYPE={one}" for one in types)
    elif words:
        head = f"{group}.{kind}"
        label_text = escaped_value("X-ABLABEL", label, card.version)
        extra = [written(card, f"{group}.X-ABLABEL", label_text, card.line_end)]
    elif kind == "EMAIL" and card.version == "2.1":
        head += ";INTERNET"
    text = escaped_value(kind, value, card.version)
    if kind in DATES:
        head = _of_day(head, text, card.version)
    return [written(card, head, text, card.line_end), *extra]


def written(card: CardLines, head: str, text: str, line_end: bytes) -> ContentLine:
    """The line for a head and an escaped value: encoded as the head says or as necessary, and folded."""
    header = parse_header(head.lstrip("\ufeff \t"))
    if header.encoding == "b":
        head = _without(head, "ENCODING", "BASE64", "B")
    is_old = card.version == "2.1"
    is_long = len(f"{head}:{text}".encode("utf-8", "surrogateescape")) > OCTETS
    needs_octets = is_old and (is_long or "\n" in text or not (text.isascii() or header.charset))
    quoted = header.encoding == "q" or needs_octets
    codec = header.charset or "utf-8"
    if header.charset and not _holds(codec, text, quoted=quoted):
        head, codec = f"{_without(head, 'CHARSET')};CHARSET=UTF-8", "utf-8"
    elif not header.charset and quoted and not text.isascii():
        head += ";CHARSET=UTF-8"
    if quoted and header.encoding != "q":
        head = f"{_without(head, 'ENCODING')};ENCODING=QUOTED-PRINTABLE"
    end = line_end or card.line_end
    if quoted:
        encoded = "".join(_octets(character, codec) for character in text)
        return _line(head, encoded, _soft_broken(f"{head}:{encoded}", end), line_end)
    if codec != "utf-8":
        # Decoded again from the written bytes, which is how all lines are kept.
        text = text.encode(codec).decode("utf-8", "surrogateescape")
    return _line(head, text, folded(f"{head}:{text}", end), line_end)


def preferred(head: str, version: str, rank: int) -> str:
    """The head of a line with its rank from 1: as PREF=n, `TYPE=pref` or `PREF`; the latter two for the first only."""
    header = parse_header(head.lstrip("\ufeff \t"))
    if header.preference == rank or (rank > 1 and header.preference > 100):
        return head
    parts = []
    for number, part in enumerate(_parts(head)):
        key, equals, value = part.partition("=")
        key = key.strip().upper()
        if number and ((key == "PREF") or (key == "TYPE" and equals)):
            part = "" if key == "PREF" else _without_pref(part, value)
        if part:
            parts.append(part)
    head = ";".join(parts)
    if version == "4.0":
        return f"{head};PREF={rank}"
    if rank > 1:
        return head
    return f"{head};PREF" if version == "2.1" else f"{head};TYPE=pref"


def _without_pref(part: str, value: str) -> str:
    names = value.strip().strip('"').split(",")
    kept = [name for name in names if name.strip().casefold() != "pref"]
    if len(kept) == len(names):
        return part
    if not kept:
        return ""
    joined = ",".join(kept)
    return f'{part.partition("=")[0]}="{joined}"' if '"' in value else f"{part.partition('=')[0]}={joined}"


def _of_day(head: str, text: str, version: str) -> str:
    """The head of a day: before version 4.0, a parameter of Apple's says that there is no year."""
    head = _without(head, _OMITTED, values={"VALUE": ("text", "date-time", "timestamp", "date-and-or-time")})
    return f"{head};{_OMITTED}={NO_YEAR}" if text.startswith(NO_YEAR) and version != "4.0" else head


def _parts(head: str) -> list[str]:
    return _quoted_parts.findall(head) if '"' in head else head.split(";")


def _without(head: str, *names: str, values: dict[str, tuple[str, ...]] | None = None) -> str:
    """The head without parameters of these names, or without these values of them."""
    kept = []
    for number, part in enumerate(_parts(head)):
        key, _, value = part.partition("=")
        key = key.strip().upper()
        wanted = (values or {}).get(key, ())
        if not number or (key not in names and value.strip().strip('"').lower() not in wanted):
            kept.append(part)
    return ";".join(kept)


def _holds(codec: str, text: str, *, quoted: bool) -> bool:
    """Whether a text encoded in this character set decodes to the same text."""
    try:
        data = text.encode(codec)
        if quoted or codec == "utf-8" or text.isascii():
            return data.decode(codec) == text
        # Bytes that happen to be UTF-8 are read as UTF-8, whatever the line says.
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    except (UnicodeError, LookupError):
        return False
    return False


def _octets(character: str, codec: str) -> str:
    """A character in quoted-printable; the octets of one character stay together."""
    if character == "\n":
        return "=0D=0A"
    if character != "=" and " " <= character <= "~":
        return character
    return "".join(f"={octet:02X}" for octet in character.encode(codec))


def _line(head: str, text: str, raw: bytes, line_end: bytes) -> ContentLine:
    return ContentLine(raw + line_end, head, text, parse_header(head.lstrip("\ufeff \t")))


def folded(line: str, end: bytes) -> bytes:
    """The line in rows of at most `OCTETS`, broken between characters, without its end."""
    data = line.encode("utf-8", "surrogateescape")
    if len(data) <= OCTETS:
        return data
    return (end + b" ").join(_rows(line, OCTETS, OCTETS - 1))


def _soft_broken(line: str, end: bytes) -> bytes:
    """A quoted-printable line in rows that end with `=`, broken between encoded characters, without its end."""
    if len(line) <= OCTETS:
        return line.encode("utf-8", "surrogateescape")
    place = header_end(line) + 1
    signs = _signs.findall(line, place)
    rows, row = [], line[:place]
    for sign in signs:
        if len(row) + len(sign) >= OCTETS and row:
            rows.append(row)
            row = ""
        # A row that begins like END:VCARD would end the card; blanks at its ends would get lost in transit.
        row += f"={ord(sign):02X}" if sign in "BbEe " and not row else sign
    return (b"=" + end).join(part.encode("utf-8", "surrogateescape") for part in [*rows, row])


def _rows(line: str, first: int, others: int) -> Iterator[bytes]:
    row, room = bytearray(), first
    for character in line:
        octets = character.encode("utf-8", "surrogateescape")
        if len(row) + len(octets) > room:
            yield bytes(row)
            row, room = bytearray(), others
        row += octets
    yield bytes(row)
