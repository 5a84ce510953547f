"""What is hidden from the agenda is said at its end and listed by one key, where verbs act."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.contacts.screen import ContactsScreen
from tests.cases import case
from tests.ui.words import TODAY, planner

NAMES = ("Ana Silva", "Ben Okri", "Cleo Ware", "Dora Lind", "Eve Adler")


def fill(desk: Desk) -> None:
    """Two are snoozed, one by a promise; one is paused; one has a lunch planned; one is due."""
    for name in NAMES:
        key = desk.on(date(2026, 7, 1)).people.add(ContactDraft(name=name, cadence="2w")).id
        desk.interactions.log([key], on=TODAY - timedelta(days=30), channel="call")
    desk.favors.enter("promise", [2], note="the lease", due=TODAY, on=TODAY - timedelta(days=9))
    desk.triage.snooze(["c1"], date(2026, 12, 1))
    desk.triage.snooze(["v1"], date(2026, 11, 27))
    desk.triage.pause([3], until=date(2027, 1, 3))
    desk.interactions.log([4], on=date(2026, 11, 28), channel="lunch", outcome="planned")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (200, 60)])
async def test_the_agenda_closes_with_what_is_hidden_and_z_lists_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, fill, size=size) as see:
        line = see.line_of("hidden:")
        assert line.endswith("· z")
        assert "2 snoozed, 1 paused" in line
        if size[0] > 60:
            assert "2 snoozed, 1 paused until 3 Jan, 1 planned" in line
        await see.press("z")
        assert isinstance(see.app.screen, ContactsScreen)
        see.sees("4 people")
        for name, words in (
            ("Ana Silva", "snoozed to 1 Dec"), ("Cleo Ware", "paused until 3 Jan"), ("Dora Lind", "planned Sat"),
        ):  # fmt: skip
            with case(name):
                assert any(name in line and words in line for line in see.screen), see.text
        see.sees_not("Eve Adler")


async def test_verbs_act_where_the_hidden_are_listed_and_z_shows_everyone_again(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("z", "down", "down")
        row = see.app.screen.query_one("#contacts-list").cursor_row  # type: ignore[attr-defined]
        assert row.data.name == "Cleo Ware"
        before = await see.ask(lambda desk: desk.reading.hidden())
        await see.press("A", "o")
        see.sees("3 people")
        assert await see.ask(lambda desk: desk.reading.hidden()) != before
        await see.press("u")
        see.sees("4 people")
        await see.press("z")
        see.sees("5 people", "Eve Adler")
        await see.press("1")
        see.sees("hidden:")


async def test_where_the_hidden_are_listed_a_snooze_and_a_pause_can_be_ended(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("z")
        see.sees("s 0 ends a snooze · p a pause")
        for name, keys, said, left in (
            ("Ben Okri", ("s", "0", "enter"), "Ben Okri: snoozed no more", "3 people"),
            ("Cleo Ware", ("p", "o"), "Resumed Cleo Ware", "2 people"),
            ("Ana Silva", ("s", *"today", "enter"), "Ana Silva: snoozed no more", "1 person"),
        ):
            with case(name):
                listed = see.app.screen.query_one("#contacts-list")
                ids = [listed.row_at(place).data.name for place in range(listed.total)]  # type: ignore[attr-defined]
                listed.move_to(ids.index(name))  # type: ignore[attr-defined]
                await see.idle()
                await see.press(*keys)
                see.sees(said, left)
        await see.press("u")
        see.sees("2 people")
        await see.press("1")
        see.sees("the lease")


async def test_what_is_not_snoozed_is_not_woken(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("s", "0")
        see.sees("shows it again today")
        await see.press("enter")
        see.sees("is not snoozed")


async def test_nobody_hidden_is_said_too(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana", cadence="2w"))) as see:
        see.sees_not("hidden:")
        await see.press("z")
        see.sees("Nobody is hidden: nobody is snoozed, paused or planned")
