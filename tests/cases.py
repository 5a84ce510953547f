"""What tests of many inputs share: the input named in a failure, and time that a busy machine does not stretch."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 600.0
"""Seconds that one call may wait: only what hangs takes so long, however busy the machine is."""
LENGTHS_A_SECOND = 150
"""Yardsticks that a common machine with nothing else to do takes in a second."""
LONGEST = 300
"""Characters of an input that a message shows."""
_BLOCK = bytes(range(256)) * 2_000


class Patience:
    """The limit of a wait that looks again and again: two minutes, in which only what hangs does not come.

    From one look to the next a second counts at most, so that a machine that stood still takes nothing of it.
    """

    def __init__(self) -> None:
        self._left = 120.0
        self._looked = time.monotonic()

    @property
    def over(self) -> bool:
        """Whether the limit is reached; to be asked at each look."""
        now = time.monotonic()
        self._left -= min(now - self._looked, 1.0)
        self._looked = now
        return self._left <= 0


@contextmanager
def case(*what: object) -> Iterator[None]:
    """Name the input in the message of whatever fails in this block."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"with {', '.join(map(_shown, what))}")
        raise


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def yardstick() -> float:
    """Seconds of the processor for a fixed piece of work: more on a slow machine and beside other programs."""
    begun = time.process_time()
    for number in range(4):
        counts: dict[int, int] = {}
        for byte in _BLOCK[number * 100 : number * 100 + 34_000]:
            counts[byte] = counts.get(byte, 0) + 1
        _BLOCK.translate(None, b"abc").split(b"\0")
    return time.process_time() - begun


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when a block takes more seconds of the processor than a common machine with nothing else to do would take.

    They are counted in yardsticks, measured before and after, so that the promise is a ratio.
    """
    before = yardstick()
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    length = max(before, yardstick())
    assert took <= seconds * LENGTHS_A_SECOND * length, (
        f"{took:.2f} s of the processor, {took / length:.0f} yardsticks, are more than {seconds} s of a common machine"
    )
