"""The sample network while it is written: its day, and the keys of its rows so far."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from planner.core.dates.shown import MONTH_NAMES
from planner.core.rhythm.cadence import parse_cadence
from planner.demo import people

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SEED = 1123
FRIDAY = 4
_day_in_text = re.compile(r"\{([+-]\d+)\}")


class SampleNetwork:
    """What every writer of a part of the sample network needs.

    The same day gives the same rows only while `random` and `uid` are called in the same order each time.
    """

    def __init__(self, writer: Writer, today: date) -> None:
        self.writer = writer
        self.writer.uids = map("demo-{}".format, count())
        self.today = today
        self.random = Random(SEED)
        self.people = list(people.everyone())
        self.ids: dict[str, int] = {}
        """The key of each contact, by name."""
        self.since: dict[str, date] = {}
        """The day since which I know each person, by name: their rhythm and their circles begin then."""
        self.needs: dict[str, int] = {}
        """The key of each need, by title."""

    def on(self, days: int) -> date:
        """The date `days` days from today."""
        return self.today + timedelta(days=days)

    def uid(self) -> str:
        """A uid for a new row: 32 hexadecimal digits."""
        return f"{self.random.getrandbits(128):032x}"

    def text(self, text: str) -> str:
        """A text of the story with its days written out: "{+19}" becomes "12 December"."""

        def day(found: re.Match[str]) -> str:
            on = self.on(int(found[1]))
            return f"{on.day} {MONTH_NAMES[on.month - 1]}"

        return _day_in_text.sub(day, text)

    def due_in(self, due: str) -> int:
        """Days from today to a day of the table of people: "+3", or "fri" for this week's Friday, even when past."""
        return FRIDAY - self.today.weekday() if due == "fri" else int(due)

    def ideal_days(self, person: people.Person) -> int | None:
        """The days of a person's shortest rhythm; None for a person without a rhythm, or with a recurrence rule."""
        rhythms = [person.rhythm] if person.rhythm else [people.CIRCLES[circle] for circle in person.circles]
        found = [parse_cadence(rhythm, self.today) for rhythm in rhythms if rhythm]
        lengths = [one.ideal.days() for one in found if one is not None and one.ideal is not None]
        return min(lengths, default=None)
