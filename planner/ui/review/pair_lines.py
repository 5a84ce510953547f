"""Two contacts side by side as rows: what differs can be chosen, what unites is kept, the rest is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from rich.segment import Segment

from planner.core.contact_fields import ON_CARD
from planner.core.dates.typed import MONTH_NAMES, short_date
from planner.core.model import Mode
from planner.core.records import record
from planner.core.words.folding import fold
from planner.desk.values import Card, Suspicion
from planner.ui.shared.card import Look
from planner.ui.text import cut, pad
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, clip, fit, lay

LABEL = 9
BETWEEN = 2
WIDEST = 46
"""Cells of one of the two, so that the eye need not travel."""


@record(frozen=True, slots=True)
class PairField:
    """One row: what each has, and what becomes of it.

    `choice` is the name a merge knows the field by, empty where nothing is to be chosen; `unites` means
    that one person has both.
    """

    label: str
    left: str
    right: str
    choice: str = ""
    unites: bool = False

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.left and self.right) and fold(self.left) != fold(self.right)


def weight(card: Card) -> int:
    """How much happened with somebody."""
    return len(card.interactions) + len(card.favors) + len(card.follow_ups)


def fields_of(left: Card, right: Card, look: Look) -> list[PairField]:
    """Everything either of the two has."""
    cards = (left, right)

    def row(label: str, of: Callable[[Card], str], choice: str = "", *, unites: bool = False) -> PairField:
        first, second = (of(card) for card in cards)
        field = PairField(label, first, second, choice, unites)
        return field if field.differs or not choice else PairField(label, first, second)

    def contact(name: str) -> Callable[[Card], str]:
        return lambda card: str(getattr(card.contact, name))

    def values(name: str) -> Callable[[Card], str]:
        return lambda card: ", ".join(cell.value for cell in getattr(card.contact, name))

    rows = [
        row("name", contact("name"), "name"),
        row("title", contact("title"), "title"),
        row("company", contact("company"), "company"),
        row("city", contact("city"), "city"),
        row("mail", values("emails"), unites=True),
        row("phone", values("phones"), unites=True),
        row("web", values("urls"), unites=True),
        row("birthday", _birthday, "birthday"),
        row("circles", lambda card: ", ".join(card.contact.circles), unites=True),
        row("rhythm", _rhythm, "cadence"),
        *(row(one.card, contact(one.attribute), one.name) for one in ON_CARD),
        row("last", lambda card: _last(card, look), unites=True),
        row("history", _history, unites=True),
        row("notes", lambda card: " ".join(card.contact.notes.split()), unites=True),
        row("source", contact("source")),
    ]
    if any(card.contact.mode is not Mode.RHYTHM for card in cards):
        rows.insert(10, row("mode", lambda card: str(card.contact.mode), "mode"))
    return [one for one in rows if one.left or one.right]


def _birthday(card: Card) -> str:
    for one in card.contact.dates:
        if one.kind == "birthday":
            return f"{one.day} {MONTH_NAMES[one.month - 1].capitalize()}" + (f" {one.year}" if one.year else "")
    return ""


def _rhythm(card: Card) -> str:
    if card.contact.cadence == "none":
        return "no rhythm"
    return card.rhythm.effective.cadence.words if card.contact.cadence and card.rhythm is not None else ""


def _last(card: Card, look: Look) -> str:
    rhythm = card.rhythm
    day = rhythm.last_contact if rhythm is not None else next((one.on for one in card.interactions), None)
    return short_date(day, look.today) if day is not None else ""


def _history(card: Card) -> str:
    count = weight(card)
    return f"{count} {'entry' if count == 1 else 'entries'}" if count else ""


class FieldList(LineList):
    """The fields of two contacts; the cursor stops where there is something to choose."""

    look: Look | None = None
    swapped: Collection[str] = ()
    """Fields of which the right side is kept."""
    right_stays = False
    """Whether the right one stays, so that its side is kept where nothing was chosen."""

    def keeps_right(self, field: PairField) -> bool:
        """Whether the right side of a field is kept."""
        if not field.differs:
            return bool(field.right and not field.left)
        return (field.choice in self.swapped) != self.right_stays

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, field = self.look, row.data
        if look is None or not isinstance(field, PairField):
            return []
        colors, marks = look.colors, look.glyphs
        half = min(WIDEST, max(4, (width - LABEL - 2 * BETWEEN) // 2))
        line = [Segment(pad(field.label, LABEL), colors.dim), Segment(" " * BETWEEN)]
        right = self.keeps_right(field)
        for place, value in enumerate((field.left, field.right)):
            mark, style = " ", colors.text
            if field.choice:
                kept = bool(place) == right
                mark, style = (marks.done, colors.name) if kept else (" ", colors.dim)
            elif field.unites and field.differs:
                mark = marks.marked
            tone = colors.done if mark == marks.done else colors.accent
            line += [Segment(f"{mark} ", tone), *clip([Segment(cut(value, half - 2), style)], half - 2)]
            if not place:
                line.append(Segment(" " * BETWEEN))
        return line

    def action_select(self) -> None:
        """Enter never makes one of two: it is pressed by habit, to open or to go on."""
        self.screen.action_verb("pairs.go_on")  # type: ignore[attr-defined]


PAIR_COLUMNS = (
    Column(12, share=3, most=30),
    Column(12, share=3, most=30),
    Column(10, share=2, most=32, rank=2),
    Column(10, share=2, most=28, rank=1),
)


class PairList(LineList, can_focus=False):
    """The pairs that wait; the one that is shown stands under the cursor."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, pair = self.look, row.data
        if look is None or not isinstance(pair, Suspicion):
            return []
        colors = look.colors
        cells = (
            (pair.one_name, colors.name if selected else colors.text),
            (pair.other_name, colors.name if selected else colors.text),
            (pair.likeness.words, colors.dim),
            (pair.company, colors.dim),
        )
        return lay(cells, PAIR_COLUMNS, fit(PAIR_COLUMNS, width))
