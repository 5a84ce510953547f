"""The needs: what is looked for, who knows about it, whom to tell next, and one key for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from planner.commands.keys import key_label
from planner.core.words.folding import fold
from planner.desk.values import NeedView
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.needs.rows import NeedList, PeopleList, PeopleRows, need_head, need_rows
from planner.ui.needs.verbs import NeedVerbs
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk

PEOPLE_WAIT = 0.1
"""Seconds the cursor rests before the people follow: a held key reads one need, not sixty."""


class NeedsScreen(NeedVerbs):
    """What I need, and everyone who may know somebody."""

    PLACE = "needs"
    AUTO_FOCUS = "NeedList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("needs")

    def __init__(self) -> None:
        super().__init__()
        self.words: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        with SideBySide(id="needs-body"):
            yield NeedList(ascii_marks=self.planner.ascii_marks, id="needs-list")
            with Vertical(id="needs-people"):
                yield LinesView(id="needs-head")
                yield PeopleList(ascii_marks=self.planner.ascii_marks, id="needs-people-list")
        yield Static(id="needs-empty", markup=False)

    # Reading

    async def reload(self) -> None:
        """Read the needs, then the people of the one under the cursor."""

        def read(desk: Desk) -> tuple[Sequence[NeedView], Sequence[NeedView]]:
            return desk.needs.all(), desk.needs.all(closed=True)

        still_open, closed = await self.fetch(read)
        rows = need_rows(still_open, closed)
        self.planner.badges["needs"] = sum(1 for view in still_open if view.answers_due)
        self.needs.look = self.people.look = self.look
        self.needs.set_rows(0, rows, len(rows))
        self.needs.redraw()
        self._fit()
        if self.wanted:
            self.needs.move_to_key(self.wanted)
            self.wanted = ""
        self._show_empty(not rows)
        await self._read_people()
        self.draw_bars()

    @on(LineList.Highlighted)
    def _highlighted(self, event: LineList.Highlighted) -> None:
        self.draw_keys()
        if event.line_list is self.needs and self.need is not None and self._shown_id != self.need.id:
            self._people_soon()

    @work(exclusive=True, group="people")
    async def _people_soon(self) -> None:
        """The people of the need under the cursor, once the cursor rests."""
        from asyncio import sleep

        await sleep(PEOPLE_WAIT)
        try:
            await self._read_people()
        except PlannerError as problem:
            self.planner.show_problem(problem)

    async def _read_people(self) -> None:
        need = self.need
        if need is None:
            self.shown = self.rows = None
            self._show_people(fresh=True)
            self.go(people=False)
            return
        key, before = need.id, self.shown
        fresh, ranked = self._shown_id != key, not self.only_told
        ranked, self.only_told = ranked or fresh, False
        found = await self.fetch(lambda desk: desk.needs.people(key, suggestions=ranked))
        if not ranked and before is not None:
            told = {one.contact_id for one in found.told}
            left = tuple(one for one in before.suggestions if one.contact_id not in told)
            found = replace(found, suggestions=left)
            if len(left) + len(told) != found.view.of:
                # Somebody came or went meanwhile: rank everyone anew.
                found = await self.fetch(lambda desk: desk.needs.people(key))
        if self.need is not None and self.need.id == key:
            self.shown = found
            if fresh:
                self.words = ()
            self._show_people(fresh=fresh)

    @property
    def _shown_id(self) -> int | None:
        return self.shown.view.need.id if self.shown is not None else None

    def _show_people(self, *, fresh: bool) -> None:
        """Show the people read last; with `fresh` from the top, else the cursor stays or goes to the next."""
        people = self.people
        if self.shown is None:
            people.set_rows(0, (), 0)
            self.query_one("#needs-head", LinesView).show(None)
            return
        self.rows = rows = PeopleRows(self.shown, self.planner.config.settings, self.planner.today, self.words)
        if fresh:
            people.marked = ()
        height = max(people.size.height, 20)
        start = 0 if fresh else max(0, min(people.cursor, rows.total) - 2 * height)
        people.set_rows(start, rows.between(start, start + 5 * height), rows.total)
        people.redraw()
        if fresh:
            people.move_to(0)
        if not rows.total:
            self.go(people=False)
        self._draw_head()
        self.draw_keys()

    @on(LineList.Wanted)
    def _more(self, event: LineList.Wanted) -> None:
        if event.line_list is self.people and self.rows is not None:
            self.people.set_rows(event.start, self.rows.between(event.start, event.end), self.rows.total)

    def _draw_head(self) -> None:
        view, shown = self.query_one("#needs-head", LinesView), self.shown
        if shown is None:
            return
        most = 1 if self.size.height < 16 else 2 if self.size.height < 24 else 6
        width = max(1, view.scrollable_content_region.width or self.size.width // 2)
        view.styles.height = max(1, len(need_head(shown.view, width, self.look, most)))
        view.show(lambda cells: need_head(shown.view, cells, self.look, most))

    def _show_empty(self, nothing: bool) -> None:
        empty = self.query_one("#needs-empty", Static)
        empty.display = nothing
        self.query_one("#needs-body").display = not nothing
        if nothing:
            key = key_label(self.planner.keys["needs.new"][0])
            empty.update(
                Content(
                    f"Tell people what you need: {key} writes it down.\n\n"
                    "A job, a flat, somebody who knows: say which and where, why, and by when. Then this place\n"
                    "says whom to tell, keeps who answered, and reminds you to thank them and to tell how it went."
                )
            )

    def go(self, *, people: bool) -> None:
        """Let the keys act on the people, or on the needs again."""
        self.at_people = people
        self.set_class(people, "-at-people")
        if people and not self.people_are_its:
            self._people_soon()
        if not self.planner.screen.is_modal and self.focused is not None and isinstance(self.focused, LineList):
            self.focus_list()
        self.draw_keys()

    def focus_list(self) -> None:
        """Give the focus back to the list the keys act on."""
        (self.people if self.at_people else self.needs).focus()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        """A click, or tab, into the other list goes there."""
        if isinstance(event.widget, LineList):
            there = event.widget is self.people
            if there != self.at_people:
                self.at_people = there
                self.set_class(there, "-at-people")
                self.draw_keys()

    def verb_mark(self) -> None:
        """Mark and go on."""
        self.people.toggle_mark()
        self.people.action_cursor_down()
        self.draw_keys()

    # Looking

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        self.action_verb("needs.open")

    def verb_open(self) -> None:
        """From a need to its people; from a person to their page."""
        if self.person is not None:
            self.planner.open_contact(self.person[0])
        elif self.needs.cursor_row is not None:
            self.go(people=True)

    def verb_back(self) -> None:
        """No marks, everyone again, back to the needs: one at a time."""
        if self.at_people and self.people.marked:
            self.people.marked = ()
            self.draw_keys()
        elif self.words:
            self._filter("")
        else:
            self.go(people=False)

    def verb_filter(self) -> None:
        """Only people with some words."""

        async def check(text: str) -> str:
            self._filter(text)
            count = self.rows.people if self.rows is not None else 0
            return f"{count:,} {'person' if count == 1 else 'people'}"

        async def submit(text: str) -> None:
            self._filter(text)
            self.go(people=bool(self.rows is not None and self.rows.total))

        hint = "words of a name or of the reason; empty shows everyone"
        self.ask(Question("Show", hint, " ".join(self.words), check=check, may_be_empty=True), submit)

    def _filter(self, text: str) -> None:
        words = tuple(fold(text).split())
        if words != self.words:
            self.words = words
            self._show_people(fresh=True)

    # Layout

    def on_resize(self) -> None:
        """Beside each other, one below the other, or one at a time, by the room there is."""
        width, height = self.size
        alone = width < 120 and (width < 80 or height < 24)
        self.set_class(alone, "-alone")
        self.people.two_line = 0 < width < 80 and height >= 12
        self._fit()
        self.call_after_refresh(self._draw_head)

    def _fit(self) -> None:
        """Below each other the needs take no more lines than they have, and leave most to the people."""
        width, height = self.size
        below = 80 <= width < 120 and height >= 24
        self.needs.styles.height = min(max(2, self.needs.total), height * 2 // 5) if below else "1fr"
