"""Lines written elsewhere on the agenda: taken while the planner is open, read, captured and thrown away."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from planner.config import Config
from planner.core.inbox import InboxText
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.session.inbox import InboxWatch
from planner.ui.widgets.notice import Notice
from tests.ui.words import TODAY, planner

FRIDAY = date(2026, 11, 20)


def fill(desk: Desk) -> None:
    for name in ("Ana Silva", "Ben Okri"):
        desk.on(date(2026, 7, 1)).people.add(ContactDraft(name=name))


def wait_for_a_person(desk: Desk) -> None:
    fill(desk)
    lines = ("lunch with anna", "nonsense \x1b[31m[b]", "Ana: asked for advice")
    desk.inbox.take(desk.inbox.keep(InboxText("inbox.txt", FRIDAY, 1.0, lines)))


async def test_files_are_taken_in_once_the_planner_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "sync"
    folder.mkdir()
    (folder / "inbox.txt").write_text("- Ana: coffee\n- nonsense\n", "utf-8")
    noon = datetime.combine(TODAY, datetime.min.time()).replace(hour=12).timestamp()
    os.utime(folder / "inbox.txt", (noon, noon))
    (folder / "half.part").write_text("x")
    async with planner(tmp_path, fill, config=Config(inbox=folder)) as see:
        await see.until("1 line to read from the inbox", "Ana Silva")
        assert (folder / "done" / "inbox.txt").exists()
        # The first message stands its time before the second.
        see.app.screen.query_one(Notice).fade()
        see.sees("half.part looks like half a file")
        await see.press("u")
        see.sees("2 lines to read from the inbox")
        assert [one.text for one in await see.ask(lambda desk: desk.inbox.waiting())] == ["Ana: coffee", "nonsense"]


async def test_the_sample_network_takes_no_line_of_the_inbox(tmp_path: Path) -> None:
    folder = tmp_path / "sync"
    folder.mkdir()
    async with planner(tmp_path, fill, config=Config(inbox=folder)) as see:
        see.app.show_sample()
        await see.idle()
        (folder / "inbox.txt").write_text("Ana: coffee\n", "utf-8")
        os.utime(folder / "inbox.txt", (0, 0))
        await InboxWatch(see.app, folder).look()
        assert (folder / "inbox.txt").exists()
        await see.app.sample.leave()
        await InboxWatch(see.app, folder).look()
        assert not (folder / "inbox.txt").exists()
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert [one.channel for one in card.interactions] == ["coffee"]


async def test_an_inbox_that_is_not_there_is_said_and_the_planner_goes_on(tmp_path: Path) -> None:
    async with planner(tmp_path, fill, config=Config(inbox=tmp_path / "gone")) as see:
        await see.until("is not there")
        await see.press("2")
        see.sees("Ana Silva")


async def test_waiting_lines_are_read_captured_and_thrown_away(tmp_path: Path) -> None:
    for size in ((120, 40), (80, 24), (40, 12)):
        home = tmp_path / str(size[0])
        async with planner(home, wait_for_a_person, size=size) as see:
            see.sees("3 lines to read")
            await see.press("home", "x")
            see.sees("enter reads them")
            await see.press("enter")
            see.sees("1 of 3", "lunch with anna")
            await see.press("down")
            see.sees("[b]")
            await see.press("x")
            see.sees("2 of 2")
            assert len(await see.ask(lambda desk: desk.inbox.waiting())) == 2
            await see.press("up", "enter")
            see.sees("Fri 20 Nov", "lunch with anna")
            for _ in "lunch with anna":
                await see.press("backspace")
            await see.type("Ana: lunch")
            await see.press("enter")
            see.sees("1 line to read")
            card = await see.ask(lambda desk: desk.reading.card(1))
            assert [(one.on, one.channel) for one in card.interactions] == [(FRIDAY, "meal")]
            await see.press("u")
            see.sees("2 lines to read")
            await see.press("enter", "escape")
            see.sees("2 lines to read")
