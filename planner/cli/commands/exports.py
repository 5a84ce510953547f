"""Commands that give everything to other programs: calendars, address books, tables, and all of it as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from planner.cli.options import pass_session, who_argument, words
from planner.cli.output import OutputLostError, flush, tell
from planner.cli.session import Session
from planner.interchange.exporting import Exports
from planner.interchange.files import is_folder, save

output_option = click.option("-o", "--output", metavar="FILE", help="Where to. Default: standard output.")


@click.group("export")
def export_command() -> None:
    """Files are readable by you alone, and an older one is replaced only once the new one is complete."""


def _exports(session: Session) -> Exports:
    return Exports(session.desk.exports)


def _deliver(parts: Iterable[bytes], output: str | None, said: str) -> None:
    """Write to a file, and say so, or to standard output."""
    if output is not None and output != "-":
        save(Path(output).expanduser(), parts)
        tell(f"{said} to {output}")
        return
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


@export_command.command("ics")
@click.option("-o", "--output", metavar="FILE|FOLDER", help="A file, or a folder with an event a file (vdir).")
@click.option("--todo", is_flag=True, help="To-dos instead of events, but for birthdays and the like.")
@pass_session
def ics_command(session: Session, output: str | None, todo: bool) -> None:
    """All that is open, and birthdays, as a calendar: one file, or a folder of them for vdirsyncer and khal."""
    exports = _exports(session)
    if output is not None and is_folder(Path(output).expanduser(), output):
        report = exports.calendar_folder(Path(output).expanduser(), todo=todo)
        counts = f"{report.written} written, {report.unchanged} unchanged, {report.deleted} deleted"
        tell(f"Calendar in {output}: {counts}")
        return
    _deliver(*_first(exports.calendar(todo=todo), output))


@export_command.command("vcard")
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@output_option
@pass_session
def vcard_command(session: Session, query: tuple[str, ...], output: str | None) -> None:
    """People as vCards, all or those a query finds: circle:work, city:lyon, last:>6m, …"""
    _deliver(*_first(_exports(session).cards(words(query)), output))


@export_command.command("csv")
@click.argument("query", nargs=-1, metavar="[QUERY...]")
@output_option
@pass_session
def csv_command(session: Session, query: tuple[str, ...], output: str | None) -> None:
    """People as a table for a spreadsheet, all or those a query finds."""
    _deliver(*_first(_exports(session).table(words(query)), output))


@export_command.command("json")
@output_option
@pass_session
def json_command(session: Session, output: str | None) -> None:
    """Everything there is; "planner import" of it fills an empty planner with the same."""
    _deliver(*_first(_exports(session).everything(), output))


@export_command.command("person")
@who_argument("who", many=True)
@click.option("--format", "format_name", type=click.Choice(["markdown", "json"]), default="markdown")
@output_option
@pass_session
def person_command(session: Session, who: tuple[str, ...], format_name: str, output: str | None) -> None:
    """All that is held about one person, for them to have."""
    contact_id = session.who(words(who))
    _deliver(*_first(_exports(session).person(contact_id, format_name), output))


def _first(export: tuple[str, Iterable[bytes]], output: str | None) -> tuple[Iterable[bytes], str | None, str]:
    said, parts = export
    return parts, output, said
