"""The page of a closed need: everybody who knew of it hears how it went, or is let be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from planner.core.needs import Told
from planner.desk.values import ClosingPage
from planner.errors import Refused
from planner.ui.keymap import bindings_of
from planner.ui.needs.closing_rows import ClosingList, ClosingRows, closing_head
from planner.ui.needs.hear_dialog import HearDialog
from planner.ui.needs.messages_dialog import People
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.places.rows_meant import RowsOfSteps
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import AddNote, GetInTouch
from planner.ui.verbs.verb import ScreenVerb, Target, Targets, VerbPlace, Work, contact_ids
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done as Written

AT_ONCE = 100
"""The most messages in one run."""
NOBODY_LEFT = "Everybody who knew of it has heard how it went, or is let be. {back} goes back."


class ClosingPlace(VerbPlace, Protocol):
    """The page of a closed need."""

    need_id: int
    page: ClosingPage | None

    async def letters(self) -> list[People]:
        """The people of each message: all marked ones once, else each person from the one under the cursor on."""


class ToldHow(ScreenVerb):
    """Note that people heard how it went."""

    id = "done"

    def work(self, place: ClosingPlace, targets: Targets, answer: str) -> Work:  # type: ignore[override]
        need, people = place.need_id, contact_ids(targets)
        return lambda desk: desk.needs.heard(need, people)


class LetBe(ScreenVerb):
    """Note that people need not hear how it went."""

    id = "leave_out"

    def work(self, place: ClosingPlace, targets: Targets, answer: str) -> Work:  # type: ignore[override]
        need, people = place.need_id, contact_ids(targets)
        return lambda desk: desk.needs.let_be(need, people)


class WordsHow(ScreenVerb):
    """Words to send: one text for all marked people, else a message each, from the one under the cursor on."""

    id = "words"

    def run(self, place: ClosingPlace) -> None:  # type: ignore[override]
        place.in_turn(partial(self._send, place), group="words")

    async def _send(self, place: ClosingPlace) -> None:
        page, letters = place.page, await place.letters()
        if page is None or not letters:
            return
        found = await place.answer_of(HearDialog(page.need, letters))
        if found is not None and found.count:
            place.settled(self.id, ())
            place.say(f"{found.count} of {found.of} heard how it went", undo=True)


OWN: Final = (ToldHow(), LetBe(), WordsHow())
"""The verbs that only this page has."""


class ClosingScreen(PlaceScreen):
    """The people still to hear how a need went, over the place the page was opened from."""

    PLACE = "closing"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("closing")
    VERBS = offered(*OWN, AddNote(), GetInTouch())

    def __init__(self, need_id: int, said: str = "") -> None:
        """`said` is the message about what was just done, which undo can take back."""
        super().__init__(said)
        self.need_id = need_id
        self.page: ClosingPage | None = None
        self.rows: ClosingRows | None = None
        self.names: dict[str, tuple[int, str]] = {}
        """(id, name) of every marked person, by the key of their row."""
        self.steps = RowsOfSteps()
        self.last_said = ""
        """The last message: if nobody is left, it is shown in the place below."""
        self.somebody = False
        """Whether somebody was still to hear at the last reading."""

    def body(self) -> ComposeResult:
        with Vertical(id="closing-body"):
            yield LinesView(id="closing-head")
            yield ClosingList(ascii_marks=self.planner.ascii_marks, id="closing-list")
        yield Static(id="closing-empty", classes="empty", markup=False)

    @property
    def listed(self) -> ClosingList:
        """The list of the people who are to hear."""
        return self.query_one(ClosingList)

    # Reading

    async def reload(self) -> None:
        """Read who is to hear; the page closes when nobody is left, or when the need is open again."""
        need_id, listed = self.need_id, self.listed
        height, marked = max(listed.size.height, 20), bool(listed.marked)

        def read(desk: Desk) -> tuple[ClosingPage, ClosingRows, int, set[str]]:
            page = desk.closing.page(need_id)
            rows = ClosingRows(page)
            start = max(0, min(listed.cursor, rows.total) - 2 * height)
            first, last = rows.unread(start, start + 5 * height)
            rows.take(first, desk.closing.to_hear(page, first, last))
            everyone = {f"h{key}" for key, _ in desk.closing.everybody(page)} if marked else set()
            return page, rows, start, everyone

        try:
            page, rows, start, everyone = await self.fetch(read)
        except Refused as problem:
            self._leave(str(problem), "due")
            return
        if self.somebody and not page.waiting and self.app.screen is self:
            self._leave(self.last_said or "Everybody heard how it went", "done")
            return
        self.page, self.rows, self.somebody = page, rows, bool(page.waiting)
        listed.look = self.look
        listed.set_rows(start, rows.between(start, start + 5 * height), rows.total)
        listed.marked = listed.marked & everyone
        listed.redraw()
        self.steps.stand_on(listed)
        self._draw_head()
        self.show_empty("" if page.waiting else self.with_keys(NOBODY_LEFT))
        self.draw_bars()

    def _leave(self, words: str, tone: str) -> None:
        if self.app.screen is self:
            self.app.pop_screen()
            self.planner.say(words, tone=tone, undo=tone == "done")

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        self._show_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _show_window(self, start: int, stop: int) -> None:
        """Show some rows, once they are read."""
        rows = self.rows
        if rows is not None and any(unread := rows.unread(start, stop)):
            rows.take(unread[0], await self.fetch(lambda desk: desk.closing.to_hear(rows.page, *unread)))
        if rows is not None and self.rows is rows:
            self.listed.set_rows(start, rows.between(start, stop), rows.total)

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.draw_keys()

    def _draw_head(self) -> None:
        page, view = self.page, self.query_one("#closing-head", LinesView)
        if page is None:
            return
        most = 1 if self.size.height < 16 else 4
        width = max(1, view.scrollable_content_region.width or self.size.width)
        view.styles.height = max(1, len(closing_head(page, width, self.look, most)))
        view.show(lambda cells: closing_head(page, cells, self.look, most))

    # Targets of verbs

    def targets(self, verb: str) -> Targets:
        """The marked people in order, or the one under the cursor."""
        row, marked = self.listed.cursor_row, self.listed.marked
        if marked:
            return [Target(*who) for key, who in self.names.items() if key in marked]
        if row is None or not isinstance(row.data, Told):
            return ()
        return (Target(row.data.contact_id, row.data.name),)

    async def letters(self) -> list[People]:
        """The people of each message: all marked ones once, else each person from the one under the cursor on."""
        rows, row = self.rows, self.listed.cursor_row
        if rows is None or row is None or not isinstance(row.data, Told):
            return []
        if self.listed.marked:
            return [tuple((target.contact_id, target.name) for target in self.targets("words"))]
        first = rows.number_of(row.data.contact_id)
        found = await self.fetch(lambda desk: desk.closing.to_hear(rows.page, first, first + AT_ONCE))
        return [((one.contact_id, one.name),) for one in found]

    def nobody(self) -> str:
        """Why there is nobody under the cursor."""
        return self.with_keys(NOBODY_LEFT) if self.page is not None else "Still reading"

    def refuses(self, verb: str) -> str:
        """Why a verb that only this page has cannot act now."""
        return "" if verb in ("back", "top") or self.targets(verb) else self.nobody()

    def settled(self, verb: str, targets: Targets) -> None:
        """Remove the marks, and go to the next person."""
        self.listed.marked = ()
        if verb != "note":
            self.listed.pass_by({f"h{target.contact_id}" for target in targets})
        self.draw_keys()

    async def do(self, work: Callable[[Desk], Written]) -> Written:
        """Run a verb of the desk, and remember its message: if nobody is left it is shown in the place below."""
        rows = self.rows_meant
        done = await super().do(work)
        self.last_said = done.said
        self.steps.keep(done.step, rows)
        return done

    def undone(self, step: int) -> None:
        """Return to the people the step was about."""
        self.steps.undone(step, self.listed)

    def say(self, message: str, *, tone: str = "done", undo: bool = False, link: str = "", waits: bool = False) -> None:
        """Show a message above the footer."""
        if not waits:
            self.last_said = message
        super().say(message, tone=tone, undo=undo, link=link, waits=waits)

    # Looking

    def verb_mark(self) -> None:
        """Mark the person under the cursor, or unmark them, and go to the next row."""
        row = self.listed.cursor_row
        if row is not None and isinstance(row.data, Told):
            self.names[row.key] = (row.data.contact_id, row.data.name)
        self.listed.toggle_mark()
        self.listed.action_cursor_down()
        self.draw_keys()

    def verb_mark_all(self) -> None:
        """Mark everyone who is to hear; if everyone is marked, remove the marks."""
        if self.rows is not None:
            self.in_turn(partial(self._mark_everybody, self.rows))

    async def _mark_everybody(self, rows: ClosingRows) -> None:
        everyone = await self.fetch_long(lambda desk: desk.closing.everybody(rows.page))
        if self.rows is rows:
            self.names = {f"h{key}": (key, name) for key, name in everyone}
            self.listed.marked = () if self.listed.marked >= self.names.keys() else frozenset(self.names)
            self.draw_keys()

    @on(LineList.Selected)
    def _selected(self) -> None:
        self.action_verb("closing.open")

    def verb_open(self) -> None:
        """Open the page of the person under the cursor."""
        for target in self.targets("open")[:1]:
            self.planner.open_contact(target.contact_id)

    def verb_top(self) -> None:
        """Go to the first row."""
        self.listed.action_first()

    def verb_back(self) -> None:
        """Remove the marks; without marks return to where the page was opened."""
        if self.listed.marked:
            self.listed.marked = ()
            self.draw_keys()
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def on_resize(self) -> None:
        """Give the head the lines it needs, and the row under the cursor a second line if there is little room."""
        width, height = self.size
        self.listed.two_line = 0 < width < 80 and height >= 12
        self.call_after_refresh(self._draw_head)
