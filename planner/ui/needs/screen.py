"""The needs: what I look for, who knows about it, whom to tell next, and one key for each answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from planner.core.needs import Need
from planner.core.words.counts import people_word
from planner.desk.values import NeedPeople, NeedView
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.needs.people_rows import PeopleRows, somebody
from planner.ui.needs.people_screen import PeopleScreen
from planner.ui.needs.rows import NeedList, PeopleList, need_head, need_rows
from planner.ui.needs.verbs import OWN, STEPS, NeedTarget, not_open
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import AddNote, GetInTouch, ShowBrief
from planner.ui.verbs.verb import Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.desk.done import Done as Written

PEOPLE_WAIT = 0.1
"""Seconds the cursor must rest before the people of a need are read: a held key reads one need, not sixty."""
SUGGESTED = 12
"""How many suggested people an announcement goes to if nobody is marked."""
NOTHING_YET = """\
Tell people what you need: {new} writes it down.

A job, a flat, somebody who knows: say which and where, why, and by when. Then this place
says whom to tell, keeps who answered, and reminds you to thank them and to tell how it went."""


class NeedsScreen(PeopleScreen):
    """Two lists: the needs, and the people of the need under the cursor. The keys act on one of the two."""

    PLACE = "needs"
    AUTO_FOCUS = "NeedList"
    FILTER_HINT = "words of a name or of the reason, or circle:family; empty shows everyone"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("needs")
    VERBS = offered(*OWN, AddNote(), ShowBrief(), GetInTouch())

    def __init__(self) -> None:
        super().__init__()
        self.template = ""
        self.at_people = False
        self.only_told = False
        """Whether the next reading keeps the ranking, removing only people who were just told or asked."""
        self.wanted = ""
        """The key of a new need: the next reading puts the cursor on it."""
        self.before: dict[int, Sequence[str]] = {}
        """The rows that each step of the history was about, by the number of the step; see `rows_under`."""
        self.came_back: Sequence[str] = ()
        """The rows of an undone step: the next reading puts the cursor on them."""
        self._marked: tuple[PeopleRows | None, frozenset[str], Targets] = (None, frozenset(), ())
        """Cache: the rows and marks, with the targets made of them."""

    def body(self) -> ComposeResult:
        with SideBySide(id="needs-body"):
            yield NeedList(ascii_marks=self.planner.ascii_marks, id="needs-list")
            with Vertical(id="needs-people"):
                yield LinesView(id="needs-head")
                people = PeopleList(ascii_marks=self.planner.ascii_marks, id="needs-people-list")
                people.shows_cursor = False
                yield people
        yield Static(id="needs-empty", classes="empty", markup=False)

    @property
    def needs(self) -> NeedList:
        """The list of needs."""
        return self.query_one(NeedList)

    # Reading

    async def reload(self) -> None:
        """Read the needs, then the people of the one under the cursor."""

        def read(desk: Desk) -> tuple[Sequence[NeedView], Sequence[NeedView]]:
            return desk.needs.all(), desk.needs.all(closed=True, names=False)

        still_open, closed = await self.fetch(read)
        rows = need_rows(still_open, closed)
        self.needs.look = self.people.look = self.look
        self.needs.set_rows(0, rows, len(rows))
        self.needs.redraw()
        self._fit()
        if self.wanted:
            self.needs.move_to_key(self.wanted)
            self.wanted = ""
        came_back, self.came_back = self.came_back, ()
        if came_back:
            self.needs.move_to_key(came_back[0])
        self.show_empty("" if rows else self.with_keys(NOTHING_YET))
        await self._read_people()
        if self.stand_on_people(came_back[1:]):
            self.go(people=True)
        self.draw_bars()

    @on(LineList.Highlighted)
    def _highlighted(self, event: LineList.Highlighted) -> None:
        self.draw_keys()
        if event.control is self.needs and self.need is not None and self._shown_id != self.need.id:
            self._people_soon()

    @work(exclusive=True, group="people")
    async def _people_soon(self) -> None:
        """Show the people of the need under the cursor, once the cursor rests."""
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
            self.show_people(fresh=True)
            self.go(people=False)
            return
        key, before = need.id, self.shown
        fresh, ranked = self._shown_id != key, not self.only_told
        ranked, self.only_told = ranked or fresh, False
        known = before.suggestions if not ranked and before is not None else None
        if fresh:
            self.words = ()
        words = self.words

        def read(desk: Desk) -> tuple[NeedPeople, PeopleRows]:
            shown = desk.needs.people(key, ranked=known)
            return shown, self.rows_of(desk, shown, words, fresh=fresh)

        found, rows = await self.fetch_long(read)
        if self.need is not None and self.need.id == key and words == self.words:
            self.shown, self.rows = found, rows
            self.show_people(fresh=fresh)

    @property
    def _shown_id(self) -> int | None:
        return self.shown.view.need.id if self.shown is not None else None

    def show_people(self, *, fresh: bool) -> None:
        """Show the people of the need that was last read. With `fresh` from the top, without marks."""
        people = self.people
        if self.shown is None:
            self.marked_of.clear()
            people.set_rows(0, (), 0)
            self.query_one("#needs-head", LinesView).show(None)
            return
        rows = self.rows
        if rows is None:
            return
        if fresh:
            people.marked = ()
        start, stop = self.window(rows.total, fresh=fresh)
        people.set_rows(start, rows.between(start, stop), rows.total)
        people.redraw()
        if fresh:
            people.move_to(0)
        if not rows.people:
            self.go(people=False)
        self._draw_head()
        self.draw_keys()

    def _draw_head(self) -> None:
        view, shown = self.query_one("#needs-head", LinesView), self.shown
        if shown is None:
            return
        most = 1 if self.size.height < 16 else 2 if self.size.height < 24 else 6
        width = max(1, view.scrollable_content_region.width or self.size.width // 2)
        view.styles.height = max(1, len(need_head(shown.view, width, self.look, most)))
        view.show(lambda cells: need_head(shown.view, cells, self.look, most))

    def go(self, *, people: bool) -> None:
        """Let the keys act on the people, or on the needs."""
        self._act_on(people=people)
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
        """Let the keys act on the list that got the focus by a click or tab."""
        if isinstance(event.widget, LineList):
            there = event.widget is self.people
            if there != self.at_people:
                self._act_on(people=there)
                self.draw_keys()

    def _act_on(self, *, people: bool) -> None:
        """Remember the list the keys act on, and highlight only the row under its cursor."""
        self.at_people = people
        self.set_class(people, "-at-people")
        self.people.shows_cursor, self.needs.shows_cursor = people, not people

    # Targets of verbs

    @property
    def need(self) -> Need | None:
        """The need under the cursor."""
        row = self.needs.cursor_row
        return row.data.need if row is not None and isinstance(row.data, NeedView) else None

    @property
    def hearing(self) -> int:
        """How many people are still to hear how the need under the cursor went."""
        row = self.needs.cursor_row
        return row.data.hear if row is not None and isinstance(row.data, NeedView) else 0

    @property
    def person(self) -> tuple[int, str] | None:
        """(id, name) of the person under the cursor."""
        row = self.people.cursor_row
        if row is None or not self.at_people or not self.people_are_its:
            return None
        one = somebody(row)
        return one.contact_id, one.name

    @property
    def people_are_its(self) -> bool:
        """Whether the shown people are those of the need under the cursor; they follow it after a moment."""
        return self.need is not None and self._shown_id == self.need.id

    def targets(self, verb: str) -> Targets:
        """The marked people in order, or the one under the cursor; nobody while the keys act on the needs."""
        person = self.person
        if person is None:
            return ()
        return self.marked_people() or self._targets([person])

    def rows_under(self, people: Sequence[int]) -> tuple[str, ...]:
        """The key of the need, then the ids of those of its people that the verb is about."""
        return (*super().rows_under(people), *map(str, people))

    async def stand_on(self, rows: Sequence[str], *, marked: bool) -> bool:
        """Return to the need, and mark its people or put the cursor on one of them."""
        if not (is_there := self.needs.move_to_key(rows[0])) or not (people := {int(key) for key in rows[1:]}):
            return is_there
        await self._read_people()
        rows_there = self.rows
        if rows_there is None:
            return False
        everyone = await self.fetch(rows_there.everybody)
        found = {key: one for key, one in everyone.items() if one.contact_id in people}
        self.go(people=bool(found))
        if marked or (found and not self.people.move_to_key(next(iter(found)))):
            self.marked_of, self.people.marked = found, frozenset(found)
        return bool(found)

    def marked_people(self) -> Targets:
        """The marked people in order."""
        rows, marked = self.rows, self.people.marked
        if rows is None or not marked:
            return ()
        # Called at every move for each key of the footer: made again only when other people are marked.
        if self._marked[:2] != (rows, marked):
            found = [(one.contact_id, one.name) for one in self.marked_somebodies()]
            self._marked = rows, marked, self._targets(found)
        return self._marked[2]

    def _targets(self, people: Sequence[tuple[int, str]]) -> Targets:
        need, rows = self.need, self.rows
        if need is None or rows is None:
            return ()
        return [NeedTarget(key, name, need=need, entry=rows.told.get(key)) for key, name in people]

    def nobody(self) -> str:
        """Why a verb about people has nobody to act on, with the key that helps."""
        if self.need is None:
            return not_open(self)
        waits = self.at_people and not self.people_are_its
        return "One moment: its people are being read" if waits else "enter goes to the people of this need first"

    def helpers(self) -> Sequence[str]:
        """The names of the people who helped with the need under the cursor."""
        return self.shown.helpers if self.shown is not None and self.people_are_its else ()

    def announced_to(self) -> Sequence[tuple[int, str]]:
        """(id, name) of the people an announcement goes to: the marked ones, else the first suggestions.

        Marked people who cannot be told are left out.
        """
        rows = self.rows
        if rows is None or not self.people_are_its:
            return ()
        if self.people.marked:
            return [(one.contact_id, one.name) for one in self.marked_somebodies() if one.again]
        return [(one.contact_id, one.name) for one in rows.suggestions[:SUGGESTED]]

    def settled(self, verb: str, targets: Targets) -> None:
        """Remove the marks and go to the next person; a step of the told-list keeps the ranking."""
        self.people.marked = ()
        row = self.people.cursor_row
        if row is not None and verb not in ("note", "edit") and targets:
            acted = {target.contact_id for target in targets}
            self.people.pass_by({row.key} if somebody(row).contact_id in acted else ())
        self.only_told = any(step.id == verb for step in STEPS)
        self.draw_keys()

    async def do(self, work: Callable[[Desk], Written]) -> Written:
        """Run a verb of the desk, and remember the rows it is about: undo of the step returns to them."""
        rows = self.rows_meant
        done = await super().do(work)
        if done.step is not None:
            self.before[done.step] = rows
        return done

    def undone(self, step: int) -> None:
        """Return to the rows the step was about."""
        self.came_back = self.before.pop(step, ())

    def go_to(self, need_id: int | None = None) -> None:
        """Let the keys act on the needs, and put the cursor on a new need."""
        self.wanted = f"need:{need_id}" if need_id is not None else ""
        self.go(people=False)

    def refuses(self, verb: str) -> str:
        """Why a verb that only the needs have cannot act now."""
        if verb == "top":
            return ""
        if verb in ("open", "filter") and self.need is not None:
            somebody = self.shown is not None and (self.shown.groups or self.shown.suggestions)
            return "" if somebody else "Nobody is in it"
        return not_open(self) or ("" if self.person is not None else self.nobody())

    # Looking

    @on(LineList.Selected)
    def _selected(self, event: LineList.Selected) -> None:
        self.action_verb("needs.open")

    def verb_open(self) -> None:
        """Go from a need to its people, from a person to their page."""
        if self.person is not None:
            self.planner.open_contact(self.person[0])
        elif self.needs.cursor_row is not None:
            self.go(people=True)

    def verb_top(self) -> None:
        """Go to the first row of the list the keys act on."""
        (self.people if self.at_people else self.needs).action_first()

    def key_left(self) -> None:
        """Do the same as escape."""
        self.key_escape()

    def key_escape(self) -> None:
        """Remove the marks; without marks the filter; without a filter go back to the needs."""
        if self.at_people and self.people.marked:
            self.people.marked = ()
            self.draw_keys()
        elif self.words:
            self.filter_by("")
        else:
            self.go(people=False)

    def filtered(self) -> str:
        return people_word(self.rows.people if self.rows is not None else 0)

    def filter_taken(self) -> None:
        self.go(people=bool(self.rows is not None and self.rows.people))

    # Layout

    def on_resize(self) -> None:
        """Put the lists side by side, one below the other, or show one at a time, depending on the room."""
        width, height = self.size
        alone = width < 120 and (width < 80 or height < 24)
        self.set_class(alone, "-alone")
        self.people.two_line = 0 < width < 80 and height >= 12
        self._fit()
        self.call_after_refresh(self._draw_head)

    def _fit(self) -> None:
        """If the lists are one below the other, give the needs the lines they fill, at most two fifths."""
        width, height = self.size
        below = 80 <= width < 120 and height >= 24
        self.needs.styles.height = min(max(2, self.needs.total), height * 2 // 5) if below else "1fr"
