"""The dialog that gives newcomers a rhythm, circle by circle or all at once."""

from __future__ import annotations

from collections import Counter
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
from planner.core.words.counts import counted
from planner.errors import PlannerError
from planner.ui.port import AsksPlanner
from planner.ui.shared.people_questions import rhythm_words
from planner.ui.text import content, cut
from planner.ui.widgets.field import Field

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.ui.port import PlacePort

MOST_CIRCLES = 7
"""Circles with a line of their own in the dialog."""
LABEL = 13
"""Cells of the label of a field."""


@record(frozen=True, slots=True)
class Newcomers:
    """The number of newcomers, and (circle, newcomers in it), the largest first."""

    total: int
    circles: tuple[tuple[str, int], ...]


def newcomers_of(desk: Desk) -> Newcomers:
    """How many newcomers wait, in all and in their largest circles."""
    ids = desk.review.newcomer_ids()
    circles = Counter(circle for one in desk.review.newcomers(ids) for circle in one.circles)
    return Newcomers(len(ids), tuple(circles.most_common(MOST_CIRCLES)))


class NewcomersDialog(AsksPlanner, ModalScreen[dict[str, str] | None]):
    """Returns the typed rhythms by the name of the circle, "" for everyone else; None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Not now", show=False),
        Binding("ctrl+s", "save", "Give them", show=False),
    ]

    def __init__(self, newcomers: Newcomers, today: date, week: int) -> None:
        """`week` is the number of interactions that fit in a week."""
        super().__init__()
        self.newcomers = newcomers
        self.today = today
        self.week = week

    def compose(self) -> ComposeResult:
        total, circles = self.newcomers.total, self.newcomers.circles
        with Vertical(classes="dialog dialog-wide"):
            heading = f"{counted(total, 'person waits', 'people wait')}. How often would you like to be in touch?"
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
        """The approximate number of newcomers in no circle: a person in two circles is subtracted twice."""
        return max(0, self.newcomers.total - sum(count for _, count in self.newcomers.circles))

    def _words(self, text: str) -> str:
        return rhythm_words(text, self.today) if text else ""

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        self._echo(event.control)

    def _echo(self, field: Field) -> None:
        """Show why a rhythm cannot be taken; else how many interactions a week the typed rhythms ask for."""
        if field.problem:
            # It does not fit beside the line, and on a narrow screen not at all.
            self.query_one("#asks", Static).update(field.said)
            return
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
        if event.control.name == "rest":
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Return the rhythms; if one cannot be read, focus its line."""
        for field in self.query(Field):
            if not field.check():
                field.input.focus()
                self._echo(field)
                return
        names = {f"circle_{number}": name for number, (name, _) in enumerate(self.newcomers.circles)}
        wishes = {names.get(field.name or "", ""): field.value for field in self.query(Field) if field.value}
        self.dismiss(wishes or None)

    def action_leave(self) -> None:
        """Leave without a rhythm for anybody."""
        self.dismiss(None)


async def offer_rhythms(place: PlacePort) -> None:
    """Ask which rhythms the newcomers get, store them, and say how many people got one. Call it in a worker."""
    planner = place.planner
    newcomers = await place.fetch(newcomers_of)
    if not newcomers.total:
        planner.say("Nobody waits for a word", tone="due")
        return
    week = 7 * planner.config.settings.daily_capacity
    wishes = await place.app.push_screen_wait(NewcomersDialog(newcomers, planner.today, week))
    if wishes is None:
        planner.say("Nobody got a rhythm; they wait as before", tone="accent")
        return

    circles = {circle: spec for circle, spec in wishes.items() if circle}

    def give(desk: Desk) -> int:
        waiting = desk.review.newcomer_ids()
        in_circles = {one.id for one in desk.review.newcomers(waiting) if not circles.keys().isdisjoint(one.circles)}
        rest = [key for key in waiting if key not in in_circles] if "" in wishes else []
        desk.people.set_cadences(circles, sorted(rest), wishes.get("", ""))
        return len(waiting) - len(desk.review.newcomer_ids())

    try:
        count = await planner.perform(give)
    except PlannerError as problem:
        planner.say(str(problem), tone="late")
        return
    planner.say(counted(count, "person has a rhythm now", "people have a rhythm now"), undo=True)
