"""A year on the disk comes to what happened in it: once, whatever is renamed, and gone again after undo."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Planner
from tests.evidence.year import ME, MY_NAME, MY_PHONE, NOISE, PEOPLE, Fact, Year

CONFIG = f'me = ["{ME}", "{MY_PHONE}", "{MY_NAME}"]\nregion = "NO"\n'


@pytest.fixture
def year() -> Year:
    return Year(date.fromisoformat(TODAY))


@pytest.fixture
def watching(planner: Planner, year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Planner, Path]:
    """A planner of the people, who were met before the year, and what is watched."""
    monkeypatch.setenv("TZ", "Europe/Oslo")
    prepare(planner, tmp_path)
    planner.done("log", PEOPLE[0].name, "--via", "coffee", "--on", "2025-06-01", "--note", "by hand")
    for source in year.write(tmp_path / "disk"):
        planner.done("watch", "add", str(source))
    return planner, tmp_path / "disk"


def prepare(planner: Planner, folder: Path) -> None:
    """Say who I am, and bring in the people."""
    (planner.home / "config.toml").write_text(CONFIG, encoding="utf-8")
    cards = folder / "people.vcf"
    cards.write_text("".join(one.card for one in PEOPLE), encoding="utf-8")
    planner.done("import", str(cards))


def held(planner: Planner) -> Any:
    """Everything the planner holds but what it remembers of files, which is no fact."""
    planner("export", "json", "-o", str(planner.home / "out.json"))
    found = json.loads((planner.home / "out.json").read_text(encoding="utf-8"))
    (planner.home / "out.json").unlink()
    return {name: rows for name, rows in found.items() if name not in ("planner", "evidence_key", "watched")}


def facts(planner: Planner) -> set[Fact]:
    """What the planner holds of contacts that were seen."""
    tables = held(planner)
    names = {row["id"]: row["name"] for row in tables["contact"]}
    rows = {row["id"]: row for row in tables["interaction"]}
    found = []
    for part in tables["participation"]:
        row = rows[part["interaction_id"]]
        if not row["note"]:
            day = date.fromisoformat(row["on"])
            found.append((names[part["contact_id"]], day, row["channel"], row["direction"], row["outcome"]))
    assert len(found) == len(set(found)), "something is there twice"
    return set(found)


def test_a_year_comes_to_what_happened_in_it(watching: tuple[Planner, Path], year: Year) -> None:
    planner, _ = watching
    before = held(planner)
    tried = planner.json("watch", "--dry-run")
    assert held(planner) == before
    done = planner.json("watch")
    assert tried["seen"], tried
    assert tried["troubles"] == done["troubles"] == []
    assert {**tried, "written": True, "step": 0} == {**done, "step": 0}
    expected = year.facts()
    assert facts(planner) - expected == set()
    assert expected - facts(planner) == set()
    assert {outcome for *_, outcome in expected} == {"reached", "attempt", "planned"}
    assert [row for row in held(planner)["interaction"] if row["note"]] == before["interaction"]
    # Of what was written nothing is kept.
    assert not re.search(rb"[Ss]ecret|else@hill|crowd\.example", b"".join(one.read_bytes() for one in stored(planner)))


def stored(planner: Planner) -> list[Path]:
    """The database and what lies beside it."""
    return [one for one in planner.home.rglob("*") if one.is_file()]


def test_no_letter_of_a_list_a_machine_or_to_many_is_a_contact(planner: Planner, tmp_path: Path) -> None:
    quiet = Year(date.fromisoformat(TODAY), busy=0)
    for person in PEOPLE:
        for number, more in enumerate(NOISE.values()):
            quiet.letter(person, quiet.today - timedelta(days=9 + number), "to", more)
        for how in ("many", "others"):
            quiet.letter(person, quiet.today - timedelta(days=5), how)
        for folder in ("Trash", "Drafts", "Junk", "[Gmail]/Spam", "Papierkorb"):
            quiet.letter(person, quiet.today - timedelta(days=4), "to", folder=folder)
    prepare(planner, tmp_path)
    planner.done("watch", "add", str(quiet.write(tmp_path / "disk")[0]))
    said = planner.json("watch")
    assert said["seen"] == said["troubles"] == []
    assert quiet.letters >= 13 * len(PEOPLE)
    assert planner.json("watch", "people")["people"] == []


def test_read_again_renamed_and_moved_it_is_there_once(watching: tuple[Planner, Path], year: Year) -> None:
    planner, disk = watching
    planner.done("watch")
    before = held(planner)
    assert planner.json("watch")["seen"] == []
    mail, phone, calendar = disk / "Mail", disk / "phone", disk / "calendar"
    # A folder gets another name, letters are read and answered, what was in one folder lies in another, too.
    (mail / "Work").rename(mail / "Old work")
    for number, letter in enumerate(sorted((mail / "INBOX" / "cur").iterdir())):
        if number % 3 == 0:
            letter.rename(letter.with_name(re.sub(r",U=\d+:2,S", ",U=9:2,FRS", letter.name)))
        elif number % 3 == 1:
            shutil.copy(letter, mail / "All Mail" / "cur" / f"copied-{letter.name}")
    for letter in (mail / "INBOX" / "new").iterdir():
        letter.rename(mail / "INBOX" / "cur" / f"{letter.name}:2,S")
    (phone / "calls-20261122.xml").rename(phone / "calls-20261123.xml")
    (phone / "chats").mkdir()
    for chat in phone.glob("WhatsApp*"):
        chat.rename(phone / "chats" / chat.name)
    (calendar / "work").rename(calendar / "private")
    for words in ((), (), ("--since", "2025-01-01")):
        said = planner.json("watch", *words)
        assert (said["seen"], said["troubles"]) == ([], []), words
        assert facts(planner) == year.facts(), words
    assert held(planner)["interaction"] == before["interaction"]


def test_undo_takes_the_run_back_and_since_brings_what_is_asked_for(watching: tuple[Planner, Path], year: Year) -> None:
    planner, _ = watching
    before = held(planner)
    planner.done("watch")
    planner.done("undo")
    assert held(planner) == before
    assert planner.json("watch")["seen"] == []
    assert facts(planner) == set()
    first = date(2026, 8, 1)
    planner.done("watch", "--since", first.isoformat())
    assert facts(planner) == {one for one in year.facts() if one[1] >= first}
    planner.done("watch", "--since", "2025-01-01")
    assert facts(planner) == year.facts()
