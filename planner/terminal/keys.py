"""Keys as a person pressed them, where a terminal cannot tell two of them apart."""

from __future__ import annotations

from collections.abc import Collection

from textual import events
from textual.message import Message


def as_typed(message: Message, bound: Collection[str] = ()) -> tuple[Message, ...]:
    """Return a letter with Alt as escape and then the letter; any other message as it is.

    A terminal sends the same bytes for both. Whoever leaves a line with escape and types on at once is so
    understood, and Alt writes nothing into a line. A key in `bound`, named as Textual names it ("alt+x"),
    stays one key: an app has given it to a command.
    """
    is_letter = isinstance(message, events.Key) and message.key.startswith("alt+") and message.is_printable
    if isinstance(message, events.Key) and is_letter and message.key not in bound:
        return events.Key("escape", None), events.Key(message.key.removeprefix("alt+"), message.character)
    return (message,)
