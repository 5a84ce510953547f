"""Contacts for address books, and all data about one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from planner.core.model import Contact
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day
from planner.store.facts.contact_names import names_of
from planner.store.facts.contacts import read_contacts
from planner.store.facts.identity.import_candidates import CARD_PREFIX
from planner.store.snapshot import rows_of
from planner.store.sqlite import batches

Rows = Sequence[tuple[str, dict[str, Any]]]


def everyone() -> list[int]:
    """Every contact's id, by name."""
    return [row[0] for row in ask("SELECT id FROM contact ORDER BY folded, id")]


def address_book(contact_ids: Sequence[int]) -> Iterator[tuple[Contact, str, date | None]]:
    """(contact, UID of their card, last contact) in the order of the ids.

    The UID is that of the contact's original card, which other address books know; else the uid of the contact.
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
    (t.ContactTable, 'WHERE "id" = ?'),
    (t.IdentityTable, ""),
    (t.AddressTable, ""),
    (t.MembershipTable, ""),
    (t.ContactDateTable, ""),
    (t.AcquaintanceTable, 'WHERE "contact_id" = ? OR "other_id" = ?'),
    (t.InteractionTable, 'WHERE "id" IN (SELECT interaction_id FROM participation WHERE contact_id = ?)'),
    (
        t.ParticipationTable,
        'WHERE "interaction_id" IN (SELECT interaction_id FROM participation WHERE contact_id = ?)',
    ),
    (t.FollowUpTable, ""),
    (t.FollowUpDoneTable, 'WHERE "follow_up_id" IN (SELECT id FROM follow_up WHERE contact_id = ?)'),
    (t.FavorTable, ""),
    (t.NudgeTable, 'WHERE "favor_id" IN (SELECT id FROM favor WHERE contact_id = ?)'),
    (t.ToldTable, 'WHERE "contact_id" = ? OR "passed_to_id" = ? OR "heard_from_id" = ?'),
    (t.NeedForTable, ""),
    (t.IntroductionTable, 'WHERE "one_id" = ? OR "other_id" = ?'),
    (t.ThroughTable, 'WHERE "contact_id" = ? OR "known_id" = ?'),
    (t.NotTheseTable, 'WHERE "one_id" = ? OR "other_id" = ?'),
    (t.DoubtTable, 'WHERE "one_id" = ? OR "other_id" = ?'),
    (t.NewcomerTable, ""),
    (t.SnoozeTable, ""),
    (t.SkipTable, ""),
    (t.ChosenDayTable, ""),
    (t.EvidenceTable, ""),
    (t.EvidenceModeTable, ""),
    (t.KnownAsTable, ""),
    (t.CardTable, ""),
    (t.BookQuestionTable, ""),
    (t.FormerPositionTable, ""),
)
"""Each table with rows about people, and the condition for the rows of one person; by default the contact_id."""


def rows_about(contact_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row about a contact, as (table, row)."""
    for table, condition in PARENTS:
        where = condition or 'WHERE "contact_id" = ?'
        yield from rows_of(table, where, (contact_id,) * where.count("?"))


def named_in(rows: Rows) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """The names of the people, circles and needs that rows refer to, by id."""
    wanted: dict[str, set[int]] = {"contact": set(), "circle": set(), "need": set()}
    kinds = {"contact_id": "contact", "other_id": "contact", "one_id": "contact", "passed_to_id": "contact"}
    kinds |= {"known_id": "contact", "heard_from_id": "contact"}
    kinds |= {"circle_id": "circle", "need_id": "need"}
    for _, row in rows:
        for column, kind in kinds.items():
            if isinstance(row.get(column), int):
                wanted[kind].add(row[column])
    circles = dict(ask_about("SELECT id, name FROM circle WHERE id IN ({keys})", sorted(wanted["circle"])))
    needs = dict(ask_about("SELECT id, title FROM need WHERE id IN ({keys})", sorted(wanted["need"])))
    return names_of(wanted["contact"]), circles, needs
