"""Shared by dialogs of lines: a heading, lines that fit the width of the dialog, and the keys at the bottom."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from planner.ui.glyphs import glyphs
from planner.ui.shared.card import Line
from planner.ui.text import content, wrapped
from planner.ui.themes import Palette, palette
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.may_be_left import MayBeLeft

Result = TypeVar("Result")
AROUND = 5
"""Lines of a dialog around its text and its heading: border, one line of keys, and the white space between."""
LOW = 4
"""Lines below which a text has no mark that there is more of it."""
FLAT, FLAT_AROUND = 16, 3
"""Lines of a screen below which a dialog has no white space, and its lines around text and heading then."""
MOST_OF_SCREEN = 96
"""Per cent of the screen's height that a dialog takes at most, as in the stylesheet."""


class GrowingLines(LinesView):
    """Lines that take as much height as they need, and scroll if the screen has less."""

    DEFAULT_CSS = """
    GrowingLines { height: auto; }
    """

    heading = ""
    keys = ""
    """The keys at the bottom of the dialog. The more lines they and the heading take, the fewer the text gets."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        needed = len(self._draw(width)) if self._draw is not None and width > 0 else 0
        heading = max(1, len(wrapped(self.heading, max(1, width), most=viewport.height)))
        around = (FLAT_AROUND if viewport.height < FLAT else AROUND) + heading
        around += max(1, len(packed(self.keys, width))) - 1
        return max(1, min(needed, viewport.height * MOST_OF_SCREEN // 100 - around))

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if y != self._marked_row():
            return strip
        mark = glyphs(getattr(self.app, "ascii_marks", False)).down
        return Strip.join([strip.crop(0, strip.cell_length - 1), Strip([Segment(mark, palette(self.app).accent)])])

    def _marked_row(self) -> int:
        """The row at whose end a mark says that there is more below: the last one whose end is empty; -1 for none."""
        height, top = self.scrollable_content_region.height, self.scroll_offset.y
        if height < LOW or top + height >= len(self._lines):
            return -1
        rows = range(height - 1, height // 2, -1)
        return next((row for row in rows if super(GrowingLines, self).render_line(row).text.endswith("  ")), -1)


class LinesDialog(MayBeLeft, ModalScreen[Result]):
    """A dialog that shows lines; a subclass provides them, and binds the keys that answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", "Up", show=False),
        Binding("down", "scroll_lines(1)", "Down", show=False),
        Binding("pageup", "scroll_lines(-10)", "Page up", show=False),
        Binding("pagedown,space", "scroll_lines(10)", "Page down", show=False),
    ]
    KEYS: ClassVar[str] = "enter, esc or q closes"
    """The keys at the bottom, each three blanks from the next."""

    def heading(self) -> str:
        """The heading over the lines."""
        return ""

    def lines(self, width: int, colors: Palette) -> list[Line]:
        """The lines for a width in cells."""
        return []

    def keys(self) -> str:
        """The keys that work now; by default `KEYS`."""
        return self.KEYS

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content(self.heading(), "bold $accent"), classes="dialog-heading", markup=False)
            yield GrowingLines(classes="dialog-lines")
            yield Static(content(self.keys(), "$dim"), classes="dialog-keys", markup=False)

    def on_mount(self) -> None:
        """Draw the lines."""
        self.draw()

    def draw(self) -> None:
        """Draw heading, lines and keys again."""
        self.query_one(".dialog-heading", Static).update(content(self.heading(), "bold $accent"))
        view = self.query_one(GrowingLines)
        keys = "\n".join(packed(self.keys(), view.size.width or self.size.width))
        self.query_one(".dialog-keys", Static).update(content(keys, "$dim"))
        view.heading, view.keys = self.heading(), self.keys()
        view.show(lambda width: self.lines(width, palette(self.app)))
        view.refresh(layout=True)

    def on_resize(self) -> None:
        """Give the keys the lines they need in the new width; on a low screen the text takes the white space."""
        self.set_class(self.size.height < FLAT, "-flat")
        self.call_after_refresh(self.draw)

    def action_scroll_lines(self, by: int) -> None:
        """Scroll the text by a number of lines, up for a negative one."""
        self.query_one(GrowingLines).scroll_relative(y=by, animate=False, force=True)


def packed(keys: str, width: int) -> list[str]:
    """Keys with three blanks between them, in as many lines of `width` cells as they need. No key is split."""
    lines: list[str] = []
    for key in keys.split("   "):
        if lines and len(lines[-1]) + 3 + len(key) <= width:
            lines[-1] += f"   {key}"
        else:
            lines.append(key)
    return lines


def paragraph(text: str, width: int, colors: Palette, style: str = "text", most: int = 12) -> list[Line]:
    """A text in lines of `width` cells, at most `most`, in the style of the palette that `style` names."""
    return [[Segment(part, getattr(colors, style))] for part in wrapped(text, max(1, width), most)]
