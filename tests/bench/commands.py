"""Short commands beside a bare import of the database library."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench.figures import Figure, Sample, ratio
from tests.bench.measure import children_seconds, database_of
from tests.trust.terminal import environment, planner_program

ROUNDS = 12
BAR = 2.0
BARRED = {"agenda", "query"}
"""Commands that the bar holds for; what shells and prompts call besides is shown."""


def measure() -> Iterator[Figure]:
    """Each command in turn in every round, so that all meet the same machine."""
    variables = environment(database_of(10_000))
    bare = "bare"
    runs = {bare: [sys.executable, "-c", "import peewee"]}
    for words in ("agenda", "query lars", "due --count", "contacts lars", "log --help", "--version"):
        runs[f"planner {words}"] = [*planner_program(), *words.split()]
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    worked: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS + 1):
        for name, command in runs.items():
            began, used = time.perf_counter(), children_seconds()
            subprocess.run(command, env=variables, capture_output=True, check=True)
            if number:
                seconds[name].append(time.perf_counter() - began)
                worked[name].append(children_seconds() - used)
    beside = Sample(tuple(seconds.pop(bare)))
    for name, took in seconds.items():
        processor = Sample(tuple(worked[name])).middle / Sample(tuple(worked[bare])).middle
        bar = BAR if name.split()[1] in BARRED else None
        yield ratio("10,000", name, Sample(tuple(took)), beside, "× import peewee", bar, processor)
