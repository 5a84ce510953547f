"""Everybody in an order other than by name: groups are counted in an index, and only the groups in a window are sorted.

People with the same day, company or number of loops are a group, sorted by name. Sorting a list of a million for every
window takes 2.1 s; counting its groups and sorting those in the window takes a few hundredths.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from planner.core.records import record
from planner.store.connection import ask
from planner.store.views.item_columns import LOOPS

_LOOPS: Final = f"""(SELECT contact_id, COUNT(*) AS loops FROM due_item
    WHERE kind IN ({", ".join(f"'{kind}'" for kind in sorted(LOOPS))}) GROUP BY contact_id)"""
_BY_NAME: Final = "c.folded, c.status, c.id"


@record(frozen=True, slots=True)
class ByName:
    """An index with the names of all but the archived: SQL for its table, and its sort columns."""

    there: str
    terms: tuple[str, ...]
    """The last one is the id of the contact."""


_CONTACTS: Final = ByName(
    "contact c INDEXED BY contact_folded_status WHERE c.status <> 'archived'", ("c.folded", "c.status", "c.id")
)
_SUMMARIES: Final = ByName(
    "contact_summary s INDEXED BY contact_summary_by_name WHERE s.by_name IS NOT NULL", ("s.by_name", "s.contact_id")
)


@record(frozen=True, slots=True)
class GroupedOrder:
    """One order: SQL for the table with its value, for the value, and for contacts without one."""

    table: str
    value: str
    key: str
    """The column of the table that is the id of the contact."""
    by_name: ByName
    without: str
    """The condition, for the table of `by_name`, that a contact has no value."""

    @property
    def counted(self) -> str:
        """Statement: each value with the number of its contacts, archived ones included."""
        return f"SELECT {self.value}, COUNT(*) FROM {self.table} s WHERE {self._there} GROUP BY {self.value}"

    @property
    def archived(self) -> str:
        """Statement: each value with the number of its archived contacts."""
        return (
            f"SELECT {self.value}, COUNT(*) FROM contact c JOIN {self.table} s ON s.{self.key} = c.id"
            f" WHERE c.status = 'archived' AND {self._there} GROUP BY {self.value}"
        )

    def inside(self, downwards: bool) -> str:
        """Statement: the ids of contacts with a value from `:low` to `:high`, in order."""
        direction = "DESC" if downwards else "ASC"
        return (
            f"SELECT c.id FROM {self.table} s CROSS JOIN contact c ON c.id = s.{self.key}"
            f" WHERE {self.value} BETWEEN :low AND :high AND c.status <> 'archived'"
            f" ORDER BY {self.value} {direction}, {_BY_NAME} LIMIT :limit OFFSET :offset"
        )

    def rest(self, backwards: bool = False) -> str:
        """Statement: the ids of contacts without a value, by name, or from the last name backwards."""
        order = ", ".join(f"{term} DESC" if backwards else term for term in self.by_name.terms)
        return (
            f"SELECT {self.by_name.terms[-1]} FROM {self.by_name.there} AND {self.without}"
            f" ORDER BY {order} LIMIT :limit OFFSET :offset"
        )

    @property
    def _there(self) -> str:
        return f"{self.value} > ''" if self.key == "id" else f"{self.value} IS NOT NULL"


def _summary(column: str) -> GroupedOrder:
    return GroupedOrder("contact_summary", f"s.{column}", "contact_id", _SUMMARIES, f"s.{column} IS NULL")


ORDERS: Final = {
    "last": _summary("last_contact"),
    "due": _summary("due"),
    "company": GroupedOrder("contact", "s.company", "id", _CONTACTS, "c.company = ''"),
    "loops": GroupedOrder(_LOOPS, "s.loops", "contact_id", _SUMMARIES, "s.loops = 0"),
}


def window(sort: str, offset: int, limit: int, total: int) -> list[int]:
    """Ids of all contacts that are not archived (`total` of them) in an order, from `offset` on.

    `sort` is a key of `ORDERS`, "-" reverses it. Contacts without a value come last in every order, but no loops count
    as less than one.
    """
    name, reverse = sort.removeprefix("-"), sort.startswith("-")
    order = ORDERS[name]
    # Loops: people look for the most first.
    downwards = reverse != (name == "loops")
    counts = Counter(dict(ask(order.counted)))
    counts.subtract(dict(ask(order.archived)))
    groups = sorted(counts.items(), reverse=downwards)
    known = sum(counts.values())
    without = total - known
    if name == "loops" and not downwards:
        first = _rest(order, offset, limit, without)
        return first + _inside(order, groups, max(0, offset - without), limit - len(first), downwards)
    found = _inside(order, groups, offset, limit, downwards) if offset < known else []
    return found + _rest(order, max(0, offset - known), limit - len(found), without)


def _inside(order: GroupedOrder, groups: list[tuple[Any, int]], offset: int, limit: int, downwards: bool) -> list[int]:
    """Ids of contacts with a value: only the groups in the window are sorted by name."""
    touched, before = [], 0
    at = 0
    for value, count in groups:
        if at + count <= offset:
            before = at + count
        elif at < offset + limit and count:
            touched.append(value)
        at += count
    if not touched or limit <= 0:
        return []
    values = {"low": min(touched), "high": max(touched), "limit": limit, "offset": offset - before}
    return list(_ids(order.inside(downwards), values))


def _rest(order: GroupedOrder, offset: int, limit: int, without: int) -> list[int]:
    """Ids of the `without` contacts that have no value, found from the nearer end of their order."""
    limit = min(limit, without - offset)
    if limit <= 0:
        return []
    if 2 * offset <= without:
        return list(_ids(order.rest(), {"limit": limit, "offset": offset}))
    return [*_ids(order.rest(backwards=True), {"limit": limit, "offset": without - offset - limit})][::-1]


def _ids(statement: str, values: dict[str, Any]) -> Iterator[int]:
    return (row[0] for row in ask(statement, values))
