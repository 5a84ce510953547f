"""Commands about the network itself: introductions, who knows whom, reach and matches."""

from __future__ import annotations

from typing import Any

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, number_of, pass_session, who_argument
from planner.cli.output import Marked, Page, answer, answer_new, print_json, tell
from planner.cli.session import Session
from planner.core.introductions import Introduction, stage


@click.group("intro", cls=CommandGroup, no_args_is_help=False)
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
    first, second = session.desk.people.find(one), session.desk.people.find(other)
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
        number, contact_id = number_of(introduction, "t", "introduction"), session.desk.people.find(who)
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
@as_json
@pass_session
def intro_blurb(session: Session, introduction: str, as_json: bool) -> None:
    """The words to send to both."""
    text = session.desk.drafts.for_both(number_of(introduction, "t", "introduction")).text
    if as_json:
        print_json({"text": text})
        return
    for line in text.splitlines():
        tell(line)


@intro_command.command("list")
@click.option("--all", "everything", is_flag=True, help="Introductions that are over, too.")
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
    page.table([(f"t{one.id}", Marked(one.names, "name"), stage(one)) for one in found], stretch=1)


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
    done = session.desk.network.knows(who, other, company=company, topic=topic, relation=relation)
    answer(done, as_json)


@click.command("reach")
@click.argument("target", nargs=-1, required=True, metavar="TARGET")
@as_json
@pass_session
def reach_command(session: Session, target: tuple[str, ...], as_json: bool) -> None:
    wanted = " ".join(target)
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
                        "why": pair.why,
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
        (Marked(pair.needs.name, "name"), pair.needs.text, Marked(pair.offers.name, "name"), pair.why) for pair in found
    ]
    page.table(rows, stretch=1)
