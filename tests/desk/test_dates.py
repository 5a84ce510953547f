"""Birthdays and other days of the year on the agenda: lead time, the day, belated, over New Year, 29 February."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.core.model import ItemKind, Settings
from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.desk.desks import TODAY, add, day, on, open_desk, shown


def days_shown(desk: Desk, around: date, before: int = 10, after: int = 10) -> dict[date, date]:
    """For each day around a date on which the birthday is on the agenda: the occurrence that shows."""
    found = {}
    for count in range(-before, after + 1):
        today = around + timedelta(days=count)
        for due, planned in shown(desk.on(today).reading.agenda()).values():
            assert planned == max(due, today)
            found[today] = due
    return found


def test_birthday_shows_from_the_lead_time_on_through_belated_then_rolls(desk: Desk) -> None:
    add(desk, birthday="2026-03-10")
    add(desk, "Ben", birthday="03-10", mode="never")
    found = days_shown(desk, day(3, 10, 2027), 15, 15)
    assert set(found.values()) == {day(3, 10, 2027)}
    # On Monday 1 March the day lies in next week, beyond the lead; from Wednesday on it shows.
    assert (min(found), max(found), len(found)) == (day(3, 3, 2027), day(3, 17, 2027), 15)


def test_birthday_belated_is_not_over_and_says_how_long(desk: Desk) -> None:
    add(desk, birthday="1988-11-20")
    (item,) = desk.reading.agenda().items
    assert (item.item.kind, item.overdue_days, item.planned) == (ItemKind.DATE, 3, TODAY)
    assert item.item.text == "birthday: turns 38"


@pytest.mark.parametrize(("lead", "belated"), [(0, 0), (3, 2), (14, 1)])
def test_birthday_lead_time_and_belated_days_are_configurable(tmp_path: Path, lead: int, belated: int) -> None:
    settings = Settings(date_lead_days=lead, date_belated_days=belated)
    with open_desk(tmp_path / "planner.db", settings) as desk:
        add(desk, birthday="03-15")
        found = days_shown(desk, day(3, 15, 2027), 20, 20)
    # A Monday: the week before does not hold it, so that only the lead time shows it.
    assert day(3, 15, 2027).weekday() == 0
    assert (min(found), max(found)) == (
        day(3, 15, 2027) - timedelta(days=lead),
        day(3, 15, 2027) + timedelta(days=belated),
    )


@pytest.mark.parametrize("birthday", ["01-02", "1980-01-02"])
def test_birthday_over_new_year_shows_before_and_after_it(desk: Desk, birthday: str) -> None:
    add(desk, birthday=birthday)
    assert set(days_shown(desk, day(1, 2, 2027))) == {day(12, 26) + timedelta(days=count) for count in range(15)}
    add(desk, "Sylvester", birthday="12-31")
    found = shown(desk.on(day(12, 29)).reading.agenda())
    assert found == {"d1": (day(1, 2, 2027), day(1, 2, 2027)), "d2": (day(12, 31), day(12, 31))}
    assert [one.item.id for one in desk.on(day(12, 29)).reading.agenda().items] == ["d2", "d1"]


def test_birthday_age_is_told_only_when_the_year_is_known(desk: Desk) -> None:
    for name, birthday in (("Ana", "1988-11-25"), ("Ben", "11-25"), ("Baby", "2026-11-25"), ("Unborn", "2027-11-25")):
        # Who is still to be born comes from a file, or from a session whose clock is ahead.
        add(desk, name, birthday=birthday, today=day(11, 25, 2027))
    words = {one.item.contact_name: one.item.text for one in desk.reading.agenda().items}
    assert words == {"Ana": "birthday: turns 38", "Ben": "birthday", "Baby": "birthday"}


def test_birthday_kept_is_done_until_next_year(desk: Desk) -> None:
    ana = add(desk, birthday="1988-11-25")
    desk.triage.done(["d1"])
    assert days_shown(desk, day(11, 25)) == {}
    assert set(days_shown(desk, day(11, 25, 2027)).values()) == {day(11, 25, 2027)}
    assert desk.reading.card(ana).interactions == ()
    assert [one.item.text for one in desk.reading.agenda().done] == ["birthday: turns 38"]
    desk.keeping.undo()
    assert set(shown(desk.reading.agenda())) == {"d1"}


def test_birthday_kept_before_new_year_tells_the_age_of_the_day_itself(desk: Desk) -> None:
    add(desk, birthday="1980-01-02")
    desk.on(day(12, 30)).triage.done(["d1"], channel="call")
    agenda = desk.on(day(12, 30)).reading.agenda()
    assert [one.item.text for one in agenda.done if one.item.kind is ItemKind.DATE] == ["birthday: turns 47"]


def test_birthday_snoozed_hides_this_year_only(desk: Desk) -> None:
    add(desk, birthday="11-25")
    desk.triage.snooze(["d1"], on(3))
    assert min(days_shown(desk, day(11, 25))) == on(3)
    assert day(11, 20, 2027) in days_shown(desk, day(11, 25, 2027))


def test_birthday_snoozed_is_hidden_on_the_page_of_the_contact_as_on_the_agenda(desk: Desk) -> None:
    ana = add(desk, birthday="11-25")
    desk.triage.snooze(["d1"], on(3))
    assert [(one.id, one.hidden_until) for one in desk.reading.card(ana).loops] == [("d1", on(3))]
    desk.people.edit(ana, ContactDraft(notes="tea"))
    assert [(one.id, one.hidden_until) for one in desk.reading.card(ana).loops] == [("d1", on(3))]


def test_birthday_of_the_deceased_is_a_remembrance_without_an_age(desk: Desk) -> None:
    ana = add(desk, cadence="1w", since=day(6, 1), birthday="1940-11-25")
    desk.people.set_status([ana], "deceased")
    (item,) = desk.reading.agenda().items
    assert item.item.text == "remember: birthday"
    desk.triage.done(["d1"])
    assert [one.item.text for one in desk.reading.agenda().done] == ["remember: birthday"]


@pytest.mark.parametrize(
    ("setting", "kept"),
    [
        ("feb28", [day(2, 28, 2027), day(2, 29, 2028), day(2, 28, 2029)]),
        ("mar1", [day(3, 1, 2027), day(2, 29, 2028), day(3, 1, 2029)]),
    ],
)
def test_birthday_on_29_february_comes_exactly_once_every_year(tmp_path: Path, setting: str, kept: list[date]) -> None:
    with open_desk(tmp_path / "planner.db", Settings(leap_birthday=setting)) as desk:
        add(desk, birthday="2000-02-29")
        for occurrence in kept:
            found = days_shown(desk, occurrence, 30, 30)
            assert set(found.values()) == {occurrence}
            assert len(found) >= 15
            desk.on(occurrence).triage.done(["d1"])
            assert days_shown(desk, occurrence, 30, 30) == {}


def test_dates_do_not_move_and_stand_once_in_whichever_week(desk: Desk) -> None:
    add(desk, birthday="12-02")
    from planner.errors import Refused

    with pytest.raises(Refused, match="stays on its day"):
        desk.triage.move(["d1"], on(3))
    assert shown(desk.reading.agenda()) == {}
    assert shown(desk.reading.agenda(week_of=on(9))) == {"d1": (on(9), on(9))}
    assert shown(desk.on(on(2)).reading.agenda()) == {"d1": (on(9), on(9))}


def test_birthday_removed_or_changed_in_a_form(desk: Desk) -> None:
    from planner.desk.values import ContactDraft

    ana = add(desk, birthday="11-25")
    desk.people.edit(ana, ContactDraft(birthday="1988-11-26"))
    assert shown(desk.reading.agenda()) == {"d1": (on(3), on(3))}
    desk.people.edit(ana, ContactDraft(birthday=""))
    assert shown(desk.reading.agenda()) == {}
