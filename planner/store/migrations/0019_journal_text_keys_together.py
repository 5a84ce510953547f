"""A step of the history may be several rows with text keys: an older planner would take their list for one key."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Change nothing: steps written before are read as they are."""
