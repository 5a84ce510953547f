"""What the tests of evidence share: sources made of values, and short ways to say what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from planner.config import Config
from planner.core.evidence.seen import (
    Attendance,
    Attendee,
    Call,
    CallKind,
    ChatLine,
    Event,
    Handle,
    HandleKind,
    Mail,
    Seen,
)
from planner.desk import Desk
from planner.desk.evidence.values import SourcesRead
from planner.store.evidence.sources import WatchedSource
from planner.store.session import Store
from tests.desk.desks import TODAY

ME = "me@example.org"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Shown:
    """One reading of a source: what it shows, all remembered afterwards."""

    def __init__(self, seen: Iterable[Seen]) -> None:
        self.seen = list(seen)
        self.remember: dict[str, bytes | None] = {}
        self.troubles: list[str] = []
        self.done = self.total = 0

    def __iter__(self) -> Iterator[Seen]:
        yield from self.seen
        self.remember = {"all": b"read"}

    def stop(self) -> None:
        self.seen = []


def desk_of(path: Any, *me: str) -> Desk:
    """A desk that knows who I am, on `TODAY`."""
    config = Config(me=me or (ME,))
    return Desk(Store(path, config.settings, session="test").open(), config, lambda: TODAY)


def watch(desk: Desk, *seen: Seen, source: int = 0, now: datetime = NOW, **how: Any) -> SourcesRead:
    """Read the sources once; the one of a number, or the first, shows these, and the others nothing."""
    if not desk.evidence.listed():
        desk.evidence.add("/mail", "maildir")
    wanted = source or desk.evidence.listed()[0].source.id

    def opened(place: WatchedSource, remembered: Mapping[str, bytes]) -> Shown:
        return Shown(seen if place.id == wanted else ())

    return desk.evidence.run(opened, zone=UTC, now=now, **how)


def at(month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def email(value: str) -> Handle:
    return Handle(HandleKind.EMAIL, value)


def mail(key: str, sender: str, *to: str, on: datetime | None = None, **more: Any) -> Mail:
    return Mail(key, on or at(11, 16), email(sender), tuple(map(email, to)), **more)


def call(kind: CallKind, seconds: int, on: datetime, number: str = "+4790011222") -> Call:
    return Call(f"{number}{on}{kind}", on, Handle(HandleKind.PHONE, number), kind, seconds)


def event(
    key: str, start: datetime, *people: tuple[str, Attendance], organizer: str = ME, hours: int = 1, **more: Any
) -> Event:
    attendees = [Attendee(email(organizer), Attendance.NONE, organizer=True)]
    attendees += [Attendee(email(one), answer) for one, answer in people]
    return Event(key, start, start.replace(hour=start.hour + hours), tuple(attendees), **more)


def line(chat: str, writer: str | None, on: datetime, **more: Any) -> ChatLine:
    who = None if writer is None else Handle(HandleKind.NAME, writer)
    return ChatLine(f"{chat}{writer}{on}", chat, on, who, **more)


def history(desk: Desk, contact_id: int) -> list[tuple[date, str, str, str]]:
    """(day, channel, direction, outcome) of a contact's interactions, oldest first."""
    found = desk.reading.card(contact_id, history=999).interactions
    return sorted((one.on, one.channel, str(one.direction), str(one.outcome)) for one in found)
