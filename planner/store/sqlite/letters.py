"""The number of contacts' search texts with each letter: stored, because counting reads every text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from peewee import Database

from planner.store.sqlite.statements import fetch, run_many

LETTERS = "contact_letter"
"""The table with the number of texts for each letter; a letter in no text has no row."""
_CHANGE = f"""INSERT INTO {LETTERS} (letter, texts) VALUES (?, ?)
    ON CONFLICT (letter) DO UPDATE SET texts = texts + excluded.texts"""


def letters_of(texts: Iterable[str]) -> Counter[str]:
    """For each letter, the number of `texts` that contain it."""
    return Counter(chain.from_iterable(map(set, texts)))


def keep_letters(database: Database, deleted: Iterable[str], written: Iterable[str]) -> None:
    """Update the numbers after search texts were deleted and written; in the caller's transaction."""
    change = letters_of(written)
    change.subtract(letters_of(deleted))
    run_many(database, _CHANGE, [(letter, count) for letter, count in change.items() if count])
    if any(count < 0 for count in change.values()):
        fetch(database, f"DELETE FROM {LETTERS} WHERE texts = 0")


def texts_holding(database: Database, letter: str) -> int:
    """The number of contacts' search texts that contain a letter."""
    found = fetch(database, f"SELECT texts FROM {LETTERS} WHERE letter = ?", (letter,))
    return int(found[0][0]) if found else 0


def letters_rebuild(database: Database, texts: Iterable[str]) -> None:
    """Count the letters of all search texts again; in the caller's transaction."""
    fetch(database, f"DELETE FROM {LETTERS}")
    run_many(database, _CHANGE, list(letters_of(texts).items()))


def letter_differences(database: Database, texts: Iterable[str]) -> list[str]:
    """Lines that name each letter with a wrong number, and both numbers."""
    there, kept = letters_of(texts), dict(fetch(database, f"SELECT letter, texts FROM {LETTERS}"))
    return [
        f"the letter {letter!r}: {there[letter]} texts contain it, {kept.get(letter, 0)} are stored"
        for letter in sorted({*there, *kept})
        if kept.get(letter, 0) != there[letter]
    ]
