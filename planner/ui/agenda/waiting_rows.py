"""The rows above today's items about what waits: the inbox, the address book, evidence, newcomers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rich.segment import Segment

from planner.core.evidence.words import count_words
from planner.core.model import Agenda
from planner.core.records import record
from planner.core.words.counts import counted, people_word
from planner.ui.text import plain
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import spread

if TYPE_CHECKING:
    from planner.ui.places.place_screen import PlaceScreen
    from planner.ui.shared.card import Look

NARROW = 56
"""Cells of a row below which only the first words fit."""


@record(frozen=True, slots=True)
class Waits:
    """Something that waits: `kind` is "inbox", "book", "seen", "newcomers" or "strangers".

    `more` are words that a narrow row leaves out; `opens` says what enter does, `refusal` why another key does nothing.
    """

    kind: str
    words: str
    more: str
    opens: str
    refusal: str
    is_due: bool = True

    def segments(self, width: int, look: Look, *, with_key: bool) -> list[Segment]:
        """The row, with the effect of enter if it fits."""
        roomy = width >= NARROW
        style = look.colors.due if self.is_due else look.colors.dim
        words = Segment(f"   {plain(self.words)}{self.more if roomy else ''}", style)
        key = [Segment(f"{self.opens} ", look.colors.dim)] if with_key and roomy else []
        return list(spread([words], key, width))


def waiting_rows(agenda: Agenda) -> Iterator[Row]:
    """The rows about what waits besides today's items."""
    if agenda.to_read:
        yield _row(Waits(
            "inbox", f"{counted(agenda.to_read, 'line')} to read", " from the inbox", "enter reads them",
            "These are lines of the inbox; enter reads them",
        ))  # fmt: skip
    if agenda.to_decide:
        yield _row(Waits(
            "book", f"{agenda.to_decide:,} to decide", " about your address book", "enter lists them",
            "This is to be decided about your address book; enter lists it",
        ))  # fmt: skip
    if agenda.seen is not None:
        yield _row(Waits(
            "seen", count_words(agenda.seen, agenda.today), "", "enter lists them",
            "This is what was seen; enter lists it", is_due=False,
        ))  # fmt: skip


def newcomers_row(count: int) -> Row:
    """The row with the number of imported contacts without a rhythm."""
    return _row(Waits(
        "newcomers", f"{people_word(count)} without a rhythm yet", "", "enter goes through them",
        "These have no rhythm yet; enter asks how often, for each",
    ))  # fmt: skip


def strangers_row(count: int) -> Row:
    """The row with the number of people I write with who are not contacts."""
    return _row(Waits(
        "strangers", f"{people_word(count)} you write with {'is' if count == 1 else 'are'} not here", "",
        "enter lists them", "These are no contacts of yours; enter lists them", is_due=False,
    ))  # fmt: skip


def _row(waits: Waits) -> Row:
    return Row(waits.kind, "item", waits, settled=True)


def open_waiting(place: PlaceScreen, waits: Waits) -> None:
    """Show what waits. The dialogs are imported late: the first screen seldom needs one."""
    if waits.kind == "newcomers":
        place.planner.open("newcomers")
    elif waits.kind == "strangers":
        # As above.
        from planner.ui.evidence.strangers_dialog import MeetingStrangers

        place.in_turn(MeetingStrangers(place).go)
    elif waits.kind == "inbox":
        # As above.
        from planner.ui.agenda.inbox_dialog import read_lines

        place.in_turn(partial(read_lines, place))
    elif waits.kind == "book":
        # As above.
        from planner.ui.book.book_dialog import show_questions

        place.in_turn(partial(show_questions, place))
    else:
        # As above.
        from planner.ui.evidence.seen_dialog import list_seen

        place.in_turn(partial(list_seen, place))
