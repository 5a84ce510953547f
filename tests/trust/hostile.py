"""The sample network with every text of it turned hostile: it would act on the terminal, as markup, on lines."""

from __future__ import annotations

import re
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from peewee import TextField

from planner.config import Config
from planner.core.evidence.seen import ChatLine, Handle, HandleKind, Mail
from planner.core.inbox import InboxText
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.book.calendar_folder import CalendarFiles
from planner.interchange.book.reading import BookReading
from planner.interchange.book.sending import CardSender
from planner.store import tables as t
from planner.store.session import Store
from tests.desk.book_files import write_card
from tests.desk.evidence_runs import Shown

MARKUP = "[b]"
"""Stands before every text: where it is not seen, markup was read."""
BEFORE = MARKUP + "\x1b[2J\u202e"
AFTER = (
    "\x1b]52;c;aGk=\x07\x1b]0;title\x07\x9b2J\x9d0;t\x9c\x1bP1$r0m\x1b\\\x1b_Ga=T\x1b\\\x1b]8;;http://x.example\x1b\\\r"
    "\x08\x85\u2028\u2066\u200f\x7f [/] [@click=app.quit]x[/] [red]"
)
ACTED = re.compile(
    rb"\x1b\]52;c;aGk|\x1b\]0;t|\x1bP1|\x1b_G|\x1b\]8;[^;]*;http://x\.example|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c"
)
"""Bytes of these texts that may never reach a terminal."""
KEPT = {
    "circle": {"folded", "cadence"},
    "contact": {"folded", "cadence", "typed", "changed_at"},
    "identity": {"key"},
    "address": {"key"},
    "contact_date": {"raw"},
    "acquaintance": {"folded", "about"},
    "book_question": {"before", "theirs", "mine"},
    "card": {"said"},
    "follow_up": {"repeat"},
    "snooze": {"made_for"},
    "contact_summary": {"rhythm"},
}
"""Columns that hold forms of our own, no text of a person's: all others are written over."""


def hostile(text: str) -> str:
    """A text that wants to act, and still holds what it said."""
    return f"{BEFORE}{text}{AFTER}"


def text_columns() -> Iterator[tuple[str, str]]:
    """(table, column) of whatever a person or a file can have written."""
    for table in (*t.FACTS, *t.DERIVED):
        name: str = table._meta.table_name
        for column, field in table._meta.fields.items():
            if type(field) is TextField and column not in KEPT.get(name, ()):
                yield name, column


def seen_people(desk: Desk) -> None:
    """Let Ana Silva be seen yesterday, and Ben Okri whom I asked for something, and a name that nobody knows."""
    yesterday = datetime.combine(DEMO_TODAY, time(10), UTC) - timedelta(days=1)
    desk.evidence.add("/nowhere/Mail", "maildir")
    told = []
    for name in ("Ana Silva", "Ben Okri"):
        address = next(one.value for one in desk.reading.card(desk.people.find(name)).contact.emails)
        me = Handle(HandleKind.EMAIL, "me@example.org")
        told.append(Mail(name, yesterday, Handle(HandleKind.EMAIL, address), (me,)))
    asking = ChatLine("2", "chat", yesterday, Handle(HandleKind.NAME, "Jahn Doe"))
    mine = ChatLine("3", "chat", yesterday, None)
    desk.evidence.run(lambda source, before: Shown([*told, asking, mine]), zone=UTC, now=yesterday)


def say_who_i_am(home: Path) -> None:
    """Write a configuration that says who I am."""
    home.mkdir(mode=0o700, exist_ok=True)
    write_private(home / "config.toml", 'me = ["me@example.org"]\n')


def write_private(file: Path, text: str) -> None:
    """Write a file that nobody else may read."""
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")


def write_with_a_stranger(desk: Desk, folder: Path) -> None:
    """Watch a mailbox in which somebody who is no contact wrote and was answered."""
    (folder / "cur").mkdir(mode=0o700, parents=True)
    name = f"=?utf-8?b?{b64encode(hostile('Carl').encode()).decode()}?="
    carl, mine = f"{name} <carl@example.net>", "me@example.org"
    for number, (sender, to) in enumerate([(carl, mine), (mine, carl)]):
        head = f"From: {sender}\nTo: {to}\nDate: 1{number} Nov 2026 10:00:00 +0000\nMessage-ID: <{number}@x>\n\n"
        write_private(folder / "cur" / f"{number}.host:2,S", head)
    for name in ("new", "tmp"):
        (folder / name).mkdir(mode=0o700)
    desk.evidence.add(str(folder), "maildir")


def disagree(desk: Desk, folder: Path) -> None:
    """Let an address book and the planner say different things of Ana Silva and Ben Okri."""
    people = {}
    for name in ("Ana Silva", "Ben Okri"):
        people[name] = desk.people.find(name)
        address = desk.reading.card(people[name]).contact.emails[0].value
        write_card(folder, name, f"EMAIL:{address}", f"NOTE:{BEFORE}before")
    desk.book.add(str(folder))
    desk.book.sync(BookReading, CardSender)
    for name, key in people.items():
        desk.people.edit(key, ContactDraft(notes=hostile("here")))
        address = desk.reading.card(key).contact.emails[0].value
        write_card(folder, name, f"EMAIL:{address}", f"NOTE:{BEFORE}there")
    desk.book.sync(BookReading, CardSender)


def delete_outside(desk: Desk, folder: Path) -> None:
    """Let an entry of the calendar be deleted by another program."""
    folder.mkdir(mode=0o700)
    desk.calendar_back.add(str(folder))
    desk.calendar_back.sync(CalendarFiles(UTC))
    next(folder.glob("*.ics")).unlink()


def hostile_planner(folder: Path) -> int:
    """A new planner below a folder: the sample network, hostile; gives how many texts are."""
    return make_hostile(folder / "planner.db")


def make_hostile(path: Path) -> int:
    """Fill a new or empty database with the sample network, write over its texts past the desk; gives how many."""
    with Desk(demo_store(path), Config(me=("me@example.org",)), lambda: DEMO_TODAY) as desk:
        desk.inbox.take(desk.inbox.keep(InboxText("inbox.txt", DEMO_TODAY, 1.0, ("a line that waits",))))
        seen_people(desk)
        disagree(desk, path.parent / "book")
    written = 0
    with sqlite3.connect(path) as database:
        for table, column in text_columns():
            statement = f'UPDATE "{table}" SET "{column}" = ? || "{column}" || ? WHERE "{column}" <> \'\''
            written += database.execute(statement, (BEFORE, AFTER)).rowcount
    database.close()
    with Desk(Store(path, Config().settings).open(), Config(), lambda: DEMO_TODAY) as desk:
        delete_outside(desk, path.parent / "calendar")
    return written
