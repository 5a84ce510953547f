"""Bindings of a place, made from the registry of commands, so that keys, footer and help agree."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from planner.commands.command import APP, LIST, Command
from planner.commands.registry import COMMANDS, by_id


def bindings_of(place: str) -> list[BindingType]:
    """The bindings of one place: each key runs the command of its id."""
    namespace = "app" if place == APP else "screen"
    return [
        _binding(command, f"{namespace}.verb('{command.id}')")
        for command in COMMANDS
        if command.place == place and command.keys
    ]


def moves(actions: Mapping[str, str]) -> list[BindingType]:
    """The keys that move through a list, bound to what they do in one widget, by the ids of the verbs."""
    return [_binding(by_id(f"{LIST}.{verb}"), action) for verb, action in actions.items()]


def _binding(command: Command, action: str) -> Binding:
    return Binding(",".join(command.keys), action, command.title, show=False, priority=command.always, id=command.id)
