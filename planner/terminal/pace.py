"""Limits what is on its way to a terminal, so that nothing is left to wait for when a held key is released.

Neither the kernel nor SSH tells how much of the written text has arrived: a server takes megabytes, and a slow line
carries 8 kB of them in a second. So a question to the terminal itself follows a frame (DSR, ECMA-48), and its answer
proves that it has read so far. Meanwhile frames are only drawn into the grid of cells, and the latest one is sent. A
terminal that never answers gets every frame.
"""

from __future__ import annotations

QUESTION, ANSWER = "\x1b[5n", "\x1b[0n"
ENOUGH = 1024
"""Characters after which the terminal is asked, and that may follow the question before its answer: including the
frames that exceed it, some 4 kB are on their way, which a line of 64 kbit/s carries in half a second.
"""
LONGEST = 3.0
"""Seconds after which an answer counts as lost."""


class Pace:
    """The amount sent since the terminal was last asked, and whether it answered; times are of a monotonic clock."""

    def __init__(self) -> None:
        self.longest = LONGEST
        self.answers = False
        """Whether the terminal is one that answers."""
        self.is_silent = False
        """Whether an answer was lost, and none came since."""
        self.asked_at: float | None = None
        """The time since which an answer is awaited."""
        self._since = 0

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is awaited from a terminal that answers."""
        return self.answers and self.asked_at is not None

    def is_full(self, now: float) -> bool:
        """Whether a frame must wait."""
        if self.asked_at is not None and now - self.asked_at >= self.longest:
            self.answers, self.asked_at, self.is_silent = False, None, True
        return self.is_awaited and self._since >= ENOUGH

    def asks(self, sent: int, now: float) -> bool:
        """Count the sent characters, and return whether the question is to follow them."""
        self._since += sent
        if self.asked_at is not None or self._since < ENOUGH:
            return False
        self.asked_at, self._since = now, 0
        return True

    def asks_at_last(self, now: float) -> bool:
        """Whether the question is to be sent before the terminal is given back: nothing has been asked so far.

        Its answer follows those to what a terminal is asked about its modes at the start.
        """
        if self.answers or self.is_silent or self.asked_at is not None:
            return False
        self.asked_at = now
        return True

    def may_be_answered(self, now: float) -> bool:
        """Whether an answer may still come, from a terminal that is not known to be silent."""
        return not self.is_silent and self.asked_at is not None and now - self.asked_at < self.longest

    def answered(self) -> None:
        """Note an answer; called from the input thread."""
        self.answers, self.asked_at, self.is_silent = True, None, False
