"""Common to all places: the bar of places, the notice line, the prompt, the footer, and verbs by id."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from planner.commands import registry
from planner.commands.command import APP
from planner.commands.keys import key_label
from planner.commands.places import FROM_ANYWHERE, TOP_PLACES
from planner.errors import PlannerError
from planner.ui.glyphs import glyphs
from planner.ui.keymap import words_with_keys
from planner.ui.messages import DataChanged, DayChanged
from planner.ui.places.first_reading import FirstReading
from planner.ui.places.places_bar import draw_places
from planner.ui.places.rows_meant import rows_meant, stand_on
from planner.ui.places.taking import or_refused
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Look
from planner.ui.text import content
from planner.ui.themes import palette
from planner.ui.verbs.verb import ScreenVerb, Targets
from planner.ui.widgets.background import EmptyBackground
from planner.ui.widgets.bars import Key, KeyBar, TopBar
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.prompt import Closed, Prompt, Question, Submit
from planner.unfinished import Unfinished

if TYPE_CHECKING:
    from planner.desk import Desk, Done
    from planner.desk.values import Card
    from planner.ui.widgets.may_be_left import Flow

Answer = TypeVar("Answer")
LOOKING = ("filter",)
"""Verbs whose line only filters a list: an unfinished one is not kept."""
PROMPT_KEYS = (Key("", "enter", "take it"), Key("", "esc", "leave it"))


class PlaceScreen(AsksPlanner, FirstReading, EmptyBackground, Screen[None]):
    """A place: it lists its verbs, and reads what it shows in `reload`."""

    PLACE: ClassVar[str] = APP
    VERBS: ClassVar[Mapping[str, ScreenVerb]] = {}
    """The verbs of the place by their ids; a verb of this place alone is a method named `verb_…`."""
    AUTO_FOCUS = "LineList"
    SHOWS_BEFORE_SAYING: ClassVar[bool] = False
    """Whether the effect of a verb is read before the message that the verb is done."""

    def __init__(self, said: str = "") -> None:
        """`said` is the message about what was just done; it is shown here, and undo can take that back."""
        super().__init__()
        self._to_say = [partial(self.say, said, undo=True)] if said else []
        self._about: tuple[str, tuple[int, ...]] = ("", ())
        self._rows_meant: tuple[str, ...] = ()
        self._asked_with = ""

    # To be overridden by a place

    def body(self) -> ComposeResult:
        """The widgets between the bar of places and the notice line."""
        yield from ()

    async def reload(self) -> None:
        """Read the shown data again."""

    async def show_done(self, done: object) -> None:
        """Show the effect of a verb, whose result is `done`."""
        await self.reload()

    def undone(self, step: int) -> None:
        """Called when a step of the history was undone; the place is read again afterwards."""

    def redone(self, step: int) -> None:
        """Called when a step of the history was redone; the place is read again afterwards."""

    def stays(self) -> bool:
        """Whether the place stays open when the place below it is requested: something typed would be lost."""
        return bool(self.unfinished())

    # Layout

    def compose(self) -> ComposeResult:
        yield TopBar(id="top")
        yield from self.body()
        yield Notice(id="notice")
        yield Prompt(id="prompt")
        yield KeyBar(id="keys")

    @property
    def look(self) -> Look:
        """What lines are drawn with, in the present theme."""
        key = key_label(next(iter(self.planner.keys.get(f"{self.PLACE}.rhythm", ())), ""))
        return Look(palette(self.app), glyphs(self.planner.ascii_marks), self.planner.today, key)

    def on_mount(self) -> None:
        """Fill the bars, and show the message about what was just done."""
        self.hold_frames()
        self.draw_bars()
        for say in self._to_say:
            say()

    def draw_bars(self) -> None:
        """Draw the places with their badges, the date, and the keys of the footer."""
        draw_places(self.query_one(TopBar), self.planner, self.top_place())
        self.draw_keys()

    def show_empty(self, words: str) -> None:
        """Show words in place of an empty body; "" shows the body."""
        empty = self.query_one(f"#{self.PLACE}-empty", Static)
        empty.display = bool(words)
        self.query_one(f"#{self.PLACE}-body").display = not words
        empty.update(content(words))

    def top_place(self) -> str:
        """The id of the top-level place shown as open in the top bar: for a page, the place it was opened from."""
        return self.PLACE if self.PLACE in [place.id for place in TOP_PLACES] else self.app.current_mode

    def draw_keys(self) -> None:
        """Draw the footer: a key that cannot act is dim; while a line is typed, it has the keys of that line."""
        if self.query_one(Prompt).is_open:
            self.query_one(KeyBar).show(PROMPT_KEYS)
            return
        keys = []
        for one in registry.footer(self.PLACE):
            acts = not self.refusal(one.id.partition(".")[2])
            keys.append(Key(one.id, self.label(one.id), one.title, group=one.group, enabled=acts))
        self.query_one(KeyBar).show(keys)

    def label(self, command_id: str) -> str:
        """The first key of a command, as people read it; empty without one."""
        keys = self.planner.keys[command_id]
        return key_label(keys[0]) if keys else ""

    cards: dict[int, Card]
    """The cards that were read, by the id of the contact; only places that show cards have them."""
    wish_asked = False
    """Whether this round has asked once what somebody looks for."""

    def asks_wish_of(self, contact_id: int) -> bool:
        """Whether to ask what a contact looks for: it is not written down, and this round has not asked yet."""
        card = getattr(self, "cards", {}).get(contact_id)
        if self.wish_asked or card is None or card.contact.looking_for or not self.planner.config.ask_wishes:
            return False
        self.wish_asked = True
        return True

    def with_keys(self, words: str) -> str:
        """Words with keys: {done} is the key of a verb of this place or the app, {contacts.filter} of another place."""
        return words_with_keys(words, self.PLACE, self.planner.keys)

    # Reading

    def on_screen_suspend(self) -> None:
        """Clear a waiting message, since another screen was opened over it."""
        notice = self.query_one(Notice)
        if notice.stays:
            notice.clear()

    def on_screen_resume(self) -> None:
        """Draw and read the place again when it becomes visible again."""
        self.draw_bars()
        self.read_again()

    @on(DataChanged)
    @on(DayChanged)
    def _changed(self) -> None:
        self.draw_bars()
        self.read_again()

    @work(exclusive=True, group="reload")
    async def read_again(self) -> None:
        """Read the place again; of several requests only the latest is carried out. A failure is shown."""
        try:
            if self.was_read:
                await self.reload()
            else:
                await self.read_first(self.reload(), self.planner.place_painted)
        except PlannerError as problem:
            self.planner.show_problem(problem)

    # Verbs

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now, as a sentence; empty when it can."""
        known = self.VERBS.get(verb)
        return known.refusal(self) if known is not None else self.refuses(verb)

    def refuses(self, verb: str) -> str:
        """Why a verb that only this place has cannot act now."""
        return ""

    def moves_on(self, verb: str) -> bool:
        """Whether a verb moves the cursor on."""
        known = self.VERBS.get(verb)
        return known is None or not known.cursor_stays

    def action_verb(self, command_id: str) -> None:
        """Run a command of this place; if it cannot act, say why."""
        verb = command_id.partition(".")[2]
        known = self.VERBS.get(verb)
        # A verb that begins something new, or shows something, has no targets.
        targets = self.targets(verb) if verb not in FROM_ANYWHERE else ()
        people = tuple(target.contact_id for target in targets)
        self._about, self._rows_meant = (verb, people), self.rows_under(people)
        reason = self.refusal(verb)
        if reason:
            self.say(reason, tone="due")
            self.query_one(Notice).refuses = True
            return
        self.query_one(Notice).forget_refusal()
        if known is not None:
            known.run(self)
        elif (method := getattr(self, f"verb_{verb}", None)) is not None:
            method()
        else:
            self.planner.action_verb(command_id)

    def targets(self, verb: str) -> Targets:
        """The targets of a verb: the marked ones in order, or the one under the cursor."""
        return ()

    def rows_under(self, people: Sequence[int]) -> tuple[str, ...]:
        """The keys of the rows a verb about these people was used on."""
        return rows_meant(self)

    async def stand_on(self, rows: Sequence[str], *, marked: bool) -> bool:
        """Let verbs act on these rows again, as `rows_under` returned them; return whether they are there."""
        return stand_on(self, rows, marked=marked)

    def nobody(self) -> str:
        """Why there is no target, as a sentence that says what to press."""
        return "Nothing is selected"

    def settled(self, verb: str, targets: Targets) -> None:
        """Called once a verb is stored; a place with marks removes them, since the verb acted on them."""

    def in_turn(self, flow: Flow, group: str = "verb") -> None:
        """Run a coroutine of a verb in a worker, and show its refusal."""

        async def run() -> None:
            try:
                await flow()
            except PlannerError as problem:
                (self.planner if self.is_gone else self).say(str(problem), tone="late")

        self.run_worker(run, group=group)

    async def answer_of(self, dialog: Screen[Answer]) -> Answer | None:
        """Open a dialog and wait for its answer, None if it was left; call it in a worker."""
        return await self.app.push_screen_wait(dialog)

    def on_key(self, event: events.Key) -> None:
        """Say once in a session which key lists the keys: at the first letter without a meaning here."""
        app = self.planner
        if not app.keys_told and event.is_printable and event.key not in self.active_bindings:
            app.keys_told = True
            words = f"{key_label(app.keys['app.help'][0])} shows the keys"
            self.query_one(Notice).say(words, tone="accent", stays=True)

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A click in the footer acts like its key."""
        event.stop()
        if event.command_id:
            self.action_verb(event.command_id)

    def on_top_bar_pressed(self, event: TopBar.Pressed) -> None:
        """A click on a place opens it."""
        event.stop()
        self.planner.go_to(TOP_PLACES[event.index].id)

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "", waits: bool = False) -> None:
        """Show a message above the footer; if the terminal can, a click on the message opens `link`.

        While the place is being opened, the message waits until there is a footer. One that `waits` lets the answer to
        a key stand first.
        """
        if self.is_composed:
            undo_key = self.with_keys("{undo}") if undo else ""
            self.query_one(Notice).say(message, tone=tone, undo_key=undo_key, link=link, waits=waits)
        else:
            self._to_say.append(partial(self.say, message, tone=tone, undo=undo, link=link, waits=waits))

    @property
    def is_composed(self) -> bool:
        """Whether the widgets of the place exist."""
        return bool(self.query(Notice))

    def act(self, work: Callable[[Desk], Done], then: Callable[[], None] | None = None) -> None:
        """Run a verb of the desk and show its message or its refusal; `then` is called after success."""

        async def run() -> None:
            await self.do(work)
            if then is not None:
                then()

        self.in_turn(run)

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb of the desk and show its message; raises what the desk refuses."""
        done = await self.planner.perform(work)
        if self.is_gone:
            # The verb is stored all the same: the screen that is open now shows the message.
            self.planner.say(done.said, undo=done.step is not None)
            raise asyncio.CancelledError
        self.say(done.said, undo=done.step is not None)
        return done

    def ask(self, question: Question, submit: Submit) -> None:
        """Ask for one line; see `Prompt.ask`."""
        self._asked_with = question.value
        kept = self.planner.typed.for_line(*self.about[1:]) if self.keeps_line else None
        if kept is not None:
            question = replace(question, value=kept.texts.get("", ""))
        if question.check is not None:
            question = replace(question, check=or_refused(self, question.check))
        self.query_one(Notice).clear()
        prompt = self.query_one(Prompt)
        prompt.ask(question, or_refused(self, submit))
        if kept is not None:
            self.planner.typed.put_back(self, kept, lambda: None)
        self.draw_keys()

    @property
    def keeps_line(self) -> bool:
        """Whether a line typed into the prompt is worth keeping; a filter is not."""
        return bool(self._about[0]) and self._about[0] not in LOOKING

    @property
    def about(self) -> tuple[str, str, tuple[int, ...]]:
        """(place, verb, ids of contacts) of the last verb."""
        return self.PLACE, *self._about

    @property
    def rows_meant(self) -> tuple[str, ...]:
        """The keys of the rows of the last verb."""
        return self._rows_meant

    def unfinished(self) -> list[Unfinished]:
        """The typed line of the prompt that was not submitted."""
        prompt = self.query_one(Prompt)
        question, text = prompt.question, prompt.text
        if question is None or not self.keeps_line or not text.strip() or text == self._asked_with:
            return []
        place, verb, contacts = self.about
        return [Unfinished(verb, contacts, place, question.label, {"": text}, rows=self._rows_meant)]

    @on(Closed)
    def _prompt_closed(self) -> None:
        self.draw_keys()
        self.focus_list()

    def focus_list(self) -> None:
        """Give the focus back to the list that the letters act on."""
        for widget in self.query(self.AUTO_FOCUS or "LineList").results(Widget):
            widget.focus()
            return

    def capture(self, start: str = "") -> None:
        """Open the capture line."""
        # The first screen does not need it.
        from planner.ui.shared.capture_line import capture_question, capture_submit

        self._about = "capture", ()
        self.ask(capture_question(self, start), capture_submit(self))
