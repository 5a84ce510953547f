"""A number with a noun, in the singular for one."""

from __future__ import annotations

from functools import lru_cache


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 entry", "2,300 entries"; without `many` the plural is `one` with an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def what_happened(*counts: tuple[int, str]) -> str:
    """ "3 added, 1,200 unchanged" from (number, verb) pairs; "" where all numbers are 0."""
    return ", ".join(f"{count:,} {word}" for count, word in counts if count)


@lru_cache(1024)
def days_word(count: int) -> str:
    """ "1 day", "3 days"."""
    return counted(count, "day")


def people_word(count: int) -> str:
    """ "1 person", "3 people"."""
    return counted(count, "person", "people")
