"""A keymap: the keys a person chose for verbs, checked so that no key silently drops another."""

from __future__ import annotations

from collections.abc import Mapping

from planner.commands.command import APP, LIST, Command
from planner.commands.keys import RESERVED_KEYS, key_label, normal_key
from planner.commands.registry import COMMANDS, PLACE_TITLES, by_id, for_place, known
from planner.commands.verbs import ALL_VERBS


def _shown(text: str) -> str:
    """Text of a configuration file, safe to repeat in a message."""
    one_line = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:60])
    return one_line + ("…" if len(text) > 60 else "")


def _entry_keys(command: Command, entry: str) -> tuple[tuple[str, ...], str]:
    """(the keys of one keymap entry, the reason why it is invalid, or "")."""
    keys: list[str] = []
    # A single comma is the key; between keys it separates.
    for typed in [entry] if entry.strip() == "," else entry.split(","):
        key = normal_key(typed)
        if key is None:
            named = _shown(typed.strip())
            return (), f"“{named}” is not a key I know" if named else "a key is missing"
        if key in RESERVED_KEYS and key not in command.keys:
            return (), f"{key_label(key)} {RESERVED_KEYS[key]}"
        if command.always and key.rpartition("+")[0] != "ctrl":
            return (), f"{key_label(key)} would act while a line is typed; give it a key with ctrl"
        if key not in keys:
            keys.append(key)
    return tuple(keys), ""


def validate(keymap: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """(the keys of every command under a keymap (name to keys, separated by commas), its problems).

    "done" names the verb in every place, "agenda.done" in one. An entry with an unknown name, an unknown or reserved
    key, or a key taken in the same place is ignored and reported; its command keeps the default keys.
    """
    keys = {command.id: command.keys for command in COMMANDS}
    problems: list[str] = []
    # A name for one place takes precedence over the name of the verb, whatever their order in the file.
    for name in sorted(keymap, key=known):
        meant = _meant(name)
        if not meant:
            problems.append(f"“{_shown(name)}” is not a command; “planner keys” lists them")
            continue
        found, problem = _entry_keys(meant[0], keymap[name])
        if problem:
            problems.append(f"{name}: {problem}; it keeps {_labels(meant[0].keys)}")
        else:
            keys.update({command.id: found for command in meant})
    # Restoring the default of one command can clash with the next; each round restores at least one.
    # The default keys have no clash; looking for one takes two milliseconds of a start.
    while keymap and (clash := _first_clash(keys)):
        back, other, key = clash
        keys[back] = by_id(back).keys
        problems.append(f"{back}: {key_label(key)} is taken by {other}; it keeps {_labels(keys[back])}")
    return keys, tuple(problems)


def accepted(keymap: Mapping[str, str]) -> dict[str, str]:
    """The entries of a keymap that are in force in at least one place."""
    keys, _ = validate(keymap)
    found = {}
    for name, entry in keymap.items():
        meant = _meant(name)
        wanted, problem = _entry_keys(meant[0], entry) if meant else ((), "no such command")
        if not problem and any(keys[command.id] == wanted for command in meant):
            found[name] = entry
    return found


def _meant(name: str) -> list[Command]:
    """The commands with a name: one command, or a verb in every place that has it under its own key."""
    if known(name):
        return [by_id(name)]
    verb = next((one for one in ALL_VERBS if one.id == name), None)
    return [command for command in COMMANDS if verb and (command.verb, command.keys) == (verb.id, verb.keys)]


def _first_clash(keys: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """The first two commands of a place that share a key, as (the changed one, the other, the key)."""
    moves = [command for command in COMMANDS if command.place == LIST]
    for place in PLACE_TITLES:
        owners: dict[str, str] = {}
        for command in (*for_place(place), *(moves if place not in (APP, LIST) else ())):
            for key in keys[command.id]:
                other = owners.setdefault(key, command.id)
                if other == command.id:
                    continue
                changed = command.id if keys[command.id] != command.keys else other
                return changed, other if changed == command.id else command.id, key
    return None


def _labels(keys: tuple[str, ...]) -> str:
    return ", ".join(key_label(key) for key in keys) or "no key"
