"""Dates in tables and exports of other programs.

The order of day and month is known from the program or proved by the dates, never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from planner.core.model import ImportedDate
from planner.interchange.vcard.values import read_date as read_card_date

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {"sept": 9} | {name: number for number, month in enumerate(_MONTH_NAMES, 1) for name in (month, month[:3])}
_iso = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_worded = re.compile(r"(\d{1,2})\.?[ -]([^\W\d_]+)\.?[ ,-]+(\d{4}|\d{2})(?:[ ,].*)?")
_month_first = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? +(\d{4}))?(?:[ ,].*)?")
_day_first = re.compile(r"(\d{1,2})\.? ([^\W\d_]+)\.?")
_numbers = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ ,T].*)?")
_yearless = re.compile(r"(\d{1,2})([/.])(\d{1,2})\.?")
_TURN = 30
"""Two-digit years below this one belong to this century."""


@lru_cache(maxsize=2_000)
def read_date(text: str, order: str = "mdy") -> date | None:
    """A date in a form of the exports: `12 Mar 2024`, `Mar 12, 2024`, `7-Feb-22`, `05/14/23`, ISO; or None.

    `order` decides for numbers alone: "mdy", "dmy", or "" if unknown. A time after the date is ignored; two-digit years
    belong to this century.
    """
    read = _read(text, order)
    if read is None:
        return None
    year, month, day = read
    if year is None:
        return None
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def read_day(kind: str, text: str, order: str = "") -> ImportedDate | None:
    """A day of the year, such as a birthday; None without a month and a day.

    `order` as for `read_date`. Two-digit years from 30 on belong to the last century.
    """
    text = text.strip()
    found = read_card_date(kind, text)
    if found is not None or (read := _read(text, order)) is None:
        return found
    year, month, day = read
    if year is not None and year < 100:
        year += 2000 if year < _TURN else 1900
    shown = f"{year:04}-{month:02}-{day:02}" if year is not None else f"--{month:02}-{day:02}"
    found = read_card_date(kind, shown)
    return found and ImportedDate(kind, found.month, found.day, found.year, text[:60])


def _read(text: str, order: str) -> tuple[int | None, int, int] | None:
    """(year or None, month, day) of a text; a day that does not exist is not refused here."""
    if match := _iso.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _worded.fullmatch(text):
        return int(match[3]), _MONTHS.get(match[2].casefold(), 0), int(match[1])
    if match := _month_first.fullmatch(text):
        month = _MONTHS.get(match[1].casefold(), 0)
        return (int(match[3]) if match[3] else None), month, int(match[2])
    if match := _day_first.fullmatch(text):
        return None, _MONTHS.get(match[2].casefold(), 0), int(match[1])
    if match := _numbers.fullmatch(text) or _yearless.fullmatch(text):
        # A date that only one order allows is read in that order; dots are only used with the day first.
        its_order = proof_of(text) or ("dmy" if match[2] == "." or match[1] == match[3] else order)
        if its_order:
            first, second = int(match[1]), int(match[3])
            month, day = (first, second) if its_order == "mdy" else (second, first)
            return (int(match[4]) if match.re is _numbers else None), month, day
    return None


def is_no_date(text: str) -> bool:
    """Whether a text means "no date": `0/0/00`, `0000-00-00`, blanks."""
    return not text.strip(" 0/.-:")


def proof_of(text: str) -> str:
    """The order that a numeric date proves: "dmy", "mdy", or "" when both orders give a date."""
    match = _numbers.fullmatch(text) or _yearless.fullmatch(text)
    if match is None or match[2] == ".":
        return ""
    if int(match[1]) > 12:
        return "dmy"
    return "mdy" if int(match[3]) > 12 else ""


def is_open(text: str) -> bool:
    """Whether both orders of day and month give a date, and two different ones."""
    match = _numbers.fullmatch(text) or _yearless.fullmatch(text)
    return match is not None and match[2] != "." and match[1] != match[3] and not proof_of(text)
