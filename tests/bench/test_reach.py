"""Finding a way and finding matches, measured on a network that nobody has: prints milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from planner.core.network.things import about
from planner.desk import Desk
from tests.bench.dense import ACQUAINTANCES, CONTACTS, WISHES, dense_desk
from tests.bench.measure import table

FIRST_PATHS = 100.0
"""Milliseconds until the best ways are there, whatever is asked for."""
PAIRS = 300.0
"""Milliseconds for 20,000 people who look for something and offer something."""
TARGETS = (
    "SNCF", "Port of Lyon", "Maude Ferrand", "shore power", "river", "Harbour Works", "a", "an", "xq", "qzx",
    "Nadia", "Ada Abara", "Kim Berg", "o", "energy", "nobody has this name",
)  # fmt: skip
"""One person, rare and common companies, topics, parts of words of one letter and more, and what is not there."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk over 100,000 contacts who know 500,000 people."""
    with dense_desk() as found:
        yield found


def _milliseconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The least of some rounds: what the work takes where nothing else runs."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return min(found)


@pytest.mark.bench
def test_the_best_ways_are_there_at_once(desk: Desk) -> None:
    """Whatever is typed: the slowest of all targets, since every letter typed asks anew."""
    rows = []
    for target in TARGETS:
        taken = _milliseconds(lambda target=target: desk.network.reach(target))  # type: ignore[misc]
        rows.append((target, taken, len(desk.network.reach(target))))
    table(f"reach, {CONTACTS:,} contacts, {ACQUAINTANCES:,} acquaintances", ("target", "ms", "paths"), rows)
    assert max(taken for _, taken, _ in rows) <= FIRST_PATHS


@pytest.mark.bench
def test_matches_of_twenty_thousand_wishes(desk: Desk) -> None:
    """Of things as people look for them: some often, most seldom."""

    def afresh() -> None:
        about.cache_clear()
        assert len(desk.network.matches()) == 100

    first, again = _milliseconds(afresh), _milliseconds(desk.network.matches)
    table(f"matches, {WISHES:,} wishes and as many offers", ("", "ms"), (("the first time", first), ("again", again)))
    assert first <= PAIRS
