"""Contacts as address books are given them, and everything held about one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from planner.core.model import Contact
from planner.store import tables as t
from planner.store.connection import ask, ask_about, batches, day
from planner.store.facts.contacts import names_of, read_contacts
from planner.store.facts.import_candidates import CARD_PREFIX
from planner.store.snapshot import rows_of
from planner.store.table_shapes import shape_of

Rows = Sequence[tuple[str, dict[str, Any]]]


def everyone() -> list[int]:
    """Every contact's id, by name."""
    return [row[0] for row in ask("SELECT id FROM contact ORDER BY folded, id")]


def address_book(contact_ids: Sequence[int]) -> Iterator[tuple[Contact, str, date | None]]:
    """(contact, UID of their card, last contact) in the order of the ids.

    The UID is the one the card came with, where it came with one: other address books know it by that.
    """
    for ids in batches(contact_ids):
        contacts = read_contacts(ids)
        cards: dict[int, str] = {}
        keys = ask_about("SELECT contact_id, key FROM identity WHERE contact_id IN ({keys}) ORDER BY key DESC", ids)
        for contact_id, key in keys:
            if key.startswith(CARD_PREFIX):
                cards[contact_id] = key.removeprefix(CARD_PREFIX)
        last = dict(ask_about("SELECT contact_id, last_contact FROM contact_summary WHERE contact_id IN ({keys})", ids))
        for contact_id in ids:
            contact = contacts.get(contact_id)
            if contact is None:  # erased since the ids were found
                continue
            yield contact, cards.get(contact_id, contact.uid), day(last.get(contact_id))


# Everything about one person

PARENTS = (
    (t.Contact, 'WHERE "id" = ?'),
    (t.Identity, ""),
    (t.Address, ""),
    (t.Membership, ""),
    (t.ContactDate, ""),
    (t.Acquaintance, 'WHERE "contact_id" = ? OR "other_id" = ?'),
    (t.Interaction, 'WHERE "id" IN (SELECT interaction_id FROM participation WHERE contact_id = ?)'),
    (
        t.Participation,
        'WHERE "interaction_id" IN (SELECT interaction_id FROM participation WHERE contact_id = ?)',
    ),
    (t.FollowUp, ""),
    (t.FollowUpDone, 'WHERE "follow_up_id" IN (SELECT id FROM follow_up WHERE contact_id = ?)'),
    (t.Favor, ""),
    (t.Nudge, 'WHERE "favor_id" IN (SELECT id FROM favor WHERE contact_id = ?)'),
    (t.Told, 'WHERE "contact_id" = ? OR "passed_to_id" = ?'),
    (t.Introduction, 'WHERE "one_id" = ? OR "other_id" = ?'),
    (t.NotThese, 'WHERE "one_id" = ? OR "other_id" = ?'),
    (t.Doubt, 'WHERE "one_id" = ? OR "other_id" = ?'),
    (t.Newcomer, ""),
    (t.Snooze, ""),
    (t.Skip, ""),
    (t.ChosenDay, ""),
)
"""Each table that speaks of people, and which of its rows speak of one; by its column of contacts, if not said."""


def rows_about(contact_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that speaks of a contact, as (table, row)."""
    for table, condition in PARENTS:
        where = condition or 'WHERE "contact_id" = ?'
        yield from rows_of(table, where, (contact_id,) * where.count("?"))


def named_in(rows: Rows) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Names of the people, of the circles and of the needs these rows point at, by id."""
    wanted: dict[str, set[int]] = {"contact": set(), "circle": set(), "need": set()}
    kinds = {"contact_id": "contact", "other_id": "contact", "one_id": "contact", "passed_to_id": "contact"}
    kinds |= {"circle_id": "circle", "need_id": "need"}
    for _, row in rows:
        for column, kind in kinds.items():
            if isinstance(row.get(column), int):
                wanted[kind].add(row[column])
    circles = dict(ask_about("SELECT id, name FROM circle WHERE id IN ({keys})", sorted(wanted["circle"])))
    needs = dict(ask_about("SELECT id, title FROM need WHERE id IN ({keys})", sorted(wanted["need"])))
    return names_of(wanted["contact"]), circles, needs


def tables_about_people() -> frozenset[str]:
    """The tables whose rows point at a contact, directly or through a fact of theirs."""
    return frozenset(shape_of(table).name for table, _ in PARENTS)


__all__ = ["address_book", "everyone", "named_in", "rows_about", "tables_about_people"]
