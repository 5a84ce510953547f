"""Keys that come while something is under way: each is given where the keys before it lead."""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList
from textual.worker import Worker

from planner.terminal.key_turns import KeyTurns, Turn
from tests.cases import Patience


class Asks(App[None]):
    """A list, and a key that asks for a line once something was read."""

    BINDINGS = [Binding("c", "ask"), Binding("r", "lose")]  # noqa: RUF012 - as Textual types it

    def __init__(self) -> None:
        super().__init__()
        self.turns = KeyTurns(self, super().on_event)
        self.read = asyncio.Event()
        self.lost = 0

    def compose(self) -> ComposeResult:
        yield OptionList("one", "two")
        yield Input()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.turns.start()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.turns.take(event)
        else:
            await super().on_event(event)

    async def on_turn(self, turn: Turn) -> None:
        await self.turns.passed(turn)

    def action_ask(self) -> None:
        self.asking: Worker[None] = self.run_worker(self._ask())

    async def _ask(self) -> None:
        await self.read.wait()
        self.query_one(Input).focus()

    def action_lose(self) -> None:
        self.lost += 1


def key(letter: str) -> events.Key:
    """A letter, as a terminal sends it."""
    return events.Key(letter, letter)


async def over(app: Asks) -> None:
    """Until every key had its effect."""
    patience = Patience()
    while not app.turns.are_over:
        assert not patience.over
        await asyncio.sleep(0.005)


async def test_a_key_that_comes_just_as_the_question_is_ready_overtakes_no_focus() -> None:
    app = Asks()
    async with app.run_test():
        await over(app)
        for letter in "cro":
            app.post_message(key(letter))
        patience = Patience()
        while not hasattr(app, "asking") or app.message_queue_size:
            assert not patience.over
            await asyncio.sleep(0.05)
        app.read.set()
        while not app.asking.is_finished:
            await asyncio.sleep(0)
        await app.turns.take(key("w"))
        await over(app)
        # A letter moves no focus, so that no turn waits until it stands in the line.
        while not app.lost and len(app.query_one(Input).value) < len("row"):
            assert not patience.over
            await asyncio.sleep(0.005)
        assert (app.lost, app.query_one(Input).value) == (0, "row")
