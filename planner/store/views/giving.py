"""Facts for the page of giving: ties gone quiet, help to thank for, the days on which I helped."""

from __future__ import annotations

from datetime import date, timedelta

from planner.core.giving import QuietTie, ThankYou
from planner.store.connection import ask, day

QUIET_DAYS = 180
LONG_AGO = 90
"""Help received at least this many days ago may be thanked for once more."""
TURNS = 20
"""How many ties gone quiet take turns, a day each."""
# Not by the index of the status, which nearly everyone shares: the day, or the favor, narrows the search.
GOOD = "coalesce(c.status, '') = 'active' AND c.mode <> 'never'"
HELP = "f.direction = 'received' AND +f.state IN ('done', 'thanked', 'told')"
QUIET = f"""SELECT c.id, c.name, s.last_contact FROM contact_summary s JOIN contact c ON c.id = s.contact_id
    WHERE s.last_contact < ?
    AND EXISTS (SELECT 1 FROM favor f WHERE f.contact_id = s.contact_id AND {HELP} AND f.note <> '') AND {GOOD}
    AND NOT EXISTS (SELECT 1 FROM due_item d WHERE d.contact_id = c.id
        AND (d.hidden_until IS NOT NULL OR d.planned_on IS NOT NULL))
    ORDER BY s.last_contact DESC, c.id LIMIT {TURNS}"""
OWED = f"""SELECT c.id, c.name, f.note, f.kind, f.done_on, f.id FROM due_item d JOIN contact c ON c.id = d.contact_id
    JOIN favor f ON f.id = CAST(substr(d.id, 2) AS INTEGER) WHERE d.kind = 'thanks' AND {GOOD}
    ORDER BY d.due, d.id LIMIT 1"""
ONCE_MORE = f"""SELECT c.id, c.name, f.note, f.kind, f.done_on, f.id FROM favor f JOIN contact c ON c.id = f.contact_id
    LEFT JOIN contact_summary s ON s.contact_id = c.id WHERE {HELP} AND f.note <> '' AND f.done_on BETWEEN ? AND ?
    AND f.kind <> 'loan' AND {GOOD} AND (s.last_contact IS NULL OR s.last_contact < ?)
    AND NOT EXISTS (SELECT 1 FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id = c.id AND i."on" > ?)
    ORDER BY f.done_on DESC, f.id LIMIT 1"""


def _before(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def quiet_tie(today: date) -> QuietTie | None:
    """A tie gone quiet who helped me once; the latest ones take turns, a day each."""
    rows = ask(QUIET, (_before(today, QUIET_DAYS),))
    if not rows:
        return None
    key, name, last = rows[today.toordinal() % len(rows)]
    ((note,),) = ask(
        f"SELECT f.note FROM favor f WHERE f.contact_id = ? AND {HELP} AND f.note <> ''"
        " ORDER BY f.done_on DESC, f.id DESC LIMIT 1",
        (key,),
    )
    return QuietTie(key, name, date.fromisoformat(last), f"helped you: {note}")


def thank_you(today: date, not_contact: int | None = None) -> ThankYou | None:
    """Owed thanks, the longest due first; else help of the last year from a contact not met for long."""
    span = (_before(today, 365), _before(today, LONG_AGO), _before(today, LONG_AGO), _before(today, LONG_AGO))
    rows = [(*row, True) for row in ask(OWED)] or [(*row, False) for row in ask(ONCE_MORE, span)]
    found = [row for row in rows if row[0] != not_contact]
    if not found:
        return None
    key, name, note, kind, on, favor_id, owed = found[0]
    return ThankYou(key, name, note or kind, day(on), favor_id, owed)


UNKNOWN = f"""SELECT c.id, c.name FROM contact_summary s JOIN contact c ON c.id = s.contact_id
    WHERE s.last_contact >= ? AND s.last_contact <= ? AND c.looking_for = '' AND {GOOD}
    ORDER BY s.last_contact DESC, c.id LIMIT 1"""
MET_DAYS = 7


def wish_unknown(today: date) -> tuple[int, str] | None:
    """(id, name) of the person I last met, within a week, whose wishes are not written down."""
    rows = ask(UNKNOWN, (_before(today, MET_DAYS), today.isoformat()))
    return rows[0] if rows else None


def days_of_help(since: date) -> list[date]:
    """The days from `since` on on which I helped somebody."""
    rows = ask(
        "SELECT DISTINCT done_on FROM favor WHERE done_on >= ? AND direction = 'given' AND state = 'done'",
        (since.isoformat(),),
    )
    return [date.fromisoformat(on) for (on,) in rows]
