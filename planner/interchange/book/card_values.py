"""The values of a card by kind: as plain text, in the form for comparing, and as the card must write them.

A kind is the name of a property. A value is a text; for N, ADR and ORG it is a tuple of parts.
"""

from __future__ import annotations

import re
import unicodedata

from planner.core.contact_fields import OURS
from planner.core.words.folding import clean, clean_line
from planner.interchange.book.content_lines import ContentLine
from planner.interchange.cells import mail_addresses
from planner.interchange.phones import phone_key
from planner.interchange.vcard.draft import telephone
from planner.interchange.vcard.values import read_date, split_values, unescape

Value = str | tuple[str, ...]
DATES = frozenset(
    {"BDAY", "ANNIVERSARY", "X-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY"}
    | {"X-KADDRESSBOOK-X-ANNIVERSARY", "X-ABDATE", "DEATHDATE"}
)
LISTS = {"CATEGORIES": ",;", "NICKNAME": ","}
"""Kinds with several values in one line, and their separators."""
PARTS = frozenset({"N", "ADR", "ORG"})
"""Kinds whose value has parts separated by semicolons."""
NO_YEAR = "1604"
_pieces = re.compile(r"\\.|[^\\;,]+|[;,\\]", re.DOTALL)
_not_in_x_values = re.compile(r"[^A-Za-z0-9 .:-]+")


def values_of(line: ContentLine) -> tuple[Value, ...]:
    """The values of a line as plain text: several for a list and for a line with several addresses."""
    kind, text = line.name, line.decoded()
    if kind in PARTS:
        return (tuple(clean(part).strip() for part in split_values(text, ";")),)
    if kind in LISTS:
        return tuple(value for part in split_values(text, LISTS[kind]) if (value := clean_line(part)))
    if kind == "EMAIL":
        return tuple(mail_addresses(unescape(text))) or (clean_line(unescape(text)),)
    if kind == "TEL":
        return (telephone(text),)
    if kind in DATES:
        return (_day(clean_line(unescape(text)), line.header.left_out),)
    if kind == "NOTE":
        return (unescape(text).strip(),)
    value = clean_line(unescape(text))
    if value.lower().startswith("x-apple:") and line.header.user:
        value = line.header.user
    return (value,)


def _day(text: str, left_out: str = "") -> str:
    """A day as "1988-06-15", or "--06-15" without its year; a text that is no day stays."""
    read = read_date("", text)
    if read is None:
        return text
    is_yearless = read.year is None or (left_out and left_out in ("any", str(read.year)))
    return f"{'-' if is_yearless else f'{read.year:04d}'}-{read.month:02d}-{read.day:02d}"


def normal(kind: str, value: Value) -> Value:
    """The form in which two values of a kind are compared; empty for a value without content."""
    if isinstance(value, tuple):
        parts = [clean_line(part) for part in value]
        while parts and not parts[-1]:
            parts.pop()
        return tuple(parts)
    if kind in PARTS:
        return normal(kind, (value,))
    if kind == "TEL":
        return phone_key(value) or "".join(filter(str.isdigit, value)) or clean_line(value)
    if kind == "NOTE":
        return clean(value).replace("\r\n", "\n").strip()
    value = clean_line(value)
    if kind in ("EMAIL", "CATEGORIES", "NICKNAME"):
        return value.casefold()
    if kind in DATES:
        return _day(value)
    return value.casefold().rstrip("/") if kind in ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE") else value


def split_raw(text: str, separators: str) -> list[str]:
    """The parts of an escaped value as written; an escaped separator does not separate."""
    parts: list[list[str]] = [[]]
    for piece in _pieces.findall(text):
        if piece in separators:
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(part) for part in parts]


def escaped_value(kind: str, value: Value, version: str, *, before: ContentLine | None = None) -> str:
    """The value as a card of this version writes it, before any encoding.

    `before` is the line it replaces: unchanged parts stay as written there, and so does its form (of a day, `tel:`).
    """
    text = before.decoded() if before is not None else ""
    if kind in PARTS:
        return _escaped_parts(kind, value, version, text)
    value = value if isinstance(value, str) else "; ".join(filter(None, value))
    if kind in DATES:
        return _written_day(value, version, text)
    if kind == "NOTE":
        return _escaped(clean(value).replace("\r\n", "\n").strip(), version)
    value = clean_line(value)
    if kind.startswith(OURS):
        return safe_x_value(value)
    if kind == "TEL" and text.strip().lower().startswith("tel:"):
        return _telephone_address(value)
    if kind == "EMAIL" and text.strip().lower().startswith("mailto:"):
        value = f"mailto:{value}"
    if kind == "URL":
        # Nobody escapes the semicolon in an address; an unescaped comma would cut it at a server.
        return _escaped(value, version).replace("\\;", ";")
    return _escaped(value, version, also=",;" if kind in LISTS else "")


def safe_x_value(value: str) -> str:
    """A value for a line of ours that no server cuts: only letters, digits, blank, dot, colon and hyphen."""
    plain = unicodedata.normalize("NFKD", value)
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(_not_in_x_values.sub(" ", plain).split())


def _escaped_parts(kind: str, value: Value, version: str, text: str) -> str:
    parts = (value,) if isinstance(value, str) else value
    raw = split_raw(text, ";") if text else []
    written = []
    for number, part in enumerate(parts):
        kept = raw[number] if number < len(raw) else ""
        same = kept and clean(unescape(kept)).strip() == part.strip()
        written.append(kept if same else _escaped(clean(part).strip(), version, also=";"))
    wanted = {"N": 5, "ADR": 7}.get(kind, 0)
    written += [""] * (wanted - len(written))
    return ";".join(written)


def _escaped(text: str, version: str, *, also: str = "") -> str:
    """A text with its escapes; `also` are separators of the kind, the only characters that version 2.1 escapes."""
    if version != "2.1":
        text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        return text.replace("\n", "\\n")
    # A backslash is doubled only where readers would take it for an escape.
    text = re.sub(r"\\(?=[nN,;:\"\\]|\Z)", r"\\\\", text)
    for separator in also:
        text = text.replace(separator, f"\\{separator}")
    return text


def _written_day(value: str, version: str, before: str) -> str:
    """A day "1988-06-15" or "--06-15" as this version writes it, in the form of the old day if there was one."""
    read = read_date("", value)
    if read is None:
        return _escaped(clean_line(value), version)
    is_basic = re.match(r"\s*(?:\d{8}|--\d{4})", before) is not None or (version == "4.0" and not before)
    if read.year is None and version == "4.0":
        return f"--{read.month:02d}{read.day:02d}"
    between = "" if is_basic else "-"
    year = NO_YEAR if read.year is None else f"{read.year:04d}"
    return f"{year}{between}{read.month:02d}{between}{read.day:02d}"


def _telephone_address(value: str) -> str:
    """A number as RFC 3966 writes it, with its extension."""
    key = phone_key(value) or value
    number, _, extension = key.partition(";ext=")
    plain = "".join(character for character in number if character.isdigit() or character == "+")
    return f"tel:{plain};ext={extension}" if extension else f"tel:{plain}"
