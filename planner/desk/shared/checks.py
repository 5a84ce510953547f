"""Checks of texts, words and dates for any part of the desk, and names for a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from planner.core.words.folding import clean
from planner.errors import Refused
from planner.store.facts import contact_names

LONGEST_LINE = 500
LONGEST_TEXT = 100_000

Choice = TypeVar("Choice", bound=str)


def one_line(text: str, what: str, longest: int = LONGEST_LINE) -> str:
    """The text on one line without control characters; refused when it is too long."""
    found = " ".join(clean(text).split())
    if len(found) > longest:
        raise Refused(f"The {what} has {len(found)} characters", f"Use at most {longest}")
    return found


def many_lines(text: str, what: str) -> str:
    """The text with its line breaks, without other control characters; refused when it is too long."""
    found = "\n".join(clean(line).rstrip() for line in text.splitlines()).strip()
    if len(found) > LONGEST_TEXT:
        raise Refused(f"The {what} has {len(found)} characters", f"Use at most {LONGEST_TEXT:,}")
    return found


def checked_channel(channel: str) -> str:
    """A channel as it is stored; a user's own word is kept, on one line."""
    return one_line(channel, "channel", 40).casefold()


def one_of(choices: Iterable[Choice], text: str, what: str) -> Choice:
    """The choice that a text names; the refusal lists the choices of `what`."""
    known = {str(one): one for one in choices}
    found = known.get(text.strip().casefold())
    if found is None:
        article = "an" if what[0] in "aeiou" else "a"
        *most, last = known
        raise Refused(f"“{briefly(text, 40)}” is not {article} {what}", f"Use {', '.join(most)} or {last}")
    return found


def no_contact(contact_id: int) -> Refused:
    """The refusal of an unknown contact id."""
    return Refused(f"There is no contact #{contact_id}", "It may have been removed; look it up by name")


def present_names(contact_ids: Sequence[int]) -> dict[int, str]:
    """Names by id, each once, in the given order; refused when none is given or one does not exist."""
    if not contact_ids:
        raise Refused("Nobody was named", "Say whom this is about")
    names = contact_names.names_of(contact_ids)
    for contact_id in contact_ids:
        if contact_id not in names:
            raise no_contact(contact_id)
    return {contact_id: names[contact_id] for contact_id in contact_ids}


def present_name(contact_id: int) -> str:
    """The name of a contact; refused for an unknown one."""
    return present_names([contact_id])[contact_id]


def briefly(text: str, most: int = 80) -> str:
    """A user's text as a part of a sentence: on one line, cut off after `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def listed(names: Iterable[str], most: int = 2) -> str:
    """ "Ana Silva", "Ana Silva and Ben Okri", "Ana Silva, Ben Okri and 3 more"; never "and 1 more"."""
    found = list(names)
    if len(found) > most + 1:
        found[most:] = [f"{len(found) - most} more"]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def not_after(day: date, today: date, what: str) -> None:
    """Refuse a day after today for a past event."""
    if day > today:
        raise Refused(f"{what} on {day.isoformat()} is still to come", "Give a day up to today")


def not_before(day: date, today: date, what: str) -> None:
    """Refuse a day before today for a future event."""
    if day < today:
        raise Refused(f"{what} {day.isoformat()} is in the past", "Give today or a later day")
