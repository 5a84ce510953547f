"""Reading in the background gives way to keys: it waits while they come, and goes on little by little."""

from __future__ import annotations

from itertools import chain, repeat
from pathlib import Path

import pytest

from planner.ui import gateway
from planner.ui.gateway import LONGEST_WAY, SLICE_SECONDS, GivingWay
from planner.ui.session import in_terminal
from tests.cases import PATIENCE
from tests.ui.words import planner


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits there were, on a clock that only they and the test move on."""
    found: list[float] = []
    monkeypatch.setattr(gateway, "sleep", found.append)
    monkeypatch.setattr(gateway, "monotonic", lambda: sum(found))
    return found


def test_it_waits_until_no_key_comes(waits: list[float]) -> None:
    keys = chain([True] * 5, repeat(False))
    way = GivingWay(lambda: next(keys))
    way()
    assert len(waits) == 5
    way()
    assert len(waits) == 5


def test_where_a_key_is_held_down_it_reads_a_little_between_two_waits(waits: list[float]) -> None:
    way = GivingWay(lambda: True)
    for _ in range(10):
        way()
    assert len(waits) == LONGEST_WAY
    waits.append(SLICE_SECONDS)
    way()
    assert len(waits) == 2 * LONGEST_WAY + 1


async def test_a_move_through_a_list_counts_as_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with planner(tmp_path, demo=True) as see:
        monkeypatch.setattr(in_terminal, "KEYS_REST_SECONDS", 0.0)
        assert not see.app.busy
        await see.press("down")
        monkeypatch.setattr(in_terminal, "KEYS_REST_SECONDS", PATIENCE)
        assert see.app.busy
