"""Finding a way and finding matches, measured on a network that nobody has: prints milliseconds."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from planner.config import Config
from planner.core.model import Settings
from planner.core.network.matchmaking import Side, pairs
from planner.core.network.topics import stems
from planner.core.words.folding import fold
from planner.demo import big
from planner.demo.crowd import COMPANIES, FIRST, LAST
from planner.desk import Desk
from planner.store.migrations import latest
from planner.store.session import Store
from planner.store.sqlite import fetch, run_many, search_rebuild
from tests.bench.measure import TODAY, table

CONTACTS, ACQUAINTANCES = 100_000, 500_000
FIRST_PATHS = 100.0
"""Milliseconds until the best ways are there, whatever is asked for."""
PAIRS = 300.0
"""Milliseconds for 10,000 people who look for something and 10,000 who offer something."""
TOPICS = (
    "rolling stock", "shore power", "river freight", "old maps", "grants", "schools", "night trains", "podcasts",
    "tide tables", "patents", "choirs", "wheat", "huts", "photographs", "harbour pilots", "",
)  # fmt: skip
TARGETS = (
    "SNCF", "Port of Lyon", "Maude Ferrand", "shore power", "river", "Harbour Works", "a", "an", "xq", "qzx",
    "Nadia", "Ada Abara", "Kim Berg", "o", "energy", "nobody has this name",
)  # fmt: skip
"""One person, rare and common companies, topics, parts of words of one letter and more, and what is not there."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk over 100,000 contacts who know 500,000 people, made once on this machine."""
    home = Path(tempfile.gettempdir()) / f"planner-bench-{os.getuid()}" / f"reach-{CONTACTS}-schema-{latest()}"
    if not (home / "planner.db").exists():
        home.parent.mkdir(mode=0o700, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix="making-", dir=home.parent))
        with Store(making / "planner.db", Settings(), session="bench").open() as store:
            big(store, CONTACTS, TODAY)
            store.transact(lambda: _acquaint(store))
        os.replace(making, home)
    with Desk(Store(home / "planner.db", Settings(), session="bench").open(), Config(), lambda: TODAY) as found:
        yield found


def _acquaint(store: Store) -> None:
    random = Random(5)
    (highest,) = fetch(store.database, "SELECT max(id) FROM contact")[0]
    names = dict(fetch(store.database, "SELECT id, name FROM contact"))
    rows = []
    for number in range(ACQUAINTANCES):
        contact_id = random.randint(1, highest)
        other = random.randint(1, highest) if random.random() < 0.3 else None
        name = names[other] if other is not None else f"{random.choice(FIRST)} {random.choice(LAST)}"
        company = random.choice(COMPANIES) if random.random() < 0.7 else ""
        topic = random.choice(TOPICS)
        if number in (77_777, 377_777):
            name, company, topic = "Maude Ferrand", "SNCF", "rolling stock"
        about = fold(f"{name} {company} {topic}")
        who = (f"known-{number}", contact_id, other, name, fold(name), "")
        rows.append((*who, company, topic, about, TODAY.isoformat()))
    run_many(
        store.database,
        "INSERT INTO acquaintance"
        " (uid, contact_id, other_id, name, folded, relation, company, topic, about, created_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    search_rebuild(store.database)


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
def test_matches_of_twenty_thousand_wishes() -> None:
    """Words as people use them: few of them often, most of them seldom."""
    random = Random(11)
    words = ["".join(random.choices("abcdefghilmnoprstuv", k=random.randint(4, 9))) for _ in range(4_000)]
    weights = [1 / (place + 3) for place in range(len(words))]

    def texts(start: int) -> list[Side]:
        return [
            Side(start + number, f"Person {start + number}", " ".join(random.choices(words, weights, k=5)))
            for number in range(10_000)
        ]

    needs, offers = texts(0), texts(10_000)

    def afresh() -> None:
        stems.cache_clear()
        assert len(pairs(needs, offers)) == 100

    first, again = _milliseconds(afresh), _milliseconds(lambda: pairs(needs, offers))
    table("matches, 10,000 wishes and 10,000 offers", ("", "ms"), (("the first time", first), ("again", again)))
    assert first <= PAIRS
