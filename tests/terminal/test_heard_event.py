"""An event that a select hears of."""

from __future__ import annotations

import select

from planner.terminal.heard_event import HeardEvent


def is_heard(event: HeardEvent) -> bool:
    return bool(select.select([event.heard], [], [], 0)[0])


def test_it_is_heard_from_when_it_is_set_until_it_is_cleared() -> None:
    event = HeardEvent()
    assert not is_heard(event)
    for times in (1, 70_000):
        for _ in range(times):
            event.set()
        assert is_heard(event)
        assert event.is_set()
        event.clear()
        assert not is_heard(event)
        assert not event.is_set()
