"""The needs: what is looked for, who knows about it, whom to tell next, and one key for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from planner import commands
from planner.core.folding import fold
from planner.core.needs import TEMPLATE, Need, Told, ToldState, can_be_told, check_step
from planner.desk.base import listed
from planner.desk.values import NeedPeople, NeedView
from planner.errors import PlannerError, Refused
from planner.ui.keymap import bindings_of
from planner.ui.need_questions import ask_question, close_question, pass_question
from planner.ui.need_rows import (
    NeedList,
    PeopleList,
    PeopleRows,
    Standing,
    contact_of,
    need_head,
    need_rows,
)
from planner.ui.screens.base import PlaceScreen
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.ui.dialogs.announce import Announced
    from planner.ui.dialogs.need import NeedDraft

PEOPLE_WAIT = 0.1
"""Seconds the cursor rests before the people follow: a held key reads one need, not sixty."""
SUGGESTED = 12
"""How many are announced to where nobody is marked."""
STEPS = {
    "tell": ToldState.TOLD, "ask": ToldState.ASKED, "helped": ToldState.HELPED,
    "passed": ToldState.PASSED, "declined": ToldState.DECLINED,
}  # fmt: skip
ONE_AT_A_TIME = frozenset({"ask", "helped", "passed", "declined"})


class NeedsScreen(PlaceScreen):
    """What I need, and everyone who may know somebody."""

    PLACE = "needs"
    AUTO_FOCUS = "NeedList"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("needs")

    def __init__(self) -> None:
        super().__init__()
        self.views: dict[str, NeedView] = {}
        self.shown: NeedPeople | None = None
        """The need whose people are shown."""
        self.rows: PeopleRows | None = None
        self.words: tuple[str, ...] = ()
        self.template = TEMPLATE
        """The message of the last announcement, while the planner runs."""
        self.at_people = False
        """Whether the keys act on people; else on the needs."""
        self.wanted = ""
        """The key of a need that was just written: the cursor goes to it once it is read."""

    def body(self) -> ComposeResult:
        with Horizontal(id="needs-body"):
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
        today = self.planner.today

        def read(desk: Desk) -> tuple[Sequence[NeedView], Sequence[NeedView]]:
            return desk.needs(today=today), desk.needs(today=today, closed=True)

        still_open, closed = await self.fetch(read)
        rows = need_rows(still_open, closed)
        self.views = {row.key: row.data for row in rows if isinstance(row.data, NeedView)}
        self.planner.badges["needs"] = sum(view.answers_due for view in still_open)
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
        need, today = self.need, self.planner.today
        if need is None:
            self.shown = self.rows = None
            self._show_people(fresh=True)
            self._go(people=False)
            return
        key = need.id
        fresh = self._shown_id != key
        found = await self.fetch(lambda desk: desk.need_people(key, today=today))
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
            self._go(people=False)
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
            key = commands.key_label(self.planner.keys["needs.new"][0])
            empty.update(
                Content(
                    f"Tell people what you need: {key} writes it down.\n\n"
                    "A job, a flat, somebody who knows: say which and where, why, and by when. Then this place\n"
                    "says whom to tell, keeps who answered, and reminds you to thank them and to tell how it went."
                )
            )

    # Where the keys act

    @property
    def need(self) -> Need | None:
        """The need under the cursor."""
        row = self.needs.cursor_row
        return row.data.need if row is not None and isinstance(row.data, NeedView) else None

    @property
    def person(self) -> tuple[int, str] | None:
        """(id, name) of the person under the cursor."""
        row = self.people.cursor_row
        return contact_of(row) if row is not None and self.at_people else None

    def _told(self, row: Row) -> Told | None:
        return row.data.told if isinstance(row.data, Standing) else None

    def _go(self, *, people: bool) -> None:
        """Let the keys act on the people, or on the needs again."""
        self.at_people = people
        self.set_class(people, "-at-people")
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

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        need = self.need
        if verb in ("new", "back"):
            return ""
        if need is None:
            return "Nothing is looked for yet; n writes down what you need"
        if verb == "open":
            return "" if self.rows is not None and self.rows.total else "Nobody is in it"
        if verb == "filter":
            return "" if self.shown is not None and (self.shown.told or self.shown.suggestions) else "Nobody is in it"
        if need.closed_on is not None:
            return "That need is closed; n writes down a new one"
        if verb == "announce":
            return "" if self.announced_to() else "Everyone knows about it who can be told"
        if verb not in STEPS and verb != "mark":
            return ""
        if self.person is None:
            return "enter goes to the people of this need first"
        marked = len(self.people.marked)
        if verb in ONE_AT_A_TIME and marked > 1:
            return f"{marked} are marked, and this is said to one at a time; esc takes the marks away"
        row = self.people.cursor_row
        if verb in STEPS and not (verb == "tell" and marked) and row is not None:
            try:
                check_step(self._told(row), STEPS[verb])
            except Refused as reason:
                return str(reason)
        return ""

    # Needs

    def verb_new(self) -> None:
        """Something new that is looked for."""
        self._edit(None)

    def verb_edit(self) -> None:
        """Other words, another day."""
        self._edit(self.need)

    def _edit(self, need: Need | None) -> None:
        from planner.ui.dialogs.need import NeedDialog

        today = self.planner.today

        def given(draft: NeedDraft | None) -> None:
            if draft is None:
                return
            if need is None:
                self._add(draft)
                return
            key, version = need.id, need.version
            self.act(
                lambda desk: desk.edit_need(
                    key, title=draft.title, why=draft.why, by=draft.by, no_day=draft.by is None,
                    version=version, today=today,
                ),
                f"Changed: {draft.title}",
            )  # fmt: skip

        self.app.push_screen(NeedDialog(need, self.planner.read_day, today), given)

    @work(group="act")
    async def _add(self, draft: NeedDraft) -> None:
        """Write the need; the cursor goes to it."""
        today = self.planner.today
        try:
            key = await self.do(
                lambda desk: desk.add_need(draft.title, why=draft.why, by=draft.by, today=today),
                f"You look for: {draft.title}; enter shows whom to tell",
            )
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        self.wanted = f"need:{key}"
        self._go(people=False)

    def verb_close(self) -> None:
        """It is over: how it went."""
        need = self.need
        if need is None:
            return
        key = need.id
        helped = [] if self.shown is None else [one.name for one in self.shown.told if one.state is ToldState.HELPED]

        async def submit(text: str) -> None:
            today = self.planner.today
            await self.do(
                lambda desk: desk.need_close(key, outcome=text, today=today),
                lambda names: f"Closed; thank {listed(names)} and tell how it went" if names else "Closed",
            )
            self._go(people=False)

        self.ask(close_question(need, helped), submit)

    # People

    def marked_people(self) -> list[tuple[int, str]]:
        """(id, name) of whoever is marked, in their order."""
        rows, marked = self.rows, self.people.marked
        if rows is None or not marked:
            return []
        found = [row for row in rows.head if row.key in marked]
        chosen = {int(key[1:]) for key in marked if key[0] == "s"}
        people = [contact_of(row) for row in found]
        return people + [(one.contact_id, one.name) for one in rows.suggestions if one.contact_id in chosen]

    def announced_to(self) -> list[tuple[int, str]]:
        """(id, name) of whom an announcement goes to: the marked, else the first who are suggested."""
        if self.shown is None or self.rows is None:
            return []
        if self.people.marked:
            gone_on = {one.contact_id for one in self.shown.told if not can_be_told(one)}
            return [one for one in self.marked_people() if one[0] not in gone_on]
        return [(one.contact_id, one.name) for one in self.rows.suggestions[:SUGGESTED]]

    def verb_tell(self) -> None:
        """They know about it."""
        person, need, today = self.person, self.need, self.planner.today
        found = self.marked_people() or ([person] if person is not None else [])
        if need is None or not found:
            return
        key, ids, names = need.id, [one[0] for one in found], self.listed([one[1] for one in found])
        self.people.marked = ()
        self.act(lambda desk: desk.need_tell_all(key, ids, today=today), f"Told {names}; news is asked after in a week")

    def verb_ask(self) -> None:
        """Ask directly, after a look at how things stand."""
        if self.person is not None and self.need is not None:
            self._ask_after_a_look(*self.person, self.need)

    @work(exclusive=True, group="ask")
    async def _ask_after_a_look(self, contact_id: int, name: str, need: Need) -> None:
        from planner.ui.dialogs.etiquette import EtiquetteDialog, says_something

        today = self.planner.today
        try:
            about = await self.fetch(lambda desk: desk.etiquette(contact_id, today=today))
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        answer = "ask"
        if says_something(about):
            found = await self.app.push_screen_wait(EtiquetteDialog(about, need.title, today))
            if found is None:
                return
            answer = found
        if answer == "ask":
            self._ask(contact_id, name, need)
        else:
            self._give(contact_id, name, about.give)

    def _ask(self, contact_id: int, name: str, need: Need) -> None:
        async def submit(text: str) -> None:
            today, key = self.planner.today, need.id
            await self.do(
                lambda desk: desk.need_ask(key, contact_id, note=text, today=today),
                f"Asked {name}; a nudge comes after a week",
            )

        self.ask(ask_question(name, need), submit)

    def _give(self, contact_id: int, name: str, give: str) -> None:
        async def submit(text: str) -> None:
            today = self.planner.today
            await self.do(
                lambda desk: desk.favor("promise", contact_id, note=text, today=today),
                f"Promised {name}; it stands in the ledger. k asks when it is done",
            )

        hint = "what you will do for them; enter makes it a promise, due in a week"
        self.ask(Question(f"Give {name} first", hint, give), submit)

    def verb_helped(self) -> None:
        """They helped."""
        self._step("helped", "{} helped; thanks come next")

    def verb_declined(self) -> None:
        """They cannot help."""
        self._step("declined", "{} cannot help; they could be asked again one day")

    def _step(self, verb: str, said: str) -> None:
        person, need, today = self.person, self.need, self.planner.today
        if person is None or need is None:
            return
        key, (contact_id, name) = need.id, person
        self.people.marked = ()
        self.act(lambda desk: getattr(desk, f"need_{verb}")(key, contact_id, today=today), said.format(name))

    def verb_passed(self) -> None:
        """They told somebody else."""
        person, need = self.person, self.need
        if person is None or need is None:
            return
        key, (contact_id, name) = need.id, person
        question, whom = pass_question(self, name, contact_id)

        async def submit(text: str) -> None:
            today = self.planner.today
            to, shown = await whom(text)
            await self.do(
                lambda desk: desk.need_passed(key, contact_id, to, today=today), f"{name} passed it on to {shown}"
            )

        self.ask(question, submit)

    def verb_announce(self) -> None:
        """A message to each of the marked, or of those suggested first."""
        from planner.ui.dialogs.announce import AnnounceDialog

        need, people = self.need, self.announced_to()
        if need is None or not people:
            return

        def came_back(found: Announced | None) -> None:
            if found is None:
                return
            self.template = found.template
            if found.sent:
                self.people.marked = ()
                self.say(f"Told {found.sent} of {found.of}; news is asked after in a week")

        self.app.push_screen(AnnounceDialog(need, people, self.template), came_back)

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
            self._go(people=True)

    def verb_back(self) -> None:
        """No marks, everyone again, back to the needs: one at a time."""
        if self.at_people and self.people.marked:
            self.people.marked = ()
            self.draw_keys()
        elif self.words:
            self._filter("")
        else:
            self._go(people=False)

    def verb_filter(self) -> None:
        """Only people with some words."""

        async def check(text: str) -> str:
            self._filter(text)
            count = self.rows.people if self.rows is not None else 0
            return f"{count:,} {'person' if count == 1 else 'people'}"

        async def submit(text: str) -> None:
            self._filter(text)
            self._go(people=bool(self.rows is not None and self.rows.total))

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
