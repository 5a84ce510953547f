"""Every setting of a configuration file has its effect, and what cannot be is named and left at its default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from planner.config import KEYS, chosen_theme, load_settings, remember_theme
from planner.core.dates.civil import civil_today
from tests.cases import case
from tests.cli.conftest import Planner

Seen = Callable[[Planner], object]
OLD = "2026-09-01"


def items(planner: Planner, today: str = "2026-11-23", *words: str) -> dict[str, str]:
    """Title and due of what is open, by id."""
    found = planner.json("agenda", *words, today=today)
    return {item["id"]: item["due"] for item in found["items"]}


def planned(planner: Planner, today: str = "2026-11-23") -> dict[str, str]:
    return {item["id"]: item["planned"] for item in planner.json("agenda", today=today)["items"]}


def seen_week(planner: Planner) -> object:
    return planner.json("agenda")["week"]["start"]


def seen_capacity(planner: Planner) -> object:
    for name in ("Ana", "Ben", "Cy", "Dora"):
        planner.done("add", name, "--cadence", "4w", today=OLD)
    return sum(day == "2026-11-23" for day in planned(planner).values())


def seen_weekend(planner: Planner) -> object:
    """Due on Saturday 28 November, on working days."""
    planner.done("add", "Ana", "--cadence", "5d on working days", today="2026-11-23")
    return items(planner, "2026-11-28")


def seen_days_off(planner: Planner) -> object:
    planner.done("add", "Ana", "--cadence", "4d on working days", today="2026-11-23")
    return items(planner, "2026-11-27")


def seen_date_order(planner: Planner) -> object:
    planner.done("add", "Ana")
    code = planner("log", "Ana", "--on", "02/03/2026").code
    return code, planner.json("show", "Ana")["interactions"]


def seen_leap(planner: Planner) -> object:
    planner.done("add", "Ana", "--birthday", "1988-02-29")
    return items(planner, "2027-02-26")


def seen_soon(planner: Planner) -> object:
    planner.done("add", "Ana", "--cadence", "10d", today="2026-11-18")
    return planner.json("why", "Ana")["state"]


def seen_attempt(planner: Planner) -> object:
    planner.done("add", "Ana", "--cadence", "1w", today=OLD)
    planner.done("log", "Ana", "--outcome", "attempt")
    return [today for today in ("2026-11-26", "2026-12-01") if items(planner, today)]


def seen_favor(*words: str, then: tuple[tuple[str, ...], ...] = (), today: str = "2026-11-23") -> Seen:
    def seen(planner: Planner) -> object:
        planner.done("add", "Ana")
        planner.done("favor", *words, "Ana", "--kind", "advice", "--on", "2026-11-23")
        for more in then:
            planner.done(*more)
        return items(planner, today, "--week", "2026-12-14") | items(planner, today)

    return seen


def seen_need(*more: tuple[str, ...]) -> Seen:
    def seen(planner: Planner) -> object:
        planner.done("add", "Ana")
        planner.done("need", "add", "A flat in Lyon")
        planner.done("need", "tell", "1", "Ana")
        for words in more:
            planner.done("need", *words)
        return items(planner, "2026-11-23", "--week", "2026-11-23")

    return seen


def seen_words(planner: Planner) -> object:
    planner.done("add", "Ana Silva")
    return planner.done("words", "Ana", "--to", "Maude", "--about", "a word on trains").out


def seen_loan(planner: Planner) -> object:
    planner.done("add", "Ana")
    planner.done("favor", "gave", "Ana", "--kind", "loan", "--note", "the tent")
    return items(planner, "2026-11-23", "--week", "2026-11-23")


def seen_answer(planner: Planner) -> object:
    planner.done("add", "Ana")
    planner.done("log", "Ana", "--direction", "them", "--via", "mail", "--outcome", "attempt")
    return items(planner, "2026-11-26")


def seen_nudges(planner: Planner) -> object:
    planner.done("add", "Ana")
    planner.done("favor", "ask", "Ana", "--kind", "advice", "--on", "2026-11-02")
    planner.done("done", "v1", today="2026-11-09")
    found = planner.json("agenda")["items"]
    return [item["why"] for item in found]


def seen_lead(planner: Planner) -> object:
    planner.done("add", "Ana", "--birthday", "12-08")
    return items(planner)


def seen_belated(planner: Planner) -> object:
    planner.done("add", "Ana", "--birthday", "11-18")
    return items(planner)


def seen_introduction(*steps: tuple[str, ...], today: str) -> Seen:
    def seen(planner: Planner) -> object:
        planner.done("add", "Ana")
        planner.done("add", "Ben")
        planner.done("intro", "start", "Ana", "Ben")
        for step in steps:
            planner.done("intro", *step)
        return items(planner, today)

    return seen


def seen_question(planner: Planner) -> object:
    planner.done("add", "Ana Silva")
    planner.done("log", "Ana Silva")
    return planner.json("digest")["giving"]


def seen_inbox(planner: Planner) -> object:
    folder = planner.home / "inbox"
    folder.mkdir(exist_ok=True)
    said = planner("inbox")
    return said.code, said.out


def seen_me(planner: Planner) -> object:
    planner.done("add", "Ana Silva", "--email", "ana@example.org")
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261101T000000Z",
        "DTSTART:20261116T100000Z", "DTEND:20261116T110000Z", "ORGANIZER:mailto:ada@example.org",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    calendar = planner.home / "meetings.ics"
    calendar.write_text("\r\n".join(lines))
    planner.done("watch", "add", str(calendar))
    return planner.json("watch")["seen"]


def seen_region(planner: Planner) -> object:
    planner.done("add", "Ana Silva", "--phone", "06 12 34 56 78")
    card = planner.home / "one.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Silva\nTEL:+33612345678\nEND:VCARD\n")
    report = planner.json("import", str(card))
    return {what: report[what] for what in ("added", "merged", "unchanged", "ambiguous")}


def seen_theme(planner: Planner) -> object:
    return [one["value"] for one in planner.json("config")["settings"] if one["key"] == "theme"]


def seen_keymap(planner: Planner) -> object:
    return next(one["keys"] for one in planner.json("keys")["keys"] if one["id"] == "agenda.done")


EFFECTS: dict[str, tuple[str, Seen]] = {
    "week_start": ('"sunday"', seen_week),
    "daily_capacity": ("2", seen_capacity),
    "weekend": ('["friday"]', seen_weekend),
    "days_off": ("[2026-11-27]", seen_days_off),
    "date_order": ('"dmy"', seen_date_order),
    "leap_birthday": ('"mar1"', seen_leap),
    "soon_days": ("9", seen_soon),
    "attempt_days": ("3", seen_attempt),
    "request_days": ("9", seen_favor("asked")),
    "answer_days": ("1", seen_answer),
    "promise_days": ("3", seen_favor("promise")),
    "nudge_days": ("20", seen_favor("ask")),
    "nudges": ("1", seen_nudges),
    "thanks_days": ("9", seen_favor("received")),
    "outcome_days": ("20", seen_favor("received", then=(("favor", "thank", "1"),), today="2026-12-10")),
    "date_lead_days": ("20", seen_lead),
    "date_belated_days": ("2", seen_belated),
    "introduction_days": ("1", seen_introduction(today="2026-11-25")),
    "worked_days": (
        "2",
        seen_introduction(("yes", "1", "Ana"), ("yes", "1", "Ben"), ("made", "1"), today="2026-11-26"),
    ),
    "write_days": ("1", seen_need(("passed", "1", "Ana", "Maude Ferrand"))),
    "hear_days": ("1", seen_need(("close", "1"))),
    "loan_days": ("3", seen_loan),
    "later_days": ("2", seen_introduction(("later", "1", "Ana"), today="2026-11-26")),
    "language": ('"de"', seen_words),
    "tone": ('"formal"', seen_words),
    "my_name": ('"Ada Moe"', seen_words),
    "about_me": ('"I plan night trains"', seen_words),
    "ask_wishes": ("false", seen_question),
    "inbox": ("'INBOX'", seen_inbox),
    "me": ('["ada@example.org"]', seen_me),
    "region": ('"FR"', seen_region),
    "theme": ('"planner-light"', seen_theme),
    "keymap": ('{"agenda.done" = "v"}', seen_keymap),
}


def test_every_setting_is_tried() -> None:
    # An encrypted planner tries the command that prints its passphrase: `tests/trust/test_encrypted.py`.
    assert set(EFFECTS) | {"day_starts_at", "passphrase_command"} == set(KEYS)


def test_a_setting_of_the_file_has_its_effect(planner: Planner) -> None:
    for key, (text, seen) in EFFECTS.items():
        with case(key, text):
            empty(planner.home)
            before = seen(planner)
            empty(planner.home)
            text = text.replace("INBOX", str(planner.home / "inbox"))
            (planner.home / "config.toml").write_text(f"{key} = {text}\n")
            after = seen(planner)
            assert before != after, before
            assert planner.done("config").err == ""


def empty(home: Path) -> None:
    """Take away the files of a planner."""
    for file in home.iterdir():
        if file.is_file():
            file.unlink()


def test_the_day_starts_when_the_file_says(planner: Planner) -> None:
    file = planner.home / "config.toml"
    late = datetime(2026, 11, 24, 5)
    assert civil_today(late, load_settings(file).settings.day_starts_at) == date(2026, 11, 24)
    file.write_text('day_starts_at = "06:00"\n')
    assert civil_today(late, load_settings(file).settings.day_starts_at) == date(2026, 11, 23)
    found = {one["key"]: one for one in planner.json("config")["settings"]}
    assert (found["day_starts_at"]["value"], found["day_starts_at"]["from"]) == ("06:00", str(file))
    assert time(6) == load_settings(file).settings.day_starts_at


# What is in force


def test_config_says_where_everything_comes_from(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    file = planner.home / "elsewhere.toml"
    file.write_text('nudges = 3\nweekend = ["friday", "saturday"]\n[keymap]\n"agenda.done" = "v"\n')
    monkeypatch.setenv("PLANNER_CONFIG", str(file))
    found = {one["key"]: (one["value"], one["from"]) for one in planner.json("config")["settings"]}
    assert found["nudges"] == (3, str(file))
    assert found["weekend"] == (["friday", "saturday"], str(file))
    assert found["keymap"] == ({"agenda.done": "v"}, str(file))
    assert found["week_start"] == ("monday", "default")
    assert found["config"] == (str(file), "environment PLANNER_CONFIG")
    assert found["database"] == (str(planner.database), "option --db")
    assert found["today"] == ("2026-11-23", "option --today")
    assert set(found) == {*KEYS, "config", "database", "today"}
    lines = planner.done("config").out.splitlines()
    assert [line.split() for line in lines if line.startswith("weekend")] == [
        ["weekend", "friday,", "saturday", *str(file).split()]
    ]


def test_every_problem_is_named_with_file_key_and_what_is_allowed(planner: Planner) -> None:
    file = planner.home / "config.toml"
    file.write_text('nudges = "many"\nweek_strat = 1\n[keymap]\n"agenda.done" = "q"\n"agenda.dance" = "z"\n')
    said = planner("agenda")
    assert said.code == 0
    assert said.err.splitlines() == [
        f"planner: {file}: nudges = many is not allowed, only a whole number from 0 to 9",
        f"planner: {file}: week_strat is not known; did you mean week_start?",
        f"planner: {file}: keymap: “agenda.dance” is not a command; “planner keys” lists them",
        f"planner: {file}: keymap: agenda.done: q is taken by app.quit; it keeps d",
    ]
    assert planner.json("config")["problems"] == [line.removeprefix("planner: ") for line in said.err.splitlines()]


def test_two_commands_may_swap_their_keys(planner: Planner) -> None:
    (planner.home / "config.toml").write_text('[keymap]\n"agenda.done" = "s"\n"agenda.snooze" = "d"\n')
    found = {one["id"]: one["keys"] for one in planner.json("keys")["keys"]}
    assert (found["agenda.done"], found["agenda.snooze"]) == (["s"], ["d"])
    assert planner.json("keys")["problems"] == []
    assert planner.done("keys").err == ""


# The theme chosen on the screen


def test_a_theme_chosen_on_the_screen_holds_until_the_file_names_another(planner: Planner) -> None:
    file, state = planner.home / "config.toml", planner.home / "state"
    file.write_text('# mine\ntheme = "planner-dark"\n')
    config = load_settings(file)
    assert chosen_theme(state, config) is None
    remember_theme(state, "planner-light", config)
    assert file.read_text() == '# mine\ntheme = "planner-dark"\n'
    assert chosen_theme(state, config) == "planner-light"
    assert (state / "theme.json").stat().st_mode & 0o777 == 0o600
    found = next(one for one in planner.json("config")["settings"] if one["key"] == "theme")
    assert found == {"key": "theme", "value": "planner-light", "from": "chosen on the screen"}
    file.write_text('theme = "nord"\n')
    assert chosen_theme(state, load_settings(file)) is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"theme": 3, "instead_of": "planner-dark"}', "[" * 100_000])
def test_a_damaged_note_of_the_theme_is_no_theme(planner: Planner, text: str) -> None:
    state = planner.home / "state"
    state.mkdir()
    (state / "theme.json").write_text(text)
    assert chosen_theme(state, load_settings(planner.home / "config.toml")) is None


def test_the_themes_are_those_of_the_screen() -> None:
    from textual.theme import BUILTIN_THEMES

    from planner.config import THEMES
    from planner.ui import themes

    assert sorted(THEMES) == sorted({*BUILTIN_THEMES, *(one.name for one in themes.THEMES)})


def test_a_broken_file_does_not_block_what_helps_to_mend_it(planner: Planner) -> None:
    (planner.home / "config.toml").write_text("theme = [broken\n")
    assert "is not TOML" in planner.refused("agenda")
    for words in (("config",), ("keys",)):
        said = planner.done(*words)
        assert "is not TOML" in said.err
        assert said.out
    assert "is not TOML" in planner.json("config")["problems"][0]
    assert str(planner.home) in planner.done("paths").out
    assert planner.done("--help").err == ""
    assert planner.done("agenda", "--help").err == ""


def test_the_settings_in_force_are_only_those_that_can_be(planner: Planner) -> None:
    (planner.home / "config.toml").write_text(
        'theme = "no-such"\n[keymap]\n"agenda.done" = "K"\n"agenda.snooze" = "ctrl+nothing"\n"agenda.nothing" = "b"\n'
    )
    found = planner.json("config")
    assert any("no theme “no-such”" in problem for problem in found["problems"])
    (keymap,) = (row["value"] for row in found["settings"] if row["key"] == "keymap")
    assert keymap == {"agenda.done": "K"}


def test_the_keys_stand_beside_the_ids_a_keymap_needs(planner: Planner) -> None:
    assert "agenda.done" in planner.done("keys").out.split()
