"""Commands about the data as a whole: undo, redo, history, doctor, and where things are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, answer, print_json
from planner.cli.session import Session
from planner.desk.done import Done
from planner.faults import LOG_NAME


@click.command("undo")
@as_json
@pass_session
def undo_command(session: Session, as_json: bool) -> None:
    # Help and completion do without the database.
    from planner.desk.keeping import TOOK_BACK

    done = session.desk.keeping.undo()
    answer(done, as_json, undone=done.said.removeprefix(TOOK_BACK))


@click.command("redo")
@as_json
@pass_session
def redo_command(session: Session, as_json: bool) -> None:
    # Help and completion do without the database.
    from planner.desk.keeping import BROUGHT_BACK

    done = session.desk.keeping.redo()
    answer(done, as_json, redone=done.said.removeprefix(BROUGHT_BACK))


@click.command("history")
@click.option("--limit", type=click.IntRange(min=1, max=1_000_000), default=50, help="At most so many; default 50.")
@as_json
@pass_session
def history_command(session: Session, limit: int, as_json: bool) -> None:
    entries = session.desk.keeping.history(limit)
    if as_json:
        print_json(
            {
                "entries": [
                    {
                        "id": entry.id,
                        "at": entry.made_at,
                        "verb": entry.verb,
                        "summary": entry.summary,
                        "state": entry.state,
                    }
                    for entry in entries
                ]
            }
        )
        return
    page = Page()
    page.table(
        [
            (
                Marked(_local(entry.made_at), "dim"),
                Marked(entry.summary, "" if entry.state == "done" else "dim"),
                Marked("" if entry.state == "done" else entry.state, "dim"),
            )
            for entry in entries
        ],
        stretch=1,
    )
    if not entries:
        page.line("Nothing was changed yet")


def _local(instant: str) -> str:
    """An instant in UTC as local wall-clock time."""
    return f"{datetime.fromisoformat(instant).astimezone():%Y-%m-%d %H:%M}"


@click.command("doctor")
@click.option("--rebuild", is_flag=True, help="Derive and index everything anew first.")
@as_json
@pass_session
@click.pass_context
def doctor_command(ctx: click.Context, session: Session, rebuild: bool, as_json: bool) -> None:
    """The exit code is 1 when something is wrong."""
    report = session.desk_even_damaged.keeping.doctor(rebuild=rebuild, state=session.paths.state)
    if as_json:
        answer(
            Done("; ".join(report.problems) or "All is well"),
            as_json,
            healthy=report.healthy,
            findings=[{"name": name, "finding": finding} for name, finding in report.findings],
            problems=list(report.problems),
            repaired=list(report.repaired),
        )
    else:
        page = Page()
        widest = max(len(name) for name, _ in report.findings)
        for name, finding in report.findings:
            page.line("  ", Marked(f"{name:<{widest}}", "dim"), f"  {finding}")
        for done in report.repaired:
            page.line(Marked(page.glyph("done"), "done"), f" {done}")
        for problem in report.problems:
            page.line(Marked(page.glyph("late"), "late"), f" {problem}")
        if report.healthy:
            page.line("All is well")
    if not report.healthy:
        ctx.exit(1)


def _paths_of(session: Session) -> dict[str, str]:
    paths = session.paths
    return {
        "database": str(paths.database),
        "backups": str(paths.backups),
        "config": str(paths.config),
        "state": str(paths.state),
        "log": str(paths.logs / LOG_NAME),
    }


@click.command("paths")
@as_json
@pass_session
def paths_command(session: Session, as_json: bool) -> None:
    found: dict[str, Any] = _paths_of(session)
    if as_json:
        print_json(found)
        return
    page = Page()
    for name, path in found.items():
        page.line("  ", Marked(f"{name:<8}", "dim"), f"  {path}", whole=True)
