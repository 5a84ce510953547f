"""Taking in large address books, measured beside vobject reading the same cards: prints records a second.

Each measure is a process of its own, so that the memory it takes is its own, too; the better of two rounds counts.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bench.measure import table

RECORDS = 30_000
COMPARED = 5_000
"""Cards that vobject reads: more would only take longer."""
WANTED = {"vCards taken in": 5_000, "LinkedIn taken in": 10_000}
"""Records a second that are meant to be reached on a machine with nothing else to do; printed beside what is."""
MEMORY = 300.0
"""MiB at the peak."""
BESIDE = 2.0
"""Times as fast as vobject only parses, with everything stored, indexed and journaled, in time of the processor:
what else the machine does hardly touches that."""

TAKE = """
import sys, time
from datetime import date
from pathlib import Path
from planner.config import Config
from planner.core.model import Settings
from planner.desk import Desk
from planner.interchange.reading import count_hint, read
from planner.store.session import Store
path, database = Path(sys.argv[1]), Path(sys.argv[2])
with Desk(Store(database, Settings(), session="bench").open(), Config(), lambda: date(2026, 11, 23)) as desk:
    begun, worked = time.perf_counter(), time.process_time()
    report = desk.imports.run(read([path]), expected=count_hint([path])).report
    seconds, worked = time.perf_counter() - begun, time.process_time() - worked
    desk.store.wrote = False
memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(report.added + report.unchanged, seconds, worked, memory / 1024)
"""
PARSE = """
import sys, time
import vobject
text = open(sys.argv[1], encoding="utf-8").read()
begun, worked = time.perf_counter(), time.process_time()
cards = sum(1 for _ in vobject.readComponents(text))
seconds, worked = time.perf_counter() - begun, time.process_time() - worked
memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(cards, seconds, worked, memory / 1024)
"""


class Measure(NamedTuple):
    """What one process found: records, seconds, seconds of the processor, MiB at the peak."""

    records: int
    seconds: float
    worked: float
    memory: float

    @property
    def rate(self) -> float:
        """Records a second of the processor."""
        return self.records / self.worked


def card(number: int) -> str:
    """A card as address books write them."""
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u{number}\r\nFN:Person Number{number}\r\nN:Number{number};Person;;;\r\n"
        f"EMAIL;TYPE=home:person{number}@example.org\r\nTEL;TYPE=cell:+3361{number:07d}\r\n"
        f"ORG:Company {number % 500}\r\nTITLE:Engineer\r\nADR;TYPE=home:;;1 Street;Lyon;;69000;France\r\n"
        f"NOTE:met at event {number % 90}\r\nBDAY:1980-{number % 12 + 1:02d}-{number % 28 + 1:02d}\r\nEND:VCARD\r\n"
    )


def connections(count: int) -> str:
    """An export of LinkedIn with so many people."""
    return "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" + "".join(
        f"Person,Number{number},https://www.linkedin.com/in/person-{number * 7919 % 99991}-{number},,"
        f"Company {number % 500},Engineer,{number % 28 + 1} Mar 2024\n"
        for number in range(count)
    )


def measured(program: str, *words: str) -> Measure:
    """Run a program that prints what it measured."""
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    records, *others = done.stdout.split()
    return Measure(int(records), *map(float, others))


def taken(path: Path, folder: Path) -> tuple[Measure, Measure]:
    """A file taken into an empty planner, and once more into the same."""
    rounds = []
    for number in range(2):
        database = str(folder / f"{path.stem}-{number}.db")
        rounds.append((measured(TAKE, str(path), database), measured(TAKE, str(path), database)))
    return min(rounds, key=lambda pair: pair[0].worked)


@pytest.mark.bench
def test_large_address_books(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards, some, rows = tmp_path / "people.vcf", tmp_path / "some.vcf", tmp_path / "Connections.csv"
    cards.write_text("".join(map(card, range(RECORDS))), "utf-8", newline="")
    some.write_text("".join(map(card, range(COMPARED))), "utf-8", newline="")
    rows.write_text(connections(RECORDS), "utf-8")
    parsed = max((measured(PARSE, str(some)) for _ in range(2)), key=lambda one: one.rate)
    from_cards, cards_again = taken(cards, tmp_path)
    from_rows, rows_again = taken(rows, tmp_path)
    names = {
        "vobject only parses": parsed,
        "vCards taken in": from_cards,
        "the same vCards again": cards_again,
        "LinkedIn taken in": from_rows,
        "the same LinkedIn again": rows_again,
    }
    heads = ("what", "records", "a second", "wanted", "a CPU second", "MiB", "times vobject")
    lines = [
        (
            name,
            f"{one.records:,}",
            f"{one.records / one.seconds:,.0f}",
            f"{WANTED[name]:,}" if name in WANTED else "",
            f"{one.rate:,.0f}",
            f"{one.memory:.0f}",
            f"{one.rate / parsed.rate:.1f}",
        )
        for name, one in names.items()
    ]
    with capsys.disabled():
        table("import", heads, lines)
    assert {one.records for one in (from_cards, cards_again, from_rows, rows_again)} == {RECORDS}
    assert all(one.memory < MEMORY for one in names.values())
    assert from_cards.rate >= BESIDE * parsed.rate
