"""An encrypted planner: moved over whole or not at all, read by nobody without its passphrase, kept as any other."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planner.core.model import Settings
from planner.errors import Busy, Damaged, Locked, Refused, StoreError
from planner.passphrases import PASSPHRASES, checked_passphrase, is_encrypted
from planner.store.backup import backup, verify
from planner.store.copies.comparing import differences
from planner.store.copies.encrypting import move_over
from planner.store.damage.salvage import salvage
from planner.store.doctor import doctor
from planner.store.restoring import restore
from planner.store.session import Store
from tests.cases import case
from tests.cli.conftest import Planner, planner
from tests.store.stores import add_contact, facts, names, open_store
from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_damage import full
from tests.trust.test_real_terminal import fill
from tests.trust.test_store_kill import kill_rounds

__all__ = ["planner"]

ROOT = Path(__file__).parents[2]
WORDS = "correct horse batterie stäple? &key=#1"
WRONG = "another horse"


@pytest.fixture(autouse=True)
def nobody_knows() -> Iterator[None]:
    """No passphrase is known before a test, nor after it."""
    PASSPHRASES.forget_all()
    yield
    PASSPHRASES.forget_all()


def encrypted(path: Path, *, people: int = 12) -> Store:
    """An encrypted planner of some people, open."""
    store = full(path, people)
    move_over(store, WORDS, keep=False, copies=False)
    return store


def readable(folder: Path) -> list[str]:
    """The files of a folder in which somebody's name can be read."""
    return [one.name for one in sorted(folder.rglob("*")) if one.is_file() and b"erson 1" in one.read_bytes()]


def test_it_is_moved_over_whole_and_back_and_nobody_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = full(path)
    before = facts(store)
    by_hand = backup(store, "by-hand")
    assert set(readable(tmp_path)) == {path.name, by_hand.name}
    moved = move_over(store, WORDS, keep=False, copies=False)
    assert (moved.kept, moved.left) == (None, (by_hand,))
    assert readable(tmp_path) == [by_hand.name]
    with pytest.raises(Refused, match="already"):
        move_over(store, WORDS, keep=False, copies=False)
    assert facts(store) == before
    add_contact(store, 900, "Person 1 again")
    # The log beside the file, while it is open, is as unreadable.
    assert readable(tmp_path) == [by_hand.name]
    assert doctor(store).problems == ()
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir() if one.is_file()} == {0o600}
    moved = move_over(store, "", keep=True, copies=False)
    assert moved.kept is not None
    assert is_encrypted(moved.kept)
    assert not is_encrypted(path)
    assert moved.left == (moved.kept,)
    assert len(names(store)) == 41
    moved = move_over(store, WORDS, keep=True, copies=True)
    assert moved.kept is not None
    assert (moved.copies, moved.left) == (1, (moved.kept,))
    assert is_encrypted(by_hand)
    verify(by_hand)
    assert readable(tmp_path) == [moved.kept.name]
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    store.close()
    print(f"{len(before)} tables equal after it was encrypted, 0 of {len(list(tmp_path.rglob('*')))} files readable")


def test_a_wrong_passphrase_and_none_are_refused_and_touch_nothing(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    encrypted(path).close()
    before = path.read_bytes()
    for known, said in ((None, "nobody can be asked"), (WRONG, "does not open"), (WORDS.upper(), "does not open")):
        with case(known):
            PASSPHRASES.forget_all()
            if known is not None:
                PASSPHRASES.remember(known)
            with pytest.raises(Locked, match=said) as refused:
                open_store(path)
            assert refused.value.advice
            assert path.read_bytes() == before
    # Composed letters and those that are put together are the same letters.
    PASSPHRASES.remember(WORDS.replace("ä", "a\u0308"))
    with open_store(path) as store:
        assert len(names(store)) == 12
    # The first page is broken, or the passphrase another one: a restore puts the file aside as it is.
    plain = tmp_path / "plain.db"
    with full(plain, 3) as store:
        copy = backup(store, "by-hand")
    path.write_bytes(before[:200] + bytes(200) + before[400:])
    with pytest.raises(Locked, match="does not open"):
        open_store(path)
    assert salvage(path, tmp_path / "new.db", Store(path, Settings())).read > 20
    store = Store(path, Settings())
    aside = restore(store, copy)
    assert len(names(store)) == 3
    store.close()
    assert aside.read_bytes() == before[:200] + bytes(200) + before[400:]
    for text in ("short", "", "a\nb is two lines", "x" * 1001):
        with pytest.raises(Refused):
            checked_passphrase(text)


READS = """
import sqlite3, sys
reading = sqlite3.connect(sys.argv[1], isolation_level=None)
reading.execute("BEGIN")
reading.execute("SELECT count(*) FROM contact").fetchone()
print(1, flush=True)
input()
"""


def test_another_session_is_not_moved_over_under_its_hands(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = full(path, 5)
    reading = subprocess.Popen([sys.executable, "-c", READS, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert reading.stdout is not None
    reading.stdout.readline()
    before = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.store.sqlite.encryption.WAIT", 0.05)
        with pytest.raises(Busy, match="Another session"):
            move_over(store, WORDS, keep=False, copies=False)
    assert path.read_bytes() == before
    reading.communicate(b"\n")
    other = open_store(path)
    move_over(store, WORDS, keep=False, copies=False)
    # A session that had the old file open writes nothing into it.
    with pytest.raises(StoreError, match="deleted or replaced"):
        add_contact(other, 700)
    other.close()
    store.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from planner.core.model import Settings
from planner.passphrases import PASSPHRASES
from planner.store.copies.encrypting import move_over
from planner.store.session import Store
path, words = Path(sys.argv[1]), sys.argv[2]
import planner.store.sqlite.encrypted_database, planner.store.copies.comparing
for line in sys.stdin:
    end, new = line.split()
    child = os.fork()
    if child == 0:
        PASSPHRASES.remember(words)
        left = int(end)
        def heard(event, arguments):
            global left
            if event in ("open", "os.rename", "os.remove", "os.listdir") and ".pyc" not in str(arguments):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        store = Store(path, Settings()).open()
        sys.addaudithook(heard)
        move_over(store, words if new == "1" else "", keep=False, copies=False)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def test_killed_on_the_way_it_is_what_it_was_or_what_it_is_to_be(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    with full(path, 3) as store:
        before = facts(store)
    PASSPHRASES.remember(WORDS)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), WORDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    kills = ends = 0
    for place in range(2, 400, 3):
        was = is_encrypted(path)
        process.stdin.write(f"{place} {int(not was)}\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        kills += code == -signal.SIGKILL
        with closing(open_store(path)) as store:
            assert facts(store) == before
            doctor(store)
        assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
        if code == 0:
            ends += 1
            assert is_encrypted(path) is not was
            if ends == 2:
                break
    process.stdin.close()
    assert process.wait() == 0
    assert ends == 2
    assert kills >= 8
    print(f"killed at {kills} places on the way: 0 planners lost, 0 halves left")


def test_backups_previews_restores_and_salvage_work_on_it(tmp_path: Path) -> None:
    path = tmp_path / "planner.db"
    store = encrypted(path)
    before, known = facts(store), set(names(store))
    good = backup(store, "by-hand")
    assert is_encrypted(good)
    add_contact(store, 950, "Nora")
    (people, *_) = differences(store, good)
    assert (people.gone, people.gone_names) == (1, ("Nora",))
    restore(store, good)
    assert facts(store) == before
    # A backup of before it was encrypted does not decrypt it.
    move_over(store, "", keep=False, copies=False)
    plain = backup(store, "by-hand")
    move_over(store, WORDS, keep=False, copies=False)
    restore(store, plain)
    assert is_encrypted(path)
    assert facts(store) == before
    store.close()
    whole = path.read_bytes()
    chance = random.Random(3)
    read = lost = 0
    for turn in range(6):
        harmed = bytearray(whole)
        for page in chance.sample(range(1, len(whole) // 4096), 3):
            harmed[page * 4096 + 64 : page * 4096 + 900] = chance.randbytes(836)
        path.write_bytes(harmed if turn else whole[: len(whole) * 2 // 3])
        with pytest.raises(Damaged):
            add_contact(open_store(path), 960)
        target = tmp_path / f"salvaged-{turn}.db"
        made = salvage(path, target, Store(path, Settings()))
        assert is_encrypted(target)
        with open_store(target) as saved:
            assert doctor(saved).problems == ()
            assert {name for name in names(saved) if not name.startswith("Unreadable")} <= known
        read, lost = read + made.read, lost + made.lost
        newest = Store(path, Settings())
        restore(newest, good)
        assert facts(newest) == before
        newest.close()
        assert is_encrypted(path)
    assert readable(tmp_path) == [plain.name]
    print(f"{read} rows salvaged of 6 encrypted files that were overwritten or cut, {lost} named as lost")


def test_no_acknowledged_change_is_lost_in_an_encrypted_planner(tmp_path: Path) -> None:
    PASSPHRASES.remember(WORDS)
    acknowledged, lost = kill_rounds(tmp_path, 20, WORDS)
    assert is_encrypted(tmp_path / "planner.db")
    print(f"{acknowledged} acknowledged, {lost} lost in 20 kills of an encrypted planner")
    assert acknowledged > 5
    assert lost == 0


def test_the_commands_name_what_is_not_encrypted_and_forget_looks_inside(planner: Planner, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    secret = tmp_path / "secret"
    secret.write_text(f"{WORDS}\nmore\n")
    config.write_text(f"passphrase_command = {shlex.join(['cat', str(secret)])!r}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_CONFIG", str(config))
        planner.done("add", "Zora Quackenbush", "--email", "zora@example.org")
        copy = planner.done("backup").out.strip()
        said = planner.done("encrypt", "--keep")
        assert "loses the planner" in said.err
        named = [line.removeprefix("Not encrypted: ") for line in said.out.splitlines()[1:]]
        assert copy in named
        assert any("before-encryption" in one for one in named)
        PASSPHRASES.forget_all()
        assert "Zora" in planner.done("contacts").out
        planner.done("restore", "--newest", "--dry-run")
        inside = planner.done("backup").out.strip()
        assert is_encrypted(Path(inside))
        assert planner.done("backup", "verify").out.count("✓") == len(named) + 1
        held = planner.done("forget", "Zora", "--yes").out.splitlines()
        assert {inside, copy} <= set(held)
        assert planner.done("doctor").code == 0
        for broken, why in (
            ("false", "ended with 1"), ("true", "printed nothing"), ("/no/such", "no such file"),
            ("yes", "without end"),
        ):  # fmt: skip
            with case(broken):
                PASSPHRASES.forget_all()
                config.write_text(f"passphrase_command = '{broken}'\n")
                assert why in planner.refused("agenda")
        secret.write_text(WRONG)
        config.write_text(f"passphrase_command = 'cat {secret}'\n")
        PASSPHRASES.forget_all()
        assert "does not open" in planner.refused("agenda")
        secret.write_text(WORDS)
        PASSPHRASES.forget_all()
        assert planner.json("decrypt", "--copies")["left"] == []
        PASSPHRASES.forget_all()
        planner.done("agenda")
        patch.setenv("PLANNER_KIOSK", "1")
        for name in ("encrypt", "decrypt"):
            assert "kiosk" in planner.refused(name)


def test_in_a_terminal_it_is_asked_for_unseen_and_the_screen_opens(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva",))
    variables = environment(tmp_path)
    with Terminal([*planner_program(), "encrypt"], variables) as terminal:
        terminal.wait_for("New passphrase")
        terminal.send(f"{WORDS[:13]}\r".encode())
        terminal.wait_for("The same again")
        terminal.send(f"{WORDS[:13]}\r".encode())
        terminal.wait_for("Encrypted")
        assert terminal.wait_end() == 0
        assert WORDS[:13] not in terminal.text
    assert is_encrypted(tmp_path / "planner.db")
    with Terminal(planner_program(), variables) as terminal:
        terminal.wait_for("Passphrase of")
        terminal.send(f"{WRONG}\r".encode())
        terminal.wait_for("does not open")
        assert terminal.wait_end() == 2
    with Terminal(planner_program(), variables) as terminal:
        terminal.wait_for("Passphrase of")
        terminal.send(f"{WORDS[:13]}\r".encode())
        terminal.wait_for("Ana Silva")
        terminal.press("q")
        assert terminal.wait_end() == 0
    # A signal while it is asked leaves a terminal in which typing is seen.
    shell = [shutil.which("sh") or "sh", "-c", f"{shlex.join([*planner_program(), 'agenda'])}; stty -a"]
    with Terminal(shell, variables) as terminal:
        terminal.wait_for("Passphrase of")
        children = Path(f"/proc/{terminal.process_id}/task/{terminal.process_id}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        terminal.wait_for("icanon")
        assert "-echo " not in terminal.text
