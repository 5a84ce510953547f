"""Opening the full screen: the clock, the database behind its gateway, and the app until it is left."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from planner.core.dates.civil import civil_today
from planner.ui.app import PlannerApp
from planner.ui.gateway import Gateway
from planner.ui.themes import has_few_colors

if TYPE_CHECKING:
    from planner.config import Config
    from planner.desk import Desk
    from planner.paths import Paths

SWITCH_SECONDS = 0.0005


def run(paths: Paths, config: Config, *, today: date | None = None, demo: bool = False) -> int:
    """Open the full screen and stay until it is left; return the exit code, or raise the error that ended it."""

    def clock() -> date:
        return today or civil_today(datetime.now(), config.settings.day_starts_at)

    def time_of_day() -> time:
        return datetime.now().time()

    def open_it() -> Desk:
        if demo:
            # The thread of the database loads this, or its own desk, while the other one makes the screen.
            from planner.demo import open_demo

            return open_demo(config, clock)
        # As above.
        from planner.desk import open_desk

        return open_desk(paths, config, clock, session=f"screen {os.getpid()}", time_of_day=time_of_day)

    # A thread with something to do, such as passing on a key, waits this long for a thread that is working, such as one
    # that reads the database: with Python's 5 ms a key would wait that long, and once more before its frame is drawn.
    sys.setswitchinterval(SWITCH_SECONDS)
    gateway = Gateway(open_it)
    app = PlannerApp(gateway, config, paths=paths, today=clock, demo=demo, few_colors=has_few_colors(os.environ))
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
