"""Readers of parts about future help: promised and owed, asked of me, asked by me."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import mask_quotes, typed_dates
from planner.core.capture.facts import CapturedAsk, CapturedFact, CapturedPromise, CapturedRequest
from planner.core.capture.part import Part, without
from planner.core.dates.interval import add_days

_TO: Final = re.compile(r"\A\s*to\b\s*", re.IGNORECASE)
_FOR_OR_TO: Final = re.compile(r"\A(?:for|to)\b\s*", re.IGNORECASE)


def two_readings(part: Part, first: CapturedFact, other: CapturedFact, mine: CapturedFact) -> CapturedFact:
    """A fact with a second reading, each with the words for it alone; in `mine` of the two I am the doer."""
    said = {whose: part.with_doer(doer) for whose, doer in ((True, "I"), (False, "they"))}
    return replace(first, write=said[first is mine], other=replace(other, write=said[other is mine]))


def read_promise(part: Part) -> CapturedFact | None:
    """ "I promised", "I owe"; "they promised me", "they owe me"."""
    match = part.verb(words.PROMISED)
    if not match or words.NOTHING.match(part.rest, match.end()):
        return None
    tail = part.rest[match.end() :]
    to_me = words.TO_ME.match(tail)
    for_me = not part.subject and words.FOR_ME.match(tail)
    if to_me or for_me or part.theirs or (match["verb"].lower() in ("owes", "promises") and not part.bare):
        return _promised_me(part, tail[to_me.end() :] if to_me else tail)
    mine = promised(part, tail)
    return two_readings(part, mine, _promised_me(part, tail), mine) if part.bare else mine


def promised(part: Part, tail: str) -> CapturedFact:
    """The promise I made, from the words after the verb."""
    around = part.around
    dates = typed_dates(tail)
    typed = dates[-1] if dates else None
    due, problem = add_days(around.today, around.settings.promise_days), ""
    if typed:
        due, problem = around.day_of(typed, "future")
        problem = problem or around.passed(due)
    part.meets_other(tail)
    note = part.take_object(words.tidy(without(tail, typed)))[0]
    if len(around.people.names) > 1:
        note = part.take_side(note)[0]
    note = words.tidy(_TO.sub("", note), article=False)
    if typed is None and (when := words.WHEN_IS_THAT.search(mask_quotes(note))):
        problem = f"When is “{words.tidy(note[when.start() : when.end()])}”? Write a day, such as by 12 dec"
    if not part.who:
        part.meets(around.people.in_text(note))
    return CapturedPromise(
        start=part.start,
        end=part.end,
        chip=(f"promise: {note}" if note else "promise") + ("" if problem else f" · by {around.said(due)}"),
        problem=problem or ("" if note else "What did you promise?"),
        kind=words.favor_kind(note),
        note=note,
        on=around.day,
        due=due,
    )


def _promised_me(part: Part, tail: str) -> CapturedFact:
    note = words.tidy(_TO.sub("", tail), article=False)
    return CapturedAsk(
        start=part.start,
        end=part.end,
        chip=f"they promised: {note}" if note else "they promised",
        problem="" if note else "What did they promise?",
        kind=words.favor_kind(note),
        note=note,
        on=part.around.day,
        promised=True,
    )


def read_asked(part: Part) -> CapturedFact | None:
    """ "They asked me", "I asked them"; the fact has both readings where the line does not say who asked."""
    if match := part.verb(words.WANTS_MINE):
        return None if part.subject == "me" else _request(part, part.rest[match.end() :])
    match = part.verb(words.ASKED)
    if not match or words.NOTHING.match(part.rest, match.end()):
        return None
    verb, tail = match["verb"].lower(), part.rest[match.end() :]
    if to_me := words.TO_ME.match(tail):
        return _request(part, tail[to_me.end() :])
    noun = verb == "request" and not part.subject
    about_me, about_them = words.MY_QUESTION.match(tail), words.THEIR_QUESTION.match(tail)
    tail, to_them = part.take_object(part.meets_other(tail))
    to_them = to_them or bool(part.other)
    if not (_asks_for(tail) or noun or part.subject == "me"):
        nothing_said = not tail.strip()
        return _ask(part, tail) if nothing_said and to_them else None
    if about_me or noun or (part.theirs and not about_them) or verb in ("asks", "requests"):
        return _request(part, tail)
    if about_them or part.subject == "me" or (to_them and not part.bare):
        return _ask(part, tail)
    # The request first: it is the one that waits for me.
    mine = _ask(part, tail)
    return two_readings(part, _request(part, tail), mine, mine)


def _asks_for(tail: str) -> bool:
    """Whether the words after "asked" name what was asked: "for", "to", "whether", or a kind of favor straight away."""
    dates = typed_dates(tail)
    if dates and not tail[: dates[0].start].strip():
        tail = tail[dates[0].end :].strip()
    tail = words.tidy(tail, article=False)
    return bool(words.ASKING.match(tail)) or bool(words.favor_kind(tail.partition(" ")[0], ""))


def _request(part: Part, tail: str) -> CapturedFact:
    around = part.around
    on, due, typed, problem = around.day, None, None, ""
    if dates := typed_dates(tail):
        typed = dates[-1]
        day, problem = around.day_of(typed, "nearest")
        if typed.deadline or problem or day > around.today:
            due = day
        else:
            on = day
    note = words.tidy(without(tail, typed))
    note = words.tidy(_FOR_OR_TO.sub("", note), article=False)
    problem = problem or (around.passed(due) if due else "") or ("" if note else "What did they ask for?")
    until = f" · by {around.said(due)}" if due and not problem else ""
    return CapturedRequest(
        start=part.start,
        end=part.end,
        chip=(f"they asked: {note}" if note else "they asked") + until,
        problem=problem,
        kind=words.favor_kind(note),
        note=note,
        on=on,
        due=due,
    )


def _ask(part: Part, tail: str) -> CapturedFact:
    around = part.around
    on, typed, problem = around.day, None, ""
    for found in reversed(typed_dates(tail)):
        day, trouble = around.day_of(found, "nearest")
        if (trouble and not found.vague) or (not found.deadline and day <= around.today):
            typed, on, problem = found, day, trouble
            break
    note = words.tidy(without(tail, typed))
    note = words.tidy(_FOR_OR_TO.sub("", note), article=False)
    return CapturedAsk(
        start=part.start,
        end=part.end,
        chip=f"you asked: {note}" if note else "you asked",
        problem=problem or ("" if note else "What did you ask for?"),
        kind=words.favor_kind(note),
        note=note,
        on=on,
    )
