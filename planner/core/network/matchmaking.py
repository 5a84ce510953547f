"""Who looks for what somebody else offers: pairs of contacts with the words they match on. Pure.

A match is of the thing itself, a noun, a skill or a trade. A place, a quality or a verb that both texts have is none,
and where both name places they have to share one. Rare things weigh more than common ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import log

from planner.core.network.concepts import vocabulary
from planner.core.network.meanings import is_same_trade, root
from planner.core.network.phrases import Thing
from planner.core.network.things import ENOUGH, About, about
from planner.core.records import record

TOO_COMMON = 50
"""Of what more people than this offer, those in the same town are looked at, and so many others."""
_OF_A_KIND = frozenset({"designer"})
"""What for says which is meant: who designs gardens is no designer of letters."""
_ADVISES = frozenset({"lawyer", "consultant", "accountant", "mentor"})
"""Who helps with what their trade is about."""
ANY_JOB = 0.3
"""The weight of work of any kind, beside that of work of one kind."""
BESIDE = 0.5
"""The weight of a shared place, and of a word that only says more of the thing beside that of the thing."""


@record(frozen=True, slots=True)
class Side:
    """A contact with what they look for, or what they offer."""

    contact_id: int
    name: str
    text: str


@record(frozen=True, slots=True)
class Pair:
    """Somebody who looks for it, somebody who offers it, and the words on which they match."""

    needs: Side
    offers: Side
    on: tuple[str, ...]
    """The words of what is looked for, the thing itself first."""
    theirs: tuple[str, ...] = ()
    """The words of what is offered, for each of `on`."""
    weight: float = 0.0

    @property
    def why(self) -> str:
        """What they match on in words: "flat, which is an apartment; Lyon"."""
        return "; ".join(
            one if _same_word(one, other) else f"{one} is {other}"
            for one, other in zip(self.on, self.theirs or self.on, strict=True)
        )


def _same_word(one: str, other: str) -> bool:
    from planner.core.network.topics import stems

    return one.lower() == other.lower() or bool(stems(one) & stems(other))


def fit(needs: About, offers: About) -> tuple[str, ...]:
    """The keys on which two texts match, the thing itself first; none where they do not."""
    if not is_near(needs.places, offers.places):
        return ()
    places, near = needs.places | offers.places, bool(needs.places & offers.places)
    best: tuple[str, ...] = ()
    for wanted in (*needs.things, *needs.hires):
        for other in offers.things:
            found = tuple(key for key in _fits(wanted, other, near) if key not in places)
            if len(found) > len(best):
                best = found
    return (*best, *sorted(needs.places & offers.places)) if best else ()


def shares_thing(needs: About, offers: About) -> bool:
    """Whether two texts match wherever they are."""
    return any(_fits(wanted, other, False) for wanted in needs.things for other in offers.things)


def is_near(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two texts may mean one place: not where both name towns and none that both name.

    A country holds many towns.
    """
    return not (one and other) or bool(set(one) & set(other)) or bool((set(one) | set(other)) & vocabulary().countries)


def _fits(wanted: Thing, other: Thing, near: bool) -> list[str]:
    known = vocabulary()
    if "job" in (wanted.kind, other.kind):
        return _jobs_fit(wanted, other, near) if wanted.kind == other.kind else []
    if wanted.kind and other.kind:
        return _about_fit(wanted, other)
    if wanted.kind or other.kind:
        role, thing = (wanted, other) if wanted.kind else (other, wanted)
        # "Help with a visa application" is met by "visa applications"; "a piano" is not met by piano lessons.
        skill = thing.bare or (
            role.kind == "practice" and role is wanted and thing.kinds <= role.kinds | role.beside and not thing.strict
        )
        helps = role.kind == "practice" and role is wanted
        skilled = role.kinds & (thing.kinds | {thing.head}) & known.skills if helps else ()
        if skilled:
            return sorted(skilled)
        if helps and thing.head in _ADVISES and (about := (role.kinds | role.beside) & thing.kinds):
            # "Help with an asylum claim" is met by a lawyer for asylum.
            return sorted(about)
        plays = role.kind == "play" and role is not wanted and thing.head in known.groups
        return [thing.head] if (skill or plays) and thing.head in role.kinds else []
    return _things_fit(wanted, other)


def _jobs_fit(wanted: Thing, other: Thing, near: bool) -> list[str]:
    """Work of one kind; work of any kind where the place or the season is shared, or neither says more."""
    shared = sorted((wanted.kinds | wanted.beside) & (other.kinds | other.beside))
    kinds = [key for key in shared if not key.startswith("in ")]
    if kinds:
        return kinds
    any_kind = not wanted.kinds and (near or bool(shared) or not (wanted.beside or other.kinds or other.beside))
    return ["job"] if any_kind else []


def _about_fit(wanted: Thing, other: Thing) -> list[str]:
    if wanted.kind != other.kind:
        return []
    shared = wanted.kinds & other.kinds
    if shared:
        return sorted(shared)
    mine, theirs = ENOUGH.get(wanted.role), ENOUGH.get(other.role)
    return [wanted.role] if mine is not None and mine == theirs and not (wanted.kinds and other.kinds) else []


def _things_fit(wanted: Thing, other: Thing) -> list[str]:
    made = _made(wanted, other) or _made(other, wanted)
    if made:
        return [made]
    if wanted.head and wanted.head != other.head and _is_one_trade(wanted, other):
        shared = wanted.kinds & other.kinds
        return [] if wanted.kinds and other.kinds and not shared else [wanted.head, *sorted(shared)]
    if not wanted.head or wanted.head != other.head:
        return []
    head, known = wanted.head, vocabulary()
    shared = (wanted.kinds | wanted.beside) & (other.kinds | other.beside)
    if not shared and head in _OF_A_KIND and (wanted.kinds | wanted.beside) and other.kinds:
        return []
    if not shared and head not in known.any_kind:
        if wanted.kinds and other.kinds:
            return []
        if (wanted.kinds or other.kinds) and (head in known.by_sense or wanted.strict or other.strict):
            return []
    return [head, *sorted(shared)]


def _made(maker: Thing, other: Thing) -> str:
    """What one makes or mends and the other is a maker of, "" for nothing: a cheesemaker, and who makes cheese."""
    if other.role == "making" and maker.head == "making":
        return other.head if other.head in maker.kinds else ""
    if other.head == "repair" and maker.head.endswith("~") and not maker.kinds:
        # A saddler repairs saddles.
        return next((key for key in sorted(other.kinds) if root(key) == root(maker.head)), "")
    return ""


def _is_one_trade(wanted: Thing, other: Thing) -> bool:
    """Whether one is a trade and the other its work: an archivist and archives, a chimney sweep and sweeping them."""
    is_verb = wanted.head.removesuffix("~") == other.head.removesuffix("~")
    return is_same_trade(wanted.head, other.head) or (is_verb and bool(wanted.kinds & other.kinds))


@record(frozen=True, slots=True)
class Common:
    """How many offer what a key names, and how many offers there are: the rarer a word, the more it weighs."""

    offered: Mapping[str, int]
    everyone: int

    def weight(self, on: Iterable[str], places: Collection[str]) -> float:
        """How much a match on some keys says, the thing itself first."""
        total = 0.0
        for place, key in enumerate(on):
            if key in places:
                total += BESIDE
                continue
            count = self.offered.get(key, self.offered.get(f"job {key}", 1))
            rare = log(1 + (self.everyone + 1) / (1 + count))
            total += rare * (ANY_JOB if key == "job" else 1.0 if place == 0 else BESIDE)
        return total


def pair_of(needs: Side, offers: Side, common: Common) -> Pair | None:
    """The pair of two sides with its weight, or None where they do not match."""
    mine, theirs = about(needs.text), about(offers.text)
    on = fit(mine, theirs)
    if not on:
        return None
    words = tuple(mine.words.get(key, key) for key in on)
    others = tuple(theirs.words.get(key, key) for key in on)
    return Pair(needs, offers, words, others, common.weight(on, mine.places & theirs.places))


def rank(pair: Pair) -> tuple[float, str, str, int, int]:
    """Where a pair stands among others: the one that says most first, then by names."""
    return -pair.weight, pair.needs.name, pair.offers.name, pair.needs.contact_id, pair.offers.contact_id
