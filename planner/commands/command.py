"""What a command is: a verb a person gives with a key, and the place where it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

APP: Final = "app"
"""The place of the commands that work everywhere."""
LIST: Final = "list"
"""The place of the keys that move through any list."""

GO, DO, MORE, SELECT, GIVE = "Go to", "Do", "Arrange", "List", "Help and thanks"
"""The groups in which help shows commands."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a person can do, said once: wherever it is offered it has this key and means this."""

    id: str
    title: str
    """One to three words, as the footer shows."""
    help: str
    """One kind sentence."""
    keys: tuple[str, ...]
    """Textual's names of keys; a verb without one stands in the palette and where it is offered."""
    group: str
    cli: str = ""
    """The same on the command line, without "planner"."""
    instead_of: str = ""
    """A command of the whole app whose key this verb takes over where it is offered."""
    sample: bool = False
    """Whether it means something in the sample network alone."""
    always: bool = False
    """Whether its key works in dialogs and while a line is typed, too."""


@dataclass(frozen=True, slots=True)
class Command:
    """A verb as one place offers it: the words may say what it means there, the key is the verb's."""

    place: str
    verb: str
    title: str
    help: str
    keys: tuple[str, ...]
    group: str
    cli: str = ""
    instead_of: str = ""
    sample: bool = False
    always: bool = False

    @property
    def id(self) -> str:
        """The name a keymap uses for this place alone: "agenda.done"; "done" names the verb everywhere."""
        return f"{self.place}.{self.verb}"


@dataclass(frozen=True, slots=True)
class TopPlace:
    """A top-level place and the digit that opens it."""

    id: str
    title: str
    key: str
    cli: str = ""
    """The same on the command line, where it has another name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a verb means in one place, where that says more than the verb's own words; "" keeps those."""

    title: str = ""
    help: str = ""
    cli: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What one place offers."""

    place: str
    title: str
    verbs: tuple[str, ...]
    """Ids of verbs, in the order help shows them."""
    footer: tuple[str, ...]
    """The verbs the footer shows, the most useful first; cut from the end when narrow."""
    words: dict[str, Words]
    answers: tuple[Verb, ...] = ()
    """Keys of a place that asks something: they are answers there, whatever they mean elsewhere."""
