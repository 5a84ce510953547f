"""Readers of parts that say that something lent or borrowed was returned: gave back, returned, got back."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import mask_quotes, typed_dates
from planner.core.capture.facts import CapturedFact, CapturedHome
from planner.core.capture.part import Part, without

_VERB: Final = re.compile(
    r"(?P<verb>gave|given|handed|brought|returned|paid|sent|took|taken|got)\b\s*(?=\S)", re.IGNORECASE
)
_IS_HOME: Final = re.compile(
    r"(?P<thing>(?:(?:the|my|our|her|his|their)\s+)\w[\w' -]{0,60}?)"
    r"\s+(?:is|are|came|has come)\s+(?:back|home)\b",
    re.IGNORECASE,
)
"""A thing that came home, without saying who brought it."""
_NOBODY: Final = re.compile(
    r"(?:\w+\s+)(?:\w+\s+)?(?:daughter|son|husband|wife|partner|kids?|children|boss|colleague|mum|mother|dad|father|brother"
    r"|sister|boy|girl|cat|dog|pain|back|job|family|parents|friend|friends|flu|ex)\b",
    re.IGNORECASE,
)
"""People who come home: nobody lent them."""
_BACK: Final = re.compile(r"(?:\A|\s+)back(?=\s|\Z)", re.IGNORECASE)
_TO_ME: Final = re.compile(r"\s+(?:to|from)\s+(?:me|us)\b", re.IGNORECASE)
_MINE: Final = re.compile(r"(?:my|our)\s+\S", re.IGNORECASE)
_SOME_THING: Final = re.compile(r"(?:(?:the|my|our|her|his|their)\s+\S|it\Z|them\Z|[0-9])", re.IGNORECASE)
_NO_THING: Final = re.compile(
    r"(?:\w+['’]?s?\s+)(?:phone |voice |e-)?(?:calls?|mails?|messages?|texts?|letters?|favou?rs?|visits?|smile"
    r"|compliment|invitation|greetings?|memor(?:y|ies)|job|work|way)\b",
    re.IGNORECASE,
)


def read_home(part: Part) -> CapturedFact | None:
    """Something lent or borrowed was returned; the fact has both readings where the line does not say by whom."""
    match = part.verb(_VERB)
    if not match:
        return _is_home(part)
    verb, tail = match["verb"].lower(), part.rest[match.end() :]
    back = _BACK.search(mask_quotes(tail))
    if back is None and verb != "returned":
        return None
    dates = typed_dates(tail)
    typed = dates[-1] if dates else None
    on, problem = part.around.day_of(typed, "past") if typed else (part.around.day, "")
    if on > part.around.today and not problem:
        problem = f"{part.around.said(on)} is still to come. Leave out the day"
    tail = without(tail, typed).strip()
    if back := _BACK.search(mask_quotes(tail)):
        beside = part.take_object(tail[: back.start()].lstrip())
        if back.start() and beside[1] and not beside[0].strip():
            tail = f"{tail[: back.start()]} {tail[back.end() :].lstrip()}"
        else:
            tail = f"{tail[: back.start()]}{tail[back.end() :]}"
    by_me, thing = _whose(part, verb, tail.strip())
    thing = words.tidy(thing)
    if not _SOME_THING.match(thing) and not part.around.people.at(thing)[0]:
        return None
    if _NO_THING.match(thing):
        return None
    if by_me is None:
        by_me = _by_me(part, verb, thing)
    about = "" if thing.lower() in ("it", "them") else thing
    return _home(part, about, on, problem, by_me)


def _is_home(part: Part) -> CapturedFact | None:
    """ "The tent is back", "my tent came home yesterday": a thing of mine came back to me; of any other it stays open
    who returned it.
    """
    match = _IS_HOME.match(part.body)
    if not match or _NOBODY.match(match["thing"]):
        return None
    rest = part.body[match.end() :]
    dates = typed_dates(rest)
    on, problem = part.around.day_of(dates[-1], "past") if dates else (part.around.day, "")
    if without(rest, dates[-1] if dates else None).strip(" .!,") or on > part.around.today:
        return None
    return _home(part, words.tidy(match["thing"]), on, problem, False if _MINE.match(match["thing"]) else None)


def _home(part: Part, about: str, on: date, problem: str, by_me: bool | None) -> CapturedFact:
    who = {True: "you brought back", False: "came home:", None: "came back:"}[by_me]
    when = "" if on == part.around.today else f" · {part.around.said(on)}"
    chip = f"{who} {about or 'what was lent'}{when}"
    return CapturedHome(start=part.start, end=part.end, chip=chip, problem=problem, about=about, on=on, by_me=by_me)


def _whose(part: Part, verb: str, tail: str) -> tuple[bool | None, str]:
    """(whether I returned it, None while open; the thing without "back") from the words after the verb."""
    if to_me := words.TO_ME.match(tail):
        return False, tail[to_me.end() :]
    if to_me := _TO_ME.search(mask_quotes(tail)):
        return False, f"{tail[: to_me.start()]}{tail[to_me.end() :]}"
    if words.BELONGS_TO_THEM.match(tail):
        part.one = part.one or tail[:3].lower() in ("her", "his")
        return None, part.take_side(tail)[0]
    people, end = part.around.people.at(tail)
    if people and tail[end : end + 1] in ("'", "’"):
        part.take_owner(tail)
        return (None if verb == "got" else True), tail
    rest, beside = part.take_object(tail)
    if beside and rest:
        return True, rest
    rest, beside = part.take_side(tail)
    return (verb != "got" if beside else None), rest


def _by_me(part: Part, verb: str, thing: str) -> bool | None:
    """Whether I returned a thing, judged by who acted and whose it is; None while open."""
    if part.subject == "me" or part.theirs:
        return (part.subject == "me") == (verb != "got")
    if _MINE.match(thing):
        return False
    if words.BELONGS_TO_THEM.match(thing):
        return verb != "got"
    return False if verb == "got" else None
