"""How many people were reached lately: what the summaries count is what the interactions say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from planner.core.model import Settings
from planner.core.rhythm.recent import SPAN
from planner.store.views.reached import people_reached_since
from tests.cases import case
from tests.desk.desks import TODAY, add, on, open_desk
from tests.store.stores import asked, assert_sound

COUNTED = """SELECT count(*) FROM (SELECT DISTINCT p.contact_id, i."on" FROM interaction i
    JOIN participation p ON p.interaction_id = i.id WHERE i.outcome = 'reached' AND i."on" BETWEEN ? AND ?)"""


def test_each_contact_counts_once_a_day_whatever_was_written_and_on_any_day(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        random = Random(3)
        people = [add(desk, f"Person {number}", cadence="4w") for number in range(12)]
        for _ in range(80):
            some = random.sample(people, random.choice((1, 1, 1, 2, 4)))
            outcome = random.choice(("reached", "reached", "reached", "attempt"))
            desk.interactions.log(some, on=on(-random.randint(0, 90)), outcome=outcome)
        desk.people.archive(people[:1])
        desk.people.merge(people[1], people[2])
        desk.keeping.undo()
        desk.people.merge(people[3], people[4])
        desk.people.forget(people[5])
        for today in (TODAY, on(-20), on(-85), on(10)):
            for days in (1, 7, 40, SPAN):
                start = today - timedelta(days=days - 1)
                with case(today, days), desk.store.read():
                    ((wanted,),) = asked(desk.store, COUNTED, (start.isoformat(), today.isoformat()))
                    assert people_reached_since(start, today, Settings()) == wanted
        assert_sound(desk.store)


def test_one_contact_tells_that_the_planner_is_old_enough_for_a_forecast(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as desk:
        ana = add(desk, "Ana", cadence="1w", since=on(-10))
        assert desk.triage.forecast().too_early
        desk.interactions.log([ana], on=on(-9))
        assert desk.triage.forecast().managed_a_week == round(7 / 10, 2)
        add(desk, "Ben", cadence="1w", since=on(-300))
        later = desk.triage.forecast()
        assert not later.too_early
        assert later.managed_a_week == round(7 / 56, 2)
