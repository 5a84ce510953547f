"""People whom a card names by the UID of another card, such as a spouse, under the name they have here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core.model import ImportedContact
from planner.store.book import cards
from planner.store.facts import acquaintances

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def names_of_related(people: Iterable[ImportedContact]) -> dict[str, str]:
    """The name of everybody whom these people name by a key: as they are called here, else as their record says."""
    people = list(people)
    wanted = {key for one in people for _, key in one.related}
    if not wanted:
        return {}
    said = {key: one.name for one in people for key in one.keys if key in wanted}
    return said | cards.names_by_keys(wanted)


def with_relatives(record: ImportedContact, names: Mapping[str, str]) -> ImportedContact:
    """A record that names its relatives, as far as they are known."""
    known = ((relation, names[key]) for relation, key in record.related if key in names)
    return replace(record, relations=tuple(dict.fromkeys((*record.relations, *known)))) if record.related else record


def link_relatives(writer: Writer, people: Iterable[ImportedContact]) -> None:
    """Let acquaintances that came by a key be the contacts of that key."""
    for one in people:
        for _, key in one.related:
            contact, other = cards.owner(one.keys[0]) if one.keys else None, cards.owner(key)
            if contact is not None and other is not None and contact != other:
                for number in acquaintances.unlinked(contact, other):
                    acquaintances.point_to(writer, number, other)
