"""LDIF (RFC 2849): address books of Thunderbird and of directories, with one attribute per line."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from planner.core.words.folding import clean_line
from planner.interchange.format import Format, ReadRequest
from planner.interchange.tables.layouts import Layout, Place
from planner.interchange.tables.own_columns import SEPARATOR
from planner.interchange.tables.people import read_rows
from planner.interchange.tables.table import Opened
from planner.interchange.text import LINE_LIMIT, FileRow, Item, Remark, Skipped, Source, text_lines

_MEANINGS = {
    "displayname": ("name", ""),
    "cn": ("name", ""),
    "commonname": ("name", ""),
    "givenname": ("given_name", ""),
    "gn": ("given_name", ""),
    "sn": ("family_name", ""),
    "surname": ("family_name", ""),
    "mozillanickname": ("nickname", ""),
    "xmozillanickname": ("nickname", ""),
    "mail": ("email", ""),
    "rfc822mailbox": ("email", ""),
    "mozillasecondemail": ("email", ""),
    "xmozillasecondemail": ("email", ""),
    "mobile": ("phone", "mobile"),
    "mobiletelephonenumber": ("phone", "mobile"),
    "cellphone": ("phone", "mobile"),
    "homephone": ("phone", "home"),
    "hometelephonenumber": ("phone", "home"),
    "telephonenumber": ("phone", "work"),
    "fax": ("phone", "fax"),
    "facsimiletelephonenumber": ("phone", "fax"),
    "pager": ("phone", "pager"),
    "o": ("company", ""),
    "organizationname": ("company", ""),
    "company": ("company", ""),
    "title": ("title", ""),
    "mozillahomelocalityname": ("city", ""),
    "l": ("city", ""),
    "localityname": ("city", ""),
    "locality": ("city", ""),
    "mozillahomeurl": ("url", "home"),
    "homeurl": ("url", "home"),
    "mozillaworkurl": ("url", "work"),
    "workurl": ("url", "work"),
    "labeleduri": ("url", ""),
    "birthyear": ("birth_year", ""),
    "birthmonth": ("birth_month", ""),
    "birthday": ("birth_day", ""),
    "description": ("notes", ""),
    "notes": ("notes", ""),
    "entryuuid": ("key", ""),
}
"""The meaning of an attribute, by its lower-case name; of several with one meaning the first listed wins."""
_PLACES = {name: place for place, name in enumerate(_MEANINGS)}
_LAYOUT = Layout("ldif", tuple(Place(_PLACES[name], *meant) for name, meant in _MEANINGS.items()))
_NO_PEOPLE = {
    "groupofnames": "a list", "groupofuniquenames": "a list", "posixgroup": "a list", "organizationalunit": "a branch",
    "organization": "an organization", "dcobject": "a branch", "device": "a device",
}  # fmt: skip
_record = re.compile(r"^dn::?[ \t]*\S.*\n(?:[^\n]+\n)*?(?:objectclass|changetype|cn|mail)::?[ \t]*\S", re.I | re.M)


def _read(source: Source, reading: ReadRequest) -> Iterator[Item]:
    """The people of a file in order, streaming; lists and branches come as Skipped."""
    lines, guessed = text_lines(source)
    if guessed:
        yield Remark(source.name, 0, guessed)
    skipped: list[Skipped] = []
    rows = _rows(source, _unfolded(lines), skipped)
    for item in read_rows(source, Opened(tuple(_MEANINGS), (), rows), _LAYOUT):
        yield from skipped
        skipped.clear()
        yield item
    yield from skipped


def _unfolded(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Whole lines with their numbers: a line with a leading blank continues the one before."""
    number, begun, waiting = 0, 0, ""
    for number, line in enumerate(lines, 1):
        if line[:1] == " " and begun:
            # A line beyond the limit is refused with its record, not collected.
            waiting += line[1:] if len(waiting) <= LINE_LIMIT else ""
            continue
        if begun:
            yield begun, waiting
        begun, waiting = number, line
    if begun:
        yield begun, waiting
    yield number + 1, ""


def _rows(source: Source, lines: Iterator[tuple[int, str]], skipped: list[Skipped]) -> Iterator[FileRow]:
    """Each record as the row of a table whose columns are the attributes of `_MEANINGS`."""
    values: dict[str, list[str]] = {}
    begun, error = 0, ""
    for number, line in lines:
        if line[:1] == "#":
            continue
        if line.strip():
            begun = begun or number
            name, value, problem = _attribute(line)
            error = error or (f"line {number} {problem}" if problem else "")
            values.setdefault(name, []).append(value)
        elif values:
            kinds = [_NO_PEOPLE[kind] for one in values.get("objectclass", ()) if (kind := one.lower()) in _NO_PEOPLE]
            is_person = any("person" in one.lower() for one in values.get("objectclass", ()))
            if (kinds and not is_person) or values.get("changetype", ["add"])[0].lower() not in ("add", "modify"):
                name = clean_line(next(iter(values.get("cn", values.get("dn", ()))), ""))[:60]
                skipped.append(Skipped(source.name, begun, f"{name} is {kinds[0] if kinds else 'deleted'}"))
            elif "dn" in values or not values.keys() <= {"version", "search", "result"}:
                cells = [SEPARATOR.join(values.get(name, ())) for name in _MEANINGS]
                yield FileRow(begun, [] if error else cells, error)
            values, begun, error = {}, 0, ""


def _attribute(line: str) -> tuple[str, str, str]:
    """(the name of an attribute, its value, what is wrong with the line)."""
    if len(line) > LINE_LIMIT:
        is_picture = line[:40].lower().startswith(("jpegphoto", "photo", "usercertificate"))
        return "", "", "" if is_picture else f"is longer than {LINE_LIMIT // 1024} kB"
    name, colon, value = line.partition(":")
    name = name.partition(";")[0].strip().lower()
    if not colon:
        return "", "", "is no attribute"
    if value[:1] == "<":
        # It names a file or a page that holds the value; none is opened.
        return "", "", ""
    if value[:1] != ":":
        return name, value.strip(), ""
    if name not in _MEANINGS and name not in ("dn", "objectclass", "changetype"):
        return name, "", ""
    try:
        return name, binascii.a2b_base64(value[1:].strip(), strict_mode=True).decode("utf-8", "replace"), ""
    except ValueError:
        return name, "", "is no base64"


FORMAT = Format(
    "ldif",
    "LDIF address books",
    is_it=lambda head: _record.search(head.text) is not None,
    read=_read,
    files="`.ldif` of Thunderbird, or of a directory",
    brings="names, second addresses, phones, birthdays, notes",
    rank=4,
    record_mark=b"\nDN:",
    names=("*.ldif", "*.ldi"),
)
