"""A signal while a text is typed into any line: it is kept for its people, and taking it up changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from planner.config import Config
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from tests.cases import case
from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_typing import SPEEDS, STORIES, TABLE, Story, bytes_of, typed
from tests.trust.test_unfinished import kept, wait_kept

LOOKS_ONLY = {
    "/", "2/", "3/", "4/", "5/", "?/", "<enter>/", "<ctrl+p>", "2<", "2>v", "2/hana ray<enter>o", "2/ben okri<enter>o",
    "3/mira<enter>",
}  # fmt: skip
"""The stories in which what is typed finds something, or a key chooses: nothing of it is kept."""
KEPT = tuple(story for story in STORIES if story.keys not in LOOKS_ONLY)
ENDINGS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
SOME = 7
"""Every which story the short form tells."""


def last_step(home: Path) -> object:
    """What changes with every step that is written."""
    with closing(sqlite3.connect(home / "planner.db")) as database:
        return database.execute("SELECT max(id), count(*) FROM journal").fetchone()


def opened(home: Path) -> Terminal:
    return Terminal(planner_program(), environment(home), columns=140)


def kept_and_taken_up(home: Path, story: Story, ending: signal.Signals) -> bool:
    """Type a text, end the planner, and take the text up; whether it stands where it was typed at once."""
    with opened(home) as terminal:
        terminal.wait_for("Mon 23")
        terminal.settle()
        if story.first:
            typed(terminal, bytes_of(story.first), SPEEDS[0])
            terminal.wait_for(story.seen)
        typed(terminal, bytes_of(story.keys) + story.text.encode(), SPEEDS[0])
        terminal.wait_for(story.text)
        # The screen may show the words of a text as an example of what can be typed.
        terminal.settle()
        if ending == signal.SIGKILL:
            wait_kept(terminal, home, story.text)
        os.kill(terminal.process_id, ending)
        terminal.wait_end()
    assert story.text in json.dumps(kept(home), ensure_ascii=False)
    before = last_step(home)
    with opened(home) as terminal:
        terminal.wait_for("1 unfinished text")
        terminal.settle()
        terminal.ask("\x12", wanted="Unfinished texts")
        terminal.press("enter")
        terminal.wait_gone("enter takes it   x throws it away")
        terminal.settle(0.3)
        is_there = story.text in terminal.text
        os.kill(terminal.process_id, signal.SIGTERM)
        terminal.wait_end()
    assert last_step(home) == before, "taking it up did something"
    assert story.text in json.dumps(kept(home), ensure_ascii=False), "taking it up lost it"
    return is_there


def tell(tmp_path: Path, stories: Sequence[Story], endings: Sequence[signal.Signals]) -> None:
    """Each story in a planner of its own, with an ending each, or with all of them."""
    sample, folder = tmp_path / "sample", tmp_path / "people"
    with Desk(demo_store(sample / "planner.db"), Config(), lambda: DEMO_TODAY):
        pass
    folder.mkdir()
    (folder / "people.csv").write_text(TABLE)
    (folder / "letters.csv").write_bytes("who,mail\nZoë Brückner,zoe@example.org\n".encode("latin-1"))
    there = 0
    for number, story in enumerate(stories):
        told = story.at(folder)
        ending = endings[number % len(endings)]
        home = tmp_path / f"home {number}"
        shutil.copytree(sample, home)
        with case(story.keys, story.text, ending.name):
            there += kept_and_taken_up(home, told, ending)
        shutil.rmtree(home)
    print(f"{len(stories)} lines typed into and ended: 0 texts lost, {there} put back at once, 0 changes by taking up")
    assert there >= len(stories) * 0.7


def test_a_text_is_kept_whatever_line_it_is_typed_into(tmp_path: Path) -> None:
    tell(tmp_path, KEPT[::SOME], ENDINGS)


@pytest.mark.long
def test_a_text_is_kept_in_each_line_there_is_whatever_ends_the_planner(tmp_path: Path) -> None:
    tell(tmp_path, KEPT, ENDINGS)
