"""The sample network with a year of mail, calendar, calls and chats beside it, to be looked at.

`python -m tests.evidence.beside_sample FOLDER` makes one in an empty folder; open it with `PLANNER_HOME=FOLDER planner
--today 2026-11-23`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from planner.config import load_settings
from planner.demo import DEMO_TODAY, demo_store
from planner.desk import Desk
from planner.desk.evidence.values import ReadsSource, SourcesRead
from planner.interchange.evidence.reading import open_source, recognised
from planner.store.evidence.sources import WatchedSource
from tests.evidence.year import ME, MY_NAME, MY_PHONE, ZONE, Person, Year

MOST_PEOPLE = 30
BUSY = 0.02
"""Something with each of them about every second month."""


def people_of(desk: Desk) -> tuple[Person, ...]:
    """Those of a planner who have an address and a number, by name."""
    cards = [desk.reading.card(one, history=0).contact for one in desk.reading.contact_ids("")]
    found = [Person(one.name, one.emails[0].value, one.phones[0].value) for one in cards if one.emails and one.phones]
    return tuple(sorted(found, key=lambda one: one.name)[:MOST_PEOPLE])


def sample_with_year(
    home: Path, today: date = DEMO_TODAY, read_on: date | None = None
) -> tuple[Desk, Year, SourcesRead]:
    """A desk over a new sample network in a folder, with a year on the disk that was watched and read once.

    The year is the one before `read_on`, the day of the reading, by default today.
    """
    (home / "config.toml").write_text(f'me = ["{ME}", "{MY_PHONE}", "{MY_NAME}"]\nregion = "NO"\n', encoding="utf-8")
    config = load_settings(home / "config.toml")
    desk = Desk(demo_store(home / "planner.db", today, config.settings), config, lambda: today)
    there = desk.on(read_on or today)
    year = Year(there.today, people_of(desk), busy=BUSY)
    for source in year.write(home / "disk"):
        there.evidence.add(str(source), recognised(source))
    return desk, year, read(there, 12)


def read(desk: Desk, hour: int) -> SourcesRead:
    """Read what is watched, at an hour of the desk's day."""
    now = datetime.combine(desk.today, time(hour), ZONE)

    def opened(source: WatchedSource, remembered: Mapping[str, bytes]) -> ReadsSource:
        return open_source(
            Path(source.path), source.kind, remembered, zone=ZONE, region=desk.config.region, since=None, now=now
        )

    return desk.evidence.run(opened, zone=ZONE, now=now)


def after_a_weekend(home: Path) -> None:
    """The sample network on its Monday: the year was read and looked at on the Friday before, the rest this morning.

    Over the weekend some wrote and called, and two meetings of today stand in the calendar, one of them not answered.
    """
    friday, saturday, sunday = (DEMO_TODAY - timedelta(days=ago) for ago in (3, 2, 1))
    desk, year, _ = sample_with_year(home, read_on=friday)
    desk.on(friday).evidence.looked()
    people = {one.name: one for one in year.people}
    for name, day in (("Dora Lind", saturday), ("Ben Okri", sunday), ("Hana Ray", sunday), ("Claire Verdier", sunday)):
        year.letter(people[name], day, "to")
    for name, day, way, seconds in (("Alastair Drummond", sunday, 2, 1500), ("Freya Dahl", saturday, 3, 0)):
        year.logged(people[name].phone, datetime.combine(day, time(18, 20), ZONE), way, seconds)
    for name, hour, answer in (("Jakob Lindqvist", 9, "NEEDS-ACTION"), ("Joëlle Besson", 15, "ACCEPTED")):
        at = datetime.combine(DEMO_TODAY, time(hour, 30), ZONE)
        year.event(f"today {hour}", at, (f"PARTSTAT={answer}", people[name].email))
    year.write(home / "disk")
    read(desk, 12)
    desk.close()


def main(folder: str) -> None:
    """Make one in a folder that is empty or new."""
    home = Path(folder)
    home.mkdir(mode=0o700, exist_ok=True)
    desk, _, done = sample_with_year(home)
    desk.close()
    print(done.said)


if __name__ == "__main__":
    main(sys.argv[1])
