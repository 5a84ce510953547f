"""Files for others: for their owner's eyes only, complete or not there, and nobody else's is touched."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import Refused
from planner.interchange.files import MANIFEST, ExportFolder, entry_name, save, sync_folder
from tests.cases import case

pytestmark = pytest.mark.usefixtures("umask_zero")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    save(tmp_path / "a.vcf", [b"one", b"two"])
    assert (tmp_path / "a.vcf").read_bytes() == b"onetwo"
    assert mode(tmp_path / "a.vcf") == 0o600
    assert os.listdir(tmp_path) == ["a.vcf"]


def test_an_older_file_is_replaced_and_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_bytes(b"old")
    (tmp_path / "a.vcf").chmod(0o644)
    save(tmp_path / "a.vcf", [b"new"])
    assert (tmp_path / "a.vcf").read_bytes() == b"new"
    assert mode(tmp_path / "a.vcf") == 0o600


def test_a_failure_half_way_leaves_the_older_file(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    (tmp_path / "a.vcf").write_bytes(b"old")
    with pytest.raises(Refused, match="no space left on device"):
        save(tmp_path / "a.vcf", parts())
    assert (tmp_path / "a.vcf").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.vcf"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "real.vcf").write_bytes(b"old")
    (tmp_path / "a.vcf").symlink_to(tmp_path / "kept" / "real.vcf")
    save(tmp_path / "a.vcf", [b"new"])
    assert (tmp_path / "a.vcf").is_symlink()
    assert (tmp_path / "kept" / "real.vcf").read_bytes() == b"new"


def test_what_is_no_file_and_what_is_a_database_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    database = tmp_path / "planner.db"
    database.write_bytes(b"SQLite format 3\0 and more")
    (tmp_path / "link").symlink_to(database)
    for name in ("folder", "pipe", "planner.db", "link", "missing/a.vcf", "a\0b"):
        with pytest.raises(Refused):
            save(tmp_path / name, [b"new"])
    assert database.read_bytes() == b"SQLite format 3\0 and more"
    assert sorted(os.listdir(tmp_path)) == ["folder", "link", "pipe", "planner.db"]


def test_a_folder_gets_our_files_and_keeps_those_of_others(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "calendar"
    report = sync_folder(folder, {"a.ics": b"A", "b.ics": b"B"})
    assert (report.written, report.unchanged, report.deleted) == (2, 0, 0)
    assert {one.name: mode(one) for one in folder.iterdir()} == {"a.ics": 0o600, "b.ics": 0o600, MANIFEST: 0o600}
    assert mode(folder) == 0o700
    (folder / "theirs.ics").write_bytes(b"T")
    before = (folder / "a.ics").stat()
    report = sync_folder(folder, {"a.ics": b"A", "c.ics": b"C"})
    assert (report.written, report.unchanged, report.deleted) == (1, 1, 1)
    after = (folder / "a.ics").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert sorted(os.listdir(folder)) == [MANIFEST, "a.ics", "c.ics", "theirs.ics"]
    assert json.loads((folder / MANIFEST).read_text()) == {"files": ["a.ics", "c.ics"]}


def test_a_folder_that_is_as_it_should_be_is_not_touched(tmp_path: Path) -> None:
    sync_folder(tmp_path / "c", {"a.ics": b"A"})
    before = {one.name: one.stat().st_mtime_ns for one in (tmp_path / "c").iterdir()}
    sync_folder(tmp_path / "c", {"a.ics": b"A"})
    assert {one.name: one.stat().st_mtime_ns for one in (tmp_path / "c").iterdir()} == before


def test_a_file_of_another_program_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(b"theirs")
    with pytest.raises(Refused, match="not written by an export"):
        sync_folder(tmp_path, {"a.ics": b"A", "b.ics": b"B"})
    assert os.listdir(tmp_path) == ["a.ics"]


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim.ics"
    for number, manifest in enumerate([
        '{"files": ["../victim.ics", "/etc/passwd", "sub/x.ics", "..", "", 7, null, ".planner-export.json"]}',
        '{"files": "victim.ics"}', "[]", "nonsense", "[" * 100_000, "",
    ]):  # fmt: skip
        with case(manifest):
            victim.write_bytes(b"V")
            folder = tmp_path / f"calendar {number}"
            folder.mkdir()
            (folder / MANIFEST).write_text(manifest)
            sync_folder(folder, {"a.ics": b"A"})
            assert victim.read_bytes() == b"V"
            assert sorted(os.listdir(folder)) == [MANIFEST, "a.ics"]


def test_killed_at_any_step_no_file_of_ours_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each renaming the power goes: what stands there is named in the manifest, and the next run mends it."""
    sync_folder(tmp_path / "start", {"a.ics": b"A", "b.ics": b"B"})
    replace, seen = os.replace, [0]
    for last in range(1, 6):
        folder = tmp_path / f"run{last}"
        sync_folder(folder, {"a.ics": b"A", "b.ics": b"B"})
        seen[0] = 0

        def stopping(source: Path, target: Path, last: int = last) -> None:
            seen[0] += 1
            if seen[0] == last:
                raise KeyboardInterrupt
            replace(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", stopping)
            try:
                sync_folder(folder, {"b.ics": b"B2", "c.ics": b"C", "d.ics": b"D"})
            except KeyboardInterrupt:
                stopped = True
            else:
                stopped = False
        named = set(json.loads((folder / MANIFEST).read_text())["files"])
        assert {one.name for one in folder.iterdir()} - {MANIFEST} <= named
        assert stopped == (last <= 5)
        sync_folder(folder, {"b.ics": b"B2", "c.ics": b"C", "d.ics": b"D"})
        assert sorted(os.listdir(folder)) == [MANIFEST, "b.ics", "c.ics", "d.ics"]


def test_an_identifier_becomes_a_plain_name() -> None:
    for uid in ["../x", "a/b", "", ".", "x" * 300, "é", "a b", "a\nb", "CON"]:
        with case(uid):
            name = entry_name(uid)
            assert name.endswith(".ics")
            assert "/" not in name
            assert not name.startswith(".")
            assert len(name) < 130
            assert name.isascii()


def test_files_of_another_ending_and_of_a_part_stay(tmp_path: Path) -> None:
    book = tmp_path / "book"
    sync_folder(book, {"a.ics": b"A"})
    ExportFolder(lambda: {"a.vcf": b"A", "b.vcf": b"B"}, ".vcf").write(book)
    report = ExportFolder(lambda: {"a.vcf": b"A2"}, ".vcf", is_whole=False).write(book)
    assert (report.written, report.unchanged, report.deleted) == (1, 0, 0)
    assert sorted(path.name for path in book.glob("*.*") if path.name != MANIFEST) == ["a.ics", "a.vcf", "b.vcf"]
    report = ExportFolder(lambda: {"a.vcf": b"A2"}, ".vcf").write(book)
    assert (report.written, report.unchanged, report.deleted) == (0, 1, 1)
    assert (book / "a.ics").exists()
    sync_folder(book, {})
    assert sorted(path.name for path in book.glob("[!.]*")) == ["a.vcf"]
