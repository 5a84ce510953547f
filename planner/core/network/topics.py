"""The topic of a text as comparable words: folded, without the words every text has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from planner.core.words.folding import fold
from planner.core.words.patterns import late

_WORD = late(r"[^\W_]{3,}")
_INDEXED = late(r"[^\W_]{2,}")
_PIECE = late(r"[^\s.,:;!?()“”\"/_-]+")
"""A written word, with its accents in any encoding."""
_COMMON = frozenset(
    (
        "the and for with from near into over under about who whom what which that this these those his her hers their "
        "our your its are was were been being has have had can could would should will may might must not any some "
        "all one two new old good best well great big small really very more most much many lot lots few less next "
        "last first other another someone somebody anyone anybody something anything people person help helping need "
        "needs needed looking look looks find finding wants want offers offer give gives giving work works working "
        "know knows knowing known everybody everyone time times day days week weeks month months year years around "
        "also just like via per"
    ).split()
)


def topic_words(text: str) -> tuple[str, ...]:
    """The words of a text that carry its topic, folded, each once, in order."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(fold(text)) if word not in _COMMON))


_ENDINGS = ("ings", "ing", "ers", "er", "ed", "es")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending: "lessons" and "lesson", "studies" and "study", "nurses" and "nurse" share a stem.

    At least four letters remain, three before the "s" of a plural.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    else:
        if word.endswith("s") and not word.endswith("ss") and len(word) >= 4:
            word = word[:-1]
    if len(word) >= 5 and word.endswith("e"):
        return word[:-1]
    if len(word) >= 4 and word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}i"
    return word


@lru_cache(maxsize=50_000)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's topic words, for comparing thousands of texts."""
    return frozenset(map(stem, set(_WORD.findall(fold(text))) - _COMMON))


@lru_cache(maxsize=50_000)
def index_stems(text: str) -> frozenset[str]:
    """The stems under which a trade, a firm, an offer or a town is indexed: as `stems`, plus names of two letters."""
    return frozenset(map(stem, set(_INDEXED.findall(fold(text))) - _COMMON))


def topic_spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The (start, end) spans in a text, in order, of some words or other forms of them."""
    wanted = {key for word in words for key in stems(word)}
    return tuple(found.span() for found in _PIECE.finditer(text) if wanted & stems(found[0]))
