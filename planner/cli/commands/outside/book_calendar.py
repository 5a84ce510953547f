"""Commands about calendars with the planner's entries, in both directions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, answer, print_json, say, tell
from planner.cli.session import Session
from planner.core.book.calendar import GoneAnswer
from planner.core.rhythm.calendar_entries import CalendarEntry
from planner.core.words.counts import counted
from planner.desk.calendar_back import CameBack
from planner.desk.done import Done
from planner.errors import Refused

SHOWN = 20


@click.group("calendar", cls=CommandGroup)
def calendar_command() -> None:
    """What was moved in the calendar is moved here, what was ticked is done, other words become a note, and what was
    deleted is asked about. Entries of others stay as they are.
    """


@calendar_command.command("add")
@click.argument("path")
@click.option("--todo", is_flag=True, help="Write what is to be done as to-dos; days of the year stay events.")
@as_json
@pass_session
def add_command(session: Session, path: str, todo: bool, as_json: bool) -> None:
    """Write the calendar to a folder, such as vdirsyncer keeps, and take in what is changed there, at each sync."""
    place = Path(path).expanduser().absolute()
    if not place.is_dir():
        raise Refused(f"There is no folder {place}", "Make it, or name another.")
    session.desk.calendar_back.add(str(place), todo=todo)
    said = f"The calendar goes to {place}"
    if as_json:
        answer(Done(said), True)
        return
    tell(said)
    say("planner: Write it with planner book calendar sync")


@calendar_command.command("list")
@as_json
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """The folders that the calendar goes to."""
    found = session.desk.calendar_back.folders()
    if as_json:
        print_json({"calendars": [{"path": one.path, "todo": one.todo} for one in found]})
        return
    for one in found:
        tell(f"{one.path}{', with to-dos' if one.todo else ''}")
    if not found:
        tell("The calendar goes to no folder: planner book calendar add DIR")


@calendar_command.command("remove")
@click.argument("path")
@as_json
@pass_session
def remove_command(session: Session, path: str, as_json: bool) -> None:
    """Leave a folder alone from now on. Its files stay."""
    place = str(Path(path).expanduser().absolute())
    session.desk.calendar_back.remove(place)
    answer(Done(f"The calendar no longer goes to {place}"), as_json)


@calendar_command.command("sync")
@click.option("--dry-run", is_flag=True, help="Answer as the real run would; nothing is kept.")
@click.option("--put-back", is_flag=True, help="Write entries again that are gone.")
@as_json
@pass_session
def sync_command(session: Session, dry_run: bool, put_back: bool, as_json: bool) -> None:
    """Take in what was changed in the calendar, as one step for undo, then write what has changed here."""
    _sync(session, None, dry_run, as_json, put_back=put_back)


@calendar_command.command("decide")
@click.argument("items", nargs=-1, metavar="[ITEM... ANSWER]")
@as_json
@pass_session
def decide_command(session: Session, items: tuple[str, ...], as_json: bool) -> None:
    """Without words: whose entries were deleted. Else what is to become of the items: “skip” leaves out this round,
    “drop” ends it, “back” writes the entry again.
    """
    if not items:
        _sync(session, None, True, as_json)
        return
    *names, word = items
    if word.casefold() not in tuple(GoneAnswer) or not names:
        raise Refused(f"“{word[:40]}” is no answer", "Write planner book calendar decide ITEM skip, drop or back")
    _sync(session, dict.fromkeys(names, GoneAnswer(word.casefold())), False, as_json)


def _sync(
    session: Session, answers: dict[str, GoneAnswer] | None, dry_run: bool, as_json: bool, *, put_back: bool = False
) -> None:
    # Late: the commands about cards need no calendar.
    from planner.interchange.book.calendar_folder import CalendarFiles

    files = CalendarFiles(session.zone)
    came = session.desk.calendar_back.sync(files, answers, put_back=put_back, dry_run=dry_run)
    _say(came, dry_run, as_json)


def _say(came: CameBack, dry_run: bool, as_json: bool) -> None:
    said = came.done.said if came.done is not None else "Nothing came back from the calendar"
    done = came.done or Done(said)
    if as_json:
        gone = [_gone(one) for one in came.gone]
        more = {"written": came.written, "troubles": list(came.troubles), "dry_run": dry_run}
        answer(done, True, lines=list(came.lines), gone=gone, **more)
        return
    tell(("Would be: " if dry_run else "") + said)
    page = Page()
    for line in came.lines[:SHOWN]:
        page.line("  ", line)
    for one in came.gone[:SHOWN]:
        page.line("  ", Marked(f"{one.name} {one.text}".strip(), "name"), ": the entry was deleted")
        page.line(Marked(f"      planner book calendar decide {one.item} skip|drop|back", "dim"))
    if len(came.gone) > SHOWN:
        page.line(Marked(f"  and {len(came.gone) - SHOWN:,} more (--json has all)", "dim"))
    if came.written:
        tell(f"Wrote {counted(came.written, 'entry', 'entries')}")
    for trouble in came.troubles:
        say(f"planner: {trouble}")


def _gone(entry: CalendarEntry) -> dict[str, Any]:
    return {"item": entry.item, "name": entry.name, "text": entry.text, "day": entry.day.isoformat()}
