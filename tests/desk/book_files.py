"""Cards in a folder, as another program keeps an address book."""

from __future__ import annotations

from pathlib import Path

from planner.desk import Desk
from planner.desk.book.values import Synced
from planner.desk.values import ContactDraft
from planner.interchange.book.reading import BookReading
from planner.interchange.book.sending import CardSender


def write_card(folder: Path, name: str, *lines: str) -> Path:
    """Write or write over the card of a person; further lines stand as they are given."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    given, _, family = name.partition(" ")
    file = folder / f"{given.lower()}.vcf"
    file.touch(mode=0o600)
    head = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{given.lower()}", f"FN:{name}", f"N:{family};{given};;;")
    file.write_text("\r\n".join((*head, *lines, "END:VCARD", "")), "utf-8", newline="")
    return file


def sync(desk: Desk) -> Synced:
    """Read what changed in all books."""
    return desk.book.sync(BookReading, CardSender)


def disagreeing_book(desk: Desk, folder: Path) -> None:
    """A book of four: Ana's e-mail was changed on both sides, Ben's phone outside; Cy and Dora are gone from it."""
    for name, line in (
        ("Ana Silva", "EMAIL:ana@old.example"), ("Ben Okri", "TEL:+4790000001"), ("Cy Young", "EMAIL:cy@x.example"),
        ("Dora Lind", "EMAIL:dora@x.example"), ("Eva Stone", "NOTE:met in Lyon"),
    ):  # fmt: skip
        write_card(folder, name, line)
    desk.book.add(str(folder))
    sync(desk)
    desk.people.edit(desk.people.find("Ana Silva"), ContactDraft(emails=("ana@third.example",)))
    write_card(folder, "Ana Silva", "EMAIL:ana@new.example")
    write_card(folder, "Ben Okri", "TEL:+4790000002")
    (folder / "cy.vcf").unlink()
    (folder / "dora.vcf").unlink()
