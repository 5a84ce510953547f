"""Readers of parts about past help: helped, gave, introduced, lent and borrowed, thanked, told how it went."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.asking import two_readings
from planner.core.capture.days import TypedDate, mask_quotes, typed_dates
from planner.core.capture.facts import (
    CapturedFact,
    CapturedGave,
    CapturedGiftIdea,
    CapturedInteraction,
    CapturedNote,
    CapturedReceived,
    CapturedThanks,
    CapturedTold,
)
from planner.core.capture.learned import read_names
from planner.core.capture.part import Part, without
from planner.core.dates.typed import parse_date
from planner.core.model import Direction, Outcome

_KIND_OF_VERB: Final = {
    "introduced": "introduction",
    "referred": "referral",
    "recommended": "information",
    "advised": "advice",
    "gifted": "gift",
}
_OPEN_ALONE: Final = frozenset({"helped", "introduced", "referred", "recommended", "advised"})
"""Verbs that do not tell who helped whom unless a person stands beside them."""
_GIVEN: Final = frozenset({"gave", "gifted", "handed"})
_HANDED_OVER: Final = frozenset({"lent", "loaned", "borrowed"})
_EMPTY_THANKS: Final = re.compile(r"\A(?:both|all|again|too|so much|very much|a lot)\b\s*", re.IGNORECASE)
_WITH_OR_TO: Final = re.compile(r"\A(?:with|to)\b\s*", re.IGNORECASE)
_ME_AT_SIDE: Final = re.compile(r"\s*\b(?:to|from)\s+(?:me|us)\b", re.IGNORECASE)
_THEM: Final = re.compile(r"(?:her|him|them)\s+\S", re.IGNORECASE)
_TO: Final = re.compile(r"\s+to\s+(?=\S)", re.IGNORECASE)
_BACK: Final = re.compile(r"[\s,]*\b(?:to be |comes? )?(?:back|home|returned)\b(?=\s|\Z)", re.IGNORECASE)
_FOR_A_TIME: Final = re.compile(
    r"\s*\bfor\s+(?P<time>(?:[0-9]{1,3}|an?|one|two|three|four|five|six) ?(?:days?|weeks?|months?|years?|[dwm]))\b",
    re.IGNORECASE,
)
_HOW_IT_WENT: Final = re.compile(
    r"(?:about\s+)?how\s+(?P<what>.+?)\s+(?:went|turned out|ended)\b(?:\s+with\s+(?P<with>.+)\Z)?"
    r"|(?:that\s+)?(?P<that>\S.*?)\s+went\s+(?:very\s+|really\s+)?(?:well|badly|fine|great|wrong|okay|ok|nowhere|through)\b"
    r"|(?:of\s+|about\s+)?the\s+(?:outcome|results?)(?:\s+of\s+(?P<of>.+))?\Z",
    re.IGNORECASE,
)
_BESIDE_A_NAME: Final = re.compile(
    r"(?:at|by|on|in|over|during|for|as|from|via|through|after|before|who|last|this)\b", re.IGNORECASE
)
_EMPTY_WHAT: Final = frozenset({"it", "things", "all", "everything", "that", "this"})


def read_helped(part: Part) -> CapturedFact | None:
    """Read help given ("helped her", "lent her") or received ("helped me", "lent me"); both if it names no actor."""
    if (got := words.GOT_FROM.match(part.rest)) and part.subject != "them" and not words.channel_of(part.rest):
        tail, from_them = part.take_side(part.rest[got.end() :])
        return _received(part, "gave", tail) if from_them else None
    if (touch := part.verb(words.PUT_IN_TOUCH)) and part.subject != "me":
        return _received(part, "introduced", f"{touch['me']} to {part.rest[touch.end() :]}")
    match = part.verb(words.HELPED)
    if not match:
        return None
    verb, tail = match["verb"].lower(), part.rest[match.end() :]
    if verb in _HANDED_OVER and words.A_HAND.search(tail):
        # "Lent me a hand" is help, not a loan.
        verb = "helped"
    if (words.NOT_LENT if verb in _HANDED_OVER else words.NOT_HELP).match(tail):
        return None
    if verb == "handed" and (words.BELONGS_TO_THEM.match(tail) or not _beside(part, tail)):
        return None
    beside_me = bool(words.TO_ME.match(tail) or _ME_AT_SIDE.search(mask_quotes(tail)))
    if verb == "borrowed":
        # The thing moves the other way: the borrower has it.
        if part.theirs or beside_me or (part.subject != "me" and words.MY_THING.match(tail)):
            return _gave(part, verb, tail)
        mine = _received(part, verb, tail)
        return two_readings(part, _gave(part, verb, tail), mine, mine) if part.bare else mine
    if beside_me or part.theirs:
        return _received(part, verb, tail)
    if verb in _GIVEN or verb in ("helped", "lent", "loaned", "advised"):
        part.meets_other(tail)
    beside_them = part.take_object(tail)[1] or part.take_side(tail)[1]
    mine = _gave(part, verb, tail)
    if part.bare or not (part.subject or beside_them or verb not in _OPEN_ALONE):
        return two_readings(part, mine, _received(part, verb, tail), mine)
    return mine


def _gave(part: Part, verb: str, tail: str) -> CapturedFact:
    occasion = ""
    if verb in _HANDED_OVER:
        thing, on, home_by, problem = _handed_over(part, verb, tail)
        chip, kind = _loan_chip(part, "you lent", thing, on, home_by, problem), "loan"
    else:
        thing, on, problem = _what(part, verb, tail)
        thing, kind, occasion = _given_thing(verb, thing)
        thing = words.tidy(thing, article=False)
        chip = _chip(part, "you gave", f"{thing} for {occasion}" if occasion else thing, on)
        home_by = None
    problem = problem or ("" if thing or verb == "helped" else "What was it?")
    return CapturedGave(
        start=part.start,
        end=part.end,
        chip=chip,
        problem=problem,
        kind=kind,
        note=thing,
        on=on,
        home_by=home_by,
        occasion=occasion,
    )


def _received(part: Part, verb: str, tail: str) -> CapturedFact:
    met: tuple[str, ...] = ()
    met_at = occasion = ""
    if verb in _HANDED_OVER:
        thing, on, home_by, problem = _handed_over(part, verb, tail)
        chip, kind = _loan_chip(part, "you borrowed", thing, on, home_by, problem), "loan"
    else:
        thing, on, problem = _what(part, verb, tail)
        thing, kind, occasion = _given_thing(verb, thing)
        thing = words.tidy(thing, article=False)
        home_by = None
        if to := words.INTRODUCED_ME_TO.match(thing):
            met, met_at, about, left = read_names(part, thing[to.end() :])
            if left and not _BESIDE_A_NAME.match(left):
                met, met_at = (), ""
            more = f" about {about}" if about else ""
            thing = f"{to[0]}{' and '.join(met)}{more}{f' {left}' if left else ''}" if met else thing
        met = tuple(map(part.around.full_name, met))
        chip = _chip(part, "they helped", f"{thing} for {occasion}" if occasion else thing, on)
        if met:
            chip += f" · knows {' and '.join(met)}" + (f" at {met_at}" if met_at else "")
    problem = problem or ("" if thing or verb == "helped" else "What did you get?")
    return CapturedReceived(
        start=part.start,
        end=part.end,
        chip=chip,
        problem=problem,
        kind=kind,
        note=thing,
        on=on,
        home_by=home_by,
        met=met,
        met_at=met_at,
        occasion=occasion,
    )


def _beside(part: Part, tail: str) -> bool:
    """Whether some words begin with the receiver of a thing: me, or somebody of the line."""
    return bool(words.TO_ME.match(tail) or _THEM.match(tail) or part.around.people.at(tail)[0])


def _given_thing(verb: str, thing: str) -> tuple[str, str, str]:
    """(thing, kind, occasion) of what was given: "a scarf", "gift", "birthday" for "a scarf for her birthday"."""
    if verb in _GIVEN:
        for pattern in (words.AS_A_GIFT, words.FOR_OCCASION):
            found = pattern.search(mask_quotes(thing))
            rest = words.tidy(f"{thing[: found.start()]} {thing[found.end() :]}") if found else ""
            if found and rest:
                return rest, "gift", (found["occasion"] or "").lower()
    return thing, _kind(verb, thing), ""


def read_gift_idea(part: Part) -> CapturedFact | None:
    """Something I could give them: "gift idea: a scarf for christmas"."""
    said = part.named
    if part.subject != "me" and (wish := words.WISHES_FOR.match(part.rest)):
        text, _, occasion = _given_thing("gave", part.rest[wish.end() :])
        return _gift_idea(part, text, occasion) if occasion else None
    idea = words.IDEA_FOR_OCCASION.match(said) or words.GIFT_IDEA.match(said)
    if not idea:
        return None
    tail = said[idea.end() :]
    beside = re.match(r"\s*for\s+", tail, re.IGNORECASE)
    if beside:
        rest, found = part.take_object(tail[beside.end() :])
        tail = rest if found else tail
    occasion = (idea["occasion"] or "").lower()
    if not occasion and (named := words.FOR_OCCASION.search(mask_quotes(tail))):
        occasion, tail = named["occasion"].lower(), f"{tail[: named.start()]} {tail[named.end() :]}"
    text = words.tidy(tail)
    return _gift_idea(part, text, occasion) if text else None


def _gift_idea(part: Part, text: str, occasion: str) -> CapturedFact:
    chip = f"gift idea: {text}" + (f" for {occasion}" if occasion else "")
    return CapturedGiftIdea(start=part.start, end=part.end, chip=chip, text=text, occasion=occasion)


def _kind(verb: str, thing: str) -> str:
    return _KIND_OF_VERB.get(verb) or words.favor_kind(thing)


def _chip(part: Part, did: str, thing: str, on: date) -> str:
    when = "" if on == part.around.today else f" · {part.around.said(on)}"
    return f"{did}: {thing}{when}" if thing else f"{did}{when}"


def _loan_chip(part: Part, did: str, thing: str, on: date, home_by: date | None, problem: str) -> str:
    until = f" · home by {part.around.said(home_by)}" if home_by is not None and not problem else ""
    return _chip(part, did, thing, on) + until


def _what(part: Part, verb: str, tail: str) -> tuple[str, date, str]:
    """(the help in words, its day, a problem or "") from the words after the verb."""
    around = part.around
    dates = typed_dates(tail)
    typed = dates[-1] if dates and (dates[-1].at_end or len(dates) == 1) else None
    on, problem = around.day_of(typed, "past") if typed else (around.day, "")
    if on > around.today:
        problem = f"{around.said(on)} is still to come. Say promised, or leave out the day"
    tail = without(tail, typed)
    if verb == "helped" or verb in _GIVEN:
        to_me = words.TO_ME.match(tail)
        note = tail[to_me.end() :] if to_me else part.take_object(tail)[0]
        note = _WITH_OR_TO.sub("", note.strip())
        note = _without_receiver(part, note) if verb in _GIVEN else note
    else:
        part.take_object(tail)
        note = f"{verb} {tail}"
    return words.tidy(note, article=False), on, problem


def _without_receiver(part: Part, note: str) -> str:
    """The words for a given thing without "to her" or "to Ana"; "to her brother" stays."""
    for match in _TO.finditer(mask_quotes(note)):
        behind = note[match.end() :]
        rest, found = part.take_object(behind)
        if not found:
            part.meets_other(behind)
        elif not words.BELONGS_TO_THEM.match(behind) and (not rest[:1].isalpha() or _BESIDE_A_NAME.match(rest)):
            return f"{note[: match.start()]} {rest}"
    return note


def _handed_over(part: Part, verb: str, tail: str) -> tuple[str, date, date | None, str]:
    """(the thing lent or borrowed, the day, the day it should be returned or None, a problem or "")."""
    around = part.around
    on, home_by, problem = around.day, None, ""
    back = _BACK.search(mask_quotes(tail))
    for found in reversed(typed_dates(tail)):
        behind_back = back is not None and found.start >= back.end()
        day, trouble = around.day_of(found, "future" if behind_back else "nearest")
        if found.deadline or behind_back:
            home_by, problem = day, problem or trouble or around.passed(day)
        else:
            on, problem = day, problem or trouble
            if on > around.today and not problem:
                problem = f"{around.said(on)} is still to come. Say until when: until {around.said(on)}"
        tail = without(tail, found)
    if home_by is None and (time := _FOR_A_TIME.search(mask_quotes(tail))):
        home_by = parse_date(f"in {time['time']}", max(on, around.today))
        tail = f"{tail[: time.start()]} {tail[time.end() :]}"
    to_me = words.TO_ME.match(tail)
    if to_me:
        tail = tail[to_me.end() :]
    elif verb != "borrowed":
        tail = part.take_object(tail)[0]
    else:
        part.take_owner(tail)
    tail = _ME_AT_SIDE.sub("", _BACK.sub("", part.take_side(tail)[0]))
    if (
        home_by is None
        and not problem
        and (until := words.UNTIL.search(mask_quotes(tail)) or words.WHEN_IS_THAT.search(mask_quotes(tail)))
    ):
        problem = f"When is “{words.tidy(tail[until.start() : until.end()])}”? Write a day, such as until 12 dec"
    return words.tidy(tail), on, home_by, problem


def read_thanks(part: Part) -> CapturedFact | None:
    """ "I thanked them"; "she thanked me" is a contact."""
    match = part.verb(words.THANKED)
    if not match:
        return None
    tail = part.rest[match.end() :]
    to_me = words.TO_ME.match(tail)
    if not to_me:
        part.meets_other(tail)
        tail = part.take_object(tail)[0]
    on, typed, problem = _day(part, tail)
    said_for = _EMPTY_THANKS.sub("", without(tail, typed).strip())
    about = words.tidy(re.sub(r"\A(?:for|about)\b\s*", "", said_for, flags=re.IGNORECASE))
    said = f" for {about}" if about else ""
    mine = CapturedThanks(
        start=part.start, end=part.end, chip=f"thanked{said}{_when(part, on)}", problem=problem, about=about, on=on
    )
    if not (to_me or part.theirs or part.bare):
        return mine
    note = words.tidy(without(part.rest, _same(part.rest, typed)))
    theirs = CapturedInteraction(
        start=part.start,
        end=part.end,
        chip=f"message{_when(part, on) or ' today'}, from them · {note}",
        problem=problem,
        channel="message",
        on=on,
        outcome=Outcome.REACHED,
        direction=Direction.THEM,
        note=note,
    )
    return theirs if to_me or part.theirs else two_readings(part, mine, theirs, mine)


def read_told(part: Part) -> CapturedFact | None:
    """ "I told them how it went"."""
    match = part.verb(words.TOLD)
    if not match or part.theirs:
        return None
    tail = part.take_object(part.meets_other(part.rest[match.end() :]))[0]
    tail = re.sub(r"\Aknow\b\s*", "", tail, flags=re.IGNORECASE)
    on, typed, problem = _day(part, tail)
    tail = without(tail, typed).strip()
    how = _HOW_IT_WENT.match(tail)
    if not how or tail[how.end() :].strip(" .!"):
        return None
    about = words.tidy(how["what"] or how["that"] or how["of"] or "")
    about = "" if about.lower() in _EMPTY_WHAT else about
    about = " with ".join(one for one in (about, words.tidy(how["with"] or "")) if one)
    went = f"told how {about or 'it'} went{_when(part, on)}"
    told = CapturedTold(start=part.start, end=part.end, chip=went, problem=problem, about=about, on=on)
    if not part.bare:
        return told
    note = words.tidy(part.body)
    theirs = CapturedNote(start=part.start, end=part.end, chip=f"note: {note}", text=note)
    return two_readings(part, told, theirs, told)


def _day(part: Part, tail: str) -> tuple[date, TypedDate | None, str]:
    """(the past day on which I did something, the typed date or None, a problem or "")."""
    dates = typed_dates(tail)
    if not dates:
        return part.around.day, None, ""
    on, problem = part.around.day_of(dates[-1], "past")
    if on > part.around.today and not problem:
        problem = f"{part.around.said(on)} is still to come. Leave out the day"
    return on, dates[-1], problem


def _same(text: str, typed: TypedDate | None) -> TypedDate | None:
    """A typed date with its indexes shifted to where it stands in a longer text."""
    return next((one for one in reversed(typed_dates(text)) if typed and one.words == typed.words), None)


def _when(part: Part, on: date) -> str:
    return "" if on == part.around.today else f" · {part.around.said(on)}"
