"""What can be done about people, the same in the contacts list and on one contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from planner.core.records import record
from planner.errors import PlannerError
from planner.ui.shared.choose import MODES, Choice, ChooseDialog, mode_dialog
from planner.ui.shared.people_questions import (
    circle_question,
    follow_up_question,
    log_question,
    read_follow_up,
    rhythm_question,
)
from planner.ui.shared.place_screen import PlaceScreen

if TYPE_CHECKING:
    pass


@record(frozen=True, slots=True)
class People:
    """Whom a verb is about; the values are those of the one person, or of all of them where they agree."""

    ids: tuple[int, ...]
    names: str
    """ "Ana Silva" or "34 people"."""
    archived: bool = False
    mode: str = ""
    cadence: str = ""


class PeopleScreen(PlaceScreen):
    """A place whose verbs are about one person or several."""

    def with_people(self, verb: str, act: Callable[[People], None]) -> None:
        """Call `act` with whom the verb is about, at once or after asking who is meant."""
        raise NotImplementedError

    def settled(self) -> None:
        """A verb about several people is done."""

    # Verbs

    def verb_log(self) -> None:
        """What happened, or is planned."""
        self.with_people("log", self._log)

    def _log(self, people: People) -> None:
        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.capture.log(people.ids, text))
            self.settled()

        self.ask(log_question(self, people.names), submit)

    def verb_follow_up(self) -> None:
        """A to-do with a date."""
        self.with_people("follow_up", self._follow_up)

    def _follow_up(self, people: People) -> None:
        async def submit(text: str) -> None:
            words, day, repeat = read_follow_up(text, self.planner.read_day)
            await self.do(lambda desk: desk.triage.follow_up(people.ids, words, day, repeat=repeat))
            self.settled()

        self.ask(follow_up_question(self, people.names), submit)

    def verb_rhythm(self) -> None:
        """How often to be in touch."""
        self.with_people("rhythm", self._rhythm)

    def _rhythm(self, people: People) -> None:
        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.people.set_cadence(people.ids, text))
            self.settled()

        self.ask(rhythm_question(self, people.names, people.cadence), submit)

    def verb_circle(self) -> None:
        """Into a circle, or out of one."""
        self.with_people("circle", self._circle)

    def _circle(self, people: People) -> None:
        self._ask_circle(people)

    @work(exclusive=True, group="circle")
    async def _ask_circle(self, people: People) -> None:
        async def submit(text: str) -> None:
            name = " ".join(text.lstrip(" -").split())
            if text.lstrip().startswith("-"):
                await self.do(lambda desk: desk.people.leave_circle(people.ids, name))
            else:
                await self.do(lambda desk: desk.people.join_circle(people.ids, name))
            self.settled()

        rows = await self.fetch(lambda desk: desk.people.circles())
        known = [(row.name, row.members) for row in sorted(rows, key=lambda row: -row.members)]
        self.ask(circle_question(people.names, known), submit)

    def verb_mode(self) -> None:
        """In a rhythm, on occasion, or never."""
        self.with_people("mode", self._mode)

    def _mode(self, people: People) -> None:
        def chosen(key: str | None) -> None:
            if key is None:
                return
            self.act(lambda desk: desk.people.set_mode(people.ids, MODES[key]))
            self.settled()

        self.app.push_screen(mode_dialog(people.names, people.mode), chosen)

    def verb_archive(self) -> None:
        """Put away, or bring back who is put away."""
        self.with_people("archive", self._archive)

    def _archive(self, people: People) -> None:
        if people.archived:
            self.act(lambda desk: desk.people.unarchive(people.ids))
            self.settled()
        elif len(people.ids) == 1:
            self._put_away(people)
        else:
            choices = (Choice("y", "put them away"), Choice("n", "leave them here"))
            text = "They are no longer due and keep their history; status:archived finds them."
            heading = f"Put {people.names} into the archive?"
            dialog = ChooseDialog(heading, choices, text=text, current="n")
            self.app.push_screen(dialog, lambda key: self._put_away(people) if key == "y" else None)

    def _put_away(self, people: People) -> None:
        self.act(lambda desk: desk.people.archive(people.ids))
        self.settled()

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form for someone, None for someone new."""
        self._open_form(contact_id)

    @work(exclusive=True, group="form")
    async def _open_form(self, contact_id: int | None) -> None:
        contact = None
        if contact_id is not None:
            try:
                card = await self.fetch(lambda desk: desk.reading.card(contact_id, history=1))
            except PlannerError as problem:
                self.say(str(problem), tone="late")
                return
            contact = card.contact
        circles = await self.fetch(lambda desk: desk.people.circles())
        self.planner.open("form", contact, tuple(row.name for row in circles))
