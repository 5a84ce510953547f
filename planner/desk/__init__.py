"""The desk: one method for each thing a user can do, each one transaction.

The command line and the screen call the same methods; neither holds a rule. Every method that depends on
the day takes `today`, a civil date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.desk.capturing import CaptureVerbs
from planner.desk.values import (
    CapturePlan,
    Card,
    Chip,
    ContactDraft,
    ContactPage,
    Counts,
    ItemRef,
    Ledger,
    LedgerRow,
    Why,
)

if TYPE_CHECKING:
    from planner.config import Config
    from planner.paths import Paths


class Desk(CaptureVerbs):
    """Everything a user can do, over one store."""


def open_desk(paths: Paths, config: Config, session: str = "cli") -> Desk:
    """Open the store at its place and give a desk over it; raises what `Store.open` raises."""
    from planner.store.database import Store

    return Desk(Store(paths.location, config.settings, session=session).open(), config)


__all__ = [
    "CapturePlan", "Card", "Chip", "ContactDraft", "ContactPage", "Counts", "Desk", "ItemRef", "Ledger",
    "LedgerRow", "Why", "open_desk",
]  # fmt: skip
