"""The power fails at any moment: nothing acknowledged is lost, nothing is corrupt; a control without syncs fails."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.trust.power_loss import Operation, images, recorded

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace records what is written")

OURS = ("delete-ours", "wal-ours")
CONTROL = "delete-off"
FULL = "delete-full"
"""What SQLite does without being asked: the folder is not synced once the journal is gone from it."""


def fails(folder: Path, mode: str, operations: list[Operation], count: int) -> tuple[int, int]:
    """Of so many images after a power cut: how many lack an acknowledged change, how many are corrupt."""
    lost = corrupt = 0
    place = folder / "image"
    for said, files in images(operations, folder / mode, random.Random(mode), count):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path, content in files.items():
            if not path.endswith("-shm"):
                (place / Path(path).name).write_bytes(content)
        try:
            with closing(sqlite3.connect(place / "planner.db")) as image:
                sound = image.execute("PRAGMA quick_check").fetchall() == [("ok",)]
                (there,) = image.execute("SELECT count(*) FROM contact WHERE uid <> 'uid-0'").fetchone()
        except sqlite3.DatabaseError:
            sound, there = False, said
        corrupt += not sound
        lost += there < said
    return lost, corrupt


def said_of(found: dict[str, tuple[int, int]], images: int) -> str:
    lost, corrupt = (sum(found[mode][place] for mode in OURS) for place in (0, 1))
    without = sum(found[CONTROL])
    return (
        f"{lost} acknowledged changes lost and {corrupt} files corrupt in {images * len(OURS):,} images of both journal"
        f" modes; without syncs {without} times in {images:,}"
    )


def test_no_acknowledged_change_is_lost_when_the_power_fails(tmp_path: Path) -> None:
    operations = recorded(tmp_path, 6, (*OURS, CONTROL))
    found = {mode: fails(tmp_path, mode, operations, 60) for mode in (*OURS, CONTROL)}
    for mode, (lost, corrupt) in found.items():
        print(f"{mode}: {lost} lost, {corrupt} corrupt in 60 images after a power cut")
    print(said_of(found, 60))
    assert [found[mode] for mode in OURS] == [(0, 0), (0, 0)]
    assert sum(found[CONTROL]) > 5


@pytest.mark.long
def test_no_acknowledged_change_is_lost_in_5000_power_cuts(tmp_path: Path) -> None:
    operations = recorded(tmp_path, 40, (*OURS, CONTROL, FULL))
    found = {mode: fails(tmp_path, mode, operations, 2500) for mode in (*OURS, CONTROL, FULL)}
    for mode, (lost, corrupt) in found.items():
        print(f"{mode}: {lost} lost, {corrupt} corrupt in 2,500 images after a power cut")
    print(said_of(found, 2_500))
    assert [found[mode] for mode in OURS] == [(0, 0), (0, 0)]
    assert min(found[CONTROL]) > 5
    assert found[FULL][0] > 5
