"""What stands on the disk when the power fails: the writes and syncs of a real run, replayed up to any moment.

`strace` records a run. A disk keeps what was synced; of what was written since, any part may be there. A name in a
folder is there, or gone, for good only once the folder was synced.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_DESCRIPTOR = re.compile(r"^(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
WATCHED = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat2,link,linkat"
RUN = """
import shutil, sys
from pathlib import Path
from tests.store.stores import add_contact, open_store
folder, changes, modes = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
stores = []
for mode in modes:
    journal, synchronous = mode.split("-")
    path = folder / mode / "planner.db"
    store = open_store(path)
    add_contact(store, 0)
    store.database.pragma("journal_mode", journal)
    if synchronous != "ours":
        store.database.pragma("synchronous", synchronous)
    stores.append(store)
    shutil.copytree(path.parent, folder / f"{mode}.whole")
sys.stdout.write("begin\\n")
sys.stdout.flush()
for number in range(1, changes + 1):
    for mode, store in zip(modes, stores):
        add_contact(store, number, notes="x" * 3000)
        sys.stdout.write(f"{mode} {number}\\n")
        sys.stdout.flush()
print("end")
"""


@dataclass
class Operation:
    """One call that changes the disk, or an acknowledgement: `what` is write, truncate, sync, make, remove, say."""

    what: str
    path: str
    offset: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Files by their numbers and a folder of names: what is durable, and what is still under way."""

    content: dict[int, bytearray] = field(default_factory=dict)
    pending: dict[int, list[Operation]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    """The names as the program sees them."""
    durable: dict[str, int] = field(default_factory=dict)
    changes: list[tuple[str, int | None]] = field(default_factory=list)
    """Names made (with a file) and removed (with None) since the folder was synced."""
    counted: int = 0

    def run(self, one: Operation, folder: str) -> None:
        """Take in what one call does."""
        if one.what == "make" and one.path not in self.names:
            self.counted += 1
            self.names[one.path] = self.counted
            self.content[self.counted], self.pending[self.counted] = bytearray(), []
            self.changes.append((one.path, self.counted))
        elif one.what == "remove":
            self.names.pop(one.path, None)
            self.changes.append((one.path, None))
        elif one.what in ("write", "truncate") and one.path in self.names:
            self.pending[self.names[one.path]].append(one)
        elif one.what == "sync" and one.path == folder:
            apply_names(self.durable, self.changes)
            self.changes.clear()
        elif one.what == "sync" and one.path in self.names:
            number = self.names[one.path]
            for done in self.pending[number]:
                apply(self.content[number], done)
            self.pending[number].clear()

    def image(self, chance: random.Random) -> dict[str, bytes]:
        """The files after a power cut at this moment, one of the ways it may be."""
        names = dict(self.durable)
        apply_names(names, self.changes[: chance.randint(0, len(self.changes))])
        kept = chance.choice((0.0, 0.5, 1.0))
        found = {}
        for path, number in names.items():
            content = bytearray(self.content[number])
            for one in self.pending[number]:
                if chance.random() < kept:
                    apply(content, one)
            found[path] = bytes(content)
        return found


def apply(content: bytearray, one: Operation) -> None:
    if one.what == "truncate":
        del content[one.offset :]
        content.extend(bytes(one.offset - len(content)))
        return
    if len(content) < one.offset:
        content.extend(bytes(one.offset - len(content)))
    content[one.offset : one.offset + len(one.data)] = one.data


def apply_names(names: dict[str, int], changes: list[tuple[str, int | None]]) -> None:
    for path, number in changes:
        if number is None:
            names.pop(path, None)
        else:
            names[path] = number


def recorded(folder: Path, changes: int, modes: tuple[str, ...]) -> list[Operation]:
    """The operations of a run in which each of some planners acknowledges so many changes."""
    for mode in modes:
        (folder / mode).mkdir(mode=0o700)
    log = folder / "log"
    program = shutil.which("strace")
    assert program is not None
    traced = [program, "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={WATCHED}", "-o", str(log)]
    run = [sys.executable, "-c", RUN, str(folder), str(changes), *modes]
    done = subprocess.run([*traced, *run], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == "end"
    return [one for line in log.read_text("latin-1").splitlines() for one in _operations(line, str(folder))]


def _operations(line: str, folder: str) -> Iterator[Operation]:
    match = _CALL.match(line)
    if match is None or int(match[3]) < 0:
        return
    call, given = match[1], match[2]
    texts = [bytes.fromhex(one.replace("\\x", "")) for one in _TEXT.findall(given)]
    opened = _DESCRIPTOR.match(given)
    path = _plain(opened[2]) if opened is not None else ""
    if call == "write" and opened is not None and opened[1] == "1":
        yield Operation("say", texts[0].decode().strip())
    elif call == "openat" and "O_CREAT" in given:
        yield Operation("make", texts[0].decode())
    elif call in ("unlink", "unlinkat"):
        yield Operation("remove", texts[0].decode())
    elif call in ("link", "linkat", "rename", "renameat2"):
        # A new database gets its name by these; what is asked here begins once it has it.
        return
    elif not path.startswith(folder):
        return
    elif call == "pwrite64":
        yield Operation("write", path, int(given.rsplit(",", 1)[1]), texts[0])
    elif call == "ftruncate":
        yield Operation("truncate", path, int(given.rsplit(",", 1)[1]))
    elif call in ("fsync", "fdatasync"):
        yield Operation("sync", path)


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode() if text.startswith("\\x") else text


def images(
    operations: list[Operation], folder: Path, chance: random.Random, count: int
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """So many images of a folder as power cuts leave it, each with how many changes were acknowledged before.

    The copy of the folder beside it holds the files as they stood, synced, when the changes began.
    """
    begin = next(place for place, one in enumerate(operations) if (one.what, one.path) == ("say", "begin"))
    steps = operations[begin + 1 :]
    mine = [one for one in steps if one.path.startswith((f"{folder}/", f"{folder.name} ")) or one.path == str(folder)]
    disk, said, place = Disk(), 0, 0
    for file in sorted(Path(f"{folder}.whole").iterdir()):
        if file.is_file():
            disk.run(Operation("make", str(folder / file.name)), str(folder))
            disk.content[disk.counted][:] = file.read_bytes()
    disk.run(Operation("sync", str(folder)), str(folder))
    for moment in sorted(chance.randint(1, len(mine)) for _ in range(count)):
        while place < moment:
            one = mine[place]
            if one.what == "say":
                said = int(one.path.split()[1])
            else:
                disk.run(one, str(folder))
            place += 1
        yield said, disk.image(chance)
