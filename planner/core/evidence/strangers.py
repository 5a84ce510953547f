"""People who are not contacts but could be: messages went both ways, on two days or more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo

from planner.core.dates.civil import civil_today
from planner.core.evidence.owners import ME, HandleOwners, Key, key_of
from planner.core.evidence.seen import (
    MOST_RECIPIENTS,
    Call,
    CallKind,
    ChatLine,
    Handle,
    HandleKind,
    Mail,
    Seen,
)
from planner.core.evidence.traces import SHORTEST_TALK
from planner.core.records import record

FEWEST_DAYS = 2
"""The fewest days with messages for a stranger to be proposed; at least one in each direction."""
WEIGHT_DAYS = 365
"""A stranger last heard of this many days ago weighs half as much as one heard of today."""


@record(frozen=True, slots=True)
class Stranger:
    """Somebody who is no contact: their handle, the days on which they and I wrote or called, and the last of them."""

    handle: Handle
    theirs: int
    mine: int
    last: date


class _DaysWith:
    __slots__ = ("handle", "letters", "mine", "theirs")

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self.theirs: set[date] = set()
        self.mine: set[date] = set()
        self.letters: dict[str, tuple[bool, date]] = {}


class Strangers:
    """Counts the days on which messages went to and came from people who are no contacts.

    `zone` is my time zone; a day begins at `day_starts_at`.
    """

    def __init__(self, owners: HandleOwners, zone: tzinfo, day_starts_at: time) -> None:
        self._owners = owners
        self._zone = zone
        self._day_starts_at = day_starts_at
        self._found: dict[Key, _DaysWith] = {}
        self._void: set[str] = set()
        self._chats: dict[str, tuple[dict[Key, Handle], dict[Key | None, set[date]]]] = {}
        self._groups: set[str] = set()

    def see(self, seen: Seen) -> None:
        """Take one record of a source; events are ignored, since they do not tell who writes and calls."""
        if isinstance(seen, Mail):
            self._mail(seen)
        elif isinstance(seen, Call):
            self._call(seen)
        elif isinstance(seen, ChatLine):
            self._line(seen)

    def best(self, today: date) -> list[Stranger]:
        """The strangers worth proposing, those with the most and latest days first."""
        for name, (writers, days) in self._chats.items():
            if name not in self._groups and len(writers) == 1:
                (key, handle), mine = next(iter(writers.items())), days.get(None, set())
                found = self._of(key, handle)
                found.theirs |= days.get(key, set())
                found.mine |= mine
        return sorted(self._worth(), key=lambda one: (-_weight(one, today), key_of(one.handle)))

    def _worth(self) -> Iterator[Stranger]:
        for found in self._found.values():
            theirs, mine = set(found.theirs), set(found.mine)
            for key, (is_mine, on) in found.letters.items():
                if key not in self._void:
                    (mine if is_mine else theirs).add(on)
            if theirs and mine and len(theirs | mine) >= FEWEST_DAYS:
                yield Stranger(found.handle, len(theirs), len(mine), max(theirs | mine))

    def _of(self, key: Key, handle: Handle) -> _DaysWith:
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _DaysWith(handle)
        elif handle.name and not found.handle.name:
            found.handle = handle
        return found

    def _day(self, at: datetime) -> date:
        local = at.astimezone(self._zone) if at.tzinfo is not None else at
        return civil_today(local.replace(tzinfo=None), self._day_starts_at)

    def _is_stranger(self, handle: Handle) -> bool:
        return not self._owners.is_settled(handle) and not self._owners.is_shared(handle)

    def _mail(self, mail: Mail) -> None:
        if mail.signs or len(mail.recipients) > MOST_RECIPIENTS:
            self._void.add(mail.key)
            return
        if mail.sender is None or mail.at is None:
            return
        mine = self._owners.owner(mail.sender) == ME
        to_me = any(self._owners.owner(one) == ME for one in mail.recipients) or any(
            self._owners.is_mine(HandleKind.EMAIL, one) for one in mail.delivered_to
        )
        others = mail.recipients if mine else (mail.sender,) if to_me else ()
        for one in others:
            if self._is_stranger(one):
                self._of(key_of(one), one).letters[mail.key] = (mine, self._day(mail.at))

    def _call(self, call: Call) -> None:
        talked = call.seconds >= SHORTEST_TALK and call.kind in (CallKind.IN, CallKind.OUT)
        if talked and self._is_stranger(call.handle):
            found = self._of(key_of(call.handle), call.handle)
            (found.mine if call.kind is CallKind.OUT else found.theirs).add(self._day(call.at))

    def _line(self, line: ChatLine) -> None:
        writers, days = self._chats.setdefault(line.chat, ({}, {}))
        if line.group:
            self._groups.add(line.chat)
        key: Key | None = None
        if line.writer is not None and self._owners.owner(line.writer) != ME:
            key = key_of(line.writer)
            if self._is_stranger(line.writer):
                writers[key] = line.writer
            else:
                self._groups.add(line.chat)
        days.setdefault(key, set()).add(self._day(line.at))


def _weight(one: Stranger, today: date) -> float:
    """Days with messages in either direction, weighted down with age."""
    age = max(0, (today - one.last).days)
    fading = float(0.5 ** (age / WEIGHT_DAYS))
    return (min(one.theirs, one.mine) + (one.theirs + one.mine) / 4) * fading
