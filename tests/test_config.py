"""The configuration: what is allowed is taken, what is not is named and left at its default."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config import DEFAULT, DEFAULT_THEME, KEYS, load_settings
from planner.core.model import Settings
from planner.errors import ConfigError
from tests.cases import case

EVERYTHING = """
theme = "planner-light"
region = "fr"
week_start = "Sunday"
day_starts_at = 05:30:00
daily_capacity = 8
weekend = ["friday", "saturday"]
days_off = [2026-12-25, "2026-12-26"]
date_order = "dmy"
leap_birthday = "mar1"
soon_days = 5
attempt_days = 6
request_days = 1
answer_days = 3
promise_days = 10
nudge_days = 9
nudges = 3
thanks_days = 4
outcome_days = 21
date_lead_days = 14
date_belated_days = 3
introduction_days = 6
worked_days = 35
later_days = 14
write_days = 3
hear_days = 5
loan_days = 35
language = "pt-br"
tone = "formal"
my_name = "Ada Moe"
about_me = "I plan night trains"
ask_wishes = false
passphrase_command = "pass show planner"
inbox = "/srv/ada/inbox"
me = ["ada@example.org", "+47 900 11 222", "Ada Moe"]
[keymap]
"agenda.done" = "e"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_every_value_can_be_set(file: Path) -> None:
    file.write_text(EVERYTHING)
    config = load_settings(file)
    assert config.problems == ()
    assert config.settings == Settings(
        week_start=6,
        day_starts_at=time(5, 30),
        daily_capacity=8,
        weekend=frozenset({4, 5}),
        days_off=frozenset({date(2026, 12, 25), date(2026, 12, 26)}),
        date_order="dmy",
        leap_birthday="mar1",
        soon_days=5,
        attempt_days=6,
        request_days=1,
        answer_days=3,
        promise_days=10,
        nudge_days=9,
        nudges=3,
        thanks_days=4,
        outcome_days=21,
        date_lead_days=14,
        date_belated_days=3,
        introduction_days=6,
        worked_days=35,
        later_days=14,
        write_days=3,
        hear_days=5,
        loan_days=35,
    )
    assert (config.theme, config.region, config.keymap) == ("planner-light", "FR", {"agenda.done": "e"})
    assert (config.language, config.tone) == ("pt-BR", "formal")
    assert (config.my_name, config.about_me) == ("Ada Moe", "I plan night trains")
    assert config.ask_wishes is False
    assert config.passphrase_command == "pass show planner"
    assert config.inbox == Path("/srv/ada/inbox")
    assert config.me == ("ada@example.org", "+47 900 11 222", "Ada Moe")
    assert config.templates == file.parent / "templates"
    assert set(config.origins.values()) == {str(file)}
    assert set(KEYS) == {one.name for one in fields(Settings)} | {
        "theme", "region", "keymap", "language", "tone", "my_name", "about_me", "ask_wishes", "inbox", "me",
        "passphrase_command",
    }  # fmt: skip


def test_without_a_file_everything_is_the_default(file: Path) -> None:
    config = load_settings(file)
    assert (config.settings, config.theme, config.region) == (Settings(), DEFAULT_THEME, None)
    assert set(config.origins) == set(KEYS)
    assert set(config.origins.values()) == {DEFAULT}


def test_a_wrong_value_keeps_the_default_and_is_named(file: Path) -> None:
    for key, value in [
        ("week_start", '"someday"'),
        ("week_start", "1"),
        ("day_starts_at", '"25:00"'),
        ("day_starts_at", "13:00:00"),
        ("daily_capacity", "0"),
        ("daily_capacity", "true"),
        ("daily_capacity", "2.5"),
        ("daily_capacity", '"5"'),
        ("weekend", '"sunday"'),
        ("weekend", '["sunday", 3]'),
        ("days_off", "[2026-12-25T10:00:00]"),
        ("weekend", '["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]'),
        ("days_off", '["christmas"]'),
        ("days_off", "[1066-10-14]"),
        ("date_order", '"ymd"'),
        ("leap_birthday", "29"),
        ("soon_days", "-1"),
        ("nudges", "1000"),
        ("theme", '""'),
        ("theme", '"a\\u001bb"'),
        ("region", '"France"'),
        ("keymap", '"vim"'),
        ("keymap", "{ a = 1 }"),
    ]:
        with case(key, value):
            file.write_text(f"{key} = {value}\noutcome_days = 20\n")
            config = load_settings(file)
            assert config.settings == Settings(outcome_days=20)
            assert (config.theme, config.region, dict(config.keymap)) == (DEFAULT_THEME, None, {})
            assert (config.origins[key], config.origins["outcome_days"]) == (DEFAULT, str(file))
            (problem,) = config.problems
            assert problem.startswith(f"{file}: {key} = ")
            assert "is not allowed, only" in problem
            assert problem.isprintable()


def test_an_unknown_key_is_named_with_the_one_that_was_meant(file: Path) -> None:
    file.write_text("daily_capacitty = 7\n")
    (problem,) = load_settings(file).problems
    assert "did you mean daily_capacity?" in problem


def test_a_file_that_is_no_toml_is_refused_in_one_line(file: Path) -> None:
    for content in [b"theme = ", b"\xff\xfe\x00", b"a" * 3 + b"[" * 5000, b"x = 1\nx = 2\n"]:
        with case(content):
            file.write_bytes(content)
            with pytest.raises(ConfigError) as error:
                load_settings(file)
            assert str(file) in str(error.value)
            assert str(error.value).isprintable()


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path)


def test_a_byte_order_mark_does_not_matter(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfnudges = 1\n")
    assert load_settings(file).settings.nudges == 1


VALUES = st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False), st.text(max_size=20), st.just([]))


@given(given=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_whatever_is_given_each_key_is_taken_or_named(
    tmp_path_factory: pytest.TempPathFactory, given: dict[str, Any]
) -> None:
    file = tmp_path_factory.mktemp("config") / "config.toml"

    def toml(value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str):
            return '"' + "".join(f"\\U{ord(one):08x}" for one in value) + '"'
        return repr(value)

    file.write_text("".join(f"{key} = {toml(value)}\n" for key, value in given.items()))
    config = load_settings(file)
    for key in given:
        named = any(problem.startswith(f"{file}: {key} = ") for problem in config.problems)
        assert named != (config.origins[key] == str(file))
    assert all(problem.isprintable() for problem in config.problems)
