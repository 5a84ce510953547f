"""Commands about address books: which are in use, syncing them, and answering what both sides changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from planner.cli import STOPPED
from planner.cli.commands.imports import stopping_gently
from planner.cli.commands.outside.book_calendar import calendar_command
from planner.cli.groups import CommandGroup
from planner.cli.json_shapes import iso, person
from planner.cli.options import as_json, pass_session
from planner.cli.output import Marked, Page, Progress, answer, print_json, say, tell
from planner.cli.session import Session
from planner.core.words.counts import counted
from planner.desk.book.values import CardQuestion, ListedBook, SendsCards, Synced
from planner.desk.done import Done
from planner.errors import Refused
from planner.interchange.book.reading import BookReading, check_book

SHOWN = 20


@click.group("book", cls=CommandGroup)
def book_command() -> None:
    """What a card says anew follows; what was done here stays; where both sides changed one field you are asked.
    Nothing in a book is ever deleted.
    """


book_command.add_command(calendar_command)


@book_command.command("add")
@click.argument("path")
@click.option("--two-way", is_flag=True, help="What is edited here goes out into the cards.")
@click.option("--tell-circles", "tells", is_flag=True, help="Circles chosen here and what people look for go out too.")
@click.option("--tell-rhythm", "tells_rhythm", is_flag=True, help="Rhythms and the day of the last contact go out too.")
@as_json
@pass_session
def add_command(session: Session, path: str, two_way: bool, tells: bool, tells_rhythm: bool, as_json: bool) -> None:
    """Read a folder of vCards, such as vdirsyncer keeps, or a file of them. It is only read, unless both ways are
    asked for.
    """
    place = Path(path).expanduser().absolute()
    check_book(str(place))
    done = session.desk.book.add(str(place), two_way=two_way, tells=tells, tells_rhythm=tells_rhythm)
    answer(done, as_json)
    if not as_json:
        say("planner: Read it with planner book sync")


@book_command.command("list")
@as_json
@pass_session
def list_command(session: Session, as_json: bool) -> None:
    """The books that are read: number, path, how many cards, and how much is to be decided."""
    found = session.desk.book.listed()
    if as_json:
        print_json({"books": [_book(one) for one in found]})
        return
    _print_books(found)


@book_command.command("remove")
@click.argument("book", metavar="PATH_OR_NUMBER")
@as_json
@pass_session
def remove_command(session: Session, book: str, as_json: bool) -> None:
    """Read a book no more. Its people stay."""
    answer(session.desk.book.remove(_numbered(session, book)), as_json)


@book_command.command("status")
@as_json
@pass_session
def status_command(session: Session, as_json: bool) -> None:
    """The books, whether something changed in them since the last sync, and what is to be decided."""
    desk = session.desk
    found, asked = desk.book.listed(), desk.book.asked()
    news = desk.book.has_news(BookReading)
    if as_json:
        questions = [_question(one) for one in asked]
        print_json({"books": [_book(one) for one in found], "news": news, "questions": questions})
        return
    _print_books(found)
    if found:
        tell("Changed since the last sync: planner book sync" if news else "Nothing changed since the last sync")
    _print_questions(asked)


@book_command.command("sync")
@click.option("--dry-run", is_flag=True, help="Answer as the real run would; nothing is kept.")
@click.option("--again", is_flag=True, help="Read every card, also what was undone.")
@as_json
@pass_session
@click.pass_context
def sync_command(ctx: click.Context, session: Session, dry_run: bool, again: bool, as_json: bool) -> None:
    """Read what changed in the books, as one step for undo. A card that is gone is asked about, and so is what both
    sides changed; until then what is here stays.
    """
    with stopping_gently() as asked, Progress("Reading") as progress:
        done = session.desk.book.sync(
            BookReading, _sender, again=again, dry_run=dry_run, progress=progress, cancelled=lambda: asked[0]
        )
    if as_json:
        answer(done, True, **_synced(done), dry_run=dry_run)
    elif done.stopped:
        say("planner: Stopped; nothing was kept.")
    else:
        _print_sync(done, dry_run)
    if done.stopped:
        ctx.exit(STOPPED)
    if done.troubles:
        ctx.exit(1)


def _sender() -> SendsCards:
    from planner.interchange.book.sending import CardSender  # books that are only read need no writer

    return CardSender()


@book_command.command("merge")
@click.argument("ours", metavar="OURS")
@click.argument("theirs", metavar="THEIRS")
@as_json
@pass_session
def merge_command(session: Session, ours: str, theirs: str, as_json: bool) -> None:
    """Make one card of two copies that were edited apart, for a syncing program: both files are the same then. In
    vdirsyncer: conflict_resolution = ["command", "planner", "book", "merge"]. What both changed in one field is asked
    at the next sync.
    """
    from planner.interchange.book.merging import merge_files  # the other commands need no writer

    merge_files(Path(ours), Path(theirs), session.desk.book.merge)
    answer(Done("Merged: both files are one card now"), as_json)


@book_command.command("decide")
@click.argument("words", nargs=-1, metavar="[ID... ANSWER]")
@as_json
@pass_session
def decide_command(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Without words: what is to be decided, with the answers there are. Else an answer to one or several, such as
    “decide 3 theirs” or “decide 4 5 6 archive”.
    """
    book = session.desk.book
    if not words:
        found = book.asked()
        said = f"{len(found):,} to decide" if found else "Nothing to decide"
        done = Done(said, tuple(one.id for one in found))
        if as_json:
            answer(done, True, questions=[_question(one) for one in found])
            return
        tell(said)
        _print_questions(found)
        return
    *numbers, word = words
    if not numbers:
        raise Refused(f"“{word[:40]}” is no answer to anything", "Write planner book decide ID ANSWER")
    answer(book.decide([_number(one) for one in numbers], word.casefold()), as_json)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Refused(f"“{text[:40]}” is no number of a question", "See “planner book decide”")
    return int(text)


def _numbered(session: Session, text: str) -> int:
    """The id of a book given by its number or its path."""
    place = str(Path(text).expanduser().absolute())
    for one in session.desk.book.listed():
        if text == str(one.book.id) or place == one.book.path:
            return one.book.id
    raise Refused(f"“{text[:60]}” is no book that is read", "See “planner book list”")


def _book(one: ListedBook) -> dict[str, Any]:
    book = one.book
    return {
        "id": book.id,
        "path": book.path,
        "two_way": book.two_way,
        "tells_circles": book.tells,
        "tells_rhythm": book.tells_rhythm,
        "added_on": iso(book.added_on),
        "cards": one.cards,
        "to_decide": one.questions,
        "undelivered": one.undelivered,
    }


def _question(one: CardQuestion) -> dict[str, Any]:
    return {
        "id": one.id,
        "about": one.about,
        "contact": person(one.contact_id, one.name) if one.contact_id is not None else None,
        "words": one.words,
        "theirs": one.theirs,
        "mine": one.mine,
        "answers": list(one.answers),
        "book": one.book,
    }


def _synced(done: Synced) -> dict[str, Any]:
    counts = ("new", "changed", "moved", "gone", "to_write", "to_decide", "unreadable", "perhaps_known")
    return {
        "plan": done.plan,
        **{name: getattr(done, name) for name in counts},
        "people": [{"id": one.contact_id, "name": one.name, "what": one.what} for one in done.lines],
        "questions": [_question(one) for one in done.questions],
        "remarks": list(done.remarks),
        "troubles": list(done.troubles),
    }


def _print_books(found: Sequence[ListedBook]) -> None:
    page = Page()
    if not found:
        page.line("No book is read: planner book add PATH")
    rows = [
        (
            str(one.book.id),
            Marked(one.book.path, "name"),
            "both ways" if one.book.two_way else "read only",
            counted(one.cards, "card"),
            Marked(f"{one.questions:,} to decide" if one.questions else "", "due"),
            Marked(f"{one.undelivered:,} written, not seen again yet" if one.undelivered else "", "dim"),
        )
        for one in found
    ]
    page.table(rows, right=(0,), stretch=1)


def _print_sync(done: Synced, dry_run: bool) -> None:
    tell(("Would be: " if dry_run else "") + done.plan)
    page = Page()
    page.table([(Marked(one.name, "name"), Marked(one.what, "dim")) for one in done.lines[:SHOWN]])
    more = max(done.new + done.changed, len(done.lines)) - len(done.lines[:SHOWN])
    if done.lines and more > 0:
        page.line(Marked(f"  and {more:,} more (--json has {len(done.lines):,} of them)", "dim"))
    if done.perhaps_known:
        say(f"planner: {counted(done.perhaps_known, 'newcomer')} may be known already: planner duplicates")
    for text in done.remarks[:SHOWN]:
        say(text)
    _print_questions(done.questions)
    for text in done.troubles:
        say(f"planner: {text}")


def _print_questions(asked: Sequence[CardQuestion]) -> None:
    """Print the open questions: deleted people together, everything else with both sides."""
    page = Page()
    gone = [one for one in asked if one.about == "gone"]
    if gone:
        are = "person is" if len(gone) == 1 else "people are"
        page.line(f"{len(gone):,} {are} no longer in this book:")
    for one in [*gone, *(other for other in asked if other.about != "gone")][:SHOWN]:
        sides = f": there {one.theirs}, here {one.mine}" if one.theirs or one.mine else ""
        page.line(f"  {one.id}  ", Marked(one.name if one.about == "gone" else one.words, "name"), sides)
        page.line(Marked(f"      planner book decide {one.id} {'|'.join(one.answers)}", "dim"))
    if len(asked) > SHOWN:
        page.line(Marked(f"  and {len(asked) - SHOWN:,} more (--json has all)", "dim"))
