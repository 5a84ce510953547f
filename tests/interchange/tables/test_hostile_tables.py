"""Tables, JSON and archives made to harm: an answer after little work and within 300 MB, never a traceback."""

from __future__ import annotations

import io
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import ImportedContact, Rejected
from planner.core.words.folding import UNSAFE
from planner.errors import Refused
from planner.interchange.reading import FIELDS, Item, Remark, Skipped, columns_of, count_hint, read
from planner.interchange.registry import formats
from tests.cases import case
from tests.interchange.samples import SAMPLES, archive
from tests.interchange.test_hostile import texts

_ACTING = set(re.findall(f"[{UNSAFE}]", "".join(map(chr, range(0x2100)))))
_PIECES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"'=", b" ::: ", b"\x1b[2J",
    b"\xe2\x80\xae", b"\xc3", b"{", b"}", b"[", b"]", b":", b"\\u0000", b"\\ud800", b"null", b"1e999", b"-", b"--02-30",
    b"0/0/00", b"Name,Email\n", b"First Name,Last Name,Connected On\n", b'"friends_v2":[', b'"account":{',
    b"PK\x03\x04", b"BEGIN:VCARD\n", b"99999999999999999999", b"2024-02-30", b"a" * 300, b"=1+1",
)  # fmt: skip


def everything(path: Path, format: str = "auto", mapping: dict[str, str] | None = None) -> list[Item]:
    """All that a file yields, and nothing but what may be yielded; a refusal is one, too."""
    found: list[Item] = []
    told = ""
    try:
        for item in read([path], format, mapping):
            found.append(item)
    except Refused as refusal:
        told = f"{refusal.message} {refusal.advice}"
    assert not set(told) & _ACTING
    for item in found:
        assert isinstance(item, ImportedContact | Rejected | Skipped | Remark)
        for text in texts(item):
            assert not set(text) & _ACTING, text
            text.encode()
        if isinstance(item, ImportedContact):
            assert item.name
            assert item.keys
            assert "\n" not in item.name + item.company + item.title + item.city + item.cadence
    return found


def damaged(data: bytes, luck: random.Random) -> bytes:
    """A file with some of its bytes changed, lost, doubled, or with pieces put in."""
    found = bytearray(data)
    for _ in range(luck.randint(1, 8)):
        place, length = luck.randrange(len(found) + 1), luck.randint(1, 40)
        match luck.randrange(5):
            case 0:
                found[place : place + 1] = bytes([luck.randrange(256)])
            case 1:
                del found[place : place + length]
            case 2:
                found[place:place] = found[luck.randrange(len(found) + 1) :][:length]
            case 3:
                found[place:place] = luck.choice(_PIECES)
            case _:
                del found[place:]
        if not found:
            found += b"x"
    return bytes(found)


def test_damaged_exports(scratch: Path) -> None:
    for name in SAMPLES:
        with case(name):
            luck = random.Random(f"damage {name}")
            file, content, _ = SAMPLES[name]
            whole, path = content(), scratch / file
            for _ in range(120):
                path.write_bytes(damaged(whole, luck))
                everything(path)
                everything(path, luck.choice(formats()).name)
                count_hint([path])
                try:
                    table = columns_of(path)
                except Refused:
                    continue
                if table is not None and table.columns:
                    chosen = luck.choice(table.columns).name
                    everything(path, "auto", {chosen: luck.choice(list(FIELDS))})


@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=8), max_size=20).map(b"".join))
def test_any_bytes_in_any_format(scratch: Path, data: bytes) -> None:
    path = scratch / "any"
    path.write_bytes(data)
    for format in formats():
        everything(path, format.name)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_any_cells_under_columns_of_every_kind(scratch: Path, rows: list[list[str]]) -> None:
    path = scratch / "cells.csv"
    header = ",".join(f"c{number}" for number in range(6))
    quoted = "".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows)
    path.write_bytes(f"{header}\n{quoted}".encode("utf-8", "replace"))
    fields = list(FIELDS)
    for start in range(0, len(fields), 5):
        mapping = {f"c{number}": field for number, field in enumerate(("name", *fields[start : start + 5]))}
        everything(path, "auto", mapping)


def zeros(size: int) -> bytes:
    """A zip that unpacks to one file of so many zeros."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made, made.open("people.csv", "w") as member:
        member.write(b"Name,Email\n")
        for _ in range(size // 1_000_000):
            member.write(bytes(1_000_000))
    return data.getvalue()


MEGABYTE = 1_000_000
BOMBS: dict[str, Callable[[], bytes]] = {
    "json-deep-lists": lambda: b'{"friends_v2":' + b"[" * 10 * MEGABYTE,
    "json-deep-objects": lambda: b'{"account":{"data":' + b'{"a":' * 2 * MEGABYTE,
    "json-many-values": lambda: b'{"friends_v2":[' + b"[]," * 12 * MEGABYTE + b"1]}",
    "json-many-objects": lambda: b'{"friends_v2":[' + b'{"a":1},' * 5 * MEGABYTE + b"{}]}",
    "json-as-many-as-may-be": lambda: b'{"friends_v2":[' + b'{"a":{"b":{"c":{"d":1}}}},' * 150_000 + b"{}]}",
    "json-many-friends": lambda: b'{"friends_v2":[' + b'{"name":"a","timestamp":1},' * MEGABYTE + b"{}]}",
    "json-long-string": lambda: b'{"friends_v2":[{"name":"' + b"a" * 40 * MEGABYTE + b'"}]}',
    "json-wide-string": lambda: b'{"friends_v2":[{"name":"' + "\U0001f600".encode() * 3 * MEGABYTE + b'"}]}',
    "json-escapes": lambda: b'{"friends_v2":[{"name":"' + b"\\u00e9" * 2 * MEGABYTE + b'"}]}',
    "json-long-number": lambda: b'{"friends_v2":[{"name":"a","timestamp":' + b"9" * 5 * MEGABYTE + b"}]}",
    "json-pictures": lambda: b'{"account":{"a":"data:' + b"A" * 30 * MEGABYTE + b'","data":[]}}',
    "json-no-end": lambda: b'{"account":{"a":"' + b"data:" * 5 * MEGABYTE,
    "csv-one-cell": lambda: b'Name,Notes\nAna,"' + b"a" * 45 * MEGABYTE,
    "csv-cell-of-lines": lambda: b'Name,Notes\nAna,"' + b"a\n" * 20 * MEGABYTE,
    "csv-open-quotes": lambda: b"Name,Notes\n" + b'A,"\n' * MEGABYTE,
    "csv-only-commas": lambda: b"Name,Notes\n" + b"," * 45 * MEGABYTE,
    "csv-commas-in-rows": lambda: b"Name,Notes\n" + (b"," * 60_000 + b"\n") * 700,
    "csv-many-columns": lambda: b"Name," * 12_000 + b"\n" + b"a," * 12_000,
    "csv-one-name-often": lambda: b"Name," * 999 + b"Email\n" + (b"a," * 999 + b"\n") * 8_000,
    "csv-empty-rows": lambda: b"Name,Email\n" + b",\n" * 2 * MEGABYTE,
    "csv-too-many-rows": lambda: b"Name,Email\n" + b"Ana,a@x.example\n" * 110_000,
    "csv-labels": lambda: b"Name,Tags,Email,Knows\n" + (b"Ana," + b"a;" * 30_000 + b"," + b"a@b " * 200 + b",\n") * 40,
    "csv-dates": lambda: b"Name,Birthday\n" + (b"Ana," + b"1/" * 30_000 + b"\n") * 100,
    "csv-nuls": lambda: b"Name,Email\n" + bytes(20 * MEGABYTE),
    "csv-no-header": lambda: b"x" * 45 * MEGABYTE,
    "utf16-garbage": lambda: b"\xff\xfe" + b"N\0a\0m\0e\0,\0x\0\n\0" + b"\xd8" * 10 * MEGABYTE,
    "random": lambda: random.Random(1).randbytes(20 * MEGABYTE),
    "linkedin-recommendations": lambda: archive(
        {
            "Connections.csv": "First Name,Last Name,Connected On\n" + "Ana,Lee,1 Jan 2024\n" * 40_000,
            "Recommendations_Received.csv": "First Name,Last Name,Text,Creation Date\n"
            + "Ana,Lee,x,1 Jan 2024\n" * 9_000,
        }
    ),
    "zip-of-zeros": lambda: zeros(150 * MEGABYTE),
    "zip-of-tables": lambda: archive({f"{number}.csv": "x" * 100_000 for number in range(400)}),
    "zip-of-json": lambda: archive({f"{number}.json": "[" * 100_000 for number in range(100)}),
    "zip-of-zips": lambda: archive({"a.zip": archive({"people.csv": "Name\nAna\n"})}),
}
READ_EACH = """
import os, sys, time
from pathlib import Path
from tests.cases import LENGTHS_A_SECOND, yardstick
from planner.errors import Refused
from planner.interchange.reading import columns_of, count_hint, read
def memory():
    # What getrusage counts for a child begins with what its parent had.
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
def look_and_read(path):
    before = yardstick()
    begun = time.process_time()
    count_hint([path])
    try:
        columns_of(path)
    except Refused:
        pass
    halfway = time.process_time()
    try:
        answer = str(sum(1 for _ in read([path])))
    except Refused as refusal:
        answer = refusal.message
    end = time.process_time()
    second = max(before, yardstick()) * LENGTHS_A_SECOND
    print((halfway - begun) / second, (end - halfway) / second, memory() // 1024, answer, flush=True)
for line in sys.stdin:
    if os.fork() == 0:
        look_and_read(Path(line.rstrip()))
        os._exit(0)
    if os.wait()[1]:
        print("ended", flush=True)
"""
"""Reads each file it is told of in a process of its own, in which everything that reads is loaded already."""


def test_bombs(tmp_path: Path) -> None:
    path, run = tmp_path / "bomb", [sys.executable, "-c", READ_EACH]
    with subprocess.Popen(
        run, cwd=Path(__file__).parents[3], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, bufsize=1,
    ) as reader:  # fmt: skip
        assert reader.stdin is not None
        assert reader.stdout is not None
        for name, make in BOMBS.items():
            path.write_bytes(make())
            reader.stdin.write(f"{path}\n")
            said = reader.stdout.readline()
            with case(name, said):
                looked, took, megabytes, answer = said.split(" ", 3)
                print(f"{name}: {looked} s to look at, {took} s to read, {megabytes} MB, {answer}", end="")
                # Seconds of the processor of a common machine with nothing else to do.
                assert float(looked) < 2
                assert float(took) < 2
                assert int(megabytes) < 300
