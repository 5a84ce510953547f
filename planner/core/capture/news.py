"""Readers of notes that may say where somebody stands with a need of mine: told, asked, passed on, cannot help.

Only the told-lists know whether a need is meant: until then the words stay a whole note.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import typed_dates
from planner.core.capture.facts import CapturedNews
from planner.core.capture.part import Part, without
from planner.core.capture.people import name_at
from planner.core.needs import ToldState

_TOLD: Final = re.compile(r"(?:told|wrote|mentioned|announced|spoke)\b\s*(?:to\s+)?", re.IGNORECASE)
_ASKED: Final = re.compile(r"(?:asked|nudged|reminded)\b\s*", re.IGNORECASE)
_ABOUT: Final = re.compile(
    r"(?:about|of|for|(?:that\s+)?(?:i|we)\s*(?:am|are|['’]m|['’]re)?\s*(?:still\s+)?"
    r"(?:look(?:ing)? for|search(?:ing)? for|need(?:ing)?|want))\s+(?P<about>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_PASSED: Final = re.compile(
    r"(?:(?:has|have|kindly)\s+)*(?:need passed(?: on)?|(?:passed|forwarded|sent|handed)\s+"
    r"(?:(?P<what>it|me|this|us|my \w+|the \w+|(?:my|the) \S.{0,60}?)\s+)?(?:on\s+)?)\s*to\s+(?P<to>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_CANNOT: Final = re.compile(
    r"(?:(?:said|says|sadly|unfortunately)\s+)*(?:(?:she|he|they)\s+)?"
    r"(?:(?:cannot|can['’]?t|can not|could not|couldn['’]?t|is unable to|is not able to)\s+help(?:\s+me)?"
    r"|has no idea|no idea|no luck|need declined"
    r"|knows (?:nobody|no one|no-one|nothing))(?:\s+(?:with|about|for|of|there)\b\s*(?P<about>.*))?\Z",
    re.IGNORECASE | re.DOTALL,
)
_NOTHING_SAID: Final = re.compile(
    r"(?:it|me|us|this|that|(?:my|the) (?:need|word|search|mail|message))\Z", re.IGNORECASE
)


def read_news(part: Part) -> CapturedNews | None:
    """The news of a need that a note may bring: what I said, if I am the doer, or what they answered."""
    dates = typed_dates(part.rest)
    typed = dates[-1] if dates and not dates[-1].deadline else None
    on, problem = part.around.day_of(typed, "past") if typed else (part.around.day, "")
    if problem or on > part.around.today:
        return None
    text = without(part.rest, typed).strip(" .!") if typed else part.rest.strip(" .!")
    if part.subject != "them":
        for verb, state in ((_TOLD, ToldState.TOLD), (_ASKED, ToldState.ASKED)):
            if (match := verb.match(text)) and (about := _ABOUT.match(part.take_object(text[match.end() :])[0])):
                return _news(part, state, words.tidy(about["about"]), on)
    if part.subject == "me":
        return None
    if cannot := _CANNOT.match(text):
        return _news(part, ToldState.DECLINED, words.tidy(cannot["about"] or ""), on)
    passed = _PASSED.match(text)
    if passed and name_at(passed["to"], part.around.find) == len(passed["to"]):
        what = words.tidy(passed["what"] or "")
        return _news(part, ToldState.PASSED, "" if _NOTHING_SAID.match(what) else what, on, passed["to"])
    return None


def _news(part: Part, state: ToldState, about: str, on: date, to: str = "") -> CapturedNews:
    who = tuple(part.who)
    return CapturedNews(start=part.start, end=part.end, chip="", who=who, state=state, about=about, on=on, to=to)
