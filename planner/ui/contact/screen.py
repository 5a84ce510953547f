"""The page of one contact: the person, what is open with them, and everything that happened."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from planner.core.model import Status
from planner.core.words.triage import ANSWERS
from planner.desk.values import Card
from planner.errors import Refused
from planner.ui.contact.notes_editor import edit_notes
from planner.ui.contact.page import page_lines
from planner.ui.contact.timeline import TimelineEntry, TimelineList, entries_of, rows_of
from planner.ui.contact.verbs import ChangeEntry, DeleteEntry
from planner.ui.keymap import bindings_of, moves
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.verbs.offered import HELPING, PERSON, SENDING, TRIAGE, offered
from planner.ui.verbs.verb import Target, Targets
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView

FIRST = 60
"""The number of interactions read at first; scrolling to their end reads four times as many."""


class PageView(LinesView, can_focus=True):
    """The lines about the person. While they have the focus, the keys of a list scroll them."""

    BINDINGS: ClassVar[list[BindingType]] = moves(
        {"up": "scroll_up", "down": "scroll_down", "page_up": "page_up", "page_down": "page_down",
         "first": "scroll_home", "last": "scroll_end"}
    )  # fmt: skip


class ContactScreen(PlaceScreen):
    """The page of a contact, over the place it was opened from."""

    PLACE = "contact"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("contact")
    VERBS = offered(*SENDING, *TRIAGE, *PERSON, *HELPING, ChangeEntry(), DeleteEntry())

    def __init__(self, contact_id: int, said: str = "") -> None:
        """`said` is the message about what was just done, which undo can take back."""
        super().__init__(said)
        self.contact_id = contact_id
        self.card: Card | None = None
        self.interactions = FIRST

    def body(self) -> ComposeResult:
        with Container(id="contact-body"):
            yield PageView(id="page")
            yield TimelineList(ascii_marks=self.planner.ascii_marks, id="timeline")
            yield Static(id="timeline-empty", markup=False)

    @property
    def list(self) -> TimelineList:
        """The timeline."""
        return self.query_one(TimelineList)

    # Reading

    async def reload(self) -> None:
        """Read the contact; leave the page if the contact was deleted."""
        contact_id, wanted = self.contact_id, self.interactions
        try:
            card = await self.fetch(lambda desk: desk.reading.card(contact_id, history=wanted))
        except Refused as problem:
            if self.app.screen is self:
                self.app.pop_screen()
                self.planner.say(str(problem), tone="due")
            return
        self.card = card
        self.query_one(PageView).show(lambda width: page_lines(card, width, self.look))
        self._fit_page()
        complete = len(card.interactions) < wanted
        rows = rows_of(entries_of(card, self.planner.today, complete=complete))
        self.list.look = self.look
        self.list.set_rows(0, rows, len(rows))
        self.list.display = bool(rows)
        empty = self.query_one("#timeline-empty", Static)
        empty.display = not rows
        empty.update("Nothing is written down yet.\n\nd  a contact you had or plan        F  a to-do with a date")
        self.draw_keys()

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        card = self.card
        self.draw_keys()
        near_the_end = self.list.cursor >= self.list.total - max(10, self.list.size.height)
        if card is not None and near_the_end and len(card.interactions) >= self.interactions:
            self.interactions *= 4
            self.read_again()

    def _fit_page(self) -> None:
        """Give the lines about the person all the height beside the timeline, or at most three fifths above it."""
        page = self.query_one(PageView)
        if self.size.width >= 120:
            page.styles.height = "1fr"
        else:
            room = max(1, self.size.height - 3)
            page.styles.height = max(1, min(page.virtual_size.height, (room * 3) // 5))

    def on_resize(self) -> None:
        """Divide the new size between the timeline and the lines about the person."""
        self._fit_page()

    # Targets of verbs

    def targets(self, verb: str) -> Targets:
        """This person; for "done" and answers to a favor together with the open entry under the cursor, if any."""
        card = self.card
        if card is None:
            return ()
        one, entry = card.contact, self.current
        wanted = entry.item_id if verb in ("done", *ANSWERS) and entry is not None and entry.open else ""
        item = next((loop for loop in card.loops if loop.id == wanted), None)
        paused = one.paused_until is not None and one.paused_until > self.planner.today
        archived = one.status is Status.ARCHIVED
        return (Target(one.id, one.name, item, None, False, paused, archived, str(one.mode), one.cadence or ""),)

    def nobody(self) -> str:
        """Why there is no target: the contact is not read yet."""
        return "Still reading"

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now. A verb about the rhythm needs a person with a rhythm."""
        if verb in ("snooze", "leave_out", "why") and self.card is not None and self.card.rhythm is None:
            return f"{self.name_shown} has no rhythm; {self.label('contact.rhythm')} gives one"
        return super().refusal(verb)

    @property
    def name_shown(self) -> str:
        """The name of the contact; "" until it is read."""
        return self.card.contact.name if self.card is not None else ""

    @property
    def current(self) -> TimelineEntry | None:
        """The entry under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, TimelineEntry) else None

    @on(LineList.Selected)
    def _selected(self) -> None:
        self.action_verb("contact.open")

    def verb_notes(self) -> None:
        """Edit the notes in the person's own editor."""
        if self.card is not None:
            edit_notes(self, self.card.contact)

    def verb_book(self) -> None:
        """Read the address book, and show its open questions, those about this person first."""
        # Imported late: seldom needed.
        from planner.ui.book.book_dialog import show_book

        self.in_turn(partial(show_book, self, self.contact_id))

    def verb_back(self) -> None:
        """Return to the place from which the page was opened."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
