"""Commands that write files for other programs: calendars, address books, tables, and everything as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TypeGuard

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, pass_session, who_argument
from planner.cli.output import OutputLostError, answer, flush
from planner.cli.session import Session
from planner.core.words.counts import what_happened
from planner.desk.done import Done
from planner.errors import Refused
from planner.export_list import remember_export
from planner.interchange.exporting import Exports
from planner.interchange.files import ExportFolder, is_folder, save
from planner.paths import named_path

output_option = click.option("-o", "--output", metavar="FILE", help="Where to. Default: standard output.")


@click.group("export", cls=CommandGroup)
def export_command() -> None:
    """Files are readable by you alone, and an older one is replaced only once the new one is complete."""


def _exports(session: Session) -> Exports:
    return Exports(session.desk.exports)


def _deliver(export: tuple[str, Iterable[bytes]], output: str | None, as_json: bool) -> None:
    """Write an export to a file, and say so, or to standard output."""
    said, parts = export
    if output is not None and output != "-":
        save(named_path(output), parts)
        _remember(output)
        answer(Done(f"{said} to {output}"), as_json, file=output)
        return
    if as_json:
        raise Refused("--json says what was written to a file, and none is named", "Name one with -o FILE")
    flush()
    stream = getattr(sys.stdout, "buffer", None)
    try:
        for part in parts:
            if stream is None:
                sys.stdout.write(part.decode())
            else:
                stream.write(part)
    except BrokenPipeError:
        raise OutputLostError from None
    except OSError as error:
        raise OutputLostError(error.strerror or "unknown reason") from None


def _remember(output: str) -> None:
    """Store where an export went, so that forgetting somebody can name it."""
    session = click.get_current_context().obj
    assert isinstance(session, Session)
    remember_export(session.paths.state, named_path(output))


def _is_folder(output: str | None) -> TypeGuard[str]:
    return output is not None and is_folder(named_path(output), output)


def _fill(what: str, files: ExportFolder, output: str, as_json: bool) -> None:
    """Write a folder with one file per entry, and say what was done there."""
    report = files.write(named_path(output))
    _remember(output)
    counts = what_happened((report.written, "written"), (report.unchanged, "unchanged"), (report.deleted, "deleted"))
    answer(Done(f"{what} in {output}: {counts or 'nobody'}"), as_json, file=output)


@export_command.command("ics")
@click.option("-o", "--output", metavar="FILE|FOLDER", help="A file, or a folder with an event a file (vdir).")
@click.option("--todo", is_flag=True, help="To-dos instead of events, but for birthdays and the like.")
@as_json
@pass_session
def ics_command(session: Session, output: str | None, todo: bool, as_json: bool) -> None:
    """All that is open, and birthdays, as a calendar: one file, or a folder of them for vdirsyncer and khal."""
    exports = _exports(session)
    if _is_folder(output):
        _fill("Calendar", exports.calendar_folder(todo=todo), output, as_json)
    else:
        _deliver(exports.calendar(todo=todo), output, as_json)


@export_command.command("vcard")
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@click.option("-o", "--output", metavar="FILE|FOLDER", help="A file, or a folder with a person a file (vdir).")
@as_json
@pass_session
def vcard_command(session: Session, query: tuple[str, ...], output: str | None, as_json: bool) -> None:
    """People as vCards, all or those a query finds: circle:work, city:lyon, last:>6m, …

    In a folder each has a file of its own, as khard and vdirsyncer have them. Files of others stay as they are.
    """
    exports = _exports(session)
    if _is_folder(output):
        _fill("People", exports.card_folder(" ".join(query)), output, as_json)
    else:
        _deliver(exports.cards(" ".join(query)), output, as_json)


@export_command.command("csv")
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@output_option
@as_json
@pass_session
def csv_command(session: Session, query: tuple[str, ...], output: str | None, as_json: bool) -> None:
    """People as a table for a spreadsheet, all or those a query finds."""
    _deliver(_exports(session).table(" ".join(query)), output, as_json)


@export_command.command("json")
@output_option
@as_json
@pass_session
def json_command(session: Session, output: str | None, as_json: bool) -> None:
    """Everything there is; "planner import" of it fills an empty planner with the same."""
    _deliver(_exports(session).everything(), output, as_json)


@export_command.command("person")
@who_argument("who", many=True)
@click.option("--format", "format_name", type=click.Choice(["markdown", "json"]), default="markdown")
@output_option
@as_json
@pass_session
def person_command(session: Session, who: tuple[str, ...], format_name: str, output: str | None, as_json: bool) -> None:
    """All that is held about one person, for them to have."""
    contact_id = session.desk.people.find(" ".join(who))
    _deliver(_exports(session).person(contact_id, format_name), output, as_json)
