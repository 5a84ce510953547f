"""Card files changed while other programs change them: no edit of theirs is lost, and a kill leaves nothing half."""

from __future__ import annotations

import fcntl
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from planner.errors import Refused
from planner.interchange.book import exchange
from planner.interchange.book.exchange import ChangedMeanwhile, Swept, put_new, read, replace, sweep
from tests.cases import case

# Another program, as syncing programs write: a file of its own, then renamed, a little after it is told to.
PHONE = """
import os, sys, time
for line in sys.stdin:
    text, delay = line.split()
    end = time.perf_counter() + float(delay)
    with open("card.vcfx", "wb") as stream:
        stream.write(text.encode())
    while time.perf_counter() < end:
        pass
    os.rename("card.vcfx", "card.vcf")
    print("done", flush=True)
"""


def test_a_race_with_another_program_loses_no_edit(tmp_path: Path) -> None:
    chosen = random.Random(7)
    card = tmp_path / "card.vcf"
    card.write_bytes(b"phone-0")
    large = b"x" * 300_000
    faster = ours = 0
    with subprocess.Popen(
        [sys.executable, "-c", PHONE], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as phone:
        assert phone.stdin is not None
        assert phone.stdout is not None
        longest = 0.001
        for number in range(1, 301):
            was, _ = read(tmp_path, "card.vcf")
            phone.stdin.write(f"phone-{number} {chosen.random() * longest:.6f}\n")
            phone.stdin.flush()
            begun = time.perf_counter()
            try:
                assert replace(tmp_path, "card.vcf", was, b"ours " + was[:20] + large).is_exchanged
                ours += 1
            except ChangedMeanwhile:
                faster += 1
            longest = 1.5 * (time.perf_counter() - begun)
            assert phone.stdout.readline() == "done\n"
            # The phone wrote after what we had read: whoever was first, its edit is what stands there now.
            assert card.read_bytes() == f"phone-{number}".encode()
            if faster >= 40 and ours >= 40:
                break
        phone.stdin.close()
    print(f"{faster} edits came between, {ours} came after; none was lost")
    assert faster
    assert ours
    assert os.listdir(tmp_path) == ["card.vcf"]


def test_a_kill_leaves_one_text_or_the_other(tmp_path: Path) -> None:
    chosen = random.Random(3)
    texts = [letter * 50_000 for letter in (b"a", b"b")]
    (tmp_path / "card.vcf").write_bytes(texts[0])
    left = 0
    for _ in range(25):
        child = os.fork()
        if not child:
            with suppress(BaseException):
                while True:
                    was, _ = read(tmp_path, "card.vcf")
                    replace(tmp_path, "card.vcf", was, texts[was == texts[0]])
            os._exit(0)
        time.sleep(chosen.random() * 0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left += len(os.listdir(tmp_path)) - 1
        assert sweep(tmp_path).kept == ()
        assert os.listdir(tmp_path) == ["card.vcf"]
        assert read(tmp_path, "card.vcf")[0] in texts
    print(f"{left} texts were left behind by 25 kills")


def test_an_edit_that_came_out_before_a_kill_goes_back(tmp_path: Path) -> None:
    def digest(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()[:32]

    for now, put_back, kept in ((b"ours", ("card.vcf",), 0), (b"newer", (), 1), (b"edit", (), 0)):
        with case(now):
            folder = tmp_path / now.decode()
            folder.mkdir()
            (folder / "card.vcf").write_bytes(now)
            waiting = f".planner-{digest(b'card.vcf')[:16]}-{digest(b'was')}-{digest(b'ours')}-00000000.tmp"
            (folder / waiting).write_bytes(b"edit")
            (folder / ".planner-new-1.tmp").write_bytes(b"ou")
            swept = sweep(folder)
            assert swept.put_back == put_back
            assert len(swept.kept) == kept
            assert (folder / "card.vcf").read_bytes() == (b"edit" if now == b"ours" else now)
            others = [name for name in os.listdir(folder) if name != "card.vcf"]
            # A text that something newer has replaced is kept, and nothing else is.
            assert [(folder / name).read_bytes() for name in others] == [b"edit"] * kept


def test_what_another_session_is_writing_is_not_swept(tmp_path: Path) -> None:
    put_new(tmp_path, "card.vcf", b"was")
    for name in (".planner-new-0123.tmp", f".planner-{'0' * 16}-{'1' * 32}-{'2' * 32}-00000000.tmp"):
        with case(name):
            (tmp_path / name).write_bytes(b"ours")
            with (tmp_path / name).open("rb") as writing:
                fcntl.flock(writing, fcntl.LOCK_EX)
                assert sweep(tmp_path) == Swept()
                assert (tmp_path / name).exists()
            sweep(tmp_path)
            assert not (tmp_path / name).exists()


def test_what_is_no_card_file_is_refused_and_stays(tmp_path: Path) -> None:
    card, other = tmp_path / "card.vcf", tmp_path / "other"
    other.write_bytes(b"was")
    card.symlink_to(other)
    (tmp_path / "folder.vcf").mkdir()
    os.mkfifo(tmp_path / "pipe.vcf")
    for name, said in (
        ("card.vcf", "links are not followed"),
        ("folder.vcf", "not a regular file"),
        ("pipe.vcf", "not a regular file"),
        ("none.vcf", "no such file"),
        ("x" * 5000, "too long"),
    ):
        with case(name), pytest.raises(Refused, match=said):
            replace(tmp_path, name, b"was", b"ours")
    with pytest.raises(Refused, match="is there already"):
        put_new(tmp_path, "card.vcf", b"ours")
    assert other.read_bytes() == b"was"
    assert card.is_symlink()
    put_new(tmp_path, "new.vcf", b"ours")
    (tmp_path / "new.vcf").chmod(0o640)
    with pytest.raises(ChangedMeanwhile):
        replace(tmp_path, "new.vcf", b"was", b"more")
    written = replace(tmp_path, "new.vcf", b"ours", b"more")
    assert (tmp_path / "new.vcf").read_bytes() == b"more"
    assert (tmp_path / "new.vcf").stat() == written.status
    # Who may read it is for its owner to say.
    assert written.status.st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["card.vcf", "folder.vcf", "new.vcf", "other", "pipe.vcf"]
    for act in (sweep, lambda folder: read(folder, "a"), lambda folder: put_new(folder, "a", b"")):
        with pytest.raises(Refused, match="is not there"):
            act(tmp_path / "gone")


def test_without_an_exchange_a_file_is_compared_just_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    put_new(tmp_path, "card.vcf", b"was")
    with pytest.raises(Refused, match="is there already"):
        put_new(tmp_path, "card.vcf", b"ours")
    assert not replace(tmp_path, "card.vcf", b"was", b"ours").is_exchanged
    with pytest.raises(ChangedMeanwhile):
        replace(tmp_path, "card.vcf", b"was", b"more")
    assert read(tmp_path, "card.vcf")[0] == b"ours"
    assert os.listdir(tmp_path) == ["card.vcf"]


def test_a_full_disk_leaves_the_card_whole(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        put_new(folder, "card.vcf", b"was")
        for act in (
            lambda: replace(folder, "card.vcf", b"was", b"x" * 100_000),
            lambda: put_new(folder, "new.vcf", b"x" * 100_000),
        ):
            with pytest.raises(Refused, match="disk is full"):
                act()
        assert os.listdir(folder) == ["card.vcf"]
        assert read(folder, "card.vcf")[0] == b"was"
    finally:
        subprocess.run(["umount", str(folder)], check=True)
