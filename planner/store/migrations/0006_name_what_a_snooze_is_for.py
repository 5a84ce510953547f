"""A snooze was made for a cadence or for a due date: its column is named after both."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, database: Any) -> None:
    """Rename the column, in the rows that undo puts back as well."""
    database.execute_sql('ALTER TABLE "snooze" RENAME COLUMN "cadence_key" TO "made_for"')
    for image in ("before", "after"):
        # In a text of an image every quotation mark is escaped: only the name of a column fits.
        database.execute_sql(
            f"UPDATE journal_change SET {image} = replace({image}, '\"cadence_key\":', '\"made_for\":')"
            " WHERE table_name = 'snooze'"
        )
