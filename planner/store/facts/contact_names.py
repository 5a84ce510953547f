"""Basic facts about a contact: the name, whether it exists, whether the person lives."""

from __future__ import annotations

from collections.abc import Iterable

from planner.store.connection import ask, ask_about

LIVING = "status <> 'deceased'"
"""The condition for contacts who have not died: the dead have no open loops."""
NAME_IN_LISTS = "CASE WHEN status <> 'archived' THEN folded END"
"""The name that lists of everybody are sorted by; NULL for the archived, who are in no list."""


def names_of(contact_ids: Iterable[int]) -> dict[int, str]:
    """Names by id."""
    return dict(ask_about("SELECT id, name FROM contact WHERE id IN ({keys})", set(contact_ids)))


def names_in_lists(contact_ids: Iterable[int]) -> dict[int, str | None]:
    """Folded names by id, None for the archived."""
    return dict(ask_about(f"SELECT id, {NAME_IN_LISTS} FROM contact WHERE id IN ({{keys}})", contact_ids))


def exists(contact_id: int) -> bool:
    """Whether there is a contact with this id."""
    return bool(ask("SELECT 1 FROM contact WHERE id = ?", (contact_id,)))


def is_anybody() -> bool:
    """Whether there is any contact at all."""
    return bool(ask("SELECT 1 FROM contact LIMIT 1"))


def is_living(contact_id: int) -> bool:
    """Whether a contact exists and has not died."""
    return bool(ask(f"SELECT 1 FROM contact WHERE id = ? AND {LIVING}", (contact_id,)))


def merged_into(contact_id: int) -> int | None:
    """The contact with an id, or the one it was merged into; None if there is neither."""
    seen: set[int] = set()
    found: int | None = contact_id
    while found is not None and found not in seen and not exists(found):
        seen.add(found)
        steps = ask(
            "SELECT kept.row FROM journal_change gone JOIN journal ON journal.id = gone.journal_id"
            " JOIN journal_change kept ON kept.journal_id = journal.id AND kept.table_name = 'contact'"
            " WHERE journal.verb = 'merge' AND journal.state = 'done' AND gone.table_name = 'contact'"
            " AND gone.row = ? AND gone.before IS NOT NULL AND kept.row <> gone.row ORDER BY journal.id DESC LIMIT 1",
            (str(found),),
        )
        found = int(steps[0][0]) if steps else None
    return found if found is not None and exists(found) else None
