"""The sample network keeps what was written in it, and gains what a year on the disk shows of its people."""

from __future__ import annotations

from pathlib import Path

from planner.config import Config
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from tests.evidence.beside_sample import MOST_PEOPLE, sample_with_year


def written(desk: Desk) -> dict[int, tuple[object, ...]]:
    """Every interaction by its number, as it stands."""
    found = {}
    for contact in desk.reading.contact_ids(""):
        for one in desk.reading.card(contact, history=9999).interactions:
            found[one.id] = (one.on, one.channel, one.direction, one.outcome, one.note)
    return found


def test_a_year_beside_the_sample_network(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "home").mkdir(mode=0o700)
    plain = Desk(demo_store(tmp_path / "plain" / "planner.db"), Config(), lambda: DEMO_TODAY)
    before = written(plain)
    plain.close()
    desk, year, done = sample_with_year(tmp_path / "home")
    assert done.troubles == ()
    assert len(year.people) == MOST_PEOPLE
    after = written(desk)
    assert {number: after[number] for number in before} == before
    for name, day, channel, direction, outcome in year.facts():
        if outcome != "planned":
            rows = desk.reading.card(desk.people.find(name), history=9999).interactions
            said = [(one.direction, one.outcome) for one in rows if (one.on, one.channel) == (day, channel)]
            # What was written by hand of that day and channel stands for what was seen.
            by_hand = [one for one in rows if (one.on, one.channel) == (day, channel) and one.id in before]
            assert (direction, outcome) in said or by_hand, (name, day, channel, direction, outcome)
    desk.close()
