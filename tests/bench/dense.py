"""A network that nobody has, made once on this machine: 100,000 contacts, whom they know, wishes, favors, needs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

from planner.config import Config
from planner.core.model import Settings
from planner.core.words.folding import fold
from planner.demo import big
from planner.demo.crowd import CITIES, COMPANIES, FIRST, KINDS, LAST
from planner.desk import Desk
from planner.store import derived
from planner.store.migrations import latest
from planner.store.session import Store
from planner.store.sqlite import fetch, run_many, search_rebuild
from tests.bench.measure import TODAY, kept_folder

CONTACTS, ACQUAINTANCES, WISHES, FAVORS, NEEDS, TOLD = 100_000, 500_000, 20_000, 50_000, 20, 30_000
TOPICS = (
    "rolling stock", "shore power", "river freight", "old maps", "grants", "schools", "night trains", "podcasts",
    "tide tables", "patents", "choirs", "wheat", "huts", "photographs", "harbour pilots", "",
)  # fmt: skip
THINGS = [
    *(f"{thing}" for thing in (
        "flat", "plumber", "bike", "tent", "van", "carpenter", "babysitter", "roofer", "gardener", "piano", "ladder",
        "photographer", "translator", "accountant", "lawyer", "office", "midwife", "vet", "boat", "kayak", "drill",
    )),
    *(f"{what} {how}" for how in ("lessons", "developer", "repair", "designer", "photography") for what in (
        "piano", "Rust", "clock", "web", "garden", "Welsh", "harp", "drone", "kite", "bike", "chess", "Kotlin", "glass",
        "stage", "map", "boat", "loom", "lens", "font", "lute", "well", "lamp", "sail", "oven", "mill", "bell",
    )),
]  # fmt: skip
SOUGHT = (
    ("A job at Harbour Works in Lyon", "The course ends in May, and my sister lives in Oslo."),
    ("A flat in Lisbon", "To finish the book on small ports."),
    ("A carpenter in Oslo", ""),
    ("Somebody at SNCF", "About night trains."),
    ("A new engineer for Delta Energy", ""),
    ("Harp lessons", ""),
    ("Advice on a grant", "Schools have asked for one."),
)
"""What the needs are about: things, firms and towns of the crowd, of which very many people have one."""


def dense_home() -> Path:
    """The home folder of the network; it is made where this machine has none of this schema."""
    home = kept_folder() / f"dense-{CONTACTS}-schema-{latest()}"
    if not (home / "planner.db").exists():
        making = Path(tempfile.mkdtemp(prefix="making-", dir=home.parent))
        with Store(making / "planner.db", Settings(), session="bench").open() as store:
            big(store, CONTACTS, TODAY)
            for fill in (_acquaint, _wish, _give, _need):
                store.transact(lambda fill=fill: fill(store))  # type: ignore[misc]
            store.transact(lambda: _derive(store))
        os.replace(making, home)
    return home


@contextmanager
def dense_desk() -> Iterator[Desk]:
    """A desk over the network."""
    with Desk(Store(dense_home() / "planner.db", Settings(), session="bench").open(), Config(), lambda: TODAY) as found:
        yield found


def _derive(store: Store) -> None:
    search_rebuild(store.database)
    derived.rebuild(store)


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


def _wish(store: Store) -> None:
    """Let every fifth contact look for something and offer something, in the town where they live."""
    random = Random(11)
    qualities = ("", "good ", "small ", "quiet ", "reliable ")
    weights = [1 / (place + 3) for place in range(len(THINGS))]
    cities = fetch(store.database, "SELECT city, id FROM contact ORDER BY id")[::5]
    rows = []
    for city, key in cities[:WISHES]:
        wanted, offered = random.choices(THINGS, weights, k=2)
        place = f" in {city}" if random.random() < 0.4 else ""
        rows.append((f"a {random.choice(qualities)}{wanted}{place}", f"{offered}{place}", key))
    run_many(store.database, "UPDATE contact SET looking_for = ?, offers = ? WHERE id = ?", rows)


def _give(store: Store) -> None:
    """Favors of ten years: most are over, a few thousand wait for an answer, thanks or a promise."""
    random = Random(7)
    rows = []
    for number in range(FAVORS):
        back = random.randint(1, 3_650)
        given = random.random() < 0.5
        luck = random.random()
        state = ("done" if given else "told") if luck < 0.94 else "promised" if given else "asked"
        on = (TODAY - timedelta(days=back)).isoformat()
        done, due = (on, None) if luck < 0.94 else (None, (TODAY + timedelta(days=back % 90 - 30)).isoformat())
        rows.append(
            (f"favor-{number}", random.randint(1, CONTACTS), "given" if given else "received", random.choice(KINDS),
             state, f"about {random.choice(TOPICS) or 'a move'}", on, due, done, "", "", 1, "")
        )  # fmt: skip
    run_many(
        store.database,
        "INSERT INTO favor (uid, contact_id, direction, kind, state, note, asked_on, due_on, done_on, way_out,"
        " way_out_note, version, occasion) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _need(store: Store) -> None:
    """Needs of which every other is open, and who was told: most people of the first few."""
    random = Random(9)
    for number in range(NEEDS):
        title, why = SOUGHT[number % len(SOUGHT)]
        if number >= len(SOUGHT):
            title = f"{title}, {random.choice(CITIES)}"
        on = (TODAY - timedelta(days=400 - number)).isoformat()
        closed = None if number % 2 == 0 else (TODAY - timedelta(days=number)).isoformat()
        values = (f"need-{number}", title, why, None, on, closed, "", 1, "")
        run_many(
            store.database,
            "INSERT INTO need (uid, title, why, wanted_by, created_on, closed_on, outcome, version, who)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [values],
        )
        (key,) = fetch(store.database, "SELECT max(id) FROM need")[0]
        told = random.sample(range(1, CONTACTS + 1), 2 * TOLD // NEEDS)
        some = [
            (f"told-{number}-{one}", key, one, "told" if place % 3 else "declined",
             (TODAY - timedelta(days=place % 200)).isoformat())
            for place, one in enumerate(told)
        ]  # fmt: skip
        run_many(
            store.database, 'INSERT INTO told (uid, need_id, contact_id, state, "on") VALUES (?, ?, ?, ?, ?)', some
        )
