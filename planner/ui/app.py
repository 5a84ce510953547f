"""The full screen: one app, a screen for each place, one gateway to the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property, partial
from pathlib import Path
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
from planner.ui.session.style_rules import StyleRules
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
"""Screens that read or write files of the person's own choice."""


def stylesheet() -> Path:
    """The stylesheet: inside the package once installed, beside it in a checkout."""
    inside = Path(__file__).parent.parent / "planner.tcss"
    return inside if inside.exists() else inside.parent.parent / "planner.tcss"


def _place(name: str) -> Screen[Any]:
    """A top-level place, not loaded before it is opened."""
    return screen_class(name)()


class PlannerApp(InTerminal):
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
        few_colors: bool = False,
    ) -> None:
        """`today` is asked for the civil date; `demo` says so beside the brand; `few_colors`: sixteen of them."""
        keys, self.keymap_problems = validate(config.keymap)
        super().__init__(keys, paths, keeps=not demo)
        self.stylesheet = self.style_rules = StyleRules(variables=self.get_css_variables())
        self.gateway = gateway
        self.config = config
        self.demo = demo
        self.clock = today
        self.today = today()
        self.animation_level = "none"
        self.outside = Outside(self)
        self.read_only = False
        """Whether nothing can be saved, once that is known."""
        self.badges: dict[str, int] = {}
        self.wanted_filter = ""
        self.keys_told = False
        """Whether a key that means nothing was answered with where the keys are shown: once a session."""
        self.problems = [*config.problems, *(f"keymap: {one}" for one in self.keymap_problems)]
        """What the configuration holds that cannot be, a line each."""
        self.theme_choice = ThemeChoice(self, config, None if demo else paths, few_colors=few_colors)
        problem = self.theme_choice.put_on()
        self.problems += [words_with_keys(problem, APP, self.keys)] if problem else []

    # What Textual asks for

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables for themes that lack them."""
        return themes.variable_defaults(self.current_theme)

    def get_default_screen(self) -> Screen[Any]:
        """The place the planner opens with."""
        return _place(self.DEFAULT_MODE)

    def on_mount(self) -> None:
        """The keys of the configuration, and what is watched while the planner is open."""
        self.watch_around = Watch(self)
        self.begin()
        self.add_mode(self.DEFAULT_MODE, partial(_place, self.DEFAULT_MODE))
        self.call_after_refresh(self._say_waiting)
        self.run_worker(self._say_read_only, group="limits")
        self.outside.begin()
        if self.problems:
            self.call_after_refresh(self._say_problems)

    def look_around(self) -> None:
        """Keep what is typed, and look at the day and at what another session wrote."""
        super().look_around()
        self.watch_around.look()

    def _say_problems(self) -> None:
        """What of the configuration was left out, the first of it at length."""
        more = len(self.problems) - 1
        rest = f" (and {more} more: “planner config” names all)" if more else ""
        self.say(f"{self.problems[0]}{rest}", tone="due")

    async def _say_read_only(self) -> None:
        """Say beside the date that nothing can be saved, where that is so."""
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
        """Show what was typed and not saved in sessions that ended."""
        # As in `_say_waiting`.
        from planner.ui.session.waiting_dialog import show_waiting

        show_waiting(self)

    def place_painted(self) -> None:
        """Read the styles of the other screens once the first place is painted."""
        super().place_painted()
        self.style_rules.read_later()

    def choose_theme(self, name: str) -> None:
        """Put a theme on, for next time too."""
        self.theme_choice.choose(name, lambda problem: self.say(problem, tone="due"))

    def look_at_theme(self, name: str) -> None:
        """Show a theme without choosing it; an empty name shows the one again that was on before."""
        self.theme_choice.look_at(name)

    def on_data_changed(self) -> None:
        """Another session wrote."""
        self.data_changed()

    def on_waiting_for_another(self) -> None:
        """Say why nothing happens yet; keys go on meanwhile."""
        self.turns.let_go()
        self.say("Waiting for another session, which is writing", tone="due")

    def day_changed(self, day: date) -> None:
        """Another day has come."""
        self.today = day
        for screen in self._places():
            screen.post_message(DayChanged())

    # What screens share

    def _places(self) -> list[PlaceScreen]:
        # Loaded with the first screen, while another thread opens the database.
        from planner.ui.places.place_screen import PlaceScreen

        return [screen for screen in self.screen_stack if isinstance(screen, PlaceScreen)]

    def data_changed(self) -> None:
        """Read anew what is shown."""
        for screen in self._places():
            screen.post_message(DataChanged())
        self.count_again()

    @work(exclusive=True, group="counts")
    async def count_again(self) -> None:
        """Say in the bar of places how much is open in each."""
        with suppress(PlannerError):
            self.show_counts(await self.gateway.call(lambda desk: desk.reading.counts()))

    def show_counts(self, counts: Counts) -> None:
        """Say in the bar of places how much is open in each, as it was counted."""
        badges = {"ledger": counts.ledger, "needs": counts.needs, "reach": counts.introductions}
        if badges != self.badges:
            self.badges = badges
            # Loaded with the first screen.
            from planner.ui.places.places_bar import draw_places
            from planner.ui.widgets.bars import TopBar

            for screen in self._places():
                # The other parts of a place that is being opened may not be there yet.
                for bar in screen.query(TopBar):
                    draw_places(bar, self, screen.top_place())

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
            if screen.SHOWS_BEFORE_SAYING and screen is self.screen and screen.is_composed:
                await screen.show_done(answer)
            else:
                screen.post_message(DataChanged())
        if not any(screen.SHOWS_BEFORE_SAYING and screen is self.screen for screen in self._places()):
            self.count_again()
        return answer

    def show_problem(self, problem: PlannerError) -> None:
        """Say in a dialog what went wrong with the database."""
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
        """Open a top-level place itself: what was opened over it goes, but for what would lose something."""
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
        # The first screen is there without it.
        from planner.ui.session.history import History

        def undone(step: int) -> None:
            for screen in self._places():
                screen.undone(step)

        def redone(step: int) -> None:
            for screen in self._places():
                screen.redone(step)

        return History(self, undone, redone)

    def verb_undo(self) -> None:
        """Take back the last change; a big one, or another session's, at the second press."""
        self.history.undo()

    def undo_at_once(self) -> None:
        """Take back the last change, which was asked for by name."""
        self.history.undo_at_once()

    def verb_redo(self) -> None:
        """Make it again."""
        self.history.redo()

    def verb_suspend(self) -> None:
        """Rest in the background until the shell brings the planner back; where none could, say so."""
        # The first screen is there without it.
        from planner.ui.session.suspending import why_not

        reason = why_not() if not self.is_headless else "There is no terminal to give back here"
        if reason:
            self.say(words_with_keys(reason, APP, self.keys), tone="due")
        else:
            self.action_suspend_process()

    def action_help_quit(self) -> None:
        """Ctrl+C leaves nothing by accident: say what does."""
        typing = is_typed_into(self.focused)
        words = "esc leaves what is typed, then {quit} the planner" if typing else "{quit} leaves; everything is saved"
        self.say(words_with_keys(words, APP, self.keys), tone="accent")

    @cached_property
    def sample(self) -> Sample:
        """What puts the sample network in place of one's own planner."""
        # The first screen is there without it.
        from planner.ui.sample import Sample

        return Sample(self)

    def show_sample(self) -> None:
        """Show the sample network in place of one's own planner."""
        self.run_worker(self.sample.show, exclusive=True, group="sample")

    def verb_own(self) -> None:
        """Back from the sample network."""
        self.run_worker(self.sample.leave, exclusive=True, group="sample")

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

    def say(
        self, message: str, *, tone: str = "done", undo: bool = False, link: str = "", waits: bool = False
    ) -> None:
        """Say one thing above the footer of the place that is open; what `waits` lets what a key said stand first."""
        for screen in reversed(self._places()):
            if not screen.is_gone:
                screen.say(message, tone=tone, undo=undo, link=link, waits=waits)
                return

    def say_trouble(self, words: str) -> None:
        """Say calmly what a person should know, and need not do anything about at once."""
        self.say(words, tone="due", waits=True)

    def read_day(self, text: str, *, past: bool = False) -> date:
        """A day as a person typed it; raises Refused with what to type."""
        return parse_date(text, self.today, past=past, date_order=self.config.settings.date_order)

    def get_in_touch(self, contact_id: int) -> None:
        """Show the ways to reach a contact, each with its key, and go the one that is chosen."""
        # The first screen is there without it.
        from planner.ui.contacting.reaching import get_in_touch

        self.run_worker(partial(get_in_touch, self, contact_id), exclusive=True, group="reach")

    def explain(self, item_id: str) -> None:
        """Say step by step why an item stands where it stands."""
        # The first screen is there without it.
        from planner.ui.session.opening import explain

        self.run_worker(partial(explain, self, item_id), exclusive=True, group="why")

    def open(self, name: str, *given: object, **named: object) -> None:
        """Open a screen by its name, `given` and `named` being those of its constructor, unless it is on top."""
        if name in OTHER_FILES and is_kiosk():
            self.say("No other files can be reached from here (PLANNER_KIOSK)", tone="due")
            return
        kind: Any = screen_class(name)
        if not isinstance(self.screen, kind):
            self.push_screen(kind(*given, **named))

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form for somebody, None for somebody new."""
        # The first screen is there without it.
        from planner.ui.session.opening import edit_contact

        self.run_worker(partial(edit_contact, self, contact_id), exclusive=True, group="form")

    def open_contact(self, contact_id: int, said: str = "") -> None:
        """Show one contact over the present place, and there what was done just before."""
        if isinstance(self.screen, screen_class("contact")):
            self.pop_screen()
        self.open("contact", contact_id, said)
