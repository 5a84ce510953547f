"""The doctor: a look at every part of a database, and the derived tables and search index built anew."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from planner.core.book.said import is_readable
from planner.core.records import record
from planner.core.words.counts import counted
from planner.errors import PlannerError
from planner.store import derived, sqlite
from planner.store.backup import backups, until, verify
from planner.store.connection import Connection, ask
from planner.store.journal import recover
from planner.store.table_shapes import tables_by_name


@record(frozen=True, slots=True)
class DoctorReport:
    """The findings of the doctor as (name, finding), the problems, and what was repaired."""

    findings: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    repaired: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def doctor(
    store: Connection, rebuild: bool = False, *, left: Sequence[Path] = (), now: datetime | None = None
) -> DoctorReport:
    """Check every part of the store; with `rebuild`, derive and index everything anew first.

    `left` are files that an editor left, which are named. `now` is an aware instant, the clock's otherwise: a backup
    dated after `now` is a problem. Findings name rows by their numbers and hold no personal data.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    repaired: list[str] = []
    if not store.read_only:
        taken_back = recover(store)
        if taken_back:
            repaired.append(f"took back {counted(taken_back, 'unfinished import')}")
    if rebuild:
        store.transact(lambda: _rebuild(store))
        repaired.append("derived tables and search index were built anew")
    problems: list[str] = []
    findings: list[tuple[str, str]] = [("database", str(store.path))]

    def look(name: str, wrong: list[str], fine: str = "ok") -> None:
        problems.extend(f"{name}: {one}" for one in wrong)
        findings.append((name, counted(len(wrong), "problem") if wrong else fine))

    with store.read():
        header = sqlite.read_header(store.path)
        findings.append(("schema", str(sqlite.get_version(store.database))))
        ours = header.application_id == sqlite.APPLICATION_ID
        look("application id", [] if ours else ["the file is not marked as a planner database"])
        look("integrity", sqlite.integrity_check(store.database))
        look("derived tables", derived.differences(store))
        look("search index", sqlite.search_differences(store.database))
        look("journal", _journal_problems())
        look("evidence", _evidence_problems())
        look("address books", _book_problems())
    if not store.read_only:
        sound = store.transact(lambda: sqlite.search_sound(store.database))
        look("search trigrams", [] if sound else ["they differ from the texts"])
    look("journal mode", *sqlite.journal_mode_finding(store.path, header))
    look("permissions", list(_open_to_others(store)))
    look("newest backup", *_newest_backup(store, now))
    if left:
        findings.append(("left by an editor", ", ".join(map(str, left))))
    if not store.read_only and not problems:
        store.transact(lambda: store.note("checked_at", now.isoformat()))
    return DoctorReport(tuple(findings), tuple(problems), tuple(repaired))


def _rebuild(store: Connection) -> None:
    derived.rebuild(store)
    sqlite.search_rebuild(store.database)


def _journal_problems() -> list[str]:
    running = ask("SELECT id FROM journal WHERE state = 'running'")
    strays = ask("SELECT DISTINCT table_name FROM journal_change")
    return [f"verb {entry} is still being written" for (entry,) in running] + [
        f"it names a table that is not there: {name}" for (name,) in strays if name not in tables_by_name()
    ]


def _evidence_problems() -> list[str]:
    """Interactions that say they were seen, and rest on nothing."""
    rows = ask(
        """SELECT id FROM interaction WHERE seen <> 0 AND seen = version
        AND NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.interaction_id = interaction.id) ORDER BY id"""
    )
    return [f"interaction {key} rests on nothing that was seen" for (key,) in rows]


def _book_problems() -> list[str]:
    """Cards whose values cannot be read, and two cards of one book with one key."""
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
