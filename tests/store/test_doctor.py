"""The doctor finds what is wrong, says it without names, and puts right what can be derived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.errors import Refused
from planner.store import migrations
from planner.store import tables as t
from planner.store.backup import backup
from planner.store.damage.impossible import impossible_values
from planner.store.damage.values import looks_bad
from planner.store.doctor import doctor
from planner.store.session import Store
from planner.store.snapshot_checks import check, suspects
from planner.store.table_shapes import shape_of
from tests.cases import case
from tests.store.stores import TODAY, add_contact, asked, assert_sound, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planner.db") as opened:
        add_contact(opened, 1, "Zebedee")
        yield opened


def test_a_healthy_store_has_no_problems(store: Store) -> None:
    path = backup(store, "daily")
    report = doctor(store)
    assert report.problems == ()
    assert report.healthy
    findings = dict(report.findings)
    assert str(path) in findings["newest backup"]
    assert findings["journal mode"].split(":")[0] in ("wal", "delete")
    assert findings["schema"] == str(migrations.latest())


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DELETE FROM contact_summary", "derived tables"),
        ("INSERT INTO due_item (id, kind, contact_id, due, working_days, asks, text)"
         " VALUES ('c1', 'cadence', 1, '2026-01-01', 0, '', '')", "derived tables"),
        ("DELETE FROM contact_text", "search index"),
        ("UPDATE contact_text SET text = 'somebody'", "search index"),
        ("INSERT INTO contact_text VALUES (77, 'nobody')", "search index"),
        ("UPDATE contact_letter SET texts = texts + 1 WHERE letter = 'e'", "search index"),
        ("INSERT INTO contact_letter VALUES ('β', 1)", "search index"),
    ],
)  # fmt: skip
def test_what_is_derived_wrongly_is_found_and_put_right(store: Store, statement: str, where: str) -> None:
    store.transact(lambda: asked(store, statement))
    report = doctor(store)
    assert any(problem.startswith(where) for problem in report.problems)
    assert "Zebedee" not in str(report)
    repaired = doctor(store, True)
    assert repaired.problems == ()
    assert repaired.repaired
    assert_sound(store)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact SET city = CAST(x'ff' AS TEXT) WHERE id = 9",
        "UPDATE contact_word SET word = CAST(x'7aff' AS TEXT)"
        " WHERE (word, contact_id) = (SELECT max(word), contact_id FROM contact_word)",
    ],
)
def test_what_is_read_in_parts_is_read_to_its_end(
    store: Store, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.store.sqlite.values.ROWS_AT_ONCE", 2)
    for key in range(2, 10):
        add_contact(store, key, f"Zebedee {key}", company="Orbit Foods")
    assert looks_bad(store.database) == []
    store.transact(lambda: asked(store, statement))
    assert len(looks_bad(store.database)) == 1


def test_broken_references_are_found(store: Store) -> None:
    asked(store, "PRAGMA foreign_keys = 0")
    store.transact(lambda: asked(store, "INSERT INTO skip (uid, contact_id, \"on\") VALUES ('x', 99, '2026-01-01')"))
    assert any("missing row of contact" in problem for problem in doctor(store).problems)


def test_files_open_to_others_are_found(store: Store) -> None:
    path = backup(store, "daily")
    store.path.chmod(0o644)
    path.chmod(0o640)
    found = [problem for problem in doctor(store).problems if problem.startswith("permissions")]
    assert len(found) == 2


def test_a_damaged_backup_is_found(store: Store) -> None:
    path = backup(store, "daily")
    path.write_bytes(path.read_bytes()[:5000])
    assert any(problem.startswith("newest backup") for problem in doctor(store).problems)


def test_a_backup_dated_in_the_future_is_found_and_counts_as_not_there(store: Store) -> None:
    now = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    future = backup(store, "daily", now=now + timedelta(seconds=1))
    report = doctor(store, now=now)
    assert [problem for problem in report.problems if "dated in the future" in problem and str(future) in problem]
    present = backup(store, "daily", now=now)
    (problem,) = doctor(store, now=now).problems
    assert str(future) in problem
    # The newest one that counts is the one that is looked at.
    present.write_bytes(b"broken")
    assert any(problem.startswith(f"newest backup: {present}") for problem in doctor(store, now=now).problems)
    present.unlink()
    assert doctor(store, now=now + timedelta(seconds=1)).healthy


ODD_BUT_POSSIBLE = ("name = 'Ω'", "name = '李 小龙'", "name = ' .'", "uid = '-'", "uid = 'aZ_9-'", "language = 'de'")
IMPOSSIBLE = (
    "uid = ''", "uid = 'a b'", "uid = 'ä'", "uid = 'a' || char(0)", "uid = substr(hex(zeroblob(40)), 1, 65)",
    "uid = '[a-z]'", "uid = 'a*'", "mode = ''", "mode = 'Rhythm'", "status = 'gone'", "cadence = 'now and then'",
    "name = ''", "name = '  '", "name = char(160) || char(9)", "language = 'the one of the sea'", "tone = 'loud'",
)  # fmt: skip


@pytest.mark.parametrize("change", [*ODD_BUT_POSSIBLE, *IMPOSSIBLE])
def test_an_impossible_value_is_found_among_those_that_the_database_picks(store: Store, change: str) -> None:
    add_contact(store, 2, "Ana", cadence="4w", cadence_since=TODAY)
    store.transact(lambda: asked(store, f"UPDATE contact SET {change} WHERE id = 1"))
    with store.read():
        found = list(impossible_values())
    assert [line.partition(":")[0] for line in found] == (["contact 1"] if change in IMPOSSIBLE else [])


def test_of_every_table_what_its_check_refuses_is_picked(store: Store) -> None:
    """Each column of each table, one after the other, gets values that a check may refuse."""
    picked = 0
    for table in t.FACTS:
        shape = shape_of(table)
        condition = suspects(shape.name, shape.columns)
        for column in shape.columns:
            for value in ("", "a b", "x" * 70, "none of the words there are", None):
                row = dict.fromkeys(shape.columns, 7) | {"uid": "a", "name": "Ana", "cadence": None, column: value}
                row |= {"mode": "rhythm", "status": "active", "language": "", "tone": ""} if column == "uid" else {}
                try:
                    wrong = bool(check(shape.name, row))
                except (Refused, ValueError, TypeError, AttributeError):
                    # A value of another type was found before.
                    continue
                with case(f"{shape.name}.{column} = {value!r}"):
                    values = ", ".join(f':{name} AS "{name}"' for name in shape.columns)
                    rows = asked(store, f"SELECT 1 FROM (SELECT {values}) WHERE {condition or 1}", row)  # type: ignore[arg-type]
                    assert rows or not wrong
                    picked += bool(condition and wrong)
    assert picked > 100


def test_rows_that_are_possible_are_not_read_to_be_checked(store: Store) -> None:
    read: list[str] = []
    store.database.query_hooks.append(lambda event: read.append(event.sql))
    with store.read():
        assert list(impossible_values()) == []
    for name in ("contact", "acquaintance", "participation", "interaction", "address", "favor"):
        (statement,) = [one for one in read if f'FROM "{name}"' in one]
        assert " WHERE " in statement


def test_what_was_just_read_to_its_end_is_not_read_again_to_note_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store:
        add_contact(store, 1)
    with open_store(tmp_path / "planner.db") as store:
        read: list[str] = []
        store.database.query_hooks.append(lambda event: read.append(event.sql))
        assert doctor(store, True).healthy
        # The pages are checked on a connection of their own.
        assert not [one for one in read if "quick_check" in one]
        assert store.notes()["checked_at"]
