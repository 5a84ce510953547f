"""A full disk, a file or a folder that may only be read: said rightly, nothing half written, reading goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import DiskFull
from planner.store import tables as t
from planner.store.backup import backup, backups
from planner.store.journal import history, undo
from tests.store.stores import TODAY, add_contact, asked, assert_sound, contact_values, facts, names, open_store

ROOT = Path(__file__).parents[2]


def test_a_database_that_may_not_grow_says_the_disk_is_full(tmp_path: Path) -> None:
    store = open_store(tmp_path / "planner.db")
    add_contact(store, 1)
    ((pages,),) = asked(store, "PRAGMA page_count")
    asked(store, f"PRAGMA max_page_count = {pages}")
    before = facts(store)
    with pytest.raises(DiskFull, match="disk is full: not saved"):
        add_contact(store, 2, notes="x" * 100_000)
    assert facts(store) == before
    asked(store, f"PRAGMA max_page_count = {pages + 1000}")
    add_contact(store, 2, notes="x" * 100_000)
    assert len(names(store)) == 2
    assert_sound(store)
    store.close()


QUOTA = """
import resource, signal, sys
from pathlib import Path
from planner.errors import DiskFull
from planner.store import derived
from planner.store.backup import backup
from planner.store.doctor import doctor
from tests.store.stores import add_contact, facts, names, open_store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
store = open_store(path)
size = path.stat().st_size
outcomes = []
for room in range(0, 400_000, 8192):
    before = facts(store)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, resource.RLIM_INFINITY))
    try:
        add_contact(store, room, notes="x" * 150_000)
        outcomes.append("saved")
    except DiskFull as full:
        assert "disk is full" in str(full), full
        assert facts(store) == before
        outcomes.append("full")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if outcomes[-1] == "saved":
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))
try:
    backup(store, "daily")
    raise SystemExit("a backup where there is no room")
except DiskFull as full:
    print(full)
assert list(store.backups.iterdir()) == []
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert doctor(store).problems == ()
print(outcomes.count("full"), outcomes.count("saved"))
"""


def test_a_write_that_runs_into_a_quota_anywhere_leaves_what_was(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with open_store(path) as store:
        for number in range(20):
            add_contact(store, 1000 + number, notes="y" * 3000)
    run = subprocess.run(
        [sys.executable, "-c", QUOTA, str(path)], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    full, saved = map(int, run.stdout.split()[-2:])
    print(f"{full} quotas met in a write: 0 bytes of it left, and saved once there was room")
    assert full >= 10
    assert saved == 1


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of two megabytes, where this system lets us have one."""
    folder = Path(tempfile.mkdtemp())
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_a_disk_that_is_really_full_keeps_all_that_was_saved(small_disk: Path) -> None:
    store = open_store(small_disk / "planner.db")
    saved = 0

    def fill() -> None:
        nonlocal saved
        for number in range(1000):
            add_contact(store, number, notes="x" * 20_000)
            saved += 1

    with pytest.raises(DiskFull, match="disk is full"):
        fill()
    assert len(names(store)) == saved > 3
    with pytest.raises(DiskFull, match="no backup was made"):
        backup(store, "daily")
    assert backups(store.backups) == []
    before = facts(store)

    def import_many() -> None:
        with store.long_write("import", "Importing", TODAY) as long:
            for number in range(1000):
                values = contact_values(5000 + number, notes="z" * 3000)
                long.write(lambda writer, values=values: writer.insert(t.ContactTable, **values))

    with pytest.raises(DiskFull):
        import_many()
    # Taking rows back needs a little room too; where there is none it waits until there is.
    subprocess.run(["mount", "-o", "remount,size=6m", str(small_disk)], check=True)
    store.close()
    with open_store(small_disk / "planner.db") as store:
        assert facts(store) == before
        assert history(store)[0].summary == f"Added {saved - 1}"
        assert_sound(store)


AS_SOMEBODY_ELSE = """
import os, sys
from pathlib import Path
from planner.errors import ReadOnly
from planner.store import backup, derived, doctor, forgetting
from tests.store.stores import add_contact, names, open_store
os.setuid(65534)
path = Path(sys.argv[1])
store = open_store(path)
assert names(store) == ["Person 1"], names(store)
assert not store.changed()
try:
    add_contact(store, 2)
except ReadOnly as refused:
    print(refused)
else:
    raise SystemExit("it was written")
store.close()
"""


@pytest.mark.parametrize("kind", ["file", "folder", "both", "log"])
def test_what_may_only_be_read_is_read_and_says_so(kind: str) -> None:
    if os.getuid() != 0:
        pytest.skip("only an administrator can become somebody else to try this")
    # The usual folder of tests belongs to its owner alone.
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "planner.db"
        with open_store(path) as store:
            add_contact(store, 1)
            if kind == "log":
                asked(store, "PRAGMA journal_mode = WAL")
        path.chmod(0o444 if kind in ("file", "both") else 0o666)
        folder.chmod(0o777 if kind == "file" else 0o555)
        run = subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY_ELSE, str(path)], check=False, capture_output=True, text=True, cwd=ROOT
        )
        if "PermissionError" in run.stderr or "ModuleNotFoundError" in run.stderr:
            pytest.skip("somebody else may not read this program")
        assert run.returncode == 0, run.stderr
        assert "may only be read" in run.stdout
        folder.chmod(0o755)
        with open_store(path) as store:
            assert_sound(store)
            undo(store)
