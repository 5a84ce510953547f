"""The verbs about people: note, rhythm, pause, circles, mode, archive, follow-up, and opening them."""

from __future__ import annotations

from functools import partial

from planner.core.words.triage import read_follow_up
from planner.errors import PlannerError
from planner.ui.shared.choose import MODES, Choice, ChooseDialog, mode_dialog
from planner.ui.shared.people_questions import circle_question, follow_up_question, rhythm_question
from planner.ui.shared.triage_questions import note_question, pause_question
from planner.ui.verbs.verb import ScreenVerb, Target, Targets, VerbPlace, Work, contact_ids, names
from planner.ui.widgets.prompt import Question


class PersonVerb(ScreenVerb):
    """A verb about people. It acts on them even if their items are done."""

    def refusal(self, place: VerbPlace) -> str:
        targets = place.targets(self.id)
        if not targets:
            return place.nobody()
        return self.too_many(targets) or self.refuses(targets)

    def meant(self, targets: Targets) -> Targets:
        """All targets: a person stays a target when an item about them is done."""
        return targets


class AddNote(PersonVerb):
    """Adds a dated line to the notes."""

    id = "note"
    cursor_stays = True

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return note_question(names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        return lambda desk: desk.interactions.note(people, answer)


class AddFollowUp(PersonVerb):
    """Adds a follow-up, once or repeating."""

    id = "follow_up"
    cursor_stays = True

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return follow_up_question(place, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        words, day, repeat = read_follow_up(answer, place.planner.read_day)
        return lambda desk: desk.triage.follow_up(people, words, day, repeat=repeat)


class SetRhythm(PersonVerb):
    """Sets how often to be in touch."""

    id = "rhythm"
    for_all_found = True

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return rhythm_question(place, names(targets), targets[0].cadence if len(targets) == 1 else "")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        return lambda desk: desk.people.set_cadence(people, answer)


class Pause(PersonVerb):
    """Pauses the rhythm until a day; if all targets are paused, ends their pauses."""

    id = "pause"
    for_all_found = True

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        return None if all(target.paused for target in targets) else pause_question(place, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        if all(target.paused for target in targets):
            return lambda desk: desk.triage.resume(people)
        until = place.planner.read_day(answer) if answer.strip() else None
        return lambda desk: desk.triage.pause(people, until=until)


class Circles(PersonVerb):
    """Puts people into a circle, or takes them out if the answer begins with a minus."""

    id = "circle"
    for_all_found = True

    def run(self, place: VerbPlace) -> None:
        place.in_turn(partial(self._ask, place, place.targets(self.id)))

    async def _ask(self, place: VerbPlace, targets: Targets) -> None:
        rows = await place.fetch(lambda desk: desk.people.circles())
        known = [(row.name, row.members) for row in sorted(rows, key=lambda row: -row.members)]

        async def submit(text: str) -> None:
            await place.do(self.work(place, targets, text))
            place.settled(self.id, targets)

        place.ask(circle_question(names(targets), known), submit)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people, name = contact_ids(targets), answer.lstrip(" -")
        if answer.lstrip().startswith("-"):
            return lambda desk: desk.people.leave_circle(people, name)
        return lambda desk: desk.people.join_circle(people, name)


class SetMode(PersonVerb):
    """Sets the mode: rhythm, occasion or never."""

    id = "mode"
    for_all_found = True

    def run(self, place: VerbPlace) -> None:
        place.in_turn(partial(self._choose, place, place.targets(self.id)))

    async def _choose(self, place: VerbPlace, targets: Targets) -> None:
        key = await place.answer_of(mode_dialog(names(targets), targets[0].mode if len(targets) == 1 else ""))
        if key is not None:
            await place.do(self.work(place, targets, MODES[key]))
            place.settled(self.id, targets)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        return lambda desk: desk.people.set_mode(people, answer)


class Archive(PersonVerb):
    """Archives people, after a question for several; if the first is archived, makes all of them active again."""

    id = "archive"
    for_all_found = True

    def run(self, place: VerbPlace) -> None:
        place.in_turn(partial(self._put_away, place, place.targets(self.id)))

    async def _put_away(self, place: VerbPlace, targets: Targets) -> None:
        if len(targets) > 1 and not targets[0].archived:
            choices = (Choice("y", "put them away"), Choice("n", "leave them here"))
            text = "They are no longer due and keep their history; status:archived finds them."
            heading = f"Put {names(targets)} into the archive?"
            if await place.answer_of(ChooseDialog(heading, choices, text=text, current="n")) != "y":
                return
        await place.do(self.work(place, targets, ""))
        place.settled(self.id, targets)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        if targets[0].archived:
            return lambda desk: desk.people.unarchive(people)
        return lambda desk: desk.people.archive(people)


class ToOnePerson(PersonVerb):
    """A verb that opens something about one person and changes nothing by itself."""

    many = False

    def run(self, place: VerbPlace) -> None:
        self.open(place, place.targets(self.id)[0])

    def open(self, place: VerbPlace, target: Target) -> None:
        raise NotImplementedError


class Edit(ToOnePerson):
    """Opens the form of the contact."""

    id = "edit"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.planner.edit_contact(target.contact_id)


class ShowWhy(ToOnePerson):
    """Shows step by step how the due date is derived."""

    id = "why"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.planner.explain(target.item_id)


class ShowBrief(ToOnePerson):
    """Shows what to know about a person before meeting them."""

    id = "brief"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.in_turn(partial(self._show, place, target.contact_id))

    async def _show(self, place: VerbPlace, contact_id: int) -> None:
        # Imported late: the first screen does not need it.
        from planner.ui.shared.brief_dialog import BriefDialog

        try:
            found = await place.fetch(lambda desk: desk.briefing.of(contact_id))
        except PlannerError as problem:
            place.say(str(problem), tone="late")
            return
        await place.answer_of(BriefDialog(found))


class GetInTouch(ToOnePerson):
    """Offers the ways to reach the person: mail, call, message, profile."""

    id = "get_in_touch"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.planner.get_in_touch(target.contact_id)
