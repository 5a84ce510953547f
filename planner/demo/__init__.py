"""A sample network with a year of history: for `planner --demo`, for tests and for pictures.

Every day in it counts from today, so that the network looks the same whenever it is opened. The people are invented;
their addresses and phone numbers are of kinds reserved for examples.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from planner.desk import Desk

if TYPE_CHECKING:
    from planner.config import Config
    from planner.core.model import Settings
    from planner.store.session import Store

DEMO_TODAY = date(2026, 11, 23)
"""The Monday that tests and pictures use as today."""


def fill(store: Store, today: date) -> None:
    """Write the sample network into an empty store, in one transaction that undo does not see.

    The same day gives the same rows.
    """
    from planner.demo.filling import write_network

    store.write("demo", "The sample network", lambda writer: write_network(writer, today), today=today, journal=False)


def demo_store(path: Path, today: date = DEMO_TODAY, settings: Settings | None = None) -> Store:
    """A new store at a path, opened and filled with the sample network; the caller closes it."""
    from planner.core.model import Settings
    from planner.store.session import Store

    store = Store(path, settings or Settings(), session="demo")
    store.is_sample = True
    store.open()
    fill(store, today)
    return store


def big(store: Store, contacts: int, today: date) -> None:
    """Fill an empty store with `contacts` contacts, for measuring; see `planner.demo.crowd.big`."""
    from planner.demo.crowd import big as fill_crowd

    fill_crowd(store, contacts, today)


class DemoDesk(Desk):
    """A desk over a sample network in a private folder; closing the desk removes the folder."""

    def __init__(
        self, store: Store, config: Config, today: Callable[[], date], folder: TemporaryDirectory[str]
    ) -> None:
        super().__init__(store, config, today)
        self._folder = folder

    def close(self) -> None:
        """Close the store and remove its folder; closing twice does nothing."""
        super().close()
        self._folder.cleanup()


def open_demo(config: Config, today: Callable[[], date]) -> DemoDesk:
    """A desk over a new sample network, written for the day that `today` gives; the caller closes it."""
    # A temporary folder is for its owner alone, and is also removed when the program ends without closing the desk.
    folder = TemporaryDirectory(prefix="planner-demo-", ignore_cleanup_errors=True)
    try:
        return DemoDesk(demo_store(Path(folder.name) / "planner.db", today(), config.settings), config, today, folder)
    except BaseException:
        folder.cleanup()
        raise


__all__ = ["DEMO_TODAY", "DemoDesk", "big", "demo_store", "fill", "open_demo"]
