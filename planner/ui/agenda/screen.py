"""The agenda: the week, who is next in it, and one key for each thing to do about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from planner.core.model import Agenda, AgendaItem, ItemKind
from planner.core.rhythm.agenda import backlog_is_large
from planner.core.words.folding import fold
from planner.desk.values import Card
from planner.ui.agenda.rows import AgendaList, detail_words, rows_of
from planner.ui.agenda.week_strip import WeekStrip
from planner.ui.keymap import bindings_of
from planner.ui.shared.card import card_lines
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.shared.triage_questions import (
    day_question,
    done_question,
    note_question,
    pause_question,
    snooze_question,
    triage_refusal,
)
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

CARD_WAIT = 0.1
"""Seconds the cursor rests before the card follows: a held key draws one card, not sixty."""
NEEDS_ITEM = frozenset(
    {"done", "snooze", "attempt", "skip", "note", "reschedule", "day_before", "day_after", "pause", "mark",
     "email", "why"}
)  # fmt: skip


class AgendaScreen(PlaceScreen):
    """The week and its people."""

    PLACE = "agenda"
    SHOWS_BEFORE_SAYING = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("agenda")

    def __init__(self) -> None:
        super().__init__()
        self.agenda: Agenda | None = None
        self.week_of: date | None = None
        self.words: tuple[str, ...] = ()
        self.cards: dict[int, Card] = {}

    def body(self) -> ComposeResult:
        yield WeekStrip(ascii_marks=self.planner.ascii_marks, id="week")
        with SideBySide(id="agenda-body"):
            yield AgendaList(ascii_marks=self.planner.ascii_marks, id="agenda-list")
            yield LinesView(id="card")
        yield Static(id="agenda-empty", markup=False)

    @property
    def items(self) -> AgendaList:
        """The list of items."""
        return self.query_one(AgendaList)

    # Reading

    async def reload(self) -> None:
        """Read the week, then the card of whoever is under the cursor."""
        week_of = self.week_of
        agenda = await self.fetch(lambda desk: desk.reading.agenda(week_of=week_of))
        self.cards.clear()
        self.show(agenda)
        counts = await self.fetch(lambda desk: desk.reading.counts())
        badges = {"ledger": counts.ledger, "needs": counts.needs, "reach": counts.introductions}
        if self.planner.badges != badges:
            self.planner.badges = badges
            self.draw_bars()
        if counts.contacts == 0:
            self._welcome()
        self._card_soon()

    def show(self, agenda: Agenda) -> None:
        """Show a week; the cursor stays on its item, else on the next one."""
        self.agenda = agenda
        self.items.look = self.look
        rows = rows_of(agenda, self.words)
        self.items.marked = self.items.marked & {row.key for row in rows}
        self.items.set_rows(0, rows, len(rows))
        self.query_one(WeekStrip).show(agenda)
        self._show_empty(agenda, rows)
        self.draw_keys()

    def _show_empty(self, agenda: Agenda, rows: Sequence[Row]) -> None:
        empty = self.query_one("#agenda-empty", Static)
        empty.display = not rows
        self.query_one("#agenda-body").display = bool(rows)
        if rows:
            return
        if self.words:
            words = "Nothing here holds these words. / changes them, esc shows everything."
        elif agenda.end < agenda.today:
            words = "Nothing was noted that week.  . comes back to today."
        elif agenda.waiting:
            words = f"Nothing fits this week yet; {agenda.waiting} can wait."
        else:
            words = (
                "Nobody is due this week.\n\n"
                "a  write down what happened        2  see everyone, and give them a rhythm with r"
            )
        empty.update(words)

    def _welcome(self) -> None:
        self.planner.open("welcome")

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.draw_keys()
        self._card_soon()

    @work(exclusive=True, group="card")
    async def _card_soon(self) -> None:
        """The card of the person under the cursor, once the cursor rests."""
        from asyncio import sleep

        item = self.current
        view = self.query_one("#card", LinesView)
        if item is None:
            view.show(None)
            return
        await sleep(CARD_WAIT)
        contact_id = item.item.contact_id
        card = self.cards.get(contact_id)
        if card is None:
            card = await self.fetch(lambda desk: desk.reading.card(contact_id, history=30))
            self.cards[contact_id] = card
        self.items.card = card
        shown = card
        view.show(lambda width: card_lines(shown, width, self.look))
        if self.items.two_line:
            self.items.redraw()

    @property
    def current(self) -> AgendaItem | None:
        """The item under the cursor."""
        row = self.items.cursor_row
        return row.data if row is not None and isinstance(row.data, AgendaItem) else None

    def targets(self) -> list[AgendaItem]:
        """The marked items in their order, else the one under the cursor; what is done already is left out."""
        listed = self.items
        # Asked at every move for each key of the footer: the rows are gone through only where some are marked.
        places = range(*listed.window) if listed.marked else ()
        marked = [row for row in map(listed.row_at, places) if row is not None and row.key in listed.marked]
        chosen = marked or [row for row in (listed.cursor_row,) if row is not None]
        items = [row.data for row in chosen if isinstance(row.data, AgendaItem)]
        return [item for item in items if item.item.settled_on is None]

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        if verb in ("focus", "spread") and self.agenda is not None:
            open_items = [item for item in self.agenda.items if item.item.due <= self.agenda.today]
            if not open_items and verb == "focus" and not self.agenda.items:
                return "Nothing is open this week"
            return ""
        if verb not in NEEDS_ITEM:
            return ""
        if self.current is None:
            return "Nothing is selected"
        targets = self.targets()
        if not targets:
            return "That is done already; u takes the last change back"
        if reason := triage_refusal(verb, targets):
            return reason
        if verb in ("day_before", "day_after", "reschedule") and any(
            item.item.kind is ItemKind.DATE for item in targets
        ):
            return "A date of the year stays on its day; s snoozes it"
        return ""

    def _settled(self) -> None:
        self.items.marked = ()

    def _names(self, items: Sequence[AgendaItem]) -> str:
        return self.listed([item.item.contact_name for item in items])

    # Triage

    def verb_done(self) -> None:
        """One line: what happened, a next date, a promise."""
        items = self.targets()
        ids = [item.item.id for item in items]
        words = detail_words(items[0]) if len(items) == 1 else ""

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.capture.settle(ids, text))
            self._settled()

        self.ask(done_question(self, items[0].item, self._names(items), words), submit)

    def verb_snooze(self) -> None:
        """Hide until a day."""
        items = self.targets()
        ids = [item.item.id for item in items]

        async def submit(text: str) -> None:
            until = self.day(text)
            await self.do(lambda desk: desk.triage.snooze(ids, until))
            self._settled()

        self.ask(snooze_question(self, self._names(items)), submit)

    def day(self, text: str) -> date:
        """A day as typed, in the future."""
        return self.planner.read_day(text)

    def verb_attempt(self) -> None:
        """Tried, no answer."""
        ids = [item.item.id for item in self.targets()]
        self._settled()
        self.act(lambda desk: desk.triage.attempt(ids))

    def verb_skip(self) -> None:
        """Leave out this round."""
        contacts = [item.item.contact_id for item in self.targets()]
        self._settled()
        self.act(lambda desk: desk.triage.skip(contacts))

    def verb_note(self) -> None:
        """A line about the person."""
        items = self.targets()
        contacts = [item.item.contact_id for item in items]

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.interactions.note(contacts, text))
            self._settled()

        self.ask(note_question(self._names(items)), submit)

    def verb_reschedule(self) -> None:
        """Another date."""
        items = self.targets()
        ids = [item.item.id for item in items]

        async def submit(text: str) -> None:
            to = self.day(text)
            await self.do(lambda desk: desk.triage.move(ids, to))
            self._settled()

        self.ask(day_question(self, f"Move {self._names(items)} to"), submit)

    def verb_day_before(self) -> None:
        """One day earlier in the week."""
        self._move(-1)

    def verb_day_after(self) -> None:
        """One day later in the week."""
        self._move(1)

    def _move(self, days: int) -> None:
        items, today = self.targets(), self.planner.today
        to = max(item.planned for item in items) + timedelta(days=days)
        if to < today:
            self.say("It stands on today already; nothing moves into the past", tone="due")
            return
        ids = [item.item.id for item in items]
        self.act(lambda desk: desk.triage.move(ids, to))

    def verb_pause(self) -> None:
        """No keep-in-touch until a day."""
        items = self.targets()
        contacts = [item.item.contact_id for item in items]

        async def submit(text: str) -> None:
            until = self.day(text) if text.strip() else None
            await self.do(lambda desk: desk.triage.pause(contacts, until=until))
            self._settled()

        self.ask(pause_question(self, self._names(items)), submit)

    def verb_mark(self) -> None:
        """Mark and go on."""
        self.items.toggle_mark()
        self.items.action_cursor_down()

    # Looking

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        if isinstance(event.row.data, AgendaItem):
            self.planner.open_contact(event.row.data.item.contact_id)

    def verb_open(self) -> None:
        """Open the contact."""
        if self.current is not None:
            self.planner.open_contact(self.current.item.contact_id)

    def verb_email(self) -> None:
        """Start a mail, or copy the address."""
        if self.current is not None:
            self.planner.start_mail(self.current.item.contact_id)

    def verb_why(self) -> None:
        """Explain the due date."""
        if self.current is not None:
            self.planner.explain(self.current.item.id)

    def verb_focus(self) -> None:
        """One person at a time."""
        if self.agenda is not None:
            due = [item for item in self.agenda.items if item.planned <= self.agenda.today]
            self.planner.open("focus", due or list(self.agenda.items))

    def verb_filter(self) -> None:
        """Only items with some words."""

        async def check(text: str) -> str:
            self._filter(text)
            return f"{sum(1 for row in self._rows() if row.selectable)} items"

        async def submit(text: str) -> None:
            self._filter(text)

        hint = "words of a name, a kind or a text; empty shows everything"
        self.ask(Question("Show", hint, " ".join(self.words), check=check, may_be_empty=True), submit)

    def _rows(self) -> Sequence[Row]:
        return rows_of(self.agenda, self.words) if self.agenda is not None else ()

    def _filter(self, text: str) -> None:
        self.words = tuple(fold(text).split())
        if self.agenda is not None:
            self.show(self.agenda)

    def verb_spread(self) -> None:
        """Spread the backlog, after a preview."""
        self._spread()

    @work(exclusive=True, group="spread")
    async def _spread(self) -> None:
        # The first screen is there without it.
        from planner.ui.agenda.backlog_dialog import BacklogDialog

        today = self.planner.today
        preview = await self.fetch(lambda desk: desk.triage.backlog())
        if not preview:
            self.say("Nothing is overdue: there is no backlog to spread", tone="due")
            return
        large = backlog_is_large(len(preview), self.planner.config.settings)
        if await self.app.push_screen_wait(BacklogDialog(preview, today, large)):
            self.act(lambda desk: desk.triage.spread_backlog())

    # Weeks

    def verb_week_before(self) -> None:
        """The week before."""
        self._go_weeks(-1)

    def verb_week_after(self) -> None:
        """The week after."""
        self._go_weeks(1)

    def _go_weeks(self, count: int) -> None:
        start = self.agenda.start if self.agenda is not None else self.planner.today
        week = start + timedelta(weeks=count)
        if abs((week - self.planner.today).days) > 3600:
            self.say("Ten years is as far as the agenda goes", tone="due")
            return
        self.week_of = week
        self.read_again()

    def verb_today(self) -> None:
        """This week again, with everything in it."""
        self.week_of, self.words = None, ()
        self.read_again()

    def key_escape(self) -> None:
        """Everything again after a filter, and no marks."""
        self.items.marked = ()
        if self.words:
            self._filter("")

    @on(WeekStrip.Pressed)
    def _day_pressed(self, event: WeekStrip.Pressed) -> None:
        if self.agenda is not None:
            day = self.agenda.start + timedelta(days=event.index)
            place = self.items.position_of(f"day:{day}")
            if place is not None:
                self.items.move_to(place + 1)

    def on_resize(self) -> None:
        """Below 120 columns the row under the cursor has a second line instead of the card."""
        self.items.two_line = 0 < self.size.width < 120 and self.size.height >= 12
