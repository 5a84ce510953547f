"""The wheel holds all the planner needs: built, installed into an environment of its own, and started there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pexpect
import pyte
import pytest
from trove_classifiers import classifiers

from planner import __version__
from tests.cases import PATIENCE, Patience, case
from tests.test_layout import tracked
from tests.test_shared_files import PLACES, printed

ROOT = Path(__file__).parents[1]
NAME = "planner-network"
"""The distribution; the command and the package are called planner."""
COLUMNS, LINES = 120, 34


def built(kind: str, folder: Path, pattern: str) -> Path:
    """The one file that a build of a kind ("wheel" or "sdist") leaves in a folder."""
    run = subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, ROOT],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (found,) = folder.glob(pattern)
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"), "*.whl")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sources")
    packed = built("sdist", folder, "*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / packed.name.removesuffix(".tar.gz")


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


def test_man_page_and_completions_are_installed_as_the_program_prints_them(programs: Path) -> None:
    for name, place in PLACES.items():
        with case(name):
            assert (programs.parent / place).read_text("utf-8") == printed()[name]


def test_what_the_index_is_told(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (about,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA"))
    headers, _, _ = about.partition("\n\n")
    fields = [line.partition(": ")[::2] for line in headers.splitlines()]
    assert ("Name", NAME) in fields
    assert ("Author", "The Planner maintainers") in fields
    assert {value for field, value in fields if field == "Classifier"} <= classifiers
    for field, value in fields:
        if field == "Requires-Dist" and "extra ==" not in value:
            with case(value):
                assert ">=" in value
                assert "<" in value, "both ends are tried"
    assert "Project-URL" not in headers


def run(program: Path, *words: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *words], cwd=home, env=environment(home), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_the_wheel_holds_the_package_its_stylesheet_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        style = archive.read("planner/planner.tcss")
    assert style == (ROOT / "planner.tcss").read_bytes()
    name = f"{NAME.replace('-', '_')}-{__version__}"
    assert {one.partition("/")[0] for one in names} == {"planner", f"{name}.dist-info", f"{name}.data"}
    shared = {one.removeprefix(f"{name}.data/data/") for one in names if one.startswith(f"{name}.data/")}
    assert shared == set(PLACES.values())
    assert not [one for one in names if one.startswith("planner/share")]
    missing = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "planner").rglob("*.py") if path.stat().st_size
    } - names
    assert not missing
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".db", ".log"))]


def test_the_sources_hold_every_file_of_the_project(sources: Path) -> None:
    found = {path.relative_to(sources).as_posix() for path in sources.rglob("*") if path.is_file()}
    wanted = set(tracked())
    assert wanted - found == set(), "its tests would miss these"
    assert found - wanted <= {"PKG-INFO"}


def test_the_tests_pass_in_the_sources(sources: Path, tmp_path: Path) -> None:
    # The whole suite is the same files; these look at what stands around the package.
    some = ("tests/test_layout.py", "tests/test_readme.py", "tests/test_shared_files.py", "tests/commands")
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(sources.parent), "PYTHONPATH": str(sources)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'inner'}", *some],
        cwd=sources,
        env=outside,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


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
