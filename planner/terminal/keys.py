"""Keys as a person pressed them, where a terminal cannot tell two of them apart."""

from __future__ import annotations

from collections.abc import Collection

from textual import events
from textual.message import Message


def as_typed(message: Message, bound: Collection[str] = ()) -> tuple[Message, ...]:
    """A letter with Alt as escape and then the letter; any other message as it is.

    A terminal sends the same bytes for both. Whoever leaves a line with escape and types on at once is so
    understood, and Alt writes nothing into a line. A key in `bound`, named as Textual names it ("alt+x"),
    stays one key: an app has given it to a command. Of those that lines know, `as_meant` tells where they arrive.
    """
    is_letter = isinstance(message, events.Key) and message.key.startswith("alt+") and message.is_printable
    if isinstance(message, events.Key) and message.key in IN_A_LINE:
        return (message,)
    if isinstance(message, events.Key) and is_letter and message.key not in bound:
        letter = message.character or ""
        name = letter if letter.isalnum() else message.key.removeprefix("alt+")
        return events.Key("escape", None), events.Key(name, letter)
    return (message,)


IN_A_LINE = {"alt+b": "ctrl+left", "alt+f": "ctrl+right", "alt+backspace": "ctrl+w"}
"""Keys that a Mac sends for option and an arrow, and what they do in a line: a word to the left, to the right, away."""


def as_meant(key: events.Key, in_a_text: bool, bound: Collection[str] = ()) -> tuple[events.Key, ...]:
    """What a key is where it arrives; `in_a_text`: a line has the focus, and something is typed in it.

    Where no word can be passed by, alt+b is escape and then b, as with any letter.
    """
    if key.key not in IN_A_LINE or key.key in bound:
        return (key,)
    if in_a_text:
        return (events.Key(IN_A_LINE[key.key], None),)
    name = key.key.removeprefix("alt+")
    return events.Key("escape", None), events.Key(name, key.character)
