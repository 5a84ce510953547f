"""Every size a window can have, in every place: no fault, and back at a common size the same screen."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import fill

PLACES = {"1": "Ana Silva", "2": "people", "3": "They asked me", "4": "Needs", "5": "Reach"}
EDGES = ((1, 1), (500, 200), (1, 200), (500, 1), (2, 2), (40, 12), (79, 24), (80, 24), (119, 40), (120, 11))


def sizes(count: int) -> list[tuple[int, int]]:
    """The edges, then sizes by chance, small ones more often."""
    random = Random(20261123)
    by_chance = [(int(500 ** random.random()), int(200 ** random.random())) for _ in range(count - len(EDGES))]
    return [*EDGES, *by_chance]


def resized(terminal: Terminal, chosen: list[tuple[int, int]], quiet: float) -> None:
    """Give the terminal one size after the other."""
    for columns, rows in chosen:
        terminal.resize(columns, rows)
        terminal.settle(quiet=quiet)
        assert terminal.running, f"ended at {columns}×{rows}:\n{terminal.text}"


def survive(home: Path, count: int, quiet: float) -> None:
    """Go through sizes in each place; each shows afterwards what it showed before."""
    fill(home, tuple(f"{name} Silva" for name in ("Ana", "Ben", "Cy", "Dora", "Eve")))
    with planner_in_terminal(home) as terminal:
        terminal.wait_for("Ana Silva")
        for place, sign in PLACES.items():
            if f" {place} " not in terminal.lines[0]:
                continue
            terminal.ask(place, wanted=sign)
            shown = terminal.settle(0.1)
            resized(terminal, sizes(count), quiet)
            terminal.resize(120, 40)
            terminal.wait_for(lambda text, shown=shown: text == shown)  # type: ignore[misc]
        terminal.press("q")
        assert terminal.wait_end() == 0
        assert b"Traceback" not in terminal.received
    print(f"{count} sizes in {len(PLACES)} places: 0 faults")


def test_sixty_sizes_in_all_places(tmp_path: Path) -> None:
    survive(tmp_path, 12, 0.04)


@pytest.mark.long
def test_five_hundred_sizes_in_each_place(tmp_path: Path) -> None:
    survive(tmp_path, 500, 0.02)
