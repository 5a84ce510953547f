"""The lines of the ledger: four lanes with their loops, and the card of a favor beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.typed import MONTH_NAMES, exact_date, short_date
from planner.core.favors import LANES, months
from planner.core.model import Favor, FavorDirection, FavorState, ItemKind, Settings, State
from planner.core.records import record
from planner.core.words.folding import fold
from planner.core.words.wording import QUESTIONS, days_word, kind_word, when_word
from planner.desk.values import Card, Ledger, LedgerRow
from planner.ui.shared.card import Line, Look, block, day_cell, headline, item_mark, state_mark, summary, wrapped
from planner.ui.text import cut, pad, plain
from planner.ui.widgets.line_list import LineList, Row
from planner.ui.widgets.rows import Column, clip, fit, lay, level, measure, spread

LANE_TITLES = {
    "asked_me": "They asked me",
    "promised": "I promised",
    "i_asked": "I asked",
    "to_close": "To close",
}
COLUMNS = (
    Column(1),
    Column(14, share=1, most=30),
    Column(12, rank=2),
    Column(8, share=9, rank=1),
    Column(9, align="right"),
)
NARROW = 56
SIDE = 12
"""Cells of either side of the bars of help."""
LABEL = 10
MONTH = 3
"""Cells of one month."""


@record(frozen=True, slots=True)
class LaneHead:
    """The heading of a lane: its name, what is late in it, and what it asks for."""

    title: str
    late: int
    hint: str


def hint_of(lane: str, settings: Settings) -> str:
    """What a lane asks for, in the numbers of the configuration."""
    return {
        "asked_me": f"answer within {days_word(settings.request_days)}",
        "promised": "",
        "i_asked": f"a nudge after {days_word(settings.nudge_days)}",
        "to_close": f"thanks within {days_word(settings.thanks_days)}",
    }[lane]


def is_late(row: LedgerRow) -> bool:
    """Whether a promise is past its day; nothing else in the ledger counts as late."""
    late = row.item.kind is ItemKind.PROMISE and row.overdue_days > 0
    return row.state is State.LATE or (late and row.state is not State.SNOOZED)


def is_due(row: LedgerRow, today: date) -> bool:
    """Whether something is to be done about it now."""
    return row.item.due <= today and row.state is not State.SNOOZED


def rows_of(ledger: Ledger, settings: Settings, words: Iterable[str] = ()) -> list[Row]:
    """The rows of the lanes that hold anything; only loops that hold every (folded) word."""
    wanted = tuple(words)
    rows: list[Row] = []
    for lane in LANES:
        found = [row for row in ledger.lanes[lane] if holds(row, wanted)]
        if not found:
            continue
        if rows:
            rows.append(Row(f"blank:{lane}", "blank"))
        late = sum(1 for row in found if is_late(row))
        rows.append(Row(f"lane:{lane}", "heading", LaneHead(LANE_TITLES[lane], late, hint_of(lane, settings))))
        rows += [Row(row.item.id, "item", row) for row in found]
    return rows


def holds(row: LedgerRow, words: tuple[str, ...]) -> bool:
    """Whether a loop's name, kind or words hold every folded word."""
    if not words:
        return True
    favor = row.favor
    text = fold(f"{favor.contact_name} {favor.kind} {kind_word(row.item)} {favor.note} {favor.way_out_note}")
    return all(word in text for word in words)


def what(row: LedgerRow) -> str:
    """What it is about: the words somebody wrote, and what became of it so far."""
    favor = row.favor
    if favor.state is FavorState.ALTERNATIVE:
        return ", ".join(part for part in (favor.note, f"you offered: {favor.way_out_note}") if part)
    if row.item.asks:
        return ", ".join(part for part in (favor.note, QUESTIONS[row.item.asks]) if part)
    nudged = len(favor.nudges)
    if nudged:
        told = "nudged once" if nudged == 1 else f"nudged {nudged} times"
        return ", ".join(part for part in (favor.note, told) if part)
    return favor.note


def about(favor: Favor) -> str:
    """Kind and words together; the kind alone is left out where the words say it."""
    if fold(favor.kind) in fold(favor.note):
        return favor.note
    return ", ".join(part for part in (favor.kind, favor.note) if part)


def kind_cell(row: LedgerRow) -> str:
    """The kind of help; what is to be closed says how."""
    return kind_word(row.item) if row.item.kind in (ItemKind.THANKS, ItemKind.OUTCOME) else row.favor.kind


def when_style(row: LedgerRow, look: Look) -> Style:
    """Red for late, amber for due, dim for what is ahead or snoozed."""
    if row.state is State.SNOOZED:
        return look.colors.dim
    if is_late(row):
        return look.colors.late
    return look.colors.due if row.item.due <= look.today else look.colors.dim


def when_cell(row: LedgerRow, look: Look) -> str:
    """ "3d past", "today", "Fri"; "snoozed" while it is."""
    if row.state is State.SNOOZED:
        return str(row.state)
    if row.item.due == look.today + timedelta(days=1):
        return "tomorrow"
    return when_word(row.item, look.today).removeprefix("due ")


def mark_of(row: LedgerRow, look: Look) -> tuple[str, Style]:
    """The glyph of a loop and its style."""
    if row.state is State.SNOOZED:
        return state_mark(row.state, look)
    state = State.LATE if is_late(row) else State.DUE
    return item_mark(row.item.kind, state, look, due_now=row.item.due <= look.today)


def lanes_line(ledger: Ledger, width: int, look: Look) -> Line:
    """The four lanes with what waits in each, and whom I helped this week."""
    colors = look.colors
    line: Line = [Segment(" " if width < NARROW else "   ")]
    gap = 6 if width >= 100 else 3 if width >= 70 else 2 if width >= 48 else 1
    for lane in LANES:
        rows = ledger.lanes[lane]
        late, due = any(map(is_late, rows)), any(map(partial(is_due, today=look.today), rows))
        style = colors.late if late else colors.due if due else colors.text
        title = LANE_TITLES[lane] if width >= 60 else LANE_TITLES[lane].removeprefix("They ").removeprefix("I ")
        title = title if width >= 48 else title.removeprefix("To ")
        if len(line) > 1:
            line.append(Segment(" " * gap))
        line += [Segment(f"{title} ", colors.name if rows else colors.dim), Segment(str(len(rows)), style)]
    count = ledger.helped_this_week
    told = f"{count} {'person' if count == 1 else 'people'}"
    right = [Segment("you helped ", colors.dim), Segment(told, colors.name), Segment(" this week  ", colors.dim)]
    room = width - measure(line)
    return spread(line, right, width) if count and room >= measure(right) + 2 else clip(line, width)


class LedgerList(LineList):
    """The ledger's list; `look` and the card of the row under the cursor are given by its screen."""

    look: Look | None = None
    card: Card | None = None

    def render_row(self, row: Row, width: int, selected: bool, marked: bool) -> Iterable[Segment]:
        look, data = self.look, row.data
        if look is None:
            return []
        if isinstance(data, LaneHead):
            colors = look.colors
            told, style = (f"{data.late} late", colors.late) if data.late else (data.hint, colors.dim)
            right = [Segment(f"{told} ", style)] if told else []
            return spread([Segment(f" {data.title}", colors.heading)], right, width)
        return self._row(data, width, look) if isinstance(data, LedgerRow) else []

    def _row(self, row: LedgerRow, width: int, look: Look) -> Iterable[Segment]:
        colors = look.colors
        cells = (
            mark_of(row, look),
            (row.favor.contact_name, colors.name),
            (kind_cell(row), colors.dim),
            (what(row), colors.text),
            (when_cell(row, look), when_style(row, look)),
        )
        gap = 1 if width < NARROW else 2
        columns = COLUMNS if width >= NARROW else (COLUMNS[0], Column(9, share=1), Column(0), Column(0), COLUMNS[4])
        if NARROW > width >= 34:
            columns = (COLUMNS[0], Column(9, share=3), Column(9, share=1, most=12), Column(0), COLUMNS[4])
        mark, style = cells[0]
        # The mark and the name belong together: one blank between them.
        rest = lay(cells[1:], columns[1:], fit(columns[1:], max(0, width - 3), gap), gap=gap)
        return [Segment(f"{mark} ", style), *rest]

    def render_summary(self, row: Row, width: int) -> Iterable[Segment]:
        look = self.look
        if look is None or not isinstance(row.data, LedgerRow):
            return []
        parts = [what(row.data) or row.data.favor.kind, asked_words(row.data.favor)]
        card = self.card
        if card is not None and card.contact.id == row.data.favor.contact_id and width >= 60:
            parts.append(summary(card, look.today))
        return [Segment("  " + plain(" · ".join(part for part in parts if part)), look.colors.dim)]


def asked_words(favor: Favor) -> str:
    """When it came up: "asked Sat 21 Nov 2026"."""
    if favor.direction is FavorDirection.RECEIVED and favor.done_on is not None:
        thanked = f", thanked {exact_date(favor.thanked_on)}" if favor.thanked_on is not None else ""
        return f"they helped {exact_date(favor.done_on)}{thanked}"
    if favor.asked_on is None:
        return ""
    who = "you asked" if favor.direction is FavorDirection.RECEIVED else "asked"
    return f"{'promised' if favor.state is FavorState.PROMISED else who} {exact_date(favor.asked_on)}"


@record(frozen=True, slots=True)
class AnswerKey:
    """A key that can answer the loop under the cursor, and its word."""

    label: str
    word: str


def card_lines(row: LedgerRow, card: Card | None, answers: Sequence[AnswerKey], width: int, look: Look) -> list[Line]:
    """Whose loop it is, what was asked when, how often help went each way, and what can be answered."""
    lines: list[Line] = []
    if card is not None:
        lines += _who(row, card, width, look)
    lines += [[], *_asked(row, width, look)]
    if card is not None and (card.gave or card.received):
        lines += [[], diverging(card.gave, card.received, width, look), *by_month(card.favors, width, look)]
        lines += [[], *_history(card, row.favor.id, width, look)]
    if answers:
        lines += [[], *_answers(answers, width, look)]
    return lines


def _who(row: LedgerRow, card: Card, width: int, look: Look) -> Iterator[Line]:
    mark, style = mark_of(row, look)
    state = [Segment(f"{mark} ", style), Segment(when_word(row.item, look.today), when_style(row, look))]
    head, *rest = headline(card, width, look)
    if row.state is State.SNOOZED and row.item.hidden_until is not None:
        state = [Segment(f"{mark} snoozed to {short_date(row.item.hidden_until, look.today)}", style)]
    yield spread([Segment(plain(card.contact.name), look.colors.name)], state, width) if head else []
    yield from rest


def _asked(row: LedgerRow, width: int, look: Look) -> Iterator[Line]:
    favor, colors, room = row.favor, look.colors, max(1, width - LABEL)
    label = {
        ItemKind.REQUEST: "asked",
        ItemKind.PROMISE: "promised",
        ItemKind.ASK: "I asked",
        ItemKind.THANKS: "helped",
        ItemKind.OUTCOME: "helped",
    }.get(row.item.kind, "about")
    lines: list[Line] = [[Segment(part, colors.text)] for part in wrapped(about(favor), room, 3)]
    said = asked_words(favor)
    # The label says the verb already.
    for verb in ("asked ", "you asked ", "they helped ", "promised "):
        said = said.removeprefix(verb)
    dim = [said]
    if favor.due_on is not None:
        word = {FavorState.ALTERNATIVE: "comes back", FavorState.ASKED: "by"}.get(favor.state, "due")
        dim.append(f"{word} {exact_date(favor.due_on)}")
    if favor.way_out_note:
        dim.append(f"you offered: {favor.way_out_note}")
    dim += [f"nudged {exact_date(day)}" for day in favor.nudges]
    if row.item.asks:
        dim.append(QUESTIONS[row.item.asks])
    lines += [[Segment(part, colors.dim)] for told in dim if told for part in wrapped(told, room, 2)]
    yield from block(label, lines, look, LABEL)


def diverging(gave: int, received: int, width: int, look: Look) -> Line:
    """How often help went each way, from one middle: counts and bars, and no sum of them."""
    colors, glyphs = look.colors, look.glyphs
    words = LABEL + len(f"{gave} ") + len(f" {received}  received")
    side = max(1, min(SIDE, (width - words) // 2))
    most = max(gave, received, side)
    return clip(
        [
            Segment(f"{'gave':<{LABEL}}", colors.dim),
            Segment(f"{gave} ", colors.text),
            Segment(glyphs.block * level(gave, most, side), colors.accent),
            Segment(glyphs.column, colors.rule),
            Segment(glyphs.block * level(received, most, side), colors.received),
            Segment(f" {received}", colors.text),
            Segment("  received", colors.dim),
        ],
        width,
    )


def by_month(favors: Iterable[Favor], width: int, look: Look) -> Iterator[Line]:
    """The help of the last months, given above and received below, a column a month; nothing without any."""
    colors, glyphs = look.colors, look.glyphs
    count = min(12, (width - LABEL + MONTH - 1) // MONTH)
    found = months(favors, look.today, count) if count >= 3 else ()
    if not any(month.gave or month.received for month in found):
        return
    yield []
    for label, style in (("gave", colors.accent), ("received", colors.received)):
        line = [Segment(f"{label:<{LABEL}}", colors.dim)]
        for month in found:
            number = getattr(month, label)
            text = str(min(number, 99)) if number else glyphs.dot
            line.append(Segment(f"{text:<{MONTH}}", style if number else colors.rule))
        yield clip(line, width, "")
    names = "".join(f"{MONTH_NAMES[month.first.month - 1][0].upper():<{MONTH}}" for month in found)
    yield [Segment(" " * LABEL + names.rstrip(), colors.dim)]


def _history(card: Card, shown: int, width: int, look: Look, most: int = 8) -> Iterator[Line]:
    """What was given and received, the newest first; the loop itself stands above already."""
    colors = look.colors
    entries = sorted(
        ((favor.done_on, favor) for favor in card.favors if favor.done_on is not None and favor.id != shown),
        key=lambda entry: (entry[0], entry[1].id),
        reverse=True,
    )
    for on, favor in entries[:most]:
        given = favor.direction is FavorDirection.GIVEN
        word, style = ("gave", colors.accent) if given else ("received", colors.received)
        head = [Segment(f"{day_cell(on, look.today):>6}  ", colors.dim), Segment(pad(word, 9), style), Segment("  ")]
        yield clip([*head, Segment(plain(about(favor)), colors.text)], width)
    if len(entries) > most:
        yield [Segment(cut(f"and {len(entries) - most} more", width), colors.dim)]


def _answers(answers: Sequence[AnswerKey], width: int, look: Look) -> Iterator[Line]:
    colors, room = look.colors, max(1, width - LABEL)
    lines: list[Line] = []
    line: Line = []
    for answer in answers:
        piece = [Segment(answer.label, colors.key), Segment(f" {answer.word}", colors.text)]
        if line and measure(line) + 2 + measure(piece) > room:
            lines.append(line)
            line = []
        line += [Segment("  "), *piece] if line else piece
    yield from block("answer", [*lines, line], look, LABEL)
