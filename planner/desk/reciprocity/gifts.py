"""One concrete thing to give to somebody, from the data alone. Inside a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.model import Contact, Status

if TYPE_CHECKING:
    from planner.core.network.matchmaking import Pair


def gift_for(contact: Contact) -> tuple[str, Pair | None]:
    """(what to give in words, the introduction it means); ("", None) if the data has nothing.

    The gift is an introduction to a person who offers what the contact looks for, the best match first. People who were
    or are being introduced to the contact, or who were marked as no match, are left out.
    """
    if not contact.looking_for or contact.status is not Status.ACTIVE:
        return "", None
    # Late: most contacts look for nothing.
    from planner.store.facts import wishes

    found = wishes.matches_of(contact.id, most=1)
    if not found:
        return "", None
    return f"introduce {found[0].offers.name}, who offers {found[0].offers.text}", found[0]
