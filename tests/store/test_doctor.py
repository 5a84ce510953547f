"""The doctor finds what is wrong, says it without names, and puts right what can be derived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.store import migrations
from planner.store.backup import backup
from planner.store.damage.values import looks_bad
from planner.store.doctor import doctor
from planner.store.session import Store
from tests.store.stores import add_contact, asked, assert_sound, open_store


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
