"""Commands about copies of the data: backups, a restore, and what a damaged file still holds."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.groups import CommandGroup
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, answer, print_json, say, tell
from planner.cli.session import Session
from planner.desk.done import Done
from planner.errors import Refused

SHOWN = 20
"""The most rows of a report that are named; its JSON has all of them."""


@click.group("backup", cls=CommandGroup, invoke_without_command=True)
@as_json
@pass_session
@click.pass_context
def backup_command(ctx: click.Context, session: Session, as_json: bool) -> None:
    if ctx.invoked_subcommand is not None:
        return
    done = session.desk.keeping.backup()
    if as_json:
        answer(done, as_json, backup=str(done.path))
    else:
        # Only the path on standard output, for a script.
        tell(str(done.path))
        say(done.said)


@backup_command.command("list")
@as_json
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """The backups, newest first; says of each file there why it counts as none, where it does."""
    rows = session.desk_even_damaged.keeping.backup_rows()
    if as_json:
        print_json(
            {
                "backups": [
                    {
                        "path": str(one.path),
                        "made_at": one.made_at.isoformat() if one.made_at is not None else None,
                        "reason": one.reason,
                        "bytes": one.size,
                        "wrong": one.wrong,
                    }
                    for one in rows
                ]
            }
        )
        return
    page = Page()
    page.table(
        [
            (
                Marked(f"{one.made_at.astimezone():%Y-%m-%d %H:%M}" if one.made_at is not None else "", "dim"),
                one.path.name,
                f"{one.size / 1e6:,.1f} MB",
                Marked(one.wrong or one.reason, "late" if one.wrong else "dim"),
            )
            for one in rows
        ],
        stretch=1,
    )
    if not rows:
        say("There is no backup yet; “planner backup” makes one")


@backup_command.command("verify")
@click.argument("files", nargs=-1, metavar="[FILE]…")
@as_json
@pass_session
@click.pass_context
def verify_command(ctx: click.Context, session: Session, files: tuple[str, ...], as_json: bool) -> None:
    """Each on a private copy, as the doctor checks a planner: all that count, or those named.

    The exit code is 1 when one of them is not whole.
    """
    keeping = session.desk_even_damaged.keeping
    paths = [_backup_named(session, one) for one in files] or [x.path for x in keeping.backup_rows() if not x.wrong]
    checked = [keeping.verify(path) for path in paths]
    if as_json:
        found = [{"path": str(one.path), "problems": list(one.problems), "holds": one.holds} for one in checked]
        print_json({"backups": found})
    page = Page()
    for one in checked if not as_json else ():
        mark = Marked(page.glyph("late"), "late") if one.problems else Marked(page.glyph("done"), "done")
        page.line(mark, f" {one.path.name}  {'; '.join(one.problems) or one.holds}", whole=True)
    if not checked and not as_json:
        say("There is no backup yet; “planner backup” makes one")
    if any(one.problems for one in checked):
        ctx.exit(1)


@click.command("restore")
@click.argument("backup", required=False, metavar="[FILE]")
@click.option("--list", "only_list", is_flag=True, help="Only list the backups, newest first.")
@click.option("--newest", is_flag=True, help="The newest backup that is whole.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@as_json
@pass_session
def restore_command(
    session: Session, backup: str | None, only_list: bool, newest: bool, dry_run: bool, as_json: bool
) -> None:
    """The present state is backed up first, so that a restore can be taken back by a restore.

    --dry-run says in words what would change: people, interactions, favors.
    """
    if backup is not None and (newest or only_list):
        raise Refused("A backup was named already", "Leave out --newest and --list, or the name")
    if backup is None and not newest:
        found = session.desk_even_damaged.keeping.backups()
        if as_json:
            print_json({"backups": [str(path) for path in found]})
        for path in found if not as_json else ():
            tell(str(path))
        if only_list and not found and not as_json:
            say("There is no backup yet; “planner backup” makes one")
        if only_list:
            return
        if not found:
            # Help and completion do without the database.
            from planner.desk.keeping import no_backup

            raise no_backup()
        raise Refused(
            f"Which of these {len(found)} backups?" if len(found) > 1 else "That is the only backup",
            "Nothing was changed: “planner restore FILE” brings one back, “planner restore --newest” the first",
        )
    chosen = _backup_named(session, backup) if backup is not None else None
    if dry_run:
        path, changes = session.desk_even_damaged.keeping.what_restore_changes(chosen)
        if as_json:
            answer(Done(f"Restoring {path} would {'; '.join(changes)}"), as_json, backup=str(path), changes=changes)
        else:
            tell(f"Restoring {path} would")
            for line in changes:
                tell(f"  {line}")
        return
    done = session.desk_even_damaged.keeping.restore(chosen)
    answer(done, as_json, restored=str(done.path), before=str(done.before))


def _backup_named(session: Session, text: str) -> Path:
    """The file given by a path, or by only the name of one of the backups."""
    # Help and completion need no path.
    from planner.paths import named_path

    for one in session.desk_even_damaged.keeping.backups() if text else ():
        if one.name == text:
            return one
    path = named_path(text)
    if path.is_file():
        return path
    raise Refused(f"There is no backup {text}", "“planner restore --list” names the ones there are")


@click.command("salvage")
@click.argument("damaged", required=False, metavar="[FILE]")
@click.option("-o", "output", metavar="NEW", help="The new planner; by default beside FILE, named after it.")
@as_json
@pass_session
@click.pass_context
def salvage_command(
    ctx: click.Context, session: Session, damaged: str | None, output: str | None, as_json: bool
) -> None:
    """FILE is the planner itself unless another one is named; it is only read. History and undo are not brought over.

    “planner restore NEW” then puts the new planner in place. The exit code is 1 when something could not be read.
    """
    # Help and completion need no path.
    from planner.paths import named_path

    target = named_path(output) if output else None
    done = session.desk_even_damaged.keeping.salvage(named_path(damaged) if damaged else None, target)
    if as_json:
        tables = [{"name": one.name, "read": one.read, "in_part": one.in_part, "lost": one.lost} for one in done.tables]
        answer(done, as_json, salvaged=str(done.path), tables=tables, unread=list(done.unread))
    else:
        page = Page()
        page.table(
            [
                (one.name, f"{one.read:,} read", f"{one.in_part:,} in part" if one.in_part else "",
                 f"{one.lost:,} not" if one.lost else "")
                for one in done.tables
            ]
        )  # fmt: skip
        for line in done.unread[:SHOWN]:
            page.line("  ", line)
        if len(done.unread) > SHOWN:
            page.line(f"  … and {len(done.unread) - SHOWN} more: --json names all")
        say(done.said)
    if done.unread:
        ctx.exit(1)
