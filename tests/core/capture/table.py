"""The table of captured lines beside this file: what is written in several wordings, and the facts expected of it.

In a file of `lines/` each block holds the wordings of one thing, a line each, and below them its facts, in the order of
the line:

    = kind | who | day | due | words

`who` are first names; nothing is everyone whom the line names. Nothing as the day is today, nothing as `due` is none;
`*` is not looked at. ` ~ ` stands between words any of which are right; `*` as the words of a note is the whole of what
was typed behind the names. A block is refused in words that hold those of `= refused`. A block with `= or` has two
readings, and is refused with both. Today is Monday 2026-11-23.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LINES = Path(__file__).parent / "lines"
PEOPLE = (
    "Ana Silva", "Ben Okri", "Ida Voss", "Pål Moe", "Leo Brandt", "Zoë Ångström", "Olga Ray", "Mum", "Will Young",
    "May Sato", "Rose Hart", "Theodora Bell",
)  # fmt: skip
"""Who is known while the lines are read; #1 is the first."""


class Expected(NamedTuple):
    """One fact of the table."""

    kind: str
    who: tuple[str, ...]
    day: str
    due: str
    words: tuple[str, ...]


class Block(NamedTuple):
    """Wordings that mean the same, and their facts in each reading; refused in `refusals` where there are some."""

    wordings: tuple[str, ...]
    readings: tuple[tuple[Expected, ...], ...]
    refusals: tuple[str, ...]
    place: str
    """The file and the line, for messages."""


def blocks() -> list[Block]:
    """Every block of the table."""
    found = []
    for file in sorted(LINES.glob("*.txt")):
        wordings: list[str] = []
        facts: list[list[Expected]] = [[]]
        refusals: tuple[str, ...] = ()
        lines = file.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate([*lines, ""], 1):
            if line.startswith("="):
                kind, who, day, due, words = [
                    part.strip() for part in (line.removeprefix("=") + " |" * 4).split("|")[:5]
                ]
                if kind == "or":
                    facts.append([])
                elif kind == "refused":
                    refusals = tuple(words.split(" ~ "))
                else:
                    names = tuple(name for name in who.split(", ") if name)
                    facts[-1].append(Expected(kind, names, day, due, tuple(words.split(" ~ "))))
            elif line and not line.startswith("# "):
                wordings.append(line)
            elif wordings:
                readings = tuple(map(tuple, facts))
                found.append(Block(tuple(wordings), readings, refusals, f"{file.name}:{number}"))
                wordings, facts, refusals = [], [[]], ()
    return found
