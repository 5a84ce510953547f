"""The full screen beside a bare one, in the same real terminal and the same run: prints a table, run by hand.

The figures are for reading, beside the bars that are printed with them; nothing here fails because a
machine is slow or busy.
"""

from __future__ import annotations

from collections.abc import Callable

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


def row(name: str, keys: Keys, bare: Keys | None = None) -> list[object]:
    """One line of the table of keys."""
    ratio = keys.last / bare.last if bare is not None else ""
    return [name, keys.first, keys.last, ratio, keys.bytes, keys.bytes_rested]


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
    rows = [row("bare list: move", bare), row("bare list: page", bare_page), row("bare list: scroll", bare_scroll)]
    with planner_of(contacts)() as terminal:
        terminal.wait_for(SOMEBODY)
        terminal.settle(0.5)
        move = press(terminal, *down[:10], *up[:10])
        rows += [row("agenda: move", move, bare)]
        terminal.ask("2", wanted=PEOPLE)
        terminal.settle(0.5)
        rows += [row("contacts: move", press(terminal, *down[:10], *up[:10]), bare)]
        rows += [row("contacts: page", press(terminal, *("pagedown",) * 8), bare_page)]
        press(terminal, *("down",) * 40)
        rows += [row("contacts: scroll or move", press(terminal, *("down",) * 10), bare_scroll)]
        press(terminal, "/")
        rows += [row("contacts: search, each key", press(terminal, *"lars ber"))]
        rows += [row("contacts: search, taken back", press(terminal, *("backspace",) * 8))]
    table(
        f"Keys at {contacts:,} contacts: ms to the first and last frame, bytes, and bytes with the card that follows "
        "rest (bars: move 1.3 × bare and 400 B, page 12 ms and 2,000 B, search 25 and 60 ms and 2,000 B, scroll 500 B)",
        ["", "first ms", "last ms", "× bare", "bytes", "with card"],
        rows,
    )
    assert 0 < move.bytes < 20_000


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
