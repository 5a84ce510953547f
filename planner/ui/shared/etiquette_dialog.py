"""Before a direct ask: how things stand with this person, and what could be given first."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.desk.values import Etiquette
from planner.ui.needs.rows import etiquette_dates
from planner.ui.shared.card import LABEL, Line, wrapped
from planner.ui.shared.lines_dialog import LinesDialog
from planner.ui.text import plain
from planner.ui.themes import Palette

Answer = Literal["give", "ask"]
MOST = 4
"""Open promises that are named."""


def says_something(about: Etiquette) -> bool:
    """Whether there is anything to know before asking."""
    return bool(about.last_contact or about.last_ask or about.last_gave or about.promises or about.give)


class EtiquetteDialog(LinesDialog[Answer | None]):
    """Gives "give" or "ask"; None when nothing is to happen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "answer('give')", "Give first", show=False),
        Binding("i,enter", "answer('ask')", "Ask anyway", show=False),
        Binding("escape,q,ctrl+c", "leave", "Leave", show=False),
    ]

    def __init__(self, about: Etiquette, title: str, today: date) -> None:
        """`title` is what is to be asked for, empty while that is not said yet."""
        super().__init__()
        self.about = about
        self.title_asked = title
        self.today = today

    def heading(self) -> str:
        return f"Before you ask {plain(self.about.name)}"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        about, room = self.about, max(1, width - LABEL - 2)
        facts = [("for", self.title_asked)] if self.title_asked else []
        days = (("last spoke", about.last_contact), ("last asked", about.last_ask), ("last gave", about.last_gave))
        facts += list(etiquette_dates(days, self.today))
        found: list[Line] = []
        for label, words in facts:
            found += self._block(label, words, room, colors, "text")
        for number, promise in enumerate(about.promises[:MOST]):
            found += self._block("promised" if number == 0 else "", promise, room, colors, "due")
        if len(about.promises) > MOST:
            found += self._block("", f"and {len(about.promises) - MOST} more", room, colors, "dim")
        if about.give:
            found += [[], *self._block("give", about.give, room, colors, "done")]
            found += self._block("", self._giving(), room, colors, "dim")
        return found

    def keys(self) -> str:
        about = self.about
        if about.give_stands:
            give = "g say where it stands"
        elif about.give_match is not None:
            give = "g begin the introduction"
        else:
            give = "g promise something first"
        return f"{give}   i or enter ask anyway   esc or q leaves"

    def _giving(self) -> str:
        """What is under way with the gift, or begins with its key."""
        about = self.about
        if about.give_stands == "introduction":
            return "reach is where you introduce them"
        if about.give_stands == "promise":
            return "the ledger is where it is done"
        pair = about.give_match
        if pair is None:
            return ""
        return f"g begins it: {pair.needs.name} is asked first about meeting {pair.offers.name}"

    @staticmethod
    def _block(label: str, words: str, room: int, colors: Palette, style: str) -> list[Line]:
        return [
            [Segment(f"{label if number == 0 else '':<{LABEL + 2}}", colors.dim), Segment(part, getattr(colors, style))]
            for number, part in enumerate(wrapped(words, room, 3))
        ]

    def action_answer(self, answer: Answer) -> None:
        """Give the answer."""
        self.dismiss(answer)

    def action_leave(self) -> None:
        """Nothing happens."""
        self.dismiss(None)
