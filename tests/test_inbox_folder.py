"""The folder of the inbox: what is read, what waits, and where a file goes that was read."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from pathlib import Path

import pytest

from planner.core.inbox import InboxText
from planner.errors import Refused
from planner.inbox_folder import MOST_BYTES, read_inbox, take_in

NOW = datetime(2026, 11, 23, 9, 30).astimezone()
FOUR = time(4)


def put(folder: Path, name: str, data: bytes | str, at: datetime = datetime(2026, 11, 20, 12)) -> Path:
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


def test_texts_are_read_oldest_first_with_the_day_they_were_written(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "Ana: coffee\r\n\r\nBo: mail\n", datetime(2026, 11, 22, 12))
    put(tmp_path, "a note", "﻿Cy: call", datetime(2026, 11, 21, 2))
    put(tmp_path, "wide.txt", "Di: lunch".encode("utf-16"), datetime(2026, 11, 19, 12))
    put(tmp_path, "ahead.txt", "Ed: mail", datetime(2027, 1, 1))
    found = read_inbox(tmp_path, NOW, FOUR)
    assert [(one.name, one.on, one.lines) for one in found.texts] == [
        ("wide.txt", date(2026, 11, 19), ("Di: lunch",)),
        ("a note", date(2026, 11, 20), ("Cy: call",)),
        ("b.txt", date(2026, 11, 22), ("Ana: coffee", "Bo: mail")),
        ("ahead.txt", date(2026, 11, 23), ("Ed: mail",)),
    ]
    assert found.waiting == ()


def test_what_is_no_whole_text_waits_and_says_why(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    elsewhere = put(tmp_path, "secret", "x: y")
    (inbox / "link.txt").symlink_to(elsewhere)
    os.mkfifo(inbox / "pipe")
    for name in ("done", "folder"):
        (inbox / name).mkdir()
    halves = (
        "~lock.txt", "notes.txt~", "a.tmp", "a.part", "a.sync-conflict-20261120-101010-ABCDEFG.txt",
        "a (Ana's conflicted copy 2026-11-20).txt", "a_conflict-20261120-101010.txt",
    )  # fmt: skip
    for name in (".hidden", ".syncthing.a.txt.tmp", *halves):
        put(inbox, name, "x: y")
    put(inbox, "fresh.txt", "x: y", NOW.replace(minute=29, second=57))
    put(inbox, "latin.txt", "Zoë: call".encode("latin-1"))
    put(inbox, "picture.png", b"\x89PNG\0\0")
    put(inbox, "large.txt", b"x" * (MOST_BYTES + 1))
    found = read_inbox(inbox, NOW, FOUR)
    assert found.texts == ()
    told = {line.partition(".txt")[0] if line.startswith("l") else line for line in found.waiting}
    assert len(told) == len(found.waiting) == len(halves) + 5
    assert ["fresh.txt is still being written" in line for line in found.growing] == [True]
    for word in ("it is a link", "is not a regular file", "not UTF-8", "is no text", "larger than 1 MB"):
        assert sum(word in line for line in found.waiting) == 1, word


@pytest.mark.parametrize(("name", "word"), [("gone", "is not there"), ("file", "is a file")])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, name: str, word: str) -> None:
    put(tmp_path, "file", "x")
    with pytest.raises(Refused, match=word):
        read_inbox(tmp_path / name, NOW, FOUR)


def test_a_file_is_put_away_after_it_was_kept_and_replaces_nothing(tmp_path: Path) -> None:
    for number in range(3):
        put(tmp_path, "inbox.txt", f"Ana: coffee {number}")
        kept: list[InboxText] = []
        assert list(take_in(read_inbox(tmp_path, NOW, FOUR), tmp_path, kept.append)) == []
        assert [one.lines for one in kept] == [(f"Ana: coffee {number}",)]
    assert [one.name for one in tmp_path.iterdir()] == ["done"]
    held = {one.name: one.read_text() for one in (tmp_path / "done").iterdir()}
    assert held == {f"inbox{end}.txt": f"Ana: coffee {n}" for n, end in enumerate(("", "-2", "-3"))}


def test_a_file_that_was_written_to_meanwhile_stays(tmp_path: Path) -> None:
    put(tmp_path, "inbox.txt", "Ana: coffee")
    found = read_inbox(tmp_path, NOW, FOUR)
    put(tmp_path, "inbox.txt", "Ana: coffee\nBo: mail", datetime(2026, 11, 20, 13))
    assert list(take_in(found, tmp_path, lambda text: None)) == []
    assert [one.lines for one in read_inbox(tmp_path, NOW, FOUR).texts] == [("Ana: coffee", "Bo: mail")]


def test_where_nothing_can_be_put_away_it_is_said_and_the_file_stays(tmp_path: Path) -> None:
    put(tmp_path, "inbox.txt", "Ana: coffee")
    put(tmp_path, "done", "a file where the folder is to be", NOW.replace(minute=29, second=59))
    said = list(take_in(read_inbox(tmp_path, NOW, FOUR), tmp_path, lambda text: None))
    assert len(said) == 1
    assert said[0].startswith("inbox.txt was read and cannot be put into done: ")
    assert (tmp_path / "inbox.txt").exists()
