"""Copies: each file beside the planner is named for what it is, checked on a copy, and a restore said before it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Planner, planner

__all__ = ["planner"]


def test_every_file_of_the_folder_is_named_for_what_it_is(planner: Planner) -> None:
    planner.done("add", "Ana Silva")
    good = Path(planner.done("backup").out.strip())
    folder = good.parent
    newer, cut, pipe = (folder / f"2026-01-0{day}T000000Z-daily.db" for day in (1, 2, 3))
    shutil.copy(good, newer)
    with closing(sqlite3.connect(newer)) as other:
        other.execute("PRAGMA user_version = 1000")
    cut.write_bytes(good.read_bytes()[:5000])
    os.mkfifo(pipe)
    future = Path(shutil.copy(good, folder / "2199-01-01T000000Z-daily.db"))
    rotten = Path(shutil.copy(good, folder / "2026-01-04T000000Z-daily.db"))
    with closing(sqlite3.connect(rotten)) as other, other:
        other.execute("UPDATE contact SET created_on = 'once'")
    (folder / "notes.txt").write_text("mine")
    found = {Path(one["path"]).name: one["wrong"] for one in planner.json("backup", "list")["backups"]}
    wrong = {newer: "newer planner", cut: "cut short", pipe: "not a regular file", future: "in the future"}
    for path, why in wrong.items():
        assert why in found[path.name]
    assert "not a planner database" in found["notes.txt"]
    assert found[good.name] == found[rotten.name] == ""
    checked = planner("backup", "verify")
    assert checked.code == 1
    assert f"✓ {good.name}  1 person, 0 interactions, 0 favors" in checked.out
    assert f"▲ {rotten.name}  is damaged: contact 1: created_on is no date" in checked.out
    assert newer.name not in checked.out


def test_a_restore_says_in_words_what_it_would_change_and_changes_nothing(planner: Planner) -> None:
    planner.done("add", "Ana Silva", "--cadence", "4w")
    planner.done("add", "Ben Okri")
    planner.done("log", "Ben", "--on", "2026-11-01")
    copy = planner.done("backup").out.strip()
    planner.done("add", "Cid Moor")
    planner.done("edit", "Ana", "--city", "Lyon")
    planner.done("log", "Ana")
    planner.done("favor", "gave", "Ana", "--kind", "advice", "--note", "x")
    planner.done("forget", "Ben", "--yes")
    before = planner.database.read_bytes()
    said = planner.done("restore", copy, "--dry-run").out.splitlines()
    assert said[1:4] == [
        "  bring back 1 person (Ben Okri), take away 1 person (Cid Moor), change 1 person (Ana Silva)",
        "  bring back 1 interaction, take away 2 interactions",
        "  take away 1 favor",
    ]
    assert planner.database.read_bytes() == before
    planner.done("restore", copy)
    assert "nothing" in planner.done("restore", copy, "--dry-run").out


def test_copies_left_by_a_process_that_died_are_swept_and_others_stay(planner: Planner) -> None:
    planner.done("add", "Ana Silva")
    folder = Path(planner.done("backup").out.strip()).parent
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = [folder / f".{ended.pid}.draft", planner.home / f".planner.db.{ended.pid}.restore"]
    running = [folder / f".{os.getpid()}.draft", planner.home / f".other.db.{ended.pid}.new", folder / "1.draft"]
    for path in (*left, *running):
        path.write_text("Ana")
    assert "2 copies" in planner.done("doctor").out
    assert [path.exists() for path in (*left, *running)] == [False, False, True, True, True]
