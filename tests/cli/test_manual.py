"""The manual page names every command, option and key, and the formatters find nothing wrong with it."""

from __future__ import annotations

import re
import shutil
import subprocess

import click
import pytest

from planner.cli.commands.manual import escaped, manual
from planner.cli.root import COMMANDS, planner
from planner.commands.keys import key_label
from planner.commands.registry import COMMANDS as KEYS
from tests.cli.conftest import Planner


@pytest.fixture(scope="module")
def page() -> str:
    return "".join(f"{line}\n" for line in manual(planner))


@pytest.fixture(scope="module")
def shown(page: str) -> str:
    """The page as a person reads it, on one line."""
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=200n", "-rHY=0"],
        input=page.encode(), capture_output=True, check=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.stderr == b"", "groff warns"
    # Lines are broken and hyphenated as the formatter likes.
    return " ".join(re.sub(r"[\u2010-]\s*\n\s*", "-", done.stdout.decode()).split())


def test_it_is_plain_ascii_that_any_roff_reads(page: str) -> None:
    assert page.isascii()
    assert page.startswith('.TH PLANNER 1 "" "planner ')
    for section in ("NAME", "SYNOPSIS", "COMMANDS", "KEYS", "FILES", "ENVIRONMENT", "EXIT STATUS", "EXAMPLES"):
        assert f".SH {section}\n" in page


def test_every_command_with_its_options_and_every_key_is_in_it(shown: str) -> None:
    context = click.Context(planner, info_name="planner")
    for name in COMMANDS:
        assert f"planner {name} " in shown
        command = planner.get_command(context, name)
        assert command is not None
        for option in command.params:
            if isinstance(option, click.Option):
                assert all(one in shown for one in option.opts), option.opts
    for command in KEYS:
        assert f"[{command.id}]" in shown.replace("- ", "-")
        assert all(key_label(key) in shown for key in command.keys)


def test_text_is_shown_literally() -> None:
    assert escaped(".start \\n 'x' a-b\nc") == "\\&.start \\en \\(aqx\\(aq a\\-b c"
    assert escaped("“é”") == "\\[u201C]\\[u00E9]\\[u201D]"


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_reads_what_the_command_prints(planner: Planner) -> None:
    printed = planner.done("man").out
    done = subprocess.run(
        ["man", "--warnings", "-l", "-"], input=printed, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "100"},
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""
    assert "planner due" in done.stdout
