"""On the command line: somebody wrote after I asked them, and a word or a letter says what it was."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Planner

LETTER = """\
From: Ben Okri <ben@example.org>
To: me@example.org
Date: Fri, 20 Nov 2026 09:12:00 +0000
Message-ID: <1@example.org>

Hello.
"""


@pytest.fixture
def waiting(planner: Planner, tmp_path: Path) -> Planner:
    """Ben was asked for a reference and wrote since."""
    box = tmp_path / "Mail"
    for name in ("cur", "new", "tmp"):
        (box / name).mkdir(parents=True)
    (box / "cur" / "1.a.host:2,S").write_text(LETTER, "utf-8")
    (planner.home / "config.toml").write_text('me = ["me@example.org"]\n', "utf-8")
    planner.done("add", "Ben Okri", "--email", "ben@example.org")
    planner.done("favor", "ask", "#1", "--note", "a reference", "--on", "2026-11-10")
    planner.done("watch", "add", str(box))
    planner.done("watch")
    return planner


def test_the_agenda_asks_and_done_says_what_it_was(waiting: Planner) -> None:
    item = waiting.json("agenda")["items"][0]
    assert (item["id"], item["asks"], item["due"]) == ("v1", "answered", "2026-11-20")
    assert "did they answer? Their letter is of Fri 20 Nov 2026" in waiting.done("why", "v1").out
    assert "--outcome helped" in waiting.refused("done", "v1")
    assert "to whom" in waiting.refused("done", "v1", "--outcome", "passed")
    assert "Leave out" in waiting.refused("done", "v1", "--outcome", "helped", "--note", "x")
    assert "--outcome passed" in waiting.refused("done", "v1", "--to", "Leo")
    assert waiting.json("done", "v1", "--outcome", "helped")["ids"] == [1]
    waiting.done("undo")
    assert "passed it on to Leo Roux" in waiting.done("done", "v1", "--outcome", "passed", "--to", "Leo Roux").out
    assert "wrote nothing since" in waiting.refused("done", "v1", "--outcome", "cannot")


def test_triage_line_by_line_asks_and_takes_a_letter(waiting: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    for lines, expected in (
        ("d\nn\nq\n", "Not about it: a reference"),
        ("d passed on to Leo Roux\n", "passed it on to Leo Roux"),
        ("d perhaps\nd c\n", "cannot help: a reference"),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        said = waiting("triage").out
        assert "you asked: a reference (they wrote since: did they answer?)" in said
        assert expected in said
        if lines == "d\nn\nq\n":
            assert "Ben Okri answered? h helped, p passed on and to whom, c cannot, n not about this" in said
        waiting.done("undo")
