"""Several databases open in several threads of one process: each thread reads and writes its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from planner.config import Config
from planner.core.model import Settings
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.session import Store

TODAY = date(2026, 11, 23)
ROUNDS = 60


def used(path: Path, name: str) -> list[str]:
    """Add people to a database of one's own and read them back each time; the names in it at the end."""
    with Store(path, Settings()).open() as store:
        desk = Desk(store, Config(), lambda: TODAY)
        for number in range(ROUNDS):
            desk.people.add(ContactDraft(name=f"{name} {number:02}"))
            assert desk.reading.contacts().total == number + 1
        return [row.name for row in desk.reading.contacts().rows]


def test_two_threads_with_a_database_each_do_not_meet(tmp_path: Path) -> None:
    names = ("Ana", "Ben", "Cleo")
    with ThreadPoolExecutor(len(names)) as pool:
        found = list(pool.map(lambda name: used(tmp_path / f"{name}.db", name), names))
    assert found == [[f"{name} {number:02}" for number in range(ROUNDS)] for name in names]
