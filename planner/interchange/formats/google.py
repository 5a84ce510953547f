"""Google Contacts as CSV, with the header used up to 2023 (`E-mail 1 - Type`) and the one since (`- Label`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.core.words.folding import fold
from planner.interchange.format import table_format
from planner.interchange.tables.layouts import Layout, Place, named_places

_numbered = re.compile(r"(e-mail|phone|website|event|relation|address|organization) \d+ - (.+)")
_VALUES = {"e-mail": "email", "phone": "phone", "website": "url", "event": "dates", "relation": "relations"}
_SINGLE = {
    "name": ("name", ""),
    "first name": ("given_name", ""),
    "given name": ("given_name", ""),
    "middle name": ("middle_name", ""),
    "additional name": ("middle_name", ""),
    "last name": ("family_name", ""),
    "family name": ("family_name", ""),
    "nickname": ("nickname", ""),
    "organization name": ("company", ""),
    "organization title": ("title", ""),
    "birthday": ("birthday", ""),
    "notes": ("notes", ""),
    "labels": ("circles", ""),
    "group membership": ("circles", ""),
}
_OTHERS = {("organization", "name"): "company", ("organization", "title"): "title", ("address", "city"): "city"}
_SURE = frozenset({"group membership", "organization name", "phonetic first name", "yomi name", "name prefix"})


def google_layout(header: Sequence[str]) -> Layout | None:
    """The layout of a Google CSV, with all its numbered e-mails and phones; None for another table."""
    names = [fold(name) for name in header]
    where = {name: index for index, name in reversed(list(enumerate(names)))}
    places: list[Place] = []
    has_values = False
    for index, name in enumerate(names):
        match = _numbered.fullmatch(name)
        if match is None:
            continue
        if match[2] == "value" and match[1] in _VALUES:
            stem = name.removesuffix("value")
            label = where.get(f"{stem}label", where.get(f"{stem}type", -1))
            places.append(Place(index, _VALUES[match[1]], label_index=label))
            has_values = True
        elif (match[1], match[2]) in _OTHERS:
            places.append(Place(index, _OTHERS[match[1], match[2]]))
    if not (has_values or {"labels", "organization name"} <= set(names)) or not _SURE & set(names):
        return None
    return Layout("google", (*named_places(header, _SINGLE), *places), marks_several=True)


FORMAT = table_format(
    "google",
    "Google contacts",
    google_layout,
    files="`contacts.csv` or `.vcf`, the zip of Takeout",
    brings="labels as circles, birthdays, several e-mails and phones",
)
