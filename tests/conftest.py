"""Settings every test shares.

Hypothesis repeats the same examples on every run, nothing is compiled twice, and the folders of tests are in memory
where the system lets files be there: a database waits for the disk some sixty times in a test.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.ui.at_rest import RestingLoop

# Every worker, and hundreds of planners that tests start, would compile all of it anew where that may not be kept.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Bytes that must be free in memory: all tests together write less."""


def _memory_will_do() -> bool:
    # Some tests put programs into their folders and run them.
    may_run = MEMORY.is_dir() and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return may_run and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM


if "TMPDIR" not in os.environ and _memory_will_do():
    os.environ["TMPDIR"] = str(MEMORY)
    # What was asked before is remembered.
    tempfile.tempdir = None

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=100,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long",
    deadline=None,
    max_examples=5000,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("long" if os.environ.get("PLANNER_LONG") else "ci")


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and never among all tests and modules: a planner makes thousands of objects."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Every test runs on a loop that says when it is at rest."""
    return {"resting": RestingLoop}


@pytest.fixture
def umask_zero() -> Iterator[None]:
    """The worst a person may have set: everything new is open to all."""
    before = os.umask(0)
    yield
    os.umask(before)
