"""Whether somebody wrote after I asked or told them something, and how a person classifies their letter. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from planner.core.records import record
from planner.errors import Refused


class Said(StrEnum):
    """How a person classifies a letter from somebody whose answer they wait for."""

    HELPED = "helped"
    PASSED = "passed"
    """They passed it on to somebody else."""
    CANNOT = "cannot"
    UNRELATED = "unrelated"
    """It was about something else."""


@record(frozen=True, slots=True)
class Wrote:
    """A day on which they wrote to me; `after_mine` says that I wrote something earlier that day."""

    on: date
    after_mine: bool = False


def replied_on(since: date | None, wrote: Iterable[Wrote], not_about_on: date | None = None) -> date | None:
    """The first day on which they wrote after I asked or told them on `since`; None if they did not.

    Letters up to `not_about_on` were about something else. On the day I asked, only a letter after one of mine counts.
    """
    if since is None:
        return None
    days = (one.on for one in wrote if one.on > since or (one.on == since and one.after_mine))
    return min((on for on in days if not_about_on is None or on > not_about_on), default=None)


LETTERS = {"h": Said.HELPED, "p": Said.PASSED, "c": Said.CANNOT, "n": Said.UNRELATED}
"""The key for each answer."""
WAYS = "h helped, p passed on and to whom, c cannot, n not about this"
"""The answers, for a typed line."""
_WORDS = {
    "helped": Said.HELPED, "passed on to": Said.PASSED, "passed on": Said.PASSED, "passed": Said.PASSED,
    "cannot": Said.CANNOT, "not about this": Said.UNRELATED, "unrelated": Said.UNRELATED, **LETTERS,
}  # fmt: skip


def read_said(text: str) -> tuple[Said, str]:
    """(the answer, the person it was passed on to) from a typed line: "h", "helped", "p Leo Roux"; raises Refused."""
    line = " ".join(text.split())
    for words, said in _WORDS.items():
        if line.casefold() == words or line.casefold().startswith(f"{words} "):
            return said, line[len(words) :].strip()
    raise Refused(f"“{line[:40]}” does not say what their letter was" if line else "Nothing was said", f"Say {WAYS}")
