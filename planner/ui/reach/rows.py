"""The lines of reach: paths to a target as small maps, introductions with their stages, and matches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from planner.core.dates.shown import age_words
from planner.core.introductions import Answer, Introduction, open_step, stage, waiting_for
from planner.core.model import OpenItem, Settings
from planner.core.network.matchmaking import Pair
from planner.core.network.reach import Path
from planner.core.network.topics import topic_spans
from planner.core.records import record
from planner.core.words.counts import counted
from planner.core.words.wording import when_word
from planner.ui.places.look_list import Heading, LookList
from planner.ui.shared.card import Line, Look
from planner.ui.text import cut, pad, plain
from planner.ui.text import width as cells_of
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import clip, measure, spread

MOST_NAME = 24
"""The most cells of the column of names in the matches."""
VERBS = ("looks for", "offers")
GROUPS = ("ways", "introductions", "matches")


@record(frozen=True, slots=True)
class ReachRemark:
    """A dim line in a group without entries."""

    text: str


@record(frozen=True, slots=True)
class Found:
    """The content of the list: paths to a target, introductions under way, matches."""

    target: str = ""
    ways: tuple[Path, ...] = ()
    introductions: tuple[Introduction, ...] = ()
    matches: tuple[Pair, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was searched, and there are neither introductions nor matches."""
        return not (self.target or self.introductions or self.matches)


def way_key(path: Path) -> str:
    """The key of a path in the list."""
    return "p" + ">".join(f"{step.contact_id or ''}:{step.name}" for step in path.steps)


def match_key(pair: Pair) -> str:
    """The key of a match in the list."""
    return f"m{pair.needs.contact_id}-{pair.offers.contact_id}"


def rows_of(found: Found, no_way: str) -> list[Row]:
    """The rows of the non-empty groups; each entry has a second line of its own.

    `no_way` is the text if nobody leads to the target.
    """
    rows: list[Row] = []

    def group(name: str, title: str, entries: Sequence[tuple[str, object]], told: str, remark: str = "") -> None:
        if not entries and not remark:
            return
        if rows:
            rows.append(Row(f"blank:{name}", "blank"))
        rows.append(Row(f"head:{name}", "heading", Heading(title, told)))
        if not entries:
            rows.append(Row(f"none:{name}", "blank", ReachRemark(remark)))
        for key, data in entries:
            rows.extend((Row(key, "item", data), Row(f"{key}+", "detail")))

    if found.target:
        count = len(found.ways)
        told = counted(count, "way") if count else ""
        group("ways", f"To {found.target}", [(way_key(one), one) for one in found.ways], told, no_way)
    introductions = [(f"t{one.id}", one) for one in found.introductions]
    group("introductions", "Introductions", introductions, "each is asked before they meet")
    group("matches", "Matches", [(match_key(one), one) for one in found.matches], "who looks for what others offer")
    return rows


def group_of(row: Row) -> str:
    """The group of an entry, one of `GROUPS`; empty for other rows."""
    if isinstance(row.data, Path):
        return "ways"
    if isinstance(row.data, Introduction):
        return "introductions"
    return "matches" if isinstance(row.data, Pair) else ""


# A path: you ── Ana Silva ── Carl Stone


def touch_words(days: int | None) -> str:
    """How long ago I was in touch, from days: "in touch today", "in touch 5d ago", "never in touch yet" for None."""
    if days is None:
        return "never in touch yet"
    return "in touch today" if days <= 0 else f"in touch {age_words(days)} ago"


def touch_cell(days: int | None) -> str:
    """How recently I was in touch, for a column: "today", "5d ago", "never"."""
    return "never" if days is None else "today" if days <= 0 else f"{age_words(days)} ago"


def way_line(path: Path, width: int, look: Look) -> Line:
    """Me, the people between, and the end, joined by lines; at the right how recently we were in touch."""
    colors = look.colors
    right = [Segment(touch_cell(path.contact_days), colors.dim)] if width >= 50 else []
    if right:
        return spread(way_line_alone(path, width - measure(right) - 2, look), right, width)
    return way_line_alone(path, width, look)


def way_line_alone(path: Path, width: int, look: Look) -> Line:
    """A path as a map, "you ── Ana ── Carl"; names that do not fit are cut to the same width."""
    colors = look.colors
    join = f" {look.glyphs.line * 2} "
    names = [plain(step.name) for step in path.steps]
    room = max(4, (width - 3 - len(join) * len(names)) // len(names))
    if 3 + sum(len(join) + cells_of(name) for name in names) > width:
        spare = sum(max(0, room - cells_of(name)) for name in names)
        long = sum(1 for name in names if cells_of(name) > room)
        names = [cut(name, room + spare // max(1, long)) for name in names]
    line: Line = [Segment("you", colors.dim)]
    for place, (name, step) in enumerate(zip(names, path.steps, strict=True)):
        known = step.contact_id is not None
        style = colors.name if place == 0 or known else colors.text
        line += [Segment(join, colors.accent if place == 0 else colors.rule), Segment(name, style)]
    return line


def way_detail(path: Path, width: int, look: Look) -> Line:
    """Why a path leads to the target, and what its first person was asked before.

    In a narrow list it includes the days since the last contact, which are otherwise beside the map.
    """
    colors = look.colors
    line: Line = [Segment("  "), Segment(plain(path.why), colors.accent)]
    for words in (path.price, "" if width >= 50 else touch_words(path.contact_days)):
        if words:
            line += [Segment(f" {look.glyphs.dot} ", colors.rule), Segment(plain(words), colors.dim)]
    return clip(line, width, look.glyphs.ellipsis)


# An introduction: its two people, and the stages as marks


@record(frozen=True, slots=True)
class Stage:
    """One step of an introduction: its words, and its state "done", "now", "later" (postponed) or "ahead"."""

    words: str
    state: str


def stages(introduction: Introduction) -> tuple[Stage, ...]:
    """The steps of an introduction, from asking the first person to how it went."""
    sides = (
        (introduction.one_name, introduction.one_answer, introduction.one_id),
        (introduction.other_name, introduction.other_answer, introduction.other_id),
    )
    where, waits = stage(introduction), waiting_for(introduction)
    found = []
    for name, said, contact_id in sides:
        first = plain(name).split(" ")[0]
        if said is Answer.YES:
            found.append(Stage(f"{first} yes", "done"))
        elif said is Answer.LATER:
            found.append(Stage(f"{first} later", "later"))
        elif said is Answer.NOT_ASKED:
            found.append(Stage(f"ask {first}", "now" if waits == contact_id else "ahead"))
        else:
            found.append(Stage(f"asked {first}", "now"))
    found.append(Stage("both yes", "done" if where in ("agreed", "introduced", "worked") else "ahead"))
    if where in ("introduced", "worked"):
        found.append(Stage("introduced", "done"))
    else:
        found.append(Stage("introduce", "now" if where == "agreed" else "ahead"))
    found.append(Stage("worked?", "now" if where == "introduced" else "ahead"))
    return tuple(found)


def due_style(item: OpenItem | None, look: Look) -> Style:
    return look.colors.due if item is not None and item.due <= look.today else look.colors.dim


def introduction_line(introduction: Introduction, item: OpenItem | None, width: int, look: Look) -> Line:
    """The two people of an introduction, and when the next step is due."""
    colors, glyphs = look.colors, look.glyphs
    now = item is not None and item.due <= look.today
    mark = Segment(f"{glyphs.due if now else glyphs.soon} ", colors.due if now else colors.accent)
    join = f" {glyphs.line * 2} "
    right = [Segment(when_word(item, look.today), due_style(item, look))] if item is not None else []
    if width < 34:
        right = []
    room = max(8, width - 2 - len(join) - (measure(right) + 2 if right else 0))
    first, second = plain(introduction.one_name), plain(introduction.other_name)
    if cells_of(first) + cells_of(second) > room:
        first = cut(first, max(room // 2, room - cells_of(second)))
        second = cut(second, room - cells_of(first))
    left = [mark, Segment(first, colors.name), Segment(join, colors.rule), Segment(second, colors.name)]
    return spread(left, right, width)


def stages_line(introduction: Introduction, item: OpenItem | None, width: int, look: Look) -> Line:
    """The steps of an introduction on one line; in a narrow list only marks, with the words of the present step."""
    colors, glyphs = look.colors, look.glyphs
    due = item is not None and item.due <= look.today
    marks = {
        "done": (glyphs.done, colors.done),
        "now": (glyphs.due, colors.due) if due else (glyphs.soon, colors.accent),
        "later": (glyphs.snoozed, colors.dim),
        "ahead": (glyphs.dot, colors.dim),
    }
    styles = {"now": colors.name, "done": colors.text}
    found = stages(introduction)
    # The first step to be left out is "both yes": the two answers say it already.
    for shown in (found, (*found[:2], *found[3:])):
        line: Line = [Segment("  ")]
        for place, one in enumerate(shown):
            mark, style = marks[one.state]
            if place:
                line.append(Segment(f" {glyphs.line} ", colors.rule))
            line += [Segment(mark, style), Segment(f" {one.words}", styles.get(one.state, colors.dim))]
        if measure(line) <= width:
            return line
    short: Line = [Segment("  ")]
    for place, one in enumerate(found):
        mark, style = marks[one.state]
        short += [Segment(glyphs.line, colors.rule)] * bool(place) + [Segment(mark, style)]
    words = next((one.words for one in found if one.state in ("now", "later")), "")
    return clip([*short, Segment(f"  {words}", colors.name)], width, glyphs.ellipsis)


# A match: who looks for something, who offers it


def match_line(pair: Pair, side: int, names: int, width: int, look: Look) -> Line:
    """A line of a match with the shared words highlighted: `side` 0 is the seeker, 1 the one who offers.

    `names` is the width of the column of names in cells.
    """
    colors = look.colors
    one = pair.needs if side == 0 else pair.offers
    corner = ("┌", "└")[side] if look.glyphs.line == "─" else ("/", "\\")[side]
    line: Line = [Segment(f"{corner} ", colors.rule)]
    names = min(names, max(6, width // 3))
    line.append(Segment(pad(one.name, names), colors.name))
    if width >= 50:
        line.append(Segment(f"  {VERBS[side]:<9}  ", colors.dim))
    else:
        line.append(Segment("  "))
    text = cut(one.text, max(0, width - measure(line)), look.glyphs.ellipsis)
    place = 0
    for start, end in topic_spans(text, pair.on if side == 0 else pair.theirs):
        line += [Segment(text[place:start], colors.text), Segment(text[start:end], colors.key)]
        place = end
    line.append(Segment(text[place:], colors.text))
    return [segment for segment in line if segment.text]


class ReachList(LookList):
    """Entries of two lines each; the screen sets `settings`, and the cells of the column of names in `names`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "group(1)", "Next group", show=False),
        Binding("shift+tab", "group(-1)", "Group before", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | tab, shift+tab | Go to the first entry of the next group, or of the one before. |
    """

    settings = Settings()
    names = MOST_NAME

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        # The last cell stays empty: no text touches the rule beside the list.
        width, data = width - 1, row.data
        if isinstance(data, ReachRemark):
            return [Segment(f" {data.text}", look.colors.dim)]
        if isinstance(data, Path):
            return way_line(data, width, look)
        if isinstance(data, Introduction):
            return introduction_line(data, open_step(data, self.settings), width, look)
        return match_line(data, 0, self.names, width, look) if isinstance(data, Pair) else []

    def draw_summary(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        width, data = width - 1, row.data
        if isinstance(data, Path):
            return way_detail(data, width, look)
        if isinstance(data, Introduction):
            return stages_line(data, open_step(data, self.settings), width, look)
        return match_line(data, 1, self.names, width, look) if isinstance(data, Pair) else []

    # The row below an entry is its second line: it is highlighted and scrolled into view with the entry.

    def _draw(self, position: int, summary: bool, width: int) -> Strip:
        row = self.row_at(position)
        if row is not None and row.kind == "detail":
            return super()._draw(position - 1, True, width)
        return super()._draw(position, summary, width)

    def is_lit(self, position: int) -> bool:
        if super().is_lit(position):
            return True
        row = self.row_at(position) if super().is_lit(position - 1) else None
        return row is not None and row.kind == "detail"

    def _redraw_row(self, position: int) -> None:
        super()._redraw_row(position)
        super()._redraw_row(position + 1)

    def _refresh_row(self, *positions: int) -> None:
        super()._refresh_row(*(line for position in positions for line in (position, position + 1)))

    def lines_below(self, position: int) -> int:
        row = self.row_at(position + 1)
        return 1 if row is not None and row.kind == "detail" else 0

    def on_click(self, event: events.Click) -> None:
        """Let a click on a second line select its entry."""
        position = event.y + self.scroll_offset.y
        row = self.row_at(position)
        if row is None or row.kind != "detail":
            # Any other click is for the list itself, whose handler Textual calls next.
            return
        event.stop()
        event.prevent_default()
        if position - 1 == self.cursor:
            self.action_select()
        else:
            self.move_to(position - 1)

    def action_group(self, direction: int) -> None:
        """Go to the first entry of the next group (1) or the group before (-1), wrapping around at the end."""
        row = self.cursor_row
        if row is None:
            return
        there = [name for name in GROUPS if self.first_of(name) is not None]
        place = there.index(group_of(row)) if group_of(row) in there else 0
        self.go_to_group(there[(place + direction) % len(there)])

    def first_of(self, group: str) -> int | None:
        """The index of the first entry of a group."""
        for position in range(*self.window):
            row = self.row_at(position)
            if row is not None and row.selectable and group_of(row) == group:
                return position
        return None

    def go_to_group(self, group: str) -> bool:
        """Move the cursor to the first entry of a group; return whether it has one."""
        position = self.first_of(group)
        if position is not None:
            self.move_to(position)
        return position is not None


def first_name(name: str) -> str:
    """The first word of a name."""
    return plain(name).split(" ")[0]
