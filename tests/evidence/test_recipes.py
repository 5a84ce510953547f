"""The recipes of the README, each tried: isync's Maildir, vdirsyncer's calendars, a folder that a phone shares."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from configparser import ConfigParser
from datetime import date
from hashlib import md5
from pathlib import Path

import pytest

from planner.config import load_settings
from tests.cases import PATIENCE
from tests.cli.conftest import TODAY, Planner
from tests.evidence.test_year import facts, prepare
from tests.evidence.year import Year
from tests.test_readme import README, blocks, text_of
from tests.trust.test_programs import missing


@pytest.fixture
def year() -> Year:
    return Year(date.fromisoformat(TODAY), busy=0.1)


@pytest.fixture
def watched(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Watches a place and reads it, twice: the second run has to see nothing."""
    monkeypatch.setenv("TZ", "Europe/Oslo")
    prepare(planner, tmp_path)

    def watch(path: Path) -> None:
        planner.done("watch", "add", str(path))
        planner.done("watch")
        assert planner.json("watch")["seen"] == []

    return watch


def run(home: Path, *command: str | Path) -> None:
    """A program that has to succeed, at home in a folder."""
    here = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(command, env=here, capture_output=True, text=True, cwd=home, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr


def test_what_isync_writes_is_read(
    watched: Callable[[Path], None], planner: Planner, year: Year, tmp_path: Path
) -> None:
    if shutil.which("mbsync") is None:
        missing("isync")
    far, home = tmp_path / "far", tmp_path / "me"
    home.mkdir()
    mail, *_ = year.write(far)
    (recipe,) = (one for one in blocks("") if "MaildirStore" in one)
    # A Maildir instead of the server: no test opens a connection.
    _, _, near = recipe.partition("MaildirStore near")
    recipe = f"MaildirStore far\nPath {mail}/\nInbox {mail}/INBOX\nSubFolders Verbatim\n\nMaildirStore near{near}"
    (home / ".mbsyncrc").write_text(recipe, encoding="utf-8")
    (home / "Mail").mkdir()
    run(home, "mbsync", "-a")
    watched(home / "Mail")
    expected = {one for one in year.facts() if one[2] == "mail"}
    assert facts(planner) == expected
    # A flag that is set on the server changes names of files, and nothing else.
    for letter in sorted((mail / "INBOX" / "cur").iterdir()):
        letter.rename(f"{letter}F")
    run(home, "mbsync", "-a")
    assert planner.json("watch")["seen"] == []
    assert facts(planner) == expected


def test_what_offlineimap_writes_is_read(
    watched: Callable[[Path], None], planner: Planner, year: Year, tmp_path: Path
) -> None:
    mail, *_ = year.write(tmp_path / "far")
    expected = {one for one in year.facts() if one[2] == "mail"}
    near = {}
    # Its two ways to name folders within folders; the second Maildir holds the same letters, which count once.
    for separator in (".", "/"):
        root = near[separator] = tmp_path / ("flat" if separator == "." else "nested")
        for number, letter in enumerate(sorted(one for one in mail.rglob("*") if one.is_file())):
            folder = letter.parent.parent.relative_to(mail).as_posix()
            place = root / folder.replace("/", separator)
            for part in ("cur", "new", "tmp"):
                (place / part).mkdir(parents=True, exist_ok=True)
            digest = md5(folder.encode(), usedforsecurity=False).hexdigest()
            name = f"{1_700_000_000 + number}_0.4711.host,U={number + 1},FMD5={digest}"
            shutil.copy2(letter, place / "cur" / f"{name}:2,S")
        # A letter that it was fetching when it was stopped, and what it keeps for itself.
        (root / "INBOX" / "tmp" / "1_0.4711.host,U=9").write_text("From: x@y.example\n")
        for left in (".offlineimap", "Account-me/LocalStatus-sqlite"):
            (root / left).mkdir(parents=True)
            (root / left / "INBOX").write_bytes(b"SQLite format 3\0" + bytes(100))
        watched(root)
        assert facts(planner) == expected
    # A new flag changes names of files, and new numbers of the server change them all.
    for letter in sorted(near["."].glob("*/cur/*")):
        before, _, after = letter.name.partition(",U=")
        letter.rename(letter.with_name(f"{before},U={int(after.partition(',')[0]) + 5000},{after.partition(',')[2]}R"))
    assert planner.json("watch")["seen"] == []
    assert facts(planner) == expected


def test_what_vdirsyncer_writes_is_read(
    watched: Callable[[Path], None], planner: Planner, year: Year, tmp_path: Path
) -> None:
    program = Path(os.environ.get("PLANNER_PROGRAMS", "")) / "bin" / "vdirsyncer"
    if not os.environ.get("PLANNER_PROGRAMS") or not program.exists():
        missing("vdirsyncer (in the environment that PLANNER_PROGRAMS names)")
    far, home = tmp_path / "far", tmp_path / "me"
    home.mkdir()
    _, calendar, _ = year.write(far)
    (recipe,) = (one for one in blocks("ini") if "[pair calendars]" in one)
    before, _, _ = recipe.partition("[storage far]")
    recipe = f'{before}[storage far]\ntype = "filesystem"\npath = "{calendar}"\nfileext = ".ics"\n'
    config = home / ".config" / "vdirsyncer" / "config"
    config.parent.mkdir(parents=True)
    config.write_text(recipe, encoding="utf-8")
    subprocess.run(["sh", "-c", f"yes | HOME='{home}' '{program}' discover"], capture_output=True, timeout=PATIENCE)
    run(home, program, "sync")
    watched(home / "calendars")
    assert facts(planner) == {one for one in year.facts() if one[2] == "meeting"}


def test_a_folder_that_a_phone_shares_is_read_as_it_fills(
    watched: Callable[[Path], None], planner: Planner, year: Year, tmp_path: Path
) -> None:
    *_, phone = year.write(tmp_path / "far")
    shared = tmp_path / "me" / "Sync" / "phone"
    (shared / ".stfolder").mkdir(parents=True)
    log = next(phone.glob("calls*"))
    # Half of a file under the name that Syncthing gives it until it is whole.
    (shared / f".syncthing.{log.name}.tmp").write_bytes(log.read_bytes()[:4000])
    (shared / f"~syncthing~{log.name}.tmp").write_bytes(log.read_bytes()[:4000])
    watched(shared)
    assert facts(planner) == set()
    for file in phone.iterdir():
        shutil.copy2(file, shared)
    planner.done("watch")
    assert facts(planner) == {one for one in year.facts() if one[2] in ("call", "message")}


def test_the_lines_for_cron_and_systemd_and_who_i_am_are_good_ones(tmp_path: Path) -> None:
    (me,) = (one for one in blocks("toml") if one.startswith("me ="))
    (tmp_path / "config.toml").write_text(me, encoding="utf-8")
    assert load_settings(tmp_path / "config.toml").problems == ()
    units = [one for one in blocks("ini") if one.startswith("[Unit]")]
    for unit in units:
        read = ConfigParser(strict=False, interpolation=None)
        read.optionxform = str  # type: ignore[assignment, method-assign]
        read.read_string(unit)
        assert set(read.sections()) <= {"Unit", "Service", "Timer", "Install"}
    verify = shutil.which("systemd-analyze")
    if verify is not None:
        for times in re.findall(r"OnCalendar=(.+)", "\n".join(units)):
            assert subprocess.run([verify, "calendar", times], capture_output=True).returncode == 0, times
    assert re.search(r"`\*/15( \*){4} [^`]*planner watch >/dev/null`", text_of(README))
