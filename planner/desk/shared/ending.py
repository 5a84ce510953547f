"""Ending follow-ups and dropping plans, by the ids of their items. Inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.desk.shared.checks import listed
from planner.desk.shared.settling import DROPPED, Settlement, settle_planned
from planner.errors import Refused
from planner.store.facts import follow_ups

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def end_items(writer: Writer, item_ids: Sequence[str], today: date) -> str:
    """End follow-ups with all their repeats, and drop plans; return the sentence about it.

    Refused for any other item, and for one that is not open.
    """
    others = [item for item in item_ids if item[:1] not in ("f", "i")]
    if others:
        raise Refused(f"{others[0]} is no follow-up and no plan, and does not end", "“planner done” settles it")
    ended: list[str] = []
    dropped: list[str] = []
    plans: list[str] = []
    for item_id in dict.fromkeys(item_ids):
        key = int(item_id[1:])
        if item_id[0] == "i":
            plans.append(settle_planned(writer, key, DROPPED, Settlement(DROPPED), today))
            continue
        found = follow_ups.follow_up(key)
        if found is None or found.closed_on is not None:
            raise Refused(f"No open follow-up has the id {item_id}", "See “planner agenda”")
        follow_ups.update_follow_up(writer, key, closed_on=today)
        writer.touch(found.contact_id)
        (ended if found.repeat else dropped).append(found.text)
    said = [f"{word}: {listed(texts)}" for word, texts in (("Ended", ended), ("Dropped", dropped)) if texts]
    return "; ".join([*said, *plans])
