"""The agenda: the week, who is next in it, and one key for each thing to do about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from planner.core.model import Agenda, AgendaItem
from planner.core.rhythm.agenda import backlog_is_large
from planner.core.words.folding import fold
from planner.desk.values import Card
from planner.ui.agenda.rows import AgendaList, rows_of
from planner.ui.agenda.week_strip import WeekStrip
from planner.ui.keymap import bindings_of
from planner.ui.shared.card import card_lines
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.verbs.offered import HELPING, MOVING, PERSON, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

CARD_WAIT = 0.1
"""Seconds the cursor rests before the card follows: a held key draws one card, not sixty."""

class AgendaScreen(PlaceScreen):
    """The week and its people."""

    PLACE = "agenda"
    SHOWS_BEFORE_SAYING = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("agenda")
    VERBS = offered(*TRIAGE, *MOVING, *PERSON, *HELPING)

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

    # Whom a verb is about

    def targets(self, verb: str) -> Targets:
        """The marked items in their order, or the one under the cursor."""
        listed = self.items
        # Asked at every move for each key of the footer: the rows are gone through only where some are marked.
        places = range(*listed.window) if listed.marked else ()
        marked = [row for row in map(listed.row_at, places) if row is not None and row.key in listed.marked]
        chosen = marked or [row for row in (listed.cursor_row,) if row is not None]
        return [target_of(row.data) for row in chosen if isinstance(row.data, AgendaItem)]

    def settled(self, verb: str, targets: Targets) -> None:
        """The marks go, since the verb acted on them; a day earlier or later is often pressed again."""
        if verb not in ("earlier", "later"):
            self.items.marked = ()

    def refuses(self, verb: str) -> str:
        """Why a verb of the agenda alone cannot act now."""
        if verb == "focus" and self.agenda is not None and not self.agenda.items:
            return "Nothing is open this week"
        if verb in ("open", "mark", "mark_all") and self.current is None:
            return "Nothing is selected"
        return ""

    def verb_mark(self) -> None:
        """Mark and go on."""
        self.items.toggle_mark()
        self.items.action_cursor_down()

    def verb_mark_all(self) -> None:
        """Mark every open item the list shows, or take the marks away."""
        rows = [row for row in self._rows() if isinstance(row.data, AgendaItem) and row.data.item.settled_on is None]
        everything = {row.key for row in rows}
        self.items.marked = () if self.items.marked >= everything else everything
        self.draw_keys()

    # Looking

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        if isinstance(event.row.data, AgendaItem):
            self.planner.open_contact(event.row.data.item.contact_id)

    def verb_open(self) -> None:
        """Open the contact."""
        if self.current is not None:
            self.planner.open_contact(self.current.item.contact_id)

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
        self.in_turn(self._spread())

    async def _spread(self) -> None:
        # The first screen is there without it.
        from planner.ui.agenda.backlog_dialog import BacklogDialog

        today = self.planner.today
        preview = await self.fetch(lambda desk: desk.triage.backlog())
        if not preview:
            self.say("Nothing is overdue: there is no backlog to spread", tone="due")
            return
        large = backlog_is_large(len(preview), self.planner.config.settings)
        if await self.answer_of(BacklogDialog(preview, today, large)):
            await self.do(lambda desk: desk.triage.spread_backlog())

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

    def verb_top(self) -> None:
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


def target_of(one: AgendaItem) -> Target:
    """Whom and what an item of the agenda is about."""
    item = one.item
    return Target(item.contact_id, item.contact_name, item, one.planned, settled=item.settled_on is not None)
