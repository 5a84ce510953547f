"""Syncs of an address book that meet something bad on their way, each a process of its own.

Two at once, a folder that vanishes, a card that another program writes in the middle, a full disk, a card that is too
large, a link: each is refused in plain words or finished later, and both sides stay whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.store.doctor import doctor
from tests.cases import PATIENCE, case
from tests.empty_planner import empty_planner
from tests.store.stores import open_store
from tests.trust.terminal import environment, planner_program

QUIET = "nothing new, nothing to decide"
PICTURE = "PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG"
MEANWHILE = """
import os, shutil, sys
event, part, number, act = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
seen = 0

def hook(name, what):
    global seen
    if name == event and part in str(what[0]):
        seen += 1
        if seen == number:
            exec(act)

sys.addaudithook(hook)
from planner.cli import main
sys.exit(main(sys.argv[5:]))
"""
"""A planner beside which something happens when it opens a certain file."""


@dataclass(frozen=True)
class Book:
    """A folder of cards that is kept both ways, and its planner."""

    home: Path
    folder: Path

    def start(self, *words: str, meanwhile: tuple[str, str, int, str] | None = None) -> subprocess.Popen[str]:
        """Start a command; `meanwhile` is an audit event, a part of what it is about, the how manieth, and what then
        happens."""
        program = planner_program()
        if meanwhile is not None:
            event, part, number, act = meanwhile
            program = [sys.executable, "-c", MEANWHILE, event, part, str(number), act]
        return subprocess.Popen(
            [*program, *words], env=environment(self.home), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *words: str, meanwhile: tuple[str, str, int, str] | None = None) -> tuple[int, str]:
        """Exit code and all the words of a command."""
        return self.ended(self.start(*words, meanwhile=meanwhile))

    @staticmethod
    def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
        out, err = process.communicate(timeout=PATIENCE)
        said = out + err
        assert "Traceback" not in said
        assert "unexpected fault" not in said
        return process.returncode, said

    def done(self, *words: str) -> str:
        code, said = self.run(*words)
        assert code == 0, said
        return said

    def json(self, *words: str) -> Any:
        return json.loads(self.done(*words, "--json"))

    def put(self, name: str, *lines: str, **rest: str) -> Path:
        """Write a card as a syncing program does."""
        given, _, family = name.partition(" ")
        file = self.folder / f"{given.lower()}.vcf"
        head = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{given.lower()}", f"FN:{name}", f"N:{family};{given};;;")
        draft = self.folder / f"{given.lower()}.tmp"
        draft.write_bytes("\r\n".join((*head, *lines, "END:VCARD", "")).encode())
        os.replace(draft, file)
        return file

    def is_whole(self) -> None:
        """Nothing is left to do, no card stands twice, no half file lies about, and the planner is sound."""
        assert self.json("book", "sync")["plan"] == QUIET
        with sqlite3.connect(self.home / "planner.db") as database:
            keys = Counter(database.execute("SELECT book_id, key FROM card").fetchall())
            names = [name for (name,) in database.execute("SELECT name FROM contact")]
            waiting = database.execute("SELECT count(*) FROM card WHERE sent <> ''").fetchone()[0]
        assert set(keys.values()) <= {1}
        assert waiting == 0
        assert len(names) == len(set(names))
        assert sorted(os.listdir(self.folder)) == sorted(one.name for one in self.folder.glob("*.vcf"))
        assert len(keys) == len(os.listdir(self.folder))
        store = open_store(self.home / "planner.db")
        assert doctor(store).problems == ()
        store.close()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    home, folder = tmp_path / "home", tmp_path / "book"
    folder.mkdir()
    empty_planner(home / "planner.db")
    found = Book(home, folder)
    for name in ("Ana Lund", "Ben Okri", "Cy Young", "Dora Lind", "Eva Stone", "Fay Lie"):
        found.put(name, f"EMAIL:{name[:3].lower()}@x.example", PICTURE, "X-BOAT;X-A=b:1")
    found.done("book", "add", str(folder), "--two-way")
    assert found.json("book", "sync")["plan"] == "6 new"
    return found


def test_two_syncs_at_once_write_everything_once(book: Book) -> None:
    refused = 0
    for number in range(3):
        for name in ("Ana", "Ben", "Cy"):
            book.done("edit", name, "--note", f"tea {number}")
        book.put("Dora Lind", f"EMAIL:dora{number}@x.example", PICTURE, "X-BOAT;X-A=b:1")
        book.put(f"New{number} Lie", f"EMAIL:new{number}@x.example")
        book.done("add", f"Here{number} Vik", "--email", f"here{number}@x.example")
        before = {file.name: file.read_bytes() for file in book.folder.iterdir()}
        outcomes = [book.ended(one) for one in [book.start("book", "sync") for _ in range(3)]]
        for code, said in outcomes:
            assert code in (0, 1, 2), said
            if code:
                refused += 1
                assert "still taking in" in said
        assert any(code == 0 for code, _ in outcomes)
        book.is_whole()
        for name in ("ana", "ben", "cy"):
            text = (book.folder / f"{name}.vcf").read_bytes().decode()
            # Each edit is written once.
            assert f"NOTE:tea {number}\r\n" in text
            assert f"X-PLANNER-REV:{number + 1}\r\n" in text
            left = [line for line in text.splitlines() if not line.startswith(("X-PLANNER-REV", "NOTE"))]
            assert left == [line for line in before[f"{name}.vcf"].decode().splitlines()
                            if not line.startswith(("X-PLANNER-REV", "NOTE"))]  # fmt: skip
        assert book.json("show", "Dora")["emails"] == [f"dora{number}@x.example"]
        assert book.json("contacts")["total"] == 6 + 2 * (number + 1) == len(os.listdir(book.folder))
    print(f"{refused} of 9 syncs were refused, and told to sync again")


def test_two_syncs_of_a_calendar_at_once_take_everything_once(book: Book, tmp_path: Path) -> None:
    calendar = tmp_path / "calendar"
    calendar.mkdir()
    book.done("book", "calendar", "add", str(calendar))
    for name in ("Ana", "Ben", "Cy"):
        book.done("follow-up", name, f"water {name}'s plants", "--on", "2026-11-25", "--repeat", "+1w")
    book.done("book", "calendar", "sync")
    before = book.json("book", "calendar", "sync")
    assert before["lines"] == []
    files = {name: file for file in calendar.iterdir() for name in ("Ana", "Ben", "Cy") if name in file.read_text()}
    for number in range(3):
        for name, file in files.items():
            # The phone moves one, ticks one, and writes words of its own into one.
            text = file.read_bytes().decode().replace("\r\n ", "")
            old, new = {
                "Ana": (r"(?m)^(DTSTART;VALUE=DATE:)\d+", rf"\g<1>2026112{6 + number}"),
                "Ben": ("END:VEVENT", "STATUS:COMPLETED\r\nEND:VEVENT"),
                "Cy": (r"(?m)^SUMMARY:[^\r]+", f"SUMMARY:the blue ones {number}"),
            }[name]
            changed, count = re.subn(old, new, text, count=1)
            assert count == 1, text
            file.write_bytes(changed.encode())
        plans = [book.start("book", "calendar", "sync") for _ in range(3)]
        for code, said in map(book.ended, plans):
            assert code == 0 or (code == 2 and "still taking in" in said), said
        assert book.json("book", "calendar", "sync")["lines"] == []
        # Each once: one round on, one note.
        days = [one["due"] for one in book.json("show", "Ben")["loops"]]
        assert days == [(date(2026, 11, 25) + timedelta(weeks=number + 1)).isoformat()]
        assert book.json("show", "Cy")["notes"].count(f"the blue ones {number}") == 1
        assert len(list(calendar.glob("*.ics"))) == 3
    steps = [one["summary"] for one in book.json("history")["entries"]]
    assert sum("from the calendar" in one for one in steps) == 3


@pytest.mark.parametrize("number", [1, 3])
def test_a_folder_that_vanishes_while_it_is_read(book: Book, number: int) -> None:
    kept = book.folder.with_name("kept")
    for name in ("Ana Lund", "Ben Okri", "Cy Young", "Dora Lind"):
        book.put(name, f"EMAIL:{name[:3].lower()}@y.example")
    gone = f"shutil.copytree({str(book.folder)!r}, {str(kept)!r}); shutil.rmtree({str(book.folder)!r})"
    code, said = book.run("book", "sync", meanwhile=("open", ".vcf", number, gone))
    assert code in (0, 1)
    assert "not readable yet" in said
    # Whoever could not be read is not gone.
    assert "no longer" not in said
    code, said = book.run("book", "sync")
    assert code == 1
    assert "cannot be read" in said
    assert "Nothing of it was taken as gone" in said
    os.rename(kept, book.folder)
    book.done("book", "sync")
    assert [book.json("show", name)["emails"] for name in ("Ana", "Dora")] == [["ana@y.example"], ["dor@y.example"]]
    book.is_whole()


def test_a_folder_that_vanishes_while_it_is_written(book: Book) -> None:
    kept = book.folder.with_name("kept")
    for name in ("Ana", "Ben", "Cy"):
        book.done("edit", name, "--note", "tea")
    gone = f"shutil.copytree({str(book.folder)!r}, {str(kept)!r}); shutil.rmtree({str(book.folder)!r})"
    code, said = book.run("book", "sync", meanwhile=("open", ".planner-new", 2, gone))
    assert code == 1
    assert "was not written" in said or "cannot be" in said or "is not there" in said
    os.rename(kept, book.folder)
    book.done("book", "sync")
    for name in ("ana", "ben", "cy"):
        assert b"NOTE:tea\r\n" in (book.folder / f"{name}.vcf").read_bytes()
    book.is_whole()


@pytest.mark.parametrize("act", ["edited", "deleted"])
def test_a_card_that_another_program_writes_between_reading_and_writing(book: Book, act: str) -> None:
    card, draft = book.folder / "ana.vcf", book.folder.with_name("draft.vcf")
    draft.write_bytes(card.read_bytes().replace(b"X-A=b:1", b"X-A=b:2").replace(b"ana@x", b"ana@phone"))
    book.done("edit", "Ana", "--note", "tea")
    change = f"os.replace({str(draft)!r}, {str(card)!r})" if act == "edited" else f"os.unlink({str(card)!r})"
    code, said = book.run("book", "sync", meanwhile=("open", ".planner-new", 1, change))
    assert code == 1
    if act == "deleted":
        assert "cannot be read or written: no such file" in said
        assert not card.exists()
        assert book.json("book", "sync")["plan"] == "1 gone"
        assert not card.exists()
        assert book.json("show", "Ana")["notes"] == "tea"
        return
    assert "was changed by another program meanwhile" in said
    text = card.read_bytes()
    assert b"ana@phone" in text
    assert b"NOTE" not in text
    # The next sync finishes both: their edit comes in, ours goes out.
    assert book.json("book", "sync")["plan"] == "1 changed, 1 to write"
    assert book.json("show", "Ana")["emails"] == ["ana@phone.example"]
    text = card.read_bytes()
    assert [one in text for one in (b"ana@phone", b"NOTE:tea", b"X-A=b:2", PICTURE.encode())] == [True] * 4
    book.is_whole()


@pytest.fixture
def small_disk(book: Book) -> Iterator[Callable[[bool], None]]:
    """The book on a disk of its own; gives what fills it and what makes room again."""
    kept = book.folder.with_name("kept")
    os.rename(book.folder, kept)
    book.folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(book.folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    for file in kept.iterdir():
        shutil.copy(file, book.folder)
    filler = book.folder / "filler"

    def fill(full: bool) -> None:
        if not full:
            filler.unlink()
            return
        with filler.open("wb", buffering=0) as stream, suppress(OSError):
            while stream.write(b"x" * 4096):
                pass

    try:
        yield fill
    finally:
        subprocess.run(["umount", str(book.folder)], check=True)


def test_a_full_disk_under_the_book(book: Book, small_disk: Callable[[bool], None]) -> None:
    book.done("book", "sync")
    book.done("edit", "Ana", "--note", "tea")
    book.done("add", "Gus Ny", "--email", "gus@x.example")
    before = {file.name: file.read_bytes() for file in book.folder.glob("*.vcf")}
    small_disk(True)
    for _ in range(2):
        code, said = book.run("book", "sync")
        assert code == 1
        assert said.count("The disk is full") == 2
        assert {file.name: file.read_bytes() for file in book.folder.glob("*.vcf")} == before
    assert book.json("show", "Ana")["notes"] == "tea"
    small_disk(False)
    assert book.json("book", "sync")["to_write"] == 2
    assert b"NOTE:tea\r\n" in (book.folder / "ana.vcf").read_bytes()
    assert len(os.listdir(book.folder)) == 7
    book.is_whole()


def test_a_card_that_grows_too_large_and_one_of_7_mb(book: Book) -> None:
    big = "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 1_750_000
    file = book.put("Ana Lund", "EMAIL:ana@x.example", big, "X-BOAT:1")
    assert book.json("book", "sync")["plan"] == QUIET
    book.done("edit", "Ana", "--email", "ana@here.example")
    before = file.read_bytes()
    assert book.json("book", "sync")["to_write"] == 1
    after = file.read_bytes().replace(b"X-PLANNER-REV:1\r\n", b"")
    assert after == before.replace(b"ana@x", b"ana@here")
    book.is_whole()
    # Of 10 MB it is not read: nobody is gone, nothing is written into it, and it follows once it is smaller.
    book.put("Ana Lund", "EMAIL:ana@phone.example", big, "NOTE:" + "x" * 3_000_000)
    book.done("edit", "Ana", "--city", "Oslo")
    before = file.read_bytes()
    for _ in range(2):
        code, said = book.run("book", "sync")
        assert code == 0
        assert "1 not readable yet" in said
        assert "gone" not in said
        assert file.read_bytes() == before
    assert book.json("show", "Ana")["emails"] == ["ana@here.example"]
    book.put("Ana Lund", "EMAIL:ana@phone.example", PICTURE)
    done = book.json("book", "sync")
    assert (done["changed"], done["to_write"], done["to_decide"]) == (1, 1, 0)
    assert book.json("show", "Ana")["emails"] == ["ana@phone.example"]
    assert b"Oslo" in file.read_bytes()


def test_a_card_that_becomes_a_link_is_neither_followed_nor_gone(book: Book, tmp_path: Path) -> None:
    outside = tmp_path / "outside.vcf"
    card = book.folder / "ana.vcf"
    os.rename(card, outside)
    secret = outside.read_bytes().replace(b"ana@x", b"ana@secret")
    outside.write_bytes(secret)
    for target in (outside, tmp_path / "nowhere.vcf", card):
        with case(target):
            card.symlink_to(target)
            code, said = book.run("book", "sync")
            assert code == 0
            assert "ana.vcf: passed over, it is a link" in said
            assert "1 not readable yet" in said
            assert "no longer" not in said
            book.done("edit", "Ana", "--note", f"tea at {target.name}")
            assert "1 not readable yet" in book.done("book", "sync")
            assert outside.read_bytes() == secret
            assert card.is_symlink()
            card.unlink()
    assert book.json("show", "Ana")["emails"] == ["ana@x.example"]
    # The folder itself is what the person named: it may be a link, and the cards in it are its own.
    os.rename(outside, card)
    moved = tmp_path / "moved"
    os.rename(book.folder, moved)
    book.folder.symlink_to(moved)
    done = book.json("book", "sync")
    assert (done["changed"], done["to_write"], done["gone"]) == (1, 1, 0)
    assert book.json("show", "Ana")["emails"] == ["ana@secret.example"]
    assert not (moved / "ana.vcf").is_symlink()
    book.is_whole()
