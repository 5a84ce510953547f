"""Completing addresses for mail programs."""

from __future__ import annotations

import sys

import click

from planner.cli.options import as_json, pass_session
from planner.cli.output import one_line, print_json, write
from planner.cli.session import Session

QUERY_ROWS = 50


@click.command("query")
@click.argument("term", nargs=-1, metavar="TERM...")
@click.option("--no-header", is_flag=True, help="Without the first line, for aerc.")
@as_json
@pass_session
def query_command(session: Session, term: tuple[str, ...], no_header: bool, as_json: bool) -> None:
    """Prints a line for each: e-mail TAB name TAB note."""
    found = session.desk.addresses.query(" ".join(term), limit=QUERY_ROWS)
    if as_json:
        print_json({"addresses": [dict(zip(("email", "name", "note"), row, strict=True)) for row in found]})
        return
    count = len(found)
    total = session.desk.addresses.count(" ".join(term)) if count == QUERY_ROWS and not no_header else count
    of = f" of {total}" if total > count else ""
    header = "" if no_header else f"{count}{of} {'address' if total == 1 else 'addresses'}\n"
    rows = ("\t".join(one_line(part) for part in row) for row in found)
    write(sys.stdout, header + "".join(f"{row}\n" for row in rows))
