"""The command that says what to know about somebody before meeting them."""

from __future__ import annotations

import click

from planner.cli import json_shapes
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, print_json
from planner.cli.session import Session
from planner.core.brief import Brief
from planner.core.words.folding import fold
from planner.errors import Ambiguous, Refused


@click.command("brief")
@click.argument("about", nargs=-1, metavar="[WHO|DATE]")
@as_json
@pass_session
def brief_command(session: Session, about: tuple[str, ...], as_json: bool) -> None:
    """A name that reads like a day, such as May, is the person where it is all of their name; #ID is one always."""
    found = _briefs(session, " ".join(about))
    if as_json:
        shapes = [
            {
                "contact": json_shapes.person(one.contact_id, one.name),
                "lines": [{"label": label, "words": said} for label, said in one.lines],
            }
            for one in found
        ]
        print_json({"briefs": shapes})
        return
    page = Page()
    if not found:
        page.line("Nothing is planned with anybody that day. “planner brief WHO” is about one person.")
    for place, one in enumerate(found):
        if place:
            page.line()
        page.line(Marked(one.name, "name"))
        page.table([(Marked(label, "dim"), said) for label, said in one.lines], stretch=1)


def _briefs(session: Session, text: str) -> tuple[Brief, ...]:
    briefing = session.desk.briefing
    if not text:
        return briefing.on(session.today)
    try:
        who: int | None = session.desk.people.find(text)
        problem: Refused | None = None
    except Ambiguous as several:
        who, problem = None, several
    except Refused as nobody:
        who, problem = None, nobody
    if who is not None:
        found = briefing.of(who)
        if text.startswith("#") or "@" in text or fold(found.name) == fold(text):
            return (found,)
    try:
        day = session.day(text)
    except Refused as no_day:
        if who is not None:
            return (briefing.of(who),)
        raise (problem or no_day) from None
    assert day is not None
    return briefing.on(day)
