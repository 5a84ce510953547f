"""Meetings of a watched calendar on the agenda: each with its hour, until it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.core.evidence.seen import Attendance
from planner.core.model import ItemKind
from planner.desk import Desk
from tests.desk.desks import add
from tests.desk.evidence_runs import ME, at, desk_of, event, mail, watch
from tests.store.stores import assert_sound

ANA = "ana@example.org"
YES, MAYBE = Attendance.ACCEPTED, Attendance.TENTATIVE
EVENING = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_of(tmp_path / "planner.db") as found:
        add(found, "Ana Silva", emails=[ANA])
        yield found
        assert_sound(found.store)


def meetings(desk: Desk) -> list[str]:
    return [one.item.text for one in desk.reading.agenda().items if one.item.kind is ItemKind.PLANNED]


def test_a_meeting_of_today_stands_with_its_hour_until_it_is_over(desk: Desk) -> None:
    watch(desk, event("e", at(11, 23, 15, 30), (ANA, YES)))
    assert meetings(desk) == ["meeting at 15:30"]
    watch(desk, now=EVENING)
    assert meetings(desk) == []
    assert str(desk.reading.card(1).interactions[0].outcome) == "reached"


def test_a_letter_of_the_same_day_does_not_stand_for_the_meeting(desk: Desk) -> None:
    watch(desk, event("e", at(11, 23, 15), (ANA, YES)), mail("1", ANA, ME, on=at(11, 23, 9)))
    assert meetings(desk) == ["meeting at 15:00"]
    desk.interactions.log([1])
    assert meetings(desk) == []


def test_another_hour_of_the_same_day_is_shown_once_it_is_read(desk: Desk) -> None:
    watch(desk, event("e", at(11, 23, 13), (ANA, YES)))
    watch(desk, event("e", at(11, 23, 16), (ANA, YES)))
    assert meetings(desk) == ["meeting at 16:00"]


def test_whether_it_happened_is_asked_only_where_nothing_says_so(desk: Desk) -> None:
    watch(desk, event("e", at(11, 23, 13), (ANA, MAYBE)))
    watch(desk, now=EVENING)
    (found,) = desk.reading.agenda().items
    assert "did it happen?" in found.why
