"""A round of focus triage shows what the store holds, whatever was done elsewhere, undone or made again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from planner.core.model import Settings
from planner.desk import Desk
from planner.store.session import Store
from planner.ui.focus.screen import FocusScreen
from planner.ui.messages import DataChanged
from tests.ui.focus.test_focus import fill
from tests.ui.words import TODAY, Words, planner


@asynccontextmanager
async def focused(folder: Path) -> AsyncIterator[Words]:
    async with planner(folder, fill) as words:
        await words.press("f")
        assert isinstance(words.app.screen, FocusScreen)
        yield words


async def elsewhere(words: Words, work: Callable[[Desk], object]) -> None:
    """Another session does something, and this one notices."""
    paths = words.app.paths
    assert paths is not None

    def run() -> None:
        store = Store(paths.database, Settings(), session="another").open()
        try:
            work(Desk(store, words.app.config, lambda: TODAY))
        finally:
            store.close()

    await asyncio.to_thread(run)
    words.app.post_message(DataChanged())
    await words.idle()


async def test_what_was_settled_on_the_page_of_the_contact_is_settled_in_the_round(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("enter", "d", "enter", "escape")
        # Help given is contact: of Ana's two items the promise is settled, and the rhythm with it.
        words.sees("1 of 4")
        settled = [line for line in words.screen if "✓" in line]
        assert len(settled) == 2
        await words.press("u")
        words.sees("Took back", "1 of 4")
        words.sees_not("✓ you promised", "✓ catch up", "1 settled")


async def test_a_step_of_the_round_that_is_undone_on_the_page_is_open_again(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "t")
        words.sees("Cleo Ware", "1 tried")
        await words.press("enter", "u")
        words.sees("Took back")
        await words.press("escape")
        words.sees("2 of 4", "Ben Okri")
        words.sees_not("1 tried")
        await words.press("enter", "U", "escape")
        words.sees("1 tried", "Cleo Ware")


async def test_what_the_round_logged_is_asked_again_once_it_is_deleted(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "d")
        await words.type("call, sold the boat")
        await words.press("enter")
        words.sees("1 done", "Cleo Ware")
        (logged, *_) = (await words.ask(lambda desk: desk.reading.card(2))).interactions
        await elsewhere(words, lambda desk: desk.interactions.unlog([logged.id]))
        await words.press("left")
        words.sees("Ben Okri", "catch up every 2 weeks  7 days past")
        words.sees_not("✓ catch up", "1 done")


async def test_another_session_settles_undoes_and_adds(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await elsewhere(words, lambda desk: desk.triage.skip(["c2"]))
        words.sees("1 settled", "1 of 4", "Ana Silva")
        await words.press("right")
        assert "✓ catch up" in words.line_of("catch up")
        await elsewhere(words, lambda desk: desk.keeping.undo())
        words.sees_not("1 settled", "✓ catch up")
        await words.press("t")
        words.sees("1 tried", "Cleo Ware")
        await elsewhere(words, lambda desk: desk.keeping.undo())
        words.sees("Cleo Ware")
        words.sees_not("1 tried")
        await elsewhere(words, lambda desk: desk.triage.follow_up([3], "send the photos", TODAY))
        words.sees("send the photos")
        await words.press("down", "d", "enter")
        words.sees("3 of 4")
        await elsewhere(words, lambda desk: desk.triage.snooze(["c3"], desk.on(TODAY).today.replace(day=30)))
        words.sees("snoozed")


async def test_undo_asks_before_it_takes_back_what_another_session_did(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await words.press("right", "t")
        await elsewhere(words, lambda desk: desk.interactions.note([4], "met at the fair"))
        await words.press("u")
        words.sees("another session", "1 tried")
        assert "met at the fair" in (await words.ask(lambda desk: desk.reading.card(4))).contact.notes


async def test_somebody_who_is_gone_leaves_the_round(tmp_path: Path) -> None:
    async with focused(tmp_path) as words:
        await elsewhere(words, lambda desk: desk.people.merge(2, 1))
        await elsewhere(words, lambda desk: desk.people.archive([3]))
        words.sees("Ben Okri")
        await words.press("right")
        words.sees("Cleo Ware", "1 settled")
