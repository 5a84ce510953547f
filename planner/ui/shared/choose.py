"""A dialog that offers a few choices, each with a key of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.core.records import record
from planner.ui.text import content
from planner.ui.widgets.may_be_left import MayBeLeft

FRAME, AROUND = 6, 4
"""Cells and lines of a dialog around its choices."""
MOST_OF_SCREEN = 96
"""Per cent of the screen's width that a dialog takes at most, as in the stylesheet."""


@record(frozen=True, slots=True)
class Choice:
    """A choice: its key, its name in a word or two, and a sentence on what it means, "" for none."""

    key: str
    label: str
    help: str = ""


class ChooseDialog(MayBeLeft, ModalScreen[str | None]):
    """Returns the key of the taken choice, None if the dialog was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("enter", "take", "Take", show=False),
    ]

    def __init__(
        self,
        heading: str,
        choices: Sequence[Choice],
        *,
        text: str = "",
        current: str = "",
        keys: str = "the key, or enter   esc leaves",
    ) -> None:
        """`text` is below the heading, `keys` at the bottom. The mark begins on the choice with the key `current`."""
        super().__init__()
        self.keys = keys
        self.heading = heading
        self.choices = tuple(choices)
        self.text = text
        self.index = next((n for n, one in enumerate(self.choices) if one.key == current), 0)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(self.heading, "bold $accent"), classes="dialog-heading")
            if self.text:
                yield Static(content(self.text), classes="dialog-text")
            yield Static(id="choices")
            yield Static(content(self.keys, "$dim"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the choices."""
        self._draw()

    def on_resize(self) -> None:
        """On a low screen, leave out blank lines and long texts to make room for the choices."""
        self.set_class(self.size.height < 16, "-flat")
        self._draw()

    def _draw(self) -> None:
        room = max(len(one.label) for one in self.choices)
        lines = []
        inside = self.size.width * MOST_OF_SCREEN // 100 - FRAME
        spare = self.size.height - AROUND - len(self.choices)
        for number, one in enumerate(self.choices):
            chosen = number == self.index
            line = Content.assemble(
                content("▌ " if chosen else "  ", "$accent"),
                content(one.key, "bold $accent"),
                "  ",
                content(f"{one.label:<{room}}", "bold $name" if chosen else ""),
            )
            told = content(f"   {one.help}" if one.help else "", "$dim")
            below = chosen and spare > 0 and line.cell_length + told.cell_length > inside
            if not below:
                line = Content.assemble(line, told)
            lines.append(line)
            if below:
                lines.append(content(f"     {one.help}", "$dim"))
        self.query_one("#choices", Static).update(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """Take the choice whose key was pressed. q leaves the dialog unless a choice has that key."""
        pressed = event.character if event.character is not None else event.key
        if any(one.key == pressed for one in self.choices):
            event.stop()
            self.dismiss(pressed)
        elif pressed == "q":
            event.stop()
            self.dismiss(None)

    def action_step(self, by: int) -> None:
        """Go to the choice above or below."""
        self.index = (self.index + by) % len(self.choices)
        self._draw()

    def action_take(self) -> None:
        """Take the marked choice."""
        self.dismiss(self.choices[self.index].key)

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)


def mode_dialog(names: str, current: str = "") -> ChooseDialog:
    """Asks how to keep in touch with people. `current` is their present mode; the answers are the keys of `MODES`."""
    return ChooseDialog(
        f"Keep in touch with {names}",
        (
            Choice("r", "rhythm", "every so often, as their rhythm says"),
            Choice("o", "occasion", "only when there is a reason"),
            Choice("n", "never", "stop chasing, kindly; everything stays"),
        ),
        current=current[:1],
    )


MODES = {"r": "rhythm", "o": "occasion", "n": "never"}
"""The mode for each key of `mode_dialog`."""
