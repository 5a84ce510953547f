"""A folder of mixed files: each read by its content, again only when it changed, and never outside the folder."""

from __future__ import annotations

import os
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from planner.core.evidence.seen import Call
from planner.interchange.evidence import files
from planner.interchange.evidence.reading import open_source, recognised
from tests.cases import case
from tests.interchange.evidence.runs import NOW, kept, put, put_archive, run
from tests.interchange.evidence.test_phone_logs import call, log


def numbers(path: Path, remembered: dict[str, bytes] | None = None) -> list[str]:
    """The numbers of the calls that one run sees, sorted."""
    return sorted(one.handle.value for one in run(path, remembered=remembered)[0] if isinstance(one, Call))


def test_files_are_known_by_what_they_hold_and_read_once(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "no name", log(call("90011222")))
    put(tmp_path / "photo.xml", b"\xff\xd8\xff")
    put_archive(tmp_path / "all.zip", {"deep/x": log(call("90099888")), "y.jpg": b"\xff\xd8"})
    assert recognised(tmp_path) == "folder"
    seen, reading = run(tmp_path)
    assert len(seen) == 2
    assert not reading.troubles
    assert reading.done == reading.total
    remembered = kept(reading)
    assert run(tmp_path, remembered=remembered)[0] == []
    assert run(tmp_path, remembered=remembered)[1].remember == {}
    put(tmp_path / "photo.xml", log(call("90077666")))
    assert numbers(tmp_path, remembered) == ["+4790077666"]
    (tmp_path / "photo.xml").unlink()
    assert run(tmp_path, remembered=remembered)[1].remember == {"photo.xml": None}


def test_half_a_file_waits(tmp_path: Path) -> None:
    data = log(call("90011222"))
    for name in (
        ".syncthing.calls.xml.tmp",
        "calls.xml.part",
        "calls.sync-conflict-20261122-101112-ABCDEFG.xml",
        "calls (Kari's conflicted copy 2026-11-22).xml",
        "~calls.xml",
    ):
        put(tmp_path / name, data)
    put(tmp_path / "calls.xml", data, NOW - timedelta(seconds=3))
    seen, reading = run(tmp_path)
    assert (seen, reading.troubles, reading.remember) == ([], [], {})
    seen, reading = run(tmp_path, now=NOW + timedelta(seconds=5))
    assert len(seen) == 1
    assert list(reading.remember) == ["calls.xml"]


def test_what_cannot_be_read_is_a_line_and_costs_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "phone"
    outside = put(tmp_path / "outside" / "calls.xml", log(call("90055444")))
    put(folder / "good.xml", log(call("90011222")))
    (folder / "link.xml").symlink_to(outside)
    (folder / "way").symlink_to(outside.parent)
    os.mkfifo(folder / "pipe")
    put(folder / "torn.xml", log(call("90099888"))[:-5])
    put(folder / "bad.zip", b"PK\x03\x04" + b"\0" * 200)
    deep = folder.joinpath(*["d"] * 20)
    put(deep / "calls.xml", log(call("90066555")))
    seen, reading = run(folder)
    assert len(seen) == 2
    told = "\n".join(reading.troubles)
    for part in (
        "link.xml was left out: it is a link",
        "way was left out: it is a link",
        "pipe was left out: it is not a regular file",
        "torn.xml was left out: it is damaged or cut off",
        "bad.zip was left out: it is a damaged archive",
        "it lies too deep",
    ):
        with case(part):
            assert part in told
    # What is wrong with a file is told as long as it is wrong, without reading it again.
    seen, again = run(folder, remembered=kept(reading))
    assert (seen, sorted(again.troubles)) == ([], sorted(reading.troubles))
    (folder / "locked.xml").write_bytes(b"")
    put(folder / "locked.xml", log(call("90099888"))).chmod(0)
    if os.geteuid():
        assert "locked.xml was left out: permission denied" in "\n".join(run(folder)[1].troubles)


def test_an_archive_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = log(call("90011222")).replace("</calls>", "") + " " * 40_000_000
    put_archive(
        tmp_path / "bomb.zip",
        {"calls.xml": bomb, "list.json": '[{"date":1,"number":1,"duration":1}' + " " * 30_000_000},
    )
    seen, reading = run(tmp_path)
    assert len(seen) == 1
    assert "list.json in it: it is damaged or cut off; what stands before was read" in "".join(reading.troubles)
    # What is unpacked is counted, whatever the archive says of its size.
    monkeypatch.setattr(files, "MOST_UNPACKED", 8 << 20)
    seen, reading = run(tmp_path)
    assert len(seen) == 1
    assert ["calls.xml in it: it holds more than" in line for line in reading.troubles[:1]] == [True]


def test_a_file_that_grows_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    path = put(tmp_path / "calls.xml", log(call("90011222"), call("90099888")))
    reading = open_source(tmp_path, "folder", {}, zone=UTC, region="NO", since=None, now=NOW)
    for number, _ in enumerate(reading):
        if number == 0:
            put(path, log(call("90011222"), call("90099888"), call("90077666")))
    assert reading.remember == {}
    assert "changed while it was read" in reading.troubles[0]


def test_a_stopped_run_remembers_only_what_it_read_whole(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", log(call("90011222")))
    put(tmp_path / "b.xml", log(call("90099888"), call("90077666")))
    put(tmp_path / "c.xml", log(call("90066555")))
    reading = open_source(tmp_path, "folder", {"gone": b""}, zone=UTC, region="NO", since=None, now=NOW)
    seen = []
    for one in reading:
        seen.append(one)
        if len(seen) == 2:
            reading.stop()
    assert len(seen) == 2
    assert list(reading.remember) == ["a.xml"]
    assert len(numbers(tmp_path, kept(reading))) == 3


def test_a_source_that_is_gone_is_a_line(tmp_path: Path) -> None:
    for kind in ("folder", "calls", "calendar", "chat"):
        seen, reading = run(tmp_path / "gone", kind)
        assert (seen, len(reading.troubles), reading.remember) == ([], 1, {})
    seen, reading = run(put(tmp_path / "note", "a note"), "calls")
    assert "nothing in it is known" in reading.troubles[0]
