"""Needs, suggestions, ledger and the page of giving, measured on a network that nobody has: prints milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from planner.desk import Desk
from tests.bench.dense import CONTACTS, FAVORS, TOLD, dense_desk
from tests.bench.measure import table

FIRST_ANSWER = 250.0
"""Milliseconds of processor time until the first answer is there."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk over 100,000 contacts with 50,000 favors and 20 needs of which 30,000 were told."""
    with dense_desk() as found:
        yield found


def _milliseconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Processor time, the least of some rounds."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    return min(found)


@pytest.mark.bench
def test_needs_suggestions_ledger_and_giving(desk: Desk) -> None:
    """Words that ten thousand people share are among those asked for."""
    rows: list[tuple[str, float]] = [
        ("all needs", _milliseconds(desk.needs.all)),
        ("closed needs", _milliseconds(lambda: desk.needs.all(closed=True, names=False))),
        ("the ledger", _milliseconds(lambda: desk.favors.ledger(people=False))),
        ("the page of giving", _milliseconds(desk.giving.page)),
    ]
    for view in desk.needs.all():
        taken = _milliseconds(lambda key=view.need.id: desk.needs.people(key))  # type: ignore[misc]
        rows.append((f"whom to tell: {view.need.title}", taken))
    found = desk.needs.people(desk.needs.all()[0].need.id).suggestions
    middle = len(found) // 2
    rows.append(("a window in the middle", _milliseconds(lambda: desk.needs.others(found, middle, middle + 100))))
    table(f"{CONTACTS:,} contacts, {FAVORS:,} favors, {TOLD:,} told", ("", "ms"), rows)
    assert max(taken for _, taken in rows) <= FIRST_ANSWER
