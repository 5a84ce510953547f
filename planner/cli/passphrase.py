"""Asking for a passphrase: by the command in the configuration, or at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from planner.cli.output import one_line
from planner.errors import Refused

MOST_PRINTED = 1 << 16
"""The most bytes that a command may print."""


def passphrase_for(path: Path, command: str) -> str | None:
    """The passphrase of a file, None if there is neither a command nor a terminal."""
    return from_command(command) if command else from_terminal(f"Passphrase of {path}: ")


def new_passphrase(command: str) -> str:
    """The passphrase to encrypt with: the output of the command, else typed twice the same. Raises `Refused`."""
    if command:
        return from_command(command)
    given = from_terminal("New passphrase: ")
    if given is None:
        raise Refused(
            "Nobody can be asked for a passphrase",
            "Set passphrase_command in the configuration, such as “pass show planner”, or ask in a terminal",
        )
    if from_terminal("The same again: ") != given:
        raise Refused("These are two passphrases: nothing was changed", "Type the same one twice")
    return given


def from_command(command: str) -> str:
    """The first line that a command prints, started without a shell; raises `Refused` if it prints none."""
    # Loaded only for an encrypted planner.
    import shlex
    import subprocess

    words = shlex.split(command)
    try:
        with subprocess.Popen(words, stdout=subprocess.PIPE) as ran:
            assert ran.stdout is not None
            printed = ran.stdout.read(MOST_PRINTED)
            if len(printed) == MOST_PRINTED:
                ran.kill()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it cannot be started"
        raise Refused(f"passphrase_command failed: {words[0]}: {why.lower()}", "Mend it in the configuration") from None
    if len(printed) == MOST_PRINTED:
        raise Refused(f"passphrase_command failed: {words[0]} prints without end", "Try it in a shell")
    if ran.returncode:
        raise Refused(f"passphrase_command failed: {words[0]} ended with {ran.returncode}", "Try it in a shell")
    try:
        given = printed.partition(b"\n")[0].rstrip(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"passphrase_command failed: {words[0]} printed what is not UTF-8", "Try it in a shell") from None
    if not given:
        raise Refused(f"passphrase_command failed: {words[0]} printed nothing", "Try it in a shell")
    return given


def from_terminal(question: str) -> str | None:
    """The text typed without echo; None without a terminal, or if nothing was typed."""
    if not all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return None
    # Loaded only for an encrypted planner.
    from getpass import getpass

    with _seen_again():
        try:
            return getpass(one_line(question)) or None
        except EOFError:
            return None


@contextmanager
def _seen_again() -> Iterator[None]:
    """A block in which a signal that ends the program first turns the terminal's echo on again."""
    import signal

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, leave) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
