"""Meetings of a watched calendar on the agenda: each with its hour, until it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from planner.core.evidence.seen import Attendance
from planner.core.model import ItemKind
from planner.desk import Desk
from tests.desk.desks import TODAY, add
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


def test_meetings_stand_by_the_hour_and_each_is_asked_about_from_its_hour_on(desk: Desk) -> None:
    hours = {"Ana Silva": 15, "Bo Berg": 1, "Cy Dent": 9, "Di Eck": 21}
    for name in [*hours][1:]:
        add(desk, name, emails=[f"{name[:2]}@example.org"])
    desk.interactions.log([add(desk, "Al Day")], on=TODAY, outcome="planned", channel="coffee")
    who = {"Ana Silva": ANA} | {name: f"{name[:2]}@example.org" for name in [*hours][1:]}
    # One o'clock of the next calendar day is still in the night of this one.
    days = {name: 24 if hour < 4 else 23 for name, hour in hours.items()}
    events = [event(name, at(11, days[name], hour), (who[name], MAYBE)) for name, hour in hours.items()]
    watch(desk, *events, now=at(11, 23, 6))
    asked = {}
    for now in (time(8, 59), time(9), time(23), time(0, 30), time(2)):
        here = Desk(desk.store, desk.config, lambda: TODAY, lambda now=now: now)
        agenda = here.reading.agenda()
        assert " ".join(one.item.contact_name[:2] for one in agenda.items) == "Cy An Di Bo Al"
        asks = [one.item.contact_name[:2] for one in agenda.items if "did it happen?" in one.why]
        asked[now.strftime("%H:%M")] = " ".join(asks), agenda.next_hour
        for one in agenda.items:
            assert here.reading.why(item_id=one.item.id).steps[0] == one.why
            waits = one.item.id in here.reading.card(one.item.contact_id).to_come
            assert waits == ("did it happen?" not in one.why)
        assert [one.why for one in here.reading.still_open([agenda.items[0].item.id])] == [agenda.items[0].why]
    briefs = Desk(desk.store, desk.config, lambda: TODAY).briefing.on(TODAY)
    assert " ".join(one.name[:2] for one in briefs) == "Cy An Di Bo Al"
    assert asked == {
        "08:59": ("Al", "09:00"), "09:00": ("Cy Al", "15:00"), "23:00": ("Cy An Di Al", "01:00"),
        "00:30": ("Cy An Di Al", "01:00"), "02:00": ("Cy An Di Bo Al", ""),
    }  # fmt: skip


def test_whether_it_happened_is_asked_only_where_nothing_says_so(desk: Desk) -> None:
    watch(desk, event("e", at(11, 23, 13), (ANA, MAYBE)))
    watch(desk, now=EVENING)
    (found,) = desk.reading.agenda().items
    assert "did it happen?" in found.why
