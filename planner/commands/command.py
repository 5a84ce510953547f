"""Commands: a verb that a person runs with a key, and the place that has it."""

from __future__ import annotations

from typing import Final

from planner.core.records import record

APP: Final = "app"
"""The place of the commands that work everywhere."""
LIST: Final = "list"
"""The place of the keys that move through any list."""

GO, DO, MORE, SELECT, GIVE = "Go to", "Do", "Arrange", "List", "Help and thanks"
"""The groups of commands in the help."""


@record(frozen=True, slots=True)
class Verb:
    """One thing a person can do. It has the same key and meaning in every place that has it."""

    id: str
    title: str
    """One to three words, for the footer."""
    help: str
    """One kind sentence."""
    keys: tuple[str, ...]
    """Textual's names of keys; a verb without one is in the palette and in its places."""
    group: str
    cli: str = ""
    """The command line that does the same, without "planner"."""
    instead_of: str = ""
    """A command of the whole app whose key this verb takes over in its places."""
    sample: bool = False
    """Whether only the sample network has the verb."""
    always: bool = False
    """Whether the key also works in dialogs and while a line is typed."""


@record(frozen=True, slots=True)
class Command:
    """A verb in one place: with the key of the verb, and perhaps with words of the place."""

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
        """The name of this verb in this place in a keymap: "agenda.done"; "done" names the verb in every place."""
        return f"{self.place}.{self.verb}"


@record(frozen=True, slots=True)
class TopPlace:
    """A top-level place and the digit that opens it."""

    id: str
    title: str
    key: str
    cli: str = ""
    """The command that shows the same, if its name differs from the place's."""


@record(frozen=True, slots=True)
class Words:
    """The words of one place for a verb; an empty one means the verb's own word."""

    title: str = ""
    help: str = ""
    cli: str = ""


@record(frozen=True, slots=True)
class Offer:
    """The verbs of one place, with its words for them."""

    place: str
    title: str
    verbs: tuple[str, ...]
    """Ids of verbs, in the order of the help."""
    footer: tuple[str, ...]
    """The verbs the footer shows, the most useful first; cut from the end when narrow."""
    words: dict[str, Words]
    answers: tuple[Verb, ...] = ()
    """The answers to questions of the place; their keys may mean something else in other places."""
