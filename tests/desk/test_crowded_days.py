"""Days of a week gone on which very much was done: what is left out of the week in short, and what is read of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.core.rhythm.agenda import CROWDED
from planner.desk import Desk
from planner.store import tables as t
from planner.store.row_writer import Writer
from tests.cases import case
from tests.desk.desks import TODAY, add, on, open_desk

MANY, FEW = CROWDED + 1, 3


def log_many(desk: Desk, contact_id: int, days: dict[date, int]) -> None:
    """So many calls with somebody on each of some days."""

    def work(writer: Writer) -> None:
        rows = [{"on": day, "channel": "call"} for day, count in days.items() for _ in range(count)]
        calls = writer.insert_many(t.InteractionTable, rows)
        writer.insert_many(t.ParticipationTable, [{"interaction": call, "contact": contact_id} for call in calls])

    desk.store.write("log", "Logged", work, today=TODAY)


def test_what_was_done_on_a_crowded_day_is_read_where_it_is_asked_for(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        days = {on(-7): MANY, on(-6): FEW, on(-5): CROWDED, on(-3): MANY, on(-2): FEW, on(-1): MANY, TODAY: MANY}
        log_many(desk, add(desk, cadence="2w"), days)
        for week_of in (on(-7), TODAY):
            everything = desk.reading.agenda(week_of=week_of)
            here = [day for day in (on(-7), on(-3), on(-1)) if everything.start <= day <= everything.end]
            for whole in ((), here[:1], here[1:], here):
                with case(week_of, whole):
                    found = desk.reading.agenda(week_of=week_of, in_short=True, whole=whole)
                    assert found.crowded == tuple(day for day in here if day not in whole)
                    assert found.done == tuple(one for one in everything.done if one.planned not in found.crowded)
                    assert found.items == everything.items


def test_a_week_without_a_crowded_day_is_the_same_in_short(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        log_many(desk, add(desk), dict.fromkeys(map(on, range(-7, 1)), FEW))
        for week_of in (on(-7), TODAY, on(7)):
            with case(week_of):
                assert desk.reading.agenda(week_of=week_of, in_short=True) == desk.reading.agenda(week_of=week_of)
