"""Commands about lines written elsewhere: taking them in, and the waiting ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, number_of, pass_session
from planner.cli.output import Marked, Page, answer, print_json, say
from planner.cli.session import Session
from planner.core.dates.shown import exact_date
from planner.core.inbox import WaitingLine
from planner.core.words.counts import counted
from planner.desk.done import Done
from planner.errors import Refused
from planner.inbox_folder import read_inbox, take_in


@click.group("inbox", cls=CommandGroup, invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Answer as the real run would; nothing is written or moved.")
@as_json
@click.pass_context
def inbox_command(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """The folder is named by inbox in config.toml, such as inbox = "~/Sync/planner-inbox". Each line of the texts in it
    is a capture line, as on the day its file was written. A file that was read goes into the folder done beside it.
    """
    if ctx.invoked_subcommand is None:
        session = ctx.find_object(Session)
        assert session is not None
        _take_in(session, dry_run, as_json)


def _take_in(session: Session, dry_run: bool, as_json: bool) -> None:
    folder = session.config.inbox
    if folder is None:
        raise Refused("No folder is the inbox", f'Write inbox = "~/Sync/planner-inbox" into {session.paths.config}')
    found = read_inbox(folder, datetime.now(UTC), session.settings.day_starts_at)
    troubles = [*found.waiting, *found.growing]
    if dry_run:
        done, waiting = session.desk.inbox.tried(found.texts)
    else:
        fresh: list[int] = []
        troubles += take_in(found, folder, lambda text: fresh.extend(session.desk.inbox.keep(text)))
        done = session.desk.inbox.take(fresh) if fresh else Done("")
        waiting = session.desk.inbox.waiting()
    if as_json:
        answer(done, as_json, waiting=list(map(_shape, waiting)), troubles=troubles, written=not dry_run)
        return
    page = Page()
    page.line(done.said or "Nothing was taken")
    if waiting:
        page.line(f"{counted(len(waiting), 'line')} to read: planner inbox list")
    for trouble in troubles:
        say(f"planner: {trouble}")


@inbox_command.command("list")
@as_json
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """The lines that wait, with the day each was written and what is not clear in it."""
    waiting = session.desk.inbox.waiting()
    if as_json:
        print_json({"waiting": list(map(_shape, waiting))})
        return
    page = Page()
    if not waiting:
        page.line("No line waits")
    for line in waiting:
        page.line(Marked(str(line.id), "accent"), "  ", exact_date(line.on), "  ", line.text)
        if line.problem:
            page.line("    ", Marked(line.problem, "dim"))


@inbox_command.command("take")
@click.argument("line", metavar="ID")
@click.argument("parts", nargs=-1, metavar="[TEXT...]")
@as_json
@pass_session
def take_command(session: Session, line: str, parts: tuple[str, ...], as_json: bool) -> None:
    """Capture a line that waits; with TEXT in these words, as on the day the line was written."""
    key = number_of(line, "", "line of the inbox")
    text = " ".join(parts) or next((one.text for one in session.desk.inbox.waiting() if one.id == key), "")
    answer(session.desk.inbox.settle(key, text), as_json)


@inbox_command.command("drop")
@click.argument("lines", nargs=-1, required=True, metavar="ID...")
@as_json
@pass_session
def drop_command(session: Session, lines: tuple[str, ...], as_json: bool) -> None:
    """Throw away lines that wait; undo brings them back."""
    answer(session.desk.inbox.drop([number_of(one, "", "line of the inbox") for one in lines]), as_json)


def _shape(line: WaitingLine) -> dict[str, Any]:
    return {
        "id": line.id, "text": line.text, "on": line.on.isoformat(), "source": line.source, "problem": line.problem,
    }  # fmt: skip
