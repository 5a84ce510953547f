"""What every part of the desk stands on: the store, the settings, and small look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Self

from planner.core.model import Settings
from planner.core.words.folding import clean, fold
from planner.errors import PlannerError, Refused
from planner.store.facts import contacts

if TYPE_CHECKING:
    from planner.config import Config
    from planner.store.session import Store

LONGEST_LINE = 500
LONGEST_TEXT = 100_000


class DeskBase:
    """One desk over one store: every method below it is one verb and one transaction."""

    def __init__(self, store: Store, config: Config) -> None:
        self.store = store
        self.config = config

    @property
    def settings(self) -> Settings:
        """The numbers in force."""
        return self.config.settings

    def address_form(self, kind: str, value: str) -> str:
        """The normal form an address is compared by: a folded e-mail, an E.164 number, a bare page address."""
        if kind == "email":
            return fold(value)
        if kind == "phone":
            from planner.desk.phones import phone_key

            return phone_key(value, self.config.region) or "".join(filter(str.isdigit, value))
        bare = fold(value).split("://", 1)[-1].removeprefix("www.")
        return bare.split("?", 1)[0].rstrip("/")

    def close(self) -> None:
        """Close the store, after a backup when something was written and the newest is a day old."""
        if self.store.wrote and not self.store.database.is_closed():
            from planner.store import backup

            # What keeps a backup from being made must not keep the planner from closing; `doctor` tells its age.
            with suppress(PlannerError):
                backup.daily(self.store)
            self.store.wrote = False
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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


def present_names(contact_ids: Sequence[int]) -> dict[int, str]:
    """Names by id; refused when one of them does not exist."""
    names = contacts.names_of(contact_ids)
    for contact_id in contact_ids:
        if contact_id not in names:
            raise Refused(f"There is no contact #{contact_id}", "It may have been removed; look it up by name")
    return names


def listed(names: Sequence[str], most: int = 2) -> str:
    """ "Ana Silva", "Ana Silva and Ben Okri", "Ana Silva, Ben Okri and 3 more"."""
    if len(names) <= most:
        return " and ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def not_after(day: date, today: date, what: str) -> None:
    """Refuse a date that has not come yet for something that happened."""
    if day > today:
        raise Refused(f"{what} on {day.isoformat()} is still to come", "Give a day up to today")


def not_before(day: date, today: date, what: str) -> None:
    """Refuse a date that is gone for something that is to come."""
    if day < today:
        raise Refused(f"{what} {day.isoformat()} is in the past", "Give today or a later day")
