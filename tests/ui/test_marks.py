"""A line that is left and a verb that is refused keep the marks and change nothing; a verb on three is one step."""

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
    """Five people who are due, and something to look for."""
    for name in NAMES:
        desk.people.add(ContactDraft(name=name, cadence="2w", since=TODAY - timedelta(days=20)))
    desk.needs.add("A flat in Lisbon")


def newcomers(desk: Desk) -> None:
    take(desk, [person(name, f"vcard:{number}") for number, name in enumerate(NAMES)])


@dataclass(frozen=True)
class Place:
    """How a list is reached, and the keys of its verbs; a word that begins with ">" is a text to type."""

    fill: Callable[[Desk], None]
    way: tuple[str, ...]
    verbs: tuple[str, ...]
    from_palette: str = ""


PEOPLE = ("d enter", "n >hello enter", "r >9w enter", "p >2w enter", "c >club enter", "F >call_fri enter", "A y")
AGENDA = Place(friends, ("1",), ("s >fri enter", "t", "x", "m >fri enter", "L", *PEOPLE[:-1]))
CONTACTS = Place(friends, ("2",), ("s >fri enter", "t", "x", *PEOPLE))
NEEDS = Place(friends, ("4", "enter"), ("T",))
NEWCOMERS = Place(
    newcomers, ("2",), ("w", "m", "t", "h", "y", "o", "x", "n", "r >5w enter", "c >club enter"), "newcomers"
)


def marks(see: Words) -> frozenset[str]:
    """What is marked in the lists of the screen."""
    return frozenset().union(*(listed.marked for listed in see.app.screen.query(LineList)))


async def known(see: Words) -> tuple[Any, int]:
    """Every fact, and how many steps of the history are done."""

    def read(desk: Desk) -> tuple[Any, int]:
        return facts(desk.store), sum(one.state == "done" for one in desk.keeping.history())

    return await see.ask(read)


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
        await see.press(*place.way)
        if place.from_palette:
            await see.command(place.from_palette)
        await see.press("home", "space", "space", "space")
        assert len(marks(see)) == 3
        yield see


@pytest.mark.parametrize("place", [NEEDS, NEWCOMERS], ids=["needs", "newcomers"])
async def test_each_verb_on_three_is_one_step_that_undo_takes_back(tmp_path: Path, place: Place) -> None:
    async with three_marked(tmp_path, place) as see:
        for verb in place.verbs:
            chosen, (before, steps) = marks(see), await known(see)
            await give(see, verb)
            after, more = await known(see)
            assert (after != before, more) == (True, steps + 1), f"{verb}\n{see.text}"
            assert not marks(see), verb
            await see.press("u")
            assert (await known(see))[0] == before, f"{verb}\n{see.text}"
            (listed,) = [one for one in see.app.screen.query(LineList) if one.has_focus]
            listed.marked = chosen


@pytest.mark.parametrize(
    "place", [AGENDA, CONTACTS, NEEDS, NEWCOMERS], ids=["agenda", "contacts", "needs", "newcomers"]
)
async def test_each_verb_that_is_refused_or_left_keeps_the_marks(tmp_path: Path, place: Place) -> None:
    async with three_marked(tmp_path, place) as see:
        chosen, everyone = marks(see), range(1, 6)
        gone = next(key for key in everyone if any(mark.endswith(str(key)) for mark in chosen))
        stays = next(key for key in everyone if not any(mark.endswith(str(key)) for mark in chosen))
        await see.ask(lambda desk: desk.people.merge(stays, gone))
        before = await known(see)
        for verb in place.verbs:
            if len(verb.split()) > 1:
                await give(see, verb.split()[0])
                await see.press("escape")
                assert marks(see) == chosen, f"{verb} and escape"
            await give(see, verb)
            assert await known(see) == before, verb
            assert marks(see) == chosen, f"{verb}\n{see.text}"
            if see.app.screen.query_one(Prompt).is_open:
                await see.press("escape")
            assert marks(see) == chosen, f"{verb} refused, then escape"
