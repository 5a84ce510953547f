"""The calendar that goes out and comes back: what a phone moves, ticks, deletes and writes becomes one step here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta, timezone
from pathlib import Path

import pytest

from planner.core.book.calendar import GoneAnswer
from planner.desk import Desk
from planner.desk.calendar_back import CameBack
from planner.errors import Refused
from planner.interchange.book import calendar_folder
from planner.interchange.book.entries import returned
from planner.interchange.exporting import Exports
from planner.interchange.files import FolderReport
from tests.cases import case
from tests.desk.desks import TODAY, add, on, open_desk
from tests.store.stores import asked, assert_sound, facts

FOREIGN = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:theirs\r\nDTSTART;VALUE=DATE:20261125\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A planner with an item of many kinds, and with a folder the calendar went to."""
    with open_desk(tmp_path / "planner.db") as found:
        ana = add(found, "Ana Lund", birthday="1988-12-12")
        add(found, "Bo Vik", cadence="4w")
        found.triage.follow_up([ana], "send the book", on(2))
        found.triage.follow_up([ana], "water the plants", on(3), repeat="+1w")
        found.interactions.log([ana], on=on(4), outcome="planned", note="tea")
        (tmp_path / "calendar").mkdir()
        yield found


def sync(
    desk: Desk, folder: Path, answers: dict[str, GoneAnswer] | None = None, *, todo: bool = False
) -> tuple[CameBack, FolderReport]:
    """Take in what came back, and write what changed, as the command does."""
    entries = desk.exports.calendar()
    seen = calendar_folder.read(folder, entries, UTC)
    found = [file.says for file in seen.files.values()]
    before = facts(desk.store)
    rehearsed = desk.calendar_back.take(found, seen.missing, answers, dry_run=True)
    assert facts(desk.store) == before
    came = desk.calendar_back.take(found, seen.missing, answers)
    assert (came.lines, came.gone) == (rehearsed.lines, rehearsed.gone)
    left = {one.uid for one in came.gone}
    return came, calendar_folder.write(folder, desk.exports.calendar(), seen, left, UTC, todo=todo)


def file_of(desk: Desk, folder: Path, item: str) -> Path:
    (uid,) = (one.uid for one in desk.exports.calendar() if one.item == item)
    return folder / f"{uid}.ics"


def as_phone(path: Path, *changes: tuple[str, str]) -> None:
    """Write an entry as a phone does: lines changed, sorted, folded anew, the number of the change one greater."""
    text = path.read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n")
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text, count=1)
        assert count, pattern
    number = int(re.search(r"SEQUENCE:(\d+)", text)[1])  # type: ignore[index]
    text = text.replace(f"SEQUENCE:{number}", f"SEQUENCE:{number + 1}\nX-APPLE-SORT:7")
    path.write_text(text.replace("BEGIN:VALARM", "BEGIN:VALARM\nACKNOWLEDGED:20261101T090000Z"), encoding="utf-8")


def days_of(desk: Desk) -> dict[str, date]:
    return {one.item: one.day for one in desk.exports.calendar()}


def test_what_a_phone_does_to_entries_is_done_here_as_one_step(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    (folder / "theirs.ics").write_bytes(FOREIGN)
    came, report = sync(desk, folder)
    assert (came.done, report.written, report.deleted) == (None, 5, 0)
    before, days = facts(desk.store), days_of(desk)
    moved, plan = file_of(desk, folder, "f1"), file_of(desk, folder, "i1")
    as_phone(
        moved,
        (r"DTSTART;VALUE=DATE:\d+", "DTSTART;VALUE=DATE:20261130"),
        (r"DTEND;VALUE=DATE:\d+", "DTEND;VALUE=DATE:20261201"),
    )
    # A whole day of somebody an hour ahead of Greenwich.
    as_phone(
        plan,
        (r"DTSTART;VALUE=DATE:\d+", "DTSTART:20261130T230000Z"),
        (r"DTEND;VALUE=DATE:\d+", "DTEND:20261201T230000Z"),
    )
    as_phone(
        file_of(desk, folder, "c2"),
        (r"SUMMARY:[^\n]+", "SUMMARY:Call Bo\\\\, he moved"),
        (r"DESCRIPTION:[^\n]+", "DESCRIPTION:at six"),
    )
    birthday = file_of(desk, folder, "d1")
    as_phone(birthday, (r"DTSTART;VALUE=DATE:\d+", "DTSTART;VALUE=DATE:19881213"))
    file_of(desk, folder, "f2").unlink()
    came, report = sync(desk, folder)
    assert sorted(came.lines) == [
        "Ana Lund, birthday (1988): not taken: a day of the year stays on its day",
        "Bo Vik, every 4 weeks: noted “Call Bo, he moved at six”",
        "Moved Ana Lund to Mon 30 Nov 2026",
        "Moved Ana Lund to Tue 1 Dec 2026",
    ]
    assert [one.item for one in came.gone] == ["f2"]
    assert days_of(desk) == {**days, "f1": date(2026, 11, 30), "i1": date(2026, 12, 1)}
    assert "Call Bo, he moved\nat six" in desk.reading.card(2).contact.notes
    assert_sound(desk.store)
    # The files say so now, with a greater number, and keep what the phone wrote beside it.
    for path, day in ((moved, "20261130"), (plan, "20261201"), (birthday, "19881212")):
        text = path.read_bytes()
        with case(text):
            assert f"DTSTART;VALUE=DATE:{day}".encode() in text
            assert b"SEQUENCE:2\n" in text
            assert b"X-APPLE-SORT:7\n" in text
            assert text.count(b"BEGIN:VALARM\nACKNOWLEDGED:20261101T090000Z\n") == 1
            assert b"\r" not in text
    assert (folder / "theirs.ics").read_bytes() == FOREIGN
    # A deleted entry stays deleted until it is answered for, and nothing else is touched again.
    again = {path.name: path.read_bytes() for path in folder.iterdir()}
    came, report = sync(desk, folder)
    assert (came.done, [one.item for one in came.gone], report.written) == (None, ["f2"], 0)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == again
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_a_deleted_entry_is_skipped_dropped_or_written_again(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    sync(desk, folder)
    paths = {item: file_of(desk, folder, item) for item in ("f1", "f2", "i1", "c2")}
    for path in paths.values():
        path.unlink()
    with pytest.raises(Refused, match="The entry of d1 is not gone"):
        sync(desk, folder, {"d1": GoneAnswer.BACK})
    answers = {"f1": GoneAnswer.DROP, "f2": GoneAnswer.SKIP, "i1": GoneAnswer.BACK}
    came, _ = sync(desk, folder, answers)
    assert [one.item for one in came.gone] == ["c2"]
    assert days_of(desk).keys() == {"c2", "d1", "f2", "i1"}
    assert days_of(desk)["f2"] == on(10)
    assert [item for item, path in paths.items() if path.exists()] == ["f2", "i1"]
    # An emptied folder is one question, not many.
    for number in range(8):
        desk.triage.follow_up([1], f"thing {number}", on(5))
    sync(desk, folder)
    for path in folder.glob("*.ics"):
        path.unlink()
    assert calendar_folder.read(folder, desk.exports.calendar(), UTC).is_emptied


def test_what_is_ticked_is_done_on_its_day_and_the_next_round_stands_there(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    later = desk.on(on(3))
    sync(later, folder, todo=True)
    once, weekly = file_of(later, folder, "f1"), file_of(later, folder, "f2")
    as_phone(once, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nCOMPLETED:20261124T103000Z\nPERCENT-COMPLETE:100"))
    as_phone(weekly, ("STATUS:NEEDS-ACTION", "STATUS:IN-PROCESS"), ("SEQUENCE", "PERCENT-COMPLETE:100\nSEQUENCE"))
    came, _ = sync(later, folder, todo=True)
    assert came.lines == ("Done: send the book (Ana Lund)",)
    assert not once.exists()
    with later.store.read():
        assert asked(later.store, 'SELECT "on" FROM follow_up_done') == [("2026-11-24",)]
    # Programs that mark all of a hundred and say no more mean done.
    as_phone(weekly, ("STATUS:IN-PROCESS\n", ""))
    came, _ = sync(later, folder, todo=True)
    assert [line.partition(";")[0] for line in came.lines] == ["Done: water the plants (Ana Lund)"]
    text = weekly.read_text(encoding="utf-8")
    assert "STATUS:NEEDS-ACTION" in text
    assert "PERCENT-COMPLETE" not in text
    assert f"DUE;VALUE=DATE:{on(10):%Y%m%d}" in text
    assert sync(later, folder, todo=True)[1].written == 0


def test_both_sides_moved_stays_as_it_is_here(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    sync(desk, folder)
    path = file_of(desk, folder, "f1")
    as_phone(path, (r"DTSTART;VALUE=DATE:\d+", "DTSTART;VALUE=DATE:20261130"))
    desk.triage.move(["f1"], on(5))
    came, _ = sync(desk, folder)
    assert came.lines == (
        "Ana Lund, send the book: not taken: it was moved there to Mon 30 Nov 2026 and here to Sat 28 Nov 2026",
    )
    assert days_of(desk)["f1"] == on(5)
    assert b"DTSTART;VALUE=DATE:20261128" in path.read_bytes()


ENTRY = """BEGIN:VCALENDAR
BEGIN:VEVENT
X-PLANNER-ITEM:u-followup
X-PLANNER-DAY:2026-11-25
{}
END:VEVENT
END:VCALENDAR
"""


def test_days_come_back_in_the_forms_that_programs_write() -> None:
    oslo = timezone(timedelta(hours=1))
    for lines, wanted in (
        ("DTSTART;VALUE=DATE:20261126", date(2026, 11, 26)),
        ("DTSTART:20261125T230000Z\nDTEND:20261126T230000Z", date(2026, 11, 26)),
        ("DTSTART:20261126T050000Z\nDTEND:20261127T050000Z", date(2026, 11, 26)),
        ("DTSTART:20261126T233000Z\nDTEND:20261127T003000Z", date(2026, 11, 27)),
        (
            "DTSTART;TZID=America/New_York:20261126T200000\nDTEND;TZID=America/New_York:20261126T210000",
            date(2026, 11, 27),
        ),
        ("DTSTART:20261126T200000", date(2026, 11, 26)),
        ("DUE;VALUE=DATE:20261127\nDTSTART;VALUE=DATE:20261126", date(2026, 11, 27)),
    ):
        with case(lines):
            found = returned(ENTRY.format(lines).encode(), oslo)
            assert found is not None
            assert found.day == wanted
    for lines in ("DTSTART:2026", "DTSTART:20261332T990000Z", "SUMMARY:x", "DTSTART;VALUE=DATE:20260230"):
        with case(lines):
            assert returned(ENTRY.format(lines).encode(), oslo) is None
    assert returned(ENTRY.format("DTSTART;VALUE=DATE:20261126").partition("END")[0].encode(), oslo) is None
    assert TODAY


def test_two_syncs_at_once_write_each_entry_once(desk: Desk, tmp_path: Path) -> None:
    folder, entries = tmp_path / "calendar", desk.exports.calendar()
    seen = [calendar_folder.read(folder, entries, UTC) for _ in range(2)]
    reports = [calendar_folder.write(folder, entries, one, (), UTC) for one in seen]
    assert [one.written for one in reports] == [len(entries), 0]
    assert len(list(folder.glob("*.ics"))) == len(entries)


def test_an_export_never_writes_over_what_is_kept_in_step(desk: Desk, tmp_path: Path) -> None:
    book, calendar = tmp_path / "book", tmp_path / "calendar"
    book.mkdir()
    desk.book.add(str(book), two_way=True)
    desk.calendar_back.add(str(calendar))
    exports = Exports(desk.exports)
    for files, folder, command in (
        (exports.card_folder(), book, "planner book sync"),
        (exports.calendar_folder(), calendar, "planner book calendar sync"),
    ):
        with case(folder), pytest.raises(Refused, match=command):
            files.write(folder)
        assert list(folder.iterdir()) == []
    desk.calendar_back.remove(str(calendar))
    assert exports.calendar_folder().write(calendar).written > 0
