"""With the clock before facts that were entered: every place counts what the agenda shows, and nothing goes wrong."""

from __future__ import annotations

from pathlib import Path

from planner.desk import Desk
from planner.store.connection import ask
from planner.store.sqlite import one_of
from tests.cases import case
from tests.desk.desks import TODAY, add, on, open_desk

EARLIER = tuple(on(-days) for days in (0, 1, 3, 40, 400))
STATES = ("snoozed", "paused", "planned")


def network(desk: Desk) -> None:
    """People who are put off in each way on today's date, and one of each who is not."""
    for number in range(1, 9):
        add(desk, f"Person {number}", today=on(-60), cadence="1w", birthday="1980-11-24" if number == 5 else None)
    desk.triage.snooze(["c1"], on(10))
    desk.triage.pause([2], until=on(20))
    desk.interactions.log([3], on=on(4), outcome="planned")
    desk.favors.enter("promise", [4], kind="advice", note="the lease")
    desk.triage.snooze(["v1"], on(12))
    desk.triage.snooze(["d1"], on(3))
    desk.interactions.log([6], on=TODAY, channel="call")
    desk.triage.attempt(["c7"])
    desk.triage.skip(["c8"])


def seen(desk: Desk, state: str) -> set[int]:
    """Whom the agenda hides in one way, by the items themselves."""
    found = set()
    for contact_id in desk.reading.contact_ids(""):
        for loop in desk.reading.still_open(["d1"] if contact_id == 5 else [], contact_id):
            if str(loop.state) == state and (state == "snoozed" or loop.item.id[0] == "c"):
                found.add(contact_id)
    return found


def test_filters_counts_and_the_agenda_agree_on_any_day(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db") as today:
        network(today)
        for day in EARLIER:
            desk = today.on(day)
            hidden = desk.reading.hidden()
            for state in STATES:
                with case(day, state):
                    found = desk.reading.contacts(f"is:{state}")
                    assert {row.id for row in found.rows} == seen(desk, state)
                    assert getattr(hidden, state) == found.total
                    assert all(row.back is not None and row.back > day for row in found.rows)
                    others = desk.reading.contacts(f"-is:{state}")
                    assert found.total + others.total == 8
            with case(day):
                agenda = desk.reading.agenda()
                due = {one.item.id for one in agenda.items if one.item.due <= day and one.item.id[0] != "d"}
                late = {row.id for row in desk.reading.contacts("due:late").rows}
                assert late == {row.id for row in desk.reading.contacts("").rows if row.due and row.due < day
                                and desk.reading.why(row.id).worst < day}  # fmt: skip
                for sort in ("last", "-last", "due", "-due", "loops", "-loops"):
                    assert len(desk.reading.contacts("", sort=sort).rows) == 8
                rhythms = desk.reading.still_open([f"c{number}" for number in range(1, 9)])
                overdue = {one.item.id for one in rhythms if one.item.due <= day and str(one.state) not in STATES}
                assert {item.id for item, _ in desk.triage.backlog()} == overdue
                assert agenda.waiting + len(due) >= len(overdue)


def test_as_many_people_as_there_are_may_have_a_fact_ahead(tmp_path: Path) -> None:
    with open_desk(tmp_path / "planner.db"):
        # More than a statement may have parameters.
        statement, keys = one_of(range(1, 100_001))
        assert ask(f"SELECT 100000 IN {statement}", keys) == [(1,)]
        assert ask(f"SELECT 100001 IN {statement}", keys) == [(0,)]
