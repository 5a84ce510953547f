"""Giving those who came with an address book a rhythm, by circle or all at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.core.records import record
from planner.core.rhythm.cadence import parse_cadence
from planner.errors import PlannerError
from planner.ui.shared.people_questions import rhythm_words
from planner.ui.text import content, cut
from planner.ui.widgets.field import Field

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.ui.port import PlacePort

NEWCOMERS = "added:today rhythm:none"
"""Who came today and has no rhythm yet."""
MOST_CIRCLES = 7
LABEL = 13
"""Cells of the label of a field."""


@record(frozen=True, slots=True)
class Newcomers:
    """How many came, and how many of them by circle, the largest first."""

    total: int
    circles: tuple[tuple[str, int], ...]


def newcomers_of(desk: Desk) -> Newcomers:
    """Who came today and has no rhythm."""
    total = desk.reading.contacts(NEWCOMERS, limit=1).total
    found = []
    for row in sorted(desk.people.circles(), key=lambda row: -row.members)[: 3 * MOST_CIRCLES]:
        # A quote cannot stand in a quoted value; such a circle is reached through “everyone else”.
        if row.cadence is None and '"' not in row.name:
            count = desk.reading.contacts(f'{NEWCOMERS} circle:"{row.name}"', limit=1).total
            found.append((row.name, count))
    found = [one for one in found if one[1]]
    return Newcomers(total, tuple(sorted(found, key=lambda one: -one[1])[:MOST_CIRCLES]))


class NewcomersDialog(ModalScreen[dict[str, str] | None]):
    """Gives a rhythm by circle name, under "" that of everyone else; None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Not now", show=False),
        Binding("ctrl+s", "save", "Give them", show=False),
    ]

    def __init__(self, newcomers: Newcomers, today: date, week: int) -> None:
        """`week`: how many contacts a week has room for."""
        super().__init__()
        self.newcomers = newcomers
        self.today = today
        self.week = week

    def compose(self) -> ComposeResult:
        total, circles = self.newcomers.total, self.newcomers.circles
        with Vertical(classes="dialog dialog-wide"):
            heading = f"{total:,} people are new. How often would you like to be in touch?"
            yield Static(content(heading, "bold $accent"), classes="dialog-heading")
            words = "Their first turns are spread out, so no day floods. What stays empty has no rhythm."
            yield Static(content(words, "$dim"), classes="dialog-text")
            for number, (name, count) in enumerate(circles):
                label = f"{cut(name, LABEL - len(str(count)) - 2)} {count}"
                yield Field(f"circle_{number}", label, reads=self._words, example="no rhythm")
            rest = f"others {self._others}" if circles else f"everyone {total}"
            yield Field("rest", cut(rest, LABEL - 1), reads=self._words, example="no rhythm")
            yield Static(id="asks", classes="dialog-text", markup=False)
            keys = "4w   4w/6w   12w   monthly   ·   enter on the last one gives them   esc not now"
            yield Static(content(keys, "$dim"), classes="dialog-keys")

    @property
    def _others(self) -> int:
        """How many are in none of the circles; who is in two of them is counted in both."""
        return max(0, self.newcomers.total - sum(count for _, count in self.newcomers.circles))

    def _words(self, text: str) -> str:
        return rhythm_words(text, self.today) if text else ""

    @on(Field.Changed)
    def _changed(self) -> None:
        """What all of it would ask for."""
        members = dict(zip((f"circle_{n}" for n in range(MOST_CIRCLES)), self.newcomers.circles, strict=False))
        a_week = 0.0
        for field in self.query(Field):
            count = members[field.name or ""][1] if field.name in members else self._others
            try:
                cadence = parse_cadence(field.value, self.today) if field.value else None
            except PlannerError:
                continue
            if cadence is not None:
                a_week += count * 7 / (cadence.ideal.days() if cadence.ideal is not None else 7)
        asked = round(a_week, 1 if a_week < 10 else None)
        words = f"That asks for about {asked:,} contacts a week; your days have room for {self.week}." if asked else ""
        self.query_one("#asks", Static).update(content(words, "$due" if a_week > self.week else "$done"))

    @on(Field.Submitted)
    def _submitted(self, event: Field.Submitted) -> None:
        if event.field.name == "rest":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Give them these rhythms."""
        for field in self.query(Field):
            if not field.check():
                field.input.focus()
                return
        names = {f"circle_{number}": name for number, (name, _) in enumerate(self.newcomers.circles)}
        wishes = {names.get(field.name or "", ""): field.value for field in self.query(Field) if field.value}
        self.dismiss(wishes or None)

    def action_leave(self) -> None:
        """Not now: r in the contacts does it later."""
        self.dismiss(None)


async def offer_rhythms(place: PlacePort) -> None:
    """Ask which rhythm the newcomers get, and give it to them."""
    planner = place.planner
    newcomers = await place.fetch(newcomers_of)
    if not newcomers.total:
        return
    week = 7 * planner.config.settings.daily_capacity
    wishes = await place.app.push_screen_wait(NewcomersDialog(newcomers, planner.today, week))
    if wishes is None:
        planner.say("Without a rhythm for now; 2 then / added:today finds them, r gives one", tone="accent")
        return

    circles = {circle: spec for circle, spec in wishes.items() if circle}

    def give(desk: Desk) -> int:
        rest = set(desk.reading.contact_ids(NEWCOMERS) if "" in wishes else ())
        for circle in circles:
            rest -= set(desk.reading.contact_ids(f'{NEWCOMERS} circle:"{circle}"'))
        desk.people.set_cadences(circles, sorted(rest), wishes.get("", ""))
        return newcomers.total - desk.reading.contacts(NEWCOMERS, limit=1).total

    try:
        count = await planner.perform(give)
    except PlannerError as problem:
        planner.say(str(problem), tone="late")
        return
    planner.say(f"{count:,} people have a rhythm now", undo=True)
