"""Opening the full screen: the only place where the command line uses it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from planner.cli.session import Session
from planner.cli.start_code import StartCode
from planner.errors import Refused

_TEXT_COMMANDS = "“planner triage” goes through the day line by line; “planner agenda” and “planner help”"


def open_screen(session: Session, *, demo: bool, start_code: StartCode | None = None) -> int:
    """Open the full screen and return its exit code; refused if no terminal can show it.

    `start_code` is the file of compiled modules, if it is in use already.
    """
    if not _is_terminal(0) or not _is_terminal(1):
        raise Refused("The full screen needs a terminal for both input and output", f"As text: {_TEXT_COMMANDS}")
    term = os.environ.get("TERM", "")
    if term == "dumb":
        raise Refused("This terminal (TERM=dumb) cannot show the full screen", f"As text: {_TEXT_COMMANDS}")
    if not term and sys.platform != "win32":
        raise Refused("TERM does not name this terminal, such as TERM=xterm", f"As text: {_TEXT_COMMANDS}")
    if not demo:
        session.unlock()
    today = session.today if session.today_text is not None else None
    if start_code is None:
        start_code = StartCode()
        start_code.use()
    with _without_network():
        # Loaded late: a refusal needs no screen, and the screen takes longer to load than a text command runs.
        from planner.ui.session.full_screen import run

    return run(session.paths, session.config, today=today, demo=demo, painted=start_code.end)


@contextmanager
def _without_network() -> Iterator[None]:
    """A block in which modules are loaded without OpenSSL, as asyncio allows on a Python without it.

    The planner opens no connection, and OpenSSL takes 6 of the 180 ms that loading the screen takes.
    """
    is_loaded = "ssl" in sys.modules
    if not is_loaded:
        sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules["ssl"]


def open_at_once(start_code: StartCode) -> int:
    """Open the full screen according to the environment, without reading a command line; return its exit code."""
    session = Session(None, os.environ.get("PLANNER_TODAY") or None)
    session.ask_for_passphrases()
    try:
        return open_screen(session, demo=False, start_code=start_code)
    finally:
        session.close()


def _is_terminal(descriptor: int) -> bool:
    stream = sys.stdin if descriptor == 0 else sys.stdout
    return stream is not None and not stream.closed and stream.isatty()
