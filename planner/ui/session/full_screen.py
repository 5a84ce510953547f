"""Opening the full screen: the clock, the database behind its gateway, and the app until it is left."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from planner.core.dates.civil import civil_today
from planner.ui.agenda.week import first_week
from planner.ui.gateway import Gateway
from planner.ui.session.read_beside import read_beside

if TYPE_CHECKING:
    from planner.config import Config
    from planner.desk import Desk
    from planner.paths import Paths

SWITCH_SECONDS = 0.0005


def run(
    paths: Paths,
    config: Config,
    *,
    today: date | None = None,
    demo: bool = False,
    painted: Callable[[], None] = lambda: None,
) -> int:
    """Open the full screen and stay until it is left; return the exit code, or raise the error that ended it.

    `painted` is called once the first place is painted.
    """

    def clock() -> date:
        return today or civil_today(datetime.now(), config.settings.day_starts_at)

    def time_of_day() -> time:
        return datetime.now().time()

    def open_it() -> Desk:
        if demo:
            # Loaded by the thread of the database, like its own desk below.
            from planner.demo import open_demo

            return open_demo(config, clock)
        # As above.
        from planner.desk import open_desk

        return open_desk(paths, config, clock, session=f"screen {os.getpid()}", time_of_day=time_of_day)

    def glance() -> Desk:
        # Loaded by the process that reads ahead.
        from planner.desk import desk_as_it_stands

        return desk_as_it_stands(paths, config, clock, time_of_day)

    ahead = None if demo else read_beside(first_week, glance)
    # Loaded while the other process reads.
    from planner.ui.app import PlannerApp
    from planner.ui.themes import has_few_colors

    # A thread with something to do, such as passing on a key, waits this long for a thread that is working, such as one
    # that reads the database: with Python's 5 ms a key would wait that long, and once more before its frame is drawn.
    sys.setswitchinterval(SWITCH_SECONDS)
    gateway = Gateway(open_it, ahead)
    app = PlannerApp(gateway, config, paths=paths, today=clock, demo=demo, few_colors=has_few_colors(os.environ))
    app.when_painted.append(painted)
    try:
        app.run()
    finally:
        app.sample.close()
        app.typed.close()
        app.outside.close()
        gateway.close()
    if app.leaving is not None:
        app.leaving.say()
    if app.return_code and app.fault is not None:
        raise app.fault
    return app.return_code or 0
