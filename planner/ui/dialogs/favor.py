"""A new entry of the ledger: who, what kind of help, a few words, a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from planner.core.dates import add_days
from planner.core.model import FAVOR_KINDS
from planner.core.records import record
from planner.errors import PlannerError, Refused
from planner.ui.dialogs.people import Person, people_echo, people_for
from planner.ui.dialogs.picker import Picker
from planner.ui.questions import day_echo
from planner.ui.text import content
from planner.ui.widgets.field import FieldInput

if TYPE_CHECKING:
    from planner.ui.app import PlannerApp


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


class FavorDialog(ModalScreen[FavorDraft | None]):
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
        self.people: tuple[Person, ...] = (Person(*person),) if person is not None else ()
        self.kind = written.kind if written is not None else ""
        self.refused = False

    @property
    def planner(self) -> PlannerApp:
        """The app, by its own type."""
        return cast("PlannerApp", self.app)

    def compose(self) -> ComposeResult:
        name = self.people[0].name if self.people else ""
        label = "due" if self.verb == "promise" else "day"
        written = self.written
        day = (written.on or written.due) if written is not None else None
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content(HEADINGS[self.verb], "bold $accent"), classes="dialog-heading")
            yield from self._line("who", "favor-who", name)
            with Horizontal(classes="dialog-line dialog-tall"):
                yield Static(content("kind", "$dim"), classes="dialog-label")
                yield Picker([(kind, kind) for kind in FAVOR_KINDS], chosen=self.kind, id="favor-kind")
            yield from self._line("what", "favor-what", written.note if written is not None else "")
            yield from self._line(label, "favor-day", day.isoformat() if day is not None else "")
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
                self._say(content("its digit, or arrows and enter", "$dim"))
            case "favor-what":
                self._say(content(WORDS[self.verb], "$dim"))
            case "favor-day":
                self._day_echo()

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
        self.people = await people_for(self.planner, text)
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
            self.people = await people_for(self.planner, text)
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
        self.query_one("#favor-day", FieldInput).focus()

    @on(Input.Changed, "#favor-day")
    def _day_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._day_echo()

    @on(Input.Submitted, "#favor-day")
    def _day_given(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def _day(self) -> date | None:
        """The day as it is typed, None for nothing; raises Refused."""
        text = self.query_one("#favor-day", FieldInput).value
        return self.planner.read_day(text, past=self.verb != "promise") if text.strip() else None

    def _day_echo(self) -> None:
        today = self.planner.today
        try:
            day = self._day()
        except PlannerError as problem:
            self._say(content(str(problem), "$due"))
            return
        if day is None and self.verb == "promise":
            day = add_days(today, self.planner.config.settings.promise_days)
        self._say(day_echo(day or today, today))

    # Leaving

    @work(exclusive=True, group="who")
    async def action_save(self) -> None:
        """Give the entry when all of it can be; else go to what is missing."""
        if not await self._person(self.query_one("#favor-who", FieldInput).value):
            return
        if not self.kind:
            self._refuse(self.query_one(Picker), content("Which kind of help? Its digit picks it", "$due"))
            return
        try:
            day = self._day()
            if day is not None and self.verb != "promise" and day > self.planner.today:
                raise Refused("What happened cannot lie ahead", "Give a day up to today")
        except PlannerError as problem:
            self._refuse(self.query_one("#favor-day", FieldInput), content(str(problem), "$late"))
            return
        note = " ".join(self.query_one("#favor-what", FieldInput).value.split())
        person, promise = self.people[0], self.verb == "promise"
        self.dismiss(
            FavorDraft(
                self.verb, person.id, person.name, self.kind, note, None if promise else day, day if promise else None
            )
        )

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
