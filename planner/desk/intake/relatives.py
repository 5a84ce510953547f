"""Relatives whom a card names by the UID of another card, such as a spouse; they get the name they have here.

The other card may come later, in the same import or in another one: until then the first one waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from planner.core.book.said import AWAITED, RELATIONS, held_of
from planner.core.model import ImportedContact
from planner.store.book import cards
from planner.store.book.applying import apply_changes
from planner.store.facts import acquaintances, contacts

if TYPE_CHECKING:
    from planner.store.book.cards import StoredCard
    from planner.store.connection import Connection
    from planner.store.long_write import LongWrite
    from planner.store.row_writer import Writer

AddressForm = Callable[[str, str], str]


def names_of_related(people: Iterable[ImportedContact]) -> dict[str, str]:
    """The names of people to whom these refer by a key: the name they have here, else that in their record."""
    people = list(people)
    wanted = {key for one in people for _, key in one.related}
    if not wanted:
        return {}
    said = {key: one.name for one in people for key in one.keys if key in wanted}
    return said | cards.names_by_keys(wanted)


def with_relatives(record: ImportedContact, names: Mapping[str, str]) -> ImportedContact:
    """A record with the names of its known relatives; it awaits the others."""
    if not record.related:
        return record
    known = ((relation, names[key]) for relation, key in record.related if key in names)
    awaited = tuple(one for one in record.related if one[1] not in names)
    return replace(record, relations=tuple(dict.fromkeys((*record.relations, *known))), awaited=awaited)


def link_relatives(writer: Writer, people: Iterable[ImportedContact]) -> None:
    """Link acquaintances that came with a key to the contacts with that key."""
    for one in people:
        for _, key in one.related:
            contact, other = cards.owner(one.keys[0]) if one.keys else None, cards.owner(key)
            _link(writer, contact, other)


def _link(writer: Writer, contact: int | None, other: int | None) -> None:
    if contact is not None and other is not None and contact != other:
        for number in acquaintances.unlinked(contact, other):
            acquaintances.point_to(writer, number, other)


def meet_relatives(store: Connection, step: LongWrite, today: date, form: AddressForm) -> None:
    """Give cards that were read before the names of people whose own card has come since."""
    with store.read():
        waiting = cards.awaiting()
        names = cards.names_by_keys({key for card in waiting for _, key in card.said[AWAITED]}) if waiting else {}
    met = [card.id for card in waiting if any(key in names for _, key in card.said[AWAITED])]
    if met:
        step.write(partial(_meet, card_ids=met, names=names, today=today, form=form))


def _meet(writer: Writer, *, card_ids: Iterable[int], names: Mapping[str, str], today: date, form: AddressForm) -> None:
    for card in filter(None, map(cards.numbered, card_ids)):
        _name_relatives(writer, card, names, today, form)


def _name_relatives(writer: Writer, card: StoredCard, names: Mapping[str, str], today: date, form: AddressForm) -> None:
    said, contact = card.said, contacts.read_contacts([card.contact_id])[card.contact_id]
    met = [(relation, key) for relation, key in said.pop(AWAITED, ()) if key in names]
    left = [one for one in card.said.get(AWAITED, ()) if one[1] not in names]
    told = [[relation, names[key]] for relation, key in met]
    said |= {RELATIONS: [*said.get(RELATIONS, ()), *told]} | ({AWAITED: left} if left else {})
    cards.keep_said(writer, card, said)
    apply_changes(writer, contact, {RELATIONS: [*held_of(contact).get(RELATIONS, []), *told]}, today, form)
    for _, key in met:
        _link(writer, contact.id, cards.owner(key))
