"""Two contacts side by side, a row for each field: one side is kept, or both are, or nothing differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style

from planner.core.contact_fields import ADDRESS_FIELDS, FIELDS, ON_CARD, SAID_MORE, address_words
from planner.core.dates.shown import short_date, year_day
from planner.core.model import Mode
from planner.core.records import record
from planner.core.words.counts import counted
from planner.core.words.folding import fold
from planner.desk.values import Card, Duplicate
from planner.ui.places.look_list import LookList
from planner.ui.shared.card import Look
from planner.ui.text import cut, pad
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import Column, clip

LABEL = 9
BETWEEN = 2
WIDEST = 46
"""The most cells of one side, so that the eye need not travel far."""


@record(frozen=True, slots=True)
class PairField:
    """One field of two contacts: its value on the left, and on the right.

    `choice` is the name of the field in a merge, "" if there is nothing to choose. `unites` means that the merged
    contact has the values of both.
    """

    label: str
    left: str
    right: str
    choice: str = ""
    unites: bool = False

    @property
    def differs(self) -> bool:
        """Whether both sides have a value, and the values differ."""
        return bool(self.left and self.right) and fold(self.left) != fold(self.right)


def weight(card: Card) -> int:
    """The number of interactions, favors and follow-ups of a contact."""
    return len(card.interactions) + len(card.favors) + len(card.follow_ups)


def fields_of(left: Card, right: Card, look: Look) -> list[PairField]:
    """The fields in which at least one of two contacts has a value."""
    cards = (left, right)

    def row(label: str, of: Callable[[Card], str], choice: str = "", *, unites: bool = False) -> PairField:
        first, second = (of(card) for card in cards)
        field = PairField(label, first, second, choice, unites)
        return field if field.differs or not choice else PairField(label, first, second)

    def contact(name: str) -> Callable[[Card], str]:
        return lambda card: str(getattr(card.contact, name))

    def values(kind: str) -> Callable[[Card], str]:
        name = ADDRESS_FIELDS[kind]
        return lambda card: ", ".join(address_words(kind, cell.value) for cell in getattr(card.contact, name))

    rows = [
        row("name", contact("name"), "name"),
        row("title", contact("title"), "title"),
        row("company", contact("company"), "company"),
        row("city", contact("city"), "city"),
        row("mail", values("email"), unites=True),
        row("phone", values("phone"), unites=True),
        row("web", values("url"), unites=True),
        *(row(one.label, values(one.word), unites=True) for one in FIELDS if one.word in SAID_MORE),
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
            return year_day(one.month, one.day, one.year)
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
    return counted(count, "entry", "entries") if count else ""


class FieldList(LookList):
    """The fields of two contacts. The cursor stops at fields with a choice between the sides."""

    swapped: Collection[str] = ()
    """Fields whose value is taken from the contact that is deleted, by their names in a merge."""
    right_stays = False
    """Whether the right contact stays; unless chosen otherwise, the values of the contact that stays are kept."""

    def keeps_right(self, field: PairField) -> bool:
        """Whether a field's value on the right is kept."""
        if not field.differs:
            return bool(field.right and not field.left)
        return (field.choice in self.swapped) != self.right_stays

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        field = row.data
        if not isinstance(field, PairField):
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
        """Leave the place with enter if that is possible: enter is pressed by habit, and must not merge two people."""
        self.screen.action_verb("pairs.go_on")  # type: ignore[attr-defined]


PAIR_COLUMNS = (
    Column(12, most=50, first=True),
    Column(12, most=50, first=True),
    Column(10, share=2, most=40, rank=2),
    Column(10, share=2, most=40, rank=1),
)


class PairList(LookList, can_focus=False):
    """The waiting pairs; the names of the shown pair are bold, since the cursor is in its fields."""

    def __init__(self, *, ascii_marks: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_marks=ascii_marks, id=id)
        self.shows_cursor = False

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        cells = self.cells(row)
        if selected and self.look is not None:
            name = self.look.colors.name
            cells = ((cells[0][0], name), (cells[1][0], name), *cells[2:]) if cells else ()
        return self.laid(cells, PAIR_COLUMNS, width)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look, pair = self.look, row.data
        if look is None or not isinstance(pair, Duplicate):
            return ()
        colors = look.colors
        return (
            (pair.one_name, colors.text),
            (pair.other_name, colors.text),
            (pair.likeness.words, colors.dim),
            (pair.company, colors.dim),
        )
