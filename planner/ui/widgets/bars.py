"""The two lines that frame every place: the present place, and the keys that matter here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from planner.core.records import record
from planner.ui.themes import Palette, palette
from planner.ui.widgets.rows import NO_STYLE, measure, say, spread
from planner.ui.widgets.widget_message import WidgetMessage

HELP = "app.help"
"""The command whose key is at the right of the footer and stays longest."""


@record(frozen=True, slots=True)
class Key:
    """A key in the footer: the command it runs, the key as written, and a word for its effect.

    Keys of one group are shown together.
    """

    command_id: str
    label: str
    word: str
    group: str = ""
    enabled: bool = True


@record(frozen=True, slots=True)
class _Piece:
    """Segments shown together, with the target of a click on them: an index or a command."""

    segments: tuple[Segment, ...]
    target: int | str | None = None

    @property
    def width(self) -> int:
        return measure(self.segments)


Sides = tuple[Sequence[_Piece], Sequence[_Piece]]
"""The pieces at the left of a line, and those at the right."""


class Bar(Widget):
    """A line of clickable pieces, drawn from data and only when the data change."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        width: 100%;
        background: $panel;
        color: $foreground;
    }
    """

    def sides(self, width: int, colors: Palette) -> Sides:
        """The pieces of a line of `width` cells."""
        return (), ()

    def render_line(self, y: int) -> Strip:
        """Draw the only line."""
        width = self.size.width
        base = self.rich_style
        if y or width <= 0:
            return Strip.blank(max(width, 0), base)
        left, right = self.sides(width, palette(self.app))
        line = spread(_segments(left), _segments(right), width, gap=1)
        return Strip(Segment.apply_style(line, base), width)

    def target_at(self, x: int) -> int | str | None:
        """The target of the piece in a column of the line, None if there is no piece."""
        width = self.size.width
        left, right = self.sides(width, palette(self.app))
        for pieces, start in ((left, 0), (right, width - sum(piece.width for piece in right))):
            column = start
            for piece in pieces:
                if column <= x < column + piece.width:
                    return piece.target
                column += piece.width
        return None

    def on_click(self, event: events.Click) -> None:
        """Report what was clicked."""
        target = self.target_at(event.x)
        if target is not None:
            event.stop()
            self.pressed(target)

    def pressed(self, target: int | str) -> None:
        """Post the message for a click."""


class TopBar(Bar):
    """The brand, the places of the app with their badges, and the date.

    On a narrow line the date takes a shorter form, then the brand is left out, then every name except that of the shown
    place, then the date.
    """

    class Pressed(WidgetMessage["TopBar"]):
        """A place was clicked; `index` counts the places from 0."""

        def __init__(self, bar: TopBar, index: int) -> None:
            super().__init__(bar)
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.brand = ""
        self.places: tuple[tuple[str, str, int], ...] = ()
        """The key, the name and the badge of each place; a badge of 0 is not shown."""
        self.current = -1
        self.right: tuple[str, ...] = ()

    def show(
        self,
        *,
        brand: str,
        places: Sequence[tuple[str, str, int]],
        current: int,
        right: str | Sequence[str] = (),
    ) -> None:
        """Show the places; `current` counts them from 0.

        `right` is the text at the right, or several forms of it, the longest first. Unchanged data draw nothing.
        """
        forms = (right,) if isinstance(right, str) else tuple(right)
        before = self.brand, self.places, self.current, self.right
        self.brand, self.places, self.current, self.right = brand, tuple(places), current, forms
        if before != (self.brand, self.places, self.current, self.right):
            self.refresh()

    def sides(self, width: int, colors: Palette) -> Sides:
        forms = self.right or ("",)
        shapes = [
            *((True, True, form) for form in forms),
            (False, True, forms[-1]),
            (False, False, forms[-1]),
            (False, False, ""),
        ]
        left: list[_Piece] = []
        right: list[_Piece] = []
        for brand, names, form in shapes:
            left = self._left(colors, brand=brand, names=names)
            right = [_Piece((say(form, colors.dim), Segment("  ", NO_STYLE)))] if form else []
            if sum(piece.width for piece in (*left, *right)) + 2 <= width:
                break
        return left, right

    def _left(self, colors: Palette, *, brand: bool, names: bool) -> list[_Piece]:
        gap = _Piece((Segment("   " if names else " ", NO_STYLE),))
        if brand:
            pieces = [_Piece((say(f" {self.brand} ", colors.brand), Segment("  ", NO_STYLE)))]
        else:
            pieces = [_Piece((Segment(" ", NO_STYLE),))]
        for index, (key, name, badge) in enumerate(self.places):
            shown = index == self.current
            parts = [say(key, colors.dim)]
            if names or shown:
                parts += [Segment(" ", NO_STYLE), say(name, colors.current if shown else colors.text)]
                if badge:
                    parts += [Segment(" ", NO_STYLE), Segment(str(badge), colors.due)]
            if index:
                pieces.append(gap)
            pieces.append(_Piece(tuple(parts), index))
        return pieces

    def pressed(self, target: int | str) -> None:
        if isinstance(target, int):
            self.post_message(self.Pressed(self, target))


class KeyBar(Bar):
    """The keys that matter here, in groups; keys that do not fit are left out from the end, never cut."""

    class Pressed(WidgetMessage["KeyBar"]):
        """A key was clicked."""

        def __init__(self, bar: KeyBar, command_id: str) -> None:
            super().__init__(bar)
            self.command_id = command_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys: tuple[Key, ...] = ()

    def show(self, keys: Iterable[Key]) -> None:
        """Show keys, the most useful first. Unchanged keys draw nothing."""
        shown = tuple(keys)
        if shown != self.keys:
            self.keys = shown
            self.refresh()

    def sides(self, width: int, colors: Palette) -> Sides:
        margin = _Piece((Segment(" ", NO_STYLE),))
        right = [piece for key in self.keys if key.command_id == HELP for piece in (self._piece(key, colors), margin)]
        room = width - sum(piece.width for piece in right) - margin.width - 1
        if room < 0:
            right, room = [], width - margin.width
        left = [margin]
        others = (key for key in self.keys if key.command_id != HELP)
        for _, keys in groupby(others, key=lambda key: key.group):
            gap = 4 if len(left) > 1 else 0
            for key in keys:
                piece = self._piece(key, colors)
                if gap + piece.width > room:
                    return left, right
                if gap:
                    left.append(_Piece((Segment(" " * gap, NO_STYLE),)))
                left.append(piece)
                room -= gap + piece.width
                gap = 2
        return left, right

    def _piece(self, key: Key, colors: Palette) -> _Piece:
        label, word = (colors.key, colors.dim) if key.enabled else (colors.disabled, colors.disabled)
        return _Piece((say(key.label, label), Segment(" ", NO_STYLE), say(key.word, word)), key.command_id)

    def pressed(self, target: int | str) -> None:
        if isinstance(target, str):
            self.post_message(self.Pressed(self, target))


def _segments(pieces: Iterable[_Piece]) -> list[Segment]:
    return [segment for piece in pieces for segment in piece.segments]
