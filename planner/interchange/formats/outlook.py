"""Contacts of Outlook and of outlook.com as CSV: in it `Title` is Mr or Dr.

Dates have the month first, unless one in the table proves that the day is first.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.words.folding import fold
from planner.interchange.format import table_format
from planner.interchange.tables.layouts import Layout, named_places

_COLUMNS = {
    "first name": ("given_name", ""),
    "middle name": ("middle_name", ""),
    "last name": ("family_name", ""),
    "nickname": ("nickname", ""),
    "company": ("company", ""),
    "job title": ("title", ""),
    "home city": ("city", ""),
    "business city": ("city", ""),
    "other city": ("city", ""),
    "e-mail address": ("email", ""),
    "e-mail 2 address": ("email", ""),
    "e-mail 3 address": ("email", ""),
    "mobile phone": ("phone", "mobile"),
    "primary phone": ("phone", ""),
    "home phone": ("phone", "home"),
    "home phone 2": ("phone", "home"),
    "business phone": ("phone", "work"),
    "business phone 2": ("phone", "work"),
    "company main phone": ("phone", "work"),
    "car phone": ("phone", "car"),
    "other phone": ("phone", "other"),
    "web page": ("url", ""),
    "personal web page": ("url", "home"),
    "birthday": ("birthday", ""),
    "anniversary": ("anniversary", ""),
    "spouse": ("relations", "spouse"),
    "children": ("relations", "child"),
    "manager's name": ("relations", "manager"),
    "assistant's name": ("relations", "assistant"),
    "categories": ("circles", ""),
    "notes": ("notes", ""),
}
_SURE = frozenset({"e-mail address", "e-mail 2 address", "business phone", "home phone", "business street"})


def outlook_layout(header: Sequence[str]) -> Layout | None:
    """The layout of an Outlook CSV; None for another table."""
    names = {fold(name) for name in header}
    if not {"first name", "last name", "job title"} <= names or len(_SURE & names) < 2:
        return None
    return Layout("outlook", named_places(header, _COLUMNS), order="mdy")


FORMAT = table_format(
    "outlook",
    "Outlook contacts",
    outlook_layout,
    files="the CSV of Outlook or outlook.com",
    brings="categories as circles, birthdays, family",
)
