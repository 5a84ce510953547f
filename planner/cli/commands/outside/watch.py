"""Commands about evidence: what is watched, reading it, and correcting what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from planner.cli import STOPPED
from planner.cli.commands.imports import stopping_gently
from planner.cli.groups import CommandGroup
from planner.cli.json_shapes import iso, person
from planner.cli.options import as_json, number_of, pass_session
from planner.cli.output import Marked, Page, Progress, answer, print_json, say, tell
from planner.cli.session import Session
from planner.core.dates.shown import exact_date
from planner.core.evidence.judgement import WhatCounts
from planner.core.evidence.owners import ME
from planner.core.evidence.strangers import Stranger
from planner.core.evidence.words import what_happened
from planner.core.words.counts import counted
from planner.desk.evidence.values import ListedSource, OpensSources, SeenLine, SourcesRead
from planner.errors import Refused

SHOWN = 20
COUNTS = click.Choice([str(one) for one in WhatCounts])


@click.group("watch", cls=CommandGroup, invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Answer as the real run would; nothing is kept.")
@click.option("--since", metavar="DATE", help="Read everything from that day on again, also what was undone.")
@as_json
@click.pass_context
def watch_command(ctx: click.Context, dry_run: bool, since: str | None, as_json: bool) -> None:
    """Reads what is new in everything that is watched, as one step for undo: who wrote, called and met you when, and
    never what they said. Nothing there is changed. me = ["me@example.org"] in config.toml says who you are.
    """
    if ctx.invoked_subcommand is None:
        session = ctx.find_object(Session)
        assert session is not None
        _read(ctx, session, dry_run, since, as_json)


def _read(ctx: click.Context, session: Session, dry_run: bool, since: str | None, as_json: bool) -> None:
    first = session.day(since, past=True)
    with stopping_gently() as asked, Progress("Reading") as progress:
        done = session.desk.evidence.run(
            _opener(session, first),
            zone=session.zone,
            now=session.now,
            since=first,
            dry_run=dry_run,
            progress=progress,
            cancelled=lambda: asked[0],
        )
    if as_json:
        _answer_json(done, written=not dry_run)
    else:
        _print(session, done, dry_run)
    if done.stopped:
        ctx.exit(STOPPED)
    if done.troubles:
        ctx.exit(1)


def _opener(session: Session, since: date | None = None) -> OpensSources:
    from planner.interchange.evidence.watched import opener  # the readers take longer to load than most commands run

    return opener(session.zone, session.now, session.config.region, since)


def _answer_json(done: SourcesRead, *, written: bool) -> None:
    answer(
        done,
        True,
        seen=[_line(one) for one in done.lines],
        troubles=list(done.troubles),
        asked=[{"kind": str(one.kind), "name": one.name, "days": one.times} for one in done.asked],
        needs_me=done.needs_me,
        may_be_me=list(done.may_be_me),
        written=written,
    )


def _line(one: SeenLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "contact": person(one.contact_id, one.name),
        "on": iso(one.on),
        "channel": one.channel,
        "direction": str(one.direction),
        "outcome": str(one.outcome),
        "waits": one.waits,
        "source": one.source,
    }


def _print(session: Session, done: SourcesRead, dry_run: bool) -> None:
    tell(("Would be: " if dry_run and done.lines else "") + done.said)
    _print_lines(done.lines)
    for trouble in done.troubles:
        say(f"planner: {trouble}")
    if done.needs_me:
        mine = (*session.config.me, *done.may_be_me)
        names = ", ".join(f'"{one}"' for one in mine) or '"me@example.org", "+47 900 11 222", "My Name"'
        say(f"planner: Who are you? Write into {session.paths.config} what is true of it: me = [{names}]")
    if done.asked:
        first = f"Whose is {done.asked[0].name}?"
        rest = f" (and {counted(len(done.asked) - 1, 'more name')})" if len(done.asked) > 1 else ""
        say(f"planner: {first}{rest} See planner watch names")


def _print_lines(lines: Sequence[SeenLine]) -> None:
    page = Page()
    page.table(
        [
            (
                Marked(one.name, "name"),
                exact_date(one.on),
                what_happened(one.channel, one.direction, one.outcome) + (", to answer" if one.waits else ""),
                Marked(f"{one.channel}, {one.source}", "dim"),
            )
            for one in lines[:SHOWN]
        ]
    )
    if len(lines) > SHOWN:
        page.line(Marked(f"  and {len(lines) - SHOWN:,} more (--json has all)", "dim"))


@watch_command.command("add")
@click.argument("path")
@click.option("--kind", metavar="K", help="What it is; found out by looking if not said.")
@click.option("--counts", type=COUNTS, default="answered", help="What counts as contact there.")
@click.option("--all-day", is_flag=True, help="Events of whole days count.")
@click.option("--free", is_flag=True, help="Events that do not block time count.")
@as_json
@pass_session
def add_command(
    session: Session, path: str, kind: str | None, counts: str, all_day: bool, free: bool, as_json: bool
) -> None:
    """Watch a mailbox (Maildir, MH, mbox), a calendar (.ics or a folder of them), a call log, a chat export, or a
    folder in which any of these appear. It is only read, never written or locked.
    """
    from planner.interchange.evidence.reading import kind_named, recognised  # as in _read

    place = Path(path).expanduser().absolute()
    found = kind_named(kind).name if kind else recognised(place)
    done = session.desk.evidence.add(str(place), found, counts=counts, all_day=all_day, free=free)
    answer(done, as_json)
    if not as_json:
        say("planner: Read it with planner watch")


@watch_command.command("list")
@as_json
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """What is watched: its number, its kind, what counts there, and how many interactions rest on it."""
    found = session.desk.evidence.listed()
    if as_json:
        print_json({"sources": [_source(one) for one in found]})
        return
    page = Page()
    if not found:
        page.line("Nothing is watched: planner watch add PATH")
    rows = [
        (
            str(one.source.id),
            Marked(one.source.path, "name"),
            one.source.kind,
            f"counts {one.source.counts}",
            Marked(counted(one.interactions, "interaction"), "dim"),
        )
        for one in found
    ]
    page.table(rows, right=(0,), stretch=1)


def _source(one: ListedSource) -> dict[str, Any]:
    source = one.source
    return {
        "id": source.id,
        "path": source.path,
        "kind": source.kind,
        "counts": str(source.counts),
        "all_day": source.all_day,
        "free": source.free,
        "added_on": iso(source.added_on),
        "interactions": one.interactions,
    }


@watch_command.command("remove")
@click.argument("source", metavar="PATH_OR_NUMBER")
@as_json
@pass_session
def remove_command(session: Session, source: str, as_json: bool) -> None:
    """Read a source no more. What was seen there stays."""
    answer(session.desk.evidence.remove(_numbered(session, source)), as_json)


@watch_command.command("people")
@as_json
@pass_session
def people_command(session: Session, as_json: bool) -> None:
    """People who are no contacts and could be: messages went both ways, on two days or more; best first. Nobody is
    added by this: add somebody with “planner add”, and the next “planner watch” brings what was seen.
    """
    with stopping_gently() as asked, Progress("Reading") as progress:
        found = session.desk.evidence.people(
            _opener(session), zone=session.zone, now=session.now, progress=progress, cancelled=lambda: asked[0]
        )
    if as_json:
        print_json({"people": [_stranger(one) for one in found]})
        return
    page = Page()
    if not found:
        page.line("Nobody new: no one else wrote to you and heard from you, on two days or more")
    page.table(
        [
            (
                Marked(one.handle.name or one.handle.value, "name"),
                one.handle.value if one.handle.name else "",
                f"they {counted(one.theirs, 'day')}, you {counted(one.mine, 'day')}",
                Marked(f"last {exact_date(one.last)}", "dim"),
            )
            for one in found[:SHOWN]
        ]
    )
    if len(found) > SHOWN:
        page.line(Marked(f"  and {len(found) - SHOWN:,} more (--json has all)", "dim"))


def _stranger(one: Stranger) -> dict[str, Any]:
    return {
        "kind": str(one.handle.kind),
        "handle": one.handle.value,
        "name": one.handle.name,
        "theirs": one.theirs,
        "mine": one.mine,
        "last": iso(one.last),
    }


@watch_command.command("count")
@click.argument("what", type=COUNTS)
@click.option("--who", metavar="WHO", help="With this person alone.")
@click.option("--in", "source", metavar="PATH_OR_NUMBER", help="In this source alone.")
@as_json
@pass_session
def count_command(session: Session, what: str, who: str | None, source: str | None, as_json: bool) -> None:
    """Say what counts as contact: any (my message alone), answered (my message once they answered), theirs (their
    messages alone) or off (nothing). With a person, in a source, or both.
    """
    contact_id = session.desk.people.find(who) if who is not None else None
    source_id = _numbered(session, source) if source is not None else None
    answer(session.desk.evidence.count(what, contact_id=contact_id, source_id=source_id), as_json)


@watch_command.command("not")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@as_json
@pass_session
def not_command(session: Session, ids: tuple[str, ...], as_json: bool) -> None:
    """Say of interactions that were seen that they were none; they never come back. ID is as in “planner show”."""
    answer(session.desk.evidence.not_this([number_of(one, "i", "n interaction") for one in ids]), as_json)


@watch_command.command("names")
@as_json
@pass_session
def names_command(session: Session, as_json: bool) -> None:
    """Names in chats that are no contact's, and addresses of several people: nothing of theirs counts so far."""
    found = session.desk.evidence.asked()
    if as_json:
        print_json({"asked": [{"kind": str(one.kind), "name": one.name, "days": one.times} for one in found]})
        return
    page = Page()
    if not found:
        page.line("No name is waiting for an answer")
    page.table([(Marked(one.name, "name"), Marked(counted(one.times, "day"), "dim")) for one in found])


@watch_command.command("whose")
@click.argument("name")
@click.argument("owner", metavar="WHO|me|nobody")
@as_json
@pass_session
def whose_command(session: Session, name: str, owner: str, as_json: bool) -> None:
    """Say whose a name or an address of a source is: a person's, yours, or nobody's. It is remembered."""
    whom = {"me": ME, "nobody": None}[owner] if owner in ("me", "nobody") else session.desk.people.find(owner)
    answer(session.desk.evidence.whose(name, whom), as_json)


def _numbered(session: Session, text: str) -> int:
    """The id of a source given by its number or its path."""
    found = session.desk.evidence.listed()
    place = str(Path(text).expanduser().absolute())
    for one in found:
        if text == str(one.source.id) or place == one.source.path:
            return one.source.id
    raise Refused(f"“{text[:60]}” is not watched", "See “planner watch list”")
