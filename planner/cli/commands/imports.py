"""Importing the files of other programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from planner.cli import STOPPED, json_shapes, standard_input
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, Progress, answer, one_line, say, tell
from planner.cli.session import Session
from planner.core.words.counts import what_happened
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.model import ImportReport
    from planner.desk.imports import Imported

DONE_IN_PART = 1
SHOWN = 20


@contextmanager
def stopping_gently() -> Iterator[list[bool]]:
    """A block in which the first Ctrl-C only requests a stop, so that the reading ends between two records."""
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
    """An option whose help lists the formats, which are loaded only when the help is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from planner.interchange.registry import formats  # every reader comes with it

        self.help = f"Default: found out by looking. Else {', '.join(one.name for one in formats())}."
        return super().get_help_record(ctx)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_name", cls=FormatOption, default="auto", metavar="F")
@click.option("--map", "mapping", metavar="COLUMN=FIELD", multiple=True, help="What a column of a table means.")
@click.option("--encoding", metavar="E", default="", help="How letters are written: cp1251, utf-16, …")
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
    encoding: str,
    circle: str | None,
    cadence: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """“-” is what is piped in. One import is one step for undo. A record that cannot be read is named with its file
    and line, and the exit code is then 1.

    A table in which no column is called a name is refused: what its columns seem to hold is a guess, which
    is never taken without being said. The refusal writes it out as --map, ready to be copied.
    """
    from planner.interchange.importing import bring_in  # the readers cost more to load than most commands take

    with ExitStack() as stack:
        asked, progress = stack.enter_context(stopping_gently()), stack.enter_context(Progress("Reading"))
        piped = stack.enter_context(standard_input.as_file()) if "-" in files else None
        try:
            done = bring_in(
                session.desk.imports,
                [piped if piped is not None and file == "-" else Path(file) for file in files],
                format_name,
                _matched_columns(mapping),
                encoding=encoding,
                circle=circle,
                cadence=cadence,
                dry_run=dry_run,
                progress=progress,
                cancelled=lambda: asked[0],
            )
        except Refused as refusal:
            raise Refused(_called(refusal.message, piped), _called(refusal.advice, piped)) from refusal
    _end(ctx, session, done, _as_piped(done.report, piped), dry_run=dry_run, as_json=as_json)


def _called(text: str, piped: Path | None) -> str:
    """A text in which the piped-in file has the name a person knows it by."""
    return text.replace(str(piped), standard_input.NAME) if piped is not None else text


def _as_piped(report: ImportReport, piped: Path | None) -> ImportReport:
    """A report in which the piped-in file has the name a person knows it by."""
    if piped is None:
        return report
    rejected = tuple(replace(one, file=_called(one.file, piped)) for one in report.rejected)
    return replace(report, rejected=rejected, remarks=tuple(_called(one, piped) for one in report.remarks))


def _end(
    ctx: click.Context, session: Session, done: Imported, report: ImportReport, *, dry_run: bool, as_json: bool
) -> None:
    """Say what an import did and what comes next, and exit with the matching code."""
    if as_json:
        answer(done, as_json, **json_shapes.import_report(report))
    elif report.stopped:
        say("planner: Stopped; nothing was kept.")
    else:
        _print_report(report, dry_run)
        if report.added and not dry_run and session.desk.review.newcomers_wait():
            say(
                "New people without a rhythm are not due until you say how often:"
                " on the screen newcomers, here planner cadence WHO 4w"
            )
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
    counts = what_happened(
        (report.added, "new"), (report.merged, "changed"), (report.unchanged, "unchanged"),
        (report.skipped, "skipped"), (report.ambiguous, "of the new to review"), (len(report.rejected), "rejected"),
        (report.to_decide, "to decide: planner book decide"),
    )  # fmt: skip
    tell(("Would be: " if dry_run else "") + (counts or "nobody in it"))
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
        # A remark on a whole file names it.
        say(f"{one.file}:{one.line}: {one.reason}" if one.line else one.reason)
    if len(report.rejected) > SHOWN:
        say(f"and {len(report.rejected) - SHOWN} more rejected (--json has all)")
