"""What can be done with ways, introductions and matches, one method for each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from planner.core.dates.typed import add_days, exact_date
from planner.core.introductions import Introduction, open_step, read_pair, stage, waiting_for
from planner.core.network.matchmaking import Pair
from planner.core.network.reach import Path, read_knows
from planner.errors import PlannerError, Refused
from planner.ui.reach.introduction_dialog import IntroductionDialog
from planner.ui.reach.rows import Found, ReachList, contact_of, first_name
from planner.ui.shared.asking import introduce_match, look_first
from planner.ui.shared.people_dialog import NamedContact, people_echo, people_for
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.shared.triage_questions import day_echo, day_question
from planner.ui.text import content
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    pass

OF_GROUP: dict[type, tuple[str, ...]] = {
    Path: ("ask",),
    Introduction: ("yes", "no", "later", "again", "made", "worked", "drop"),
    Pair: ("not_these",),
}
"""The verbs that mean one kind of entry."""
EARLY_DAYS = 7
"""Days before it is due from which on asking how it went is said to be early."""
ANSWERS = ("yes", "no", "later", "again")


class ReachVerbs(PlaceScreen):
    """The keys of reach; its screen says what stands under the cursor."""

    found: Found

    @property
    def list(self) -> ReachList:
        """The list of ways, introductions and matches."""
        raise NotImplementedError

    @property
    def data(self) -> Path | Introduction | Pair | None:
        """What the row under the cursor stands for."""
        raise NotImplementedError

    def refusal(self, verb: str) -> str:
        """Why a verb cannot act now."""
        data = self.data
        if verb == "open":
            return "" if data is not None else "Nobody stands here yet; / looks for somebody"
        if verb == "matches":
            return "" if self.found.matches else "Nobody offers yet what somebody looks for; it stands in their contact"
        if verb == "introductions":
            return "" if self.found.introductions else "Nobody is being introduced; i begins"
        if verb in OF_GROUP[Path]:
            return "" if isinstance(data, Path) else "That is for a way to somebody; / looks for one"
        if verb in OF_GROUP[Pair]:
            return "" if isinstance(data, Pair) else "That is for a match; m goes to the matches"
        if verb not in OF_GROUP[Introduction]:
            return ""
        if not isinstance(data, Introduction):
            begun = bool(self.found.introductions)
            return f"That is for an introduction; {'I goes to them' if begun else 'i begins one'}"
        return self._introduction_refusal(verb, data)

    @staticmethod
    def _introduction_refusal(verb: str, data: Introduction) -> str:
        where = stage(data)
        if verb in ANSWERS and where == "agreed":
            return "Both said yes; g introduces them"
        if verb in (*ANSWERS, "made") and where == "introduced":
            return "They are introduced; w says that you asked how it went"
        if verb == "made" and where != "agreed":
            return f"{_name_of(data, waiting_for(data))} did not say yes yet; y says so"
        if verb == "worked" and where != "introduced":
            return "They are not introduced yet; g comes first"
        return ""

    def verb_open(self) -> None:
        """Open the contact."""
        contact_id = contact_of(self.data)
        if contact_id is not None:
            self.planner.open_contact(contact_id)

    # A way

    def verb_ask(self) -> None:
        """Ask whoever stands first on the way, after a look at how things stand."""
        if isinstance(self.data, Path):
            self._ask_after_a_look(self.data)

    @work(exclusive=True, group="ask")
    async def _ask_after_a_look(self, path: Path) -> None:
        first, words = path.steps[0], asking(path)
        if first.contact_id is not None and await look_first(self, first.contact_id, words):
            self._ask(first.contact_id, first.name, words)

    def _ask(self, contact_id: int, name: str, words: str) -> None:
        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.favors.enter("ask", [contact_id], kind="introduction", note=text))

        hint = "your words; enter writes it down, and a nudge comes after a week"
        self.ask(Question(f"Ask {name}", hint, words), submit)

    # Who knows whom

    def verb_knows(self) -> None:
        """Write down that someone knows someone."""
        data = self.data
        start = f"{data.steps[0].name} knows " if isinstance(data, Path) else ""

        async def check(text: str) -> Content:
            who, name, company, topic = read_knows(text)
            person = await self._one(who)
            tail = "".join(f", {part}" for part in (company, topic) if part)
            return Content.assemble(
                content(person.name, "bold $name"), content(" knows ", "$dim"), content(name, "bold $name"),
                content(tail, "$accent"),
            )  # fmt: skip

        async def submit(text: str) -> None:
            who, name, company, topic = read_knows(text)
            key = (await self._one(who)).id
            await self.do(lambda desk: desk.network.knows(key, name, company=company, topic=topic))

        hint = "such as: Ana knows Carl Stone, Port of Lyon, cranes"
        self.ask(Question("Write down", hint, start, check=check, draft="knows"), submit)

    async def _one(self, who: str) -> NamedContact:
        """The person a part of a name means; refused where it means nobody, or several of one name."""
        people = await people_for(self.planner, who)
        if not people:
            raise Refused(f"Nobody is called “{who[:60]}”", "Part of a name is enough; n in Contacts adds people")
        if len(people) > 1 and people[0].name == people[1].name:
            raise Refused(f"Several are called so: {people_echo(people).plain}", "Say the number, such as #7")
        return people[0]

    # Introductions

    def verb_introduce(self) -> None:
        """Introduce the two of a match, else two people who are named."""
        data = self.data
        if isinstance(data, Pair):
            introduce_match(self, data)
            return

        async def check(text: str) -> Content:
            first, second, why = read_pair(text)
            one, other = await self._one(first), await self._one(second)
            return Content.assemble(
                content(one.name, "bold $name"), content(" and ", "$dim"), content(other.name, "bold $name"),
                content(f", {why}" if why else "", "$accent"),
            )  # fmt: skip

        async def submit(text: str) -> None:
            first, second, why = read_pair(text)
            one, other = await self._one(first), await self._one(second)
            await self.do(lambda desk: desk.introductions.start(one.id, other.id, note=why))

        hint = "such as: Ana and Ben, both climb"
        self.ask(Question("Introduce", hint, check=check, draft="introduce"), submit)

    def verb_not_these(self) -> None:
        """Do not propose these two again."""
        data = self.data
        if isinstance(data, Pair):
            one, other = data.needs.contact_id, data.offers.contact_id
            self.act(lambda desk: desk.network.not_these_two(one, other))

    def _awaited(self) -> tuple[int, int, str] | None:
        """(introduction, contact, name) of whose answer is awaited."""
        data = self.data
        contact_id = waiting_for(data) if isinstance(data, Introduction) else None
        if not isinstance(data, Introduction) or contact_id is None:
            return None
        return data.id, contact_id, _name_of(data, contact_id)

    def verb_yes(self) -> None:
        """They agree."""
        self._answer("yes")

    def verb_no(self) -> None:
        """They do not."""
        self._answer("no")

    def _answer(self, said: str) -> None:
        found = self._awaited()
        if found is not None:
            key, contact_id, _ = found
            self.act(lambda desk: desk.introductions.answer(key, contact_id, said))

    def verb_later(self) -> None:
        """They ask for time."""
        found = self._awaited()
        if found is None:
            return
        key, contact_id, name = found
        default = add_days(self.planner.today, self.planner.config.settings.later_days)

        async def submit(text: str) -> None:
            until = self.planner.read_day(text) if text.strip() else default
            await self.do(lambda desk: desk.introductions.answer(key, contact_id, "later", until=until))

        question = day_question(self, f"Ask {first_name(name)} again on", empty=True)
        hint = f"a day: fri, 12 dec, 2w, eom; enter alone is {day_echo(default, self.planner.today).plain}"
        self.ask(Question(question.label, hint, check=question.check, may_be_empty=True), submit)

    def verb_again(self) -> None:
        """They were asked, or asked again."""
        found = self._awaited()
        if found is not None:
            key, contact_id, _ = found
            self.act(lambda desk: desk.introductions.asked(key, contact_id))

    def verb_made(self) -> None:
        """They are introduced, with the words for it."""
        if isinstance(self.data, Introduction):
            self._introduce(self.data)

    @work(exclusive=True, group="blurb")
    async def _introduce(self, data: Introduction) -> None:

        key, names = data.id, f"{data.one_name} and {data.other_name}"
        try:
            words = await self.fetch(lambda desk: desk.introductions.blurb(key))
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        if await self.app.push_screen_wait(IntroductionDialog(names, words)):
            self.act(lambda desk: desk.introductions.made(key))

    def verb_worked(self) -> None:
        """How it went was asked, and what came of it."""
        data = self.data
        if not isinstance(data, Introduction):
            return
        key, names = data.id, f"{data.one_name} and {data.other_name}"
        step = open_step(data, self.planner.config.settings)
        early = step is not None and (step.due - self.planner.today).days > EARLY_DAYS
        hint = "worked, or not; a few words if you like: they meet in May   enter alone is enough"
        if early and step is not None:
            hint = f"early: it was to be asked {exact_date(step.due)}; esc leaves it open   {hint}"

        async def submit(text: str) -> None:
            await self.do(lambda desk: desk.introductions.worked(key, note=text))

        self.ask(Question(f"How did it go, {names}", hint, may_be_empty=True), submit)

    def verb_drop(self) -> None:
        """It is left."""
        data = self.data
        if isinstance(data, Introduction):
            key = data.id
            self.act(lambda desk: desk.introductions.drop(key))


def asking(path: Path) -> str:
    """What to ask whoever stands first on a way."""
    first, *rest = path.steps
    if rest:
        further = f", who knows {rest[-1].name}" if len(rest) > 1 else f" ({path.why})" if _says(path) else ""
        return f"introduce me to {rest[0].name}{further}"
    return f"introduce me to someone: {path.why}" if path.why != "you know them" else f"a word with {first.name}"


def _says(path: Path) -> bool:
    return path.why not in ("knows them", "you know them")


def _name_of(introduction: Introduction, contact_id: int | None) -> str:
    return introduction.one_name if contact_id == introduction.one_id else introduction.other_name
