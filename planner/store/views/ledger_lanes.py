"""The lanes of the ledger in order, without reading the favors in them."""

from __future__ import annotations

from datetime import date

from planner.core.favors import LEDGER_KINDS
from planner.core.model import FavorDirection, ItemKind
from planner.store.connection import ask

_KINDS = ", ".join(f"'{kind}'" for kind in LEDGER_KINDS)
_FAVOR_ID = "CAST(substr(d.id, 2) AS INTEGER)"
_SEEN = "(d.hidden_until IS NULL OR d.hidden_until <= :today)"
ORDERED = f"""SELECT d.id, CASE d.kind
    WHEN '{ItemKind.REQUEST}' THEN 'asked_me' WHEN '{ItemKind.PROMISE}' THEN 'promised'
    WHEN '{ItemKind.ASK}' THEN 'i_asked' WHEN '{ItemKind.LOAN}' THEN
        (SELECT CASE f.direction WHEN '{FavorDirection.GIVEN}' THEN 'i_asked' ELSE 'promised' END
        FROM favor f WHERE f.id = {_FAVOR_ID}) ELSE 'to_close' END,
    d.due <= :today AND {_SEEN}, d.kind = '{ItemKind.PROMISE}' AND d.due < :today AND {_SEEN}
    FROM due_item d JOIN contact c ON c.id = d.contact_id
    WHERE d.kind IN ({_KINDS}) ORDER BY d.due, c.name, {_FAVOR_ID}"""
WORDS = f"""SELECT d.id, c.name, d.kind, d.asks, f.kind, f.note, f.way_out_note
    FROM due_item d JOIN contact c ON c.id = d.contact_id JOIN favor f ON f.id = {_FAVOR_ID}
    WHERE d.kind IN ({_KINDS})"""


def entries(today: date) -> list[tuple[str, str, bool, bool]]:
    """(id of the item, lane, whether it asks for something today, whether it is late) of all open favors.

    The first due come first, then by name. A snoozed item asks for nothing, and only a promise can be late.
    """
    rows = ask(ORDERED, {"today": today.isoformat()})
    return [(key, lane, bool(asks), bool(late)) for key, lane, asks, late in rows]


def words() -> list[tuple[str, str, str, str, str, str, str]]:
    """(id of the item, name, kind of item, its question, kind of help, note, what I offered) of all open favors."""
    return ask(WORDS)
