"""Tells apart people to whom their address books gave the same source key."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core.matching.recognition import Candidate, key_beside, means
from planner.core.words.folding import fold
from planner.store.facts.identity import duplicates

if TYPE_CHECKING:
    from planner.desk.intake.tally import Arrival
    from planner.store.facts.identity.import_candidates import Known


def under_own_keys(arrival: Arrival, known: Known) -> tuple[Arrival, Candidate | None]:
    """Replace the keys of a record that belong to another person, and return that person.

    A key of somebody with another name is replaced by a new one. The person is None if there is none.
    """
    taken = _taken(arrival, known)
    if not taken:
        return arrival, None
    record = arrival.record
    keys = tuple(key_beside(key, record.name) if key in taken else key for key in record.keys)
    return arrival._replace(record=replace(record, keys=keys)), next(iter(taken.values()))


def keys_beside(arrival: Arrival, known: Known) -> Iterator[str]:
    """The keys that a record gets in place of another person's keys."""
    return (key_beside(key, arrival.record.name) for key in _taken(arrival, known))


def _taken(arrival: Arrival, known: Known) -> dict[str, Candidate]:
    """The keys of a record that belong to another person, with that person."""
    if known.digests.keys().isdisjoint(arrival.record.keys):
        return {}
    owners = ((key, known.owner(key)) for key in arrival.record.keys)
    return {
        key: owner
        for key, owner in owners
        if owner is not None and not means(key, arrival.record, owner, arrival.phones, arrival.said)
    }


def told_apart(name: str, everyone: list[Candidate], apart: Collection[duplicates.Pair]) -> list[Candidate]:
    """Mark the candidates that the user keeps apart from a namesake of the record, so that they are not asked about."""
    if not apart:
        return everyone
    namesakes = {one.id for one in everyone if fold(one.name) == name}
    return [
        replace(one, told_apart=True)
        if one.id not in namesakes and any(duplicates.ordered(one.id, other) in apart for other in namesakes)
        else one
        for one in everyone
    ]
