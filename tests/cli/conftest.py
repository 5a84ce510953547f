"""The command line run in this process, on a database of its own, with a fixed today."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from tests.empty_planner import empty_planner

TODAY = "2026-11-23"
"""A Monday."""


@dataclass(frozen=True)
class Said:
    """What one command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The object that was printed, without the version it has to begin with."""
        printed = json.loads(self.out)
        assert printed.pop("version") == 1
        return printed


class Planner:
    """Runs command lines and hands back what they said."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.database = home / "planner.db"
        self._capture = capture

    def __call__(self, *words: str, today: str = TODAY) -> Said:
        self._capture.readouterr()
        code = main(["--db", str(self.database), "--today", today, *words])
        printed = self._capture.readouterr()
        return Said(code, printed.out, printed.err)

    def done(self, *words: str, today: str = TODAY) -> Said:
        """A command that has to succeed."""
        said = self(*words, today=today)
        assert said.code == 0, said.err
        return said

    def refused(self, *words: str, today: str = TODAY) -> str:
        """A command that has to be refused in one clear line; gives that line."""
        said = self(*words, today=today)
        assert said.code == 2, said
        lines = said.err.splitlines()
        assert len(lines) == 1, said.err
        assert lines[0].startswith("planner: ")
        assert lines[0][-1] in ".!?"
        assert "unexpected fault" not in lines[0], lines[0]
        return lines[0]

    def json(self, *words: str, today: str = TODAY) -> Any:
        """What a command prints with --json."""
        return self.done(*words, "--json", today=today).json


@pytest.fixture
def planner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Planner:
    for name in ("PLANNER_DB", "PLANNER_TODAY", "PLANNER_CONFIG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLANNER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "home").mkdir(mode=0o700)
    empty_planner(tmp_path / "home" / "planner.db")
    return Planner(tmp_path / "home", capsys)
