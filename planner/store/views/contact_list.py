"""The contacts list: turns a query in the filter language into SQL, and returns a page of lines.

A page is found by ids alone, in an index in the right order, and only its own lines are read in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from peewee import JOIN, SQL, fn

from planner.core.contact_fields import TEXTS
from planner.core.model import ContactRow, ItemKind, OpenItem, Settings, State, Status
from planner.core.rhythm.due import item_state
from planner.core.search.conditions import Condition, Operator, Query
from planner.errors import Refused
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day
from planner.store.facts.put_off import everyone_paused_until
from planner.store.sqlite import (
    SEARCH_TEXT,
    begins,
    folded,
    has_part,
    holds,
    one_of,
    only_letter,
    search_each,
    search_match,
    texts_holding,
)
from planner.store.views import contact_order
from planner.store.views.hidden import contacts_hidden, dates_snoozed, is_hidden, snooze_ends
from planner.store.views.item_columns import LOOPS
from planner.store.views.open_items import derived_as_of, items_with_ids

if TYPE_CHECKING:
    from planner.store.views.derivation import Derivation

SORTS = ("name", "company", "last", "due", "loops")
LOOP_KINDS = {
    "promise": ItemKind.PROMISE, "request": ItemKind.REQUEST, "ask": ItemKind.ASK, "thanks": ItemKind.THANKS,
    "loan": ItemKind.LOAN,
}  # fmt: skip
LINES = """SELECT c.id, c.name, c.company, s.circles, s.rhythm, s.last_contact, s.due, s.loops
    FROM contact c LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE c.id IN ({keys})"""
ARCHIVED = f"SELECT id FROM contact WHERE status = '{Status.ARCHIVED}'"
EVERYBODY = "SELECT count(*) FROM contact"
"""Without a condition SQLite counts the pages of an index: of 1,000,000 in 10 ms, where COUNT(1) takes 27."""
ARCHIVED_HOLDING = f"SELECT COUNT(*) FROM {SEARCH_TEXT} WHERE id IN ({ARCHIVED}) AND {has_part('text', '?')}"
IN_ORDER = """SELECT c.id FROM contact c INDEXED BY contact_folded_status WHERE c.status <> 'archived' AND {matches}
    ORDER BY c.folded, c.status, c.id LIMIT ? OFFSET ?"""
NAMES_FOR_ONE = 4
"""The number of names that can be looked at in the time it takes to read and sort one match."""
COLUMNS = {one.search: one.column for one in TEXTS if one.search}


def page(
    query: Query, *, sort: str, offset: int, limit: int, today: date, settings: Settings
) -> tuple[list[ContactRow], int]:
    """(the lines from `offset` on, the total); archived contacts only if the query asks for them."""
    anew = derived_as_of(settings, today)
    conditions = where(query, today, settings, anew)
    total = _total(query, conditions)
    if not total or offset >= total:
        return [], total
    if anew:
        ids = _ordered_ids(conditions, sort, anew)[offset : offset + limit]
    elif not query and sort.removeprefix("-") in contact_order.ORDERS:
        ids = contact_order.window(sort, offset, limit, total)
    else:
        ids = _among_names(query, sort, offset, limit, total) or [
            row[0] for row in _ordered(conditions, sort).offset(offset).limit(limit).tuples()
        ]
    hidden = any(condition.field == "is" for condition in query.conditions)
    return _rows(ids, today, settings, anew, hidden=hidden), total


def ids(query: Query, *, today: date, settings: Settings) -> list[int]:
    """The ids of all matches, by name."""
    conditions = where(query, today, settings, derived_as_of(settings, today))
    return [row[0] for row in _ordered(conditions, "name").tuples()]


def _total(query: Query, conditions: list[Any]) -> int:
    if not query:
        (everybody,), (archived,) = *ask(EVERYBODY), *ask(f"SELECT count(*) FROM ({ARCHIVED})")
        return int(everybody) - int(archived)
    if not query.conditions:
        if letter := only_letter(query.words):
            return texts_holding(t.database_proxy, letter) - int(ask(ARCHIVED_HOLDING, (letter,))[0][0])
        # Counted in the texts alone: two letters in 1,000,000 texts take 110 ms, joined with the contacts 370.
        found, values = search_match(query.words)
        ((count,),) = ask(f"SELECT COUNT(*) FROM {found} WHERE id NOT IN ({ARCHIVED})", values)
        return int(count)
    return int(t.ContactTable.select(fn.COUNT(1)).where(*conditions).scalar())


def _among_names(query: Query, sort: str, offset: int, limit: int, total: int) -> list[int]:
    """The ids of one window of the matches for words, by name; empty if sorting all matches is faster.

    The names are read in order. With many matches, the first window is found within a few thousand names, and the other
    matches need no sorting.
    """
    if sort != "name" or query.conditions:
        return []
    ((names,),) = ask("SELECT max(id) FROM contact")
    if (offset + limit) * names > NAMES_FOR_ONE * total * total:
        return []
    matches, values = search_each(query.words, "c.id")
    return [key for (key,) in ask(IN_ORDER.format(matches=matches), (*values, limit, offset))]


def _present() -> Any:
    return t.ContactTable.status != str(Status.ARCHIVED)


def _ordered_ids(conditions: list[Any], sort: str, anew: Mapping[int, Derivation]) -> list[int]:
    """All matching ids in an order; `anew` holds the derivations that replace table rows from a later day."""
    found = [row[0] for row in _ordered(conditions, sort).tuples()]
    name = sort.removeprefix("-")
    if name not in ("last", "due", "loops"):
        return found
    summary = t.ContactSummaryTable
    column = {"last": summary.last_contact, "due": summary.due, "loops": summary.loops}[name]
    values: dict[int, Any] = dict(summary.select(summary.contact_id, column).tuples())
    attribute = {"last": "last_contact"}.get(name, name)
    values.update((key, getattr(one, attribute)) for key, one in anew.items())
    by_name = [row[0] for row in _ordered(conditions, "name").tuples()]
    known = [key for key in by_name if values.get(key) is not None]
    known.sort(key=lambda key: values[key], reverse=sort.startswith("-") != (name == "loops"))
    return known + [key for key in by_name if values.get(key) is None]


def _ordered(conditions: list[Any], sort: str) -> Any:
    """Ids in an order; contacts without a value come last in every order."""
    descending, name = sort.startswith("-"), sort.removeprefix("-")
    if name not in SORTS:
        raise Refused(f"The list cannot be sorted by “{name[:30]}”", f"Use {', '.join(SORTS)}")
    contact, summary = t.ContactTable, t.ContactSummaryTable
    by_name = [contact.folded, contact.status, contact.id]
    if name == "name":
        if descending:
            by_name = [term.desc() for term in by_name]
        return contact.select(contact.id).where(*conditions).order_by(*by_name)
    if name == "company":
        key = contact.company.desc() if descending else contact.company
        rows = contact.select(contact.id).where(*conditions)
        return rows.order_by(contact.company == "", key, *by_name)
    column: Any = {"last": summary.last_contact, "due": summary.due, "loops": summary.loops}[name]
    # Loops: people look for the most first.
    key = column.desc() if descending != (name == "loops") else column
    rows = contact.select(contact.id).join(summary, JOIN.LEFT_OUTER, on=(summary.contact == contact.id))
    return rows.where(*conditions).order_by(column.is_null(), key, *by_name)


def _rows(
    ids: Sequence[int], today: date, settings: Settings, anew: Mapping[int, Derivation], *, hidden: bool = False
) -> list[ContactRow]:
    """The lines of contacts; with `hidden` they include the ends of snoozes of items other than the rhythm."""
    everyone = everyone_paused_until()
    ends = snooze_ends(ids, anew, today) if hidden else {}
    items = items_with_ids(f"c{key}" for key in ids)
    found: dict[int, ContactRow] = {}
    for key, name, company, circles, rhythm, last, due, loops in ask_about(LINES, ids):
        item, last_contact, due_on = items.get(f"c{key}"), day(last), day(due)
        if key in anew:
            one = anew[key]
            item, last_contact, due_on, loops = one.rhythm_item, one.last_contact, one.due, one.loops
        state = item_state(item, settings, today, everyone) if item is not None else State.NONE
        found[key] = ContactRow(
            id=key,
            name=name,
            company=company,
            circles=tuple(circles.split(", ")) if circles else (),
            rhythm=rhythm or "",
            last_contact=last_contact,
            due=due_on,
            state=state,
            loops=loops or 0,
            back=_back(state, item, everyone) or ends.get(key),
        )
    return [found[key] for key in ids if key in found]


def _back(state: State, item: OpenItem | None, everyone: date | None) -> date | None:
    """The day on which the rhythm of a contact comes back to the agenda."""
    if item is None:
        return None
    match state:
        case State.PAUSED:
            return max(day for day in (item.paused_until, everyone) if day is not None)
        case State.PLANNED:
            return item.planned_on
    return item.hidden_until if state is State.SNOOZED else None


def where(query: Query, today: date, settings: Settings, anew: Mapping[int, Derivation]) -> list[Any]:
    """A query as SQL conditions on Contact; `anew` holds the derivations that replace table rows from a later day."""
    found = [_condition(condition, today, settings, anew) for condition in query.conditions]
    if query.words:
        found.append(t.ContactTable.id.in_(SQL(*search_match(query.words))))
    if not any(condition.field in ("status", "id") for condition in query.conditions):
        found.append(_present())
    return found


def _condition(condition: Condition, today: date, settings: Settings, anew: Mapping[int, Derivation]) -> Any:
    timeless, timely = _by_facts(condition)
    expression = _any(_positive(one, today, settings) for one in (timeless, timely) if one is not None)
    if anew and timely is not None:
        key = t.ContactTable.id
        fitting = [contact_id for contact_id, one in anew.items() if _fits(timely, one, today, settings)]
        by_tables = _positive(timely, today, settings) & key.not_in(SQL(*one_of(anew)))
        before = [] if timeless is None else [_positive(timeless, today, settings)]
        expression = _any([*before, by_tables, key.in_(SQL(*one_of(fitting)))])
    if condition.field == "is" and "snoozed" in condition.values:
        expression = expression | t.ContactTable.id.in_(SQL(f"({dates_snoozed(today)})"))
    return ~expression if condition.negated else expression


def _by_facts(condition: Condition) -> tuple[Condition | None, Condition | None]:
    """A condition in two parts: one that no fact dated after today changes, and one that such a fact may change."""
    if condition.field in ("due", "last", "is"):
        return None, condition
    if condition.field != "has":
        return condition, None
    loops = tuple(value for value in condition.values if value == "loop" or value in LOOP_KINDS)
    others = tuple(value for value in condition.values if value not in loops)
    return (
        replace(condition, values=others) if others else None,
        replace(condition, values=loops) if loops else None,
    )


def _positive(condition: Condition, today: date, settings: Settings) -> Any:
    contact = t.ContactTable
    match condition.field:
        case "id":
            return contact.id.in_([int(value) for value in condition.values])
        case "mode" | "status":
            return getattr(contact, condition.field).in_(condition.values)
        case "text":
            return contact.id.in_(SQL(*search_match(condition.values)))
        case "circle":
            rows = t.MembershipTable.select(t.MembershipTable.contact_id).join(t.CircleTable)
            return contact.id.in_(rows.where(_compared(t.CircleTable.folded, condition)))
        case "email" | "phone":
            rows = t.AddressTable.select(t.AddressTable.contact_id).where(
                t.AddressTable.kind == condition.field, _compared(folded(t.AddressTable.value), condition)
            )
            return contact.id.in_(rows)
        case "is":
            ways = (contacts_hidden(value, today, everyone_paused_until()) for value in condition.values)
            return _any(contact.id.in_(SQL(f"({way})")) for way in ways)
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
        return _any(begins(column, value) for value in condition.values)
    return _any(holds(column, value) for value in condition.values)


def _any(expressions: Iterable[Any]) -> Any:
    together: Any = None
    for expression in expressions:
        together = expression if together is None else together | expression
    return together


def _has(value: str) -> Any:
    contact = t.ContactTable
    match value:
        case "loop":
            rows = t.ContactSummaryTable.select(t.ContactSummaryTable.contact_id).where(t.ContactSummaryTable.loops > 0)
        case "birthday":
            rows = t.ContactDateTable.select(t.ContactDateTable.contact_id).where(t.ContactDateTable.kind == "birthday")
        case "email" | "phone":
            rows = t.AddressTable.select(t.AddressTable.contact_id).where(t.AddressTable.kind == value)
        case "circle":
            rows = t.MembershipTable.select(t.MembershipTable.contact_id)
        case "rhythm":
            rows = t.DueItemTable.select(t.DueItemTable.contact_id).where(t.DueItemTable.kind == str(ItemKind.CADENCE))
        case "note" | "company" | "city":
            return getattr(contact, COLUMNS[value]) != ""
        case _:
            rows = t.DueItemTable.select(t.DueItemTable.contact_id).where(t.DueItemTable.kind == str(LOOP_KINDS[value]))
    return contact.id.in_(rows)


def _rhythm(value: str) -> Any:
    contact, summary = t.ContactTable, t.ContactSummaryTable
    with_rhythm = summary.select(summary.contact_id).where(summary.rhythm != "")
    match value:
        case "none":
            return contact.id.not_in(with_rhythm)
        case "own":
            return contact.cadence.is_null(False) & (contact.cadence != "none")
        case "circle":
            return contact.cadence.is_null() & contact.id.in_(with_rhythm)
    in_circle = (
        t.MembershipTable.select(t.MembershipTable.contact_id).join(t.CircleTable).where(t.CircleTable.cadence == value)
    )
    return (contact.cadence == value) | (contact.cadence.is_null() & contact.id.in_(in_circle))


def _dated(condition: Condition, today: date, settings: Settings) -> Any:
    contact, summary, due = t.ContactTable, t.ContactSummaryTable, t.DueItemTable
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


def _fits(condition: Condition, one: Derivation, today: date, settings: Settings) -> bool:
    """Whether a derivation meets a condition on "due", "last", "is" or a loop, by the same rules as the SQL."""
    if condition.field == "is":
        everyone = everyone_paused_until()
        return any(is_hidden(one, value, settings, today, everyone) for value in condition.values)
    if condition.field == "has":
        kinds = LOOPS if "loop" in condition.values else {LOOP_KINDS[value] for value in condition.values}
        return any(item.kind in kinds for item in one.items)
    last, soon = one.last_contact, today + timedelta(days=settings.soon_days)
    days = [item.due for item in one.items] if condition.field == "due" else [last] if last is not None else []
    if any((first or date.min) <= on <= (end or date.max) for first, end in condition.ranges for on in days):
        return True
    if condition.field == "last":
        return "never" in condition.values and last is None
    rhythm = one.rhythm_item
    late = rhythm is not None and rhythm.worst is not None and rhythm.worst < today
    states = {"late": late, "soon": any(today < on <= soon for on in days), "none": not days}
    return any(states.get(value, False) for value in condition.values)
