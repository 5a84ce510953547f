"""Long work: taking in address books, taking them back, exports, backups, the doctor. Each in a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.dense import dense_home
from tests.bench.figures import Figure
from tests.bench.measure import children_seconds, database_of
from tests.trust.terminal import environment, planner_program

RECORDS = 30_000
COMPARED = 5_000
"""Cards that vobject reads: more would only take longer."""
RATES = {"vCards": 5_000, "LinkedIn rows": 10_000}
"""Records a second of the clock that are meant to be reached on a machine with nothing else to do."""
MEMORY = 300.0
"""MiB at the peak."""
BESIDE = 2.0
"""Times as fast as vobject only parses, with everything stored, indexed and journaled, in time of the processor."""
UNDO, DOCTOR = 1.0, 15.0
"""Seconds."""

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
def timed(work):
    begun, worked = time.perf_counter(), time.process_time()
    report = work()
    print(time.perf_counter() - begun, time.process_time() - worked)
    return report
with Desk(Store(database, Settings(), session="bench").open(), Config(), lambda: date(2026, 11, 23)) as desk:
    first = timed(lambda: desk.imports.run(read([path]), expected=count_hint([path])).report)
    again = timed(lambda: desk.imports.run(read([path]), expected=count_hint([path])).report)
    timed(desk.keeping.undo)
    timed(desk.keeping.redo)
    desk.store.wrote = False
memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(first.added, again.unchanged, memory / 1024)
"""
PARSE = """
import sys, time
import vobject
text = open(sys.argv[1], encoding="utf-8").read()
begun, worked = time.perf_counter(), time.process_time()
cards = sum(1 for _ in vobject.readComponents(text))
print(cards, time.perf_counter() - begun, time.process_time() - worked)
"""

INSERT = """
from itertools import chain, count
def insert(database, into, rows):
    by_column = list(zip(*rows))
    places = range(len(by_column))
    own = [place for place in places if by_column[place].count(rows[0][place]) < len(rows)] or [0]
    shared = {place: number for number, place in enumerate((one for one in places if one not in own), 1)}
    given, own_values = [rows[0][place] for place in shared], list(zip(*(by_column[place] for place in own)))
    statements, at_once = {}, max(1, 900 // len(own))
    for some in (own_values[start : start + at_once] for start in range(0, len(rows), at_once)):
        if len(some) not in statements:
            numbers = count(len(given) + 1)
            marks = (", ".join(f"?{shared.get(place) or next(numbers)}" for place in places) for _ in some)
            statements[len(some)] = f"INSERT INTO {into} VALUES " + ", ".join(f"({one})" for one in marks)
        database.execute(statements[len(some)], [*given, *chain.from_iterable(some)])
"""
"""The fastest way to insert rows while the indexes stay: dozens with a statement, and what all rows share only once."""

LEAST = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
for pragma in ("foreign_keys = 0", "synchronous = EXTRA"):
    database.execute(f"PRAGMA {pragma}")
tables = ("contact", "address", "contact_date", "identity", "card", "newcomer")
derived = ("contact_summary", "contact_word", "contact_text")
rows = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in (*tables, *derived)}
def timed(work):
    begun = time.perf_counter()
    database.execute("BEGIN IMMEDIATE")
    work()
    database.execute("INSERT INTO contact_search(contact_search) VALUES ('rebuild')")
    database.execute("COMMIT")
    print(time.perf_counter() - begun)
def delete():
    for table in (*reversed(tables), *derived):
        # With a condition, row by row: a table of other people's rows as well cannot be emptied at once.
        database.execute(f"DELETE FROM {table} WHERE true")
timed(delete)
timed(lambda: [insert(database, table, values) for table, values in rows.items()])
"""
"""The least program that takes the same rows out of tables, indexes and search index, and puts them back.

Each is one transaction that is on the disk at the end. It keeps no history, checks no reference, and derives nothing.
"""

FLOOR = """
import csv, sqlite3, sys, time
path, taken, fresh = sys.argv[1:]
source = sqlite3.connect(taken)
ours = "sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
made = source.execute(f"SELECT name, sql FROM sqlite_schema WHERE {ours}").fetchall()
searches = [name for name, sql in made if sql.startswith("CREATE VIRTUAL TABLE")]
made = [(name, sql) for name, sql in made if not any(name.startswith(f"{search}_") for search in searches)]
tables = [name for name, sql in made if sql.startswith("CREATE TABLE")]
rows = {table: found for table in tables if (found := source.execute(f'SELECT * FROM "{table}"').fetchall())}
rows |= {"contact_search(rowid, text)": rows["contact_text"]}
(mode,) = source.execute("PRAGMA journal_mode").fetchone()
database = sqlite3.connect(fresh, isolation_level=None)
for pragma in ("foreign_keys = 1", "synchronous = EXTRA", "cache_size = -32000", f"journal_mode = {mode}"):
    database.execute(f"PRAGMA {pragma}")
for _, sql in made:
    database.execute(sql)
begun, worked = time.perf_counter(), time.process_time()
with open(path, encoding="utf-8", newline="") as lines:
    read = list(csv.reader(lines) if path.endswith(".csv") else (line.partition(":") for line in lines))
database.execute("BEGIN IMMEDIATE")
for table, values in rows.items():
    insert(database, table, values)
database.execute("COMMIT")
print(time.perf_counter() - begun, time.process_time() - worked)
"""
"""The least program that reads the same file and leaves the same rows, and gives its times.

A table is read by the csv module, cards line by line up to the colon; then the very rows that the import left in each
table, with those of the history and the search index, are inserted into an empty file of the same schema with the same
pragmas, in one transaction that is on the disk at the end. It recognises nobody, derives nothing, and holds everything
in memory.
"""


class Took(NamedTuple):
    """Seconds of the clock and of the processor."""

    seconds: float
    worked: float


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


def printed(program: str, *words: str) -> list[list[float]]:
    """The numbers that a program prints, line by line."""
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [[float(word) for word in line.split()] for line in done.stdout.splitlines()]


def measure() -> Iterator[Figure]:
    """Address books first, then what is done with a large planner."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        yield from _address_books(Path(folder))
        yield from _keeping(Path(folder))


def _address_books(folder: Path) -> Iterator[Figure]:
    cards, some, rows = folder / "people.vcf", folder / "some.vcf", folder / "Connections.csv"
    cards.write_text("".join(map(card, range(RECORDS))), "utf-8", newline="")
    some.write_text("".join(map(card, range(COMPARED))), "utf-8", newline="")
    rows.write_text(connections(RECORDS), "utf-8")
    ((parsed, _, worked),) = printed(PARSE, str(some))
    for name, path in (("vCards", cards), ("LinkedIn rows", rows)):
        *took, (added, unchanged, memory) = printed(TAKE, str(path), str(folder / f"{path.stem}.db"))
        assert (added, unchanged) == (RECORDS, RECORDS)
        first, again, undone, redone = (Took(*one) for one in took)
        files = (path, folder / f"{path.stem}.db", folder / f"{path.stem}-floor.db")
        (floor,) = (Took(*one) for one in printed(INSERT + FLOOR, *map(str, files)))
        bar = RATES[name]
        yield Figure("", f"{name} taken in", RECORDS / first.seconds, "a second", bar, at_least=True,
                     noise=0.05 * bar, processor=RECORDS / first.worked, floor=RECORDS / floor.seconds)  # fmt: skip
        yield Figure("", f"{name} once more", RECORDS / again.seconds, "a second", processor=RECORDS / again.worked)
        if name == "vCards":
            times, most = (RECORDS / one.worked * worked / parsed for one in (first, floor))
            yield Figure("", "vCards taken in beside vobject only parsing", times, "× vobject, processor", BESIDE,
                         at_least=True, noise=0.1, floor=most)  # fmt: skip
            least = printed(INSERT + LEAST, str(folder / f"{path.stem}.db"))
            for what, one, (seconds,) in zip(("taken back", "brought back"), (undone, redone), least, strict=True):
                yield Figure("", f"import of 30,000 {what}", one.seconds, "s", UNDO, processor=one.worked, noise=0.1,
                             floor=seconds)  # fmt: skip
        yield Figure("", f"{name} taken in: memory", memory, "MiB", MEMORY)


def _keeping(folder: Path) -> Iterator[Figure]:
    small, dense = folder / "hundred", folder / "dense"
    shutil.copytree(database_of(100_000), small)
    shutil.copytree(dense_home(), dense)
    runs = {
        "export json": (small, ["export", "json", "--output", str(folder / "all.json")], None),
        "export vcard": (small, ["export", "vcard", "--output", str(folder / "all.vcf")], None),
        "export csv": (small, ["export", "csv", "--output", str(folder / "all.csv")], None),
        "export ics": (small, ["export", "ics", "--output", str(folder / "all.ics")], None),
        "backup": (small, ["backup"], None),
        "doctor": (dense, ["doctor"], None),
        "doctor --rebuild": (dense, ["doctor", "--rebuild"], DOCTOR),
    }
    for name, (home, words, bar) in runs.items():
        began, used = time.perf_counter(), children_seconds()
        done = subprocess.run(
            [*planner_program(), *words], env=environment(home), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        network = "dense" if home is dense else "100,000"
        yield Figure(network, f"planner {name}", time.perf_counter() - began, "s", bar,
                     noise=0.05 * (bar or 0), processor=children_seconds() - used)  # fmt: skip
