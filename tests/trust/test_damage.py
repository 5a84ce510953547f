"""Damage: found before a write meets it, said in one line on every command, named by the doctor, saved by salvage."""

from __future__ import annotations

import gc
import json
import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.core.model import Settings
from planner.errors import Damaged, Refused, StoreError
from planner.store import tables as t
from planner.store.backup import backup
from planner.store.damage import checking
from planner.store.damage.salvage import salvage
from planner.store.doctor import doctor
from planner.store.row_writer import Writer
from planner.store.session import Store
from tests.cases import PATIENCE, case
from tests.cli.conftest import Planner, planner
from tests.store.stores import TODAY, add_contact, edit, facts, names, open_store

__all__ = ["planner"]

PAGE = 4096
SETTINGS = Settings()


def full(path: Path, people: int = 40) -> Store:
    """A store of several hundred rows, with talks, favors and a history."""
    store = open_store(path)

    def more(writer: Writer) -> None:
        for number in range(people):
            key = writer.insert(
                t.ContactTable,
                uid=f"u{number}",
                name=f"Person {number}",
                folded=f"person {number}",
                created_on=TODAY,
                notes=f"note {number} " * 60,
                cadence="4w",
                cadence_since=TODAY,
            )
            for _ in range(3):
                talk = writer.insert(t.InteractionTable, on=TODAY, note=f"talk {number}")
                writer.insert(t.ParticipationTable, interaction=talk, contact=key)

    store.write("all", "Everything", more, today=TODAY)
    edit(store, 1, city="Lyon")
    return store


def test_no_write_meets_an_overwritten_page(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    full(path).close()
    whole = path.read_bytes()
    chance = random.Random(1)
    pages = range(1, len(whole) // PAGE, 4)
    fills = (lambda: chance.randbytes(PAGE), lambda: b"\0" * PAGE, lambda: b"\xff" * (PAGE // 2))
    refused = 0
    for number, page in enumerate(pages):
        with case(f"page {page + 1}"):
            content = bytearray(whole)
            other = fills[number % 3]()
            content[page * PAGE : page * PAGE + len(other)] = other
            path.write_bytes(content)
            store = Store(path, SETTINGS)
            with pytest.raises(Damaged, match="Nothing more is written to it"):
                add_contact(store.open(), 1000)
            store.close()
            assert path.read_bytes() == content
            refused += 1
    print(f"{refused} of {len(pages)} overwritten pages were found before the first write")


def test_a_large_file_is_looked_at_in_the_background_and_writing_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "planner.db"
    full(path).close()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE interaction SET note = CAST(x'ff41' AS TEXT) WHERE id = 7")
    other.close()
    monkeypatch.setattr(checking, "AT_ONCE_BYTES", 0)
    with open_store(path) as store:
        add_contact(store, 1000)
        thread = store._content._thread
        assert thread is not None
        thread.join(PATIENCE)
        with pytest.raises(Damaged, match="interaction 7: note holds bytes that are no text"):
            add_contact(store, 1001)
        assert "Person 5" in names(store)


HARMS = {
    "a note that is no text": ("UPDATE interaction SET note = CAST(x'ff41' AS TEXT) WHERE id = 1", "interaction 1"),
    "a name that is no text": ("UPDATE contact SET name = CAST(x'41ff' AS TEXT) WHERE id = 1", "contact 1"),
    "a date that is none": ("UPDATE interaction SET \"on\" = '2026-13-45' WHERE id = 1", "interaction 1"),
    "a day beyond its month": ("UPDATE follow_up SET \"on\" = '2026-02-30'", "follow up 1"),
    "a number that is none": ("UPDATE contact SET version = 'x' WHERE id = 2", "contact 2"),
    "bytes for a text": ("UPDATE favor SET note = x'00ff'", "favor 1"),
    "a history that is no text": ("UPDATE journal SET summary = CAST(x'ff' AS TEXT) WHERE id = 2", "journal 2"),
    "a history that cannot be undone": ("UPDATE journal_change SET before = '{no' WHERE journal_id = 3", "verb 3"),
    "a rhythm that is none": ("UPDATE contact SET cadence = 'now and then' WHERE id = 2", "contact 2: it"),
    "a word that is none": ("UPDATE contact SET mode = 'rarely' WHERE id = 2", "contact 2: mode"),
    "a due date that is none": ("UPDATE due_item SET due = 'soon'", "due item"),
}
NOT_STOPPING = {"verb 3", "contact 2: it", "contact 2: mode"}
"""Rows that are in the way of some commands, and harm nothing that is written."""
COMMANDS = (
    ("agenda",), ("agenda", "--json"), ("show", "Ana"), ("why", "Ana"), ("contacts",), ("ledger",), ("history",),
    ("export", "json", "-o", "out.json"), ("edit", "Ana", "--city", "Lyon"), ("log", "Ana"), ("undo",), ("digest",),
    ("forget", "Ana", "--yes"), ("restore", "--list"), ("due",), ("query", "ana"),
)  # fmt: skip


def test_a_row_that_no_planner_wrote_is_named_and_stops_no_command_without_a_word(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    planner.done("add", "Ana Silva", "--cadence", "4w", "--email", "ana@example.org")
    planner.done("add", "Ben Okri", "--cadence", "2w")
    planner.done("log", "Ana", "--on", "2026-11-01", "--note", "coffee")
    planner.done("follow-up", "Ben", "write him", "--on", "fri")
    planner.done("favor", "gave", "Ana", "--kind", "advice", "--note", "x")
    planner.done("backup")
    path = planner.home / "planner.db"
    whole = path.read_bytes()
    for turn, (harm, (statement, row)) in enumerate(HARMS.items()):
        with case(harm):
            # A question that failed in the midst of its rows keeps its lock as long as its error is remembered.
            gc.collect()
            path.write_bytes(whole)
            with closing(sqlite3.connect(path)) as other, other:
                other.execute(statement)
            damaged = path.read_bytes()
            # Each command meets several of the harms.
            for words in COMMANDS[turn % 4 :: 4]:
                told = planner(*words)
                assert "unexpected fault" not in told.err, (words, told.err)
                assert told.code in (0, 2), words
                assert told.code == 0 or "damaged" in told.err, (words, told.err)
                if told.code == 0:
                    # What does not meet the row goes on; it is not met twice.
                    path.write_bytes(damaged)
                assert path.read_bytes() == damaged
            said = planner("doctor")
            assert (said.code, row in said.out) == (1, True), said.out
            assert "Ana" not in said.out
            if row.startswith("due"):
                assert planner.done("doctor", "--rebuild").code == 0
                continue
            if row not in NOT_STOPPING:
                assert "newest good backup is" in planner.refused("add", "Cid")
            if turn % 3:
                continue
            new = planner.home / f"{harm}.db"
            assert planner("salvage", "-o", str(new)).code in (0, 1)
            with open_store(new) as store:
                assert doctor(store).problems == ()
                assert len(names(store)) == 2


def rows_of(store: Store) -> dict[str, dict[str, tuple[object, ...]]]:
    """The rows of what matters most, by table and uid."""
    return {name: {row[1]: row for row in rows} for name, rows in facts(store).items() if name in WHOLE}


def test_salvage_invents_nothing_and_names_what_it_could_not_read(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = full(path)
    everything = rows_of(store)
    store.close()
    whole = path.read_bytes()
    new = tmp_path / "new.db"
    report = salvage(path, new, store)
    assert (report.said, report.lost) == ((), 0)
    with open_store(new) as copy:
        assert rows_of(copy) == everything
    read = lost = 0
    for seed in range(8):
        with case(f"seed {seed}"):
            chance = random.Random(seed)
            content = bytearray(whole)
            for _ in range(chance.randint(1, 12)):
                page = chance.randrange(len(whole) // PAGE)
                content[page * PAGE : (page + 1) * PAGE] = chance.choice((chance.randbytes(PAGE), bytes(PAGE)))
            if seed % 3 == 0:
                del content[chance.randrange(len(content) // 2, len(content)) :]
            path.write_bytes(content)
            new.unlink()
            try:
                report = salvage(path, new, store)
            except Refused:
                # The pages of the people themselves are gone, and with them the file that the next turn takes away.
                new.touch()
                continue
            with open_store(new) as copy:
                assert doctor(copy).problems == ()
                found = rows_of(copy)
            in_part = sum(one.in_part for one in report.tables)
            other = [key for name, rows in found.items() for key in rows if everything[name].get(key) != rows[key]]
            assert len(other) <= in_part, other[:3]
            read += sum(map(len, found.values()))
            lost += report.lost
            assert sum(map(len, found.values())) == sum(map(len, everything.values())) or report.said
    print(f"{read} rows read as they were, {lost} named as lost, of 8 files with up to 12 pages overwritten")
    assert read > 500
    assert lost > 5


WHOLE = ("contact", "interaction", "participation")


def test_salvage_reads_no_more_than_a_planner_and_writes_over_nothing(planner: Planner, tmp_path: Path) -> None:
    pipe, loop, text = tmp_path / "pipe", tmp_path / "loop", tmp_path / "text"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    text.write_text("Ana, Ben\n" * 999)
    for path in (pipe, loop, text, tmp_path, Path("/"), Path("/proc/self/mem"), tmp_path / "none", Path("x" * 5000)):
        with case(path):
            assert "unexpected" not in planner.refused("salvage", str(path), "-o", str(tmp_path / "new.db"))
    planner.done("add", "Ana")
    assert "already" in planner.refused("salvage", "-o", str(text))
    assert json.loads(planner.done("salvage", "--json").out)["unread"] == []
    with pytest.raises(StoreError):
        open_store(text)


def test_a_good_backup_is_one_whose_rows_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = full(path, 3)
    good = backup(store, "daily")
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE contact SET created_on = 'once'")
    backup(store, "daily")
    store.close()
    with pytest.raises(Damaged) as damaged, open_store(path) as store:
        add_contact(store, 1000)
    assert damaged.value.backup == str(good)
