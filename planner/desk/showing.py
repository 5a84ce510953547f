"""One person or one item in detail: the card, and why something is due, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.core.dates.shown import exact_date
from planner.core.evidence.words import seen_words
from planner.core.favors import balances
from planner.core.model import FOREVER, ItemKind, Mode, OpenItem, RhythmFacts, State, Status
from planner.core.rhythm.due import effective_cadence, item_state, keep_in_touch, last_contact_step, rhythm_item
from planner.core.rhythm.urgency import terms, urgency
from planner.core.words.counts import days_word
from planner.core.words.wording import reason
from planner.desk.reciprocity.gifts import gift_for
from planner.desk.shared.checks import no_contact, present_name
from planner.desk.shared.context import Context
from planner.desk.shared.items import items_with, to_come
from planner.desk.values import Card, Why
from planner.store.book.applying import former_positions
from planner.store.facts import contact_dates, contacts, favors, follow_ups, interactions, put_off, rhythm_facts
from planner.store.views import open_items


class Showing:
    """Everything about one person, and about one item; see `Reading.card` and `Reading.why`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def why(self, contact_id: int | None, item_id: str | None) -> Why:
        """Why the rhythm of a contact, or one item, is due on its day and has its urgency, step by step."""
        today = self._context.today
        with self._context.store.read():
            if item_id is not None and item_id[:1] != "c":
                (item,) = items_with([item_id], today, self._context.settings)
                return self._why_item(item, today)
            if contact_id is None:
                contact_id = int(item_id[1:]) if item_id and item_id[1:].isdigit() else 0
            return self._why_contact(contact_id, today)

    def _why_item(self, item: OpenItem, today: date) -> Why:
        steps = [reason(item, today, begun=not to_come([item], self._context))]
        if item.chosen_day is not None:
            steps.append(f"put on {exact_date(item.chosen_day)} by hand")
        if item.hidden_until is not None and today < item.hidden_until:
            steps.append(f"snoozed to {exact_date(item.hidden_until)}")
        return Why(
            contact_id=item.contact_id,
            name=item.contact_name,
            item_id=item.id,
            state=item_state(item, self._context.settings, today),
            due=item.due,
            worst=item.worst,
            snoozed_until=_ahead(item.hidden_until, today),
            urgency=urgency(item, today),
            terms=terms(item, today),
            steps=tuple(steps),
        )

    def _why_contact(self, contact_id: int, today: date) -> Why:
        name = present_name(contact_id)
        known = rhythm_facts.rhythm_facts([contact_id])[contact_id]
        rhythm = keep_in_touch(known, self._context.settings, today)
        effective = effective_cadence(known)
        last = max((day for day in known.reached if day <= today), default=None)
        everyone = put_off.everyone_paused_until()
        base = {
            "contact_id": contact_id,
            "name": name,
            "item_id": f"c{contact_id}",
            "last_contact": last,
            "cadence_ideal": effective.cadence.ideal_text if effective is not None else None,
            "cadence_worst": effective.cadence.worst_text if effective is not None else None,
            "cadence_from": effective.source if effective is not None else "none",
        }
        item = rhythm_item(known, self._context.settings, today)
        if rhythm is None or item is None:
            plain = last_contact_step(last) if last is not None else ""
            seen = _told(plain, last, contact_id)
            steps = [_no_rhythm(known), *([seen] if seen != plain else [])]
            return Why(**base, state=State.NONE, steps=tuple(steps))  # type: ignore[arg-type]
        steps = [_told(step, last, contact_id) for step in rhythm.steps]
        row = open_items.items_with_ids([item.id]).get(item.id)
        if row is not None and row.chosen_day is not None:
            steps.append(f"put on {exact_date(row.chosen_day)} by hand")
        paused = max((day for day in (rhythm.paused_until, everyone) if day is not None), default=None)
        if paused is not None and today < paused:
            steps.append("paused until resumed" if paused == FOREVER else f"paused to {exact_date(paused)}")
        if today >= rhythm.due:
            past = (today - rhythm.due).days
            steps.append(f"{days_word(past)} past due, a round of {days_word(rhythm.ideal_days)}")
        return Why(
            **base,  # type: ignore[arg-type]
            state=item_state(item, self._context.settings, today, everyone),
            due=rhythm.due,
            worst=rhythm.worst,
            snoozed_until=_ahead(rhythm.hidden_until, today),
            paused_until=_ahead(paused, today),
            urgency=urgency(item, today),
            terms=terms(item, today),
            steps=tuple(steps),
        )

    def card(self, contact_id: int, history: int) -> Card:
        """The card of a contact, with the newest `history` interactions; raises Refused for an unknown id."""
        today, settings = self._context.today, self._context.settings
        with self._context.store.read():
            found = contacts.read_contacts([contact_id]).get(contact_id)
            if found is None:
                raise no_contact(contact_id)
            # An impossible year is stored as it was read, and not shown.
            found = replace(found, dates=tuple(replace(one, year=one.year_by(today.year)) for one in found.dates))
            known = rhythm_facts.rhythm_facts([contact_id])[contact_id]
            item = rhythm_item(known, settings, today)
            rhythm = keep_in_touch(known, settings, today)
            ledger = favors.favors_with(contact_id)
            standing = open_items.as_of(open_items.items_of(contact_id), settings, today, (contact_id,))
            loops = [one for one in standing if one.kind is not ItemKind.CADENCE]
            loops += contact_dates.date_items_of([contact_id], today, settings)
            interactions_told = interactions.interactions_of(contact_id, history)
            to_do, former = follow_ups.follow_ups_with(contact_id), former_positions(contact_id)
            everyone = put_off.everyone_paused_until()
            give, match = gift_for(found)
        balance = balances(ledger)
        return Card(
            contact=found,
            rhythm=rhythm,
            state=item_state(item, settings, today, everyone) if item is not None else State.NONE,
            due=rhythm.due if rhythm is not None else None,
            interactions=tuple(interactions_told),
            favors=tuple(ledger),
            loops=tuple(sorted(loops, key=lambda one: (one.due, one.id))),
            follow_ups=tuple(to_do),
            gave=balance[0].gave if balance else 0,
            received=balance[0].received if balance else 0,
            give=give,
            give_match=match,
            former=tuple(former),
            to_come=to_come(loops, self._context),
        )


def _told(step: str, last: date | None, contact_id: int) -> str:
    """A step of the derivation; that of the last contact with its source, unless a person wrote it down."""
    if last is None or step != last_contact_step(last):
        return step
    then = interactions.reached_on(contact_id, last)
    if not then or not all(one.source for one in then):
        return step
    return f"{step}: {seen_words(then[0].channel, then[0].direction, then[0].outcome, then[0].source)}"


def _ahead(day: date | None, today: date) -> date | None:
    """A day after today, else None; a pause without an end also gives None."""
    return day if day is not None and today < day < FOREVER else None


def _no_rhythm(known: RhythmFacts) -> str:
    if known.status is not Status.ACTIVE:
        return f"{known.status}: nothing is asked for"
    if known.mode is not Mode.RHYTHM:
        return "only on occasion" if known.mode is Mode.OCCASION else "never chased, by your choice"
    return "no rhythm of their own, and none of their circles has one"
