"""Pilots in words: start the planner on a real database, press keys, wait until it is idle, read the screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import Worker

from planner.config import Config
from planner.desk import Desk
from planner.paths import find_paths
from planner.store.session import Store
from planner.ui.app import PlannerApp
from planner.ui.gateway import Gateway
from planner.ui.widgets import prompt
from tests.cases import PATIENCE, Patience

TODAY = date(2026, 11, 23)
"""A Monday."""
PASTED = 8
"""Letters up to which a text is typed one by one."""


class Words:
    """What a test says to the planner, and what it sees."""

    def __init__(self, app: PlannerApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def idle(self) -> None:
        """Until nothing is under way: no worker, no job for the database, no message, no frame."""
        patience = Patience()
        while not patience.over:
            await self.pilot.pause()
            await self.app.gateway.call(lambda desk: None)
            await self.pilot.pause()
            if not self._at_work():
                return
            # A worker may be waiting for its timer or for the answer of a dialog it opens next.
            await asyncio.sleep(0.002)
        raise AssertionError("the planner never came to rest")

    async def until(self, *words: str) -> None:
        """Until each of these is somewhere on the screen."""
        patience = Patience()
        while any(word not in self.text for word in words) and not patience.over:
            await asyncio.sleep(0.01)
            await self.idle()
        self.sees(*words)

    def _at_work(self) -> list[Worker[Any]]:
        """Workers that go on by themselves: below a dialog they wait for its answer."""
        screen = self.app.screen
        running = [worker for worker in self.app.workers if not worker.is_finished]
        if not screen.is_modal:
            return running
        return [worker for worker in running if worker.node is screen or screen in worker.node.ancestors]

    async def press(self, *keys: str) -> None:
        """Press keys one after the other; each is done with before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.idle()

    async def command(self, words: str) -> None:
        """Run what stands in the palette alone, by a part of its name."""
        await self.press("ctrl+p")
        await self.type(words)
        await self.press("enter")

    async def type(self, text: str) -> None:
        """Type a text; a long one is pasted into the line that has the focus, as people do with a path."""
        await self.pilot.pause()
        focused = self.app.focused
        if len(text) > PASTED and isinstance(focused, Input):
            focused.post_message(Paste(text))
            await self.idle()
            return
        named = {
            " ": "space", "/": "slash", ":": "colon", ",": "comma", ".": "full_stop", "-": "minus",
            "?": "question_mark",
        }  # fmt: skip
        keys = [named.get(letter, letter) for letter in text]
        # A prompt takes a letter for the whole answer when nothing follows soon; here it does, on any machine.
        usual, prompt.QUICK_WAIT = prompt.QUICK_WAIT, PATIENCE
        try:
            await self.pilot.press(*keys[:-1])
            waiting = [worker for worker in self.app.workers if worker.group == "prompt-quick"]
        finally:
            prompt.QUICK_WAIT = usual
        await self.pilot.press(*keys[-1:])
        for worker in waiting:
            worker.cancel()
        await self.idle()

    @property
    def screen(self) -> list[str]:
        """The lines of the terminal as they are shown."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip) for strip in strips[:height]]
        return [line[:width].rstrip() for line in lines]

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.screen)

    def sees(self, *words: str) -> None:
        """Assert that each of these is somewhere on the screen."""
        for word in words:
            assert word in self.text, f"{word!r} is not on the screen:\n{self.text}"

    def sees_not(self, *words: str) -> None:
        """Assert that none of these is on the screen."""
        for word in words:
            assert word not in self.text, f"{word!r} is on the screen:\n{self.text}"

    def line_of(self, word: str) -> str:
        """The first line that holds a word."""
        for line in self.screen:
            if word in line:
                return line
        raise AssertionError(f"{word!r} is not on the screen:\n{self.text}")

    async def ask(self, read: Callable[[Desk], Any]) -> Any:
        """What the desk answers."""
        return await self.app.gateway.call(read)


@asynccontextmanager
async def planner(
    folder: Path,
    fill: Callable[[Desk], object] | None = None,
    *,
    size: tuple[int, int] = (120, 40),
    today: date = TODAY,
    config: Config | None = None,
    demo: bool = False,
) -> AsyncIterator[Words]:
    """The planner on a database in a folder, filled by a function of the desk."""
    settings = config or Config()
    paths = find_paths({"PLANNER_HOME": str(folder)})

    def open_it() -> Desk:
        if demo:
            from planner.demo import open_demo

            return open_demo(settings, lambda: today)
        desk = Desk(Store(paths.database, settings.settings, session="test").open(), settings, lambda: today)
        if fill is not None:
            fill(desk)
        return desk

    gateway = Gateway(open_it)
    app = PlannerApp(gateway, settings, paths=paths, today=lambda: today, demo=demo)
    try:
        async with app.run_test(size=size) as pilot:
            words = Words(app, pilot)
            await words.idle()
            yield words
    finally:
        await asyncio.to_thread(gateway.close)
