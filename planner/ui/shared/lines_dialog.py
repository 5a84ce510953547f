"""What dialogs of lines share: a heading, lines drawn for the width there is, and the keys at the bottom."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.ui.shared.card import Line, wrapped
from planner.ui.text import content
from planner.ui.themes import Palette, palette
from planner.ui.widgets.lines_view import LinesView

Result = TypeVar("Result")
AROUND = 7
"""Lines of a dialog that are not its text: border, heading, keys, and the white space between."""


class GrowingLines(LinesView):
    """Lines that take as much height as they need, and scroll where the screen has less."""

    DEFAULT_CSS = """
    GrowingLines { height: auto; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        needed = len(self._draw(width)) if self._draw is not None and width > 0 else 0
        return max(1, min(needed, viewport.height - AROUND))


class LinesDialog(ModalScreen[Result]):
    """A dialog that shows lines; a subclass says which, and binds the keys that answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", "Up", show=False),
        Binding("down", "scroll_lines(1)", "Down", show=False),
        Binding("pageup", "scroll_lines(-10)", "Page up", show=False),
        Binding("pagedown,space", "scroll_lines(10)", "Page down", show=False),
    ]
    KEYS: ClassVar[str] = "enter, esc or q closes"
    """What the bottom line says."""

    def heading(self) -> str:
        """What stands over the lines."""
        return ""

    def lines(self, width: int, colors: Palette) -> list[Line]:
        """The lines for a width in cells."""
        return []

    def keys(self) -> str:
        """What the bottom line says now."""
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
        """Draw heading, lines and keys as they are now."""
        self.query_one(".dialog-heading", Static).update(content(self.heading(), "bold $accent"))
        self.query_one(".dialog-keys", Static).update(content(self.keys(), "$dim"))
        view = self.query_one(GrowingLines)
        view.show(lambda width: self.lines(width, palette(self.app)))
        view.refresh(layout=True)

    def action_scroll_lines(self, by: int) -> None:
        """Show what is above or below."""
        self.query_one(GrowingLines).scroll_relative(y=by, animate=False, force=True)


def paragraph(text: str, width: int, colors: Palette, style: str = "text", most: int = 12) -> list[Line]:
    """A text in lines of one style of the palette, `most` lines at most."""
    return [[Segment(part, getattr(colors, style))] for part in wrapped(text, max(1, width), most)]
