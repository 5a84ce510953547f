"""Everybody in an order: a window found group by group holds the same people as the whole list sorted."""

from __future__ import annotations

from pathlib import Path

from planner.config import Config
from planner.core.model import Settings
from planner.demo import DEMO_TODAY, big
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.session import Store
from tests.cases import case

LETTERS = ("a", "e", "n e", "z", "qx", "ann", "")
PEOPLE = 240
WINDOW = 35


def test_a_window_of_everybody_is_a_part_of_the_sorted_list(tmp_path: Path) -> None:
    store = Store(tmp_path / "planner.db", Settings(), session="test").open()
    big(store, PEOPLE, DEMO_TODAY)
    with Desk(store, Config(), lambda: DEMO_TODAY) as desk:
        everyone = desk.reading.contact_ids()
        desk.people.archive(everyone[::9])
        for number, key in enumerate(everyone[1::9]):
            desk.people.edit(key, ContactDraft(company="" if number % 2 else "Quay Press"))
        for name in ("last", "due", "company", "loops"):
            for sort in (name, f"-{name}"):
                # With a query the whole list is sorted.
                whole = desk.reading.contacts("status:active", sort=sort, limit=PEOPLE)
                with case(sort):
                    found = [desk.reading.contacts(sort=sort, offset=start, limit=WINDOW)
                             for start in range(0, PEOPLE + WINDOW, WINDOW)]  # fmt: skip
                    assert [row for page in found for row in page.rows] == list(whole.rows)
                    assert {page.total for page in found} == {whole.total}


def test_a_window_of_who_holds_letters_is_a_part_of_all_who_hold_them(tmp_path: Path) -> None:
    store = Store(tmp_path / "planner.db", Settings(), session="test").open()
    big(store, PEOPLE, DEMO_TODAY)
    with Desk(store, Config(), lambda: DEMO_TODAY) as desk:
        desk.people.archive(desk.reading.contact_ids()[::9])
        for letters in LETTERS:
            for limit in (1, 7, WINDOW):
                with case(letters, limit):
                    whole = desk.reading.contact_ids(letters)
                    found = [desk.reading.contacts(letters, offset=start, limit=limit)
                             for start in range(0, len(whole) + limit, limit)]  # fmt: skip
                    assert [row.id for page in found for row in page.rows] == whole
                    assert {page.total for page in found} == {len(whole)}
