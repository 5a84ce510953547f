"""What lies under other widgets: every line of it is like the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget as Mixed
else:
    # Of several widgets among the bases of a class, only the first gives it its styles.
    Mixed = object


class Ground(Mixed):
    """A widget without content or borders above and below; goes before its kind among the bases of a class.

    Each frame, however little of it is new, asks all that lies under it for all of its lines: there are more
    of those than lines that show.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region, of which one is drawn."""
        return super().render_lines(Region(crop.x, crop.y, crop.width, min(crop.height, 1))) * crop.height


class Beside(Ground, Horizontal):
    """Widgets side by side."""


class Below(Ground, Vertical):
    """Widgets one below the other."""
