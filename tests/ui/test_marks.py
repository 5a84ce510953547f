"""A verb on several marked people is one step; one that is refused, or left, keeps the marks and changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.prompt import Prompt
from tests.desk.test_imports import person, take
from tests.store.stores import facts
from tests.ui.words import TODAY, Words, planner

NAMES = ("Ana Silva", "Ben Okri", "Cy Young", "Dora Lind", "Eve Adler")


def friends(desk: Desk) -> None:
    """Five people who are due, and a need."""
    for name in NAMES:
        desk.people.add(ContactDraft(name=name, cadence="2w", since=TODAY - timedelta(days=20)))
    desk.needs.add("A flat in Lisbon")


def newcomers(desk: Desk) -> None:
    take(desk, [person(name, f"vcard:{number}") for number, name in enumerate(NAMES)])


def told(desk: Desk) -> None:
    """Five people who knew of a need that is closed."""
    friends(desk)
    desk.needs.tell(1, range(1, 6))
    desk.needs.close(1, outcome="found one")


@dataclass(frozen=True)
class Place:
    """The keys that lead to a list, and the keys of its verbs; a word that begins with ">" is a text to type."""

    fill: Callable[[Desk], None]
    way: tuple[str, ...]
    verbs: tuple[str, ...]
    keeps: frozenset[str] = frozenset()
    """Verbs that leave the marks, so that they can be pressed again."""
    away: tuple[str, ...] = ("enter escape",)
    """Keys that lead away and back."""


PLACES = {
    "agenda": Place(
        friends, ("1",),
        ("d enter", "s >fri enter", "t", "x", "n >hello enter", "m >fri enter", "L", "p enter"), frozenset({"L"}),
        ("enter escape", "3 1"),
    ),
    "contacts": Place(
        friends, ("2",),
        ("d enter", "F >call_fri enter", "r >4w enter", "c >work enter", "A y"), away=("enter escape", "3 2"),
    ),
    "needs": Place(
        friends, ("4", "enter"), ("T", "G", "x", "n >hello enter"), away=("enter escape", "5 4"),
    ),
    "closing": Place(told, ("4", "W"), ("d", "x", "n >hello enter")),
    "newcomers": Place(
        newcomers, ("2", "ctrl+p", ">newcomers", "enter"),
        ("w", "m", "t", "h", "y", "o", "x", "n", "r >5w enter", "c >club enter"),
    ),
}  # fmt: skip


def marks(see: Words) -> frozenset[str]:
    """The keys of the marked rows in the lists of the screen."""
    return frozenset().union(*(listed.marked for listed in see.app.screen.query(LineList)))


async def known(see: Words) -> tuple[Any, int]:
    """Every fact, and how many steps of the history are done."""
    return await see.ask(lambda desk: (facts(desk.store), sum(one.state == "done" for one in desk.keeping.history())))


async def mark_again(see: Words, keys: frozenset[str]) -> None:
    """Mark the same rows once more."""
    (listed,) = [one for one in see.app.screen.query(LineList) if one.has_focus]
    listed.marked = keys


async def give(see: Words, keys: str) -> None:
    """Press the keys of a verb."""
    for word in keys.split():
        if word.startswith(">"):
            await see.type(word[1:].replace("_", " "))
        else:
            await see.press(word)


@asynccontextmanager
async def three_marked(folder: Path, place: Place) -> AsyncIterator[Words]:
    async with planner(folder, place.fill) as see:
        await give(see, " ".join(place.way))
        await see.press("home", "space", "space", "space")
        assert len(marks(see)) == 3
        yield see


@pytest.mark.parametrize("name", PLACES)
async def test_each_verb_on_three_is_one_step_that_undo_takes_back(tmp_path: Path, name: str) -> None:
    place = PLACES[name]
    async with three_marked(tmp_path, place) as see:
        for verb in place.verbs:
            chosen, (before, steps) = marks(see), await known(see)
            await give(see, verb)
            after, more = await known(see)
            assert (after != before, more) == (True, steps + 1), f"{name}: {verb}\n{see.text}"
            assert marks(see) == (chosen if verb in place.keeps else frozenset()), f"{name}: {verb}"
            await see.press("u")
            assert (await known(see))[0] == before, f"{name}: {verb}\n{see.text}"
            await mark_again(see, chosen)


@pytest.mark.parametrize("name", PLACES)
async def test_each_verb_that_is_refused_or_left_keeps_the_marks_and_changes_nothing(tmp_path: Path, name: str) -> None:
    place = PLACES[name]
    async with three_marked(tmp_path, place) as see:
        chosen, everyone = marks(see), range(1, 6)
        gone = next(key for key in everyone if any(mark.endswith(str(key)) for mark in chosen))
        for way in place.away:
            await see.press(*way.split())
            assert marks(see) == chosen, f"{name}: {way}\n{see.text}"
        stays = next(key for key in everyone if not any(mark.endswith(str(key)) for mark in chosen))
        await see.ask(lambda desk: desk.people.merge(stays, gone))
        before = await known(see)
        for verb in place.verbs:
            if len(verb.split()) > 1:
                await give(see, verb.split()[0])
                await see.press("escape")
                assert marks(see) == chosen, f"{name}: {verb} and escape"
            await give(see, verb)
            assert await known(see) == before, f"{name}: {verb}"
            assert marks(see) == chosen, f"{name}: {verb}\n{see.text}"
            if see.app.screen.query_one(Prompt).is_open:
                await see.press("escape")
            assert marks(see) == chosen, f"{name}: {verb} refused, then escape"
