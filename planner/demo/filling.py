"""Writes the sample network: its people, what happened with them, and what is planned, in a few bulk inserts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core.model import CircleCadence, RhythmFacts, Settings
from planner.core.rhythm.cadence import parse_cadence
from planner.core.rhythm.due import effective_cadence, spread_days
from planner.core.words.folding import fold
from planner.demo import favor_story, people, story
from planner.demo.acquaintances import write_acquaintances
from planner.demo.addresses import addresses_of
from planner.demo.interactions import YEAR, write_interactions
from planner.demo.needs_and_favors import write_needs_and_favors
from planner.demo.network import SampleNetwork
from planner.store import tables as t

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

STORY_ENDS = 10
"""Days from today up to which only the story has anything on a day."""


def write_network(writer: Writer, today: date) -> None:
    """Write the whole sample network for a day."""
    network = SampleNetwork(writer, today)
    circles = _write_circles(network)
    _write_contacts(network, circles)
    addresses = [row for one in network.people for row in addresses_of(one, network.ids[one.name], network.random)]
    writer.insert_many(t.AddressTable, addresses)
    _write_dates(network)
    write_interactions(network)
    write_needs_and_favors(network)
    _write_follow_ups(network)
    _write_put_off(network)
    write_acquaintances(network)


# People


def _write_circles(network: SampleNetwork) -> dict[str, int]:
    """Write the circles; return the key of each, by name."""
    fair = network.due_in("fri") - story.FAIR_DAYS
    rows = [
        {
            "name": name,
            "folded": fold(name),
            "cadence": cadence,
            "cadence_since": network.on(fair if name == "harbour days" else -400) if cadence else None,
        }
        for name, cadence in people.CIRCLES.items()
    ]
    return dict(zip(people.CIRCLES, network.writer.insert_many(t.CircleTable, rows), strict=True))


def _write_contacts(network: SampleNetwork, circles: dict[str, int]) -> None:
    rows = [_contact_row(network, person) for person in network.people]
    keys = network.writer.insert_many(t.ContactTable, rows)
    network.ids = {person.name: key for person, key in zip(network.people, keys, strict=True)}
    memberships = [
        {"circle": circles[circle], "contact": network.ids[person.name], "joined_on": network.since[person.name]}
        for person in network.people
        for circle in person.circles
    ]
    network.writer.insert_many(t.MembershipTable, memberships)


def _contact_row(network: SampleNetwork, person: people.Person) -> dict[str, Any]:
    name = person.name
    known_for = network.random.randint(YEAR + 30, 4 * YEAR)
    source = network.random.choice(("in person", "in person", "vcard", "google"))
    imported = name in people.IMPORTED
    if "harbour days" in person.circles:
        known_for, source = story.FAIR_DAYS - network.due_in("fri"), "in person"
    elif imported:
        known_for, source = 20, "linkedin"
    elif "work" in person.circles or "alumni" in person.circles:
        source = network.random.choice(("linkedin", "in person"))
    since = network.since[name] = network.on(-known_for)
    return {
        "uid": _imported_uid(network, since) if imported else network.uid(),
        "name": name,
        "folded": fold(name),
        "company": person.company,
        "title": person.title,
        "city": person.city,
        "mode": "occasion" if name in people.OCCASION else "never" if name in people.NEVER else "rhythm",
        "status": "archived" if name in people.ARCHIVED else "deceased" if name in people.DECEASED else "active",
        "source": source,
        "looking_for": people.LOOKING_FOR.get(name, ""),
        "offers": people.OFFERS.get(name, ""),
        "notes": people.NOTES.get(name, ""),
        "cadence": person.rhythm or None,
        "cadence_since": since if person.rhythm else None,
        "spread": imported,
        "paused_until": network.on(story.PAUSED[1]) if name == story.PAUSED[0] else None,
        "created_on": since,
        "changed_at": since.isoformat(),
    }


def _imported_uid(network: SampleNetwork, since: date) -> str:
    """A uid that puts the first due day of an imported contact after the story; that day depends on the uid."""
    cadence = parse_cadence(people.CIRCLES["alumni"] or "", since)
    assert cadence is not None
    assert cadence.ideal is not None
    length = (cadence.ideal.after(since) - since).days
    while since + timedelta(days=spread_days(uid := network.uid(), length)) < network.on(STORY_ENDS):
        pass
    return uid


def _write_dates(network: SampleNetwork) -> None:
    """Write the birthdays and the anniversary of the story, and birthdays of 38 more people far from this week."""
    dates = [_date_row(network, name, *when) for name, when in story.BIRTHDAYS.items()]
    leap, year = story.LEAP_BIRTHDAY
    dates.append({"contact": network.ids[leap], "month_day": 229, "year": year})
    couple, days, years = story.ANNIVERSARY
    dates.append({**_date_row(network, couple, days, years), "kind": "anniversary"})
    named = {*story.BIRTHDAYS, leap, couple}
    random = network.random
    for name in random.sample([person.name for person in network.people if person.name not in named], 38):
        age = random.randint(24, 71) if random.random() < 0.6 else None
        dates.append(_date_row(network, name, random.randint(15, 350), age))
    network.writer.insert_many(t.ContactDateTable, dates)


def _date_row(network: SampleNetwork, name: str, days: int, age: int | None) -> dict[str, Any]:
    """The row of a day of the year, `days` from today; a past one was kept on its day."""
    on = network.on(days)
    if (on.month, on.day) == (2, 29) and days:
        on += timedelta(days=1)
    row: dict[str, Any] = {
        "contact": network.ids[name],
        "month_day": on.month * 100 + on.day,
        "year": on.year - age if age is not None else None,
    }
    return {**row, "kept_on": on, "settled_on": on} if days < 0 else row


# Plans and postponed items


def _write_follow_ups(network: SampleNetwork) -> None:
    rows = [
        {
            "uid": network.uid(),
            "contact": network.ids[name],
            "text": text,
            "on": network.on(min(day, *done) if done and repeat else day),
            "repeat": repeat,
            "closed_on": network.on(done[-1]) if done and not repeat else None,
        }
        for name, text, day, repeat, done in story.FOLLOW_UPS
    ]
    keys = network.writer.insert_many(t.FollowUpTable, rows)
    done_rows = [
        {"follow_up": key, "on": network.on(day), "due": network.on(day)}
        for key, (*_, done) in zip(keys, story.FOLLOW_UPS, strict=True)
        for day in done
    ]
    network.writer.insert_many(t.FollowUpDoneTable, done_rows)


def _write_put_off(network: SampleNetwork) -> None:
    """Write the two snoozes of the story, and the catch-up that was moved to today by hand."""

    def snooze(item: str, name: str, made_on: int, until: int, made_for: str) -> None:
        network.writer.insert(
            t.SnoozeTable, item=item, contact=network.ids[name],
            until=network.on(until), made_on=network.on(made_on), made_for=made_for,
        )  # fmt: skip

    name, made_on, until = story.SNOOZED
    snooze(f"c{network.ids[name]}", name, made_on, until, _cadence_key(network, name))
    title, name, told_on, made_on, until = favor_story.NUDGE_PUT_OFF
    due = network.on(told_on) + timedelta(days=Settings().nudge_days)
    snooze(f"n{network.needs[title]}", name, made_on, until, due.isoformat())
    chosen = network.ids[story.CHOSEN_TODAY]
    ideal = next(network.ideal_days(one) for one in network.people if one.name == story.CHOSEN_TODAY)
    last = max(day for day, *_ in story.TALKS[story.CHOSEN_TODAY])
    network.writer.insert(
        t.ChosenDayTable, item=f"c{chosen}", contact=chosen, day=network.today, for_due=network.on(last + (ideal or 0))
    )


def _cadence_key(network: SampleNetwork, name: str) -> str:
    """The key for a snooze of a person's rhythm, as the rules make it."""
    person = next(one for one in network.people if one.name == name)
    since = network.since[name]
    circles = tuple(CircleCadence(circle, people.CIRCLES[circle], since) for circle in person.circles)
    facts = RhythmFacts(0, "", cadence=person.rhythm or None, cadence_since=since, circles=circles)
    effective = effective_cadence(facts)
    return effective.key if effective is not None else ""
