"""Commands of the ledger: help asked for, promised, given and received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.cli import json_shapes
from planner.cli.options import as_json, number_of, pass_session, who_argument
from planner.cli.output import Marked, Page, Part, answer, answer_new, print_json
from planner.cli.session import Session
from planner.core.model import FAVOR_KINDS, WAYS_OUT
from planner.core.words.wording import when_word

if TYPE_CHECKING:
    from planner.desk.values import Ledger, LedgerRow

_HELP = {
    "asked": "They asked me for something: answer in two days.",
    "promise": "I promised something, due in a week or on --due.",
    "gave": "I helped.",
    "received": "They helped me: thanks are owed.",
    "ask": "I asked them for something: nudge after a week.",
}
LANE_WORDS = {
    "asked_me": "They asked me",
    "promised": "I promised",
    "i_asked": "I asked",
    "to_close": "To close",
}


@click.group("favor", no_args_is_help=False)
def favor_command() -> None:
    """asked, promise, gave, received and ask open an entry and print its id; the others take it further."""


def _entry(verb: str) -> click.Command:
    @click.command(verb, help=f"{_HELP[verb]}\n\nPrints the new id.")
    @who_argument()
    @click.option("--kind", default="other", metavar="K", help=f"{', '.join(FAVOR_KINDS)}.")
    @click.option("--on", metavar="DATE", help="The day it happened; default today.")
    @click.option("--due", metavar="DATE", help="The day a promise is due, or they need it by.")
    @click.option("--note", default="", metavar="T", help="What it is about.")
    @as_json
    @pass_session
    def command(
        session: Session, who: str, kind: str, on: str | None, due: str | None, note: str, as_json: bool
    ) -> None:
        contact_id = session.who(who)
        day, until = session.day(on, past=True), session.day(due)
        done = session.desk.favors.enter(verb, [contact_id], kind=kind, on=day, due=until, note=note)
        answer_new(done, as_json, "v")

    return command


for _verb in _HELP:
    favor_command.add_command(_entry(_verb))


def _favor_id(text: str) -> int:
    return number_of(text, "v", "favor")


@favor_command.command("accept")
@click.argument("favor", metavar="ID")
@click.option("--due", metavar="DATE", help="The day it is due; default in a week.")
@as_json
@pass_session
def accept(session: Session, favor: str, due: str | None, as_json: bool) -> None:
    """A request becomes a promise."""
    answer(session.desk.favors.accept([_favor_id(favor)], due=session.day(due)), as_json)


def _step(verb: str, help_line: str) -> click.Command:
    @click.command(verb, help=help_line)
    @click.argument("favor", metavar="ID")
    @as_json
    @pass_session
    def command(session: Session, favor: str, as_json: bool) -> None:
        answer(getattr(session.desk.favors, verb)([_favor_id(favor)]), as_json)

    return command


for _verb, _line in (
    ("done", "Help was given, or what I asked for was received."),
    ("thank", "Thanks were said; the outcome is still to be told."),
    ("told", "The outcome was told; the loop is closed."),
    ("nudge", "A reminder about what I asked for was sent."),
    ("rest", "What I asked for is left in peace."),
):
    favor_command.add_command(_step(_verb, _line))


@favor_command.command("decline")
@click.argument("favor", metavar="ID")
@click.option("--way-out", default="", metavar="KIND", help=f"What you offer instead: {', '.join(WAYS_OUT)}.")
@click.option("--note", default="", metavar="T", help="What you offer, in a few words.")
@click.option("--until", metavar="DATE", help="With the way out later: the day it comes back.")
@click.option("--given", is_flag=True, help="With smaller, resource or advice: it is given already, and counts.")
@as_json
@pass_session
def decline(
    session: Session, favor: str, way_out: str, note: str, until: str | None, given: bool, as_json: bool
) -> None:
    """Answer a request with something better than "no"; or note that what I asked for was declined."""
    done = session.desk.favors.decline(
        _favor_id(favor), way_out=way_out, note=note, back_on=session.day(until), given=given
    )
    answer(done, as_json)


@click.command("ledger")
@who_argument(required=False)
@as_json
@pass_session
def ledger_command(session: Session, who: str | None, as_json: bool) -> None:
    contact_id = session.who(who) if who is not None else None
    found = session.desk.favors.ledger(contact_id)
    if as_json:
        print_json(json_shapes.ledger(found))
    else:
        _print_ledger(found, session.today)


def _print_ledger(found: Ledger, today: date) -> None:
    page = Page()
    rows = {lane: [_row(page, row, today) for row in found.lanes[lane]] for lane in LANE_WORDS}
    widths = page.measure([row for lane in rows.values() for row in lane], stretch=4)
    for lane, words in LANE_WORDS.items():
        page.line(Marked(f"{words} {len(rows[lane])}", "heading"))
        page.table(rows[lane], widths=widths)
    people = [
        (Marked(one.name, "name"), f"gave {one.gave}", f"received {one.received}")
        for one in found.people
        if one.gave or one.received
    ]
    if people:
        page.line()
        page.table(people)
    if found.helped_this_week:
        page.line()
        count = found.helped_this_week
        page.line(f"You helped {count} {'person' if count == 1 else 'people'} this week")


def _row(page: Page, row: LedgerRow, today: date) -> tuple[Part, ...]:
    state, favor = str(row.state), row.favor
    role = state if state in ("due", "late") else "dim"
    return (
        Marked(page.glyph(state), role),
        Marked(f"v{favor.id}", "dim"),
        Marked(favor.contact_name, "name"),
        favor.kind,
        favor.note,
        Marked(when_word(row.item, today), role if role != "dim" else ""),
    )
