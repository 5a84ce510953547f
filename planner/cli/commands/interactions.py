"""Commands that write down what happened and what comes next: log, unlog, follow-up, capture."""

from __future__ import annotations

import click

from planner.cli.options import as_json, number_of, pass_session, who_argument, words
from planner.cli.output import Page, answer, answer_new
from planner.cli.session import Session
from planner.desk.done import Done
from planner.errors import PlannerError


@click.command("log")
@who_argument("people", many=True)
@click.option("--on", metavar="DATE", help="The day; default today.")
@click.option("--via", "channel", default="", metavar="CHANNEL", help="call, coffee, mail, …")
@click.option(
    "--outcome",
    default="reached",
    metavar="reached|attempt|planned",
    help="attempt: no answer; planned: it is to come. Default reached.",
)
@click.option("--direction", default="me", metavar="me|them|both", help="Who reached out. Default me.")
@click.option("--note", default="", metavar="T", help="What was said.")
@click.option("--next", "next_on", metavar="DATE", help="The day of the next time, if one is agreed.")
@as_json
@pass_session
def log_command(
    session: Session,
    people: tuple[str, ...],
    on: str | None,
    channel: str,
    outcome: str,
    direction: str,
    note: str,
    next_on: str | None,
    as_json: bool,
) -> None:
    day = session.day(on, past=outcome.strip().casefold() != "planned")
    done = session.desk.interactions.log(
        [session.who(who) for who in people],
        on=day,
        channel=channel,
        outcome=outcome,
        direction=direction,
        note=note,
        next_on=session.day(next_on),
    )
    answer_new(done, as_json, "i")


@click.command("unlog")
@click.argument("number", metavar="ID")
@as_json
@pass_session
def unlog_command(session: Session, number: str, as_json: bool) -> None:
    answer(session.desk.interactions.unlog([number_of(number, "i", "logged interaction")]), as_json)


@click.command("follow-up")
@who_argument()
@click.argument("text")
@click.option("--on", metavar="DATE", required=True, help="The day it is due.")
@click.option("--repeat", default="", metavar="REPEAT", help="+1m fixed, ++1w never past, .+3m from done, RRULE:…")
@as_json
@pass_session
def follow_up_command(session: Session, who: str, text: str, on: str, repeat: str, as_json: bool) -> None:
    done = session.desk.triage.follow_up([session.who(who)], text, session.must_day(on), repeat=repeat)
    answer_new(done, as_json, "f")


@click.command("capture")
@click.argument("parts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--dry-run", is_flag=True, help="Show how the line is understood, and write nothing.")
@as_json
@pass_session
def capture_command(session: Session, parts: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Such as: Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w"""
    text = words(parts)
    plan = session.desk.capture.preview(text)
    done, problem = Done(""), None
    try:
        done = session.desk.capture.take(text, dry_run=dry_run)
    except PlannerError as refusal:
        if not dry_run:
            raise
        problem = refusal
    if as_json:
        answer(
            done,
            as_json,
            chips=[{"kind": chip.kind, "text": chip.text, "problem": chip.problem} for chip in plan.chips],
            problems=list(plan.problems),
            contacts=list(plan.contact_ids),
            summary=done.said,
            written=not dry_run,
        )
    elif dry_run:
        page = Page()
        page.table([("?" if chip.problem else "", chip.kind, chip.text) for chip in plan.chips], stretch=2)
    else:
        answer(done, as_json)
    if problem is not None:
        raise problem
