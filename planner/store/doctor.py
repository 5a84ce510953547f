"""The doctor: checks every part of a database, and rebuilds the derived tables and search indexes."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from planner.core.book.said import is_readable
from planner.core.records import record
from planner.core.words.counts import counted
from planner.errors import PlannerError
from planner.store import derived, sqlite
from planner.store import tables as t
from planner.store.backup import backups, sweep, until, verify
from planner.store.connection import Connection, ask
from planner.store.damage.checking import damaged
from planner.store.damage.impossible import impossible_values
from planner.store.damage.values import bad_values, history_problems, looks_bad
from planner.store.journal import recover

if TYPE_CHECKING:
    from planner.store.session import Store

Found = TypeVar("Found")


@record(frozen=True, slots=True)
class DoctorReport:
    """The doctor's findings as (name, finding), the problems, and the repairs."""

    findings: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    repaired: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def doctor(store: Store, anew: bool = False, *, left: Sequence[Path] = (), now: datetime | None = None) -> DoctorReport:
    """Check every part of the store; with `anew`, derive and index everything again first.

    A store that cannot be opened is examined from outside. `left` are files that an editor left behind, which are
    reported. `now` is an aware instant (default: the clock): a backup dated after it is a problem. Findings name rows
    by their ids and hold no personal data. No content of the file makes this fail.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    looked = Examination(store.path)
    if store.database.is_closed():
        looked.at("opening", lambda: _why_not_opened(store))
    newest = Future[tuple[list[str], str]]()
    look_at_newest = partial(_settle, newest, lambda: _newest_backup(store, now))
    if not store.database.is_closed():
        look_inside(store, anew, looked, look_at_newest)
        looked.at("journal mode", lambda: sqlite.journal_mode_finding(store.path, sqlite.read_header(store.path)))
    looked.at("permissions", lambda: list(_open_to_others(store)))
    if not newest.done():
        look_at_newest()
    looked.at("newest backup", newest.result)
    swept = sweep(store) if not store.read_only else []
    if swept:
        looked.repaired.append(f"removed {counted(len(swept), 'copy', 'copies')} left half made by sessions that died")
    if looked.problems_of("opening", "integrity", "rows", "history"):
        looked.findings.append(("what to do", damaged(store.path, "", store.backups).advice))
    elif looked.problems_of("derived rows", "derived tables", "search index", "search trigrams"):
        looked.findings.append(("what to do", "“planner doctor --rebuild” derives and indexes everything anew"))
    if left:
        looked.findings.append(("left by an editor", ", ".join(map(str, left))))
    if not looked.problems and not store.read_only:
        store.transact(lambda: store.note("checked_at", now.isoformat()), unchecked=True)
    return DoctorReport(tuple(looked.findings), tuple(looked.problems), tuple(looked.repaired))


class Examination:
    """The results of an examination: a finding for each part, the problems, the repairs."""

    def __init__(self, path: Path) -> None:
        self.findings: list[tuple[str, str]] = [("database", str(path))]
        self.problems: list[str] = []
        self.repaired: list[str] = []

    def problems_of(self, *parts: str) -> bool:
        """Whether any of some parts has a problem."""
        return any(one.startswith(f"{part}: ") for part in parts for one in self.problems)

    def at(self, name: str, look: Callable[[], list[str] | tuple[list[str], str]]) -> bool:
        """Examine one part; `look` gives its problems as lines, and optionally the finding for when there are none.

        An exception in `look` is a problem of the part. Returns whether the part is well.
        """
        try:
            found = look()
        except PlannerError as problem:
            found = [problem.message]
        except Exception as fault:
            # The content of a damaged file may break any check: the others go on.
            damaged_there = sqlite.problem_of(fault) == "damaged"
            found = ["cannot be read to its end" if damaged_there else f"cannot be checked ({type(fault).__name__})"]
        wrong, fine = found if isinstance(found, tuple) else (found, "ok")
        self.problems.extend(f"{name}: {one}" for one in wrong)
        self.findings.append((name, counted(len(wrong), "problem") if wrong else fine))
        return not wrong


def look_inside(store: Store, anew: bool, looked: Examination, meanwhile: Callable[[], None] | None = None) -> None:
    """Examine the content of an open store; `meanwhile` is called in another thread if there is one."""
    database = store.database
    header = sqlite.read_header(store.path)
    with t.using(database), _pages_beside(store, meanwhile) as pages:
        looked.at("schema", lambda: ([], str(sqlite.get_version(database))))
        ours = header.application_id == sqlite.APPLICATION_ID
        looked.at("application id", lambda: [] if ours else ["the file is not marked as a planner database"])
        facts = [one for one in t.ALL if one not in t.DERIVED]
        rows = _tried(lambda: list(bad_values(database, facts)))
        with store.read():
            values = _tried(lambda: rows() or list(impossible_values()))
        whole = looked.at("integrity", pages)
        whole = looked.at("rows", rows) and whole
        whole = looked.at("history", lambda: list(history_problems(database))) and whole
        # Derived tables can be rebuilt, but only from facts that can be read.
        writes = whole and not store.read_only
        rebuilt = writes and looked.at("unfinished imports", lambda: _recovered(store, looked)) and anew
        sound = False
        if rebuilt:
            sound = readable = not looks_bad(database, t.DERIVED)
            with sqlite.with_room(database):
                store.transact(lambda: rebuild(store, readable=readable), unchecked=True)
            looked.repaired.append("derived tables and search index were built anew")
        looked.at("journal", _unfinished)
        if not whole:
            looked.findings.append(("what is derived", "not looked at, since not all of the facts can be read"))
            return
        # What was readable before it was rebuilt is: a row that differed was written again.
        readable = looked.at("derived rows", lambda: [] if sound else list(bad_values(database, t.DERIVED)))
        with store.read():
            looked.at("values", values)
            # Tables rebuilt a moment ago are not derived again for comparison, which would double the time.
            if readable and not rebuilt:
                looked.at("derived tables", lambda: derived.differences(store))
            if not rebuilt:
                looked.at("search index", lambda: sqlite.search_differences(database))
            looked.at("evidence", _evidence_problems)
            looked.at("address books", _book_problems)
        if writes and not rebuilt:
            looked.at("search trigrams", lambda: _trigram_problems(store))


@contextmanager
def _pages_beside(store: Store, then: Callable[[], None] | None) -> Iterator[Callable[[], list[str]]]:
    """Check the pages in a thread with its own connection while values are checked; the yielded function gives the
    result. `then` is called in the thread after it.

    For a large network that is a quarter of the work, and none of it is Python's.
    """
    if store.is_copy or store.read_only:
        yield lambda: sqlite.integrity_check(store.database)
        return

    def look() -> list[str]:
        with closing(sqlite.database_for(store.path, read_only=True)) as own:
            own.connect()
            return sqlite.integrity_check(own)

    thread = ThreadPoolExecutor(1)
    try:
        pages = thread.submit(look)
        if then is not None:
            thread.submit(then)
        yield pages.result
    finally:
        # Whoever interrupts does not wait for what has not begun.
        thread.shutdown(cancel_futures=True)


def _tried(look: Callable[[], list[str]]) -> Callable[[], list[str]]:
    """Run a check now; the returned function gives its result, or raises its exception."""
    found = Future[list[str]]()
    _settle(found, look)
    return found.result


def _settle(found: Future[Found], look: Callable[[], Found]) -> None:
    try:
        found.set_result(look())
    except Exception as fault:
        found.set_exception(fault)


def rebuild(store: Connection, *, readable: bool = False) -> None:
    """Derive and index everything again, see `derived.rebuild`; in the caller's transaction."""
    derived.rebuild(store, readable=readable)
    sqlite.search_rebuild(store.database)


def _why_not_opened(store: Store) -> list[str]:
    try:
        store.open()
    except PlannerError as problem:
        return [str(problem)]
    return []


def _recovered(store: Connection, looked: Examination) -> list[str]:
    """Roll back what sessions that died left unfinished."""
    taken_back = recover(store)
    if taken_back:
        looked.repaired.append(f"took back {counted(taken_back, 'unfinished import')}")
    return []


def _unfinished() -> list[str]:
    running = ask("SELECT id FROM journal WHERE state = 'running'")
    return [f"verb {entry} is still being written" for (entry,) in running]


def _trigram_problems(store: Connection) -> list[str]:
    sound = store.transact(lambda: sqlite.search_sound(store.database), unchecked=True)
    return [] if sound else ["they differ from the texts"]


def _evidence_problems() -> list[str]:
    """Interactions that claim to come from evidence, but have no traces."""
    rows = ask(
        """SELECT id FROM interaction WHERE seen <> 0 AND seen = version
        AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.interaction_id = interaction.id) ORDER BY id"""
    )
    return [f"interaction {key} rests on nothing that was seen" for (key,) in rows]


def _book_problems() -> list[str]:
    """Cards with unreadable values, and pairs of cards in one book with the same key."""
    rows = ask("SELECT id, said FROM card ORDER BY id")
    alike = "coalesce(book_id, source), book_id IS NULL, key"
    doubled = ask(f"SELECT min(id) FROM card GROUP BY {alike} HAVING count(*) > 1")
    return [f"what card {key} said cannot be read" for key, said in rows if not is_readable(said)] + [
        f"card {key} is there twice" for (key,) in doubled
    ]


def _open_to_others(store: Connection) -> Iterator[str]:
    places = [
        store.path,
        *(Path(f"{store.path}{suffix}") for suffix in (*sqlite.BESIDE, "-running")),
    ]
    places += [store.backups, *(one.path for one in backups(store.backups))]
    for place in places:
        with suppress(OSError):
            mode = stat.S_IMODE(place.stat().st_mode)
            if mode & 0o077:
                yield f"{place} is open to other people ({mode:04o})"


def _newest_backup(store: Connection, now: datetime) -> tuple[list[str], str]:
    everything = backups(store.backups)
    known = until(everything, now)
    wrong = [
        f"{one.path} is dated in the future and counts as not there: set the clock right, or move the file away"
        for one in everything
        if one not in known
    ]
    if not known:
        return wrong, "none yet"
    try:
        verify(known[0].path)
    except PlannerError as damaged:
        wrong.append(str(damaged))
    return wrong, f"{known[0].path} ({known[0].reason}), {len(known)} in all"
