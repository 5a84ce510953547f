"""Focus triage as lines: one person in a quiet column, the keys under it, and how the round ended. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.segment import Segment

from planner.core.model import AgendaItem, ItemKind, OpenItem, Outcome
from planner.core.records import record
from planner.core.words.wording import QUESTIONS, days_word, detail_words, kind_word, when_word
from planner.desk.values import Card
from planner.ui.focus.round import DONE, PAUSED, SKIPPED, SNOOZED, TRIED, RoundPerson, tally
from planner.ui.shared.card import (
    LABEL,
    Line,
    Look,
    block,
    colors_of_when,
    day_cell,
    day_strip,
    give_lines,
    history_lines,
    item_mark,
    loop_words,
    open_lines,
    wrapped,
)
from planner.ui.text import plain
from planner.ui.text import width as cells_of
from planner.ui.widgets.rows import bar, clip, level, measure

COLUMN = 70
"""Cells of the column the text stands in, in the middle of the screen."""
SUMMARY_WORDS = {
    DONE: "reached or settled",
    TRIED: "tried, no answer yet",
    SNOOZED: "snoozed",
    SKIPPED: "skipped this round",
    PAUSED: "paused",
}


def tally_words(people: Sequence[RoundPerson]) -> str:
    """ "5 done, 1 snoozed"."""
    return ", ".join(f"{count} {outcome}" for outcome, count in tally(people).items())


def top_line(people: Sequence[RoundPerson], index: int, width: int, look: Look) -> Line:
    """The brand, which person of how many, a line that fills up, and what was done."""
    colors, glyphs = look.colors, look.glyphs
    total = len(people)
    where = f"{min(index + 1, total)} of {total}" if index < total else f"all {total}" if total else "nobody"
    left = [Segment(" Focus ", colors.brand), Segment(f"  {where}  ", colors.text)]
    right = [Segment(f"  {words} ", colors.dim)] if (words := tally_words(people)) else []
    room = width - measure(left) - measure(right)
    if room < 8:
        right = []
        room = width - measure(left)
    marks = (glyphs.progress_full, glyphs.progress_empty)
    full = level(index, total, max(0, room - 1))
    parts = (Segment(marks[0] * full, colors.accent), Segment(marks[1] * (max(0, room - 1) - full), colors.rule))
    return clip([*left, *parts, *(right or [Segment(" ")])], width)


def person_lines(person: RoundPerson, chosen: int, card: Card, width: int, look: Look) -> list[Line]:
    """Who it is, why now, the days, what came before, and one thing to give."""
    colors, contact = look.colors, card.contact
    lines: list[Line] = [[Segment(plain(contact.name), colors.name)]]
    work = ", ".join(part for part in (contact.title, contact.company) if part)
    parts = [Segment(plain(work), colors.text)] if work else []
    for more in (contact.city, ", ".join(contact.circles)):
        if more:
            parts += [Segment(" · ", colors.dim)] if parts else []
            parts.append(Segment(plain(more), colors.dim))
    if parts:
        lines.append(clip(parts, width))
    lines += [[], *now_lines(person, chosen, card, width, look)]
    listed = {item.item.id for item in person.items}
    others = [loop for loop in card.loops if loop.id not in listed]
    if others:
        lines += [[], *open_lines(others, width, look, most=4)]
    if card.rhythm is not None:
        lines += [[], [Segment(" " * LABEL), *day_strip(card, look, width - LABEL)]]
    history = list(history_lines(card, max(1, width - LABEL), look, 4))
    if history:
        lines += [[], *block("last", history, look)]
    give = list(give_lines(card, width, look))
    if give:
        lines += [[], *give]
    return lines


def now_lines(person: RoundPerson, chosen: int, card: Card, width: int, look: Look) -> Iterator[Line]:
    """Each of the person's items with its mark and when; the bar stands before the one the keys act on."""
    colors, glyphs = look.colors, look.glyphs
    lines: list[Line] = []
    several = len(person.items) > 1
    room = max(1, width - LABEL - 4)
    for place, item in enumerate(person.items):
        outcome = person.outcomes.get(item.item.id)
        mark, style = item_mark(item.item.kind, item.state, look, due_now=item.item.due <= look.today)
        words_style = colors.text
        if outcome is not None:
            mark, style, words_style = glyphs.done, colors.done, colors.dim
        here = several and place == chosen and outcome is None
        edge = Segment(f"{glyphs.bar} " if here else "  ", colors.accent)
        tail = [Segment(outcome, colors.dim)] if outcome is not None else when_tail(item.item, card, look)
        parts = wrapped(item_words(item), room, 2)
        for number, part in enumerate(parts):
            head = [edge, Segment(f"{mark} ", style)] if number == 0 else [Segment("    ")]
            line = [*head, Segment(part, colors.name if here else words_style)]
            if number == len(parts) - 1:
                if measure(line) + 2 + measure(tail) <= width - LABEL:
                    line += [Segment("  "), *tail]
                elif tail:
                    lines.append(line)
                    line = [Segment("    "), *tail]
            lines.append(line)
    # The bar stands in the white space before the words, so that these stay in their column.
    for index, line in enumerate(lines):
        label = "now" if index == 0 else ""
        yield [Segment(f"{label:<{LABEL - 2}}", colors.dim), *line]


def item_words(item: AgendaItem) -> str:
    """An item as one says it to oneself: "catch up every 4–6 weeks"."""
    if item.item.kind is ItemKind.CADENCE:
        words = f"catch up {item.item.text}"
    elif item.item.kind is ItemKind.DATE:
        words = ", ".join(part for part in (kind_word(item.item), detail_words(item.item)) if part)
    else:
        words = loop_words(item.item)
    return f"{words} ({QUESTIONS[item.item.asks]})" if item.item.asks else words


def when_tail(item: OpenItem, card: Card, look: Look) -> Line:
    """How long past, and for a rhythm what came last."""
    past = (look.today - item.due).days
    words = f"{days_word(past)} past" if past > 0 else when_word(item, look.today)
    tail = [Segment(words, colors_of_when(item, look))]
    if item.kind is ItemKind.CADENCE:
        last = next((one for one in card.interactions if one.outcome is Outcome.REACHED), None)
        told = f"{last.channel or 'contact'} {day_cell(last.on, look.today)}" if last else "never in touch"
        tail += [Segment("  "), Segment(told, look.colors.dim)]
    return tail


@record(frozen=True, slots=True)
class VerbKey:
    """A verb under the text: its key, its word, and whether it can act."""

    label: str
    word: str
    enabled: bool


def verb_lines(keys: Sequence[VerbKey], width: int, look: Look) -> list[Line]:
    """The verbs in lines, broken where they do not fit."""
    colors = look.colors
    gap = 4 if width >= 56 else 2
    lines: list[Line] = []
    line: Line = []
    for key in keys:
        styles = (colors.key, colors.text) if key.enabled else (colors.disabled, colors.disabled)
        piece = [Segment(key.label, styles[0]), Segment(f" {key.word}", styles[1])]
        if line and measure(line) + gap + measure(piece) > width:
            lines.append(line)
            line = []
        if line:
            line.append(Segment(" " * gap))
        line += piece
    return [*lines, line] if line else lines


def summary_lines(
    people: Sequence[RoundPerson], helped: int, keys: Sequence[tuple[str, str]], look: Look
) -> list[Line]:
    """What the round came to, and what to press now."""
    colors, glyphs = look.colors, look.glyphs
    total = len(people)
    lines: list[Line] = [[Segment("That was everyone." if total else "Nobody is waiting.", colors.name)], []]
    counts = tally(people)
    left = total - sum(counts.values())
    if total:
        told = "1 person" if total == 1 else f"{total} people"
        lines.append([Segment(told, colors.text)])
    marks = {
        DONE: (glyphs.done, colors.done),
        TRIED: (glyphs.soon, colors.accent),
        SNOOZED: (glyphs.snoozed, colors.dim),
        SKIPPED: (glyphs.forward, colors.dim),
        PAUSED: (glyphs.paused, colors.dim),
    }
    most = max((*counts.values(), left, 1))
    rows = [(*marks[outcome], count, SUMMARY_WORDS[outcome]) for outcome, count in counts.items()]
    if left:
        rows.append((glyphs.dot, colors.dim, left, "left as they are"))
    for mark, style, count, words in rows:
        cells = bar(count, most, 12, (glyphs.load_full, glyphs.load_empty), (style, colors.rule))
        head = [Segment(f"  {mark} ", style), Segment(f"{count:>3}  ", colors.name)]
        lines.append([*head, *cells, Segment(f"  {words}", colors.text)])
    if helped:
        told = "1 person" if helped == 1 else f"{helped} people"
        said = [Segment("You helped ", colors.text), Segment(told, colors.name), Segment(" this week.", colors.text)]
        lines += [[], said]
    lines.append([])
    for label, told in keys:
        lines.append([Segment(label + " " * max(1, 7 - cells_of(label)), colors.key), Segment(told, colors.dim)])
    return lines


