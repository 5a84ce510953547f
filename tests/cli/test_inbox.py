"""The command of the inbox, over a real folder."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.conftest import Planner

MONDAY = 1795424400
"""Noon of Monday 23 November 2026, in seconds."""


def test_lines_are_taken_from_the_folder_and_the_rest_is_listed(planner: Planner) -> None:
    folder = planner.home / "sync"
    folder.mkdir()
    assert "No folder is the inbox" in planner.refused("inbox")
    (planner.home / "config.toml").write_text(f'inbox = "{folder}"\n')
    planner.done("add", "Ana Silva")
    written: Path = folder / "inbox.txt"
    written.write_text("- Ana: coffee\n- nonsense\n", "utf-8")
    os.utime(written, (MONDAY, MONDAY))
    (folder / "a.part").write_text("half")
    tried = planner.done("inbox", "--dry-run")
    assert tried.out.splitlines()[-1] == "1 line to read: planner inbox list"
    assert written.exists()
    said = planner.json("inbox")
    assert said["said"] == "1 line of the inbox: Ana Silva: coffee today"
    assert [(one["text"], one["on"]) for one in said["waiting"]] == [("nonsense", "2026-11-23")]
    assert len(said["troubles"]) == 1
    assert said["written"] is True
    assert (folder / "done" / "inbox.txt").exists()
    assert planner.json("agenda")["to_read"] == 1
    assert "1 line to read: planner inbox list" in planner.done("agenda").out
    assert planner.done("inbox").out == "Nothing was taken\n1 line to read: planner inbox list\n"
    key = str(said["waiting"][0]["id"])
    assert key in planner.done("inbox", "list").out
    assert "mail" in planner.done("inbox", "take", key, "Ana:", "mail").out
    assert planner.json("inbox", "list") == {"waiting": []}
    assert "No line" in planner.refused("inbox", "drop", key)
