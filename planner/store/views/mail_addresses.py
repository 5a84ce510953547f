"""E-mail addresses by a search term, for completion in mail programs, and the first address of each contact."""

from __future__ import annotations

from collections.abc import Sequence

from planner.core.words.folding import fold
from planner.store.connection import ask, ask_about
from planner.store.sqlite import folded_text, place_in

_FOUND = f"""FROM address a JOIN contact c ON c.id = a.contact_id
    WHERE a.kind = 'email' AND c.status = 'active' AND ({place_in("c.folded", ":term")} > 0
        OR {place_in("a.key", ":term")} > 0
        OR (c.nickname <> '' AND {place_in(folded_text("c.nickname"), ":term")} > 0))"""
"""SQL for the matches of a term; an empty term matches everything."""
_OF_CONTACTS = """SELECT contact_id, value FROM address WHERE kind = 'email' AND contact_id IN ({keys})
    ORDER BY position, id"""
_BEST_FIRST = f"{place_in('c.folded', ':term')} = 1 DESC, c.folded, a.position, a.id"


def holding(term: str, limit: int) -> list[tuple[str, str, str]]:
    """(e-mail, name, company) of active contacts whose name, nickname or e-mail contains a term; names first."""
    asked = f"SELECT a.value, c.name, c.company {_FOUND} ORDER BY {_BEST_FIRST} LIMIT :limit"
    return ask(asked, {"term": fold(term), "limit": limit})


def count_holding(term: str) -> int:
    """The number of e-mails that `holding` would give without a limit."""
    ((count,),) = ask(f"SELECT count(*) {_FOUND}", {"term": fold(term)})
    return int(count)


def first_of(contact_ids: Sequence[int]) -> dict[int, str]:
    """The first e-mail of each contact that has one."""
    found: dict[int, str] = {}
    for contact_id, value in ask_about(_OF_CONTACTS, contact_ids):
        found.setdefault(contact_id, value)
    return found
