"""Commands that clear the week: snooze, skip, pause, resume, done, move, and the backlog."""

from __future__ import annotations

from datetime import date

import click

from planner.cli import json_shapes
from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, pass_session, who_argument
from planner.cli.output import Marked, Page, answer
from planner.cli.session import Named, Session
from planner.core.dates.shown import exact_date
from planner.core.evidence.replies import Said
from planner.core.words.triage import ending_in_day
from planner.desk.done import Done
from planner.errors import Refused


def _item_of(found: Named) -> str:
    return found.item_id or f"c{found.contact_id}"


@click.command("snooze")
@click.argument("words", nargs=-1, required=True, metavar="WHO|ITEM... DATE")
@as_json
@pass_session
def snooze_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Several are one step, and one refusal refuses all. The last words are the day: 2w, next fri, 12 dec."""
    targets, day = _targets_and_day(session, words, "snooze")
    answer(session.desk.triage.snooze(targets, day), as_json)


def _targets_and_day(session: Session, words: tuple[str, ...], verb: str) -> tuple[list[str], date]:
    """(the given items, each once, the day after them)."""
    advice = f"Try: planner {verb} 'Ana Silva' c5 2w"
    if len(words) < 2:
        raise Refused("A day is missing" if words else "Nobody was named", advice)
    targets, day = ending_in_day(list(words), session.must_day)
    return list(dict.fromkeys(_item_of(session.who_or_item(target)) for target in targets)), day


@click.command("skip")
@click.argument("targets", nargs=-1, required=True, metavar="WHO|ITEM...")
@as_json
@pass_session
def skip_command(session: Session, targets: tuple[str, ...], as_json: bool) -> None:
    """A rhythm is next due today + ideal, a recurring follow-up on its next day. Nothing counts as done."""
    answer(session.desk.triage.skip([_item_of(session.who_or_item(target)) for target in targets]), as_json)


@click.command("end")
@click.argument("targets", nargs=-1, required=True, metavar="ITEM...")
@as_json
@pass_session
def end_command(session: Session, targets: tuple[str, ...], as_json: bool) -> None:
    """For a follow-up, f3: what was done of it stays in the history."""
    answer(session.desk.triage.end([_item_of(session.who_or_item(target)) for target in targets]), as_json)


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
    ids = [session.desk.people.find(who) for who in people]
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
    ids = [session.desk.people.find(who) for who in people]
    answer(session.desk.triage.resume(ids, circle=circle, everyone=everyone), as_json)


@click.command("done")
@click.argument("target", metavar="ITEM")
@click.option(
    "--outcome",
    default="reached",
    metavar="reached|attempt|dropped|helped|passed|cannot|unrelated",
    help="attempt: no answer; dropped: what was planned comes to nothing. Of somebody who wrote after you asked or told"
    " them: helped, passed (--to), cannot, or unrelated, for a letter that was not about it. Default reached.",
)
@click.option("--to", metavar="WHO", default="", help="With passed: to whom, a full name, new or known, or #ID.")
@click.option("--on", metavar="DATE", help="The day it was done; default today.")
@click.option("--via", "channel", default="", metavar="CHANNEL", help="call, coffee, mail, message, meeting, …")
@click.option("--note", default="", metavar="T", help="What happened.")
@as_json
@pass_session
def done_command(
    session: Session, target: str, outcome: str, to: str, on: str | None, channel: str, note: str, as_json: bool
) -> None:
    day = session.day(on, past=True)
    item = _item_of(session.who_or_item(target))
    if outcome in list(Said):
        if on or channel or note:
            raise Refused("Their letter has its day and its way already", "Leave out --on, --via and --note")
        answer(session.desk.replies.said(item, outcome, to=to), as_json)
        return
    if to:
        raise Refused("--to says to whom something was passed on", "Say --outcome passed, too")
    answer(session.desk.triage.done([item], outcome=outcome, on=day, channel=channel, note=note), as_json)


@click.command("move")
@click.argument("words", nargs=-1, required=True, metavar="ITEM... DATE")
@as_json
@pass_session
def move_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """The last words are the day: tomorrow, next fri, 12 dec."""
    targets, day = _targets_and_day(session, words, "move")
    answer(session.desk.triage.move(targets, day), as_json)


@click.group("backlog", cls=CommandGroup, invoke_without_command=True)
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
