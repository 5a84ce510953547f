"""Short commands beside a bare import of the database library, and imports of many people: prints tables."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from planner.demo.crowd import COMPANIES, FIRST, LAST
from tests.bench.measure import database_of, quickest, table
from tests.trust.terminal import environment, planner_program

pytestmark = pytest.mark.bench
ROUNDS = 15
BAR = 2.0
PEOPLE = 30_000


def test_short_commands() -> None:
    variables = environment(database_of(10_000))
    bare = "python -c 'import peewee'"
    runs = {bare: ([sys.executable, "-c", "import peewee"], variables)}
    for words in (("agenda",), ("query", "lars"), ("due", "--count"), ("contacts", "lars"), ("--version",)):
        runs[f"planner {' '.join(words)}"] = ([*planner_program(), *words], variables)
    best = quickest(runs, ROUNDS)
    table(
        "Short commands at 10,000 contacts, the best of each (bar: agenda, query and due 2 × bare)",
        ["", "ms", "× bare"],
        [[name, seconds * 1000, seconds / best[bare]] for name, seconds in best.items()],
    )
    assert min(best.values()) > 0


@pytest.mark.parametrize("words", [("agenda",), ("query", "ray")], ids=" ".join)
def test_a_short_command_in_a_small_planner_is_quick(tmp_path: Path, words: tuple[str, ...]) -> None:
    variables = environment(tmp_path, PYTHONPYCACHEPREFIX=str(tmp_path / "compiled"))
    program = [sys.executable, "-m", "planner"]
    add = [*program, "add", "Hana Ray", "--cadence", "1w", "--email", "hana@ray.example"]
    subprocess.run(add, env=variables, capture_output=True, check=True)
    best = quickest(
        {"bare": ([sys.executable, "-c", "import peewee"], variables), "command": ([*program, *words], variables)},
        ROUNDS,
    )
    ratio = best["command"] / best["bare"]
    print(f"\nplanner {' '.join(words)}: {ratio:.2f} × a bare import of peewee (bar {BAR})")
    assert ratio <= BAR


def people() -> list[tuple[str, str, str]]:
    """(first, last, company) of many people."""
    random = Random(30)
    return [(random.choice(FIRST), random.choice(LAST), random.choice(COMPANIES)) for _ in range(PEOPLE)]


def vcards(path: Path) -> None:
    """An address book of many cards, as a phone writes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, (first, last, company) in enumerate(people()):
            file.write(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{number}\r\nN:{last};{first};;;\r\nFN:{first} {last}\r\n"
                f"ORG:{company}\r\nEMAIL;TYPE=INTERNET:p{number}@example.org\r\n"
                f"TEL;TYPE=CELL:+3361{number:07}\r\nBDAY:19{60 + number % 40}-{number % 12 + 1:02}-11\r\nEND:VCARD\r\n"
            )


def connections(path: Path) -> None:
    """LinkedIn's list of connections."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('Notes:\r\n"When exporting your connection data"\r\n\r\n')
        rows = csv.writer(file)
        rows.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
        for number, (first, last, company) in enumerate(people()):
            rows.writerow(
                [first, last, f"https://www.linkedin.com/in/p{number}", "", company, "Engineer",
                 f"{number % 28 + 1:02} Mar 20{10 + number % 15}"]
            )  # fmt: skip


def test_imports(tmp_path: Path) -> None:
    rows = []
    for name, write, bar in (("vCards", vcards, 5_000), ("LinkedIn rows", connections, 10_000)):
        path = tmp_path / ("people.vcf" if write is vcards else "Connections.csv")
        write(path)
        variables = environment(tmp_path / f"home-{path.stem}")
        for what in ("new", "again"):
            began = time.perf_counter()
            done = subprocess.run(
                [*planner_program(), "import", str(path), "--json"],
                env=variables, capture_output=True, text=True, check=True,
            )  # fmt: skip
            took = time.perf_counter() - began
            report = json.loads(done.stdout)
            taken = report["added"] + report["merged"] + report["unchanged"]
            rows.append([f"{name}, {what}", PEOPLE, took, PEOPLE / took, bar, PEOPLE / took / bar])
            assert taken == PEOPLE, report
    table(
        "Imports with the start of the program in it (bars: 5,000 vCards and 10,000 rows a second)",
        ["", "people", "s", "a second", "bar", "× bar"],
        rows,
    )
