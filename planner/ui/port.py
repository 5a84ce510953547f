"""What a screen may ask of the app, and what a question or a dialog may ask of its place.

Screens, dialogs and questions know the app and the places only by these protocols, so that no file of the screen
imports the app, and none imports a place only to name its type.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, cast

from textual.app import App
from textual.widgets import Static

from planner.ui.widgets.may_be_left import MayBeLeft
from planner.unfinished import Unfinished

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.worker import Worker

    from planner.config import Config
    from planner.core.book.calendar import GoneAnswer
    from planner.core.evidence.strangers import Stranger
    from planner.desk import Desk, Done
    from planner.desk.book.values import Synced, SyncLine
    from planner.desk.calendar_back import CameBack
    from planner.desk.values import Counts
    from planner.errors import PlannerError
    from planner.paths import Paths
    from planner.ui.gateway import Gateway
    from planner.ui.session.unfinished import Typed
    from planner.ui.widgets.may_be_left import Flow
    from planner.ui.widgets.prompt import Question, Submit

Answer = TypeVar("Answer")


class ReadsBooks(Protocol):
    """Reads address books on a thread of its own."""

    followed: tuple[SyncLine, ...]
    """The people added or changed by the last reading that changed something."""

    async def read(self) -> Synced | None:
        """Read what changed in the books, and return the result; None if there are none."""

    async def calendar(
        self, answers: Mapping[str, GoneAnswer] | None = None, *, dry_run: bool = False
    ) -> CameBack | None:
        """Take in changes from calendars, then write them; None if the calendar goes to no folder."""


class ReadsEvidence(Protocol):
    """Reads mail, calendars, calls and chats on a thread of its own."""

    strangers: tuple[Stranger, ...] | None
    """People who could become contacts, as read in this session; None before the first reading."""

    async def read_strangers(self, told: Callable[[int, int], None], left: Callable[[], bool]) -> tuple[Stranger, ...]:
        """Find people who could become contacts; `told` gets (amount read, amount in all), `left` ends the reading."""


class ReadsOutside(Protocol):
    """The readers of outside sources while the planner is open."""

    @property
    def evidence(self) -> ReadsEvidence:
        """The reader of mail, calendars, calls and chats."""

    @property
    def books(self) -> ReadsBooks:
        """The reader of address books."""

    def read_evidence(self) -> None:
        """Read what is new in all watched sources, in the background."""


class AppPort(Protocol):
    """What a screen may ask of the app."""

    gateway: Gateway
    """The way to the desk, for reading; `perform` is for writing."""
    config: Config
    clock: Callable[[], date]
    """Gives the civil date, called each time."""
    paths: Paths | None
    today: date
    """The civil date."""
    demo: bool
    """Whether the sample network is shown."""
    read_only: bool
    """Whether nothing can be saved, once that is known."""
    keys: dict[str, tuple[str, ...]]
    """The keys of each command by its id, from the keymap."""
    ascii_marks: bool
    """Whether marks are drawn in ASCII."""
    keys_told: bool
    """Whether the person was told, once a session, where the keys are listed, after a key without a meaning."""
    typed: Typed
    """Typed texts that are not saved yet."""

    @property
    def outside(self) -> ReadsOutside:
        """The readers of outside sources."""

    badges: dict[str, int]
    """The number beside each place in the top bar, by the id of the place."""

    def place_painted(self) -> None:
        """Do what could wait until a place was painted."""

    def show_counts(self, counts: Counts) -> None:
        """Show these counts of open entries in the bar of places."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def busy(self) -> bool:
        """Whether a key came just now, waits, or has not had its effect; may be called from any thread."""

    async def perform(self, work: Callable[[Desk], Answer]) -> Answer:
        """Run a verb of the desk, then read everything shown again; raises the PlannerError of a refusal."""

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "", waits: bool = False) -> None:
        """Show a message above the footer of the open place; one that `waits` lets the answer to a key stand first."""

    def read_day(self, text: str, *, past: bool = False) -> date:
        """A typed day; raises Refused with advice."""

    def push_screen(self, screen: Screen[Answer], callback: Callable[[Answer | None], None]) -> object:
        """Open a dialog; `callback` gets its answer."""

    def open(self, name: str, *given: object, **named: object) -> None:
        """Open a screen of `planner.ui.screens` by its name; `given` and `named` go to its constructor."""

    def open_contact(self, contact_id: int, said: str = "") -> None:
        """Open the page of a contact, and show `said` there."""

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form of a contact; None opens it for a new contact."""

    wanted_filter: str
    """The filter the contacts list opens with; empty to keep the present one."""

    def show_contacts(self, query: str) -> None:
        """Open the contacts with a filter."""

    def go_to(self, place: str) -> None:
        """Open a top-level place by its id; screens over it are closed."""

    def get_in_touch(self, contact_id: int) -> None:
        """Show the ways to reach a contact, each with its key, and use the chosen one."""

    def copy_to_clipboard(self, text: str) -> None:
        """Send a text to the clipboard of the terminal (OSC 52)."""

    async def push_screen_wait(self, screen: Screen[Answer]) -> Answer:
        """Open a dialog and wait for its answer; call it in a worker."""

    def explain(self, item_id: str) -> None:
        """Show step by step why an item is due."""

    def show_problem(self, problem: PlannerError) -> None:
        """Show in a dialog what is wrong with the database."""

    def data_changed(self) -> None:
        """Tell every open place to read again."""

    def action_verb(self, command_id: str) -> None:
        """Run a command of the whole app."""

    def verb_undo(self) -> None:
        """Undo the last step of the history; a big step, or one of another session, only at the second call."""

    def undo_at_once(self) -> None:
        """Undo the last step of the history at the first call, however big it is."""

    def verb_redo(self) -> None:
        """Redo the last undone step."""

    def run_worker(self, work: Flow, *, group: str = ..., exclusive: bool = ...) -> Worker[Any]:
        """Run a coroutine for as long as the app is open; `exclusive` ends earlier ones of its group."""

    def look_at_theme(self, name: str) -> None:
        """Show a theme without choosing it; an empty name restores the chosen one."""

    def choose_theme(self, name: str) -> None:
        """Set a theme, and keep it for the next start."""

    def show_sample(self) -> None:
        """Show the sample network in place of the user's planner."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call a function once after some seconds."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Call a function repeatedly, at this interval in seconds."""

    def call_after_refresh(self, callback: Callable[[], None]) -> bool:
        """Call a function once the next frame is drawn."""

    def suspend(self) -> AbstractContextManager[None]:
        """Lend the terminal to another program; raises SuspendNotSupported if the terminal cannot be lent."""


class PlacePort(Protocol):
    """What a question or a dialog may ask of its place."""

    @property
    def app(self) -> App[Any]:
        """The app as Textual knows it."""

    @property
    def planner(self) -> AppPort:
        """The app as the planner knows it."""

    async def fetch(self, read: Callable[[Desk], Answer]) -> Answer:
        """The result of a reading method of the desk."""

    def act(self, work: Callable[[Desk], Done]) -> None:
        """Run a verb of the desk, then show its message or its refusal."""

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb of the desk and show its message; raises the PlannerError of a refusal."""

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "", waits: bool = False) -> None:
        """Show a message above the footer."""

    async def in_thread(self, work: Callable[..., Answer], *given: Any) -> Answer:
        """The result of a function that waits for files."""

    def asks_wish_of(self, contact_id: int) -> bool:
        """Whether to ask what a contact looks for: it is not written down, and this round has not asked yet."""

    def with_keys(self, words: str) -> str:
        """Words with keys: {done} is the key of a verb of this place or the app, {contacts.filter} of another place."""

    def ask(self, question: Question, submit: Submit) -> None:
        """Ask for one line above the footer."""

    async def answer_of(self, dialog: Screen[Answer]) -> Answer | None:
        """Open a dialog and wait for its answer, None if it was left; call it in a worker."""

    def in_turn(self, flow: Flow, group: str = "verb") -> None:
        """Run a coroutine of a verb in a worker, and show its refusal."""

    def run_worker(self, work: Flow, *, group: str = "default") -> Worker[Any]:
        """Run a coroutine for as long as the place is open."""


class AsksPlanner(MayBeLeft):
    """A screen that uses the app; goes before the kind of screen among the bases of a class."""

    @property
    def planner(self) -> AppPort:
        """The app as the planner knows it."""
        return cast("AppPort", self.app)

    KEEPS_TYPED: ClassVar[bool] = True
    """Whether unsaved text typed in it is kept for the next time."""

    @property
    def about(self) -> tuple[str, str, tuple[int, ...]]:
        """(place, verb, ids of contacts): what was being done when it was opened."""
        return next((one.about for one in self._below()), ("", "", ()))

    @property
    def rows_meant(self) -> tuple[str, ...]:
        """The keys of the rows it is about."""
        return next((one.rows_meant for one in self._below()), ())

    def _below(self) -> Iterator[AsksPlanner]:
        """The screens below it, the nearest first."""
        stack: list[object] = list(self.app.screen_stack)
        below = reversed(stack[: stack.index(self)] if self in stack else stack)
        return (one for one in below if isinstance(one, AsksPlanner))

    @property
    def text_kind(self) -> str:
        """Identifies texts typed in this kind of screen among those of other kinds."""
        return type(self).__name__

    @property
    def text_heading(self) -> str:
        """The heading that people read above a text typed in it."""
        heading = next(iter(self.query(".dialog-heading").results(Static)), None)
        return str(heading.render()) if heading is not None else self.text_kind

    def unfinished(self) -> list[Unfinished]:
        """The unsaved texts in its lines."""
        texts = self.planner.typed.changed_lines(cast("Screen[Any]", self)) if self.KEEPS_TYPED else {}
        texts = {name: self.text_of_line(name, text) for name, text in texts.items()}
        return [replace(self.text_about, texts=texts)] if texts else []

    def typed_now(self) -> list[Unfinished]:
        """The unsaved texts in its lines, none if it was left; any thread may call it."""
        found: list[Unfinished] = []
        if not self.is_gone:
            with self.unless_gone():
                found = self.unfinished()
        return found

    @property
    def text_about(self) -> Unfinished:
        """The unfinished text under which its lines are kept."""
        place, verb, contacts = self.about
        return Unfinished(
            f"{verb} in {self.text_kind}", contacts, place, self.text_heading, rows=self.rows_meant
        )  # fmt: skip

    def text_of_line(self, name: str, shown: str) -> str:
        """The text that one of its lines stands for."""
        return shown

    def shown_in_line(self, name: str, text: str) -> str:
        """What one of its lines shows for a restored text."""
        return text

    def take_up(self) -> None:
        """Restore text that was typed in it, about the same people, in an ended session."""
        about = self.text_about
        kept = self.planner.typed.for_line(about.verb, about.contacts) if self.KEEPS_TYPED else None
        if kept is not None:
            shown = {name: self.shown_in_line(name, text) for name, text in kept.texts.items()}
            self.planner.typed.put_into(cast("Screen[Any]", self), kept, shown)

    async def fetch(self, read: Callable[[Desk], Answer]) -> Answer:
        """The result of a method of the desk; see `come_back`."""
        return await self.come_back(self.planner.gateway.call(read))

    async def fetch_long(self, read: Callable[[Desk], Answer]) -> Answer:
        """The result of desk methods that read long, while no verb waits for them; see `come_back`."""
        return await self.come_back(self.planner.gateway.aside(read))

    async def in_thread(self, work: Callable[..., Answer], *given: Any) -> Answer:
        """The result of a function that waits for files, run in a thread; see `come_back`."""
        return await self.come_back(asyncio.to_thread(work, *given))

    async def come_back(self, late: Awaitable[Answer]) -> Answer:
        """The result, or exception, of something slow; ends the worker if the screen was left."""
        try:
            return await late
        finally:
            if self.is_gone:
                raise asyncio.CancelledError
