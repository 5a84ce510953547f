"""The agenda opens on today on any day of the week; days gone are a line each; what differs is said in words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.agenda.rows import AgendaList
from planner.ui.messages import DayChanged
from planner.ui.review.newcomers_screen import NewcomersScreen
from tests.cases import case
from tests.desk.test_imports import person, take
from tests.ui.agenda.test_agenda import add, cursor_line
from tests.ui.words import TODAY, Words, planner

WEEK = [TODAY + timedelta(days=count) for count in range(7)]
LONG = "Wilhelmina-Charlotte Feather"


def lived(desk: Desk) -> None:
    """Two people met on each day of the week so far, one due each day, and the day of each named by it."""
    for number, day in enumerate(WEEK):
        for which in ("Early", "Later") if day <= desk.today else ():
            key = add(desk, f"{which} {day:%A}")
            desk.interactions.log([key], on=day, channel="call", note=f"{which} on {day:%a}")
        key = add(desk, f"Due {day:%A}", cadence="4w")
        desk.interactions.log([key], on=TODAY + timedelta(days=number - 28), channel="coffee")


def listed(see: Words) -> list[str]:
    """The lines of the list, from its top."""
    strip = next(place for place, line in enumerate(see.screen) if line.startswith("──"))
    return see.screen[strip + 1 :]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (200, 60)])
async def test_on_any_day_the_cursor_stands_on_what_is_open_today_and_days_gone_are_one_line(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    for day in WEEK:
        with case(day, size):
            folder = tmp_path / f"{day}"
            folder.mkdir()
            async with planner(folder, lived, size=size, today=day) as see:
                # The clock has gone on: who was due on a day gone is due today, the most overdue first.
                assert "▌" in see.text
                assert f"Due {'Monday' if size[0] > 40 else 'Mo'}" in cursor_line(see)
                lines = see.screen
                today = next(place for place, line in enumerate(lines) if line.strip().startswith("Today"))
                assert today < next(place for place, line in enumerate(lines) if line.startswith("▌"))
                # A day gone shows none of its items.
                for gone in (one for one in WEEK if one < day):
                    see.sees_not(f"Early {gone:%A}")
                if size[1] > 24:
                    for gone in (one for one in WEEK if one < day):
                        assert see.line_of(f"{gone:%a} {gone.day}  2 done")
                elif day > TODAY:
                    # What stands before today is a key away.
                    assert listed(see)[0].strip().startswith("Today")
                    await see.press("up")
                    see.sees(f"{day - timedelta(days=1):%a} {day.day - 1}  2 done")


async def test_a_day_gone_unfolds_with_enter_and_the_full_stop_comes_back_to_today(tmp_path: Path) -> None:
    async with planner(tmp_path, lived, today=WEEK[3]) as see:
        await see.press("up")
        assert "Wed 25  2 done" in cursor_line(see)
        assert "enter unfolds" in cursor_line(see)
        await see.press("d")
        see.sees("This is a day gone; enter shows what was done")
        await see.press("enter")
        assert "Wed 25  2 done" in cursor_line(see)
        see.sees("✓ catch up   Early Wednesday", "Later on Wed")
        await see.press("down", "down", "full_stop")
        assert "Due Monday" in cursor_line(see)
        see.sees_not("Early Wednesday")
        await see.press("up", "enter", "enter")
        see.sees_not("Early Wednesday")
        assert "Wed 25  2 done" in cursor_line(see)


async def test_the_strip_says_what_was_done_on_days_gone(tmp_path: Path) -> None:
    async with planner(tmp_path, lived, today=WEEK[2]) as see:
        names, loads = (next(line for line in see.screen if word in line) for word in ("Mon 23", "✓ 2"))
        assert loads[names.index("Mon 23") :].startswith("✓ 2")
        assert loads[names.index("Tue 24") :].startswith("✓ 2")


async def test_an_empty_today_is_said_as_such(tmp_path: Path) -> None:
    def later(desk: Desk) -> None:
        key = add(desk, "Zoe Lind", cadence="4w")
        desk.interactions.log([key], on=date(2026, 11, 1), channel="call")

    async with planner(tmp_path, later, today=WEEK[3]) as see:
        see.sees("Today", "Nobody is due today", "Sunday 29")
        assert "Zoe Lind" in cursor_line(see)


async def test_when_all_is_done_the_agenda_says_so_and_the_cursor_goes_on_to_what_is_open(tmp_path: Path) -> None:
    async with planner(tmp_path, lived, today=WEEK[1]) as see:
        await see.press("d", "enter", "d", "enter")
        see.sees("All is done for today", "4 of 4 done")
        assert "Due Wednesday" in cursor_line(see)


async def test_a_planner_that_stays_open_over_night_opens_the_new_day(tmp_path: Path) -> None:
    async with planner(tmp_path, lived, today=WEEK[1]) as see:
        await see.press("end")
        see.app.clock = lambda: WEEK[2]
        see.app.today = WEEK[2]
        see.app.screen.post_message(DayChanged())
        await see.idle()
        # The desk goes by the clock it was opened with; what counts is that the cursor comes to the top again.
        assert "Due Monday" in cursor_line(see)


async def test_where_planned_and_due_differ_the_row_says_so_in_words(tmp_path: Path) -> None:
    def crowded(desk: Desk) -> None:
        for number in range(12):
            key = add(desk, f"Person {number:02}", cadence="4w")
            desk.interactions.log([key], on=WEEK[3] - timedelta(days=28 if number else 27), channel="call")
        early = add(desk, "Ada Early", cadence="4w")
        desk.interactions.log([early], on=WEEK[4] - timedelta(days=28), channel="call")
        desk.on(WEEK[3]).triage.move([f"c{early}"], WEEK[3])
        moved = add(desk, "Mo Moved", cadence="4w")
        desk.interactions.log([moved], on=WEEK[3] - timedelta(days=28), channel="call")
        desk.on(WEEK[3]).triage.move([f"c{moved}"], WEEK[6])

    for size in [(120, 40), (80, 40), (200, 60)]:
        with case(size):
            folder = tmp_path / f"{size[0]}"
            folder.mkdir()
            async with planner(folder, crowded, size=size, today=WEEK[3]) as see:
                assert any("Ada Early" in line and "due tomorrow" in line for line in see.screen)
                assert any("Mo Moved" in line and "due today, moved to Sun" in line for line in see.screen)
                see.sees("due today, room tomorrow", "due today, room on Sat")
                assert not any("…" in line for line in see.screen if "room" in line and size[0] != 120)


async def test_room_on_another_day_is_said_only_beside_whole_words(tmp_path: Path) -> None:
    def crowded(desk: Desk) -> None:
        for number in range(12):
            key = add(desk, f"Person Featherstone {number:02}", cadence="4w")
            desk.interactions.log([key], on=WEEK[3] - timedelta(days=28), channel="call")

    async with planner(tmp_path, crowded, size=(120, 40), today=WEEK[3]) as see:
        lists = [line.split("│")[0] for line in see.screen]
        lines = [line for line in lists if "Person Featherstone" in line]
        assert lines
        for line in lines:
            assert "every 4 weeks" in line
            assert "…" not in line, line


async def test_names_are_whole_where_the_line_has_room(tmp_path: Path) -> None:
    def long_names(desk: Desk) -> None:
        key = desk.on(date(2026, 7, 1)).people.add(ContactDraft(name=LONG, cadence="2w")).id
        desk.interactions.log([key], on=date(2026, 10, 30), channel="call")
        desk.favors.enter("promise", [key], kind="advice", due=WEEK[1], note="the lease", on=WEEK[0])

    for width in (80, 120, 200):
        with case(width):
            folder = tmp_path / f"{width}"
            folder.mkdir()
            async with planner(folder, long_names, size=(width, 30)) as see:
                for place in ("1", "2", "3"):
                    await see.press(place)
                    assert any(LONG in line[: width * 7 // 10] for line in see.screen), f"{place}:\n{see.text}"


async def test_a_row_under_the_cursor_is_found_by_its_key_when_days_fold(tmp_path: Path) -> None:
    async with planner(tmp_path, lived, today=WEEK[6]) as see:
        items = see.app.screen.query_one(AgendaList)
        await see.press("home", "enter", "end", "home")
        assert items.cursor_row is not None
        assert items.cursor_row.key == f"day:{WEEK[0]}"


async def test_a_catch_up_beside_a_promise_says_its_kind_where_no_column_does(tmp_path: Path) -> None:
    def both(desk: Desk) -> None:
        key = add(desk, "Ana Silva", cadence="4w")
        desk.interactions.log([key], on=TODAY - timedelta(days=31), channel="coffee")
        desk.favors.enter(
            "promise", [key], kind="introduction", due=TODAY - timedelta(days=3), on=TODAY - timedelta(days=9)
        )

    for size in ((40, 12), (50, 16)):
        with case(size):
            folder = tmp_path / f"{size[0]}"
            folder.mkdir()
            async with planner(folder, both, size=size) as see:
                assert "3d past" in see.line_of("● catch up")


async def test_where_nobody_is_due_it_leads_to_those_who_came_with_a_file(tmp_path: Path) -> None:
    def imported(desk: Desk) -> None:
        take(desk, [person("Ana Silva", "vcard:1"), person("Ben Okri", "vcard:2"), person("Cy Paz", "vcard:3")])
        desk.people.edit(3, ContactDraft(cadence="4w"))

    async with planner(tmp_path, imported, size=(80, 24)) as see:
        see.sees("Nobody is due today", "2 people without a rhythm yet", "enter goes through them")
        await see.press("d")
        see.sees("enter asks how often, for each")
        await see.press("enter")
        assert isinstance(see.app.screen, NewcomersScreen)
        await see.press("m", "x", "escape", "escape")
        see.sees_not("without a rhythm yet")
        await see.press("u")
        see.sees("1 person without a rhythm yet")


async def test_before_the_first_rhythm_it_leads_there_from_below_what_is_due(tmp_path: Path) -> None:
    def imported(desk: Desk) -> None:
        take(desk, [person("Ana Silva", "vcard:1"), person("Ben Okri", "vcard:2"), person("Cy Paz", "vcard:3")])
        desk.triage.follow_up([1], "call", TODAY)

    async with planner(tmp_path, imported, size=(80, 24)) as see:
        see.sees("call", "3 people without a rhythm yet")
        see.sees_not("Nobody is due today")
        await see.press("down", "enter")
        assert isinstance(see.app.screen, NewcomersScreen)
        await see.press("m", "escape")
        see.sees("2 people without a rhythm yet")

    def in_touch(desk: Desk) -> None:
        imported(desk)
        desk.people.edit(3, ContactDraft(cadence="4w"))
        desk.interactions.log([3], on=TODAY - timedelta(days=31), channel="coffee")

    (tmp_path / "in touch").mkdir()
    async with planner(tmp_path / "in touch", in_touch, size=(80, 24)) as see:
        see.sees("catch up", "call")
        see.sees_not("without a rhythm yet")


async def test_the_second_line_says_what_the_row_has_no_room_for(tmp_path: Path) -> None:
    def promised(desk: Desk) -> None:
        ana = add(desk, "Ana Silva", cadence="4w")
        desk.favors.enter("promise", [ana], kind="introduction", due=TODAY, note="meet Leo")
        key = add(desk, "Ben Okri")
        desk.triage.follow_up([key], "bring the long ladder back to him, and the rope", TODAY)

    for size in ((40, 12), (80, 24)):
        with case(size):
            folder = tmp_path / f"{size[0]}"
            folder.mkdir()
            async with planner(folder, promised, size=size) as see:
                await see.press("home")
                assert ("▌   you promised: meet Leo" in see.text) is (size[0] < 56)
                await see.press("end")
                see.sees("▌   bring the long ladder back to him")
