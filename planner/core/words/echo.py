"""Typed text, as it is repeated in a message."""

from __future__ import annotations

from typing import Final

_ECHO_LENGTH: Final = 60


def clean_echo(text: str) -> str:
    """Typed text, safe to repeat in a message: one line, no control characters, at most 60 characters long."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text[:400].split()))
    return shown if len(shown) <= _ECHO_LENGTH else shown[: _ECHO_LENGTH - 1] + "…"
