"""Exports of LinkedIn: the connections, with what the other files of the export tell about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.errors import Refused
from planner.interchange.format import Format, Reading
from planner.interchange.linkedin.beside import BESIDE, Beside, Recommendation, is_recommendations, read_beside
from planner.interchange.linkedin.connections import is_connections, read_connections
from planner.interchange.tables.people import any_layout, read_people
from planner.interchange.text import Item, Remark, Source


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    if reading.mapping:
        yield from read_people(source, any_layout, reading.mapping)
        return
    last_contacts: dict[str, date] = {}
    recommendations: dict[str, tuple[Recommendation, ...]] = {}
    for other in reading.beside:
        try:
            told = read_beside(other)
        except Refused as refusal:
            yield Remark(other.name, 0, f"left out: {refusal.message}")
            continue
        for slug, on in told.last_contacts.items():
            last_contacts[slug] = max(on, last_contacts.get(slug, on))
        for name, given in told.recommendations.items():
            recommendations[name] = (*recommendations.get(name, ()), *given)
    yield from read_connections(source, Beside(last_contacts, recommendations))


FORMAT = Format(
    "linkedin",
    "LinkedIn connections",
    is_it=lambda head: is_connections(head.text.split("\n")),
    read=_read,
    files="the zip, its folder, `Connections.csv`",
    brings="since when, the last message, recommendations as references given and received",
    rank=1,
    layout=any_layout,
    names=("connections.csv",),
    beside=BESIDE,
    is_part=lambda head: is_recommendations(head.text),
)
