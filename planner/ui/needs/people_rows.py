"""The rows of the people of a need, told ones and suggestions; only the visible ones are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from planner.core.model import Settings
from planner.core.needs import TOLD_AGAIN, Told, ToldGroup, can_be_told, news_since
from planner.core.network.telling import Suggestion
from planner.core.records import record
from planner.desk.values import NeedPeople
from planner.ui.needs.rows import NeedStanding
from planner.ui.places.look_list import Heading
from planner.ui.widgets.line_list import Row

if TYPE_CHECKING:
    from planner.desk import Desk

TITLES: Final = {
    ToldGroup.DUE: "Answers due",
    ToldGroup.HEARD_OF: "To write to",
    ToldGroup.TOLD: "Told",
    ToldGroup.ASKED: "Asked",
    ToldGroup.HELPED: "Helped",
    ToldGroup.PASSED: "Passed it on",
    ToldGroup.DECLINED: "Could not help",
}
NOBODY = "Nobody holds these words"
NEXT = "Whom to tell next"
Held = Mapping[ToldGroup, Sequence[tuple[int, str]]]
"""By group, (id, name) of the people who match the words of a filter."""


@record(frozen=True, slots=True)
class Somebody:
    """A person in a row; `again` says whether telling them is news."""

    contact_id: int
    name: str
    again: bool = True


class _Part:
    """The rows of one group, or of the suggestions, below their heading; the first one has the index `first`."""

    def __init__(self, group: ToldGroup | None, first: int, count: int, held: Sequence[tuple[int, str]] | None) -> None:
        self.group, self.first, self.count, self.held = group, first, count, held
        self.read: dict[int, Told] = {}

    def within(self, start: int, stop: int) -> tuple[int, int]:
        """The range of its rows (start, stop) that lies between two indexes of the list."""
        return max(0, start - self.first), min(self.count, stop - self.first)


class PeopleRows:
    """The rows of the people of a need, read by index."""

    def __init__(
        self,
        people: NeedPeople,
        settings: Settings,
        today: date,
        *,
        words: tuple[str, ...] = (),
        held: Held | None = None,
    ) -> None:
        """With folded `words` it has only matching people: `held`, and the suggestions of `people`."""
        self.shown, self.words, self.today = people, words, today
        self.suggestions, self._held = people.suggestions, held
        self.told: dict[int, Told] = {}
        """The told-list entry of each person that was read, by contact."""
        self._answer = timedelta(days=settings.nudge_days)
        self._still_open = people.view.need.closed_on is None
        self._fixed: dict[int, Row] = {}
        """The headings and the blank lines, by index."""
        self._parts: list[_Part] = []
        self.total = 0
        """The number of rows, headings included."""
        for group in ToldGroup:
            found = held.get(group, ()) if held is not None else None
            count = len(found) if found is not None else people.groups.get(group, 0)
            title = "Heard of it" if group is ToldGroup.HEARD_OF and not self._still_open else TITLES[group]
            self._add(group, title, f"{count:,}", count, found)
        count = len(self.suggestions)
        self._add(None, NEXT, f"{count:,}, likeliest first", count, None)
        if words and not self._parts:
            self._fixed[0], self.total = Row("nobody", "heading", Heading(NOBODY, "esc shows everyone")), 1

    def _add(
        self, group: ToldGroup | None, title: str, told: str, count: int, held: Sequence[tuple[int, str]] | None
    ) -> None:
        if not count:
            return
        if self._parts:
            self._fixed[self.total] = Row(f"blank:{title}", "blank")
            self.total += 1
        self._fixed[self.total] = Row(f"head:{title}", "heading", Heading(title, told))
        self._parts.append(_Part(group, self.total + 1, count, held))
        self.total += 1 + count

    @property
    def people(self) -> int:
        """The number of rows of people."""
        return sum(part.count for part in self._parts)

    # Reading

    def missing(self, start: int, stop: int) -> list[tuple[ToldGroup | None, int, int]]:
        """The ranges to read before the rows between two indexes are complete: (group, start, stop), with None for
        suggestions.

        Indexes count within the group; for suggestions among the people without a match.
        """
        found: list[tuple[ToldGroup | None, int, int]] = []
        for part in self._parts:
            first, last = part.within(start, stop)
            if part.group is None:
                first, last = self.suggestions.unread(first, last)
            else:
                unread = [place for place in range(first, last) if place not in part.read]
                first, last = (unread[0], unread[-1] + 1) if unread else (0, 0)
            if first < last:
                found.append((part.group, first, last))
        return found

    def read(self, desk: Desk, start: int, stop: int) -> None:
        """Read the rows between two indexes."""
        for group, first, last in self.missing(start, stop):
            if group is None:
                self.suggestions.take(first, desk.needs.others(self.suggestions, first, last))
                continue
            part = next(one for one in self._parts if one.group is group)
            if part.held is None:
                found = desk.needs.told_between(self.shown, group, first, last)
            else:
                keys = [key for key, _ in part.held[first:last]]
                known = {one.contact_id: one for one in desk.needs.told_with(self.shown.view.need.id, keys)}
                found = [known[key] for key in keys if key in known]
            part.read |= dict(enumerate(found, first))
            self.told |= {one.contact_id: one for one in found}

    def everybody(self, desk: Desk) -> dict[str, Somebody]:
        """Everybody in the list, read or not, by the key of their row."""
        found: dict[str, Somebody] = {}
        everyone = self._held if self._held is not None else desk.needs.told_holding(self.shown, ())
        for group, people in everyone.items():
            again = group in TOLD_AGAIN
            found |= {f"t{key}": Somebody(key, name, again) for key, name in people}
        known = self.suggestions
        found |= {f"s{one.contact_id}": Somebody(one.contact_id, one.name) for one in known.head}
        others = desk.needs.others(known, 0, sum(known.counts))
        return found | {f"s{key}": Somebody(key, name) for key, name, _ in others}

    # Rows

    def between(self, start: int, stop: int) -> list[Row]:
        """The rows from index `start` up to `stop` (excluded); only up to the first unread one."""
        found: list[Row] = []
        for place in range(max(0, start), min(stop, self.total)):
            row = self._fixed.get(place) or self._row(place)
            if row is None:
                break
            found.append(row)
        return found

    def _row(self, place: int) -> Row | None:
        part = next(one for one in reversed(self._parts) if one.first <= place)
        at = place - part.first
        if part.group is None:
            if any(self.suggestions.unread(at, at + 1)):
                return None
            one = self.suggestions[at]
            return Row(f"s{one.contact_id}", "item", one)
        told = part.read.get(at)
        return Row(f"t{told.contact_id}", "item", self._standing(told)) if told is not None else None

    def _standing(self, one: Told) -> NeedStanding:
        since = news_since(one) if self._still_open else None
        return NeedStanding(one, since + self._answer if since is not None else None, self._still_open)


def somebody(row: Row) -> Somebody:
    """The person in a row."""
    data = row.data
    if isinstance(data, NeedStanding):
        return Somebody(data.told.contact_id, data.told.name, can_be_told(data.told))
    assert isinstance(data, Suggestion)
    return Somebody(data.contact_id, data.name)
