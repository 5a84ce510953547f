"""Thunderbird's address book as CSV: the birthday is in three columns."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.words.folding import fold
from planner.interchange.format import table_format
from planner.interchange.tables.layouts import Layout, named_places

_COLUMNS = {
    "display name": ("name", ""),
    "first name": ("given_name", ""),
    "last name": ("family_name", ""),
    "nickname": ("nickname", ""),
    "primary email": ("email", ""),
    "secondary email": ("email", ""),
    "mobile number": ("phone", "mobile"),
    "home phone": ("phone", "home"),
    "work phone": ("phone", "work"),
    "home city": ("city", ""),
    "work city": ("city", ""),
    "job title": ("title", ""),
    "organization": ("company", ""),
    "web page 1": ("url", "work"),
    "web page 2": ("url", "home"),
    "birth year": ("birth_year", ""),
    "birth month": ("birth_month", ""),
    "birth day": ("birth_day", ""),
    "notes": ("notes", ""),
}


def thunderbird_layout(header: Sequence[str]) -> Layout | None:
    """The layout of a Thunderbird CSV; None for another table."""
    names = {fold(name) for name in header}
    if "primary email" not in names or not names & {"display name", "birth year", "screen name"}:
        return None
    return Layout("thunderbird", named_places(header, _COLUMNS))


FORMAT = table_format(
    "thunderbird", "Thunderbird contacts", thunderbird_layout, files="the CSV", brings="birthdays, second addresses"
)
