"""Exports on the command line: where they go, what is said, and what comes back."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Planner

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(planner: Planner) -> Planner:
    """Two people, one of them with something of most kinds."""
    planner.done("add", "Ana Silva", "--email", "ana@silva.example", "--circle", "work", "--cadence", "4w")
    planner.done("add", "Leo Hart", "--birthday", "02-29", "--note", "=1+1")
    planner.done("follow-up", "Ana", "call", "--on", "2026-11-30", "--repeat", "+1w")
    planner.done("favor", "promise", "Ana", "--kind", "advice", "--note", "the plan")
    planner.done("need", "add", "a flat in Lyon")
    planner.done("need", "tell", "1", "Leo")
    planner.done("log", "Ana", "--on", "2026-11-20", "--note", "coffee")
    return planner


@pytest.mark.parametrize("kind", ["ics", "vcard", "csv", "json"])
def test_a_file_is_complete_private_and_replaced(filled: Planner, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"out.{kind}"
    said = filled.done("export", kind, "-o", str(file))
    assert said.out.startswith("Exported ")
    assert said.out.endswith(f" to {file}\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = file.read_bytes()
    filled.done("export", kind, "-o", str(file), today="2027-03-01")
    assert file.read_bytes() == first
    assert sorted(os.listdir(tmp_path)) == ["home", file.name]


@pytest.mark.parametrize("kind", ["ics", "vcard", "csv", "json"])
def test_without_a_file_it_goes_to_standard_output(filled: Planner, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "out"
    filled.done("export", kind, "-o", str(file))
    start = [sys.executable, "-m", "planner", "--db", str(filled.database), "--today", "2026-11-23"]
    for output in ([], ["-o", "-"]):
        printed = subprocess.run([*start, "export", kind, *output], capture_output=True, cwd=ROOT, check=True)
        assert printed.stdout == file.read_bytes()
        assert printed.stderr == b""


def test_a_query_chooses_whom(filled: Planner, tmp_path: Path) -> None:
    for kind in ("vcard", "csv"):
        said = filled.done("export", kind, "circle:work", "-o", str(tmp_path / "out"))
        assert said.out.startswith("Exported 1 person to")
        text = (tmp_path / "out").read_text()
        assert "Ana Silva" in text
        assert "Leo Hart" not in text
    filled.refused("export", "vcard", "colour:blue", "-o", str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_a_folder_holds_an_entry_a_file(filled: Planner, tmp_path: Path) -> None:
    folder = f"{tmp_path}/calendar/"
    assert filled.done("export", "ics", "-o", folder).out.endswith(": 5 written\n")
    # Help given is contact: the rhythm moves too.
    filled.done("done", "v1")
    assert filled.done("export", "ics", "-o", folder).out.endswith("1 written, 3 unchanged, 1 deleted\n")
    files = [one for one in Path(folder).iterdir() if one.suffix == ".ics"]
    assert len(files) == 4
    assert all(one.read_bytes().count(b"BEGIN:VEVENT") == 1 for one in files)


def test_the_database_is_never_replaced_by_an_export(filled: Planner) -> None:
    before = filled.database.read_bytes()
    assert "is a database" in filled.refused("export", "json", "-o", str(filled.database))
    assert filled.database.read_bytes() == before


def test_a_place_that_cannot_be_is_refused(filled: Planner, tmp_path: Path) -> None:
    assert "no folder" in filled.refused("export", "csv", "-o", str(tmp_path / "missing" / "out.csv"))
    filled.refused("export", "csv", "-o", str(tmp_path))
    filled.refused("export", "papyrus")


def test_everything_moves_to_another_database(
    filled: Planner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.json"
    filled.done("export", "json", "-o", str(file))
    (tmp_path / "other").mkdir()
    other = Planner(tmp_path / "other", capsys)
    dry = other.json("import", str(file), "--dry-run")
    assert (dry["added"], other.json("contacts")["total"]) == (2, 0)
    assert other.json("import", str(file))["added"] == 2
    assert other.json("import", str(file))["unchanged"] == 2
    for words in (["agenda"], ["why", "ana"], ["ledger"], ["need", "show", "1"], ["show", "ana"], ["show", "leo"]):
        assert other.json(*words) == filled.json(*words), words
    other.done("export", "json", "-o", str(tmp_path / "again.json"))
    assert (tmp_path / "again.json").read_bytes() == file.read_bytes()
    other.done("log", "Leo")
    assert "empty one only" in other.refused("import", str(file))
    other.done("undo")
    other.done("undo")
    assert other.json("contacts")["total"] == 0


def test_everything_is_read_alone(filled: Planner, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    filled.done("export", "json", "-o", str(file))
    filled.refused("import", str(file), str(file))
    filled.refused("import", str(file), "--circle", "work")


def test_a_person_gets_all_that_is_held_about_them(filled: Planner, tmp_path: Path) -> None:
    filled.done("export", "person", "ana", "silva", "-o", str(tmp_path / "ana.md"))
    page = (tmp_path / "ana.md").read_text()
    for words in ("# Ana Silva", "ana@silva.example", "coffee", "the plan", "work", "call"):
        assert words in page
    filled.done("export", "person", "ana", "--format", "json", "-o", str(tmp_path / "ana.json"))
    content = json.loads((tmp_path / "ana.json").read_text())
    assert content["contact"][0]["name"] == "Ana Silva"
    assert [row["note"] for row in content["favor"]] == ["the plan"]
    filled.refused("export", "person", "nobody")


def test_a_page_about_a_person_names_only_who_was_there(planner: Planner) -> None:
    # Ids of people, of what happened and of what is to do all count from 1, so each number means several things.
    for name in ("Ana Silva", "Leo Hart", "José Ñandú", "Mia Berg"):
        planner.done("add", name)
    planner.done("log", "Ana", "--via", "letter", "--note", "to others")
    planner.done("log", "Ana")
    planner.done("log", "Leo", "--via", "coffee", "--note", "at the harbour", "--on", "2026-11-20")
    planner.done("follow-up", "Ana", "elsewhere", "--on", "2026-11-23")
    planner.done("follow-up", "Ana", "elsewhere", "--on", "2026-11-23")
    planner.done("follow-up", "Leo", "water the plants", "--on", "2026-11-23", "--repeat", "+1w")
    planner.done("done", "f3")
    for who in ("Ana", "Mia", "Leo"):
        planner.done("favor", "ask", who, "--note", f"the van of {who}", "--on", "2026-11-01")
    planner.done("favor", "nudge", "v3")
    planner.done("need", "add", "A flat")
    planner.done("need", "ask", "1", "Leo")
    page = planner.done("export", "person", "Leo").out
    assert "- interaction: 2026-11-20, coffee, at the harbour\n" in page
    assert "- follow up: 2026-11-23, water the plants\n" in page
    assert "- favor: received, other, the van of Leo\n" in page
    assert "- need: A flat\n" in page
    for other in ("José", "Ana", "Mia"):
        assert other not in page
    together = planner.done("log", "Leo", "Mia", "--via", "meeting")
    page = planner.done("export", "person", "Leo").out
    assert together.out.strip()
    assert "- contact: Mia Berg\n" in page
    assert "José" not in page
    assert "Ana" not in page
    planner.done("intro", "start", "Ana", "José")
    planner.done("intro", "start", "Mia", "José")
    planner.done("intro", "start", "Leo", "Mia")
    for who in ("Leo", "Mia"):
        planner.done("intro", "yes", "3", who)
    planner.done("intro", "made", "3")
    page = planner.done("export", "person", "Leo").out
    assert "- introduction: 2026-11-23, Leo Hart and Mia Berg\n" in page
    assert "José" not in page


def test_an_export_of_nobody_is_refused(filled: Planner, tmp_path: Path) -> None:
    for kind in ("vcard", "csv"):
        assert "Nobody fits" in filled.refused("export", kind, "nobodyatall", "-o", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()
