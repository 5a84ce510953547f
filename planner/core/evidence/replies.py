"""Whether they wrote after I asked or told them something, and what a person says their letter was. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from planner.core.records import record
from planner.errors import Refused


class Said(StrEnum):
    """What somebody's letter was to what waits for an answer of theirs; only a person says it."""

    HELPED = "helped"
    PASSED = "passed"
    """They told somebody else about it."""
    CANNOT = "cannot"
    UNRELATED = "unrelated"
    """It was not about this."""


@record(frozen=True, slots=True)
class Wrote:
    """A day on which they wrote to me; `after_mine` says that something of mine of the same day came before it."""

    on: date
    after_mine: bool = False


def replied_on(since: date | None, wrote: Iterable[Wrote], not_about_on: date | None = None) -> date | None:
    """The first day on which they wrote after I asked or told them on the day `since`; None where they did not.

    What they wrote up to `not_about_on` was not about it. On the day of my asking only what came after something of
    mine counts.
    """
    if since is None:
        return None
    days = (one.on for one in wrote if one.on > since or (one.on == since and one.after_mine))
    return min((on for on in days if not_about_on is None or on > not_about_on), default=None)


LETTERS = {"h": Said.HELPED, "p": Said.PASSED, "c": Said.CANNOT, "n": Said.UNRELATED}
"""The single key of each answer."""
WAYS = "h helped, p passed on and to whom, c cannot, n not about this"
"""The answers for a line that is typed."""
_WORDS = {
    "helped": Said.HELPED, "passed on to": Said.PASSED, "passed on": Said.PASSED, "passed": Said.PASSED,
    "cannot": Said.CANNOT, "not about this": Said.UNRELATED, "unrelated": Said.UNRELATED, **LETTERS,
}  # fmt: skip


def read_said(text: str) -> tuple[Said, str]:
    """(what it was, to whom it was passed on) of a typed answer: "h", "helped", "p Leo Roux"; raises Refused."""
    line = " ".join(text.split())
    for words, said in _WORDS.items():
        if line.casefold() == words or line.casefold().startswith(f"{words} "):
            return said, line[len(words) :].strip()
    raise Refused(f"“{line[:40]}” does not say what their letter was" if line else "Nothing was said", f"Say {WAYS}")
