"""The JSON the commands print. Names here are stable: programs read them; add, never rename.

Dates are ISO or null, ids numbers, item ids texts such as "c5". `print_json` puts `"version"` before them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import FOREVER, HEAR, AgendaItem, ContactDate, ContactRow, Interaction, OpenItem

if TYPE_CHECKING:
    from planner.core.model import Agenda, Hidden, ImportReport
    from planner.desk.values import Ledger, LedgerRow, Why

Shape = dict[str, Any]


def iso(day: date | None) -> str | None:
    """A date as JSON holds it."""
    return day.isoformat() if day is not None else None


def before_forever(day: date | None) -> date | None:
    """A future day; None for the end of something without an end."""
    return day if day != FOREVER else None


def person(contact_id: int, name: str) -> Shape:
    """The person something is about."""
    return {"id": contact_id, "name": name}


def open_item(item: OpenItem) -> Shape:
    """An open item without its place in a week; one about everyone told of a need has no contact."""
    everyone = item.asks == HEAR
    return {
        "id": item.id,
        "kind": str(item.kind),
        "contact": person(item.contact_id, item.contact_name) if not everyone else None,
        "title": item.text,
        "due": iso(item.due),
        "asks": item.asks or None,
        "starts": item.starts or None,
    }


def agenda_item(found: AgendaItem, today: date) -> Shape:
    """An item of the week; `snoozed_until` only while the snooze lasts."""
    item = found.item
    hidden = item.hidden_until if item.hidden_until is not None and item.hidden_until > today else None
    return {
        **open_item(item),
        "planned": iso(found.planned),
        "overdue_days": found.overdue_days,
        "urgency": round(found.urgency, 6),
        "snoozed_until": iso(hidden),
        "state": str(found.state),
        "why": found.why,
    }


def agenda(week: Agenda, hidden: Hidden) -> Shape:
    """A week, and how many people are hidden from it."""
    return {
        "today": iso(week.today),
        "week": {"start": iso(week.start), "end": iso(week.end)},
        "items": [agenda_item(found, week.today) for found in week.items],
        "done": [agenda_item(found, week.today) for found in week.done],
        "waiting": week.waiting,
        "to_read": week.to_read,
        "hidden": {
            "snoozed": hidden.snoozed,
            "paused": hidden.paused,
            "planned": hidden.planned,
            "first_back": iso(before_forever(hidden.first_back)),
            "last_back": iso(before_forever(hidden.last_back)),
        },
        "days": [
            {"date": iso(day.on), "load": day.load, "done": day.done, "capacity": day.capacity} for day in week.days
        ],
    }


def why(found: Why) -> Shape:
    """Why a rhythm or an item is due on its day and has its urgency."""
    return {
        "contact": person(found.contact_id, found.name),
        "item": found.item_id,
        "state": str(found.state),
        "due": iso(found.due),
        "worst": iso(found.worst),
        "last_contact": iso(found.last_contact),
        "snoozed_until": iso(found.snoozed_until),
        "paused_until": iso(found.paused_until),
        "cadence": {"ideal": found.cadence_ideal, "worst": found.cadence_worst, "from": found.cadence_from},
        "urgency": round(found.urgency, 6),
        "terms": [{"name": term.name, "value": round(term.value, 6)} for term in found.terms],
        "steps": list(found.steps),
    }


def interaction(found: Interaction) -> Shape:
    """Something that happened, was tried or is planned."""
    return {
        "id": found.id,
        "on": iso(found.on),
        "channel": found.channel,
        "direction": str(found.direction),
        "outcome": str(found.outcome),
        "note": found.note,
        "loop": found.loop,
        "source": found.source or None,
        "contacts": [person(contact_id, name) for contact_id, name in found.contacts],
    }


def month_day(found: ContactDate) -> str:
    """A day of the year as people type it: [YYYY-]MM-DD."""
    year = f"{found.year:04d}-" if found.year is not None else ""
    return f"{year}{found.month:02d}-{found.day:02d}"


def contact_row(row: ContactRow) -> Shape:
    """One line of the contacts list."""
    return {
        "id": row.id,
        "name": row.name,
        "company": row.company,
        "circles": list(row.circles),
        "rhythm": row.rhythm,
        "due": iso(row.due),
        "last_contact": iso(row.last_contact),
        "state": str(row.state),
        "loops": row.loops,
        "back": iso(before_forever(row.back)),
    }


def ledger_row(row: LedgerRow) -> Shape:
    """A favor that keeps a loop open; `state` is the favor's."""
    favor = row.favor
    return {
        "id": favor.id,
        "item": row.item.id,
        "contact": person(favor.contact_id, favor.contact_name),
        "direction": str(favor.direction),
        "kind": favor.kind,
        "state": str(favor.state),
        "due": iso(row.item.due),
        "overdue_days": row.overdue_days,
        "note": favor.note,
    }


def ledger(found: Ledger) -> Shape:
    """The four lanes and who helped whom how often."""
    return {
        "lanes": {lane: [ledger_row(row) for row in rows] for lane, rows in found.lanes.items()},
        "people": [
            {"contact": person(one.contact_id, one.name), "gave": one.gave, "received": one.received}
            for one in found.people
        ],
        "helped_this_week": found.helped_this_week,
        "needs_to_close": [open_item(item) for item in found.needs_to_close],
    }


def import_report(report: ImportReport) -> Shape:
    """What an import did or would do."""
    return {
        "added": report.added,
        "merged": report.merged,
        "unchanged": report.unchanged,
        "ambiguous": report.ambiguous,
        "skipped": report.skipped,
        "rejected": [{"file": one.file, "line": one.line, "reason": one.reason} for one in report.rejected],
        "remarks": list(report.remarks),
        "to_decide": report.to_decide,
    }
