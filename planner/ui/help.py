"""Every key that works where one is, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.commands.command import APP, LIST, Command
from planner.commands.keys import key_label
from planner.commands.registry import COMMANDS, PLACE_TITLES, for_place
from planner.ui.keymap import moves
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Line, wrapped
from planner.ui.themes import Glyphs, Palette, glyphs, palette
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.rows import clip, measure

TWO_COLUMNS = 110
"""Cells from which on the groups stand in two columns."""
NARROW = 60
KEY, TITLE = 9, 15
GAP = 4
MARKS = (
    ("due", "due", "due today or past"),
    ("late", "late", "past the worst interval, or a late promise"),
    ("soon", "soon", "open, and not due yet"),
    ("snoozed", "dim", "snoozed: hidden until a day"),
    ("planned", "accent", "planned: did it happen?"),
    ("paused", "dim", "paused: rests until a day"),
    ("date", "received", "a birthday or another day of the year"),
    ("done", "done", "done"),
    ("marked", "key", "marked: the next key acts on all that are"),
)
"""Name of the glyph, style of the palette, meaning."""


def help_lines(
    place: str,
    keys: Mapping[str, tuple[str, ...]],
    width: int,
    colors: Palette,
    marks: Glyphs,
    *,
    sample: bool = False,
) -> list[Line]:
    """All keys of a place in their groups, then what works everywhere, then the marks.

    `sample`: the sample network is shown, which has keys of its own.
    """
    columns = 2 if width >= TWO_COLUMNS else 1
    room = (width - GAP * (columns - 1)) // columns
    found = for_place(place, sample=sample)
    own = [command for command in found if command.place == place and place != APP]
    everywhere = [command for command in found if command.place == APP]
    moving = [command for command in COMMANDS if command.place == LIST != place]
    blocks = [
        *_groups(own, PLACE_TITLES[place], keys, room, colors),
        *_groups(everywhere, PLACE_TITLES[APP], keys, room, colors),
        *_groups(moving, PLACE_TITLES[LIST], keys, room, colors),
        _marks(room, colors, marks),
    ]
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
    """A block for each group, headed by the place and the group's word."""
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


def _marks(width: int, colors: Palette, marks: Glyphs) -> list[Line]:
    lines: list[Line] = [[Segment("Marks", colors.heading)]]
    for name, style, meaning in MARKS:
        shown = colors.accent if style == "soon" else getattr(colors, style)
        for number, part in enumerate(wrapped(meaning, max(1, width - 3), 2)):
            mark = getattr(marks, name) if number == 0 else " "
            lines.append([Segment(f"{mark}  ", shown), Segment(part, colors.dim)])
    return lines


def _stacked(blocks: Sequence[list[Line]]) -> list[Line]:
    """Blocks one under the other, divided by a blank line."""
    lines: list[Line] = []
    for block in blocks:
        lines += [[], *block] if lines else block
    return lines


def _halves(blocks: Sequence[list[Line]]) -> tuple[list[Line], list[Line]]:
    """Blocks in two columns that differ as little as can be in height, none of them torn."""
    cut = min(
        range(1, len(blocks) + 1),
        key=lambda at: max(len(_stacked(blocks[:at])), len(_stacked(blocks[at:]))),
    )
    return _stacked(blocks[:cut]), _stacked(blocks[cut:])


class HelpScreen(AsksPlanner, ModalScreen[None]):
    """The keys of one place on a page of their own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "close", "Close", show=False),
        Binding("space", "scroll_page(1)", "Page down", show=False),
        *moves(
            {"up": "scroll_text(-1)", "down": "scroll_text(1)", "page_up": "scroll_page(-1)",
             "page_down": "scroll_page(1)", "first": "scroll_text(-100000)", "last": "scroll_text(100000)"}
        ),
    ]  # fmt: skip

    def __init__(self, place: str) -> None:
        """`place` is one of `commands.PLACE_TITLES`; an unknown one shows what works everywhere."""
        super().__init__()
        self.place = place if place in PLACE_TITLES else APP

    def compose(self) -> ComposeResult:
        yield LinesView(id="help-top")
        yield LinesView(id="help-text")
        yield Static("esc q ? or enter closes   up down scroll", id="help-keys", markup=False)

    def on_mount(self) -> None:
        """Show the keys as they are set now."""
        planner = self.planner
        marks, title = glyphs(planner.ascii_marks), PLACE_TITLES[self.place]

        def top(width: int) -> list[Line]:
            colors = palette(self.app)
            return [[Segment(" Keys ", colors.brand), Segment(f"  {title}", colors.name)]]

        self.query_one("#help-top", LinesView).show(top)
        self.query_one("#help-text", LinesView).show(
            lambda width: help_lines(self.place, planner.keys, width, palette(self.app), marks, sample=planner.demo)
        )

    def _scroll(self, by: int) -> None:
        self.query_one("#help-text", LinesView).scroll_relative(y=by, animate=False, force=True)

    def action_scroll_text(self, by: int) -> None:
        """Show what is above or below."""
        self._scroll(by)

    def action_scroll_page(self, by: int) -> None:
        """Show the page above or below."""
        self._scroll(by * max(1, self.query_one("#help-text", LinesView).size.height - 2))

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
