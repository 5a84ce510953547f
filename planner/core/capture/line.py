"""The capture line: "Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w".

Names, a colon, then parts divided by commas; names by a comma, "&", "+" or "and". Quotes keep commas
and dates inside them as they are. The first row that fits reads a part:

    part                                              what it becomes
    every 6w · rhythm 4w/6w · monthly                 Cadence
    again 6w · next time fri                          NextDate, a day from today on
    promised … [by DATE] · owe … · I'll …             Promise, due in a week unless it says when
    they promised … · promised me …                   Ask, with a yes
    asked me for … · they asked … [by DATE]           Request
    asked [her] for … · asked [her] to … · I asked …  Ask
    helped me with … · gave me … · she introduced …   Received
    gave … · helped her … · introduced her to …       Gave
    follow up … DATE · remind me to … DATE            FollowUp
    [tried] [long] coffee|call|met|wrote|… [DATE] …   Interaction; after today it is planned
    … no answer · tried … · voicemail                 Interaction, an attempt
    they wrote … · mail from her …                    Interaction, they reached out
    note …                                            Note
    … DATE from today on                              FollowUp ("her op 12 dec")
    DATE alone                                        the day of the part before, if that has none
    anything else                                     Note, which joins the interaction

What happened points back ("fri" is the last one), what is to come points forward; a day of the year
after a kind of contact ("coffee 12 dec") is the nearest such day. Help and requests are dated like
the interaction before them in the line. Nothing is refused while typing: what cannot be (31 feb, a
promise in the past) is a fact with a `problem`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from planner.core.capture.days import is_only_a_date, mask_quotes, typed_dates
from planner.core.capture.facts import (
    Ask,
    Cadence,
    Capture,
    Fact,
    FollowUp,
    Gave,
    Interaction,
    NextDate,
    Note,
    Promise,
    Received,
    Request,
)
from planner.core.capture.parts import PartReader
from planner.core.capture.vocabulary import ONLY_ATTEMPT, channel_of
from planner.core.dates.typed import MONTH_NAMES, WEEKDAY_NAMES
from planner.core.model import Settings
from planner.core.words.folding import clean_line

__all__ = [
    "LONGEST",
    "Ask",
    "Cadence",
    "Capture",
    "Fact",
    "FollowUp",
    "Gave",
    "Interaction",
    "NextDate",
    "Note",
    "Promise",
    "Received",
    "Request",
    "parse_capture",
]

LONGEST: Final = 4000
"""Characters of a line that are read; what lies beyond is one note with a problem."""

# "10:30" and "https://" are no names before a colon.
_COLON: Final = re.compile(r":(?!//)(?<![0-9]:(?=[0-9]))")
_BETWEEN_NAMES: Final = re.compile(r"[,;&+\n]|\s(?:and)\s+(?=\S)", re.IGNORECASE)
_BETWEEN_PARTS: Final = re.compile(
    r"(?<![0-9]),|,(?![0-9])|[;\n]"
    r"|\s(?:and|but|then)\s+(?=(?:(?:i|we|they|she|he)\s+)?(?:promised|asked|helped|introduced"
    r"|gave (?:her|him|them|me)|again (?:in )?[0-9]|every [0-9]|follow[- ]up)\b)",
    re.IGNORECASE,
)
_SHORT_MONTHS: Final = "|".join(name[:3] for name in MONTH_NAMES)
_SHORT_WEEKDAYS: Final = "|".join(name[:3] for name in WEEKDAY_NAMES)
_YEAR_AHEAD: Final = re.compile(r"\s*(?:19|20|21)[0-9]{2}\s*(?:[,;\n]|\Z)")
_DAY_BEHIND: Final = re.compile(rf"\b(?:{_SHORT_MONTHS})[a-z]*\.?(?: ?[0-9]{{1,2}})?(?:st|nd|rd|th)?\Z", re.IGNORECASE)
_MONTH_AHEAD: Final = re.compile(rf"\s*[0-9]{{1,2}}(?:st|nd|rd|th)?[ -]?(?:{_SHORT_MONTHS})", re.IGNORECASE)
_WEEKDAY_BEHIND: Final = re.compile(rf"\b(?:{_SHORT_WEEKDAYS})[a-z]*\Z", re.IGNORECASE)


def parse_capture(text: str, today: date, settings: Settings) -> Capture:
    """What a captured line says, seen from today; any text is answered, nothing is raised.

    The spans of the facts lie in the text, in order and apart from each other.
    """
    line = text[:LONGEST]
    masked = mask_quotes(line)
    colon = _COLON.search(masked)
    names = tuple(_names(line, masked, colon.start() if colon else len(line)))
    facts: list[Fact] = []
    if colon:
        reader = PartReader(today, settings, (name for name, _, _ in names))
        facts = [reader.read(line, start, end) for start, end in _parts(line, masked, colon.end())]
        if len(text) > LONGEST:
            problem = f"A line holds {LONGEST} characters. Put the rest into a note"
            facts.append(Note(start=LONGEST, end=len(text), chip="too long", problem=problem, text=""))
    return Capture(
        text=text,
        who=tuple(name for name, _, _ in names),
        who_spans=tuple((start, end) for _, start, end in names),
        named=colon is not None,
        facts=tuple(facts),
    )


def _names(line: str, masked: str, end: int) -> Iterator[tuple[str, int, int]]:
    for start, stop in _pieces(_BETWEEN_NAMES, line, masked, 0, end):
        name = clean_line(line[start:stop])
        for opening, closing in ('""', "“”", "«»"):
            if name[:1] == opening and name[-1:] == closing:
                name = name[1:-1].strip()
        if name:
            yield name, start, stop


def _pieces(separator: re.Pattern[str], line: str, masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places between separators, without the blanks around them; empty ones are left out."""
    begin = start
    cuts = [match.span() for match in separator.finditer(masked, start, end)]
    for cut, after in [*cuts, (end, end)]:
        piece = line[begin:cut]
        left = begin + len(piece) - len(piece.lstrip())
        right = begin + len(piece.rstrip())
        if left < right:
            yield left, right
        begin = after


def _parts(line: str, masked: str, start: int) -> list[tuple[int, int]]:
    """The parts after the colon; a date, a year or "no answer" goes with the part it belongs to."""
    parts: list[tuple[int, int]] = []
    for begin, end in _pieces(_BETWEEN_PARTS, line, masked, start, len(line)):
        if not any(character.isalnum() for character in line[begin:end]):
            continue
        if parts and _belongs_to(line[slice(*parts[-1])], line[begin:end]):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((begin, end))
    return parts


def _belongs_to(before: str, part: str) -> bool:
    """Whether a part only says the day or the outcome of the one before."""
    if _YEAR_AHEAD.match(part) and _DAY_BEHIND.search(before):
        return True
    if _MONTH_AHEAD.match(part) and _WEEKDAY_BEHIND.search(before):
        return True
    if ONLY_ATTEMPT.fullmatch(part):
        return channel_of(before) is not None
    return is_only_a_date(part) and not typed_dates(before)
