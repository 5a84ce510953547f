"""Before a direct ask: my standing with the person, what I could give first, and the words to send."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from rich.segment import Segment
from textual.binding import Binding, BindingType

from planner.core.drafting.purposes import HOW_TO_ASK, Purpose
from planner.desk.reciprocity.drafts import Letter
from planner.desk.values import Etiquette
from planner.ui.asking.words_dialog import NOT_SENT, SendsWords
from planner.ui.needs.rows import etiquette_dates
from planner.ui.shared.card import LABEL, Line
from planner.ui.text import plain, wrapped
from planner.ui.themes import Palette
from planner.unfinished import Unfinished

Answer = Literal["give", "ask"]
MOST = 4
"""The most open promises that are named."""


class EtiquetteDialog(SendsWords[Answer | None]):
    """Returns "give" or "ask"; None if the dialog was left.

    Enter returns "ask" only after the words were copied or mailed; i says that I asked in another way.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "answer('give')", "Give first", show=False),
        Binding("i", "answer('ask')", "I asked", show=False),
        Binding("enter", "sent", "Sent", show=False),
        Binding("escape,q,ctrl+c", "leave", "Leave", show=False),
    ]

    def __init__(self, about: Etiquette, title: str, today: date, letter: Letter) -> None:
        """`title` is what I ask for, `letter` the words to ask with."""
        super().__init__()
        self.about_them = about
        self.title_asked = title
        self.today = today
        self.draft = letter

    def on_mount(self) -> None:
        """Restore words that were edited in an ended session."""
        self.take_up_words([self.about_them.contact_id])

    def kept_as(self, contact_id: int | None) -> Unfinished:
        name = self.about_them.name
        contacts = (self.about_them.contact_id,)
        return Unfinished(f"words in {type(self).__name__} {self.title_asked}", contacts, "", f"Message to {name}")

    def heading(self) -> str:
        return f"Before you ask {plain(self.about_them.name)}"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        about, room = self.about_them, max(1, width - LABEL - 2)
        facts = [("for", self.title_asked)] if self.title_asked else []
        days = (("last spoke", about.last_contact), ("last asked", about.last_ask), ("last gave", about.last_gave))
        facts += list(etiquette_dates(days, self.today))
        if about.counts:
            facts.append(("this year", about.counts))
        found: list[Line] = []
        for label, words in facts:
            found += self._block(label, words, room, colors, "text")
        for number, promise in enumerate(about.promises[:MOST]):
            found += self._block("promised" if number == 0 else "", promise, room, colors, "due")
        if len(about.promises) > MOST:
            found += self._block("", f"and {len(about.promises) - MOST} more", room, colors, "dim")
        if about.give:
            found += [[], *self._block("give first", about.give, room, colors, "done")]
            found += self._block("", self._giving(), room, colors, "dim")
        found += [[]] if found else []
        if self.draft is not None and self.draft.purpose is Purpose.SMALL_ASK:
            found.append([Segment("hardly known yet: a small question first", colors.accent)])
        found += [self.way(colors), [], *self.message(width, colors), []]
        for number, words in enumerate(HOW_TO_ASK):
            found += self._block("how to ask" if number == 0 else "", words, room, colors, "dim")
        return found

    def keys(self) -> str:
        about = self.about_them
        if about.give_stands:
            give = "g say where it stands"
        elif about.give_match is not None:
            give = "g begin the introduction"
        else:
            give = "g promise something first"
        asked = "i or enter asked" if self.is_handed else "i asked"
        return f"{asked}   c copy   m mail   v edit   {give}   esc or q leaves"

    def _giving(self) -> str:
        """Where the thing to give is under way, or what the key g starts; "" for neither."""
        about = self.about_them
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
        """Close the dialog with an answer."""
        self.dismiss(answer)

    def action_sent(self) -> None:
        """Return "ask" if the words were copied or mailed; else say what to do."""
        if self.is_handed:
            self.dismiss("ask")
        else:
            self.tell(f"{NOT_SENT}; i where you asked already")

    def action_leave(self) -> None:
        """Close the dialog; nothing is asked or given."""
        self.dismiss(None)
