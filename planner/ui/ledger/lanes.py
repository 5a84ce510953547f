"""The four lanes of the ledger: the line with their counts, and their rows, which are read as they scroll into view."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rich.segment import Segment

from planner.core.favors import LANES
from planner.core.model import Settings
from planner.core.words.counts import days_word, people_word
from planner.core.words.folding import fold
from planner.desk.values import Lane, Lanes, LedgerRow
from planner.ui.ledger.rows import NARROW
from planner.ui.places.look_list import Heading
from planner.ui.shared.card import Line, Look
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import clip, measure, spread

LANE_TITLES = {
    "asked_me": "They asked me",
    "promised": "I promised",
    "i_asked": "I asked",
    "to_close": "To close",
}


def hint_of(lane: str, settings: Settings) -> str:
    """What a lane asks of me, with the days from the configuration; "" if each entry has its own day."""
    return {
        "asked_me": f"answer within {days_word(settings.request_days)}",
        "promised": "",
        "i_asked": f"a nudge after {days_word(settings.nudge_days)}",
        "to_close": f"thanks within {days_word(settings.thanks_days)}",
    }[lane]


class LaneRows:
    """The rows of the lanes, each lane under its heading. Of thousands of favors only the visible ones are read."""

    def __init__(
        self,
        lanes: Lanes,
        settings: Settings,
        *,
        holding: frozenset[str] | None = None,
        words: Sequence[str] = (),
        counts: bool = False,
        known: Mapping[str, LedgerRow] | None = None,
    ) -> None:
        """Only favors in `holding`, which contain the folded `words`, are in the lanes; None shows every favor.

        With `counts` a heading has the number of entries below it. `known` are favors that were read already.
        """
        self.words = tuple(words)
        self.known: dict[str, LedgerRow] = dict(known or {})
        self._rows: list[Row | str] = []
        """Rows that need no reading, and ids of favors in place of their rows."""
        self.people = 0
        """The number of rows other than headings."""
        for name in LANES:
            lane = lanes.lanes[name]
            keys = [key for key in lane.keys if key in holding] if holding is not None else lane.keys
            closed = [
                item for item in lanes.needs_to_close
                if name == "to_close" and all(word in fold(item.text) for word in words)
            ]  # fmt: skip
            if not keys and not closed:
                continue
            if self._rows:
                self._rows.append(Row(f"blank:{name}", "blank"))
            late = lane.late if holding is None else 0
            told = f"{late} late" if late else hint_of(name, settings)
            count = len(keys) + len(closed)
            self.people += count
            title = f"{LANE_TITLES[name]} {count}" if counts else LANE_TITLES[name]
            self._rows.append(Row(f"lane:{name}", "heading", Heading(title, told, late=bool(late))))
            self._rows += keys
            self._rows += [Row(item.id, "item", item) for item in closed]
        self._places = {one if isinstance(one, str) else one.key: place for place, one in enumerate(self._rows)}

    @property
    def total(self) -> int:
        """The number of rows, headings included."""
        return len(self._rows)

    def place_of(self, key: str) -> int | None:
        """The index of the row with a key; None if there is none."""
        return self._places.get(key)

    def unread(self, start: int, stop: int) -> list[str]:
        """The unread favors between two indexes."""
        return [one for one in self._rows[max(0, start) : stop] if isinstance(one, str) and one not in self.known]

    def take(self, found: Mapping[str, LedgerRow], wanted: Collection[str]) -> None:
        """Keep favors that were read; a favor in `wanted` but not in `found` has left its lane meanwhile."""
        self.known |= found
        self._rows = [one for one in self._rows if one not in wanted or one in found]
        self._places = {one if isinstance(one, str) else one.key: place for place, one in enumerate(self._rows)}

    def between(self, start: int, stop: int) -> list[Row]:
        """The rows from index `start` up to `stop` (excluded); only up to the first unread one."""
        found: list[Row] = []
        for one in self._rows[max(0, start) : max(0, stop)]:
            row = self._row(one)
            if row is None:
                break
            found.append(row)
        return found

    def around(self, place: int, reach: int) -> tuple[int, list[Row]]:
        """(the index of the first row, the read rows) around an index, at most `reach` before it and after it."""
        start = min(max(0, place), max(0, self.total - 1))
        end = start + reach
        while start > max(0, place - reach) and self._row(self._rows[start - 1]) is not None:
            start -= 1
        return start, self.between(start, end)

    def _row(self, one: Row | str) -> Row | None:
        if isinstance(one, str):
            return Row(one, "item", self.known[one]) if one in self.known else None
        return one


def lane_of(lanes: Lanes, key: str) -> str:
    """The lane of the favor with a key, "" for none."""
    return next((name for name, lane in lanes.lanes.items() if key in lane.keys), "")


def place_in_lane(lanes: Lanes, name: str, key: str) -> int:
    """The index in a lane of the favor with a key, -1 if it is not there."""
    keys = lanes.lanes[name].keys
    return keys.index(key) if key in keys else -1


def next_in_lane(lanes: Lanes, name: str, key: str) -> str:
    """The key after a key in a lane, else the one before; "" if it is alone in its lane."""
    keys = lanes.lanes[name].keys if name else ()
    if key not in keys:
        return ""
    place = keys.index(key)
    return next(iter(keys[place + 1 : place + 2] or keys[max(0, place - 1) : place]), "")


def lanes_line(lanes: Lanes, width: int, look: Look) -> Line:
    """The four lanes with the number of favors in each; if it fits, how many people I helped this week."""
    colors = look.colors
    line: Line = [Segment(" " if width < NARROW else "   ")]
    gap = 6 if width >= 100 else 3 if width >= 70 else 2 if width >= 48 else 1
    for name in LANES:
        lane = lanes.lanes.get(name, Lane())
        closed = lanes.needs_to_close if name == "to_close" else ()
        due = bool(lane.due) or any(item.due <= look.today for item in closed)
        style = colors.late if lane.late else colors.due if due else colors.text
        title = LANE_TITLES[name] if width >= 60 else LANE_TITLES[name].removeprefix("They ").removeprefix("I ")
        title = title if width >= 48 else title.removeprefix("To ")
        if len(line) > 1:
            line.append(Segment(" " * gap))
        line += [Segment(f"{title} ", colors.name if lane.keys or closed else colors.dim)]
        line.append(Segment(str(len(lane.keys) + len(closed)), style))
    count = lanes.helped_this_week
    told = Segment(people_word(count), colors.name)
    right = [Segment("you helped ", colors.dim), told, Segment(" this week  ", colors.dim)]
    room = width - measure(line)
    return spread(line, right, width) if count and room >= measure(right) + 2 else clip(line, width)
