"""What a command line may get wrong and still be understood: names nearly right, options behind the command, help."""

from __future__ import annotations

import json

import pytest

from planner.cli import main
from tests.cases import case
from tests.cli.conftest import TODAY, Planner


def test_a_mistyped_command_meets_the_nearest_one(planner: Planner) -> None:
    for typed, meant in (
        ("agneda", "planner agenda"), ("Agenda", "planner agenda"), ("contcats ana", "planner contacts"),
        ("snoze #1 2w", "planner snooze"), ("undp", "planner undo"), ("cont", "planner contacts"),
        ("favor thnak 1", "planner favor thank"), ("need lst", "planner need list"),
        ("intro strat a b", "planner intro start"), ("export vcrad", "planner export vcard"),
        ("backlog spraed", "planner backlog spread"), ("thank 1", "planner favor thank"),
        ("ls", "planner contacts"), ("Delete ana", "planner forget"), ("new Ana", "planner add"),
        ("help agneda", "planner agenda"), ("help favor decilne", "planner favor decline"),
    ):  # fmt: skip
        with case(typed):
            assert f"Did you mean “{meant}”" in planner.refused(*typed.split())
    assert "Did you mean “planner agenda”?" in planner.refused("AGENDA")


def test_what_is_near_nothing_is_only_refused(planner: Planner) -> None:
    for typed in ("xyzzy", "favor xyzzy", "x" * 5000, "\x1b[31m"):
        with case(typed[:20]):
            said = planner.refused(*typed.split())
            assert "Did you mean" not in said
            assert len(said) < 200


def test_a_mistyped_option_meets_the_nearest_one(planner: Planner) -> None:
    for typed, meant in (
        ("agenda --jsno", "--json"), ("agenda --wek fri", "--week"), ("agenda -json", "--json"),
        ("log ana --not x", "--note"), ("favor decline 1 --wayout later", "--way-out"), ("agenda --hlep", "--help"),
        ("agenda --todya fri", "--today"), ("need add x --bye fri", "--by"), ("--tody fri agenda", "--today"),
    ):  # fmt: skip
        with case(typed):
            said = planner.refused(*typed.split())
            assert f"Did you mean “{meant}”" in said
    assert "Did you mean" not in planner.refused("agenda", "--zzz")


def test_database_and_today_work_behind_every_command(planner: Planner, capsys: pytest.CaptureFixture[str]) -> None:
    planner.done("add", "Hana Ray", "--cadence", "1w")
    here = ["--db", str(planner.database)]
    for words in (
        [*here, "agenda", "--json", "--today", TODAY], ["agenda", *here, "--json", "--today", TODAY],
        ["agenda", "--json", f"--db={planner.database}", f"--today={TODAY}"],
        [*here, "--today", "2030-01-01", "agenda", "--json", "--today", TODAY],
    ):  # fmt: skip
        with case(words):
            capsys.readouterr()
            assert main(words) == 0
            assert json.loads(capsys.readouterr().out)["today"] == TODAY
    assert main(["need", "add", "a flat", *here]) == 0
    assert main(["need", "list", "--json", *here]) == 0
    assert main(["backlog", "spread", "--dry-run", *here, "--today", "2027-01-01"]) == 0
    assert main(["agenda", *here, "--today", "soonish"]) == 2
    assert main(["show", "hana", "--db", str(planner.home / "none.db")]) == 2
    capsys.readouterr()
    assert main(["config", "--json", *here, "--today", TODAY]) == 0
    settings = {one["key"]: one for one in json.loads(capsys.readouterr().out)["settings"]}
    assert (settings["today"]["value"], settings["today"]["from"]) == (TODAY, "option --today")
    assert settings["database"]["from"] == "option --db"


def test_a_word_behind_two_dashes_is_no_option(planner: Planner) -> None:
    planner.done("add", "--", "--db")
    assert planner.json("contacts")["contacts"][0]["name"] == "--db"


def test_help_is_a_command_too(planner: Planner) -> None:
    for words in ((), ("agenda",), ("favor",), ("favor", "decline"), ("backlog", "spread"), ("help",)):
        with case(words):
            assert planner.done("help", *words).out == planner.done(*words, "--help").out
    assert "has no commands of its own" in planner.refused("help", "agenda", "x")
