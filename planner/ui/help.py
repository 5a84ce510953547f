"""The help page: every key that works in a place, and the meaning of the marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.commands.command import APP, LIST, Command
from planner.commands.keys import key_label
from planner.commands.registry import COMMANDS, PLACE_TITLES, for_place
from planner.core.words.folding import fold
from planner.ui.glyphs import Glyphs, glyphs
from planner.ui.keymap import moves
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Line
from planner.ui.text import wrapped
from planner.ui.themes import Palette, palette
from planner.ui.widgets.line_input import LineInput
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.rows import clip, measure

TWO_COLUMNS = 110
"""Cells of width from which the groups are in two columns."""
NARROW = 60
KEY, TITLE = 9, 17
GAP = 4
MARKS = (
    (("due",), "due", "due today or past"),
    (("late",), "late", "past the worst interval, or a late promise"),
    (("soon",), "accent", "open, and not due yet; on a strip of days a try without an answer"),
    (("snoozed",), "dim", "snoozed: hidden until a day"),
    (("planned",), "accent", "planned: did it happen?"),
    (("paused",), "dim", "paused: rests until a day"),
    (("date",), "received", "a birthday or another day of the year"),
    (("done",), "done", "done; in the strip of the week how much was done on a day"),
    (("bar",), "accent", "the line you are on; on a strip of days today"),
    (("due",), "done", "on a strip of days: in touch"),
    (("expected",), "due", "on a strip of days: when it is due"),
    (("dot",), "rule", "nothing: a day without anything, a month without help, somebody left as found"),
    (("load_full", "load_empty"), "accent", "how full a day is against what is meant to fit; a part of a whole"),
    (("progress_full",), "accent", "how far a round or a file has come"),
    (("block", "column"), "received", "how often help went each way: gave, and received"),
    (("forward",), "dim", "left out this round; moved on to another day"),
    (("up", "down"), "accent", "sorted by this column, upwards or downwards"),
    (("ellipsis",), "dim", "cut: the card or a wider window has the rest"),
    (("marked",), "key", "marked: the next key acts on all that are"),
)
"""Names of glyphs, style of the palette, meaning: every mark that lists, cards and bars draw."""


def _fits(words: Sequence[str], *texts: str) -> bool:
    """Whether the texts together contain every one of the folded words."""
    return all(word in fold(" ".join(texts)) for word in words)


def help_lines(
    place: str,
    keys: Mapping[str, tuple[str, ...]],
    width: int,
    colors: Palette,
    marks: Glyphs,
    *,
    sample: bool = False,
    words: Sequence[str] = (),
) -> list[Line]:
    """All keys of a place in their groups, then keys that work everywhere, then the marks.

    `sample`: the sample network, with its own keys, is shown. With folded `words` only the keys and marks whose key,
    title or meaning contains all of them.
    """
    columns = 2 if width >= TWO_COLUMNS and not words else 1
    room = (width - GAP * (columns - 1)) // columns

    def wanted(command: Command) -> bool:
        labels = " ".join(key_label(key) for key in keys.get(command.id, command.keys))
        return _fits(words, labels, command.title, command.help, PLACE_TITLES[command.place], command.group)

    found = [command for command in for_place(place, sample=sample) if wanted(command)]
    own = [command for command in found if command.place == place and place != APP]
    everywhere = [command for command in found if command.place == APP]
    moving = [command for command in COMMANDS if command.place == LIST != place and wanted(command)]
    blocks = [
        *_groups(own, PLACE_TITLES[place], keys, room, colors),
        *_groups(everywhere, PLACE_TITLES[APP], keys, room, colors),
        *_groups(moving, PLACE_TITLES[LIST], keys, room, colors),
        *_marks(room, colors, marks, words),
    ]
    if not blocks:
        return [[Segment("No key and no mark of that name", colors.dim)]]
    if columns == 1:
        return _stacked(blocks)
    left, right = _halves(blocks)
    height = max(len(left), len(right))
    left += [[] for _ in range(height - len(left))]
    right += [[] for _ in range(height - len(right))]
    return [[*clip(one, room), Segment(" " * GAP), *other] for one, other in zip(left, right, strict=True)]


def _groups(
    found: Sequence[Command],
    title: str,
    keys: Mapping[str, tuple[str, ...]],
    width: int,
    colors: Palette,
) -> Iterator[list[Line]]:
    """A block of lines for each group of commands, under a heading."""
    order = list(dict.fromkeys(command.group for command in found))
    together = sorted(found, key=lambda command: order.index(command.group))
    for group, members in groupby(together, key=lambda command: command.group):
        lines: list[Line] = [[Segment(f"{title}  ", colors.heading), Segment(group.lower(), colors.dim)]]
        for command in members:
            label = " ".join(key_label(key) for key in keys.get(command.id, command.keys)) or ":"
            lines += _command(label, command, width, colors)
        yield lines


def _command(label: str, command: Command, width: int, colors: Palette) -> Iterator[Line]:
    if width < NARROW - 14:
        yield clip([Segment(f"{label:<{KEY}} ", colors.key), Segment(command.title, colors.name)], width)
        for part in wrapped(command.help, max(1, width - 2), 4):
            yield [Segment("  "), Segment(part, colors.dim)]
        return
    head = [Segment(f"{label:<{KEY - 1}} ", colors.key), Segment(f"{command.title:<{TITLE - 1}} ", colors.name)]
    for number, part in enumerate(wrapped(command.help, max(1, width - measure(head)), 4)):
        start = head if number == 0 else [Segment(" " * measure(head))]
        yield [*start, Segment(part, colors.dim)]


def _marks(width: int, colors: Palette, marks: Glyphs, words: Sequence[str]) -> Iterator[list[Line]]:
    """A block of the marks that contain the words; no block if none does."""
    lines: list[Line] = [[Segment("Marks", colors.heading)]]
    for names, style, meaning in MARKS:
        shown = "".join(getattr(marks, name) for name in names)
        if not _fits(words, shown, meaning, "marks"):
            continue
        for number, part in enumerate(wrapped(meaning, max(1, width - 3), 3)):
            mark = f"{shown if number == 0 else '':<3}"
            lines.append([Segment(mark, getattr(colors, style)), Segment(part, colors.dim)])
    if len(lines) > 1:
        yield lines


def _stacked(blocks: Sequence[list[Line]]) -> list[Line]:
    """The lines of all blocks, with a blank line between blocks."""
    lines: list[Line] = []
    for block in blocks:
        lines += [[], *block] if lines else block
    return lines


def _halves(blocks: Sequence[list[Line]]) -> tuple[list[Line], list[Line]]:
    """The blocks in two columns of whole blocks, split so that the taller column is as low as possible."""
    cut = min(
        range(1, len(blocks) + 1),
        key=lambda at: max(len(_stacked(blocks[:at])), len(_stacked(blocks[at:]))),
    )
    return _stacked(blocks[:cut]), _stacked(blocks[cut:])


class HelpScreen(AsksPlanner, ModalScreen[None]):
    """The page with the keys of one place; "/" searches in them."""

    KEEPS_TYPED = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave the search, or close", show=False),
        Binding("q,question_mark,enter", "close", "Close", show=False),
        Binding("slash", "search", "Search", show=False),
        Binding("space", "scroll_page(1)", "Page down", show=False),
        *moves(
            {"up": "scroll_text(-1)", "down": "scroll_text(1)", "page_up": "scroll_page(-1)",
             "page_down": "scroll_page(1)", "first": "scroll_text(-100000)", "last": "scroll_text(100000)"}
        ),
    ]  # fmt: skip
    # No widget has the focus, so that keys act on the page until the search is opened.
    AUTO_FOCUS = ""

    def __init__(self, place: str) -> None:
        """`place` is one of `commands.PLACE_TITLES`; an unknown one shows what works everywhere."""
        super().__init__()
        self.place = place if place in PLACE_TITLES else APP
        self.words: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield LinesView(id="help-top")
        yield LinesView(id="help-text")
        with Horizontal(id="help-search"):
            yield Static(" / ", id="help-label", markup=False)
            entry = LineInput(id="help-input", compact=True, placeholder="a key, or what it does")
            entry.cursor_blink = False
            yield entry
        yield Static("/ searches   esc q ? or enter closes   up down scroll", id="help-keys", markup=False)

    def on_mount(self) -> None:
        """Show the keys as the keymap sets them."""
        planner = self.planner
        marks, title = glyphs(planner.ascii_marks), PLACE_TITLES[self.place]

        def top(width: int) -> list[Line]:
            colors = palette(self.app)
            return [[Segment(" Keys ", colors.brand), Segment(f"  {title}", colors.name)]]

        def text(width: int) -> list[Line]:
            keys, colors = planner.keys, palette(self.app)
            return help_lines(self.place, keys, width, colors, marks, sample=planner.demo, words=self.words)

        self.query_one("#help-search").display = False
        self.query_one("#help-top", LinesView).show(top)
        self.query_one("#help-text", LinesView).show(text)

    def action_search(self) -> None:
        """Open the search line: only keys and marks that contain all typed words are shown."""
        self.query_one("#help-search").display = True
        self.query_one(LineInput).focus()

    @on(LineInput.Changed)
    def _typed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.words = tuple(fold(event.value).split())
        view = self.query_one("#help-text", LinesView)
        view.redraw()
        view.scroll_to(y=0, animate=False, force=True)

    @on(LineInput.Submitted)
    def _found(self, event: LineInput.Submitted) -> None:
        """Give the keys back to the page, which keeps showing the matches."""
        event.stop()
        self.set_focus(None)

    def action_leave(self) -> None:
        """End the search; without a search close the page."""
        if not self.query_one("#help-search").display:
            self.dismiss(None)
            return
        self.query_one(LineInput).value = ""
        self.query_one("#help-search").display = False
        self.set_focus(None)

    def _scroll(self, by: int) -> None:
        self.query_one("#help-text", LinesView).scroll_relative(y=by, animate=False, force=True)

    def action_scroll_text(self, by: int) -> None:
        """Scroll the text up (negative) or down by `by` lines."""
        self._scroll(by)

    def action_scroll_page(self, by: int) -> None:
        """Scroll the text up (-1) or down (1) by a page."""
        self._scroll(by * max(1, self.query_one("#help-text", LinesView).size.height - 2))

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)
