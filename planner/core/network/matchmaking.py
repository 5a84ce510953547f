"""Who looks for what somebody else offers: pairs of contacts with the words they match on. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from planner.core.network.topics import shared_topics, stems
from planner.core.records import record

TOO_COMMON = 50
"""A word that more people than this offer says nothing about any two of them."""


@record(frozen=True, slots=True)
class Side:
    """A contact with what they look for, or what they offer."""

    contact_id: int
    name: str
    text: str


@record(frozen=True, slots=True)
class Pair:
    """Somebody who looks for it, somebody who offers it, and the words they share."""

    needs: Side
    offers: Side
    on: tuple[str, ...]


def pairs(
    needs: Iterable[Side], offers: Iterable[Side], not_these: Collection[tuple[int, int]] = (), most: int = 100
) -> tuple[Pair, ...]:
    """Pairs that share a word, most shared words first; nobody with themselves, nor pairs turned down.

    `not_these` holds pairs of contact ids, the smaller first. A word that many offer counts only where
    somebody looks for nothing else.
    """
    offered = list(offers)
    words_of = [stems(side.text) for side in offered]
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(words_of):
        for one in words:
            by_word[one].append(place)
    refused = set(not_these)
    found: list[tuple[int, str, str, int, int, Side, Side]] = []
    least = 1
    for side in needs:
        for place, count in _shared(stems(side.text), by_word, words_of, least):
            other = offered[place]
            key, own = other.contact_id, side.contact_id
            if key != own and (not refused or (min(key, own), max(key, own)) not in refused):
                found.append((-count, side.name, other.name, own, key, side, other))
        if len(found) > 20 * most:
            found.sort(key=_rank)
            del found[most:]
            # Whoever shares fewer words than the last of these cannot come in any more.
            least = -found[-1][0]
    found.sort(key=_rank)
    best = [Pair(side, other, shared_topics(side.text, other.text)) for *_, side, other in found[:most]]
    return tuple(sorted(best, key=lambda pair: (-len(pair.on), pair.needs.name, pair.offers.name)))


def _rank(one: tuple[int, str, str, int, int, Side, Side]) -> tuple[int, str, str, int, int]:
    return one[:5]


def _shared(
    wanted: frozenset[str], by_word: Mapping[str, list[int]], words_of: Sequence[frozenset[str]], least: int
) -> Iterable[tuple[int, int]]:
    """(place, number of shared words) of the offers that share at least so many words with what is needed."""
    offered = {one: by_word[one] for one in wanted if one in by_word}
    telling = {one: places for one, places in offered.items() if len(places) <= TOO_COMMON}
    if not telling and offered:
        rarest = min(offered, key=lambda one: len(offered[one]))
        telling = {rarest: offered[rarest][:TOO_COMMON]}
    if len(telling) < least:
        return ()
    if least == 1:
        return Counter(chain.from_iterable(telling.values())).items()
    # Whoever shares so many of the words shares one that is not among the most common of them.
    rare_first = sorted(telling.values(), key=len)
    places = set(chain.from_iterable(rare_first[: len(rare_first) - least + 1]))
    words = frozenset(telling)
    counts = ((place, len(words & words_of[place])) for place in places)
    return [one for one in counts if one[1] >= least]
