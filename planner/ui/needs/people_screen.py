"""The people of the shown need: of the many who were told or could be, only the visible ones are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from planner.core.words.folding import fold
from planner.desk.values import NeedPeople
from planner.ui.needs.people_rows import PeopleRows, Somebody, somebody
from planner.ui.needs.rows import PeopleList
from planner.ui.places.words_filter import WordsFilter
from planner.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from planner.desk import Desk


FIELD = re.compile(r"-?\w+:\S")


class PeopleScreen(WordsFilter):
    """A place with a `PeopleList`, which reads its rows as they scroll into view."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: NeedPeople | None = None
        """The need whose people are shown."""
        self.rows: PeopleRows | None = None
        self.marked_of: dict[str, Somebody] = {}
        """The person in each marked row, by its key, in the order of marking."""

    @property
    def people(self) -> PeopleList:
        """The list of people."""
        return self.query_one(PeopleList)

    def show_people(self, *, fresh: bool) -> None:
        """Show the people of the need that was last read. With `fresh` from the top, without marks."""

    def stand_on_people(self, contact_ids: Sequence[str]) -> bool:
        """Put the cursor on the topmost of some people; False if none of them is shown."""
        places = (self.people.position_of(f"{kind}{key}") for key in contact_ids for kind in "ts")
        found = [place for place in places if place is not None]
        if found:
            self.people.move_to(min(found))
        return bool(found)

    # Reading

    def rows_of(self, desk: Desk, shown: NeedPeople, words: tuple[str, ...], *, fresh: bool) -> PeopleRows:
        """The rows of the people who match some words, read around the cursor or, with `fresh`, from the top."""
        held = None
        if words:
            # As on the command line, words with the name of a field are a query: "circle:family".
            asked = any(map(FIELD.match, words))
            among = frozenset(desk.reading.contact_ids(" ".join(words))) if asked else None
            texts = () if asked else words
            held = desk.needs.told_holding(shown, texts, among=among)
            found = desk.needs.suggestions_holding(shown.suggestions, texts, among=among)
            shown = replace(shown, suggestions=found)
        rows = PeopleRows(shown, self.planner.config.settings, self.planner.today, words=words, held=held)
        rows.read(desk, *self.window(rows.total, fresh=fresh))
        return rows

    def window(self, total: int, *, fresh: bool) -> tuple[int, int]:
        """The range of shown rows among `total`, around the cursor or, with `fresh`, from the top."""
        people = self.people
        height = max(people.size.height, 20)
        start = 0 if fresh else max(0, min(people.cursor, total) - 2 * height)
        return start, start + 5 * height

    @on(LineList.Wanted)
    def _wanted(self, event: LineList.Wanted) -> None:
        if event.control is self.people:
            self._show_window(event.start, event.end)

    @work(exclusive=True, group="window")
    async def _show_window(self, start: int, stop: int) -> None:
        """Show some rows, once they are read."""
        rows = self.rows
        if rows is not None and rows.missing(start, stop):
            await self.fetch(lambda desk: rows.read(desk, start, stop))
        if rows is not None and self.rows is rows:
            self.people.set_rows(start, rows.between(start, stop), rows.total)

    async def filter_shown(self, text: str) -> None:
        """Show only the people who match the words of a text."""
        words = tuple(fold(text).split())
        # In a burst of keys the words are taken while their rows are still being read.
        if words != self.words or self.rows is None or words != self.rows.words:
            await self._filter(words)

    def show_filtered(self) -> None:
        """Show the matching people, once they are found."""
        self.run_worker(partial(self._filter, self.words), exclusive=True, group="filter")

    async def _filter(self, words: tuple[str, ...]) -> None:
        """Show the people who match some words, which are kept if they are understood: a query may be wrong."""
        shown = self.shown
        if shown is None:
            return
        rows = await self.fetch_long(lambda desk: self.rows_of(desk, shown, words, fresh=True))
        if self.shown is shown:
            self.words, self.rows = words, rows
            self.show_people(fresh=True)

    # Marks

    def verb_mark(self) -> None:
        """Mark the person under the cursor, or unmark them, and go to the next row."""
        row = self.people.cursor_row
        if row is not None:
            self.marked_of[row.key] = somebody(row)
        self.people.toggle_mark()
        self.people.action_cursor_down()
        self.draw_keys()

    def verb_mark_all(self) -> None:
        """Mark everyone in the list; if everyone is marked, remove the marks."""
        if self.rows is not None:
            self.in_turn(partial(self._mark_everybody, self.rows))

    async def _mark_everybody(self, rows: PeopleRows) -> None:
        everyone = await self.fetch_long(rows.everybody)
        if self.rows is rows:
            self.marked_of = everyone
            self.people.marked = () if self.people.marked >= everyone.keys() else frozenset(everyone)
            self.draw_keys()

    def marked_somebodies(self) -> list[Somebody]:
        """The marked people in order."""
        marked, known = self.people.marked, self.marked_of
        place = self.people.position_of
        found = [key for key in known if key in marked]
        if len(found) < len(known):
            found.sort(key=lambda key: at if (at := place(key)) is not None else self.people.total)
        return [known[key] for key in found]
