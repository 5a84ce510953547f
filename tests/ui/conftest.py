"""What all tests of the screen need."""

from __future__ import annotations

import pytest

from planner.ui.places import place_with_card
from planner.ui.widgets import notice
from tests.cases import PATIENCE


@pytest.fixture(autouse=True)
def messages_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a notice stay until the test has read it, however busy the machine is."""
    monkeypatch.setattr(notice, "STAYS_SECONDS", PATIENCE)


@pytest.fixture(autouse=True)
def cards_come_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the card as soon as a key has had its effect: tests wait for it after each key, people press many."""
    monkeypatch.setattr(place_with_card, "CARD_WAIT", 0.01)
