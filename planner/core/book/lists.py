"""The three-way rule for values of which a person may have several: addresses, circles, relations. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import field
from typing import Any

from planner.core.records import record

Key = Hashable
"""The normal form of a value: two spellings of one value share it."""


@record(frozen=True, slots=True)
class MergedList:
    """The result of merging a list: `held` are the values to hold from now on, in order.

    `contested` means that both sides replaced the same value by different ones: `held` is then what the planner had.
    `wanted` is what the card should say, None where it already does or must not be told.
    """

    held: list[Any] = field(default_factory=list)
    contested: bool = False
    wanted: list[Any] | None = None


def merge_list(
    before: Sequence[Any],
    now: Sequence[Any],
    held: Sequence[Any],
    key: Callable[[Any], Key],
    elsewhere: Collection[Any] = (),
    *,
    ordered: bool = True,
    sends_new: bool = True,
) -> MergedList:
    """Merge the values a card said before, those it says now, and those held here.

    A value added to or removed from the card is added or removed here; a value added or deleted here stays so, even
    while the card still says otherwise. Values that other cards of the person say (`elsewhere`) are neither removed
    with this card nor written to it. `ordered` values take the card's order while the order here is still the card's.
    With `sends_new`, values that were added here are written to the card.
    """
    old, new, mine = _by_key(before, key), _by_key(now, key), _by_key(held, key)
    others = {key(value) for value in elsewhere}
    came, gone = [one for one in new if one not in old], {one for one in old if one not in new}
    added = [one for one in mine if one not in old and one not in others]
    deleted = {one for one in old if one not in mine}
    contested = ordered and bool(gone & deleted) and bool(came) and bool(added) and set(came) != set(added)
    if contested and not set(came) <= mine.keys():
        return MergedList(list(held), contested=True)
    kept = [one for one in mine if one not in gone or one in others or one in new]
    fresh = [one for one in came if one not in mine]
    result = _placed(kept, came, list(old), list(new)) if ordered else [*kept, *fresh]
    values = [_value(one, old, new, mine) for one in result]
    wanted = _wanted(result, new, mine, old, set(added), ordered=ordered, sends_new=sends_new)
    return MergedList(values, wanted=None if wanted is None else [_value(one, old, new, mine) for one in wanted])


def _by_key(values: Sequence[Any], key: Callable[[Any], Key]) -> dict[Key, Any]:
    found: dict[Key, Any] = {}
    for value in values:
        found.setdefault(key(value), value)
    return found


def _placed(kept: list[Key], came: list[Key], old: list[Key], new: list[Key]) -> list[Key]:
    """The kept and the added values, in the card's order if only the card was reordered."""
    common = set(old) & set(new) & set(kept)
    ours = [one for one in kept if one in common]
    is_moved = [one for one in new if one in common] != [one for one in old if one in common] or new[:1] == came[:1]
    if is_moved and ours == [one for one in old if one in common]:
        wanted = set(kept) | set(came)
        return [*(one for one in new if one in wanted), *(one for one in kept if one not in new)]
    result = list(kept)
    for one in came:
        if one not in result:
            place = new.index(one)
            ahead = next((other for other in reversed(new[:place]) if other in result), None)
            result.insert(result.index(ahead) + 1 if ahead is not None else len(result), one)
    return result


def _value(one: Key, old: dict[Key, Any], new: dict[Key, Any], mine: dict[Key, Any]) -> Any:
    """The value to hold: ours, but the card's if both sides added it, and with the card's label if that changed."""
    if one not in mine:
        return new[one]
    if one in new and one not in old:
        return new[one]
    value = mine[one]
    if isinstance(value, list) and one in new and one in old:
        said, said_before = label_of(new[one]), label_of(old[one])
        if said and said != said_before and label_of(value) in (said_before, ""):
            return [value[0], new[one][1]]
    return value


def label_of(value: Any) -> str:
    """The label of a value in a form to compare: some programs write their own labels with `x-`, others without."""
    return str(value[1]).casefold().removeprefix("x-") if isinstance(value, list) else ""


def _wanted(
    result: list[Key],
    new: dict[Key, Any],
    mine: dict[Key, Any],
    old: dict[Key, Any],
    added: set[Key],
    *,
    ordered: bool,
    sends_new: bool,
) -> list[Key] | None:
    wanted = [one for one in result if one in new or (sends_new and one in added)]
    if set(wanted) != set(new):
        return wanted
    if not ordered:
        return None
    common = [one for one in mine if one in old and one in new]
    is_moved_here = common != [one for one in old if one in mine and one in new]
    return wanted if is_moved_here and wanted != list(new) else None
