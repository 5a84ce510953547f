"""Keys one at a time: each is given to the app when the one before it has had its effect.

Textual gives a key to whatever has the focus at that moment, though the key before it may just be opening a
dialog, moving the focus or looking something up. At paste speed letters then go to the wrong place. `KeyTurns`
holds keys back, and gives them in order, until

- every widget between the focus and the app has handled the key before and all messages that came of it,
- the screen on top is composed and has its focus,
- the workers that the key began have ended, or wait for the answer of a screen they opened.

A letter typed into a line waits for no search of what was typed before; a key that acts on what is found, such
as enter, does. A worker that takes long is not waited for, so that no key is held for ever.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from planner.terminal.typed_into import is_typed_into

ROUNDS = 3
"""How often a mark follows a key from the focus to the app. A key in an input leads to a message of the input, that one
to a message of the field around it, that one to a worker or a new focus.
"""
LONGEST_SECONDS = 2.0
"""Seconds to wait for a worker."""
LOOK_AGAIN_SECONDS = 0.005
"""Seconds between two checks of workers that are waited for."""
LOST_SECONDS = 0.05
"""Seconds after which a mark is searched for: a removed widget takes the mark with it."""


class Turn(Message):
    """A mark that follows a key from the focus up to the app, behind everything the key caused."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class KeyTurns:
    """The keys of one app that wait for their turn."""

    def __init__(
        self,
        app: App[Any],
        give: Callable[[events.Event], Awaitable[None]],
        *,
        background: Collection[str] = (),
        reading: Collection[str] = (),
        changes_nothing: Callable[[Widget | None, events.Key], bool] = lambda focused, key: False,
        meant: Callable[[Widget | None, events.Key], tuple[events.Key, ...]] = lambda focused, key: (key,),
    ) -> None:
        """`give` delivers a key to the app as Textual does.

        `background` names groups of workers that no key waits for, `reading` those that only read the shown data:
        letters and moves go on meanwhile, keys that act on the data wait. For any other worker every key waits.
        `changes_nothing` returns whether a key leaves the focus where it is and opens nothing, such as one that moves
        through a list: the next key need not wait. `meant` gives the keys that a key stands for when its turn comes.
        """
        self._app, self._give = app, give
        self._background, self._reading = frozenset(background), frozenset(reading)
        self._changes_nothing, self._meant = changes_nothing, meant
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._follows = False
        self._number = 0
        self._rounds = 0
        self._since = 0.0
        self._screen: Screen[Any] | None = None
        self._target: MessagePump | None = None
        self._seen: WeakKeyDictionary[Worker[Any], float] = WeakKeyDictionary()
        self._answers: WeakKeyDictionary[Worker[Any], Screen[Any]] = WeakKeyDictionary()
        self._let_go: WeakKeyDictionary[Worker[Any], bool] = WeakKeyDictionary()
        self._looks_again = False
        self.last = 0.0
        """When the last key came, on the clock of `time.monotonic`."""
        self._read: WeakSet[Screen[Any]] = WeakSet()
        """Screens whose first reading is over: before that, even a move has nothing to move through."""

    @property
    def are_over(self) -> bool:
        """Whether no key waits and the last one has had its effect."""
        return not self._waiting and not self._follows

    # Called by the app, on its event loop

    def start(self) -> None:
        """Hold keys until the first screen is there."""
        self._follow()

    async def take(self, event: events.Key | events.Paste) -> None:
        """Deliver a key or a paste when its turn comes, which is at once if nothing is pending."""
        self.last = monotonic()
        self._waiting.append(event)
        # A worker that a key waits for may end just now, before its last action has had its effect.
        if not self._looks_again:
            await self._go_on()

    async def passed(self, turn: Turn) -> None:
        """Called when a mark has come up to the app."""
        turn.stop()
        if turn.number != self._number:
            return
        self._rounds += 1
        screen = self._app.screen
        if screen is not self._screen:
            self._screen, self._rounds = screen, 0
        if (self._rounds < ROUNDS or self._has_messages()) and not self._is_late():
            self._send_mark()
            return
        self._follows = False
        await self._go_on()

    @contextmanager
    def answering(self, worker: Worker[Any], screen: Screen[Any]) -> Iterator[None]:
        """While `screen` is open, `worker` waits for its answer, so keys are delivered to the screen."""
        self._answers[worker] = screen
        try:
            yield
        finally:
            self._answers.pop(worker, None)

    def let_go(self) -> None:
        """Stop waiting for the present workers: what they wait for may take long."""
        for worker in self._app.workers:
            self._let_go[worker] = True

    # Delivery

    async def _go_on(self) -> None:
        while self._waiting and not self._follows:
            event = self._waiting[0]
            if self._is_held(event):
                self._look_again()
                return
            self._waiting.popleft()
            if isinstance(event, events.Key):
                event, *others = self._meant(self._app.focused, event)
                self._waiting.extendleft(reversed(others))
            changes = not self._is_simple(event)
            if changes:
                self._follows = True
            await self._give(event)
            if changes:
                self._follow()

    def _is_simple(self, event: events.Key | events.Paste) -> bool:
        return isinstance(event, events.Key) and (
            self._is_text(event) or self._changes_nothing(self._app.focused, event)
        )

    def _is_text(self, event: events.Key | events.Paste) -> bool:
        """Whether a key or a paste only adds letters to a line."""
        return is_typed_into(self._app.focused) and (isinstance(event, events.Paste) or event.is_printable)

    def _follow(self) -> None:
        self._follows, self._rounds, self._since, self._screen = True, 0, monotonic(), self._app.screen
        self._send_mark()

    def _send_mark(self) -> None:
        self._number += 1
        focused, screen = self._app.focused, self._app.screen
        target: MessagePump = focused if focused is not None and focused.is_attached else screen
        if not target.post_message(Turn(self._number)):
            target = self._app
            target.post_message(Turn(self._number))
        self._target = target
        asyncio.get_running_loop().call_later(LOST_SECONDS, self._find_mark, self._number)

    def _find_mark(self, number: int) -> None:
        if not self._follows or number != self._number or not self._app.is_running:
            return
        target = self._target
        gone = isinstance(target, Widget) and (not target.is_attached or target.screen is not self._app.screen)
        if gone or self._is_late():
            self._send_mark()
        else:
            asyncio.get_running_loop().call_later(LOST_SECONDS, self._find_mark, number)

    def _is_late(self) -> bool:
        return monotonic() - self._since > LONGEST_SECONDS

    def _has_messages(self) -> bool:
        focused = self._app.focused
        nodes: list[Any] = list(focused.ancestors_with_self) if focused is not None else [self._app.screen, self._app]
        return any(node.message_queue_size for node in nodes)

    # Workers

    def _is_held(self, event: events.Key | events.Paste) -> bool:
        screen = self._app.screen
        acts = not self._is_simple(event) or screen not in self._read
        if any(self._holds(worker, acts) for worker in self._app.workers):
            return True
        self._read.add(screen)
        return False

    def _holds(self, worker: Worker[Any], acts: bool) -> bool:
        if worker.is_finished or worker.group in self._background or worker in self._let_go:
            return False
        answer = self._answers.get(worker)
        if answer is not None and any(answer is screen for screen in self._app.screen_stack):
            return False
        if monotonic() - self._seen.setdefault(worker, monotonic()) > LONGEST_SECONDS:
            return False
        if worker.group not in self._reading:
            return True
        return acts and self._app.screen in worker.node.ancestors_with_self

    def _look_again(self) -> None:
        if not self._looks_again:
            self._looks_again = True
            asyncio.get_running_loop().call_later(LOOK_AGAIN_SECONDS, self._looked_again)

    def _looked_again(self) -> None:
        self._looks_again = False
        if not self._waiting or self._follows or not self._app.is_running:
            return
        if self._is_held(self._waiting[0]):
            self._look_again()
        else:
            # The last action of the worker is on its way too.
            self._follow()
