"""Where the planner keeps its files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.paths import find_paths


def test_everything_is_below_the_home_that_is_named(tmp_path: Path) -> None:
    paths = find_paths({"PLANNER_HOME": str(tmp_path)})
    assert paths.database == tmp_path / "planner.db"
    assert paths.location == str(tmp_path / "planner.db")
    assert paths.config == tmp_path / "config.toml"
    for place in (paths.state, paths.backups, paths.logs):
        assert tmp_path in place.parents
    assert list(tmp_path.iterdir()) == []


def test_a_single_place_can_be_named(tmp_path: Path) -> None:
    named = {"PLANNER_HOME": str(tmp_path), "PLANNER_DB": "/data/my.db", "PLANNER_CONFIG": "~/planner.toml"}
    paths = find_paths(named)
    assert paths.database == Path("/data/my.db")
    assert paths.backups == Path("/data/my-backups")
    assert paths.config == Path.home() / "planner.toml"
    assert find_paths(named, "other.db").database == Path("other.db").absolute()


@pytest.mark.parametrize(
    ("location", "database"),
    [("sqlite:////data/my.db", "/data/my.db"), ("postgresql://host/name", "HOME/planner.db")],
)
def test_an_address_stays_an_address(tmp_path: Path, location: str, database: str) -> None:
    paths = find_paths({"PLANNER_HOME": str(tmp_path), "PLANNER_DB": location})
    assert paths.location == location
    assert paths.database == Path(database.replace("HOME", str(tmp_path)))


def test_without_a_word_the_systems_folders_are_used() -> None:
    paths = find_paths({})
    assert "planner" in str(paths.database)
    assert paths.database.is_absolute()
    assert paths.config.name == "config.toml"
    assert len({paths.database, paths.config, paths.state, paths.backups, paths.logs}) == 5


def test_empty_variables_are_no_variables(tmp_path: Path) -> None:
    empty = {"PLANNER_HOME": "", "PLANNER_DB": "", "PLANNER_CONFIG": ""}
    assert find_paths(empty) == find_paths({})


def test_naming_a_home_needs_no_look_at_the_system() -> None:
    script = (
        "import sys; from planner.paths import find_paths; find_paths({'PLANNER_HOME': '/x'});"
        "print(sorted(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert "'planner.paths'" in out
    assert "platformdirs" not in out
