"""The store looked over from end to end, and a person erased from all of it."""

from __future__ import annotations

import hashlib
import json
import mmap
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planner.core.records import record
from planner.core.words.folding import fold
from planner.errors import PlannerError, Refused
from planner.store import derived, sqlite
from planner.store import tables as t
from planner.store.backup import backups, until, verify
from planner.store.connection import Connection, ask
from planner.store.derived import settle
from planner.store.journal import recover, to_text
from planner.store.row_writer import Key, Writer
from planner.store.table_shapes import shape_of, tables_by_name

FORGOTTEN = "(forgotten)"
"""What stands where a name stood."""


@record(frozen=True, slots=True)
class DoctorReport:
    """What was looked at, as (name, finding), what is wrong, and what was put right."""

    findings: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    repaired: tuple[str, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@record(frozen=True, slots=True)
class Erased:
    """Who was erased, the backups that still hold the name, and what names them; erasing cannot be undone."""

    name: str
    backups: tuple[Path, ...]
    traces: tuple[str, ...] = ()


# The doctor


def doctor(store: Connection, rebuild: bool = False, *, now: datetime | None = None) -> DoctorReport:
    """Look the whole store over; with `rebuild`, derive and index everything anew first.

    `now` is an aware instant, the clock's otherwise: a backup dated after it is a problem. Personal data
    appears in no finding: rows are named by their numbers.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    repaired: list[str] = []
    if not store.read_only:
        taken_back = recover(store)
        if taken_back:
            repaired.append(f"{taken_back} unfinished imports were taken back")
    if rebuild:
        store.transact(lambda: _rebuild(store))
        repaired.append("derived tables and search index were built anew")
    problems: list[str] = []
    findings: list[tuple[str, str]] = [("database", str(store.path))]

    def look(name: str, wrong: list[str], fine: str = "ok") -> None:
        problems.extend(f"{name}: {one}" for one in wrong)
        findings.append((name, f"{len(wrong)} problems" if wrong else fine))

    with store.read():
        header = sqlite.read_header(store.path)
        findings.append(("schema", str(sqlite.get_version(store.database))))
        ours = header.application_id == sqlite.APPLICATION_ID
        look("application id", [] if ours else ["the file is not marked as a planner database"])
        look("integrity", sqlite.integrity_check(store.database))
        look("derived tables", derived.differences(store))
        look("search index", sqlite.search_differences(store.database))
        look("journal", _journal_problems(store))
    if not store.read_only:
        sound = store.transact(lambda: sqlite.search_sound(store.database))
        look("search trigrams", [] if sound else ["they differ from the texts"])
    wanted, why = sqlite.journal_mode_for(store.path)
    actual = "wal" if header.write_ahead_log else "delete"
    look(
        "journal mode",
        [] if actual == wanted else [f"it is {actual}, should be {wanted}"],
        f"{actual}: {why}",
    )
    look("permissions", list(_open_to_others(store)))
    look("newest backup", *_newest_backup(store, now))
    if not store.read_only and not problems:
        store.transact(lambda: store.note("checked_at", now.isoformat()))
    return DoctorReport(tuple(findings), tuple(problems), tuple(repaired))


def _rebuild(store: Connection) -> None:
    derived.rebuild(store)
    sqlite.search_rebuild(store.database)


def _journal_problems(store: Connection) -> list[str]:
    running = ask("SELECT id FROM journal WHERE state = 'running'")
    strays = ask("SELECT DISTINCT table_name FROM journal_change")
    return [f"verb {entry} is still being written" for (entry,) in running] + [
        f"it speaks of a table that is not there: {name}" for (name,) in strays if name not in tables_by_name()
    ]


def _open_to_others(store: Connection) -> Iterator[str]:
    places = [
        store.path,
        *(Path(f"{store.path}{suffix}") for suffix in ("-journal", "-wal", "-shm", "-running")),
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


# Erasing a person


def tombstone(key: str) -> str:
    """What is kept of someone forgotten: a digest of an identity key, or of `email:` and a folded address."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def erase_contact(store: Connection, contact_id: int) -> Erased:
    """Erase a person from tables, search index and journal, leaving no byte behind; cannot be undone.

    What only they took part in goes with them; where others' notes name them, "(forgotten)" stands
    instead. Digests of their keys stay, so that an import does not bring them back. Raises `Refused`
    when there is no such contact.
    """
    recover(store)
    traces: list[str] = []

    def erase() -> str:
        sqlite.overwrite_deleted(store.database)
        writer = Writer()
        row = writer.row(t.Contact, contact_id)
        if row is None:
            raise Refused(f"There is no contact #{contact_id}")
        addresses = ask("SELECT kind, value, key FROM address WHERE contact_id = ?", (contact_id,))
        keys = [one[0] for one in ask("SELECT key FROM identity WHERE contact_id = ?", (contact_id,))]
        keys += [f"email:{key or fold(value)}" for kind, value, key in addresses if kind == "email"]
        same = [row, *_made_one_with(store, contact_id)]
        # The planner's own exports name people so.
        keys += [f"{kind}:{one['uid']}" for one in same for kind in ("vcard", "planner")]
        for key in keys:
            t.Forgotten.insert(digest=tombstone(key)).on_conflict_ignore().execute()
        names = list(dict.fromkeys(str(one["name"]) for one in same))
        traces[:] = [*names, *(value for _, value, _ in addresses)]
        texts = {text for _, value, key in addresses for text in (value, key) if text}
        redact = _redaction(names, texts)
        _delete_all(store, writer, contact_id, [one["folded"] for one in same])
        _redact_rows(writer, redact, texts)
        _clean_journal(store, writer, [one["id"] for one in same], redact)
        settle(store, writer)
        traces.extend(one["uid"] for one in same)
        return str(row["name"])

    name = store.transact(erase)
    store.outside(lambda: sqlite.scrub(store.database))
    held = tuple(one.path for one in backups(store.backups) if holds_any(one.path, traces))
    return Erased(name, held, tuple(traces))


def _made_one_with(store: Connection, contact_id: int) -> list[dict[str, Any]]:
    """The rows of those who were merged into somebody, as they were: other names of the same person."""
    found: dict[int, dict[str, Any]] = {}
    into = [contact_id]
    while into:
        steps = ask(
            "SELECT gone.row, gone.before FROM journal_change gone JOIN journal ON journal.id = gone.journal_id"
            " WHERE journal.verb = 'merge' AND journal.state = 'done' AND gone.table_name = 'contact'"
            " AND gone.before IS NOT NULL AND EXISTS (SELECT 1 FROM journal_change kept"
            " WHERE kept.journal_id = journal.id AND kept.table_name = 'contact' AND kept.row = ?)"
            " AND NOT EXISTS (SELECT 1 FROM contact WHERE contact.id = CAST(gone.row AS INTEGER))",
            (str(into.pop()),),
        )
        fresh = {int(row): json.loads(before) for row, before in steps if int(row) not in found}
        found |= fresh
        into += fresh
    return list(found.values())


def _delete_all(store: Connection, writer: Writer, contact_id: int, folded: list[str]) -> None:
    alone = ask(
        "SELECT interaction_id FROM participation GROUP BY interaction_id"
        " HAVING min(contact_id) = ? AND max(contact_id) = ?",
        (contact_id, contact_id),
    )
    for (key,) in alone:
        writer.delete(t.Interaction, key)
    known = ask(
        "SELECT id FROM acquaintance WHERE other_id = ?"
        f" OR (other_id IS NULL AND folded IN ({', '.join('?' * len(folded))}))",
        (contact_id, *folded),
    )
    for (key,) in known:
        writer.delete(t.Acquaintance, key)
    writer.delete(t.Contact, contact_id)


def _redaction(names: Iterable[str], others: Iterable[str]) -> Callable[[str], str]:
    """A function that takes names and addresses out of a text, as whole words."""
    patterns = [re.escape(text) for text in sorted(others, key=len, reverse=True) if len(text) > 3]
    for name in sorted(names, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in name.split())
        # A name of one word may be a common word too: it counts only when written the same way.
        patterns.append(words if " " in name.strip() else f"(?-i:{words})")
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(one for one in patterns if one)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(FORGOTTEN, text)


def _text_columns(table: type[t.Table]) -> list[str]:
    return [
        field.column_name
        for field in table._meta.sorted_fields
        if field.field_type == "TEXT" and not field.primary_key and field.column_name != "cadence"
    ]


def _redact_rows(writer: Writer, redact: Callable[[str], str], addresses: set[str]) -> None:
    for table in t.FACTS:
        shape, columns = shape_of(table), _text_columns(table)
        if not columns:
            continue
        names = ", ".join(f'"{column}"' for column in (shape.key, *columns))
        some = " OR ".join(f"\"{column}\" <> ''" for column in columns)
        rows = ask(f'SELECT {names} FROM "{shape.name}" WHERE {some}')
        for key, *texts in rows:
            if table is t.Address and addresses & set(texts):
                # Who shares a mailbox or a number has it too.
                continue
            changed = {
                column: new
                for column, text in zip(columns, texts, strict=True)
                # A namesake keeps the name: it is theirs.
                if text and column not in ("name", "folded") and (new := redact(text)) != text
            }
            if changed:
                writer.update(table, key, None, **changed)


def _clean_journal(store: Connection, writer: Writer, contact_ids: list[int], redact: Callable[[str], str]) -> None:
    """Take the person out of what undo remembers: rows of theirs go, texts that name them are changed."""
    gone: set[tuple[str, Key]] = {("contact", key) for key in contact_ids}
    gone.update((shape_of(one.table).name, one.key) for one in writer.changes if one.before and _went(writer, one))
    steps = [
        (key, name, row, json.loads(before) if before else None, json.loads(after) if after else None)
        for key, name, row, before, after in ask("SELECT id, table_name, row, before, after FROM journal_change")
    ]
    grown = True
    while grown:
        # What belonged to something of theirs is theirs as well.
        found = {
            (name, image[shape_of(tables_by_name()[name]).key])
            for _, name, _, before, after in steps
            for image in _images(before, after)
            if _belongs(name, image, gone)
        }
        grown = not found <= gone
        gone |= found
    for key, name, row, before, after in steps:
        number = shape_of(tables_by_name()[name]).numbered
        if ".." not in row and (name, int(row) if number else row) in gone:
            ask("DELETE FROM journal_change WHERE id = ?", (key,))
            continue
        kept = _without(after, name, gone)
        new = [None if image is None else to_text(_redacted(image, redact)) for image in (before, kept)]
        ask("UPDATE journal_change SET before = ?, after = ? WHERE id = ?", (*new, key))
    ask("DELETE FROM journal WHERE id NOT IN (SELECT journal_id FROM journal_change)")
    for key, summary in ask("SELECT id, summary FROM journal"):
        if redact(summary) != summary:
            ask("UPDATE journal SET summary = ? WHERE id = ?", (redact(summary), key))


def _went(writer: Writer, change: Any) -> bool:
    return writer.row(change.table, change.key) is None


def _images(before: Any, after: Any) -> Iterator[dict[str, Any]]:
    for one in (before, after):
        if one is not None:
            yield from (one if isinstance(one, list) else [one])


def _belongs(name: str, image: dict[str, Any], gone: set[tuple[str, Key]]) -> bool:
    parents = {
        "contact_id": "contact",
        "one_id": "contact",
        "other_id": "contact",
        "favor_id": "favor",
        "follow_up_id": "follow_up",
        "interaction_id": "interaction",
    }
    return any((parents[column], image[column]) in gone for column in parents if image.get(column) is not None)


def _without(after: Any, name: str, gone: set[tuple[str, Key]]) -> Any:
    if not isinstance(after, list):
        return after
    key = shape_of(tables_by_name()[name]).key
    return [image for image in after if (name, image[key]) not in gone]


def _redacted(image: Any, redact: Callable[[str], str]) -> Any:
    if isinstance(image, list):
        return [_redacted(one, redact) for one in image]
    return {column: redact(value) if isinstance(value, str) else value for column, value in image.items()}


def holds_any(path: Path, traces: Iterable[str]) -> bool:
    """Whether a file holds one of some texts as it stands."""
    with (
        suppress(OSError, ValueError),
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return any(content.find(trace.encode("utf-8", "ignore")) >= 0 for trace in traces if trace)
    return False
