"""`python -m tests.bench`: every bar in one run, as a table and as JSON; it fails where one is missed.

The networks are made where this machine has none of them, which is not counted, and kept in the user's cache.
`python -m tests.bench keys start` measures these parts alone, `--keep` writes what README shows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench import answers, commands, keys, long_work, slow_line, start
from tests.bench.dense import dense_home
from tests.bench.figures import KEPT, Figure, text_table, write
from tests.bench.measure import database_of, kept_folder

SIZES = (1_000, 10_000, 100_000, 1_000_000)
NETWORKS = ("10,000", "100,000", "1,000,000", "dense")
PARTS: dict[str, Callable[[], Iterable[Figure]]] = {
    "start": start.measure,
    **{f"keys-{network}": (lambda network=network: keys.measure(network)) for network in NETWORKS},  # type: ignore[misc]
    "idle-commands": lambda: keys.idle(commands.measure),
    "beside": keys.beside_an_import,
    "answers": answers.measure,
    "long": long_work.measure,
    "slow-line": slow_line.measure,
}


def main() -> int:
    """Run the parts that are named, or all; 1 where a bar is missed by more than the noise of the run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure every bar of speed.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; a beginning is enough")
    parser.add_argument("--keep", action="store_true", help=f"write what README shows into tests/bench/{KEPT.name}")
    given = parser.parse_args()
    chosen = [name for name in PARTS if not given.parts or name.startswith(tuple(given.parts))]
    for size in SIZES:
        database_of(size)
    dense_home()
    began = time.perf_counter()
    figures: list[Figure] = []
    for name in chosen:
        at = time.perf_counter()
        found = list(PARTS[name]())
        print(f"\n{name}: {time.perf_counter() - at:.0f} s\n{text_table(found)}", flush=True)
        figures += found
    if given.keep:
        write(figures, KEPT)
    report(figures, kept_folder(), time.perf_counter() - began)
    return int(any(one.short for one in figures))


def report(figures: list[Figure], folder: Path, seconds: float) -> None:
    """Write table and JSON, and say what fell short."""
    (folder / "figures.txt").write_text(text_table(figures), "utf-8")
    write(figures, folder / "figures.json")
    barred = [one for one in figures if one.bar is not None]
    short = [one for one in barred if one.short]
    print(f"{len(barred) - len(short)} of {len(barred)} bars held in {seconds:.0f} s; all of it: {folder}/figures.txt")
    if short:
        print("\nShort by more than the noise of this run:\n" + text_table(short))


if __name__ == "__main__":
    sys.exit(main())
