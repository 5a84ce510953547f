"""The verbs of reach: ask on a path, start an introduction or take it further, write down who knows whom."""

from __future__ import annotations

from functools import partial
from typing import Final, Protocol

from textual.content import Content

from planner.core.dates.interval import add_days
from planner.core.dates.shown import exact_date
from planner.core.introductions import Answer, Introduction, open_step, read_pair, stage, waiting_for
from planner.core.network.matchmaking import Pair
from planner.core.network.reach import Path, read_knows
from planner.core.words.folding import fold
from planner.desk.reciprocity.drafts import Subject
from planner.errors import Refused
from planner.ui.asking.look_first import introduce_match, look_at
from planner.ui.reach.introduction_dialog import IntroductionDialog
from planner.ui.reach.rows import first_name
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.people_dialog import NamedContact, people_echo, people_for
from planner.ui.shared.triage_questions import day_question
from planner.ui.text import content
from planner.ui.verbs.verb import ScreenVerb, Target, Targets, VerbPlace, Work
from planner.ui.widgets.prompt import Question

LONGEST_COMPANY: Final = 60
"""Letters of the part of a reason that is used as the company of a target."""
Entry = Path | Introduction | Pair
EARLY_DAYS: Final = 7
"""If the question how an introduction went is due in more days than these, it is called early."""


class ReachPlace(VerbPlace, Protocol):
    """A place with paths, introductions and matches."""

    @property
    def data(self) -> Entry | None:
        """The path, the introduction or the match under the cursor."""

    @property
    def target(self) -> str:
        """The person, company or topic for which paths are shown."""


class ReachVerb(ScreenVerb):
    """A verb about the path, the introduction or the match under the cursor."""

    def refusal(self, place: ReachPlace) -> str:  # type: ignore[override]
        return place.nobody() if place.data is None else place.with_keys(self.reason(place.data))

    def reason(self, entry: Entry) -> str:
        """Why the verb cannot act on an entry, with the keys of other verbs as {done}; "" if it can."""
        return ""


class AskOnTheWay(ReachVerb):
    """Ask the first person on a path: what for, then my standing with them, and the words to send."""

    id = "ask"

    def reason(self, entry: Entry) -> str:
        if isinstance(entry, Path):
            return ""
        if isinstance(entry, Pair):
            return "{introduce} introduces the two of a match; {filter} looks for a way to somebody"
        return "{done} takes an introduction further; {filter} looks for a way to somebody"

    def run(self, place: ReachPlace) -> None:  # type: ignore[override]
        way = place.data
        if not isinstance(way, Path) or way.steps[0].contact_id is None:
            return
        first, target = way.steps[0].contact_id, place.target

        async def submit(text: str) -> None:
            words = asking(way) + (f": {text}" if text.strip() else "")
            answer = await look_at(place, first, words, subject_of_way(way, target, text))
            if answer is None:
                raise Refused("Nothing is written down yet", "enter looks again, esc leaves")
            if answer == "ask":
                await place.do(lambda desk: desk.favors.enter("ask", [first], kind="introduction", note=words))

        hint = "what it is about: a question about night trains; enter alone leaves it open"
        place.ask(Question(f"Ask {way.steps[0].name}, {asking(way)}", hint, may_be_empty=True), submit)


class NextStep(ReachVerb):
    """The next step of an introduction: store an answer, introduce the two, or store how it went."""

    id = "done"

    def reason(self, entry: Entry) -> str:
        if isinstance(entry, Pair):
            return "{introduce} introduces the two of a match, {leave_out} says not these"
        return "{ask} asks the first one on the way" if isinstance(entry, Path) else ""

    def run(self, place: ReachPlace) -> None:  # type: ignore[override]
        entry = place.data
        if isinstance(entry, Introduction):
            step = {"agreed": introduce, "introduced": how_it_went}.get(stage(entry), answered)
            place.in_turn(partial(step, place, entry))


async def answered(place: ReachPlace, introduction: Introduction) -> None:
    """Ask what the person whose answer is awaited said about meeting the other one, and store it."""
    contact_id = waiting_for(introduction)
    if contact_id is None:
        return
    key, (name, other) = introduction.id, sides(introduction, contact_id)
    choices = (
        Choice("y", "yes", "glad to meet"),
        Choice("n", "no", "not introduced"),
        Choice("l", "later", "ask again on a day"),
        Choice("a", "asked", "no answer yet"),
    )
    heading = f"{first_name(name)} about meeting {first_name(other)}"
    said = await place.answer_of(ChooseDialog(heading, choices, current="y"))
    if said == "l":
        await _later(place, key, contact_id, name)
    elif said == "a":
        await place.do(lambda desk: desk.introductions.asked(key, contact_id))
    elif said is not None:
        answer = Answer.YES if said == "y" else Answer.NO
        await place.do(lambda desk: desk.introductions.answer(key, contact_id, answer))


async def _later(place: ReachPlace, introduction_id: int, contact_id: int, name: str) -> None:
    planner = place.planner
    default = add_days(planner.today, planner.config.settings.later_days)

    async def submit(text: str) -> None:
        until = planner.read_day(text) if text.strip() else default
        await place.do(lambda desk: desk.introductions.answer(introduction_id, contact_id, Answer.LATER, until=until))

    place.ask(day_question(place, f"Ask {first_name(name)} again on", default=default), submit)


async def introduce(place: ReachPlace, introduction: Introduction) -> None:
    """Show the words to send to both, and store that they were introduced, which needs the agreement of both."""
    key, agreed = introduction.id, stage(introduction) == "agreed"
    draft = await place.fetch(lambda desk: desk.drafts.for_both(key))
    if await place.answer_of(IntroductionDialog(introduction.names, draft.text, agreed=agreed)):
        await place.do(lambda desk: desk.introductions.made(key))


async def how_it_went(place: ReachPlace, introduction: Introduction) -> None:
    """Ask how an introduction went, and store it."""
    key, names = introduction.id, introduction.names
    step = open_step(introduction, place.planner.config.settings)
    hint = "worked, or not; a few words if you like: they meet in May   enter alone is enough"
    if step is not None and (step.due - place.planner.today).days > EARLY_DAYS:
        hint = f"early: it was to be asked {exact_date(step.due)}; esc leaves it open   {hint}"

    async def submit(text: str) -> None:
        await place.do(lambda desk: desk.introductions.worked(key, note=text))

    place.ask(Question(f"How did it go, {names}", hint, may_be_empty=True), submit)


class AskedAgain(ReachVerb):
    """Note that the person whose answer is awaited was asked, or was asked again."""

    id = "nudge"

    def reason(self, entry: Entry) -> str:
        if isinstance(entry, Path):
            return "{ask} asks the first one on the way"
        if isinstance(entry, Pair):
            return "Nobody was asked about meeting yet; {introduce} begins"
        if waiting_for(entry) is not None:
            return ""
        agreed = stage(entry) == "agreed"
        return "Both said yes; {done} introduces them" if agreed else "They are introduced; {done} says how it went"

    def work(self, place: ReachPlace, targets: Targets, answer: str) -> Work:  # type: ignore[override]
        entry = place.data
        assert isinstance(entry, Introduction)
        key, contact_id = entry.id, targets[0].contact_id
        return lambda desk: desk.introductions.asked(key, contact_id)


class NotThese(ReachVerb):
    """Never propose the two people of a match again; drop an introduction."""

    id = "leave_out"

    def reason(self, entry: Entry) -> str:
        return "A way stays while people know each other; {filter} looks for another" if isinstance(entry, Path) else ""

    def work(self, place: ReachPlace, targets: Targets, answer: str) -> Work:  # type: ignore[override]
        entry = place.data
        if isinstance(entry, Pair):
            one, other = entry.needs.contact_id, entry.offers.contact_id
            return lambda desk: desk.network.not_these_two(one, other)
        assert isinstance(entry, Introduction)
        key = entry.id
        return lambda desk: desk.introductions.drop(key)


class WordsToSend(ReachVerb):
    """Show the words that introduce the two people of an introduction."""

    id = "words"

    def reason(self, entry: Entry) -> str:
        if isinstance(entry, Path):
            return "{ask} has the words to ask with"
        return "{introduce} begins the introduction, then come its words" if isinstance(entry, Pair) else ""

    def run(self, place: ReachPlace) -> None:  # type: ignore[override]
        if isinstance(place.data, Introduction):
            place.in_turn(partial(introduce, place, place.data))


class Introduce(ScreenVerb):
    """Start introducing the two people of a match; without a match under the cursor, two people who are typed."""

    id = "introduce"

    def refusal(self, place: VerbPlace) -> str:
        return ""

    def run(self, place: ReachPlace) -> None:  # type: ignore[override]
        if isinstance(place.data, Pair):
            introduce_match(place, place.data)
            return

        async def check(text: str) -> Content:
            first, second, why = read_pair(text)
            one, other = await person_called(place, first), await person_called(place, second)
            return Content.assemble(
                content(one.name, "bold $name"), content(" and ", "$dim"), content(other.name, "bold $name"),
                content(f", {why}" if why else "", "$accent"),
            )  # fmt: skip

        async def submit(text: str) -> None:
            first, second, why = read_pair(text)
            one, other = await person_called(place, first), await person_called(place, second)
            await place.do(lambda desk: desk.introductions.start(one.id, other.id, note=why))

        hint = "such as: Ana and Ben, both climb"
        place.ask(Question("Introduce", hint, check=check), submit)


class WhoKnows(ScreenVerb):
    """Write down that a contact knows somebody, at a company, about a topic."""

    id = "knows"

    def refusal(self, place: VerbPlace) -> str:
        return ""

    def run(self, place: ReachPlace) -> None:  # type: ignore[override]
        start = f"{place.data.steps[0].name} knows " if isinstance(place.data, Path) else ""

        async def check(text: str) -> Content:
            who, name, company, topic = read_knows(text)
            person = await known_or_new(place, who)
            tail = "".join(f", {part}" for part in (company, topic) if part)
            return Content.assemble(
                content(who if person is None else person.name, "bold $name"),
                content(" knows " if person is not None else ", only heard of so far, knows ", "$dim"),
                content(name, "bold $name"), content(tail, "$accent"),
            )  # fmt: skip

        async def submit(text: str) -> None:
            who, name, company, topic = read_knows(text)
            person = await known_or_new(place, who)
            whose = who if person is None else person.id
            await place.do(lambda desk: desk.network.knows(whose, name, company=company, topic=topic))

        hint = "such as: Ana knows Carl Stone, Port of Lyon, cranes"
        place.ask(Question("Write down", hint, start, check=check), submit)


OWN: Final = (AskOnTheWay(), NextStep(), AskedAgain(), NotThese(), WordsToSend(), Introduce(), WhoKnows())
"""The verbs that only reach has."""


async def known_or_new(place: VerbPlace, who: str) -> NamedContact | None:
    """The contact that a part of a name means, None for an unknown name. Raises Refused if it fits several."""
    people = await place.fetch(lambda desk: people_for(desk, who))
    return await person_called(place, who) if people or not who[:1].isalpha() or "@" in who else None


async def person_called(place: VerbPlace, who: str) -> NamedContact:
    """The contact that a part of a name means. Raises Refused if it fits nobody, or several people with one name."""
    people = await place.fetch(lambda desk: people_for(desk, who))
    if not people:
        raise Refused(f"Nobody is called “{who[:60]}”", "Part of a name is enough; + in Contacts adds people")
    if len(people) > 1 and people[0].name == people[1].name:
        raise Refused(f"Several are called so: {people_echo(people).plain}", "Say the number, such as #7")
    return people[0]


def target_of(entry: Entry) -> Target | None:
    """The person with whom an entry continues; None for a path whose first person is not a contact.

    On a path the first person, in an introduction the one whose answer is awaited, in a match the one who looks for
    something.
    """
    if isinstance(entry, Path):
        first = entry.steps[0]
        return Target(first.contact_id, first.name) if first.contact_id is not None else None
    if isinstance(entry, Pair):
        return Target(entry.needs.contact_id, entry.needs.name)
    contact_id = waiting_for(entry) or entry.one_id
    return Target(contact_id, sides(entry, contact_id)[0])


def sides(introduction: Introduction, contact_id: int) -> tuple[str, str]:
    """The names in an introduction: first the person `contact_id`, then the other one."""
    names = introduction.one_name, introduction.other_name
    return names if contact_id == introduction.one_id else names[::-1]


def asking(path: Path) -> str:
    """The words of the ask to the first person on a path."""
    first, *rest = path.steps
    if rest:
        further = f", who knows {rest[-1].name}" if len(rest) > 1 else f" ({path.why})" if _says(path) else ""
        return f"introduce me to {rest[0].name}{further}"
    return f"introduce me to someone: {path.why}" if path.why != "you know them" else f"a word with {first.name}"


def subject_of_way(path: Path, target: str, what: str) -> Subject:
    """What an ask to the first person on a path is about; `what` is a line about it, and may be empty.

    If the first person alone leads there, they are asked about it themselves, or for somebody there.
    """
    _, *rest = path.steps
    if rest:
        named = (part for part in path.why.split(", ") if fold(target) in fold(part)) if _says(path) else ()
        company = next((part for part in named if len(part) <= LONGEST_COMPANY), "")
        beyond = rest[-1].name if len(rest) > 1 else ""
        return Subject(what=what, target=rest[0].name, company=company if not beyond else "", beyond=beyond)
    if path.why == "you know them":
        return Subject(what=what)
    return Subject(what=what, target=target, target_is_person=False)


def _says(path: Path) -> bool:
    return path.why not in ("knows them", "you know them")
