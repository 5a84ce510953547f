"""Commands that write down what happened and what comes next: log, unlog, follow-up, capture."""

from __future__ import annotations

import click

from planner.cli import standard_input
from planner.cli.options import as_json, number_of, pass_session, who_argument
from planner.cli.output import answer, answer_new
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
        [session.desk.people.find(who) for who in people],
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
    done = session.desk.triage.follow_up([session.desk.people.find(who)], text, session.must_day(on), repeat=repeat)
    answer_new(done, as_json, "f")


@click.command("capture")
@click.argument("parts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--dry-run", is_flag=True, help="Answer as the real run would, and write nothing.")
@as_json
@pass_session
def capture_command(session: Session, parts: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Such as: Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w

    What one learns in passing fills the fields: Ana: coffee, looks for a flat in Oslo, offers piano lessons, knows
    Maude Ferrand at SNCF, new job at Nordlys, moved to Porto, birthday 12 dec, phone +33 6 12 34 56 78

    No colon is needed where a known name stands at the beginning or beside its verb: Ana coffee yesterday; ring Ida on
    friday; lent Ida the tent until 12 dec

    Who did what is not guessed: “asked for advice” is refused with both ways to write it.

    “-” reads lines from standard input, each a step of its own; when one is not clear, none is written.
    """
    if parts == ("-",):
        _capture_lines(session, dry_run, as_json)
    else:
        _capture(session, " ".join(parts), dry_run, as_json)


def _capture_lines(session: Session, dry_run: bool, as_json: bool) -> None:
    lines = standard_input.lines()
    taken = session.desk.capture.take_all(lines, standard_input.NAME, dry_run=dry_run)
    if as_json:
        shapes = [{"said": one.said, "ids": list(one.ids), "step": one.step} for one in taken]
        said = "; ".join(one.said for one in taken)
        ids = tuple(dict.fromkeys(key for one in taken for key in one.ids))
        answer(Done(said, ids, taken[-1].step), as_json, lines=shapes, written=not dry_run)
        return
    for one in taken:
        answer(one, as_json)


def _capture(session: Session, text: str, dry_run: bool, as_json: bool) -> None:
    plan = session.desk.capture.preview(text)
    done, problem = Done(""), None
    try:
        done = session.desk.capture.take(text, dry_run=dry_run)
    except PlannerError as refusal:
        problem = refusal
    if not as_json and problem is None:
        answer(done, as_json)
    elif as_json and (dry_run or problem is None):
        answer(
            done,
            as_json,
            chips=[
                {"kind": chip.kind, "text": chip.text, "problem": chip.problem, "or": chip.other or None}
                for chip in plan.chips
            ],
            problems=list(plan.problems) or ([problem.message] if problem is not None else []),
            contacts=list(plan.contact_ids),
            summary=done.said,
            written=not dry_run,
        )
    if problem is not None:
        raise problem
