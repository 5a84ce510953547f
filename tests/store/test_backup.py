"""Backups: made in time, thinned with age, each one good, each one brought back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Damaged, PlannerError, Refused
from planner.store import tables as t
from planner.store.backup import (
    ALL_FOR,
    AUTOMATIC,
    Backup,
    backup,
    backups,
    daily,
    newest_good,
    thinned,
    verify,
)
from planner.store.journal import undo
from planner.store.restoring import restore
from planner.store.session import Store
from tests.store.stores import add_contact, assert_sound, delete, facts, names, open_store

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def test_a_backup_holds_everything(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    add_contact(store, 1)
    path = backup(store, "daily")
    assert path.parent == tmp_path / "planner-backups"
    with open_store(path) as copy:
        assert facts(copy) == facts(store)
    assert [one.reason for one in backups(store.backups)] == ["daily"]
    store.close()


def test_each_of_many_backups_comes_back_as_it_was(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    kept = []
    for number in range(8):
        add_contact(store, number)
        if number % 3 == 2:
            delete(store, t.ContactTable, number)
        kept.append((backup(store, "by-hand", now=NOW + timedelta(minutes=number)), facts(store)))
    for path, state in [*kept, *reversed(kept)]:
        verify(path)
        restore(store, path, now=NOW + timedelta(days=9))
        assert facts(store) == state
        assert_sound(store)
    print(f"{len(kept)} backups restored and compared")
    store.close()


def test_a_restore_removes_no_backup_however_old(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    add_contact(store, 1, "Ana")
    made = [
        backup(store, reason, now=NOW + timedelta(minutes=minute))
        for minute, reason in enumerate(("by-hand", "daily", "before-migration", "before-restore", "by-hand"))
    ]
    add_contact(store, 2, "Bob")
    # More days, weeks and months than are kept.
    made += [backup(store, "daily", now=NOW + timedelta(days=20 * count)) for count in range(1, 40)]
    much_later = NOW + timedelta(days=900)
    for path in made[:5]:
        present = restore(store, path, now=much_later)
        assert names(store) == ["Ana"]
        assert present.exists()
    assert [path for path in made if not path.exists()] == []
    store.close()


def test_a_restore_reads_the_file_that_was_named_even_when_it_goes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "planner.db")
    add_contact(store, 1, "Ana")
    named = backup(store, "by-hand", now=NOW)
    add_contact(store, 2, "Bob")

    def backup_while_another_removes(store: Store, reason: str, *, now: datetime | None) -> Path:
        named.unlink()
        return backup(store, reason, now=now)

    monkeypatch.setattr("planner.store.restoring.backup", backup_while_another_removes)
    restore(store, named, now=NOW)
    assert names(store) == ["Ana"]
    store.close()


def test_what_was_before_a_restore_can_be_had_again(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    add_contact(store, 1, "Ana")
    old = backup(store, "daily")
    add_contact(store, 2, "Bob")
    before = facts(store)
    present = restore(store, old)
    assert names(store) == ["Ana"]
    restore(store, present)
    assert facts(store) == before
    undo(store)
    assert names(store) == ["Ana"]
    store.close()


def test_other_sessions_see_a_restore_as_a_change_and_go_on(tmp_path: Path) -> None:
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    add_contact(one, 1, "Ana")
    old = backup(one, "daily")
    add_contact(one, 2, "Bob")
    two.changed()
    restore(one, old)
    assert two.changed()
    assert names(two) == ["Ana"]
    add_contact(two, 3, "Cat")
    assert names(one) == ["Ana", "Cat"]
    one.close()
    two.close()


@pytest.mark.parametrize("kind", ["empty", "foreign", "cut", "flipped", "missing"])
def test_a_backup_that_is_not_healthy_is_never_restored(tmp_path: Path, kind: str) -> None:
    store = open_store(tmp_path / "planner.db")
    for number in range(40):
        add_contact(store, number, notes="x" * 300)
    path = backup(store, "daily")
    content = path.read_bytes()
    if kind == "missing":
        path.unlink()
    else:
        half = len(content) // 2
        path.write_bytes(
            {
                "empty": b"",
                "foreign": b"%PDF-1.7 " * 100,
                "cut": content[:half],
                "flipped": content[:half] + b"\xff" * 4096 + content[half + 4096 :],
            }[kind]
        )
    before = (tmp_path / "planner.db").read_bytes()
    with pytest.raises(Damaged):
        restore(store, path)
    assert (tmp_path / "planner.db").read_bytes() == before
    assert len(names(store)) == 40
    assert newest_good(store.backups) is None
    store.close()


def test_a_database_that_cannot_be_opened_is_put_aside_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        add_contact(store, 1, "Ana")
        good = backup(store, "daily")
    path.write_bytes(b"broken")
    store = Store(path, store.settings)
    aside = restore(store, good)
    assert names(store) == ["Ana"]
    assert aside.read_bytes() == b"broken"
    assert_sound(store)
    store.close()


def test_a_database_is_not_restored_from_itself(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    with pytest.raises(Refused, match="itself"):
        restore(store, tmp_path / "planner.db")
    store.close()


def test_a_daily_backup_is_made_once_a_day(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    assert daily(store, now=NOW) is not None
    assert daily(store, now=NOW + timedelta(hours=23)) is None
    assert daily(store, now=NOW + timedelta(hours=24)) is not None
    store.close()


def test_a_backup_dated_in_the_future_does_not_stop_the_daily_one(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    future = backup(store, "daily", now=NOW + timedelta(days=400))
    today = daily(store, now=NOW)
    assert today is not None
    assert daily(store, now=NOW + timedelta(hours=23)) is None
    assert future.exists()
    assert newest_good(store.backups, now=NOW + timedelta(hours=23)) == today
    # Once its day has come, it is a backup like any other.
    assert newest_good(store.backups, now=NOW + timedelta(days=400)) == future
    assert daily(store, now=NOW + timedelta(days=400, hours=23)) is None
    store.close()


def test_only_the_daily_backup_thins_and_what_was_made_by_hand_stays(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    automatic = [backup(store, "daily", now=NOW + timedelta(minutes=minute)) for minute in range(3)]
    by_hand = [backup(store, "by-hand", now=NOW + timedelta(minutes=minute)) for minute in range(3)]
    later = NOW + timedelta(days=900)
    for reason in ("by-hand", "before-migration", "before-restore"):
        backup(store, reason, now=later - timedelta(days=3))
        assert all(path.exists() for path in (*automatic, *by_hand)), reason
    assert daily(store, now=later) is not None
    assert [path.exists() for path in automatic] == [False, False, True]
    assert all(path.exists() for path in by_hand)
    store.close()


def test_a_damaged_copy_thins_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "planner.db")
    old = [backup(store, "daily", now=NOW + timedelta(minutes=minute)) for minute in range(3)]

    def damaged(path: Path) -> None:
        raise Damaged(f"{path} is damaged")

    monkeypatch.setattr("planner.store.backup.verify", damaged)
    with pytest.raises(Damaged):
        daily(store, now=NOW + timedelta(days=900))
    assert all(path.exists() for path in old)
    store.close()


def test_two_in_one_second_do_not_meet(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    made = {backup(store, "by-hand", now=NOW) for _ in range(3)}
    assert len(made) == 3
    assert {one.path for one in backups(store.backups)} == made
    store.close()


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "planner-backups"
    folder.mkdir()
    for name in ("notes.txt", "2026-99-99T000000Z-daily.db", "2001-01-01-daily.db"):
        (folder / name).write_text("mine")
    store = open_store(tmp_path / "planner.db")
    backup(store, "daily", now=NOW)
    assert len(backups(folder)) == 1
    assert len(list(folder.iterdir())) == 4
    store.close()


def test_where_no_backup_can_be_made_it_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    store.backups.write_text("a file in the way")
    with pytest.raises(PlannerError, match="No backup can be made"):
        backup(store, "daily")
    assert store.backups.read_text() == "a file in the way"
    store.close()


def at(moment: datetime, number: int = 0, reason: str = "daily") -> Backup:
    return Backup(Path(f"{moment.isoformat()}-{number}-{reason}"), moment, reason, number)


def test_a_year_of_daily_backups_is_thinned_to_days_weeks_and_months() -> None:
    known: list[Backup] = []
    for day in range(365):
        now = NOW + timedelta(days=day)
        known.append(at(now))
        gone = thinned(known, now)
        known = [one for one in known if one not in gone]
    now = NOW + timedelta(days=364)
    ages = sorted((now - one.made_at).days for one in known)
    print(f"{len(ages)} of 365 daily backups stay after a year, the oldest of {ages[-1]} days")
    assert ages[:12] == list(range(12))
    months = {one.made_at.strftime("%Y-%m") for one in known}
    weeks = {one.made_at.strftime("%G-%V") for one in known}
    assert len(months) == 9
    assert len(weeks) >= 10
    assert len(known) <= 12 + 10 + 9


@given(hours=st.lists(st.integers(0, 24 * 400), max_size=60, unique=True))
def test_thinning_keeps_the_newest_and_the_last_two_days_and_settles(hours: list[int]) -> None:
    known = [at(NOW - timedelta(hours=one), one) for one in hours]
    gone = thinned(known, NOW)
    kept = [one for one in known if one not in gone]
    assert all(NOW - one.made_at > ALL_FOR for one in gone)
    assert thinned(kept, NOW) == []
    if known:
        assert max(known, key=lambda one: one.made_at) in kept
    for form, count in (("%Y-%m-%d", 12), ("%G-%V", 10), ("%Y-%m", 9)):
        spans = sorted({one.made_at.strftime(form) for one in known}, reverse=True)[:count]
        assert {one.made_at.strftime(form) for one in kept} >= set(spans)


@given(hours=st.lists(st.integers(-24 * 400, 24 * 400), max_size=60))
def test_thinning_takes_neither_what_was_made_by_hand_nor_what_is_dated_in_the_future(hours: list[int]) -> None:
    reasons = ("daily", "by-hand", "before-restore", "before-migration", "a-name-of-ones-own")
    known = [at(NOW - timedelta(hours=one), count, reasons[count % 5]) for count, one in enumerate(hours)]
    for one in thinned(known, NOW):
        assert one.reason in AUTOMATIC
        assert one.made_at <= NOW
    # What stays beside them changes nothing for the others.
    ours = [one for one in known if one.reason in AUTOMATIC and one.made_at <= NOW]
    assert thinned(known, NOW) == thinned(ours, NOW)
