"""Reading: the agenda, why, a card, the contacts list, counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.core.dates.shown import exact_date
from planner.core.evidence.words import seen_words
from planner.core.favors import LEDGER_KINDS, balances
from planner.core.model import (
    FOREVER,
    Agenda,
    AgendaItem,
    FavorDirection,
    Hidden,
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
from planner.core.rhythm.due import effective_cadence, item_state, keep_in_touch, last_contact_step, rhythm_item
from planner.core.rhythm.urgency import terms, urgency
from planner.core.settled import settled_steps
from planner.core.words.counts import days_word
from planner.core.words.wording import reason
from planner.desk.reciprocity.gifts import gift_for
from planner.desk.shared.checks import no_contact, present_name
from planner.desk.shared.context import Context
from planner.desk.shared.items import items_with, still_open, to_come
from planner.desk.values import Card, ContactPage, Counts, Whereabouts, Why
from planner.errors import Refused
from planner.store.book import questions
from planner.store.book.applying import former_positions
from planner.store.evidence import news
from planner.store.facts import contact_dates, contacts, favors, follow_ups, inbox, interactions, put_off, rhythm_facts
from planner.store.views import hidden, open_items, settled

FAR = 3660
"""A week further off than this many days is not planned: nothing there could be right."""


class Reading:
    """Questions that change nothing."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def agenda(self, *, week_of: date | None = None) -> Agenda:
        """The week that holds `week_of` (today's by default): open items in order, done ones, waiting."""
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
            # Items done today take room today, in whichever week is shown.
            done = tuple(_done_between(min(week.start, today), min(week.end, today)))
            to_read = inbox.count_waiting()
            to_decide = questions.count_open()
            seen = news.count(today)
        found = week_plan.plan(
            items, today=today, week=week, settings=settings, done=done,
            everyone_paused_until=everyone, rhythms_due=due_in_all, hour=hour,
        )  # fmt: skip
        return replace(found, to_read=to_read, to_decide=to_decide, seen=seen)

    def still_open(self, item_ids: Collection[str], contact_id: int | None = None) -> tuple[AgendaItem, ...]:
        """Those of some items that are open, and every open item of a contact; their states say what is hidden.

        Each stands on the day it is due, on today where that is past.
        """
        today, settings, hour = self._context.today, self._context.settings, self._context.hour
        with self._context.store.read():
            everyone = put_off.everyone_paused_until()
            found = still_open(item_ids, contact_id, today, settings)
        return tuple(week_plan.agenda_item(one, max(one.due, today), settings, today, everyone, hour) for one in found)

    def _rhythms(self, fixed: list[OpenItem], dates: list[OpenItem], end: date, last: date) -> Iterator[OpenItem]:
        """The rhythms a week may show, and what stands after `last` with the same people: a rhythm may join it."""
        today, settings = self._context.today, self._context.settings
        room = ((end - today).days + 1) * settings.daily_capacity
        found = {item.id: item for item in open_items.pressing_rhythms(end, today, room)}
        near = {item.contact_id for item in (*fixed, *dates)}
        found.update((item.id, item) for item in open_items.rhythms_with(near, end, today))
        yield from found.values()
        later = {item.contact_id: item.worst for item in found.values() if item.worst is not None and item.worst > last}
        if later:
            yield from open_items.fixed_items_after(later, last)
            yield from contact_dates.dates_of(later, last + timedelta(days=1), max(later.values()), settings)

    def whereabouts(self, contact_ids: Iterable[int]) -> tuple[Whereabouts, ...]:
        """What became of contacts whose ids were written down earlier: merged, gone, or as they were."""
        ids = list(dict.fromkeys(contact_ids))
        with self._context.store.read():
            now = {one: contacts.merged_into(one) for one in ids}
            known = contacts.read_contacts([one for one in now.values() if one is not None])
        found = {one: known.get(later) if later is not None else None for one, later in now.items()}
        return tuple(
            Whereabouts(one, now[one], contact.name, contact.status is not Status.ACTIVE)
            if contact is not None else Whereabouts(one, None)
            for one, contact in found.items()
        )  # fmt: skip

    def hidden(self) -> Hidden:
        """How many people are hidden from the agenda today: snoozed, paused, or with a plan that stands for them."""
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

    def card(self, contact_id: int, *, history: int = 50) -> Card:
        """A contact with rhythm, newest interactions, favors, open loops and follow-ups; Refused for an unknown id."""
        today, settings = self._context.today, self._context.settings
        with self._context.store.read():
            found = contacts.read_contacts([contact_id]).get(contact_id)
            if found is None:
                raise no_contact(contact_id)
            # A year that cannot be is kept as it was read, and not shown.
            found = replace(found, dates=tuple(replace(one, year=one.year_by(today.year)) for one in found.dates))
            known = rhythm_facts.rhythm_facts([contact_id])[contact_id]
            item = rhythm_item(known, settings, today)
            rhythm = keep_in_touch(known, settings, today)
            ledger = favors.favors_with(contact_id)
            standing = open_items.as_of(open_items.items_of(contact_id), settings, today, (contact_id,))
            loops = [one for one in standing if one.kind is not ItemKind.CADENCE]
            loops += contact_dates.date_items_of(contact_id, today, settings)
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

    def emails(self, contact_ids: Sequence[int]) -> dict[int, str]:
        """The first e-mail address of each contact that has one, in the order given."""
        with self._context.store.read():
            found = contacts.read_contacts(contact_ids)
        known = {key: found[key].emails for key in dict.fromkeys(contact_ids) if key in found}
        return {key: emails[0].value for key, emails in known.items() if emails}

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

        `sort` is name, company, last, due or loops; a leading "-" reverses it. `lenient` ignores
        the part of the query that is still being typed.
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

    def query(self, term: str, limit: int = 50) -> tuple[tuple[str, str, str], ...]:
        """(e-mail, name, company) of contacts whose name, nickname or e-mail holds a term, for mail programs."""
        with self._context.store.read():
            return tuple(contacts.mail_addresses(term, limit))

    def query_count(self, term: str) -> int:
        """How many addresses `query` would give without a limit."""
        with self._context.store.read():
            return contacts.count_mail_addresses(term)

    def counts(self) -> Counts:
        """How many contacts, open loops and due items there are."""
        with self._context.store.read():
            everyone = put_off.everyone_paused_until()
            contacts, loops, due, found = open_items.counts(self._context.settings, self._context.today, everyone)
        nothing = (0, 0)
        return Counts(
            contacts=contacts,
            loops=loops,
            due=due,
            ledger=sum(found.get(kind, nothing)[0] for kind in LEDGER_KINDS),
            needs=found.get(ItemKind.NEED, nothing)[1],
            introductions=found.get(ItemKind.INTRODUCTION, nothing)[1],
        )


def _told(step: str, last: date | None, contact_id: int) -> str:
    """A step of the derivation; that of the last contact with where it was seen, unless a person wrote it down."""
    if last is None or step != last_contact_step(last):
        return step
    then = interactions.reached_on(contact_id, last)
    if not then or not all(one.source for one in then):
        return step
    return f"{step}: {seen_words(then[0].channel, then[0].direction, then[0].outcome, then[0].source)}"


def _ahead(day: date | None, today: date) -> date | None:
    """A day after today, else None; a pause without an end gives None too."""
    return day if day is not None and today < day < FOREVER else None


def _done_between(start: date, end: date) -> Iterator[OpenItem]:
    """Items settled in a span of days, each with its day."""
    if end < start:
        return
    kinds = settled.kinds_settled_between(start, end)
    for one in interactions.interactions_between(start, end) if "interactions" in kinds else ():
        # A step of a loop is told by the loop itself.
        if one.loop or (one.direction == "them" and one.outcome is not Outcome.REACHED):
            continue
        words = ": ".join(part for part in (one.channel, one.note) if part)
        if one.outcome is Outcome.ATTEMPT:
            words = f"no answer{': ' + words if words else ''}"
        for contact_id, name in one.contacts:
            yield OpenItem(
                f"i{one.id}", ItemKind.CADENCE, contact_id, one.on,
                text=words, contact_name=name, settled_on=one.on,
            )  # fmt: skip
    for message in interactions.answered_between(start, end) if "answers" in kinds else ():
        for contact_id, name in message.contacts[:1]:
            on = message.answered_on or end
            text = message.note or message.channel
            yield OpenItem(
                f"i{message.id}", ItemKind.ANSWER, contact_id, on, text=text, contact_name=name, settled_on=on
            )
    rounds = follow_ups.follow_ups_done_between(start, end) if "follow-ups" in kinds else ()
    for key, contact_id, name, text, on in rounds:
        yield OpenItem(f"f{key}", ItemKind.FOLLOWUP, contact_id, on, text=text, contact_name=name, settled_on=on)
    for key, contact_id, name, words, on in contact_dates.dates_kept_between(start, end) if "dates" in kinds else ():
        yield OpenItem(f"d{key}", ItemKind.DATE, contact_id, on, text=words, contact_name=name, settled_on=on)
    for key, contact_id, name, text, on in favors.nudges_between(start, end) if "nudges" in kinds else ():
        yield OpenItem(f"v{key}", ItemKind.ASK, contact_id, on, text=text, contact_name=name, settled_on=on)
    for favor in favors.favors_moved_between(start, end) if "favors" in kinds else ():
        yield from settled_steps(favor, start, end)
    if "network" in kinds:
        yield from _network_done_between(start, end)


def _network_done_between(start: date, end: date) -> Iterator[OpenItem]:
    """The steps of needs and introductions in a span of days, an item for each and day."""
    from planner.core.introductions import last_step
    from planner.store.facts import introductions, needs

    for key, title, contact_id, name, state, on, more in needs.steps_between(start, end):
        words = f"{title}: {state}" + (f", and {more} more" if more else "")
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
