"""A phone, a server and the planner keep one calendar: vdirsyncer and Radicale, really run on this machine."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import Path

from planner.core.book.calendar import GoneAnswer
from planner.desk import Desk
from planner.desk.calendar_back import CameBack
from planner.interchange.book import calendar_folder
from tests.desk.desks import add, on, open_desk
from tests.store.stores import facts
from tests.trust.test_book_both_ways import Phone
from tests.trust.test_book_both_ways import phone as phone
from tests.trust.test_programs import run

COLLECTION = (
    '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
    "<resourcetype><collection/><C:calendar/></resourcetype></prop></set></mkcol>"
)


def ask(phone: Phone, method: str, path: str, body: str = "") -> bytes:
    return phone.ask(method, path, body, collection="calendar")


def edit(phone: Phone, path: str, *changes: tuple[str, str]) -> None:
    """Change an entry on the server, its number one greater, as phones do."""
    text = ask(phone, "GET", path).decode().replace("\r\n ", "")
    for pattern, new in (*changes, (r"SEQUENCE:\d+", "SEQUENCE:9")):
        text, count = re.subn(pattern, new, text, count=1)
        assert count, pattern
    ask(phone, "PUT", path, text)


def sync(desk: Desk, folder: Path, answers: dict[str, GoneAnswer] | None = None) -> CameBack:
    seen = calendar_folder.read(folder, desk.exports.calendar(), UTC)
    came = desk.calendar_back.take((file.says for file in seen.files.values()), seen.missing, answers)
    left = [one.uid for one in came.gone]
    calendar_folder.write(folder, desk.exports.calendar(), seen, left, UTC, todo=True)
    return came


def test_what_a_phone_does_to_the_calendar_is_done_here(phone: Phone, tmp_path: Path) -> None:
    ask(phone, "MKCOL", "", COLLECTION)
    folder, settings = tmp_path / "entries", tmp_path / "calendar.conf"
    folder.mkdir()
    (tmp_path / "calendar-status").mkdir()
    settings.write_text(
        f'[general]\nstatus_path = "{tmp_path / "calendar-status"}"\n[pair calendar]\na = "here"\nb = "there"\n'
        f'collections = null\n[storage here]\ntype = "filesystem"\npath = "{folder}"\nfileext = ".ics"\n'
        f'[storage there]\ntype = "caldav"\nurl = "http://127.0.0.1:{phone.port}/me/calendar/"\n'
        'username = "me"\npassword = "x"\n'
    )

    def carry(word: str = "sync") -> None:
        run(tmp_path, "vdirsyncer", "-c", settings, word)

    with open_desk(tmp_path / "calendar.db") as desk:
        pia = add(desk, "Pia Rud", birthday="1988-12-12")
        for number, text in enumerate(("send the map", "call, about the boat", "buy rope", "ask Bo"), 1):
            desk.triage.follow_up([pia], text, on(number))
        sync(desk, folder)
        carry("discover")
        carry()
        paths = {one.item: f"{one.uid}.ics" for one in desk.exports.calendar()}
        edit(phone, paths["f1"], ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\r\nCOMPLETED:20261123T100000Z"))
        alarm = ("BEGIN:VALARM", "BEGIN:VALARM\r\nX-PHONE:1")
        edit(phone, paths["f2"], (r"DUE;VALUE=DATE:\d+", "DUE;VALUE=DATE:20261204"), alarm)
        edit(phone, paths["f3"], (r"SUMMARY:[^\r]+", "SUMMARY:buy rope\\\\, the blue one"))
        ask(phone, "DELETE", paths["f4"])
        carry()
        came = sync(desk, folder)
        assert sorted(came.lines) == [
            "Done: send the map (Pia Rud)",
            "Moved Pia Rud to Fri 4 Dec 2026",
            "Pia Rud, buy rope: noted “buy rope, the blue one”",
        ]
        assert [one.item for one in came.gone] == ["f4"]
        assert {one.item: one.day for one in desk.exports.calendar() if one.item == "f2"} == {"f2": on(11)}
        sync(desk, folder, {"f4": GoneAnswer.BACK})
        carry()
        moved = ask(phone, "GET", paths["f2"]).decode()
        # Ours came to the server, and what the phone wrote into the alarm is there.
        assert "X-PLANNER-DAY:2026-12-04" in moved
        assert "X-PHONE:1" in moved
        assert b"SUMMARY:Pia Rud: buy rope\r\n" in ask(phone, "GET", paths["f3"])
        assert b"ask Bo" in ask(phone, "GET", paths["f4"])
        before = facts(desk.store), {path.name: path.read_bytes() for path in folder.iterdir()}
        there = ask(phone, "GET", "")
        assert sync(desk, folder).done is None
        carry()
        assert ask(phone, "GET", "") == there
        assert (facts(desk.store), {path.name: path.read_bytes() for path in folder.iterdir()}) == before
