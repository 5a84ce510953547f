"""Readers of parts about contact that happened, was tried, or is planned."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import Meant, TypedDate, mask_quotes, typed_dates
from planner.core.capture.facts import CapturedFact, CapturedInteraction
from planner.core.capture.part import Part, without
from planner.core.model import WRITTEN_CHANNELS, Direction, Outcome

_TOGETHER: Final = frozenset({"coffee", "meal", "meeting", "visit", "event", "video", "other"})
_SENT_TO: Final = re.compile(r"(?P<verb>sent|wrote|left|gave)\s+", re.IGNORECASE)
_WILL: Final = re.compile(r"(?:will|shall|going to)\s+", re.IGNORECASE)
_WITH: Final = re.compile(r"(?:with|to|from)\s+", re.IGNORECASE)


def read_contact(part: Part) -> CapturedFact | None:
    """The interaction that a part describes, or None."""
    rest, to_come = part.rest, part.will
    if not part.subject and (will := _WILL.match(rest)):
        rest, to_come = rest[will.end() :], True
    # "wrote Ana a letter" is read as "wrote her a letter".
    if (sent := _SENT_TO.match(rest)) and part.around.people.at(rest[sent.end() :])[0]:
        left = part.take_object(rest[sent.end() :])[0]
        rest = f"{sent[0]}her {left}" if words.channel_of(f"{sent[0]}her {left}") else rest
    masked = mask_quotes(part.named)
    attempt = words.ATTEMPT_WORDS.search(masked)
    found = words.channel_of(rest)
    if found is None:
        if _is_only_an_attempt(part, masked):
            return happened(part, "call", part.around.today, Outcome.ATTEMPT, Direction.ME, "", "")
        return None
    channel, match = found
    word, lead, tail = words.channel_word(match), match["lead"].lower(), rest[match.end() :]
    did = words.is_past_verb(word) or bool(words.IMPERATIVE.match(rest))
    if did and words.BELONGS_TO_THEM.match(mask_quotes(tail)):
        return None
    beside = _WITH.match(tail.lstrip())
    if part.around.names_other(tail.lstrip()[beside.end() if beside else 0 :]) and did:
        return None
    if word == "saw" and tail.strip(" .!") and not _is_about_them(part, tail):
        return None
    to_come = to_come or bool(words.PLANNED_WORDS.search(mask_quotes(rest)))
    meant: Meant = "past" if words.is_past_verb(word) else "nearest"
    if to_come or words.is_forward_verb(word):
        meant = "future"
    typed, on, problem = _day_of(part, tail, meant)
    outcome = Outcome.REACHED
    if on > part.around.today or to_come:
        outcome = Outcome.PLANNED
        if to_come and typed is None:
            problem = "On which day? Add a date"
    elif attempt or words.TRIED.match(lead) or "unanswered" in lead:
        outcome = Outcome.ATTEMPT
    tail = without(tail, typed)
    note, from_them = _note(part, words.tidy(words.PLANNED_WORDS.sub(" ", words.ATTEMPT_WORDS.sub(" ", tail))))
    direction = _direction(part, channel, word, lead, from_them, outcome)
    return happened(part, channel, on, outcome, direction, note, problem)


def _is_only_an_attempt(part: Part, masked: str) -> bool:
    """Whether a part says only that nobody answered: "no answer", "no answer from Ana", "tried Ana"."""
    if words.ONLY_ATTEMPT.fullmatch(masked) or words.TRIED.fullmatch(masked.strip()):
        return True
    beside = words.ATTEMPT_BESIDE.match(masked)
    left, them = part.take_object(part.named[beside.end() :]) if beside else ("", False)
    return them and not left.strip(" .!")


def _is_about_them(part: Part, tail: str) -> bool:
    """Whether the words after "saw" begin with the people of the line, or with a day."""
    tail = tail.lstrip()
    dates = typed_dates(tail, after=0)
    return part.take_object(tail)[1] or bool(dates and not tail[: dates[0].start].strip())


def _day_of(part: Part, tail: str, meant: Meant) -> tuple[TypedDate | None, date, str]:
    """(the typed date that dates the interaction, its day, a problem or "").

    Words after "about" belong to the note, except a past day at the end.
    """
    about = words.ABOUT.search(mask_quotes(tail))
    dates = typed_dates(tail, after=0)
    for typed in dates:
        if about is None or typed.start < about.start():
            return (typed, *part.around.day_of(typed, meant))
    if dates and dates[-1].at_end:
        day, problem = part.around.day_of(dates[-1], meant if meant != "past" else "nearest")
        if not problem and day <= part.around.today:
            return dates[-1], day, ""
    return None, part.around.today, ""


def _note(part: Part, note: str) -> tuple[str, bool]:
    """(the note without "with her" and "about" before it, whether "from her" stood there)."""
    from_them = False
    if beside := _WITH.match(note):
        rest, found = part.take_object(note[beside.end() :])
        if found:
            note, from_them = rest, beside[0].lower().startswith("from")
    else:
        note = part.take_object(note)[0]
    note = re.sub(r"\A(?:me|us)\b\s*", "", note, flags=re.IGNORECASE)
    return words.tidy(re.sub(r"\A[,\s]*about\s+", "", note, flags=re.IGNORECASE)), from_them


def _direction(part: Part, channel: str, word: str, lead: str, from_them: bool, outcome: Outcome) -> Direction:
    did = words.is_past_verb(word)
    got = re.search(r"\bgot\b", lead) and (channel in WRITTEN_CHANNELS or channel == "call")
    if (part.subject == "them" and (did or not part.who)) or from_them or word == "heard from":
        return Direction.THEM
    if got or re.search(r"\b(?:me|us|incoming)\b", lead):
        return Direction.THEM
    if outcome is Outcome.ATTEMPT or channel in WRITTEN_CHANNELS:
        return Direction.ME
    if channel in _TOGETHER or not did:
        return Direction.BOTH
    return Direction.ME


def happened(
    part: Part, channel: str, on: date, outcome: Outcome, direction: Direction, note: str, problem: str
) -> CapturedInteraction:
    """An interaction with its chip; its day becomes the day of the parts after it."""
    around = part.around
    if problem:
        chip = channel
    elif outcome is Outcome.PLANNED:
        chip = f"planned: {channel} · {around.said(on)}"
    else:
        chip = f"{channel} {around.said(on)}"
        around.day = on
    if outcome is Outcome.ATTEMPT:
        chip += ", no answer"
    elif direction is Direction.THEM:
        chip += ", from them"
    if note:
        chip += f" · {note}"
    return CapturedInteraction(
        start=part.start,
        end=part.end,
        chip=chip,
        problem=problem,
        channel=channel,
        on=on,
        outcome=outcome,
        direction=direction,
        note=note,
    )
