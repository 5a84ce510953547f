"""Commands that clear the week: snooze, skip, pause, resume, done, move, and the backlog."""

from __future__ import annotations

import click

from planner.cli import json_shapes
from planner.cli.options import as_json, pass_session, who_argument
from planner.cli.output import Marked, Page, print_json, tell
from planner.cli.session import Named, Session
from planner.core.dates.typed import exact_date
from planner.errors import Refused


def _item_of(found: Named) -> str:
    return found.item_id or f"c{found.contact_id}"


def _called(session: Session, found: Named) -> str:
    """How a sentence names what was meant: the person, and the item where it is not their keep-in-touch."""
    name = session.name(found.contact_id)
    item = found.item_id
    return f"{item} ({name})" if item is not None and not item.startswith("c") else name


@click.command("snooze")
@click.argument("target", metavar="WHO|ITEM")
@click.argument("until", nargs=-1, required=True, metavar="DATE...")
@pass_session
def snooze_command(session: Session, target: str, until: tuple[str, ...]) -> None:
    day = session.must_day(until)
    found = session.who_or_item(target)
    session.desk.snooze([_item_of(found)], day, today=session.today)
    tell(f"Snoozed {_called(session, found)} to {exact_date(day)}")


@click.command("skip")
@who_argument("people", many=True)
@pass_session
def skip_command(session: Session, people: tuple[str, ...]) -> None:
    ids = [session.who_or_item(who).contact_id for who in people]
    session.desk.skip(ids, today=session.today)
    said = ""
    if len(ids) == 1 and (due := session.desk.why(ids[0], today=session.today).due) is not None:
        said = f", next due {exact_date(due)}"
    tell(f"Skipped {session.names(ids)}{said}")


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
@pass_session
def pause_command(
    session: Session, people: tuple[str, ...], circle: str | None, everyone: bool, until: str | None
) -> None:
    """Promises and open loops still show."""
    _whom(people, circle, everyone, "pause")
    end = session.day(until)
    ids = [session.who(who) for who in people]
    session.desk.pause(contact_ids=ids, circle=circle, everyone=everyone, until=end, today=session.today)
    whom = "everyone" if everyone else f"circle {circle}" if circle is not None else session.names(ids)
    tell(f"Paused {whom} " + (f"until {exact_date(end)}" if end is not None else "until you resume"))


@click.command("resume")
@who_argument("people", many=True, required=False)
@click.option("--circle", metavar="C", help="Everyone in a circle.")
@click.option("--all", "everyone", is_flag=True, help="The pause of everyone.")
@pass_session
def resume_command(session: Session, people: tuple[str, ...], circle: str | None, everyone: bool) -> None:
    _whom(people, circle, everyone, "resume")
    ids = [session.who(who) for who in people]
    session.desk.resume(contact_ids=ids, circle=circle, everyone=everyone, today=session.today)
    whom = "everyone" if everyone else f"circle {circle}" if circle is not None else session.names(ids)
    tell(f"Resumed {whom}")


@click.command("done")
@click.argument("target", metavar="ITEM")
@click.option("--on", metavar="DATE", help="The day it was done; default today.")
@click.option("--via", "channel", default="", metavar="CHANNEL", help="call, coffee, mail, message, meeting, …")
@click.option("--note", default="", metavar="T", help="What happened.")
@pass_session
def done_command(session: Session, target: str, on: str | None, channel: str, note: str) -> None:
    day = session.day(on, past=True)
    found = session.who_or_item(target)
    did = session.desk.done(_item_of(found), today=session.today, note=note, channel=channel, on=day)
    tell(did + (f" on {exact_date(day)}" if day is not None and exact_date(day) not in did else ""))


@click.command("move")
@click.argument("target", metavar="ITEM")
@click.argument("day", nargs=-1, required=True, metavar="DATE...")
@pass_session
def move_command(session: Session, target: str, day: tuple[str, ...]) -> None:
    on = session.must_day(day)
    found = session.who_or_item(target)
    session.desk.move([_item_of(found)], on, today=session.today)
    due = session.desk.why(item_id=_item_of(found), today=session.today).due
    # What has no date of its own keeps the day it is due, and so does a round of something that comes back.
    stays = f", due stays {exact_date(due)}" if due is not None and due != on else ""
    tell(f"Moved {_called(session, found)} to {exact_date(on)}{stays}")


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
    planned = session.desk.backlog(today=session.today)
    count = len(planned) if dry_run else session.desk.spread_backlog(today=session.today)
    if as_json:
        items = [{**json_shapes.open_item(item), "day": day.isoformat()} for item, day in planned]
        print_json({"spread": 0 if dry_run else count, "items": items})
        return
    page = Page()
    if dry_run:
        rows = [
            (exact_date(day), Marked(item.id, "dim"), Marked(item.contact_name, "name"), item.text)
            for item, day in planned
        ]
        page.table(rows, stretch=2)
    if not planned:
        page.line("Nothing is overdue")
    elif dry_run:
        page.line(f"{count} overdue; “planner backlog spread” gives them these days")
    else:
        last = max(day for _, day in planned)
        first, end = exact_date(planned[0][1]), exact_date(last)
        page.line(f"Spread {count} overdue from {first} to {end}; “planner undo” takes it back")
