"""Frames for which widgets give only changed lines, and frames that do not wait for messages.

Textual asks every widget of the screen for all its lines at each frame, and drops the unchanged ones: with two changed
lines of forty that is nine tenths of the work of a frame. Of the modules that draw, only this one uses more than
Textual's public interface. If a future Textual does not call `_get_renders`, frames are still right, only slower.
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

    Mixed = Screen[Any]
else:
    # Of several widgets among the bases of a class, only the first one's styles apply.
    Mixed = object

MOST_SOON_AFTER = 2
"""How many frames follow another one at once; later ones wait for a sixtieth of a second, as all of Textual's do."""
Rendered = Iterable[tuple[Region, Region, list[Strip]]]
"""For each widget its region, the part of it that is drawn, and the lines of that part."""


class NarrowFrames(Mixed):
    """A mixin that goes before `Screen` among the bases: a frame of that screen only takes the changed lines."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        own = self._compositor  # the compositor of a screen has no public name
        whole = own._get_renders  # nor has the method that gets the lines of widgets
        own._get_renders = partial(_lines_of, own, whole)  # type: ignore[method-assign]
        self._drawn_at = 0.0
        """When the last frame was drawn, on the clock of `time.monotonic`."""
        self._soon_after = 0
        """How many frames were drawn at once without the usual time between two of them."""

    def begin_frames(self) -> None:
        """Let the first frame come as soon as there is something to draw.

        The timer of a screen's frames begins with the first thing to draw: that frame, the one a start waits for, would
        come a sixtieth of a second later.
        """
        self._update_timer.resume()  # the timer of a screen has no public name

    def draw_at_once(self) -> None:
        """Draw the lines that widgets marked for drawing, which Textual does four messages later.

        If the screen has to be laid out first, or several frames were drawn just now, they come with the next frame.
        """
        # The pending work of a screen has no public name.
        more = self._layout_required or self._scroll_required or self._repaint_required or self._dirty_widgets
        if more or not self.is_current:
            return
        # Two keys in a row are drawn one by one, many of them together.
        self._soon_after = self._soon_after + 1 if monotonic() - self._drawn_at < 1 / constants.MAX_FPS else 0
        if self._soon_after <= MOST_SOON_AFTER:
            self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        # Textual also makes the frames of a batch, and discards them.
        if self.app._batch_count:
            self.refresh()
        else:
            self._take_what_is_marked()
            super()._compositor_refresh()
            self._drawn_at = monotonic()

    def _take_what_is_marked(self) -> None:
        """Add the lines of widgets whose messages about them are still on the way, and which would need another frame.

        A widget sized by its content waits, because it has to be laid out first.
        """
        marked = {
            one
            for one in self._compositor.visible_widgets  # the compositor of a screen has no public name
            if one._repaint_regions and one is not self and not one.styles.auto_dimensions  # nor has what is marked
        }
        # This is the first half of a frame, which has no public name either.
        self._compositor.update_widgets(marked)
        for one in marked:
            # Its message would make a frame that holds nothing, and the next one would wait for a sixtieth of a second.
            one._repaint_required = False


def _lines_of(compositor: Compositor, whole: Callable[[], Rendered], crop: Region | None = None) -> Rendered:
    """Textual's own result for a crop, with the drawn part of each widget cut to the lines of the crop.

    Widgets come from front to back: those behind one that fills the crop are not visible.
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
