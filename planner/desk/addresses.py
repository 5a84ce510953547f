"""E-mail addresses of people: a search for mail programs, and the first address of each person."""

from __future__ import annotations

from collections.abc import Sequence

from planner.desk.shared.context import Context
from planner.store.views import mail_addresses


class Addresses:
    """Queries for addresses, which change nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def query(self, term: str, limit: int = 50) -> tuple[tuple[str, str, str], ...]:
        """(e-mail, name, company) of contacts whose name, nickname or e-mail contains a term, for mail programs."""
        with self._context.store.read():
            return tuple(mail_addresses.holding(term, limit))

    def count(self, term: str) -> int:
        """The number of addresses that `query` would give without a limit."""
        with self._context.store.read():
            return mail_addresses.count_holding(term)

    def first(self, contact_ids: Sequence[int]) -> dict[int, str]:
        """The first e-mail address of each contact that has one, in the order given."""
        with self._context.store.read():
            found = mail_addresses.first_of(contact_ids)
        return {key: found[key] for key in dict.fromkeys(contact_ids) if key in found}
