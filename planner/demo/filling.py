"""The sample network as rows: people, a year of history, and the story of this week."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from planner.core.dates.typed import MONTH_NAMES
from planner.core.model import CircleCadence, RhythmFacts, Settings
from planner.core.rhythm.cadence import parse_cadence
from planner.core.rhythm.due import effective_cadence, spread_days
from planner.core.words.folding import fold
from planner.demo import people, story, talk
from planner.demo.addresses import addresses_of
from planner.demo.together import bring_together
from planner.store import tables as t

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SEED = 1123
YEAR = 365
FRIDAY = 4
TOLD_IN_FULL = 3
"""With this many talks of their own, nobody needs invented ones."""
_day_in_text = re.compile(r"\{([+-]\d+)\}")
_WRITTEN = frozenset({"mail", "message", "letter"})


class Filling:
    """Builds the rows of the sample network for one day and writes them in a few bulk inserts."""

    def __init__(self, writer: Writer, today: date) -> None:
        self.writer = writer
        self.writer.uids = map("demo-{}".format, count())
        self.today = today
        self.random = Random(SEED)
        self.people = list(people.everyone())
        self.ids: dict[str, int] = {}
        self.circles: dict[str, int] = {}
        self.needs: dict[str, int] = {}
        self.favors: dict[tuple[int, str], int] = {}
        """Entries of the ledger by whose they are and what they say."""
        self.since: dict[str, date] = {}
        """The day each person's rhythm of their own was set, or they joined their circles."""

    def write(self) -> None:
        """Write everything."""
        self._circles()
        self._contacts()
        self._addresses()
        self._dates()
        self._interactions()
        self._needs()
        self._favors()
        self._told()
        self._follow_ups()
        self._put_off()
        bring_together(self.writer, self.ids, self.since, self._uid, self._on)

    # Small things

    def _on(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _uid(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def _imported_uid(self, since: date) -> str:
        """A uid whose place in the spread of an import is after this week, which belongs to the story."""
        cadence = parse_cadence(people.CIRCLES["alumni"] or "", since)
        assert cadence is not None
        assert cadence.ideal is not None
        length = (cadence.ideal.after(since) - since).days
        while since + timedelta(days=spread_days(uid := self._uid(), length)) < self._on(10):
            pass
        return uid

    def _text(self, text: str) -> str:
        def day(found: re.Match[str]) -> str:
            on = self._on(int(found[1]))
            return f"{on.day} {MONTH_NAMES[on.month - 1]}"

        return _day_in_text.sub(day, text)

    def _due_in(self, due: str) -> int:
        """Days from today to a day of the table: "+3", or "fri" for this week's Friday, which may be over."""
        return FRIDAY - self.today.weekday() if due == "fri" else int(due)

    def _ideal_days(self, person: people.Person) -> int | None:
        """The length of a person's rhythm in days; None without one, or with a rule."""
        rhythms = [person.rhythm] if person.rhythm else [people.CIRCLES[circle] for circle in person.circles]
        found = [parse_cadence(rhythm, self.today) for rhythm in rhythms if rhythm]
        lengths = [one.ideal.days() for one in found if one is not None and one.ideal is not None]
        return min(lengths, default=None)

    # People

    def _circles(self) -> None:
        fair = self._due_in("fri") - story.FAIR_DAYS
        rows = [
            {
                "name": name,
                "folded": fold(name),
                "cadence": cadence,
                "cadence_since": self._on(fair if name == "harbour days" else -400) if cadence else None,
            }
            for name, cadence in people.CIRCLES.items()
        ]
        self.circles = dict(zip(people.CIRCLES, self.writer.insert_many(t.Circle, rows), strict=True))

    def _contacts(self) -> None:
        rows = []
        for person in self.people:
            name = person.name
            known_for = self.random.randint(YEAR + 30, 4 * YEAR)
            source = self.random.choice(("in person", "in person", "vcard", "google"))
            if "harbour days" in person.circles:
                known_for, source = story.FAIR_DAYS - self._due_in("fri"), "in person"
            elif name in people.IMPORTED:
                known_for, source = 20, "linkedin"
            elif "work" in person.circles or "alumni" in person.circles:
                source = self.random.choice(("linkedin", "in person"))
            self.since[name] = self._on(-known_for)
            new = name in people.IMPORTED
            mode = "occasion" if name in people.OCCASION else "never" if name in people.NEVER else "rhythm"
            status = "archived" if name in people.ARCHIVED else "deceased" if name in people.DECEASED else "active"
            rows.append(
                {
                    "uid": self._imported_uid(self.since[name]) if new else self._uid(),
                    "name": name,
                    "folded": fold(name),
                    "company": person.company,
                    "title": person.title,
                    "city": person.city,
                    "mode": mode,
                    "status": status,
                    "source": source,
                    "looking_for": people.LOOKING_FOR.get(name, ""),
                    "offers": people.OFFERS.get(name, ""),
                    "notes": people.NOTES.get(name, ""),
                    "cadence": person.rhythm or None,
                    "cadence_since": self.since[name] if person.rhythm else None,
                    "spread": new,
                    "paused_until": self._on(story.PAUSED[1]) if name == story.PAUSED[0] else None,
                    "created_on": self.since[name],
                    "changed_at": self.since[name].isoformat(),
                }
            )
        keys = self.writer.insert_many(t.Contact, rows)
        self.ids = {person.name: key for person, key in zip(self.people, keys, strict=True)}
        memberships = [
            {"circle": self.circles[circle], "contact": self.ids[person.name], "joined_on": self.since[person.name]}
            for person in self.people
            for circle in person.circles
        ]
        self.writer.insert_many(t.Membership, memberships)

    def _addresses(self) -> None:
        rows = [row for person in self.people for row in addresses_of(person, self.ids[person.name], self.random)]
        self.writer.insert_many(t.Address, rows)

    def _dates(self) -> None:
        dates = [self._birthday(name, *when) for name, when in story.BIRTHDAYS.items()]
        leap, year = story.LEAP_BIRTHDAY
        dates.append({"contact": self.ids[leap], "month_day": 229, "year": year})
        couple, days, years = story.ANNIVERSARY
        dates.append({**self._birthday(couple, days, years), "kind": "anniversary"})
        named = {*story.BIRTHDAYS, leap, couple}
        others = [person.name for person in self.people if person.name not in named]
        for name in self.random.sample(others, 38):
            # Far enough from this week, whose dates are the story's.
            age = self.random.randint(24, 71) if self.random.random() < 0.6 else None
            dates.append(self._birthday(name, self.random.randint(15, 350), age))
        self.writer.insert_many(t.ContactDate, dates)

    def _birthday(self, name: str, days: int, age: int | None) -> dict[str, Any]:
        on = self._on(days)
        if (on.month, on.day) == (2, 29) and days:
            on += timedelta(days=1)
        row: dict[str, Any] = {
            "contact": self.ids[name],
            "month_day": on.month * 100 + on.day,
            "year": on.year - age if age is not None else None,
        }
        return {**row, "kept_on": on, "settled_on": on} if days < 0 else row

    # What happened

    def _interactions(self) -> None:
        told: list[tuple[int, str, str, tuple[str, ...]]] = [
            (day, channel, note, (name,)) for name, talks in story.TALKS.items() for day, channel, note in talks
        ]
        fair = self._due_in("fri") - story.FAIR_DAYS
        told += [(fair, "event", note, (name,)) for name, note in story.FAIR.items()]
        told += story.TOGETHER
        last_sunday = -(self.today.weekday() + 1)
        told += [(last_sunday - 7 * week, "call", note, ("Mum",)) for week, note in enumerate(story.MUM_CALLS)]
        told += self._invented()
        told.sort(key=lambda one: one[0])
        interactions, who = [], []
        for day, marked, note, names in told:
            channel = marked.lstrip("<?>")
            outcome = "attempt" if marked[:1] == "?" else "planned" if marked[:1] == ">" else "reached"
            direction = "them" if marked[:1] == "<" else "me" if channel in _WRITTEN or outcome == "attempt" else "both"
            interactions.append(
                {
                    "uid": self._uid(),
                    "on": self._on(day),
                    "channel": channel,
                    "direction": direction,
                    "outcome": outcome,
                    "note": self._text(note),
                }
            )
            who.append([self.ids[name] for name in names])
        keys = self.writer.insert_many(t.Interaction, interactions)
        self.writer.insert_many(
            t.Participation,
            [{"interaction": key, "contact": one} for key, group in zip(keys, who, strict=True) for one in group],
        )

    def _invented(self) -> list[tuple[int, str, str, tuple[str, ...]]]:
        """Talks with those who have no full story, newest first, so that the newest have something to say."""
        days: list[tuple[int, people.Person]] = []
        for person in self.people:
            days += [(day, person) for day in self._days_of(person)]
        days.sort(key=lambda one: (-one[0], one[1].name))
        notes = {circle: self._shuffled(talk.BY_CIRCLE[circle]) for circle in talk.BY_CIRCLE}
        seasons = {season: self._shuffled(talk.BY_SEASON[season]) for season in talk.BY_SEASON}
        channels = {circle: [channel for channel, _ in found] for circle, found in notes.items()}
        seen: set[str] = set()
        told: list[tuple[int, str, str, tuple[str, ...]]] = []
        for day, person in days:
            circle = person.circles[0]
            newest = person.name not in seen
            seen.add(person.name)
            channel, note = "", ""
            if self.random.random() < 0.12:
                channel, note = _taken(seasons[self._on(day).month % 12 // 3], person)
            if not note and (newest or self.random.random() < 0.5):
                channel, note = _taken(notes[circle], person)
            if not note:
                channel = self.random.choice([one for one in channels[circle] if _fits(one, person)])
            if not newest and channel in _WRITTEN and self.random.random() < 0.4:
                channel = f"<{channel}"
            told.append((day, channel, note, (person.name,)))
        return told

    def _shuffled(self, text: str) -> list[tuple[str, str]]:
        found = talk.lines(text)
        self.random.shuffle(found)
        return found

    def _days_of(self, person: people.Person) -> list[int]:
        """The days of the talks that the story leaves out, so that catching up is due when the table says."""
        name = person.name
        told = [day for day, channel, _ in story.TALKS.get(name, ()) if channel[:1] not in ("?", ">")]
        new = "harbour days" in person.circles or name in people.IMPORTED
        if new or not person.circles or name in people.NEVER or "family" in person.circles or len(told) >= TOLD_IN_FULL:
            return []
        if name in people.ARCHIVED:
            return [-self.random.randint(220, YEAR) for _ in range(2)]
        ideal = self._ideal_days(person)
        if ideal is None or name in people.OCCASION:
            return sorted(-self.random.randint(9, YEAR) for _ in range(self.random.randint(1, 5)))
        if person.due:
            day = self._due_in(person.due) - ideal
        elif told:
            day = min(told) - self._gap(ideal)
        else:
            # Months differ in length; the days to spare keep the round out of this week.
            day = -self.random.randint(1, ideal - 12 if ideal > 16 else 1)
        found = []
        while day > -YEAR:
            found.append(day)
            day -= self._gap(ideal)
        return found

    def _gap(self, ideal: int) -> int:
        return round(ideal * self.random.uniform(0.7, 1.5))

    def _needs(self) -> None:
        rows = [
            {
                "uid": self._uid(),
                "title": title,
                "why": why,
                "created_on": self._on(since),
                "wanted_by": self._on(by) if by is not None else None,
                "closed_on": self._on(closed) if closed is not None else None,
                "outcome": outcome,
            }
            for title, why, since, by, closed, outcome in story.NEEDS
        ]
        keys = self.writer.insert_many(t.Need, rows)
        self.needs = {need[0]: key for need, key in zip(story.NEEDS, keys, strict=True)}

    def _told(self) -> None:
        rows = [
            {
                "need": self.needs[title],
                "contact": self.ids[name],
                "state": state,
                "on": self._on(day),
                "passed_to": self.ids[words] if state == "passed on" else None,
                "favor": self.favors[self.ids[name], words] if state in ("asked", "helped") else None,
            }
            for title, told in story.TOLD.items()
            for name, state, day, words in told
        ]
        self.writer.insert_many(t.Told, rows)

    def _favors(self) -> None:
        rows: list[dict[str, Any]] = []

        def add(name: str, direction: str, kind: str, state: str, note: str, **more: Any) -> None:
            days = {key: self._on(value) for key, value in more.items() if isinstance(value, int)}
            words = {key: value for key, value in more.items() if isinstance(value, str)}
            row = {"uid": self._uid(), "contact": self.ids[name], "direction": direction, "kind": kind, "state": state}
            rows.append({**row, "note": self._text(note), **days, **words})

        for name, gave in story.GAVE.items():
            for day, kind, note in gave:
                add(name, "given", kind, "done", note, done_on=day)
        for name, received in story.RECEIVED.items():
            for day, kind, note in received:
                add(name, "received", kind, "told", note, done_on=day, thanked_on=day + 1, told_on=min(day + 15, -8))
        for name, kind, note, asked, closed, way, words in story.OFFERED_INSTEAD:
            add(
                name, "given", kind, "alternative", note,
                asked_on=asked, closed_on=closed, way_out=way, way_out_note=words,
            )  # fmt: skip
        for name, kind, note, asked, closed, state, words in story.NOT_TO_BE:
            add(name, "received", kind, state, note, asked_on=asked, closed_on=closed, way_out_note=words)
        name, kind, note, done, thanked = story.TOLD_TODAY
        add(name, "received", kind, "told", note, done_on=done, thanked_on=thanked, told_on=0)
        for name, kind, note, asked, due in story.PROMISED:
            add(name, "given", kind, "promised", note, asked_on=asked, due_on=due)
        for name, kind, note, asked in story.ASKED_ME:
            add(name, "given", kind, "asked", note, asked_on=asked)
        for name, kind, note, done in story.THANKS_OWED:
            add(name, "received", kind, "done", note, done_on=done)
        for name, kind, note, done, thanked in story.OUTCOME_OWED:
            add(name, "received", kind, "thanked", note, done_on=done, thanked_on=thanked)
        for name, kind, note, asked, _reminded in story.I_ASKED:
            add(name, "received", kind, "asked", note, asked_on=asked)
        needed = {
            (self.ids[name], words): self.needs[title]
            for title, told in story.TOLD.items()
            for name, state, _, words in told
            if state in ("asked", "helped")
        }
        keys = self.writer.insert_many(t.Favor, [{**row, "need_id": needed.get(_entry(row))} for row in rows])
        self.favors = {_entry(row): key for row, key in zip(rows, keys, strict=True)}
        asks = zip(keys[-len(story.I_ASKED) :], story.I_ASKED, strict=True)
        nudges = [{"favor": key, "on": self._on(day)} for key, ask in asks for day in ask[4]]
        self.writer.insert_many(t.Nudge, nudges)

    def _follow_ups(self) -> None:
        rows = [
            {
                "uid": self._uid(),
                "contact": self.ids[name],
                "text": text,
                "on": self._on(min(day, *done) if done and repeat else day),
                "repeat": repeat,
                "closed_on": self._on(done[-1]) if done and not repeat else None,
            }
            for name, text, day, repeat, done in story.FOLLOW_UPS
        ]
        keys = self.writer.insert_many(t.FollowUp, rows)
        done_rows = [
            {"follow_up": key, "on": self._on(day), "due": self._on(day)}
            for key, (*_, done) in zip(keys, story.FOLLOW_UPS, strict=True)
            for day in done
        ]
        self.writer.insert_many(t.FollowUpDone, done_rows)

    # What was put off or put somewhere by hand

    def _put_off(self) -> None:
        name, made_on, until = story.SNOOZED
        self.writer.insert(
            t.Snooze,
            item=f"c{self.ids[name]}",
            contact=self.ids[name],
            until=self._on(until),
            made_on=self._on(made_on),
            made_for=self._cadence_key(name),
        )
        title, name, told_on, made_on, until = story.NUDGE_PUT_OFF
        self.writer.insert(
            t.Snooze,
            item=f"n{self.needs[title]}",
            contact=self.ids[name],
            until=self._on(until),
            made_on=self._on(made_on),
            made_for=(self._on(told_on) + timedelta(days=Settings().nudge_days)).isoformat(),
        )
        chosen = self.ids[story.CHOSEN_TODAY]
        ideal = next(self._ideal_days(one) for one in self.people if one.name == story.CHOSEN_TODAY)
        last = max(day for day, *_ in story.TALKS[story.CHOSEN_TODAY])
        self.writer.insert(
            t.ChosenDay, item=f"c{chosen}", contact=chosen, day=self.today, for_due=self._on(last + (ideal or 0))
        )

    def _cadence_key(self, name: str) -> str:
        person = next(one for one in self.people if one.name == name)
        circles = tuple(CircleCadence(circle, people.CIRCLES[circle], self.since[name]) for circle in person.circles)
        effective = effective_cadence(
            RhythmFacts(0, "", cadence=person.rhythm or None, cadence_since=self.since[name], circles=circles)
        )
        return effective.key if effective is not None else ""


def _entry(row: dict[str, Any]) -> tuple[int, str]:
    """Whose an entry of the ledger is, and what it says."""
    return row["contact"], row["note"]


def _fits(channel: str, person: people.Person) -> bool:
    return person.city in people.NEAR or channel in talk.FROM_AFAR


def _taken(notes: list[tuple[str, str]], person: people.Person) -> tuple[str, str]:
    """The last note that can have come from a person where they live, taken off the list; or nothing."""
    for place in range(len(notes) - 1, -1, -1):
        if _fits(notes[place][0], person):
            return notes.pop(place)
    return "", ""
