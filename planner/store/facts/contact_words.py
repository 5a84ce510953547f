"""An index of contacts by the stems of their work, offers and towns, derived from the facts.

How many share a word is counted in the index itself. For a very common word only some contacts are examined, after the
rare words of a query: people with several of the words, or with a rare one, come before people with a common one alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from heapq import nsmallest
from math import log
from operator import neg

from planner.core.network.topics import index_stems
from planner.store.connection import ask, ask_about, insert_rows

ROWS = "SELECT word, contact_id FROM contact_word WHERE contact_id IN ({keys})"
TEXTS = "SELECT id, company, title, offers, city FROM contact WHERE id IN ({keys})"
HOW_MANY = "SELECT count(*) FROM (SELECT 1 FROM contact_word WHERE word = ? LIMIT ?)"
WHO = "SELECT contact_id FROM contact_word WHERE word = ? LIMIT ?"
BUDGET = 40_000
"""The most rows of the index that one query reads: about 20 ms, however many people there are."""


def _words(contact_ids: Collection[int]) -> Iterator[tuple[int, set[str]]]:
    """The words of each contact, by its id."""
    for key, *texts in ask_about(TEXTS, contact_ids):
        yield key, {word for text in texts if text for word in index_stems(text)}


def index_words(contact_ids: Collection[int], new: Collection[int] = ()) -> None:
    """Index the words of contacts again, in the caller's transaction; the `new` ones have no words in the index yet."""
    ask_about("DELETE FROM contact_word WHERE contact_id IN ({keys})", set(contact_ids).difference(new))
    # In the order of the index: a table that is its own index fills fastest this way.
    rows = sorted([(word, key) for key, words in _words(contact_ids) for word in words])
    insert_rows("contact_word", ("word", "contact_id"), rows)


def wrongly_indexed(contact_ids: Collection[int]) -> list[int]:
    """The contacts, among some and in order, whose index differs from the facts."""
    indexed: dict[int, set[str]] = defaultdict(set)
    for word, key in ask_about(ROWS, contact_ids):
        indexed[key].add(word)
    words = dict(_words(contact_ids))
    return sorted(key for key in indexed.keys() | words.keys() if indexed.get(key, set()) != words.get(key, set()))


def who_has(words: Iterable[str], most: int, budget: int = BUDGET) -> list[int]:
    """The contacts with one of the words, those with the most and rarest words first; at most `most`.

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
