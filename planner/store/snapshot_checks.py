"""What the values of a fact must be for the rules to be able to count with them, table by table."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

from planner.core.dates.recurrence import parse_repeat
from planner.core.introductions import Answer
from planner.core.model import Direction, FavorDirection, FavorState, Mode, Outcome, Status
from planner.core.needs import ToldState
from planner.core.rhythm.cadence import parse_cadence

Row = dict[str, Any]
_uid = re.compile(r"[0-9A-Za-z_-]{1,64}")
_item = re.compile(r"[cdfivtn][1-9]\d{0,12}")
_WORDS: dict[str, dict[str, frozenset[str]]] = {
    "contact": {"mode": frozenset(Mode), "status": frozenset(Status)},
    "interaction": {"direction": frozenset(Direction), "outcome": frozenset(Outcome)},
    "favor": {"direction": frozenset(FavorDirection), "state": frozenset(FavorState)},
    "told": {"state": frozenset(ToldState)},
    "introduction": {"one_answer": frozenset(Answer), "other_answer": frozenset(Answer)},
    "address": {"kind": frozenset({"email", "phone", "url"})},
}
"""The words a column may hold."""


def check(table: str, row: Row) -> str:
    """What is wrong with a row whose values are of the right kind; empty when nothing is. May raise `Refused`."""
    for column, allowed in _WORDS.get(table, {}).items():
        if row[column] not in allowed:
            return f"{column} is none of the words there are"
    if "uid" in row and not _uid.fullmatch(row["uid"]):
        return "uid is not one of a planner"
    if "item" in row and not _item.fullmatch(row["item"]):
        return "item is not the id of one"
    look = _CHECKS.get(table)
    return look(row) if look is not None else ""


def _rhythm(row: Row) -> str:
    if row["cadence"] is not None:
        since = row["cadence_since"]
        parse_cadence(row["cadence"], date.fromisoformat(since or row.get("created_on") or "2000-01-01"))
    return ""


def _named(row: Row) -> str:
    return _rhythm(row) if row["name"].strip() else "it has no name"


def _day_of_the_year(row: Row) -> str:
    month, day = divmod(row["month_day"], 100)
    year = row["year"]
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000, month)[1]:
        return "it is no day of the year"
    return "" if year is None or 1 <= year <= 2200 else "year is out of range"


def _follow_up(row: Row) -> str:
    parse_repeat(row["repeat"], date.fromisoformat(row["on"]))
    return ""


_CHECKS: dict[str, Callable[[Row], str]] = {
    "contact": _named,
    "circle": _named,
    "contact_date": _day_of_the_year,
    "follow_up": _follow_up,
}
