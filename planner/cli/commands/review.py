"""Commands about who may be the same person: the pairs to look at, one of two, or two for good."""

from __future__ import annotations

import click

from planner.cli.options import as_json, pass_session, who_argument
from planner.cli.output import Marked, Page, print_json, say, tell
from planner.cli.session import Session

SHOWN = 50


@click.command("duplicates")
@click.option("--imported", is_flag=True, help="Only the pairs that imports left to look at.")
@click.option("--limit", default=SHOWN, show_default=True, metavar="N", help="How many.")
@as_json
@pass_session
def duplicates_command(session: Session, imported: bool, limit: int, as_json: bool) -> None:
    """“planner merge WHO OTHER” makes one of two, “planner apart WHO OTHER” says they are two for good."""
    most = max(0, limit)
    look = session.desk.review if imported else session.desk.duplicates
    found = look(today=session.today, most=most)
    if as_json:
        pairs = [
            {
                "one": {"id": pair.one, "name": pair.one_name},
                "other": {"id": pair.other, "name": pair.other_name},
                "reason": str(pair.likeness),
                "words": pair.likeness.words,
            }
            for pair in found.pairs
        ]
        print_json({"total": found.total, "pairs": pairs})
        return
    page = Page()
    if not found.total:
        page.line("Nobody seems to be here twice.")
    page.table(
        [
            (f"#{pair.one}", Marked(pair.one_name, "name"), f"#{pair.other}", Marked(pair.other_name, "name"),
             pair.likeness.words)
            for pair in found.pairs
        ],
        stretch=4,
    )  # fmt: skip
    if found.total > len(found.pairs):
        page.line(f"and {found.total - len(found.pairs):,} more (--limit)")


@click.command("apart")
@who_argument("one")
@who_argument("other")
@pass_session
def apart_command(session: Session, one: str, other: str) -> None:
    """They are never suggested as one again."""
    first, second = session.who(one), session.who(other)
    session.desk.keep_apart(first, second, today=session.today)
    tell(f"{session.name(first)} (#{first}) and {session.name(second)} (#{second}) are two people")
    say("“planner undo” takes it back")
