"""What the tests of the desk share: a Monday, and short ways to say who, what and when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.config import Config
from planner.core.model import Agenda, Settings
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.session import Store
from tests.empty_planner import empty_planner

TODAY = date(2026, 11, 23)
"""A Monday."""


def day(month: int, day_of_month: int, year: int = 2026) -> date:
    return date(year, month, day_of_month)


def on(days: int) -> date:
    return TODAY + timedelta(days=days)


def open_desk(path: Path, settings: Settings | None = None) -> Desk:
    """A desk over a real file, on `TODAY`."""
    config = Config(settings=settings or Settings())
    return Desk(Store(empty_planner(path), config.settings, session="test").open(), config, lambda: TODAY)


def add(desk: Desk, name: str = "Ana Silva", *, today: date = TODAY, **fields: object) -> int:
    return desk.on(today).people.add(ContactDraft(name=name, **fields)).id  # type: ignore[arg-type]


def shown(agenda: Agenda) -> dict[str, tuple[date, date]]:
    """(due, day it stands on) of each open item, by id."""
    found = {one.item.id: (one.item.due, one.planned) for one in agenda.items}
    assert len(found) == len(agenda.items), "an item stands twice"
    return found


def stands(desk: Desk, item_id: str, today: date) -> bool:
    """Whether an item is on the agenda of a day's week."""
    return item_id in shown(desk.on(today).reading.agenda())
