"""While another program has the terminal its interrupts are meant for that program, however late they are heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.cases import PATIENCE

LENDS = """
import os, sys, time
from planner.terminal.watchdog import Watchdog

watchdog = Watchdog(print, print, grace=0)
watchdog.start()
# The watchdog hears of nothing until the program waits.
sys.setswitchinterval(1000)
first, *others = map(int, sys.argv[1:])
with watchdog.lent():
    os.kill(os.getpid(), first)
for other in others:
    os.kill(os.getpid(), other)
time.sleep(1000)
"""


@pytest.mark.parametrize("sent", [(signal.SIGINT, signal.SIGTERM), (signal.SIGQUIT, signal.SIGTERM), (signal.SIGTERM,)])
def test_what_is_heard_late_was_meant_for_the_program_that_had_the_terminal(sent: tuple[signal.Signals, ...]) -> None:
    ours, theirs = os.openpty()
    try:
        command = [sys.executable, "-c", LENDS, *(str(int(one)) for one in sent)]
        done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False, timeout=PATIENCE)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 128 + signal.SIGTERM, done
