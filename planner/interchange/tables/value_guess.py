"""The likely content of a column, judged by its values if its name is unknown: a guess, to show and confirm."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.core.words.folding import clean_line, fold
from planner.interchange.tables.columns import NAME_FIELDS
from planner.interchange.text import FileRow

MOST = 2 / 3
"""The share of the values in a column that must look alike."""
_LONG = 200
"""Characters examined of a value."""
_PARTICLES = frozenset({"al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le",
                        "ten", "van", "von", "y", "zu"})  # fmt: skip
"""Words of names that are written in lower case."""
_email = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_url = re.compile(r"(https?://|www\.)\S+\.\S+", re.IGNORECASE)
# A bare number may be anything: a phone number begins with + or 0, or has its digits in groups.
_phone = re.compile(r"(?=[+0(]|.*\d[ ()/.-]+\d)\+?[\d ()/.-]{6,24}")
_date = re.compile(r"\d{1,4}[-/. ]+\d{1,2}[-/. ]+\d{1,4}\.?")
_word = re.compile(r"[^\W\d_]+(['’.-][^\W\d_]+)*\.?")


def guess_by_values(rows: Iterable[FileRow], width: int, known: Mapping[int, str]) -> dict[int, str]:
    """Likely fields of unknown columns, by index: e-mail, phone, url, and one column of names.

    `known` are the fields of the other columns. A name is guessed only if none of those is one, in the column that
    agrees best with the e-mails. Dates are left alone: their values do not show which day they are.
    """
    cells = [[clean_line(cell[:_LONG]) for cell in row.cells[:width]] for row in rows if not row.error]
    found: dict[int, str] = {}
    names: list[int] = []
    for place in range(width):
        if known.get(place):
            continue
        values = [row[place] for row in cells if place < len(row) and row[place]]
        for field, looks in _LOOKS.items():
            if values and sum(map(looks, values)) >= MOST * len(values):
                found[place] = field
                break
        else:
            if values and sum(map(_is_name, values)) >= MOST * len(values):
                names.append(place)
    if names and not NAME_FIELDS & set(known.values()):
        emails = [place for place, field in {**known, **found}.items() if field == "email"]
        found[max(names, key=lambda place: (_agreeing(cells, place, emails), -place))] = "name"
    return found


def _is_phone(value: str) -> bool:
    digits = sum(letter.isdigit() for letter in value)
    return 7 <= digits <= 15 and _phone.fullmatch(value) is not None and _date.fullmatch(value) is None


def _is_name(value: str) -> bool:
    """Whether a value is two to four words, each capitalised except particles."""
    words = value.replace(",", " ").split()
    tall = [one for one in words if one.casefold() not in _PARTICLES]
    return 2 <= len(tall) <= len(words) <= 5 and all(one[0].isupper() and _word.fullmatch(one) for one in tall)


_LOOKS = {
    "email": lambda value: _email.fullmatch(value) is not None,
    "url": lambda value: _url.fullmatch(value) is not None,
    "phone": _is_phone,
}
"""The test for values of a field."""


def _agreeing(cells: Sequence[Sequence[str]], place: int, emails: Collection[int]) -> int:
    """The number of rows in which a word of a column is in an e-mail before its @."""
    count = 0
    for row in cells:
        words = [word for word in fold(row[place]).split() if len(word) > 2] if place < len(row) else []
        boxes = [fold(row[one].partition("@")[0]) for one in emails if one < len(row)]
        count += any(word in box for word in words for box in boxes)
    return count
