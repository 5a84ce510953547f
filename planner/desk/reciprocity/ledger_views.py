"""Views of the ledger: four lanes of open favors, with all rows or with the rows that are needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta

from planner.core import favors
from planner.core.favors import LANES, LEDGER_KINDS, Balance, balances, lane, sorted_balances
from planner.core.model import Favor, ItemKind, OpenItem
from planner.core.rhythm.agenda import WEEK
from planner.core.rhythm.due import item_state
from planner.core.rhythm.urgency import days_past
from planner.core.words.folding import fold
from planner.core.words.wording import word_of_kind
from planner.desk.shared.context import Context
from planner.desk.values import Lane, Lanes, Ledger, LedgerRow
from planner.store.facts import favors as facts
from planner.store.views import ledger_lanes, open_items


def ledger(context: Context, contact_id: int | None) -> Ledger:
    """The ledger of everybody, or the open favors with one contact."""
    with context.store.read():
        if contact_id is None:
            # Of tens of thousands of favors few are open: the others are only counted.
            known = {item.id: item for item in open_items.items_of_kinds(LEDGER_KINDS)}
            found = facts.favors_with_ids({int(key[1:]) for key in known})
            counted = sorted_balances(Balance(*row) for row in facts.counts_by_contact())
        else:
            found = facts.favors_with(contact_id)
            keys = [f"v{one.id}" for one in found if lane(one) is not None]
            keys += [f"l{one.id}" for one in found if favors.is_out(one)]
            known, counted = open_items.items_with_ids(keys), balances(found)
        closed = open_items.needs_to_close() if contact_id is None else []
        helped = _helped(context, contact_id)
        begun = bool(found) or facts.is_any()
    standing: dict[str, list[LedgerRow]] = {name: [] for name in LANES}
    for where, row in _rows(context, found, known):
        standing[where].append(row)
    for rows_of_lane in standing.values():
        rows_of_lane.sort(key=lambda row: (row.item.due, row.favor.contact_name, row.favor.id))
    return Ledger({name: tuple(found) for name, found in standing.items()}, counted, helped, tuple(closed), begun)


def lanes(context: Context) -> Lanes:
    """The lanes of everybody, without their rows."""
    with context.store.read():
        entries = ledger_lanes.entries(context.today)
        closed = open_items.needs_to_close()
        helped, begun = _helped(context, None), bool(entries) or facts.is_any()
    found = {}
    for name in LANES:
        mine = [entry for entry in entries if entry[1] == name]
        keys = tuple(key for key, *_ in mine)
        found[name] = Lane(keys, sum(asks for *_, asks, _ in mine), sum(late for *_, late in mine))
    return Lanes(found, helped, tuple(closed), begun)


def rows(context: Context, item_ids: Collection[str]) -> dict[str, LedgerRow]:
    """The rows of some open favors."""
    with context.store.read():
        known = open_items.items_with_ids(item_ids)
        found = facts.favors_with_ids({int(key[1:]) for key in known})
    return {row.item.id: row for _, row in _rows(context, found, known)}


def holding(context: Context, words: Collection[str]) -> frozenset[str]:
    """The items of open favors that contain some folded words."""
    with context.store.read():
        texts = ledger_lanes.words()
    folded = (
        (key, fold(" ".join((name, word_of_kind(ItemKind(kind), asks), *others))))
        for key, name, kind, asks, *others in texts
    )
    return frozenset(key for key, text in folded if all(word in text for word in words))


def _helped(context: Context, contact_id: int | None) -> int:
    week_ago = context.today - timedelta(days=WEEK)
    return facts.helped_between(week_ago + timedelta(days=1), context.today, contact_id)


def _rows(context: Context, found: Iterable[Favor], known: Mapping[str, OpenItem]) -> Iterator[tuple[str, LedgerRow]]:
    """(lane, row) of the open items of favors, with the same snoozes, chosen days and silence as on the agenda."""
    for favor in found:
        for key, where in ((f"v{favor.id}", lane(favor)), (f"l{favor.id}", favors.loan_lane(favor))):
            item = known.get(key)
            if item is not None and where is not None:
                state = item_state(item, context.settings, context.today)
                yield where, LedgerRow(favor, item, days_past(item, context.today), state)
