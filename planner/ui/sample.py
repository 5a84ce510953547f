"""Shows the sample network in place of the user's planner, and returns to that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.ui.gateway import Gateway

if TYPE_CHECKING:
    from planner.desk import Desk
    from planner.ui.port import AppPort


class Sample:
    """Replaces the gateway of an app by that of the sample network, and restores it."""

    def __init__(self, planner: AppPort) -> None:
        self.planner = planner
        self.own: Gateway | None = None
        """The gateway of the user's planner while the sample is shown, else None."""

    async def show(self) -> None:
        """Show the sample network; the user's database is not touched meanwhile."""
        planner = self.planner
        if planner.demo:
            return
        config, clock = planner.config, planner.clock

        def open_it() -> Desk:
            # Imported on the thread of the sample's database, so that the screen does not wait for it.
            from planner.demo import open_demo

            return open_demo(config, clock)

        gateway = Gateway(open_it)
        try:
            await gateway.call(lambda desk: None)
        except PlannerError as problem:
            planner.say(str(problem), tone="late")
            gateway.close(0)
            return
        self.own, planner.gateway, planner.demo = planner.gateway, gateway, True
        self._again()
        planner.say("A sample network: try anything. “own planner” in the palette (:) comes back", tone="accent")

    async def leave(self) -> None:
        """Return to the user's planner; the sample is deleted with everything that was tried in it."""
        planner, own = self.planner, self.own
        if own is None:
            words = "Leave with q and start without --demo" if planner.demo else "This is your own planner"
            planner.say(words, tone="accent")
            return
        sample, planner.gateway, planner.demo, self.own = planner.gateway, own, False, None
        planner.go_to("agenda")
        self._again()
        await asyncio.to_thread(sample.close)

    def close(self) -> None:
        """Close the gateway of the sample, if it is shown; the app closes its own."""
        if self.own is not None:
            self.planner.gateway.close()

    def _again(self) -> None:
        self.planner.badges.clear()
        self.planner.data_changed()
