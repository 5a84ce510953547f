"""Reading: the agenda, why an item is due, a card, the contacts list, counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter

from planner.core.dates.shown import exact_date
from planner.core.favors import LEDGER_KINDS
from planner.core.model import (
    Agenda,
    AgendaItem,
    FavorDirection,
    Hidden,
    ItemKind,
    OpenItem,
    Status,
)
from planner.core.rhythm import agenda as week_plan
from planner.core.rhythm.agenda import CROWDED, Week
from planner.desk.shared.context import Context
from planner.desk.values import Card, ContactPage, Counts, Whereabouts, Why
from planner.errors import Refused
from planner.store.book import questions
from planner.store.evidence import news
from planner.store.facts import contact_dates, contact_names, favors, inbox, put_off
from planner.store.views import hidden, open_items, settled
from planner.store.views.pressing import pressing_rhythms

FAR = 3660
"""In days; a week further away is not planned, since nothing there could be right."""


class Reading:
    """Queries that change nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def agenda(self, *, week_of: date | None = None, in_short: bool = False, whole: Collection[date] = ()) -> Agenda:
        """The week that contains `week_of` (today's by default): open items in order, done ones, waiting.

        With `in_short` days before today with very many done items are only named, without these items, unless the day
        is in `whole`: for a week with 65,000 interactions 10 ms, where all of them take 1,100.
        """
        today, settings, hour = self._context.today, self._context.settings, self._context.hour
        week = Week.of(week_of or today, settings)
        if abs((week.start - today).days) > FAR:
            raise Refused(f"The week of {exact_date(week.start)} is too far off", "Ask for one within ten years")
        with self._context.store.read():
            everyone = put_off.everyone_paused_until()
            items: list[OpenItem] = []
            due_in_all = 0
            if week.end >= today:
                last = week_plan.look_ahead(week, today, settings)
                first = today - timedelta(days=settings.date_belated_days)
                items = open_items.fixed_items(last, today)
                dates = contact_dates.dates_between(first, last, settings)
                if everyone is None or everyone <= today:
                    items += self._rhythms(items, dates, week.end, last)
                    due_in_all = open_items.rhythms_due(week.end, today, settings)
                items = [*open_items.as_of(items, settings, today), *dates]
            # Items done today use today's places, whichever week is shown.
            first_done, last_done = min(week.start, today), min(week.end, today)
            crowded = settled.crowded_days(first_done, last_done, CROWDED) if in_short else []
            crowded = [one for one in crowded if one != today and one not in whole]
            done = tuple(one for span in _without(crowded, first_done, last_done) for one in _done_between(*span))
            to_read = inbox.count_waiting()
            to_decide = questions.count_open()
            seen = news.count(today)
        found = week_plan.plan(
            items, today=today, week=week, settings=settings, done=done,
            everyone_paused_until=everyone, rhythms_due=due_in_all, hour=hour,
        )  # fmt: skip
        return replace(found, to_read=to_read, to_decide=to_decide, seen=seen, crowded=tuple(crowded))

    def with_people_anew(self, week: Agenda, contact_ids: Collection[int]) -> Agenda | None:
        """A week that was read before a verb about some people, updated with what the verb changed for them.

        Only their items are read: 3 ms at any number of contacts, where the whole week takes 5 at 10,000 and 45 at
        1,000,000. None if the whole week is needed to decide which day an item goes on.
        """
        # Late: an agenda that is read once needs none of it.
        from planner.desk.shared.done_items import OF_PEOPLE, done_between

        today, settings, hour = self._context.today, self._context.settings, self._context.hour
        if week.today != today:
            return None
        last = week_plan.look_ahead(Week(week.start, week.end), today, settings)
        with self._context.store.read():
            everyone = put_off.everyone_paused_until()
            items = self._open_of(contact_ids, last) if week.end >= today else []
            done = tuple(done_between(OF_PEOPLE, week.start, min(week.end, today), contact_ids))
        return week_plan.with_people_anew(
            week, contact_ids, items, settings=settings, done=done, everyone_paused_until=everyone, hour=hour
        )

    def still_open(self, item_ids: Collection[str], contact_id: int | None = None) -> tuple[AgendaItem, ...]:
        """The open ones among some items, and every open item of a contact; their states say what is hidden.

        Each is placed on its due day, or on today if that is past.
        """
        # Late: an agenda that is read once needs no item by its id.
        from planner.desk.shared.items import still_open

        today, settings, hour = self._context.today, self._context.settings, self._context.hour
        with self._context.store.read():
            everyone = put_off.everyone_paused_until()
            found = still_open(item_ids, contact_id, today, settings)
        return tuple(week_plan.agenda_item(one, max(one.due, today), settings, today, everyone, hour) for one in found)

    def due_of(self, contact_ids: Collection[int]) -> tuple[AgendaItem, ...]:
        """The open items of some contacts that are due by today, by due day; their states say what is hidden."""
        today, settings, hour = self._context.today, self._context.settings, self._context.hour
        with self._context.store.read():
            everyone = put_off.everyone_paused_until()
            found = self._open_of(contact_ids, today)
        due = sorted((one for one in found if one.due <= today and one.settled_on is None), key=attrgetter("due", "id"))
        return tuple(week_plan.agenda_item(one, today, settings, today, everyone, hour) for one in due)

    def _open_of(self, contact_ids: Collection[int], last: date) -> list[OpenItem]:
        """Every open item of some contacts, of their days of the year those that are belated or come until `last`."""
        today, settings = self._context.today, self._context.settings
        first = today - timedelta(days=settings.date_belated_days)
        dates = contact_dates.dates_of(contact_ids, first, last, settings)
        return open_items.items_of_people(contact_ids, settings, today) + dates

    def _rhythms(self, fixed: list[OpenItem], dates: list[OpenItem], end: date, last: date) -> Iterator[OpenItem]:
        """The rhythms a week may show, and the items of the same people after `last`, which a rhythm may join."""
        today, settings = self._context.today, self._context.settings
        near = {item.contact_id for item in (*fixed, *dates)}
        beside = {item.id: item for item in open_items.rhythms_with(near, end, today)}
        spare = settings.daily_capacity
        while True:
            found = pressing_rhythms(end, today, settings.daily_capacity, len(beside) + spare) | beside
            later = {item.contact_id: item.worst for item in found.values() if item.worst and item.worst > last}
            after = open_items.fixed_items_after(later, last) if later else []
            if later:
                after += contact_dates.dates_of(later, last + timedelta(days=1), max(later.values()), settings)
            # A rhythm that joins an item after the week frees its place in the week.
            if len(joining := {item.contact_id for item in after}) <= spare:
                break
            spare = 2 * len(joining)
        yield from found.values()
        yield from after

    def whereabouts(self, contact_ids: Iterable[int]) -> tuple[Whereabouts, ...]:
        """What happened to contacts whose ids were written down earlier: merged, deleted, or unchanged."""
        # Late: the agenda shows names, and no field of a contact.
        from planner.store.facts import contacts

        ids = list(dict.fromkeys(contact_ids))
        with self._context.store.read():
            now = {one: contact_names.merged_into(one) for one in ids}
            known = contacts.read_contacts([one for one in now.values() if one is not None])
        found = {one: known.get(later) if later is not None else None for one, later in now.items()}
        return tuple(
            Whereabouts(one, now[one], contact.name, contact.status is not Status.ACTIVE)
            if contact is not None else Whereabouts(one, None)
            for one, contact in found.items()
        )  # fmt: skip

    def hidden(self) -> Hidden:
        """How many people are hidden from the agenda today: snoozed, paused, or with a plan in place of the rhythm."""
        with self._context.store.read():
            return hidden.hidden(self._context.settings, self._context.today, put_off.everyone_paused_until())

    def helped_between(self, start: date, end: date) -> int:
        """How many people I helped from `start` to `end`, both days included."""
        if end < start:
            return 0
        with self._context.store.read():
            moved = favors.favors_moved_between(start, end)
        given = (one for one in moved if one.direction is FavorDirection.GIVEN and one.done_on is not None)
        return len({one.contact_id for one in given if one.done_on is not None and start <= one.done_on <= end})

    def why(self, contact_id: int | None = None, item_id: str | None = None) -> Why:
        """Why the rhythm of a contact, or one item, is due on its day and has its urgency, step by step."""
        # Late: the agenda needs neither steps nor a card.
        from planner.desk.showing import Showing

        return Showing(self._context).why(contact_id, item_id)

    def card(self, contact_id: int, *, history: int = 50) -> Card:
        """The card of a contact, with the newest `history` interactions; raises Refused for an unknown id."""
        # Late, as above.
        from planner.desk.showing import Showing

        return Showing(self._context).card(contact_id, history)

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

        `sort` is name, company, last, due or loops; a leading "-" reverses it. `lenient` ignores the part of the query
        still being typed.
        """
        # Late: the agenda needs no filter language.
        from planner.core.search.query import parse_query
        from planner.store.views import contact_list

        store, today, settings = self._context.store, self._context.today, self._context.settings
        asked = parse_query(query, today, settings, lenient=lenient)
        with store.read():
            rows, total = contact_list.page(
                asked, sort=sort, offset=max(0, offset), limit=limit, today=today, settings=settings
            )
        return ContactPage(tuple(rows), total, offset)

    def contact_ids(self, query: str = "") -> list[int]:
        """Ids of every contact that matches a query, by name."""
        from planner.core.search.query import parse_query
        from planner.store.views import contact_list

        today, settings = self._context.today, self._context.settings
        asked = parse_query(query, today, settings)
        with self._context.store.read():
            return contact_list.ids(asked, today=today, settings=settings)

    def counts(self) -> Counts:
        """How many loops are open in the ledger and due in needs and introductions, and whether there are contacts."""
        with self._context.store.read():
            anybody = contact_names.is_anybody()
            found = open_items.loops(self._context.settings, self._context.today)
        nothing = (0, 0)
        return Counts(
            anybody=anybody,
            ledger=sum(found.get(kind, nothing)[0] for kind in LEDGER_KINDS),
            needs=found.get(ItemKind.NEED, nothing)[1],
            introductions=found.get(ItemKind.INTRODUCTION, nothing)[1],
        )


def _without(days: Iterable[date], start: date, end: date) -> Iterator[tuple[date, date]]:
    """The spans that remain of a span of days without some days, given in order."""
    for day in days:
        if start < day:
            yield start, day - timedelta(days=1)
        start = day + timedelta(days=1)
    if start <= end:
        yield start, end


def _done_between(start: date, end: date) -> Iterator[OpenItem]:
    """Items settled between two days, each with its day."""
    kinds = settled.kinds_settled_between(start, end) if start <= end else frozenset()
    if not kinds:
        return iter(())
    # Late: a week begins with nothing done.
    from planner.desk.shared.done_items import done_between

    return done_between(kinds, start, end)
