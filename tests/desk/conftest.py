"""A desk over a real file for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.desk import Desk
from tests.desk.desks import open_desk
from tests.store.stores import assert_sound


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk, and after the test a look whether all that is derived follows from the facts."""
    with open_desk(tmp_path / "planner.db") as found:
        yield found
        assert_sound(found.store)
