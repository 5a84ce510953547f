"""Commands that clear the week: snooze, skip, pause, resume, done, move, and the backlog."""

from __future__ import annotations

import click

from planner.cli import json_shapes
from planner.cli.options import as_json, pass_session, who_argument
from planner.cli.output import Marked, Page, answer
from planner.cli.session import Named, Session
from planner.core.dates.typed import exact_date
from planner.desk.done import Done
from planner.errors import Refused


def _item_of(found: Named) -> str:
    return found.item_id or f"c{found.contact_id}"


@click.command("snooze")
@click.argument("target", metavar="WHO|ITEM")
@click.argument("until", nargs=-1, required=True, metavar="DATE...")
@as_json
@pass_session
def snooze_command(session: Session, target: str, until: tuple[str, ...], as_json: bool) -> None:
    day = session.must_day(until)
    answer(session.desk.triage.snooze([_item_of(session.who_or_item(target))], day), as_json)


@click.command("skip")
@who_argument("people", many=True)
@as_json
@pass_session
def skip_command(session: Session, people: tuple[str, ...], as_json: bool) -> None:
    answer(session.desk.triage.skip([session.who_or_item(who).contact_id for who in people]), as_json)


def _whom(people: tuple[str, ...], circle: str | None, everyone: bool, verb: str) -> None:
    """Refuse anything but one of WHO, --circle and --all."""
    if bool(people) + (circle is not None) + everyone != 1:
        raise Refused(
            f"Say whom to {verb}" if not people else f"Say only one way whom to {verb}",
            f"Try: planner {verb} 'Ana Silva', --circle work or --all",
        )


@click.command("pause")
@who_argument("people", many=True, required=False)
@click.option("--circle", metavar="C", help="Everyone in a circle.")
@click.option("--all", "everyone", is_flag=True, help="Everyone: holidays.")
@click.option("--until", metavar="DATE", help="The day it ends; without it, until “planner resume”.")
@as_json
@pass_session
def pause_command(
    session: Session, people: tuple[str, ...], circle: str | None, everyone: bool, until: str | None, as_json: bool
) -> None:
    """Promises and open loops still show."""
    _whom(people, circle, everyone, "pause")
    ids = [session.who(who) for who in people]
    answer(session.desk.triage.pause(ids, circle=circle, everyone=everyone, until=session.day(until)), as_json)


@click.command("resume")
@who_argument("people", many=True, required=False)
@click.option("--circle", metavar="C", help="Everyone in a circle.")
@click.option("--all", "everyone", is_flag=True, help="The pause of everyone.")
@as_json
@pass_session
def resume_command(
    session: Session, people: tuple[str, ...], circle: str | None, everyone: bool, as_json: bool
) -> None:
    _whom(people, circle, everyone, "resume")
    ids = [session.who(who) for who in people]
    answer(session.desk.triage.resume(ids, circle=circle, everyone=everyone), as_json)


@click.command("done")
@click.argument("target", metavar="ITEM")
@click.option(
    "--outcome",
    default="reached",
    metavar="reached|attempt|dropped",
    help="attempt: no answer; dropped: what was planned comes to nothing. Default reached.",
)
@click.option("--on", metavar="DATE", help="The day it was done; default today.")
@click.option("--via", "channel", default="", metavar="CHANNEL", help="call, coffee, mail, message, meeting, …")
@click.option("--note", default="", metavar="T", help="What happened.")
@as_json
@pass_session
def done_command(
    session: Session, target: str, outcome: str, on: str | None, channel: str, note: str, as_json: bool
) -> None:
    day = session.day(on, past=True)
    item = _item_of(session.who_or_item(target))
    answer(session.desk.triage.done([item], outcome=outcome, on=day, channel=channel, note=note), as_json)


@click.command("move")
@click.argument("target", metavar="ITEM")
@click.argument("day", nargs=-1, required=True, metavar="DATE...")
@as_json
@pass_session
def move_command(session: Session, target: str, day: tuple[str, ...], as_json: bool) -> None:
    on = session.must_day(day)
    answer(session.desk.triage.move([_item_of(session.who_or_item(target))], on), as_json)


@click.group("backlog", invoke_without_command=True)
@as_json
@click.pass_context
def backlog_command(ctx: click.Context, as_json: bool) -> None:
    if ctx.invoked_subcommand is None:
        ctx.invoke(spread, dry_run=True, as_json=as_json)


@backlog_command.command("spread")
@click.option("--dry-run", is_flag=True, help="Only show the days.")
@as_json
@pass_session
def spread(session: Session, dry_run: bool, as_json: bool) -> None:
    """Give everyone overdue a day, evenly over their coming interval; one step for undo."""
    planned = session.desk.triage.backlog()
    done = Done("Nothing is overdue") if dry_run else session.desk.triage.spread_backlog()
    if as_json:
        items = [{**json_shapes.open_item(item), "day": day.isoformat()} for item, day in planned]
        answer(done, as_json, spread=len(done.ids), items=items)
        return
    page = Page()
    if dry_run and planned:
        rows = [
            (exact_date(day), Marked(item.id, "dim"), Marked(item.contact_name, "name"), item.text)
            for item, day in planned
        ]
        page.table(rows, stretch=2)
        page.line(f"{len(planned)} overdue; “planner backlog spread” gives them these days")
    else:
        page.line(done.said + ("; “planner undo” takes it back" if done.ids else ""))
