"""The three-way rule for fields of one value: lines, the note, the name, a birthday. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from planner.core.matching.field_changes import is_name, is_worse_name
from planner.core.matching.recognition import are_same_name, name_words
from planner.core.records import record
from planner.core.words.folding import fold


@record(frozen=True, slots=True)
class MergedValue:
    """The result of merging one value: `held` is the value to hold from now on; `asked` means that a person has to
    choose.

    `wanted` is what the card should say, None where it already does or must not be told.
    """

    held: Any
    asked: bool = False
    wanted: Any = None


def merge_line(
    before: str, now: str, held: str, elsewhere: Collection[str] = (), *, typed: bool = False
) -> MergedValue:
    """Merge a one-line value; `typed` means that a person typed the held line, or removed it."""
    if now == before:
        return MergedValue(held, wanted=held if typed and held != now else None)
    if fold(held) == fold(before) or fold(held) == fold(now):
        # A value that another card of the person says stays when this card stops saying it.
        return MergedValue(held if not now and held in elsewhere else now)
    if not now:
        return MergedValue(held, wanted=held if typed else None)
    return MergedValue(held, asked=True) if typed else MergedValue(now)


def merge_note(
    before: str, now: str, held: str, elsewhere: Collection[str] = (), *, typed: bool = False
) -> MergedValue:
    """Merge a note; lines that other sources added to it stay."""
    before, now, mine = (_note(text) for text in (before, now, held))
    if now == before:
        return MergedValue(held, wanted=mine if typed and mine != now else None)
    if mine == now:
        return MergedValue(held)
    if mine == before:
        return MergedValue(held if not now and before in map(_note, elsewhere) else now)
    if not now and typed:
        return MergedValue(held, wanted=mine)
    if typed or (before and f"\n{before}\n" not in f"\n{mine}\n"):
        return MergedValue(held, asked=True)
    replaced = f"\n{mine}\n".replace(f"\n{before}\n", f"\n{now}\n", 1)[1:-1]
    parts = (replaced if before else f"{mine}\n\n{now}").split("\n\n")
    return MergedValue("\n\n".join(part for part in (one.strip("\n") for one in parts) if part))


def _note(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip()


def merge_name(before: str, now: str, held: str, *, typed: bool = False) -> MergedValue:
    """Merge a name: a new name on the card is taken over, unless it says less than the old one.

    A name that says less is asked about, and so is any new name where a person typed the name held here. A worse
    spelling of a typed name is ignored.
    """
    if now in (before, held) or not now:
        return MergedValue(held, wanted=held if typed and now == before and held != now else None)
    if held == before:
        return MergedValue(held, asked=True) if says_less(now, held) else MergedValue(now)
    if is_name(now) and not is_name(held) and not typed:
        return MergedValue(now)
    if not is_name(now) or is_worse_name(now, held) or are_same_name(now, held):
        return MergedValue(held, wanted=held if typed else None)
    return MergedValue(held, asked=True)


def says_less(new: str, old: str) -> bool:
    """Whether a new name is a part of the old one, a worse spelling, an address, or shares no word with it."""
    if not is_name(new):
        return is_name(old)
    if not is_name(old):
        return False
    if are_same_name(new, old):
        return is_worse_name(new, old)
    mine, theirs = set(name_words(old)), set(name_words(new))
    return theirs <= mine or not theirs & mine or new == new.casefold() != old


Day = list[Any]
"""Kind, month, day, and the year or None."""


def merge_day(before: Day | None, now: Day | None, held: Day | None, elsewhere: Collection[Any] = ()) -> MergedValue:
    """Merge a birthday; known losses of programs are asked about: the year, or a whole day without a year."""
    if _same(now, before):
        return MergedValue(held, wanted=None if _same(held, now) else held or [])
    if _same(held, now):
        return MergedValue(held)
    if now is not None and held is not None and now[1:3] == held[1:3]:
        if now[3] is None:
            asked = before is not None and before[3] is not None
            return MergedValue(held, asked=asked, wanted=None if asked else held)
        if held[3] is None:
            return MergedValue(now)
    if _same(held, before):
        if now is None and any(_same(held, one) for one in elsewhere):
            return MergedValue(held)
        is_lost = now is None and before is not None and before[3] is None
        return MergedValue(held, asked=True) if is_lost else MergedValue(now)
    if now is None:
        return MergedValue(held, wanted=held)
    return MergedValue(held, asked=True)


def _same(one: Day | None, other: Day | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(one[1:] == other[1:])
