"""The dialog that offers an alternative to a request: one of six ways out, then a line."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from planner.core.dates.shown import exact_date
from planner.core.favors import GIVEN_AT_ONCE
from planner.core.model import Favor, FavorState
from planner.core.records import record
from planner.errors import PlannerError, Refused
from planner.ui.ledger.rows import about
from planner.ui.port import AsksPlanner
from planner.ui.shared.people_dialog import NamedContact, people_for
from planner.ui.shared.picker import Picker
from planner.ui.shared.triage_questions import day_echo
from planner.ui.text import content
from planner.ui.widgets.field import FieldInput


@record(frozen=True, slots=True)
class DeclineAnswer:
    """An offer in place of the favor: one of `WAYS`, and a line of words.

    `due` is the day on which a request postponed with "later" comes back, or for which other help is promised; None for
    the default. `introduce_to` is the id of the contact for "introduce". `given` says that the help is given already.
    """

    way_out: str
    note: str
    due: date | None = None
    introduce_to: int | None = None
    given: bool = False


WAYS = (
    ("later", "later"),
    ("smaller", "a smaller piece"),
    ("introduce", "introduce someone"),
    ("resource", "a resource"),
    ("advice", "advice"),
    ("network", "ask my network"),
)
LABELS = {
    "later": ("when", "a day: next fri, 12 dec, in 3 weeks; it comes back then"),
    "smaller": ("what", "the part you can do: one page of it, half an hour"),
    "introduce": ("who", "part of a contact's name"),
    "resource": ("what", "a book, a page, a place that helps"),
    "advice": ("what", "your advice in a line"),
    "network": ("what", "what you will ask your people for"),
}
"""The label of the line and its hint, by way out."""
MORE = {
    "later": ("words", "a few words to them, if you like"),
    "introduce": ("why", "why the two: he knows old pipes; may stay empty"),
    **dict.fromkeys(GIVEN_AT_ONCE, ("by", "the day you promise it for; empty is in a week")),
}
"""The label of the second line and its hint, for the ways out that have one."""
MISSING = {
    "later": "When does it suit? A day such as next fri; empty would be just no",
    "introduce": "Who could help? A name; empty would be just no",
}
"""The message for an empty line, by way out."""
KEYS = "enter offers it   esc keeps it open"
KEYS_MORE = "enter offers it   tab says more   esc keeps it open"
KEYS_GIVEN = "enter offers it   tab a day   ctrl+s it is given already   esc keeps it open"


class DeclineDialog(AsksPlanner, ModalScreen[DeclineAnswer | None]):
    """Asks what to offer instead of a favor; returns None if the request stays open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Keep it open", show=False),
        Binding("q", "leave", "Keep it open", show=False),
        Binding("ctrl+s", "given", "It is given already", show=False),
    ]

    def __init__(self, favor: Favor) -> None:
        super().__init__()
        self.favor = favor
        self.way = ""
        self.person: NamedContact | None = None

    def compose(self) -> ComposeResult:
        favor = self.favor
        promised = favor.state is FavorState.PROMISED
        who = f"You promised {favor.contact_name}" if promised else f"{favor.contact_name} asked"
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content(f"{who}: {about(favor)}", "bold $accent"), classes="dialog-heading")
            yield Static(content("What can you offer instead?"), classes="dialog-text")
            yield Picker(WAYS, id="decline-ways")
            with Horizontal(classes="dialog-line", id="decline-line"):
                yield Static(id="decline-label", classes="dialog-label")
                entry = FieldInput(id="decline-what", compact=True, select_on_focus=False)
                entry.cursor_blink = False
                yield entry
            with Horizontal(classes="dialog-line", id="decline-second"):
                yield Static(id="decline-second-label", classes="dialog-label")
                more = FieldInput(id="decline-more", compact=True, select_on_focus=False)
                more.cursor_blink = False
                yield more
            yield Static(id="decline-echo", classes="dialog-echo", markup=False)
            yield Static(content(KEYS, "$dim"), classes="dialog-keys", id="decline-keys")

    def on_mount(self) -> None:
        """Focus the ways out; the line comes once one is picked."""
        self.query_one("#decline-line").display = self.query_one("#decline-second").display = False
        self._say(content("its digit, or arrows and enter", "$dim"))
        self.query_one(Picker).focus()

    @property
    def entry(self) -> FieldInput:
        """The line."""
        return self.query_one("#decline-what", FieldInput)

    @property
    def more(self) -> FieldInput:
        """The second line, which may stay empty."""
        return self.query_one("#decline-more", FieldInput)

    def _say(self, echo: Content) -> None:
        self.query_one("#decline-echo", Static).update(echo)

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        event.stop()
        self.way = event.value
        label, hint = LABELS[self.way]
        self.query_one("#decline-label", Static).update(content(label, "$dim"))
        self.query_one("#decline-line").display = True
        second = MORE.get(self.way)
        self.query_one("#decline-second").display = second is not None
        if second is not None:
            self.query_one("#decline-second-label", Static).update(content(second[0], "$dim"))
        keys = KEYS_GIVEN if self.way in GIVEN_AT_ONCE else KEYS_MORE if second is not None else KEYS
        self.query_one("#decline-keys", Static).update(content(keys, "$dim"))
        self.entry.focus()
        if self.entry.value.strip():
            self._check(self.entry.value)
        else:
            self._say(content(hint, "$dim"))

    @on(events.DescendantFocus)
    def _came(self, event: events.DescendantFocus) -> None:
        """Say what the second line is for."""
        if event.widget is self.more and self.way in MORE and not self.more.value.strip():
            self._say(content(MORE[self.way][1], "$dim"))

    @on(Input.Changed, "#decline-more")
    def _more_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.way not in GIVEN_AT_ONCE:
            return
        try:
            self._say(day_echo(self._promised_for() or self.planner.today, self.planner.today))
        except PlannerError as problem:
            self._say(content(str(problem), "$due"))

    def _promised_for(self) -> date | None:
        """The day in the second line, None for an empty one; raises Refused for anything but a future day."""
        if self.way not in GIVEN_AT_ONCE or not self.more.value.strip():
            return None
        day = self.planner.read_day(self.more.value)
        if day < self.planner.today:
            raise Refused(f"{exact_date(day)} is past", "Give today or a later day, or nothing")
        return day

    @on(Input.Changed, "#decline-what")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._check(event.value)

    @work(exclusive=True, group="decline")
    async def _check(self, text: str) -> None:
        """Show below the line how its text is read."""
        self.person = None
        if not text.strip():
            self._say(content(LABELS[self.way][1] if self.way else "", "$dim"))
            return
        if self.way == "later":
            try:
                self._say(day_echo(self.planner.read_day(text), self.planner.today))
            except PlannerError as problem:
                self._say(content(str(problem), "$due"))
        elif self.way == "introduce":
            people = await self.fetch(lambda desk: people_for(desk, text))
            people = tuple(person for person in people if person.id != self.favor.contact_id)
            self._say(await self._about(people))
        else:
            self._say(content("enter offers it", "$done"))

    async def _about(self, people: tuple[NamedContact, ...]) -> Content:
        if not people:
            return content("not among your contacts: a name of one of them is needed", "$due")
        self.person, key = people[0], people[0].id
        card = await self.fetch(lambda desk: desk.reading.card(key, history=1))
        facts = [part for part in (card.contact.title, card.contact.company) if part]
        facts += [f"offers {card.contact.offers}"] if card.contact.offers else []
        facts += [f"looks for {card.contact.looking_for}"] if card.contact.looking_for else []
        others = "".join(f"   {person.told}" for person in people[1:])
        return Content.assemble(
            content(self.person.told, "bold $name"),
            content(f"  {', '.join(facts)}" if facts else "", "$dim"),
            content(others, "$dim"),
        )

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._offer(self.entry.value)

    def action_given(self) -> None:
        """Offer a resource or advice as already given; other ways out cannot be given at once."""
        if self.way in GIVEN_AT_ONCE:
            self._offer(self.entry.value, given=True)

    @work(exclusive=True, group="decline")
    async def _offer(self, text: str, *, given: bool = False) -> None:
        """Close the dialog with the answer; an empty line is refused, since it would be a bare no."""
        words = " ".join(text.split())
        if not words:
            missing = MISSING.get(self.way, "Say in a few words what you offer; empty would be just no")
            self._say(content(missing, "$late"))
            return
        if self.way == "later":
            self._later(words)
            return
        if self.way == "introduce":
            people = await self.fetch(lambda desk: people_for(desk, words))
            person = next((one for one in people if one.id != self.favor.contact_id), None)
            if person is not None:
                why = " ".join(self.more.value.split())
                self.dismiss(DeclineAnswer(self.way, why or person.name, introduce_to=person.id))
            else:
                self._say(content(f"Nobody among your contacts is called “{words}”; add them first", "$late"))
            return
        try:
            due = self._promised_for()
        except PlannerError as problem:
            self._say(content(str(problem), "$late"))
            return
        self.dismiss(DeclineAnswer(self.way, words, due=due, given=given))

    def _later(self, text: str) -> None:
        today = self.planner.today
        try:
            day = self.planner.read_day(text)
        except PlannerError as problem:
            self._say(content(str(problem), "$late"))
            return
        if day <= today:
            self._say(content("Later is a day after today", "$late"))
            return
        self.dismiss(DeclineAnswer("later", " ".join(self.more.value.split()) or f"on {exact_date(day)}", day))

    def on_key(self, event: events.Key) -> None:
        """Let backspace in the empty line return to the ways out."""
        if event.key == "backspace" and self.focused is self.entry and not self.entry.value:
            event.stop()
            self.query_one(Picker).focus()
            self._say(content("its digit, or arrows and enter", "$dim"))

    def action_leave(self) -> None:
        """Keep the request open."""
        self.dismiss(None)
