"""Backups in words: their names, the effect of a restore, the result of a check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.core.words.counts import counted, people_word

if TYPE_CHECKING:
    from planner.store.copies.comparing import TableDifference

REASONS = {
    "daily": "made daily",
    "by-hand": "made by hand",
    "before-migration": "before the planner was brought up to date",
    "before-restore": "before a restore",
}
"""The reason of a backup in words, by the word in its name."""


def reason_words(reason: str) -> str:
    """The reason of a backup in words."""
    return REASONS.get(reason, reason.replace("-", " "))


def difference_words(differences: Iterable[TableDifference]) -> tuple[str, ...]:
    """Lines about what a restore would change; one line if that is nothing."""
    lines = []
    for one in differences:
        parts = [
            f"{verb} {_count(one.name, count)}{_names(names, count)}"
            for verb, count, names in (
                ("bring back", one.back, one.back_names),
                ("take away", one.gone, one.gone_names),
                ("change", one.changed, one.changed_names),
            )
            if count
        ]
        if parts:
            lines.append(", ".join(parts))
    return tuple(lines) or ("change nothing: it holds what the planner holds",)


def _count(name: str, count: int) -> str:
    if name == "contact":
        return people_word(count)
    return counted(count, "other thing") if not name else counted(count, name)


def _names(names: Sequence[str], count: int) -> str:
    more = ", …" if count > len(names) else ""
    return f" ({', '.join(names)}{more})" if names else ""
