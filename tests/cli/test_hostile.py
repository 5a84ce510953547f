"""Text that wants to act on the terminal, in every field and through every command."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

from tests.cases import case
from tests.cli.conftest import Planner, Said

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
PAYLOADS = [
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "\x1b]8;;http://x.example\x1b\\link",
    "\x9b2J\x9d0;title\x9c",
    "\x1bP1$r0m\x1b\\",
    "\x1b[2J\x1b[H",
    "\rback\x08\x08over",
    "\u202egnp.exe",
    "\u2066isolate\u2069\u200f",
    "a\u2028b\u2029c\x85d\x0be\x0cf",
    "\x1b_Ga=T\x1b\\ \x7f",
    "[@click=app.quit]x[/] [/] [red]",
]


def harmless(said: Said) -> Said:
    """Nothing printed may act; a result is never split into lines by what a person is called."""
    for text in (said.out, said.err):
        assert not UNSAFE.search(text), repr(text)
    assert "Traceback" not in said.err
    assert "unexpected fault" not in said.err, said.err
    return said


READING = [
    ("agenda",), ("agenda", "--json"), ("why", "#1"), ("why", "#1", "--json"), ("show", "#1"),
    ("show", "#1", "--json"), ("contacts",), ("contacts", "--json"), ("ledger",), ("ledger", "--json"),
    ("query", "x.example"), ("query", "x.example", "--no-header"), ("query", "x.example", "--json"),
    ("history",), ("history", "--json"), ("forecast",), ("forecast", "--json"), ("backlog",),
    ("backlog", "spread", "--dry-run"), ("doctor",), ("doctor", "--json"), ("paths",), ("keys",),
]  # fmt: skip


EXPORTS = [
    ("ics",), ("ics", "--todo"), ("vcard",), ("csv",), ("json",), ("person", "#1"),
    ("person", "#1", "--format", "json"),
]  # fmt: skip


def exported(planner: Planner) -> None:
    """Nothing in an export may act either; some formats end their lines with two characters."""
    for words in EXPORTS:
        said = planner.done("export", *words)
        harmless(Said(said.code, said.out.replace("\r\n", "\n"), said.err))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_in_every_field_comes_out_harmless(planner: Planner, payload: str) -> None:
    evil = f"Eve {payload} Evil"
    harmless(
        planner.done(
            "add", evil, "--email", "eve@x.example", "--company", evil, "--title", evil, "--city", evil,
            "--circle", evil, "--cadence", "1w", "--looking-for", evil, "--offers", evil, "--note", evil,
            today="2026-01-01",
        )
    )  # fmt: skip
    for words in (
        ("log", "#1", "--note", evil, "--via", payload[:30], "--on", "2026-10-01"),
        ("log", "#1", "--outcome", "planned", "--note", evil, "--on", "fri"),
        ("follow-up", "#1", evil, "--on", "fri"),
        ("skip", "#1"),
        ("snooze", "#1", "2w"),
        ("favor", "asked", "#1", "--note", evil),
        ("favor", "promise", "#1", "--note", evil),
        ("favor", "ask", "#1", "--note", evil),
        ("favor", "decline", "1", "--way-out", "later", "--note", evil),
        ("cadence", "--circle", evil, "4w"),
        ("edit", "#1", "--city", evil),
        ("pause", "--circle", evil),
        ("resume", "--circle", evil),
        ("move", "v2", "fri"),
        ("done", "f1"),
    ):
        harmless(planner.done(*words))
    for words in READING:
        said = harmless(planner.done(*words))
        if "--json" in words:
            json.loads(said.out)
    exported(planner)
    lines = planner.done("query", "x.example", "--no-header").out.splitlines()
    assert len(lines) == 1
    assert lines[0].count("\t") == 2


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_payload_typed_as_anything_is_refused_harmlessly(planner: Planner, payload: str) -> None:
    planner.done("add", "Hana Ray")
    for words in (
        (payload,), ("show", f"nobody {payload}"), ("why", f"nobody {payload}"),
        ("log", f"nobody {payload}"),
        ("log", "hana", "--on", payload), ("log", "hana", "--outcome", payload), ("cadence", "hana", payload),
        ("add", "X", "--birthday", payload), ("add", "X", "--mode", payload),
        ("add", "X", "--email", payload),
        ("snooze", "hana", payload), ("unlog", payload), ("favor", "accept", payload), ("favor", payload),
        ("favor", "ask", "hana", "--kind", payload), ("done", f"v{payload}"), ("agenda", "--week", payload),
        ("pause", "--circle", payload), ("restore", payload), ("contacts", "--sort", payload),
        (f"--{payload}",), ("agenda", f"--{payload}"), ("merge", "#1", payload), ("forget", payload),
    ):  # fmt: skip
        said = harmless(planner(*words))
        assert said.code == 2, words
        assert said.out == ""
        assert len(said.err.splitlines()) == 1, said.err


def test_what_another_program_wrote_into_the_database_comes_out_harmless(planner: Planner) -> None:
    planner.done("add", "Plain Name", "--email", "plain@x.example", "--cadence", "1w", today="2026-01-01")
    planner.done("favor", "promise", "#1", "--note", "plain note")
    evil = "".join(PAYLOADS)
    with sqlite3.connect(planner.database) as database:
        tables = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
        changed = 0
        for table in tables:
            if "search" in table or table.startswith("sqlite_"):
                continue
            for column in [row[1] for row in database.execute(f"pragma table_info({table})")]:
                if column in ("name", "note", "notes", "text", "company", "city", "contact_name", "summary"):
                    changed += database.execute(f"update {table} set {column} = ?", (evil,)).rowcount
    database.close()
    assert changed >= 3
    for words in READING:
        harmless(planner(*words))
    exported(planner)


def test_odd_texts_are_kept_or_refused_but_never_a_fault(planner: Planner) -> None:
    odd = ["x" * 1_000_000, "\u0301" * 5000, "😀" * 3000, "\ud800", "-", "--", "%s %d {0}", "'\"`$(;"]
    for number, text in enumerate(odd):
        with case(text):
            for words in (
                ("add", f"A {text}"), ("add", f"B {number}", "--note", text), ("contacts", text), ("query", text),
                ("show", text),
                ("agenda", "--week", text), ("log", "#1", "--note", text), ("cadence", "#1", text), ("capture", text),
            ):  # fmt: skip
                said = harmless(planner(*words))
                assert said.code in (0, 2), words
                assert len(said.err.splitlines()) <= 1
                assert len(said.err) < 2000
