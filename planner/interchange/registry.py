"""The formats that can be read: one for each module in the folder `formats`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from planner.errors import Refused
from planner.interchange import formats as folder
from planner.interchange.format import Format, Head


@cache
def formats() -> tuple[Format, ...]:
    """All formats, by rank: the first that recognizes a file reads it."""
    modules = (import_module(f"{folder.__name__}.{one.name}") for one in iter_modules(folder.__path__))
    found: list[Format] = [module.FORMAT for module in modules]
    return tuple(sorted(found, key=lambda one: (one.rank, one.name)))


def named(name: str) -> Format:
    """The format with a name. Raises `Refused` for an unknown one, listing the known ones."""
    for one in formats():
        if one.name == name:
            return one
    known = ", ".join(one.name for one in formats())
    raise Refused(f"{name} is not a format the planner reads", f"Formats: auto, {known}.")


def format_of(head: Head) -> Format | None:
    """The format of a file by its beginning; None if no format recognizes it."""
    return next((one for one in formats() if one.is_it(head)), None)


def markdown_table() -> str:
    """The formats as the README shows them."""
    rows = [f"| {one.title} | {one.files} | {one.brings} |" for one in formats()]
    return "\n".join(["| from | file | what comes along |", "|---|---|---|", *rows])
