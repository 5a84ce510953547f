"""Who was told of a need, whose news are due and who is to hear how it went is counted without reading names."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Make the index."""
    database.execute_sql(
        'CREATE INDEX "told_need_id_state_on_heard_on_let_be_on"'
        ' ON "told" ("need_id", "state", "on", "heard_on", "let_be_on")'
    )
