"""Commands that write down what happened and what comes next: log, unlog, follow-up, capture."""

from __future__ import annotations

import click

from planner.cli.options import as_json, number_of, pass_session, who_argument, words
from planner.cli.output import Page, print_json, say, tell
from planner.cli.session import Session
from planner.core.dates.typed import exact_date
from planner.errors import Refused


def print_id(number: int, json: bool, **more: str) -> None:
    """A new id: alone on its line for a script, or as JSON."""
    if json:
        print_json({"id": number, **more})
    else:
        tell(str(number))


_LOGGED = {"reached": "Logged", "attempt": "Logged a try, no answer:", "planned": "Planned"}


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
    outcome = outcome.strip().casefold()
    day = session.day(on, past=outcome != "planned")
    following = session.day(next_on)
    ids = list(dict.fromkeys(session.who(who) for who in people))
    number = session.desk.log(
        ids,
        today=session.today,
        on=day,
        channel=channel,
        outcome=outcome,
        direction=direction,
        note=note,
        next_on=following,
    )
    print_id(number, as_json)
    via = f"{channel} with " if channel.strip() else ""
    then = f", next on {exact_date(following)}" if following is not None else ""
    when = exact_date(day or session.today)
    say(f"{_LOGGED[outcome]} {via}{session.names(ids)} on {when} (i{number}){then}")


@click.command("unlog")
@click.argument("number", metavar="ID")
@pass_session
def unlog_command(session: Session, number: str) -> None:
    found = number_of(number, "i", "logged interaction")
    session.desk.unlog(found, today=session.today)
    tell(f"Deleted what was logged as i{found}")


@click.command("follow-up")
@who_argument()
@click.argument("text")
@click.option("--on", metavar="DATE", required=True, help="The day it is due.")
@click.option("--repeat", default="", metavar="REPEAT", help="+1m fixed, ++1w never past, .+3m from done, RRULE:…")
@as_json
@pass_session
def follow_up_command(session: Session, who: str, text: str, on: str, repeat: str, as_json: bool) -> None:
    contact_id = session.who(who)
    day = session.must_day(on)
    number = session.desk.follow_up(contact_id, text, day, repeat=repeat, today=session.today)
    print_id(number, as_json, item=f"f{number}")
    again = f", then {repeat.strip()}" if repeat.strip() else ""
    say(f"Follow-up f{number} with {session.name(contact_id)} on {exact_date(day)}{again}")


@click.command("capture")
@click.argument("parts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--dry-run", is_flag=True, help="Only show how the line is understood.")
@as_json
@pass_session
def capture_command(session: Session, parts: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Such as: Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w"""
    text = words(parts)
    plan = session.desk.capture_preview(text, today=session.today)
    unclear = bool(plan.problems) or any(chip.problem for chip in plan.chips)
    summary = "" if dry_run else session.desk.capture(text, today=session.today)
    if as_json:
        print_json(
            {
                "chips": [{"kind": chip.kind, "text": chip.text, "problem": chip.problem} for chip in plan.chips],
                "problems": list(plan.problems),
                "contacts": list(plan.contact_ids),
                "summary": summary,
                "written": not dry_run,
            }
        )
    elif dry_run:
        page = Page()
        page.table([("?" if chip.problem else "", chip.kind, chip.text) for chip in plan.chips], stretch=2)
    else:
        tell(summary)
    if dry_run and unclear:
        raise Refused("; ".join(plan.problems) or "Not all of the line is clear", "Nothing would be written")
