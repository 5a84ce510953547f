"""The bars of an address book of 10,000 cards: a sync with nothing new opens none, and a hundred changes take a moment.

Each sync is a process of its own; the time is that of the processor, start-up and all, the better of two rounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.measure import table
from tests.trust.terminal import environment

CARDS, CHANGED = 10_000, 100
QUIET, BUSY = 0.3, 1.0
"""Seconds of the processor."""
RUN = """
import sys, time
opened = []
def hook(name, what):
    if name == "open" and str(what[0]).endswith(".vcf"):
        opened.append(what[0])
sys.addaudithook(hook)
from planner.cli import main
main(["--db", sys.argv[1], "--today", "2026-11-23", "book", *sys.argv[2:]])
print(time.process_time(), len(opened), file=sys.stderr)
"""


def card(number: int, place: str) -> bytes:
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c{number}\r\nFN:Person{number} Name{number % 700}\r\n"
        f"N:Name{number % 700};Person{number};;;\r\nEMAIL;TYPE=home:p{number}@{place}.example\r\n"
        f"TEL;TYPE=CELL:+4790{number:06d}\r\nORG:Company {number % 300}\r\nCATEGORIES:work\r\nEND:VCARD\r\n"
    ).encode()


@pytest.mark.bench
@pytest.mark.parametrize("ways", [(), ("--two-way",)], ids=["one way", "both ways"])
def test_a_sync_costs_what_has_changed(tmp_path: Path, ways: tuple[str, ...]) -> None:
    book, home = tmp_path / "book", tmp_path / "home"
    book.mkdir()
    home.mkdir(mode=0o700)
    for number in range(CARDS):
        (book / f"c{number}.vcf").write_bytes(card(number, "x"))

    def run(*words: str) -> tuple[float, int, str]:
        done = subprocess.run(
            [sys.executable, "-c", RUN, home / "planner.db", *words], capture_output=True, text=True, check=True,
            env=environment(home),
        )  # fmt: skip
        seconds, opened = done.stderr.splitlines()[-1].split()
        return float(seconds), int(opened), done.stdout.splitlines()[0] if done.stdout else ""

    def change(place: str) -> None:
        for number in range(0, CARDS, CARDS // CHANGED):
            draft = book / f"c{number}.tmp"
            draft.write_bytes(card(number, place))
            os.replace(draft, book / f"c{number}.vcf")

    run("add", str(book), *ways)
    first = run("sync")
    assert (first[1], first[2]) == (CARDS, f"{CARDS:,} new")
    quiet = [run("sync") for _ in range(2)]
    assert [one[1] for one in quiet] == [0, 0]
    busy = []
    for place in ("y", "z"):
        change(place)
        busy.append(run("sync"))
    assert [one[1:] for one in busy] == [(CHANGED, f"{CHANGED} changed")] * 2
    least = [min(one[0] for one in runs) for runs in (quiet, busy)]
    table(
        f"A sync of {CARDS:,} cards, {' '.join(ways) or 'one way'}",
        ("", "processor s", "bar"),
        [("the first", first[0], ""), ("nothing new", least[0], QUIET), (f"{CHANGED} changed", least[1], BUSY)],
    )
    assert least[0] <= QUIET
    assert least[1] <= BUSY
