"""Who looks for what somebody else offers: pairs of contacts with the words they match on. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.core.topics import stemmed_topics

TOO_COMMON = 200
"""A word that this many offer says nothing about any two of them."""


@dataclass(frozen=True, slots=True)
class Side:
    """A contact with what they look for, or what they offer."""

    contact_id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody who looks for it, somebody who offers it, and the words they share."""

    needs: Side
    offers: Side
    on: tuple[str, ...]


def pairs(
    needs: Iterable[Side], offers: Iterable[Side], not_these: Collection[tuple[int, int]] = (), most: int = 100
) -> tuple[Pair, ...]:
    """Pairs that share a word, most shared words first; nobody with themselves, nor pairs turned down.

    `not_these` holds pairs of contact ids, the smaller first.
    """
    by_word: dict[str, list[Side]] = defaultdict(list)
    for side in offers:
        for stem in stemmed_topics(side.text):
            by_word[stem].append(side)
    refused = set(not_these)
    found = []
    for side in needs:
        words = stemmed_topics(side.text)
        shared: dict[int, list[str]] = defaultdict(list)
        others: dict[int, Side] = {}
        for stem, word in words.items():
            for other in by_word.get(stem, ())[:TOO_COMMON]:
                if other.contact_id != side.contact_id:
                    shared[other.contact_id].append(word)
                    others[other.contact_id] = other
        for key, on in shared.items():
            if (min(key, side.contact_id), max(key, side.contact_id)) not in refused:
                found.append(Pair(side, others[key], tuple(on)))
    found.sort(key=lambda pair: (-len(pair.on), pair.needs.name, pair.offers.name, pair.needs.contact_id))
    return tuple(found[:most])
