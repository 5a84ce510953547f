"""A fault of the program itself: the terminal comes back, and nothing that is said or logged names a person."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.trust.terminal import Terminal, environment
from tests.trust.test_real_terminal import desk_at, fill

CANARY = "Zebulon Quackenbush"
FAULTY = (
    "import sys\n"
    "from planner.cli import main\n"
    "from planner.ui.screens.agenda import AgendaScreen\n"
    "def broken(screen):\n"
    "    name = screen.current.item.contact_name\n"
    "    raise RuntimeError(f'cannot do this to {name}')\n"
    "AgendaScreen.verb_skip = broken\n"
    "sys.exit(main([]))\n"
)
"""The planner with one verb that fails while it holds a name."""


def test_a_crash_names_nobody_and_keeps_what_was_typed(tmp_path: Path) -> None:
    fill(tmp_path, (CANARY,))
    with Terminal([sys.executable, "-c", FAULTY], environment(tmp_path)) as terminal:
        before = terminal.line_settings()
        terminal.wait_for(CANARY)
        drawn = len(terminal.received)
        terminal.press("x")
        assert terminal.wait_end() == 2
        assert terminal.is_restored()
        assert terminal.line_settings() == before
        after = bytes(terminal.received[drawn:]).decode(errors="replace")
    assert "An unexpected fault (RuntimeError)" in after
    logs = "".join(path.read_text() for path in (tmp_path / "logs").iterdir())
    assert "RuntimeError" in logs
    words = [*CANARY.split(), "cannot do this"]
    hits = sum(word in text for word in words for text in (after, logs))
    print(f"a crash: {len(after)} bytes on the terminal and {len(logs)} in the log, {hits} of them a name")
    assert hits == 0
    with desk_at(tmp_path) as desk:
        assert desk.doctor().healthy
