"""Commands about the network itself: needs, introductions, who knows whom, reach and matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.cli.options import as_json, number_of, pass_session, who_argument, words
from planner.cli.output import Marked, Page, answer, answer_new, print_json, say, tell
from planner.cli.session import Session
from planner.core.dates.typed import exact_date
from planner.core.introductions import Introduction, stage
from planner.core.needs import TEMPLATE
from planner.core.needs import coverage as in_words

if TYPE_CHECKING:
    from planner.desk.values import NeedView

SHOWN = 30


@click.group("need", no_args_is_help=False)
def need_command() -> None:
    """A need is specific: what, why and by when."""


@need_command.command("add")
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@click.option("--why", default="", metavar="T", help="Why, in a sentence.")
@click.option("--by", metavar="DATE", help="By when.")
@as_json
@pass_session
def need_add(session: Session, title: tuple[str, ...], why: str, by: str | None, as_json: bool) -> None:
    """Add something you look for; prints its id."""
    done = session.desk.needs.add(words(title), why=why, by=session.day(by))
    answer_new(done, as_json, "n")


def _step(verb: str, help: str) -> click.Command:
    @click.command(verb, help=help)
    @click.argument("need", metavar="ID")
    @who_argument("people", many=True)
    @click.option("--on", metavar="DATE", help="The day it happened; default today.")
    @as_json
    @pass_session
    def command(session: Session, need: str, people: tuple[str, ...], on: str | None, as_json: bool) -> None:
        number, ids = number_of(need, "n", "need"), [session.who(who) for who in people]
        answer(getattr(session.desk.needs, verb)(number, ids, on=session.day(on, past=True)), as_json)

    return command


for _verb, _help in (
    ("tell", "WHO was told."),
    ("ask", "WHO was asked directly: an ask in the ledger."),
    ("helped", "WHO helped: thanks are owed."),
    ("declined", "WHO cannot help."),
):
    need_command.add_command(_step(_verb, _help))


@need_command.command("passed")
@click.argument("need", metavar="ID")
@who_argument()
@click.argument("to", metavar="TO")
@click.option("--on", metavar="DATE", help="The day it happened; default today.")
@as_json
@pass_session
def need_passed(session: Session, need: str, who: str, to: str, on: str | None, as_json: bool) -> None:
    """WHO passed the need on to TO, who is added when new."""
    number, contact_id = number_of(need, "n", "need"), session.who(who)
    answer(session.desk.needs.passed(number, contact_id, to, on=session.day(on, past=True)), as_json)


@need_command.command("list")
@click.option("--closed", is_flag=True, help="Those that are over.")
@as_json
@pass_session
def need_list(session: Session, closed: bool, as_json: bool) -> None:
    """The needs with their coverage."""
    found = session.desk.needs.all(closed=closed)
    if as_json:
        print_json({"needs": [need_shape(view) for view in found]})
        return
    page = Page()
    if not found:
        page.line("Nothing is looked for. “planner need add TITLE” says what you need.")
    page.table([(f"#{view.need.id}", Marked(view.need.title, "name"), coverage(view)) for view in found], stretch=1)


def coverage(view: NeedView) -> str:
    """ "told 34 of 120, 3 answers due"."""
    return in_words(view.told, view.of, view.answers_due)


def need_shape(view: NeedView) -> dict[str, Any]:
    """A need as JSON."""
    need = view.need
    return {
        "id": need.id,
        "title": need.title,
        "why": need.why,
        "by": need.by.isoformat() if need.by is not None else None,
        "closed": need.closed_on.isoformat() if need.closed_on is not None else None,
        "told": view.told,
        "of": view.of,
        "answers_due": view.answers_due,
    }


@need_command.command("show")
@click.argument("need", metavar="ID")
@as_json
@pass_session
def need_show(session: Session, need: str, as_json: bool) -> None:
    """One need, and where everybody stands with it."""
    view, people = session.desk.needs.show(number_of(need, "n", "need"))
    if as_json:
        rows = [{"id": key, "name": name, "state": str(state)} for key, name, state in people]
        print_json({**need_shape(view), "people": rows})
        return
    page = Page()
    by = f", by {exact_date(view.need.by)}" if view.need.by is not None else ""
    page.line(f"{view.need.title}{by}")
    if view.need.why:
        page.line(f"  {view.need.why}")
    page.line(f"  {coverage(view)}")
    if view.need.closed_on is not None:
        how = f": {view.need.outcome}" if view.need.outcome else ""
        page.line(f"  closed on {exact_date(view.need.closed_on)}{how}")
    spoken = [row for row in people if row[2] != "untold"]
    page.table([("", Marked(name, "name"), str(state)) for _, name, state in spoken], stretch=1)
    if len(spoken) < len(people) and view.need.closed_on is None:
        page.line(f"  {len(people) - len(spoken)} not told yet: planner need suggest {view.need.id}")


@need_command.command("suggest")
@click.argument("need", metavar="ID")
@click.option("--limit", default=SHOWN, show_default=True, metavar="N", help="How many.")
@as_json
@pass_session
def need_suggest(session: Session, need: str, limit: int, as_json: bool) -> None:
    """Whom to tell next, and why; in the end everybody."""
    found = session.desk.needs.suggest(number_of(need, "n", "need"))
    if as_json:
        print_json({"suggestions": [{"id": one.contact_id, "name": one.name, "why": one.why} for one in found]})
        return
    page = Page()
    shown = found[: max(0, limit)]
    page.table([(f"#{one.contact_id}", Marked(one.name, "name"), one.why) for one in shown], stretch=2)
    if len(found) > len(shown):
        page.line(f"and {len(found) - len(shown)} more (--limit)")


@need_command.command("announce")
@click.argument("need", metavar="ID")
@who_argument("people", many=True, required=False)
@click.option("--template", metavar="T", help="Other words, with {name}, {need}, {why}, {by} and {last_contact}.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="How many.")
@click.option("--sent", is_flag=True, help="They are sent: mark everyone printed as told.")
@as_json
@pass_session
def need_announce(
    session: Session, need: str, people: tuple[str, ...], template: str | None, limit: int, sent: bool, as_json: bool
) -> None:
    """The message to each of WHO, or to those suggested next; with --sent they are marked as told."""
    number = number_of(need, "n", "need")
    ids = list(dict.fromkeys(session.who(who) for who in people))
    if not people:
        ids = [one.contact_id for one in session.desk.needs.suggest(number)[:limit]]
    drafts = session.desk.needs.drafts(number, ids, template or TEMPLATE)
    done = session.desk.needs.tell(number, ids) if sent and ids else None
    cards = [session.desk.reading.card(one, history=0).contact for one in drafts]
    mails = {card.id: card.emails[0].value if card.emails else "" for card in cards}
    if as_json:
        rows = [
            {"id": one.id, "name": one.name, "email": mails[one.id] or None, "text": drafts[one.id]} for one in cards
        ]
        told = {"messages": rows, "sent": sent}
        print_json(told) if done is None else answer(done, as_json, **told)
        return
    page = Page()
    if not cards:
        page.line("Everyone knows of it")
    for place, card in enumerate(cards):
        if place:
            page.line()
        mail = f" <{mails[card.id]}>" if mails[card.id] else ""
        page.line(Marked(f"To {card.name} (#{card.id}){mail}", "heading"))
        page.paragraphs(drafts[card.id], "  ")
    if done is not None:
        say(f"{done.said}; “planner undo” takes it back")
    elif cards:
        say("Once they are sent, the same with --sent marks them as told")


@need_command.command("close")
@click.argument("need", metavar="ID")
@click.option("--outcome", default="", metavar="T", help="How it went.")
@as_json
@pass_session
def need_close(session: Session, need: str, outcome: str, as_json: bool) -> None:
    """The need is over; everyone who helped is to be told."""
    answer(session.desk.needs.close(number_of(need, "n", "need"), outcome=outcome), as_json)


@click.group("intro", no_args_is_help=False)
def intro_command() -> None:
    """ID is the number of the introduction, such as 3 or t3."""


@intro_command.command("start")
@who_argument("one")
@who_argument("other")
@click.option("--note", default="", metavar="T", help="Why the two should meet.")
@as_json
@pass_session
def intro_start(session: Session, one: str, other: str, note: str, as_json: bool) -> None:
    """Ask the first about meeting the second; prints the id."""
    first, second = session.who(one), session.who(other)
    done = session.desk.introductions.start(first, second, note=note)
    answer_new(done, as_json, "t")


def _answer(said: str, help: str) -> click.Command:
    @click.command(said, help=help)
    @click.argument("introduction", metavar="ID")
    @who_argument()
    @click.option("--until", metavar="DATE", help="When to ask again, for later.")
    @as_json
    @pass_session
    def command(session: Session, introduction: str, who: str, until: str | None, as_json: bool) -> None:
        number, contact_id = number_of(introduction, "t", "introduction"), session.who(who)
        answer(session.desk.introductions.answer(number, contact_id, said, until=session.day(until)), as_json)

    return command


for _said, _help in (("yes", "One side agrees."), ("no", "One side does not."), ("later", "One side asks for time.")):
    intro_command.add_command(_answer(_said, _help))


def _intro_step(verb: str, help: str) -> click.Command:
    @click.command(verb, help=help)
    @click.argument("introduction", metavar="ID")
    @as_json
    @pass_session
    def command(session: Session, introduction: str, as_json: bool) -> None:
        number = number_of(introduction, "t", "introduction")
        answer(getattr(session.desk.introductions, verb)(number), as_json)

    return command


for _verb, _help in (
    ("made", "The two were introduced; that counts as help given to both."),
    ("worked", "You asked how it went; the loop is closed."),
    ("drop", "Leave the introduction; nothing more is asked."),
):
    intro_command.add_command(_intro_step(_verb, _help))


@intro_command.command("blurb")
@click.argument("introduction", metavar="ID")
@pass_session
def intro_blurb(session: Session, introduction: str) -> None:
    """The words to send to both."""
    for line in session.desk.introductions.blurb(number_of(introduction, "t", "introduction")).splitlines():
        tell(line)


@intro_command.command("list")
@click.option("--all", "everything", is_flag=True, help="Those that are over too.")
@as_json
@pass_session
def intro_list(session: Session, everything: bool, as_json: bool) -> None:
    """The introductions under way."""

    found = session.desk.introductions.all(only_open=not everything)
    if as_json:
        print_json({"introductions": [_introduction_shape(one, stage(one)) for one in found]})
        return
    page = Page()
    if not found:
        page.line("Nobody is being introduced. “planner match” shows who could be.")
    page.table(
        [(f"t{one.id}", Marked(f"{one.one_name} and {one.other_name}", "name"), stage(one)) for one in found], stretch=1
    )


def _introduction_shape(one: Introduction, where: str) -> dict[str, Any]:
    return {
        "id": f"t{one.id}",
        "one": {"id": one.one_id, "name": one.one_name, "answer": str(one.one_answer) or None},
        "other": {"id": one.other_id, "name": one.other_name, "answer": str(one.other_answer) or None},
        "stage": where,
        "note": one.note,
    }


@click.command("knows")
@who_argument()
@click.argument("other", metavar="B")
@click.option("--company", default="", metavar="C", help="Where B works.")
@click.option("--topic", default="", metavar="T", help="What B is about.")
@click.option("--relation", default="", metavar="R", help="How they know each other.")
@as_json
@pass_session
def knows_command(
    session: Session, who: str, other: str, company: str, topic: str, relation: str, as_json: bool
) -> None:
    contact_id = session.who(who)
    done = session.desk.network.knows(contact_id, other, company=company, topic=topic, relation=relation)
    answer(done, as_json)


@click.command("reach")
@click.argument("target", nargs=-1, required=True, metavar="TARGET")
@as_json
@pass_session
def reach_command(session: Session, target: tuple[str, ...], as_json: bool) -> None:
    wanted = words(target)
    found = session.desk.network.reach(wanted)
    if as_json:
        paths = [
            {
                "steps": [{"id": step.contact_id, "name": step.name} for step in path.steps],
                "why": path.why,
                "price": path.price,
            }
            for path in found
        ]
        print_json({"target": wanted, "paths": paths})
        return
    page = Page()
    if not found:
        page.line("Nobody you know leads there yet. “planner knows WHO B --company C” says who might.")
    page.table(
        [
            (Marked(" → ".join(["you", *(step.name for step in path.steps)]), "name"), path.why, path.price)
            for path in found
        ],
        stretch=0,
    )


@click.command("match")
@as_json
@pass_session
def match_command(session: Session, as_json: bool) -> None:
    found = session.desk.network.matches()
    if as_json:
        print_json(
            {
                "pairs": [
                    {
                        "needs": {"id": pair.needs.contact_id, "name": pair.needs.name},
                        "offers": {"id": pair.offers.contact_id, "name": pair.offers.name},
                        "on": list(pair.on),
                    }
                    for pair in found
                ]
            }
        )
        return
    page = Page()
    if not found:
        page.line("Nothing matches yet. “planner edit WHO --looking-for T --offers T” says what people need and have.")
    rows = [
        (Marked(pair.needs.name, "name"), pair.needs.text, Marked(pair.offers.name, "name"), ", ".join(pair.on))
        for pair in found
    ]
    page.table(rows, stretch=1)
