"""The contacts: one list of everybody, to filter and sort, and to change marked people together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.core.matching.recognition import Likeness
from planner.core.model import ContactRow, State
from planner.core.search.conditions import Query, describe
from planner.core.search.query import parse_query
from planner.core.words.counts import people_word
from planner.desk.values import ContactPage, Duplicate
from planner.errors import PlannerError
from planner.ui.contacts.rows import ContactHead, ContactList, rows_of, searched_words
from planner.ui.keymap import bindings_of
from planner.ui.places.place_with_card import PlaceWithCard
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.hidden import show_hidden
from planner.ui.text import content
from planner.ui.verbs.offered import HELPING, PERSON, SENDING, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.background import SideBySide, Stacked
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Closed, Prompt, PromptInput, Question

if TYPE_CHECKING:
    from planner.desk import Desk

NEEDS_PERSON = frozenset({"open", "mark", "mark_all", "order"})
ORDERS = {"n": ("name", "name"), "c": ("company", "company"), "l": ("last", "last contact"),
          "d": ("due", "due"), "p": ("loops", "open loops")}  # fmt: skip


class ContactsScreen(PlaceWithCard):
    """The list of contacts, and the card of the person under the cursor."""

    PLACE = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("contacts")
    VERBS = offered(*SENDING, *TRIAGE, *PERSON, *HELPING)

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        """The present filter, as typed."""
        self.asked = Query()
        self.sort = "name"
        self._listed_as = self.asked, self.sort
        """The filter and the order of the shown rows."""
        self._before_filter: str | None = None
        """The filter before the one being typed; None while none is typed."""
        self._known_marks: frozenset[str] = frozenset()
        self._marked: Targets = ()
        """The people of `_known_marks`."""
        self._filtered: Targets = ()
        """Everybody found by the filter, while a verb acts on all of them; else empty."""

    def body(self) -> ComposeResult:
        yield Static(id="contacts-told", markup=False)
        with SideBySide(id="contacts-body"):
            with Stacked(id="contacts-column"):
                yield ContactHead(id="contacts-head")
                yield ContactList(ascii_marks=self.planner.ascii_marks, id="contacts-list")
            yield LinesView(id="card")
        yield Static(id="contacts-empty", classes="empty", markup=False)

    @property
    def list(self) -> ContactList:
        """The list of people."""
        return self.query_one(ContactList)

    def on_mount(self) -> None:
        """Follow the text of the filter, since an emptied one shows everybody; the headings follow the list."""
        self.watch(self.query_one(PromptInput), "value", self._typed, init=False)
        # The columns may be wider from where the list is scrolled to.
        self.watch(self.list, "scroll_y", self._show_head, init=False)

    # Reading

    async def reload(self) -> None:
        """Read the rows around the cursor again; the cursor keeps its place."""
        self.cards.clear()
        wanted, self.planner.wanted_filter = self.planner.wanted_filter, ""
        if wanted:
            self._take(wanted, lenient=True)
        await self._read(fresh=bool(wanted) or not self.list.total)
        self.card_soon()

    async def _read(self, *, fresh: bool) -> None:
        """Read the rows around the cursor; with `fresh`, or for another filter or order, the first rows."""
        text, sort, people = self.query_text, self.sort, self.list
        fresh = fresh or (self.asked, sort) != self._listed_as
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
        self._listed_as = self.asked, sort
        if fresh and not self.query_one(Prompt).is_open:
            # While a filter is typed the columns stay where they are, or grow: nothing jumps at a letter.
            people.measure_anew()
        people.set_rows(page.offset if page.rows else 0, rows_of(page.rows), page.total, first=fresh)
        self._show_head()
        self._tell()
        self.draw_keys()

    def _show_head(self) -> None:
        """Write the headings above the columns."""
        self.query_one(ContactHead).show(self.list, self.sort)

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        self._read_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _read_window(self, start: int, end: int) -> None:
        text, sort = self.query_text, self.sort
        try:
            page = await self.fetch(
                lambda desk: desk.reading.contacts(text, sort=sort, offset=start, limit=end - start, lenient=True)
            )
        except PlannerError as problem:
            self.planner.show_problem(problem)
            return
        if (text, sort) == (self.query_text, self.sort):
            self.list.set_rows(start, rows_of(page.rows), page.total)
            self._show_head()

    def _tell(self) -> None:
        """Show how many contacts there are, what the filter means and how many are marked; without any, what to do."""
        total, marked = self.list.total, len(self.list.marked)
        parts = [content(f" {people_word(total)}", "bold $accent")]
        # While a filter is typed its meaning stands beside the letters.
        if self._before_filter is None and (words := describe(self.asked)):
            parts.append(content(f"   {words}", "$foreground"))
        if total and self.query_text.startswith("is:"):
            wakes, resumes = self.label("contacts.snooze"), self.label("contacts.pause")
            parts.append(content(f"   {wakes} 0 ends a snooze · {resumes} a pause", "$dim"))
        if marked:
            parts.append(content(f"   {marked:,} marked", "$accent"))
        # The line has a height of its own.
        self.query_one("#contacts-told", Static).update(Content.assemble(*parts), layout=False)
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

    @property
    def contact_id(self) -> int | None:
        """The id of the person under the cursor."""
        return self.current.id if self.current is not None else None

    @property
    def current(self) -> ContactRow | None:
        """The person under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, ContactRow) else None

    # Targets of verbs

    def targets(self, verb: str) -> Targets:
        """The marked people; or everybody found, if the person chose them; else the person under the cursor."""
        if self._filtered:
            return self._filtered
        if self.list.marked:
            return self._marked_ones()
        one = self.current
        return (self._target(one.id, one.name, one.state is State.PAUSED),) if one is not None else ()

    def _marked_ones(self) -> Targets:
        # The footer calls this at every move for each of its keys: the targets are made again only when the marks
        # change.
        if self._known_marks != self.list.marked:
            self._known_marks = frozenset(self.list.marked)
            ids = sorted(int(key) for key in self._known_marks)
            self._marked = [self._target(key, *self._shown(key)) for key in ids]
        return self._marked

    def _target(self, contact_id: int, name: str, paused: bool = False) -> Target:
        archived = any(one.field == "status" and one.values == ("archived",) for one in self.asked.conditions)
        return Target(contact_id, name, paused=paused, archived=archived)

    def _shown(self, contact_id: int) -> tuple[str, bool]:
        """(name, paused) of a marked person; ("the marked one", False) if the row is not read."""
        place = self.list.position_of(str(contact_id))
        row = self.list.row_at(place) if place is not None else None
        if row is None or not isinstance(row.data, ContactRow):
            return "the marked one", False
        return row.data.name, row.data.state is State.PAUSED

    def nobody(self) -> str:
        """Why there is nobody under the cursor, with the key that helps."""
        if self.list.total:
            return "Nobody is selected"
        if self.query_text.strip():
            return "Nobody fits the filter; esc shows everyone"
        return "Nobody is here; + adds a person, < brings in an address book"

    def refuses(self, verb: str) -> str:
        """Why a verb that only the contacts list has cannot act now."""
        if verb == "merge" and len(self.list.marked) != 2:
            return "Mark the two that are one person with space, then M"
        return self.nobody() if verb in NEEDS_PERSON and not self.targets(verb) else ""

    def settled(self, verb: str, targets: Targets) -> None:
        """Remove the marks, and go to the next person."""
        self.list.marked = ()
        if self.moves_on(verb) and not self._filtered:
            self.list.pass_by({str(target.contact_id) for target in targets})
        self._tell()

    def action_verb(self, command_id: str) -> None:
        """Run a command. With a filter and no marks, a verb that can act on all found asks whom the user means."""
        verb = command_id.partition(".")[2]
        known = self.VERBS.get(verb)
        filtered = not self.list.marked and self.list.total > 1 and self.query_text.strip()
        many = filtered and known is not None and known.for_all_found
        if many and not self.refusal(verb):
            self.in_turn(partial(self._ask_whom, command_id), group="whom")
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
            paused = any(one.field == "is" and one.values == ("paused",) for one in self.asked.conditions)
            self._filtered = [self._target(found, f"#{found}", paused) for found in ids]
        if key is not None:
            super().action_verb(command_id)
        self._filtered = ()

    # Verbs

    def verb_mark(self) -> None:
        """Mark the person under the cursor, or unmark them, and go to the next row."""
        self.list.toggle_mark()
        self.list.action_cursor_down()
        self._tell()
        self.draw_keys()

    @work(exclusive=True, group="mark")
    async def verb_mark_all(self) -> None:
        """Mark everybody found by the filter; if all are marked, remove the marks."""
        text = self.query_text
        found = await self.fetch(lambda desk: desk.reading.contact_ids(text))
        if text == self.query_text:
            everyone = {str(key) for key in found}
            self.list.marked = () if self.list.marked >= everyone else everyone
            self._tell()
            self.draw_keys()

    def verb_new(self) -> None:
        """Open the form for a new contact."""
        self.planner.edit_contact(None)

    def verb_merge(self) -> None:
        """Merge the two marked contacts into one."""
        one, other = sorted(int(key) for key in self.list.marked)
        pair = Duplicate(one, other, self._shown(one)[0], self._shown(other)[0], Likeness.BY_HAND)
        self.planner.open("pairs", pairs=[pair], then=lambda: self.settled("merge", ()))

    def verb_duplicates(self) -> None:
        """Open the pairs of contacts that may be one person."""
        self.planner.open("pairs")

    def verb_newcomers(self) -> None:
        """Open the newcomers: contacts that were imported."""
        self.planner.open("newcomers")

    def verb_book(self) -> None:
        """Read the address book, and show its open questions."""
        # Imported late: seldom needed.
        from planner.ui.book.book_dialog import show_book

        self.in_turn(partial(show_book, self))

    def verb_bring_in(self) -> None:
        """Open the import of a file."""
        self.planner.open("import")

    def verb_hidden(self) -> None:
        """Filter by people hidden from the agenda; if that filter is set, remove it."""
        if self.query_text.startswith("is:"):
            self._filter_by("")
        else:
            self.in_turn(partial(show_hidden, self))

    def verb_give_out(self) -> None:
        """Open the dialog that exports people, the calendar or everything."""
        self.planner.open("export", self.query_text if self.list.total else "", self.list.total)

    # Order and filter

    def verb_order(self) -> None:
        """Choose the column to sort by; choosing the same column again reverses the order."""
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
        """Sort by a column; by the present column again, in reverse order."""
        self.sort = f"-{name}" if self.sort == name else name
        self._read_fresh()

    @work(exclusive=True, group="reload")
    async def _read_fresh(self) -> None:
        try:
            await self._read(fresh=True)
        except PlannerError as problem:
            self.say(str(problem), tone="late")

    def verb_filter(self) -> None:
        """Ask for a filter; the list follows while it is typed."""

        async def check(text: str) -> str:
            self._take(text, lenient=True)
            if (self.asked, self.sort) != self._listed_as:
                await self._read(fresh=True)
            return describe(self.asked) or people_word(self.list.total)

        async def submit(text: str) -> None:
            self._take(text, lenient=False)
            self._before_filter = None
            await self._read(fresh=True)

        hint = "a name, or circle:work  city:lyon  due:<2w  last:>6m  has:loop  rhythm:none  added:<1d"
        self._before_filter = self.query_text
        self._tell()
        self.ask(Question("Filter", hint, self.query_text, check=check, may_be_empty=True), submit)

    def _take(self, text: str, *, lenient: bool) -> None:
        """Apply a text as the filter; raises Refused, and keeps the filter before, if the text is invalid."""
        self.asked = parse_query(text, self.planner.today, self.planner.config.settings, lenient=lenient)
        self.query_text = text

    def _typed(self, value: str) -> None:
        """Show everybody when the typed text becomes empty: the prompt does not check an empty text."""
        if self._before_filter is not None and not value.strip() and self.query_one(Prompt).is_open:
            self._filter_by("")

    def _filter_by(self, text: str) -> None:
        if text != self.query_text:
            self._take(text, lenient=True)
            self._read_fresh()

    @on(Closed)
    def _filter_left(self) -> None:
        """Restore the earlier filter if the typed one was not taken."""
        before, self._before_filter = self._before_filter, None
        if before == self.query_text:
            self._tell()
        elif before is not None:
            self._filter_by(before)

    def key_escape(self) -> None:
        """Remove the marks and the filter."""
        self.list.marked = ()
        self._filter_by("")
        self._tell()
        self.draw_keys()
