"""Killed at any moment, a session loses nothing it has acknowledged and leaves nothing half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.store import migrations
from planner.store.doctor import doctor
from tests.store.stores import asked, open_store

ROOT = Path(__file__).parents[2]
WRITER = """
import os, sys
from pathlib import Path
from tests.store.stores import TODAY, open_store
from planner.core.model import Settings
from planner.passphrases import PASSPHRASES
from planner.store import backup, derived, tables as t
from planner.store.connection import ask

folder = Path(sys.argv[1])
if sys.argv[2]:
    PASSPHRASES.remember(sys.argv[2])

def verb(number):
    def work(writer):
        key = writer.insert(t.ContactTable, uid=f"uid-{number}", name=f"Person {number}", folded=f"person {number}",
                            created_on=TODAY, cadence="4w", cadence_since=TODAY, spread=True)
        talk = writer.insert(t.InteractionTable, uid=f"talk-{number}", on=TODAY)
        writer.insert(t.ParticipationTable, interaction=talk, contact=key)
        for (previous,) in ask("SELECT max(id) FROM contact WHERE id < ? HAVING count(*)", (key,)):
            writer.update(t.ContactTable, previous, notes=f"before {number}")
        return key
    return work

# One interpreter forks a session for each round: starting Python anew would be most of the time.
for line in sys.stdin:
    kind, start = line.split()
    child = os.fork()
    if child == 0:
        store = open_store(folder / "planner.db")
        number = int(start)
        if kind == "long":
            with store.long_write("import", "Importing", TODAY) as long:
                print(os.getpid(), flush=True)
                while True:
                    number += 1
                    long.write(verb(number))
        print(os.getpid(), flush=True)
        while True:
            number += 1
            store.write("add", f"Added {number}", verb(number), today=TODAY)
            os.write(1, b"%d\\n" % number)
    os.waitpid(child, 0)
    print("end", flush=True)
"""


def kill_rounds(folder: Path, rounds: int, passphrase: str = "") -> tuple[int, int]:
    """Acknowledged verbs, and how many of them were lost; asserts that nothing half done is left.

    With a passphrase the planner is encrypted.
    """
    path = folder / "planner.db"
    if passphrase:
        migrations.create(path, migrations.latest(), passphrase)
    open_store(path).close()
    chance = random.Random(7)
    acknowledged, lost = 0, 0
    known = 0
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), passphrase],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for turn in range(rounds):
        long = turn % 10 == 9
        process.stdin.write(f"{'long' if long else 'short'} {known}\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        last = known
        # On a machine however busy, some rounds are killed in the first write and some after a few.
        for _ in range(0 if long else chance.choice((0, 0, 0, 1, 3))):
            last = int(process.stdout.readline())
        # The moment of the kill is what is tried out here, not something waited for.
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        while (line := process.stdout.readline().strip()) != "end":
            last = int(line)
        acknowledged += last - known
        with open_store(path) as store:
            with store.read():
                ((count,),) = asked(store, "SELECT count(*) FROM contact")
                ((talks,),) = asked(store, "SELECT count(*) FROM participation")
                ((verbs,),) = asked(store, "SELECT count(*) FROM journal WHERE state <> 'done'")
                notes = asked(store, "SELECT notes FROM contact WHERE id < (SELECT max(id) FROM contact) ORDER BY id")
            lost += max(0, last - count)
            assert count == talks
            assert verbs == 0
            assert [text for (text,) in notes] == [f"before {number}" for number in range(2, count + 1)]
            # One verb may be there without its acknowledgement, never two and never a part of one.
            assert last <= count <= (known if long else last + 1)
            if turn % 20 == 0 or turn == rounds - 1:
                report = doctor(store)
                assert report.problems == ()
            known = count
    process.stdin.close()
    assert process.wait() == 0
    return acknowledged, lost


def test_no_acknowledged_change_is_lost_in_200_kills(tmp_path: Path) -> None:
    acknowledged, lost = kill_rounds(tmp_path, 200)
    print(f"{acknowledged} acknowledged, {lost} lost in 200 kills")
    assert acknowledged > 100
    assert lost == 0


@pytest.mark.long
def test_no_acknowledged_change_is_lost_in_2000_kills(tmp_path: Path) -> None:
    acknowledged, lost = kill_rounds(tmp_path, 2000)
    print(f"{acknowledged} acknowledged, {lost} lost in 2,000 kills")
    assert lost == 0
