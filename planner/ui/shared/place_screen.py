"""What every place has: the bar of places, the notice line, the prompt, the footer, and verbs by id."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from planner.commands import registry
from planner.commands.command import APP
from planner.commands.keys import key_label
from planner.commands.places import TOP_PLACES
from planner.core.dates.typed import MONTH_NAMES, WEEKDAY_NAMES
from planner.errors import PlannerError
from planner.ui.messages import DataChanged, DayChanged
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Look
from planner.ui.themes import glyphs, palette
from planner.ui.verbs.verb import Targets, Verb
from planner.ui.widgets.background import EmptyBackground
from planner.ui.widgets.bars import Key, KeyBar, TopBar
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.prompt import Closed, Prompt, Question, Submit

if TYPE_CHECKING:
    from planner.desk import Desk, Done

Answer = TypeVar("Answer")
PAINT_ANYWAY = 0.5
"""Seconds a place waits for its first people before it is painted without them."""
PROMPT_KEYS = (Key("", "enter", "take it"), Key("", "esc", "leave it"))


class PlaceScreen(AsksPlanner, EmptyBackground, Screen[None]):
    """A place: it lists the verbs it offers, and reads what it shows in `reload`."""

    PLACE: ClassVar[str] = APP
    VERBS: ClassVar[Mapping[str, Verb]] = {}
    """The verbs of the place by their ids; what only this place can do is a method named `verb_…`."""
    AUTO_FOCUS = "LineList"
    SHOWS_BEFORE_SAYING: ClassVar[bool] = False
    """Whether what a verb changed is read anew before the verb is said to be done."""

    def __init__(self) -> None:
        super().__init__()
        self._was_read = False

    # What a place adds

    def body(self) -> ComposeResult:
        """The widgets between the bar of places and the notice line."""
        yield from ()

    async def reload(self) -> None:
        """Read anew what is shown."""

    def draft_name(self) -> str:
        """The name under which an unfinished line of this place is kept."""
        return f"{self.PLACE}.prompt"

    def undone(self, step: int) -> None:
        """A step of the history was taken back; what is shown is read anew after this."""

    def stays(self) -> bool:
        """Whether it stays open when the place below is asked for: something would be lost with it."""
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
        """What lines are drawn with, in the theme that is on."""
        return Look(palette(self.app), glyphs(self.planner.ascii_marks), self.planner.today)

    def on_mount(self) -> None:
        """Fill the bars."""
        self.draw_bars()

    def draw_bars(self) -> None:
        """The places with their badges, the date, and the keys that matter here."""
        app = self.planner
        today = app.today
        name = WEEKDAY_NAMES[today.weekday()].capitalize()
        month = MONTH_NAMES[today.month - 1]
        mark = "sample network · " if app.demo else ""
        top = self.top_place()
        self.query_one(TopBar).show(
            brand="Planner",
            places=[(place.key, place.title, app.badges.get(place.id, 0)) for place in TOP_PLACES],
            current=next((n for n, place in enumerate(TOP_PLACES) if place.id == top), -1),
            right=[
                f"{mark}{name} {today.day} {month}",
                f"{mark}{name[:3]} {today.day} {month[:3]}",
                f"{name[:3]} {today.day} {month[:3]}",
            ],
        )
        self.draw_keys()

    def top_place(self) -> str:
        """The top-level place this screen belongs to."""
        return self.PLACE

    def draw_keys(self) -> None:
        """The footer; a key that cannot act is dim. While a line is asked for, letters are text, not keys."""
        if self.query_one(Prompt).is_open:
            self.query_one(KeyBar).show(PROMPT_KEYS)
            return
        self.query_one(KeyBar).show(
            Key(
                command.id,
                self.label(command.id),
                command.title,
                group=command.group,
                enabled=not self.refusal(command.id.partition(".")[2]),
            )
            for command in registry.footer(self.PLACE)
        )

    def label(self, command_id: str) -> str:
        """The first key of a command, as a person reads it; empty where it has none."""
        keys = self.planner.keys[command_id]
        return key_label(keys[0]) if keys else ""

    def with_keys(self, words: str) -> str:
        """Words in which {done} stands for the key of that verb here, {palette} for that of the whole app."""

        def label(verb: re.Match[str]) -> str:
            keys = self.planner.keys
            found = keys.get(f"{self.PLACE}.{verb[1]}") or keys.get(f"{APP}.{verb[1]}", ())
            return min(map(key_label, found), key=len, default=verb[0])

        return re.sub(r"\{(\w+)\}", label, words)

    # Reading

    def on_screen_resume(self) -> None:
        """Come back with what is true now."""
        self.draw_bars()
        self.read_again()

    @on(DataChanged)
    @on(DayChanged)
    def _changed(self) -> None:
        self.draw_bars()
        self.read_again()

    @work(exclusive=True, group="reload")
    async def read_again(self) -> None:
        """Read anew, the latest request alone; what cannot be read is said."""
        try:
            if self._was_read:
                await self.reload()
            else:
                await self._read_before_painting()
        except PlannerError as problem:
            self.planner.show_problem(problem)

    async def _read_before_painting(self) -> None:
        """The first reading: the first frame shows people, not an empty place."""
        reading = asyncio.create_task(self.reload())
        try:
            with self.app.batch_update():
                await asyncio.wait({reading}, timeout=PAINT_ANYWAY)
            await reading
        except asyncio.CancelledError:
            reading.cancel()
            raise
        self._was_read = True

    async def fetch(self, read: Callable[[Desk], Answer]) -> Answer:
        """The answer of a reading method of the desk; ends the worker where the place was left meanwhile."""
        answer = await self.planner.gateway.call(read)
        if not self.display:
            # Its widgets go one by one: who waits for the answer would look for one that is gone.
            raise asyncio.CancelledError
        return answer

    # Verbs

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now, in a sentence; empty when it can."""
        known = self.VERBS.get(verb)
        return known.refusal(self) if known is not None else self.refuses(verb)

    def refuses(self, verb: str) -> str:
        """Why a verb of this place alone cannot act now."""
        return ""

    def action_verb(self, command_id: str) -> None:
        """Run a command of this place; where it cannot act, say why."""
        verb = command_id.partition(".")[2]
        known = self.VERBS.get(verb)
        reason = self.refusal(verb)
        if reason:
            self.say(reason, tone="due")
        elif known is not None:
            known.run(self)
        elif (method := getattr(self, f"verb_{verb}", None)) is not None:
            method()
        else:
            self.planner.action_verb(command_id)

    def targets(self, verb: str) -> Targets:
        """Whom a verb is about: the marked ones in their order, or the one under the cursor."""
        return ()

    def nobody(self) -> str:
        """Why there is no target, in a sentence that says what to press."""
        return "Nothing is selected"

    def settled(self, verb: str, targets: Targets) -> None:
        """A verb is stored: the marks go, since it acted on them."""

    def in_turn(self, flow: Coroutine[Any, Any, None], group: str = "verb") -> None:
        """Run a coroutine of a verb; what is refused in it is said."""

        async def run() -> None:
            try:
                await flow
            except PlannerError as problem:
                self.say(str(problem), tone="late")

        self.run_worker(run(), group=group)

    async def answer_of(self, dialog: Screen[Answer]) -> Answer | None:
        """Open a dialog and wait for its answer, None where it was left; call it in a worker."""
        return await self.app.push_screen_wait(dialog)

    def on_key(self, event: events.Key) -> None:
        """The first key of a session that means nothing here says where the keys are; a line keeps its letters."""
        app = self.planner
        if not app.keys_told and event.is_printable and event.key not in self.active_bindings:
            app.keys_told = True
            self.say(f"{key_label(app.keys['app.help'][0])} shows the keys", tone="accent")

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A click on the footer does what its key does."""
        event.stop()
        if event.command_id:
            self.action_verb(event.command_id)

    def on_top_bar_pressed(self, event: TopBar.Pressed) -> None:
        """A click on a place opens it."""
        event.stop()
        self.planner.go_to(TOP_PLACES[event.index].id)

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "") -> None:
        """Say one thing above the footer; the terminal opens `link` from it, where it can."""
        self.query_one(Notice).say(message, tone=tone, undo=undo, link=link)

    def act(self, work: Callable[[Desk], Done], then: Callable[[], None] | None = None) -> None:
        """Run a verb of the desk and say what was done, or why not; `then` follows where it was done."""

        async def run() -> None:
            await self.do(work)
            if then is not None:
                then()

        self.in_turn(run())

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        """Run a verb of the desk and say what was done; raises what the desk refuses."""
        done = await self.planner.perform(work)
        self.say(done.said, undo=done.step is not None)
        return done

    def ask(self, question: Question, submit: Submit) -> None:
        """Ask for one line; see `Prompt.ask`."""
        # The first screen is there without it.
        from planner.drafts import Drafts

        if question.draft and not question.value and self.planner.paths is not None:
            kept = Drafts(self.planner.paths.state).take(question.draft)
            if kept:
                question = replace(question, value=kept)
        self.query_one(Notice).clear()
        self.query_one(Prompt).ask(question, submit)
        self.draw_keys()

    def unfinished(self) -> dict[str, str]:
        """What is typed and not yet taken, by the name of its draft."""
        prompt = self.query_one(Prompt)
        question = prompt.question
        return {question.draft: prompt.text} if question is not None and question.draft and prompt.text else {}

    @on(Closed)
    def _prompt_closed(self) -> None:
        self.draw_keys()
        self.focus_list()

    def focus_list(self) -> None:
        """Give the focus back to what the letters act on."""
        for widget in self.query(self.AUTO_FOCUS or "LineList").results(Widget):
            widget.focus()
            return

    def capture(self, start: str = "") -> None:
        """Open the capture line."""
        # The first screen is there without it.
        from planner.ui.shared.capture_line import capture_question, capture_submit

        self.ask(capture_question(self, start), capture_submit(self))
