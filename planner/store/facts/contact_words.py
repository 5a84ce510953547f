"""Contacts by the words of what they are, offer and live in: an index of stems, derived from the facts.

How many share a word is counted in the index itself. Of a word that very many share only so many are looked at, the
rare words of a question first: who has several of them, or a rare one, comes before whoever has a common one alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest
from math import log
from operator import neg

from planner.core.network.topics import index_stems
from planner.store.connection import ask, ask_about, run_many

ROWS = "SELECT word, contact_id FROM contact_word WHERE contact_id IN ({keys})"
TEXTS = "SELECT id, company, title, offers, city FROM contact WHERE id IN ({keys})"
HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM contact_word WHERE word = ? LIMIT ?)"
WHO = "SELECT contact_id FROM contact_word WHERE word = ? LIMIT ?"
BUDGET = 40_000
"""The most rows of the index that one question reads: some 20 ms, however many people there are."""


def _rows(contact_ids: Collection[int]) -> Iterator[tuple[str, int]]:
    """The rows of the index that follow from the facts."""
    for key, *texts in ask_about(TEXTS, contact_ids):
        words = {word for text in texts if text for word in index_stems(text)}
        yield from ((word, key) for word in sorted(words))


def index_words(contact_ids: Collection[int], new: Collection[int] = ()) -> None:
    """Write the index of some contacts anew, in the caller's transaction; it holds nothing yet of those who are new."""
    ask_about("DELETE FROM contact_word WHERE contact_id IN ({keys})", set(contact_ids).difference(new))
    # In the order of the index, which is how a table that is its own index fills fastest.
    run_many("INSERT INTO contact_word (word, contact_id) VALUES (?, ?)", sorted(_rows(contact_ids)))


def wrongly_indexed(contact_ids: Collection[int]) -> list[int]:
    """Of some contacts those of whom the index says something else than the facts, in order."""
    return sorted({key for _, key in {*ask_about(ROWS, contact_ids)} ^ {*_rows(contact_ids)}})


def who_has(words: Iterable[str], most: int, budget: int = BUDGET) -> list[int]:
    """The contacts who have one of the words, those of most and rarest words first; at most `most`.

    At most `budget` rows of the index are read, those of the rarest words first.
    """
    counts = sorted((count, word) for word in words if (count := ask(HOW_MANY, (word, budget + 1))[0][0]))
    left, weights = budget, dict[int, float]()
    for count, word in counts:
        some = ask(WHO, (word, min(count, left)))
        weight = log(1 + budget / count)
        found = {key: weight for (key,) in some}
        for key in weights.keys() & found.keys():
            found[key] += weights[key]
        weights |= found
        left -= len(some)
        if left <= 0:
            break
    return [key for _, key in nsmallest(most, zip(map(neg, weights.values()), weights, strict=True))]
