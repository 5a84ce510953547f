"""Commands of the ledger: help asked for, promised, given and received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.cli import json_shapes
from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, number_of, pass_session, who_argument
from planner.cli.output import Marked, Page, Part, answer, answer_new, print_json, print_message
from planner.cli.session import Session
from planner.core.model import FAVOR_KINDS, WAYS_OUT, FavorDirection, ItemKind
from planner.core.words.counts import people_word
from planner.core.words.wording import when_word

if TYPE_CHECKING:
    from planner.desk.values import Ledger, LedgerRow

_HELP = {
    "asked": "They asked me for something: answer in two days.",
    "promise": "I promised something, due in a week or on --due.",
    "gave": "I helped.",
    "received": "They helped me: thanks are owed.",
    "ask": "I asked them for something: nudge after a week.",
    "idea": "A gift I think of, shown before their next birthday; favor done says it is given, favor rest lets it go.",
}
LANE_WORDS = {
    "asked_me": "They asked me",
    "promised": "I promised",
    "i_asked": "I asked",
    "to_close": "To close",
}


@click.group("favor", cls=CommandGroup, no_args_is_help=False)
def favor_command() -> None:
    """asked, promise, gave, received, ask and idea open an entry and print its id; the others take it further."""


def _entry(verb: str) -> click.Command:
    @click.command(verb, help=f"{_HELP[verb]}\n\nPrints the new id.")
    @who_argument()
    @click.option("--kind", default="other", metavar="K", help=f"{', '.join(FAVOR_KINDS)}.")
    @click.option("--on", metavar="DATE", help="The day it happened; default today.")
    @click.option("--due", metavar="DATE", help="The day a promise is due, they need it by, or a loan is home.")
    @click.option("--note", default="", metavar="T", help="What it is about.")
    @click.option("--occasion", default="", metavar="O", help="What a gift is for: birthday, Christmas, …")
    @as_json
    @pass_session
    def command(
        session: Session, who: str, kind: str, on: str | None, due: str | None, note: str, occasion: str, as_json: bool
    ) -> None:
        contact_id = session.desk.people.find(who)
        day, until = session.day(on, past=True), session.day(due)
        done = session.desk.favors.enter(verb, [contact_id], kind=kind, on=day, due=until, note=note, occasion=occasion)
        answer_new(done, as_json, "v")

    return command


for _verb in _HELP:
    favor_command.add_command(_entry(_verb))


def _favor_id(text: str) -> int:
    """The id of a favor, given as in the ledger (3, v3) or by the item of its loan (l3)."""
    return number_of(text, "l" if text[:1] in "lL" else "v", "favor")


@favor_command.command("accept")
@click.argument("favor", metavar="ID")
@click.option("--due", metavar="DATE", help="The day it is due; default in a week.")
@as_json
@pass_session
def accept(session: Session, favor: str, due: str | None, as_json: bool) -> None:
    """A request becomes a promise."""
    answer(session.desk.favors.accept([_favor_id(favor)], due=session.day(due)), as_json)


def _step(verb: str, help_line: str) -> click.Command:
    @click.command({"home": "back"}.get(verb, verb), help=help_line)
    @click.argument("favor", metavar="ID")
    @as_json
    @pass_session
    def command(session: Session, favor: str, as_json: bool) -> None:
        answer(getattr(session.desk.favors, verb)([_favor_id(favor)]), as_json)

    return command


for _verb, _line in (
    ("done", "Help was given, or what I asked for was received."),
    ("thank", "Thanks were said; how it went is still to be told."),
    ("told", "They were told how it went; the loop is closed."),
    ("nudge", "A reminder about what I asked for was sent."),
    ("rest", "What I asked for is left in peace, or the idea of a gift is let go."),
    ("home", "A loan, lent or borrowed, is home."),
):
    favor_command.add_command(_step(_verb, _line))


@favor_command.command("decline")
@click.argument("favor", metavar="ID")
@click.option("--way-out", default="", metavar="KIND", help=f"What you offer instead: {', '.join(WAYS_OUT)}.")
@click.option("--note", default="", metavar="T", help="What you offer, in a few words.")
@click.option("--due", "--until", metavar="DATE", help="The day it comes back, with later; else the day it is due.")
@click.option("--to", metavar="WHO", help="With introduce: whom they could meet.")
@click.option("--given", is_flag=True, help="With smaller, resource or advice: it is given already, and counts.")
@as_json
@pass_session
def decline(
    session: Session, favor: str, way_out: str, note: str, due: str | None, to: str | None, given: bool, as_json: bool
) -> None:
    """Answer a request with something better than "no"; or note that what I asked for was declined.

    Prints a kind answer to send.
    """
    whom = session.desk.people.find(to) if to is not None else None
    done = session.desk.favors.decline(
        _favor_id(favor), way_out=way_out, note=note, due=session.day(due), introduce_to=whom, given=given
    )
    words = _kind_answer(session, _favor_id(favor), whom)
    answer(done, as_json, **({"answer": words} if words else {}))
    if words and not as_json:
        print_message(words)


def _kind_answer(session: Session, favor_id: int, introduce_to: int | None) -> str:
    """Words to send about the way out of a request; "" if there is none, as for an ask of mine."""
    # Few commands draft words.
    from planner.desk.reciprocity.drafts import BY_WAY_OUT, Subject

    favor = session.desk.favors.one(favor_id)
    if favor.direction is FavorDirection.RECEIVED or favor.way_out not in BY_WAY_OUT:
        return ""
    subject = Subject(favor=favor_id, other=introduce_to)
    return session.desk.drafts.draft(BY_WAY_OUT[favor.way_out], favor.contact_id, subject).whole


@click.command("ledger")
@who_argument(required=False)
@as_json
@pass_session
def ledger_command(session: Session, who: str | None, as_json: bool) -> None:
    contact_id = session.desk.people.find(who) if who is not None else None
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
    for item in found.needs_to_close:
        page.line(f"  {page.glyph('due' if item.due <= today else 'soon')} {item.id}  {item.text}")
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
        page.line(f"You helped {people_word(count)} this week")


def _row(page: Page, row: LedgerRow, today: date) -> tuple[Part, ...]:
    state, favor = str(row.state), row.favor
    role = state if state in ("due", "late") else "dim"
    return (
        Marked(page.glyph(state), role),
        Marked(f"v{favor.id}", "dim"),
        Marked(favor.contact_name, "name"),
        favor.kind,
        # The note of the way out names the thing to do or to return.
        (favor.way_out_note if row.item.kind in (ItemKind.PROMISE, ItemKind.LOAN) else "") or favor.note,
        Marked(when_word(row.item, today), role if role != "dim" else ""),
    )
