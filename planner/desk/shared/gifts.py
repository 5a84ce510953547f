"""One concrete thing to give to somebody, from the data alone. Inside a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.model import Contact, Status

if TYPE_CHECKING:
    from planner.core.network.matchmaking import Pair


def gift_for(contact: Contact) -> tuple[str, Pair | None]:
    """(what to give in words, whom to introduce them to); ("", None) when the data holds nothing.

    The person offers what the contact looks for, the most shared words first: nobody they were introduced to, are
    being introduced to, or are said not to match.
    """
    if not contact.looking_for or contact.status is not Status.ACTIVE:
        return "", None
    # Late: most contacts look for nothing.
    from planner.core.network.matchmaking import Pair, Side
    from planner.core.network.topics import shared_topics, topic_words
    from planner.store.facts import introductions
    from planner.store.views import contact_list

    words = topic_words(contact.looking_for)
    offers = contact_list.who_offers(words, contact.id) if words else []
    not_these = introductions.not_these(contact.id) if offers else set()
    best: Pair | None = None
    for key, name, text in offers:
        shared = shared_topics(contact.looking_for, text)
        turned_down = (min(key, contact.id), max(key, contact.id)) in not_these
        if not turned_down and len(shared) > (len(best.on) if best is not None else 0):
            best = Pair(Side(contact.id, contact.name, contact.looking_for), Side(key, name, text), shared)
    if best is None:
        return "", None
    return f"introduce {best.offers.name}, who offers {best.offers.text}", best
