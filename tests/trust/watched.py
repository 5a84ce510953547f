"""Runs the planner and writes down the screens it makes, the keys it has taken, and when it asks for the network.

python watched.py FILE [WORD...]
"""

from __future__ import annotations

import sys

NETWORK = frozenset(
    {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
     "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request", "http.client.connect", "smtplib.connect",
     "webbrowser.open"}
)  # fmt: skip
"""Audit events of whoever wants to reach another machine."""


def watch(path: str) -> None:
    """Write a line to a file for each screen that is made, key that is taken and event of the network."""
    seen = open(path, "a", buffering=1, encoding="utf-8")  # noqa: SIM115 - as long as the program

    def heard(event: str, _: object) -> None:
        if event in NETWORK:
            seen.write(f"network {event}\n")

    sys.addaudithook(heard)
    from textual.screen import Screen

    make = Screen.__init__

    def made(self: Screen[object], *arguments: object, **named: object) -> None:
        make(self, *arguments, **named)  # type: ignore[arg-type]
        seen.write(f"screen {type(self).__name__}\n")

    Screen.__init__ = made  # type: ignore[method-assign]
    from textual.events import Event, Key

    from planner.ui.session.in_terminal import InTerminal

    give = InTerminal._give

    async def given(self: InTerminal, event: Event) -> None:
        # What nobody minds comes back once more, as forwarded.
        is_new = isinstance(event, Key) and not event.is_forwarded
        await give(self, event)
        if is_new:
            seen.write("key\n")

    InTerminal._give = given  # type: ignore[method-assign]


if __name__ == "__main__":
    watch(sys.argv[1])
    from planner.cli import main

    sys.exit(main(sys.argv[2:]))
