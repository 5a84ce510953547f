"""A seeded network of any size, for measuring: plain names, rhythms, history, a few favors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count as numbers
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from planner.core.words.folding import fold
from planner.store import tables as t

if TYPE_CHECKING:
    from planner.store.row_writer import Writer
    from planner.store.session import Store


def _words(text: str) -> list[str]:
    return text.split()


OPEN_PROMISES = 40
BIRTHDAYS = 300
"""The approximate number of open promises and of birthdays, however many contacts."""
CHUNK = 20_000
"""Contacts in one transaction: memory stays small at a million of them."""
RHYTHMS = (
    ("1w", 7), ("2w", 14), ("4w", 28), ("4w/6w", 28), ("6w", 42), ("8w", 56), ("12w/16w", 84), ("26w", 182),
    ("1y", 365),
)  # fmt: skip
"""Cadences and their days."""
SHARES = (1, 2, 8, 8, 15, 15, 25, 16, 10)
"""How often each cadence occurs, out of 100."""
CIRCLES = ("family", "work", "climbing", "choir", "neighbours", "alumni", "conference", "clients")
FIRST = _words("""
Ada Aisha Alma Amara Ana Anouk Arjun Astrid Aylin Bashir Beatriz Björn Camille Carlos Chiara Chloé Dagny Daniel Dmitri
Ebba Edwin Elena Élodie Emeka Emil Erik Esther Fatima Felix Femi Freya Gabriel Georgi Greta Hamid Hana Hugo Ibrahim Ida
Ines Ingrid Isla Ivan Jakub Jana Joana Johan Jonas José Júlia Kaito Karim Katya Kenji Khadija Kofi Lars Layla Leila Lena
Liam Linh Lucía Luka Maeve Magda Mara Marek Mateo Maya Mei Mehmet Miguel Mila Miriam Nadia Naoko Nils Nina Nora Olga
Oliver Omar Oskar Owen Paula Paweł Pedro Petra Pia Priya Quentin Rafael Rania Ravi Rosa Ruben Salma Samir Sana Santiago
Sara Selin Seo-yun Simon Sofía Stella Sven Tamar Tariq Thandiwe Théo Tilda Tomás Ugo Valentina Vera Viktor Wanjiru Wei
Xavier Yara Yuki Yusuf Zainab Zdeněk Zoë Zofia
""")
LAST = _words("""
Abara Ahlgren Almeida Andersson Aubert Aydın Baker Balogh Banerjee Barros Bauer Benali Bergström Bianchi Bonnard Borg
Brandt Braun Brennan Cardoso Castillo Chen Cohen Costa Dahl Demir Diallo Dubois Dvořák Eriksen Fabre Farah Fernandes
Ferrari Fischer Fontaine Fujita Garnier Gauthier Greco Haddad Hansen Hayashi Herrera Hoffmann Holm Horvat Hughes Ibarra
Iversen Jansen Johansson Kamau Kaya Keller Khan Kim Koval Kowalski Kumar Lacombe Larsen Lefèvre Lindqvist Lopes Lund
Mansour Marchetti Martin Mehta Mendes Meyer Moreau Mori Murphy Nakamura Navarro Ndiaye Nielsen Novák Nyström Obi Okafor
Olsen Ortiz Osei Park Pereira Petrov Popescu Prigent Quist Rahman Ramos Reyes Ricci Rossi Roux Sæther Sakamoto Salas
Sandberg Santos Sarr Schmidt Serrano Sharma Silva Singh Sokolov Strand Suzuki Svensson Tanaka Tavares Tóth Tran Vargas
Vasseur Vidal Villon Vogel Wagner Walsh Weber Wiśniewski Yamada Yıldız Zhang Zieliński
""")
COMPANIES = tuple(
    f"{first} {second}"
    for first in ("Nordic", "Harbour", "Quay", "River", "Delta", "Summit", "Lantern", "Cedar", "Orbit", "Meridian")
    for second in ("Works", "Labs", "Partners", "Logistics", "Energy", "Studio", "Health", "Systems", "Press", "Foods")
)
TITLES = [*_words("Engineer Designer Director Analyst Teacher Nurse Founder Editor Planner Lawyer"), ""]
CITIES = _words("Lyon Oslo Berlin Lisbon Porto Kraków London Osaka Accra Boston Pune Marseille")
CHANNELS = ("call", "coffee", "mail", "message", "meeting", "meal", "video", "event")
REMARKS = (
    "", "", "", "new job", "moved house", "asked about the course", "sent the article", "back from leave",
    "talked about the harbour", "wants to meet in spring", "thanked for the introduction", "good news",
)  # fmt: skip
KINDS = ("introduction", "advice", "referral", "information", "feedback", "time", "loan")


def big(store: Store, contacts: int, today: date) -> None:
    """Fill an empty store with `contacts` contacts, in several transactions that undo does not see.

    About 40 of 100 contacts have a rhythm, and one in eight of these is overdue. Each contact has one to three
    interactions, most are in one or two circles, one in twenty has a favor. Open promises and birthdays stay few
    however many contacts there are, as with a real person. The same arguments give the same rows.
    """
    circles = store.write("demo", "Circles", _circles, today=today, journal=False).value
    for start in range(0, contacts, CHUNK):
        count = min(CHUNK, contacts - start)

        def work(writer: Writer, start: int = start, count: int = count) -> None:
            _chunk(writer, start, count, circles, today, contacts)

        store.write("demo", "Contacts", work, today=today, journal=False)


def _circles(writer: Writer) -> list[int]:
    writer.uids = map("circle-{}".format, numbers())
    return writer.insert_many(t.CircleTable, [{"name": name, "folded": name} for name in CIRCLES])


def _chunk(writer: Writer, start: int, count: int, circles: list[int], today: date, contacts: int) -> None:
    writer.uids = map(f"crowd-{start}-{{}}".format, numbers())
    random = Random(f"crowd {start}")
    chosen = random.choices(RHYTHMS, SHARES, k=count)
    rhythms = [chosen[place] if random.random() < 0.4 else None for place in range(count)]
    days = _Days(today)
    ids = writer.insert_many(t.ContactTable, list(_contacts(random, start, rhythms, days)))
    writer.insert_many(t.AddressTable, list(_addresses(ids)))
    writer.insert_many(
        t.MembershipTable,
        [
            {"circle": circle, "contact": key, "joined_on": days[-400]}
            for key in ids
            for circle in random.sample(circles, random.choices((0, 1, 2), (30, 50, 20))[0])
        ],
    )
    _history(writer, random, ids, rhythms, days)
    writer.insert_many(t.FavorTable, list(_favors(random, ids, days, min(0.002, OPEN_PROMISES / contacts))))
    birthdays = [key for key in ids if random.random() < min(0.05, BIRTHDAYS / contacts)]
    writer.insert_many(
        t.ContactDateTable,
        [
            {
                "contact": key,
                "month_day": random.randint(1, 12) * 100 + random.randint(1, 28),
                "year": random.randint(1950, 2005),
            }
            for key in birthdays
        ],
    )


class _Days:
    """The ISO text of a day, by its distance from today in days; each text is made once."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._texts: dict[int, str] = {}

    def __getitem__(self, days: int) -> str:
        text = self._texts.get(days)
        if text is None:
            text = self._texts[days] = (self._today + timedelta(days=days)).isoformat()
        return text


def _contacts(
    random: Random, start: int, rhythms: list[tuple[str, int] | None], days: _Days
) -> Iterator[dict[str, Any]]:
    for number, rhythm in enumerate(rhythms, start):
        name = f"{random.choice(FIRST)} {random.choice(LAST)}"
        if random.random() < 0.1:
            name += f"-{random.choice(LAST)}"
        yield {
            "uid": f"crowd-{number}",
            "name": name,
            "folded": fold(name),
            "company": random.choice(COMPANIES),
            "title": random.choice(TITLES),
            "city": random.choice(CITIES),
            "source": "vcard",
            "cadence": rhythm[0] if rhythm is not None else None,
            "cadence_since": days[-400] if rhythm is not None else None,
            "created_on": days[-400],
        }


def _addresses(ids: list[int]) -> Iterator[dict[str, Any]]:
    for key in ids:
        value = f"person{key}@example.org"
        yield {"contact": key, "kind": "email", "value": value, "key": value, "label": "home"}


def _history(
    writer: Writer, random: Random, ids: list[int], rhythms: list[tuple[str, int] | None], days: _Days
) -> None:
    interactions, who = [], []
    for key, rhythm in zip(ids, rhythms, strict=True):
        length = rhythm[1] if rhythm is not None else 200
        # One contact in eight is overdue by up to half a rhythm; the others are spread over their rhythm.
        back = random.randint(length, length * 3 // 2) if random.random() < 0.125 else random.randint(1, length)
        for _ in range(random.choices((1, 2, 3), (40, 35, 25))[0]):
            interactions.append(
                {
                    "on": days[-back],
                    "channel": random.choice(CHANNELS),
                    "direction": "both",
                    "note": random.choice(REMARKS),
                }
            )
            who.append(key)
            back += random.randint(length // 2 + 1, length * 2)
    keys = iter(writer.insert_many(t.InteractionTable, interactions))
    together = zip(islice(keys, len(who)), who, strict=True)
    writer.insert_many(t.ParticipationTable, [{"interaction": talk, "contact": key} for talk, key in together])


def _favors(random: Random, ids: list[int], days: _Days, promised: float) -> Iterator[dict[str, Any]]:
    for key in ids:
        luck = random.random()
        if luck >= 0.05:
            continue
        row: dict[str, Any] = {
            "contact": key, "kind": random.choice(KINDS), "direction": "given", "state": "done",
            "note": "a hand when it counted", "done_on": days[-random.randint(1, 300)],
        }  # fmt: skip
        if luck < promised:
            row |= {"state": "promised", "done_on": None, "due_on": days[random.randint(-2, 40)]}
        elif luck < 0.02:
            back = random.randint(40, 300)
            row |= {
                "direction": "received", "state": "told",
                "done_on": days[-back], "thanked_on": days[1 - back], "told_on": days[20 - back],
            }  # fmt: skip
        yield row
