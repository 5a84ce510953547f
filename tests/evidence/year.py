"""A year of mail, calendar, calls and chats as programs leave them on the disk, and what of it happened.

What happened is kept while it is made up, never read back from the files: an oracle for what the planner says.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.header import Header
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Oslo")
ME = "me@home.example"
MY_NAME = "Kari Nord"
MY_PHONE = "+47 900 11 222"
Fact = tuple[str, date, str, str, str]
"""Who, the day, the channel, the direction, the outcome."""
REPLY = timedelta(days=14)
ZONES = [timezone(timedelta(minutes=minutes)) for minutes in (0, 60, 330, -480, 780)]
NOISE = {
    "a list": "List-Id: Friends <friends.lake.example>\n",
    "a list of old": "Precedence: bulk\n",
    "a vacation": "Auto-Submitted: auto-replied (vacation)\n",
    "a bounce": "Content-Type: multipart/report; report-type=delivery-status\n",
    "an invitation answered": "Content-Type: text/calendar; method=REPLY\n",
    "spam": "X-Spam-Flag: YES\n",
}
"""Fields of letters that are no contact, though people sent them."""


@dataclass(frozen=True)
class Person:
    """Somebody of the planner, reached by address, number and name."""

    name: str
    email: str
    phone: str

    @property
    def card(self) -> str:
        """The vCard to bring them in by."""
        lines = ("BEGIN:VCARD", "VERSION:4.0", f"FN:{self.name}", f"EMAIL:{self.email}", f"TEL:{self.phone}")
        return "\n".join((*lines, "END:VCARD\n"))


PEOPLE = tuple(
    Person(name, f"{name.split()[0].lower()}@lake{number % 3}.example", f"+47 413 00 {100 + number}")
    for number, name in enumerate(
        ("Ana Silva", "Ben Okri", "Cid Løvås", "Dora Quist", "Emil Zátopek", "Finn Å. Moe", "Gro Haug", "Hal Ives")
    )
)


class Year:
    """The 365 days before a day, drawn from a seed; `write` puts them on the disk, `facts` is what they come to."""

    def __init__(self, today: date, people: Sequence[Person] = PEOPLE, seed: int = 1, *, busy: float = 0.35) -> None:
        self.today = today
        self.people = people
        self._draw = Random(seed)
        self._letters: list[tuple[str, bytes]] = []
        self._events: list[str] = []
        self._calls: list[str] = []
        self._lines: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        self._wrote: dict[Person, set[date]] = defaultdict(set)
        self._sent: dict[Person, set[date]] = defaultdict(set)
        self._said: dict[tuple[Person, date], set[str]] = defaultdict(set)
        self._facts: dict[tuple[str, date, str, str], str] = {}
        self._planned: dict[Person, list[date]] = defaultdict(list)
        for ago in range(365, 0, -1):
            day = today - timedelta(days=ago)
            for person in people:
                if self._draw.random() < busy:
                    self._something(person, day)
            if self._draw.random() < busy:
                self._nothing(day)
        if not busy:
            return
        for person in people[::2]:
            self._meeting(person, today + timedelta(days=self._draw.randrange(3, 40)), "ACCEPTED", ahead=True)
        self._series(people[0])

    # What is made up

    def _at(self, day: date) -> datetime:
        """A time of that day, by day or in the evening, in a second of its own."""
        return datetime.combine(day, time(self._draw.randrange(8, 23), self._draw.randrange(60)), ZONE)

    def _something(self, person: Person, day: date) -> None:
        what = self._draw.choice(("letter", "letter", "letter", "call", "meeting", "chat", "chat", "noise"))
        if what == "letter":
            if self._draw.random() < 0.6:
                self._wrote[person].add(day)
                self.letter(person, day, self._draw.choice(("to", "cc", "bcc")))
            else:
                self._sent[person].add(day)
                self.letter(person, day, "sent")
        elif what == "call":
            self._call(person, day)
        elif what == "meeting":
            self._meeting(person, day, self._draw.choice(("ACCEPTED", "ACCEPTED", "DECLINED", "CANCELLED", "ASKED")))
        elif what == "chat":
            self._chat(person, day)
        else:
            self._noise(person, day)

    def letter(self, person: Person, day: date, how: str, more: str = "", folder: str = "") -> None:
        """Make up a letter: theirs "to" me, to me as "cc" or "bcc", to "others", to "many"; or "sent" by me."""
        at, number = self._at(day), len(self._letters)
        shape = self._draw.choice(("{address}", "{name} <{address}>", '"{last}, {first}" <{address}>'))
        first, last = person.name.split()[0], person.name.split()[-1]
        address = self._draw.choice((person.email, person.email.upper()))
        them = shape.format(
            name=Header(person.name, "utf-8").encode(), address=address, first=_ascii(first), last=_ascii(last)
        )
        me = self._draw.choice((ME, f"{MY_NAME} <{ME}>"))
        other = "Somebody Else <else@hill.example>"
        fields = {
            "to": (them, f"{me}, {other}", ""),
            "cc": (them, other, me),
            "bcc": (them, "undisclosed-recipients:;", ""),
            "sent": (me, f"{them},\n {other}", ""),
            "others": (them, other, ""),
            "many": (them, ", ".join([me, *(f"p{one}@crowd.example" for one in range(12))]), ""),
        }
        sender, to, copies = fields[how]
        received = f"\n\tfor <{ME}>" if how in ("to", "cc", "bcc") else ""
        stamp = at.astimezone(self._draw.choice(ZONES)).strftime("%a, %d %b %Y %H:%M:%S %z")
        head = (
            f"Received: from a.example by b.example with ESMTPS id {number:x}{received};\n\t{stamp}\n{more}"
            f"From: {sender}\nTo: {to}\n" + (f"Cc: {copies}\n" if copies else "") + f"Subject: Secret {number}\n"
            f"Date: {stamp}\nMessage-ID: <{number}@lake.example>\n\nSecret body {number}\nFrom: x@y.example\n"
        )
        place = folder or ("Sent" if how == "sent" else self._draw.choice(("", "", "Work", "Work/Lake")))
        self._letters.append((place, head.encode()))
        if self._draw.random() < 0.1 and not folder:
            # The same letter in one more folder, as servers with labels show it.
            self._letters.append(("All Mail", head.encode()))

    def _noise(self, person: Person, day: date) -> None:
        kind = self._draw.randrange(5)
        if kind == 0:
            self.letter(person, day, "many")
        elif kind == 1:
            self.letter(person, day, "others")
        elif kind == 2:
            self.letter(person, day, "to", folder=self._draw.choice(("Trash", "Drafts", "Junk")))
        else:
            self.letter(person, day, "to", self._draw.choice(list(NOISE.values())))

    def _nothing(self, day: date) -> None:
        """A letter and a call of somebody who is not in the planner, and a day of a large group."""
        shop = Person("A Shop", self._draw.choice(("no-reply@shop.example", "news@shop.example")), "+47 800 10 000")
        self.letter(shop, day, "to", self._draw.choice(("", "List-Unsubscribe: <https://shop.example/x>\n")))
        self.logged(shop.phone, self._at(day), 1, 300)
        at = self._at(day)
        for number in range(9):
            self._lines["Large"].append((at + timedelta(minutes=number), f"Member {number}"))
        self._lines["Large"] += [(at + timedelta(minutes=10), self.people[0].name), (at + timedelta(minutes=11), "")]

    def _call(self, person: Person, day: date) -> None:
        way, seconds, direction, outcome = self._draw.choice(
            ((1, 600, "them", "reached"), (2, 60, "me", "reached"), (2, 59, "me", "attempt"), (2, 0, "me", "attempt"),
             (3, 0, "them", "attempt"), (1, 59, "", ""), (4, 90, "", ""), (5, 0, "", ""))
        )  # fmt: skip
        self.logged(person.phone, self._at(day), way, seconds)
        if outcome:
            self._fact(person, day, "call", direction, outcome)

    def logged(self, phone: str, at: datetime, way: int, seconds: int) -> None:
        """A line of the log of calls; `way` is 1 for one of theirs, 2 for one of mine, 3 for a missed one."""
        phone = phone.replace(" ", "") if self._draw.random() < 0.5 else phone.removeprefix("+47 ")
        self._calls.append(
            f'<call number="{phone}" duration="{seconds}" date="{int(at.timestamp() * 1000)}" type="{way}" '
            f'presentation="1" readable_date="x" contact_name="(Unknown)" />'
        )

    def _meeting(self, person: Person, day: date, answer: str, *, ahead: bool = False) -> None:
        if answer == "ASKED" and (self.today - day).days < 30:
            answer = "ACCEPTED"
        # Two meetings of one day would be one interaction; a meeting is at least a line of its own.
        at = self._at(day).replace(hour=self._draw.randrange(8, 20))
        theirs = {"CANCELLED": "ACCEPTED", "ASKED": "NEEDS-ACTION"}.get(answer, answer)
        self.event(
            f"{person.email}-{day}-{len(self._events)}", at, (f"PARTSTAT={theirs}", person.email),
            more="STATUS:CANCELLED\n" if answer == "CANCELLED" else "",
        )  # fmt: skip
        if answer == "ACCEPTED":
            if ahead:
                self._planned[person].append(day)
            else:
                self._fact(person, day, "meeting", "both", "reached")

    def _series(self, person: Person) -> None:
        """Each fourth week for ten times, one of them left out."""
        first = self.today - timedelta(days=300)
        at = self._at(first).replace(hour=12)
        gone = (at + timedelta(weeks=8)).strftime("%Y%m%dT%H%M%S")
        rule = f"RRULE:FREQ=WEEKLY;INTERVAL=4;COUNT=10\nEXDATE;TZID=Europe/Oslo:{gone}\n"
        self.event("series", at, ("PARTSTAT=ACCEPTED", person.email), more=rule)
        for number in range(10):
            if number != 2:
                self._fact(person, first + timedelta(weeks=4 * number), "meeting", "both", "reached")

    def event(self, uid: str, at: datetime, who: tuple[str, str], more: str = "") -> None:
        """An hour of mine with somebody, given by what they answered ("PARTSTAT=ACCEPTED") and their address."""
        start, end = (one.strftime("%Y%m%dT%H%M%S") for one in (at, at + timedelta(hours=1)))
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        self._events.append(
            f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:{stamp}\n"
            f"DTSTART;TZID=Europe/Oslo:{start}\nDTEND;TZID=Europe/Oslo:{end}\nSUMMARY:Secret lunch\n"
            f"ORGANIZER:mailto:{ME}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{ME}\n"
            f"ATTENDEE;{who[0]}:mailto:{who[1]}\nATTENDEE;CUTYPE=ROOM:mailto:room@home.example\n{more}"
            "END:VEVENT\nEND:VCALENDAR\n"
        )

    def _chat(self, person: Person, day: date) -> None:
        at = self._at(day).replace(hour=self._draw.randrange(8, 22))
        for number in range(self._draw.randrange(1, 4)):
            mine = self._draw.random() < 0.5
            self._said[person, day].add("me" if mine else "them")
            self._lines[person.name].append((at + timedelta(minutes=number), "" if mine else person.name))

    def _fact(self, person: Person, day: date, channel: str, direction: str, outcome: str) -> None:
        place = (person.name, day, channel, direction)
        self._facts[place] = max(self._facts.get(place, ""), outcome)

    # What it comes to

    def facts(self) -> set[Fact]:
        """Everything that is to be in the planner after the year was read."""
        found = dict(self._facts)
        for person in self.people:
            for day in self._wrote[person]:
                found[person.name, day, "mail", "them"] = "reached"
            for day in self._sent[person]:
                answered = any(day <= one <= day + REPLY for one in self._wrote[person])
                found[person.name, day, "mail", "me"] = "reached" if answered else "attempt"
        for (person, day), sides in self._said.items():
            direction = "both" if len(sides) > 1 else next(iter(sides))
            found[person.name, day, "message", direction] = "attempt" if direction == "me" else "reached"
        for person, days in self._planned.items():
            for day in days:
                found[person.name, day, "meeting", "both"] = "planned"
        return {(*place, outcome) for place, outcome in found.items()}

    @property
    def letters(self) -> int:
        """How many files of letters there are."""
        return len(self._letters)

    # On the disk

    def write(self, root: Path) -> list[Path]:
        """The year as mbsync, vdirsyncer and a synchronized phone leave it; gives the three to watch."""
        mail, calendar, phone = root / "Mail", root / "calendar", root / "phone"
        for number, (folder, head) in enumerate(self._letters):
            _put_letter(mail / folder if folder else mail / "INBOX", number, head)
        for number, event in enumerate(self._events):
            _put(calendar / "work" / f"{number}.ics", event.replace("\n", "\r\n"))
        log = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        calls = "\n".join(self._calls)
        _put(phone / "calls-20261122.xml", f'{log}<calls count="{len(self._calls)}">\n{calls}\n</calls>\n')
        for name, lines in self._lines.items():
            _put(phone / f"WhatsApp Chat with {name}.txt", "".join(_chat_lines(sorted(lines))))
        return [mail, calendar, phone]


def _chat_lines(lines: Sequence[tuple[datetime, str]]) -> Iterator[str]:
    # Where no day is past the twelfth, nobody could say which number is the month.
    stamp = "%d/%m/%Y, %H:%M" if any(at.day > 12 for at, _ in lines) else "%Y-%m-%d, %H:%M"
    for at, name in lines:
        yield f"{at:{stamp}} - {name or MY_NAME}: secret\n"


def _ascii(name: str) -> str:
    return name.encode("ascii", "ignore").decode()


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    _age(path)


def _age(path: Path) -> None:
    """Files that were changed a moment ago wait for the program that writes them."""
    before = path.stat().st_mtime - 3600
    os.utime(path, (before, before))


def _put_letter(folder: Path, number: int, head: bytes) -> None:
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    # mbsync adds its own number before the flags.
    name = f"{1_700_000_000 + number}.{number}_1.host,U={number}"
    place = folder / "new" / name if number % 7 == 0 else folder / "cur" / f"{name}:2,S"
    place.write_bytes(head)
