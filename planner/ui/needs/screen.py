"""The needs: what is looked for, who knows about it, whom to tell next, and one key for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from planner.core.needs import TEMPLATE, Need, ToldState, can_be_told
from planner.core.words.folding import fold
from planner.desk.values import NeedPeople, NeedView
from planner.errors import PlannerError
from planner.ui.keymap import bindings_of
from planner.ui.needs.rows import NeedList, PeopleList, PeopleRows, contact_of, need_head, need_rows
from planner.ui.needs.verbs import OWN, STEPS, NeedTarget, not_open
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content
from planner.ui.verbs.offered import offered
from planner.ui.verbs.people import GetInTouch, Note
from planner.ui.verbs.verb import Targets
from planner.ui.widgets.background import SideBySide
from planner.ui.widgets.line_list import LineList
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk

PEOPLE_WAIT = 0.1
"""Seconds the cursor rests before the people follow: a held key reads one need, not sixty."""
SUGGESTED = 12
"""How many are announced to where nobody is marked."""


class NeedsScreen(PlaceScreen):
    """Two lists, what I need and the people of one need, and the keys act on one of them."""

    PLACE = "needs"
    AUTO_FOCUS = "NeedList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("needs")
    VERBS = offered(*OWN, Note(), GetInTouch())

    def __init__(self) -> None:
        super().__init__()
        self.shown: NeedPeople | None = None
        """The need whose people are shown."""
        self.rows: PeopleRows | None = None
        self.words: tuple[str, ...] = ()
        self.template = TEMPLATE
        self.at_people = False
        self.only_told = False
        """Whether the next reading may keep the suggestions, but for those who were just told or asked."""
        self.wanted = ""
        """The key of a need that was just written: the cursor goes to it once it is read."""
        self._marked: tuple[PeopleRows | None, frozenset[str], Targets] = (None, frozenset(), ())
        """The targets of marks, and the rows and marks they were made of."""

    def body(self) -> ComposeResult:
        with SideBySide(id="needs-body"):
            yield NeedList(ascii_marks=self.planner.ascii_marks, id="needs-list")
            with Vertical(id="needs-people"):
                yield LinesView(id="needs-head")
                yield PeopleList(ascii_marks=self.planner.ascii_marks, id="needs-people-list")
        yield Static(id="needs-empty", markup=False)

    @property
    def needs(self) -> NeedList:
        """The list of needs."""
        return self.query_one(NeedList)

    @property
    def people(self) -> PeopleList:
        """The list of people."""
        return self.query_one(PeopleList)

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
            empty.update(
                content(
                    f"Tell people what you need: {self.label('needs.new')} writes it down.\n\n"
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

    # Whom a verb is about

    @property
    def need(self) -> Need | None:
        """The need under the cursor."""
        row = self.needs.cursor_row
        return row.data.need if row is not None and isinstance(row.data, NeedView) else None

    @property
    def person(self) -> tuple[int, str] | None:
        """(id, name) of the person under the cursor."""
        row = self.people.cursor_row
        return contact_of(row) if row is not None and self.at_people and self.people_are_its else None

    @property
    def people_are_its(self) -> bool:
        """Whether the people shown are those of the need under the cursor: they follow after a moment."""
        return self.need is not None and self._shown_id == self.need.id

    def targets(self, verb: str) -> Targets:
        """The marked people in their order, or the one under the cursor; nobody while the keys act on the needs."""
        person = self.person
        if person is None:
            return ()
        return self.marked_people() or self._targets([person])

    def marked_people(self) -> Targets:
        """The marked people in their order."""
        rows, marked = self.rows, self.people.marked
        if rows is None or not marked:
            return ()
        # Asked at every move for each key of the footer: made anew only when other people are marked.
        if self._marked[:2] != (rows, marked):
            found = [contact_of(row) for row in rows.head if row.key in marked]
            chosen = {int(key[1:]) for key in marked if key[0] == "s"}
            found += [(one.contact_id, one.name) for one in rows.suggestions if one.contact_id in chosen]
            self._marked = rows, marked, self._targets(found)
        return self._marked[2]

    def _targets(self, people: Sequence[tuple[int, str]]) -> Targets:
        need, rows = self.need, self.rows
        if need is None or rows is None:
            return ()
        return [NeedTarget(key, name, need=need, entry=rows.told.get(key)) for key, name in people]

    def nobody(self) -> str:
        """Why a verb about people has nobody to act on."""
        if self.need is None:
            return not_open(self)
        waits = self.at_people and not self.people_are_its
        return "One moment: its people are being read" if waits else "enter goes to the people of this need first"

    def helpers(self) -> Sequence[str]:
        """The names of those who helped with the need under the cursor."""
        known = self.shown.told if self.shown is not None and self.people_are_its else ()
        return [one.name for one in known if one.state is ToldState.HELPED]

    def announced_to(self) -> Sequence[tuple[int, str]]:
        """(id, name) of those an announcement goes to: the marked, else the first who are suggested."""
        rows = self.rows
        if rows is None or not self.people_are_its:
            return ()
        if self.people.marked:
            marked = [(target.contact_id, target.name) for target in self.marked_people()]
            return [one for one in marked if can_be_told(rows.told.get(one[0]))]
        return [(one.contact_id, one.name) for one in rows.suggestions[:SUGGESTED]]

    def settled(self, verb: str, targets: Targets) -> None:
        """The marks go, since the verb acted on them; a step with a need changes no other suggestion."""
        self.people.marked = ()
        self.only_told = any(step.id == verb for step in STEPS)
        self.draw_keys()

    def go_to(self, need_id: int | None = None) -> None:
        """Let the keys act on the needs, and put the cursor on one that was just written."""
        self.wanted = f"need:{need_id}" if need_id is not None else ""
        self.go(people=False)

    def refuses(self, verb: str) -> str:
        """Why a verb of the needs alone cannot act now."""
        if verb == "top":
            return ""
        if verb in ("open", "filter") and self.need is not None:
            somebody = self.shown is not None and (self.shown.told or self.shown.suggestions)
            return "" if somebody else "Nobody is in it"
        return not_open(self) or ("" if self.person is not None else self.nobody())

    def verb_mark(self) -> None:
        """Mark and go on."""
        self.people.toggle_mark()
        self.people.action_cursor_down()
        self.draw_keys()

    def verb_mark_all(self) -> None:
        """Everyone the list shows, or nobody."""
        if self.rows is not None:
            everyone = self.rows.keys
            self.people.marked = () if self.people.marked >= everyone else everyone
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

    def verb_top(self) -> None:
        """The first of the list the keys act on."""
        (self.people if self.at_people else self.needs).action_first()

    def key_left(self) -> None:
        """Back to the needs."""
        self.key_escape()

    def key_escape(self) -> None:
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
        """SideBySide each other, one below the other, or one at a time, by the room there is."""
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
