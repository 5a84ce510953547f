"""Bindings of a place, made from the registry of commands, so that keys, footer and help agree."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from planner.commands.registry import APP, COMMANDS


def bindings_of(place: str) -> list[BindingType]:
    """The bindings of one place: each key runs the command of its id."""
    namespace = "app" if place == APP else "screen"
    return [
        Binding(
            ",".join(command.keys),
            f"{namespace}.verb('{command.id}')",
            command.title,
            show=False,
            priority=command.always,
            id=command.id,
        )
        for command in COMMANDS
        if command.place == place
    ]
