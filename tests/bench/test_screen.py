"""The full screen beside a bare one, in the same real terminal and the same run: prints a table, run by hand.

The figures are for reading, beside the bars that are printed with them; nothing here fails because a
machine is slow or busy.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.bare import READY
from tests.bench.measure import (
    Keys,
    Paint,
    database_of,
    first_paint,
    left_alone,
    middle_paint,
    open_bare,
    open_planner,
    press,
    table,
)
from tests.trust.terminal import Terminal

pytestmark = pytest.mark.bench
ROUNDS = 5
SOMEBODY = "d past"
"""What stands beside an overdue person: the agenda is there."""
PEOPLE = " people"


def planner_of(contacts: int) -> Callable[[], Terminal]:
    """What opens the planner on a network of so many."""
    home = database_of(contacts)
    return lambda: open_planner(home)


def paints(sizes: tuple[int, ...]) -> None:
    """First paint and memory, each program in turn in every round."""
    starts: dict[str, tuple[Callable[[], Terminal], str]] = {"bare": (lambda: open_bare("app"), READY)}
    starts |= {f"{size:,} contacts": (planner_of(size), SOMEBODY) for size in sizes}
    for start, wanted in starts.values():
        first_paint(start, wanted)
    taken: dict[str, list[Paint]] = {name: [] for name in starts}
    for _ in range(ROUNDS):
        for name, (start, wanted) in starts.items():
            taken[name].append(first_paint(start, wanted))
    middle = {name: middle_paint(found) for name, found in taken.items()}
    bare = middle["bare"]
    table(
        "First paint (bars: 1.3 × bare, 8,000 bytes; memory 1.5 × bare, +2 MiB over 1,000 contacts)",
        ["", "ms", "× bare", "bytes first", "bytes at rest", "MiB", "× bare"],
        [
            [name, one.seconds * 1000, one.seconds / bare.seconds, one.bytes_first, one.bytes_all,
             one.memory, one.memory / bare.memory]
            for name, one in middle.items()
        ],
    )  # fmt: skip
    assert all(one.bytes_first and one.seconds for one in middle.values())


def test_first_paint_and_memory() -> None:
    paints((1_000, 10_000, 100_000))


@pytest.mark.long
def test_first_paint_at_a_million() -> None:
    paints((10_000, 1_000_000))


def row(name: str, keys: Keys, bars: str, bare: Keys | None = None) -> list[object]:
    """One line of the table of keys; `bars` says what is aimed at."""
    ratio = keys.last / bare.last if bare is not None else ""
    return [name, keys.first, keys.last, ratio, keys.bytes, keys.bytes_rested, bars]


@pytest.mark.parametrize("contacts", [10_000, 100_000])
def test_keys(contacts: int) -> None:
    down, up = ("down",) * 20, ("up",) * 20
    with open_bare("lines") as terminal:
        terminal.wait_for(READY)
        terminal.settle(0.5)
        bare = press(terminal, *down[:10], *up[:10])
        bare_page = press(terminal, *("pagedown", "pageup") * 3)
        press(terminal, *("down",) * 60)
        bare_scroll = press(terminal, *down[:10])
    rows = [
        row("bare list: move", bare, ""),
        row("bare list: page", bare_page, ""),
        row("bare list: scroll", bare_scroll, ""),
    ]
    moves, pages = "1.3 × bare, 400 B", "12 ms, 2,000 B"
    with planner_of(contacts)() as terminal:
        terminal.wait_for(SOMEBODY)
        terminal.settle(0.5)
        move = press(terminal, *down[:10], *up[:10])
        rows += [row("agenda: move", move, moves, bare)]
        rows += [row("agenda: page", press(terminal, "pagedown", "pageup"), pages, bare_page)]
        terminal.ask("2", wanted=PEOPLE)
        terminal.settle(0.5)
        rows += [row("contacts: move", press(terminal, *down[:10], *up[:10]), moves, bare)]
        rows += [row("contacts: page", press(terminal, *("pagedown",) * 8), pages, bare_page)]
        press(terminal, *("down",) * 40)
        rows += [row("contacts: scroll or move", press(terminal, *("down",) * 10), "500 B", bare_scroll)]
        press(terminal, "/")
        searched = "25 and 60 ms, 2,000 B"
        rows += [row("contacts: search, each key", press(terminal, *"lars ber"), searched)]
        rows += [row("contacts: search, taken back", press(terminal, *("backspace",) * 8), searched)]
    table(
        f"Keys at {contacts:,} contacts: ms to the first and last frame, bytes, and with the card that follows rest",
        ["", "first ms", "last ms", "× bare", "bytes", "with card", "bar"],
        rows,
    )
    assert 0 < move.bytes < 20_000


def test_a_logged_interaction_stands_on_the_screen(tmp_path: Path) -> None:
    """Frames and milliseconds from the enter that logs it until that is said; it is durable before."""
    rows = []
    home = tmp_path / "home"
    shutil.copytree(database_of(10_000), home)
    with open_planner(home) as terminal:
        terminal.wait_for(SOMEBODY)
        terminal.settle(0.5)
        for number in range(5):
            terminal.ask("d", wanted="enter take it")
            terminal.settle(0.5)
            before, began = terminal.frames, time.perf_counter()
            terminal.ask("enter", wanted="✓ Done for")
            took, said = terminal.last_output - began, terminal.frames - before
            terminal.settle(0.5)
            rows.append([f"the {number + 1}. person", took * 1000, said, terminal.frames - before])
    table(
        "A logged interaction (bar: on the screen within two frames)",
        ["", "ms", "frames until said", "frames until rest"],
        rows,
    )
    assert all(isinstance(frames, int) and frames > 0 for _, _, frames, _ in rows)


@pytest.mark.parametrize("contacts", [10_000, 100_000])
def test_left_alone(contacts: int) -> None:
    rows = []
    for name, start, wanted in (
        ("bare", lambda: open_bare("app"), READY),
        (f"{contacts:,} contacts", planner_of(contacts), SOMEBODY),
    ):
        with start() as terminal:
            terminal.wait_for(wanted)
            terminal.settle(1.0)
            idle = left_alone(terminal, 5.0)
            rows.append([name, idle.sent, idle.percent])
    table("Left alone for 5 s (bars: 0 bytes, 0.1 % of a processor)", ["", "bytes", "CPU %"], rows)
    assert idle.sent == 0
