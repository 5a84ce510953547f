"""Readers of parts about the future: the rhythm, the next time, follow-ups and commands to oneself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from planner.core.capture import vocabulary as words
from planner.core.capture.contact import happened, read_contact
from planner.core.capture.days import is_only_a_date, typed_dates
from planner.core.capture.facts import (
    CapturedCadence,
    CapturedFact,
    CapturedFollowUp,
    CapturedNextDate,
    CapturedNote,
)
from planner.core.capture.part import Part, without
from planner.core.model import Direction, Outcome
from planner.core.rhythm.cadence import parse_cadence
from planner.core.words.folding import clean_line
from planner.errors import Refused


def read_cadence(part: Part) -> CapturedFact | None:
    """A change of rhythm: "every 6w", "monthly"."""
    body = part.named
    if match := words.RHYTHM.match(body):
        typed, sure = body[match.end() :], True
    elif match := words.EVERY.match(body):
        typed = match["rhythm"]
        sure = bool(re.match(r"every\s+[0-9]", typed, re.IGNORECASE))
    else:
        return None
    typed = typed.strip(" .!")
    if typed.lower() == "inherit":
        return CapturedCadence(start=part.start, end=part.end, chip="rhythm: from the circles", text="inherit")
    try:
        cadence = parse_cadence(typed, part.around.today)
    except Refused as refusal:
        if not sure:
            return None
        chip = f"rhythm: {clean_line(typed)}" if typed else "rhythm"
        problem = str(refusal) if typed else "Which rhythm? Try rhythm 4w"
        return CapturedCadence(start=part.start, end=part.end, chip=chip, text="", problem=problem)
    said, text = ("none", "none") if cadence is None else (cadence.words, cadence.text)
    return CapturedCadence(start=part.start, end=part.end, chip=f"rhythm: {said}", text=text)


def read_next_date(part: Part) -> CapturedFact | None:
    """The day to be in touch again: "again 6w"."""
    body, around = part.named, part.around
    match = words.AGAIN.match(body) or words.NEXT.match(body)
    if not match:
        return None
    rest = body[match.end() :]
    dates = typed_dates(rest, after=0)
    if not dates:
        if rest.strip() and not rest[0].isdigit():
            return None
        problem = "When? Try again 6w" if not rest.strip() else f"When is “{clean_line(rest)}”? Try again 6w"
        return CapturedNextDate(start=part.start, end=part.end, chip="again", on=around.today, problem=problem)
    on, problem = around.day_of(dates[0], "future")
    text = words.tidy(re.sub(r"\A\s*for\s+", "", without(rest, dates[0]))) or "catch up"
    chip = ("again" if problem else f"again {around.said(on)}") + (f": {text}" if text != "catch up" else "")
    return CapturedNextDate(
        start=part.start, end=part.end, chip=chip, on=on, text=text, problem=problem or around.passed(on)
    )


def read_follow_up(part: Part) -> CapturedFact | None:
    """A follow-up that is called one: "follow up on her talk 2w", "remind me to call Ana fri"."""
    body, around = part.named, part.around
    match = words.FOLLOW_UP.match(body)
    if not match:
        return None
    rest = body[match.end() :]
    if match["with"]:
        rest = part.take_object(rest)[0]
    part.meets(around.people.in_text(rest))
    dates = typed_dates(rest)
    typed = dates[-1] if dates else None
    on, problem = around.day_of(typed, "future") if typed else (around.today, "On which day? Add a date")
    text = re.sub(r"\Ato\s+", "", words.tidy(without(rest, typed))) or "follow up"
    return _to_do(part, text, on, problem or around.passed(on))


def read_command(part: Part) -> CapturedFact | None:
    """A command to oneself: "ring Ida on friday", "send her the slides by fri", "meet Ana fri"."""
    if part.subject:
        return None
    if match := words.GOES_TO.match(part.body):
        return _going(part, match)
    match = words.IMPERATIVE.match(part.body)
    if not match:
        return None
    tail, beside_them = part.take_object(part.body[match.end() :])
    if not beside_them:
        return None
    around = part.around
    by_channel = match["verb"].lower() in words.BY_CHANNEL
    dates = [one for one in typed_dates(tail) if not one.vague]
    if not dates:
        if match["verb"].lower() == "ring" or (part.who and not by_channel):
            return _to_do(part, words.tidy(part.body), around.today, "On which day? Add a date")
        if not by_channel:
            return None
        return _done_or_to_do(part)
    typed = dates[-1]
    on, problem = around.day_of(typed, "future")
    been, trouble = around.day_of(typed, "past")
    if not typed.deadline and (on < around.today or (not trouble and been == on == around.today)):
        return None
    before = len(part.body) - len(tail)
    text = words.tidy(without(part.body, replace(typed, start=typed.start + before, end=typed.end + before)))
    return _to_do(part, text, on, problem or around.passed(on))


def _done_or_to_do(part: Part) -> CapturedFact | None:
    """ "call Ida": either it was done today, or it is to be done today."""
    done = read_contact(part)
    if done is None:
        return None
    text = words.tidy(part.body)
    to_do = replace(_to_do(part, text, part.around.today, ""), write=f"remind me to {text} today")
    verb, _, rest = text.partition(" ")
    return replace(done, write=f"{words.past_of(verb)} {rest}", other=to_do)


def _going(part: Part, match: re.Match[str]) -> CapturedFact | None:
    """ "visit Mum on sunday", "see Ana fri": a planned interaction."""
    tail, beside_them = part.take_object(part.body[match.end() :])
    if not beside_them:
        return None
    around = part.around
    dates = [one for one in typed_dates(tail, after=0) if not one.vague]
    on, problem = around.day_of(dates[-1], "future") if dates else (around.today, "On which day? Add a date")
    note = words.tidy(without(tail, dates[-1] if dates else None))
    channel = "visit" if match["verb"].lower() == "visit" else "meeting"
    outcome = Outcome.PLANNED if on > around.today or problem else Outcome.REACHED
    return happened(part, channel, on, outcome, Direction.BOTH, note, problem)


def _to_do(part: Part, text: str, on: date, problem: str) -> CapturedFact:
    chip = f"follow-up: {text}" + ("" if problem else f" · {part.around.said(on)}")
    return CapturedFollowUp(start=part.start, end=part.end, chip=chip, problem=problem, text=text, on=on)


def read_anything(part: Part) -> CapturedFact:
    """Read any other part: a to-do if it names a future day, a contact if it is only a day, else a note."""
    around = part.around
    body = part.body
    dates = typed_dates(body)
    if dates and not dates[-1].vague:
        said = part.named
        on, problem = around.day_of(dates[-1], "future")
        if is_only_a_date(said) and not problem:
            if on > around.today:
                return CapturedNextDate(start=part.start, end=part.end, chip=f"again {around.said(on)}", on=on)
            return happened(part, "other", on, Outcome.REACHED, Direction.BOTH, "", "")
        been, trouble = around.day_of(dates[-1], "nearest")
        has_been = words.HAPPENED.search(body) and not trouble and been < around.today
        if not has_been and (problem or on >= around.today):
            text = words.tidy(without(body, dates[-1]))
            return _to_do(part, text or "catch up", on, problem)
    note = words.tidy(body) or clean_line(body)
    return CapturedNote(start=part.start, end=part.end, chip=f"note: {note}", text=note)
