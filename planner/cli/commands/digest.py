"""The week for a mail or a note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from planner.cli import json_shapes
from planner.cli.commands.agenda import words_of
from planner.cli.options import as_json, pass_session
from planner.cli.output import Page, one_line, print_json
from planner.cli.session import Session
from planner.core.dates.shown import exact_date
from planner.core.giving import NOTHING_TO_GIVE, Giving
from planner.core.model import AgendaItem
from planner.core.words.counts import people_word
from planner.core.words.patterns import late
from planner.core.words.wording import day_heading, kind_word, week_heading, when_word

if TYPE_CHECKING:
    from planner.core.model import Agenda

Said = Callable[[str], str]
_MARKDOWN = late(r"([\\`*_{}\[\]<>#|~!])")


@click.command("digest")
@click.option("--week", metavar="DATE", help="The week of this day; default this week.")
@click.option("--markdown", is_flag=True, help="As Markdown.")
@as_json
@pass_session
def digest_command(session: Session, week: str | None, markdown: bool, as_json: bool) -> None:
    """\b
    Each Monday by cron, which mails what is printed:
        0 7 * * 1  planner digest
    README.md has the same as a systemd timer.
    """
    found = session.desk.reading.agenda(week_of=session.day(week))
    helped = session.desk.reading.helped_between(found.start, min(found.end, session.today))
    now = found.start <= session.today <= found.end
    giving = session.desk.giving.page() if now else NOTHING_TO_GIVE
    if as_json:
        entries = [
            {"kind": one.kind, "contact": json_shapes.person(one.contact_id, one.name), "words": one.words}
            for one in (*giving.entries(session.today), *([giving.question] if giving.question is not None else []))
        ]
        shape = json_shapes.agenda(found, session.desk.reading.hidden())
        print_json({**shape, "helped": helped, "giving": entries, "weeks": giving.weeks})
        return
    page = Page()
    for line in digest_lines(found, helped, markdown=markdown, giving=giving):
        page.line(line)


def digest_lines(week: Agenda, helped: int, *, markdown: bool, giving: Giving = NOTHING_TO_GIVE) -> list[str]:
    """The week as lines of text or Markdown, without control characters; `helped` counts people."""

    def said(text: str) -> str:
        text = one_line(text)
        return _MARKDOWN.sub(r"\\\1", text) if markdown else text

    def heading(text: str, depth: int) -> list[str]:
        if markdown:
            return [f"{'#' * depth} {text}", ""]
        return [text, "=" * len(text), ""] if depth == 1 else [text]

    lines = heading(week_heading(week), 1)
    for day in sorted({one.planned for one in week.items}):
        lines += heading(day_heading(day, week.today), 2)
        lines += [_entry(one, week.today, said) for one in week.items if one.planned == day]
        lines.append("")
    if week.done:
        lines += heading("Done", 2)
        lines += [_done(one, said) for one in week.done]
        lines.append("")
    if not week.items and not week.done:
        lines += ["Nothing is due.", ""]
    if week.waiting:
        lines += [f"{week.waiting} more can wait.", ""]
    if helped:
        lines += [f"You helped {people_word(helped)}.", ""]
    if giving:
        lines += heading("Two minutes more", 2)
        lines += [f"- {one.label}: {said(one.words)}" for one in giving.entries(week.today)]
        lines += [f"- {giving.weeks_words}"] if giving.weeks_words else []
        lines += [f"- {giving.question.label}: {said(giving.question.words)}"] if giving.question is not None else []
        lines.append("")
    return lines[:-1]


def _entry(found: AgendaItem, today: date, said: Said) -> str:
    item = found.item
    words = words_of(item)
    what = f": {said(words)}" if words else ""
    return f"- {said(kind_word(item))}, {said(item.contact_name)}{what} ({when_word(item, today)})"


def _done(found: AgendaItem, said: Said) -> str:
    item = found.item
    words = words_of(item)
    what = f": {said(words)}" if words else ""
    return f"- {said(kind_word(item))}, {said(item.contact_name)}{what} ({exact_date(found.planned)})"
