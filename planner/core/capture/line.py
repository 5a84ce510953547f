"""The capture line: "Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w".

Names, a colon, then parts divided by commas; names by a comma, "&", "+" or "and". Quotes keep commas
and dates inside them as they are, and so does an address on the web. The first row that fits reads a part:

    part                                              what it becomes
    note …                                            Note
    every 6w · rhythm 4w/6w · monthly                 Cadence
    gift idea: … [for christmas]                      GiftIdea
    birthday 29 feb · anniversary 5 june 2011         YearlyDay
    again 6w · next time fri                          NextDate, a day from today on
    phone +33 6 … · e-mail ana@example.org            Address
    looks for … · needs … · offers … [, a …]          Field
    knows X [and Y] [at COMPANY] [for TOPIC]          Knows
    [met] through X                                   Through
    new job at … [as …] · works at … · joined …       Field, company and title
    promoted to … · moved to … [DATE] · lives in …    Field
    promised … [by DATE] · owe … · I'll …             Promise, due in a week unless it says when
    they promised … · promised me …                   Ask, with a yes
    asked me for … · they asked … [by DATE]           Request
    asked her for … · asked her to … · I asked …      Ask
    helped me with … · gave me … · got … from her     Received
    she introduced me to X [at COMPANY]               Received, and they know X
    gave … · helped her … · introduced her to …       Gave
    lent her … until DATE · she borrowed …            Gave, a loan
    borrowed … until DATE · she lent me …             Received, a loan
    gave back her … · she returned my … · got … back  Home
    thanked her for … · told her how … went           Thanks, Told
    follow up … DATE · remind me to … DATE            FollowUp
    ring her DATE · send Ana … by DATE                FollowUp
    [tried] [long] coffee|call|met|wrote|… [DATE] …   Interaction; after today it is planned
    … no answer · tried … · voicemail                 Interaction, an attempt
    they wrote … · mail from her …                    Interaction, they reached out
    … DATE from today on                              FollowUp ("her op 12 dec")
    DATE alone                                        the day of the part before, if that has none
    anything else                                     Note, which joins the interaction; where it means one need of
                                                      mine ("told her about the flat", "passed it on to X", "cannot
                                                      help"), News

What happened points back ("fri" is the last one), what is to come points forward, "by", "until" and "due"
always do; a day of the year after a kind of contact ("coffee 12 dec") is the nearest such day. Help and
requests are dated like the interaction before them in the line. Of several people a part is about the one
beside its verb, or about all of them.

Without a colon the first part says whom the line is about, by a known name at its beginning or beside its
verb: "Ana coffee yesterday", "ring Ida on friday", "lent Ida the tent until 12 dec", "told Ida about the flat".

Where a part leaves open who did what ("asked for advice") it has two readings. Nothing is refused while
typing: what cannot be (31 feb, a promise in the past) is a fact with a `problem`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from planner.core.capture.days import is_only_a_date, mask_quotes, typed_dates
from planner.core.capture.facts import Capture, CapturedFact, CapturedFollowUp, CapturedNote
from planner.core.capture.learned import goes_on
from planner.core.capture.parts import PartReader
from planner.core.capture.people import WORD, Find, nobody
from planner.core.capture.vocabulary import JOINS, NEVER_A_NAME, ONLY_ATTEMPT, channel_of, tidy
from planner.core.dates.shown import MONTH_NAMES, WEEKDAY_NAMES
from planner.core.model import Settings
from planner.core.words.folding import clean_line, fold

LONGEST: Final = 4000
"""Characters of a line that are read; the rest becomes one note with a problem."""

# "10:30" and "https://" do not end a name.
_COLON: Final = re.compile(r":(?!//)(?<![0-9]:(?=[0-9]))")
_BETWEEN_NAMES: Final = re.compile(r"[,;&+\n]|\s(?:and)\s+(?=\S)", re.IGNORECASE)
_VERB_AHEAD: Final = (
    r"(?=(?:(?:i|we|they|she|he)\s+)?(?:promised|asked|helped|introduced|lent|borrowed|thanked"
    r"|gave (?:her|him|them|me)|again (?:in )?[0-9]+[dwmy]?|every [0-9]+[dwmy]?|follow[- ]up|knows|offers|looks for"
    r"|moved to|told (?:her|him|them) how)\b)"
)
_BETWEEN_PARTS: Final = re.compile(
    rf"(?<![0-9]),|,(?![0-9])|[;\n]|(?:\s(?:and|but|then|[–—-])|[.!:])\s+{_VERB_AHEAD}"
    r"|(?<=[^\W_])[.!]\s+(?=(?:she|he|they|i|we|her|his|their)\s)",
    re.IGNORECASE,
)
_BETWEEN_LISTED: Final = re.compile(r"\s*(?:,|&|\+|\band\b)\s*", re.IGNORECASE)
_LIST_GOES_ON: Final = re.compile(r"\s*(?:,|&|\+|\band\b|\Z)", re.IGNORECASE)
_FIRST_PART: Final = re.compile(r"[;\n]|,(?![0-9])")
_OWN: Final = re.compile(r"['’]s?\Z")
_BEFORE_A_NAME: Final = 7
"""A line without a colon must begin its name within this many words."""
_WORDS_OF_A_NAME: Final = 4
_NAMED_WITHIN: Final = 200
"""A line without a colon is searched for a name within this many characters."""
_SHORT_MONTHS: Final = "|".join(name[:3] for name in MONTH_NAMES)
_SHORT_WEEKDAYS: Final = "|".join(name[:3] for name in WEEKDAY_NAMES)
_IN_BRACKETS: Final = re.compile(r"\([^()\n]*\)")
_YEAR_AHEAD: Final = re.compile(r"\s*(?:19|20|21)[0-9]{2}\s*(?:[,;\n]|\Z)")
_DAY_BEHIND: Final = re.compile(rf"\b(?:{_SHORT_MONTHS})[a-z]*\.?(?: ?[0-9]{{1,2}})?(?:st|nd|rd|th)?\Z", re.IGNORECASE)
_MONTH_AHEAD: Final = re.compile(rf"\s*[0-9]{{1,2}}(?:st|nd|rd|th)?[ -]?(?:{_SHORT_MONTHS})", re.IGNORECASE)
_WEEKDAY_BEHIND: Final = re.compile(rf"\b(?:{_SHORT_WEEKDAYS})[a-z]*\Z", re.IGNORECASE)


_Name = tuple[str, int, int]
"""A name as typed, with its start and end in the line."""


def parse_capture(text: str, today: date, settings: Settings, find: Find = nobody) -> Capture:
    """Read a captured line, seen from today; any text gives an answer, nothing is raised.

    `find` knows the contacts. The spans of the facts are indexes into the text, in order and without overlap; a name
    without a colon lies in the first of them.
    """
    line = text[:LONGEST]
    masked = mask_quotes(line)
    colon = _COLON.search(masked)
    names = list(_names(line, masked, colon.start() if colon else len(line)))
    if (colon is None or not any(find(name) for name, _, _ in names)) and (
        sentence := _sentence(text, line, masked, today, settings, find)
    ):
        return sentence
    facts: list[CapturedFact] = []
    if colon:
        reader = PartReader(today, settings, [name for name, _, _ in names], find)
        facts = [reader.read(line, start, end) for start, end in _parts(line, masked, colon.end())]
    return _capture(text, names, facts, colon is not None)


def parse_about(text: str, names: Sequence[str], today: date, settings: Settings, find: Find = nobody) -> Capture:
    """Read a line without names as facts about people already chosen; they are the `who` of the result."""
    line = text[:LONGEST]
    reader = PartReader(today, settings, names, find)
    facts = [reader.read(line, start, end) for start, end in _parts(line, mask_quotes(line), 0)]
    return _capture(text, [(name, 0, 0) for name in names], facts, True)


def _capture(text: str, names: Sequence[_Name], facts: list[CapturedFact], named: bool) -> Capture:
    if len(text) > LONGEST and named:
        problem = f"A line holds {LONGEST} characters. Put the rest into a note"
        facts = [*facts, CapturedNote(start=LONGEST, end=len(text), chip="too long", problem=problem, text="")]
    return Capture(
        text=text,
        who=tuple(name for name, _, _ in names),
        who_spans=tuple((start, end) for _, start, end in names),
        named=named,
        facts=tuple(facts),
    )


# Lines without a colon


def _sentence(text: str, line: str, masked: str, today: date, settings: Settings, find: Find) -> Capture | None:
    """Read a line without a colon, whose first part names whom it is about; None where it names nobody known."""
    first = _FIRST_PART.search(masked)
    words = list(WORD.finditer(masked, 0, min(first.start() if first else len(line), _NAMED_WITHIN)))
    for place in range(min(len(words), _BEFORE_A_NAME)):
        if not (names := _list_of_names(line, masked, words[place].start(), find)):
            continue
        inside = names[-1][2]
        hidden = masked[: names[0][1]] + "\x00" * (inside - names[0][1]) + masked[inside:]
        reader = PartReader(today, settings, [name for name, _, _ in names], find)
        parts = _parts(line, hidden, 0)
        if not parts or parts[0][1] < inside:
            continue
        if parts[0] == (names[0][1], inside) and not any(letter.isalnum() for letter in line[: names[0][1]]):
            # "Ana, coffee yesterday": the comma stands for the colon.
            facts = [reader.read(line, start, end) for start, end in parts[1:]]
            if not facts or isinstance(facts[0], CapturedNote):
                return None
            return _capture(text, names, facts, True)
        head = reader.read(line, *parts[0], heads=True)
        at_beginning = not any(character.isalnum() for character in masked[: names[0][1]])
        if not _whom(head) or not _is_sentence(line[inside:], head, at_beginning):
            continue
        facts = [head, *(reader.read(line, start, end) for start, end in parts[1:])]
        return _capture(text, names, facts, True)
    return None


def _whom(head: CapturedFact) -> tuple[int, ...]:
    """The people the first part of a line without a colon is about; none for a note unless it brings news of a need."""
    if isinstance(head, CapturedNote):
        return head.news.who if head.news is not None else ()
    return head.who


def _is_sentence(after: str, head: CapturedFact, at_beginning: bool) -> bool:
    """Whether a name was read rightly: "Ana Lopes op 12 dec" is not about an Ana with another surname."""
    if not at_beginning or not isinstance(head, CapturedFollowUp):
        return True
    return not after.lstrip()[:1].isupper()


def _list_of_names(line: str, masked: str, start: int, find: Find) -> list[_Name]:
    """The known names from an index on, "Ana" or "Ana, Ben and Ida"; empty where none begins there."""
    names: list[_Name] = []
    place = start
    while (end := _name_end(line, masked, place, find)) > place:
        names.append((line[place:end], place, end))
        between = _BETWEEN_LISTED.match(masked, end)
        if between is None:
            break
        place = between.end()
        if "," in between[0]:
            # "coffee with Ana, Ben called": a list must continue to an "and", or end the part.
            beyond = _name_end(line, masked, place, find)
            if not (beyond > place and _LIST_GOES_ON.match(masked, beyond)):
                break
    return names


def _name_end(line: str, masked: str, place: int, find: Find) -> int:
    """The end of the known name that begins at the index `place`; `place` itself if none begins there."""
    ends: list[int] = []
    end = place
    while len(ends) < _WORDS_OF_A_NAME and (word := WORD.match(masked, end + (1 if ends else 0))):
        own = _OWN.search(word[0])
        ends.append(word.start() + own.start() if own else word.end())
        if own or masked[word.end() : word.end() + 1] != " ":
            break
        end = word.end()
    for end in reversed(ends):
        name = line[place:end]
        if name[:1].isalpha() and not (name.islower() and fold(name) in NEVER_A_NAME) and find(name):
            return end
    return place


def _names(line: str, masked: str, end: int) -> Iterator[_Name]:
    for start, stop in _pieces(_BETWEEN_NAMES, line, masked, 0, end):
        name = clean_line(line[start:stop])
        for opening, closing in ('""', "“”", "«»"):
            if name[:1] == opening and name[-1:] == closing:
                name = name[1:-1].strip()
        if name:
            yield name, start, stop


def _pieces(separator: re.Pattern[str], line: str, masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between separators, without blanks around them; empty ones are left out."""
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
    """The spans of the parts after the colon; a date, a year or "no answer" joins the part it belongs to."""
    parts: list[tuple[int, int]] = []
    masked = _IN_BRACKETS.sub(lambda match: "\x00" * len(match[0]), masked)
    for begin, end in _pieces(_BETWEEN_PARTS, line, masked, start, len(line)):
        if not tidy(line[begin:end]) and not any(sign > "\x7f" for sign in clean_line(line[begin:end])):
            continue
        if parts and _belongs_to(line[slice(*parts[-1])], line[begin:end]):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((begin, end))
    return parts


def _belongs_to(before: str, part: str) -> bool:
    """Whether a part only adds the day, the outcome or another item to the part before it."""
    if _YEAR_AHEAD.match(part) and _DAY_BEHIND.search(before):
        return True
    if _MONTH_AHEAD.match(part) and _WEEKDAY_BEHIND.search(before):
        return True
    if ONLY_ATTEMPT.fullmatch(part):
        return channel_of(before) is not None
    if any(first.search(before) and then.match(part) for first, then in JOINS) or goes_on(before, part):
        return True
    if not is_only_a_date(part):
        return False
    dates = typed_dates(before)
    return not dates or (typed_dates(part)[0].deadline and not any(typed.deadline for typed in dates))
