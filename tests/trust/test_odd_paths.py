"""What is no file, named as a file: a refusal in words at every door, and nothing waits for anybody."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases import PATIENCE, case
from tests.cli.conftest import Planner, planner

__all__ = ["planner"]


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[list[Path]]:
    """Paths of a pipe, a circle of links, a link to nowhere, memory, a name of 5,000 letters, a device, a folder."""
    pipe, loop, dangling = tmp_path / "pipe", tmp_path / "loop", tmp_path / "dangling"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    dangling.symlink_to(tmp_path / "none")

    def waits(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, waits)
    signal.alarm(int(PATIENCE))
    yield [pipe, loop, dangling, Path("/proc/self/mem"), tmp_path / ("x" * 5000), Path("/dev/zero"), tmp_path]
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def test_what_is_no_file_is_refused_in_words_wherever_a_file_is_named(
    planner: Planner, odd: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    planner.done("add", "Ana Silva")
    settings = tmp_path / "settings.toml"
    tried = 0
    for path in odd:
        name = str(path)
        with case(name[:80]):
            settings.write_text(f"inbox = '{name}'\n")
            doors = [
                *(("--db", name, *words) for words in (("agenda",), ("add", "X"), ("backup", "list"), ("backup",))),
                ("restore", name), ("salvage", name), ("backup", "verify", name), ("import", name),
            ]  # fmt: skip
            for words in doors:
                told = planner(*words)
                # A folder may hold files to import, and none of them is one.
                allowed = (1, 2) if words[0] in ("backup", "import") else (2,)
                assert told.code in allowed, (words, told)
                assert "unexpected" not in told.err, (words, told.err)
                tried += 1
            named = (("PLANNER_CONFIG", name), ("PLANNER_CONFIG", str(settings)), ("PLANNER_HOME", name))
            for variable, value in named:
                if variable == "PLANNER_HOME" and path == tmp_path:
                    continue
                monkeypatch.setenv(variable, value)
                told = planner("inbox")
                monkeypatch.undo()
                assert "unexpected" not in told.err, (variable, told.err)
                tried += 1
    assert planner.done("doctor").code == 0
    print(f"{tried} doors tried with {len(odd)} paths that are no file: each answered in words")
