"""The lines of the ledger: four lanes with their favors, and the card of a favor beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from rich.segment import Segment
from rich.style import Style

from planner.core.dates.shown import MONTH_NAMES, exact_date, short_date
from planner.core.favors import HOME, months
from planner.core.model import Favor, FavorDirection, FavorState, ItemKind, OpenItem, State
from planner.core.records import record
from planner.core.words.folding import fold
from planner.core.words.wording import QUESTIONS, kind_word, when_word
from planner.desk.values import Card, LedgerRow
from planner.ui.places.look_list import LookList
from planner.ui.shared.card import Line, Look, block, day_cell, headline, item_mark, state_mark, summary
from planner.ui.text import cut, pad, plain, wrapped
from planner.ui.text import width as cells_of
from planner.ui.widgets.line_list import Row
from planner.ui.widgets.rows import Column, clip, level, measure, spread

WHEN = Column(9, align="right")
COLUMNS = (Column(15, most=60, first=True), Column(12, rank=2, bends=True), Column(8, share=1, rank=1), WHEN)
"""Name, kind, words and day."""
WORDS = 2
"""The index of the column with the words."""
NARROW_COLUMNS = (Column(9, share=3), Column(9, share=1, most=12), Column(0), WHEN)
NARROWEST_COLUMNS = (Column(9, share=1), Column(0), Column(0), WHEN)
NARROW, NARROWEST = 56, 34
"""Cells below which a line uses the narrow columns, and the narrowest."""
SIDE = 12
"""The most cells of the bar of help I gave, and of the bar of help I received."""
LABEL = 10
"""Cells of the column of labels on the card."""
MONTH = 3
"""Cells of the column of one month."""


def is_late(row: LedgerRow) -> bool:
    """Whether a favor is late: a promise past its day that is not snoozed. Nothing else in the ledger is ever late."""
    late = row.item.kind is ItemKind.PROMISE and row.overdue_days > 0
    return row.state is State.LATE or (late and row.state is not State.SNOOZED)


def _offered(favor: Favor) -> str:
    """The words offered in place of a yes: "you said later: after the exams"."""
    return f"you {'said later' if favor.way_out == 'later' else 'offered'}: {favor.way_out_note}"


def what(row: LedgerRow) -> str:
    """The note of a favor, and its progress: what I offered instead, or how often I nudged."""
    favor = row.favor
    if row.item.kind is ItemKind.LOAN:
        # The day of its return has a column of its own.
        return row.item.text.partition(HOME)[0]
    if favor.state is FavorState.PROMISED and favor.way_out_note:
        return f"{favor.way_out_note}, instead of {favor.note or favor.kind}"
    if favor.state is FavorState.ALTERNATIVE:
        return ", ".join(part for part in (favor.note, _offered(favor)) if part)
    if row.item.asks:
        return ", ".join(part for part in (favor.note, QUESTIONS[row.item.asks]) if part)
    nudged = len(favor.nudges)
    if nudged:
        told = "nudged once" if nudged == 1 else f"nudged {nudged} times"
        return ", ".join(part for part in (favor.note, told) if part)
    return favor.note


def about(favor: Favor) -> str:
    """Kind and note of a favor, "advice, the contract"; only the note if it names the kind."""
    if fold(favor.kind) in fold(favor.note):
        return favor.note
    return ", ".join(part for part in (favor.kind, favor.note) if part)


def kind_cell(row: LedgerRow) -> str:
    """The kind of help; for a favor to be closed, "thanks" or "outcome", for a loan that is out "loan"."""
    closes = (ItemKind.THANKS, ItemKind.OUTCOME, ItemKind.LOAN)
    return kind_word(row.item) if row.item.kind in closes else row.favor.kind


def when_style(row: LedgerRow, look: Look) -> Style:
    """The style of a favor's day: late red, due amber, a future day or a snooze dim."""
    if row.state is State.SNOOZED:
        return look.colors.dim
    if is_late(row):
        return look.colors.late
    return look.colors.due if row.item.due <= look.today else look.colors.dim


def when_cell(row: LedgerRow, look: Look) -> str:
    """A favor's day in at most nine cells: "3d past", "today", "tomorrow", "Fri"; "snoozed" if it is."""
    if row.state is State.SNOOZED:
        return str(row.state)
    if row.item.due == look.today + timedelta(days=1):
        return "tomorrow"
    return when_word(row.item, look.today).removeprefix("due ")


def mark_of(row: LedgerRow, look: Look) -> tuple[str, Style]:
    """The glyph of a favor and its style."""
    if row.state is State.SNOOZED:
        return state_mark(row.state, look)
    state = State.LATE if is_late(row) else State.DUE
    return item_mark(row.item.kind, state, look, due_now=row.item.due <= look.today)


class LedgerList(LookList):
    """The favors of the lanes."""

    def draw_row(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        favor = row.data
        if not isinstance(favor, LedgerRow | OpenItem):
            return []
        columns = COLUMNS if width >= NARROW else NARROW_COLUMNS if width >= NARROWEST else NARROWEST_COLUMNS
        gap = 1 if width < NARROW else 2
        if isinstance(favor, LedgerRow):
            mark, style = mark_of(favor, look)
        else:
            mark, style = item_mark(favor.kind, State.DUE, look, due_now=favor.due <= look.today)
        # The mark and the name belong together: one blank between them.
        return [Segment(f"{mark} ", style), *self.laid(self.cells(row), columns, max(0, width - 3), gap)]

    def cells(self, row: Row) -> Sequence[tuple[str, Style]]:
        favor, look = row.data, self.look
        if look is not None and isinstance(favor, OpenItem):
            when = when_word(favor, look.today).removeprefix("due ")
            style = look.colors.due if favor.due <= look.today else look.colors.dim
            told = (favor.contact_name, look.colors.name), (kind_word(favor), look.colors.dim)
            return (*told, (favor.text, look.colors.text), (when, style))
        if look is None or not isinstance(favor, LedgerRow):
            return ()
        return (
            (favor.favor.contact_name, look.colors.name),
            (kind_cell(favor), look.colors.dim),
            (what(favor), look.colors.text),
            (when_cell(favor, look), when_style(favor, look)),
        )

    def draw_summary(self, row: Row, width: int, look: Look) -> Iterable[Segment]:
        favor, card = row.data, self.card
        if not isinstance(favor, LedgerRow):
            return []
        words, columns = what(favor) or favor.favor.kind, COLUMNS if width >= NARROW else NARROW_COLUMNS
        whole = bool(what(favor)) and cells_of(words) <= self.widths(columns, max(0, width - 3))[WORDS]
        parts = ["" if whole else words, asked_words(favor.favor)]
        if favor.item.kind is ItemKind.LOAN:
            parts.append(f"to be home {exact_date(favor.item.due)}")
        if card is not None and card.contact.id == favor.favor.contact_id and width >= 60:
            parts.append(summary(card, look.today))
        return [Segment("  " + plain(" · ".join(part for part in parts if part)), look.colors.dim)]


def asked_words(favor: Favor) -> str:
    """The day a favor came up, or was given to me: "asked Sat 21 Nov 2026"; "" if no day is known."""
    if favor.direction is FavorDirection.RECEIVED and favor.done_on is not None:
        thanked = f", thanked {exact_date(favor.thanked_on)}" if favor.thanked_on is not None else ""
        return f"they helped {exact_date(favor.done_on)}{thanked}"
    if favor.asked_on is None:
        return ""
    who = "you asked" if favor.direction is FavorDirection.RECEIVED else "asked"
    return f"{'promised' if favor.state is FavorState.PROMISED else who} {exact_date(favor.asked_on)}"


@record(frozen=True, slots=True)
class AnswerKey:
    """A key that answers the favor under the cursor, and the word for its effect."""

    label: str
    word: str


def card_lines(row: LedgerRow, card: Card | None, answers: Sequence[AnswerKey], width: int, look: Look) -> list[Line]:
    """The card of a favor: the person, the favor, help in both directions, and the keys that answer it.

    Without `card`, while it is not read yet, only the favor and the keys.
    """
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
    # The label beside these lines has the verb.
    for verb in ("asked ", "you asked ", "they helped ", "promised "):
        said = said.removeprefix(verb)
    dim = [said]
    if favor.due_on is not None:
        word = {FavorState.ALTERNATIVE: "comes back", FavorState.ASKED: "by"}.get(favor.state, "due")
        dim.append(f"{word} {exact_date(favor.due_on)}")
    if favor.way_out_note:
        dim.append(_offered(favor))
    dim += [f"nudged {exact_date(day)}" for day in favor.nudges]
    if row.item.kind is ItemKind.LOAN:
        dim.append(f"to be home {exact_date(row.item.due)}")
    if row.item.asks in QUESTIONS:
        dim.append(QUESTIONS[row.item.asks])
    lines += [[Segment(part, colors.dim)] for told in dim if told for part in wrapped(told, room, 2)]
    yield from block(label, lines, look, LABEL)


def diverging(gave: int, received: int, width: int, look: Look) -> Line:
    """How often I gave and received help, as two bars from one centre. No difference is shown: it would be a score."""
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
    """Help by month, up to twelve columns: given, received, names of months. No lines without any help."""
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
    """The done favors, newest first, without the favor `shown`, which the card names above."""
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
