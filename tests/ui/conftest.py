"""What all tests of the screen need."""

from __future__ import annotations

import pytest

from planner.ui.widgets import notice
from tests.cases import PATIENCE


@pytest.fixture(autouse=True)
def messages_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the planner says stays until the test has looked, however busy the machine is."""
    monkeypatch.setattr(notice, "STAYS_SECONDS", PATIENCE)
