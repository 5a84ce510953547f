"""Reads the tables with the story and the notes of the sample network."""

from __future__ import annotations

Entry = tuple[int, str, str]
"""(day, word, note); the word is the channel of a talk, or the kind of a favor."""


def entries(text: str) -> dict[str, tuple[Entry, ...]]:
    """The entries of a table, by the words before the bar.

    A line is "NAME | DAY WORD: NOTE". An indented line is an entry of the name above it.
    """
    found: dict[str, list[Entry]] = {}
    name = ""
    for line in text.strip().splitlines():
        head, bar, entry = line.rpartition("|")
        name = head.strip() if bar else name
        if entry.strip():
            day, _, words = entry.strip().partition(" ")
            word, _, note = words.partition(": ")
            found.setdefault(name, []).append((int(day), word, note))
    return {name: tuple(of_name) for name, of_name in found.items()}


def lines(text: str) -> list[tuple[str, str]]:
    """(channel, note) of each line "channel: note" of a text."""
    halves = (line.partition(": ") for line in text.strip().splitlines())
    return [(channel, note) for channel, _, note in halves]
