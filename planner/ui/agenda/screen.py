"""The agenda: the items of a week by day, the card of the person under the cursor, and a key for each verb."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.segment import Segment
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from planner.core.giving import Giving, GivingEntry
from planner.core.model import Agenda, AgendaItem, Hidden
from planner.core.rhythm.hours import in_order
from planner.core.words.folding import fold
from planner.core.words.wording import hidden_words
from planner.errors import PlannerError
from planner.ui.agenda.at_once import WeekAtOnce
from planner.ui.agenda.below_today import BelowToday, is_nobody_due
from planner.ui.agenda.rows import AgendaList, DayGone, first_open, nothing_there, rows_of, target_of
from planner.ui.agenda.waiting_rows import Waits, open_waiting
from planner.ui.agenda.week import first_week, read_week
from planner.ui.agenda.week_strip import WeekStrip
from planner.ui.keymap import bindings_of
from planner.ui.messages import DataChanged, DayChanged
from planner.ui.places.place_with_card import PlaceWithCard
from planner.ui.places.rows_meant import RowsOfSteps
from planner.ui.shared.hidden import show_hidden
from planner.ui.text import content, cut
from planner.ui.verbs.offered import DROPPING, HELPING, MOVING, PERSON, SENDING, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk, Done

HOUR_SECONDS = 15.0
"""Seconds between two checks whether a plan of today has begun."""


Entry = TypeVar("Entry")
FRAMES_SECONDS = 0.05
"""Seconds that the frames after a verb have the processor, before the whole week is read."""


class AgendaScreen(PlaceWithCard):
    """The items of a week, and the card of the person under the cursor."""

    PLACE = "agenda"
    SHOWS_BEFORE_SAYING = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("agenda")
    VERBS = offered(*SENDING, *TRIAGE, *MOVING, *DROPPING, *PERSON, *HELPING)

    def __init__(self) -> None:
        super().__init__()
        self.agenda: Agenda | None = None
        self.week_of: date | None = None
        self.words: tuple[str, ...] = ()
        self.unfolded: frozenset[date] = frozenset()
        """The past days whose items are shown."""
        self.below = BelowToday()
        self.follows = False
        """Whether the cursor follows its item to another day, as it does while the item is moved day by day."""
        self.steps, self.at_once = RowsOfSteps(), WeekAtOnce()
        self.to_today = True
        """Whether the next week is shown from today on, rather than from its first day."""

    def body(self) -> ComposeResult:
        yield WeekStrip(ascii_marks=self.planner.ascii_marks, id="week")
        with SideBySide(id="agenda-body"):
            yield AgendaList(ascii_marks=self.planner.ascii_marks, id="agenda-list")
            yield LinesView(id="card")
        yield Static(id="agenda-empty", markup=False)
        yield LinesView(id="agenda-hidden")

    def on_mount(self) -> None:
        """Start asking about plans of today from their hour on, even if no key is pressed."""
        self.set_interval(HOUR_SECONDS, self._look_at_the_hour)

    def _look_at_the_hour(self) -> None:
        if self.agenda is not None and self.agenda.next_hour:
            self.run_worker(partial(self._reload_from, self.agenda.next_hour), group="hour", exclusive=True)

    async def _reload_from(self, begins: str) -> None:
        hour, night = await self.fetch(lambda desk: (desk.hour, desk.settings.day_starts_at))
        if in_order(begins, night) <= in_order(hour, night):
            await self.reload()

    @property
    def giving(self) -> Giving:
        """The page of giving, if nobody is due today."""
        return self.below.giving

    @property
    def items(self) -> AgendaList:
        """The list of items."""
        return self.query_one(AgendaList)

    # Reading

    async def reload(self) -> None:
        """Read the week, then the card of the person under the cursor."""
        week_of, in_short, unfolded = self.week_of, not self.words, self.unfolded
        asked_ahead = week_of is None and in_short and not unfolded
        week = await self.fetch(
            first_week if asked_ahead else partial(read_week, week_of=week_of, in_short=in_short, whole=unfolded)
        )
        agenda, below = week.agenda, week.below
        if week_of != self.week_of:
            return  # Another week was requested meanwhile, and is read after this one.
        if is_nobody_due(agenda):
            below = replace(below, giving=await self.fetch_long(lambda desk: desk.giving.page()))
        self.cards.clear()
        if not self.at_once.stands(agenda, self.agenda) or below != self.below:
            self.below = below
            self.show(agenda)
        self._tell_hidden(week.hidden)
        self.planner.show_counts(week.counts)
        if not week.counts.anybody:
            self._welcome()
        self.card_soon()

    async def show_done(self, done: object) -> None:
        """Show at once what a verb about people changed, then read the week; otherwise only read the week."""
        week = self.at_once.take(done, self.agenda)
        if week is None:
            await self.reload()
        else:
            self.show(week)
            self._read_the_rest()

    @work(exclusive=True, group="week")
    async def _read_the_rest(self) -> None:
        await sleep(FRAMES_SECONDS)
        try:
            await self.reload()
        except PlannerError as problem:
            self.planner.show_problem(problem)

    def show(self, agenda: Agenda) -> None:
        """Show a week. With `to_today` the cursor goes to today; else it stays on its item, or goes to the next."""
        self.agenda = agenda
        listed, here = self.items, self.current
        listed.look = self.look
        rows = rows_of(agenda, self.words, self.unfolded, self.below)
        if here is not None and not self.follows:
            key = here.item.id
            day = next((row.data.planned for row in rows if row.key == key and isinstance(row.data, AgendaItem)), None)
            if day != here.planned:
                listed.pass_by({key})
        listed.marked = listed.marked & {row.key for row in rows}
        # A list that was empty has no cursor to keep.
        anew, self.to_today = self.to_today or not listed.total, False
        if anew:
            listed.measure_anew()
        listed.set_rows(0, rows, len(rows))
        place = first_open(rows, agenda.today) if anew else None
        if place is not None:
            listed.move_to(place)
            listed.stand_on_top(f"day:{agenda.today}")
        self.steps.stand_on(listed)
        self.query_one(WeekStrip).show(agenda)
        self._show_empty(agenda, rows)
        self.draw_keys()

    def _show_empty(self, agenda: Agenda, rows: Sequence[Row]) -> None:
        empty = self.query_one("#agenda-empty", Static)
        empty.display = not rows
        self.query_one("#agenda-body").display = bool(rows)
        if not rows:
            empty.update(content(self.with_keys(nothing_there(agenda, filtered=bool(self.words)))))

    def _tell_hidden(self, hidden: Hidden) -> None:
        """End the agenda with the number of people hidden from it, and the key that lists them."""
        line, look = self.query_one("#agenda-hidden", LinesView), self.look
        line.display = bool(hidden)
        words, key = f"   hidden: {hidden_words(hidden, look.today)}", self.label("agenda.hidden")

        def drawn(width: int) -> list[list[Segment]]:
            told = cut(words, max(0, width - 3 - len(key)))
            return [[Segment(f"{told} · ", look.colors.dim), Segment(key, look.colors.key)]]

        line.show(drawn)

    def verb_hidden(self) -> None:
        """List who is hidden from the agenda, with the day each comes back."""
        self.in_turn(partial(show_hidden, self))

    def verb_book(self) -> None:
        """Read the address book, and show its open questions."""
        # Imported late: seldom needed.
        from planner.ui.book.book_dialog import show_book

        self.in_turn(partial(show_book, self))

    def _welcome(self) -> None:
        self.planner.open("welcome")

    @on(DataChanged)
    def _others_changed(self) -> None:
        self.at_once.forget()

    @on(DayChanged)
    def _next_day(self) -> None:
        """Show the new day after midnight if the planner stays open."""
        self.to_today, self.unfolded = True, frozenset()

    @property
    def contact_id(self) -> int | None:
        if (given := self._under(GivingEntry)) is not None:
            return given.contact_id
        return self.current.item.contact_id if self.current is not None else None

    @property
    def current(self) -> AgendaItem | None:
        """The item under the cursor."""
        return self._under(AgendaItem)

    # Targets of verbs

    def targets(self, verb: str) -> Targets:
        """The marked items in order, or the one under the cursor."""
        listed = self.items
        # Called at every move for each key of the footer: the rows are searched only if some are marked.
        places = range(*listed.window) if listed.marked else ()
        marked = [row for row in map(listed.row_at, places) if row is not None and row.key in listed.marked]
        chosen = marked or [row for row in (listed.cursor_row,) if row is not None]
        given = self._under(GivingEntry)
        if given is not None and not marked:
            return (Target(given.contact_id, given.name),)
        return [target_of(row.data) for row in chosen if isinstance(row.data, AgendaItem)]

    def action_verb(self, command_id: str) -> None:
        """Run a command; after "a day earlier" and "a day later" the cursor follows its item."""
        self.follows = command_id in ("agenda.earlier", "agenda.later")
        super().action_verb(command_id)

    def settled(self, verb: str, targets: Targets) -> None:
        """Remove the marks, except after a day earlier or later, which are often pressed again."""
        if verb not in ("earlier", "later"):
            self.items.marked = ()
        if self.moves_on(verb):
            self.items.pass_by({target.item_id for target in targets})

    def refuses(self, verb: str) -> str:
        """Why a verb that only the agenda has cannot act now."""
        if verb == "focus" and self.agenda is not None and not self.agenda.items:
            return "Nothing is open this week"
        if verb == "open" and any(self._under(kind) is not None for kind in (DayGone, GivingEntry, Waits)):
            return ""
        return self.nobody() if verb in ("open", "mark", "mark_all") and self.current is None else ""

    def nobody(self) -> str:
        """Why there is no item under the cursor."""
        if (waits := self._under(Waits)) is not None:
            return waits.refusal
        return "This is a day gone; enter shows what was done" if self._under(DayGone) is not None else super().nobody()

    def _under(self, kind: type[Entry]) -> Entry | None:
        """The data of the row under the cursor, if it is a `kind`: an item, an entry of giving, a past day."""
        row = self.items.cursor_row
        return row.data if row is not None and isinstance(row.data, kind) else None

    def verb_mark(self) -> None:
        """Mark the item under the cursor, or unmark it, and go to the next row."""
        self.items.toggle_mark()
        self.items.action_cursor_down()

    def verb_mark_all(self) -> None:
        """Mark every open item in the list, or remove the marks."""
        rows = [row for row in self._rows() if isinstance(row.data, AgendaItem) and row.data.item.settled_on is None]
        everything = {row.key for row in rows}
        self.items.marked = () if self.items.marked >= everything else everything
        self.draw_keys()

    async def do(self, work: Callable[[Desk], Done]) -> Done:
        rows, (_, verb, people) = self.rows_meant, self.about
        done = await super().do(self.at_once.looking(work, self.agenda, people if verb in self.VERBS else ()))
        self.steps.keep(done.step, rows)
        return done

    def undone(self, step: int) -> None:
        """Put the cursor back on what the step was about."""
        self.steps.undone(step, self.items)

    # Looking

    def verb_open(self) -> None:
        """Open the entry under the cursor: a contact, a past day, something that waits to be read, a gift."""
        self._open(self.current or self._under(DayGone) or self._under(GivingEntry) or self._under(Waits))

    def _open(self, data: object) -> None:
        if isinstance(data, AgendaItem):
            self.planner.open_contact(data.item.contact_id)
        elif isinstance(data, DayGone) and self.agenda is not None:
            self.unfolded ^= {data.on}
            if data.on in self.agenda.crowded or not self.agenda.start <= self.agenda.today <= self.agenda.end:
                self.read_again()
            else:
                self.show(self.agenda)
        elif isinstance(data, Waits):
            open_waiting(self, data)
        elif isinstance(data, GivingEntry):
            # Imported late: the first screen seldom needs it.
            from planner.ui.shared.giving import give

            give(self, self.giving, data)

    def verb_focus(self) -> None:
        """Go through the people of the day one at a time."""
        if self.agenda is not None:
            due = [item for item in self.agenda.items if item.planned <= self.agenda.today]
            self.planner.open("focus", due or list(self.agenda.items))

    def verb_filter(self) -> None:
        """Show only the items that contain the typed words."""

        async def check(text: str) -> str:
            await self._filter(text)
            return f"{sum(1 for row in self._rows() if isinstance(row.data, AgendaItem))} items"

        async def submit(text: str) -> None:
            await self._filter(text)

        hint = "words of a name, a kind or a text; empty shows everything"
        self.ask(Question("Show", hint, " ".join(self.words), check=check, may_be_empty=True), submit)

    def _rows(self) -> Sequence[Row]:
        return rows_of(self.agenda, self.words, self.unfolded, self.below) if self.agenda is not None else ()

    async def _filter(self, text: str) -> None:
        self.words = tuple(fold(text).split())
        if self.words and self.agenda is not None and not self.agenda.crowded:
            self.show(self.agenda)
        else:
            await self.reload()

    def verb_spread(self) -> None:
        """Spread the backlog, after a preview."""
        # Imported late: the first screen does not need it.
        from planner.ui.agenda.backlog_dialog import spread_backlog

        self.in_turn(partial(spread_backlog, self))

    # Weeks

    def verb_week_before(self) -> None:
        """Show the week before."""
        self._go_weeks(-1)

    def verb_week_after(self) -> None:
        """Show the week after."""
        self._go_weeks(1)

    def _go_weeks(self, count: int) -> None:
        start = self.agenda.start if self.agenda is not None else self.planner.today
        week = start + timedelta(weeks=count)
        if abs((week - self.planner.today).days) > 3600:
            self.say("Ten years is as far as the agenda goes", tone="due")
            return
        self.week_of, self.to_today = week, True
        self.read_again()

    def verb_top(self) -> None:
        """Show this week from today on, without a filter and with past days folded again."""
        self.week_of, self.words, self.unfolded, self.to_today = None, (), frozenset(), True
        self.read_again()

    def key_escape(self) -> None:
        """Remove the filter and the marks."""
        self.items.marked = ()
        if self.words:
            self.words = ()
            self.read_again()

    @on(WeekStrip.Pressed)
    def _day_pressed(self, event: WeekStrip.Pressed) -> None:
        if self.agenda is not None:
            day = self.agenda.start + timedelta(days=event.index)
            place = self.items.position_of(f"day:{day}")
            row = self.items.row_at(place) if place is not None else None
            if place is not None and row is not None:
                self.items.move_to(place if row.selectable else place + 1)
