"""Exit codes, refusals in one line, help, and what a broken terminal or pipe may do."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import main
from planner.cli.root import COMMANDS
from tests.cases import PATIENCE, case
from tests.cli.conftest import Planner

FAVORS = (
    "asked",
    "promise",
    "gave",
    "received",
    "ask",
    "accept",
    "done",
    "thank",
    "told",
    "nudge",
    "rest",
    "decline",
)


def program(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real run in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANNER_")}
    return subprocess.run(
        [sys.executable, "-m", "planner", *words],
        env={**kept, "LC_ALL": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_every_command_has_help(planner: Planner) -> None:
    for words in [(), ("backlog", "spread"), *((name,) for name in COMMANDS), *(("favor", verb) for verb in FAVORS)]:
        with case(words):
            said = planner.done(*words, "--help")
            assert said.out.startswith("Usage: planner")
            assert said.err == ""


def test_a_wrong_command_line_is_refused_in_one_line(planner: Planner) -> None:
    for words in [
        ("nonsense",), ("--nonsense",), ("add",), ("add", "A", "B"), ("log", "--on"), ("favor",),
        ("favor", "steal"),
        ("contacts", "--limit", "-1"), ("contacts", "--limit", "x"), ("history", "--limit", "0"),
        ("--demo", "agenda"), ("import",), ("capture",), ("backlog", "x"),
    ]:  # fmt: skip
        with case(words):
            assert "--help" in planner.refused(*words)


def test_a_query_for_nothing_is_no_fault(planner: Planner) -> None:
    assert planner.done("query").err == ""


def test_a_today_that_cannot_be_is_refused(planner: Planner) -> None:
    for today in ["soonish", "01/02", "31 feb", "", "99999999999999999999", "\x1b[31m"]:
        with case(today):
            planner.refused("agenda", today=today)


def test_today_may_be_typed_as_any_date(planner: Planner) -> None:
    assert planner.done("agenda", "--json", today="12 dec 2027").json["today"] == "2027-12-12"


def test_environment_names_database_and_today(
    planner: Planner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planner.done("add", "Hana Ray")
    monkeypatch.setenv("PLANNER_DB", f"sqlite:///{planner.database}")
    monkeypatch.setenv("PLANNER_TODAY", "2026-12-01")
    assert main(["agenda", "--json"]) == 0
    assert '"today": "2026-12-01"' in capsys.readouterr().out
    assert main(["show", "hana"]) == 0


def test_an_address_of_another_kind_is_refused(planner: Planner) -> None:
    code = main(["--db", "postgresql://example/planner", "agenda"])
    assert code == 2


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_planner_is_refused_and_left_alone(planner: Planner, content: bytes) -> None:
    planner.database.write_bytes(content)
    planner.refused("agenda")
    assert planner.database.read_bytes() == content


def test_without_a_terminal_the_screen_is_refused(planner: Planner) -> None:
    for words in ((), ("--demo",)):
        assert "planner agenda" in planner.refused(*words)


def test_a_dumb_terminal_is_told_the_text_commands(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.cli.launch._is_terminal", lambda _: True)
    for terminal in ("dumb", ""):
        monkeypatch.setenv("TERM", terminal)
        assert "planner agenda" in planner.refused()


def test_a_fault_of_the_program_is_logged_without_names(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.desk.people import People

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Canary Name broke it")

    monkeypatch.setattr(People, "add", fail)
    said = planner("add", "Canary Name", "--note", "Canary Name")
    assert said.code == 2
    assert said.out == ""
    assert "Canary" not in said.err
    (line,) = said.err.splitlines()
    log = Path(line.rsplit(" ", 1)[1].rstrip("."))
    text = log.read_text("utf-8")
    assert "RuntimeError" in text
    assert "people.py" in text
    assert "add" in text
    assert "Canary" not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_ctrl_c_is_one_line(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.desk.reading import Reading

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Reading, "agenda", stop)
    said = planner("agenda")
    assert (said.code, said.out, said.err.strip()) == (130, "", "planner: Stopped.")


def test_a_configuration_that_cannot_be_is_named(planner: Planner) -> None:
    (planner.home / "config.toml").write_text("daily_capacity = 'many'\n", "utf-8")
    said = planner("agenda", "--json")
    assert said.code == 0
    assert "daily_capacity" in said.err
    (planner.home / "config.toml").write_bytes(b"= \xff\x00 [")
    planner("agenda")
    planner.done("paths")


def test_real_runs_never_import_the_screen(tmp_path: Path) -> None:
    home = str(tmp_path)
    assert program("add", "Hana Ray", "--cadence", "1w", PLANNER_HOME=home).stdout == "1\n"
    probe = (
        "import sys; from planner.cli import main\n"
        "for words in {commands!r}:\n"
        "    main(words)\n"
        "loaded = [m for m in ('textual', 'rich', 'dateutil', 'icalendar', 'phonenumbers', 'platformdirs')"
        " if m in sys.modules]\n"
        "print(loaded, file=sys.stderr)"
    )
    commands = [["agenda"], ["query", "hana"], ["contacts"], ["ledger"], ["why", "hana"], ["show", "hana"]]
    found = subprocess.run(
        [sys.executable, "-c", probe.format(commands=commands)],
        env={**os.environ, "PLANNER_HOME": home},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert found.stderr.strip() == "[]"
    assert "Hana Ray" in found.stdout


def test_a_reader_that_stops_reading_is_no_fault(tmp_path: Path) -> None:
    home = str(tmp_path)
    program("add", "Hana Ray", PLANNER_HOME=home)
    script = f'"{sys.executable}" -m planner contacts | true; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PLANNER_HOME": home},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    home = str(tmp_path)
    program("add", "Hana Ray", PLANNER_HOME=home)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planner", "contacts"],
            env={**os.environ, "PLANNER_HOME": home, "LC_ALL": "C.UTF-8"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("planner: The output could not be written")
    assert len(done.stderr.splitlines()) == 1


def test_a_plain_locale_gets_ascii_signs(tmp_path: Path) -> None:
    home = str(tmp_path)
    program("add", "Hana Ray", "--cadence", "4w/6w", PLANNER_HOME=home, PLANNER_TODAY="2026-01-01")
    said = program("agenda", PLANNER_HOME=home, LC_ALL="C", PLANNER_TODAY="2026-11-23")
    assert said.stdout.isascii()
    assert "! " in said.stdout
    refused = program("show", "nobody", PLANNER_HOME=home, LC_ALL="C")
    assert refused.stderr.isascii()
    assert refused.returncode == 2
    assert "\x1b" not in program("agenda", PLANNER_HOME=home).stdout


def test_a_name_the_encoding_lacks_is_replaced_not_refused(tmp_path: Path) -> None:
    home = str(tmp_path)
    program("add", "Zoë 日本", PLANNER_HOME=home)
    said = program("contacts", PLANNER_HOME=home, PYTHONIOENCODING="ascii")
    assert said.returncode == 0
    assert "Zo? ??" in said.stdout


def test_color_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.cli.output import wants_color

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert wants_color(Terminal())  # type: ignore[arg-type]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color(Terminal())  # type: ignore[arg-type]
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_color(Terminal())  # type: ignore[arg-type]
