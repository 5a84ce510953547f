"""One part of a captured line as a fact; the table of forms stands in `capture`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import Meant, TypedDate, day_words, is_only_a_date, mask_quotes, read_date, typed_dates
from planner.core.capture.facts import (
    Ask,
    Cadence,
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
from planner.core.dates.typed import add_days
from planner.core.model import WRITTEN_CHANNELS, Direction, Outcome, Settings
from planner.core.rhythm.cadence import parse_cadence
from planner.core.words.folding import clean_line, fold
from planner.errors import Refused

_SUBJECT: Final = re.compile(
    r"(?P<who>[^\W\d_]+)(?P<will>['’]ll|\s+will|\s+shall)?(?:['’](?:ve|d|s))?\s+"
    r"(?:(?:have|has|had|also|just|already)\s+){0,3}",
    re.IGNORECASE,
)
_TOGETHER: Final = frozenset({"coffee", "meal", "meeting", "visit", "event", "video", "other"})
_DEFAULT_KIND: Final = {
    "introduced": "introduction",
    "lent": "loan",
    "borrowed": "loan",
    "referred": "referral",
    "recommended": "information",
    "advised": "advice",
}


def _without(text: str, typed: TypedDate | None) -> str:
    """The text without a date and the preposition before it."""
    if typed is None:
        return text
    return f"{words.BEFORE_A_DATE.sub('', text[: typed.start])} {text[typed.end :]}"


class PartReader:
    """Reads the parts of one line in order; `day` is when the last thing in it happened."""

    def __init__(self, today: date, settings: Settings, names: Iterable[str]) -> None:
        self.today = today
        self.settings = settings
        self.day = today
        self._names = {first for name in names if (first := fold(name).partition(" ")[0])}

    def read(self, text: str, start: int, end: int) -> Fact:
        """The fact in the part of a text from `start` up to `end`, which begins and ends with a letter."""
        part = text[start:end]
        leading = words.LEADING_WORDS.match(part)
        body = part[leading.end() :] if leading else part
        subject, will, rest = self._subject(body)
        fact = (
            self._note(body, start, end)
            or self._cadence(body, start, end)
            or self._next_date(body, start, end)
            or self._promise(rest, subject, will, start, end)
            or self._asked(rest, subject, start, end)
            or self._helped(rest, subject, start, end)
            or self._follow_up(body, start, end)
            or self._interaction(body, rest, subject, will, start, end)
        )
        if fact is None and will:
            fact = self._promised(rest, start, end)
        return fact or self._anything(body, start, end)

    def _subject(self, body: str) -> tuple[str, bool, str]:
        """Who did it ("me", "them" or ""), whether it is still to come ("I'll"), and the words after."""
        match = _SUBJECT.match(body)
        if not match:
            return "", False, body
        who = fold(match["who"])
        if who in words.ME:
            return "me", bool(match["will"]), body[match.end() :]
        if who in words.THEM or who in self._names:
            # What they will do is theirs to do: it is no promise of mine.
            return ("", False, body) if match["will"] else ("them", False, body[match.end() :])
        return "", False, body

    def _is_them(self, word: str) -> bool:
        folded = fold(word)
        return folded in ("her", "him", "them") or folded in self._names

    def _after_object(self, text: str) -> str:
        """The text without a "her", "them" or the contact's name at its beginning."""
        word, _, rest = text.partition(" ")
        return rest.lstrip() if self._is_them(word.strip(",.:!?")) else text

    def _date(self, typed: TypedDate, meant: Meant) -> tuple[date, str]:
        return read_date(typed, self.today, self.settings, meant)

    def _said(self, day: date) -> str:
        return day_words(day, self.today)

    def _note(self, body: str, start: int, end: int) -> Fact | None:
        match = words.NOTE.match(body)
        note = words.tidy(body[match.end() :]) if match else ""
        return Note(start=start, end=end, chip=f"note: {note}", text=note) if note else None

    def _cadence(self, body: str, start: int, end: int) -> Fact | None:
        if match := words.RHYTHM.match(body):
            typed, sure = body[match.end() :], True
        elif match := words.EVERY.match(body):
            typed = match["rhythm"]
            sure = bool(re.match(r"every\s+[0-9]", typed, re.IGNORECASE))
        else:
            return None
        typed = typed.strip(" .!")
        if typed.lower() == "inherit":
            return Cadence(start=start, end=end, chip="rhythm: from the circles", text="inherit")
        try:
            cadence = parse_cadence(typed, self.today)
        except Refused as refusal:
            if not sure:
                return None
            chip = f"rhythm: {clean_line(typed)}" if typed else "rhythm"
            problem = str(refusal) if typed else "Which rhythm? Try rhythm 4w"
            return Cadence(start=start, end=end, chip=chip, text="", problem=problem)
        if cadence is None:
            return Cadence(start=start, end=end, chip="rhythm: none", text="none")
        return Cadence(start=start, end=end, chip=f"rhythm: {cadence.words}", text=cadence.text)

    def _next_date(self, body: str, start: int, end: int) -> Fact | None:
        match = words.AGAIN.match(body) or words.NEXT.match(body)
        if not match:
            return None
        rest = body[match.end() :]
        dates = typed_dates(rest, after=0)
        if not dates:
            if rest.strip() and not rest[0].isdigit():
                return None
            problem = "When? Try again 6w" if not rest.strip() else f"When is “{clean_line(rest)}”? Try again 6w"
            return NextDate(start=start, end=end, chip="again", on=self.today, problem=problem)
        on, problem = self._date(dates[0], "future")
        text = words.tidy(re.sub(r"\A\s*for\s+", "", _without(rest, dates[0]))) or "catch up"
        chip = ("again" if problem else f"again {self._said(on)}") + (f": {text}" if text != "catch up" else "")
        problem = problem or self._passed(on)
        return NextDate(start=start, end=end, chip=chip, on=on, text=text, problem=problem)

    def _passed(self, day: date) -> str:
        return f"{self._said(day).capitalize()} has passed. Take a day to come" if day < self.today else ""

    def _promise(self, rest: str, subject: str, will: bool, start: int, end: int) -> Fact | None:
        match = words.PROMISED.match(rest)
        if not match:
            return None
        tail = rest[match.end() :]
        to_me = words.TO_ME.match(tail)
        if subject != "them" and not to_me:
            return self._promised(tail, start, end)
        note = words.tidy(re.sub(r"\Ato\b\s*", "", tail[to_me.end() :] if to_me else tail), article=False)
        chip = f"they promised: {note}" if note else "they promised"
        kind, problem = words.favor_kind(note), "" if note else "What did they promise?"
        return Ask(start=start, end=end, chip=chip, problem=problem, kind=kind, note=note, on=self.day, promised=True)

    def _promised(self, tail: str, start: int, end: int) -> Fact:
        """What I promised, from the words after the verb."""
        dates = typed_dates(tail)
        typed = dates[-1] if dates else None
        due, problem = add_days(self.today, self.settings.promise_days), ""
        if typed:
            due, problem = self._date(typed, "future")
            problem = problem or self._passed(due)
        note = self._after_object(words.tidy(_without(tail, typed)))
        note = words.tidy(re.sub(r"\Ato\b\s*", "", note, flags=re.IGNORECASE), article=False)
        chip = (f"promise: {note}" if note else "promise") + ("" if problem else f" · by {self._said(due)}")
        return Promise(
            start=start,
            end=end,
            chip=chip,
            problem=problem or ("" if note else "What did you promise?"),
            kind=words.favor_kind(note),
            note=note,
            on=self.day,
            due=due,
        )

    def _asked(self, rest: str, subject: str, start: int, end: int) -> Fact | None:
        match = words.ASKED.match(rest)
        if not match:
            return None
        tail = rest[match.end() :]
        to_me = words.TO_ME.match(tail)
        theirs = bool(subject == "them" or to_me or words.MY_QUESTION.match(tail))
        theirs = theirs or (match["verb"].lower() == "request" and subject == "")
        tail = tail[to_me.end() :] if to_me else self._after_object(tail)
        asking = words.ASKING.match(tail)
        if not theirs and not asking and subject != "me" and not words.favor_kind(tail.partition(" ")[0], ""):
            return None
        on, due, typed, problem = self.day, None, None, ""
        for found in reversed(typed_dates(tail)):
            day, trouble = self._date(found, "future" if found.deadline else "nearest")
            if theirs and not trouble and (found.deadline or day > self.today):
                typed, due = found, day
                break
            if trouble or (not found.deadline and day <= self.today):
                typed, on, problem = found, day, trouble
                break
        note = words.tidy(_without(tail, typed))
        note = words.tidy(re.sub(r"\A(?:for|to)\b\s*", "", note, flags=re.IGNORECASE), article=False)
        kind = words.favor_kind(note)
        if theirs:
            until = f" · by {self._said(due)}" if due else ""
            problem = problem or (self._passed(due) if due else "") or ("" if note else "What did they ask for?")
            chip = (f"they asked: {note}" if note else "they asked") + ("" if problem else until)
            return Request(start=start, end=end, chip=chip, problem=problem, kind=kind, note=note, on=on, due=due)
        problem = problem or ("" if note else "What did you ask for?")
        chip = f"you asked: {note}" if note else "you asked"
        return Ask(start=start, end=end, chip=chip, problem=problem, kind=kind, note=note, on=on)

    def _helped(self, rest: str, subject: str, start: int, end: int) -> Fact | None:
        match = words.HELPED.match(rest)
        if not match:
            return None
        verb, tail = match["verb"].lower(), rest[match.end() :]
        if verb == "gave" and words.NOT_HELP.match(tail):
            return None
        dates = typed_dates(tail)
        typed = dates[-1] if dates and (dates[-1].at_end or len(dates) == 1) else None
        on, problem = self._date(typed, "past") if typed else (self.day, "")
        if on > self.today:
            problem = f"{self._said(on)} is still to come. Say promised, or leave out the day"
        tail = _without(tail, typed)
        to_me = words.TO_ME.match(tail)
        received = subject == "them" or to_me is not None
        if verb == "borrowed":
            received = not received
        if verb in ("helped", "gave"):
            note = tail[to_me.end() :] if to_me else self._after_object(tail)
            note = re.sub(r"\A(?:with|to)\b\s*", "", note.strip(), flags=re.IGNORECASE)
        else:
            note = f"{verb} {tail}"
        note = words.tidy(note, article=False)
        kind = words.favor_kind(note, _DEFAULT_KIND.get(verb, "other"))
        who = "they helped" if received else "you gave"
        when = "" if on == self.today else f" · {self._said(on)}"
        problem = problem or ("" if note or verb == "helped" else f"What {'did you get' if received else 'was it'}?")
        make = Received if received else Gave
        chip = f"{who}: {note}{when}" if note else f"{who}{when}"
        return make(start=start, end=end, chip=chip, problem=problem, kind=kind, note=note, on=on)

    def _follow_up(self, body: str, start: int, end: int) -> Fact | None:
        match = words.FOLLOW_UP.match(body)
        if not match:
            return None
        rest = body[match.end() :]
        dates = typed_dates(rest)
        typed = dates[-1] if dates else None
        on, problem = self._date(typed, "future") if typed else (self.today, "On which day? Add a date")
        problem = problem or self._passed(on)
        return self._to_do(words.tidy(_without(rest, typed)) or "follow up", on, problem, start, end)

    def _to_do(self, text: str, on: date, problem: str, start: int, end: int) -> FollowUp:
        chip = f"follow-up: {text}" + ("" if problem else f" · {self._said(on)}")
        return FollowUp(start=start, end=end, chip=chip, problem=problem, text=text, on=on)

    def _interaction(self, body: str, rest: str, subject: str, will: bool, start: int, end: int) -> Fact | None:
        masked = mask_quotes(body)
        attempt = words.ATTEMPT_WORDS.search(masked)
        found = words.channel_of(rest)
        if found is None:
            if words.ONLY_ATTEMPT.fullmatch(masked) or words.TRIED.fullmatch(masked.strip()):
                return self._happened("call", self.today, Outcome.ATTEMPT, Direction.ME, "", "", start, end)
            return None
        channel, match = found
        word, lead, tail = words.channel_word(match), match["lead"].lower(), rest[match.end() :]
        to_come = will or bool(words.PLANNED_WORDS.search(mask_quotes(rest)))
        meant: Meant = "past" if words.is_past_verb(word) else "nearest"
        if to_come or words.is_forward_verb(word):
            meant = "future"
        typed, on, problem = self._day_of(tail, meant)
        outcome = Outcome.REACHED
        if on > self.today or to_come:
            outcome = Outcome.PLANNED
            if to_come and typed is None:
                problem = "On which day? Add a date"
        elif attempt or words.TRIED.match(lead) or "unanswered" in lead:
            outcome = Outcome.ATTEMPT
        tail = _without(tail, typed)
        note = words.tidy(words.PLANNED_WORDS.sub(" ", words.ATTEMPT_WORDS.sub(" ", tail)))
        return self._happened(
            channel,
            on,
            outcome,
            self._direction(channel, word, lead, tail, subject, outcome),
            self._note_after(note),
            problem,
            start,
            end,
        )

    def _day_of(self, tail: str, meant: Meant) -> tuple[TypedDate | None, date, str]:
        """The date that says when an interaction was, its day, and a problem.

        What stands after "about" belongs to the note, but for a day at the end that has been.
        """
        about = words.ABOUT.search(mask_quotes(tail))
        dates = typed_dates(tail, after=0)
        for typed in dates:
            if about is None or typed.start < about.start():
                return (typed, *self._date(typed, meant))
        if dates and dates[-1].at_end:
            day, problem = self._date(dates[-1], meant if meant != "past" else "nearest")
            if not problem and day <= self.today:
                return dates[-1], day, ""
        return None, self.today, ""

    def _direction(self, channel: str, word: str, lead: str, tail: str, subject: str, outcome: Outcome) -> Direction:
        first, _, second = tail.strip().partition(" ")
        from_them = first.lower() == "from" and self._is_them(second.partition(" ")[0].strip(",.:!"))
        if subject == "them" or from_them or word == "heard from" or re.search(r"\b(?:me|us|incoming)\b", lead):
            return Direction.THEM
        if outcome is Outcome.ATTEMPT or channel in WRITTEN_CHANNELS:
            return Direction.ME
        if channel in _TOGETHER or not words.is_past_verb(word):
            return Direction.BOTH
        return Direction.ME

    def _note_after(self, note: str) -> str:
        """The note of an interaction without "with her" and "about" before it."""
        first, _, rest = note.partition(" ")
        if first.lower() in ("with", "to", "from") and self._is_them(rest.partition(" ")[0].strip(",.:!")):
            note = rest
        note = self._after_object(note)
        note = re.sub(r"\A(?:me|us)\b\s*", "", note, flags=re.IGNORECASE)
        return words.tidy(re.sub(r"\Aabout\s+", "", note, flags=re.IGNORECASE))

    def _happened(
        self,
        channel: str,
        on: date,
        outcome: Outcome,
        direction: Direction,
        note: str,
        problem: str,
        start: int,
        end: int,
    ) -> Interaction:
        if problem:
            chip = channel
        elif outcome is Outcome.PLANNED:
            chip = f"planned: {channel} · {self._said(on)}"
        else:
            chip = f"{channel} {self._said(on)}"
            self.day = on
        if outcome is Outcome.ATTEMPT:
            chip += ", no answer"
        elif direction is Direction.THEM:
            chip += ", from them"
        if note:
            chip += f" · {note}"
        return Interaction(
            start=start,
            end=end,
            chip=chip,
            problem=problem,
            channel=channel,
            on=on,
            outcome=outcome,
            direction=direction,
            note=note,
        )

    def _anything(self, body: str, start: int, end: int) -> Fact:
        """A to-do when a day to come stands in it, the day of a contact when that is all, else a note."""
        dates = typed_dates(body)
        if dates and not dates[-1].vague:
            on, problem = self._date(dates[-1], "future")
            text = words.tidy(_without(body, dates[-1]))
            if is_only_a_date(body) and not problem:
                if on > self.today:
                    return NextDate(start=start, end=end, chip=f"again {self._said(on)}", on=on)
                return self._happened("other", on, Outcome.REACHED, Direction.BOTH, "", "", start, end)
            if problem or on >= self.today:
                return self._to_do(text or "catch up", on, problem, start, end)
        note = words.tidy(body) or clean_line(body)
        return Note(start=start, end=end, chip=f"note: {note}", text=note)
