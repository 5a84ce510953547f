"""The README keeps its word. `python -m tests.test_readme` writes the tables of keys and formats into it anew."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from planner import __version__
from planner.cli.root import COMMANDS, planner
from planner.commands import registry
from planner.commands.keymap import validate
from planner.commands.keys import key_label
from planner.commands.registry import by_id
from planner.commands.table import markdown_table
from planner.interchange.registry import markdown_table as formats_table
from tests.bench import figures
from tests.cases import case
from tests.pictures import FOLDER, PICTURES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
OPENS = "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/planner --demo"
TESTS = "python3 -m venv .venv && .venv/bin/pip install --quiet -e '.[test]' && .venv/bin/pytest"
FROM = "<!-- keys: from planner/commands, kept equal by tests/test_readme.py -->\n"
TO = "<!-- end of keys -->"
FORMATS_FROM = "<!-- formats: from planner/interchange/formats, kept equal by tests/test_readme.py -->\n"
FORMATS_TO = "<!-- end of formats -->"
SPEED_FROM = "<!-- speed: from tests/bench/figures.json, kept equal by tests/test_readme.py -->\n"
SPEED_TO = "<!-- end of speed -->"
PAGES = [README, ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
LARGEST = 200_000
"""Bytes a picture may take of everybody's clone."""


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def with_tables(text: str) -> str:
    """The README with the tables as the registries of keys and formats have them, and the figures that were kept."""
    tables = (
        (FROM, markdown_table(), TO),
        (FORMATS_FROM, formats_table(), FORMATS_TO),
        (SPEED_FROM, speed_part(), SPEED_TO),
    )
    for begin, table, end in tables:
        before, rest = text.split(begin)
        _, after = rest.split(end)
        text = f"{before}{begin}\n{table}\n{end}{after}"
    return text


def speed_part() -> str:
    """The bars of speed with the figures of the last run that kept them."""
    if not figures.KEPT.exists():
        return "`.venv/bin/python -m tests.bench --keep` measures every bar, beside bare programs in the same run."
    table = figures.markdown_table(figures.read())
    return f"Beside bare programs in the same run, the worst network of each:\n\n{table}"


def blocks(language: str) -> list[str]:
    """What stands in the fenced blocks of a language."""
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text_of(README), re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for named, block in found if named == language]


def test_the_tables_are_those_of_the_registries() -> None:
    assert with_tables(text_of(README)) == text_of(README), "run: python -m tests.test_readme"


def test_set_up_is_one_line_each() -> None:
    lines = text_of(README).splitlines()
    assert lines.count(OPENS) == 1
    assert lines.count(TESTS) == 1
    assert len([line for line in lines if line.startswith("python3 -m venv")]) == 2


def test_the_set_up_installs_what_it_then_runs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"planner": "planner.cli:main"}
    assert project["requires-python"] == ">=3.11"
    test = [re.split(r"[=<>]", one)[0] for one in project["optional-dependencies"]["test"]]
    assert {"pytest", "pytest-xdist", "build", "hatchling", "ruff", "mypy", "import-linter"} <= set(test)
    assert all("==" in one for one in project["optional-dependencies"]["test"]), "pinned, or tests change by themselves"


def test_the_checks_run_the_line_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"grep -E '([^']+)' README\.md", script)
    assert pattern is not None
    found = subprocess.run(["grep", "-E", pattern[1], README], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == [TESTS]
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / "run"]).returncode == 0


def shown_commands() -> list[str]:
    """Every line that begins with `planner`, in blocks and between backticks."""
    text = text_of(README)
    lines = [line.strip() for block in blocks("sh") for line in block.splitlines()]
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text.split(FROM)[0] + text.split(TO)[1])
    named = [one.removeprefix(".venv/bin/") for one in [*lines, *spans]]
    return sorted({one for one in named if one.startswith("planner ") and "&&" not in one})


def test_every_command_it_shows_exists_with_its_options() -> None:
    import click

    context = click.Context(planner, info_name="planner")
    for line in shown_commands():
        first, *more = shlex.split(line)[1:]
        if first.startswith("-"):
            assert first in {"--help", *(name for option in planner.params for name in option.opts)}, line
            continue
        assert first in COMMANDS, line
        command = planner.get_command(context, first)
        assert command is not None, line
        # A group's own words may stand behind it in place of a command, as the query behind `matches`.
        while isinstance(command, click.Group) and more and (named := command.get_command(context, more[0])):
            command = named
            more = more[1:]
        options = {name for option in command.params for name in option.opts} | {"--help"}
        assert {word for word in more if word.startswith("--")} <= options, line


def test_every_command_the_keys_name_exists() -> None:
    lines = [command.cli for command in registry.COMMANDS if command.cli]
    assert lines
    assert {line.split()[0] for line in lines} <= set(COMMANDS)


def test_what_it_shows_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    def run(line: str) -> subprocess.CompletedProcess[str]:
        words = shlex.split(line)[1:]
        start = [sys.executable, "-m", "planner", "--today", "2026-11-23"]
        here = {"PLANNER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
        return subprocess.run([*start, *words], capture_output=True, text=True, env=here, cwd=tmp_path)

    assert run("planner add Ana --cadence 4w --circle family").returncode == 0
    (shown,) = [block for block in blocks("sh") if block.startswith("planner agenda")]
    (captured,) = blocks("")[:1]
    for line in [
        *shown.splitlines(),
        "planner cadence --circle family 2w",
        "planner paths",
        f"planner capture {shlex.quote(captured.strip())}",
        "planner doctor",
        "planner forget Ana --yes",
    ]:
        answer = run(line)
        assert answer.returncode == 0, (line, answer.stderr)


def test_the_keymap_it_shows_is_a_good_one() -> None:
    (shown,) = (one for one in blocks("toml") if one.startswith("[keymap]"))
    keymap = tomllib.loads(shown)["keymap"]
    assert validate(keymap)[1] == ()


def test_the_keys_it_teaches_are_the_keys() -> None:
    for command, key in [
        ("contacts.bring_in", "less_than_sign"),
        ("contacts.rhythm", "r"),
        ("agenda.focus", "f"),
        ("agenda.done", "d"),
        ("agenda.snooze", "s"),
        ("agenda.leave_out", "x"),
        ("agenda.why", "w"),
        ("app.capture", "a"),
        ("app.undo", "u"),
    ]:
        with case(command, key):
            assert key in by_id(command).keys
            assert f"`{key_label(key)}`" in text_of(README).split(FROM)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_it_points_at_is_there(page: Path) -> None:
    text = text_of(page)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if not target.startswith("https://"):
            assert (ROOT / target.partition("#")[0]).exists(), target
    code = set(re.findall(r"`((?:planner|tests|screenshots|\.ci)/[\w./*-]*)`", text))
    code |= set(re.findall(r"(?<=pytest )(tests/\S+?)(?=`)", text))
    for name in code:
        assert list(ROOT.glob(name.rstrip("/"))), name


def test_every_picture_is_there_and_small() -> None:
    drawn = {picture.name for picture in PICTURES}
    assert {path.stem for path in FOLDER.glob("*.png")} == drawn
    assert {path.stem for path in FOLDER.glob("*.svg")} == drawn
    assert {path.suffix for path in FOLDER.iterdir()} == {".png", ".svg"}
    for path in FOLDER.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size <= LARGEST, path.name
    for path in FOLDER.glob("*.svg"):
        drawing = path.read_text(encoding="utf-8")
        assert "url(http" not in drawing
        assert not re.search(r"Traceback|Error:", drawing)


def test_it_opens_no_connection(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "def heard(event, arguments):\n"
        "    if event.startswith(('socket.connect', 'socket.getaddrinfo', 'socket.bind', 'socket.sendto')):\n"
        "        raise SystemExit(f'a connection: {event} {arguments}')\n"
        "sys.addaudithook(heard)\n"
        "from planner.cli import main\n"
        "for line in sys.argv[1:]:\n"
        "    assert main(line.split('|')) == 0, line\n"
    )
    card = tmp_path / "one.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Ben Okri\nTEL:+33 4 72 00 00 00\nEND:VCARD\n", encoding="utf-8")
    lines = ("add|Ana", "log|Ana", f"import|{card}", "agenda|--json", "backup", "doctor", "forget|Ana|--yes")
    answer = subprocess.run(
        [sys.executable, "-c", code, *lines],
        capture_output=True,
        text=True,
        env={"PLANNER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )
    assert answer.returncode == 0, answer.stderr


def test_the_changelog_begins_with_this_version_or_what_comes_after_it() -> None:
    found = re.findall(r"^## (\S+)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert next(version for version in found if version != "Unreleased") == __version__
    assert "Unreleased" not in found[1:]


if __name__ == "__main__":
    README.write_text(with_tables(text_of(README)), encoding="utf-8")
