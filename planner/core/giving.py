"""What I could give in two minutes, from facts alone: a match, a tie gone quiet, a thank-you. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.dates.shown import MONTH_NAMES
from planner.core.records import record
from planner.core.words.counts import days_word

if TYPE_CHECKING:
    from planner.core.network.matchmaking import Pair

WEEK = 7


@record(frozen=True, slots=True)
class QuietTie:
    """Somebody I have not been in touch with for long; `recall` reminds in words of what there was between us."""

    contact_id: int
    name: str
    last_contact: date
    recall: str


@record(frozen=True, slots=True)
class ThankYou:
    """Help to thank for, in words, and its day."""

    contact_id: int
    name: str
    words: str
    on: date | None
    favor_id: int
    owed: bool
    """Whether the thanks are still owed, rather than said already."""


@record(frozen=True, slots=True)
class GivingEntry:
    """A line of the page of giving: its kind, the person it is about, and its words."""

    kind: str
    """ "match", "quiet", "thanks", or "wish" for a question about their wish."""
    label: str
    contact_id: int
    name: str
    words: str


@record(frozen=True, slots=True)
class Giving:
    """The page of giving: at most one entry of each kind, and how many weeks in a row I helped somebody."""

    match: Pair | None = None
    quiet: QuietTie | None = None
    thanks: ThankYou | None = None
    weeks: int = 0
    unknown: tuple[int, str] | None = None
    """(id, name) of somebody met lately whose wishes are not written down."""

    def __bool__(self) -> bool:
        return bool(self.match or self.quiet or self.thanks or self.weeks > 1)

    def entries(self, today: date) -> tuple[GivingEntry, ...]:
        """The match, the tie and the thank-you, in words; the missing ones are left out."""
        found = []
        if self.match is not None:
            one, other = self.match.needs, self.match.offers
            words = f"{one.name} looks for {one.text} · {other.name} offers {other.text}"
            found.append(GivingEntry("match", "a match", one.contact_id, one.name, words))
        if self.quiet is not None:
            tie = self.quiet
            words = f"{tie.name}, {quiet_words((today - tie.last_contact).days)}; {tie.recall}"
            found.append(GivingEntry("quiet", "gone quiet", tie.contact_id, tie.name, words))
        if self.thanks is not None:
            thanks = self.thanks
            when = f" in {month_words(thanks.on, today)}" if thanks.on is not None else ""
            words = f"{thanks.name} helped you{when}: {thanks.words}"
            found.append(GivingEntry("thanks", "a thank-you", thanks.contact_id, thanks.name, words))
        return tuple(found)

    @property
    def question(self) -> GivingEntry | None:
        """The question what somebody met lately is looking for; a round of focus may end with it."""
        if self.unknown is None:
            return None
        contact_id, name = self.unknown
        return GivingEntry("wish", "to know", contact_id, name, f"What is {name} looking for?")

    @property
    def weeks_words(self) -> str:
        """ "You helped somebody in each of the last 7 weeks"; empty for a run that ended, or of only one week."""
        return f"You helped somebody in each of the last {self.weeks} weeks" if self.weeks > 1 else ""


NOTHING_TO_GIVE = Giving()


def quiet_words(days: int) -> str:
    """The time since the last contact: "14 months", "3 years"; below two months in days."""
    months = days // 30
    if months < 2:
        return days_word(days)
    return f"{months} months" if months < 24 else f"{days // 365} years"


def month_words(day: date, today: date) -> str:
    """The month of a day, with the year unless it is obvious: "May", "May 2025"."""
    month = MONTH_NAMES[day.month - 1].capitalize()
    return month if (today - day).days < 330 else f"{month} {day.year}"


def weeks_in_a_row(days: Iterable[date], today: date) -> int:
    """For how many weeks in a row, Monday first, something was given; an empty current week does not end the run."""
    monday = today - timedelta(days=today.weekday())
    given = {day - timedelta(days=day.weekday()) for day in days if day <= today}
    week = monday if monday in given else monday - timedelta(days=WEEK)
    count = 0
    while week in given:
        count += 1
        week -= timedelta(days=WEEK)
    return count
