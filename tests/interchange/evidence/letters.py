"""Mailboxes to try readers on: letters as many programs write them, drawn from a seed."""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from planner.core.evidence.seen import Mail
from planner.interchange.evidence.mail.letters import LetterReader
from planner.interchange.evidence.reading import SourceReading, open_source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PEOPLE = ("ana@lake.example", "Ben@Lake.example", "cid+x@hill.example", "dora.q@hill.example", "me@home.example")


def read(
    path: Path, remembered: dict[str, bytes] | None = None, kind: str = "maildir"
) -> tuple[list[Mail], SourceReading]:
    """All letters of a source, and the reading that gave them."""
    reading = open_source(path, kind, remembered or {}, zone=UTC, region=None, since=None, now=NOW)
    return [one for one in reading if isinstance(one, Mail)], reading


def kept(remembered: dict[str, bytes], reading: SourceReading) -> dict[str, bytes]:
    """What is remembered after a run."""
    merged = {**remembered, **reading.remember}
    return {name: value for name, value in merged.items() if value is not None}


def letter_of(head: str | bytes) -> Mail:
    """The letter of one head."""
    data = head if isinstance(head, bytes) else head.encode()
    letter = LetterReader(UTC, NOW).letter(data)
    assert letter is not None
    return letter


def head(number: int, draw: Random) -> str:
    """One head, as any of several programs may write it."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(400_000))
    sender, *others = (draw.choice(PEOPLE) for _ in range(draw.choice((2, 2, 3, 4, 12))))
    shape = draw.choice(
        ("{}", "<{}>", "Ana Silva <{}>", '"Silva, Ana" <{}>', "=?utf-8?Q?Silva=2C_Ana?= <{}>", "{} (Ana)")
    )
    to = [address if "(" in shape else shape.format(address) for address in others]
    if len(to) > 10:
        to = [f"p{place}@crowd.example" for place in range(12)]
    shift = draw.choice(("+0000", "-0800", "+1300", "+0530", "GMT"))
    day = at.strftime("%a, %d %b %Y %H:%M:%S ") + shift
    if draw.random() < 0.1:
        day = draw.choice(("Mon, 31 Feb 2026 10:00:00 +0000", "Thu, 1 Jan 3609 10:00:00 +0000", "no day", ""))
    lines = [
        f"Return-Path: <{sender}>",
        "Received: from a.example by b.example with ESMTP id X\n\tfor <me@home.example>; "
        + at.strftime("%d %b %Y %H:%M:%S +0000"),
        f"From: {shape.format(sender)}",
        f"To: {', '.join(to)}".replace(", ", draw.choice((", ", ",\n  ", ",\n\t"))),
        f"Date: {day}",
        f"Message-ID: <{number}@lake.example>",
    ]
    if draw.random() < 0.3:
        lines.append("In-Reply-To: <1@lake.example>")
    if draw.random() < 0.4:
        lines.append(draw.choice(SAYING))
    if draw.random() < 0.1:
        lines.append(f"cc: {draw.choice(PEOPLE)}")
    # Any order: programs put their fields where they like.
    draw.shuffle(lines)
    end = draw.choice(("\n", "\r\n"))
    return end.join("\n".join(lines).split("\n")) + end + end + f"Hello{end}From: nobody@else.example{end}"


SAYING = (
    "List-Id: Friends <friends.lake.example>",
    "LIST-POST: <mailto:friends@lake.example>",
    "Precedence: bulk",
    "Precedence: high",
    "Auto-Submitted: auto-replied (vacation)",
    "Auto-Submitted: no (a person)",
    "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
    "X-Spam-Flag: YES",
    "X-Spam-Flag: NO",
    "Sender: friends-bounces@lake.example",
    "Sender: ana@lake.example",
    "Content-Type: multipart/report; report-type=delivery-status",
    "Content-Type: text/plain; charset=utf-8",
    "Feedback-ID: 1:2:3",
)


def maildir(root: Path, count: int, seed: int = 1) -> Path:
    """A Maildir with folders and letters drawn from a seed."""
    draw = Random(seed)
    for name in ("", ".Sent", ".Trash", ".Work.Lake"):
        for part in ("cur", "new", "tmp"):
            (root / name / part).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        folder = root / draw.choice(("", "", "", ".Sent", ".Trash", ".Work.Lake"))
        new = draw.random() < 0.3
        name = f"{1700000000 + number}.M{number}P1.host,U={number}" + (
            "" if new else draw.choice((":2,", ":2,S", "!2,RS"))
        )
        (folder / ("new" if new else "cur") / name).write_bytes(head(number, draw).encode())
    return root


def mbox(path: Path, count: int, seed: int = 1) -> Path:
    """An mbox of letters drawn from a seed, as Python writes one."""
    draw = Random(seed)
    box = mailbox.mbox(path)
    for number in range(count):
        box.add(head(number, draw).replace("\r\n", "\n").encode())
    box.close()
    return path
