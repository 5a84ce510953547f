"""What follows from the facts of contacts: open items, the last contact, the due date, the rhythm, the circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.core.dates.recurrence import repeat_due
from planner.core.favors import open_loops
from planner.core.model import WRITTEN_CHANNELS, ItemKind, OpenItem, Settings
from planner.core.records import record
from planner.core.rhythm.due import chosen, effective_cadence, rhythm_item
from planner.core.rhythm.recent import recent_days
from planner.store.connection import ask_about
from planner.store.evidence.replies import replies_to_favors
from planner.store.facts.contact_names import LIVING, names_in_lists
from planner.store.facts.favors import open_favors
from planner.store.facts.follow_ups import open_follow_ups
from planner.store.facts.put_off import chosen_days, hidden
from planner.store.facts.rhythm_facts import rhythm_facts
from planner.store.views.item_columns import LOOPS

WRITTEN = ", ".join(f"'{channel}'" for channel in ("", *sorted(WRITTEN_CHANNELS)))
"""Channels on which their interaction waits for an answer; an interaction without a channel counts as a message."""
CALL_BACK = "call back"
"""The words for their call that I missed."""


@record(frozen=True, slots=True)
class Derivation:
    """Everything derived for one contact."""

    items: tuple[OpenItem, ...]
    last_contact: date | None
    due: date | None
    rhythm: str
    circles: str
    recent: int
    by_name: str | None

    @property
    def loops(self) -> int:
        """The number of open loops with the contact."""
        return sum(1 for item in self.items if item.kind in LOOPS)

    @property
    def rhythm_item(self) -> OpenItem | None:
        """The keep-in-touch item, or None."""
        return next((item for item in self.items if item.kind is ItemKind.CADENCE), None)


NOTHING = Derivation((), None, None, "", "", 0, None)
"""The derivation of a contact without rhythm, circle and open items."""


def derive(
    contact_ids: Sequence[int],
    settings: Settings,
    today: date | None = None,
    of_needs: dict[int, list[OpenItem]] | None = None,
) -> dict[int, Derivation]:
    """Everything derived for contacts that exist, from their facts alone.

    Without `today` the result is what the tables hold; with it, what is true on that day, ignoring later facts.
    `of_needs` caches the items of needs between calls, as long as no fact changes: a need that thousands were told of
    is then read once, not for each batch of contacts.
    """
    ids = list(contact_ids)
    if not ids:
        return {}
    facts = rhythm_facts(ids)
    found: list[OpenItem] = []
    favors = open_favors(ids)
    replied = replies_to_favors(favors, today)
    for favor in favors:
        loops = open_loops(favor, settings, replied.get(favor.id))
        found += (replace(loop, contact_name="") for loop in loops)
    answers, tried = _answers(ids, settings, today)
    found += (*_follow_ups(ids, today), *_planned(ids, today), *answers)
    of_needs = {} if of_needs is None else of_needs
    found += (replace(item, contact_name="") for item in _network(ids, settings, today, of_needs))
    rhythms = {key: item for key, known in facts.items() if (item := rhythm_item(known, settings, today)) is not None}
    found = [*hidden(found, settings, tried, today), *rhythms.values()]
    by_hand = chosen_days(ids)
    items: dict[int, list[OpenItem]] = defaultdict(list)
    for item in found:
        items[item.contact_id].append(chosen(item, *by_hand.get((item.contact_id, item.id), (None, None))))
    derived, names = {}, names_in_lists(ids)
    for contact_id, known in facts.items():
        rhythm, effective = rhythms.get(contact_id), effective_cadence(known)
        last = max((on for on in known.reached if today is None or on <= today), default=None)
        derived[contact_id] = Derivation(
            items=tuple(items.get(contact_id, ())),
            last_contact=last,
            due=rhythm.due if rhythm is not None else None,
            rhythm=effective.cadence.words if effective is not None else "",
            circles=", ".join(circle.name for circle in known.circles),
            recent=recent_days(known.reached, last),
            by_name=names.get(contact_id),
        )
    return derived


# The open loops of a contact who has died stay in the history but are no items. Follow-ups stay: each is a note to
# oneself, such as flowers for a grave.
def _first_open(today: str, reached: str = "") -> str:
    """SQL: p is the first living participant of the interaction i without a contact since.

    An interaction with several contacts is one item, which passes to the next contact once one has been reached.
    `reached` narrows what counts as a contact.
    """
    return f"""p.id = (SELECT min(one.id) FROM participation one JOIN contact c ON c.id = one.contact_id
        WHERE one.interaction_id = i.id AND c.{LIVING} AND NOT EXISTS (
            SELECT 1 FROM participation q JOIN interaction j ON j.id = q.interaction_id
            WHERE q.contact_id = one.contact_id AND j.outcome = 'reached' {reached}
            AND j."on" BETWEEN i."on" AND '{today}'))"""


def _plans(today: str) -> str:
    """SQL: planned interactions without a contact on their day or later, with the hour if it is known.

    A plan from a calendar is not settled by a letter or a call on the same day that was only seen.
    """
    settles = 'AND (j."on" > i."on" OR i.seen <> i.version OR j.seen <> j.version OR j.channel = i.channel)'
    return f"""SELECT p.contact_id, i.id, i."on", i.channel, i.note,
            CASE WHEN i.seen = i.version THEN (SELECT min(e.starts) FROM evidence e
                WHERE e.interaction_id = i.id AND e.starts <> '') END
        FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id IN ({{keys}}) AND i.outcome = 'planned' AND {_first_open(today, settles)}"""


def unanswered(today: str) -> str:
    """SQL: their messages and missed calls without a contact from me on that day or later.

    The last column is the latest day since on which I tried. The `+` keeps SQLite off the index of answer days, which
    would read everything unanswered: 20 ms for 185,000 interactions, whoever is asked about.
    """
    return f"""SELECT p.contact_id, i.id, i."on", i.channel, i.note,
            (SELECT max(j."on") FROM participation q JOIN interaction j ON j.id = q.interaction_id
            WHERE q.contact_id = p.contact_id AND j.outcome = 'attempt' AND j.direction <> 'them'
            AND j."on" BETWEEN i."on" AND '{today}')
        FROM participation p JOIN interaction i ON i.id = p.interaction_id
        WHERE p.contact_id IN ({{keys}}) AND i.direction = 'them' AND +i.answered_on IS NULL AND i.loop = ''
        AND i.waits IS NOT 0 AND i."on" <= '{today}'
        AND (i.outcome = 'attempt' OR (i.outcome = 'reached' AND i.channel IN ({WRITTEN})))
        AND {_first_open(today, "AND j.direction <> 'them'")}"""


SHARING = """SELECT q.contact_id FROM participation p JOIN interaction i ON i.id = p.interaction_id
    JOIN participation q ON q.interaction_id = i.id
    WHERE p.contact_id IN ({keys}) AND (i.outcome = 'planned' OR (i.direction = 'them' AND i.answered_on IS NULL))"""
"""All participants of planned or unanswered interactions: a settled item passes to another participant."""


def _follow_ups(ids: list[int], today: date | None) -> Iterator[OpenItem]:
    for one in open_follow_ups(ids):
        rounds = tuple(on for on in one.done_on if today is None or on <= today)
        due = repeat_due(one.on, one.repeat, rounds)
        if due is not None:
            yield OpenItem(f"f{one.id}", ItemKind.FOLLOWUP, one.contact_id, due, text=one.text)


def _planned(ids: list[int], today: date | None) -> Iterator[OpenItem]:
    for contact_id, key, on, channel, note, starts in ask_about(_plans((today or date.max).isoformat()), ids):
        how = f"{channel} at {starts}" if starts else channel
        yield OpenItem(
            id=f"i{key}",
            kind=ItemKind.PLANNED,
            contact_id=contact_id,
            due=date.fromisoformat(on),
            text=": ".join(part for part in (how, note) if part) or "to meet",
            starts=starts or "",
        )


def _answers(ids: list[int], settings: Settings, today: date | None) -> tuple[list[OpenItem], dict[str, date]]:
    """(the messages to answer, by item the latest day on which I tried without an answer)."""
    found, tried = [], {}
    for contact_id, key, on, channel, note, attempt in ask_about(unanswered((today or date.max).isoformat()), ids):
        item = OpenItem(
            id=f"i{key}",
            kind=ItemKind.ANSWER,
            contact_id=contact_id,
            due=date.fromisoformat(on) + timedelta(days=settings.answer_days),
            text=note or (CALL_BACK if channel == "call" else channel),
        )
        found.append(item)
        if attempt is not None:
            tried[item.id] = date.fromisoformat(attempt)
    return found, tried


PARTNERS = """SELECT one_id, other_id FROM introduction
    WHERE closed_on IS NULL AND (one_id IN ({keys}) OR other_id IN ({keys}))"""
NEEDS = "SELECT DISTINCT need_id FROM told WHERE contact_id IN ({keys})"
HOLDERS = """SELECT contact_id FROM due_item WHERE id IN
    (SELECT 'n' || need_id FROM told WHERE contact_id IN ({keys}))"""
ALL_HOLDERS = """SELECT contact_id FROM due_item WHERE id = 'n' || :need
    UNION ALL SELECT contact_id FROM due_item WHERE id >= 'n' || :need || 'c' AND id < 'n' || :need || 'd'"""
"""The contacts who have an item of a need; an item passes to another contact when one is told or archived."""


def _network(
    ids: list[int], settings: Settings, today: date | None, of_needs: dict[int, list[OpenItem]]
) -> Iterator[OpenItem]:
    """The items of introductions and needs that belong to some contacts."""
    introduced, needs = ask_about(PARTNERS, ids), ask_about(NEEDS, ids)
    if not introduced and not needs:
        return
    # Late: most contacts have neither.
    from planner.core.introductions import open_step
    from planner.store.facts import introductions

    wanted = set(ids)
    for introduction in introductions.introductions_with(ids) if introduced else ():
        item = open_step(introduction, settings)
        if item is not None and item.contact_id in wanted:
            yield item
    for (need_id,) in dict.fromkeys(needs):
        if need_id not in of_needs:
            of_needs[need_id] = items_of_need(need_id, settings, today)
        yield from (item for item in of_needs[need_id] if item.contact_id in wanted)


def items_of_need(need_id: int, settings: Settings, today: date | None = None) -> list[OpenItem]:
    from planner.core.needs import need_items
    from planner.store.facts import needs
    from planner.store.views.of_needs.told_list import that_matter

    need = needs.need(need_id)
    if need is None:
        return []
    told, beyond, replied = that_matter(need_id, closed=need.closed_on is not None, today=today)
    return need_items(need, told, settings, replied, beyond)
