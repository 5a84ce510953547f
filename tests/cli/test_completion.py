"""Completion in real shells: a line, the tab key, what stands there then."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import Patience, case
from tests.cli.conftest import Planner
from tests.trust.terminal import Terminal, environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(planner: Planner) -> Path:
    """A planner with people, and the command on the search path, as its own program."""
    planner.done("add", "Ana Silva", "--cadence", "1w", "--circle", "climbing club", today="2026-09-01")
    planner.done("add", "Anatol O'Neil $HOME", "--circle", "work")
    planner.done("add", "Zoë Bell")
    bin_folder = planner.home / "bin"
    bin_folder.mkdir()
    program = bin_folder / "planner"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m planner "$@"\n')
    program.chmod(0o700)
    return planner.home


def variables(home: Path) -> dict[str, str]:
    return environment(home) | {"PATH": f"{home}/bin:{os.environ['PATH']}", "PS1": "shell> "}


def asked(home: Path, *words: str) -> list[str]:
    """What bash is answered, the last word being typed."""
    done = subprocess.run(
        [str(home / "bin" / "planner")],
        env=variables(home) | {
            "_PLANNER_COMPLETE": "bash_complete", "COMP_WORDS": "\n".join(("planner", *words)),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return [line.removeprefix("plain,") for line in done.stdout.splitlines() if line]


def test_people_items_circles_commands_and_files_are_answered(home: Path) -> None:
    assert asked(home, "show", "ana\\ s") == ["Ana\\ Silva"]
    assert asked(home, "show", "zoe") == ["Zoë\\ Bell"]
    assert asked(home, "why", "an") == ["Ana\\ Silva", "Anatol\\ O\\'Neil\\ \\$HOME"]
    assert asked(home, "why", "c") == ["c1"]
    assert asked(home, "favor", "promise", "bel") == ["Zoë\\ Bell"]
    assert asked(home, "capture", "coffee", "with", "zo") == ["Zoë\\ Bell"]
    assert asked(home, "add", "X", "--circle", "cl") == ["climbing\\ club"]
    assert asked(home, "show", '"ana s') == ["Ana Silva"]
    assert asked(home, "--db", str(home / "planner.db"), "show", "ana\\ s") == ["Ana\\ Silva"]
    assert asked(home, "show", "--db", "/nowhere.db", "ana\\ s") == []
    assert asked(home, "show", "nobody") == []
    assert asked(home, "show", "") == []
    assert asked(home, "di") == ["digest"]
    assert asked(home, "favor", "dec") == ["decline"]
    assert "--via" in asked(home, "log", "--v")
    assert asked(home, "import", "x") == ["file,x"]


def test_a_database_that_cannot_be_read_answers_nothing(home: Path) -> None:
    (home / "planner.db").write_bytes(b"nothing of ours " * 100)
    assert asked(home, "show", "ana") == []


def test_naming_commands_loads_none_of_them(home: Path) -> None:
    code = (
        "import sys; from planner.cli import main\n"
        "try: main([])\n"
        "except SystemExit: print(sorted(m for m in sys.modules if m.startswith(('planner.desk', 'textual'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=variables(home) | {
            "PYTHONPATH": str(ROOT), "_PLANNER_COMPLETE": "bash_complete",
            "COMP_WORDS": "planner\na", "COMP_CWORD": "1",
        },
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
    assert "plain,agenda" in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_the_shell_reads(planner: Planner, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = planner.done("completion", shell).out
    done = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(planner completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'PS1="shell> "; autoload -U compinit; compinit -u; eval "$(planner completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "planner completion fish | source"),
}


NAMES = (
    "Bo $(touch PWNED) `touch PWNED`",
    'Cy "the kid" O\'Neil, Jr; echo > PWNED',
    "Di \\\\ #1 *? [a] {b,c} ~ & | <x> %s ^yes",
    "Eva: the one = two",
    "Flo wow! Ray",
    "Zoë Bell",
)
"""Each with what a shell may read as its own."""


@pytest.fixture
def odd_home(home: Path, planner: Planner) -> Path:
    """The planner with people whose names a shell would act on; `show` only says which words the shell gave it."""
    for name in NAMES[:-1]:
        planner.done("add", name)
    program = home / "bin" / "planner"
    answers = program.read_text().removeprefix("#!/bin/sh\n")
    says = f"""printf '%s\\n' "$@" > {home}/said; mv {home}/said {home}/given"""
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = show ] && [ -z "$_PLANNER_COMPLETE" ]; then {says}; exit; fi\n{answers}'
    )
    return home


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes_a_name_literally_in_every_quote(odd_home: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    home = odd_home
    command, setting_up = SHELLS[shell]
    (home / "inputrc").write_text("set enable-bracketed-paste off\n")
    more = {"INPUTRC": str(home / "inputrc"), "ZDOTDIR": str(home), "XDG_CONFIG_HOME": str(home)}
    completed, given = 0, home / "given"
    with Terminal(command, variables(home) | more, columns=200, rows=30) as terminal:
        terminal.settle(0.6)
        terminal.send(f"cd {home}; {setting_up}; echo re''ady\r".encode())
        terminal.wait_for("ready")
        terminal.settle(0.4)
        for quote in ("", "'", '"'):
            for name in NAMES:
                with case(shell, quote, name):
                    typed = "Zoë" if name.startswith("Zoë") else name[:2]
                    terminal.send(f"clear; planner show {quote}{typed}\t".encode())
                    terminal.wait_for(re.findall(r"\w+", name)[-1])
                    terminal.settle(0.3)
                    terminal.send(b"\r")
                    patience = Patience()
                    while not given.exists():
                        assert not patience.over, f"nothing was run:\n{terminal.text}"
                        terminal.read(0.05)
                    assert given.read_text() == f"show\n{name}\n"
                    given.unlink()
                    completed += 1
                    assert not list(home.glob("PWNED*"))
        terminal.send(b"exit\r")
        terminal.wait_end()
    print(f"{shell}: {completed} names completed, 0 acted")


def test_bash_completes_behind_a_quote_that_opens_within_a_word(home: Path) -> None:
    assert asked(home, "show", 'ana\\ "si') == ["Silva"]
    assert asked(home, "show", "an'a s") == ["a Silva"]
    assert asked(home, "why", "'anat") == ["Anatol O'\\''Neil $HOME"]
    assert asked(home, "why", '"anat') == ["Anatol O'Neil \\$HOME"]
