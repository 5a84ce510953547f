"""What all tests of the screen need."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from planner.ui.places import place_with_card
from planner.ui.widgets import notice
from tests.cases import PATIENCE


@pytest.fixture(scope="session")
def what_stays() -> None:
    """Leave out of every search for garbage what was there before the first planner: all tests, all modules."""
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_waits(what_stays: None) -> Iterator[None]:
    """Search for garbage less often: a planner makes thousands of objects at a time, most of which stay."""
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 20, 20)
    yield
    gc.set_threshold(*usual)


@pytest.fixture(autouse=True)
def messages_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a notice stay until the test has read it, however busy the machine is."""
    monkeypatch.setattr(notice, "STAYS_SECONDS", PATIENCE)


@pytest.fixture(autouse=True)
def cards_come_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the card as soon as a key has had its effect: tests wait for it after each key, people press many."""
    monkeypatch.setattr(place_with_card, "CARD_WAIT", 0.01)
