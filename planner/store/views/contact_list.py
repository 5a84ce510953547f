"""The contacts list: a query in the filter language becomes SQL, a page of lines comes back.

A page is found by ids alone, in an index that holds the order, and only its own lines are read in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from peewee import JOIN, SQL, fn

from planner.core.contact_fields import TEXTS
from planner.core.model import ContactRow, ItemKind, OpenItem, Settings, State, Status
from planner.core.rhythm.due import item_state
from planner.core.search.query import Condition, Operator, Query
from planner.core.words.folding import fold
from planner.errors import Refused
from planner.store import tables as t
from planner.store.connection import Connection, batches
from planner.store.facts import interactions
from planner.store.sqlite import search_match
from planner.store.views.open_items import items_with_ids

SORTS = ("name", "company", "last", "due", "loops")
LOOP_KINDS = {"promise": ItemKind.PROMISE, "request": ItemKind.REQUEST, "ask": ItemKind.ASK, "thanks": ItemKind.THANKS}
COLUMNS = {one.search: one.column for one in TEXTS if one.search}
folded = fn.planner_fold


def page(
    store: Connection, query: Query, *, sort: str, offset: int, limit: int, today: date, settings: Settings
) -> tuple[list[ContactRow], int]:
    """(lines from `offset` on, how many there are in all); archived ones only where the query asks for them."""
    conditions = where(store, query, today, settings)
    total = _total(query, conditions)
    if not total or offset >= total:
        return [], total
    ids = [row[0] for row in _ordered(conditions, sort, query).offset(offset).limit(limit).tuples()]
    return _rows(ids, today, settings), total


def ids(store: Connection, query: Query, *, today: date, settings: Settings) -> list[int]:
    """Ids of everyone who matches, by name."""
    conditions = where(store, query, today, settings)
    return [row[0] for row in _ordered(conditions, "name", query).tuples()]


def _total(query: Query, conditions: list[Any]) -> int:
    if not query:
        archived = t.Contact.select(fn.COUNT(1)).where(t.Contact.status == str(Status.ARCHIVED))
        return int(t.Contact.select(fn.COUNT(1)).scalar()) - int(archived.scalar())
    return int(t.Contact.select(fn.COUNT(1)).where(*conditions).scalar())


def _ordered(conditions: list[Any], sort: str, query: Query) -> Any:
    """Ids in an order; what has no value comes last in every order."""
    descending, name = sort.startswith("-"), sort.removeprefix("-")
    if name not in SORTS:
        raise Refused(f"The list cannot be sorted by “{name[:30]}”", f"Use {', '.join(SORTS)}")
    contact, summary = t.Contact, t.ContactSummary
    by_name = [contact.folded, contact.status, contact.id]
    if name == "name":
        if descending:
            by_name = [term.desc() for term in by_name]
        return contact.select(contact.id).where(*conditions).order_by(*by_name)
    if name == "company":
        key = contact.company.desc() if descending else contact.company
        rows = contact.select(contact.id).where(*conditions)
        return rows.order_by(contact.company == "", key, *by_name)
    column = {"last": summary.last_contact, "due": summary.due, "loops": summary.loops}[name]
    # Loops: the most first is what one looks for.
    key = column.desc() if descending != (name == "loops") else column
    rows = contact.select(contact.id).join(summary, JOIN.LEFT_OUTER, on=(summary.contact == contact.id))
    return rows.where(*conditions).order_by(column.is_null(), key, *by_name)


def _rows(ids: Sequence[int], today: date, settings: Settings) -> list[ContactRow]:
    contact, summary = t.Contact, t.ContactSummary
    everyone = interactions.everyone_paused_until()
    found: dict[int, ContactRow] = {}
    for some in batches(ids):
        items = items_with_ids([f"c{key}" for key in some])
        rows = (
            contact.select(
                contact.id, contact.name, contact.company, summary.circles, summary.rhythm,
                summary.last_contact, summary.due, summary.loops,
            )
            .join(summary, JOIN.LEFT_OUTER, on=(summary.contact == contact.id))
            .where(contact.id.in_(some))
        )  # fmt: skip
        for key, name, company, circles, rhythm, last, due, loops in rows.tuples():
            item: OpenItem | None = items.get(f"c{key}")
            found[key] = ContactRow(
                id=key,
                name=name,
                company=company,
                circles=tuple(circles.split(", ")) if circles else (),
                rhythm=rhythm or "",
                last_contact=last,
                due=due,
                state=item_state(item, settings, today, everyone) if item is not None else State.NONE,
                loops=loops or 0,
            )
    return [found[key] for key in ids if key in found]


def where(store: Connection, query: Query, today: date, settings: Settings) -> list[Any]:
    """A query as SQL conditions on Contact."""
    if query.conditions:
        store.database.register_function(fold, "planner_fold", 1)
    found = [_condition(condition, today, settings) for condition in query.conditions]
    if query.words:
        found.append(t.Contact.id.in_(SQL(*search_match(query.words))))
    if not any(condition.field in ("status", "id") for condition in query.conditions):
        found.append(t.Contact.status != str(Status.ARCHIVED))
    return found


def _condition(condition: Condition, today: date, settings: Settings) -> Any:
    expression = _positive(condition, today, settings)
    return ~expression if condition.negated else expression


def _positive(condition: Condition, today: date, settings: Settings) -> Any:
    contact = t.Contact
    match condition.field:
        case "id":
            return contact.id.in_([int(value) for value in condition.values])
        case "mode" | "status":
            return getattr(contact, condition.field).in_(condition.values)
        case "text":
            return contact.id.in_(SQL(*search_match(condition.values)))
        case "circle":
            rows = t.Membership.select(t.Membership.contact_id).join(t.Circle)
            return contact.id.in_(rows.where(_compared(t.Circle.folded, condition)))
        case "email" | "phone":
            rows = t.Address.select(t.Address.contact_id).where(
                t.Address.kind == condition.field, _compared(folded(t.Address.value), condition)
            )
            return contact.id.in_(rows)
        case "has":
            return _any(_has(value) for value in condition.values)
        case "rhythm":
            return _any(_rhythm(value) for value in condition.values)
        case "due" | "last" | "added":
            return _dated(condition, today, settings)
    return _compared(folded(getattr(contact, COLUMNS[condition.field])), condition)


def _compared(column: Any, condition: Condition) -> Any:
    if condition.operator is Operator.IS:
        return column.in_(condition.values)
    if condition.operator is Operator.STARTS:
        return _any(column.startswith(value) for value in condition.values)
    return _any(fn.instr(column, value) > 0 for value in condition.values)


def _any(expressions: Iterable[Any]) -> Any:
    together: Any = None
    for expression in expressions:
        together = expression if together is None else together | expression
    return together


def _has(value: str) -> Any:
    contact = t.Contact
    match value:
        case "loop":
            rows = t.ContactSummary.select(t.ContactSummary.contact_id).where(t.ContactSummary.loops > 0)
        case "birthday":
            rows = t.ContactDate.select(t.ContactDate.contact_id).where(t.ContactDate.kind == "birthday")
        case "email" | "phone":
            rows = t.Address.select(t.Address.contact_id).where(t.Address.kind == value)
        case "circle":
            rows = t.Membership.select(t.Membership.contact_id)
        case "rhythm":
            rows = t.DueItem.select(t.DueItem.contact_id).where(t.DueItem.kind == str(ItemKind.CADENCE))
        case "note" | "company" | "city":
            return getattr(contact, COLUMNS[value]) != ""
        case _:
            rows = t.DueItem.select(t.DueItem.contact_id).where(t.DueItem.kind == str(LOOP_KINDS[value]))
    return contact.id.in_(rows)


def _rhythm(value: str) -> Any:
    contact, summary = t.Contact, t.ContactSummary
    with_rhythm = summary.select(summary.contact_id).where(summary.rhythm != "")
    match value:
        case "none":
            return contact.id.not_in(with_rhythm)
        case "own":
            return contact.cadence.is_null(False) & (contact.cadence != "none")
        case "circle":
            return contact.cadence.is_null() & contact.id.in_(with_rhythm)
    in_circle = t.Membership.select(t.Membership.contact_id).join(t.Circle).where(t.Circle.cadence == value)
    return (contact.cadence == value) | (contact.cadence.is_null() & contact.id.in_(in_circle))


def _dated(condition: Condition, today: date, settings: Settings) -> Any:
    contact, summary, due = t.Contact, t.ContactSummary, t.DueItem
    if condition.field == "due":
        column: Any = due.due
    else:
        column = contact.created_on if condition.field == "added" else summary.last_contact
    parts = []
    for first, last in condition.ranges:
        part: Any = column.is_null(False)
        part = part & (column >= first) if first is not None else part
        parts.append(part & (column <= last) if last is not None else part)
    for value in condition.values:
        if value == "late":
            parts.append((due.kind == str(ItemKind.CADENCE)) & (due.worst < today))
        elif value == "soon":
            parts.append((due.due > today) & (due.due <= today + timedelta(days=settings.soon_days)))
    found: list[Any] = []
    if parts and condition.field == "due":
        found.append(contact.id.in_(due.select(due.contact_id).where(_any(parts))))
    elif parts and condition.field == "last":
        found.append(contact.id.in_(summary.select(summary.contact_id).where(_any(parts))))
    elif parts:
        found.append(_any(parts))
    if "none" in condition.values:
        found.append(contact.id.not_in(due.select(due.contact_id)))
    if "never" in condition.values and condition.field == "last":
        reached = summary.select(summary.contact_id).where(summary.last_contact.is_null(False))
        found.append(contact.id.not_in(reached))
    elif "never" in condition.values:
        found.append(contact.created_on.is_null())
    return _any(found)


def who_offers(words: Sequence[str], not_contact: int, most: int = 20) -> list[tuple[int, str, str]]:
    """(id, name, what they offer) of active contacts whose offer may hold any of these folded words."""
    contact = t.Contact
    found: dict[int, tuple[int, str, str]] = {}
    for word in words:
        rows = (
            contact.select(contact.id, contact.name, contact.offers)
            .where(
                contact.id.in_(SQL(*search_match([word]))),
                contact.offers != "",
                contact.id != not_contact,
                contact.status == str(Status.ACTIVE),
            )
            .order_by(contact.id)
            .limit(most)
        )
        found.update((row[0], row) for row in rows.tuples())
    return list(found.values())
