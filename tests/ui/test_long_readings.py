"""Long readings run on a thread and a connection of their own: keys are answered meanwhile, nothing old is shown."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import PlannerError, StoreError
from planner.ui.gateway import Gateway
from tests.cases import PATIENCE
from tests.desk.desks import open_desk
from tests.ui.words import Words, planner


class Held:
    """A reading that is held up on the thread of long readings until `goes_on`."""

    def __init__(self) -> None:
        self.reads, self.goes_on, self.runs = threading.Event(), threading.Event(), 0

    def __call__(self, desk: Desk) -> int:
        self.runs += 1
        count = desk.reading.contacts("").total
        self.reads.set()
        assert self.goes_on.wait(PATIENCE)
        assert desk.reading.contacts("").total >= count
        return desk.reading.contacts("").total

    async def begun(self, gateway: Gateway) -> asyncio.Task[int]:
        """Begin it, and wait until it is held up."""
        task = asyncio.create_task(gateway.aside(self))
        assert await asyncio.to_thread(self.reads.wait, PATIENCE)
        return task


@pytest.fixture
def held() -> Iterator[Held]:
    found = Held()
    yield found
    found.goes_on.set()


def fill(desk: Desk) -> None:
    for name in ("Ana Silva", "Ben Okri"):
        desk.people.add(ContactDraft(name=name))
    desk.network.knows(1, "Maude Ferrand", company="SNCF")


async def test_a_verb_is_stored_and_shown_while_a_reading_is_held_up(tmp_path: Path, held: Held) -> None:
    async with planner(tmp_path, fill) as see:
        reading = await held.begun(see.app.gateway)
        await see.press("2", "+")
        await see.type("Cleo Young")
        await see.press("ctrl+s")
        await see.press("2")
        see.sees("Cleo Young")
        assert not reading.done()
        held.goes_on.set()
        assert await reading == 3
        assert held.runs == 2, "what was read before the verb is read again"


async def test_a_way_that_is_sought_while_somebody_writes_is_not_an_old_one(tmp_path: Path, held: Held) -> None:
    async with planner(tmp_path, fill) as see:
        await see.press("5")
        reading = await held.begun(see.app.gateway)
        await see.press("/")
        see.send(*"sncf")
        await see.app.gateway.call(lambda desk: desk.network.knows(2, "Lou Petit", company="SNCF"))
        see.app.data_changed()
        held.goes_on.set()
        await reading
        await see.idle()
        see.sees("Maude Ferrand", "Lou Petit")


async def test_a_reading_that_nobody_waits_for_any_more_does_not_begin(tmp_path: Path, held: Held) -> None:
    async with planner(tmp_path, fill) as see:
        gateway, begun = see.app.gateway, list[str]()

        def late(desk: Desk) -> None:
            begun.append("late")

        first = await held.begun(gateway)
        second = asyncio.create_task(gateway.aside(late))
        await asyncio.sleep(0)
        second.cancel()
        # The thread hears of it once the task has ended.
        with pytest.raises(asyncio.CancelledError):
            await second
        held.goes_on.set()
        await first
        await gateway.aside(lambda desk: None)
        assert begun == []


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    """A gateway before which nothing long was read."""

    def open_it() -> Desk:
        desk = open_desk(tmp_path / "planner.db")
        fill(desk)
        return desk

    found = Gateway(open_it)
    yield found
    found.close()


def people(desk: Desk) -> int:
    return desk.reading.contacts("").total


async def test_letters_typed_ahead_open_one_desk_between_them(gateway: Gateway) -> None:
    """Of several readings at once the first is given up before the desk for them is open."""

    def threads() -> int:
        return sum(thread.name == "planner-database" for thread in threading.enumerate())

    before = threads()
    first, *others = (asyncio.create_task(gateway.aside(people)) for _ in range(3))
    await asyncio.sleep(0)
    first.cancel()
    assert await asyncio.gather(*others) == [2, 2]
    assert threads() == before + 1


async def test_where_no_second_desk_can_be_opened_it_is_said_and_tried_again(gateway: Gateway, tmp_path: Path) -> None:
    await gateway.call(people)
    path = tmp_path / "planner.db"
    away = path.rename(tmp_path / "away.db")
    with pytest.raises(StoreError, match="deleted or replaced"):
        await gateway.aside(people)
    away.rename(path)
    assert await gateway.aside(people) == 2


async def test_the_sample_and_one_s_own_planner_are_read_each_on_its_own(tmp_path: Path) -> None:
    async def count(see: Words) -> Any:
        return await see.app.gateway.aside(lambda desk: desk.reading.contacts("").total)

    async with planner(tmp_path, fill) as see:
        assert await count(see) == 2
        see.app.show_sample()
        await see.idle()
        assert await count(see) > 2
        see.app.verb_own()
        await see.idle()
        assert await count(see) == 2


async def test_after_the_end_nothing_is_read(tmp_path: Path) -> None:
    async with planner(tmp_path, fill) as see:
        gateway = see.app.gateway
        await gateway.aside(lambda desk: None)
    with pytest.raises(RuntimeError, match="closing"):
        await gateway.aside(lambda desk: None)


async def test_a_private_copy_is_read_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may not be written and was derived by other rules is shown from a copy, which exists once."""
    async with planner(tmp_path, fill) as see:
        path = see.app.paths.database  # type: ignore[union-attr]
    with sqlite3.connect(path) as bare:
        bare.execute("UPDATE meta SET value = 'of older rules' WHERE key = 'settings'")
    bare.close()
    monkeypatch.setenv("PLANNER_READ_ONLY", "1")
    async with planner(tmp_path) as see:

        def looked_at(desk: Desk) -> tuple[bool, int]:
            return desk.store.is_copy, desk.reading.contacts("").total

        assert await see.app.gateway.aside(looked_at) == (True, 2)
        with pytest.raises(PlannerError):
            await see.app.gateway.aside(lambda desk: desk.reading.card(99))
