"""What is due: the week, and the load of today for a prompt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.cli import json_shapes
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, Part, print_json
from planner.cli.session import Session
from planner.core.model import AgendaItem, ItemKind, OpenItem
from planner.core.rhythm.agenda import side_by_side
from planner.core.words.counts import counted
from planner.core.words.wording import (
    day_heading,
    hidden_filter,
    hidden_words,
    kind_word,
    row_word,
    week_heading,
    when_word,
)

if TYPE_CHECKING:
    from planner.core.model import Agenda, Hidden


@click.command("agenda")
@click.option("--week", metavar="DATE", help="The week of this day; default this week.")
@as_json
@pass_session
def agenda_command(session: Session, week: str | None, as_json: bool) -> None:
    found = session.desk.reading.agenda(week_of=session.day(week))
    hidden = session.desk.reading.hidden()
    if as_json:
        print_json(json_shapes.agenda(found, hidden))
    else:
        _print_agenda(found, hidden)


def _print_agenda(week: Agenda, hidden: Hidden) -> None:
    page = Page()
    page.line(Marked(week_heading(week), "heading"))
    rows = [(found.planned, _agenda_row(page, found, week.today, False)) for found in side_by_side(week.items)]
    rows += [(found.planned, _agenda_row(page, found, week.today, True)) for found in week.done]
    shown = sorted({day for day, _ in rows})
    loads = {day.on: day for day in week.days}
    widths = page.measure([row for _, row in rows], stretch=4)
    for day in shown:
        page.line()
        load = loads.get(day)  # None for a promise shown early, past the end of the week
        done = f"  {load.done} of {load.load}" if load else ""
        page.line(Marked(day_heading(day, week.today), "accent"), Marked(done, "dim"))
        page.table([row for on, row in rows if on == day], widths=widths)
    if not rows:
        page.line()
        page.line("Nothing is due. “planner contacts” shows everyone, “planner cadence WHO 4w” sets a rhythm.")
    if week.waiting:
        page.line()
        page.line(Marked(f"{week.waiting} more can wait", "dim"))
    if week.to_read:
        page.line()
        page.line(Marked(f"{counted(week.to_read, 'line')} to read: planner inbox list", "due"))
    if hidden:
        page.line()
        said = f"{hidden_words(hidden, week.today)}: planner contacts {hidden_filter(hidden)}"
        page.line(Marked(said, "dim"))


def _agenda_row(page: Page, found: AgendaItem, today: date, done: bool) -> tuple[Part, ...]:
    item = found.item
    if done:
        text = (page.glyph("done"), item.id, kind_word(item), item.contact_name, item.text, "done")
        return tuple(Marked(part, "dim") for part in text)
    if item.kind is ItemKind.DATE:
        glyph, role = "date", "name"
    elif item.kind is ItemKind.PLANNED:
        glyph, role = "planned", ""
    else:
        glyph = str(found.state)
        role = glyph if glyph in ("due", "late") else "dim"
    return (
        Marked(page.glyph(glyph), role),
        Marked(item.id, "dim"),
        row_word(found),
        Marked(item.contact_name, "name"),
        item.text,
        Marked(when_word(item, today), role if role in ("due", "late") else ""),
    )


@click.command("due")
@click.option("--count", is_flag=True, help="Only the number, for a prompt or a status bar.")
@as_json
@pass_session
def due_command(session: Session, count: bool, as_json: bool) -> None:
    today = session.today
    found = [one for one in session.desk.reading.agenda().items if one.planned <= today]
    if as_json:
        items = [] if count else [json_shapes.agenda_item(one, today) for one in found]
        print_json({"count": len(found)} | ({} if count else {"items": items}))
        return
    page = Page()
    if count:
        page.line(str(len(found)))
        return
    rows = [
        (
            Marked(one.item.id, "dim"),
            kind_word(one.item),
            Marked(one.item.contact_name, "name"),
            words_of(one.item),
            Marked(when_word(one.item, today), "late" if one.overdue_days > 0 else ""),
        )
        for one in found
    ]
    page.table(rows, indent=0, stretch=3)


def words_of(item: OpenItem) -> str:
    """What an item is about, without its kind, which precedes the name."""
    word = kind_word(item)
    return item.text.removeprefix(word).lstrip(":, ") if item.kind is ItemKind.DATE else item.text
