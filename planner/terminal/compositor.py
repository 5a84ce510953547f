"""A compositor that asks widgets only for the lines that changed.

Textual's own asks every widget of the screen for all its lines at each frame, and drops those that did not change: with
two changed lines of forty that is nine tenths of the work of a frame (22 of 27 ms of a moved cursor, profiled). This is
the one place that reaches below what Textual promises: `Compositor._get_renders` gives the same three values as there,
with the clip cut to the lines of the crop. Where Textual no longer calls it, frames are right all the same, and slower.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.screen import Screen

    Mixed = Screen[Any]
else:
    # Of several widgets among the bases of a class, only the first gives it its styles.
    Mixed = object


class NarrowCompositor(Compositor):
    """Composes a frame from the lines of its crop alone."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders()
            return
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            rows = shown.intersection(Region(shown.x, crop.y, shown.width, crop.height))
            if rows and rows.overlaps(crop):
                lines = Region(rows.x - region.x, rows.y - region.y, rows.width, rows.height)
                yield region, rows, widget.render_lines(lines)


class NarrowFrames(Mixed):
    """Goes before `Screen` among the bases of a class: frames of that screen are composed by `NarrowCompositor`."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._compositor = NarrowCompositor()
