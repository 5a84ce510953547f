"""The sample network with a year of mail, calendar, calls and chats beside it, to be looked at.

`python -m tests.evidence.beside_sample FOLDER` makes one in an empty folder; open it with `PLANNER_HOME=FOLDER planner
--today 2026-11-23`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime, time
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


def sample_with_year(home: Path, today: date = DEMO_TODAY) -> tuple[Desk, Year, SourcesRead]:
    """A desk over a new sample network in a folder, with a year on the disk that was watched and read once."""
    (home / "config.toml").write_text(f'me = ["{ME}", "{MY_PHONE}", "{MY_NAME}"]\nregion = "NO"\n', encoding="utf-8")
    config = load_settings(home / "config.toml")
    desk = Desk(demo_store(home / "planner.db", today, config.settings), config, lambda: today)
    now = datetime.combine(today, time(12), ZONE)

    def opened(source: WatchedSource, remembered: Mapping[str, bytes]) -> ReadsSource:
        return open_source(
            Path(source.path), source.kind, remembered, zone=ZONE, region=config.region, since=None, now=now
        )

    year = Year(today, people_of(desk), busy=BUSY)
    for source in year.write(home / "disk"):
        desk.evidence.add(str(source), recognised(source))
    return desk, year, desk.evidence.run(opened, zone=ZONE, now=now)


def main(folder: str) -> None:
    """Make one in a folder that is empty or new."""
    home = Path(folder)
    home.mkdir(mode=0o700, exist_ok=True)
    desk, _, done = sample_with_year(home)
    desk.close()
    print(done.said)


if __name__ == "__main__":
    main(sys.argv[1])
