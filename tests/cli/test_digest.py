"""What is due for a prompt, and the week for a mail."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cases import case
from tests.cli.conftest import Planner

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def network(planner: Planner) -> Planner:
    planner.done("add", "Hana Ray", "--cadence", "4w", today="2026-09-01")
    planner.done("favor", "promise", "hana", "--kind", "introduction", "--note", "meet *Leo*", "--due", "2026-11-20")
    planner.done("add", "Kim [Berg]", "--birthday", "1990-11-26")
    planner.done("favor", "gave", "kim", "--kind", "advice", "--note", "the move")
    return planner


def test_due_is_a_line_each_and_a_number(network: Planner) -> None:
    lines = network.done("due").out.splitlines()
    assert [line.split()[0] for line in lines] == ["v1", "c1"]
    assert re.search(r"promise\s+Hana Ray\s+introduction: meet \*Leo\*|promise\s+Hana Ray\s+meet \*Leo\*", lines[0])
    assert network.done("due", "--count").out == "2\n"
    found = network.json("due")
    assert found["count"] == 2
    assert [item["id"] for item in found["items"]] == ["v1", "c1"]
    assert network.json("due", "--count") == {"count": 2}


def test_nothing_due_is_zero_and_no_line(planner: Planner) -> None:
    assert planner.done("due", "--count").out == "0\n"
    assert planner.done("due").out == ""


def test_due_is_what_the_agenda_shows_today(network: Planner) -> None:
    today = [item["id"] for item in network.json("agenda")["items"] if item["planned"] == "2026-11-23"]
    assert [line.split()[0] for line in network.done("due").out.splitlines()] == today


def test_the_digest_is_the_week_by_day(network: Planner) -> None:
    assert network.done("digest").out == (
        "Week 48, Mon 23 Nov 2026 – Sun 29 Nov 2026\n"
        "==========================================\n\n"
        "Today, Mon 23 Nov 2026\n"
        "- promise, Hana Ray: meet *Leo* (3d past)\n"
        "- catch up, Hana Ray: every 4 weeks (55d past)\n\n"
        "Thu 26 Nov 2026\n"
        "- birthday, Kim [Berg]: turns 36 (due Thu)\n\n"
        "Done\n"
        "- helped, Kim [Berg]: the move (Mon 23 Nov 2026)\n\n"
        "You helped 1 person.\n"
    )


def test_the_digest_as_markdown_shows_text_literally(network: Planner) -> None:
    text = network.done("digest", "--markdown").out
    assert text.startswith("# Week 48, Mon 23 Nov 2026 – Sun 29 Nov 2026\n\n## Today, Mon 23 Nov 2026\n\n")
    assert r"- promise, Hana Ray: meet \*Leo\* (3d past)" in text
    assert r"Kim \[Berg\]" in text


def test_another_week_is_a_day_of_it(network: Planner) -> None:
    assert network.done("digest", "--week", "2026-11-30").out.startswith("Week 49, ")
    assert "You helped" not in network.done("digest", "--week", "2026-11-30").out
    before = network.done("digest", "--week", "2026-11-16").out
    assert "You helped" not in before
    assert "far off" in network.refused("digest", "--week", "2150-01-01")


def test_no_control_character_is_mailed(planner: Planner) -> None:
    planner.done("add", "Eve \x1b[31mRay\x07", "--cadence", "1w", today="2026-09-01")
    planner.done("log", "eve", "--on", "2026-11-23", "--note", "a\x1b]52;c;aGk=\x07\nb")
    for words in (("digest",), ("digest", "--markdown"), ("due",)):
        out = planner.done(*words).out
        assert out.replace("\n", "").isprintable(), out


def test_the_digest_is_ascii_where_the_locale_is(network: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    assert network.done("digest").out.isascii()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units_of_the_readme(tmp_path: Path) -> None:
    units = re.findall(r"```ini\n(\[Unit\].*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert units
    (tmp_path / "run").mkdir(mode=0o700)
    for service, timer in zip(units[::2], units[1::2], strict=True):
        with case(service):
            (tmp_path / "planner-unit.service").write_text(service)
            (tmp_path / "planner-unit.timer").write_text(timer)
            done = subprocess.run(
                ["systemd-analyze", "--user", "verify", "--recursive-errors=no", tmp_path / "planner-unit.timer"],
                env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")},
                capture_output=True,
                text=True,
            )
            assert "planner-unit" not in done.stderr, done.stderr
            assert done.returncode == 0, done.stderr
