"""The lines of focus triage: one person in a column, the keys below, and the summary of the round. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.segment import Segment

from planner.core.model import ItemKind, OpenItem, Outcome
from planner.core.records import record
from planner.core.words.counts import days_word, people_word
from planner.core.words.triage import SUMMARY_WORDS, item_words
from planner.core.words.wording import WHETHER, when_word
from planner.desk.values import Card
from planner.ui.contacting.ways import reach_line
from planner.ui.focus.round import DONE, DROPPED, PAUSED, PLANNED, SETTLED, SKIPPED, SNOOZED, TRIED, RoundPerson, tally
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
    open_lines,
)
from planner.ui.text import plain, wrapped
from planner.ui.text import width as cells_of
from planner.ui.widgets.rows import bar, clip, level, measure

COLUMN = 78
"""Cells of the text column in the middle of the screen."""


def tally_words(people: Sequence[RoundPerson]) -> str:
    """The outcomes of the round with their numbers: "5 done, 1 snoozed"."""
    return ", ".join(f"{count} {outcome}" for outcome, count in tally(people).items())


def top_line(people: Sequence[RoundPerson], index: int, width: int, look: Look) -> Line:
    """The brand, the number of the person and of all people, a progress line, and the outcomes so far."""
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


def person_lines(
    person: RoundPerson, chosen: int, card: Card, width: int, look: Look, room: int | None = None
) -> list[Line]:
    """The person's name, ways to reach them, why they are due, their days, what came before, and one thing to give.

    If it takes more than `room` lines, the thing to give comes before the past; if that is still too much, blank lines
    are left out. The name and the chosen item are always within `room`.
    """
    colors = look.colors
    head, items = head_lines(card, width, look), list(now_items(person, chosen, card, width, look))
    listed = {item.item.id for item in person.items}
    others = [loop for loop in card.loops if loop.id not in listed]
    beside = [[], *open_lines(others, width, look, most=4)] if others else []
    before: list[Line] = []
    if card.rhythm is not None:
        before += [[], [Segment(f"{'days':<{LABEL}}", colors.dim), *day_strip(card, look, width - LABEL)]]
    history = list(history_lines(card, max(1, width - LABEL), look, 4))
    if history:
        before += [[], *block("last", history, look)]
    give = list(give_lines(card, width, look))
    give = [[], *give] if give else []
    lines = [*head, [], *_labelled(items, look), *beside]
    if room is None or len(lines) + len(before) + len(give) <= room:
        return [*lines, *before, *give]
    if len(lines) + len(give) <= room:
        return [*lines, *give, *before]
    hand = items[: chosen + 1]
    while len(head) > 1 and len(head) + sum(map(len, hand)) > room:
        del head[-1]
    while len(hand) > 1 and len(head) + sum(map(len, hand)) > room:
        del hand[0]
    lines = [*head, *_labelled([*hand, *items[chosen + 1 :]], look), *beside]
    return [line for line in (*lines, *give, *before) if line]


def head_lines(card: Card, width: int, look: Look) -> list[Line]:
    """The name of a person; below it work, town and circles, and ways to reach them, as far as known."""
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
    reach = reach_line(contact, width, colors.text, colors.dim)
    if reach:
        lines.append(clip(reach, width))
    return lines


def now_items(person: RoundPerson, chosen: int, card: Card, width: int, look: Look) -> Iterator[list[Line]]:
    """The lines of each item of the person: its mark, its words and its day.

    A bar marks item `chosen`, on which the keys act.
    """
    colors, glyphs = look.colors, look.glyphs
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
        tail = [Segment(outcome, colors.dim)] if outcome is not None else when_parts(item.item, card, look)
        words = item_words(item.item) + (WHETHER if item.asked and outcome is None else "")
        lines: list[Line] = []
        for number, part in enumerate(wrapped(words, room, 2)):
            head = [edge, Segment(f"{mark} ", style)] if number == 0 else [Segment("    ")]
            lines.append([*head, Segment(part, colors.name if here else words_style)])
        # The day and the last contact come after the words if both fit, else below them.
        if measure(lines[-1]) + sum(2 + measure([one]) for one in tail) <= width - LABEL:
            lines[-1] += [part for one in tail for part in (Segment("  "), one)]
        else:
            lines += [[Segment("    "), *line] for line in _broken([[one] for one in tail], width - LABEL - 2)]
        yield lines


def _labelled(items: Iterable[Sequence[Line]], look: Look) -> list[Line]:
    """The lines of items below one another, with "now" before the first.

    The bar takes blank cells before the words, so that the words stay in their column.
    """
    lines = [line for item in items for line in item]
    labels = ["now", *[""] * len(lines)]
    return [
        [Segment(f"{label:<{LABEL - 2}}", look.colors.dim), *line] for label, line in zip(labels, lines, strict=False)
    ]


def when_parts(item: OpenItem, card: Card, look: Look) -> Line:
    """How long an item is overdue; for a rhythm also the last contact."""
    past = (look.today - item.due).days
    words = f"{days_word(past)} past" if past > 0 else when_word(item, look.today)
    tail = [Segment(words, colors_of_when(item, look))]
    if item.kind is ItemKind.CADENCE:
        last = next((one for one in card.interactions if one.outcome is Outcome.REACHED), None)
        told = f"{last.channel or 'contact'} {day_cell(last.on, look.today)}" if last else "never in touch"
        tail.append(Segment(told, look.colors.dim))
    return tail


@record(frozen=True, slots=True)
class VerbKey:
    """A verb below the text: its key, its word, and whether it can act."""

    label: str
    word: str
    enabled: bool


def verb_lines(keys: Sequence[VerbKey], width: int, look: Look) -> list[Line]:
    """The verbs in as few lines as possible, evenly filled, so that none is alone on a last line."""
    colors = look.colors
    pieces: list[Line] = []
    for key in keys:
        styles = (colors.key, colors.text) if key.enabled else (colors.disabled, colors.disabled)
        pieces.append([Segment(key.label, styles[0]), Segment(f" {key.word}", styles[1])])
    lines = _broken(pieces, width)
    for narrower in range(width - 1, 0, -1):
        even = _broken(pieces, narrower)
        if len(even) > len(lines) or any(measure(line) > width for line in even):
            break
        lines = even
    return lines


def _broken(pieces: Sequence[Line], width: int) -> list[Line]:
    """The pieces in lines of at most `width` cells, two cells apart."""
    lines: list[Line] = []
    for piece in pieces:
        if lines and measure(lines[-1]) + 2 + measure(piece) <= width:
            lines[-1] += [Segment("  "), *piece]
        else:
            lines.append(list(piece))
    return lines


def summary_lines(
    people: Sequence[RoundPerson], helped: int, keys: Sequence[tuple[str, str]], look: Look, giving: Sequence[Line] = ()
) -> list[Line]:
    """The outcomes of the round, the page of giving, and the keys that work."""
    colors, glyphs = look.colors, look.glyphs
    total = len(people)
    lines: list[Line] = [[Segment("That was everyone." if total else "Nobody is waiting.", colors.name)], []]
    counts = tally(people)
    left = total - sum(counts.values())
    if total:
        lines.append([Segment(people_word(total), colors.text)])
    marks = {
        DONE: (glyphs.done, colors.done),
        TRIED: (glyphs.soon, colors.accent),
        SNOOZED: (glyphs.snoozed, colors.dim),
        SKIPPED: (glyphs.forward, colors.dim),
        PAUSED: (glyphs.paused, colors.dim),
        DROPPED: (glyphs.done, colors.dim),
        PLANNED: (glyphs.planned, colors.accent),
        SETTLED: (glyphs.done, colors.dim),
    }
    most = max((*counts.values(), left, 1))
    rows = [(*marks[outcome], count, SUMMARY_WORDS[outcome]) for outcome, count in counts.items()]
    if left:
        rows.append((glyphs.dot, colors.dim, left, SUMMARY_WORDS["left"]))
    for mark, style, count, words in rows:
        cells = bar(count, most, 12, (glyphs.load_full, glyphs.load_empty), (style, colors.rule))
        head = [Segment(f"  {mark} ", style), Segment(f"{count:>3}  ", colors.name)]
        lines.append([*head, *cells, Segment(f"  {words}", colors.text)])
    if helped:
        who = Segment(people_word(helped), colors.name)
        lines += [[], [Segment("You helped ", colors.text), who, Segment(" this week.", colors.text)]]
    if giving:
        lines += [[], [Segment("Two minutes more?", colors.name)], *giving]
    lines.append([])
    for label, told in keys:
        lines.append([Segment(label + " " * max(1, 7 - cells_of(label)), colors.key), Segment(told, colors.dim)])
    return lines
