"""What is piped into `import -` and `capture -`: read whole, named as standard input, refused as a whole."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cases import case
from tests.cli.conftest import Planner

CARD = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Ek\r\nEMAIL:bo@x.example\r\nEND:VCARD\r\n"


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Give the next command these bytes to read."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))


def test_files_of_any_format_are_read_from_a_pipe(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, CARD)
    assert planner.done("import", "-", "--dry-run").out.startswith("Would be: 1 new")
    pipe(monkeypatch, CARD)
    assert planner.json("import", "-")["added"] == 1
    pipe(monkeypatch, "name,email\nZoë Bell,zoe@x.example\n".encode("latin-1"))
    planner.done("import", "-")
    assert [one["name"] for one in planner.json("contacts")["contacts"]] == ["Bo Ek", "Zoë Bell"]


def test_a_file_and_a_pipe_are_read_together(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.vcf"
    other.write_bytes(CARD.replace(b"Bo Ek", b"Ana Silva").replace(b"bo@", b"ana@"))
    pipe(monkeypatch, CARD)
    assert planner.json("import", str(other), "-")["added"] == 2


def test_what_cannot_be_read_is_called_standard_input(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = CARD + b"BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:x@x.example\r\nnonsense\r\nEND:VCARD\r\n"
    for data in (b"", b"nothing that is known", b"\x00\xff" * 50):
        with case(data):
            pipe(monkeypatch, data)
            said = planner.refused("import", "-")
            assert "standard input" in said
            assert "/tmp" not in said
    pipe(monkeypatch, broken)
    said = planner("import", "-", "--json")
    for one in said.json["rejected"]:
        assert one["file"] == "standard input"


def test_each_line_that_is_captured_is_a_step_of_its_own(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    planner.done("add", "Zoë Bell")
    pipe(monkeypatch, "\ufeffZoë: coffee yesterday\r\n\n  Zoe: promised the book by fri\n".encode())
    lines = planner.done("capture", "-").out.splitlines()
    assert len(lines) == 2
    planner.done("undo")
    assert len(planner.json("show", "zoe")["interactions"]) == 1
    pipe(monkeypatch, b"Zoe: call\nZoe: again 6w\n")
    found = planner.json("capture", "-")
    assert "; ".join(one["said"] for one in found["lines"]) == found["said"]
    assert found["step"] == found["lines"][-1]["step"]
    assert found["ids"] == [1]


def test_one_line_that_is_not_clear_keeps_all_from_being_written(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.done("add", "Zoë Bell")
    before = planner.json("history")
    for data in (b"Zoe: coffee\nZorro: call\n", b"", b"\n \n", b"Zo\xeb: coffee\n", b"Zoe: coffee\nno colon\n"):
        with case(data):
            pipe(monkeypatch, data)
            planner.refused("capture", "-")
            assert planner.json("history") == before
    pipe(monkeypatch, b"Zoe: coffee\nZorro: call\n")
    assert "Line 2 of standard input" in planner.refused("capture", "-")
    pipe(monkeypatch, b"Zoe: coffee\n")
    planner.done("capture", "-", "--dry-run")
    assert planner.json("history") == before


def test_without_standard_input_it_is_refused(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    planner.done("add", "Zoë Bell")
    monkeypatch.setattr(sys, "stdin", None)
    for command in ("import", "capture"):
        with case(command):
            assert "no standard input" in planner.refused(command, "-")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be opened there")
def test_a_folder_as_standard_input_is_refused(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    class Folder(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise IsADirectoryError(21, "Is a directory")

    for command in ("import", "capture"):
        with case(command):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Folder())))
            assert "Is a directory" in planner.refused(command, "-")
