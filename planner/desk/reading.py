"""What can be asked: the agenda, why, a card, the contacts list, counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.core.dates.typed import exact_date
from planner.core.favors import LEDGER_KINDS, balances
from planner.core.model import (
    FOREVER,
    Agenda,
    FavorDirection,
    ItemKind,
    Mode,
    OpenItem,
    Outcome,
    RhythmFacts,
    State,
    Status,
)
from planner.core.rhythm import agenda as week_plan
from planner.core.rhythm.agenda import Week
from planner.core.rhythm.due import effective_cadence, item_state, keep_in_touch, rhythm_item
from planner.core.rhythm.urgency import terms, urgency
from planner.core.words.wording import days_word, reason
from planner.desk.shared.checks import present_name
from planner.desk.shared.context import Context
from planner.desk.shared.gifts import gift_for
from planner.desk.shared.items import items_with
from planner.desk.values import Card, ContactPage, Counts, Why
from planner.errors import Refused
from planner.store.facts import contacts, interactions, rhythm_facts
from planner.store.views import open_items

FAR = 3660
"""A week further off than this many days is not planned: nothing there could be right."""


class Reading:
    """Everything that only reads."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def agenda(self, *, week_of: date | None = None) -> Agenda:
        """The week that holds `week_of` (today's by default): open items in order, done ones, waiting."""
        today, settings = self._context.today, self._context.settings
        week = Week.of(week_of or today, settings)
        if abs((week.start - today).days) > FAR:
            raise Refused(f"The week of {exact_date(week.start)} is too far off", "Ask for one within ten years")
        with self._context.store.read():
            everyone = interactions.everyone_paused_until()
            items: list[OpenItem] = []
            due_in_all = 0
            if week.end >= today:
                days = (week.end - today).days + 1
                last = week_plan.look_ahead(week, today, settings)
                items = open_items.fixed_items(last, today)
                if everyone is None or everyone <= today:
                    room = days * settings.daily_capacity
                    items += open_items.pressing_rhythms(week.end, today, room)
                    due_in_all = open_items.rhythms_due(week.end, today)
                items = open_items.as_of(items, settings, today)
                first = today - timedelta(days=settings.date_belated_days)
                items += open_items.dates_between(first, last, today, settings)
            # What is done today takes room today, whichever week is looked at.
            done = tuple(_done_between(min(week.start, today), min(week.end, today)))
        return week_plan.plan(
            items,
            today=today,
            week=week,
            settings=settings,
            done=done,
            everyone_paused_until=everyone,
            rhythms_due=due_in_all,
        )

    def helped_between(self, start: date, end: date) -> int:
        """How many people were helped from a day to another."""
        if end < start:
            return 0
        with self._context.store.read():
            favors = interactions.favors_moved_between(start, end)
        given = (one for one in favors if one.direction is FavorDirection.GIVEN and one.done_on is not None)
        return len({one.contact_id for one in given if one.done_on is not None and start <= one.done_on <= end})

    def why(self, contact_id: int | None = None, item_id: str | None = None) -> Why:
        """Why a contact's rhythm, or one item, stands where it stands, step by step."""
        today = self._context.today
        with self._context.store.read():
            if item_id is not None and item_id[:1] != "c":
                (item,) = items_with([item_id], today, self._context.settings)
                return self._why_item(item, today)
            if contact_id is None:
                contact_id = int(item_id[1:]) if item_id and item_id[1:].isdigit() else 0
            return self._why_contact(contact_id, today)

    def _why_item(self, item: OpenItem, today: date) -> Why:
        steps = [reason(item, today)]
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
        everyone = interactions.everyone_paused_until()
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
            return Why(**base, state=State.NONE, steps=(_no_rhythm(known),))  # type: ignore[arg-type]
        steps = list(rhythm.steps)
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

    def card(self, contact_id: int, *, history: int = 50) -> Card:
        """A contact with rhythm, newest interactions, favors, open loops and follow-ups."""
        today, settings = self._context.today, self._context.settings
        with self._context.store.read():
            found = contacts.read_contacts([contact_id]).get(contact_id)
            if found is None:
                raise Refused(f"There is no contact #{contact_id}", "It may have been removed meanwhile")
            known = rhythm_facts.rhythm_facts([contact_id])[contact_id]
            item = rhythm_item(known, settings, today)
            rhythm = keep_in_touch(known, settings, today)
            favors = interactions.favors_with(contact_id)
            loops = [one for one in open_items.items_of(contact_id) if one.kind is not ItemKind.CADENCE]
            loops += open_items.date_items_of(contact_id, today, settings)
            happened = interactions.interactions_of(contact_id, history)
            follow_ups = interactions.follow_ups_with(contact_id)
            everyone = interactions.everyone_paused_until()
            give, match = gift_for(found)
        balance = balances(favors)
        return Card(
            contact=found,
            rhythm=rhythm,
            state=item_state(item, settings, today, everyone) if item is not None else State.NONE,
            due=rhythm.due if rhythm is not None else None,
            interactions=tuple(happened),
            favors=tuple(favors),
            loops=tuple(sorted(loops, key=lambda one: (one.due, one.id))),
            follow_ups=tuple(follow_ups),
            gave=balance[0].gave if balance else 0,
            received=balance[0].received if balance else 0,
            give=give,
            give_match=match,
        )

    def contacts(
        self,
        query: str = "",
        *,
        sort: str = "name",
        offset: int = 0,
        limit: int = 200,
        lenient: bool = False,
    ) -> ContactPage:
        """Lines of the contacts list that match a query, in an order, from `offset` on.

        `sort` is name, company, last, due or loops; a leading "-" reverses it. `lenient` ignores what is
        still being typed.
        """
        # Late: the agenda needs no filter language.
        from planner.core.search.query import parse_query
        from planner.store.views import contact_list

        store, today, settings = self._context.store, self._context.today, self._context.settings
        asked = parse_query(query, today, settings, lenient=lenient)
        with store.read():
            rows, total = contact_list.page(
                store, asked, sort=sort, offset=max(0, offset), limit=limit, today=today, settings=settings
            )
        return ContactPage(tuple(rows), total, offset)

    def contact_ids(self, query: str = "") -> list[int]:
        """Ids of every contact that matches a query, by name."""
        from planner.core.search.query import parse_query
        from planner.store.views import contact_list

        today, settings = self._context.today, self._context.settings
        asked = parse_query(query, today, settings)
        with self._context.store.read():
            return contact_list.ids(self._context.store, asked, today=today, settings=settings)

    def query(self, term: str, limit: int = 50) -> tuple[tuple[str, str, str], ...]:
        """(e-mail, name, company) of contacts whose name or e-mail holds a term, for mail programs."""
        with self._context.store.read():
            return tuple(contacts.mail_addresses(term, limit))

    def query_count(self, term: str) -> int:
        """How many addresses `query` would give without a limit."""
        with self._context.store.read():
            return contacts.count_mail_addresses(term)

    def counts(self) -> Counts:
        """How many contacts, open loops and due items there are."""
        with self._context.store.read():
            contacts, loops, due, found = open_items.counts(self._context.today, interactions.everyone_paused_until())
        nothing = (0, 0)
        return Counts(
            contacts=contacts,
            loops=loops,
            due=due,
            ledger=sum(found.get(kind, nothing)[0] for kind in LEDGER_KINDS),
            needs=found.get(ItemKind.NEED, nothing)[1],
            introductions=found.get(ItemKind.INTRODUCTION, nothing)[1],
        )


def _ahead(day: date | None, today: date) -> date | None:
    """The day when it is still to come, else None; what has no end has no day either."""
    return day if day is not None and today < day < FOREVER else None


def _done_between(start: date, end: date) -> Iterator[OpenItem]:
    """What was settled in a span of days, as items with the day they were settled."""
    if end < start:
        return
    settled = interactions.kinds_settled_between(start, end)
    for happening in interactions.interactions_between(start, end) if "interactions" in settled else ():
        if happening.direction == "them" and happening.outcome is not Outcome.REACHED:
            continue
        words = ": ".join(part for part in (happening.channel, happening.note) if part)
        if happening.outcome is Outcome.ATTEMPT:
            words = f"no answer{': ' + words if words else ''}"
        for contact_id, name in happening.contacts:
            yield OpenItem(
                f"i{happening.id}", ItemKind.CADENCE, contact_id, happening.on,
                text=words, contact_name=name, settled_on=happening.on,
            )  # fmt: skip
    for message in interactions.answered_between(start, end) if "answers" in settled else ():
        for contact_id, name in message.contacts[:1]:
            on = message.answered_on or end
            text = message.note or message.channel
            yield OpenItem(
                f"i{message.id}", ItemKind.ANSWER, contact_id, on, text=text, contact_name=name, settled_on=on
            )
    rounds = interactions.follow_ups_done_between(start, end) if "follow-ups" in settled else ()
    for key, contact_id, name, text, on in rounds:
        yield OpenItem(f"f{key}", ItemKind.FOLLOWUP, contact_id, on, text=text, contact_name=name, settled_on=on)
    for key, contact_id, name, words, on in open_items.dates_kept_between(start, end) if "dates" in settled else ():
        yield OpenItem(f"d{key}", ItemKind.DATE, contact_id, on, text=words, contact_name=name, settled_on=on)
    for key, contact_id, name, text, on in interactions.nudges_between(start, end) if "nudges" in settled else ():
        yield OpenItem(f"v{key}", ItemKind.ASK, contact_id, on, text=text, contact_name=name, settled_on=on)
    for favor in interactions.favors_moved_between(start, end) if "favors" in settled else ():
        given = favor.direction is FavorDirection.GIVEN
        steps = (
            (favor.done_on if given else None, ItemKind.PROMISE),
            (favor.thanked_on, ItemKind.THANKS),
            (favor.told_on, ItemKind.OUTCOME),
            (favor.closed_on, ItemKind.REQUEST if given else ItemKind.ASK),
        )
        for settled_on, kind_of in steps:
            if settled_on is not None and start <= settled_on <= end:
                yield OpenItem(
                    f"v{favor.id}", kind_of, favor.contact_id, settled_on, text=favor.note or favor.kind,
                    contact_name=favor.contact_name, settled_on=settled_on,
                )  # fmt: skip
    if "network" in settled:
        yield from _network_done_between(start, end)


def _network_done_between(start: date, end: date) -> Iterator[OpenItem]:
    """What was said about needs and introductions in a span of days, a line for each and day."""
    from planner.core.introductions import last_step
    from planner.store.facts import introductions, needs

    for key, title, contact_id, name, state, on, more in needs.steps_between(start, end):
        words = f"{title}: {state}" + (f" and {more} more" if more else "")
        yield OpenItem(f"n{key}", ItemKind.NEED, contact_id, on, text=words, contact_name=name, settled_on=on)
    for one in introductions.introductions_moved(start, end):
        step = last_step(one, start, end)
        if step is not None:
            on, contact_id, name, words = step
            yield OpenItem(
                f"t{one.id}", ItemKind.INTRODUCTION, contact_id, on, text=words, contact_name=name, settled_on=on
            )


def _no_rhythm(known: RhythmFacts) -> str:
    if known.status is not Status.ACTIVE:
        return f"{known.status}: nothing is asked for"
    if known.mode is not Mode.RHYTHM:
        return "only on occasion" if known.mode is Mode.OCCASION else "never chased, by your choice"
    return "no rhythm of their own, and none of their circles has one"
