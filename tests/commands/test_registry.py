"""The list of commands is complete, free of clashes, and a keymap can only change it safely."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.commands.keys import RESERVED_KEYS, key_label, normal_key
from planner.commands.registry import (
    APP,
    COMMANDS,
    PLACE_TITLES,
    PLACES,
    by_id,
    footer,
    for_place,
    markdown_table,
    validate,
)

DEFAULTS = {command.id: command.keys for command in COMMANDS}
UNSURE = re.compile(r"ctrl\+([hijm]|left_square_bracket)|alt\+.*|ctrl\+shift\+.*|(.*\+)?f[0-9]+")


def test_ids_are_unique_and_name_their_place() -> None:
    assert len(DEFAULTS) == len(COMMANDS)
    for command in COMMANDS:
        assert command.id.split(".")[0] == command.place
        assert command.place in PLACE_TITLES


@pytest.mark.parametrize("place", PLACE_TITLES)
def test_no_two_commands_of_a_place_share_a_key(place: str) -> None:
    keys = [key for command in for_place(place) for key in command.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_can_be_reached_and_understood(command) -> None:
    assert re.fullmatch(r"[A-Z].*[^.]\.", command.help)
    assert 1 <= len(command.title.split()) <= 2 or command.title == "let it rest"
    assert any(not UNSURE.fullmatch(key) for key in command.keys)
    assert all(normal_key(key) == key for key in command.keys)


def test_keys_are_named_as_textual_names_them() -> None:
    from textual.binding import Binding

    signs = {key for command in COMMANDS for key in command.keys if len(key_label(key)) == 1}
    # Arrow keys are shown as arrows; nobody types the letters.
    for key in signs - {"left", "right"}:
        assert [made.key for made in Binding.make_bindings([Binding(key_label(key), "act")])] == [key]


def test_the_places_stand_on_their_digits() -> None:
    assert [(place.key, place.title) for place in PLACES] == [
        ("1", "Agenda"),
        ("2", "Contacts"),
        ("3", "Ledger"),
        ("4", "Needs"),
        ("5", "Reach"),
    ]
    assert [by_id(f"app.{place.id}").keys for place in PLACES] == [("1",), ("2",), ("3",), ("4",), ("5",)]


@pytest.mark.parametrize(
    ("place", "labels"),
    [
        (APP, "1 2 3 ctrl+p : ? a u U q"),
        ("agenda", "d s x t n r H L p space enter f [ ] . / o b w"),
        ("focus", "d t s x p n o enter q"),
        ("contacts", "/ enter space n e o c r m A M l i F"),
        ("contact", "e l F g"),
        ("ledger", "y c T O o N R g e k w"),
    ],
)
def test_each_place_has_the_keys_people_learn(place: str, labels: str) -> None:
    own = {key_label(key) for command in COMMANDS if command.place == place for key in command.keys}
    assert own >= set(labels.split())


def test_a_place_has_the_commands_of_the_app_too_but_one_it_takes_over() -> None:
    assert by_id("app.undo") in for_place("agenda")
    focus = {command.id for command in for_place("focus")}
    assert "app.quit" not in focus
    assert "focus.back" in focus
    with pytest.raises(KeyError):
        for_place("nowhere")


def test_the_footer_shows_the_first_things_first() -> None:
    shown = [f"{key_label(command.keys[0])} {command.title}" for command in footer("agenda")]
    assert shown == [
        "d done", "s snooze", "t attempt", "x skip", "a capture", "f focus", "space mark", "/ filter",
        "u undo", "? help",
    ]  # fmt: skip


@pytest.mark.parametrize("place", PLACE_TITLES)
def test_footer_ranks_differ_within_a_place(place: str) -> None:
    ranks = [command.footer for command in footer(place)]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("?", "question_mark"),
        ("/", "slash"),
        (" Ctrl+P ", "ctrl+p"),
        ("shift+a", "A"),
        ("A", "A"),
        ("Space", "space"),
        ("+", "plus"),
        ("esc", "escape"),
        ("alt+x", "alt+x"),
        ("F5", "f5"),
        ("ctrl+[", "ctrl+left_square_bracket"),
        ("", None),
        ("dd", None),
        ("hyper+x", None),
        ("ctrl+", None),
        ("é", None),
        ("\x1b", None),
    ],
)
def test_key_names_are_read_as_people_write_them(typed: str, name: str | None) -> None:
    assert normal_key(typed) == name


def test_no_keymap_means_the_defaults() -> None:
    assert validate({}) == (DEFAULTS, ())


def test_a_good_entry_moves_a_command() -> None:
    keys, problems = validate({"agenda.done": "z, ctrl+d"})
    assert problems == ()
    assert keys == DEFAULTS | {"agenda.done": ("z", "ctrl+d")}


def test_two_commands_can_change_places() -> None:
    keys, problems = validate({"agenda.done": "s", "agenda.snooze": "d"})
    assert problems == ()
    assert (keys["agenda.done"], keys["agenda.snooze"]) == (("s",), ("d",))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"agenda.dnoe": "z"}, "“agenda.dnoe” is not a command"),
        ({"agenda.done": "dd"}, "agenda.done: “dd” is not a key I know; it keeps d"),
        ({"agenda.done": ""}, "agenda.done: a key is missing; it keeps d"),
        ({"agenda.done": "z,"}, "agenda.done: a key is missing; it keeps d"),
        ({"agenda.done": "2"}, "agenda.done: 2 is for the places; it keeps d"),
        ({"agenda.done": "escape"}, "agenda.done: esc always goes back; it keeps d"),
        ({"agenda.done": "enter"}, "agenda.done: enter always opens or agrees; it keeps d"),
        ({"agenda.done": "ctrl+c"}, "agenda.done: ctrl+c belongs to the terminal; it keeps d"),
        ({"agenda.done": "ctrl+i"}, "agenda.done: ctrl+i is tab in a terminal; it keeps d"),
        ({"agenda.done": "s"}, "agenda.done: s is taken by agenda.snooze; it keeps d"),
        ({"agenda.done": "u"}, "agenda.done: u is taken by app.undo; it keeps d"),
        ({"app.capture": "s"}, "app.capture: s is taken by agenda.snooze; it keeps a"),
        ({"app.redraw": "z"}, "app.redraw: z would act while a line is typed; give it a key with ctrl"),
    ],
)
def test_a_bad_entry_keeps_the_default_and_is_named(entry: dict[str, str], said: str) -> None:
    keys, problems = validate(entry)
    assert keys == DEFAULTS
    assert len(problems) == 1
    assert problems[0].startswith(said)


def test_a_bad_entry_does_not_spoil_a_good_one() -> None:
    keys, problems = validate({"agenda.done": "s", "agenda.skip": "z"})
    assert keys == DEFAULTS | {"agenda.skip": ("z",)}
    assert len(problems) == 1


def test_giving_a_default_back_never_leaves_a_clash() -> None:
    keys, problems = validate({"agenda.done": "s", "agenda.snooze": "t"})
    assert keys == DEFAULTS
    assert len(problems) == 2


def test_a_reserved_key_stays_with_the_command_that_has_it() -> None:
    assert validate({"agenda.open": "enter,v"}) == (DEFAULTS | {"agenda.open": ("enter", "v")}, ())


@given(
    st.dictionaries(
        st.sampled_from([*DEFAULTS, "no.such"]),
        st.lists(st.sampled_from([*"dsxtuUqz?/,", "ctrl+p", "ctrl+i", "nonsense", ""]), max_size=3).map(
            ",".join
        ),
        max_size=12,
    )
)
def test_whatever_the_keymap_says_no_place_has_a_clash(keymap: dict[str, str]) -> None:
    keys, problems = validate(keymap)
    assert keys.keys() == DEFAULTS.keys()
    for place in PLACE_TITLES:
        held = [key for command in for_place(place) for key in keys[command.id]]
        assert len(held) == len(set(held))
    for command in COMMANDS:
        assert not (set(keys[command.id]) - set(command.keys)) & set(RESERVED_KEYS)
    if keys == DEFAULTS and any(command_id in DEFAULTS for command_id in keymap):
        same = all(keymap[one].split(",") == list(DEFAULTS[one]) for one in keymap if one in DEFAULTS)
        assert problems or same


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_a_keymap_of_any_text_is_answered_in_clean_words(keymap: dict[str, str]) -> None:
    _, problems = validate(keymap)
    assert all(problem.isprintable() for problem in problems)


def test_the_table_names_every_command_once() -> None:
    table = markdown_table()
    rows = [line for line in table.splitlines() if line.startswith("| **")]
    assert [row.split("**")[1] for row in rows] == list(PLACE_TITLES.values())
    assert sum(row.count(" · ") + 1 for row in rows) == len(COMMANDS)
    assert "`d` done · `s` snooze" in table
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)


def test_the_table_shows_the_keys_of_a_keymap() -> None:
    keys, _ = validate({"agenda.done": "|", "agenda.skip": "`"})
    table = markdown_table(keys)
    assert "| **Agenda** | `\\|` done · " in table
    assert " · `` ` `` skip · " in table


def test_reading_the_list_needs_the_standard_library_only() -> None:
    root = Path(__file__).parents[2]
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); before = set(sys.modules); import planner.commands.registry;"
        "print(*sorted(name for name in set(sys.modules) - before"
        " if name.split('.')[0] not in sys.stdlib_module_names))"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-c", code, str(root)], capture_output=True, text=True, check=True
    )
    parts = ("", ".command", ".keys", ".registry")
    assert answer.stdout.split() == ["planner", *(f"planner.commands{part}" for part in parts)]
