"""E-mail addresses and phone numbers that reach nobody: example domains, and ranges reserved for books and films."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from planner.core.words.folding import fold
from planner.demo.people import DECEASED, Person

UNREACHABLE = (*DECEASED, "Sunniva", "Little Otto", "Ming")
"""People without any address."""
_PHONES = {
    # Ranges that the regulators reserve for films and books.
    "fr": ("+33 4 65 71 {:02} {:02}", 100, 100),
    "gb": ("+44 20 7946 0{:01}{:02}", 10, 100),
    "se": ("+46 8 465 004 {:02}", 100, 1),
    "de": ("+49 30 23125 {:03}", 1000, 1),
    "us": ("+1 212 555 01{:02}", 100, 1),
    "au": ("+61 2 5550 {:02}{:02}", 100, 100),
}
_COUNTRIES = {
    "fr": ("Lyon", "Marseille", "Villeurbanne", "Grenoble", "Annecy", "Brest", "Paris", "Vénissieux", "Cluny"),
    "gb": ("London", "Bristol", "Edinburgh", "Glasgow", "Liverpool"),
    "se": ("Stockholm", "Uppsala", "Malmö", "Gothenburg"),
    "de": ("Berlin", "Hamburg", "Bremen", "Leipzig"),
    "us": ("Boston",),
    "au": ("Hobart",),
}
_COUNTRY_OF = {city: country for country, cities in _COUNTRIES.items() for city in cities}


def addresses_of(person: Person, contact: int, random: Random) -> Iterator[dict[str, Any]]:
    """The rows of a person's addresses: an e-mail, a phone if the country has a reserved range, some pages."""
    if person.name in UNREACHABLE:
        return
    mailbox = person.mailbox or _mailbox(person.name)
    at_work = bool(person.company) and random.random() < 0.6
    email = f"{mailbox}@example.{'com' if at_work else 'org'}"
    yield _row(contact, "email", email, email, "work" if at_work else "home")
    country = _COUNTRY_OF.get(person.city)
    if country is not None and random.random() < 0.6:
        pattern, *ends = _PHONES[country]
        number = pattern.format(*(random.randrange(end) for end in ends))
        yield _row(contact, "phone", number, f"+{''.join(filter(str.isdigit, number))}", "mobile", position=1)
    if person.company and "work" in person.circles and random.random() < 0.3:
        yield _row(contact, "url", f"https://example.com/{mailbox}", f"example.com/{mailbox}", position=2)


def _mailbox(name: str) -> str:
    return ".".join(re.findall(r"[a-z0-9]+", fold(name))[:3])


def _row(contact: int, kind: str, value: str, key: str, label: str = "", position: int = 0) -> dict[str, Any]:
    return {"contact": contact, "kind": kind, "value": value, "key": key, "label": label, "position": position}
