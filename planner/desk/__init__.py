"""The desk: one method for each thing a user can do, each one transaction.

The command line and the screen call the same methods; neither holds a rule. Every method that depends on
the day takes `today`, a civil date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.desk.capture import CaptureVerbs
from planner.desk.exports import ExportVerbs
from planner.desk.needs import NeedVerbs
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
from planner.errors import Damaged

if TYPE_CHECKING:
    from planner.config import Config
    from planner.paths import Paths


class Desk(NeedVerbs, CaptureVerbs, ExportVerbs):
    """Everything a user can do, over one store."""


def open_desk(paths: Paths, config: Config, session: str = "cli", *, even_damaged: bool = False) -> Desk:
    """Open the store at its place and give a desk over it; raises what `Store.open` raises.

    `even_damaged` gives a desk over a damaged file too, left unopened: it can list and restore backups.
    """
    from planner.store.session import Store

    store = Store(paths.location, config.settings, session=session)
    try:
        store.open()
    except Damaged:
        if not even_damaged:
            raise
    return Desk(store, config)


__all__ = [
    "CapturePlan", "Card", "Chip", "ContactDraft", "ContactPage", "Counts", "Desk", "ItemRef", "Ledger",
    "LedgerRow", "Why", "open_desk",
]  # fmt: skip
