"""Checks of the fields of a contact: addresses, cadences, circles, choices."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from planner.core.contact_fields import FIELDS, Kind
from planner.core.dates.shown import exact_date, year_day
from planner.core.dates.typed import parse_month_day
from planner.core.rhythm.cadence import parse_cadence
from planner.desk.shared.checks import many_lines, one_line, one_of
from planner.desk.values import ContactDraft
from planner.errors import Refused


def checked_address(kind: str, value: str) -> str:
    """An address of a kind ("email", "phone", "url") on one line; refused when it cannot be one."""
    text = one_line(value, kind)
    if text and kind == "email" and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", text):
        raise Refused(f"“{text[:60]}” is not an e-mail address", "Write it as name@example.org")
    if text and kind == "phone" and not any(letter.isdigit() for letter in text):
        raise Refused(f"“{text[:60]}” is not a phone number", "Write it with digits: +33 6 12 34 56 78")
    return text


def cadence_text(spec: str, since: date) -> str | None:
    """A cadence spec in its normal form, "none", or None for "inherit"; refused when it is not understood."""
    wanted = " ".join(spec.split())
    if wanted.casefold() == "inherit":
        return None
    cadence = parse_cadence(wanted, since)
    return "none" if cadence is None else cadence.text


def cadence_words(text: str | None, since: date) -> str:
    """A cadence in its normal form as words: "every 4 weeks", "no rhythm", "the rhythm of the circles"."""
    if text is None:
        return "the rhythm of the circles"
    cadence = parse_cadence(text, since)
    return cadence.words if cadence is not None else "no rhythm"


def circle_name(circle: str) -> str:
    """A circle's name on one line; refused when empty."""
    name = one_line(circle, "circle", 100)
    if not name:
        raise Refused("A circle needs a name", "Give one, such as “climbing”")
    return name


def no_name() -> Refused:
    """The refusal of a contact without a name."""
    return Refused("A contact needs a name", "Give one, such as “Ana Silva”")


def checked_columns(draft: ContactDraft, today: date) -> dict[str, Any]:
    """The column values of a draft's fields; refused for an impossible value."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        given = draft.given.get(field.name)
        if given is None:
            continue
        match field.kind:
            case Kind.LINE:
                line = one_line(given, field.label)
                values[field.column] = field.check(line) if field.check is not None else line
            case Kind.TEXT:
                values[field.column] = many_lines(given, field.option)
            case Kind.CHOICE:
                values[field.column] = str(one_of(field.choices, given, field.label))
            case Kind.RHYTHM:
                since = draft.given.get("since") or today
                text = cadence_text(given, since)
                values |= {field.column: text, "cadence_since": None if text is None else since}
    return values


def dates_understood(draft: ContactDraft) -> str:
    """The dates of a draft as they were understood: ", birthday 29 Feb, since Mon 2 Nov 2026"."""
    birthday, since = draft.given.get("birthday"), draft.given.get("since")
    if not birthday or not birthday.strip():
        return since_words(since)
    year, month, day = parse_month_day(birthday)
    return f", birthday {year_day(month, day, year, short=True)}{since_words(since)}"


def since_words(since: date | None) -> str:
    """The end of a sentence about a cadence: ", since Mon 2 Nov 2026", or nothing."""
    return f", since {exact_date(since)}" if since is not None else ""
