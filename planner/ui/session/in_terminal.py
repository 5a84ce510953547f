"""The app in its terminal: keys in turn, drawing, signals, suspending, and leaving with the typed texts kept."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from planner.commands.command import LIST
from planner.commands.registry import COMMANDS, by_id
from planner.terminal import driver
from planner.terminal.compositor import NarrowFrames
from planner.terminal.key_turns import KeyTurns, Turn
from planner.terminal.keys import as_meant
from planner.terminal.typed_into import is_typed_into
from planner.ui.glyphs import wants_ascii
from planner.ui.leaving import Leaving
from planner.ui.port import AsksPlanner
from planner.ui.session.unfinished import Typed, text_of
from planner.ui.text import PLAIN_MARKS_FILTER, with_control_filter
from planner.ui.widgets.line_input import LineInput
from planner.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from planner.paths import Paths
    from planner.ui.widgets.may_be_left import Flow

LOOK_AROUND_SECONDS = 1.0
"""Seconds between two checks for changes without a key; one timer for all checks, since waking is their cost."""
KEYS_REST_SECONDS = 0.15
"""Seconds after a key in which its effect is drawn, and in which somebody who types presses the next one."""
BACKGROUND = ("card", "week", "bring-in", "evidence")
"""Workers that no key waits for: escape stops an import at once."""
READING = ("reload", "window", "people", "prompt-check", "palette", "suggest", "complete", "namesake", "default")
"""Workers that read the shown data: keys that act on it wait for them, letters and moves do not."""


class InTerminal(App[None]):
    """An app that loses no key, and that ends when its terminal ends."""

    def __init__(self, keys: dict[str, tuple[str, ...]], paths: Paths | None, *, keeps: bool) -> None:
        """`keys` holds the keys of each command by its id. With `keeps` unsaved texts are kept below `paths`."""
        super().__init__(ansi_color=bool(os.environ.get("NO_COLOR")) or None)
        self.keys = keys
        self.paths = paths
        self.ascii_marks = wants_ascii()
        self.fault: Exception | None = None
        """The program error over which the app ended."""
        self.turns = KeyTurns(
            self,
            self._give,
            background=BACKGROUND,
            reading=READING,
            changes_nothing=self._only_moves,
            meant=self._as_meant,
        )
        self.typed = Typed(paths if keeps else None, self.say_trouble)
        self.leaving: Leaving | None = None
        """Watches for the end of the terminal; None without one."""
        # Textual would print every local value when something fails: names, notes, addresses.
        self.error_console.quiet = True

    def begin(self) -> None:
        """Start taking keys, keeping typed texts, and listening for signals, once the app is mounted."""
        self.turns.start()
        changed = {key: ",".join(keys) for key, keys in self.keys.items() if keys != by_id(key).keys}
        if changed:
            self.set_keymap(changed)
        driver.keep_keys(self, self._bound)
        self.set_interval(LOOK_AROUND_SECONDS, self.look_around)
        self._listen_for_signals()

    @property
    def busy(self) -> bool:
        """Whether a key came just now, waits, or has not had its effect; may be called from any thread."""
        return monotonic() - self.turns.last < KEYS_REST_SECONDS or not self.turns.are_over

    def get_driver_class(self) -> type[Driver]:
        """The driver that sends only what changed, if the terminal supports it."""
        return driver.cell_driver(super().get_driver_class())

    async def on_event(self, event: events.Event) -> None:
        """Deliver keys and pastes one at a time; anything else at once."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.turns.take(event)
        else:
            await super().on_event(event)

    async def on_turn(self, turn: Turn) -> None:
        """Called when the messages of a key have had their effect."""
        await self.turns.passed(turn)

    def run_worker(self, work: Flow, *given: Any, **named: Any) -> Worker[Any]:  # type: ignore[override]
        """Run the coroutine that `work` returns, for as long as the app is open."""
        return super().run_worker(work, *given, **named)

    async def push_screen_wait(self, screen: Any, *, mode: str | None = None) -> Any:
        """Open a screen and wait for its answer; call it in a worker. Keys go to the screen meanwhile."""
        if isinstance(screen, AsksPlanner):
            # Once the screen is composed: an unfinished text is put into its lines.
            self.call_later(screen.call_later, screen.take_up)
        with self.turns.answering(get_current_worker(), screen):
            return await super().push_screen_wait(screen, mode=mode)

    def delay_update(self, delay: float = 0.001) -> None:
        """Draw a reopened place as soon as it is laid out; Textual would wait for 50 ms."""
        super().delay_update(delay)

    def bell(self) -> None:
        """Ring the bell; if Textual rings because the app ends with an error, keep the error and the typed texts."""
        error = sys.exception()
        if isinstance(error, Exception):
            self.fault = error
            self.typed.keep(at_last=True)
        super().bell()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of every drawn line; one of them removes characters that would act on the terminal."""
        filters = with_control_filter(list(super().get_line_filters()))
        return [*filters, PLAIN_MARKS_FILTER] if self.ascii_marks else filters

    async def _give(self, event: events.Event) -> None:
        """Deliver a key or a paste to the focused widget."""
        focused = self.focused
        if isinstance(event, events.Key) and isinstance(focused, LineList) and self.app_focus:
            verb = self._moves.get(event.key)
            if verb is not None:
                # Textual passes a key from widget to widget up to the app before it looks for the key's action: half of
                # the time from a move until its row was drawn (1.0 ms of 2.1, 0.3 this way).
                focused.move(verb)
                if isinstance(screen := self.screen, NarrowFrames):
                    screen.draw_at_once()
                return
        if is_typed_into(self.focused):
            self.typed.begins(self.screen)
        await super().on_event(event)

    def _as_meant(self, focused: Widget | None, key: events.Key) -> tuple[events.Key, ...]:
        text = text_of(focused) if is_typed_into(focused) else ""
        return as_meant(key, bool(text), self._bound)

    @cached_property
    def _bound(self) -> frozenset[str]:
        """The keys with commands."""
        return frozenset(key for keys in self.keys.values() for key in keys)

    def _only_moves(self, focused: Widget | None, key: events.Key) -> bool:
        return isinstance(focused, LineList) and key.key in self._moves

    @cached_property
    def _moves(self) -> dict[str, str]:
        """The keys that move through any list, each with its verb."""
        return {key: one.id.partition(".")[2] for one in COMMANDS if one.place == LIST for key in self.keys[one.id]}

    def place_painted(self) -> None:
        """Do what could wait until a place was painted; called for each place that is opened."""
        if not gc.isenabled():
            # The objects made at start-up stay: the collector need not look at them again.
            gc.freeze()
            gc.enable()

    def _listen_for_signals(self) -> None:
        if sys.platform == "win32" or self.is_headless:
            return
        self.leaving = Leaving(self, self.paths, self.typed, leave=self._leave_at_once)
        self.leaving.start()

    def _leave_at_once(self) -> None:
        ending = self.leaving.ending if self.leaving is not None else None
        self.exit(return_code=ending.code if ending is not None else 0)

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to another program; raises SuspendNotSupported if that is impossible."""
        with self.leaving.watchdog.lent() if self.leaving is not None else nullcontext(), super().suspend():
            yield

    def say_trouble(self, words: str) -> None:
        """Say something that a person should know, but need not act on at once."""

    def on_line_input_paste_refused(self, event: LineInput.PasteRefused) -> None:
        """Say why nothing was pasted, over a dialog, which may cover the message line above the footer."""
        if self.screen.is_modal:
            self.notify(event.words, severity="warning", markup=False)
        else:
            self.say_trouble(event.words)

    def verb_redraw(self) -> None:
        """Draw the whole screen again: another program wrote on it."""
        driver.redraw(self)

    def verb_quit(self) -> None:
        """Leave."""
        self.exit()

    def exit(self, *given: Any, **named: Any) -> None:
        """Leave; typed texts are stored while their screens still exist."""
        self.typed.keep(at_last=True)
        super().exit(*given, **named)

    def look_around(self) -> None:
        """Keep the typed, unsaved texts; called every `LOOK_AROUND_SECONDS`."""
        # The screens of an app that has ended are gone, and hold no typed text.
        if self.is_running:
            self.typed.keep_soon()
