"""What one command is, and where it can stand; the list of them is in `planner.commands.registry`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """A top-level place and the digit that opens it."""

    id: str
    title: str
    key: str
    cli: str = ""
    """The same on the command line, where it has another name."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do in one place."""

    id: str
    """"place.verb", the name a keymap uses."""
    title: str
    """One or two words, as the footer shows."""
    help: str
    """One kind sentence."""
    keys: tuple[str, ...]
    place: str
    group: str
    footer: int | None = None
    """Rank in the footer, smallest first; None stands only in help and palette."""
    cli: str = ""
    """The same on the command line, without "planner"."""
    instead_of: str = ""
    """A command of the whole app whose key this one takes over in its place."""
    sample: bool = False
    """Whether it means something in the sample network alone."""
    always: bool = False
    """Whether its key works in dialogs and while a line is typed, too."""


APP: Final = "app"
GO, DO, MORE, LIST, GIVE = "Go to", "Do", "Arrange", "List", "Help and thanks"
