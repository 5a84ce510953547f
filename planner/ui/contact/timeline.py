"""Everything between me and one contact in the order of time: what is open, then what was, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.segment import Segment

from planner.core.dates.typed import short_date
from planner.core.model import Direction, Favor, FavorDirection, FavorState, FollowUp, Interaction, Outcome
from planner.core.records import record
from planner.desk.values import Card
from planner.ui.shared.card import Look, day_cell
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, fit, lay

COLUMNS = (Column(8, align="right"), Column(1), Column(10, rank=1), Column(10, share=1))
Source = Interaction | Favor | FollowUp
FAVOR_WORDS = {
    FavorState.ASKED: ("they asked", "I asked"),
    FavorState.PROMISED: ("promised", "they said yes"),
    FavorState.ALTERNATIVE: ("offered", "another way"),
    FavorState.DECLINED: ("another way", "declined"),
    FavorState.RESTED: ("let rest", "let rest"),
}
"""What a favor that is not done is called: given, received."""


@record(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline and the fact it shows; `open` when it is still to come or to do."""

    on: date
    word: str
    text: str
    source: Source
    tone: str
    open: bool = False

    @property
    def item_id(self) -> str:
        """The id the agenda has for the fact while it is open."""
        kind = {Interaction: "i", Favor: "v", FollowUp: "f"}[type(self.source)]
        return f"{kind}{self.source.id}"


def entries_of(card: Card, today: date, *, complete: bool = True) -> list[TimelineEntry]:
    """All entries, what is open first (soonest first), then what was (newest first).

    With `complete` false the oldest interactions are not loaded: what is older than those that are is
    left out, so that nothing is in the wrong place.
    """
    found = [*_interactions(card, today), *_favors(card), *_follow_ups(card)]
    if not complete and card.interactions:
        oldest = card.interactions[-1].on
        found = [one for one in found if one.open or one.on >= oldest]
    to_come = sorted((one for one in found if one.open), key=lambda one: (one.on, one.word))
    been = sorted((one for one in found if not one.open), key=lambda one: one.on, reverse=True)
    return to_come + been


def _interactions(card: Card, today: date) -> Iterable[TimelineEntry]:
    for one in card.interactions:
        others = [name for key, name in one.contacts if key != card.contact.id]
        text = " ".join(one.note.split()) + (f" (with {', '.join(others)})" if others else "")
        if one.outcome is Outcome.PLANNED:
            asks = ", did it happen?" if one.on <= today else ""
            words = f"{one.channel or 'contact'}{asks} {text}".strip()
            yield TimelineEntry(one.on, "planned", words, one, "accent", True)
        elif one.outcome is Outcome.ATTEMPT:
            words = ": ".join(part for part in (one.channel, text) if part)
            yield TimelineEntry(one.on, "no answer", words, one, "dim")
        else:
            word = one.channel or "contact"
            if one.direction is Direction.THEM:
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
            after += " · told the outcome" if one.told_on else ""
            yield TimelineEntry(one.done_on, "gave" if given else "received", text + after, one, tone)
            continue
        word = FAVOR_WORDS.get(one.state, ("gave", "received"))[0 if given else 1]
        closed = one.closed_on
        if closed is not None:
            # What was offered comes first: it is what can still be given.
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
    """The entries as rows, with a heading before what is open and before each year."""
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
    """The timeline; `look` is given by its screen."""

    look: Look | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look = self.look
        if look is None:
            return []
        if isinstance(row.data, str):
            return [Segment(f" {row.data}", look.colors.heading)]
        if not isinstance(row.data, TimelineEntry):
            return []
        one, colors, glyphs = row.data, look.colors, look.glyphs
        when = short_date(one.on, look.today) if one.open else day_cell(one.on, look.today)
        past = one.open and one.on < look.today
        # As on the card: only a promise that is past its day is late, the rest is due.
        late = past and isinstance(one.source, Favor) and one.word == "promised"
        tone_past = colors.late if late else colors.due
        mark = {
            Interaction: glyphs.planned if one.open else glyphs.done if one.tone == "done" else glyphs.dot,
            Favor: glyphs.late if late else glyphs.soon if one.open and not past else glyphs.due,
            FollowUp: glyphs.due if past else glyphs.soon if one.open else glyphs.done,
        }[type(one.source)]
        tone = tone_past if past else getattr(colors, one.tone)
        cells = (
            (when, tone_past if past else colors.dim),
            (mark, tone),
            (one.word, tone if one.open else colors.dim),
            (one.text, colors.text),
        )
        gap = 1 if width < 50 else 2
        return lay(cells, COLUMNS, fit(COLUMNS, width, gap), gap=gap)
