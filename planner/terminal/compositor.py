"""Frames for which widgets are asked for the lines that changed alone, and frames that wait for no messages.

Textual asks every widget of the screen for all its lines at each frame, and drops those that did not change: with two
changed lines of forty that is nine tenths of the work of a frame. This is the one place that reaches below what Textual
promises. Where Textual no longer asks `_get_renders`, frames are right all the same, and slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import constants
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    Mixed = Screen[Any]
else:
    # Of several widgets among the bases of a class, only the first gives it its styles.
    Mixed = object

Rendered = Iterable[tuple[Region, Region, list[Strip]]]
"""Of each widget its region, the part of it that is drawn, and the lines of that part."""


class NarrowFrames(Mixed):
    """Goes before `Screen` among the bases of a class: a frame of that screen takes the lines that changed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        own = self._compositor  # the compositor of a screen has no public name
        whole = own._get_renders  # it has none for what it asks widgets for, either
        own._get_renders = partial(_lines_of, own, whole)  # type: ignore[method-assign]
        self._drawn_at = 0.0
        """When the last frame was drawn, on the clock of `time.monotonic`."""

    def draw_at_once(self, widget: Widget) -> None:
        """Draw the lines that a widget marked to be drawn, which Textual does four messages later.

        Where more than that waits to be drawn, or a frame was drawn just now, they come with the next frame.
        """
        # What a screen is still to do has no public name.
        more = self._layout_required or self._scroll_required or self._repaint_required or self._dirty_widgets
        if not more and self.is_current and monotonic() - self._drawn_at >= 1 / constants.MAX_FPS:
            # Nor has the first half of a frame: which regions of the screen the widget marked.
            self._compositor.update_widgets({widget})
            self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        # Textual makes the frames of a batch, too, and throws them away.
        if self.app._batch_count:
            self.refresh()
        else:
            super()._compositor_refresh()
            self._drawn_at = monotonic()


def _lines_of(compositor: Compositor, whole: Callable[[], Rendered], crop: Region | None = None) -> Rendered:
    """What Textual's own gives for a crop, with the drawn part of each widget cut to the lines of the crop.

    Widgets come from the front to the back: what is behind one that fills the crop is not seen.
    """
    if crop is None:
        yield from whole()
        return
    for widget, (region, clip) in compositor.visible_widgets.items():
        shown = region.intersection(clip)
        rows = shown.intersection(Region(shown.x, crop.y, shown.width, crop.height))
        if rows and rows.overlaps(crop):
            lines = Region(rows.x - region.x, rows.y - region.y, rows.width, rows.height)
            yield region, rows, widget.render_lines(lines)
            if rows.contains_region(crop):
                return
