"""The planner over a slow line: a key that is held queues no frames, and what is typed ahead arrives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.core.model import Settings
from planner.demo import big
from planner.store.session import Store
from tests.trust.slow_line import ON_THE_WAY, hold, slow_line
from tests.trust.terminal import TODAY, Terminal, environment, planner_program
from tests.trust.test_ssh import server

__all__ = ["server"]


def test_a_held_key_queues_no_frames_on_a_slow_line(server: list[str], tmp_path: Path) -> None:
    with Store(tmp_path / "planner.db", Settings()).open() as store:
        big(store, 2_000, date.fromisoformat(TODAY))
    with (
        slow_line(server) as (client, ways),
        Terminal([*client, " ".join(planner_program())], environment(tmp_path)) as terminal,
    ):
        terminal.wait_for("Agenda")
        terminal.ask("2", wanted="2,000 people")
        terminal.settle(4 * ON_THE_WAY)
        first = terminal.lines[5].split("  ")[0]
        (way,) = ways
        way.most = 0
        hold(terminal, "pagedown", 60)
        # Two frames of 2 kB and what SSH adds; 56 kB of them are drawn meanwhile.
        assert 0 < way.most < 10_000
        terminal.ask("home", wanted=first)
        terminal.press(*"/smith")
        terminal.wait_for("with “smith”")
