"""How long the short commands take beside a bare import of the database library; prints ratios, run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

BAR = 2.0
ROUNDS = 15


@pytest.mark.bench
@pytest.mark.parametrize("words", [("agenda",), ("query", "ray")], ids=" ".join)
def test_a_short_command_is_quick(tmp_path: Path, words: tuple[str, ...]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PLANNER_HOME": str(tmp_path / "home"), "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    program = [sys.executable, "-m", "planner"]
    add = [*program, "add", "Hana Ray", "--cadence", "1w", "--email", "hana@ray.example"]
    subprocess.run(add, env=environment, capture_output=True, check=True)
    runs = {"bare": [sys.executable, "-c", "import peewee"], "command": [*program, *words]}
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            began = time.perf_counter()
            subprocess.run(run, env=environment, capture_output=True, check=True)
            best[name] = min(best[name], time.perf_counter() - began)
    ratio = best["command"] / best["bare"]
    print(f"\nplanner {' '.join(words)}: {ratio:.2f} × a bare import of peewee (bar {BAR})")
    assert ratio <= BAR
