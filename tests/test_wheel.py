"""The wheel holds all the planner needs: built, installed into an environment of its own, and started there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pexpect
import pyte
import pytest

from planner import __version__
from tests.cases import PATIENCE, Patience

ROOT = Path(__file__).parents[1]
COLUMNS, LINES = 120, 34
"""Seconds a busy machine may take to open the screen."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, and with the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
    )
    (site,) = folder.glob("lib/python*/site-packages")
    # A path named so is searched last, and its own .pth files are not read: this checkout stays unseen.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def environment(home: Path) -> dict[str, str]:
    """What a program started from a shell sees, and nothing of this run of the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {"LANG": "C.UTF-8", **kept, "HOME": str(home), "PLANNER_HOME": str(home), "TERM": "xterm-256color"}


def run(program: Path, *words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *words], cwd=home, env=environment(home), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_the_wheel_holds_the_package_its_stylesheet_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        style = archive.read("planner/planner.tcss")
    assert style == (ROOT / "planner.tcss").read_bytes()
    assert {name.partition("/")[0] for name in names} == {"planner", f"planner-{__version__}.dist-info"}
    missing = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "planner").rglob("*.py") if path.stat().st_size
    } - names
    assert not missing
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".db", ".log"))]


def test_the_command_line_runs_from_the_wheel(programs: Path, tmp_path: Path) -> None:
    said = run(programs / "planner", "--version", home=tmp_path)
    assert (said.returncode, said.stdout) == (0, f"planner {__version__}\n"), said.stderr
    where = run(programs / "python", "-c", "import planner; print(planner.__file__)", home=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(programs.parent)
    assert run(programs / "planner", "add", "Ana Silva", "--cadence", "4w", home=tmp_path).returncode == 0
    agenda = run(programs / "planner", "--today", "2026-11-23", "agenda", "--json", home=tmp_path)
    assert agenda.returncode == 0, agenda.stderr
    assert json.loads(agenda.stdout)["today"] == "2026-11-23"
    people = run(programs / "planner", "contacts", "--json", home=tmp_path)
    assert [one["name"] for one in json.loads(people.stdout)["contacts"]] == ["Ana Silva"]


def test_the_screen_opens_from_the_wheel_and_is_left_with_q(programs: Path, tmp_path: Path) -> None:
    shown = pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(shown)
    child = pexpect.spawn(
        str(programs / "planner"),
        ["--demo", "--today", "2026-11-23"],
        cwd=str(tmp_path),
        env=environment(tmp_path),
        dimensions=(LINES, COLUMNS),
        encoding="utf-8",
        timeout=PATIENCE,
    )
    try:
        written = ""
        patience = Patience()

        def is_drawn() -> bool:
            # Only the stylesheet puts the card beside the list, behind a rule.
            beside = any("Ana Silva" in line.partition("│")[2] for line in shown.display)
            return beside and any("Monday 23 November" in line for line in shown.display)

        while not is_drawn():
            assert not patience.over, "\n".join(shown.display)
            piece = child.read_nonblocking(65536, timeout=PATIENCE)
            written += piece
            stream.feed(piece.replace("\x1b[>25u", "").replace("\x1b[?2026$p", "").replace("\x1b[?2048$p", ""))
        assert "Traceback" not in written
        child.send("q")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0, child.before
        assert "\x1b[?1049l" in child.before, "the terminal was not given back"
    finally:
        child.close(force=True)
    assert sorted(tmp_path.iterdir()) == [], "the sample network left something behind"
