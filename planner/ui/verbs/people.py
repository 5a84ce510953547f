"""The verbs about people: note, rhythm, pause, circles, mode, archive, follow-up, and going to them."""

from __future__ import annotations

from planner.ui.shared.choose import MODES, Choice, ChooseDialog, mode_dialog
from planner.ui.shared.people_questions import circle_question, follow_up_question, read_follow_up, rhythm_question
from planner.ui.shared.triage_questions import note_question, pause_question
from planner.ui.verbs.verb import Target, Targets, Verb, VerbPlace, Work, contact_ids, names
from planner.ui.widgets.prompt import Question


class PersonVerb(Verb):
    """A verb about people, whatever became of their items."""

    def refusal(self, place: VerbPlace) -> str:
        targets = place.targets(self.id)
        if not targets:
            return place.nobody()
        if not self.many and len(targets) > 1:
            return f"{len(targets)} are marked, and this is for one at a time; esc takes the marks away"
        return self.refuses(targets)


class Note(PersonVerb):
    """A dated line in the notes."""

    id = "note"

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return note_question(names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        return lambda desk: desk.interactions.note(people, answer)


class FollowUp(PersonVerb):
    """A dated to-do, once or again and again."""

    id = "follow_up"

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return follow_up_question(place, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        words, day, repeat = read_follow_up(answer, place.planner.read_day)
        return lambda desk: desk.triage.follow_up(people, words, day, repeat=repeat)


class Rhythm(PersonVerb):
    """How often to be in touch."""

    id = "rhythm"

    def question(self, place: VerbPlace, targets: Targets) -> Question:
        return rhythm_question(place, names(targets), targets[0].cadence if len(targets) == 1 else "")

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        return lambda desk: desk.people.set_cadence(people, answer)


class Pause(PersonVerb):
    """No keep-in-touch until a day; where a pause runs, its end."""

    id = "pause"

    def question(self, place: VerbPlace, targets: Targets) -> Question | None:
        return None if all(target.paused for target in targets) else pause_question(place, names(targets))

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        if all(target.paused for target in targets):
            return lambda desk: desk.triage.resume(people)
        until = place.planner.read_day(answer) if answer.strip() else None
        return lambda desk: desk.triage.pause(people, until=until)


class Circles(PersonVerb):
    """Into a circle, or with a minus out of it."""

    id = "circle"

    def run(self, place: VerbPlace) -> None:
        place.in_turn(self._ask(place, place.targets(self.id)))

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


class Mode(PersonVerb):
    """In a rhythm, on occasion, or never."""

    id = "mode"

    def run(self, place: VerbPlace) -> None:
        place.in_turn(self._choose(place, place.targets(self.id)))

    async def _choose(self, place: VerbPlace, targets: Targets) -> None:
        key = await place.answer_of(mode_dialog(names(targets), targets[0].mode if len(targets) == 1 else ""))
        if key is not None:
            await place.do(self.work(place, targets, MODES[key]))
            place.settled(self.id, targets)

    def work(self, place: VerbPlace, targets: Targets, answer: str) -> Work:
        people = contact_ids(targets)
        return lambda desk: desk.people.set_mode(people, answer)


class Archive(PersonVerb):
    """Put away, or bring back who is put away; several are asked about first."""

    id = "archive"

    def run(self, place: VerbPlace) -> None:
        place.in_turn(self._put_away(place, place.targets(self.id)))

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
    """The form."""

    id = "edit"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.planner.edit_contact(target.contact_id)


class Why(ToOnePerson):
    """The due date, step by step."""

    id = "why"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.planner.explain(target.item_id)


class GetInTouch(ToOnePerson):
    """A mail, a page, a call."""

    id = "get_in_touch"

    def open(self, place: VerbPlace, target: Target) -> None:
        place.planner.start_mail(target.contact_id)
