"""Mail that was made to do harm, and folders that are not what they seem: each costs a line, never the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.core.evidence.seen import Mail, Sign
from planner.interchange.evidence.reading import SourceReading, open_source
from tests.cases import case
from tests.interchange.evidence.letters import NOW, UTC, kept, read

GOOD = "From: ana@x\nTo: me@x\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <good@x>\n\nhello\n"

HEADS: dict[str, bytes] = {
    "a line of 10 MB": b"From: " + b"a" * 10_000_000 + b"@x\nTo: me@x\n\n",
    "100,000 recipients": b"From: a@x\nTo: " + b", ".join(b"p%d@x" % one for one in range(100_000)) + b"\n\n",
    "100,000 folded recipients": b"From: a@x\nTo: " + b",\n ".join(b"p%d@x" % one for one in range(100_000)) + b"\n\n",
    "open comments": b"From: " + b"(" * 20_000 + b" a@x\nTo: " + b"(" * 20_000 + b"\n\n",
    "open comments in bounds": b"From: a@x\nTo: " + b"(" * 15_000 + b"\n\n",
    "groups": b"From: a@x\nTo: " + b"a:b@c," * 20_000 + b"\n\n",
    "open quotes": b"From: a@x\nTo: " + b'"\\' * 7_000 + b"\n\n",
    "encoded words": b"From: " + b"=?utf-8?Q?=3D?= " * 900 + b"<a@x>\n\n",
    "encoded words within encoded words": b"From: " + b"=?utf-8?Q?" * 700 + b"?=" * 700 + b" <a@x>\n\n",
    "an encoding that unpacks": b"From: =?zlib?B?eJxLTEoGAAJNASc=?= <a@x>\nSubject: =?bz2?Q?x?=\n\n",
    "brackets": b"From: " + b"<" * 8_000 + b">" * 7_000 + b"\n\n",
    "blanks": b"From: " + b" " * 15_000 + b"a@x\nDate: " + b" " * 900 + b"\n\n",
    "digits": b"From: a@x\nDate: " + b"1" * 15_000 + b"\nX-Mozilla-Status: " + b"f" * 900 + b"\n\n",
    "ids": b"From: a@x\nReferences: " + b"<" * 7_000 + b"<a@b> " * 1_200 + b"\n\n",
    "hops": b"From: a@x\n" + b"Received: for for for <a@x> for b@x; x\n" * 380 + b"\n",
    "labels": b'From: a@x\nX-Gmail-Labels: "' + b'a,"' * 5_000 + b"\n\n",
    "NUL": b"From: a@x\0\nTo: \0\0\nDate: \0\nMessage-ID: <\0>\nX-Gmail-Labels: \0\n\n",
    "no end": b"From: a@x\nDate: Mon, 2 Mar 2026 10:00:00 +0000",
    "nothing but a colon": b":\n:\n:\n",
    "every byte": b"From: " + bytes(range(256)) + b" <a@x>\n\n",
    "a surrogate": "From: \ud800 <a@x>\n\n".encode("utf-8", "surrogatepass"),
}


def good(root: Path) -> Path:
    """A Maildir with one letter in it that is as it should be."""
    for part in ("cur", "new", "tmp"):
        (root / part).mkdir(parents=True)
    (root / "cur" / "good:2,S").write_text(GOOD)
    return root


def test_a_hostile_head_costs_itself_at_most(tmp_path: Path) -> None:
    for number, (name, head) in enumerate(HEADS.items()):
        with case(name):
            root = good(tmp_path / f"mail{number}")
            (root / "cur" / "bad:2,S").write_bytes(head + b"body\n")
            seen, reading = read(root)
            assert "good@x" in {one.key for one in seen}
            assert len(reading.troubles) == (len(head) > 16_384), reading.troubles
            assert all(len(one.recipients) <= 9 for one in seen)
            assert all(len(one.sender.name) <= 100 for one in seen if one.sender)
            if "recipients" in name:
                assert any(Sign.MANY in one.signs for one in seen)
            box = tmp_path / f"box{number}"
            box.write_bytes(
                b"From a Mon Mar  2 10:00:00 2026\n"
                + head
                + b"body\n\nFrom b Mon Mar  2 10:00:00 2026\n"
                + GOOD.encode()
            )
            assert "good@x" in {one.key for one in read(box, kind="mbox")[0]}
            assert read(root, kept({}, reading))[0] == []


def _fifo(root: Path) -> None:
    os.mkfifo(root / "cur" / "bad")


def _link_to_file(root: Path) -> None:
    outside = root.parent / f"outside-{root.name}"
    outside.write_text(GOOD.replace("good", "outside"))
    (root / "cur" / "bad").symlink_to(outside)


def _link_to_folder(root: Path) -> None:
    outside = good(root.parent / f"outside-{root.name}")
    (outside / "cur" / "good:2,S").write_text(GOOD.replace("good", "outside"))
    (root / ".Outside").symlink_to(outside)


def _loop(root: Path) -> None:
    (root / ".Loop").symlink_to(root)


def _link_as_cur(root: Path) -> None:
    outside = good(root.parent / f"outside-{root.name}")
    (outside / "cur" / "good:2,S").write_text(GOOD.replace("good", "outside"))
    (root / ".Sub").mkdir()
    (root / ".Sub" / "cur").symlink_to(outside / "cur")


def _folder_as_letter(root: Path) -> None:
    (root / "cur" / "bad").mkdir()


def _pipe_beside(root: Path) -> None:
    os.mkfifo(root / "bad")


def _deep(root: Path) -> None:
    for _ in range(40):
        root = root / "a"
        root.mkdir()


def _strange_names(root: Path) -> None:
    (root / "cur" / os.fsdecode(b"\xff\xfe\x1b[1m:2,S")).symlink_to("nowhere")
    folder = os.fsdecode(b".\xe4\xff\x1b")
    (root / folder / "cur").mkdir(parents=True)
    (root / folder / "cur" / os.fsdecode(b"\n\xff")).write_text(GOOD.replace("good", "strange"))


FOLDERS: dict[str, Callable[[Path], None]] = {
    "a pipe": _fifo,
    "a link to a file outside": _link_to_file,
    "a link to a folder outside": _link_to_folder,
    "a link to itself": _loop,
    "a link in place of cur": _link_as_cur,
    "a folder in place of a letter": _folder_as_letter,
    "a pipe beside the folders": _pipe_beside,
    "folders in folders": _deep,
    "names that are no text": _strange_names,
}


def test_what_is_no_file_in_the_folder_is_one_line(tmp_path: Path) -> None:
    for number, (name, make) in enumerate(FOLDERS.items()):
        with case(name):
            root = good(tmp_path / f"mail{number}")
            make(root)
            seen, reading = read(root)
            keys = {one.key for one in seen}
            assert "good@x" in keys
            assert "outside@x" not in keys
            assert len(reading.troubles) == 1, reading.troubles
            assert reading.troubles[0].isprintable()
            assert ("strange@x" in keys) is (make is _strange_names)
            remembered = kept({}, reading)
            assert all(one.encode() is not None for one in remembered)
            assert read(root, remembered)[0] == []


def _each(reading: SourceReading) -> Iterator[Mail]:
    return (one for one in reading if isinstance(one, Mail))


def test_a_folder_that_goes_while_it_is_read(tmp_path: Path) -> None:
    root = good(tmp_path / "mail")
    for name in (".A", ".B"):
        inner = good(root / name)
        (inner / "cur" / "good:2,S").write_text(GOOD.replace("good", name))
    reading = open_source(root, "maildir", {}, zone=UTC, region=None, since=None, now=NOW)
    found = []
    for one in _each(reading):
        found.append(one.key)
        if one.key == "good@x":
            (root / ".A" / "cur" / "good:2,S").unlink()
            (root / ".A" / "cur").rmdir()
    assert found == ["good@x", ".B@x"]
    assert set(reading.remember) >= {"", ".B"}


def test_an_mbox_that_grows_while_it_is_read(tmp_path: Path) -> None:
    start = "From b Mon Mar  2 10:00:00 2026\n"
    path = tmp_path / "box"
    path.write_text(start + GOOD + "\n")
    reading = open_source(path, "mbox", {}, zone=UTC, region=None, since=None, now=NOW)
    found = 0
    for _ in _each(reading):
        found += 1
        with path.open("a") as stream:
            stream.write(start + GOOD.replace("good", f"more{found}") + "\n")
        assert found < 5, "what is written meanwhile is for the next run"
    assert found == 1
    again, _ = read(path, kept({}, reading), "mbox")
    assert [one.key for one in again] == ["more1@x"]


@pytest.mark.skipif(os.geteuid() == 0 or sys.platform == "win32", reason="root may read everything")
def test_what_may_not_be_read_is_told_and_tried_again(tmp_path: Path) -> None:
    root = good(tmp_path / "mail")
    inner = good(root / ".Secret")
    (root / "cur" / "other:2,S").write_text(GOOD.replace("good", "other"))
    (root / "cur" / "other:2,S").chmod(0)
    inner.chmod(0)
    try:
        seen, reading = read(root)
        assert [one.key for one in seen] == ["good@x"]
        assert len(reading.troubles) == 2
    finally:
        inner.chmod(0o700)
        (root / "cur" / "other:2,S").chmod(0o600)
    again, _ = read(root, kept({}, reading))
    assert {one.key for one in again} == {"good@x", "other@x"}
