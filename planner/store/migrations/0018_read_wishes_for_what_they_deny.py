"""A wish is read without what it says is not so, and found by what a trade and its work have in common."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Change no table: derived tables are filled after each step, the index of wishes among them."""
