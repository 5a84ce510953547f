"""The database counts the keys of facts, and gives no number twice: no note says any more which was the last."""

from __future__ import annotations

from typing import Any

TABLES = (
    "circle", "contact", "address", "membership", "contact_date", "acquaintance", "interaction", "participation",
    "follow_up", "follow_up_done", "favor", "need", "told", "introduction", "not_these", "doubt", "newcomer", "nudge",
    "snooze", "skip", "chosen_day", "pause",
)  # fmt: skip
KEY = '"id" INTEGER NOT NULL PRIMARY KEY'


def up(migrator: Any, database: Any) -> None:
    """Make each table anew with the rows it has, and go on counting where its numbers or its note ended."""

    def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = database.execute_sql(sql, parameters).fetchall()
        return rows

    notes = dict(ask("SELECT key, value FROM meta WHERE key LIKE 'last:%'"))
    for name in TABLES:
        ((made,),) = ask("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", name)
        indexes = ask("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", name)
        columns = ", ".join(f'"{column}"' for (column,) in ask("SELECT name FROM pragma_table_info(?)", name))
        ask(made.replace(f'"{name}"', f'"{name}_new"', 1).replace(KEY, f"{KEY} AUTOINCREMENT", 1))
        ask(f'INSERT INTO "{name}_new" ({columns}) SELECT {columns} FROM "{name}" ORDER BY "id"')
        ask(f'DROP TABLE "{name}"')
        ask(f'ALTER TABLE "{name}_new" RENAME TO "{name}"')
        for (index,) in indexes:
            ask(index)
        ask("DELETE FROM sqlite_sequence WHERE name = ?", name)
        ((highest,),) = ask(f'SELECT max("id") FROM "{name}"')
        ask("INSERT INTO sqlite_sequence VALUES (?, ?)", name, max(highest or 0, int(notes.get(f"last:{name}", 0))))
    ask("DELETE FROM meta WHERE key LIKE 'last:%'")
