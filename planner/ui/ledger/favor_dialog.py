"""A new entry of the ledger: who, what kind of help, a few words, a day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from planner.core.dates.typed import add_days
from planner.core.model import FAVOR_KINDS
from planner.core.records import record
from planner.errors import PlannerError, Refused
from planner.ui.port import AsksPlanner
from planner.ui.shared.people_dialog import NamedContact, people_echo, people_for
from planner.ui.shared.picker import Picker
from planner.ui.shared.triage_questions import day_echo
from planner.ui.text import content
from planner.ui.widgets.field import FieldInput


@record(frozen=True, slots=True)
class FavorDraft:
    """What `desk.favor` needs: its verb, whose it is, kind, words, and the day it happened or is due."""

    verb: str
    contact_id: int
    name: str
    kind: str
    note: str = ""
    on: date | None = None
    due: date | None = None


HEADINGS = {
    "gave": "I helped",
    "promise": "I promised",
    "received": "They helped me",
    "ask": "I asked for help",
    "asked": "They asked me",
}
"""By verb of `desk.favor`."""
WORDS = {
    "gave": "what you did, in a few words: the contract, to Leo Hart",
    "promise": "what you promised: to Leo Hart, the book",
    "received": "what they did: the contract, a job at SNCF",
    "ask": "what you asked for: someone at SNCF",
    "asked": "what they asked for: for the grant, a first job in Lyon",
}


HAPPENED = {"gave": "on", "received": "on", "ask": "asked on", "asked": "asked on"}
"""The label of the day it happened, by verb."""
DUE = {"promise": "due", "asked": "wanted by"}
"""The label of the day it is due, for the verbs that have one."""


class FavorDialog(AsksPlanner, ModalScreen[FavorDraft | None]):
    """Asks for one entry; gives None when it was left. Enter goes on, and on the last line writes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False),
        Binding("ctrl+s", "save", "Write it", show=False),
    ]

    def __init__(self, verb: str, person: tuple[int, str] | None = None, written: FavorDraft | None = None) -> None:
        """`verb` is one of `desk.favor`; `person` is (id, name) of whom it is probably about.

        `written` is an entry that was given and not taken: all of it stands in the lines again.
        """
        super().__init__()
        self.verb = verb
        self.written = written
        if written is not None:
            person = (written.contact_id, written.name)
        self.people: tuple[NamedContact, ...] = (NamedContact(*person),) if person is not None else ()
        self.kind = written.kind if written is not None else ""
        self.refused = False

    def compose(self) -> ComposeResult:
        name = self.people[0].name if self.people else ""
        written = self.written
        on = written.on if written is not None else None
        due = written.due if written is not None else None
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content(HEADINGS[self.verb], "bold $accent"), classes="dialog-heading")
            yield from self._line("who", "favor-who", name)
            with Horizontal(classes="dialog-line dialog-tall"):
                yield Static(content("kind", "$dim"), classes="dialog-label")
                yield Picker([(kind, kind) for kind in FAVOR_KINDS], chosen=self.kind, id="favor-kind")
            yield from self._line("what", "favor-what", written.note if written is not None else "")
            if self.verb != "promise":
                yield from self._line(HAPPENED[self.verb], "favor-day", on.isoformat() if on is not None else "")
            if self.verb in DUE:
                yield from self._line(DUE[self.verb], "favor-due", due.isoformat() if due is not None else "")
            yield Static(id="favor-echo", classes="dialog-echo", markup=False)
            keys = "enter goes on, at the end writes it   ctrl+s writes it   esc leaves"
            yield Static(content(keys, "$dim"), classes="dialog-keys")

    @staticmethod
    def _line(label: str, key: str, value: str) -> ComposeResult:
        with Horizontal(classes="dialog-line"):
            yield Static(content(label, "$dim"), classes="dialog-label")
            entry = FieldInput(value, id=key, compact=True, select_on_focus=False)
            entry.cursor_blink = False
            yield entry

    def on_mount(self) -> None:
        """Begin with the first thing that is not known yet."""
        if self.kind:
            self.query_one("#favor-what", FieldInput).focus()
        elif self.people:
            self.query_one(Picker).focus()
        else:
            self.query_one("#favor-who", FieldInput).focus()

    def on_key(self, event: events.Key) -> None:
        """A letter among the kinds names somebody else than the one who was under the cursor."""
        letter = event.character or ""
        if isinstance(self.focused, Picker) and letter.isalpha():
            event.stop()
            who = self.query_one("#favor-who", FieldInput)
            who.value = letter
            who.cursor_position = len(letter)
            who.focus()

    def _say(self, echo: Content) -> None:
        self.query_one("#favor-echo", Static).update(echo)

    @on(events.DescendantFocus)
    def _came(self, event: events.DescendantFocus) -> None:
        """Say what the line is for, or how it is understood."""
        if self.refused:
            self.refused = False
            return
        match event.widget.id:
            case "favor-who":
                self._say(people_echo(self.people) if self.people else content("part of a name is enough", "$dim"))
            case "favor-kind":
                self._say(content("its digit, or arrows and enter; a letter names somebody else", "$dim"))
            case "favor-what":
                self._say(content(WORDS[self.verb], "$dim"))
            case "favor-day":
                self._day_echo("day")
            case "favor-due":
                self._day_echo("due")

    # Who

    @on(Input.Changed, "#favor-who")
    def _who_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_up(event.value)

    @work(exclusive=True, group="who")
    async def _look_up(self, text: str) -> None:
        # What is shown already is meant until another text is typed.
        if self.people and text.strip() == self.people[0].name:
            return
        self.people = await self.planner.gateway.call(lambda desk: people_for(desk, text))
        if self.focused is not None and self.focused.id == "favor-who":
            self._say(people_echo(self.people) if text.strip() else content("part of a name is enough", "$dim"))

    @on(Input.Submitted, "#favor-who")
    def _who_given(self, event: Input.Submitted) -> None:
        event.stop()
        self._take_person(event.value)

    @work(exclusive=True, group="who")
    async def _take_person(self, text: str) -> None:
        """Keep whom the text means, then go on to the kind."""
        if await self._person(text):
            self.query_one(Picker).focus()

    async def _person(self, text: str) -> bool:
        """Whether somebody is meant; the name is then written out."""
        if not (self.people and text.strip() == self.people[0].name):
            self.people = await self.planner.gateway.call(lambda desk: people_for(desk, text))
        entry = self.query_one("#favor-who", FieldInput)
        if not self.people:
            self._refuse(entry, people_echo(()))
            return False
        with entry.prevent(Input.Changed):
            entry.value = self.people[0].name
        return True

    # Kind, what and day

    @on(Picker.Picked)
    def _kind_picked(self, event: Picker.Picked) -> None:
        event.stop()
        self.kind = event.value
        self.query_one("#favor-what", FieldInput).focus()

    @on(Input.Submitted, "#favor-what")
    def _what_given(self, event: Input.Submitted) -> None:
        event.stop()
        days = list(self.query("#favor-day, #favor-due").results(FieldInput))
        days[0].focus()

    @on(Input.Changed, "#favor-day")
    def _day_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._day_echo("day")

    @on(Input.Changed, "#favor-due")
    def _due_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._day_echo("due")

    @on(Input.Submitted, "#favor-day")
    def _day_given(self, event: Input.Submitted) -> None:
        event.stop()
        if self.verb in DUE:
            self.query_one("#favor-due", FieldInput).focus()
        else:
            self.action_save()

    @on(Input.Submitted, "#favor-due")
    def _due_given(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def _day(self, which: str) -> date | None:
        """The day it happened ("day") or is due ("due") as it is typed, None for nothing; raises Refused."""
        for line in self.query(f"#favor-{which}").results(FieldInput):
            if not line.value.strip():
                return None
            day = self.planner.read_day(line.value, past=which == "day")
            if which == "day" and day > self.planner.today:
                raise Refused("What happened cannot lie ahead", "Give a day up to today")
            return day
        return None

    def _day_echo(self, which: str) -> None:
        today, settings = self.planner.today, self.planner.config.settings
        try:
            day = self._day(which)
        except PlannerError as problem:
            self._say(content(str(problem), "$due"))
            return
        if day is None and which == "due":
            day = add_days(today, settings.promise_days if self.verb == "promise" else settings.request_days)
        said = day_echo(day or today, today)
        if which == "due" and self.verb == "asked":
            said = Content.assemble(content("answer by ", "$dim"), said)
        self._say(said)

    # Leaving

    @work(exclusive=True, group="who")
    async def action_save(self) -> None:
        """Give the entry when all of it can be; else go to what is missing."""
        if not await self._person(self.query_one("#favor-who", FieldInput).value):
            return
        if not self.kind:
            self._refuse(self.query_one(Picker), content("Which kind of help? Its digit picks it", "$due"))
            return
        days: dict[str, date | None] = {}
        for which in ("day", "due"):
            try:
                days[which] = self._day(which)
            except PlannerError as problem:
                self._refuse(self.query_one(f"#favor-{which}", FieldInput), content(str(problem), "$late"))
                return
        note = " ".join(self.query_one("#favor-what", FieldInput).value.split())
        person = self.people[0]
        self.dismiss(FavorDraft(self.verb, person.id, person.name, self.kind, note, days["day"], days["due"]))

    def _refuse(self, line: Widget, words: Content) -> None:
        """Go to the line that keeps the entry from being written, and say why."""
        self._say(words)
        if not line.has_focus:
            # What a line is for is said when it takes the focus; this time the reason stays.
            self.refused = True
            line.focus()

    def action_leave(self) -> None:
        """Leave without writing anything."""
        self.dismiss(None)
