"""The week of a large network: what is read of it makes the same plan as everything there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from planner.core.model import Agenda, ItemKind, Settings
from planner.core.rhythm.agenda import Week, forecast, plan
from planner.store import tables as t
from planner.store.facts import put_off
from planner.store.row_writer import Writer
from planner.store.views import open_items
from tests.cases import case
from tests.desk.desks import TODAY, on, open_desk
from tests.store.stores import contact_values

LENGTHS = ("1w", "2w", "3w/4w", "4w", "4w/6w", "12w/16w", "1y", "2w workdays")
PATIENT = ("4w/40w",)
"""A round that can wait long, so that it joins a follow-up after the week and leaves its place."""


def placed(agenda: Agenda) -> list[tuple[str, date, bool]]:
    return [(one.item.id, one.planned, one.joined) for one in agenda.items]


def fill(
    writer: Writer, random: Random, people: int, follow_ups: int, spread: int, lengths: Sequence[str], first: int
) -> None:
    """People whose rounds began on days of their own, and follow-ups with some of them, from a `first` day on."""
    began = [on(-random.randint(1, spread)) for _ in range(people)]
    # Many of those who are the most urgent are paused.
    first_third = sorted(began)[people // 3]
    paused = [one < first_third and random.random() < 0.9 for one in began]
    rows = [
        contact_values(
            number, f"Person {people - number:03}", cadence=random.choice(lengths), cadence_since=began[number],
            paused_until=on(25) if paused[number] else None,
        )
        for number in range(people)
    ]  # fmt: skip
    keys = writer.insert_many(t.ContactTable, rows)
    for number, key in enumerate(random.choices(keys, k=follow_ups)):
        writer.insert(t.FollowUpTable, uid=f"f-{number}", contact=key, text="", on=on(random.randint(first, 60)))
    for key in random.sample(keys, people // 20):
        put_off.set_chosen_day(writer, f"c{key}", key, on(random.randint(-3, 12)), TODAY)


@pytest.mark.parametrize(
    ("capacity", "people", "follow_ups", "spread", "lengths", "first"),
    [
        (1, 300, 0, 400, LENGTHS, 0), (1, 300, 150, 60, LENGTHS, -20), (3, 400, 300, 200, LENGTHS, -20),
        (5, 400, 20, 40, LENGTHS, 0), (5, 60, 60, 500, LENGTHS, -20), (2, 200, 400, 90, LENGTHS, 0),
        (2, 200, 300, 200, PATIENT, 15), (1, 200, 90, 200, PATIENT, -2),
        (2, 300, 20, 1, ("2d", "1w"), 0), (1, 200, 0, 900, ("13m", "700d", "7m"), 0),
        (1, 300, 0, 3, ("4w",), 0), (3, 300, 9, 40, ("4w", "1w"), 0),
    ],
)  # fmt: skip
def test_the_few_that_are_read_make_the_plan_that_all_make(
    tmp_path: Path, capacity: int, people: int, follow_ups: int, spread: int, lengths: Sequence[str], first: int
) -> None:
    settings = Settings(daily_capacity=capacity)
    with open_desk(tmp_path / "planner.db", settings) as desk:
        random = Random(f"{capacity} {people} {follow_ups} {spread}")

        def work(writer: Writer) -> None:
            fill(writer, random, people, follow_ups, spread, lengths, first)

        desk.store.write("fill", "Filled", work, today=on(-9))
        with desk.store.read():
            everything = open_items.items_of_kinds(ItemKind)
        rhythms = [one for one in everything if one.kind is ItemKind.CADENCE]
        for today in (TODAY, on(-30), on(90)):
            with case(today):
                told = desk.on(today).triage.forecast()
                assert told == forecast(rhythms, 0, 7, today, too_early=told.too_early)
                assert told.too_early or told.stretch
        for today in (TODAY, on(3), on(6)):
            for week_of in (today, today + timedelta(days=7), today + timedelta(days=21)):
                with case(today, week_of):
                    found = desk.on(today).reading.agenda(week_of=week_of)
                    wanted = plan(everything, today=today, week=Week.of(week_of, settings), settings=settings)
                    assert placed(found) == placed(wanted)
                    assert found.waiting == wanted.waiting
                    assert found.days == wanted.days
