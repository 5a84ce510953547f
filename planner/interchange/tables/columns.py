"""The possible meanings of a table column, and the headers by which they are recognized.

Plain data for readers, the command line and the screens for matching columns by hand.
"""

from __future__ import annotations

import re

from planner.core import contact_fields
from planner.core.contact_fields import Kind
from planner.core.words.folding import fold
from planner.interchange.tables.own_columns import COLUMNS as OWN_COLUMNS

_PARTS: dict[str, dict[str, str]] = {
    "name": {
        "given_name": "First name",
        "middle_name": "Middle name",
        "family_name": "Last name",
    },
    "birthday": {
        "birth_year": "Year of birth",
        "birth_month": "Month of birth",
        "birth_day": "Day of birth",
        "anniversary": "Anniversary",
    },
}
"""Meanings of columns with a part of a field, such as the first name, by the word of the field."""
FIELDS = {
    word: meaning
    for one in sorted(contact_fields.FIELDS, key=lambda one: one.kind is Kind.KEY)
    for word, meaning in {one.word: one.meaning, **_PARTS.get(one.word, {})}.items()
} | {"": "Leave out"}
"""The meanings of columns: the word for `--map`, and the name that people see."""
NAME_FIELDS = frozenset({"name", "given_name", "family_name", "nickname"})
"""Fields that name the person of a row."""

_HEADERS: dict[str, str] = {
    **{one.word: one.headers for one in contact_fields.FIELDS if one.headers},
    "given_name": "first name, given name, firstname, givenname, forename, first, vorname, prénom, nombre, nome",
    "middle_name": "middle name, additional name, middlename, second name, weitere vornamen",
    "family_name": (
        "last name, family name, lastname, surname, familyname, last, nachname, nom, nom de famille, "
        "apellido, apellidos, cognome"
    ),
    "birth_year": "birth year, year of birth",
    "birth_month": "birth month, month of birth",
    "birth_day": "birth day, day of birth",
    "anniversary": "anniversary, wedding anniversary, wedding day, hochzeitstag",
}
"""Headers of real tables, separated by commas, by their meaning."""
_numbered = re.compile(r"^(e-?mail|phone|website|organization)(?: (?:address|number))? ?\d*(?: - (value|name|title))?$")
_KINDS = {"email": "email", "e-mail": "email", "phone": "phone", "website": "url"}


def guess(header: str) -> str:
    """The field that a header means, "" for an unknown header."""
    folded = fold(header.replace("_", " "))[:80]
    found = _FOLDED.get(folded)
    if found is None and (match := _numbered.match(folded)):
        found = _KINDS.get(match[1]) or {"name": "company", "title": "title"}.get(match[2] or "", "")
    return found or ""


_FOLDED = {fold(name): field for field, names in _HEADERS.items() for name in names.split(",")}
OWN = {fold(name): field for name, field in OWN_COLUMNS.items()}
"""The fields of our own columns by folded header."""
