"""What a text is about, as words that can be compared: folded, without the words every text has."""

from __future__ import annotations

import re

from planner.core.folding import fold

_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = frozenset(
    (
        "the and for with from near into over under about who whom what which that this these those his her hers their "
        "our your its are was were been being has have had can could would should will may might must not any some "
        "all one two new old good best well great big small really very more most much many lot lots few less next "
        "last first other another someone somebody anyone anybody something anything people person help helping need "
        "needs needed looking look looks find finding wants want offers offer give gives giving work works working "
        "time times day days week weeks month months year years around also just like via per"
    ).split()
)


def topic_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, folded, each once, in their order."""
    return tuple(dict.fromkeys(word for word in _WORD.findall(fold(text)) if word not in _COMMON))


_ENDINGS = ("ings", "ing", "ers", "er", "ies", "ed", "es", "s")


def stem(word: str) -> str:
    """A word without its ending, as far as at least four letters stay: "lessons" and "lesson" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def stemmed_topics(text: str) -> dict[str, str]:
    """The topic words of a text by their stems, in their order."""
    found: dict[str, str] = {}
    for word in topic_words(text):
        found.setdefault(stem(word), word)
    return found


def shared_topics(one: str, other: str) -> tuple[str, ...]:
    """The words two texts have in common, by their stems, in the order of the first."""
    theirs = stemmed_topics(other)
    return tuple(word for key, word in stemmed_topics(one).items() if key in theirs)
