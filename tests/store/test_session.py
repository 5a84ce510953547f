"""Opening, reading and writing the store, alone and beside other sessions."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.core.model import Settings
from planner.errors import Busy, Damaged, ReadOnly, Refused, StoreError
from planner.store import connection, migrations, sqlite
from planner.store import tables as t
from planner.store.backup import backup
from planner.store.connection import database_path
from planner.store.journal import history
from planner.store.row_writer import Writer
from planner.store.session import Store
from tests.cases import case
from tests.store.stores import TODAY, add_contact, asked, assert_sound, edit, names, open_store


def test_a_new_database_is_complete_and_ours(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folder" / "planner.db"
    with open_store(path) as store:
        assert_sound(store)
        assert names(store) == []
        assert asked(store, "PRAGMA foreign_keys") == [(1,)]
        assert asked(store, "PRAGMA synchronous") == [(3,)]
    header = sqlite.read_header(path)
    assert (header.application_id, header.version) == (sqlite.APPLICATION_ID, migrations.latest())
    assert [one.name for one in path.parent.iterdir()] == ["planner.db"]


def test_ids_count_from_one_and_what_is_written_is_there_after_closing(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store:
        assert [add_contact(store, 1), add_contact(store, 2)] == [1, 2]
    with open_store(tmp_path / "planner.db") as store:
        assert names(store) == ["Person 1", "Person 2"]


def test_an_address_names_the_same_file_as_its_path(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with Store(f"sqlite:///{path}", Settings()) as store:
        assert store.path == path
    assert database_path("sqlite:///relative.db") == Path("relative.db").absolute()


def test_other_kinds_of_database_are_refused_plainly() -> None:
    for location in ["postgresql://host/name", "mysql://x", "", ":memory:", "sqlite:///"]:
        with case(location):
            with pytest.raises(Refused) as refused:
                Store(location, Settings())
            assert "\n" not in str(refused.value)
            assert refused.value.advice


def test_a_file_name_may_hold_what_an_address_would_mistake(tmp_path: Path) -> None:
    path = tmp_path / "my planner?#%41 é.db"
    with open_store(path) as store:
        add_contact(store, 1)
    with open_store(path) as store:
        assert names(store) == ["Person 1"]
    assert path.exists()


@pytest.mark.parametrize(
    ("library", "mode"),
    [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal"), ((4, 0, 0), "wal")],
)
def test_a_log_is_used_only_where_the_library_is_safe(
    tmp_path: Path, library: tuple[int, ...], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.store.sqlite.files.file_system", lambda path: "ext4")
    chosen, why = sqlite.journal_mode_for(tmp_path / "x.db", library)
    assert chosen == mode
    assert why


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_log_is_never_used_over_a_network(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.store.sqlite.files.file_system", lambda path: kind)
    chosen, why = sqlite.journal_mode_for(tmp_path / "x.db", (3, 52, 0))
    assert chosen == "delete"
    assert "network" in why


def test_the_file_system_is_found_out(tmp_path: Path) -> None:
    if not Path("/proc/self/mountinfo").exists():
        pytest.skip("this system does not tell its mounts")
    assert sqlite.file_system(tmp_path) != ""
    assert sqlite.file_system(Path("/proc/self")) == "proc"


def test_a_log_left_by_a_newer_library_is_read_and_settled(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        add_contact(store, 1)
    with sqlite3.connect(path) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
    bare.close()
    with open_store(path) as store:
        assert names(store) == ["Person 1"]
        wanted, _ = sqlite.journal_mode_for(path)
        assert asked(store, "PRAGMA journal_mode") == [(wanted,)]


def test_a_snapshot_does_not_move_while_another_session_writes(tmp_path: Path) -> None:
    if sqlite.journal_mode_for(tmp_path)[0] != "wal":
        pytest.skip("without a log a writer waits for readers")
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    add_contact(one, 1)
    with one.read():
        before = asked(one, "SELECT count(*) FROM contact")
        add_contact(two, 2)
        assert asked(one, "SELECT count(*) FROM contact") == before
    one.close()
    two.close()


def test_a_reader_makes_a_writer_wait_and_nothing_is_torn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sqlite.journal_mode_for(tmp_path)[0] == "wal":
        pytest.skip("with a log nobody waits for readers")
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.3)
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    add_contact(one, 1)
    with one.read():
        before = asked(one, "SELECT count(*) FROM contact")
        with pytest.raises(Busy):
            add_contact(two, 2)
        assert asked(one, "SELECT count(*) FROM contact") == before
    assert add_contact(two, 2) == 2
    one.close()
    two.close()


def test_another_sessions_change_is_noticed_and_ones_own_is_not(tmp_path: Path) -> None:
    one, two = open_store(tmp_path / "planner.db"), open_store(tmp_path / "planner.db")
    assert not two.changed()
    add_contact(one, 1)
    assert not one.changed()
    assert two.changed()
    assert not two.changed()
    one.close()
    two.close()


def test_a_write_waits_for_a_lock_says_so_once_and_then_succeeds(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    said: list[str] = []
    held = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    held.execute("BEGIN IMMEDIATE")

    def on_wait() -> None:
        said.append("waiting for another session…")
        held.execute("COMMIT")

    store.on_wait = on_wait
    assert add_contact(store, 1) == 1
    assert said == ["waiting for another session…"]
    held.close()
    store.close()


def test_opening_waits_for_a_lock_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "planner.db") as store:
        add_contact(store, 1, "Ana")
    held = sqlite3.connect(tmp_path / "planner.db", isolation_level=None)
    held.execute("PRAGMA locking_mode = EXCLUSIVE")
    held.execute("BEGIN EXCLUSIVE")
    store = Store(tmp_path / "planner.db", Settings())
    store.on_wait = held.close
    store.open()
    assert names(store) == ["Ana"]
    store.close()


HOLDS_A_LOCK = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
for said in sys.stdin:
    held.execute("BEGIN EXCLUSIVE" if said == "lock\\n" else "ROLLBACK")
    print("so it is", flush=True)
"""


@pytest.mark.parametrize("moment", ["the file is open", "the pages are looked at"])
def test_opening_beside_a_writer_waits_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with open_store(tmp_path / "planner.db") as store:
        add_contact(store, 1, "Ana")
        store.transact(lambda: store.note("checked_at", "2000-01-01"))
    command = [sys.executable, "-c", HOLDS_A_LOCK, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None

        def tell(word: str) -> None:
            writer.stdin.write(f"{word}\n")
            assert writer.stdout.readline() == "so it is\n"

        def after(step: Callable[..., Any]) -> Callable[..., Any]:
            def taken(*values: Any, **named: Any) -> Any:
                tell("lock")
                return step(*values, **named)

            return taken

        if moment == "the file is open":
            monkeypatch.setattr(sqlite, "settle_journal_mode", after(sqlite.settle_journal_mode))
        else:
            monkeypatch.setattr(Store, "_check_pages", after(Store._check_pages))
        opened = Store(store.path, Settings())
        opened.on_wait = lambda: tell("free")
        opened.open()
        assert names(opened) == ["Ana"]
        opened.close()
        writer.stdin.close()


def test_a_lock_held_too_long_is_refused_and_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.3)
    store = open_store(tmp_path / "planner.db")
    held = sqlite3.connect(store.path, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="Another session"):
        add_contact(store, 1)
    assert names(store) == []
    held.execute("COMMIT")
    held.close()
    assert add_contact(store, 1) == 1
    store.close()


def test_a_verb_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")

    def work(writer: Writer) -> None:
        writer.insert(t.CircleTable, name="Work", folded="work")
        raise Refused("Not like this")

    with pytest.raises(Refused, match="Not like this"):
        store.write("x", "X", work, today=TODAY)
    with store.read():
        assert asked(store, "SELECT count(*) FROM circle") == [(0,)]
    assert history(store) == []
    store.close()


def test_a_verb_that_wrote_nothing_leaves_no_trace(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    key = add_contact(store, 1)
    edit(store, key, name="Person 1")
    assert [one.verb for one in history(store)] == ["add"]
    store.close()


def test_the_summary_may_depend_on_the_result(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    store.write(
        "circle", lambda key: f"Circle {key}", lambda w: w.insert(t.CircleTable, name="W", folded="w"), today=TODAY
    )
    assert history(store)[0].summary == "Circle 1"
    store.close()


def test_a_write_without_journal_cannot_be_seen_in_the_history(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    store.write("x", "X", lambda w: w.insert(t.CircleTable, name="W", folded="w"), today=TODAY, journal=False)
    assert history(store) == []
    store.close()


def test_two_stores_in_one_thread_do_not_mix(tmp_path: Path) -> None:
    one, two = open_store(tmp_path / "one.db"), open_store(tmp_path / "two.db")
    add_contact(one, 1, "Ana")
    add_contact(two, 2, "Bob")
    with one.read():
        assert [row.name for row in t.ContactTable.select()] == ["Ana"]
        with two.read():
            assert [row.name for row in t.ContactTable.select()] == ["Bob"]
        assert [row.name for row in t.ContactTable.select()] == ["Ana"]
    one.close()
    two.close()


def test_another_thread_gets_no_connection_of_its_own(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            names(store)
        except Exception as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1
    store.close()


def test_other_settings_derive_everything_anew(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        key = add_contact(store, 1)
        store.write(
            "log",
            "Logged",
            lambda w: w.insert(
                t.ParticipationTable,
                contact=key,
                interaction=w.insert(
                    t.InteractionTable, uid="i", on=TODAY, channel="mail", direction="them", outcome="reached"
                ),
            ),
            today=TODAY,
        )
        with store.read():
            (before,) = asked(store, "SELECT due FROM due_item")
    with open_store(path, settings=replace(Settings(), answer_days=30, daily_capacity=9)) as store:
        with store.read():
            (after,) = asked(store, "SELECT due FROM due_item")
        assert (before, after) == (("2026-11-25",), ("2026-12-23",))
        assert_sound(store)


def test_settings_that_derive_nothing_do_not_write_when_opening(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    open_store(path).close()
    before = path.read_bytes()
    open_store(path, settings=replace(Settings(), daily_capacity=9, week_start=6)).close()
    assert path.read_bytes() == before


def test_what_the_database_does_not_take_is_refused_in_words(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    key = add_contact(store, 1)
    declined = {"uid": "f", "contact": key, "direction": "given", "kind": "time", "state": "declined"}
    for table, values, word in (
        (t.FavorTable, declined, "way out"),
        (t.AddressTable, {"contact": 99, "kind": "email", "value": "x"}, "gone"),
        (t.ContactTable, {"uid": "uid-1", "name": "x", "folded": "x", "created_on": TODAY}, "already"),
        (t.CircleTable, {"name": "half \ud800", "folded": "half"}, "half a character"),
    ):
        with pytest.raises(Refused) as refused:
            store.write("x", "X", lambda w, table=table, values=values: w.insert(table, **values), today=TODAY)
        assert word in str(refused.value)
    assert len(history(store)) == 1
    store.close()


def test_everything_made_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "data" / "planner.db"
        store = open_store(path)
        held = [stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()]

        def work(writer: Writer) -> int:
            writer.insert(t.CircleTable, name="W", folded="w")
            held.extend(stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir())
            return 1

        store.write("x", "X", work, today=TODAY)
        with store.long_write("import", "Imported", TODAY) as long:
            long.write(lambda w: w.insert(t.CircleTable, name="V", folded="v"))
            held.extend(stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir())
        copy = backup(store, "daily")
        held.append(stat.S_IMODE(copy.stat().st_mode))
        folders = [stat.S_IMODE(one.stat().st_mode) for one in (path.parent, copy.parent)]
        store.close()
    finally:
        os.umask(before)
    print(f"{len(held)} files looked at")
    assert len(held) >= 6
    assert set(held) == {0o600}
    assert set(folders) == {0o700}


def test_a_newer_schema_written_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    open_store(path).close()
    with sqlite3.connect(path) as bare:
        bare.execute("PRAGMA user_version = 99")
    bare.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer planner"):
        open_store(path)
    assert path.read_bytes() == before


def test_damage_found_when_opening_names_the_newest_good_backup(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        for number in range(30):
            add_contact(store, number, notes="x" * 500)
        good = backup(store, "daily")
        bad = backup(store, "daily")
        store.transact(lambda: store.note("checked_at", "2026-01-01"))
    bad.write_bytes(bad.read_bytes()[:5000])
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    with pytest.raises(Damaged) as damaged:
        open_store(path)
    assert damaged.value.backup == str(good)
    assert str(good) in str(damaged.value)
    assert path.read_bytes() == bytes(content)


def test_a_store_that_may_only_be_read_is_read_and_refuses_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        add_contact(store, 1)
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: False if mode == os.W_OK else allowed(place, mode))
    before = path.read_bytes()
    with open_store(path, settings=replace(Settings(), answer_days=30)) as store:
        assert store.read_only
        assert names(store) == ["Person 1"]
        with pytest.raises(ReadOnly, match="only be read"):
            add_contact(store, 2)
    assert path.read_bytes() == before
