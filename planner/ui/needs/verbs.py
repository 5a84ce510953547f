"""What can be done about a need and with its people, one method for each key."""

from __future__ import annotations

from textual import work

from planner.core.needs import TEMPLATE, Need, Told, ToldState, can_be_told, check_step
from planner.desk.values import NeedPeople, NeedView
from planner.errors import PlannerError, Refused
from planner.ui.needs.announce_dialog import Announced, AnnounceDialog
from planner.ui.needs.need_dialog import NeedDialog, NeedDraft
from planner.ui.needs.questions import ask_question, close_question, pass_question
from planner.ui.needs.rows import NeedList, NeedStanding, PeopleList, PeopleRows, contact_of
from planner.ui.shared.asking import look_first
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.widgets.line_list import Row

SUGGESTED = 12
"""How many are announced to where nobody is marked."""
STEPS = {
    "tell": ToldState.TOLD, "ask": ToldState.ASKED, "helped": ToldState.HELPED,
    "passed": ToldState.PASSED, "declined": ToldState.DECLINED,
}  # fmt: skip
ONE_AT_A_TIME = frozenset({"ask", "helped", "passed", "declined"})


class NeedVerbs(PlaceScreen):
    """Two lists, the needs and the people of one of them, and what the keys do with both."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: NeedPeople | None = None
        """The need whose people are shown."""
        self.rows: PeopleRows | None = None
        self.template = TEMPLATE
        """The message of the last announcement, while the planner runs."""
        self.at_people = False
        """Whether the keys act on people; else on the needs."""
        self.only_told = False
        """Whether the next reading may keep the suggestions, but for those who were just told or asked."""
        self.wanted = ""
        """The key of a need that was just written: the cursor goes to it once it is read."""

    @property
    def needs(self) -> NeedList:
        """The list of needs."""
        return self.query_one(NeedList)

    @property
    def people(self) -> PeopleList:
        """The list of people."""
        return self.query_one(PeopleList)

    def go(self, *, people: bool) -> None:
        """Let the keys act on the people, or on the needs again."""
        raise NotImplementedError

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
        return contact_of(row) if row is not None and self.at_people and self.people_are_its else None

    @property
    def people_are_its(self) -> bool:
        """Whether the people shown are those of the need under the cursor: they follow after a moment."""
        return self.need is not None and self.shown is not None and self.shown.view.need.id == self.need.id

    def _told(self, row: Row) -> Told | None:
        return row.data.told if isinstance(row.data, NeedStanding) else None

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
            waits = self.at_people and not self.people_are_its
            return "One moment: its people are being read" if waits else "enter goes to the people of this need first"
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
        today = self.planner.today

        def given(draft: NeedDraft | None) -> None:
            if draft is None:
                return
            if need is None:
                self._add(draft)
                return
            key, version = need.id, need.version
            self.act(
                lambda desk: desk.needs.edit(
                    key, title=draft.title, why=draft.why, by=draft.by, no_day=draft.by is None,
                    version=version,
                )
            )  # fmt: skip

        self.app.push_screen(NeedDialog(need, self.planner.read_day, today), given)

    @work(group="act")
    async def _add(self, draft: NeedDraft) -> None:
        """Write the need; the cursor goes to it."""
        try:
            done = await self.do(lambda desk: desk.needs.add(draft.title, why=draft.why, by=draft.by))
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        self.wanted = f"need:{done.id}"
        self.go(people=False)

    def verb_close(self) -> None:
        """It is over: how it went."""
        need = self.need
        if need is None:
            return
        key = need.id
        known = self.shown.told if self.shown is not None and self.people_are_its else ()
        helped = [one.name for one in known if one.state is ToldState.HELPED]

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.needs.close(key, outcome=text))
            self.go(people=False)

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
        if self.shown is None or self.rows is None or not self.people_are_its:
            return []
        if self.people.marked:
            gone_on = {one.contact_id for one in self.shown.told if not can_be_told(one)}
            return [one for one in self.marked_people() if one[0] not in gone_on]
        return [(one.contact_id, one.name) for one in self.rows.suggestions[:SUGGESTED]]

    def verb_tell(self) -> None:
        """They know about it."""
        person, need = self.person, self.need
        found = self.marked_people() or ([person] if person is not None else [])
        if need is None or not found:
            return
        key, ids = need.id, [one[0] for one in found]
        self.act(lambda desk: desk.needs.tell(key, ids), self._told_more)

    def _told_more(self) -> None:
        """A verb about people is stored: no marks, and the suggestions but for them stay as they are."""
        self.people.marked = ()
        self.only_told = True

    def verb_ask(self) -> None:
        """Ask directly, after a look at how things stand."""
        if self.person is not None and self.need is not None:
            self._ask_after_a_look(*self.person, self.need)

    @work(exclusive=True, group="ask")
    async def _ask_after_a_look(self, contact_id: int, name: str, need: Need) -> None:
        if await look_first(self, contact_id, need.title):
            self._ask(contact_id, name, need)

    def _ask(self, contact_id: int, name: str, need: Need) -> None:
        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.needs.ask(need.id, [contact_id], note=text))
            self._told_more()

        self.ask(ask_question(name, need), submit)

    def verb_helped(self) -> None:
        """They helped."""
        self._step("helped")

    def verb_declined(self) -> None:
        """They cannot help."""
        self._step("declined")

    def _step(self, verb: str) -> None:
        person, need = self.person, self.need
        if person is None or need is None:
            return
        key, contact_id = need.id, person[0]
        self.act(lambda desk: getattr(desk.needs, verb)(key, [contact_id]), self._told_more)

    def verb_passed(self) -> None:
        """They told somebody else."""
        person, need = self.person, self.need
        if person is None or need is None:
            return
        key, (contact_id, name) = need.id, person
        question, whom = pass_question(self, name, contact_id)

        async def submit(text: str) -> None:
            to, _ = await whom(text)
            await self.do(lambda desk: desk.needs.passed(key, contact_id, to))
            self._told_more()

        self.ask(question, submit)

    def verb_announce(self) -> None:
        """A message to each of the marked, or of those suggested first."""
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
