"""Checks of the values of a fact, table by table; the rules cannot handle values that fail them."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from planner.core.book.said import is_readable
from planner.core.contact_fields import ADDRESS_FIELDS, FIELDS
from planner.core.dates.recurrence import parse_repeat
from planner.core.evidence.judgement import WhatCounts
from planner.core.evidence.seen import HandleKind
from planner.core.evidence.traces import TraceKind
from planner.core.introductions import Answer
from planner.core.model import Direction, FavorDirection, FavorState, Mode, Outcome, Status
from planner.core.needs import ToldState
from planner.core.rhythm.cadence import parse_cadence
from planner.store.sqlite import no_plain_letter, no_word

Row = dict[str, Any]
LONGEST_UID = 64
_uid = re.compile(f"[0-9A-Za-z_-]{{1,{LONGEST_UID}}}")
_key = re.compile(r"[0-9a-f]{64}")
_item = re.compile(r"[cdfilvt][1-9]\d{0,12}|n[1-9]\d{0,12}(?:c[1-9]\d{0,12})?")
_WORDS: dict[str, dict[str, frozenset[str]]] = {
    "contact": {"mode": frozenset(Mode), "status": frozenset(Status)},
    "interaction": {"direction": frozenset(Direction), "outcome": frozenset(Outcome)},
    "favor": {"direction": frozenset(FavorDirection), "state": frozenset(FavorState)},
    "told": {"state": frozenset(ToldState)},
    "introduction": {"one_answer": frozenset(Answer), "other_answer": frozenset(Answer)},
    "address": {"kind": frozenset(ADDRESS_FIELDS)},
    "watched": {"mode": frozenset(WhatCounts)},
    "evidence": {"kind": frozenset(TraceKind)},
    "evidence_mode": {"mode": frozenset(WhatCounts)},
    "known_as": {"kind": frozenset(HandleKind)},
}
"""The allowed words of a column, by table and column."""


def looked_at(table: str) -> frozenset[str]:
    """The columns of a table that `check` reads; empty if it may read any."""
    return frozenset() if table in _CHECKS else frozenset({"uid", "item", *_WORDS.get(table, ())})


def suspects(table: str, columns: Collection[str]) -> str:
    """SQL: a condition that holds for every row of a table that `check` finds impossible, empty if any row may be one.

    `columns` are those of the table.
    """
    if "item" in columns or (table in _CHECKS and table not in _SUSPECTS):
        return ""
    conditions = [_none_of(column, allowed) for column, allowed in _WORDS.get(table, {}).items()]
    if "uid" in columns:
        conditions.append(no_word("uid", LONGEST_UID))
    return " OR ".join((*conditions, *_SUSPECTS.get(table, ())))


def _none_of(column: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in sorted(words))
    return f'("{column}" IS NULL OR "{column}" NOT IN ({listed}))'


def check(table: str, row: Row) -> str:
    """Why a row with values of the right types is impossible; empty when it is not. May raise `Refused`."""
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


def _contact(row: Row) -> str:
    for field in FIELDS:
        if field.check is not None and field.check(row[field.column]) != row[field.column]:
            return f"{field.column} is not in its usual form"
    return _named(row)


def _day_of_the_year(row: Row) -> str:
    month, day = divmod(row["month_day"], 100)
    year = row["year"]
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(2000, month)[1]:
        return "it is no day of the year"
    return "" if year is None or 1 <= year <= 2200 else "year is out of range"


def _follow_up(row: Row) -> str:
    parse_repeat(row["repeat"], date.fromisoformat(row["on"]))
    return ""


def _card(row: Row) -> str:
    return "" if is_readable(row["said"]) and (not row["sent"] or is_readable(row["sent"])) else "said is not readable"


def _question(row: Row) -> str:
    try:
        for column in ("before", "theirs", "mine"):
            json.loads(row[column])
    except (ValueError, RecursionError):
        return "what is asked is not readable"
    return ""


def _key_of_digests(row: Row) -> str:
    return "" if _key.fullmatch(row["value"]) else "value is no key"


_SUSPECTS: dict[str, tuple[str, ...]] = {
    "contact": (
        '"cadence" IS NOT NULL',
        no_plain_letter("name"),
        *(f"\"{field.column}\" <> ''" for field in FIELDS if field.check is not None),
    )
}
"""The rows that the checks of `_CHECKS` may find impossible, by table; of other tables any row may be one."""
_CHECKS: dict[str, Callable[[Row], str]] = {
    "contact": _contact,
    "circle": _named,
    "contact_date": _day_of_the_year,
    "follow_up": _follow_up,
    "evidence_key": _key_of_digests,
    "card": _card,
    "book_question": _question,
}
