"""The columns of open items, and the kinds that are loops."""

from __future__ import annotations

from planner.core.model import ItemKind

COLUMNS = (
    "id", "kind", "contact_id", "due", "worst", "ideal_days", "last_contact", "hidden_until", "paused_until",
    "planned_on", "planned_from", "chosen_day", "working_days", "asks", "text", "starts",
)  # fmt: skip
LOOPS = frozenset(ItemKind) - {ItemKind.CADENCE, ItemKind.DATE, ItemKind.FOLLOWUP, ItemKind.PLANNED}
"""The kinds that count as a loop with a contact."""
