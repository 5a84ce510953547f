"""Checks of what a person gives for a contact: addresses, rhythms, circles, choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from planner.core.rhythm.cadence import parse_cadence
from planner.desk.shared.checks import one_line
from planner.errors import Refused

Choice = TypeVar("Choice", bound=str)


def one_of(choices: Iterable[Choice], text: str, what: str) -> Choice:
    """The choice a text names; refused with what there is."""
    known = {str(one): one for one in choices}
    found = known.get(text.strip().casefold())
    if found is None:
        raise Refused(f"“{one_line(text, what)[:40]}” is not a {what}", f"Use {', '.join(known)}")
    return found


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
    """How a sentence says a cadence in its normal form: "every 4 weeks", "no rhythm", "the rhythm of the circles"."""
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
