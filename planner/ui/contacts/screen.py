"""The contacts: everyone in one list that can be filtered, sorted and changed in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.core.matching.recognition import Likeness
from planner.core.model import ContactRow
from planner.core.search.query import Query, describe, parse_query
from planner.desk.values import Card, ContactPage, Suspicion
from planner.errors import PlannerError
from planner.ui.contacts.rows import ContactHead, ContactList, rows_of, searched_words
from planner.ui.keymap import bindings_of
from planner.ui.shared.card import card_lines
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content
from planner.ui.verbs.offered import HELPING, PERSON, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.background import SideBySide, Stacked
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Closed, Prompt, PromptInput, Question

if TYPE_CHECKING:
    from planner.desk import Desk

CARD_WAIT = 0.1
"""Seconds the cursor rests before the card follows: a held key draws one card, not sixty."""
NEEDS_PERSON = frozenset({"open", "mark", "mark_all", "order"})
BULK = frozenset({"circle", "rhythm", "mode", "archive", "pause"})
"""Verbs that may mean everyone the filter shows."""
ORDERS = {"n": ("name", "name"), "c": ("company", "company"), "l": ("last", "last contact"),
          "d": ("due", "due"), "p": ("loops", "open loops")}  # fmt: skip


class ContactsScreen(PlaceScreen):
    """Everyone."""

    PLACE = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("contacts")
    VERBS = offered(*TRIAGE, *PERSON, *HELPING)

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        """The filter in force, as typed."""
        self.asked = Query()
        self.sort = "name"
        self.cards: dict[int, Card] = {}
        self._before_filter: str | None = None
        """While the filter is typed: what it was before."""
        self._known_marks: frozenset[str] = frozenset()
        self._marked: Targets = ()
        """The people of `_known_marks`."""
        self._filtered: Targets = ()
        """Everyone the filter shows, while a verb is given to all of them."""

    def body(self) -> ComposeResult:
        yield Static(id="contacts-told", markup=False)
        with SideBySide(id="contacts-body"):
            with Stacked(id="contacts-column"):
                yield ContactHead(id="contacts-head")
                yield ContactList(ascii_marks=self.planner.ascii_marks, id="contacts-list")
            yield LinesView(id="card")
        yield Static(id="contacts-empty", markup=False)

    @property
    def list(self) -> ContactList:
        """The list of people."""
        return self.query_one(ContactList)

    def on_mount(self) -> None:
        """Follow the filter as it is emptied, too."""
        super().on_mount()
        self.watch(self.query_one(PromptInput), "value", self._typed, init=False)

    # Reading

    async def reload(self) -> None:
        """Read anew what is seen, where it is seen."""
        self.cards.clear()
        await self._read(fresh=not self.list.total)
        self._card_soon()

    async def _read(self, *, fresh: bool) -> None:
        """Read the window around the cursor, or with `fresh` the beginning of another list."""
        text, sort, people = self.query_text, self.sort, self.list
        height = max(people.size.height, 20)
        start = 0 if fresh else max(0, people.cursor - 2 * height)
        limit = 3 * height if fresh else 5 * height

        def read(desk: Desk) -> ContactPage:
            page = desk.reading.contacts(text, sort=sort, offset=start, limit=limit, lenient=True)
            if page.rows or not page.total:
                return page
            last = max(0, page.total - limit)
            return desk.reading.contacts(text, sort=sort, offset=last, limit=limit, lenient=True)

        page = await self.fetch(read)
        if (text, sort) != (self.query_text, self.sort):
            return
        people.look = self.look
        people.words = searched_words(self.asked)
        self.query_one(ContactHead).show(self.look, self.sort)
        people.set_rows(page.offset if page.rows else 0, rows_of(page.rows), page.total)
        if fresh:
            people.move_to(0)
        self._tell()
        self.draw_keys()

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        self._read_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _read_window(self, start: int, end: int) -> None:
        text, sort = self.query_text, self.sort
        try:
            page = await self.fetch(
                lambda desk: desk.reading.contacts(
                    text, sort=sort, offset=start, limit=end - start, lenient=True
                )
            )
        except PlannerError as problem:
            self.planner.show_problem(problem)
            return
        if (text, sort) == (self.query_text, self.sort):
            self.list.set_rows(start, rows_of(page.rows), page.total)

    def _tell(self) -> None:
        """How many there are, what the filter means, how many are marked; or what to do in an empty place."""
        total, marked = self.list.total, len(self.list.marked)
        words = describe(self.asked)
        parts = [content(f" {total:,} {'person' if total == 1 else 'people'}", "bold $accent")]
        if words:
            parts.append(content(f"   {words}", "$foreground"))
        if marked:
            parts.append(content(f"   {marked:,} marked", "$accent"))
        self.query_one("#contacts-told", Static).update(Content.assemble(*parts))
        empty = self.query_one("#contacts-empty", Static)
        empty.display = not total
        self.query_one("#contacts-body").display = bool(total)
        if not total and self.query_text.strip():
            empty.update("Nobody fits this filter.\n\n/  changes it        esc  shows everyone")
        elif not total:
            empty.update(
                "Here stands everyone you know.\n\n"
                "<  brings in an address book        +  adds a person        1  goes back to the agenda"
            )

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self._card_soon()

    @work(exclusive=True, group="card")
    async def _card_soon(self) -> None:
        """The card of the person under the cursor, once the cursor rests."""
        from asyncio import sleep

        one, view = self.current, self.query_one("#card", LinesView)
        if one is None:
            view.show(None)
            return
        await sleep(CARD_WAIT)
        card = self.cards.get(one.id)
        if card is None:
            try:
                card = await self.fetch(lambda desk: desk.reading.card(one.id, history=30))
            except PlannerError:
                # Gone meanwhile: the next reading takes the row away.
                view.show(None)
                return
            if len(self.cards) > 500:
                self.cards.clear()
            self.cards[one.id] = card
        self.list.card = shown = card
        view.show(lambda width: card_lines(shown, width, self.look))
        if self.list.two_line:
            self.list.redraw()

    @property
    def current(self) -> ContactRow | None:
        """The person under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, ContactRow) else None

    # Whom a verb is about

    def targets(self, verb: str) -> Targets:
        """The marked people, or all that are filtered where that was answered, or the one under the cursor."""
        if self._filtered:
            return self._filtered
        if self.list.marked:
            return self._marked_ones()
        one = self.current
        return (self._target(one.id, one.name),) if one is not None else ()

    def _marked_ones(self) -> Targets:
        # Asked at every move for each key of the footer: made anew only when other people are marked.
        if self._known_marks != self.list.marked:
            self._known_marks = frozenset(self.list.marked)
            ids = sorted(int(key) for key in self._known_marks)
            self._marked = [self._target(key, self._name_of(key)) for key in ids]
        return self._marked

    def _target(self, contact_id: int, name: str) -> Target:
        archived = any(one.field == "status" and one.values == ("archived",) for one in self.asked.conditions)
        return Target(contact_id, name, archived=archived)

    def _name_of(self, contact_id: int) -> str:
        place = self.list.position_of(str(contact_id))
        row = self.list.row_at(place) if place is not None else None
        return row.data.name if row is not None and isinstance(row.data, ContactRow) else "the marked one"

    def nobody(self) -> str:
        """Why nobody is under the cursor."""
        if self.list.total:
            return "Nobody is selected"
        if self.query_text.strip():
            return "Nobody fits the filter; esc shows everyone"
        return "Nobody is here; + adds a person, < brings in an address book"

    def refuses(self, verb: str) -> str:
        """Why a verb of the contacts alone cannot act now."""
        if verb == "merge" and len(self.list.marked) != 2:
            return "Mark the two that are one person with space, then M"
        return self.nobody() if verb in NEEDS_PERSON and not self.targets(verb) else ""

    def settled(self, verb: str, targets: Targets) -> None:
        """The marks go, since the verb acted on them."""
        self.list.marked = ()
        self._tell()

    def action_verb(self, command_id: str) -> None:
        """Run a command; with a filter on and nobody marked, a verb for many asks whom it means."""
        verb = command_id.partition(".")[2]
        many = verb in BULK and not self.list.marked and self.list.total > 1 and self.query_text.strip()
        if many and not self.refusal(verb):
            self.in_turn(self._ask_whom(command_id), group="whom")
        else:
            super().action_verb(command_id)

    async def _ask_whom(self, command_id: str) -> None:
        one = self.current
        choices = (
            Choice("a", f"all {self.list.total:,} filtered", describe(self.asked)),
            Choice("o", "only this one", one.name if one is not None else ""),
        )
        key = await self.answer_of(ChooseDialog("Whom do you mean?", choices, current="o"))
        if key == "a":
            text = self.query_text
            ids = await self.fetch(lambda desk: desk.reading.contact_ids(text))
            self._filtered = [self._target(found, f"#{found}") for found in ids]
        if key is not None:
            super().action_verb(command_id)
        self._filtered = ()

    # Verbs

    def verb_mark(self) -> None:
        """Mark and go on."""
        self.list.toggle_mark()
        self.list.action_cursor_down()
        self._tell()
        self.draw_keys()

    @work(exclusive=True, group="mark")
    async def verb_mark_all(self) -> None:
        """Everyone the filter shows, or nobody."""
        text = self.query_text
        found = await self.fetch(lambda desk: desk.reading.contact_ids(text))
        if text == self.query_text:
            everyone = {str(key) for key in found}
            self.list.marked = () if self.list.marked >= everyone else everyone
            self._tell()
            self.draw_keys()

    def verb_new(self) -> None:
        """The form for someone new."""
        self.planner.edit_contact(None)

    def verb_open(self) -> None:
        """Open the contact."""
        if self.current is not None:
            self.planner.open_contact(self.current.id)

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        if isinstance(event.row.data, ContactRow):
            self.planner.open_contact(event.row.data.id)

    def verb_merge(self) -> None:
        """One contact of the two that are marked."""
        one, other = sorted(int(key) for key in self.list.marked)
        pair = Suspicion(one, other, self._name_of(one), self._name_of(other), Likeness.BY_HAND)
        self.planner.open("pairs", pairs=[pair], then=lambda: self.settled("merge", ()))

    def verb_duplicates(self) -> None:
        """Pairs who may be one person."""
        self.planner.open("pairs")

    def verb_newcomers(self) -> None:
        """Those who came with a file."""
        self.planner.open("newcomers")

    def verb_bring_in(self) -> None:
        """People from a file."""
        self.planner.open("import")

    def verb_top(self) -> None:
        """The first of the list."""
        self.list.move_to(0)

    def verb_give_out(self) -> None:
        """People, the calendar or everything, to a file."""
        self.planner.open("export", self.query_text if self.list.total else "", self.list.total)

    # Order and filter

    def verb_order(self) -> None:
        """Another column; the same again turns it round."""
        now = next((key for key, (name, _) in ORDERS.items() if name == self.sort.removeprefix("-")), "n")

        def chosen(key: str | None) -> None:
            if key is not None:
                self.order_by(ORDERS[key][0])

        choices = [Choice(key, words, "turned round" if key == now else "") for key, (_, words) in ORDERS.items()]
        self.app.push_screen(ChooseDialog("Sort by", choices, current=now), chosen)

    @on(ContactHead.Pressed)
    def _head_pressed(self, event: ContactHead.Pressed) -> None:
        self.order_by(event.sort)

    def order_by(self, name: str) -> None:
        """Sort by a column; by the one that is on, the other way round."""
        self.sort = f"-{name}" if self.sort == name else name
        self._read_fresh()

    @work(exclusive=True, group="reload")
    async def _read_fresh(self) -> None:
        try:
            await self._read(fresh=True)
        except PlannerError as problem:
            self.say(str(problem), tone="late")

    def verb_filter(self) -> None:
        """Only those that fit, while it is typed."""

        async def check(text: str) -> Content:
            self._take(text, lenient=True)
            await self._read(fresh=True)
            words = describe(self.asked)
            count = f"{self.list.total:,} {'person' if self.list.total == 1 else 'people'}"
            return Content.assemble(content(count, "bold $done"), content(f"   {words}" if words else ""))

        async def submit(text: str) -> None:
            self._take(text, lenient=False)
            self._before_filter = None
            await self._read(fresh=True)

        hint = "a name, or circle:work  city:lyon  due:<2w  last:>6m  has:loop  rhythm:none  added:<1d"
        self._before_filter = self.query_text
        self.ask(Question("Filter", hint, self.query_text, check=check, may_be_empty=True), submit)

    def _take(self, text: str, *, lenient: bool) -> None:
        """Make a text the filter; raises Refused for what is no filter, and keeps the one before."""
        self.asked = parse_query(text, self.planner.today, self.planner.config.settings, lenient=lenient)
        self.query_text = text

    def _typed(self, value: str) -> None:
        """The prompt says nothing about an empty text: everyone is shown again."""
        if self._before_filter is not None and not value.strip() and self.query_one(Prompt).is_open:
            self._filter_by("")

    def _filter_by(self, text: str) -> None:
        if text != self.query_text:
            self._take(text, lenient=True)
            self._read_fresh()

    @on(Closed)
    def _filter_left(self) -> None:
        """A filter that was not taken leaves the list as it was before."""
        before, self._before_filter = self._before_filter, None
        if before is not None:
            self._filter_by(before)

    def key_escape(self) -> None:
        """No marks; everyone again."""
        self.list.marked = ()
        self._filter_by("")
        self._tell()
        self.draw_keys()

    def on_resize(self) -> None:
        """Below 120 columns the row under the cursor has a second line instead of the card."""
        self.list.two_line = 0 < self.size.width < 120 and self.size.height >= 12
