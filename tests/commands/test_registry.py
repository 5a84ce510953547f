"""The list of commands is complete, free of clashes, and a keymap can only change it safely."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.commands.answers import COLUMNS, FOCUS, FORM, IMPORT, NEWCOMERS, PAIRS, WELCOME
from planner.commands.command import APP, LIST
from planner.commands.keymap import validate
from planner.commands.keys import RESERVED_KEYS, key_label, normal_key
from planner.commands.places import OFFERS, TOP_PLACES
from planner.commands.registry import COMMANDS, PLACE_TITLES, by_id, footer, for_place
from planner.commands.table import markdown_table
from planner.commands.verbs import ALL_VERBS, EVERYWHERE, VERBS
from tests.cases import case

DEFAULTS = {command.id: command.keys for command in COMMANDS}
UNSURE = re.compile(r"ctrl\+([hijm]|left_square_bracket)|alt\+.*|ctrl\+shift\+.*|(.*\+)?f[0-9]+")


def test_ids_are_unique_and_every_place_has_a_title() -> None:
    assert len(DEFAULTS) == len(COMMANDS)
    assert {command.place for command in COMMANDS} == set(PLACE_TITLES)


def test_one_key_means_one_thing_wherever_it_works() -> None:
    owners: dict[str, str] = {}
    for verb in ALL_VERBS:
        for key in verb.keys:
            # Going back takes the key of leaving over where something is open: q leaves what is open.
            if (key, verb.id) != ("q", "back"):
                assert owners.setdefault(key, verb.id) == verb.id, key
    offered = {verb for offer in OFFERS for verb in offer.verbs}
    assert offered == {verb.id for verb in VERBS}
    for offer in OFFERS:
        assert len(set(offer.verbs)) == len(offer.verbs), offer.place
        assert set(offer.words) <= set(offer.verbs), offer.place


def test_no_two_commands_of_a_place_share_a_key() -> None:
    moves = [command for command in COMMANDS if command.place == LIST]
    for place in PLACE_TITLES:
        found = [*for_place(place), *(moves if place not in (APP, LIST) else ())]
        keys = [key for command in found for key in command.keys]
        assert len(keys) == len(set(keys)), place


def test_every_command_can_be_reached_and_understood() -> None:
    for command in COMMANDS:
        assert re.fullmatch(r"[A-Z].*[^.]\.", command.help), command.id
        assert 1 <= len(command.title.split()) <= 3, command.id
        assert not command.keys or any(not UNSURE.fullmatch(key) for key in command.keys), command.id
        assert all(normal_key(key) == key for key in command.keys), command.id


def test_keys_are_named_as_textual_names_them() -> None:
    from textual.binding import Binding

    signs = {key for command in COMMANDS for key in command.keys if len(key_label(key)) == 1}
    # Arrow keys are shown as arrows; nobody types the letters.
    for key in signs - {"left", "right", "up", "down"}:
        assert [made.key for made in Binding.make_bindings([Binding(key_label(key), "act")])] == [key]


def test_the_places_stand_on_their_digits() -> None:
    assert [(place.key, place.title) for place in TOP_PLACES] == [
        ("1", "Agenda"),
        ("2", "Contacts"),
        ("3", "Ledger"),
        ("4", "Needs"),
        ("5", "Reach"),
    ]
    assert [by_id(f"app.{place.id}").keys for place in TOP_PLACES] == [("1",), ("2",), ("3",), ("4",), ("5",)]


def test_each_place_has_the_keys_people_learn() -> None:
    places = {
        APP: "1 2 3 4 5 ctrl+p : ? a u U q",
        LIST: "↑ ↓ j k",
        "agenda": "d s t x m H L n r p c e w o F A g G i I y space * enter / f [ ] .",
        "focus": "d s t x n r p c e w o F g G i I y enter q → ←",
        "contacts": "/ enter space * d n r p c e A M O + < > F o g G i I y",
        "contact": "d e F g G i I y n r p c w o t s x D enter q",
        "ledger": "d s x y G T N g i I + n e w o F enter / .",
        "needs": "+ T W i G P x d e n o space * enter / .",
        "closing": "d x W n o space * enter . q",
        "reach": "/ i d N x v W n e o enter .",
    }
    for place, labels in places.items():
        own = {key_label(key) for command in COMMANDS if command.place == place for key in command.keys}
        assert own >= set(labels.split()), place


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
        "d done", "s snooze", "t no answer", "x leave out", "a capture", "f focus", "space mark", "/ filter",
        "u undo", "? help",
    ]  # fmt: skip


def test_every_footer_names_keys_of_its_place_once() -> None:
    for offer in OFFERS:
        shown = footer(offer.place)
        assert len(set(shown)) == len(shown) >= 1, offer.place
        assert set(shown) <= set(for_place(offer.place)), offer.place
        assert all(command.keys for command in shown), offer.place


def test_key_names_are_read_as_people_write_them() -> None:
    for typed, name in [
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
    ]:
        with case(typed, name):
            assert normal_key(typed) == name


def test_no_keymap_means_the_defaults() -> None:
    assert validate({}) == (DEFAULTS, ())
    # With an entry a clash is looked for everywhere.
    assert validate({"agenda.done": ",".join(DEFAULTS["agenda.done"])}) == (DEFAULTS, ())


def test_a_good_entry_moves_a_command() -> None:
    keys, problems = validate({"agenda.done": "K, ctrl+d"})
    assert problems == ()
    assert keys == DEFAULTS | {"agenda.done": ("K", "ctrl+d")}


def test_the_name_of_a_verb_moves_it_in_every_place() -> None:
    keys, problems = validate({"done": "K", "agenda.done": "ctrl+d", "up": "up,Z"})
    assert problems == ()
    assert keys["list.up"] == ("up", "Z")
    assert keys["agenda.done"] == ("ctrl+d",)
    assert {keys[one.id] for one in COMMANDS if one.verb == "done" and one.place != "agenda"} == {("K",)}


def test_two_commands_can_change_places() -> None:
    keys, problems = validate({"agenda.done": "s", "agenda.snooze": "d"})
    assert problems == ()
    assert (keys["agenda.done"], keys["agenda.snooze"]) == (("s",), ("d",))


def test_a_bad_entry_keeps_the_default_and_is_named() -> None:
    for entry, said in [
        ({"agenda.dnoe": "K"}, "“agenda.dnoe” is not a command"),
        ({"agenda.done": "dd"}, "agenda.done: “dd” is not a key I know; it keeps d"),
        ({"agenda.done": ""}, "agenda.done: a key is missing; it keeps d"),
        ({"agenda.done": "z,"}, "agenda.done: a key is missing; it keeps d"),
        ({"agenda.done": "2"}, "agenda.done: 2 is for the places; it keeps d"),
        ({"agenda.done": "escape"}, "agenda.done: esc always goes back; it keeps d"),
        ({"agenda.done": "enter"}, "agenda.done: enter always opens or agrees; it keeps d"),
        ({"agenda.done": "ctrl+c"}, "agenda.done: ctrl+c belongs to the terminal; it keeps d"),
        ({"agenda.done": "ctrl+i"}, "agenda.done: ctrl+i is tab in a terminal; it keeps d"),
        ({"agenda.done": "j"}, "agenda.done: j is taken by list.down; it keeps d"),
        ({"down": "s"}, "list.down: s is taken by agenda.snooze; it keeps ↓, j"),
        ({"agenda.done": "s"}, "agenda.done: s is taken by agenda.snooze; it keeps d"),
        ({"agenda.done": "u"}, "agenda.done: u is taken by app.undo; it keeps d"),
        ({"app.capture": "s"}, "app.capture: s is taken by agenda.snooze; it keeps a"),
        ({"app.redraw": "z"}, "app.redraw: z would act while a line is typed; give it a key with ctrl"),
    ]:
        with case(entry):
            keys, problems = validate(entry)
            assert keys == DEFAULTS
            assert len(problems) == 1
            assert problems[0].startswith(said)


def test_a_bad_entry_does_not_spoil_a_good_one() -> None:
    keys, problems = validate({"agenda.done": "s", "agenda.leave_out": "K"})
    assert keys == DEFAULTS | {"agenda.leave_out": ("K",)}
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
        st.lists(st.sampled_from([*"dsxtuUqz?/,", "ctrl+p", "ctrl+i", "nonsense", ""]), max_size=3).map(",".join),
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
        # A key named twice is one key.
        same = all(tuple(dict.fromkeys(keymap[one].split(","))) == DEFAULTS[one] for one in keymap if one in DEFAULTS)
        assert problems or same


@given(st.dictionaries(st.text(), st.text(), max_size=4))
def test_a_keymap_of_any_text_is_answered_in_clean_words(keymap: dict[str, str]) -> None:
    _, problems = validate(keymap)
    assert all(problem.isprintable() for problem in problems)


def test_the_table_names_every_verb_once() -> None:
    table = markdown_table()
    rows = {line.split("**")[1]: line for line in table.splitlines() if line.startswith("| **")}
    answers = (COLUMNS, FOCUS, FORM, IMPORT, NEWCOMERS, PAIRS, WELCOME)
    counted = len(ALL_VERBS) + len(TOP_PLACES) + sum(map(len, answers))
    assert sum(row.count(" · ") + 1 for row in rows.values()) == counted
    assert rows["Do"].startswith("| **Do** | `d` done · `s` snooze · ")
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows.values())
    assert all(verb.title in rows["Everywhere"] for verb in EVERYWHERE)


def test_the_table_shows_the_keys_of_a_keymap() -> None:
    keys, _ = validate({"done": "|", "agenda.leave_out": "`"})
    table = markdown_table(keys)
    assert "| **Do** | `\\|` done · " in table
    assert " · `` ` `` leave out · " in table


def test_reading_the_list_needs_the_standard_library_only() -> None:
    root = Path(__file__).parents[2]
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); before = set(sys.modules); import planner.commands.registry;"
        "print(*sorted(name for name in set(sys.modules) - before"
        " if name.split('.')[0] not in sys.stdlib_module_names))"
    )
    answer = subprocess.run([sys.executable, "-I", "-c", code, str(root)], capture_output=True, text=True, check=True)
    parts = ("", ".answers", ".command", ".places", ".registry", ".verbs")
    ours = ["planner", *(f"planner.commands{part}" for part in parts), "planner.core", "planner.core.records"]
    assert answer.stdout.split() == ours
