"""Calendars: which instances an event has, who is asked to them, and what one damaged part costs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.core.evidence.seen import Attendance, Event
from planner.interchange.evidence.reading import recognised
from tests.cases import case
from tests.interchange.evidence.runs import NOW, kept, put, run

OSLO = ZoneInfo("Europe/Oslo")
ANA = "ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:Ana@x.example"
CHATHAM = """BEGIN:VTIMEZONE
TZID:Our own zone
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE"""


def event(*lines: str, people: str = ANA, uid: str = "one") -> str:
    """An event with Ana."""
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Lunch", *lines, people, "END:VEVENT"))


def calendar(*parts: str) -> str:
    """A calendar of events, with the line ends of the standard."""
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", "")).replace("\n", "\r\n")


def seen_in(path: Path, text: str, now: datetime = NOW) -> list[Event]:
    """The events of a calendar, by time."""
    seen, reading = run(put(path / "calendar", text), "calendar", zone=OSLO, now=now)
    assert not reading.troubles, reading.troubles
    events = [one for one in seen if isinstance(one, Event)]
    return sorted(events, key=lambda one: one.start.isoformat() if one.start else one.first_day.isoformat())  # type: ignore[union-attr]


def starts(path: Path, *parts: str) -> list[str]:
    """When the instances begin that are not cancelled, as the clock shows it in Oslo; of whole days the day."""
    return [
        one.start.astimezone(OSLO).strftime("%d%m%y %H:%M") if one.start else f"{one.first_day:%d%m%y}"
        for one in seen_in(path, calendar(*parts))
        if not one.cancelled
    ]


WEEKLY = ("DTSTART;TZID=Europe/Oslo:20260302T090000", "DTEND;TZID=Europe/Oslo:20260302T100000")
"""A Monday before summer time begins on 29 March."""


def test_the_instances_of_a_series_are_those_that_take_place(tmp_path: Path) -> None:
    mondays = ["020326 09:00", "090326 09:00", "160326 09:00", "230326 09:00", "300326 09:00", "060426 09:00"]
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20260406T070000Z"
    changed = event("RECURRENCE-ID:20260309T080000Z", "DTSTART;TZID=Europe/Oslo:20260310T110000", "DURATION:PT1H")
    going_on = changed.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")
    for name, expected, parts in (
        ("until an instant", mondays, [event(*WEEKLY, rule)]),
        ("until a day", mondays, [event(*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20260406")]),
        ("a count", mondays[:3], [event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=3")]),
        ("until a second before the last", mondays[:5], [event(*WEEKLY, "RRULE:FREQ=WEEKLY;UNTIL=20260406T065959Z")]),
        ("excluded by the same instant", [*mondays[:1], *mondays[2:]],
         [event(*WEEKLY, rule, "EXDATE:20260309T080000Z")]),
        ("excluded in its zone", [*mondays[:4], mondays[5]],
         [event(*WEEKLY, rule, "EXDATE;TZID=Europe/Oslo:20260330T090000")]),
        ("excluded by a day", mondays[1:], [event(*WEEKLY, rule, "EXDATE;VALUE=DATE:20260302")]),
        ("excluded by what does not match", mondays,
         [event(*WEEKLY, rule, "EXDATE:20260309T090000Z,20200101T000000")]),
        ("moved, not doubled", [mondays[0], "100326 11:00", *mondays[2:]], [event(*WEEKLY, rule), changed]),
        ("moved, before its series", [mondays[0], "100326 11:00", *mondays[2:]], [changed, event(*WEEKLY, rule)]),
        ("moved with all after it", [mondays[0], "100326 11:00", "170326 11:00", "240326 11:00", "310326 11:00",
                                     "070426 11:00"],
         [event(*WEEKLY, rule), going_on]),
        ("cancelled with all after it", mondays[:1],
         [event(*WEEKLY, rule), going_on.replace("DURATION", "STATUS:CANCELLED\nDURATION")]),
        ("moved and cancelled", [mondays[0], *mondays[2:]],
         [event(*WEEKLY, rule), changed.replace("DURATION", "STATUS:CANCELLED\nDURATION")]),
        ("changed ones alone, whose rule says nothing", ["100326 11:00"],
         [changed.replace("DURATION", "RRULE:FREQ=DAILY\nDURATION")]),
        ("the end before the beginning", [], [event(*WEEKLY, "RRULE:FREQ=DAILY;UNTIL=20200101T000000Z")]),
        ("more dates", ["020326 09:00", "040326 09:00", "050326 12:00"],
         [event(*WEEKLY, "RDATE:20260304T080000Z", "RDATE;VALUE=PERIOD:20260305T110000Z/PT2H")]),
        ("dates of mixed kinds", ["020326 09:00", "040326", "050326 09:00"],
         [event(*WEEKLY, "RDATE;VALUE=DATE:20260304", "RDATE;TZID=Europe/Oslo:20260305T090000")]),
        ("whole days", ["120826", "130826", "140826"],
         [event("DTSTART;VALUE=DATE:20260812", "RDATE;VALUE=DATE:20260812,20260813,20260814")]),
        ("whole days until a time", ["010326", "010426", "010526"],
         [event("DTSTART;VALUE=DATE:20260301", "RRULE:FREQ=MONTHLY;UNTIL=20260502T000000Z")]),
        ("a month without the day", ["310126 10:00", "310326 10:00", "310526 10:00"],
         [event("DTSTART;TZID=Europe/Oslo:20260131T100000", "RRULE:FREQ=MONTHLY;COUNT=3")]),
        ("the clock repeated in the rule", mondays[:2],
         [event(*WEEKLY, "RRULE:FREQ=WEEKLY;BYHOUR=9;BYMINUTE=0;COUNT=2")]),
        ("an unknown zone is where I am", ["030426 10:00", "030526 10:00"],
         [event("DTSTART;TZID=Nowhere:20260403T100000", "RRULE:FREQ=MONTHLY;COUNT=2", "EXDATE:20260503T080000Z")]),
        ("floating", ["030426 10:00"], [event("DTSTART:20260403T100000")]),
        ("floating, with a zone of the calendar", ["030426 16:00"],
         ["X-WR-TIMEZONE:America/New_York", event("DTSTART:20260403T100000")]),
        ("a zone of its own", ["030426 06:00"],
         [CHATHAM.format(offset="+0600"), event("DTSTART;TZID=Our own zone:20260403T100000")]),
        ("a zone of its own, defined later", ["030426 06:00"],
         [event("DTSTART;TZID=Our own zone:20260403T100000"), CHATHAM.format(offset="+0600")]),
        ("the same zone defined otherwise", ["030426 07:00"],
         [CHATHAM.format(offset="+0500"), event("DTSTART;TZID=Our own zone:20260403T100000")]),
        ("a newer copy", ["040426 10:00"],
         [event("DTSTART:20260404T100000", "SEQUENCE:2"), event("DTSTART:20260403T100000", "SEQUENCE:1")]),
        ("two of one time", ["030426 10:00"] * 2,
         [event("DTSTART:20260403T100000"), event("DTSTART:20260403T100000", uid="two")]),
    ):  # fmt: skip
        with case(name):
            assert starts(tmp_path, *parts) == expected


def test_a_damaged_part_costs_nothing_but_itself(tmp_path: Path) -> None:
    good = event("DTSTART:20260403T100000", "BEGIN:VALARM\nTRIGGER:-PXYZ\nATTENDEE:mailto:alarm@x.example\nEND:VALARM")
    for name, part, troubles in (
        ("an impossible offset", CHATHAM.format(offset="-9999999"), 0),
        ("an alarm", event("DTSTART:20260404T100000", "BEGIN:VALARM\nDURATION:never\nEND:VALARM", uid="2"), 0),
        ("no time", event("DTSTART:soon", uid="2"), 1),
        ("finer than a day", event("DTSTART:20260404T100000", "RRULE:FREQ=SECONDLY", uid="2"), 1),
        ("no interval", event("DTSTART:20260404T100000", "RRULE:FREQ=DAILY;INTERVAL=0", uid="2"), 1),
        ("every minute", event("DTSTART:20260404T100000", "RRULE:FREQ=DAILY;BYMINUTE=1,2,3", uid="2"), 1),
        ("never ended", event("DTSTART:20260404T100000", uid="2").replace("END:VEVENT", ""), 1),
        ("a long line", event("DTSTART:20260404T100000", "DESCRIPTION:" + "x" * 3_000_000, uid="2"), 0),
        ("no date", event("DTSTART:20260404T100000", "RRULE:FREQ=DAILY;UNTIL=soon", uid="2"), 1),
        ("the year 1", event("DTSTART:00010101T000000", uid="2"), 1),
    ):
        for parts in ((part, good), (good, part)):
            with case((name, parts[0] is good)):
                seen, reading = run(put(tmp_path / "c", calendar(*parts)), "calendar", zone=OSLO)
                assert datetime(2026, 4, 3, 8, tzinfo=UTC) in [one.start for one in seen if isinstance(one, Event)]
                assert len(reading.troubles) == troubles
                assert "alarm@" not in str(seen)


def test_a_series_without_an_end_is_bounded(tmp_path: Path) -> None:
    daily = seen_in(tmp_path, calendar(event("DTSTART:19700101T100000Z", "RRULE:FREQ=DAILY")))
    assert len(daily) == 1000
    assert daily[0].start is not None
    assert daily[0].start > NOW - timedelta(days=3 * 366 + 2)
    weekly = seen_in(tmp_path, calendar(event("DTSTART:19700101T100000Z", "RRULE:FREQ=WEEKLY")))
    assert weekly[-1].start is not None
    assert NOW + timedelta(days=350) < weekly[-1].start < NOW + timedelta(days=368)


def test_exclusions_without_number_are_cut(tmp_path: Path) -> None:
    excluded = "\n".join(["EXDATE:" + ",".join(["20250101T100000Z"] * 900)] * 1000)
    assert len(seen_in(tmp_path, calendar(event("DTSTART:20260403T100000", excluded, people="X-A:1\n" + ANA)))) == 0
    lines = (ANA, excluded)
    assert len(seen_in(tmp_path, calendar(event("DTSTART:20260403T100000", *lines, people="")))) == 1


def test_people_are_told_with_their_answers_and_rooms_are_none(tmp_path: Path) -> None:
    people = "\n".join((
        ANA,
        "ATTENDEE;PARTSTAT=TENTATIVE;CN=\"Nord, Kari\":mailto:kari@x.example",
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:ben@x.example",
        "ATTENDEE;PARTSTAT=DELEGATED:mailto:cid@x.example",
        "ATTENDEE:mailto:dora@x.example",
        "ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@x.example",
        "ATTENDEE;CUTYPE=RESOURCE:mailto:beamer@x.example",
        "ATTENDEE;CUTYPE=GROUP:mailto:all@x.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:copy@x.example",
        "ATTENDEE:urn:uuid:1234",
        "ATTENDEE:mailto:",
        "ORGANIZER;CN=Ana:mailto:ana@x.example",
    ))  # fmt: skip
    (one,) = seen_in(tmp_path, calendar(event("DTSTART:20260403T100000", "TRANSP:TRANSPARENT", people=people)))
    answers = {attendee.handle.value.partition("@")[0]: attendee.answer for attendee in one.attendees}
    assert answers == {
        "ana": Attendance.ACCEPTED,
        "kari": Attendance.TENTATIVE,
        "ben": Attendance.DECLINED,
        "cid": Attendance.DECLINED,
        "dora": Attendance.NONE,
    }
    assert [attendee.handle.value for attendee in one.attendees if attendee.organizer] == ["ana@x.example"]
    assert [attendee.handle.name for attendee in one.attendees][:2] == ["Ana", "Nord, Kari"]
    assert (one.free, one.cancelled) == (True, False)
    assert seen_in(tmp_path, calendar("METHOD:CANCEL", event("DTSTART:20260403T100000")))[0].cancelled
    assert seen_in(tmp_path, calendar(event("DTSTART:20260403T100000", people="X-A:1"))) == []


def test_an_event_ends_when_it_says(tmp_path: Path) -> None:
    for name, lines, expected in (
        ("an end in another zone", ("DTSTART:20260403T100000Z", "DTEND;TZID=Europe/Oslo:20260403T130000"), 60),
        ("a length", ("DTSTART:20260403T100000Z", "DURATION:PT90M"), 90),
        ("neither", ("DTSTART:20260403T100000Z",), 0),
        ("an end before it", ("DTSTART:20260403T100000Z", "DTEND:20260402T100000Z"), 0),
        ("over the change of the clock",
         ("DTSTART;TZID=Europe/Oslo:20260329T013000", "DTEND;TZID=Europe/Oslo:20260329T033000"), 60),
    ):  # fmt: skip
        with case(name):
            (one,) = seen_in(tmp_path, calendar(event(*lines)))
            assert one.start is not None
            assert one.end == one.start + timedelta(minutes=expected)
    (one,) = seen_in(tmp_path, calendar(event("DTSTART;VALUE=DATE:20260403", "DTEND;VALUE=DATE:20260406")))
    assert (one.start, one.first_day, one.last_day) == (None, date(2026, 4, 3), date(2026, 4, 5))


def test_a_folder_of_events_is_a_calendar_and_read_again_when_one_has_ended(tmp_path: Path) -> None:
    put(tmp_path / "cal" / "a.ics", calendar(event("DTSTART:20261124T100000Z", "DURATION:PT1H")))
    put(tmp_path / "cal" / "b.ics", calendar(event("DTSTART:20260403T100000Z", uid="two")))
    put(tmp_path / "cal" / "color", "#ff0000")
    assert recognised(tmp_path / "cal") == "calendar"
    assert recognised(tmp_path / "cal" / "a.ics") == "calendar"
    put(tmp_path / "cal" / "c.ics", "a note")
    first, reading = run(tmp_path / "cal", "calendar", zone=OSLO)
    assert len(first) == 2
    remembered = kept(reading)
    for hours, count in ((1, 0), (22, 0), (24, 1)):
        later, reading = run(tmp_path / "cal", "calendar", remembered, zone=OSLO, now=NOW + timedelta(hours=hours))
        assert len(later) == count
        assert {one.key for one in later} <= {one.key for one in first}
    assert run(tmp_path / "cal", "calendar", kept(reading, remembered), now=NOW + timedelta(hours=25))[0] == []
    assert len(run(tmp_path / "cal", "calendar", remembered, since=date(2026, 11, 1))[0]) == 1


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_instances_at_the_edge_of_the_span_are_the_same_everywhere(tmp_path: Path, zone: str) -> None:
    path = put(tmp_path / "c.ics", calendar(event("DTSTART:20261101T233000Z", "RRULE:FREQ=DAILY;COUNT=5")))
    seen, _ = run(path, "calendar", zone=ZoneInfo(zone))
    assert len({one.key for one in seen}) == 5
