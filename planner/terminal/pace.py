"""How much may be on its way to a terminal, so that a key that was held leaves nothing to wait for once it is let go.

Neither the kernel nor SSH tells how much of what was written has arrived: a server takes megabytes, and a slow line
carries 8 kB of them in a second. So the terminal itself is asked behind a frame (DSR, ECMA-48), and its answer says
that it has read so far. Meanwhile frames are drawn into the grid of cells alone, and the latest one is sent. A
terminal that never answered is given every frame.
"""

from __future__ import annotations

QUESTION, ANSWER = "\x1b[5n", "\x1b[0n"
ENOUGH = 1024
"""Characters behind which the terminal is asked, and that may follow the question before its answer: with the frames
that go beyond, some 4 kB are on their way, which a line of 64 kbit/s carries in half a second."""
LONGEST = 3.0
"""Seconds after which an answer counts as lost."""


class Pace:
    """What was sent since the terminal was asked last, and whether it has answered; times are of a steady clock."""

    def __init__(self) -> None:
        self.longest = LONGEST
        self.answers = False
        """Whether the terminal is one that answers."""
        self.asked_at: float | None = None
        """Since when an answer is awaited."""
        self._since = 0

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is on its way, of a terminal that answers."""
        return self.answers and self.asked_at is not None

    def is_full(self, now: float) -> bool:
        """Whether a frame is to wait."""
        if self.asked_at is not None and now - self.asked_at >= self.longest:
            self.answers, self.asked_at = False, None
        return self.is_awaited and self._since >= ENOUGH

    def asks(self, sent: int, now: float) -> bool:
        """Note how many characters are sent, and say whether the question is to follow them."""
        self._since += sent
        if self.asked_at is not None or self._since < ENOUGH:
            return False
        self.asked_at, self._since = now, 0
        return True

    def answered(self) -> None:
        """Note an answer; called from the input thread."""
        self.answers, self.asked_at = True, None
