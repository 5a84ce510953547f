"""The empty background below other widgets. Drawing one line and repeating it keeps a repaint cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget as Mixed
else:
    # Of several widgets among the bases of a class, only the first one's styles apply.
    Mixed = object


class EmptyBackground(Mixed):
    """A widget whose own lines are all alike: no content, no border above or below.

    It goes before the kind of widget among the bases of a class. Textual draws the lines of every widget below a
    changed region, most of which are covered by other widgets.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region: the first one is drawn, the others repeat it."""
        return super().render_lines(Region(crop.x, crop.y, crop.width, min(crop.height, 1))) * crop.height


class SideBySide(EmptyBackground, Horizontal):
    """Widgets side by side on an empty background."""


class Stacked(EmptyBackground, Vertical):
    """Widgets one below the other on an empty background."""
