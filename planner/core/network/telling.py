"""Whom to tell of a need next, and why. Pure.

Nobody is left out for seeming useless. First whoever offers it; then who works or hires there, or does such work; then
who knows somebody there; then who lives near; among them, one in four, ties gone quiet, who hear what one's own circle
does not. In the end everybody.
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
"""A tie is quiet after so many days."""
BETWEEN = 3
"""So many who match stand between two ties gone quiet."""
Row = tuple[int, str, str | None]
"""(contact id, name, last contact as ISO text) of somebody who has nothing to do with a need."""


@record(frozen=True, slots=True)
class Suggestion:
    """Whom to tell, and why."""

    contact_id: int
    name: str
    why: str


class Suggestions(Sequence[Suggestion]):
    """Everyone who can be told, the likeliest to help first; the reasons of the many are made when they are read."""

    def __init__(self, head: Sequence[Suggestion], rest: Sequence[Row], today: date) -> None:
        """`head` comes first, then `rest` in its order."""
        self._head, self._rest, self._today = head, rest, today

    def __len__(self) -> int:
        return len(self._head) + len(self._rest)

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
        return self._head[at] if at < len(self._head) else _tie(self._rest[at - len(self._head)], self._today)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def without(self, contact_ids: Iterable[int]) -> Suggestions:
        """The same people but for some, in the same order."""
        gone = set(contact_ids)
        head = [one for one in self._head if one.contact_id not in gone]
        return Suggestions(head, [row for row in self._rest if row[0] not in gone], self._today)


def _same(one: Suggestion, other: object) -> bool:
    return one == other


NOBODY = Suggestions((), (), date.min)


def suggest(wanted: Sought, candidates: Iterable[ContactToTell], others: Iterable[Row], today: date) -> Suggestions:
    """All candidates and others, the likeliest to help first; of the candidates those who match in what they are."""
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
    """Of some people those of whom something has to do with the need, the likeliest to help first."""
    found = [
        (best.rank, -best.weight, one.name, one.contact_id, best.why)
        for one in candidates
        if (best := reason(wanted, one)) is not None
    ]
    return [Suggestion(key, name, why) for *_, name, key, why in sorted(found)]


def in_order(found: Sequence[Suggestion], others: Sequence[Row], today: date) -> Suggestions:
    """Those who match with ties gone quiet between them, then all others.

    `others` come by their last contact, those never met first; they go on as ties gone quiet, the longest first, then
    who was never met, then the near ones.
    """
    before = (today - timedelta(days=DORMANT_DAYS)).isoformat()
    never = bisect_left(others, True, key=lambda row: row[2] is not None)
    quiet = bisect_left(others, before, lo=never, key=lambda row: row[2] or "")
    ties = others[never : min(quiet, never + len(found) // BETWEEN)]
    head = list(_mixed(found, ties, today))
    rest = [*others[never + len(ties) : quiet], *others[:never], *others[quiet:]]
    return Suggestions(head, rest, today)


def _mixed(matching: Sequence[Suggestion], quiet: Iterable[Row], today: date) -> Iterator[Suggestion]:
    """Those who match, with a tie gone quiet after each three of them."""
    ties, rest = iter(quiet), iter(matching)
    while some := list(islice(rest, BETWEEN)):
        yield from some
        if len(some) == BETWEEN:
            yield from (_tie(row, today) for row in islice(ties, 1))


def _tie(row: Row, today: date) -> Suggestion:
    key, name, last = row
    if last is None:
        return Suggestion(key, name, "not in touch yet: a reason to write")
    days = (today - date.fromisoformat(last)).days
    if days > DORMANT_DAYS:
        return Suggestion(key, name, f"last in touch {days // 30} months ago: other news")
    return Suggestion(key, name, "close: they will keep an ear open")
