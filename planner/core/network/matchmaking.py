"""Who looks for what somebody else offers: pairs of contacts with the words they match on. Pure.

A match is on the thing itself: a noun, a skill or a trade. A shared place, quality or verb is no match, and where both
texts name places they must share one. Rare things weigh more than common ones.
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
"""When more people than this offer a thing, only those in the same town and as many others are compared."""
_OF_A_KIND = frozenset({"designer"})
"""Words whose object tells which is meant: a designer of gardens is no designer of lettering."""
_ADVISES = frozenset({"lawyer", "consultant", "accountant", "mentor"})
"""Trades that help with the subject of their trade."""
ANY_JOB = 0.3
"""The weight of work of any kind, relative to work of a specific kind."""
BESIDE = 0.5
"""The weight of a shared place or a word that only describes the thing, relative to the thing itself."""


@record(frozen=True, slots=True)
class Side:
    """A contact and one text of theirs: what they look for, or what they offer."""

    contact_id: int
    name: str
    text: str


@record(frozen=True, slots=True)
class Pair:
    """Somebody who looks for a thing, somebody who offers it, and the words they match on."""

    needs: Side
    offers: Side
    on: tuple[str, ...]
    """The words of the wish, the thing itself first."""
    theirs: tuple[str, ...] = ()
    """The words of the offer, one for each of `on`."""
    weight: float = 0.0

    @property
    def why(self) -> str:
        """The match in words: "flat, which is an apartment; Lyon"."""
        return "; ".join(
            one if _same_word(one, other) else f"{one} is {other}"
            for one, other in zip(self.on, self.theirs or self.on, strict=True)
        )


def _same_word(one: str, other: str) -> bool:
    from planner.core.network.topics import stems

    return one.lower() == other.lower() or bool(stems(one) & stems(other))


def fit(needs: About, offers: About) -> tuple[str, ...]:
    """The keys on which two texts match, the thing itself first; empty where they do not."""
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
    """Whether two texts match, leaving places aside."""
    return any(_fits(wanted, other, False) for wanted in needs.things for other in offers.things)


def is_near(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two texts may mean one place: not where both name towns without one in common.

    A country contains many towns.
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
        # An offer of "visa applications" answers "help with a visa application"; piano lessons do not answer "a piano".
        skill = thing.bare or (
            role.kind == "practice" and role is wanted and thing.kinds <= role.kinds | role.beside and not thing.strict
        )
        helps = role.kind == "practice" and role is wanted
        skilled = role.kinds & (thing.kinds | {thing.head}) & known.skills if helps else ()
        if skilled:
            return sorted(skilled)
        if helps and thing.head in _ADVISES and (about := (role.kinds | role.beside) & thing.kinds):
            # A lawyer for asylum answers "help with an asylum claim".
            return sorted(about)
        plays = role.kind == "play" and role is not wanted and thing.head in known.groups
        return [thing.head] if (skill or plays) and thing.head in role.kinds else []
    return _things_fit(wanted, other)


def _jobs_fit(wanted: Thing, other: Thing, near: bool) -> list[str]:
    """Matches on work of one kind, or of any kind if place or season is shared or neither text says more."""
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
    """The thing that one side makes or repairs and the other side is a maker of: a cheesemaker, and somebody who makes
    cheese; "" for none.
    """
    if other.role == "making" and maker.head == "making":
        return other.head if other.head in maker.kinds else ""
    if other.head == "repair" and maker.head.endswith("~") and not maker.kinds:
        # A saddler repairs saddles.
        return next((key for key in sorted(other.kinds) if root(key) == root(maker.head)), "")
    return ""


def _is_one_trade(wanted: Thing, other: Thing) -> bool:
    """Whether one is a trade and the other its work: an archivist and archives, a chimney sweep and sweeping."""
    is_verb = wanted.head.removesuffix("~") == other.head.removesuffix("~")
    return is_same_trade(wanted.head, other.head) or (is_verb and bool(wanted.kinds & other.kinds))


@record(frozen=True, slots=True)
class Common:
    """How many offers contain a key, and how many offers there are: rare words weigh more."""

    offered: Mapping[str, int]
    everyone: int

    def weight(self, on: Iterable[str], places: Collection[str]) -> float:
        """The weight of a match on some keys, the thing itself first."""
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
    """The sort key of a pair: the highest weight first, then by names."""
    return -pair.weight, pair.needs.name, pair.offers.name, pair.needs.contact_id, pair.offers.contact_id
