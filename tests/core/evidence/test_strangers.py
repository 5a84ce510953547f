"""Who is proposed as a contact: a day begins when I say, as everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from planner.core.evidence.owners import HandleOwners
from planner.core.evidence.seen import Handle, HandleKind, Mail
from planner.core.evidence.strangers import Strangers

ME, CARL = Handle(HandleKind.EMAIL, "me@example.org"), Handle(HandleKind.EMAIL, "carl@example.net")


def proposed(starts: time) -> list[tuple[int, int, date]]:
    found = Strangers(HandleOwners({}, [(HandleKind.EMAIL, "me@example.org")]), UTC, starts)
    found.see(Mail("1", datetime(2026, 11, 16, 23, tzinfo=UTC), CARL, (ME,)))
    found.see(Mail("2", datetime(2026, 11, 17, 1, tzinfo=UTC), ME, (CARL,)))
    return [(one.theirs, one.mine, one.last) for one in found.best(date(2026, 11, 23))]


def test_one_night_is_one_day_where_days_begin_at_four() -> None:
    assert proposed(time(0)) == [(1, 1, date(2026, 11, 17))]
    assert proposed(time(4)) == []
