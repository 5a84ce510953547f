"""Bindings of Textual, made from the registry of commands, so that keys, footer and help agree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual.binding import Binding, BindingType

from planner.commands.command import APP, LIST, Command
from planner.commands.keys import key_label
from planner.commands.registry import COMMANDS, by_id


def bindings_of(place: str) -> list[BindingType]:
    """The bindings of a place: one for each command with keys, named by the id of the command."""
    namespace = "app" if place == APP else "screen"
    return [
        _binding(command, f"{namespace}.verb('{command.id}')")
        for command in COMMANDS
        if command.place == place and command.keys
    ]


def moves(actions: Mapping[str, str]) -> list[BindingType]:
    """The bindings of the keys that move through a list; `actions` gives the widget's action by verb."""
    return [_binding(by_id(f"{LIST}.{verb}"), action) for verb, action in actions.items()]


def words_with_keys(words: str, place: str, keys: Mapping[str, tuple[str, ...]]) -> str:
    """Words in which {done} is the key of a verb of a place or of the app, and {contacts.filter} of another place.

    `keys` gives the keys of each command by its id. A verb without a key stays as written.
    """

    def label(verb: re.Match[str]) -> str:
        ids = (f"{place}.{verb[1]}", f"{APP}.{verb[1]}", verb[1])
        found = next((keys[one] for one in ids if keys.get(one)), ())
        return min(map(key_label, found), key=len, default=verb[0])

    return re.sub(r"\{([\w.]+)\}", label, words)


def _binding(command: Command, action: str) -> Binding:
    return Binding(",".join(command.keys), action, command.title, show=False, priority=command.always, id=command.id)
