"""A snooze is made for a cadence or for a due date: its column is named after both."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Rename the column, also in the rows that undo restores."""
    database.execute_sql('ALTER TABLE "snooze" RENAME COLUMN "cadence_key" TO "made_for"')
    for image in ("before", "after"):
        # In a text of an image every quotation mark is escaped: only the name of a column matches.
        database.execute_sql(
            f"UPDATE journal_change SET {image} = replace({image}, '\"cadence_key\":', '\"made_for\":')"
            " WHERE table_name = 'snooze'"
        )
