"""Texts of ended sessions: each is resumed where it belongs, or discarded, by one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.commands.keys import key_label
from planner.core.words.counts import counted
from planner.ui.session.taking_up import take_up
from planner.ui.session.unfinished import Typed
from planner.ui.text import content
from planner.ui.widgets.may_be_left import MayBeLeft
from planner.unfinished import Unfinished

if TYPE_CHECKING:
    from planner.ui.port import AppPort

MOST_LETTERS = 70


class WaitingDialog(MayBeLeft, ModalScreen[Unfinished | None]):
    """Returns the text to resume; None for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+r", "leave", "Leave", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("enter", "take", "Take it up", show=False),
        Binding("x", "drop", "Throw it away", show=False),
    ]

    def __init__(self, typed: Typed, texts: list[Unfinished]) -> None:
        super().__init__()
        self.typed = typed
        self.texts = texts
        self.index = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content("Unfinished texts", "bold $accent"), classes="dialog-heading")
            yield Static(id="waiting-texts", markup=False)
            keys = "enter takes it up   x throws it away   up down   esc leaves them"
            yield Static(content(keys, "$dim"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Show the texts."""
        self._draw()

    def _draw(self) -> None:
        lines: list[Content] = []
        for number, one in enumerate(self.texts):
            here = number == self.index
            words = one.words if len(one.words) <= MOST_LETTERS else f"{one.words[: MOST_LETTERS - 1]}…"
            lines += [
                Content.assemble(
                    content("▌ " if here else "  ", "$accent"),
                    content(one.heading or one.verb, "bold $name" if here else "$name"),
                ),
                content(f"    {words}"),
            ]
        self.query_one("#waiting-texts", Static).update(Content("\n").join(lines))

    def action_step(self, by: int) -> None:
        """Go to the text above or below."""
        self.index = (self.index + by) % len(self.texts)
        self._draw()

    def action_take(self) -> None:
        """Resume the marked text."""
        self.dismiss(self.texts[self.index])

    def action_drop(self) -> None:
        """Discard the marked text."""
        self.typed.drop(self.texts.pop(self.index))
        if not self.texts:
            self.dismiss(None)
            return
        self.index = min(self.index, len(self.texts) - 1)
        self._draw()

    def action_leave(self) -> None:
        """Close the dialog; every text goes on waiting."""
        self.dismiss(None)


def say_waiting(planner: AppPort) -> None:
    """Say how many texts of ended sessions wait, and which key shows them."""
    count = len(planner.typed.left_over())
    if count:
        key = key_label(planner.keys["app.unfinished"][0]) if planner.keys["app.unfinished"] else "the palette"
        planner.say(f"{counted(count, 'unfinished text')}: {key} shows what, to take up or to throw away", tone="due")


def show_waiting(planner: AppPort) -> None:
    """Show the waiting texts, and resume the chosen one."""
    waiting = planner.typed.left_over()
    if not waiting:
        planner.say("Nothing unfinished waits", tone="accent")
        return

    def chosen(text: Unfinished | None) -> None:
        if text is not None:
            planner.run_worker(partial(take_up, planner, text), group="unfinished", exclusive=True)

    planner.push_screen(WaitingDialog(planner.typed, waiting), chosen)
