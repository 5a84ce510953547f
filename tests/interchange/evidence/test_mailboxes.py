"""Folders and files of mail: what is new in them, once, whatever moves; nothing of them is touched."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from planner.core.evidence.seen import Mail, Sign
from planner.errors import Refused
from planner.interchange.evidence.reading import open_source, recognised
from tests.interchange.evidence.letters import NOW, UTC, head, kept, maildir, mbox, read

_watched: list[str] | None = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if _watched is not None and event in ("open", "os.listdir", "os.scandir"):
        name = arguments[0]
        _watched.append(f"{event} {name.decode() if isinstance(name, bytes) else name}")


sys.addaudithook(_note)


def watched_run(
    path: Path, remembered: dict[str, bytes], kind: str = "maildir"
) -> tuple[list[Mail], list[str], dict[str, bytes]]:
    """A run, and what it opened and listed."""
    global _watched
    _watched = []
    try:
        seen, reading = read(path, remembered, kind)
        return seen, _watched, kept(remembered, reading)
    finally:
        _watched = None


def grow_old(root: Path) -> None:
    """Nothing in a folder changed for an hour."""
    for path in [root, *root.rglob("*")]:
        if path.is_dir():
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def image(root: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Everything in a folder, with its times."""
    found = {}
    for path in sorted(root.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (status.st_mode, status.st_mtime_ns, status.st_ino, data)
    return found


def write(path: Path, *, sender: str = "ana@x", number: int = 1, more: str = "") -> Path:
    """One letter in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"From: {sender}\nTo: me@x\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <{number}@x>\n{more}\nhello\n"
    )
    return path


def test_a_second_run_opens_no_letter_and_lists_no_folder(tmp_path: Path) -> None:
    root = maildir(tmp_path / "mail", 60)
    grow_old(root)
    before = image(root)
    seen, reading = read(root)
    assert (len(seen), reading.done, reading.total, reading.troubles) == (60, 60, 60, [])
    assert image(root) == before
    remembered = kept({}, reading)
    again, opened, after = watched_run(root, remembered)
    assert again == []
    assert after == remembered
    assert {one.rpartition(" ")[2].rpartition("/")[2] for one in opened if one.startswith("open")} <= {
        "mail", "cur", "new", ".Sent", ".Trash", ".Work.Lake",
    }  # fmt: skip
    assert not [one for one in opened if not one.startswith("open")]
    # Where the names are listed, no letter is opened.
    for path in root.rglob("cur"):
        (path / "x").write_bytes(b"")
        (path / "x").unlink()
    again, opened, after = watched_run(root, remembered)
    assert again == []
    assert [one for one in opened if one.startswith("os.")]
    assert not [one for one in opened if "host" in one]


def test_a_letter_that_is_opened_flagged_or_numbered_is_the_same(tmp_path: Path) -> None:
    root = tmp_path / "mail"
    for part in ("cur", "new", "tmp"):
        (root / part).mkdir(parents=True)
    write(root / "new" / "1.host,U=5")
    write(root / "cur" / "2.host:2,", number=2)
    seen, reading = read(root)
    assert len(seen) == 2
    remembered = kept({}, reading)
    (root / "new" / "1.host,U=5").rename(root / "cur" / "1.host,U=9:2,S")
    (root / "cur" / "2.host:2,").rename(root / "cur" / "2.host!2,TS")
    again, reading = read(root, remembered)
    assert again == []
    remembered = kept(remembered, reading)
    # A name is the same letter's in its own folder alone.
    write(root / ".Sub" / "cur" / "2.host:2,S", number=3)
    again, reading = read(root, remembered)
    assert [one.key for one in again] == ["3@x"]
    remembered = kept(remembered, reading)
    assert set(remembered) == {"", ".Sub"}
    (root / ".Sub" / "cur" / "2.host:2,S").unlink()
    (root / ".Sub" / "cur").rmdir()
    (root / ".Sub").rmdir()
    _, reading = read(root, remembered)
    assert reading.remember[".Sub"] is None


def test_flags_and_folders_say_what_a_letter_is(tmp_path: Path) -> None:
    root = tmp_path / "mail"
    write(root / "cur" / "1:2,DS", number=1)
    write(root / "cur" / "2:2,ST", number=2)
    write(root / "cur" / "3:2,RS", number=3)
    write(root / ".Gesendet" / "cur" / "4:2,S", number=4)
    write(root / ".INBOX.Corbeille" / "cur" / "5:2,S", number=5)
    write(root / "Spam.sbd" / "Old" / "cur" / "6:2,S", number=6)
    found = {one.key[0]: (one.signs, one.sent_folder) for one in read(root)[0]}
    assert found == {
        "1": (frozenset({Sign.DRAFT}), False),
        "2": (frozenset({Sign.TRASH}), False),
        "3": (frozenset(), False),
        "4": (frozenset(), True),
        "5": (frozenset({Sign.TRASH}), False),
        "6": (frozenset({Sign.SPAM}), False),
    }


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    root = maildir(tmp_path / "mail", 40)
    box = mbox(root / "Archive.mbox", 30, 2)
    grow_old(root)
    everything = sorted(one.key for one in read(root)[0])
    assert len(everything) == 70
    remembered: dict[str, bytes] = {}
    found: list[str] = []
    for _ in range(20):
        reading = open_source(root, "maildir", remembered, zone=UTC, region=None, since=None, now=NOW)
        for number, one in enumerate(reading):
            assert isinstance(one, Mail)
            found.append(one.key)
            if number == 6:
                reading.stop()
        remembered = kept(remembered, reading)
    assert sorted(found) == everything
    assert box.exists()


def test_since_reads_anew_and_leaves_out_what_is_older(tmp_path: Path) -> None:
    root = maildir(tmp_path / "mail", 50)
    seen, reading = read(root)
    later = open_source(root, "maildir", kept({}, reading), zone=UTC, region=None, since=date(2026, 6, 1), now=NOW)
    keys = {one.key for one in later if isinstance(one, Mail)}
    assert keys == {one.key for one in seen if one.at is None or one.at.date() >= date(2026, 6, 1)}
    assert keys


def test_mh_folders_and_files_of_letters(tmp_path: Path) -> None:
    root = tmp_path / "Mail"
    for number in range(1, 6):
        write(root / "inbox" / str(number), number=number)
    (root / "inbox" / ".mh_sequences").write_text("unseen: 1\n")
    write(root / "inbox" / "note.eml", number=9)
    (root / "inbox" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    assert recognised(root) == "mh"
    seen, reading = read(root, kind="mh")
    assert sorted(one.key for one in seen) == ["1@x", "2@x", "3@x", "4@x", "5@x", "9@x"]
    remembered = kept({}, reading)
    # The folder is packed: a name becomes that of another letter.
    (root / "inbox" / "1").unlink()
    (root / "inbox" / "5").rename(root / "inbox" / "1")
    write(root / "inbox" / "5", number=6)
    again, reading = read(root, remembered, "mh")
    assert {one.key for one in again} >= {"6@x"}
    assert "2@x" not in {one.key for one in again}


def test_an_mbox_is_read_on_where_it_grew(tmp_path: Path) -> None:
    path = mbox(tmp_path / "Inbox", 20)
    os.utime(path, (1, 1))
    seen, reading = read(path, kind="mbox")
    assert len(seen) == 20
    assert reading.done == reading.total
    remembered = kept({}, reading)
    assert watched_run(path, remembered, "mbox")[1:] == ([f"open {tmp_path}"], remembered)
    draw = Random(9)
    with path.open("a") as stream:
        stream.write("\nFrom ben@x Mon Mar  2 10:00:00 2026\n" + head(100, draw).replace("\r\n", "\n"))
    again, reading = read(path, remembered, "mbox")
    assert [one.key for one in again] == ["100@lake.example"]
    remembered = kept(remembered, reading)
    # A letter of which only the beginning stands there waits for the rest.
    with path.open("a") as stream:
        stream.write("\nFrom ben@x Mon Mar  2 10:00:00 2026\nFrom: ben@x\n")
    again, reading = read(path, remembered, "mbox")
    assert again == []
    remembered = kept(remembered, reading)
    with path.open("a") as stream:
        stream.write("To: me@x\nMessage-ID: <101@x>\n\nhello\n")
    again, reading = read(path, remembered, "mbox")
    assert [one.key for one in again] == ["101@x"]
    remembered = kept(remembered, reading)
    # Compacted: the first letter is gone, all others are read once more.
    data = path.read_bytes()
    path.write_bytes(data[data.index(b"\nFrom ", 10) + 1 :])
    again, _ = read(path, remembered, "mbox")
    assert len(again) == 21


def test_what_begins_a_letter_in_an_mbox(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(
        b"From x\nFrom: a@x\nMessage-ID: <1@x>\n\nbody\nFrom now on it is 10:00\n\nFrom here 10:00 on\nno field\n\n"
        b">From b Mon Mar  2 10:00:00 2026\nFrom: q@x\n\n"
        b"\r\nFrom 123@xxx Mon Jan 06 04:49:45 +0000 2020\r\n"
        b"X-Gmail-Labels: Trash\r\nFrom: b@x\r\nMessage-ID: <2@x>\r\n\r\nhi\r\n"
        b"\r\nFrom - \r\nX-Mozilla-Status: 0009\r\n"
        b"X-Mozilla-Status2: 00000000\r\nFrom: c@x\r\nMessage-ID: <3@x>\r\n\r\nhi\r\n"
    )
    assert recognised(path) == "mbox"
    seen, _ = read(path, kind="mbox")
    assert [(one.key, sorted(one.signs)) for one in seen] == [("1@x", []), ("2@x", ["trash"]), ("3@x", ["trash"])]
    # Letters that stand across the borders of what is read at once.
    large = tmp_path / "Large"
    part = b"From a@x Mon Mar  2 10:00:00 2026\nFrom: a@x\nMessage-ID: <%d@x>\n\n" + b"x" * 70 + b"\n\n"
    pieces = [part % number + b"y\n" * (number % 7) + b"\n" for number in range(40_000)]
    large.write_bytes(b"".join(pieces))
    assert [one.key for one in read(large, kind="mbox")[0]] == [f"{number}@x" for number in range(40_000)]


def test_thunderbird_keeps_mailboxes_in_folders(tmp_path: Path) -> None:
    root = tmp_path / "Local Folders"
    (root / "Inbox.sbd").mkdir(parents=True)
    mbox(root / "Inbox", 5, 1)
    (root / "Inbox.msf").write_text("index")
    (root / "Drafts").write_bytes(b"")
    mbox(root / "Inbox.sbd" / "Sent", 4, 2)
    grow_old(root)
    assert recognised(root) == "mbox"
    seen, reading = read(root, kind="mbox")
    assert len(seen) == 9
    assert sum(one.sent_folder for one in seen) == 4
    assert (reading.done, reading.troubles) == (reading.total, [])
    remembered = kept({}, reading)
    assert read(root, remembered, "mbox")[0] == []
    # An empty mailbox is looked at again although its folder does not change.
    with (root / "Drafts").open("a") as stream:
        stream.write("From - Mon Mar  2 10:00:00 2026\nFrom: me@x\nMessage-ID: <d@x>\n\nhello\n")
    again, _ = read(root, remembered, "mbox")
    assert [(one.key, sorted(one.signs)) for one in again] == [("d@x", ["draft"])]


def test_other_folders_are_no_mailboxes(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for number in range(9):
        (tmp_path / "notes" / f"{number}.txt").write_text("From: nowhere in particular\n\nTitle: a note\n")
    assert recognised(tmp_path) == "folder"
    path = tmp_path / "letter.txt"
    path.write_text("From now on\n")
    with pytest.raises(Refused):
        recognised(path)


def test_an_empty_folder_where_mail_was_keeps_what_is_known(tmp_path: Path) -> None:
    root = maildir(tmp_path / "mail", 5)
    _, reading = read(root)
    remembered = kept({}, reading)
    away = root.rename(tmp_path / "away")
    root.mkdir()
    seen, reading = read(root, remembered)
    assert (seen, reading.remember) == ([], {})
    assert "it is empty" in reading.troubles[0]
    root.rmdir()
    seen, reading = read(root, remembered)
    assert (seen, reading.remember, len(reading.troubles)) == ([], {}, 1)
    away.rename(root)
    assert read(root, remembered)[0] == []
