"""Why somebody may help with a need: how their work, offers, town or friends relate to it. Pure.

The title of a need decides. A word that is only in its reason is no ground to tell anybody, except for a town to move
to. People whom the user wrote down as knowing, by name, trade or firm, come before everybody who merely fits.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import chain, pairwise

from planner.core.network.concepts import vocabulary
from planner.core.network.matchmaking import fit, is_near, shares_thing
from planner.core.network.phrases import Thing
from planner.core.network.sought import HIRES_FOR_OTHERS, LEGAL, Sought, padded, tokens_of
from planner.core.network.things import About, about
from planner.core.network.topics import stem, stems
from planner.core.records import record

_HIRES = HIRES_FOR_OTHERS | stems("hiring talent personnel founder director owner manager head")
"""Words in the titles of people who hire, also of those who hire for others."""
_PAST = stems("retired former formerly ex emeritus emerita")
"""Words in the titles of people who have left the work, and have none to give."""
_SEES = stems(
    "agent agency seller shop store dealer hire rental lessor parts technician maker owner teacher trainer coach guide "
    "school college academy lab laboratory institute club society association union foundation officer office leader "
    "planner organiser organizer rescue shelter service services supplier market centre center"
)
"""Words that beside a thing form a related trade or firm: "cello maker", "van hire"."""
_ADVISES = stems("lawyer attorney solicitor adviser advisor consultant expert specialist")
"""The same, where advice on the thing is wanted."""
_GATHERS = stems("club society association union leader planner organiser organizer rescue shelter foundation")
"""The same, where the thing is only the purpose of the need: a wedding planner may know a venue."""


@record(frozen=True, slots=True)
class ContactToTell:
    """What a suggestion needs from a contact; `knows` holds the names, companies and topics they know."""

    contact_id: int
    name: str
    company: str = ""
    title: str = ""
    offers: str = ""
    knows: tuple[str, ...] = ()
    last_contact: date | None = None
    city: str = ""


@record(frozen=True, slots=True)
class Reason:
    """A reason to tell somebody: a smaller rank comes sooner, and within a rank the greater weight."""

    rank: int
    weight: int
    why: str


def reason(wanted: Sought, one: ContactToTell) -> Reason | None:
    """The best reason to tell somebody of a need, or None."""
    if one.offers and fit(wanted.about, about(one.offers)):
        return Reason(0, 1, f"offers {one.offers}")
    return _thought_of(wanted, one) or _work(wanted, one) or _further(wanted, one) or _near(wanted, one)


# One contact


def _thought_of(wanted: Sought, one: ContactToTell) -> Reason | None:
    """A reason from the people I wrote down as knowing: by name, by their work, or by where."""
    for hint in wanted.who:
        if hint.tokens <= frozenset(tokens_of(one.name)):
            return Reason(1, 20, f"you wrote that {one.name} would know")
        for text in (one.title, one.company, one.offers):
            named = bool(text) and hint.stems <= frozenset(map(stem, tokens_of(text)))
            if named or (text and (shares_thing(hint.about, _read(text)) or _has_to_do(hint.about, text))):
                return Reason(1, 10, _as_written(_does(one, text), hint.text))
        place = next(iter(hint.about.places & _places(one.city)), "")
        if place and not hint.about.things:
            return Reason(3, 2, _as_written(f"lives in {one.city}", hint.text))
    return None


def _as_written(does: str, hint: str) -> str:
    """Why I thought of somebody; my own words are quoted if they say more than the person's work."""
    return f"{does}, as you wrote" if stems(hint) <= stems(does) else f"{does}, and you wrote: {hint}"


def _does(one: ContactToTell, text: str) -> str:
    return f"offers {text}" if text == one.offers else _work_words(one, there=text == one.company)


def _work(wanted: Sought, one: ContactToTell) -> Reason | None:
    """A reason from the person's firm and trade."""
    there, whole = _is_named(wanted, one.company), _is_whole(wanted, one.company)
    if wanted.is_work and stems(one.title) & _PAST:
        return None
    hires = wanted.is_work and bool(stems(one.title) & _HIRES)
    if there or whole:
        return Reason(1, 4 * whole + 2 * hires + 2, _work_words(one, hires=hires, there=True))
    # A trade elsewhere is of no use; but for a job search, colleagues elsewhere hear of openings.
    far = not wanted.is_work and bool(one.city) and not is_near(wanted.places, _places(one.city))
    if not far and _is_it(wanted, one.title, of_firm=False):
        return Reason(1, 2 * hires + 1, _work_words(one, hires=hires, there=hires))
    if not far and _is_it(wanted, one.company, of_firm=True):
        return Reason(1, 2 * hires + 1, _work_words(one, hires=hires, there=True))
    if not far and any(_holds(text, phrase) for phrase in wanted.seen_by for text in (one.title, one.company)):
        return Reason(2, 2, _work_words(one, there=bool(one.company)))
    return None


def _further(wanted: Sought, one: ContactToTell) -> Reason | None:
    """A reason from what they also offer, from whom they know, and from hiring for others."""
    if _is_it(wanted, one.offers, of_firm=False) and is_near(wanted.places, about(one.offers).places):
        return Reason(2, 1, f"offers {one.offers}")
    for text in one.knows:
        name, _, rest = text.partition(", ")
        tokens = tokens_of(name)
        named = not wanted.in_names.isdisjoint(tokens) and (
            (len(tokens) > 1 and wanted.tokens.issuperset(tokens)) or _is_named(wanted, name)
        )
        weight = 2 if named else _known_for(wanted, rest)
        if weight:
            return Reason(2, weight, f"knows {text}")
    if wanted.is_work and stems(one.title) & HIRES_FOR_OTHERS:
        return Reason(2, 0, _work_words(one, hires=True, there=bool(one.company)))
    return None


def _known_for(wanted: Sought, rest: str) -> int:
    """The weight of knowing somebody at a firm or for a topic, "Port of Lyon, cranes"; 0 where neither is sought."""
    weight = wanted.known_for.get(rest)
    if weight is None:
        first, *others = rest.split(", ")
        if others:
            weight = max(_known_for(wanted, part) for part in (first, *others))
        elif _is_named(wanted, rest) or _is_whole(wanted, rest):
            weight = 2
        else:
            weight = int(_is_it(wanted, rest, of_firm=True))
        wanted.known_for[rest] = weight
    return weight


def _near(wanted: Sought, one: ContactToTell) -> Reason | None:
    """A reason from the town alone."""
    if wanted.places & _places(one.city):
        return Reason(3, 1, f"lives in {one.city}")
    if wanted.moving & _places(one.city):
        return Reason(3, 1, f"lives in {one.city}, which your reason names")
    for text in (one.company, one.title):
        if wanted.places & _places(text):
            return Reason(3, 0, _work_words(one, there=text == one.company))
    known = next((text for text in one.knows if wanted.places & _places(text.partition(", ")[2])), "")
    return Reason(3, 0, f"knows {known}") if known else None


@lru_cache(maxsize=50_000)
def _places(text: str) -> frozenset[str]:
    """The parts of a text that may be a town: each word, each pair of words, and the whole."""
    tokens = tokens_of(text)
    return frozenset((*tokens, " ".join(tokens), *(" ".join(pair) for pair in pairwise(tokens))))


# Whether a text is about the thing sought


def _is_named(wanted: Sought, text: str) -> bool:
    """Whether a text contains a name from the title."""
    return any(_holds(text, name) for name in wanted.names)


def _holds(text: str, phrase: str) -> bool:
    return bool(text) and f" {phrase} " in padded(text)


def _is_whole(wanted: Sought, firm: str) -> bool:
    """Whether the title contains the whole name of a firm of several words, in any case: "the port of Lyon"."""
    tokens = frozenset(tokens_of(firm)) - LEGAL
    return len(tokens) > 1 and tokens <= (wanted.tokens | wanted.places) and bool(tokens - wanted.places)


def _read(text: str) -> About:
    """The subject of a trade or a firm; unlike in an offer, its first word is never a verb: "Customs lawyer"."""
    return about(f"a {text}" if " " in text.strip() else text)


def _is_it(wanted: Sought, text: str, *, of_firm: bool) -> bool:
    """Whether a trade, a firm or an offer is about the thing itself, or is related to it."""
    if not text:
        return False
    judged = wanted.judged.get((text, of_firm))
    if judged is None:
        judged = wanted.judged[text, of_firm] = _is_about(wanted, text, of_firm)
    return judged


def _is_about(wanted: Sought, text: str, of_firm: bool) -> bool:
    if of_firm and _is_common_word(text):
        return False
    other = _read(text)
    if any(_works_at(job, other, of_firm) for job in wanted.about.things if job.kind == "job"):
        return True
    if not (of_firm and any(thing.beside for thing in other.things)) and shares_thing(wanted.about, other):
        return True
    if any(_is_of_trade(one, thing) for one in wanted.about.things for thing in other.things):
        return True
    return _has_to_do(wanted.about, text)


def _is_common_word(firm: str) -> bool:
    """Whether a firm is named by one common word that is no trade: "Apple" has nothing to do with apples.

    A word in lower case is no name.
    """
    tokens, known = tokens_of(firm), vocabulary()
    if firm[:1].islower() or len(tokens) != 1:
        return False
    return tokens[0] not in known.meaning and tokens[0] not in known.names


def _is_of_trade(wanted: Thing, other: Thing) -> bool:
    """Whether a specific trade is sought and a general one found: a publisher of novels, and "River Publishing"."""
    head, known = wanted.head, vocabulary()
    trade = head.endswith(("~", "er", "or", "ist", "ian")) and head not in known.objects | known.by_sense
    return trade and head == other.head and not (wanted.kinds and other.kinds and not wanted.strict)


def _works_at(job: Thing, other: About, of_firm: bool) -> bool:
    """Whether somebody does the work that is sought; in a firm's name the last word tells its work."""
    for thing in other.things:
        own = {thing.head, *(() if of_firm and not thing.kind else thing.kinds)} - {""}
        if job.kinds & own or (thing.kind == "teach" and job.kinds == {"teach"}):
            return True
    return False


def _has_to_do(wanted: About, text: str) -> bool:
    """Whether a trade or a firm names the thing beside a word such as "maker", or several words of the thing."""
    other, words = _read(text), stems(text)
    for thing in wanted.things:
        own = {thing.head, *(() if thing.kind == "job" else thing.kinds)} - {""}
        if thing.kind == "practice":
            own |= thing.beside
        strict = thing.head in vocabulary().by_sense and bool(thing.kinds)
        for one in other.things:
            said = {one.head, *one.kinds, *(one.beside if one.kind == "practice" else ())} - {""}
            shared = own & said
            if len(shared) > 1 or (shared and thing.kind == one.kind == "practice"):
                return True
            beside = words - frozenset(chain.from_iterable(map(stems, shared)))
            if thing.beside & said and one.kind == "practice":
                return True
            if not shared & {thing.head, one.head} and one.kind != "practice":
                # Rye is a grain in one text, and the name of a firm in the other.
                shared = set()
            sees = _SEES | _ADVISES if thing.kind == "practice" else _SEES
            if shared and not strict and (beside & sees or one.kind == "practice"):
                return True
            if thing.beside & said and words & _GATHERS:
                return True
    return False


def _work_words(one: ContactToTell, *, hires: bool = False, there: bool) -> str:
    """ "works at Port of Lyon, Product lead", "hires at SNCF, Recruiter", "works as Agent at Flats of Porto"."""
    if there and one.company:
        return f"{'hires' if hires else 'works'} at {one.company}{f', {one.title}' if one.title else ''}"
    at = f" at {one.company}" if one.company else ""
    return f"{'hires' if hires else 'works'} as {one.title}{at}"
