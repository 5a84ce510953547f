"""The first week, read in a process beside the one that loads the screen."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.config import Config
from planner.desk import Desk, desk_as_it_stands
from planner.paths import find_paths
from planner.ui.agenda.week import first_week
from planner.ui.gateway import Gateway
from planner.ui.session.read_beside import read_beside
from tests.cases import PATIENCE
from tests.desk.desks import TODAY, add, open_desk
from tests.ui.words import planner

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot double a process")
BESIDE = """
import os, sys, time
from planner.ui.session import read_beside
read_beside.LONGEST_SECONDS = float(sys.argv[2])

def fails(desk):
    print("told to the terminal")
    raise ValueError("told to the terminal")

def waits(desk):
    time.sleep(600)

def tells(desk):
    print("told to the terminal")
    return os.getpid(), desk

work = {"fails": fails, "waits": waits, "tells": tells}[sys.argv[1]]
beside = read_beside.read_beside(work, lambda: "a desk")
read = beside.result(fails if sys.argv[3:] else work)
print(read and (read[0] != os.getpid(), read[1]))
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no process is left")
"""


def read(what: str, *more: str, longest: float = PATIENCE) -> str:
    """What a program says that reads beside, and whether a process of it is left."""
    done = subprocess.run(
        [sys.executable, "-c", BESIDE, what, str(longest), *more], capture_output=True, text=True, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_another_process_reads_is_told_once_and_the_process_ends() -> None:
    assert read("tells") == "(True, 'a desk')\nno process is left\n"


def test_a_reading_that_fails_tells_nothing_and_shows_nothing() -> None:
    assert read("fails") == "None\nno process is left\n"


def test_a_reading_that_is_kept_waiting_is_given_up() -> None:
    assert read("waits", longest=0.01) == "None\nno process is left\n"


def test_where_something_else_is_asked_first_the_reading_is_ended() -> None:
    assert read("waits", "something else") == "None\nno process is left\n"


def test_where_no_process_can_begin_nothing_is_read_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refused)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    files = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert read_beside(people, lambda: open_desk(Path("none"))) is None
    assert not files or len(os.listdir("/proc/self/fd")) == files


class Ahead:
    """What was read of a planner before its gateway is asked."""

    def __init__(self, work: Callable[[Desk], Any], read: Any) -> None:
        self._work, self._read = work, read
        self.ended = False

    def result(self, work: Callable[[Desk], Any]) -> Any:
        return self._read if work is self._work else None

    def end(self) -> None:
        self.ended = True


def somebody_due(desk: Desk) -> None:
    add(desk, "Ana Silva", cadence="2w", today=date(2026, 10, 1))


def people(desk: Desk) -> int:
    return desk.reading.contacts("").total


async def test_the_database_is_opened_when_more_is_asked_than_was_read_ahead(tmp_path: Path) -> None:
    opened = []

    def open_it() -> Desk:
        desk = open_desk(tmp_path / "planner.db")
        opened.append(desk)
        return desk

    gateway = Gateway(open_it, Ahead(people, 7))
    assert await gateway.call(people) == 7
    assert gateway.was_read_ahead
    assert opened == []
    assert await gateway.call(people) == 0
    assert len(opened) == 1
    await asyncio.to_thread(gateway.close)


async def test_what_was_not_read_ahead_is_read_now(tmp_path: Path) -> None:
    gateway = Gateway(lambda: open_desk(tmp_path / "planner.db"), Ahead(people, None))
    assert await gateway.call(people) == 0
    assert not gateway.was_read_ahead
    await asyncio.to_thread(gateway.close)


async def test_a_planner_that_is_left_at_once_ends_what_reads_ahead(tmp_path: Path) -> None:
    ahead = Ahead(people, 7)
    gateway = Gateway(lambda: open_desk(tmp_path / "planner.db"), ahead)
    await asyncio.to_thread(gateway.close)
    assert ahead.ended


def test_a_glance_reads_the_week_that_the_opened_desk_reads(tmp_path: Path) -> None:
    paths = find_paths({"PLANNER_HOME": str(tmp_path)})
    with open_desk(paths.database) as desk:
        somebody_due(desk)
        with_one = first_week(desk)
    with desk_as_it_stands(paths, Config(), lambda: TODAY) as desk:
        assert first_week(desk) == with_one
    assert len(with_one.agenda.items) == 1


async def test_what_was_written_after_the_glance_is_on_the_first_screen_a_moment_later(tmp_path: Path) -> None:
    with open_desk(tmp_path / "earlier.db") as desk:
        earlier = first_week(desk)
    async with planner(tmp_path, somebody_due, ahead=Ahead(first_week, earlier)) as see:
        assert see.app.gateway.was_read_ahead
        see.sees("Ana Silva")
