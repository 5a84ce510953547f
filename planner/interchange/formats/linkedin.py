"""Exports of LinkedIn: the connections, with messages, invitations and recommendations from the other files."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Refused
from planner.interchange.format import Format, ReadRequest
from planner.interchange.linkedin.beside import BESIDE, Beside, Recommendation, Talk, is_recommendations, read_beside
from planner.interchange.linkedin.connections import is_connections, read_connections
from planner.interchange.tables.layouts import any_layout
from planner.interchange.tables.people import read_people
from planner.interchange.text import Item, Remark, Source


def _read(source: Source, reading: ReadRequest) -> Iterator[Item]:
    if reading.mapping:
        yield from read_people(source, any_layout, reading.mapping)
        return
    talks: dict[str, Talk] = {}
    recommendations: dict[str, tuple[Recommendation, ...]] = {}
    for other in reading.beside:
        try:
            told = read_beside(other)
        except Refused as refusal:
            yield Remark(other.name, 0, f"left out: {refusal.message}")
            continue
        for slug, talk in told.talks.items():
            talks[slug] = talk.joined(talks.get(slug, Talk()))
        for name, given in told.recommendations.items():
            recommendations[name] = (*recommendations.get(name, ()), *given)
    yield from read_connections(source, Beside(talks, recommendations))


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
