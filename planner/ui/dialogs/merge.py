"""Two contacts side by side, to choose which one stays when they are made one."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.core.dates import short_date
from planner.desk.values import Card
from planner.ui.text import content, cut
from planner.ui.themes import palette
from planner.ui.widgets.lines_view import LinesView
from planner.ui.widgets.rows import clip

LABEL = 10


class MergeDialog(ModalScreen[int | None]):
    """Asks which of two contacts stays; gives its id, None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("left,1,h", "keep(0)", "Keep the first", show=False),
        Binding("right,2,l", "keep(1)", "Keep the second", show=False),
        Binding("tab,space", "other", "Keep the other", show=False),
        Binding("enter,y", "merge", "Make one of them", show=False),
    ]

    def __init__(self, first: Card, second: Card, today: date) -> None:
        super().__init__()
        self.cards = (first, second)
        self.today = today
        # The one with more history is the likelier to be the real one.
        self.kept = 1 if _weight(second) > _weight(first) else 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content("Make one contact of two", "bold $accent"), classes="dialog-heading")
            yield LinesView(id="merge-lines")
            yield Static(
                content("Nothing is lost: what differs goes into the notes, and u takes it back.", "$dim"),
                classes="dialog-text",
            )
            yield Static(content("1 2 which one stays   enter makes one   esc leaves", "$dim"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Show both."""
        self._draw()

    def _draw(self) -> None:
        view = self.query_one(LinesView)
        rows = _rows(self.cards, self.today)
        view.styles.height = len(rows) + 1
        view.show(lambda width: self._lines(rows, width))

    def _lines(self, rows: list[tuple[str, str, str]], width: int) -> list[list[Segment]]:
        colors = palette(self.app)
        half = max(4, (width - LABEL - 2) // 2)
        heads = [Segment(" " * LABEL)]
        for number in (0, 1):
            stays = number == self.kept
            words = f"{number + 1} stays" if stays else f"{number + 1} is taken in"
            heads += [*clip([Segment(words, colors.key if stays else colors.dim)], half), Segment("  ")]
        lines = [heads]
        for label, *values in rows:
            line = [Segment(f"{label:<{LABEL}}", colors.dim)]
            for number, value in enumerate(values):
                style = colors.dim if number != self.kept else colors.name if label == "name" else colors.text
                line += [*clip([Segment(cut(value, half), style)], half), Segment("  ")]
            lines.append(line)
        return lines

    def action_keep(self, which: int) -> None:
        """Let one of them stay."""
        self.kept = which
        self._draw()

    def action_other(self) -> None:
        """Let the other one stay."""
        self.action_keep(1 - self.kept)

    def action_merge(self) -> None:
        """Make one of them."""
        self.dismiss(self.cards[self.kept].contact.id)

    def action_leave(self) -> None:
        """Leave them two."""
        self.dismiss(None)


def _weight(card: Card) -> int:
    return len(card.interactions) + len(card.favors) + len(card.follow_ups)


def _rows(cards: tuple[Card, Card], today: date) -> list[tuple[str, str, str]]:
    """(label, first, second) of what either of them has."""

    def both(label: str, of: object) -> tuple[str, str, str]:
        first, second = (str(of(card)) for card in cards)  # type: ignore[operator]
        return label, first, second

    def last(card: Card) -> str:
        rhythm = card.rhythm
        day = rhythm.last_contact if rhythm is not None else next((one.on for one in card.interactions), None)
        return short_date(day, today) if day is not None else ""

    rows = [
        both("name", lambda card: card.contact.name),
        both("title", lambda card: card.contact.title),
        both("company", lambda card: card.contact.company),
        both("city", lambda card: card.contact.city),
        both("mail", lambda card: ", ".join(cell.value for cell in card.contact.emails)),
        both("phone", lambda card: ", ".join(cell.value for cell in card.contact.phones)),
        both("circles", lambda card: ", ".join(card.contact.circles)),
        both("rhythm", lambda card: card.rhythm.effective.cadence.words if card.rhythm is not None else ""),
        both("last", last),
        both("history", lambda card: f"{_weight(card)} entries" if _weight(card) else ""),
        both("source", lambda card: card.contact.source),
    ]
    return [row for row in rows if row[1] or row[2]]
