"""The two lines that frame every place: where you are, and which keys matter here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from planner.ui.themes import Palette, palette
from planner.ui.widgets.rows import NO_STYLE, measure, say, spread

BRAND = "Planner"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the app in the top bar; `badge` counts what waits there, 0 shows none."""

    key: str
    name: str
    action: str
    badge: int = 0


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key and the word for what it does; `action` runs on a click, without one the key is pressed.

    `label` is how the key is written where that is not its name ("/" for "slash").
    """

    key: str
    word: str
    label: str = ""
    action: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    """Segments that stand together, and what a click on them does."""

    segments: tuple[Segment, ...]
    entry: Place | KeyEntry | None = None

    @property
    def width(self) -> int:
        return measure(self.segments)


class Bar(Widget):
    """A line of pieces that can be clicked, drawn from data and only when the data changes."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        width: 100%;
        background: $panel;
        color: $foreground;
    }
    """

    def pieces(self, width: int, colors: Palette) -> tuple[Sequence[_Piece], Sequence[_Piece]]:
        """Return what stands at the left and what stands at the right of a line of `width` cells."""
        return (), ()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.rich_style
        if y or not width:
            return Strip.blank(width, base)
        left, right = self.pieces(width, palette(self.app))
        line = spread(_segments(left), _segments(right), width, gap=1)
        return Strip(Segment.apply_style(line, base), width)

    def entry_at(self, x: int) -> Place | KeyEntry | None:
        """Return what stands in a column of the line, if it can be clicked."""
        width = self.size.width
        left, right = self.pieces(width, palette(self.app))
        end = sum(piece.width for piece in right)
        for pieces, start in ((left, 0), (right, width - end)):
            column = start
            for piece in pieces:
                if column <= x < column + piece.width:
                    return piece.entry
                column += piece.width
        return None

    async def on_click(self, event: events.Click) -> None:
        entry = self.entry_at(event.x)
        if entry is None:
            return
        event.stop()
        if isinstance(entry, KeyEntry) and not entry.action:
            self.app.simulate_key(entry.key)
        else:
            await self.app.run_action(entry.action, default_namespace=self.screen)


class TopBar(Bar):
    """The places of the app, the one shown, and the date.

    Where the line is narrow the date grows short, then the brand goes, then every name but that of
    the place shown.
    """

    def __init__(
        self,
        places: Iterable[Place] = (),
        current: str = "",
        dates: Sequence[str] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`current`: the key of the place shown; `dates`: forms of the date, the longest first."""
        super().__init__(id=id, classes=classes)
        self.places = tuple(places)
        self.current = current
        self.dates = tuple(dates)

    def show(
        self,
        places: Iterable[Place] | None = None,
        current: str | None = None,
        dates: Sequence[str] | None = None,
    ) -> None:
        """Show other data; what is not given stays. Equal data draws nothing."""
        before = self.places, self.current, self.dates
        self.places = self.places if places is None else tuple(places)
        self.current = self.current if current is None else current
        self.dates = self.dates if dates is None else tuple(dates)
        if before != (self.places, self.current, self.dates):
            self.refresh()

    def pieces(self, width: int, colors: Palette) -> tuple[Sequence[_Piece], Sequence[_Piece]]:
        dates = self.dates or ("",)
        forms = [
            *((True, True, date) for date in dates),
            (False, True, dates[-1]),
            (False, False, dates[-1]),
            (False, False, ""),
        ]
        for brand, names, date in forms:
            left = self._left(colors, brand=brand, names=names)
            right = [_Piece((say(date, colors.dim), Segment("  ", NO_STYLE)))] if date else []
            if sum(piece.width for piece in (*left, *right)) + 2 <= width:
                break
        return left, right

    def _left(self, colors: Palette, *, brand: bool, names: bool) -> list[_Piece]:
        gap = _Piece((Segment("   " if names else " ", NO_STYLE),))
        pieces = [_Piece((Segment(f" {BRAND} ", colors.brand), Segment("  ", NO_STYLE)))] if brand else []
        if not brand:
            pieces.append(_Piece((Segment(" ", NO_STYLE),)))
        for index, place in enumerate(self.places):
            shown = place.key == self.current
            parts = [say(place.key, colors.dim)]
            if names or shown:
                parts += [Segment(" ", NO_STYLE), say(place.name, colors.current if shown else colors.text)]
            if place.badge and (names or shown):
                parts += [Segment(" ", NO_STYLE), Segment(str(place.badge), colors.due)]
            if index:
                pieces.append(gap)
            pieces.append(_Piece(tuple(parts), place))
        return pieces


class KeyBar(Bar):
    """The keys that matter here, in groups; what does not fit is left out from the end, never cut."""

    def __init__(
        self,
        groups: Iterable[Iterable[KeyEntry]] = (),
        help: KeyEntry | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`help`: the entry that stands at the right and stays longest."""
        super().__init__(id=id, classes=classes)
        self.groups = tuple(tuple(group) for group in groups)
        self.help = help

    def show(self, groups: Iterable[Iterable[KeyEntry]]) -> None:
        """Show other keys. Equal keys draw nothing."""
        shown = tuple(tuple(group) for group in groups)
        if shown != self.groups:
            self.groups = shown
            self.refresh()

    def pieces(self, width: int, colors: Palette) -> tuple[Sequence[_Piece], Sequence[_Piece]]:
        margin = _Piece((Segment(" ", NO_STYLE),))
        right: list[_Piece] = []
        if self.help is not None:
            right = [self._piece(self.help, colors), margin]
        room = width - sum(piece.width for piece in right) - margin.width - 1
        if room < 0:
            right, room = [], width - margin.width
        left = [margin]
        for number, group in enumerate(self.groups):
            for place, entry in enumerate(group):
                piece = self._piece(entry, colors)
                gap = 0 if len(left) == 1 else 2 if place or not number else 4
                if gap + piece.width > room:
                    return left, right
                if gap:
                    left.append(_Piece((Segment(" " * gap, NO_STYLE),)))
                left.append(piece)
                room -= gap + piece.width
        return left, right

    def _piece(self, entry: KeyEntry, colors: Palette) -> _Piece:
        key, word = (colors.key, colors.dim) if entry.enabled else (colors.disabled, colors.disabled)
        return _Piece((say(entry.label or entry.key, key), Segment(" ", NO_STYLE), say(entry.word, word)), entry)


def _segments(pieces: Iterable[_Piece]) -> list[Segment]:
    return [segment for piece in pieces for segment in piece.segments]
