"""Whom to tell of a need next, and why. Pure.

Nobody is left out for seeming useless. First come people who offer it; then people who work or hire there, or do such
work; then people who know somebody there; then people who live near. Every fourth suggestion is a tie gone quiet, who
hears what one's own circle does not. In the end comes everybody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import overload

from planner.core.network.reasons import ContactToTell, reason
from planner.core.network.sought import Sought
from planner.core.records import record

DORMANT_DAYS = 180
"""Days after which a tie is quiet."""
BETWEEN = 3
"""The number of matching people between two ties gone quiet."""
Row = tuple[int, str, str | None]
"""(contact id, name, last contact as ISO text) of somebody without a relation to the need."""
Counts = tuple[int, int, int]
"""How many people without a match are ties gone quiet, were never met, and are near, in this order."""


@record(frozen=True, slots=True)
class Suggestion:
    """A person to tell, and why."""

    contact_id: int
    name: str
    why: str


class Suggestions(Sequence[Suggestion]):
    """Everyone who can be told, the likeliest to help first; of the many without a match only some are read."""

    def __init__(
        self,
        head: Sequence[Suggestion],
        others: Sequence[Row] | dict[int, Row],
        today: date,
        *,
        counts: Counts | None = None,
        need_id: int = 0,
        left_out: frozenset[int] = frozenset(),
        words: tuple[str, ...] = (),
        among: frozenset[int] | None = None,
    ) -> None:
        """`head` comes first, then the others in order: all of them, or the ones read so far, by index.

        `counts` says how many others there are of each kind. The others exclude the contacts in `left_out`, people who
        know of the need, people whose name and reason do not contain the folded `words`, and people outside `among`, if
        given.
        """
        self.among = among
        self.head, self.today, self.need_id, self.left_out, self.words = head, today, need_id, left_out, words
        self.counts = counts or (len(others), 0, 0)
        self._others = others

    def __len__(self) -> int:
        return len(self.head) + sum(self.counts)

    @overload
    def __getitem__(self, place: int) -> Suggestion: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Suggestion]: ...
    def __getitem__(self, place: int | slice) -> Suggestion | Sequence[Suggestion]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        at = place % len(self)
        return self.head[at] if at < len(self.head) else _tie(self._others[at - len(self.head)], self.today)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def unread(self, start: int, stop: int) -> tuple[int, int]:
        """The range of others (start, stop) that must be read before the suggestions from `start` up to `stop` are
        known.

        (0, 0) where none is missing.
        """
        first, known = len(self.head), self._others
        wanted = range(max(0, start - first), min(sum(self.counts), max(0, stop - first)))
        missing = [place for place in wanted if place not in known] if isinstance(known, dict) else []
        return (missing[0], missing[-1] + 1) if missing else (0, 0)

    @property
    def unread_at_all(self) -> tuple[int, int]:
        """The range of others (start, stop) that must be read before everybody is known."""
        return self.unread(0, len(self))

    def take(self, start: int, rows: Iterable[Row]) -> None:
        """Add others that were read, beginning at index `start` among them."""
        if isinstance(self._others, dict):
            self._others.update(enumerate(rows, start))

    @property
    def are_read(self) -> bool:
        """Whether all the others have been read."""
        return len(self._others) == sum(self.counts)

    def read(self) -> Iterator[Suggestion]:
        """Everyone read so far, in order."""
        yield from self.head
        places = range(len(self._others)) if not isinstance(self._others, dict) else sorted(self._others)
        yield from (_tie(self._others[place], self.today) for place in places)


def _same(one: Suggestion, other: object) -> bool:
    return one == other


NOBODY = Suggestions((), (), date.min)


def suggest(wanted: Sought, candidates: Iterable[ContactToTell], others: Iterable[Row], today: date) -> Suggestions:
    """All candidates and others, the likeliest to help first; candidates come first if something about them matches."""
    everybody = list(candidates)
    found = matching(wanted, everybody)
    matched = {one.contact_id for one in found}
    rows = [
        (one.contact_id, one.name, one.last_contact.isoformat() if one.last_contact is not None else None)
        for one in everybody
        if one.contact_id not in matched
    ]
    rows += others
    return in_order(found, sorted(rows, key=lambda row: (row[2] or "", row[0])), today)


def matching(wanted: Sought, candidates: Iterable[ContactToTell]) -> list[Suggestion]:
    """The people who are related to the need in some way, the likeliest to help first."""
    found = [
        (best.rank, -best.weight, one.name, one.contact_id, best.why)
        for one in candidates
        if (best := reason(wanted, one)) is not None
    ]
    return [Suggestion(key, name, why) for *_, name, key, why in sorted(found)]


def in_order(found: Sequence[Suggestion], others: Sequence[Row], today: date) -> Suggestions:
    """The matching people with ties gone quiet between them, then all others.

    `others` are sorted by last contact, never met first; the result goes on with the ties gone quiet (the longest
    first), then the never met, then the near ones.
    """
    never = bisect_left(others, True, key=lambda row: row[2] is not None)
    quiet = bisect_left(others, quiet_before(today), lo=never, key=lambda row: row[2] or "")
    ties = others[never : min(quiet, never + ties_among(found))]
    rest = [*others[never + len(ties) : quiet], *others[:never], *others[quiet:]]
    return Suggestions(mixed(found, ties, today), rest, today)


def quiet_before(today: date) -> str:
    """The day, as ISO text, before which a last contact makes a tie quiet."""
    return (today - timedelta(days=DORMANT_DAYS)).isoformat()


def ties_among(found: Sequence[Suggestion]) -> int:
    """How many ties gone quiet go among the matching people."""
    return len(found) // BETWEEN


def mixed(found: Sequence[Suggestion], ties: Iterable[Row], today: date) -> tuple[Suggestion, ...]:
    """The matching people, with a tie gone quiet after each three of them."""
    return tuple(_mixed(found, ties, today))


def _mixed(matching: Sequence[Suggestion], quiet: Iterable[Row], today: date) -> Iterator[Suggestion]:
    ties, rest = iter(quiet), iter(matching)
    while some := list(islice(rest, BETWEEN)):
        yield from some
        if len(some) == BETWEEN:
            yield from (_tie(row, today) for row in islice(ties, 1))


QUIET = ("last in touch ", " months ago: other news")
"""The words about a tie gone quiet, before and after the number of months of 30 days."""
NEVER_MET = "not in touch yet: a reason to write"
NEAR = "close: they will keep an ear open"
MONTH = 30


def _tie(row: Row, today: date) -> Suggestion:
    key, name, last = row
    if last is None:
        return Suggestion(key, name, NEVER_MET)
    days = (today - date.fromisoformat(last)).days
    return Suggestion(key, name, str(days // MONTH).join(QUIET) if days > DORMANT_DAYS else NEAR)
