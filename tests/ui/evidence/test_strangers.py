"""People one writes with who are no contacts: read in the background, added by a key, or never proposed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.config import Config
from planner.desk import Desk
from planner.ui.session import outside
from tests.cases import PATIENCE
from tests.desk.evidence_runs import ME
from tests.ui.words import planner

LETTER = """\
From: {sender}
To: {to}
Date: {day} Nov 2026 09:12:00 +0000
Message-ID: <{key}@example.org>

"""


def mailbox(folder: Path) -> Path:
    """A mailbox with a letter from each of three people, and an answer to each; two of them have no name there."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    people = ("=?utf-8?q?Carl_[b]=1B[2JMoe?= <carl@example.net>", "dora.lind@example.net", "ed@example.net")
    for number, who in enumerate(people):
        days = range(10 + number, 18)
        for day in days:
            letter = LETTER.format(sender=who, to=ME, day=day, key=f"{number}{day}")
            (folder / "cur" / f"{number}{day}.host:2,S").write_text(letter, "utf-8")
        letter = LETTER.format(sender=ME, to=who, day=19, key=f"{number}m")
        (folder / "cur" / f"{number}m.host:2,S").write_text(letter, "utf-8")
    return folder


def watched(desk: Desk) -> None:
    desk.evidence.add(str(mailbox(desk.store.path.parent / "Mail")), "maildir")


async def test_strangers_are_added_by_a_key_or_never_proposed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A look of its own would be a step of the history after the last answer, on a busy machine.
    monkeypatch.setattr(outside, "FIRST_SECONDS", PATIENCE)
    async with planner(tmp_path, watched, config=Config(me=(ME,))) as see:
        await see.press("escape", "2")
        await see.command("newcomers")
        see.sees("Nobody waits for a word", "+  lists the people you write with")
        await see.press("+")
        await see.until("You write with 3 people who are not here", "Carl [b]", "dora.lind@example.net")
        see.sees("They wrote or called on 8 days, you on 1 day, last Thu 19 Nov 2026")
        await see.press("enter")
        see.sees("carl@example.net: the name to add them under")
        await see.type("Carl Moe")
        await see.press("enter")
        await see.until("You write with 2 people who are not here", "Added Carl Moe")
        await see.press("enter")
        # Two words of the address may be a name.
        see.sees("Dora Lind")
        await see.press("enter")
        await see.until("You write with 1 person who is not here", "ed@example.net")
        await see.press("x")
        await see.until("You write with 0 people", "ed@example.net is not proposed again", "Nobody else wrote")
        await see.press("enter", "x", "down", "u")
        await see.until("You write with 1 person who is not here", "Took back")
        await see.press("escape")
        await see.until("0 of 2 said", "+ 1 more you write with", "Carl Moe", "Dora Lind")
        # Nobody is due today: the agenda says it once, below that.
        await see.press("escape", "1")
        await see.until("1 person you write with is not here")


async def test_where_nothing_is_watched_that_is_said(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("escape", "2")
        await see.command("newcomers")
        await see.press("+")
        await see.until("Nothing is watched. Name a mailbox")
    async with planner(tmp_path, demo=True, size=(40, 12)) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("+")
        await see.until("The sample network")
