"""The person through whom a contact is known. Inside a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.contact_fields import HEARD_OF
from planner.core.words.folding import fold
from planner.desk.shared.checks import present_name
from planner.desk.shared.whom import find_contact
from planner.errors import Refused
from planner.store.facts import acquaintances

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def through_whom(name: str, contact_id: int) -> int:
    """The contact through whom another one is known; refused if the name fits nobody or several."""
    known = find_contact(name)
    if known == contact_id:
        raise Refused(f"{present_name(contact_id)} is not known through themselves", "Name somebody else")
    return known


def know_through(writer: Writer, contact_id: int, whom: str) -> None:
    """Store through whom a contact is known: "" for nobody, “only heard of” for only a name."""
    if not whom:
        acquaintances.clear_through(writer, contact_id)
        return
    known = through_whom(whom, contact_id) if fold(whom) != HEARD_OF else None
    if known is not None and acquaintances.through_of([known]).get(known, (None, ""))[0] == contact_id:
        both = f"{present_name(known)} is known through {present_name(contact_id)}"
        raise Refused(both, "Take that away first: planner edit WHO --through ''")
    acquaintances.set_through(writer, contact_id, known)
