"""The card beside the reach list: the entry under the cursor in full, then the card of its person."""

from __future__ import annotations

from datetime import date

from rich.segment import Segment

from planner.core.dates.shown import exact_date, short_date
from planner.core.introductions import Answer, Introduction, open_step
from planner.core.model import Settings
from planner.core.network.matchmaking import Pair
from planner.core.network.reach import Path
from planner.core.words.wording import when_word
from planner.desk.values import Card
from planner.ui.reach.rows import MOST_NAME, due_style, touch_words
from planner.ui.shared.card import LABEL, Line, Look, block, card_lines
from planner.ui.text import pad, plain, wrapped
from planner.ui.text import width as cells_of
from planner.ui.widgets.rows import clip, spread


def beside(data: object, card: Card | None, settings: Settings, width: int, look: Look) -> list[Line]:
    """The lines for a path, an introduction or a match, then the card of its person if it is read already."""
    lines: list[Line] = []
    if isinstance(data, Path):
        lines += _map(data, width, look)
    elif isinstance(data, Introduction):
        lines += _history(data, settings, width, look)
    elif isinstance(data, Pair):
        on = wrapped(f"they match on: {data.why}", width, 3)
        lines += [clip([Segment(part, look.colors.accent)], width) for part in on]
    if card is not None:
        rule: Line = [Segment(look.glyphs.line * width, look.colors.rule)]
        lines += [rule if lines else [], *card_lines(card, width, look)]
    return lines


def _map(path: Path, width: int, look: Look) -> list[Line]:
    """A path from top to bottom: one name per line, and beside the last name why the path leads there."""
    colors, glyphs = look.colors, look.glyphs
    lines: list[Line] = [[Segment(f"{glyphs.soon} ", colors.dim), Segment("you", colors.dim)]]
    for place, step in enumerate(path.steps):
        last = place == len(path.steps) - 1
        between = [touch_words(path.contact_days), path.price] if place == 0 else [""]
        for words in between:
            if words or place:
                lines.append([Segment(f"{glyphs.column}   ", colors.rule), Segment(plain(words), colors.dim)])
        mark = (f"{glyphs.due} ", colors.accent) if last else (f"{glyphs.soon} ", colors.accent)
        why = [Segment(plain(path.why), colors.accent)] if last else []
        name = Segment(plain(step.name), colors.name if step.contact_id is not None else colors.text)
        lines.append(spread([Segment(*mark), name], why, width) if why else [Segment(*mark), name])
    return [clip(line, width, glyphs.ellipsis) for line in lines]


def _history(introduction: Introduction, settings: Settings, width: int, look: Look) -> list[Line]:
    """What the two people of an introduction answered and when, why they should meet, and the next step."""
    colors = look.colors
    said = {
        Answer.NOT_ASKED: "not asked yet", Answer.ASKED: "asked {}", Answer.YES: "yes {}",
        Answer.NO: "no {}", Answer.LATER: "later: ask again {}",
    }  # fmt: skip
    lines: list[Line] = []
    names = min(MOST_NAME, max(cells_of(introduction.one_name), cells_of(introduction.other_name)))
    for name, answer, on in (
        (introduction.one_name, introduction.one_answer, introduction.one_on),
        (introduction.other_name, introduction.other_answer, introduction.other_on),
    ):
        when = said[answer].format(_day(on, look.today))
        lines.append([Segment(pad(name, names), colors.name), Segment(f"  {when}", colors.text)])
    if introduction.note:
        lines += [[], *block("why", [[Segment(plain(introduction.note), colors.text)]], look)]
    if introduction.made_on is not None:
        made = [[Segment(exact_date(introduction.made_on), colors.text)]]
        lines += [[], *block("met", made, look)]
    item = open_step(introduction, settings)
    if item is not None:
        words = f"{item.contact_name}: {item.text}, {when_word(item, look.today)}"
        style, room = due_style(item, look), max(1, width - LABEL)
        lines += [[], *block("next", [[Segment(part, style)] for part in wrapped(words, room, 2)], look)]
    return [clip(line, width, look.glyphs.ellipsis) for line in lines]


def _day(on: date | None, today: date) -> str:
    return short_date(on, today) if on is not None else ""
