"""Who knows whom in the sample network, and who is being introduced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.core.words.folding import fold
from planner.demo.people import INTRODUCTION, KNOWS
from planner.store import tables as t

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def bring_together(
    writer: Writer, ids: Mapping[str, int], since: Mapping[str, date], uid: Callable[[], str], on: Callable[[int], date]
) -> None:
    """Write whom people know, and the introduction under way.

    `ids` and `since` (when I met them) are by name; `on` gives the day so many days from today.
    """
    writer.insert_many(
        t.Acquaintance,
        [
            {
                "contact": ids[who],
                "other": ids.get(other),
                "name": other,
                "folded": fold(other),
                "about": fold(f"{other} {company} {topic}"),
                "relation": relation,
                "company": company,
                "topic": topic,
                "created_on": since[who],
            }
            for who, other, relation, company, topic in KNOWS
        ],
    )
    one, other, note, begun, agreed, later = INTRODUCTION
    writer.insert(
        t.Introduction,
        uid=uid(),
        one=ids[one],
        other=ids[other],
        note=note,
        created_on=on(begun),
        one_answer="yes",
        one_on=on(agreed),
        other_answer="later",
        other_on=on(later),
    )
