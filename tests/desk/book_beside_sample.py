"""The sample network beside an address book that says other things about some of its people, to be looked at."""

from __future__ import annotations

from pathlib import Path

from planner.config import Config
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.desk.book_files import sync, write_card

PEOPLE = (
    "Ana Silva", "Ben Okri", "Dora Lind", "Hana Ray", "Kim Berg", "Leo Hart", "Mira Holt", "Nora Quist",
)  # fmt: skip


def book_beside_sample(home: Path) -> None:
    """A planner in a folder: read once from a book that knows eight of its people, and again after changes.

    Meanwhile one address was changed on both sides, two cards went, two were changed and two people came.
    """
    config = Config()
    desk = Desk(demo_store(home / "planner.db", DEMO_TODAY, config.settings), config, lambda: DEMO_TODAY)
    book = home / "book"
    emails = {name: _email(desk, name) for name in PEOPLE}
    for name in PEOPLE:
        write_card(book, name, f"EMAIL:{emails[name]}")
    desk.book.add(str(book))
    sync(desk)
    ana = desk.people.find("Ana Silva")
    desk.people.edit(ana, ContactDraft(emails=("ana@portoflyon.example",)))
    write_card(book, "Ana Silva", "EMAIL:ana.silva@lyon.example")
    write_card(book, "Ben Okri", f"EMAIL:{emails['Ben Okri']}", "TEL:+33 6 12 34 56 78")
    write_card(book, "Mira Holt", f"EMAIL:{emails['Mira Holt']}", "TITLE:Head of routes", "ORG:Fjell & Fjord")
    for gone in ("dora.vcf", "nora.vcf"):
        (book / gone).unlink()
    for name, line in (("Ylva Sand", "EMAIL:ylva@sand.example"), ("Otto Perrin", "TEL:+33 6 98 76 54 32")):
        write_card(book, name, line)
    sync(desk)
    desk.store.close()


def _email(desk: Desk, name: str) -> str:
    contact = desk.reading.card(desk.people.find(name), history=0).contact
    return contact.emails[0].value if contact.emails else f"{name.split()[0].lower()}@example.org"
