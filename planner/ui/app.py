"""The full screen: one app, a screen for each place, one gateway to the database."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, TextArea

from planner.commands.command import APP
from planner.commands.keymap import validate
from planner.commands.registry import by_id
from planner.config import chosen_theme, remember_theme
from planner.core.dates.typed import civil_today, parse_date
from planner.errors import PlannerError, StoreError
from planner.terminal import driver
from planner.ui import links, themes
from planner.ui.gateway import Gateway
from planner.ui.keymap import bindings_of
from planner.ui.messages import DataChanged, DayChanged, WaitingForAnother
from planner.ui.screens import screen_class
from planner.ui.text import PLAIN_MARKS_FILTER, plain, with_control_filter

if TYPE_CHECKING:
    from planner.config import Config
    from planner.desk import Desk, Done
    from planner.paths import Paths
    from planner.ui.sample import Sample
    from planner.ui.shared.place_screen import PlaceScreen

Answer = TypeVar("Answer")
LOOK_AROUND_SECONDS = 1.0
HELD_KEY_SECONDS = 0.3
"""Two presses nearer to each other are those of a key that is held."""


def stylesheet() -> Path:
    """The stylesheet: inside the package once installed, beside it in a checkout."""
    inside = Path(__file__).parent.parent / "planner.tcss"
    return inside if inside.exists() else inside.parent.parent / "planner.tcss"


def _place(name: str) -> Screen[Any]:
    """A top-level place, not loaded before it is opened."""
    return screen_class(name)()


class PlannerApp(App[None]):
    """The planner on the whole terminal."""

    TITLE = "planner"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = stylesheet()
    DEFAULT_MODE = "agenda"
    # The agenda is the default screen and becomes a mode once it is there: a mode that is opened first
    # reads the whole stylesheet twice more, which is felt at every start.
    MODES: ClassVar[dict[str, Any]] = {
        place: partial(_place, place) for place in ("contacts", "ledger", "needs", "reach")
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012 - as Textual types it
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(APP)

    def __init__(
        self,
        gateway: Gateway,
        config: Config,
        *,
        paths: Paths | None = None,
        today: Callable[[], date],
        demo: bool = False,
    ) -> None:
        """`today` is asked for the civil date; `demo` says so beside the brand."""
        super().__init__(ansi_color=bool(os.environ.get("NO_COLOR")) or None)
        self.gateway = gateway
        self.config = config
        self.paths = paths
        self.demo = demo
        self.clock = today
        self.today = today()
        self.ascii_marks = themes.wants_ascii()
        self.animation_level = "none"
        self.keys, self.keymap_problems = validate(config.keymap)
        self.badges: dict[str, int] = {}
        self._undo_asked = (0, 0.0)
        """The step that undo last asked about, and when."""
        self.keys_told = False
        """Whether a key that means nothing was answered with where the keys are shown: once a session."""
        self.problems = [*config.problems, *(f"keymap: {one}" for one in self.keymap_problems)]
        """What the configuration holds that cannot be, a line each."""
        self.fault: Exception | None = None
        """What went wrong in the program itself, when it is left over it."""
        # Textual would print every value at hand when something failed: names, notes, addresses.
        self.error_console.quiet = True
        self._take_theme()

    # What Textual asks for

    def get_driver_class(self) -> type[Driver]:
        """The driver that sends only what changed, where there is a terminal for it."""
        return driver.cell_driver(super().get_driver_class())

    def bell(self) -> None:
        """Ring; it is rung first of all when the app is left over a fault, which is then at hand."""
        error = sys.exception()
        if isinstance(error, Exception):
            self.fault = error
        super().bell()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing that could act on the terminal is ever drawn."""
        filters = with_control_filter(list(super().get_line_filters()))
        return [*filters, PLAIN_MARKS_FILTER] if self.ascii_marks else filters

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables for themes that lack them."""
        return themes.variable_defaults(self.current_theme)

    def get_default_screen(self) -> Screen[Any]:
        """The place the planner opens with."""
        return _place(self.DEFAULT_MODE)

    def on_mount(self) -> None:
        """The keys of the configuration, and what is watched while the planner is open."""
        self.add_mode(self.DEFAULT_MODE, partial(_place, self.DEFAULT_MODE))
        self.gateway.on_wait = self._waits
        changed = {key: ",".join(keys) for key, keys in self.keys.items() if keys != by_id(key).keys}
        if changed:
            self.set_keymap(changed)
        driver.keep_keys(self, (key for keys in self.keys.values() for key in keys))
        self.set_interval(LOOK_AROUND_SECONDS, self._look_around)
        if self.problems:
            self.call_after_refresh(self._say_problems)
        self._listen_for_signals()
        if gc.isenabled() is False:
            self.call_after_refresh(self._collect_again)

    def _take_theme(self) -> None:
        """Our themes, and the one of the configuration."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        chosen_before = chosen_theme(self.paths.state, self.config) if self.paths is not None else None
        wanted = chosen_before or self.config.theme
        if wanted not in self.available_themes:
            self.problems.append(f"There is no theme “{wanted}”; the palette, ctrl+p, lists them")
        name = wanted if wanted in self.available_themes else themes.DARK
        chosen = self.available_themes[name]
        if chosen.ansi:
            self.theme = name
            return
        # Before the stylesheet is read: a change of theme afterwards reads all of it again, which is
        # felt at every start.
        self.set_reactive(App.theme, name)
        self.set_class(chosen.dark, "-dark-mode", update=False)
        self.set_class(not chosen.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{name}", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def _say_problems(self) -> None:
        """What of the configuration was left out, the first of it at length."""
        more = len(self.problems) - 1
        rest = f" (and {more} more: “planner config” names all)" if more else ""
        self.say(f"{self.problems[0]}{rest}", tone="due")

    def choose_theme(self, name: str) -> None:
        """Put a theme on, for next time too."""
        self.theme = name
        if self.paths is None or self.demo:
            return
        try:
            remember_theme(self.paths.state, name, self.config)
        except OSError as error:
            self.say(f"The theme is on until you leave; it could not be kept: {error.strerror}", tone="due")

    @staticmethod
    def _collect_again() -> None:
        # What start-up made stays: the collector need not look at it again.
        gc.freeze()
        gc.enable()

    def _listen_for_signals(self) -> None:
        if sys.platform == "win32" or self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._leave_at_once)

    def _leave_at_once(self) -> None:
        self.keep_drafts()
        self.exit()

    def _look_around(self) -> None:
        """Notice another session's change, a new day and a terminal that is gone."""
        day = self.clock()
        if day != self.today:
            self.today = day
            for screen in self._places():
                screen.post_message(DayChanged())
        if not self.is_headless and not _terminal_is_there():
            self._leave_at_once()
            return
        self.gateway.submit(lambda desk: desk.keeping.changed()).add_done_callback(self._looked)

    def _looked(self, future: Future[bool]) -> None:
        """Runs on the database thread: a message is all that may leave it."""
        if not future.cancelled() and future.exception() is None and future.result():
            self.post_message(DataChanged())

    def on_data_changed(self) -> None:
        """Another session wrote."""
        self.data_changed()

    def _waits(self) -> None:
        """Runs on the database thread: a message is all that may leave it."""
        self.post_message(WaitingForAnother())

    def on_waiting_for_another(self) -> None:
        """Say why nothing happens yet."""
        self.say("Waiting for another session, which is writing", tone="due")

    # What screens share

    def _places(self) -> list[PlaceScreen]:
        # Loaded with the first screen, while another thread opens the database.
        from planner.ui.shared.place_screen import PlaceScreen

        return [screen for screen in self.screen_stack if isinstance(screen, PlaceScreen)]

    def data_changed(self) -> None:
        """Read anew what is shown."""
        for screen in self._places():
            screen.post_message(DataChanged())

    async def perform(self, work: Callable[[Desk], Answer]) -> Answer:
        """Run a verb and read anew what is shown; raises what the desk refuses.

        A place that shows before saying has read anew when this gives its answer: what is said to be
        done is seen to be done, and the next key finds the next person.
        """
        try:
            answer = await self.gateway.call(work)
        except StoreError as problem:
            self.show_problem(problem)
            raise
        for screen in self._places():
            if screen.SHOWS_BEFORE_SAYING and screen is self.screen:
                await screen.reload()
            else:
                screen.post_message(DataChanged())
        return answer

    def show_problem(self, problem: PlannerError) -> None:
        """Say in a dialog what went wrong with the database."""
        self.open("problem", problem)

    def keep_drafts(self) -> None:
        """Store what is typed and not yet taken, before leaving in a hurry."""
        # The first screen is there without it.
        from planner.drafts import Drafts

        if self.paths is None:
            return
        drafts = Drafts(self.paths.state)
        for screen in self._places():
            drafts.keep(screen.unfinished())

    # Verbs that work everywhere

    def action_verb(self, command_id: str) -> None:
        """Run a command of the whole app, or the screen's own in a palette."""
        verb = command_id.partition(".")[2]
        if verb == self.DEFAULT_MODE or verb in self.MODES:
            self.go_to(verb)
            return
        method = getattr(self, f"verb_{verb}", None)
        if method is not None:
            method()

    def go_to(self, place: str) -> None:
        """Open a top-level place itself: what was opened over it goes, but for what would lose something."""
        while len(self.screen_stack) > 1 and self.screen.is_modal:
            self.pop_screen()
        if self.current_mode != place:
            self.switch_mode(place)
        while len(self.screen_stack) > 1:
            if any(place is self.screen and place.stays() for place in self._places()):
                return
            self.pop_screen()

    def action_help_quit(self) -> None:
        """Ctrl+C leaves nothing by accident: say what does."""
        typing = isinstance(self.focused, Input | TextArea)
        self.say("esc leaves what is typed, then q the planner" if typing else "q leaves; everything is saved",
                 tone="accent")  # fmt: skip

    def verb_redraw(self) -> None:
        """Draw the whole screen again: another program wrote on it."""
        driver.redraw(self)

    def verb_quit(self) -> None:
        """Leave."""
        self.exit()

    def verb_undo(self) -> None:
        """Take back the last change; a big one, or another session's, at the second press."""
        self.run_worker(self._undo_when_agreed(), exclusive=True, group="history")

    def undo_at_once(self) -> None:
        """Take back the last change, which was asked for by name."""
        self._history(lambda desk: desk.keeping.undo(), self._undone)

    def _undone(self, step: int) -> None:
        for screen in self._places():
            screen.undone(step)

    async def _undo_when_agreed(self) -> None:
        try:
            last = await self.gateway.call(lambda desk: desk.keeping.last_step())
        except PlannerError as problem:
            self.say(str(problem), tone="due")
            return
        if last is not None and (last.many or not last.own):
            # A key that is held repeats at once: it agrees to nothing.
            now, (asked, since) = monotonic(), self._undo_asked
            self._undo_asked = (last.id, now)
            if asked != last.id or now - since < HELD_KEY_SECONDS:
                whose = "That takes back much" if last.own else "From another session or an earlier one"
                self.say(f"{whose}; u again takes it back: {last.summary}", tone="due")
                return
        self.undo_at_once()

    def verb_redo(self) -> None:
        """Make it again."""
        self._history(lambda desk: desk.keeping.redo())

    def _history(self, work: Callable[[Desk], Done], then: Callable[[int], None] | None = None) -> None:
        async def run() -> None:
            try:
                done = await self.perform(work)
            except PlannerError as problem:
                self.say(str(problem), tone="due")
                return
            if then is not None and done.step is not None:
                then(done.step)
            self.say(done.said, tone="done")

        self.run_worker(run(), exclusive=True, group="history")

    @cached_property
    def sample(self) -> Sample:
        """What puts the sample network in place of one's own planner."""
        # The first screen is there without it.
        from planner.ui.sample import Sample

        return Sample(self)

    def show_sample(self) -> None:
        """Show the sample network in place of one's own planner."""
        self.run_worker(self.sample.show(), exclusive=True, group="sample")

    def verb_own(self) -> None:
        """Back from the sample network."""
        self.run_worker(self.sample.leave(), exclusive=True, group="sample")

    def verb_palette(self) -> None:
        """Find a command or a contact."""
        self.open("palette")

    def verb_help(self) -> None:
        """Every key that works here."""
        self.open("help", getattr(self.screen, "PLACE", APP))

    def verb_capture(self) -> None:
        """Write down in one line what happened."""
        for place in self._places():
            if place is self.screen:
                place.capture()

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "") -> None:
        """Say one thing above the footer of the place that is open."""
        for screen in reversed(self._places()):
            screen.say(message, tone=tone, undo=undo, link=link)
            return

    def read_day(self, text: str, *, past: bool = False) -> date:
        """A day as a person typed it; raises Refused with what to type."""
        return parse_date(text, self.today, past=past, date_order=self.config.settings.date_order)

    def start_mail(self, contact_id: int) -> None:
        """Start a mail in this machine's mail program; over SSH show the link and copy the address."""

        async def run() -> None:
            try:
                card = await self.gateway.call(lambda desk: desk.reading.card(contact_id, history=1))
            except PlannerError as problem:
                self.say(str(problem), tone="late")
                return
            if not card.contact.emails:
                self.say(f"{card.contact.name} has no e-mail address; e adds one", tone="due")
                return
            address = plain(card.contact.emails[0].value)
            link = links.mail_link(address)
            if await asyncio.to_thread(links.start, link):
                self.say(f"A mail to {address} is open in your mail program", tone="done", link=link)
                return
            self.copy_to_clipboard(address)
            self.say(f"{address} sent to the clipboard; a click here starts the mail", tone="accent", link=link)

        self.run_worker(run(), exclusive=True, group="mail")

    def explain(self, item_id: str) -> None:
        """Say step by step why an item stands where it stands."""

        async def run() -> None:
            try:
                why = await self.gateway.call(lambda desk: desk.reading.why(item_id=item_id))
            except PlannerError as problem:
                self.say(str(problem), tone="late")
                return
            self.open("why", why, self.today)

        self.run_worker(run(), exclusive=True, group="why")

    def open(self, name: str, *given: object, **named: object) -> None:
        """Open a screen by its name, `given` and `named` being those of its constructor, unless it is on top."""
        kind: Any = screen_class(name)
        if not isinstance(self.screen, kind):
            self.push_screen(kind(*given, **named))

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form for somebody, None for somebody new."""

        async def run() -> None:
            contact = None
            try:
                if contact_id is not None:
                    contact = (await self.gateway.call(lambda desk: desk.reading.card(contact_id, history=1))).contact
                circles = await self.gateway.call(lambda desk: desk.people.circles())
            except PlannerError as problem:
                self.say(str(problem), tone="late")
                return
            self.open("form", contact, tuple(row.name for row in circles))

        self.run_worker(run(), exclusive=True, group="form")

    def open_contact(self, contact_id: int, said: str = "") -> None:
        """Show one contact over the present place, and there what was done just before."""
        if isinstance(self.screen, screen_class("contact")):
            self.pop_screen()
        self.open("contact", contact_id, said)


def _terminal_is_there() -> bool:
    """Whether the terminal still answers: a closed one would be read from without end."""
    if sys.platform == "win32":
        return True
    import termios

    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (termios.error, OSError, ValueError):
        return False
    return True


def run(paths: Paths, config: Config, *, today: date | None = None, demo: bool = False) -> int:
    """Open the full screen and stay until it is left; gives the exit code, or raises what it was left over."""

    def clock() -> date:
        return today or civil_today(datetime.now(), config.settings.day_starts_at)

    def open_it() -> Desk:
        # The thread of the database loads these while the other one makes the screen.
        from planner.demo import open_demo
        from planner.desk import open_desk

        if demo:
            return open_demo(config, clock)
        return open_desk(paths, config, clock, session=f"screen {os.getpid()}")

    gateway = Gateway(open_it)
    app = PlannerApp(gateway, config, paths=paths, today=clock, demo=demo)
    try:
        app.run()
    finally:
        app.sample.close()
        gateway.close()
    if app.return_code and app.fault is not None:
        raise app.fault
    return app.return_code or 0
