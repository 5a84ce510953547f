"""Commands about pairs of contacts who may be one person: listing them, and confirming two people."""

from __future__ import annotations

import click

from planner.cli.options import as_json, pass_session, who_argument
from planner.cli.output import Marked, Page, answer, print_json
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
    look = session.desk.review.pairs if imported else session.desk.review.duplicates
    found = look(most=most)
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
@as_json
@pass_session
def apart_command(session: Session, one: str, other: str, as_json: bool) -> None:
    """They are never suggested as one again."""
    answer(session.desk.review.keep_apart(session.desk.people.find(one), session.desk.people.find(other)), as_json)
