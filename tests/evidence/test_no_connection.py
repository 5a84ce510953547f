"""What the kernel is asked for while a year is read: no connection, nothing written outside of the planner."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Planner
from tests.evidence.test_year import facts, prepare
from tests.evidence.year import Year
from tests.trust.terminal import environment, planner_program


def test_reading_asks_the_kernel_for_no_connection_and_changes_no_source(planner: Planner, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    prepare(planner, tmp_path)
    year = Year(date.fromisoformat(TODAY), busy=0.1)
    disk = tmp_path / "disk"
    for source in year.write(disk):
        planner.done("watch", "add", str(source))
    log = tmp_path / "calls"
    calls = "trace=%network,openat,open,creat,unlink,unlinkat,rename,renameat,renameat2,chmod,fchmodat,utimensat,flock"
    done = subprocess.run(
        ["strace", "-f", "-y", "-o", str(log), "-e", calls, *planner_program(), "watch"],
        env=environment(planner.home, TZ="Europe/Oslo"),
        capture_output=True,
        text=True,
    )
    if "ptrace" in done.stderr.lower():
        pytest.skip("nothing may be traced here")
    assert done.returncode == 0, done.stderr
    assert facts(planner) == year.facts()
    lines = log.read_text(errors="replace").splitlines()
    network = re.compile(r"\b(?:socket|connect|bind|sendto|sendmsg|getsockname|socketpair|listen|accept4?)\(")
    assert [line for line in lines if network.search(line)] == []
    at_sources = [line for line in lines if str(disk) in line]
    assert len(at_sources) > year.letters / 2
    assert [line for line in at_sources if not re.search(r"\bopenat\(.*O_RDONLY", line)] == []
    assert [line for line in at_sources if "O_NOFOLLOW" not in line and "O_DIRECTORY" not in line] == []
