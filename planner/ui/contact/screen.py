"""One contact: who they are, what is open between us, and everything that happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from planner.core.dates.typed import exact_date
from planner.core.model import Favor, FavorState, FollowUp, Interaction, Status
from planner.desk.values import Card
from planner.errors import PlannerError, Refused
from planner.ui.contact.interaction_dialog import Changes, InteractionDialog
from planner.ui.contact.notes_editor import edit_notes
from planner.ui.contact.page import page_lines
from planner.ui.contact.timeline import TimelineEntry, TimelineList, entries_of, rows_of
from planner.ui.editor import file_with, shown_path
from planner.ui.keymap import bindings_of
from planner.ui.ledger.rows import about
from planner.ui.shared.asking import look_first
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.people_questions import FAVORS, favor_question, favor_work
from planner.ui.shared.people_screen import People, PeopleScreen
from planner.ui.shared.triage_questions import (
    day_question,
    note_question,
    pause_question,
    snooze_question,
)
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView

if TYPE_CHECKING:
    from planner.desk import Desk, Done

FIRST = 60
"""Interactions read at first; scrolling to their end reads four times as many."""


class PageView(LinesView, can_focus=True):
    """The page about a person, scrolled with the keys of a list while it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Up", show=False),
        Binding("down", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home", "scroll_home", "First", show=False),
        Binding("end", "scroll_end", "Last", show=False),
    ]


class ContactScreen(PeopleScreen):
    """One contact over the place it was opened from."""

    PLACE = "contact"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("contact")

    def __init__(self, contact_id: int, said: str = "") -> None:
        """`said` is what was done just before, to be taken back by undo."""
        super().__init__()
        self.said = said
        self.contact_id = contact_id
        self.card: Card | None = None
        self.interactions = FIRST

    def body(self) -> ComposeResult:
        with Container(id="contact-body"):
            yield PageView(id="page")
            yield TimelineList(ascii_marks=self.planner.ascii_marks, id="timeline")
            yield Static(id="timeline-empty", markup=False)

    def on_mount(self) -> None:
        """Go on saying what was just done."""
        super().on_mount()
        if self.said:
            self.say(self.said, undo=True)

    def top_place(self) -> str:
        """The place this contact was opened from."""
        return self.app.current_mode

    @property
    def list(self) -> TimelineList:
        """The timeline."""
        return self.query_one(TimelineList)

    # Reading

    async def reload(self) -> None:
        """Read the contact; who is gone is left."""
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
        empty.update("Nothing is written down yet.\n\nl  a contact you had or plan        F  a to-do with a date")
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
        """Beside the timeline the page has all the height, above it as much as it needs, at most half."""
        page = self.query_one(PageView)
        if self.size.width >= 120:
            page.styles.height = "1fr"
        else:
            room = max(1, self.size.height - 3)
            page.styles.height = max(1, min(page.virtual_size.height, (room * 3) // 5))

    def on_resize(self) -> None:
        """Another size shares the room otherwise."""
        self._fit_page()

    # Who is meant

    def with_people(self, verb: str, act: Callable[[People], None]) -> None:
        """This one contact."""
        if self.card is None:
            return
        one = self.card.contact
        archived = one.status is Status.ARCHIVED
        act(People((one.id,), one.name, archived, str(one.mode), one.cadence or ""))

    @property
    def name_shown(self) -> str:
        """The name, once it is read."""
        return self.card.contact.name if self.card is not None else ""

    @property
    def current(self) -> TimelineEntry | None:
        """The entry under the cursor."""
        row = self.list.cursor_row
        return row.data if row is not None and isinstance(row.data, TimelineEntry) else None

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        card = self.card
        if card is None:
            return "" if verb in ("back", "edit") else "Still reading"
        if verb in ("snooze", "skip", "why") and card.rhythm is None:
            return f"{card.contact.name} has no rhythm; r gives one"
        if verb in ("change", "delete") and self.current is None:
            return "The timeline is empty; l writes down the first contact"
        if verb == "email" and not card.contact.emails:
            return f"{card.contact.name} has no e-mail address; e adds one"
        return ""

    # Verbs of the person

    def verb_edit(self) -> None:
        """The form."""
        self.edit_contact(self.contact_id)

    def verb_attempt(self) -> None:
        """Tried, no answer."""
        item = f"c{self.contact_id}"
        self.act(lambda desk: desk.triage.attempt([item]))

    def verb_snooze(self) -> None:
        """Hide the rhythm until a day."""
        item = f"c{self.contact_id}"

        async def submit(text: str) -> None:
            until = self.planner.read_day(text)
            await self.do(lambda desk: desk.triage.snooze([item], until))

        self.ask(snooze_question(self, self.name_shown), submit)

    def verb_skip(self) -> None:
        """Leave out this round."""
        self.act(lambda desk: desk.triage.skip([self.contact_id]))

    def verb_note(self) -> None:
        """A line about the person."""

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.interactions.note([self.contact_id], text))

        self.ask(note_question(self.name_shown), submit)

    def verb_editor(self) -> None:
        """The notes in the person's own editor."""
        if self.card is not None:
            edit_notes(self, self.card.contact)

    def verb_email(self) -> None:
        """Start a mail, or copy the address."""
        self.planner.start_mail(self.contact_id)

    def verb_pause(self) -> None:
        """No keep-in-touch until a day; a pause that runs is ended."""
        card, today = self.card, self.planner.today
        if card is not None and card.contact.paused_until is not None and card.contact.paused_until > today:
            self.act(lambda desk: desk.triage.resume([self.contact_id]))
            return

        async def submit(text: str) -> None:
            until = self.planner.read_day(text) if text.strip() else None
            await self.do(lambda desk: desk.triage.pause([self.contact_id], until=until))

        self.ask(pause_question(self, self.name_shown), submit)

    def verb_why(self) -> None:
        """Explain the due date."""
        self.planner.explain(f"c{self.contact_id}")

    def verb_gave(self) -> None:
        """How I helped."""
        self._favor("gave")

    def verb_promise(self) -> None:
        """What I promised."""
        self._favor("promise")

    def verb_helped(self) -> None:
        """How they helped."""
        self._favor("helped")

    def verb_ask(self) -> None:
        """What I ask for, after a look at how things stand."""
        self._ask_after_a_look()

    @work(exclusive=True, group="ask")
    async def _ask_after_a_look(self) -> None:
        if await look_first(self, self.contact_id, ""):
            self._favor("ask")

    def verb_request(self) -> None:
        """What they asked for."""
        self._favor("request")

    def _favor(self, verb: str) -> None:
        assert verb in FAVORS

        async def submit(text: str) -> None:
            await self.do(favor_work(self.contact_id, verb, text))

        self.ask(favor_question(self, verb, self.name_shown), submit)

    def verb_back(self) -> None:
        """Back to where it was opened."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    # The timeline

    @on(LineList.Selected)
    def _selected(self) -> None:
        self.verb_change()

    def verb_change(self) -> None:
        """Change the entry under the cursor."""
        entry = self.current
        if entry is None:
            return
        if isinstance(entry.source, Interaction):
            self._change_interaction(entry.source)
        elif isinstance(entry.source, FollowUp):
            self._change_follow_up(entry.source)
        elif entry.source.state is FavorState.ALTERNATIVE and entry.source.closed_on is not None:
            self._give_the_alternative(entry.source)
        else:
            self.say("3, the ledger, moves a favor on: promised, done, thanked, told", tone="accent")

    def _give_the_alternative(self, one: Favor) -> None:
        """What was offered instead of what they asked for counts once it is given."""

        def chosen(key: str | None) -> None:
            if key == "g":
                self.act(lambda desk: desk.favors.done([one.id]))

        choices = (Choice("g", "it is given", "counts as help you gave"), Choice("k", "not yet"))
        heading = f"You offered {one.contact_name}: {one.way_out_note}"
        self.app.push_screen(ChooseDialog(heading, choices, text=f"instead of: {about(one)}", current="g"), chosen)

    @work(exclusive=True, group="change")
    async def _change_interaction(self, one: Interaction) -> None:
        today, typed, problem = self.planner.today, Changes(), ""
        while True:
            dialog = InteractionDialog(one, self.planner.read_day, today, typed=typed, problem=problem)
            changes = await self.app.push_screen_wait(dialog)
            if not changes:
                return
            try:
                await self.do(partial(_edit, one, changes))
            except PlannerError as refusal:
                now = await self._now(one)
                if now is None:
                    self.say(f"{self._note_kept(changes)} {refusal}".lstrip(), tone="late")
                    return
                # What was typed stands in the dialog again, over what is true now.
                one, typed, problem = now, changes, str(refusal)
            else:
                return

    def _note_kept(self, changes: Mapping[str, Any]) -> str:
        """Where a note is that can be saved nowhere any more; empty when there is none."""
        if not changes.get("note"):
            return ""
        folder = self.planner.paths.state if self.planner.paths is not None else None
        try:
            return f"What you wrote is in {shown_path(file_with(changes['note'], folder, 'note'))}."
        except Refused as problem:
            return str(problem)

    async def _now(self, one: Interaction) -> Interaction | None:
        """The interaction as it is now; None when it is gone."""
        contact_id, wanted = self.contact_id, self.interactions
        try:
            card = await self.fetch(lambda desk: desk.reading.card(contact_id, history=wanted))
        except PlannerError:
            return None
        return next((found for found in card.interactions if found.id == one.id), None)

    def _change_follow_up(self, one: FollowUp) -> None:
        if one.closed_on is not None or (one.done_on and not one.repeat):
            self.say("That is done already; F sets another one", tone="due")
            return

        async def submit(text: str) -> None:
            to = self.planner.read_day(text)
            await self.do(lambda desk: desk.triage.move([f"f{one.id}"], to))

        self.ask(day_question(self, f"{one.text}: on"), submit)

    def verb_delete(self) -> None:
        """Delete the entry under the cursor, after asking."""
        entry = self.current
        if entry is None:
            return
        if isinstance(entry.source, Favor):
            self.say("A favor stays in the ledger; u takes back the last change", tone="due")
            return
        if isinstance(entry.source, FollowUp) and not entry.open:
            self.say("What is done stays; u takes back the last change", tone="due")
            return
        source = entry.source
        what = f"{entry.word} {exact_date(entry.on)}"

        def chosen(key: str | None) -> None:
            if key != "d":
                return

            def delete(desk: Desk) -> Done:
                if isinstance(source, Interaction):
                    return desk.interactions.unlog([source.id])
                return desk.triage.end_follow_up([source.id])

            self.act(delete)

        choices = (Choice("d", "delete", "due dates follow; u takes it back"), Choice("k", "keep it"))
        self.app.push_screen(ChooseDialog(f"Delete {what}?", choices, text=entry.text, current="k"), chosen)


def _edit(one: Interaction, changes: dict[str, Any], desk: Desk) -> Done:
    return desk.interactions.edit(one.id, version=one.version, **changes)
