"""Keys as a person pressed them, for keys that a terminal cannot tell apart."""

from __future__ import annotations

from collections.abc import Collection

from textual import events
from textual.message import Message


def as_typed(message: Message, bound: Collection[str] = ()) -> tuple[Message, ...]:
    """A letter with Alt becomes escape and then the letter; any other message is unchanged.

    A terminal sends the same bytes for both. This way somebody who leaves a line with escape and types on at once is
    understood, and Alt writes nothing into a line. A key in `bound`, named as in Textual ("alt+x"), stays one key: an
    app uses it for a command. For keys with a meaning in lines, `as_meant` decides where they arrive.
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
"""Keys that a Mac sends for option and an arrow, with their action: a word to the left, to the right, delete a word."""


def as_meant(key: events.Key, in_a_text: bool, bound: Collection[str] = ()) -> tuple[events.Key, ...]:
    """The keys that a key stands for where it arrives; `in_a_text`: a line has the focus, and has some text.

    If there is no word to pass, alt+b is escape and then b, as for any letter.
    """
    if key.key not in IN_A_LINE or key.key in bound:
        return (key,)
    if in_a_text:
        return (events.Key(IN_A_LINE[key.key], None),)
    name = key.key.removeprefix("alt+")
    return events.Key("escape", None), events.Key(name, key.character)
