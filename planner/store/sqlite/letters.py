"""In how many search texts of contacts each letter stands, which is kept: to count it goes through every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from peewee import Database

from planner.store.sqlite.statements import fetch, run_many

LETTERS = "contact_letter"
"""The table of each letter with the number of texts that hold it; of a letter in no text there is no row."""
_CHANGE = f"""INSERT INTO {LETTERS} (letter, texts) VALUES (?, ?)
    ON CONFLICT (letter) DO UPDATE SET texts = texts + excluded.texts"""


def letters_of(texts: Iterable[str]) -> Counter[str]:
    """In how many of some texts each letter stands."""
    return Counter(chain.from_iterable(map(set, texts)))


def keep_letters(database: Database, gone: Iterable[str], come: Iterable[str]) -> None:
    """Take note of search texts that went and of others that came; in the caller's transaction."""
    change = letters_of(come)
    change.subtract(letters_of(gone))
    run_many(database, _CHANGE, [(letter, count) for letter, count in change.items() if count])
    if any(count < 0 for count in change.values()):
        fetch(database, f"DELETE FROM {LETTERS} WHERE texts = 0")


def texts_holding(database: Database, letter: str) -> int:
    """How many search texts of contacts hold a letter."""
    found = fetch(database, f"SELECT texts FROM {LETTERS} WHERE letter = ?", (letter,))
    return int(found[0][0]) if found else 0


def letters_rebuild(database: Database, texts: Iterable[str]) -> None:
    """Count the letters of all search texts anew; in the caller's transaction."""
    fetch(database, f"DELETE FROM {LETTERS}")
    run_many(database, _CHANGE, list(letters_of(texts).items()))


def letter_differences(database: Database, texts: Iterable[str]) -> list[str]:
    """The letters of which another number of search texts is kept than there are, a line each."""
    there, kept = letters_of(texts), dict(fetch(database, f"SELECT letter, texts FROM {LETTERS}"))
    return [
        f"the letter {letter!r} is kept as in {kept.get(letter, 0)} texts, and stands in {there[letter]}"
        for letter in sorted({*there, *kept})
        if kept.get(letter, 0) != there[letter]
    ]
