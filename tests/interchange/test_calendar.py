"""Calendars: the same state gives the same bytes, and every calendar program reads them alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from planner.config import Config
from planner.core.model import ItemKind, Settings
from planner.core.rhythm.calendar_entries import CalendarEntry
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.calendar import feed, folder
from planner.interchange.exporting import Exports
from tests.cases import case
from tests.desk.desks import TODAY, add, day, on, open_desk

ENTRY = CalendarEntry("u1-followup", ItemKind.FOLLOWUP, "Ana Silva", "call, about; \\ it", date(2026, 11, 30))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "planner.db") as found:
        yield found


def bytes_of(desk: Desk, *, todo: bool = False) -> bytes:
    return b"".join(Exports(desk.exports).calendar(todo=todo)[1])


def entries(data: bytes) -> dict[str, Any]:
    """Components by UID, as a library reads them."""
    (calendar,) = Calendar.from_ical(data, multiple=True)
    found = [one for one in calendar.walk() if one.name in ("VEVENT", "VTODO")]
    assert len({str(one["UID"]) for one in found}) == len(found)
    return {str(one["UID"]): one for one in found}


def only(desk: Desk, kind: str, **more: Any) -> Any:
    (found,) = (one for uid, one in entries(bytes_of(desk, **more)).items() if f"-{kind}" in uid)
    return found


def test_every_kind_of_the_agenda_is_in_it(tmp_path: Path) -> None:
    with Desk(demo_store(tmp_path / "demo.db"), Config(), lambda: DEMO_TODAY) as demo:
        demo.interactions.log([1], direction="them", channel="message", note="free on Friday?")
        demo.favors.enter("gave", [2], kind="loan", note="the drill")
        found = entries(bytes_of(demo))
        kinds = {str(one["CATEGORIES"].cats[0]) for one in found.values()}
        assert kinds == set(map(str, ItemKind))
        as_todo = entries(bytes_of(demo, todo=True))
        assert set(as_todo) == set(found)
        assert {one.name for uid, one in as_todo.items() if "-date-" in uid} == {"VEVENT"}
        assert {one.name for uid, one in as_todo.items() if "-date-" not in uid} == {"VTODO"}


def test_nothing_changed_means_not_one_byte_changed(tmp_path: Path) -> None:
    with Desk(demo_store(tmp_path / "demo.db"), Config(), lambda: DEMO_TODAY) as demo:
        first = bytes_of(demo)
        files = folder(demo.exports.calendar())
    with Desk(open_desk(tmp_path / "demo.db").store, Config(), lambda: DEMO_TODAY + timedelta(days=40)) as again:
        assert bytes_of(again) == first
        assert folder(again.exports.calendar()) == files
        assert len(files) == first.count(b"BEGIN:VEVENT")


def test_an_entry_is_a_whole_day_that_takes_no_time_and_is_called_at_nine(desk: Desk) -> None:
    ana = add(desk)
    desk.triage.follow_up([ana], "call about, the flat; soon", on(7))
    found = only(desk, "followup")
    assert found.decoded("DTSTART") == on(7)
    assert found.decoded("DTEND") == on(8)
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert (found["TRANSP"], found["CLASS"]) == ("TRANSPARENT", "PRIVATE")
    assert str(found["SUMMARY"]) == "Ana Silva: call about, the flat; soon"
    (alarm,) = found.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=9)
    todo = only(desk, "followup", todo=True)
    assert todo.decoded("DUE") == on(7)
    assert todo["STATUS"] == "NEEDS-ACTION"
    assert todo.walk("VALARM")[0]["TRIGGER"].params["RELATED"] == "END"


def test_a_reschedule_is_told_and_so_is_taking_it_back(desk: Desk) -> None:
    ana = add(desk)
    key = desk.triage.follow_up([ana], "call", on(7)).id
    before = only(desk, "followup")
    assert before["SEQUENCE"] == 0
    desk.triage.move([f"f{key}"], on(9))
    after = only(desk, "followup")
    assert (after["UID"], after["SEQUENCE"], after.decoded("DTSTART")) == (before["UID"], 1, on(9))
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")
    desk.keeping.undo()
    back = only(desk, "followup")
    assert (back["SEQUENCE"], back.decoded("DTSTART")) == (2, on(7))


def test_a_talk_moves_the_next_one_and_a_note_moves_nothing(desk: Desk) -> None:
    ana = add(desk, cadence="4w", since=TODAY)
    assert only(desk, "cadence")["SEQUENCE"] == 0
    desk.interactions.note([ana], "likes tea")
    assert only(desk, "cadence")["SEQUENCE"] == 0
    desk.on(TODAY + timedelta(days=3)).interactions.log([ana])
    found = only(desk, "cadence")
    assert (found["SEQUENCE"], found.decoded("DTSTART")) == (1, on(31))
    assert "last contact 2026-11-26" in str(found["DESCRIPTION"])


def test_snoozed_paused_and_planned_stand_where_they_will_be_seen(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(11, 1))
    desk.triage.snooze([f"c{ana}"], day(12, 1))
    assert only(desk, "cadence").decoded("DTSTART") == day(12, 1)
    desk.triage.pause(everyone=True, until=day(12, 20))
    assert only(desk, "cadence").decoded("DTSTART") == day(12, 20)
    desk.triage.pause([ana])
    assert [uid for uid in entries(bytes_of(desk)) if "-cadence" in uid] == []
    desk.triage.resume([ana])
    desk.interactions.log([ana], on=day(11, 27), outcome="planned")
    assert [uid.rpartition("-")[2] for uid in entries(bytes_of(desk))] == ["planned"]


@pytest.mark.parametrize(
    ("repeat", "rule"),
    [
        ("+1w", "FREQ=WEEKLY"),
        ("++2m", "FREQ=MONTHLY;INTERVAL=2"),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        (".+3m", ""),
    ],
)
def test_a_follow_up_that_comes_again_comes_again_in_the_calendar(desk: Desk, repeat: str, rule: str) -> None:
    desk.triage.follow_up([add(desk)], "call", day(11, 27), repeat=repeat)
    found = only(desk, "followup")
    text = found["RRULE"].to_ical().decode() if "RRULE" in found else ""
    assert text == rule
    assert "RRULE" not in only(desk, "followup", todo=True)


@pytest.mark.parametrize(
    ("setting", "first", "rule"),
    [
        ("feb28", day(2, 28), {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}),
        ("mar1", day(3, 1), {"FREQ": ["YEARLY"], "BYYEARDAY": [60]}),
    ],
)
def test_birthdays_come_every_year(tmp_path: Path, setting: str, first: date, rule: dict[str, Any]) -> None:
    with open_desk(tmp_path / "leap.db", Settings(leap_birthday=setting)) as desk:
        add(desk, birthday="02-29")
        add(desk, "Ben Okri", birthday="1988-06-01")
        found = {str(one["SUMMARY"]): one for one in entries(bytes_of(desk)).values()}
        assert found["Ana Silva: birthday"].decoded("DTSTART") == first
        assert dict(found["Ana Silva: birthday"]["RRULE"]) == rule
        assert found["Ben Okri: birthday (1988)"].decoded("DTSTART") == date(1988, 6, 1)
        assert dict(found["Ben Okri: birthday (1988)"]["RRULE"]) == {"FREQ": ["YEARLY"]}


def test_a_corrected_birthday_is_the_same_entry_on_another_day(desk: Desk) -> None:
    ana = add(desk, birthday="06-01")
    before = only(desk, "date")
    desk.people.edit(ana, ContactDraft(birthday="06-02"))
    after = only(desk, "date")
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)


def test_an_empty_planner_has_an_empty_calendar(desk: Desk) -> None:
    assert entries(bytes_of(desk)) == {}


HOSTILE = (
    "x\r\nEND:VEVENT\r\nATTACH:http://evil", "x\nATTACH:x", "x\rATTACH:x", "\x1b]52;c;x\x07", "x\u2028ATTACH:x",
    "x\x85ATTACH:x", "\u202eabc", "a;b,c\\n\\", '"quoted":x', "é" * 400, "日" * 100, "\x00",
)  # fmt: skip


def test_no_text_breaks_out_of_its_line() -> None:
    for text in HOSTILE:
        for todo in [False, True]:
            with case(text, todo):
                for kind in ItemKind:
                    entry = replace(ENTRY, uid=f"u-{kind}", kind=kind, name=text, text=text, changed_at=text)
                    data = b"".join(feed([entry], todo=todo))
                    assert data.count(b"\n") == data.count(b"\r\n")
                    lines = data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
                    assert all(line.isprintable() for line in lines)
                    assert not [line for line in lines if line.startswith("ATTACH")]
                    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
                    (name,) = {"VTODO" if todo and kind is not ItemKind.DATE else "VEVENT"}
                    assert lines.count(f"END:{name}") == 1
                    assert len(entries(data)) == 1
