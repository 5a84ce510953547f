"""Names of keys: Textual's names, the names for people, and the keys that no command may get."""

from __future__ import annotations

import string
from typing import Final

KEY_LABELS: Final = {
    "question_mark": "?", "slash": "/", "full_stop": ".", "colon": ":", "comma": ",", "semicolon": ";",
    "left_square_bracket": "[", "right_square_bracket": "]", "minus": "-", "underscore": "_", "plus": "+",
    "equals_sign": "=", "asterisk": "*", "number_sign": "#", "apostrophe": "'", "quotation_mark": '"',
    "exclamation_mark": "!", "at": "@", "dollar_sign": "$", "percent_sign": "%", "circumflex_accent": "^",
    "ampersand": "&", "left_parenthesis": "(", "right_parenthesis": ")", "less_than_sign": "<",
    "greater_than_sign": ">", "left_curly_bracket": "{", "right_curly_bracket": "}", "vertical_line": "|",
    "backslash": "\\", "tilde": "~", "grave_accent": "`", "escape": "esc", "left": "←", "right": "→",
    "up": "↑", "down": "↓",
}  # fmt: skip
"""The character for each key that has a name in Textual."""

_NAMES_BY_SIGN: Final = {label: name for name, label in KEY_LABELS.items() if len(label) == 1}
_ALIASES: Final = {"esc": "escape", "return": "enter", "solidus": "slash", "hyphen_minus": "minus"}
_NAVIGATION: Final = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab"})
_EDITING: Final = frozenset({"space", "backspace", "delete", "insert"})
_FUNCTION_KEYS: Final = frozenset(f"f{number}" for number in range(1, 25))
_PLAIN_KEYS: Final = (
    frozenset(string.ascii_letters + string.digits) | frozenset(KEY_LABELS) | _NAVIGATION | _EDITING
    | _FUNCTION_KEYS | {"enter"}
)  # fmt: skip
_CONTROL_KEYS: Final = (
    frozenset(string.ascii_lowercase + string.digits) | _FUNCTION_KEYS | _EDITING
    | (_NAVIGATION - {"shift+tab"}) | {"backslash", "right_square_bracket", "circumflex_accent", "underscore"}
)  # fmt: skip
_SHIFT_KEYS: Final = (_NAVIGATION - {"shift+tab"}) | _FUNCTION_KEYS | {"insert", "delete"}

RESERVED_KEYS: Final[dict[str, str]] = {
    **dict.fromkeys(string.digits, "is for the places"),
    **dict.fromkeys(_NAVIGATION, "moves through the list"),
    "escape": "always goes back",
    "enter": "always opens or agrees",
    "ctrl+c": "belongs to the terminal",
    # A terminal sends the same byte for both.
    "ctrl+h": "is backspace in a terminal",
    "ctrl+i": "is tab in a terminal",
    "ctrl+j": "is enter in a terminal",
    "ctrl+m": "is enter in a terminal",
    "ctrl+left_square_bracket": "is escape in a terminal",
}
"""Keys no command may get, and why."""


def key_label(key: str) -> str:
    """A key as people read it: "?" for "question_mark", "ctrl+p" unchanged."""
    modifier, plus, name = key.rpartition("+")
    return f"{modifier}{plus}{KEY_LABELS.get(name, name)}"


def normal_key(typed: str) -> str | None:
    """Textual's name of a typed key ("?", "Ctrl+P", "shift+a"), or None if it is no key."""
    name = typed.strip()
    *modifiers, last = name.split("+") if len(name) > 1 and not name.endswith("+") else [name]
    last = _NAMES_BY_SIGN.get(last, last if len(last) == 1 else last.lower())
    last = _ALIASES.get(last, last)
    modifiers = sorted(modifier.strip().lower() for modifier in modifiers)
    match modifiers:
        case []:
            return last if last in _PLAIN_KEYS else None
        case ["shift"] if len(last) == 1 and last in string.ascii_letters:
            return last.upper()
        case ["shift"]:
            return f"shift+{last}" if last in _SHIFT_KEYS else None
        case ["ctrl"]:
            last = last.lower()
            return f"ctrl+{last}" if last in _CONTROL_KEYS | {"left_square_bracket"} else None
        case ["alt"]:
            return f"alt+{last}" if last in _PLAIN_KEYS else None
        case ["ctrl", "shift"]:
            return f"ctrl+shift+{last}" if last in _SHIFT_KEYS else None
    return None
