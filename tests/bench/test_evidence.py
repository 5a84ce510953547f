"""The bars of evidence: mail beside `email` over the same files, a run with nothing new, hostile heads, keys meanwhile.

Each measure is a process of its own, so that the memory it takes is its own, too; the better of two rounds counts.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from planner.ui.session.outside import FIRST_SECONDS
from tests.bench.measure import database_of, table
from tests.interchange.evidence.test_hostile_mail import HEADS
from tests.trust.terminal import TODAY, Terminal, environment, planner_program

LOOKED_UP = (
    "from to cc date message-id in-reply-to references received sender return-path delivered-to list-id precedence"
    " auto-submitted"
)
"""Fourteen fields; the planner looks at thirty."""
LETTERS = 20_000
FILES = 200_000
FASTER = 3.0
"""Times as fast as `BytesHeaderParser` with fourteen look-ups, addresses and date, in time of the processor."""
AGAIN = 1.0
"""Seconds of the processor for a second run over 200,000 letters of which none is new."""
FLAT = 1.5
"""How much more memory ten times the letters may take."""
HOSTILE = (2.0, 100.0)
"""Seconds of the processor and MiB for one hostile letter, beside those of the program itself."""
KEYS_MEANWHILE = 1.5
"""Times as long as a key takes while nothing is read."""
KEYS_BESIDE = 1.3
"""The same for 90 of 100 keys, while the planner on the screen reads itself."""

BEGIN = """
import resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
def tell(count, begun):
    print(count, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
FAST = """
from planner.interchange.evidence.reading import open_source
def run(remembered):
    reading = open_source(Path(sys.argv[1]), "maildir", remembered, zone=UTC, region=None, since=None, now=NOW)
    return sum(1 for _ in reading), reading.remember
begun = time.process_time()
count, remembered = run({})
tell(count, begun)
for _ in range(int(sys.argv[2])):
    begun = time.process_time()
    count, _ = run(remembered)
    tell(count, begun)
if int(sys.argv[2]):
    for part in ("cur", "new"):
        name = Path(sys.argv[1]) / part / "x"
        name.touch()
        name.unlink()
    begun = time.process_time()
    count, _ = run(remembered)
    tell(count, begun)
"""
SLOW = """
import os
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
LOOKED_UP = sys.argv[2].split()
begun = time.process_time()
count = 0
for part in ("cur", "new"):
    folder = Path(sys.argv[1]) / part
    for name in os.listdir(folder):
        with open(folder / name, "rb") as stream:
            message = BytesHeaderParser().parse(stream)
        for looked in LOOKED_UP:
            message.get_all(looked)
        if sys.argv[3] == "all":
            getaddresses(message.get_all("From", []))
            getaddresses(message.get_all("To", []) + message.get_all("Cc", []))
            parsedate_to_datetime(message["Date"])
        count += 1
tell(count, begun)
"""


def measured(program: str, *words: str) -> list[tuple[int, float, float]]:
    """What a program prints, a line each: letters, seconds of the processor, MiB at the peak."""
    done = subprocess.run([sys.executable, "-c", BEGIN + program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(int(count), float(seconds), float(memory)) for count, seconds, memory in lines]


def heads(count: int, senders: Sequence[str] = ()) -> Iterator[str]:
    """Heads as they arrive: three hops, a signature, what programs add; from these addresses, or from anybody's."""
    draw = Random(1)
    for number in range(count):
        person, other = draw.randrange(3000), draw.randrange(3000)
        sender = senders[person % len(senders)] if senders else f"p{person}@lake{person % 50}.example"
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(3_000_000))
        day = at.strftime("%a, %d %b %Y %H:%M:%S +0200")
        hops = "".join(
            f"Received: from mx{hop}.lake.example (mx{hop}.lake.example [10.0.0.{hop}])\n\tby mail.home.example"
            f" (Postfix) with ESMTPS id {number:x}{hop}\n\tfor <me@home.example>; {day} (CEST)\n"
            for hop in range(3)
        )
        yield (
            f"Return-Path: <p{person}@lake{person % 50}.example>\nDelivered-To: me@home.example\n{hops}"
            f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=lake.example; s=x;\n\tbh={'A' * 44};\n"
            f"\tb={'B' * 70}\n\t {'C' * 70}\n\t {'D' * 70}\nX-Received: by 10.0.0.1 with SMTP id {number};\n\t{day}\n"
            f"MIME-Version: 1.0\nFrom: Person Number{person} <{sender}>\n"
            f"To: Me Myself <me@home.example>, Other Number{other} <p{other}@lake{other % 50}.example>\n"
            f"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= {number}\nDate: {day}\nMessage-ID: <{number}@lake.example>\n"
            f"References: <{number - 1}@lake.example>\n\t<{number - 2}@lake.example>\n"
            f"In-Reply-To: <{number - 1}@lake.example>\nContent-Type: text/plain; charset=utf-8\nUser-Agent: Mutt\n"
            f"\nHello,\n\nhow are you?\n"
        )


def maildir(root: Path, count: int, senders: Sequence[str] = ()) -> Path:
    """A Maildir of so many letters, which has been still for an hour."""
    for part in ("cur", "new", "tmp"):
        (root / part).mkdir(parents=True)
    for number, head in enumerate(heads(count, senders)):
        place = (
            f"new/{1700000000 + number}.M{number}P1.host"
            if number % 50 == 0
            else f"cur/{1700000000 + number}.M{number}P1.host:2,S"
        )
        (root / place).write_text(head)
    for folder in (root / "cur", root / "new", root):
        os.utime(folder, (1_700_000_000, 1_700_000_000))
    return root


@pytest.mark.bench
def test_mailboxes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some, large = maildir(tmp_path / "some", LETTERS), maildir(tmp_path / "large", FILES)
    # In turns, so that all meet the same machine.
    rounds = [
        (
            measured(SLOW, str(some), LOOKED_UP, "fields")[0],
            measured(SLOW, str(some), LOOKED_UP, "all")[0],
            measured(FAST, str(some), "0")[0],
        )
        for _ in range(3)
    ]
    bare, slow, fast = (min(runs, key=lambda one: one[1]) for runs in zip(*rounds, strict=True))
    first, again, last, listed = measured(FAST, str(large), "2")
    rows = {
        "email, 14 look-ups": bare,
        "the same, addresses and date read": slow,
        "the planner": fast,
        "the planner, ten times as many": first,
        "again, nothing new": min(again, last, key=lambda one: one[1]),
        "again, every name listed": listed,
    }
    lines = [
        (
            name,
            f"{count:,}",
            f"{seconds:.3f}",
            f"{memory:.0f}",
            f"{count / seconds:,.0f}",
            f"{count / seconds / (slow[0] / slow[1]):.1f}",
        )
        for name, (count, seconds, memory) in rows.items()
    ]
    with capsys.disabled():
        table("mail", ("what", "letters", "CPU s", "MiB", "a CPU second", "times email"), lines)
    assert (slow[0], fast[0], first[0], again[0], listed[0]) == (LETTERS, LETTERS, FILES, 0, 0)
    assert fast[0] / fast[1] >= FASTER * slow[0] / slow[1]
    assert max(again[1], last[1], listed[1]) <= AGAIN
    assert first[2] <= FLAT * fast[2]


@pytest.mark.bench
def test_hostile_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = tmp_path / "none"
    for part in ("cur", "new"):
        (none / part).mkdir(parents=True)
    _, idle, usual = measured(FAST, str(none), "0")[0]
    lines = []
    for number, (name, head) in enumerate(HEADS.items()):
        root = tmp_path / str(number)
        for part in ("cur", "new"):
            (root / part).mkdir(parents=True)
        (root / "cur" / "1").write_bytes(head)
        _, seconds, memory = measured(FAST, str(root), "0")[0]
        lines.append((name, f"{seconds - idle:.3f}", f"{memory - usual:.1f}"))
    with capsys.disabled():
        table("hostile mail", ("what", "CPU s", "MiB more"), lines)
    assert all(float(seconds) <= HOSTILE[0] and float(memory) <= HOSTILE[1] for _, seconds, memory in lines)


def answered(terminal: Terminal, key: str) -> float:
    """Seconds from a key to the first of what it brings."""
    while terminal.read(0.03):
        pass
    began = time.perf_counter()
    terminal.press(key)
    assert terminal.read(60.0), f"{key} was not answered"
    return time.perf_counter() - began


@pytest.mark.bench
def test_keys_while_a_run_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    shutil.copytree(database_of(1_000), home)
    (home / "config.toml").write_text('me = ["me@home.example"]\n', encoding="utf-8")
    variables = environment(home)
    with sqlite3.connect(home / "planner.db") as database:
        people = [row[0] for row in database.execute("SELECT value FROM address WHERE kind = 'email' ORDER BY id")]

    def planner(*words: str) -> None:
        subprocess.run([*planner_program(), "--today", TODAY, *words], env=variables, check=True, capture_output=True)

    with Terminal([*planner_program(), "--today", TODAY], variables) as terminal:
        terminal.wait_for("Agenda")
        terminal.press("2")
        terminal.settle(0.5)
        terminal.drawn = False
        for key in ("down", "up") * 5:
            answered(terminal, key)
        idle = [answered(terminal, key) for key in ("down", "up") * 40]
        meanwhile: list[float] = []
        for number in range(3):
            # Each of them is new, so that letters are read and their contacts written.
            planner("watch", "add", str(maildir(tmp_path / str(number), LETTERS // 2, people[number::3])))
            run = subprocess.Popen(
                [*planner_program(), "--today", TODAY, "watch"], env=variables, stdout=subprocess.DEVNULL
            )
            while run.poll() is None:
                meanwhile += [answered(terminal, key) for key in ("down", "up")]
            assert run.returncode == 0
        terminal.press("q")
        terminal.wait_end()
    ratio = statistics.median(meanwhile) / statistics.median(idle)
    with capsys.disabled():
        told(f"keys while a command reads: {ratio:.2f} times (bar {KEYS_MEANWHILE})", idle, meanwhile)
    assert ratio <= KEYS_MEANWHILE


def told(title: str, idle: Sequence[float], meanwhile: Sequence[float]) -> None:
    """Print how long keys took."""
    rows = [
        (name, len(took), statistics.median(took) * 1000, statistics.quantiles(took, n=10)[-1] * 1000)
        for name, took in (("nothing is read", idle), ("letters are read", meanwhile))
    ]
    table(title, ("", "keys", "median ms", "90 of 100 ms"), rows)


@pytest.mark.bench
def test_keys_while_the_screen_itself_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    shutil.copytree(database_of(1_000), home)
    (home / "config.toml").write_text('me = ["me@home.example"]\n', encoding="utf-8")
    variables = environment(home)
    with sqlite3.connect(home / "planner.db") as database:
        people = [row[0] for row in database.execute("SELECT value FROM address WHERE kind = 'email' ORDER BY id")]
        mailbox = maildir(tmp_path / "mail", LETTERS, people)
        command = [*planner_program(), "--today", TODAY]
        subprocess.run([*command, "watch", "add", str(mailbox)], env=variables, check=True, capture_output=True)

        def is_read() -> bool:
            # One step is that the mailbox is watched.
            done = database.execute("SELECT count(*) FROM journal WHERE verb = 'watch' AND state = 'done'")
            return bool(done.fetchone()[0] > 1)

        with Terminal(command, variables) as terminal:
            terminal.wait_for("Agenda")
            terminal.press("2")
            terminal.settle(0.3)
            terminal.drawn = False
            begins = time.perf_counter() + FIRST_SECONDS
            while time.perf_counter() < begins:
                answered(terminal, "down")
            meanwhile = [answered(terminal, key) for key in ("down", "up") * 150]
            assert not is_read(), "the reading was over before the last key"
            # It goes on once the keys rest.
            until = time.perf_counter() + 300
            while not is_read():
                assert time.perf_counter() < until
                terminal.read(0.2)
            terminal.settle(1.0)
            idle = [answered(terminal, key) for key in ("down", "up") * 150]
            terminal.press("q")
            terminal.wait_end()
    ratio = statistics.quantiles(meanwhile, n=10)[-1] / statistics.quantiles(idle, n=10)[-1]
    with capsys.disabled():
        told(f"keys while the screen reads: {ratio:.2f} times (bar {KEYS_BESIDE})", idle, meanwhile)
    assert ratio <= KEYS_BESIDE
