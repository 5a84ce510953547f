"""Writes the talks of the sample network: those of the story, and invented ones for everybody else."""

from __future__ import annotations

from planner.demo import people, story, talk
from planner.demo.network import SampleNetwork
from planner.demo.tables import lines
from planner.store import tables as t

YEAR = 365
TOLD_IN_FULL = 3
"""A person with this many talks of their own gets no invented ones."""
_WRITTEN = frozenset({"mail", "message", "letter"})
Talk = tuple[int, str, str, tuple[str, ...]]
"""(day from today, channel, note, names); `story.TALKS` explains the sign before a channel."""


def write_interactions(network: SampleNetwork) -> None:
    """Write every talk with its participants. The people are written already."""
    told: list[Talk] = [(*one, (name,)) for name, talks in story.TALKS.items() for one in talks]
    fair = network.due_in("fri") - story.FAIR_DAYS
    told += [(fair, "event", note, (name,)) for name, note in story.FAIR.items()]
    told += [(*one, tuple(names.split(", "))) for names, talks in story.TOGETHER.items() for one in talks]
    last_sunday = -(network.today.weekday() + 1)
    told += [(last_sunday - 7 * week, "call", note, ("Mum",)) for week, note in enumerate(story.MUM_CALLS)]
    told += _invented(network)
    told.sort(key=lambda one: one[0])
    interactions, who = [], []
    for day, marked, note, names in told:
        channel = marked.lstrip("<?>")
        outcome = {"?": "attempt", ">": "planned"}.get(marked[:1], "reached")
        direction = "them" if marked[:1] == "<" else "me" if channel in _WRITTEN or outcome == "attempt" else "both"
        interactions.append(
            {
                "uid": network.uid(),
                "on": network.on(day),
                "channel": channel,
                "direction": direction,
                "outcome": outcome,
                "note": network.text(note),
            }
        )
        who.append([network.ids[name] for name in names])
    keys = network.writer.insert_many(t.InteractionTable, interactions)
    network.writer.insert_many(
        t.ParticipationTable,
        [{"interaction": key, "contact": one} for key, group in zip(keys, who, strict=True) for one in group],
    )


def _invented(network: SampleNetwork) -> list[Talk]:
    """Talks with people without a full story, newest first, so that the newest talk of each person gets a note."""
    random = network.random

    def shuffled(text: str) -> list[tuple[str, str]]:
        found = lines(text)
        random.shuffle(found)
        return found

    days = [(day, person) for person in network.people for day in _days_of(network, person)]
    days.sort(key=lambda one: (-one[0], one[1].name))
    notes = {circle: shuffled(text) for circle, text in talk.BY_CIRCLE.items()}
    seasons = {season: shuffled(text) for season, text in talk.BY_SEASON.items()}
    channels = {circle: [channel for channel, _ in found] for circle, found in notes.items()}
    seen: set[str] = set()
    told: list[Talk] = []
    for day, person in days:
        circle = person.circles[0]
        newest = person.name not in seen
        seen.add(person.name)
        channel, note = "", ""
        if random.random() < 0.12:
            channel, note = _taken(seasons[network.on(day).month % 12 // 3], person)
        if not note and (newest or random.random() < 0.5):
            channel, note = _taken(notes[circle], person)
        if not note:
            channel = random.choice([one for one in channels[circle] if _fits(one, person)])
        if not newest and channel in _WRITTEN and random.random() < 0.4:
            channel = f"<{channel}"
        told.append((day, channel, note, (person.name,)))
    return told


def _days_of(network: SampleNetwork, person: people.Person) -> list[int]:
    """The days of a person's invented talks, chosen so that catching up is due on the day in the table of people."""
    random, name = network.random, person.name

    def gap(ideal: int) -> int:
        return round(ideal * random.uniform(0.7, 1.5))

    told = [day for day, channel, _ in story.TALKS.get(name, ()) if channel[:1] not in ("?", ">")]
    new = "harbour days" in person.circles or name in people.IMPORTED
    if new or not person.circles or name in people.NEVER or "family" in person.circles or len(told) >= TOLD_IN_FULL:
        return []
    if name in people.ARCHIVED:
        return [-random.randint(220, YEAR) for _ in range(2)]
    ideal = network.ideal_days(person)
    if ideal is None or name in people.OCCASION:
        return sorted(-random.randint(9, YEAR) for _ in range(random.randint(1, 5)))
    if person.due:
        day = network.due_in(person.due) - ideal
    elif told:
        day = min(told) - gap(ideal)
    else:
        # Months differ in length: 12 days to spare keep the round out of this week.
        day = -random.randint(1, ideal - 12 if ideal > 16 else 1)
    found = []
    while day > -YEAR:
        found.append(day)
        day -= gap(ideal)
    return found


def _fits(channel: str, person: people.Person) -> bool:
    """Whether a person lives near enough for a channel."""
    return person.city in people.NEAR or channel in talk.FROM_AFAR


def _taken(notes: list[tuple[str, str]], person: people.Person) -> tuple[str, str]:
    """The last (channel, note) that fits a person, removed from the list; ("", "") if none fits."""
    for place in range(len(notes) - 1, -1, -1):
        if _fits(notes[place][0], person):
            return notes.pop(place)
    return "", ""
