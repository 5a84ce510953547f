"""The database counts the keys of facts and never reuses a number; every fact has a uid that its copies keep."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

TABLES = (
    "circle", "contact", "identity", "address", "membership", "contact_date", "acquaintance", "interaction",
    "participation", "follow_up", "follow_up_done", "favor", "need", "told", "introduction", "not_these", "doubt",
    "newcomer", "nudge", "snooze", "skip", "chosen_day", "pause",
)  # fmt: skip
NUMBER, TEXT = '"id" INTEGER NOT NULL PRIMARY KEY', '"key" TEXT NOT NULL PRIMARY KEY'
UID = '"uid" VARCHAR(255) NOT NULL'


Ask = Callable[..., list[tuple[Any, ...]]]


def up(migrator: Any, database: Any) -> None:
    """Rebuild each table with its rows, and continue counting from its highest number, or from a note of it."""

    def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = database.execute_sql(sql, parameters).fetchall()
        return rows

    notes = dict(ask("SELECT key, value FROM meta WHERE key LIKE 'last:%'"))
    uids = (f"{number:032x}" for number in count(uuid.uuid4().int))
    for name in TABLES:
        columns = [column for (column,) in ask("SELECT name FROM pragma_table_info(?)", name)]
        _make_anew(ask, name, columns)
        if "id" in columns:
            ((highest,),) = ask(f'SELECT max("id") FROM "{name}"')
            ask("DELETE FROM sqlite_sequence WHERE name = ?", name)
            last = max(highest or 0, int(notes.get(f"last:{name}", 0)))
            ask("INSERT INTO sqlite_sequence VALUES (?, ?)", name, last)
        if "uid" not in columns:
            _name_images(ask, name, columns[0], uids)
    ask("DELETE FROM meta WHERE key LIKE 'last:%'")


def _make_anew(ask: Ask, name: str, columns: list[str]) -> None:
    ((made,),) = ask("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", name)
    indexes = ask("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", name)
    targets = [f'"{column}"' for column in columns]
    values = targets.copy()
    made = made.replace(f'"{name}"', f'"{name}_new"', 1).replace(NUMBER, f"{NUMBER} AUTOINCREMENT", 1)
    if "uid" not in columns:
        key = f"{NUMBER} AUTOINCREMENT" if "id" in columns else TEXT
        made = made.replace(key, f"{key}, {UID}", 1)
        targets.append('"uid"')
        # Consecutive from a random number on, in the order of the rows.
        values.append(f"'{uuid.uuid4().hex[:24]}' || printf('%08x', row_number() OVER (ORDER BY {targets[0]}))")
        indexes.append((f'CREATE UNIQUE INDEX "{name}_uid" ON "{name}" ("uid")',))
    ask(made)
    ask(f'INSERT INTO "{name}_new" ({", ".join(targets)}) SELECT {", ".join(values)} FROM "{name}" ORDER BY 1')
    ask(f'DROP TABLE "{name}"')
    ask(f'ALTER TABLE "{name}_new" RENAME TO "{name}"')
    for (index,) in indexes:
        ask(index)


def _name_images(ask: Ask, name: str, key: str, uids: Iterator[str]) -> None:
    """Give each image in the journal the uid of its row, or a new one where the row is gone."""
    known: dict[Any, str] = {}

    def named(image: Any) -> Any:
        if image is None or isinstance(image, list):
            return image and [named(one) for one in image]
        if image[key] not in known:
            present = ask(f'SELECT "uid" FROM "{name}" WHERE "{key}" = ?', image[key])
            known[image[key]] = present[0][0] if present else next(uids)
        return image | {"uid": known[image[key]]}

    for change, *texts in ask("SELECT id, before, after FROM journal_change WHERE table_name = ?", name):
        images = [named(json.loads(text or "null")) for text in texts]
        written = [image and json.dumps(image, ensure_ascii=False, separators=(",", ":")) for image in images]
        ask("UPDATE journal_change SET before = ?, after = ? WHERE id = ?", *written, change)
