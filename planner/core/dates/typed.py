"""Dates people type.

Read by a small grammar of our own: a general date parser guesses ("32" becomes the year 2032), and a wrong guess means
a person who is not called.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from planner.core.dates.civil import FIRST_YEAR, LAST_YEAR
from planner.core.dates.interval import NOMINAL_DAYS, Interval, add_days, add_months, days_in
from planner.core.dates.shown import MONTH_NAMES, WEEKDAY_NAMES, exact_date
from planner.core.words.echo import clean_echo
from planner.core.words.patterns import late
from planner.errors import Refused

__all__ = ["parse_date", "parse_month_day"]

_MONTHS: Final = {
    **{name.casefold(): number for number, name in enumerate(MONTH_NAMES, 1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTH_NAMES, 1)},
    "sept": 9,
}
_WEEKDAYS: Final = {
    **{name.casefold(): number for number, name in enumerate(WEEKDAY_NAMES)},
    **{name[:3].casefold(): number for number, name in enumerate(WEEKDAY_NAMES)},
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_COUNT_WORDS: Final = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
} | {"a": 1, "an": 1}

_UNIT: Final = r"(?P<unit>d|w|m|y|days?|weeks?|months?|years?)"
_COUNT: Final = r"(?P<count>[0-9]+|" + "|".join(_COUNT_WORDS) + ")"
_MONTH: Final = r"(?P<name>[a-z]+)\.?"
_ORDINAL: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"

_ISO: Final = late(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
_DOTTED: Final = late(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})(?:\.(?: ?(?P<year>[0-9]{4}))?)?")
_TWO_NUMBERS: Final = late(r"([0-9]{1,2})([/-])([0-9]{1,2})(?:\2([0-9]{4}))?")
_SHORT_YEAR: Final = late(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
_DAY_MONTH: Final = late(rf"{_ORDINAL}[ -]?(?:of )?{_MONTH}(?:,? ?-?(?P<year>[0-9]{{4}}))?")
_MONTH_DAY: Final = late(rf"{_MONTH} ?{_ORDINAL}(?:,? (?P<year>[0-9]{{4}}))?")
_BARE_MONTH_DAY: Final = late(r"(?:--)?(?P<month>[0-9]{2})-(?P<day>[0-9]{2})|--([0-9]{2})([0-9]{2})")
_OFFSET: Final = late(rf"(?P<sign>[+-]?) ?(?P<count>[0-9]+) ?{_UNIT}")
_IN: Final = late(rf"in {_COUNT} ?{_UNIT}")
_AGO: Final = late(rf"{_COUNT} ?{_UNIT} ago")
_WEEKDAY_BEFORE: Final = late(r"(?P<name>[a-z]+),? (?P<rest>.*[0-9].*)")
_NAMED_DAY: Final = late(r"(?:(?P<which>next|last|this) )?(?P<name>[a-z]+)")


def _typed(text: str) -> str:
    """The text in lower case and with single spaces; empty when it cannot be a date."""
    return " ".join(text.casefold().split()) if len(text) <= 200 else ""


def _not_known(text: str, today: date) -> Refused:
    if not text.strip():
        return Refused("A date is missing", f"Try {today.isoformat()}, fri, 12 dec, 2w or eom")
    return Refused(f"“{clean_echo(text)}” is not a date I know", f"Try {today.isoformat()}, fri, 12 dec, 2w or eom")


def _out_of_years(text: str) -> Refused:
    return Refused(f"“{clean_echo(text)}” is outside the years {FIRST_YEAR} to {LAST_YEAR}", "Check the year")


def _day_of(year: int, month: int, day: int, text: str) -> date:
    """The date of a typed year, month and day; raises Refused for a date that does not exist."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_years(text)
    _check_month_day(month, day, year, text)
    return date(year, month, day)


def _check_month_day(month: int, day: int, year: int | None, text: str) -> None:
    if not 1 <= month <= 12:
        raise Refused(f"“{clean_echo(text)}”: there is no month {month}", "Months are 1 to 12")
    # 2000 is a leap year: without a year, 29 February is a real day.
    length = days_in(2000 if year is None else year, month)
    if not 1 <= day <= length:
        name = MONTH_NAMES[month - 1] + ("" if year is None else f" {year}")
        raise Refused(f"“{clean_echo(text)}”: {name} has no day {day}", f"It has days 1 to {length}")


def _nearest(month: int, day: int, today: date, past: bool, text: str) -> date:
    """The nearest such day in the given direction; 29 February moves to the next leap year."""
    _check_month_day(month, day, None, text)
    for away in range(9):  # leap years are at most eight years apart
        year = today.year - away if past else today.year + away
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise _out_of_years(text)
        if day > days_in(year, month):
            continue
        found = date(year, month, day)
        if found <= today if past else found >= today:
            return found
    raise _out_of_years(text)


def _offset(count_text: str, unit: str, backwards: bool, today: date, text: str) -> date:
    count = _COUNT_WORDS.get(count_text) or int(count_text)
    if count * NOMINAL_DAYS[unit[0]] > (LAST_YEAR - FIRST_YEAR + 1) * 366:
        raise _out_of_years(text)
    return Interval(-count if backwards else count, unit[0]).after(today)


def _weekday_named(weekday: int, which: str | None, today: date, past: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    if which == "next":
        return monday + timedelta(days=7 + weekday)
    if which == "this":
        return monday + timedelta(days=weekday)
    if which == "last":
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if past:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


_FIXED_WORDS: Final[dict[str, Callable[[date], date]]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: add_days(today, 1),
    "yesterday": lambda today: add_days(today, -1),
    "eow": lambda today: add_days(today, 6 - today.weekday()),
    "eom": lambda today: add_days(add_months(today.replace(day=1), 1), -1),
    "eoy": lambda today: today.replace(month=12, day=31),
    "next week": lambda today: add_days(today, 7 - today.weekday()),
    "next month": lambda today: add_months(today.replace(day=1), 1),
    "next year": lambda today: add_months(today.replace(month=1, day=1), 12),
}


def parse_date(text: str, today: date, *, past: bool = False, date_order: str | None = None) -> date:
    """The civil date of a typed text, seen from today.

    `past` gives the direction of a date without a year, a bare weekday or a bare "2w": future (the default; a bare
    weekday is after today) or past (up to and including today; "2w" is two weeks ago). "+2w", "in 2 weeks", "2w ago"
    and "next fri" have their own direction. "eow" is this week's Sunday, "next week" the Monday after. `date_order` is
    "dmy", "mdy" or None; with None "01/02" is refused, and both readings are named. Raises Refused for anything else
    and outside the years 1900 to 2200.
    """
    typed = _typed(text).removeprefix("on ")
    try:
        found = _read(typed, text, today, past, date_order)
    except (OverflowError, ValueError):
        raise _out_of_years(text) from None
    if found is None:
        raise _not_known(text, today)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _out_of_years(text)
    return found


def _read(typed: str, text: str, today: date, past: bool, date_order: str | None) -> date | None:
    """The date of a text in the grammar, or None when no form fits."""
    if typed in _FIXED_WORDS:
        return _FIXED_WORDS[typed](today)
    if match := _ISO.fullmatch(typed):
        return _day_of(int(match["year"]), int(match["month"]), int(match["day"]), text)
    if match := _DOTTED.fullmatch(typed):
        return _in_year(int(match["month"]), int(match["day"]), match["year"], text, today, past)
    if _SHORT_YEAR.fullmatch(typed):
        raise Refused(f"“{clean_echo(text)}” has a short year", "Write all four digits of it")
    if match := _TWO_NUMBERS.fullmatch(typed):
        return _two_numbers(match, text, today, past, date_order)
    if match := _OFFSET.fullmatch(typed):
        backwards = match["sign"] == "-" or (past and not match["sign"])
        return _offset(match["count"], match["unit"], backwards, today, text)
    if match := _IN.fullmatch(typed):
        return _offset(match["count"], match["unit"], False, today, text)
    if match := _AGO.fullmatch(typed):
        return _offset(match["count"], match["unit"], True, today, text)
    if (match := _NAMED_DAY.fullmatch(typed)) and match["name"] in _WEEKDAYS:
        return _weekday_named(_WEEKDAYS[match["name"]], match["which"], today, past)
    match = _DAY_MONTH.fullmatch(typed) or _MONTH_DAY.fullmatch(typed)
    if match and match["name"] in _MONTHS:
        return _in_year(_MONTHS[match["name"]], int(match["day"]), match["year"], text, today, past)
    if (match := _WEEKDAY_BEFORE.fullmatch(typed)) and match["name"] in _WEEKDAYS:
        return _on_weekday(_WEEKDAYS[match["name"]], match["rest"], text, today, past)
    return None


def _on_weekday(weekday: int, rest: str, text: str, today: date, past: bool) -> date | None:
    """A date typed with its weekday, "Fri 27 Nov 2026"; raises Refused when the two disagree."""
    if not any(form.fullmatch(rest) for form in (_ISO, _DOTTED, _DAY_MONTH, _MONTH_DAY)):
        return None
    found = _read(rest, text, today, past, None)
    if found is not None and found.weekday() != weekday:
        raise Refused(
            f"“{clean_echo(text)}”: {exact_date(found)[4:]} is a {WEEKDAY_NAMES[found.weekday()]}",
            "Leave out the weekday, or take another day",
        )
    return found


def _in_year(month: int, day: int, year: str | None, text: str, today: date, past: bool) -> date:
    if year is not None:
        return _day_of(int(year), month, day, text)
    return _nearest(month, day, today, past, text)


def _two_numbers(match: re.Match[str], text: str, today: date, past: bool, date_order: str | None) -> date:
    """A date of two numbers, when only one reading is possible or the order is set; raises Refused otherwise."""
    first, second, year = int(match[1]), int(match[3]), match[4]
    day_first = date_order == "dmy" if date_order else first > 12
    if date_order is None and first <= 12 and second <= 12 and first != second:
        ending = f" {year}" if year else ""
        readings = [f"{d} {MONTH_NAMES[m - 1]}{ending}" for d, m in ((first, second), (second, first))]
        raise Refused(
            f"“{clean_echo(text)}” can be read as {' or '.join(readings)}",
            "Write the month as a word, or set date_order in the configuration",
        )
    day, month = (first, second) if day_first else (second, first)
    return _in_year(month, day, year, text, today, past)


def parse_month_day(text: str) -> tuple[int | None, int, int]:
    """The (year or None, month, day) of a day in the year, as birthdays are typed.

    Reads "1988-12-12", "12-12" (month first), "--12-12" (as vCard writes it), "12 dec",
    "dec 12 1988" and "12.12.1988"; 29 February needs no year. Raises Refused otherwise.
    """
    typed = _typed(text)
    if match := _BARE_MONTH_DAY.fullmatch(typed):
        year, month, day = None, int(match["month"] or match[3]), int(match["day"] or match[4])
    elif match := _ISO.fullmatch(typed) or _DOTTED.fullmatch(typed):
        year, month, day = match["year"], int(match["month"]), int(match["day"])
    elif (match := _DAY_MONTH.fullmatch(typed) or _MONTH_DAY.fullmatch(typed)) and match["name"] in _MONTHS:
        year, month, day = match["year"], _MONTHS[match["name"]], int(match["day"])
    else:
        raise Refused(f"“{clean_echo(text)}” is not a day of the year I know", "Try 12-24, 1988-12-24 or 24 dec 1988")
    if year is None:
        _check_month_day(month, day, None, text)
        return None, month, day
    found = _day_of(int(year), month, day, text)
    return found.year, month, day
