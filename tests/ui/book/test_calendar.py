"""What comes back from a calendar, on the screen: shown first, taken by one key, asked about where it was deleted."""

from __future__ import annotations

from pathlib import Path

from planner.desk import Desk
from planner.ui.book.background import BookWatch
from tests.desk.desks import add, on
from tests.interchange.book.test_calendar_folder import as_phone, file_of
from tests.ui.words import Words, planner

SIZES = ((120, 40), (80, 24), (40, 12))


def to_do(desk: Desk) -> None:
    """Two follow-ups of Ana's whose calendar goes to a folder."""
    ana = add(desk, "Ana Lund")
    desk.triage.follow_up([ana], "send the book", on(2))
    desk.triage.follow_up([ana], "water the plants", on(3))
    folder(desk).mkdir(parents=True)
    desk.calendar_back.add(str(folder(desk)))


def folder(desk: Desk) -> Path:
    return desk.store.path.parent / "calendar"


def moved_and_deleted(desk: Desk) -> None:
    """As a phone does: the first is moved by a week, the second is deleted."""
    as_phone(
        file_of(desk, folder(desk), "f1"),
        (r"DTSTART;VALUE=DATE:\d+", "DTSTART;VALUE=DATE:20261130"),
        (r"DTEND;VALUE=DATE:\d+", "DTEND;VALUE=DATE:20261201"),
    )
    file_of(desk, folder(desk), "f2").unlink()


async def days(see: Words) -> dict[str, str]:
    entries = await see.ask(lambda desk: desk.exports.calendar())
    return {one.item: one.day.isoformat() for one in entries}


async def test_what_came_back_is_said_then_shown_and_taken_by_one_key(tmp_path: Path) -> None:
    for size in SIZES:
        async with planner(tmp_path / str(size[0]), to_do, size=size) as see:
            watch = BookWatch(see.app)
            await watch.look()
            before = await days(see)
            assert len([*(await see.ask(folder)).glob("*.ics")]) == 2
            await see.ask(moved_and_deleted)
            await watch.look()
            await see.until("2 changes came back")
            assert await days(see) == before
            await see.press("2", "B")
            await see.until("From the calendar: 2 changes", "Moved Ana Lund", "enter takes them")
            await see.press("down")
            see.sees("Ana Lund  deleted", "x leaves out")
            await see.press("enter")
            await see.until("From the calendar: 1 change", "x leaves out", "b puts it back")
            assert await days(see) == {**before, "f1": "2026-11-30"}
            await see.press("enter")
            see.sees("From the calendar")
            await see.press("D")
            await see.until("Took 1 change")
            assert await days(see) == {"f1": "2026-11-30"}
            assert len([*(await see.ask(folder)).glob("*.ics")]) == 1
            await see.press("u")
            assert await days(see) == {**before, "f1": "2026-11-30"}


async def test_an_entry_deleted_by_mistake_goes_back(tmp_path: Path) -> None:
    async with planner(tmp_path, to_do) as see:
        await BookWatch(see.app).look()
        await see.ask(lambda desk: file_of(desk, folder(desk), "f2").unlink())
        await see.press("2", "B")
        await see.until("From the calendar: 1 change")
        await see.press("b")
        await see.idle()
        see.sees_not("From the calendar")
        assert len([*(await see.ask(folder)).glob("*.ics")]) == 2
