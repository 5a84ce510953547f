"""A phone, its server and a syncing program, really run: Radicale, vdirsyncer, and HTTP as a phone speaks it.

PLANNER_PROGRAMS names the virtual environment that has the two. All of it stays on the loopback.
"""

from __future__ import annotations

import base64
import os
import re
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path

from planner.core.book.said import said_of
from planner.core.model import Contact, ImportedContact
from planner.desk import Desk
from planner.desk.book.values import Synced
from planner.desk.values import ContactDraft
from planner.interchange.book import calendar_folder
from planner.interchange.book.reading import open_book
from planner.interchange.book.sending import CardSender
from tests.cases import PATIENCE, Patience
from tests.desk.desks import add, on, open_desk
from tests.interchange.helpers import people
from tests.store.stores import facts
from tests.trust.test_programs import missing

COLLECTIONS = {
    "book": b'<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/>'
    b"<C:addressbook/></resourcetype></prop></set></mkcol>",
    "calendar": b'<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><resourcetype><collection/>'
    b"<C:calendar/></resourcetype></prop></set></mkcol>",
}


def program(name: str) -> Path:
    path = Path(os.environ.get("PLANNER_PROGRAMS", "/nowhere")) / "bin" / name
    if not path.exists():
        missing(f"{name} (in the environment that PLANNER_PROGRAMS names)")
    return path


class Phone:
    """What a phone does at its server, a calendar and an address book."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/me/"

    def ask(self, method: str, path: str, data: bytes | None = None) -> bytes:
        kind = "text/vcard" if path.startswith("book") else "text/calendar"
        head = {"Authorization": "Basic " + base64.b64encode(b"me:x").decode(), "Content-Type": kind}
        if data is not None and data.startswith(b"<"):
            head["Content-Type"] = "application/xml"
        asked = urllib.request.Request(self.url + path, data=data, method=method, headers=head)
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            found: bytes = answer.read()
        return found

    def put(self, uid: str, name: str, *lines: str) -> None:
        card = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", f"N:{';'.join(reversed(name.split()))};;;")
        self.ask("PUT", f"book/{uid}.vcf", "\r\n".join((*card, *lines, "END:VCARD", "")).encode())

    def change(self, path: str, *changes: tuple[str, str]) -> None:
        """Write something anew with lines changed, and its number one greater."""
        text = self.ask("GET", path).decode().replace("\r\n ", "")
        number = re.search(r"SEQUENCE:(\d+)", text)
        text = text.replace(number[0], f"SEQUENCE:{int(number[1]) + 1}") if number else text
        for pattern, new in changes:
            text, count = re.subn(pattern, new, text, count=1)
            assert count, pattern
        self.ask("PUT", path, text.encode())


@contextmanager
def server(home: Path) -> Iterator[Phone]:
    """Radicale with an address book and a calendar, on a port of its own."""
    radicale = program("radicale")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "radicale.conf").write_text(
        f"[server]\nhosts=127.0.0.1:{port}\n[auth]\ntype=none\n[storage]\nfilesystem_folder={home / 'server'}\n"
        "[rights]\ntype=owner_only\n"
    )
    with subprocess.Popen(
        [radicale, "--config", str(home / "radicale.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            patience = Patience()
            while not patience.over:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            phone = Phone(port)
            for name, body in COLLECTIONS.items():
                phone.ask("MKCOL", f"{name}/", body)
            yield phone
        finally:
            running.terminate()


@contextmanager
def carried(home: Path, phone: Phone) -> Iterator[Callable[[str], None]]:
    """vdirsyncer between the server and two folders, as a function that runs a word of its."""
    vdirsyncer = program("vdirsyncer")
    parts = [f'[general]\nstatus_path = "{home / "status"}"']
    for name, kind, ending in (("book", "carddav", ".vcf"), ("calendar", "caldav", ".ics")):
        (home / name).mkdir()
        parts.append(
            f'[pair {name}]\na = "{name}_here"\nb = "{name}_there"\ncollections = null\nconflict_resolution = null\n'
            f'[storage {name}_here]\ntype = "filesystem"\npath = "{home / name}"\nfileext = "{ending}"\n'
            f'[storage {name}_there]\ntype = "{kind}"\nurl = "{phone.url}{name}/"\nusername = "me"\npassword = "x"'
        )
    (home / "vdirsyncer.conf").write_text("\n".join(parts) + "\n")

    def run(word: str) -> None:
        done = subprocess.run(
            [vdirsyncer, "-c", home / "vdirsyncer.conf", word], capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr

    run("discover")
    yield run


def said(person: ImportedContact) -> tuple[str, object]:
    return person.keys[0], said_of(person)


def both_sides(home: Path, phone: Phone) -> tuple[list[object], list[object]]:
    """What the cards of the folder say, and those of the server, by value: a server writes them in its own way."""
    here = [said(one) for path in (home / "book").glob("*.vcf") for one in people(path.read_bytes())]
    there = [said(one) for one in people(phone.ask("GET", "book/"))]
    return sorted(here, key=str), sorted(there, key=str)


def bytes_of(folders: Sequence[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}


def test_a_phone_and_the_planner_keep_one_book_and_one_calendar(tmp_path: Path) -> None:
    home, folders = tmp_path, (tmp_path / "book", tmp_path / "calendar")
    with server(home) as phone, carried(home, phone) as vdirsyncer, open_desk(home / "planner.db") as desk:
        kept = ("PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG", "X-BOAT:blue")
        phone.put("ana", "Ana Lund", "EMAIL:ana@old.example", *kept)
        phone.put("per", "Per Holm", "TEL;TYPE=CELL:+4790000001")
        phone.put("ida", "Ida Voss", "BDAY:1988-06-15")
        phone.put("siv", "Siv Dahl", "NOTE:met at sea", "CATEGORIES:work,sea")
        phone.put("gro", "Gro Moe", "EMAIL:gro@x.example")
        phone.put("old", "Nils Berg", "EMAIL:nils@x.example")
        vdirsyncer("sync")
        desk.book.add(str(folders[0]), two_way=True)
        assert sync(desk, folders[1]).new == 6
        pia = add(desk, "Pia Rud")
        desk.triage.follow_up([pia], "send the map", on(1))
        desk.triage.follow_up([pia], "call about the boat", on(2))
        sync(desk, folders[1])
        vdirsyncer("sync")

        phone.put("ana", "Ana Lund", "EMAIL:ana@new.example", *kept)
        phone.put("per", "Per Holm", "TEL;TYPE=CELL:+4790000002")
        phone.put("ida", "Ida Voss", "BDAY:1988-06-16")
        phone.put("siv", "Siv Dahl", "NOTE:met at sea\\; moved", "CATEGORIES:sea")
        phone.ask("DELETE", "book/gro.vcf")
        phone.ask("DELETE", "book/old.vcf")
        phone.put("moved", "Nils Berg", "EMAIL:nils@x.example")
        phone.put("new", "Kim Ny", "EMAIL:kim@x.example")
        items = {one.item: one.uid for one in desk.exports.calendar()}
        phone.change(f"calendar/{items['f1']}.ics", ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
        phone.change(f"calendar/{items['f2']}.ics", (r"DUE;VALUE=DATE:\d+", "DUE;VALUE=DATE:20261204"))
        vdirsyncer("sync")
        came = sync(desk, folders[1])
        assert (came.new, came.gone, came.moved) == (1, 1, 1)
        assert [mail for mail, _, _ in desk.reading.query("ana")] == ["ana@new.example"]
        found = {one.name: one for one in (contact(desk, name) for name in ("Per Holm", "Ida Voss", "Siv Dahl"))}
        assert [cell.value for cell in found["Per Holm"].phones] == ["+4790000002"]
        assert [(day.month, day.day) for day in found["Ida Voss"].dates] == [(6, 16)]
        assert (found["Siv Dahl"].notes, found["Siv Dahl"].circles) == ("met at sea; moved", ("sea",))
        assert contact(desk, "Gro Moe").emails
        assert desk.reading.contacts("nils").total == 1
        assert {one.item: one.day for one in desk.exports.calendar() if one.item[0] == "f"} == {"f2": on(11)}

        # What is edited here goes out as the lines that changed; all else stays to the byte.
        desk.people.edit(contact(desk, "Ana Lund").id, ContactDraft(phones=("+4790000009",)))
        sync(desk, folders[1])
        card = (folders[0] / "ana.vcf").read_text()
        assert all(f"\n{line}\n" in card for line in kept)
        vdirsyncer("sync")
        sync(desk, folders[1])
        here, there = both_sides(home, phone)
        assert here == there
        assert b"TEL:+4790000009" in phone.ask("GET", "book/ana.vcf")
        assert all(line.encode() in phone.ask("GET", "book/ana.vcf") for line in kept)
        # And again: nothing changes on any side.
        before = facts(desk.store), bytes_of(folders), phone.ask("GET", "book/"), phone.ask("GET", "calendar/")
        vdirsyncer("sync")
        sync(desk, folders[1])
        assert (
            facts(desk.store), bytes_of(folders), phone.ask("GET", "book/"), phone.ask("GET", "calendar/")
        ) == before  # fmt: skip


def contact(desk: Desk, name: str) -> Contact:
    return desk.reading.card(desk.people.find(name)).contact


def sync(desk: Desk, calendar: Path) -> Synced:
    """Both kinds of sync that the planner has, one after the other."""
    seen = calendar_folder.read(calendar, desk.exports.calendar(), UTC)
    desk.calendar_back.take((file.says for file in seen.files.values()), seen.missing)
    calendar_folder.write(calendar, desk.exports.calendar(), seen, (), UTC, todo=True)
    return desk.book.sync(open_book, CardSender)

