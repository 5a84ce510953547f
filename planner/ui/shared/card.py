"""The person card as lines of segments, shown beside a name by the agenda, the ledger and focus triage.

Every function takes a card, a width in cells and a `Look`, and gives lines. Labels are in one column, so that the eye
runs down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rich.segment import Segment
from rich.style import Style

from planner.core.contact_fields import ON_CARD
from planner.core.dates.civil import next_yearly
from planner.core.dates.shown import MONTH_NAMES, short_date, year_day
from planner.core.gifts import gift_words, other_gifts
from planner.core.model import Favor, FavorDirection, ItemKind, OpenItem, Outcome, State
from planner.core.records import record
from planner.core.words.triage import loop_words
from planner.core.words.wording import STATE_WORDS, tried_word, when_word
from planner.desk.values import Card
from planner.ui.contacting.ways import reach_line, ways_of
from planner.ui.glyphs import Glyphs
from planner.ui.text import cut, plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.rows import clip, measure, spread

Line = list[Segment]
LABEL = 10
"""Cells of the column of labels."""
STRIP_BACK = 21
STRIP_ON = 7


@record(frozen=True, slots=True)
class Look:
    """What lines are drawn with: the colours of the theme, the glyphs of the marks, and today's date."""

    colors: Palette
    glyphs: Glyphs
    today: date
    rhythm_key: str = ""
    """The key that sets a contact's rhythm in this place; "" if there is none."""


def state_mark(state: State, look: Look) -> tuple[str, Style]:
    """The glyph and the style of a state."""
    glyphs, colors = look.glyphs, look.colors
    return {
        State.NONE: (" ", colors.dim),
        State.FINE: (glyphs.soon, colors.dim),
        State.SOON: (glyphs.soon, colors.accent),
        State.DUE: (glyphs.due, colors.due),
        State.LATE: (glyphs.late, colors.late),
        State.SNOOZED: (glyphs.snoozed, colors.dim),
        State.PLANNED: (glyphs.planned, colors.accent),
        State.PAUSED: (glyphs.paused, colors.dim),
    }[state]


def item_mark(kind: ItemKind, state: State, look: Look, *, due_now: bool) -> tuple[str, Style]:
    """The glyph and the style of an agenda item. `due_now` says whether the item is due today or before."""
    if kind is ItemKind.DATE:
        return look.glyphs.date, look.colors.received
    if kind is ItemKind.PLANNED:
        return look.glyphs.planned, look.colors.accent
    if state is State.LATE:
        return look.glyphs.late, look.colors.late
    return (look.glyphs.due, look.colors.due) if due_now else (look.glyphs.soon, look.colors.accent)


def block(label: str, lines: Sequence[Line], look: Look, label_width: int = LABEL) -> Iterator[Line]:
    """Yield lines with a dim label before the first one, and equally many blanks before the others."""
    for index, line in enumerate(lines):
        head = label if index == 0 else ""
        yield [Segment(f"{head:<{label_width}}", look.colors.dim), *line]


def beside_or_below(one: Line, other: Line, width: int, *, between: str = "  ") -> list[Line]:
    """Two parts on one line with `between` between them, or on two lines if `width` cells hold only one part."""
    whole = [*one, Segment(between, other[0].style), *other]
    return [whole] if sum(segment.cell_length for segment in whole) <= width else [one, other]


def headline(card: Card, width: int, look: Look) -> Iterator[Line]:
    """Yield the name with the state, the work and the town, the circles, and the ways to reach the contact."""
    contact, colors = card.contact, look.colors
    mark, style = state_mark(card.state, look)
    word = state_word(card, look.today)
    state = [Segment(f"{mark} {word}", style)] if word else []
    yield spread([Segment(plain(contact.name), colors.name)], state, width)
    work = ", ".join(part for part in (contact.title, contact.company) if part)
    if work or contact.city:
        line = [Segment(plain(work), colors.text)] if work else []
        if work and contact.city:
            line.append(Segment("  ·  ", colors.dim))
        if contact.city:
            line.append(Segment(plain(contact.city), colors.dim))
        yield clip(line, width)
    if contact.circles:
        yield clip([Segment(plain(", ".join(contact.circles)), colors.dim)], width)
    reach = reach_line(contact, width, colors.text, colors.dim)
    if reach:
        yield clip(reach, width)


def state_word(card: Card, today: date) -> str:
    """The state of a contact in a few words: "3d past", "due Fri", "snoozed to 26 Mar"; "" for nothing to say."""
    rhythm = card.rhythm
    if rhythm is None:
        return {"active": card.contact.mode if card.contact.mode != "rhythm" else ""}.get(
            card.contact.status, str(card.contact.status)
        )
    if card.state is State.SNOOZED and rhythm.hidden_until is not None:
        return f"snoozed to {short_date(rhythm.hidden_until, today)}"
    if card.state is State.PAUSED:
        until = rhythm.paused_until
        return f"paused to {short_date(until, today)}" if until and until.year < 9999 else "paused"
    if card.state is State.PLANNED and rhythm.planned_on is not None:
        return f"planned {short_date(rhythm.planned_on, today)}"
    if card.state in (State.DUE, State.LATE):
        past = (today - rhythm.due).days
        late = "late, " if card.state is State.LATE else ""
        return f"{late}{past}d past" if past else "due today"
    if card.state in (State.SOON, State.FINE):
        return f"due {short_date(rhythm.due, today)}"
    return STATE_WORDS[card.state]


def rhythm_lines(card: Card, width: int, look: Look) -> Iterator[Line]:
    """Yield the rhythm in words, the strip of days, the last contact, and the days between which the next is due."""
    colors, today, rhythm = look.colors, look.today, card.rhythm
    if rhythm is None:
        without = {
            "occasion": "only when there is a reason",
            "never": "not chased",
        }.get(str(card.contact.mode), f"none: {look.rhythm_key} gives one" if look.rhythm_key else "none yet")
        yield from block("rhythm", [[Segment(without, colors.dim)]], look)
        return
    source = rhythm.effective.source
    cadence: Line = [Segment(rhythm.effective.cadence.words, colors.text)]
    by = [Segment(plain(source.replace(":", " ")), colors.dim)]
    words = [cadence] if source == "own" else beside_or_below(cadence, by, width - LABEL)
    last = rhythm.last_contact
    newest = next((one for one in card.interactions if one.on == last and one.outcome is Outcome.REACHED), None)
    channel = newest.channel if newest is not None and newest.channel else "last"
    told = f"{channel} {short_date(last, today)}" if last else "never in touch"
    due = f"due {short_date(rhythm.due, today)} – {short_date(rhythm.worst, today)}"
    dates = beside_or_below([Segment(told, colors.dim)], [Segment(due, colors.dim)], width - LABEL, between=", ")
    yield from block("rhythm", [*words, day_strip(card, look, width - LABEL), *dates], look)


def day_strip(card: Card, look: Look, width: int) -> Line:
    """21 days back and 7 ahead: a dot per day, or the mark of a contact, an attempt, a plan, the due day or today."""
    colors, glyphs, today = look.colors, look.glyphs, look.today
    reached = {one.on for one in card.interactions if one.outcome is Outcome.REACHED}
    tried = {one.on for one in card.interactions if one.outcome is Outcome.ATTEMPT}
    planned = {one.on for one in card.interactions if one.outcome is Outcome.PLANNED}
    due = card.rhythm.due if card.rhythm is not None else None
    step = 2 if width >= 2 * (STRIP_BACK + STRIP_ON + 1) else 1
    line: Line = []
    for offset in range(-STRIP_BACK, STRIP_ON + 1):
        day = today + timedelta(days=offset)
        if day in reached:
            mark, style = glyphs.due, colors.done
        elif day in planned:
            mark, style = glyphs.planned, colors.accent
        elif day in tried:
            mark, style = glyphs.soon, colors.dim
        elif day == due:
            mark, style = glyphs.expected, colors.due
        elif offset == 0:
            mark, style = glyphs.bar, colors.accent
        else:
            mark, style = "·", colors.rule
        line.append(Segment(mark + " " * (step - 1), style))
    return line


def open_lines(items: Sequence[OpenItem], width: int, look: Look, most: int = 6) -> Iterator[Line]:
    """Yield the open loops, at most `most`: the mark, the words, and when it is due."""
    lines: list[Line] = []
    for item in items[:most]:
        due_now = item.due <= look.today
        late = due_now and item.kind is ItemKind.PROMISE and item.due < look.today
        mark, style = item_mark(item.kind, State.LATE if late else State.DUE, look, due_now=due_now)
        room = width - LABEL - 2
        when = when_word(item, look.today)
        words = wrapped(loop_words(item), room, 2)
        when_style = colors_of_when(item, look)
        for index, part in enumerate(words):
            head = f"{mark} " if index == 0 else "  "
            line = [Segment(head, style), Segment(part, look.colors.text)]
            if index == len(words) - 1:
                tail = [Segment(" · ", look.colors.dim), Segment(when, when_style)]
                if measure(line) + measure(tail) <= width - LABEL:
                    line += tail
                else:
                    lines.append(line)
                    line = [Segment("  "), Segment(when, when_style)]
            lines.append(line)
    if len(items) > most:
        lines.append([Segment(f"  and {len(items) - most} more", look.colors.dim)])
    yield from block("open", lines, look)


def colors_of_when(item: OpenItem, look: Look) -> Style:
    """The style of a due day: late for a past promise, due for any other item up to today, else dim."""
    if item.due > look.today:
        return look.colors.dim
    if item.due < look.today and item.kind is ItemKind.PROMISE:
        return look.colors.late
    return look.colors.due


def give_lines(card: Card, width: int, look: Look) -> Iterator[Line]:
    """Yield the fields with lines of their own, gifts, and one thing to give."""
    colors, contact = look.colors, card.contact
    room = width - LABEL
    facts = [(one.card, getattr(contact, one.attribute), one.stands_out) for one in ON_CARD]
    facts += [("gifts" if not place else "", words, False) for place, words in enumerate(gift_lines(card, look.today))]
    for label, text, stands_out in (*facts, ("give", card.give, False)):
        if text:
            style = colors.name if stands_out else colors.text
            yield from block(label, [[Segment(part, style)] for part in wrapped(text, room, 3)], look)


def gift_lines(card: Card, today: date) -> list[str]:
    """Gift ideas and earlier gifts, by occasion: "birthday: idea: a pen · last year: a scarf"."""
    gifts = [one for one in card.favors if one.kind == "gift" and one.direction is FavorDirection.GIVEN]
    if not gifts:
        return []
    days = card.contact.dates
    near = ((one.kind, gift_words(gifts, one.kind, next_yearly(one.month, one.day, today))) for one in days)
    found = [f"{kind}: {words}" for kind, words in near if words]
    return [*found, *other_gifts(gifts, [one.kind for one in days])]


def history_lines(card: Card, width: int, look: Look, most: int = 8) -> Iterator[Line]:
    """Yield interactions and favors, newest first, at most `most`: the day, what happened, and the note."""
    colors = look.colors
    entries: list[tuple[date, str, Style, str]] = []
    for one in card.interactions:
        if one.outcome is Outcome.PLANNED:
            continue
        word = tried_word(one) if one.outcome is Outcome.ATTEMPT else one.channel or "contact"
        others = [name for key, name in one.contacts if key != card.contact.id]
        note = one.note.splitlines()[0] if one.note else ""
        words = note + (f" (with {', '.join(others)})" if others else "")
        entries.append((one.on, word, colors.dim, words))
    for favor in card.favors:
        on = favor.done_on or favor.closed_on
        if on is not None:
            given = favor.direction is FavorDirection.GIVEN
            about = ", ".join(part for part in (favor.kind if favor.kind != "other" else "", favor.note) if part)
            entries.append((on, *_favor_word(favor, given, look), about))
    entries.sort(key=lambda entry: entry[0], reverse=True)
    for on, word, style, words in entries[:most]:
        line = [
            Segment(f"{day_cell(on, look.today):>6}", colors.dim),
            Segment("  "),
            Segment(f"{cut(word, 9):<9}", style),
            Segment("  "),
            Segment(plain(words), colors.text),
        ]
        yield clip(line, width)


def _favor_word(favor: Favor, given: bool, look: Look) -> tuple[str, Style]:
    if favor.done_on is None:
        return ("offered" if given else "declined"), look.colors.dim
    return ("gave", look.colors.accent) if given else ("received", look.colors.received)


def day_cell(day: date, today: date) -> str:
    """A past day in at most six cells: "23 Oct"; "Oct 24" (month and year) from 330 days ago on."""
    month = MONTH_NAMES[day.month - 1][:3]
    return f"{day.day} {month}" if (today - day).days < 330 else f"{month} {day.year % 100:02}"


def card_lines(card: Card, width: int, look: Look, most_history: int = 10) -> list[Line]:
    """The whole card in blocks, with an empty line between them; at most `most_history` lines of history."""
    lines = list(headline(card, width, look))
    for part in (
        rhythm_lines(card, width, look),
        open_lines(card.loops, width, look) if card.loops else iter(()),
        give_lines(card, width, look),
        history_lines(card, width, look, most_history),
        _more_lines(card, width, look),
    ):
        found = list(part)
        if found:
            lines += [[], *found]
    return lines


def _more_lines(card: Card, width: int, look: Look) -> Iterator[Line]:
    """Yield the birthdays and anniversaries, and the notes."""
    contact = card.contact
    for one in contact.dates:
        when = year_day(one.month, one.day, one.year)
        yield from block(cut(one.kind, LABEL - 1), [[Segment(when, look.colors.text)]], look)
    if contact.notes:
        lines = [
            [Segment(part, look.colors.text)] for part in wrapped(contact.notes.replace("\n", " "), width - LABEL, 4)
        ]
        yield from block("notes", lines, look)


def summary(card: Card, today: date) -> str:
    """The card on one line, for narrow screens: last contact, rhythm, company and town; else ways to reach them."""
    parts = []
    rhythm = card.rhythm
    if rhythm is not None:
        parts.append(f"last {short_date(rhythm.last_contact, today)}" if rhythm.last_contact else "never in touch")
        parts.append(rhythm.effective.cadence.words)
    parts += [part for part in (card.contact.company, card.contact.city) if part]
    parts = parts or [way.words for way in ways_of(card.contact)[:1]]
    return " · ".join(parts)
