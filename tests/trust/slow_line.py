"""A slow line before a real SSH server: 64 kbit/s each way, a tenth of a second on the way; it tells what queued."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.trust.terminal import Terminal

BYTES_A_SECOND = 8_000
ON_THE_WAY = 0.1
"""Seconds that each byte takes from end to end."""
PIECE = 256
"""Bytes that arrive together."""


class Way:
    """One direction: pieces with the time at which each arrives. It takes whatever it is given, as routers do."""

    def __init__(self, into: socket.socket) -> None:
        self.into = into
        self.pieces: deque[tuple[float, bytes]] = deque()
        self.most = 0
        """The most bytes that were on it at a time since this was set to 0."""
        self._free_at = 0.0

    @property
    def left(self) -> int:
        """The bytes that are on it."""
        return sum(len(piece) for _, piece in self.pieces)

    def take(self, data: bytes) -> None:
        """Let bytes set off behind those that are on the way."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self._free_at = max(self._free_at, time.monotonic()) + len(piece) / BYTES_A_SECOND
            self.pieces.append((self._free_at + ON_THE_WAY, piece))
        self.most = max(self.most, self.left)

    def deliver(self) -> float:
        """Hand over what has arrived; gives the seconds until the next piece."""
        while self.pieces:
            left = self.pieces[0][0] - time.monotonic()
            if left > 0:
                return left
            self.into.sendall(self.pieces.popleft()[1])
        return ON_THE_WAY


@contextmanager
def slow_line(client: list[str]) -> Iterator[tuple[list[str], list[Way]]]:
    """The words that start the client over the line, and its ways to the terminal, one for each connection."""
    port = client.index("-p") + 1
    ways: list[Way] = []
    over = Event()

    def carry(near: socket.socket) -> None:
        server = "127.0.0.1", int(client[port])
        with near, socket.create_connection(server) as far, selectors.DefaultSelector() as ends:
            towards = {near: Way(far), far: Way(near)}
            ways.append(towards[far])
            for end in towards:
                ends.register(end, selectors.EVENT_READ)
            while not over.is_set():
                soon = min(way.deliver() for way in towards.values())
                for key, _ in ends.select(soon):
                    data = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                    if not data:
                        return
                    towards[key.fileobj].take(data)  # type: ignore[index]

    def accept() -> None:
        while not over.is_set():
            try:
                near, _ = listening.accept()
            except OSError:
                return
            Thread(target=carry, args=(near,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=accept, daemon=True).start()
        words = [*client]
        words[port] = str(listening.getsockname()[1])
        # What is compressed is not counted as frames.
        words[1:1] = ["-o", "Compression=no"]
        try:
            yield words, ways
        finally:
            over.set()


def hold(terminal: Terminal, key: str, times: int) -> None:
    """Press a key as often as a keyboard repeats one that is held, thirty times a second."""
    for _ in range(times):
        terminal.press(key)
        terminal.read(1 / 30)
