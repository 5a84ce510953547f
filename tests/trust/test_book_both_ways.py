"""A phone, a server and the planner keep one address book: vdirsyncer and Radicale, really run on this machine."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.core.book.said import said_of
from planner.interchange.book.reading import card_file
from tests.cases import PATIENCE
from tests.cli.conftest import Planner
from tests.cli.conftest import planner as planner
from tests.test_readme import blocks
from tests.trust.test_programs import missing, run

COLLECTION = (
    '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>'
    "<resourcetype><collection/><C:addressbook/></resourcetype></prop></set></mkcol>"
)
PICTURE = "PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG"


class Phone:
    """Edits cards on the server, as a phone does."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: str = "", collection: str = "book") -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        # Whoever it is, the server lets them in.
        kind = "text/vcard" if collection == "book" else "text/calendar"
        headers = {"Authorization": "Basic bWU6eA==", "Content-Type": kind}
        connection.request(method, f"/me/{collection}/{path}", body.encode(), headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        assert answer.status < 300, f"{method} {path}: {answer.status} {said!r}"
        return said

    def put(self, uid: str, name: str, *lines: str) -> None:
        given, _, family = name.partition(" ")
        text = "\r\n".join((f"UID:{uid}", f"FN:{name}", f"N:{family};{given};;;", *lines))
        self.ask("PUT", f"{uid}.vcf", f"BEGIN:VCARD\r\nVERSION:3.0\r\n{text}\r\nEND:VCARD\r\n")

    def get(self, uid: str) -> bytes:
        return self.ask("GET", f"{uid}.vcf")

    def delete(self, uid: str) -> None:
        self.ask("DELETE", f"{uid}.vcf")


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    radicale = Path(os.environ.get("PLANNER_PROGRAMS", "")) / "bin" / "radicale"
    if not radicale.exists():
        missing("radicale (in the environment that PLANNER_PROGRAMS names)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = tmp_path / "radicale.conf"
    settings.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n"
        f"[storage]\nfilesystem_folder = {tmp_path / 'server'}\n[logging]\nlevel = critical\n"
    )
    server = subprocess.Popen([radicale, "-C", settings], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert server.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        found = Phone(port)
        found.ask("MKCOL", "", COLLECTION)
        (tmp_path / "book").mkdir()
        (tmp_path / "status").mkdir()
        (tmp_path / "vdirsyncer.conf").write_text(recipe(tmp_path, port))
        yield found
    finally:
        server.kill()
        server.wait()


def recipe(folder: Path, port: int) -> str:
    """What the README says to write, with this folder, this server and this planner."""
    (text,) = (one for one in blocks("ini") if "carddav" in one)
    program = Path(sys.executable).with_name("planner")
    for said, here in (
        ('"planner"', f'"{program}"'), ("~/.contacts/", f"{folder}/"), ("https://dav.example.org/",
        f"http://127.0.0.1:{port}/me/"), ('"kari"', '"me"'), ('.fetch = ["command", "pass", "show", "dav"]', ' = "x"'),
    ):  # fmt: skip
        assert said in text, said
        text = text.replace(said, here)
    return f'[general]\nstatus_path = "{folder / "status"}"\n{text}'


def values(data: bytes) -> dict[str, object]:
    """What a card says, whoever has written it."""
    (person,) = card_file("card.vcf", data).people
    return said_of(person)


def test_the_phone_and_the_planner_agree(phone: Phone, planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"

    def carry(*words: str) -> None:
        run(planner.home, "vdirsyncer", "-c", tmp_path / "vdirsyncer.conf", *(words or ("sync",)))

    def agree() -> None:
        """Both sides hold the same cards with the same values; an exit code alone proves nothing."""
        for file in book.iterdir():
            assert values(file.read_bytes()) == values(phone.get(file.stem)), file.name

    old = ("EMAIL:ana@old.example", "TEL;TYPE=CELL:+4790000001", "BDAY:1988-06-15", "NOTE:likes tea")
    phone.put("ana", "Ana Lund", *old, "CATEGORIES:work,sea", PICTURE, "X-BOAT;X-A=b:1")
    for uid, name in (("ben", "Ben Oy"), ("cas", "Cas Ek"), ("dea", "Dea Ny"), ("eli", "Eli Aas")):
        phone.put(uid, name, f"EMAIL:{uid}@x.example", PICTURE, "X-BOAT;X-A=b:1")
    carry("discover")
    carry()
    planner.done("book", "add", str(book), "--two-way")
    assert planner.json("book", "sync")["plan"] == "5 new"

    # All that a phone may do, and an edit here.
    new = ("EMAIL:ana@new.example", "TEL;TYPE=CELL:+4790000002", "BDAY:1988-06-16", "NOTE:likes tea and chess")
    phone.put("ana", "Ana Lund", *new, "CATEGORIES:sea", PICTURE, "X-BOAT;X-A=b:1")
    phone.delete("ben")
    phone.put("cas-copy", "Cas Ek", "EMAIL:cas@x.example")
    phone.delete("dea")
    phone.put("dea-moved", "Dea Ny", "EMAIL:dea@x.example")
    phone.put("fay", "Fay Lie", "EMAIL:fay@x.example")
    planner.done("edit", "Eli", "--email", "eli@here.example")
    before = (book / "eli.vcf").read_bytes().replace(b"eli@x", b"eli@here")
    assert planner.json("book", "sync")["to_write"] == 1
    ours = (book / "eli.vcf").read_bytes()
    assert [line for line in ours.splitlines() if b"X-PLANNER-REV" not in line] == before.splitlines()
    carry()
    assert planner.json("book", "sync")["plan"] == "1 new, 1 changed, 1 moved, 1 gone"
    assert planner.done("query", "ana", "--no-header").out.startswith("ana@new.example\tAna Lund\t")
    assert len(planner.json("query", "ana")["addresses"]) == 1
    ana = planner.json("show", "Ana")
    assert (ana["phones"], ana["birthday"], ana["notes"]) == (["+4790000002"], "1988-06-16", "likes tea and chess")
    assert ana["circles"] == ["sea"]
    assert planner.json("contacts")["total"] == 6
    assert values(phone.get("eli"))["emails"] == [["eli@here.example", ""]]

    # A second round changes nothing on either side.
    seen = {file.name: file.read_bytes() for file in book.iterdir()}
    carry()
    assert planner.json("book", "sync")["plan"] == "1 gone"
    assert seen == {file.name: file.read_bytes() for file in book.iterdir()}
    agree()

    # Both edit one card before they meet: made one by field, and what both changed is asked.
    planner.done("edit", "Eli", "--email", "eli@mine.example", "--phone", "+4790000003")
    planner.json("book", "sync")
    theirs = phone.get("eli").decode().replace("eli@here", "eli@theirs").replace("X-A=b:1", "X-A=b:2")
    phone.ask("PUT", "eli.vcf", theirs)
    carry()
    done = planner.json("book", "sync")
    assert [(one["theirs"], one["mine"]) for one in done["questions"] if one["about"] == "email"] == [
        ("eli@theirs.example", "eli@mine.example")
    ]
    both = values(phone.get("eli"))
    assert (both["emails"], both["phones"]) == ([["eli@theirs.example", ""]], [["+4790000003", ""]])
    assert b"X-A=b:2" in phone.get("eli")
    (asked,) = [str(one["id"]) for one in done["questions"] if one["about"] == "email"]
    planner.done("book", "decide", asked, "mine")
    planner.json("book", "sync")
    carry()
    assert values(phone.get("eli"))["emails"] == [["eli@mine.example", ""]]
    agree()


def test_khard_edits_a_card_that_we_wrote_and_back(planner: Planner, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    file = book / "ana.vcf"
    lines = ("VERSION:3.0", "UID:ana", "FN:Ana Lund", "N:Lund;Ana;;;", "EMAIL;TYPE=home:ana@old.example", PICTURE)
    file.write_bytes("\r\n".join(("BEGIN:VCARD", *lines, "NOTE:likes tea", "END:VCARD", "")).encode())
    planner.done("book", "add", str(book), "--two-way")
    planner.done("book", "sync")
    planner.done("edit", "Ana", "--email", "ana@ours.example")
    assert planner.json("book", "sync")["to_write"] == 1
    settings, page = tmp_path / "khard.conf", tmp_path / "ana.yaml"
    settings.write_text(
        f"[addressbooks]\n[[people]]\npath = {book}\n[general]\ndefault_action = list\neditor = vi\nmerge_editor = vi\n"
    )
    shown = run(planner.home, "khard", "-c", settings, "show", "--format", "yaml", "uid:ana")
    assert "ana@ours.example" in shown
    page.write_text(shown.replace("ana@ours.example", "ana@khard.example"))
    run(planner.home, "khard", "-c", settings, "edit", "-i", page, "--format", "yaml", "uid:ana", answers="y\n")
    assert b"ana@khard.example" in file.read_bytes()
    # khard writes every line anew; one value of them is another.
    assert planner.json("book", "sync")["plan"] == "1 changed"
    assert planner.json("show", "Ana")["emails"] == ["ana@khard.example"]
    planner.done("edit", "Ana", "--note", "likes coffee")
    assert planner.json("book", "sync")["to_write"] == 1
    assert "likes coffee" in run(planner.home, "khard", "-c", settings, "show", "uid:ana")
    assert values(file.read_bytes())["photo"]
    assert planner.json("book", "sync")["step"] is None
