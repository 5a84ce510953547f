"""A promise of what is asked for, and help that was asked for, answer what is open: nothing stands beside it twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from planner.core.model import Favor, FavorState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.ui.words import TODAY, Words, planner

ANA, BEN = 1, 2
THERE = {"agenda": (), "focus": ("f",), "contact": ("enter", "down", "up")}
"""Keys that lead to what is open from the agenda, by place."""


def add_both(desk: Desk) -> None:
    for name in ("Ana Silva", "Ben Okri"):
        desk.people.add(ContactDraft(name=name))


def asked_me(desk: Desk) -> None:
    """Ana asked for something by a day to come, and it is to be answered today."""
    add_both(desk)
    before = TODAY - timedelta(days=2)
    desk.favors.enter("asked", [ANA], kind="advice", note="the lease", on=before, due=TODAY)


def i_asked(desk: Desk) -> None:
    """Ana was asked for something a week ago: a nudge is due today."""
    add_both(desk)
    desk.favors.enter("ask", [ANA], kind="advice", note="the lease", on=TODAY - timedelta(days=7))


async def favors(see: Words) -> list[Favor]:
    def read(desk: Desk) -> list[Favor]:
        return [row.favor for lane in desk.favors.ledger().lanes.values() for row in lane]

    found: list[Favor] = await see.ask(read)
    return found


@pytest.mark.parametrize("place", THERE)
async def test_yes_to_a_request_is_one_promise(tmp_path: Path, place: str) -> None:
    async with planner(tmp_path, asked_me) as see:
        await see.press(*THERE[place], "y")
        see.sees("Promise Ana Silva it by", "enter alone is the day they named, else the usual one")
        await see.type("3 dec")
        await see.press("enter")
        (favor,) = await favors(see)
        assert (favor.state, str(favor.due_on), favor.note) == (FavorState.PROMISED, "2026-12-03", "the lease")
        await see.press("u")
        assert [one.state for one in await favors(see)] == [FavorState.ASKED]


@pytest.mark.parametrize("place", THERE)
async def test_help_that_was_asked_for_came(tmp_path: Path, place: str) -> None:
    async with planner(tmp_path, i_asked) as see:
        await see.press(*THERE[place], "G")
        (favor,) = await favors(see)
        assert (favor.state, favor.done_on) == (FavorState.DONE, TODAY)


async def test_on_anything_else_and_on_what_is_done_it_is_an_entry_of_its_own(tmp_path: Path) -> None:
    def more(desk: Desk) -> None:
        asked_me(desk)
        desk.triage.follow_up([BEN], "call", TODAY)

    async with planner(tmp_path, more) as see:
        await see.press("down", "y")
        see.sees("What did you promise Ben Okri")
        await see.type("a book by fri")
        await see.press("enter")
        assert sorted(one.state for one in await favors(see)) == [FavorState.ASKED, FavorState.PROMISED]
        await see.press("*", "y")
        see.sees("Not all of these ask for something; mark requests alone, or none of them")
