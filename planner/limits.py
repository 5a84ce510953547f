"""Limits set by the environment: PLANNER_READ_ONLY forbids writing, PLANNER_KIOSK forbids reaching anything outside."""

from __future__ import annotations

import os
from collections.abc import Mapping

from planner.errors import ReadOnly, Refused

READ_ONLY = "PLANNER_READ_ONLY"
KIOSK = "PLANNER_KIOSK"
ORIGINAL_COMMAND = "SSH_ORIGINAL_COMMAND"
"""The command requested over SSH if the server starts another one, as set by sshd."""
_NO = frozenset({"", "0", "no", "off", "false"})


def is_read_only(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the planner only reads."""
    return _is_set(READ_ONLY, environment)


def is_kiosk(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the user may reach nothing outside the planner: no editor, no shell, no links, no other files."""
    return _is_set(KIOSK, environment)


def _is_set(name: str, environment: Mapping[str, str] | None) -> bool:
    return (os.environ if environment is None else environment).get(name, "").strip().lower() not in _NO


def refuse_in_kiosk(what: str) -> None:
    """Raise `Refused` in a kiosk; `what` begins the sentence."""
    if is_kiosk():
        raise Refused(f"{what} cannot be reached from here", "This planner is opened as a kiosk (PLANNER_KIOSK)")


def refuse_read_only() -> None:
    """Raise `ReadOnly` if nothing may be written."""
    if is_read_only():
        raise ReadOnly("This planner is opened to be read only: not saved", "Unset PLANNER_READ_ONLY to write")


def asked_over_ssh(environment: Mapping[str, str] | None = None) -> list[str]:
    """The words of a command given over SSH to a kiosk, none without one; no shell reads them.

    The name of the program may precede them. Raises `Refused` for an open quote, and for another database.
    """
    environment = os.environ if environment is None else environment
    asked = environment.get(ORIGINAL_COMMAND, "")
    if not asked or not is_kiosk(environment):
        return []
    import shlex  # hardly ever needed

    try:
        words = shlex.split(asked)
    except ValueError:
        raise Refused("A quote is not closed", "Close it, as in a shell") from None
    words = words[1:] if words[:1] == ["planner"] else words
    if any(word == "--db" or word.startswith("--db=") for word in words):
        raise Refused("Another database cannot be reached from here", "Leave out --db")
    return words
