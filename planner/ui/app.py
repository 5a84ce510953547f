"""The full screen: one app, a screen for each place, one gateway to the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import work
from textual.binding import BindingType
from textual.screen import Screen

from planner.commands.command import APP
from planner.commands.keymap import validate
from planner.core.dates.typed import parse_date
from planner.errors import PlannerError, StoreError
from planner.limits import is_kiosk
from planner.terminal.typed_into import is_typed_into
from planner.ui import themes
from planner.ui.gateway import Gateway
from planner.ui.keymap import bindings_of, words_with_keys
from planner.ui.messages import DataChanged, DayChanged
from planner.ui.screens import screen_class
from planner.ui.session.in_terminal import InTerminal
from planner.ui.session.outside import Outside
from planner.ui.session.style_rules import StyleRules, stylesheet
from planner.ui.session.theme_choice import ThemeChoice
from planner.ui.session.watching import Watch

if TYPE_CHECKING:
    from planner.config import Config
    from planner.desk import Desk
    from planner.desk.values import Counts
    from planner.paths import Paths
    from planner.ui.places.place_screen import PlaceScreen
    from planner.ui.sample import Sample
    from planner.ui.session.history import History

Answer = TypeVar("Answer")
OTHER_FILES = frozenset({"import", "export"})
"""Screens that read or write files of the person's choice."""


def _place(name: str) -> Screen[Any]:
    """A top-level place, loaded only when it is opened."""
    return screen_class(name)()


class PlannerApp(InTerminal):
    """The planner on the whole terminal."""

    TITLE = "planner"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = stylesheet()
    DEFAULT_MODE = "agenda"
    # The agenda is the default screen and becomes a mode once it is there: a mode that is opened first reads the whole
    # stylesheet twice more, which delays every start.
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
        few_colors: bool = False,
    ) -> None:
        """`today` gives the civil date; `demo` is shown beside the brand; `few_colors` means only sixteen."""
        keys, self.keymap_problems = validate(config.keymap)
        super().__init__(keys, paths, keeps=not demo)
        self.stylesheet = self.style_rules = StyleRules(variables=self.theme_variables)
        self.gateway = gateway
        self.config = config
        self.demo = demo
        self.clock = today
        self.today = today()
        self.animation_level = "none"
        self.outside = Outside(self)
        self.when_painted: list[Callable[[], None]] = [self._open_database]
        """Called once the first place is painted."""
        self.read_only = False
        """Whether nothing can be saved, once that is known."""
        self.badges: dict[str, int] = {}
        self.wanted_filter = ""
        self.keys_told = False
        """Whether the person was told, once a session, where the keys are listed, after a key without a meaning."""
        self.problems = [*config.problems, *(f"keymap: {one}" for one in self.keymap_problems)]
        """The errors in the configuration, as lines."""
        self.theme_choice = ThemeChoice(self, config, None if demo else paths, few_colors=few_colors)
        problem = self.theme_choice.put_on()
        self.problems += [words_with_keys(problem, APP, self.keys)] if problem else []

    # Called by Textual

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables for themes that lack them."""
        return themes.variable_defaults(self.current_theme)

    def get_default_screen(self) -> Screen[Any]:
        """The place that the planner opens with."""
        return _place(self.DEFAULT_MODE)

    def on_mount(self) -> None:
        """Apply the keys of the configuration, and start what watches in the background."""
        self.watch_around = Watch(self)
        self.begin()
        self.add_mode(self.DEFAULT_MODE, partial(_place, self.DEFAULT_MODE))
        self.call_after_refresh(self._say_waiting)
        self.outside.begin()
        if self.problems:
            self.call_after_refresh(self._say_problems)

    def look_around(self) -> None:
        """Keep what is typed, and check for a new day and for writes of other sessions."""
        super().look_around()
        self.watch_around.look()

    def _say_problems(self) -> None:
        """Say what was ignored in the configuration, the first error in full."""
        more = len(self.problems) - 1
        rest = f" (and {more} more: “planner config” names all)" if more else ""
        self.say(f"{self.problems[0]}{rest}", tone="due")

    async def _say_read_only(self) -> None:
        """Show beside the date that nothing can be saved, if so."""
        with suppress(PlannerError):
            self.read_only = await self.gateway.call(lambda desk: desk.read_only)
        for place in self._places() if self.read_only else ():
            if place.is_composed:
                place.draw_bars()

    def _say_waiting(self) -> None:
        if self.typed.left_over():
            # Most sessions have none.
            from planner.ui.session.waiting_dialog import say_waiting

            say_waiting(self)

    def verb_unfinished(self) -> None:
        """Show texts that were typed and not saved in ended sessions."""
        # As in `_say_waiting`.
        from planner.ui.session.waiting_dialog import show_waiting

        show_waiting(self)

    def place_painted(self) -> None:
        """Once the first place is painted, open the database and read the styles of the other screens."""
        super().place_painted()
        while self.when_painted:
            self.when_painted.pop()()
        self.style_rules.read_later()

    def _open_database(self) -> None:
        self.run_worker(self._say_read_only, group="limits")
        if self.gateway.was_read_ahead:
            # Another session may have written since.
            self.data_changed()

    def choose_theme(self, name: str) -> None:
        """Set a theme, for the next sessions too."""
        self.theme_choice.choose(name, lambda problem: self.say(problem, tone="due"))

    def look_at_theme(self, name: str) -> None:
        """Show a theme without choosing it; an empty name restores the chosen one."""
        self.theme_choice.look_at(name)

    def on_data_changed(self) -> None:
        """Handle a write of another session."""
        self.data_changed()

    def on_waiting_for_another(self) -> None:
        """Say why nothing happens yet; keys still work."""
        self.turns.let_go()
        self.say("Waiting for another session, which is writing", tone="due")

    def day_changed(self, day: date) -> None:
        """Tell all places that a new day began."""
        self.today = day
        for screen in self._places():
            screen.post_message(DayChanged())

    # Used by screens

    def _places(self) -> list[PlaceScreen]:
        # Loaded with the first screen, while another thread opens the database.
        from planner.ui.places.place_screen import PlaceScreen

        return [screen for screen in self.screen_stack if isinstance(screen, PlaceScreen)]

    def data_changed(self) -> None:
        """Read everything shown again."""
        for screen in self._places():
            screen.post_message(DataChanged())
        self.count_again()

    @work(exclusive=True, group="counts")
    async def count_again(self) -> None:
        """Show in the bar of places how much is open in each."""
        with suppress(PlannerError):
            self.show_counts(await self.gateway.call(lambda desk: desk.reading.counts()))

    def show_counts(self, counts: Counts) -> None:
        """Show these counts of open entries in the bar of places."""
        badges = {"ledger": counts.ledger, "needs": counts.needs, "reach": counts.introductions}
        if badges != self.badges:
            self.badges = badges
            # Loaded with the first screen.
            from planner.ui.places.places_bar import draw_places
            from planner.ui.widgets.bars import TopBar

            for screen in self._places():
                # The other parts of a place that is being opened may not exist yet.
                for bar in screen.query(TopBar):
                    draw_places(bar, self, screen.top_place())

    async def perform(self, work: Callable[[Desk], Answer]) -> Answer:
        """Run a verb and read everything shown again; raises what the desk refuses.

        A place that shows before saying has read again when this returns: the effect is on the screen before the
        message, and the next key acts on the next person.
        """
        try:
            answer = await self.gateway.call(work)
        except StoreError as problem:
            self.show_problem(problem)
            raise
        for screen in self._places():
            if screen.SHOWS_BEFORE_SAYING and screen is self.screen and screen.is_composed:
                await screen.show_done(answer)
            else:
                screen.post_message(DataChanged())
        if not any(screen.SHOWS_BEFORE_SAYING and screen is self.screen for screen in self._places()):
            self.count_again()
        return answer

    def show_problem(self, problem: PlannerError) -> None:
        """Show a problem of the database in a dialog."""
        self.open("problem", problem)

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
        """Open a top-level place itself; screens over it are closed, except those that would lose something."""
        while len(self.screen_stack) > 1 and self.screen.is_modal:
            self.pop_screen()
        if self.current_mode != place:
            self.switch_mode(place)
        while len(self.screen_stack) > 1:
            if any(place is self.screen and place.stays() for place in self._places()):
                return
            self.pop_screen()

    def show_contacts(self, query: str) -> None:
        """Open the contacts with a filter."""
        self.wanted_filter = query
        self.go_to("contacts")

    @cached_property
    def history(self) -> History:
        """Undo and redo."""
        # The first screen does not need it.
        from planner.ui.session.history import History

        def undone(step: int) -> None:
            for screen in self._places():
                screen.undone(step)

        def redone(step: int) -> None:
            for screen in self._places():
                screen.redone(step)

        return History(self, undone, redone)

    def verb_undo(self) -> None:
        """Take back the last change; if it is big, or another session's, only at the second press."""
        self.history.undo()

    def undo_at_once(self) -> None:
        """Take back the last change, which was requested by name."""
        self.history.undo_at_once()

    def verb_redo(self) -> None:
        """Redo the last undone change."""
        self.history.redo()

    def verb_suspend(self) -> None:
        """Suspend the planner until the shell resumes it; if no shell could, say so."""
        # The first screen does not need it.
        from planner.ui.session.suspending import why_not

        reason = why_not() if not self.is_headless else "There is no terminal to give back here"
        if reason:
            self.say(words_with_keys(reason, APP, self.keys), tone="due")
        else:
            self.action_suspend_process()

    def action_help_quit(self) -> None:
        """Say which key leaves, since Ctrl+C must not leave by accident."""
        typing = is_typed_into(self.focused)
        words = "esc leaves what is typed, then {quit} the planner" if typing else "{quit} leaves; everything is saved"
        self.say(words_with_keys(words, APP, self.keys), tone="accent")

    @cached_property
    def sample(self) -> Sample:
        """The object that replaces the user's planner by the sample network."""
        # The first screen does not need it.
        from planner.ui.sample import Sample

        return Sample(self)

    def show_sample(self) -> None:
        """Show the sample network in place of the user's planner."""
        self.run_worker(self.sample.show, exclusive=True, group="sample")

    def verb_own(self) -> None:
        """Return from the sample network."""
        self.run_worker(self.sample.leave, exclusive=True, group="sample")

    def verb_palette(self) -> None:
        """Find a command or a contact."""
        self.open("palette")

    def verb_help(self) -> None:
        """Show every key that works here."""
        self.open("help", getattr(self.screen, "PLACE", APP))

    def verb_capture(self) -> None:
        """Open the capture line."""
        for place in self._places():
            if place is self.screen:
                place.capture()

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "", waits: bool = False) -> None:
        """Show a message above the footer of the open place; one that `waits` lets the answer to a key stand first."""
        for screen in reversed(self._places()):
            if not screen.is_gone:
                screen.say(message, tone=tone, undo=undo, link=link, waits=waits)
                return

    def say_trouble(self, words: str) -> None:
        """Say calmly what a person should know, but need not act on at once."""
        self.say(words, tone="due", waits=True)

    def read_day(self, text: str, *, past: bool = False) -> date:
        """A typed day; raises Refused with advice."""
        return parse_date(text, self.today, past=past, date_order=self.config.settings.date_order)

    def get_in_touch(self, contact_id: int) -> None:
        """Show the ways to reach a contact, each with its key, and use the chosen one."""
        # The first screen does not need it.
        from planner.ui.contacting.reaching import get_in_touch

        self.run_worker(partial(get_in_touch, self, contact_id), exclusive=True, group="reach")

    def explain(self, item_id: str) -> None:
        """Explain step by step why an item is on its day."""
        # The first screen does not need it.
        from planner.ui.session.opening import explain

        self.run_worker(partial(explain, self, item_id), exclusive=True, group="why")

    def open(self, name: str, *given: object, **named: object) -> None:
        """Open a screen by its name, with the arguments of its constructor, unless it is on top."""
        if name in OTHER_FILES and is_kiosk():
            self.say("No other files can be reached from here (PLANNER_KIOSK)", tone="due")
            return
        kind: Any = screen_class(name)
        if not isinstance(self.screen, kind):
            self.push_screen(kind(*given, **named))

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form for a contact, or with None for a new one."""
        # The first screen does not need it.
        from planner.ui.session.opening import edit_contact

        self.run_worker(partial(edit_contact, self, contact_id), exclusive=True, group="form")

    def open_contact(self, contact_id: int, said: str = "") -> None:
        """Show one contact over the present place, with the message about what was just done."""
        if isinstance(self.screen, screen_class("contact")):
            self.pop_screen()
        self.open("contact", contact_id, said)
