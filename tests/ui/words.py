"""The words of the tests of the screen: start the planner, press keys, wait until it is idle, read the screen."""

from __future__ import annotations

import asyncio
import threading
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, time
from pathlib import Path
from typing import Any, ClassVar

from textual.cache import LRUCache
from textual.events import Key, Paste
from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, key_to_character
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import Worker

from planner.config import Config
from planner.desk import Desk
from planner.paths import find_paths
from planner.store.session import Store
from planner.ui.app import PlannerApp
from planner.ui.gateway import Gateway, ReadAhead
from planner.ui.session.style_rules import StyleRules
from tests.cases import PATIENCE, Patience
from tests.empty_planner import empty_planner
from tests.ui.at_rest import RestingLoop

TODAY = date(2026, 11, 23)
"""The Monday that is today in the tests."""
PASTED = 8
"""A text of more letters than these is pasted, a shorter one is typed letter by letter."""
NO_GAPS = str.maketrans(" -", "__")


class RulesParsedOnce(StyleRules):
    """The stylesheet of one planner of many: what is parsed for a theme serves the next planner too."""

    parsed: ClassVar[dict[tuple[tuple[str, str], ...], LRUCache[Any, Any]]] = {}

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._share()

    def set_variables(self, variables: dict[str, str]) -> None:
        # Other variables empty the cache; the shared one stays as it is.
        self._parse_cache = LRUCache(1)
        super().set_variables(variables)
        self._share()

    def _share(self) -> None:
        self._parse_cache = self.parsed.setdefault(tuple(self.read_with.items()), LRUCache(64))


class Words:
    """The planner as a test uses it: keys and texts go in, the screen as text comes out."""

    def __init__(self, app: PlannerApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def idle(self) -> None:
        """Wait until nothing is under way: no worker, no call of the desk, no message, no frame."""
        loop, quiet = asyncio.get_running_loop(), 0
        assert isinstance(loop, RestingLoop)
        # What was asked while the loop came to rest is answered before the next call, and may ask for more.
        while quiet < 2:
            heard = loop.heard
            await self.app.gateway.call(lambda desk: None)
            assert await loop.rest(lambda: self.app.turns.are_over and not self._at_work()), "the planner never rests"
            quiet = quiet + 1 if loop.heard == heard + 1 else 0

    async def until(self, *words: str) -> None:
        """Wait until each of these words is somewhere on the screen."""
        patience = Patience()
        while any(word not in self.text for word in words) and not patience.over:
            await asyncio.sleep(0.01)
            await self.idle()
        self.sees(*words)

    def _at_work(self) -> list[Worker[Any]]:
        """The workers that end without a key: those of a place below a dialog wait for the dialog, and do not count."""
        screen = self.app.screen
        running = [worker for worker in self.app.workers if not worker.is_finished]
        if not screen.is_modal:
            return running
        return [worker for worker in running if worker.node is screen or screen in worker.node.ancestors]

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until the planner is idle after each."""
        for key in keys:
            self.send(key)
            await self.idle()

    def send(self, *keys: str) -> None:
        """Send keys as a terminal does, one behind the other, waiting for nothing."""
        for key in keys:
            name = key if len(key) > 1 or key.isalnum() else unicodedata.name(key).lower().translate(NO_GAPS)
            letter = key_to_character(REPLACED_KEYS.get(key, key))
            self.app.post_message(Key(KEY_NAME_REPLACEMENTS.get(name, name), letter))

    async def command(self, words: str) -> None:
        """Run a command through the palette, by a part of its name that no other command has."""
        await self.press("ctrl+p")
        await self.type(words)
        await self.press("enter")

    async def type(self, text: str) -> None:
        """Type a text; a long text is pasted into the line with the focus, as people paste a path."""
        await self.pilot.pause(0)
        focused = self.app.focused
        if len(text) > PASTED and isinstance(focused, Input):
            focused.post_message(Paste(text))
            await self.idle()
            return
        self.send(*text)
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
        """The answer of a function of the desk."""
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
    other: Callable[[], Desk] | None = None,
    few_colors: bool = False,
    time_of_day: Callable[[], time] | None = None,
    ahead: ReadAhead | None = None,
) -> AsyncIterator[Words]:
    """The planner on a database in a folder, filled by a function of the desk.

    With `demo` it is on the sample network, or on what `other` opens in its place; `ahead` is what was read before.
    """
    settings = config or Config()
    paths = find_paths({"PLANNER_HOME": str(folder)})

    def open_it() -> Desk:
        if other is not None:
            return other()
        if demo:
            from planner.demo import open_demo

            return open_demo(settings, lambda: today)
        store = Store(empty_planner(paths.database), settings.settings, session="test").open()
        desk = Desk(store, settings, lambda: today, time_of_day)
        if fill is not None:
            fill(desk)
        return desk

    gateway = Gateway(open_it, ahead)
    app = PlannerApp(gateway, settings, paths=paths, today=lambda: today, demo=demo, few_colors=few_colors)
    app.stylesheet = app.style_rules = RulesParsedOnce(variables=app.theme_variables)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            words = Words(app, pilot)
            await words.idle()
            yield words
    finally:
        await asyncio.to_thread(gateway.close)


async def leave_while_it_reads(see: Words, key: str) -> None:
    """Go to the contacts while the desk is held up in what a key asked of it, and back to the agenda."""
    held = threading.Event()
    see.app.gateway.submit(lambda desk: held.wait(PATIENCE))
    see.send(key)
    for _ in range(3):
        await see.pilot.pause(0)
    see.app.go_to("contacts")
    held.set()
    await see.idle()
    # Nothing ends, and the list or the contacts take the next keys.
    await see.press("escape", "1")


async def contact_count(see: Words) -> int:
    """How many contacts there are."""
    page = await see.ask(lambda desk: desk.reading.contacts(""))
    return int(page.total)
