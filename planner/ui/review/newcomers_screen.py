"""The newcomers: one key sets how often to be in touch with a person, or on occasion, or never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.commands import registry
from planner.commands.keys import key_label
from planner.core.words.counts import counted, people_word
from planner.desk.values import Newcomer, NewcomerCount
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.messages import Progressed
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.review.newcomer_rows import (
    ABOUT_PEOPLE,
    ANSWERS,
    COME_BACK,
    FILTER_KEYS,
    NOBODY_NEW,
    RHYTHMS,
    NewcomerList,
    strangers_words,
    told_lines,
)
from planner.ui.review.newcomers_dialog import offer_rhythms
from planner.ui.shared.people_questions import circle_question, rhythm_question
from planner.ui.text import content, plain
from planner.ui.widgets.bars import KeyBar
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Closed, Prompt, Question


class NewcomersScreen(PlaceScreen):
    """Lists all imported people without a decision so far."""

    PLACE = "newcomers"
    AUTO_FOCUS = "NewcomerList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("newcomers")

    def __init__(self) -> None:
        super().__init__()
        self.ids: Sequence[int] | None = None
        """The people in order, None before it is read; an answered one stays until the place is left."""
        self.words = ""
        """The filter, as typed."""
        self.count = NewcomerCount(0, 0)
        self.strangers = 0
        """How many people I write with are not contacts, as far as known."""
        self._before_filter: str | None = None
        """The filter before the one being typed; None while none is typed."""
        self._to_ask: Newcomer | None = None
        """Somebody who got a rhythm here while their wishes and offers are not written down; named on leaving."""

    def top_place(self) -> str:
        return "contacts"

    def body(self) -> ComposeResult:
        yield LinesView(id="newcomers-told")
        with Vertical(id="newcomers-body"):
            yield NewcomerList(ascii_marks=self.planner.ascii_marks, id="newcomers-list")
        yield Static(id="newcomers-empty", classes="empty", markup=False)

    @property
    def list(self) -> NewcomerList:
        """The list of people."""
        return self.query_one(NewcomerList)

    # Reading

    async def reload(self) -> None:
        """Read the order the first time, and each time the counts and the lines around the cursor."""
        if self.ids is None:
            await self._read_order()
        else:
            await self._read_lines(*self._window())
        await self._count()

    async def _read_order(self) -> None:
        words = self.words
        ids = await self.fetch(lambda desk: desk.review.newcomer_ids(words))
        if words != self.words:
            return
        self.ids = ids
        self.list.look = self.look
        self.list.set_rows(0, [], 0)
        await self._read_lines(0, 3 * max(self.list.size.height, 20))
        self.list.move_to(0)

    def _window(self) -> tuple[int, int]:
        height = max(self.list.size.height, 20)
        return max(0, self.list.cursor - 2 * height), self.list.cursor + 3 * height

    async def _read_lines(self, start: int, end: int) -> None:
        ids = self.ids or []
        some = ids[start:end]
        found = await self.fetch(lambda desk: desk.review.newcomers(some))
        if len(found) < len(some) and self.ids is ids:
            # A contact is gone: its import was undone, or it was merged into another one.
            present = {one.id for one in found}
            gone = set(some) - present
            self.ids = ids = [key for key in ids if key not in gone]
            self.list.marked = self.list.marked - {str(key) for key in gone}
        if self.ids is ids:
            self.list.look = self.look
            self.list.set_rows(start if found else 0, [Row(str(one.id), "item", one) for one in found], len(ids))

    async def _count(self) -> None:
        self.count, self.strangers = await self.fetch(
            lambda desk: (desk.review.newcomer_count(), desk.strangers.count())
        )
        self._tell()
        self.draw_keys()

    def _tell(self) -> None:
        count, words, shown, marked = self.count, plain(self.words), len(self.ids or ()), len(self.list.marked)
        view = self.query_one("#newcomers-told", LinesView)
        answers = self._answers() if self.has_class("-told") else ()
        others = strangers_words(self.strangers, self.label("newcomers.new"))
        view.show(lambda width: told_lines(count, shown, words, marked, others, answers, width, self.look))
        view.styles.height = 2 if answers else 1
        here = bool(self.ids)
        view.display = here or bool(words)
        if here:
            self.show_empty("")
        elif words:
            self.show_empty(f"Nobody new holds “{words}”.\n\n{self.with_keys(FILTER_KEYS)}")
        else:
            self.show_empty(self.with_keys(NOBODY_NEW))

    def _answers(self) -> Sequence[tuple[str, str]]:
        """(key, word) of each answer."""
        found = [registry.by_id(f"newcomers.{verb}") for verb in ANSWERS]
        return [(key_label(self.planner.keys[one.id][0]), one.title) for one in found]

    def draw_keys(self) -> None:
        """Draw the footer, without the answers if they are above the list."""
        super().draw_keys()
        if self.has_class("-told") and not self.query_one(Prompt).is_open:
            bar = self.query_one(KeyBar)
            bar.show([key for key in bar.keys if key.command_id.removeprefix("newcomers.") not in ANSWERS])

    def on_resize(self) -> None:
        """If the screen is high enough, give the answers a line of their own above the list."""
        self.set_class(self.size.height >= 16, "-told")
        if self.ids is not None:
            self._tell()
        self.draw_keys()

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        self._read_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _read_window(self, start: int, end: int) -> None:
        try:
            await self._read_lines(start, end)
        except PlannerError as problem:
            self.planner.show_problem(problem)

    # Targets of keys

    @property
    def current(self) -> Newcomer | None:
        """The person under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, Newcomer) else None

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb in ABOUT_PEOPLE and not self.ids:
            return "Nobody waits for a word"
        return ""

    def _meant(self) -> Sequence[int]:
        """The ids of the marked people in order; without marks, of the person under the cursor."""
        marked = self.list.marked
        if marked:
            return [key for key in self.ids or () if str(key) in marked]
        return [self.current.id] if self.current is not None else []

    def _named(self, ids: Sequence[int]) -> str:
        if len(ids) == 1 and self.current is not None and self.current.id == ids[0]:
            return self.current.name
        return people_word(len(ids))

    # Answers

    def _settle(self, **wish: str) -> None:
        ids = self._meant()
        if ids:
            marked, one = self.list.marked, self.current
            if "cadence" in wish and one is not None and one.id in ids and not one.wish_known:
                self._to_ask = self._to_ask or one
            # Before the answer is stored: the next key may be pressed already, and means the next person.
            self._go_on(ids)
            self._write(ids, wish, marked)

    def _go_on(self, ids: Sequence[int]) -> None:
        """Go to the next person, and remove the marks."""
        if not self.list.marked and self.current is not None and [self.current.id] == ids:
            self.list.action_cursor_down()
        self.list.marked = ()

    @work(group="newcomers")
    async def _write(self, ids: Sequence[int], wish: dict[str, str], marked: frozenset[str]) -> None:
        """Store an answer; if it is refused, restore the marks, or the cursor."""
        try:
            await self._settled(ids, wish)
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            self.list.marked |= marked
            if not marked:
                self.list.move_to_key(str(ids[0]))
            self._tell()

    async def _settled(self, ids: Sequence[int], wish: dict[str, str]) -> None:
        """Store an answer; raises what the desk refuses."""

        def progress(done: int, total: int) -> None:
            # Runs on the database thread, which may only send a message.
            self.post_message(Progressed(done, total))

        await self.do(lambda desk: desk.review.settle_newcomers(ids, progress=progress, **wish))

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if event.done < event.total:
            self.say(f"{event.done:,} of {event.total:,}", tone="accent")

    def action_verb(self, command_id: str) -> None:
        """Run a command; the verb of a rhythm sets that rhythm."""
        verb = command_id.partition(".")[2]
        if command_id.startswith("newcomers.") and verb in RHYTHMS and not self.refusal(verb):
            self._settle(cadence=RHYTHMS[verb])
        else:
            super().action_verb(command_id)

    def verb_occasion(self) -> None:
        """Be in touch only when there is a reason."""
        self._settle(mode="occasion")

    def verb_never(self) -> None:
        """Never chase them."""
        self._settle(mode="never")

    def verb_leave_as_it_is(self) -> None:
        """Leave them without a rhythm, and never ask about them again."""
        self._settle()

    def verb_rhythm(self) -> None:
        """Ask for another rhythm, and set it."""
        ids = self._meant()

        async def submit(text: str) -> None:
            await self._settled(ids, {"cadence": text})
            self._go_on(ids)

        if ids:
            self.ask(rhythm_question(self, self._named(ids)), submit)

    @work(exclusive=True, group="circle")
    async def verb_circle(self) -> None:
        """Ask for a circle, and put them into it."""
        ids = self._meant()

        async def submit(text: str) -> None:
            name = " ".join(text.lstrip(" -").split())
            await self._settled(ids, {"circle": name})
            self._go_on(ids)

        if ids:
            rows = await self.fetch(lambda desk: desk.people.circles())
            known = [(row.name, row.members) for row in sorted(rows, key=lambda row: -row.members)]
            self.ask(circle_question(self._named(ids), known), submit)

    def verb_by_circle(self) -> None:
        """Set rhythms circle by circle, in a dialog."""
        self._by_circle()

    @work(exclusive=True, group="by-circle")
    async def _by_circle(self) -> None:
        await offer_rhythms(self)

    def verb_new(self) -> None:
        """List the people I write with who are not contacts; an added one is inserted here at the cursor."""
        # Few look for people in their mail.
        from planner.ui.evidence.strangers_dialog import MeetingStrangers

        self.in_turn(MeetingStrangers(self, self._came).go)

    def _came(self, contact_id: int) -> None:
        ids, place = self.ids or (), self.list.cursor if self.ids else 0
        if contact_id not in ids:
            self.ids = [*ids[:place], contact_id, *ids[place:]]
            self.read_again()

    # The list

    def verb_mark(self) -> None:
        """Mark the person under the cursor, or unmark them, and go to the next row."""
        self.list.toggle_mark()
        self.list.action_cursor_down()
        self._tell()

    def verb_mark_all(self) -> None:
        """Mark everyone who still waits; if they are all marked, remove the marks."""
        self.in_turn(self._mark_all)

    async def _mark_all(self) -> None:
        # The list still shows people answered just now: a key for many must not overwrite an answer for one.
        words = self.words
        waiting = await self.fetch(lambda desk: desk.review.newcomer_ids(words))
        if words == self.words:
            everyone = {str(key) for key in waiting}
            self.list.marked = () if self.list.marked >= everyone else everyone
            self._tell()

    def verb_open(self) -> None:
        """Open the contact."""
        if self.current is not None:
            self.planner.open_contact(self.current.id)

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        self.planner.open_contact(int(event.row.key))

    def verb_filter(self) -> None:
        """Ask for words, and list only matching people while they are typed."""
        before = self.words

        async def check(text: str) -> Content:
            await self._filter(text)
            return content(people_word(len(self.ids or ())), "$done")

        async def submit(text: str) -> None:
            self._before_filter = None
            await self._filter(text)

        self._before_filter = before
        question = Question("Filter", "words of the name, company, title, city or circle", before, check=check)
        self.ask(replace(question, may_be_empty=True), submit)

    async def _filter(self, text: str) -> None:
        if text != self.words or self.ids is None:
            self.words = text
            await self._read_order()
            self._tell()

    def verb_back(self) -> None:
        """Remove the marks; without marks the filter; without a filter leave the place."""
        if self.list.marked:
            self.list.marked = ()
            self._tell()
        elif self.words:
            self._filter_by("")
        else:
            self.dismiss(None)
            left, asked = self.count.total - self.count.said, self._to_ask
            words = []
            if asked is not None and self.planner.config.ask_wishes:
                words += [f"What is {asked.name} looking for? {self.label('app.capture')} writes it down"]
            if left > 0:
                wait = counted(left, "person waits", "people wait")
                words += [f"{wait} without a rhythm; {self.with_keys(COME_BACK)}"]
            if words:
                self.planner.say(" · ".join(words), tone="accent")

    @on(Closed)
    def _line_closed(self) -> None:
        """Restore the earlier filter if the line for the new one was left."""
        before, self._before_filter = self._before_filter, None
        if before is not None:
            self._filter_by(before)

    @work(exclusive=True, group="filter")
    async def _filter_by(self, text: str) -> None:
        await self._filter(text)
