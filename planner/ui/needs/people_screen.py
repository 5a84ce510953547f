"""The people of the need that is shown: of the many who match in nothing only those are read who are looked at."""

from __future__ import annotations

from textual import on, work

from planner.desk.values import NeedPeople
from planner.ui.needs.rows import PeopleList, PeopleRows
from planner.ui.places.words_filter import WordsFilter
from planner.ui.widgets.line_list import LineList


class PeopleScreen(WordsFilter):
    """A place with a `PeopleList`, which reads its rows as they come into sight."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: NeedPeople | None = None
        """The need whose people are shown."""
        self.rows: PeopleRows | None = None

    @property
    def people(self) -> PeopleList:
        """The list of people."""
        return self.query_one(PeopleList)

    def show_people(self, *, fresh: bool) -> None:
        """Show the people of the need that was read last. With `fresh` from the top, without marks."""

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        if event.control is self.people:
            self._show_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _show_window(self, start: int, stop: int) -> None:
        """Show some rows, once those of people who match in nothing are read."""
        rows = self.rows
        if rows is not None and await self._read_others(*rows.unread(start, stop)) and self.rows is rows:
            self.people.set_rows(start, rows.between(start, stop), rows.total)

    async def _read_others(self, start: int, stop: int) -> bool:
        """Read those who match in nothing, from a place among them up to another; False where the need changed."""
        shown = self.shown
        if shown is not None and start < stop:
            found = await self.fetch(lambda desk: desk.needs.others(shown.suggestions, start, stop))
            shown.suggestions.take(start, found)
        return self.shown is shown

    def show_filtered(self) -> None:
        """Show who of those that were read holds the words; then everybody who does."""
        self.show_people(fresh=True)
        if self.words and self.shown is not None and not self.shown.suggestions.are_read:
            self._filter_everybody()

    @work(exclusive=True, group="everybody")
    async def _filter_everybody(self) -> None:
        if self.shown is not None and await self._read_others(*self.shown.suggestions.unread_at_all):
            self.show_people(fresh=True)

    def verb_mark_all(self) -> None:
        """Mark everyone the list shows; where everyone is marked, take the marks away."""
        rows = self.rows
        if rows is not None and any(rows.unread(0, rows.total)):
            self.in_turn(self._mark_everybody(rows))
        elif rows is not None:
            self._mark(rows)

    async def _mark_everybody(self, rows: PeopleRows) -> None:
        if await self._read_others(*rows.unread(0, rows.total)) and self.rows is rows:
            self._mark(rows)

    def _mark(self, rows: PeopleRows) -> None:
        everyone = rows.keys
        self.people.marked = () if self.people.marked >= everyone else everyone
        self.draw_keys()
