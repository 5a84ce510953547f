"""The page of an empty planner: what the planner is, and three ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType

from planner.ui.keymap import bindings_of
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.shared.card import Line, Look
from planner.ui.text import wrapped
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.notice import Notice
from planner.ui.widgets.rows import clip, measure

WORDS = (
    "The people you know, and who is next: one key a person clears the week.",
    "What you promised and whom to thank is never lost. Nothing leaves this machine.",
)
WAYS = (
    ("{bring_in}", "bring in an address book", "from a phone, a mail program or LinkedIn; a preview first"),
    ("{new}", "add a person", "one form, and the name alone is enough"),
    ("{demo}", "look at a sample network", "to try every key; your own planner stays as it is"),
)
MARGIN = 2
"""Cells of white space on either side of the words."""


def welcome_lines(width: int, height: int, look: Look, with_keys: Callable[[str], str]) -> list[Line]:
    """An introduction and the ways to begin, centred in `height` lines; the ways are shown at any size."""
    colors = look.colors
    room = max(1, width - 2 * MARGIN)
    title = max(len(what) for _, what, _ in WAYS)
    beside = 3 + title + 3 + max(len(more) for _, _, more in WAYS) <= room
    ways: list[Line] = []
    spare = height - len(WAYS)
    for key, what, more in WAYS:
        words = f"{what:<{title}}" if beside else what
        line = [Segment(f"{with_keys(key)}  ", colors.key), Segment(words, colors.name)]
        ways.append([*line, Segment(f"   {more}", colors.dim)] if beside else line)
        parts = [] if beside else wrapped(more, max(1, room - 3), 2)
        if parts and spare >= 3 * len(parts):
            ways += [[Segment("   "), Segment(part, colors.dim)] for part in parts]
    told: list[Line] = [[Segment("Planner", colors.heading)]]
    why: list[Line] = [[Segment(part, colors.text)] for one in WORDS for part in wrapped(one, room, 3)]
    for more_lines in ([*told, [], *why, []], [*why, []], [*why[: max(0, height - len(ways) - 1)], []], told, []):
        if len(more_lines) + len(ways) <= height:
            break
    lines = [*more_lines, *ways]
    left = max(MARGIN, (width - max(map(measure, lines))) // 2) if width > 2 * MARGIN else 0
    above: list[Line] = [[] for _ in range(max(0, (height - len(lines)) // 2))]
    return [*above, *(clip([Segment(" " * left), *line], width) if line else line for line in lines)]


class WelcomeScreen(PlaceScreen):
    """Shown over the agenda until the planner has a contact."""

    PLACE = "welcome"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("welcome")

    def body(self) -> ComposeResult:
        yield LinesView(id="welcome")

    def on_mount(self) -> None:
        """Draw the page."""
        view = self.query_one(LinesView)
        view.show(lambda width: welcome_lines(width, max(1, view.size.height), self.look, self.with_keys))

    def top_place(self) -> str:
        """The agenda, over which this page stands."""
        return "agenda"

    def stays(self) -> bool:
        """True, since the agenda would open this page again while there are no contacts."""
        return True

    def focus_list(self) -> None:
        """Do nothing: the page has no list."""

    async def reload(self) -> None:
        """Close the page as soon as there is a contact."""
        counts = await self.fetch(lambda desk: desk.reading.counts())
        if counts.anybody and self.app.screen is self:
            # The place below keeps showing the last message.
            notice = self.query_one(Notice)
            message, tone, undo = notice.message, notice.tone, bool(notice.undo_key)
            self.app.pop_screen()
            if message:
                self.planner.say(message, tone=tone, undo=undo)

    def verb_bring_in(self) -> None:
        """Open the import of a file."""
        self.planner.open("import")

    def verb_new(self) -> None:
        """Open the form for a new contact."""
        self.planner.edit_contact(None)

    def verb_demo(self) -> None:
        """Open the sample network."""
        self.planner.show_sample()
