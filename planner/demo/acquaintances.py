"""Writes who knows whom in the sample network, and the introduction under way."""

from __future__ import annotations

from planner.core.words.folding import fold
from planner.demo.network import SampleNetwork
from planner.demo.people import INTRODUCTION, KNOWS
from planner.store import tables as t


def write_acquaintances(network: SampleNetwork) -> None:
    """Write who knows whom, and the introduction under way. The people are written already."""
    ids = network.ids
    network.writer.insert_many(
        t.AcquaintanceTable,
        [
            {
                "contact": ids[who],
                "other": ids.get(other),
                "name": other,
                "folded": fold(other),
                "about": fold(f"{other} {company} {topic}"),
                "relation": relation,
                "company": company,
                "topic": topic,
                "created_on": network.since[who],
            }
            for who, other, relation, company, topic in KNOWS
        ],
    )
    one, other, note, begun, agreed, later = INTRODUCTION
    network.writer.insert(
        t.IntroductionTable,
        uid=network.uid(),
        one=ids[one],
        other=ids[other],
        note=note,
        created_on=network.on(begun),
        one_answer="yes",
        one_on=network.on(agreed),
        other_answer="later",
        other_on=network.on(later),
    )
