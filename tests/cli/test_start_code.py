"""The file of compiled modules that the screen starts with: it gives what the sources give, or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import time

import pytest

from planner.cli import start_code

LOADS = """
import sys, threading
from planner.cli import start_code

found = start_code.StartCode()
found._path = sys.argv[1]
found.use()
sys.path.append(sys.argv[2])
import told, parts.one
print(told.WORD, parts.one.WORD, type(told.__loader__).__name__, type(parts.one.__loader__).__name__, parts.__path__)
found.end()
for thread in threading.enumerate():
    if thread.name == "planner-start-code":
        thread.join()
"""


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A folder with a module `told` and a package `parts`."""
    folder = tmp_path / "modules"
    (folder / "parts").mkdir(parents=True)
    (folder / "told.py").write_text("WORD = 'first'\n")
    (folder / "parts" / "__init__.py").write_text("")
    (folder / "parts" / "one.py").write_text("WORD = 'one'\n")
    return folder


def load(file: Path, modules: Path, **environment: str) -> list[str]:
    """What a Python that uses the file says of the modules: two words, and which loaders they came with."""
    answer = subprocess.run(
        [sys.executable, "-c", LOADS, str(file), str(modules)],
        capture_output=True, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split()[:4]


PLAIN = ["SourceFileLoader", "SourceFileLoader"]
KEPT = ["_Loader", "_Loader"]


def test_modules_come_from_the_file_once_it_is_written(tmp_path: Path, modules: Path) -> None:
    file = tmp_path / "start.bin"
    assert load(file, modules) == ["first", "one", *PLAIN]
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["start.bin"]
    written = file.stat().st_mtime_ns
    assert load(file, modules) == ["first", "one", *KEPT]
    assert file.stat().st_mtime_ns == written


def test_a_module_whose_source_changed_comes_from_its_source_and_is_written_anew(tmp_path: Path, modules: Path) -> None:
    file = tmp_path / "start.bin"
    load(file, modules)
    (modules / "told.py").write_text("WORD = 'another'\n")
    assert load(file, modules) == ["another", "one", "SourceFileLoader", "_Loader"]
    assert load(file, modules) == ["another", "one", *KEPT]


@pytest.mark.parametrize("damage", [b"", b"no list of modules in here"])
def test_a_file_that_cannot_be_read_is_as_none(tmp_path: Path, modules: Path, damage: bytes) -> None:
    file = tmp_path / "start.bin"
    load(file, modules)
    file.write_bytes(damage)
    assert load(file, modules) == ["first", "one", *PLAIN]
    assert load(file, modules) == ["first", "one", *KEPT]


def test_a_file_that_is_cut_short_gives_what_is_whole(tmp_path: Path, modules: Path) -> None:
    file = tmp_path / "start.bin"
    load(file, modules)
    file.write_bytes(file.read_bytes()[:-9])
    assert load(file, modules) == ["first", "one", "_Loader", "SourceFileLoader"]
    assert load(file, modules) == ["first", "one", *KEPT]


def test_what_was_not_finished_and_what_is_long_unused_is_removed(tmp_path: Path, modules: Path) -> None:
    file, old, now = tmp_path / "start.bin", 0, time()
    ages = {"start.a.bin": old, "start.b.bin": now, "start.b.bin.7": old, "start.c.bin.8": now, "other.bin": old}
    for name, age in ages.items():
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (age, age))
    load(file, modules)
    left = {one.name for one in tmp_path.iterdir() if one.is_file()}
    assert left == {"start.bin", "start.b.bin", "start.c.bin.8", "other.bin"}


def test_nothing_is_written_where_python_writes_nothing(tmp_path: Path, modules: Path) -> None:
    file = tmp_path / "start.bin"
    load(file, modules, PYTHONDONTWRITEBYTECODE="1")
    assert not file.exists()


def test_another_path_of_modules_has_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = start_code.StartCode()._path
    monkeypatch.setattr(sys, "path", [*sys.path, "/another"])
    assert start_code.StartCode()._path != before
