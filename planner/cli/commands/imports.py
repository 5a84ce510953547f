"""Commands for what other programs write and read: import, and address completion."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from planner.cli import STOPPED, json_shapes
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, Progress, answer, one_line, print_json, say, tell, write
from planner.cli.session import Session
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.model import ImportReport
    from planner.desk.imports import Imported

DONE_IN_PART = 1
SHOWN = 20
QUERY_ROWS = 50


@contextmanager
def _stopping_gently() -> Iterator[list[bool]]:
    """While it lasts, the first Ctrl-C only asks to stop, so that nothing is left half done."""
    import signal

    asked = [False]

    def ask(number: int, frame: FrameType | None) -> None:
        if asked[0]:
            raise KeyboardInterrupt
        asked[0] = True

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not the main thread, where no signal arrives
        yield asked
        return
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


class FormatOption(click.Option):
    """Names the formats in its help: they are loaded only when somebody asks for it."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from planner.interchange.registry import formats  # every reader comes with it

        self.help = f"Default: found out by looking. Else {', '.join(one.name for one in formats())}."
        return super().get_help_record(ctx)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_name", cls=FormatOption, default="auto", metavar="F")
@click.option("--map", "mapping", metavar="COLUMN=FIELD", multiple=True, help="What a column of a table means.")
@click.option("--circle", metavar="C", help="Put everyone into this circle.")
@click.option("--cadence", metavar="SPEC", help="How often to be in touch with everyone who is new.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@as_json
@pass_session
@click.pass_context
def import_command(
    ctx: click.Context,
    session: Session,
    files: tuple[str, ...],
    format_name: str,
    mapping: tuple[str, ...],
    circle: str | None,
    cadence: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """One step for undo. What cannot be read is named with file and line, and the exit code is 1.

    A table in which no column is called a name is refused: what its columns seem to hold is a guess, which
    is never taken without being said. The refusal writes it out as --map, ready to be copied.
    """
    # Late: the readers cost more to load than most commands take.
    from planner.desk.imports import Imported
    from planner.interchange import reading
    from planner.interchange.json import own

    paths = [Path(file) for file in files]
    if any(map(own.is_own, paths)):
        if len(paths) > 1 or circle is not None or cadence is not None or mapping:
            raise Refused("A whole planner is read alone and as it is", "Name one file and no wishes for it.")
        with _stopping_gently() as asked, Progress("Reading") as progress:
            whole = own.take_in(
                session.desk.exports,
                paths[0],
                dry_run=dry_run,
                progress=progress,
                cancelled=lambda: asked[0],
            )
        step = session.desk.keeping.last_step() if whole.added and not dry_run else None
        done = Imported("Import of a whole planner", (), step.id if step is not None else None, report=whole)
        _end(ctx, done, dry_run=dry_run, as_json=as_json)
        return
    matched = _matched_columns(mapping)
    with _stopping_gently() as asked, Progress("Reading") as progress:
        done = session.desk.imports.run(
            reading.read(paths, format_name, matched),
            expected=reading.count_hint(paths, format_name, matched),
            circle=circle,
            cadence=cadence,
            dry_run=dry_run,
            progress=progress,
            cancelled=lambda: asked[0],
        )
    _end(ctx, done, dry_run=dry_run, as_json=as_json)


def _end(ctx: click.Context, done: Imported, *, dry_run: bool, as_json: bool) -> None:
    """Say what an import did, and end with the code that says it."""

    report = done.report
    if as_json:
        answer(done, as_json, **json_shapes.import_report(report))
    elif report.stopped:
        say("planner: Stopped; nothing was kept.")
    else:
        _print_report(report, dry_run)
    if report.stopped:
        ctx.exit(STOPPED)
    if report.rejected:
        ctx.exit(DONE_IN_PART)


def _matched_columns(given: tuple[str, ...]) -> dict[str, str] | None:
    """From `Column=field` texts to a mapping; None when there are none."""
    matched: dict[str, str] = {}
    for text in given:
        column, sign, field = text.rpartition("=")
        if not sign or not column.strip():
            raise Refused(f"“{one_line(text)}” does not match a column", 'Write --map "Column=field".')
        matched[column] = field
    return matched or None


def _print_report(report: ImportReport, dry_run: bool) -> None:
    counts = [(report.added, "added"), (report.merged, "merged"), (report.unchanged, "unchanged")]
    rarer = [
        (report.skipped, "skipped"),
        (report.ambiguous, "of the added to review"),
        (len(report.rejected), "rejected"),
    ]
    counts += [(number, word) for number, word in rarer if number]
    tell(("Would be: " if dry_run else "") + ", ".join(f"{number:,} {word}" for number, word in counts))
    page = Page()
    if dry_run and report.examples:
        page.table([(Marked(name, "name"),) for name in report.examples[:SHOWN]])
        more = report.added - len(report.examples[:SHOWN])
        if report.examples and more > 0:
            page.line(Marked(f"  and {more:,} more", "dim"))
    for remark in report.remarks[:SHOWN]:
        say(remark)
    if len(report.remarks) > SHOWN:
        say(f"and {len(report.remarks) - SHOWN} more remarks (--json has all)")
    for one in report.rejected[:SHOWN]:
        say(f"{one.file}:{one.line}: {one.reason}")
    if len(report.rejected) > SHOWN:
        say(f"and {len(report.rejected) - SHOWN} more rejected (--json has all)")


@click.command("query")
@click.argument("term", nargs=-1, metavar="TERM...")
@click.option("--no-header", is_flag=True, help="Without the first line, for aerc.")
@as_json
@pass_session
def query_command(session: Session, term: tuple[str, ...], no_header: bool, as_json: bool) -> None:
    """Prints a line for each: e-mail TAB name TAB note."""
    found = session.desk.reading.query(" ".join(term), limit=QUERY_ROWS)
    if as_json:
        print_json({"addresses": [dict(zip(("email", "name", "note"), row, strict=True)) for row in found]})
        return
    count = len(found)
    total = session.desk.reading.query_count(" ".join(term)) if count == QUERY_ROWS and not no_header else count
    of = f" of {total}" if total > count else ""
    header = "" if no_header else f"{count}{of} {'address' if total == 1 else 'addresses'}\n"
    rows = ("\t".join(one_line(part) for part in row) for row in found)
    write(sys.stdout, header + "".join(f"{row}\n" for row in rows))
