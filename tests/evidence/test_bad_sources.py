"""Sources that are gone, unreadable, hostile or still being written: a line each, nothing lost, nothing stuck."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cases import PATIENCE
from tests.cli.conftest import TODAY, Planner
from tests.evidence.test_year import facts, prepare
from tests.evidence.year import ME, PEOPLE, Year
from tests.trust.terminal import environment, planner_program

ANA, BEN, CID, DORA, *_ = PEOPLE
DAY = date.fromisoformat(TODAY) - timedelta(days=3)


def letter(number: int, sender: str = ANA.email, *, more: str = "", to: str = ME, on: date = DAY) -> str:
    """A letter of Ana's to me."""
    return (
        f"{more}From: {sender}\nTo: {to}\nDate: {on:%d %b %Y} 12:00:00 +0100\n"
        f"Message-ID: <{number}@lake.example>\n\nhello\n"
    )


def disk(root: Path, busy: float = 0.1) -> tuple[list[Path], Year]:
    """A year on the disk: three to watch, and what is in it."""
    year = Year(date.fromisoformat(TODAY), busy=busy)
    return year.write(root), year


def hostile_head(kind: str) -> str:
    """The head of a letter that was made to do harm, and is still one of Ben's to me."""
    return {
        "a line of 10 MB": letter(1, BEN.email, more=f"Subject: {'x' * 10_000_000}\n"),
        "a From that never closes": letter(2, f"{'(' * 20_000}{BEN.email}"),
        "100,000 recipients": letter(3, BEN.email, to=", ".join(f"p{one}@x.example" for one in range(100_000))),
        "words in words": letter(4, BEN.email, more="Subject: " + "=?utf-8?q?=3D=3Futf-8=3F?= " * 20_000 + "\n"),
        "escapes and markup": letter(5, f'"\x1b]0;owned\x07[red]Ben\u202e" <{BEN.email}>'),
        "a day that cannot be": letter(6, BEN.email).replace("+0100", "+9999999999"),
        "no text at all": "\0" * 50_000,
        "a zone of a codec": letter(7, f"=?zlib?b?eJw=?= <{BEN.email}>"),
    }[kind]


HOSTILE = ("a line of 10 MB", "a From that never closes", "100,000 recipients", "words in words",
           "escapes and markup", "a day that cannot be", "no text at all", "a zone of a codec")  # fmt: skip
BAD = [
    ". (1 links in it)",
    "INBOX/1.fifo:2,S",
    "INBOX/2.link:2,S",
    "INBOX/3.N:2,S and 4 more files there",
    "bad.ics",
    "x.ics",
    "calls-9.xml",
    "calls-bomb.xml",
    "calls-cut.xml",
    "linked.xml",
]
"""What is told of: of hostile letters those whose heads were not read to their end, the first is named."""


def test_one_bad_file_costs_only_itself(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Oslo")
    prepare(planner, tmp_path)
    (mail, calendar, phone), year = disk(tmp_path / "disk")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter").write_text(letter(90, DORA.email, on=DAY - timedelta(days=1)))
    inbox = mail / "INBOX" / "cur"
    os.mkfifo(inbox / "1.fifo:2,S")
    os.mkfifo(phone / "calls-9.xml")
    os.mkfifo(calendar / "x.ics")
    (inbox / "2.link:2,S").symlink_to(outside / "letter")
    (mail / "Linked").symlink_to(outside)
    (phone / "linked.xml").symlink_to(phone / "calls-20261122.xml")
    for number, kind in enumerate(HOSTILE):
        (inbox / f"3.{number}:2,S").write_text(hostile_head(kind), encoding="utf-8")
    (phone / "calls-cut.xml").write_text('<calls count="9"><call number="+4741300100" dura')
    (phone / "calls-bomb.xml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><calls><call number="&a;"/></calls>')
    (calendar / "bad.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nRRULE:FREQ=SECONDLY\nDTSTART:never\nATTEND")
    for source in (mail, calendar, phone):
        planner.done("watch", "add", str(source))
    said = planner("watch")
    # Troubles are told, and the rest was read.
    assert said.code == 1, said
    told = re.findall(r"^planner: (.+?) (?:was|were) (?:left out|read in part): ", said.err, re.MULTILINE)
    # A folder is read in the order in which its file system lists it.
    assert sorted(re.sub(r"3\.\d", "3.N", one) for one in told) == sorted(BAD)
    assert "more files there were read in part: only the first 16 kB of a head count. Nothing" in said.err
    assert "2.link:2,S was left out: it is a link, and links are not followed. Take it out" in said.err
    assert "\x1b]" not in said.out + said.err
    assert "\u202e" not in said.out + said.err
    found = facts(planner)
    assert year.facts() - found == set()
    # What else is there is Ben's alone: a letter that many got, or of no day, is nothing.
    assert {(one[0], one[1]) for one in found - year.facts()} <= {(BEN.name, DAY)}
    assert (BEN.name, DAY, "mail", "them", "reached") in found
    assert planner("watch", "--json").json["seen"] == []
    assert facts(planner) == found


def test_a_source_that_is_gone_is_told_and_takes_nothing_with_it(planner: Planner, tmp_path: Path) -> None:
    prepare(planner, tmp_path)
    sources, _ = disk(tmp_path / "disk")
    for source in sources:
        planner.done("watch", "add", str(source))
    planner.done("watch")
    before = facts(planner)
    away = [source.rename(source.with_name(f"{source.name}-away")) for source in sources]
    said = planner("watch")
    assert said.code == 1
    assert [line for line in said.err.splitlines() if "was left out" in line] == [
        line for source in sources for line in said.err.splitlines() if str(source) in line
    ]
    # A disk that is not mounted leaves an empty folder behind.
    for source in sources:
        source.mkdir()
    assert planner("watch").code in (0, 1)
    assert facts(planner) == before
    for source, kept in zip(sources, away, strict=True):
        source.rmdir()
        kept.rename(source)
    assert planner.json("watch")["seen"] == []
    assert facts(planner) == before


def test_a_mailbox_that_grows_while_it_is_read_loses_nothing(planner: Planner, tmp_path: Path) -> None:
    prepare(planner, tmp_path)
    days = [date.fromisoformat(TODAY) - timedelta(days=ago) for ago in range(1, 200)]
    box = tmp_path / "mbox"

    def append(number: int, day: date) -> None:
        text = f"From ana@x.example {day:%a %b %d} 12:00:00 2026\n{letter(number, on=day)}\n"
        with box.open("a", encoding="utf-8") as stream:
            for start in range(0, len(text), 40):
                stream.write(text[start : start + 40])
                stream.flush()

    append(0, days[0])
    planner.done("watch", "add", str(box))
    writer = threading.Thread(target=lambda: [append(number, day) for number, day in enumerate(days[1:], 1)])
    writer.start()
    while writer.is_alive():
        planner("watch")
    writer.join()
    planner.done("watch")
    assert facts(planner) == {(ANA.name, day, "mail", "them", "reached") for day in days}


def test_what_may_not_be_read_is_told_and_read_once_it_may(tmp_path: Path) -> None:
    less: list[str] = []
    if os.geteuid() == 0:
        # Root reads everything, unless it may not.
        less = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
        if shutil.which("setpriv") is None or subprocess.run([*less, "true"], capture_output=True).returncode:
            pytest.skip("root reads everything here")
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(f'me = ["{ME}"]\n')

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*less, *planner_program(), *words]
        return subprocess.run(command, env=environment(home), capture_output=True, text=True, timeout=PATIENCE)

    mail = tmp_path / "Mail"
    for part in ("cur", "new", "tmp", "Closed/cur"):
        (mail / part).mkdir(parents=True)
    for number in range(3):
        (mail / "cur" / f"{number}.x:2,S").write_text(letter(number, on=DAY - timedelta(days=number)))
    (mail / "Closed" / "cur" / "9.x:2,S").write_text(letter(9, on=DAY - timedelta(days=9)))
    assert run("add", ANA.name, "--email", ANA.email).returncode == 0
    assert run("watch", "add", str(mail)).returncode == 0
    (mail / "cur" / "1.x:2,S").chmod(0)
    (mail / "Closed").chmod(0)
    said = run("watch")
    assert said.returncode == 1, said
    assert "1.x:2,S was left out" in said.stderr
    assert "Closed was left out" in said.stderr
    assert "Seen: 1 person (2 in touch)" in said.stdout
    (mail / "cur" / "1.x:2,S").chmod(0o600)
    (mail / "Closed").chmod(0o700)
    said = run("watch")
    assert said.returncode == 0, said
    assert "Seen: 1 person (2 in touch)" in said.stdout
