"""What stands where: the files of the project, and what none of them may say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.cases import case

ROOT = Path(__file__).parents[1]
TOP = {
    "pyproject.toml", "planner", "planner.tcss", "tests", "screenshots", "README.md", "LICENSE", "CHANGELOG.md",
    "ARCHITECTURE.md", "CONTRIBUTING.md", ".gitignore", ".ci",
}  # fmt: skip


def tracked() -> list[str]:
    """Every file the project holds."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_the_top_level_holds_what_it_should_and_nothing_else() -> None:
    assert {name.partition("/")[0] for name in tracked()} == TOP


def test_the_run_of_the_checks_is_one_program() -> None:
    assert [name for name in tracked() if name.startswith(".ci/")] == [".ci/run"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_every_folder_of_code_is_a_package() -> None:
    names = tracked()
    folders = {str(Path(name).parent) for name in names if name.endswith(".py")}
    assert folders - {str(Path(name).parent) for name in names if name.endswith("__init__.py")} == set()


def test_nothing_made_by_running_is_kept() -> None:
    made = re.compile(r"(^|/)(__pycache__|\.venv|\.hypothesis|build|dist)/|\.(pyc|db|db-wal|db-shm|log)$")
    assert [name for name in tracked() if made.search(name)] == []


# Put together from pieces, so that this file does not say them itself.
NEVER = {
    "a path of one machine": re.compile(rb"(?<![\w.])/" + rb"(?:work|root|home/\w+|Users/\w+|opt/py\w+)/\w"),
    "a file outside of the project": re.compile(rb"\.\./" + rb"shared|" + rb"DESIGN" + rb"\.md"),
    "an address of a registry": re.compile(rb"py" + rb"pi\.org|files\.python" + rb"hosted|deb\.deb" + rb"ian\.org"),
    "a font or script from the network": re.compile(rb"cdn" + rb"js|fonts\.google" + rb"apis"),
    "a conflict left open": re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE),
}
ALLOWED = {("tests/test_layout.py", "a path of one machine")}


def test_no_file_names() -> None:
    for what in NEVER:
        with case(what):
            found = [
                f"{name}: {match[0].decode(errors='replace')}"
                for name in tracked()
                if (match := NEVER[what].search((ROOT / name).read_bytes())) and (name, what) not in ALLOWED
            ]
            assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", b"open('/" + b"work/main/x')"),
        ("an address of a registry", b"https://py" + b"pi.org/simple"),
        ("a conflict left open", b"a\n<<<<<<" + b"< HEAD\n"),
    ],
)
def test_what_must_not_be_there_would_be_found(what: str, text: bytes) -> None:
    assert NEVER[what].search(text)
