"""The people hidden from the agenda: snoozed, paused, or with a plan that replaces the rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import Hidden, ItemKind, Settings, State
from planner.core.rhythm.due import item_state
from planner.store.connection import ask, ask_about, day
from planner.store.views.open_items import derived_as_of

if TYPE_CHECKING:
    from planner.store.views.derivation import Derivation

_RHYTHM = f"SELECT d.contact_id FROM due_item d WHERE d.kind = '{ItemKind.CADENCE}'"
# Only rows of rhythms have pauses and plans, so that the index of the few that have one is used.
_ANY = "SELECT d.contact_id FROM due_item d WHERE"
_PAUSED = "d.paused_until > '{today}'"
_PLANNED = "d.planned_on IS NOT NULL AND (d.planned_from IS NULL OR d.planned_from <= '{today}')"
_SNOOZED_DATES = """SELECT s.contact_id FROM snooze s WHERE s.item > 'd' AND s.item < 'e' AND s.until > '{today}'
    AND s.id = (SELECT max(later.id) FROM snooze later WHERE later.item = s.item AND later.made_on <= '{today}')"""
_AWAKE = "(d.paused_until IS NULL OR d.paused_until <= '{today}')"
_ENDS = f"SELECT min(d.paused_until), max(d.paused_until) FROM due_item d WHERE {_PAUSED}"
_SNOOZE_ENDS = """SELECT contact_id, min(hidden_until) FROM due_item
    WHERE contact_id IN ({{keys}}) AND hidden_until > '{today}' GROUP BY contact_id"""
_DATES_END = _SNOOZED_DATES.replace("SELECT s.contact_id", "SELECT s.contact_id, s.until")


def contacts_hidden(state: str, today: date, everyone_paused_until: date | None) -> str:
    """A query for the ids of contacts with items hidden for one reason, other than days of the year.

    For a rhythm a pause takes precedence, then a plan.
    """
    everyone = everyone_paused_until is not None and today < everyone_paused_until
    match State(state):
        case State.PAUSED:
            found = _RHYTHM if everyone else f"{_ANY} {_PAUSED}"
        case State.PLANNED:
            found = f"{_ANY} {'1 = 0' if everyone else f'{_PLANNED} AND {_AWAKE}'}"
        case _:
            rhythm = "" if everyone else f" OR ({_AWAKE} AND NOT ({_PLANNED}))"
            found = f"""SELECT DISTINCT d.contact_id FROM due_item d WHERE d.hidden_until > '{{today}}'
                AND (d.kind <> '{ItemKind.CADENCE}'{rhythm})"""
    # The day is our own date, so it can be part of a larger statement as it is.
    return found.format(today=today.isoformat())


def dates_snoozed(today: date) -> str:
    """A query for the ids of contacts with a snoozed day of the year."""
    return _SNOOZED_DATES.format(today=today.isoformat())


def is_hidden(one: Derivation, state: str, settings: Settings, today: date, everyone: date | None) -> bool:
    """Whether a derivation is hidden for one reason, by the same rules as the SQL of `contacts_hidden`."""
    return any(item_state(item, settings, today, everyone) is State(state) for item in one.items)


def hidden(settings: Settings, today: date, everyone_paused_until: date | None) -> Hidden:
    """How many people are hidden for each reason, and when the first and the last paused one comes back."""
    anew = derived_as_of(settings, today)

    def count(state: State) -> int:
        found = contacts_hidden(state, today, everyone_paused_until)
        dates = f" UNION {dates_snoozed(today)}" if state is State.SNOOZED else ""
        if not anew:
            ((number,),) = ask(f"SELECT count(*) FROM ({found}{dates}) AS people")
            return int(number)
        people = {key for (key,) in ask(found)} - anew.keys()
        for key, one in anew.items():
            if is_hidden(one, state, settings, today, everyone_paused_until):
                people.add(key)
        return len(people.union(key for (key,) in ask(dates_snoozed(today))) if dates else people)

    snoozed, paused, planned = map(count, (State.SNOOZED, State.PAUSED, State.PLANNED))
    first = last = None
    if paused and everyone_paused_until is not None and today < everyone_paused_until:
        first = last = everyone_paused_until
    elif paused:
        ((earliest, latest),) = ask(_ENDS.format(today=today.isoformat()))
        first, last = day(earliest), day(latest)
    return Hidden(snoozed, paused, planned, first, last)


def snooze_ends(contact_ids: Iterable[int], anew: Mapping[int, Derivation], today: date) -> dict[int, date]:
    """By contact, the day on which the first snoozed item comes back."""
    asked = set(contact_ids)
    now = today.isoformat()
    ends = [(key, date.fromisoformat(until)) for key, until in ask_about(_SNOOZE_ENDS.format(today=now), asked)]
    ends = [(key, until) for key, until in ends if key not in anew]
    ends += [(key, date.fromisoformat(until)) for key, until in ask(_DATES_END.format(today=now)) if key in asked]
    ends += [
        (key, item.hidden_until)
        for key in anew.keys() & asked
        for item in anew[key].items
        if item.hidden_until is not None and item.hidden_until > today
    ]
    found: dict[int, date] = {}
    for key, until in ends:
        found[key] = min(until, found.get(key, until))
    return found
