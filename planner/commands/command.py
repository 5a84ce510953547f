"""What a command is: a verb a person gives with a key, and the place where it is offered."""

from __future__ import annotations

from typing import Final

from planner.core.records import record

APP: Final = "app"
"""The place of the commands that work everywhere."""
LIST: Final = "list"
"""The place of the keys that move through any list."""

GO, DO, MORE, SELECT, GIVE = "Go to", "Do", "Arrange", "List", "Help and thanks"
"""The groups in which help shows commands."""


@record(frozen=True, slots=True)
class Verb:
    """One thing a person can do. It has the same key and meaning in every place that offers it."""

    id: str
    title: str
    """One to three words, as the footer shows."""
    help: str
    """One kind sentence."""
    keys: tuple[str, ...]
    """Textual's names of keys; a verb without one stands in the palette and where it is offered."""
    group: str
    cli: str = ""
    """The command line that does the same, without "planner"."""
    instead_of: str = ""
    """A command of the whole app whose key this verb takes over where it is offered."""
    sample: bool = False
    """Whether the verb is offered in the sample network alone."""
    always: bool = False
    """Whether the key also works in dialogs and while a line is typed."""


@record(frozen=True, slots=True)
class Command:
    """A verb as one place offers it: with the key of the verb, and perhaps with words of the place."""

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
        """The name in a keymap for this verb in this place: "agenda.done"; "done" names the verb in every place."""
        return f"{self.place}.{self.verb}"


@record(frozen=True, slots=True)
class TopPlace:
    """A top-level place and the digit that opens it."""

    id: str
    title: str
    key: str
    cli: str = ""
    """The command that shows the same, where its name differs from the place's."""


@record(frozen=True, slots=True)
class Words:
    """The words of one place for a verb; where one is empty, the verb's own word stands."""

    title: str = ""
    help: str = ""
    cli: str = ""


@record(frozen=True, slots=True)
class Offer:
    """The verbs that one place offers, and how it words them."""

    place: str
    title: str
    verbs: tuple[str, ...]
    """Ids of verbs, in the order help shows them."""
    footer: tuple[str, ...]
    """The verbs the footer shows, the most useful first; cut from the end when narrow."""
    words: dict[str, Words]
    answers: tuple[Verb, ...] = ()
    """The answers to what the place asks; their keys may mean something else in other places."""
