"""The folder that the last import was read from."""

from __future__ import annotations

from pathlib import Path

from planner.import_folder import forget_import_folder, last_import_folder, remember_import_folder


def test_the_folder_is_remembered_until_a_person_in_its_path_is_forgotten(tmp_path: Path) -> None:
    assert last_import_folder(tmp_path) == ""
    for folder in ("/people/Ana Silva", "/people/Ana Silva/\ud800"):
        remember_import_folder(tmp_path, folder)
    assert last_import_folder(tmp_path) == "/people/Ana Silva"
    forget_import_folder(tmp_path, ["ben@example.com", "", "Ana Silv"])
    assert last_import_folder(tmp_path) == "/people/Ana Silva"
    forget_import_folder(tmp_path, ["ana silva"])
    assert last_import_folder(tmp_path) == ""


def test_a_folder_that_cannot_be_kept_stops_no_import(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder is to be")
    remember_import_folder(tmp_path / "state", "/home/me")
    assert last_import_folder(tmp_path / "state") == ""
    (tmp_path / "import-folder.json").write_bytes(b"\xff")
    assert last_import_folder(tmp_path) == ""
