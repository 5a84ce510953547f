"""Dates in a captured line: which words are a date, and which day they mean."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from planner.core.dates.shown import MONTH_NAMES, WEEKDAY_NAMES, exact_date
from planner.core.dates.typed import parse_date
from planner.core.model import Settings
from planner.core.records import record
from planner.errors import Refused

Meant = Literal["past", "future", "nearest"]
"""Which way a date without a year points; with "nearest" a bare weekday is the latest one up to today."""

_UNIT: Final = r"(?:days?|weeks?|months?|years?|[dwmy])"
_COUNT: Final = r"(?:[0-9]{1,6}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"
_FULL_WEEKDAY: Final = "|".join(WEEKDAY_NAMES)
_SHORT_WEEKDAY: Final = "mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_WEEKDAY: Final = f"(?:{_FULL_WEEKDAY}|{_SHORT_WEEKDAY})"
_MONTH: Final = f"(?:{'|'.join(MONTH_NAMES)}|sept|{'|'.join(name[:3] for name in MONTH_NAMES)})"
_ORDINAL: Final = "[0-9]{1,2}(?:st|nd|rd|th)?"
_DAY_MONTH: Final = rf"{_ORDINAL}[ -]?(?:of )?{_MONTH}\.?(?:,? ?-?[0-9]{{4}})?"
_MONTH_DAY: Final = rf"{_MONTH}\.? ?{_ORDINAL}(?:,? [0-9]{{4}})?"
_ISO: Final = r"[0-9]{4}(?:-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,2}"
_DOTTED: Final = r"[0-9]{1,2}\. ?[0-9]{1,2}\.(?: ?[0-9]{4}|[0-9]{2})?"
_SLASHED: Final = r"[0-9]{1,2}(?:/[0-9]{1,2}/|-[0-9]{1,2}-)(?:[0-9]{4}|[0-9]{2})"
_IN_A_YEAR: Final = f"{_ISO}|{_DAY_MONTH}|{_MONTH_DAY}|{_DOTTED}|{_SLASHED}"

_EVERYDAY_WORDS: Final = {
    "tonight": "today",
    "this morning": "today",
    "this afternoon": "today",
    "this evening": "today",
    "last night": "yesterday",
}

_DEADLINE: Final = r"(?:due\s+)?(?:by|until|till|before|no later than)|due(?:\s+(?:on|back))?"

# Strong words are a date anywhere. Weak ones ("sun", "2 weeks", "3/4") are one only after a preposition, straight after
# the kind of contact, or at the end of the part.
_DATE: Final = re.compile(
    rf"(?<![\w./+-])(?:(?P<preposition>{_DEADLINE}|on|from|since)\s+)?(?:the\s+(?=[0-9]{{1,2}}(?:st|nd|rd|th)\b))?(?:"
    rf"(?P<strong>(?:{_WEEKDAY},? )?(?:{_IN_A_YEAR})"
    rf"|today|tomorrow|yesterday|eow|eom|eoy|{'|'.join(_EVERYDAY_WORDS)}"
    rf"|next (?:week|month|year)|last (?:week|month|year)|(?:next|last|this) {_WEEKDAY}|{_FULL_WEEKDAY}"
    rf"|in {_COUNT} ?{_UNIT}|{_COUNT} ?{_UNIT} ago|[+-][0-9]{{1,6}} ?{_UNIT})"
    rf"|(?P<weak>{_SHORT_WEEKDAY}|[0-9]{{1,6}} ?{_UNIT}|[0-9]{{1,2}}/[0-9]{{1,2}})"
    r")(?![\w/-]|[.:][0-9])",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(r"last (?:week|month|year)", re.IGNORECASE)
_ENDING: Final = re.compile(r"[\s.!?)]*\Z")
_NOT_A_DAY: Final = re.compile(r"\b(?:the|an?|for|of|her|his|their|my|our|some|about|than)\s+\Z", re.IGNORECASE)
# An opening quote ends the search for a closing one, so that many open quotes cost no more than one.
_QUOTED: Final = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|(?:https?://|www\.)\S*[^\s,;.!?)]')


@record(frozen=True, slots=True)
class TypedDate:
    """Words that mean a date, from `start` (including the preposition) up to `end`."""

    start: int
    end: int
    words: str
    deadline: bool
    """Whether "by", "until", "before" or "due" precedes it: then the date points forward."""
    at_end: bool
    vague: bool
    """Whether it is "last week" or the like: a time without a day."""


def mask_quotes(text: str) -> str:
    """The text with every quoted piece and web address replaced by blanks of the same length."""
    return _QUOTED.sub(lambda match: "\x00" * len(match[0]), text)


def typed_dates(text: str, *, after: int = -1) -> tuple[TypedDate, ...]:
    """Every date in a text, in order; a weak one counts too when it follows the index `after` directly."""
    masked = mask_quotes(text)
    found = []
    for match in _DATE.finditer(masked):
        at_end = _ENDING.match(masked, match.end()) is not None
        if match["weak"] and not match["preposition"]:
            follows = after >= 0 and not masked[after : match.start()].strip(" :,")
            if not (follows or (at_end and not _NOT_A_DAY.search(masked, 0, match.start()))):
                continue
        words = match["strong"] or match["weak"]
        deadline = (match["preposition"] or "on").lower() not in ("on", "from", "since")
        vague = _VAGUE.fullmatch(words) is not None
        found.append(TypedDate(match.start(), match.end(), words, deadline, at_end, vague))
    return tuple(found)


def is_only_a_date(text: str) -> bool:
    """Whether a part is a day and nothing else."""
    return _DATE.fullmatch(text.strip(" .!?")) is not None


def read_date(typed: TypedDate, today: date, settings: Settings, meant: Meant) -> tuple[date, str]:
    """(the day a typed date means, a problem or ""); with a problem the day is today, as a placeholder."""
    words = " ".join(typed.words.split())
    words = _EVERYDAY_WORDS.get(words.lower(), words)
    readings: list[date] = []
    problem = ""
    for past in {"past": (True,), "future": (False,), "nearest": (True, False)}[meant]:
        try:
            readings.append(parse_date(words, today, past=past, date_order=settings.date_order))
        except Refused as refusal:
            problem = problem or str(refusal)
    if not readings:
        return today, problem
    # "12 dec" said in November means next month, not last year; "fri" means the last one.
    if any(letter.isdigit() for letter in words) and re.fullmatch(
        rf"(?:{_WEEKDAY},? )?(?:{_IN_A_YEAR}|[0-9]{{1,2}}/[0-9]{{1,2}})", words, re.IGNORECASE
    ):
        return min(readings, key=lambda day: abs((day - today).days)), ""
    return readings[0], ""


def day_words(day: date, today: date) -> str:
    """A day as a chip shows it: "today", "yesterday", "Fri 27 Nov", with the year when it is far away."""
    away = (day - today).days
    if away in (0, -1):
        return "today" if away == 0 else "yesterday"
    words = exact_date(day)
    far = abs(away) > 304 or (day.year != today.year and abs(away) > 183)
    return words if far else words.rsplit(" ", 1)[0]
