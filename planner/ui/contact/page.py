"""The page of a contact as lines: the content of the card, and every way to reach the person."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment

from planner.core.contact_fields import said_more
from planner.core.dates.civil import next_yearly
from planner.core.dates.shown import exact_date, year_day
from planner.core.model import IN_PERSON, ContactDate, Status
from planner.desk.values import Card
from planner.ui.contacting.ways import ways_of
from planner.ui.shared.card import LABEL, Line, Look, block, give_lines, headline, open_lines, rhythm_lines
from planner.ui.text import cut, linked, plain, wrapped
from planner.ui.widgets.rows import bar, clip

MOST_NOTES = 400
"""The most lines of notes that are drawn; the form shows all of them."""
BAR = 12


def page_lines(card: Card, width: int, look: Look) -> list[Line]:
    """All lines of the page, in blocks with blank lines between them."""
    inner = max(1, width - 2)
    lines: list[Line] = [[*line] for line in headline(card, inner, look)]
    parts = (
        rhythm_lines(card, inner, look),
        open_lines(card.loops, inner, look, most=12) if card.loops else iter(()),
        give_lines(card, inner, look),
        _balance(card, look),
        _acquaintances(card, inner, look),
        _reach(card, inner, look),
        _notes(card, inner, look),
        _about(card, look),
    )
    for part in parts:
        found = list(part)
        if found:
            lines += [[], *found]
    return [[Segment(" "), *line] if line else [] for line in lines]


def _balance(card: Card, look: Look) -> Iterator[Line]:
    """How often I gave and received help. The two counts are never combined: that would be a score."""
    if not card.gave and not card.received:
        return
    colors, marks = look.colors, (look.glyphs.block, look.glyphs.dot)
    most = max(card.gave, card.received)
    for label, count, style in (("gave", card.gave, colors.accent), ("received", card.received, colors.received)):
        line = [Segment(f"{label:<9}{count:>3}  ", colors.dim), *bar(count, most, BAR, marks, (style, colors.rule))]
        yield from block("help" if label == "gave" else "", [line], look)


def _acquaintances(card: Card, width: int, look: Look) -> Iterator[Line]:
    lines = []
    for one in card.contact.acquaintances:
        about = ", ".join(part for part in (one.relation, one.company, one.topic) if part)
        line = [Segment(plain(one.name), look.colors.text)]
        if about:
            line.append(Segment(f"  {plain(about)}", look.colors.dim))
        lines.append(clip(line, max(1, width - LABEL)))
    yield from block("knows", lines, look)


def _reach(card: Card, width: int, look: Look) -> Iterator[Line]:
    contact, colors = card.contact, look.colors
    room = max(1, width - LABEL)
    by_kind: dict[str, list[Line]] = {}
    for way in ways_of(contact):
        if way.link.startswith("sms:"):
            # The same number is listed for calls already.
            continue
        line = [Segment(cut(way.value, room), linked(colors.text, way.link))]
        if way.label:
            line.append(Segment(f"  {plain(way.label)}", colors.dim))
        by_kind.setdefault("phone" if way.kind == "call" else way.kind, []).append(clip(line, room))
    for kind, lines in by_kind.items():
        yield from block(kind, lines, look)
    for label, words in said_more(contact):
        yield from block(label, [[Segment(part, colors.text)] for part in wrapped(words, room, 3)], look)
    for one in contact.dates:
        text = Segment(day_words(one, look, contact.status is Status.DECEASED), colors.text)
        yield from block(cut(one.kind, LABEL - 1), [[text]], look)


def day_words(one: ContactDate, look: Look, deceased: bool) -> str:
    """The words for a day of the year: "12 December 1988, turns 38 on Sat 12 Dec 2026"."""
    words = year_day(one.month, one.day, one.year)
    if deceased:
        return words
    upcoming = next_yearly(one.month, one.day, look.today)
    if one.year is None or one.kind != "birthday":
        return f"{words}, next on {exact_date(upcoming)}"
    return f"{words}, turns {upcoming.year - one.year} on {exact_date(upcoming)}"


def _notes(card: Card, width: int, look: Look) -> Iterator[Line]:
    room = max(1, width - LABEL)
    lines: list[Line] = []
    for paragraph in card.contact.notes.splitlines():
        lines += [[Segment(part, look.colors.text)] for part in wrapped(paragraph, room, 40)]
        if len(lines) > MOST_NOTES:
            break
    yield from block("notes", lines[:MOST_NOTES], look)


def _about(card: Card, look: Look) -> Iterator[Line]:
    contact = card.contact
    words = [contact.source if contact.source == IN_PERSON else f"from {contact.source}"] if contact.source else []
    if contact.created_on is not None:
        words.append(f"here since {exact_date(contact.created_on)}")
    if words:
        yield from block("source", [[Segment(plain(", ".join(words)), look.colors.dim)]], look)
