"""What a screen may ask of the app, and what a question or a dialog may ask of the place it belongs to.

Screens, dialogs and questions know the app and the places by these protocols alone, so that no file of the
screen imports the app, and none imports a place only to name its type.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from textual.app import App

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget as Mixed
    from textual.worker import Worker

    from planner.config import Config
    from planner.desk import Desk, Done
    from planner.errors import PlannerError
    from planner.paths import Paths
    from planner.ui.gateway import Gateway
    from planner.ui.widgets.prompt import Question, Submit
else:
    # Of several widgets among the bases of a class, only the first gives it its styles.
    Mixed = object

Answer = TypeVar("Answer")


class AppPort(Protocol):
    """What a screen may ask of the app."""

    gateway: Gateway
    """The way to the desk, for reading; `perform` is for writing."""
    config: Config
    clock: Callable[[], date]
    """Gives the civil date, asked anew each time."""
    paths: Paths | None
    today: date
    """The civil date."""
    demo: bool
    """Whether the sample network is shown."""
    keys: dict[str, tuple[str, ...]]
    """The keys of each command by its id, as the keymap has them."""
    ascii_marks: bool
    """Whether marks are drawn in ASCII."""
    keys_told: bool
    """Whether a key that means nothing was answered with where the keys are shown: once a session."""
    badges: dict[str, int]
    """The numbers beside the places in the top bar, by the id of the place."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    async def perform(self, work: Callable[[Desk], Answer]) -> Answer:
        """Run a verb of the desk, then read anew what is shown; raises the PlannerError of a refusal."""

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "") -> None:
        """Say one thing above the footer of the place that is open."""

    def read_day(self, text: str, *, past: bool = False) -> date:
        """A day as a person typed it; raises Refused with what to type."""

    def open(self, name: str, *given: object, **named: object) -> None:
        """Open a screen of `planner.ui.screens` by its name; `given` and `named` go to its constructor."""

    def open_contact(self, contact_id: int, said: str = "") -> None:
        """Open the page of a contact; `said` is said there."""

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form for somebody, None for somebody new."""

    def go_to(self, place: str) -> None:
        """Open a top-level place by its id; screens over it are closed."""

    def start_mail(self, contact_id: int) -> None:
        """Start a mail to a contact, or copy the address."""

    def explain(self, item_id: str) -> None:
        """Show step by step why an item is due."""

    def show_problem(self, problem: PlannerError) -> None:
        """Show in a dialog what is wrong with the database."""

    def data_changed(self) -> None:
        """Tell every place that is open to read anew."""

    def action_verb(self, command_id: str) -> None:
        """Run a command of the whole app."""

    def verb_undo(self) -> None:
        """Take back the last step; a big one, or another session's, at the second press."""

    def undo_at_once(self) -> None:
        """Take back the last step, whatever it is."""

    def verb_redo(self) -> None:
        """Make again the step that was taken back."""

    def choose_theme(self, name: str) -> None:
        """Put a theme on, for next time too."""

    def show_sample(self) -> None:
        """Show the sample network in place of one's own planner."""

    def suspend(self) -> AbstractContextManager[None]:
        """Lend the terminal to another program; raises SuspendNotSupported where that cannot be."""


class PlacePort(Protocol):
    """What a question or a dialog may ask of the place it belongs to."""

    @property
    def app(self) -> App[Any]:
        """The app as Textual knows it."""

    @property
    def planner(self) -> AppPort:
        """The app as the planner knows it."""

    async def fetch(self, read: Callable[[Desk], Answer]) -> Answer:
        """The answer of a reading method of the desk."""

    def act(self, work: Callable[[Desk], Done]) -> None:
        """Run a verb of the desk, then say what was done or why it was refused."""

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb of the desk and say what was done; raises the PlannerError of a refusal."""

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "") -> None:
        """Say one thing above the footer."""

    def with_keys(self, words: str) -> str:
        """Words in which {done} stands for the key of that verb here."""

    def ask(self, question: Question, submit: Submit) -> None:
        """Ask for one line above the footer."""

    async def answer_of(self, dialog: Screen[Answer]) -> Answer | None:
        """Open a dialog and wait for its answer, None where it was left; call it in a worker."""

    def in_turn(self, flow: Coroutine[Any, Any, None], group: str = "verb") -> None:
        """Run a coroutine of a verb; what is refused in it is said."""

    def run_worker(self, work: Coroutine[Any, Any, Any], *, group: str = "default") -> Worker[Any]:
        """Run a coroutine for as long as the place is open."""


class AsksPlanner(Mixed):
    """A screen that asks the app; goes before the kind of screen among the bases of a class."""

    @property
    def planner(self) -> AppPort:
        """The app as the planner knows it."""
        return cast("AppPort", self.app)
