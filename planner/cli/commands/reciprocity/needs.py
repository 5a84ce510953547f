"""Commands about needs: what I look for, who was told, and who is still to hear how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, number_of, pass_session, who_argument
from planner.cli.output import Marked, Page, answer, answer_new, print_json, print_message, say
from planner.cli.session import Session
from planner.core.dates.shown import exact_date
from planner.core.needs import coverage as in_words
from planner.core.needs import hears_by_ledger
from planner.desk.done import Done
from planner.desk.reciprocity.drafts import Subject
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.needs import Told
    from planner.desk.values import ClosingPage, NeedView

SHOWN = 30


@click.group("need", cls=CommandGroup, no_args_is_help=False)
def need_command() -> None:
    """A need is specific: what, why and by when."""


@need_command.command("add")
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@click.option("--why", default="", metavar="T", help="Why, in a sentence.")
@click.option("--by", metavar="DATE", help="By when.")
@click.option("--who", "knowing", default="", metavar="T", help="Who would know: people, companies, trades.")
@as_json
@pass_session
def need_add(session: Session, title: tuple[str, ...], why: str, by: str | None, knowing: str, as_json: bool) -> None:
    """Add something you look for; prints its id."""
    done = session.desk.needs.add(" ".join(title), why=why, by=session.day(by), who=knowing)
    answer_new(done, as_json, "n")


@need_command.command("edit")
@click.argument("need", metavar="ID")
@click.option("--title", metavar="T", help="What you look for.")
@click.option("--why", metavar="T", help="Why, in a sentence; “” for nothing.")
@click.option("--by", metavar="DATE", help="By when; “” for no day.")
@click.option("--who", "knowing", metavar="T", help="Who would know; “” for nobody.")
@as_json
@pass_session
def need_edit(
    session: Session, need: str, title: str | None, why: str | None, by: str | None, knowing: str | None, as_json: bool
) -> None:
    """Change a need; what is left out stays."""
    number = number_of(need, "n", "need")
    if title is None and why is None and by is None and knowing is None:
        raise Refused("Nothing to change was given", "Use --title, --why, --by or --who")
    no_day = by is not None and not by.strip()
    day = None if no_day else session.day(by)
    done = session.desk.needs.edit(number, title=title, why=why, by=day, who=knowing, no_day=no_day)
    answer(done, as_json, id=number)


def _step(verb: str, help: str) -> click.Command:
    @click.command({"heard": "outcome"}.get(verb, verb), help=help)
    @click.argument("need", metavar="ID")
    @who_argument("people", many=True)
    @click.option("--on", metavar="DATE", help="The day it happened; default today.")
    @as_json
    @pass_session
    def command(session: Session, need: str, people: tuple[str, ...], on: str | None, as_json: bool) -> None:
        number, ids = number_of(need, "n", "need"), session.people(people)
        answer(getattr(session.desk.needs, verb)(number, ids, on=session.day(on, past=True)), as_json)

    return command


for _verb, _help in (
    ("tell", "WHO was told."),
    ("ask", "WHO was asked directly: an ask in the ledger."),
    ("helped", "WHO helped: thanks are owed."),
    ("declined", "WHO cannot help."),
    ("heard", "WHO heard how a closed need went."),
):
    need_command.add_command(_step(_verb, _help))


@need_command.command("rest")
@click.argument("need", metavar="ID")
@who_argument("people", many=True)
@as_json
@pass_session
def need_rest(session: Session, need: str, people: tuple[str, ...], as_json: bool) -> None:
    """WHO need not hear how a closed need went."""
    answer(session.desk.needs.let_be(number_of(need, "n", "need"), session.people(people)), as_json)


@need_command.command("post")
@click.argument("need", metavar="ID")
@click.option("--channel", required=True, metavar="C", help="Where: linkedin, facebook, a circle, a list.")
@click.option("--text", default="", metavar="T", help="The words of the post.")
@click.option("--on", metavar="DATE", help="The day it was posted; default today.")
@as_json
@pass_session
def need_post(session: Session, need: str, channel: str, text: str, on: str | None, as_json: bool) -> None:
    """You wrote about the need publicly. Whoever reads the channel could have seen it; nobody counts as told."""
    number = number_of(need, "n", "need")
    done = session.desk.needs.post(number, channel, text=text, on=session.day(on, past=True))
    answer(done, as_json, id=done.id)


@need_command.command("hear")
@click.argument("need", metavar="ID")
@click.option("--together", is_flag=True, help="One text for all.")
@as_json
@pass_session
def need_hear(session: Session, need: str, together: bool, as_json: bool) -> None:
    """Who is still to hear how a closed need went, with the words to send; “need outcome” says they heard."""
    number = number_of(need, "n", "need")
    found = session.desk.closing.page(number)
    to_hear = session.desk.closing.to_hear(found, 0, found.waiting)
    people = [one.contact_id for one in to_hear]
    subject = Subject(need=number)
    if together:
        letters = dict.fromkeys(people, session.desk.drafts.draft("outcome", None, subject).whole)
    else:
        drafts = session.desk.drafts.drafts("outcome", people, subject)
        letters = {key: letter.whole for key, letter in drafts.items()}
    if as_json:
        rows = [_who(one) | {"state": str(one.state), "text": letters[one.contact_id]} for one in to_hear]
        print_json({**_closed_shape(found), "to_hear": rows})
        return
    page = Page()
    page.line(f"{found.need.title}: told {found.told}, heard how it went {found.heard}")
    for one in to_hear if not together else ():
        page.line()
        page.line(Marked(f"To {one.name} (#{one.contact_id}), {one.state}", "heading"))
        print_message(letters[one.contact_id], blank=False)
    if together and people:
        page.line()
        page.line(Marked(f"To {', '.join(one.name for one in to_hear)}", "heading"))
        print_message(letters[people[0]], blank=False)
    if not people:
        page.line("Everybody heard how it went, or was let be.")


def _closed_shape(found: ClosingPage) -> dict[str, Any]:
    need = found.need
    return {"id": need.id, "title": need.title, "outcome": need.outcome, "told": found.told, "heard": found.heard,
            "let_be": found.let_be}  # fmt: skip


@need_command.command("passed")
@click.argument("need", metavar="ID")
@who_argument()
@click.argument("to", metavar="TO")
@click.option("--on", metavar="DATE", help="The day it happened; default today.")
@as_json
@pass_session
def need_passed(session: Session, need: str, who: str, to: str, on: str | None, as_json: bool) -> None:
    """WHO passed the need on to TO, who is added when new.

    A word of a known name means its owner; 'NAME+' is somebody new in any case.
    """
    number, contact_id = number_of(need, "n", "need"), session.desk.people.find(who)
    answer(session.desk.needs.passed(number, contact_id, to, on=session.day(on, past=True)), as_json)


@need_command.command("list")
@click.option("--closed", is_flag=True, help="The needs that are over.")
@as_json
@pass_session
def need_list(session: Session, closed: bool, as_json: bool) -> None:
    """The needs with their coverage."""
    found = session.desk.needs.all(closed=closed, names=as_json)
    if as_json:
        print_json({"needs": [need_shape(view) for view in found]})
        return
    page = Page()
    if not found:
        page.line("Nothing is looked for. “planner need add TITLE” says what you need.")
    page.table([(f"#{view.need.id}", Marked(view.need.title, "name"), coverage(view)) for view in found], stretch=1)


def coverage(view: NeedView) -> str:
    """ "told 34 of 120, 60 more could have seen it, 3 answers due"."""
    return in_words(view.told, view.of, view.answers_due, view.could_have_seen)


def need_shape(view: NeedView) -> dict[str, Any]:
    """A need as JSON; `to_tell` leaves out the people who hear how it went through the ledger."""
    need, to_hear = view.need, [_who(one) | {"state": str(one.state)} for one in view.to_hear]
    return {
        "id": need.id,
        "title": need.title,
        "why": need.why,
        "by": need.by.isoformat() if need.by is not None else None,
        "who": need.who,
        "closed": need.closed_on.isoformat() if need.closed_on is not None else None,
        "told": view.told,
        "of": view.of,
        "answers_due": view.answers_due,
        "could_have_seen": view.could_have_seen,
        "posts": [{"channel": one.channel, "on": one.on.isoformat(), "text": one.text} for one in view.posts],
        "for": {"id": need.whose[0], "name": need.whose[1]} if need.whose is not None else None,
        "to_hear": to_hear,
        "to_tell": [_who(one) for one in view.to_hear if not hears_by_ledger(one)],
    }


def _who(one: Told) -> dict[str, Any]:
    return {"id": one.contact_id, "name": one.name}


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
    if view.need.who:
        page.line(f"  who would know: {view.need.who}")
    if view.need.whose is not None:
        page.line(f"  for {view.need.whose[1]}")
    page.line(f"  {coverage(view)}")
    for one in view.posts:
        page.line(f"  posted on {one.channel}, {exact_date(one.on)}")
    if view.need.closed_on is not None:
        how = f": {view.need.outcome}" if view.need.outcome else ""
        page.line(f"  closed on {exact_date(view.need.closed_on)}{how}")
        if view.to_hear:
            page.line(f"  {len(view.to_hear)} to hear how it went: planner need hear {view.need.id}")
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
    number, many = number_of(need, "n", "need"), max(0, limit)
    found = session.desk.needs.suggest(number, most=None if as_json else many)
    if as_json:
        print_json({"suggestions": [{"id": one.contact_id, "name": one.name, "why": one.why} for one in found]})
        return
    page = Page()
    shown = found[:many]
    if not found:
        page.line("Everyone knows of it who can be told")
    page.table([(f"#{one.contact_id}", Marked(one.name, "name"), one.why) for one in shown], stretch=2)
    if len(found) > len(shown):
        page.line(f"and {len(found) - len(shown)} more (--limit)")


@need_command.command("announce")
@click.argument("need", metavar="ID")
@who_argument("people", many=True, required=False)
@click.option("--template", metavar="T", help="Another template, such as “{greeting} {looking} {question}”.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="How many.")
@click.option("--sent", is_flag=True, help="They are sent: mark everyone printed as told.")
@as_json
@pass_session
def need_announce(
    session: Session, need: str, people: tuple[str, ...], template: str | None, limit: int, sent: bool, as_json: bool
) -> None:
    """The message to each of WHO, or to those suggested next; with --sent they are marked as told."""
    number = number_of(need, "n", "need")
    ids = list(dict.fromkeys(session.desk.people.find(who) for who in people))
    if not people:
        ids = [one.contact_id for one in session.desk.needs.suggest(number, most=limit)[:limit]]
    found = session.desk.drafts.drafts("announce", ids, Subject(need=number, template=template or ""))
    drafts = {key: one.text for key, one in found.items()}
    done = session.desk.needs.tell(number, ids) if sent and ids else None
    cards = [session.desk.reading.card(one, history=0).contact for one in drafts]
    mails = {card.id: card.emails[0].value if card.emails else "" for card in cards}
    if as_json:
        rows = [
            {"id": one.id, "name": one.name, "email": mails[one.id] or None, "text": drafts[one.id]} for one in cards
        ]
        answer(done or Done("Nobody was marked as told"), as_json, messages=rows, sent=sent)
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
