"""Folders and small files for their owner alone."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from planner.private_files import make_folder, write_json


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*")}


@pytest.mark.usefixtures("umask_zero")
def test_every_folder_above_is_for_its_owner_too(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b" / "c")
    assert modes(tmp_path) == {0o700}


@pytest.mark.usefixtures("umask_zero")
def test_a_file_is_replaced_whole_and_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "state" / "kept.json"
    for content in ({"name": "Ångström"}, {"name": "Ana"}):
        write_json(file, content)
        assert json.loads(file.read_text("utf-8")) == content
    assert modes(tmp_path) == {0o700, 0o600}
    with pytest.raises(TypeError):
        write_json(file, {"name": object()})
    assert json.loads(file.read_text("utf-8")) == {"name": "Ana"}


def test_a_file_in_the_way_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(NotADirectoryError):
        write_json(tmp_path / "state" / "kept.json", {})
