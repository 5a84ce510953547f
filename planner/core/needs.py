"""What I look for, whom I told, and whom to tell next. Pure.

Nobody is left out for seeming useless: suggestions rank by what somebody offers, where they work, what and
whom they know, then weak and dormant ties, and in the end page through everyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from planner.core.dates.typed import MONTH_NAMES, exact_date
from planner.core.model import FavorState, ItemKind, OpenItem, Settings
from planner.core.network.topics import stems, topic_words
from planner.core.records import record
from planner.core.words.folding import fold
from planner.errors import Refused

DORMANT_DAYS = 180


class ToldState(StrEnum):
    """Where a contact stands with a need of mine."""

    UNTOLD = "untold"
    TOLD = "told"
    ASKED = "asked"
    HELPED = "helped"
    PASSED = "passed on"
    DECLINED = "declined"


@record(frozen=True, slots=True)
class Need:
    """What I am looking for: specific, why, by when."""

    id: int
    title: str
    why: str = ""
    by: date | None = None
    created_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    version: int = 1


@record(frozen=True, slots=True)
class Told:
    """Where one contact stands with a need; `favor_id` is the ask or the help it became, with its state."""

    need_id: int
    contact_id: int
    name: str
    state: ToldState
    on: date | None = None
    passed_to: int | None = None
    favor_id: int | None = None
    passed_name: str = ""
    favor_state: FavorState | None = None
    reachable: bool = True
    """Whether they are active and not to be left alone: nobody else is asked for news."""

    @property
    def waits(self) -> bool:
        """Whether an ask to them is open."""
        return self.state is ToldState.ASKED and self.favor_state in (FavorState.ASKED, FavorState.PROMISED)


BEYOND_UNTOLD = frozenset(ToldState) - {ToldState.UNTOLD}
_BY_FAVOR = {
    FavorState.DONE: ToldState.HELPED,
    FavorState.THANKED: ToldState.HELPED,
    FavorState.TOLD: ToldState.HELPED,
    FavorState.DECLINED: ToldState.DECLINED,
}


def standing(state: ToldState, favor: FavorState | None) -> ToldState:
    """Where somebody stands whose ask went on in the ledger: its answer counts here too."""
    return _BY_FAVOR.get(favor, state) if state is ToldState.ASKED and favor is not None else state


def can_be_told(one: Told | None) -> bool:
    """Whether telling them says anything: not once they were asked, helped or passed it on."""
    return one is None or one.state in (ToldState.UNTOLD, ToldState.TOLD, ToldState.DECLINED)


def check_step(one: Told | None, to: ToldState) -> None:
    """Refuse a step that would lose what happened before, such as telling someone who has helped."""
    if one is None:
        return
    when = f" on {exact_date(one.on)}" if one.on is not None else ""
    if to is ToldState.TOLD and not can_be_told(one):
        did = {ToldState.ASKED: "was asked", ToldState.HELPED: "helped"}.get(one.state, "passed it on")
        raise Refused(f"{one.name} {did}{when} already", "They know about it")
    if to is ToldState.ASKED and one.waits:
        raise Refused(f"{one.name} was asked{when} already", "The ledger says when a reminder is kind")
    if to is ToldState.HELPED and one.state is ToldState.HELPED and one.favor_state is FavorState.DONE:
        raise Refused(f"{one.name} helped{when} already", "Thanks come first: they stand in the ledger")
    if to is ToldState.DECLINED and one.state is ToldState.HELPED:
        raise Refused(f"{one.name} helped{when}", "What was given stays; undo takes back a slip")


def coverage(told: int, of: int, due: int) -> str:
    """ "told 34 of 120, 3 answers due"."""
    answers = f", {due} {'answer' if due == 1 else 'answers'} due" if due else ""
    return f"told {told} of {of}{answers}"


def nudge_to_be_specific(title: str) -> str:
    """What would make a need easier to help with; empty when it is specific enough."""
    if len(topic_words(title)) >= 2:
        return ""
    return "say which, where or with whom: “a job at the port of Lyon” is easier to help with than “a job”"


def news_since(one: Told) -> date | None:
    """Since when news is waited for from somebody who was only told, or None where nobody is to be asked."""
    return one.on if one.state is ToldState.TOLD and one.reachable else None


def answers_due(told: Iterable[Told], today: date, settings: Settings) -> tuple[Told, ...]:
    """Those who were told and have not answered for the days after which a nudge is due, longest first."""
    waiting = [
        one for one in told if (on := news_since(one)) is not None and on + timedelta(days=settings.nudge_days) <= today
    ]
    return tuple(sorted(waiting, key=lambda one: (one.on or today, one.name, one.contact_id)))


def open_need(need: Need, told: Sequence[Told], settings: Settings) -> OpenItem | None:
    """The one agenda item of an open need: a nudge for whoever was told longest ago, with how many more wait.

    Asks have items of their own in the ledger. None while nobody was only told, or the need is closed.
    """
    waiting = sorted(
        (one for one in told if news_since(one) is not None), key=lambda one: (one.on or date.min, one.contact_id)
    )
    if need.closed_on is not None or not waiting:
        return None
    first, more = waiting[0], len(waiting) - 1
    assert first.on is not None
    words = f"{need.title}: any news?" + (f" and {more} more" if more else "")
    due = first.on + timedelta(days=settings.nudge_days)
    return OpenItem(f"n{need.id}", ItemKind.NEED, first.contact_id, due, text=words, contact_name=first.name)


def check_open(need: Need) -> None:
    """Refuse to go on with a need that is closed."""
    if need.closed_on is not None:
        raise Refused(f"The need “{need.title}” is closed", "Add a new one: planner need add TITLE")


@record(frozen=True, slots=True)
class Candidate:
    """A contact as far as a suggestion needs it; `knows` are names, companies and topics they know."""

    contact_id: int
    name: str
    company: str = ""
    title: str = ""
    offers: str = ""
    knows: tuple[str, ...] = ()
    last_contact: date | None = None
    gave: int = 0
    city: str = ""


@record(frozen=True, slots=True)
class Suggestion:
    """Whom to tell, and why."""

    contact_id: int
    name: str
    why: str
    rank: tuple[int, ...]


def suggest(need: Need, candidates: Iterable[Candidate], today: date) -> tuple[Suggestion, ...]:
    """Everyone given, best first: offers that match, work or city, whom they know, dormant ties, the rest."""
    wanted = stems(f"{need.title} {need.why}")
    # All but the last letter of a stem begins its word: most people are told apart without taking texts to pieces.
    hint = re.compile("|".join(re.escape(word[:-1]) for word in wanted)) if wanted else None
    found: list[tuple[int, int, str, int, str]] = []
    for one in candidates:
        about = " ".join((one.offers, one.company, one.title, one.city, *one.knows))
        if hint is not None and hint.search(about.lower() if about.isascii() else fold(about)):
            place, within, why = _matching(wanted, one) or _tie(one, today)
        else:
            place, within, why = _tie(one, today)
        found.append((place, within, one.name, one.contact_id, why))
    found.sort()
    return tuple(Suggestion(key, name, why, (place, within)) for place, within, name, key, why in found)


def _matching(wanted: frozenset[str], one: Candidate) -> tuple[int, int, str] | None:
    """(rank, place within it, why) of somebody whose offers, work, city or friends share a word; None without."""
    offered = len(wanted & stems(one.offers))
    if offered:
        return 0, -offered, f"offers {one.offers}"
    at_work, near = len(wanted & stems(f"{one.company} {one.title}")), len(wanted & stems(one.city))
    if at_work or near:
        where = ", ".join(part for part in (one.title, one.company, one.city if near else "") if part)
        return 1, -at_work - near, where
    known = max(((len(wanted & stems(words)), words) for words in one.knows), key=lambda pair: pair[0], default=(0, ""))
    return (2, -known[0], f"knows {known[1]}") if known[0] else None


def _tie(one: Candidate, today: date) -> tuple[int, int, str]:
    """(rank, place within it, why) by how near we are: weak and dormant ties hear what our own circle does not."""
    if one.last_contact is None:
        return 4, 0, "not in touch yet: a reason to write"
    days = (today - one.last_contact).days
    if days > DORMANT_DAYS:
        return 3, -days, f"last in touch {days // 30} months ago: other news"
    return 5, -days, "close: they will keep an ear open"


PLACEHOLDERS = ("name", "need", "why", "by", "last_contact", "reason", "question")
TEMPLATE = "Hello {name},\n\nI am looking for {need}. {reason}\n{question}\n\n{last_contact}"
QUESTION = "Do you know somebody I should talk to?"
OFFERED = "You know about that: could you help me with it, or tell me whom to talk to?"
"""Asked of those who offer what is looked for."""
_placeholder = re.compile("{(" + "|".join(PLACEHOLDERS) + ")}")
_SMALL = frozenset("a an the some any someone somebody anyone people help advice work my our two three".split())
_GREETED_IN_FULL = frozenset("dr prof professor mr mrs ms monsieur madame mme herr frau sir".split())


def draft(template: str, need: Need, name: str, last_contact: date | None, offers: str = "") -> str:
    """A message from a template with the placeholders of `PLACEHOLDERS`.

    {reason} is the why as a sentence; {question} asks for somebody to talk to, or, of those whose `offers`
    match the need, for their own help. A placeholder it does not know stays as it is; lines that an empty
    one leaves blank close up.
    """
    values = {
        "name": _called(name),
        "need": _inside_a_sentence(need.title),
        "why": " ".join(need.why.split()),
        "by": f"{need.by.day} {MONTH_NAMES[need.by.month - 1]} {need.by.year}" if need.by is not None else "",
        "last_contact": _remembered(last_contact),
        "reason": _as_sentence(" ".join(need.why.split())),
        "question": OFFERED if stems(f"{need.title} {need.why}") & stems(offers) else QUESTION,
    }
    lines: list[str] = []
    for line in template.splitlines():
        filled = _filled(line, values).rstrip()
        if filled or (line.strip() == "" and lines and lines[-1]):
            lines.append(filled)
    return "\n".join(lines).strip()


def _filled(line: str, values: Mapping[str, str]) -> str:
    # One pass: a title that itself reads like a placeholder stays as it is.
    return _placeholder.sub(lambda found: values[found[1]], line)


def _called(name: str) -> str:
    """The first name; with a title before it the whole name."""
    words = name.split()
    if not words or words[0].rstrip(".").casefold() in _GREETED_IN_FULL:
        return name
    return words[0]


def _inside_a_sentence(title: str) -> str:
    """A title inside a sentence: "A job" is "a job", but names such as "Lisbon" or "SNCF" keep their letter."""
    first, blank, rest = title.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first.lower() in _SMALL else title


def _as_sentence(why: str) -> str:
    """A why in a message: a few words become a sentence, a sentence stays."""
    return why if not why or why[-1] in ".!?…" else f"It is for: {why}."


def _remembered(last_contact: date | None) -> str:
    if last_contact is None:
        return ""
    return f"It was good to hear from you in {MONTH_NAMES[last_contact.month - 1]} {last_contact.year}."
