"""The timeline of a contact: open entries, soonest first, then past ones, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import short_date
from planner.core.evidence.words import what_happened
from planner.core.model import Direction, Favor, FavorDirection, FavorState, FollowUp, Interaction, Outcome
from planner.core.records import record
from planner.core.words.wording import WHETHER, tried_word
from planner.desk.values import Card
from planner.ui.shared.card import Look, day_cell
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column

COLUMNS = (Column(8, align="right"), Column(1), Column(10, rank=1), Column(10, share=1))
Source = Interaction | Favor | FollowUp
FAVOR_WORDS = {
    FavorState.ASKED: ("they asked", "I asked"),
    FavorState.PROMISED: ("promised", "they said yes"),
    FavorState.ALTERNATIVE: ("offered", "another way"),
    FavorState.DECLINED: ("another way", "declined"),
    FavorState.RESTED: ("let rest", "let rest"),
}
"""The words for a favor that is not done: for one I give and for one I receive."""


@record(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline with its fact; `open` while it is ahead or to be done."""

    on: date
    word: str
    text: str
    source: Source
    tone: str
    open: bool = False

    @property
    def item_id(self) -> str:
        """The id that the fact has as an agenda item while it is open."""
        kind = {Interaction: "i", Favor: "v", FollowUp: "f"}[type(self.source)]
        return f"{kind}{self.source.id}"


def entries_of(card: Card, today: date, *, complete: bool = True) -> list[TimelineEntry]:
    """All entries: open ones, soonest first, then past ones, newest first.

    `complete` is False while older interactions are not read yet: then entries older than the oldest one read are left
    out, so that none is in the wrong place.
    """
    found = [*_interactions(card, today), *_favors(card), *_follow_ups(card)]
    if not complete and card.interactions:
        oldest = card.interactions[-1].on
        found = [one for one in found if one.open or one.on >= oldest]
    to_come = sorted((one for one in found if one.open), key=lambda one: (one.on, one.word))
    been = sorted((one for one in found if not one.open), key=lambda one: one.on, reverse=True)
    return to_come + been


def _interactions(card: Card, today: date) -> Iterable[TimelineEntry]:
    hours = {loop.id: f" at {loop.starts}" for loop in card.loops if loop.starts}
    for one in card.interactions:
        if one.loop.startswith("v"):
            continue  # a step of a favor, which has a line of its own
        others = [name for key, name in one.contacts if key != card.contact.id]
        text = " ".join(one.note.split()) + (f" (with {', '.join(others)})" if others else "")
        if one.source:
            happened = what_happened(one.channel, one.direction, one.outcome)
            seen = f"{happened}, {one.source}" if one.outcome is Outcome.REACHED else one.source
            text = f"{text}; {seen}" if text else seen
        if one.outcome is Outcome.PLANNED:
            asks = WHETHER if one.on <= today and f"i{one.id}" not in card.to_come else ""
            how = f"{one.channel or 'contact'}{hours.get(f'i{one.id}', '')}{asks}"
            words = ", ".join(part for part in (how, text) if part) if one.source else f"{how} {text}".strip()
            yield TimelineEntry(one.on, "planned", words, one, "accent", True)
        elif one.outcome is Outcome.ATTEMPT:
            words = ": ".join(part for part in (one.channel, text) if part)
            yield TimelineEntry(one.on, tried_word(one), words, one, "dim")
        else:
            word = one.channel or "contact"
            if one.direction is Direction.THEM and not one.source:
                text = f"they wrote: {text}" if text else "they wrote"
            yield TimelineEntry(one.on, word, text, one, "done")


def _favors(card: Card) -> Iterable[TimelineEntry]:
    for one in card.favors:
        given = one.direction is FavorDirection.GIVEN
        text = one.note or one.kind
        # "introduction: introduce her to Leo" would say it twice.
        if one.kind != "other" and one.kind[:5] not in text.casefold():
            text = f"{one.kind}: {text}"
        tone = "accent" if given else "received"
        if one.done_on is not None:
            after = " · thanked" if one.thanked_on else ""
            after += " · told how it went" if one.told_on else ""
            yield TimelineEntry(one.done_on, "gave" if given else "received", text + after, one, tone)
            continue
        word = FAVOR_WORDS.get(one.state, ("gave", "received"))[0 if given else 1]
        closed = one.closed_on
        if closed is not None:
            # The offer comes before the request, since it can still be given.
            offered = f"{one.way_out_note or one.way_out}, instead of {text}" if one.way_out else text
            yield TimelineEntry(closed, word, offered, one, "dim")
        else:
            yield TimelineEntry(one.due_on or one.asked_on or date.max, word, text, one, tone, True)


def _follow_ups(card: Card) -> Iterable[TimelineEntry]:
    for one in card.follow_ups:
        for day in one.done_on:
            yield TimelineEntry(day, "did", one.text, one, "done")
        if one.closed_on is not None:
            if not one.done_on:
                yield TimelineEntry(one.closed_on, "dropped", one.text, one, "dim")
        elif one.repeat or not one.done_on:
            due = next((item.due for item in card.loops if item.id == f"f{one.id}"), one.on)
            again = f" · again {one.repeat}" if one.repeat else ""
            yield TimelineEntry(due, "follow up", one.text + again, one, "accent", True)


def rows_of(entries: Iterable[TimelineEntry]) -> list[Row]:
    """The entries as rows, with a heading before the open entries and before each year."""
    rows: list[Row] = []
    heading = ""
    for one in entries:
        wanted = "Open" if one.open else str(one.on.year)
        if wanted != heading:
            heading = wanted
            if rows:
                rows.append(Row(f"blank:{heading}", "blank"))
            rows.append(Row(f"head:{heading}", "heading", heading))
        rows.append(Row(f"{one.item_id}:{one.on}:{one.open}", "item", one))
    return rows


class TimelineList(LineList):
    """The list of the timeline. Its screen sets `look`."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        if self.look is not None and isinstance(row.data, str):
            return [Segment(f" {row.data}", self.look.colors.heading)]
        cells = self.cells(row)
        return self.laid(cells, COLUMNS, width, 1 if width < 50 else 2)

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        look = self.look
        if look is None or not isinstance(row.data, TimelineEntry):
            return ()
        one, colors, glyphs = row.data, look.colors, look.glyphs
        when = short_date(one.on, look.today) if one.open else day_cell(one.on, look.today)
        past = one.open and one.on < look.today
        # As on the card, only a promise past its day is late; other open entries are due.
        late = past and isinstance(one.source, Favor) and one.word == "promised"
        tone_past = colors.late if late else colors.due
        mark = {
            Interaction: glyphs.planned if one.open else glyphs.done if one.tone == "done" else glyphs.dot,
            Favor: glyphs.late if late else glyphs.soon if one.open and not past else glyphs.due,
            FollowUp: glyphs.due if past else glyphs.soon if one.open else glyphs.done,
        }[type(one.source)]
        tone = tone_past if past else getattr(colors, one.tone)
        return (
            (when, tone_past if past else colors.dim),
            (mark, tone),
            (one.word, tone if one.open else colors.dim),
            (one.text, colors.text),
        )
