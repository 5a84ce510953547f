"""What a place asks the database on the largest networks: until the first answer, beside a bare move."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from planner.config import Config
from planner.core.model import Settings
from planner.core.network.things import about
from planner.desk import Desk
from planner.store.session import Store
from tests.bench.bare import READY
from tests.bench.dense import dense_desk
from tests.bench.figures import Figure
from tests.bench.keys import ANSWER, Step, press
from tests.bench.measure import TODAY, database_of, open_bare

TARGETS = (
    "SNCF", "Port of Lyon", "Maude Ferrand", "shore power", "river", "Harbour Works", "a", "an", "xq", "qzx",
    "Nadia", "Ada Abara", "Kim Berg", "o", "energy", "nobody has this name",
)  # fmt: skip
"""One person, rare and common companies, topics, parts of words of one letter and more, and what is not there."""
PAGE = 50
SORTS = ("name", "company", "last", "due", "loops", "-last", "-due")


def bare_move() -> float:
    """Processor milliseconds of a move in a bare list."""
    with open_bare("lines") as terminal:
        terminal.wait_for(READY)
        terminal.settle(0.5)
        return sorted(press(terminal, Step(key)).processor for key in ("down", "up") * 8)[8]


def measure() -> Iterator[Figure]:
    """Processor time of each question on the dense network and at a million, the least of some rounds."""
    move = bare_move()

    def took(network: str, what: str, *works: Callable[[], object], bar: float | None = ANSWER) -> Figure:
        """The figure of the slowest of some questions of one kind."""
        slowest = max(min(_milliseconds(work) for _ in range(2)) for work in works)
        return Figure(network, f"asked: {what}", slowest / move, "× bare move, processor", bar, noise=2.0)

    with dense_desk() as desk:
        yield from (took("dense", what, work) for what, work in _dense(desk).items())
        ways = (partial(desk.network.reach, target) for target in TARGETS)
        yield took("dense", "reach, the slowest of all targets", *ways)
        # What a place shows once it is there: other threads work on it while keys are answered.
        yield took("dense", "duplicates, of everybody", desk.review.duplicates, bar=None)
        yield took("dense", "suggestions, everybody", partial(desk.needs.suggest, _first_need(desk)), bar=None)
    with _million() as desk:
        yield from (took("1,000,000", what, work) for what, work in _million_questions(desk).items())


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _first_need(desk: Desk) -> int:
    return desk.needs.all()[0].need.id


def _dense(desk: Desk) -> dict[str, Callable[[], object]]:
    def matches() -> None:
        about.cache_clear()
        desk.network.matches()

    found: dict[str, Callable[[], object]] = {
        "agenda": desk.reading.agenda,
        "needs": desk.needs.all,
        "closed needs": lambda: desk.needs.all(closed=True, names=False),
        "ledger": desk.favors.lanes,
        "page of giving": desk.giving.page,
        "matches": matches,
        "forecast": desk.triage.forecast,
        "duplicates": desk.review.surest,
    }
    first = _first_need(desk)
    found["people of a need"] = lambda: desk.needs.people(first)
    found["suggestions"] = lambda: desk.needs.suggest(first, most=PAGE)
    return found


def _million() -> Desk:
    store = Store(database_of(1_000_000) / "planner.db", Settings(), session="bench").open()
    return Desk(store, Config(), lambda: TODAY)


def _million_questions(desk: Desk) -> dict[str, Callable[[], object]]:
    def week(of: date) -> Callable[[], object]:
        return lambda: desk.reading.agenda(week_of=of, in_short=True)

    def people(sort: str, offset: int = 0, query: str = "") -> Callable[[], object]:
        return lambda: desk.reading.contacts(query, sort=sort, offset=offset, limit=200)

    found: dict[str, Callable[[], object]] = {
        "agenda": desk.reading.agenda,
        "week before": week(TODAY - timedelta(days=7)),
        "week after": week(TODAY + timedelta(days=7)),
        "forecast": desk.triage.forecast,
        "search for one letter": people("name", query="e"),
        "search for a name": people("name", query="lars berg"),
    }
    found |= {f"contacts by {sort}": people(sort) for sort in SORTS}
    found |= {f"contacts by {sort}, far down": people(sort, 600_000) for sort in ("name", "last", "due")}
    return found
