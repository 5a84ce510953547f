"""One part of a captured line while it is being read, and what is known about the line around it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import Meant, TypedDate, day_words, mask_quotes, read_date
from planner.core.capture.people import Find, PeopleOfLine, name_at
from planner.core.model import Settings

_PRONOUN: Final = re.compile(r"(?P<who>i|we|they|she|he)\b(?P<rest>['’](?:ll|ve|d|s|m|re)\b)?\s*", re.IGNORECASE)
_AUXILIARY: Final = re.compile(r"(?:(?:have|has|had|also|just|already)\s+){1,3}", re.IGNORECASE)
_WILL: Final = re.compile(r"(?:will|shall)\s+", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"['’]s?\s+")
_OBJECT: Final = re.compile(r"(?P<who>her|him|them)\b\s*", re.IGNORECASE)
_OWNED: Final = re.compile(r"['’]s?\Z")
_A_THING: Final = re.compile(r"\s+(?:the|an?|my|our|some|[0-9]+)\s", re.IGNORECASE)
_SIDE: Final = re.compile(r"\s*\b(?:to|from|off|with|for)\s+(?=\S)", re.IGNORECASE)


class Around:
    """What is known while the parts of a line are read in order; `day` is when the last thing happened."""

    def __init__(self, today: date, settings: Settings, people: PeopleOfLine, find: Find) -> None:
        self.today = today
        self.settings = settings
        self.people = people
        self.find = find
        self.day = today

    def day_of(self, typed: TypedDate, meant: Meant) -> tuple[date, str]:
        """(the day of a typed date, a problem or ""); a deadline points forward whatever `meant` says."""
        day, problem = read_date(typed, self.today, self.settings, "future" if typed.deadline else meant)
        return day, problem or (self.passed(day) if typed.deadline else "")

    def names_other(self, text: str) -> str:
        """The name at the beginning of a text, if it is nobody of the line; "" otherwise."""
        end = name_at(text, self.find)
        if not end or self.people.at(text)[0] or text[end : end + 1] in ("'", "’") or _OWNED.search(text[:end]):
            return ""
        name = text[:end]
        return name if name[:1].isupper() and (self.find(name) or _A_THING.match(text, end)) else ""

    def full_name(self, name: str) -> str:
        """The full name of the only contact that a typed name fits, else the name as typed."""
        found = self.find(name)
        return found[0] if len(found) == 1 else name

    def said(self, day: date) -> str:
        """A day as a chip shows it."""
        return day_words(day, self.today)

    def passed(self, day: date) -> str:
        """The problem of a past day where a future one is needed, or ""."""
        return f"{self.said(day).capitalize()} has passed. Take a day to come" if day < self.today else ""


class Part:
    """A part of a line from `start` up to `end`, taken apart as far as every reader needs it.

    `body` is the part without "and" or "then" before it; `rest` is what follows the doer, who is `subject`: "me",
    "them", or "" where none is named. A reader that finds a person notes it: `who` are the indexes of the people the
    part is about, `one` is set by "she" or "her" (one person), `all` by "they" or "them", and `other` is a known person
    beside the verb whom the line is not about. `bare` means that the subject of a line without a colon may be only its
    heading; with an `owner` the part begins with "Ana's".
    """

    def __init__(self, around: Around, body: str, start: int, end: int, *, heads: bool = False) -> None:
        self.around = around
        self.start, self.end = start, end
        self.body = body
        self.who: list[int] = []
        self.one = self.all = False
        self.other = ""
        self.subject, self.will, self.owner, self.bare = "", False, False, False
        self.rest = body
        self._take_subject(heads)

    def _take_subject(self, heads: bool) -> None:
        people, end = self.around.people.at(self.body)
        if people:
            after = self.body[end:]
            if owner := _POSSESSIVE.match(after):
                self.owner = True
            elif after[:1].isalnum() or not after.strip():
                return
            self.subject, self.bare = "them", heads and not self.owner
            self.who = list(people)
            self.rest = after[owner.end() :] if owner else after.lstrip(" ,:")
        elif match := _PRONOUN.match(self.body):
            who, short = match["who"].lower(), (match["rest"] or "")[1:].lower()
            if not self.body[match.end() :] or (short == "" and not match[0].endswith(" ")):
                return
            self.subject = "me" if who in words.ME else "them"
            self.one, self.all = who in ("she", "he"), who == "they"
            self.rest = self.body[match.end() :]
            self.will = short == "ll"
        else:
            return
        if auxiliary := _AUXILIARY.match(self.rest):
            self.rest = self.rest[auxiliary.end() :]
        elif will := _WILL.match(self.rest):
            self.will, self.rest = True, self.rest[will.end() :]
        if self.will and self.subject == "them":
            # What they will do is up to them: no promise of mine.
            self.subject, self.will, self.rest = "", False, self.body

    @property
    def theirs(self) -> bool:
        """Whether the part says that they did it."""
        return self.subject == "them" and not self.bare

    @property
    def named(self) -> str:
        """The part without a leading name: "Ana again 6w" gives "again 6w"."""
        return self.rest if self.who and self.subject == "them" else self.body

    def take_object(self, text: str) -> tuple[str, bool]:
        """(the text without a leading "her", "them" or the contact's name, whether there was one)."""
        people, end = self.around.people.at(text)
        if people and not _POSSESSIVE.match(text[end:]) and not text[end : end + 1].isalnum():
            self.meets(people)
            return text[end:].lstrip(" ,"), True
        if match := _OBJECT.match(text):
            if not match[0].endswith(" ") and match.end() < len(text) and text[match.end()] not in ".,:!?)":
                return text, False
            self.one = self.one or match["who"].lower() != "them"
            self.all = self.all or match["who"].lower() == "them"
            return text[match.end() :], True
        return text, False

    def take_side(self, text: str) -> tuple[str, bool]:
        """(the text without a "to her", "from Ana" or "with them" anywhere in it, whether there was one)."""
        for match in _SIDE.finditer(mask_quotes(text)):
            rest, found = self.take_object(text[match.end() :])
            if found:
                return f"{text[: match.start()].rstrip()} {rest}".strip(), True
        return text, False

    def with_doer(self, doer: str) -> str:
        """The part with another doer before its verb; a name that heads it gets a colon."""
        heading = f"{self.body[: len(self.body) - len(self.rest)].rstrip(' ,:')}: " if self.bare else ""
        return f"{heading}{doer} {self.rest.strip()}"

    def take_owner(self, text: str) -> None:
        """Note the person whose thing a text begins with: "Ana's drill"."""
        people, end = self.around.people.at(text)
        if people and _POSSESSIVE.match(text[end:]):
            self.meets(people)

    def meets_other(self, text: str) -> str:
        """The text without a leading person whom the line is not about, either known or named before a thing."""
        name = self.around.names_other(text.lstrip())
        self.other = self.other or name
        return text.lstrip()[len(name) :].lstrip() if name else text

    def meets(self, people: tuple[int, ...]) -> None:
        """Note the people a part is about; the object of a sentence takes precedence over a bare heading."""
        self.who = [*self.who, *(one for one in people if one not in self.who)]

    def verb(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match of a verb after the doer."""
        return pattern.match(self.rest)


def without(text: str, typed: TypedDate | None) -> str:
    """The text without a date and the preposition before it."""
    if typed is None:
        return text
    return f"{words.BEFORE_A_DATE.sub('', text[: typed.start])} {text[typed.end :]}"
