"""The parts of vCard properties: headers, encodings, structured values, dates and labels.

RFC 2426 (3.0), RFC 6350 (4.0) and the vCard 2.1 specification, read with the tolerance that the files of phones, mail
programs and networks need.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from planner.core.model import ImportedDate
from planner.core.records import record
from planner.core.words.folding import INVISIBLE, UNSAFE, clean_line
from planner.interchange.encodings import codec_of

_word_starts = re.compile(r"(?<=[a-z])(?=[A-Z])")
_unsafe = re.compile(f"[{UNSAFE}{INVISIBLE}]")
_surrogate = re.compile("[\ud800-\udfff]")
_pieces = re.compile(r"\\.|[^\\;,]+|[;,\\]", re.DOTALL)
_quoted_parts = re.compile(r'(?:[^;"]+|"[^"]*"|")+')
_apple_label = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
# Types that say how a line works or which one is preferred, not what it is for.
_silent_types = frozenset(
    {"internet", "x-internet", "pref", "voice", "msg", "text", "video", "x400", "isdn", "bbs", "modem"}
    | {"dom", "intl", "postal", "parcel", "textphone", "uri"}
)
# Character sets whose bytes can pass for UTF-8 or ASCII and still mean something else. Valid UTF-8 under a one-byte
# name such as ISO-8859-1 is wrongly declared UTF-8.
_wide_charsets = ("cp932", "euc_", "iso2022", "gb", "big5")
_OMITTED = "X-APPLE-OMIT-YEAR"
_encodings = {"QUOTED-PRINTABLE": "q", "Q": "q", "BASE64": "b", "B": "b", "7BIT": "", "8BIT": ""}
BINARY_NAMES = frozenset(
    {"PHOTO", "LOGO", "SOUND", "KEY", "AGENT", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "X-THUMBNAIL"}
)
"""Properties that are skipped; they may be larger than the limits."""


NO_PREFERENCE = 101
"""The rank of a line without a preference: after all lines with one."""


@record(frozen=True, slots=True)
class PropertyHeader:
    """The part of a property before the colon."""

    name: str
    group: str = ""
    types: tuple[str, ...] = ()
    label: str = ""
    """The types that tell two lines of one kind apart: "home", "work fax"."""
    preference: int = NO_PREFERENCE
    """From 1, which comes first, to 100, as in PREF; "pref" without a number is 1."""
    encoding: str = ""
    """ "q" quoted-printable, "b" base64, "" plain."""
    charset: str = ""
    user: str = ""
    service: str = ""
    """The chat service in Apple's IMPP lines."""
    left_out: str = ""
    """The year that means "no year" in this date, "any" if every year does (X-APPLE-OMIT-YEAR)."""
    is_encoded: bool = False
    """Whether a value needs decoding beyond that of the file."""


def header_end(line: str) -> int:
    """The index of the colon that ends the header: the first one outside quotes, or -1.

    An unclosed quote counts as a plain character. The time is linear in the length.
    """
    colon, quote = line.find(":"), line.find('"')
    while 0 <= quote < colon:
        closing = line.find('"', quote + 1)
        if closing < 0:
            return colon
        if colon < closing:
            colon = line.find(":", closing + 1)
        quote = line.find('"', closing + 1)
    return colon


def parse_header(text: str) -> PropertyHeader:
    """The header of a property; never fails, whatever the text."""
    parts = _quoted_parts.findall(text) if '"' in text else text.split(";")
    group, _, name = parts[0].strip().rpartition(".")
    types: list[str] = []
    encoding = charset = user = left_out = service = ""
    preference = NO_PREFERENCE
    for part in parts[1:65]:
        key, equals, value = part.partition("=")
        key = key.strip().upper()
        if not equals:
            if key in _encodings:
                encoding = _encodings[key]
            elif key == _OMITTED:
                left_out = "any"
            else:
                types.append(key)
            continue
        value = value.strip()
        if key == "TYPE":
            types.extend(value.replace('"', "").split(",", 16)[:16])
        elif key == "ENCODING":
            encoding = _encodings.get(value.upper(), encoding)
        elif key == "CHARSET":
            charset = codec_of(value.strip('"'))
        elif key == "PREF":
            number = value.strip('" ')
            if number.isascii() and number.isdigit() and 1 <= int(number[:4]) < NO_PREFERENCE:
                preference = min(preference, int(number[:4]))
        elif key == "X-USER":
            user = clean_line(value.strip('"'))
        elif key == "X-SERVICE-TYPE":
            service = clean_line(value.strip('"'))[:40]
        elif key == _OMITTED:
            left_out = str(int(year[0])) if (year := re.fullmatch(r"\d{1,4}", value.strip('" '))) else "any"
    lowered = tuple(dict.fromkeys(clean_line(kind).lower()[:40] for kind in types if kind.strip()))
    return PropertyHeader(
        name=name.upper(),
        group=group.lower(),
        types=lowered,
        label=" ".join(kind for kind in lowered if kind not in _silent_types)[:60],
        preference=1 if "pref" in lowered else preference,
        encoding=encoding,
        charset=charset,
        user=user,
        service=service,
        left_out=left_out,
        is_encoded=bool(encoding or charset),
    )


def decode_value(
    value: str, header: PropertyHeader, codec_of_file: Callable[[], str], *, is_recoded: bool
) -> tuple[str, bool]:
    """(the text of a value by its own encoding, cleaned (newlines and tabs stay), whether it was a guess).

    Bytes that fit neither the declared character set nor UTF-8 are decoded with the codec of the file. `is_recoded`
    means that the file is already text of a known encoding, so that a declared character set means nothing.
    """
    guessed = False
    if header.encoding or _surrogate.search(value):
        data = value.encode("utf-8", "surrogateescape")
        if header.encoding == "q":
            data = binascii.a2b_qp(data)
        elif header.encoding == "b":
            try:
                data = binascii.a2b_base64(data)
            except ValueError:
                guessed = True
        value, uncertain = _text_of(data, header.charset, codec_of_file)
        guessed = guessed or uncertain
    elif not is_recoded and header.charset.startswith(_wide_charsets):
        with suppress(UnicodeDecodeError):
            value = value.encode("utf-8", "surrogateescape").decode(header.charset)
    if not value.isprintable():
        value = _unsafe.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value, guessed


def _text_of(data: bytes, charset: str, codec_of_file: Callable[[], str]) -> tuple[str, bool]:
    for codec in dict.fromkeys((charset or "utf-8", "utf-8")):
        try:
            return data.decode(codec), False
        except (UnicodeDecodeError, LookupError):
            continue
    # A value cut in the middle of a character is still UTF-8: most of what is not ASCII decodes as such.
    mended = data.decode("utf-8", "replace")
    if 2 * mended.count("\ufffd") < sum(character > "\x7f" for character in mended):
        return mended.replace("\ufffd", ""), False
    return data.decode(codec_of_file(), "replace"), True


def plain_uid(value: str) -> str:
    """The UID of a card in the form for comparing: a uuid is the same with and without a leading `urn:uuid:`."""
    uid = clean_line(unescape(value))
    return uid[9:].lower() if uid[:9].lower() == "urn:uuid:" else uid


def unescape(value: str) -> str:
    """A text value without its backslashes: `\\n` is a newline, `\\,` `\\;` `\\:` `\\"` `\\\\` themselves.

    A backslash before anything else stays: it is a path or a typing error.
    """
    if "\\" not in value:
        return value
    return re.sub(r"\\(.)", _unescaped, value, flags=re.DOTALL)


def _unescaped(match: re.Match[str]) -> str:
    character = match[1]
    if character in "nN":
        return "\n"
    return character if character in ',;:"\\' else match[0]


def split_values(value: str, separators: str) -> list[str]:
    """The parts of a structured or listed value, each unescaped; an escaped separator does not separate."""
    if "\\" not in value:
        if len(separators) > 1:
            value = value.replace(separators[1], separators[0])
        return value.split(separators[0])
    parts: list[list[str]] = [[]]
    for piece in _pieces.findall(value):
        if piece in separators:
            parts.append([])
        else:
            parts[-1].append(piece)
    return [unescape("".join(part)) for part in parts]


def plain_label(text: str) -> str:
    """A label in plain words: without Apple's wrapping, in lower case if it is one word or all capitals."""
    wrapped = _apple_label.fullmatch(text.strip())
    label = clean_line(_word_starts.sub(" ", wrapped[1]).lower() if wrapped else text).replace("_", " ")
    return (label.lower() if label.isupper() or (label.isalpha() and label[1:].islower()) else label)[:60]


_year_first = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ].*)?", re.DOTALL)
_loose = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.DOTALL)
_dotted = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_yearless = re.compile(r"--?(\d{2})-?(\d{2})(?:[T ].*)?|--(\d{1,2})-(\d{1,2})", re.DOTALL)
NO_YEARS = (0, 1, 1604)
"""Years that programs write for "no year"; the last is Apple's, and a leap year."""


def read_date(kind: str, text: str) -> ImportedDate | None:
    """A day of the year in a vCard form; None without a month and a day.

    ISO 8601 basic and extended, with or without time, `--0412`, `--04-12`, and with dots and the day first. A year of
    `NO_YEARS` means none. `12/06/1988` is not guessed.
    """
    text = text.strip()
    year: int | None = None
    if match := _yearless.fullmatch(text):
        month, day = int(match[1] or match[3]), int(match[2] or match[4])
    elif match := _year_first.fullmatch(text) or _loose.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _dotted.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    if year in NO_YEARS:
        year = None
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return ImportedDate(kind, month, day, year, text[:60])
