"""The dialog for a new entry of the ledger: a person, a kind of help, a few words, a day."""

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

from planner.core.dates.interval import add_days
from planner.core.gifts import OCCASIONS
from planner.core.model import FAVOR_KINDS
from planner.core.records import record
from planner.errors import PlannerError, Refused
from planner.ui.port import AsksPlanner
from planner.ui.shared.people_dialog import NamedContact, people_echo, people_for
from planner.ui.shared.picker import Picker
from planner.ui.shared.triage_questions import day_echo
from planner.ui.text import content
from planner.ui.widgets.field import FieldInput, ListSuggester


@record(frozen=True, slots=True)
class FavorDraft:
    """A typed entry. `verb` is one of `HEADINGS`; `on` is the day it happened, `due` the day it is due."""

    verb: str
    contact_id: int
    name: str
    kind: str
    note: str = ""
    on: date | None = None
    due: date | None = None
    occasion: str = ""
    """The occasion of a gift."""


HEADINGS = {
    "gave": "I helped",
    "promise": "I promised",
    "received": "They helped me",
    "ask": "I asked for help",
    "asked": "They asked me",
    "idea": "An idea for a gift",
}
"""The heading of the dialog, by verb of `desk.favors.enter`."""
WORDS = {
    "gave": "what you did, in a few words: the contract, to Leo Hart",
    "promise": "what you promised: to Leo Hart, the book",
    "received": "what they did: the contract, a job at SNCF",
    "ask": "what you asked for: someone at SNCF",
    "asked": "what they asked for: for the grant, a first job in Lyon",
    "idea": "what it could be: a scarf, the atlas of trains",
}
"""What the line for words is for, by verb."""
FOR = "what it is for: birthday, Christmas, name day, or any words; empty is for any day"
"""What the line for the occasion is for."""
HAPPENED = {"gave": "on", "received": "on", "ask": "asked on", "asked": "asked on"}
"""The label of the day it happened, by verb."""
DUE = {"promise": "due", "asked": "wanted by", "gave": "home by", "received": "home by"}
"""The label of the due day, for the verbs that have one; for a loan it is the day of its return."""
LENT = frozenset({"gave", "received"})
"""Verbs with a future day only for a loan."""
GIVES = frozenset({"gave", "promise", "idea"})
"""Verbs for which earlier gifts are shown."""
WITH_OCCASION = GIVES | {"received"}
"""Verbs for which a gift may have an occasion."""


class FavorDialog(AsksPlanner, ModalScreen[FavorDraft | None]):
    """Returns the entry, or None if the dialog was left. Enter goes to the next line; on the last it saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False),
        Binding("ctrl+s", "save", "Write it", show=False),
    ]

    def __init__(self, verb: str, person: tuple[int, str] | None = None, written: FavorDraft | None = None) -> None:
        """`verb` is one of `HEADINGS`; `person` is the (id, name) in the first line at first.

        `written` is an entry from an earlier dialog that was not stored: its words are restored in the lines.
        """
        super().__init__()
        self.verb = verb
        self.written = written
        if written is not None:
            person = (written.contact_id, written.name)
        self.people: tuple[NamedContact, ...] = (NamedContact(*person),) if person is not None else ()
        self.kind = "gift" if verb == "idea" else written.kind if written is not None else ""
        self.refused = False

    @property
    def text_kind(self) -> str:
        return f"FavorDialog {self.verb}"

    def compose(self) -> ComposeResult:
        name = self.people[0].name if self.people else ""
        written = self.written
        on = written.on if written is not None else None
        due = written.due if written is not None else None
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content(HEADINGS[self.verb], "bold $accent"), classes="dialog-heading")
            yield from self._line("who", "favor-who", name)
            if self.verb != "idea":
                with Horizontal(classes="dialog-line dialog-tall"):
                    yield Static(content("kind", "$dim"), classes="dialog-label")
                    yield Picker([(kind, kind) for kind in FAVOR_KINDS], chosen=self.kind, id="favor-kind")
            yield from self._line("what", "favor-what", written.note if written is not None else "")
            if self.verb in WITH_OCCASION:
                yield from self._line("for", "favor-occasion", written.occasion if written is not None else "")
            if self.verb in HAPPENED:
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
            suggester = ListSuggester(OCCASIONS, many=False) if key == "favor-occasion" else None
            entry = FieldInput(value, id=key, compact=True, select_on_focus=False, suggester=suggester)
            entry.cursor_blink = False
            yield entry

    def on_mount(self) -> None:
        """Focus the first line without an answer."""
        self._show_lines()
        if self.kind and self.people:
            self.query_one("#favor-what", FieldInput).focus()
        elif self.people:
            self.query_one(Picker).focus()
        else:
            self.query_one("#favor-who", FieldInput).focus()

    def _show_lines(self) -> None:
        """Show the lines for this kind of help: an occasion for a gift, a day of return for a loan."""
        for line in self.query("#favor-occasion").results(FieldInput):
            self._show_line(line, self.kind == "gift")
        for line in self.query("#favor-due").results(FieldInput):
            self._show_line(line, self.verb not in LENT or self.kind == "loan")

    @staticmethod
    def _show_line(line: FieldInput, shown: bool) -> None:
        if line.parent is not None and isinstance(line.parent, Widget):
            line.parent.display = shown
        if not shown:
            line.value = ""

    def on_key(self, event: events.Key) -> None:
        """Let a letter typed in the list of kinds begin the name of another person."""
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
        """Show what the focused line is for, or how its text is read."""
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
                self._gifts_before("")
            case "favor-occasion":
                self._say(content(FOR, "$dim"))
                self._gifts_before(self.query_one("#favor-occasion", FieldInput).value)
            case "favor-day":
                self._day_echo("day")
            case "favor-due":
                self._day_echo("due")

    # The person

    @on(Input.Changed, "#favor-who")
    def _who_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_up(event.value)

    @work(exclusive=True, group="who")
    async def _look_up(self, text: str) -> None:
        # A completed name means the person it was completed for, not others with that name.
        if self.people and text.strip() == self.people[0].name:
            return
        self.people = await self.fetch(lambda desk: people_for(desk, text))
        if self.focused is not None and self.focused.id == "favor-who":
            self._say(people_echo(self.people) if text.strip() else content("part of a name is enough", "$dim"))

    @on(Input.Submitted, "#favor-who")
    def _who_given(self, event: Input.Submitted) -> None:
        event.stop()
        self._take_person(event.value)

    @work(exclusive=True, group="who")
    async def _take_person(self, text: str) -> None:
        """Find the person a text means, then go on to the kind."""
        if await self._person(text):
            self.query_one("#favor-what" if self.verb == "idea" else "#favor-kind").focus()

    async def _person(self, text: str) -> bool:
        """Find the person a text means and complete the name; return False, and say why, if it means nobody."""
        if not (self.people and text.strip() == self.people[0].name):
            self.people = await self.fetch(lambda desk: people_for(desk, text))
        entry = self.query_one("#favor-who", FieldInput)
        if not self.people:
            self._refuse(entry, people_echo(()))
            return False
        with entry.prevent(Input.Changed):
            entry.value = self.people[0].name
        return True

    # Kind, words and day

    @on(Picker.Picked)
    def _kind_picked(self, event: Picker.Picked) -> None:
        event.stop()
        self.kind = event.value
        self._show_lines()
        self.query_one("#favor-what", FieldInput).focus()

    @on(Input.Submitted, "#favor-what, #favor-occasion, #favor-day, #favor-due")
    def _line_given(self, event: Input.Submitted) -> None:
        """Go to the next shown line; from the last one save the entry."""
        event.stop()
        lines = [
            line
            for line in self.query("#favor-what, #favor-occasion, #favor-day, #favor-due").results(FieldInput)
            if isinstance(line.parent, Widget) and line.parent.display
        ]
        after = lines[lines.index(event.input) + 1 :] if event.input in lines else []
        if after:
            after[0].focus()
        else:
            self.action_save()

    @on(Input.Changed, "#favor-occasion")
    def _occasion_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.has_focus:
            self._gifts_before(event.value)

    @work(exclusive=True, group="gifts")
    async def _gifts_before(self, occasion: str) -> None:
        """Say what is known before the next gift: ideas, and earlier gifts for the occasion."""
        if self.kind != "gift" or self.verb not in GIVES or not self.people:
            return
        person = self.people[0].id
        words = await self.fetch(lambda desk: desk.favors.gifts_before(person, occasion))
        if words and self.focused is not None and self.focused.id in ("favor-what", "favor-occasion"):
            self._say(content(words, "$done"))
        elif self.focused is not None and self.focused.id == "favor-occasion":
            self._say(content(FOR, "$dim"))

    @on(Input.Changed, "#favor-day, #favor-due")
    def _day_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._day_echo("due" if event.input.id == "favor-due" else "day")

    def _day(self, which: str) -> date | None:
        """The typed day on which it happened ("day") or is due ("due"); None for an empty line.

        Raises Refused for anything but a day, and for a future day of something that happened.
        """
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
            days = {"promise": settings.promise_days, "asked": settings.request_days}
            day = add_days(today, days.get(self.verb, settings.loan_days))
        said = day_echo(day or today, today)
        if which == "due" and self.verb == "asked":
            said = Content.assemble(content("answer by ", "$dim"), said)
        self._say(said)

    # Leaving

    @work(exclusive=True, group="who")
    async def action_save(self) -> None:
        """Return the entry; if a line is missing or wrong, focus that line and say why."""
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
        if self.verb == "idea" and not note:
            self._refuse(self.query_one("#favor-what", FieldInput), content("Say what it could be", "$due"))
            return
        occasions = self.query("#favor-occasion").results(FieldInput)
        occasion = " ".join("".join(line.value for line in occasions).split())
        person = self.people[0]
        self.dismiss(FavorDraft(self.verb, person.id, person.name, self.kind, note, days["day"], days["due"], occasion))

    def _refuse(self, line: Widget, words: Content) -> None:
        """Focus the line that prevents saving, and say why."""
        self._say(words)
        if not line.has_focus:
            # A focused line normally shows what it is for: this time the reason stays instead.
            self.refused = True
            line.focus()

    def action_leave(self) -> None:
        """Leave without an entry."""
        self.dismiss(None)
