"""What was seen, on the screen: read in the background, counted on the agenda, listed, refused, and answered."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.evidence.seen import CallKind
from planner.desk import Desk
from planner.desk.evidence.writing import AT_A_KEY
from planner.desk.values import ContactDraft
from planner.store.long_write_lock import RunningLock
from planner.ui.evidence.background import EvidenceWatch
from planner.ui.session import outside
from tests.cases import PATIENCE, Patience
from tests.desk.evidence_runs import ME, at, call, line, mail, watch
from tests.ui.words import leave_while_it_reads, planner

LETTER = """\
From: Ana Silva <ana@example.org>
To: me@example.org
Date: Tue, 17 Nov 2026 09:12:00 +0000
Message-ID: <{key}@example.org>
Subject: never kept

Nor this.
"""
CONFIG = Config(me=(ME,))


def people(desk: Desk) -> None:
    early = desk.on(date(2026, 7, 1))
    early.people.add(ContactDraft(name="Ana Silva", emails=("ana@example.org",), cadence="4w"))
    early.people.add(ContactDraft(name="Ben Okri", phones=("+47 900 11 222",)))
    early.people.add(ContactDraft(name="Zoë Ångström"))


def maildir(folder: Path, *keys: str) -> Path:
    """A mailbox with a letter of Ana's for each key."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for key in keys:
        (folder / "cur" / f"1.{key}.host:2,S").write_text(LETTER.format(key=key), "utf-8")
    return folder


def seen(desk: Desk) -> None:
    people(desk)
    desk.evidence.add(str(maildir(desk.store.path.parent / "Mail")), "maildir")
    on_friday = desk.on(date(2026, 11, 20))
    watch(
        on_friday,
        mail("1", "ana@example.org", ME, on=at(11, 17)),
        mail("2", "ana@example.org", ME, on=at(11, 18)),
        call(CallKind.IN, 720, at(11, 19)),
        line("c", "Jahn [b]Doe\x1b[31m", at(11, 19)),
        line("c", None, at(11, 19, 11)),
        now=at(11, 20, 12),
    )


async def test_what_is_watched_is_read_once_the_planner_is_open(tmp_path: Path) -> None:
    mailbox = maildir(tmp_path / "Mail", "a")

    def fill(desk: Desk) -> None:
        people(desk)
        desk.evidence.add(str(mailbox), "maildir")
        desk.evidence.add(str(tmp_path / "gone"), "maildir")

    async with planner(tmp_path, fill, config=CONFIG) as see:
        await see.until("seen today: 1 person", "gone")
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert [one.channel for one in card.interactions] == ["mail"]
        await see.press("u")
        see.sees_not("seen today")
        see.sees("Took back: Seen: 1 person")


async def test_a_letter_that_comes_later_is_seen_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The looks of this test are the only ones.
    monkeypatch.setattr(outside, "FIRST_SECONDS", PATIENCE)
    mailbox = maildir(tmp_path / "Mail")

    def fill(desk: Desk) -> None:
        people(desk)
        desk.evidence.add(str(mailbox), "maildir")

    async with planner(tmp_path, fill, config=CONFIG) as see:
        background = EvidenceWatch(see.app)
        await background.look()
        see.sees_not("seen today")
        maildir(mailbox, "b")
        see.app.show_sample()
        await see.idle()
        await background.look()
        await see.app.sample.leave()
        assert not (await see.ask(lambda desk: desk.reading.card(1))).interactions
        await background.look()
        await see.until("seen today: 1 person")


async def test_where_another_session_reads_just_now_nothing_is_said(tmp_path: Path) -> None:
    mailbox = maildir(tmp_path / "Mail", *map(str, range(AT_A_KEY + 1)))

    def fill(desk: Desk) -> None:
        people(desk)
        desk.evidence.add(str(mailbox), "maildir")

    async with planner(tmp_path, fill, config=CONFIG) as see:
        lock = RunningLock(await see.ask(lambda desk: desk.store.path))
        lock.acquire()
        background = EvidenceWatch(see.app)
        await background.look()
        see.sees_not("Another session")
        lock.release()
        await background.look()
        await see.until("seen today: 1 person")


async def test_a_reading_that_is_ended_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The planner's own reading would keep it.
    monkeypatch.setattr(outside, "FIRST_SECONDS", PATIENCE)
    mailbox = maildir(tmp_path / "Mail", *map(str, range(30)))

    def fill(desk: Desk) -> None:
        people(desk)
        desk.evidence.add(str(mailbox), "maildir")

    async with planner(tmp_path, fill, config=CONFIG) as see:
        background = EvidenceWatch(see.app)
        background.close()
        await background.look()
        assert not (await see.ask(lambda desk: desk.reading.card(1))).interactions


async def test_the_thread_of_a_reading_ends_with_the_app(tmp_path: Path) -> None:
    mailbox = maildir(tmp_path / "Mail", *map(str, range(300)))

    def fill(desk: Desk) -> None:
        people(desk)
        desk.evidence.add(str(mailbox), "maildir")

    async with planner(tmp_path, fill, config=CONFIG) as see:
        background, before = EvidenceWatch(see.app), set(threading.enumerate())
        reading = asyncio.ensure_future(background.look())
        patience = Patience()
        while not set(threading.enumerate()) - before and not reading.done() and not patience.over:
            await asyncio.sleep(0)
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        await asyncio.to_thread(background.close)
        # The planner may have begun a reading of its own meanwhile, which ends by itself.
        patience = Patience()
        while _database_threads() - before and not patience.over:
            await asyncio.sleep(0.01)
        assert not _database_threads() - before


def _database_threads() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.name == "planner-database"}


async def test_whoever_does_not_say_who_they_are_is_told_how(tmp_path: Path) -> None:
    mailbox = maildir(tmp_path / "Mail", "a")

    def fill(desk: Desk) -> None:
        people(desk)
        desk.evidence.add(str(mailbox), "maildir")

    async with planner(tmp_path, fill) as see:
        await EvidenceWatch(see.app).look()
        await see.until("who you are", "me = [")


async def test_what_was_seen_is_listed_and_refused(tmp_path: Path) -> None:
    for size in ((120, 40), (80, 24), (40, 12)):
        async with planner(tmp_path / str(size[0]), seen, size=size, config=CONFIG) as see:
            await see.until("seen since Friday: 2 people, 1 na")
            await see.press("home", "x")
            await see.until("This is what was seen")
            await see.press("enter")
            await see.until("2 people, 1", "Ben Okri", "they called")
            await see.press("down")
            await see.until("Wed 18 Nov 2026", "x not this")
            await see.press("x")
            await see.until("Tue 17 Nov 2026", "X never")
            await see.press("X")
            await see.until("1 person", "enter says whose")
            assert not (await see.ask(lambda desk: desk.reading.card(1))).interactions
            await see.press("escape", "u")
            await see.until("2 people")
            await see.press("u")
            card = await see.ask(lambda desk: desk.reading.card(1))
            assert [one.on for one in card.interactions] == [date(2026, 11, 18), date(2026, 11, 17)]
            await see.press("home", "enter", "enter")
            await see.until("Ben Okri", "they called")
            if size[0] > 80:
                see.sees("they called, watched folder Mail")


async def test_the_list_may_be_left_while_it_is_read(tmp_path: Path) -> None:
    async with planner(tmp_path, seen, config=CONFIG) as see:
        for keys in (["enter"], ["enter", "x"]):
            await see.press("home", *(keys[:-1]))
            await leave_while_it_reads(see, keys[-1])
            await see.until("seen since Friday")


async def test_the_list_begins_anew_the_day_after_it_was_looked_at(tmp_path: Path) -> None:
    async with planner(tmp_path, seen, config=CONFIG) as see:
        await see.press("home", "enter", "escape")
        see.sees("seen since Friday: 2 people")

        def later(desk: Desk) -> None:
            tomorrow = desk.on(date(2026, 11, 24))
            assert tomorrow.evidence.news().lines == ()
            watch(tomorrow, mail("3", "ana@example.org", ME, on=at(11, 23)), now=at(11, 24))
            found = tomorrow.evidence.news()
            assert (found.since, [one.name for one in found.lines]) == (date(2026, 11, 23), ["Ana Silva"])

        await see.ask(later)


async def test_whose_a_name_is_is_answered_in_the_list(tmp_path: Path) -> None:
    for key, owner in (("p", "Zoë Ångström"), ("m", "you"), ("n", "nobody of yours")):
        async with planner(tmp_path / key, seen, config=CONFIG) as see:
            await see.press("home", "enter", "up")
            await see.until("[b]", "enter says whose it is")
            await see.press("x", "enter")
            await see.until("a person", "nobody")
            await see.press(key)
            if key == "p":
                await see.type("zo")
                await see.until("Zoë Ångström")
                await see.press("enter")
            await see.until(f"is {owner}")
            assert not await see.ask(lambda desk: desk.evidence.asked())
            await see.press("u")
            assert await see.ask(lambda desk: desk.evidence.asked())
