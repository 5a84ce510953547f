"""What a card or a row says about a person, and what the planner holds, as plain values by field.

A text is a string, an address a pair of value and label, a day of the year a list of kind, month, day and year or None.
A field without a value is left out. The values are kept as JSON, so they are lists, not tuples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from operator import attrgetter, itemgetter
from typing import Any

from planner.core.book.rhythm import CADENCE, LAST_CONTACT, SINCE
from planner.core.contact_fields import FIELDS, TEXTS, Kind
from planner.core.model import Contact, ImportedContact, Status
from planner.core.words.parts import parts_of, with_parts

Said = Mapping[str, Any]
"""Values by field: names from `TEXTS` and `LISTS`, and those below."""
CIRCLES, DATES, RELATIONS = "circles", "dates", "relations"
AWAITED = "awaited"
"""Pairs of relation and key, for people whom a card names by the UID of a card that has not been read yet."""
PHOTO = "photo"
"""A digest of the picture; `CUT` where the card holds only part of a picture."""
CUT = "cut"
DECEASED = "deceased"
"""Present only for people who have died."""
TEXT_FIELDS = tuple(one.attribute for one in TEXTS)
LISTS = {one.attribute: one.word for one in FIELDS if one.kind is Kind.ADDRESSES}
"""The kind of address, such as "email", by field."""
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_texts = attrgetter(*TEXT_FIELDS)
_lists, _value = attrgetter(*LISTS), itemgetter(1)


def said_of(record: ImportedContact) -> dict[str, Any]:
    """What an imported record says, by field."""
    said = _plain(record)
    if record.dates:
        said[DATES] = [[one.kind, one.month, one.day, one.year] for one in record.dates]
    if record.relations:
        said[RELATIONS] = [list(one) for one in record.relations]
    if record.awaited:
        said[AWAITED] = [list(one) for one in record.awaited]
    if record.photo:
        said[PHOTO] = record.photo
    if record.deceased:
        said[DECEASED] = True
    if record.source == "vcard":
        if record.cadence:
            said[CADENCE] = record.cadence
        if record.last_contact_on is not None:
            said[LAST_CONTACT] = record.last_contact_on.isoformat()
    return said


def held_of(contact: Contact) -> dict[str, Any]:
    """What the planner holds about a contact, by field, with company and town written as a card writes them."""
    held = _plain(contact)
    if "organisations" in held:
        held["organisations"] = _of_the_company(contact.company, held["organisations"])
    if "streets" in held and contact.city:
        held["streets"] = _in_the_city(contact.city, held["streets"])
    if contact.cadence is not None:
        held[CADENCE] = contact.cadence
        if contact.cadence_since is not None:
            held[SINCE] = contact.cadence_since.isoformat()
    if contact.status is Status.DECEASED:
        held[DECEASED] = True
    if contact.dates:
        held[DATES] = [[one.kind, one.month, one.day, one.year] for one in contact.dates]
    if contact.acquaintances:
        held[RELATIONS] = [[one.relation, one.name] for one in contact.acquaintances]
    return held


def _of_the_company(company: str, organisations: list[list[str]]) -> list[list[str]]:
    """The organisations of somebody, with the current company in the first place."""
    first, *others = organisations
    if parts_of(first[0])[0] != company:
        first = [with_parts([company]), ""]
        if not company:
            return organisations if others else []
    return [] if [first, *others] == [[with_parts([company]), ""]] else [first, *others]


def _in_the_city(city: str, streets: list[list[str]]) -> list[list[str]]:
    """The street addresses of somebody; if none is in the city where they live, the home address gets that city."""
    towns = [(parts_of(value)[3:4] or ("",))[0] for value, _ in streets]
    with_town = [place for place, town in enumerate(towns) if town]
    if not with_town or city in towns:
        return streets
    home = min(with_town, key=lambda place: "home" not in streets[place][1].casefold())
    parts = list(parts_of(streets[home][0]))
    parts[3] = city
    return [[with_parts(parts), one[1]] if place == home else one for place, one in enumerate(streets)]


def _plain(one: ImportedContact | Contact) -> dict[str, Any]:
    said: dict[str, Any] = dict(filter(_value, zip(TEXT_FIELDS, _texts(one), strict=True)))
    for name, cells in filter(_value, zip(LISTS, _lists(one), strict=True)):
        said[name] = [[cell.value, cell.label] for cell in cells]
    if one.circles:
        said[CIRCLES] = list(one.circles)
    return said


def file_mark(name: str) -> str:
    """A digest that stands for a file name, since the name may be a person's."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def to_text(said: Any) -> str:
    """The JSON text in which the values of a card or of one field are kept."""
    return _as_json(said)


def from_text(text: str) -> dict[str, Any]:
    """The values in a kept text; empty where the text is damaged."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_readable(text: str) -> bool:
    """Whether a text is a JSON object, as `to_text` writes it."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def delivered(before: Said, sent: Said, now: Said, *, is_on_top: bool = False) -> dict[str, Any]:
    """What a card said before: `before`, with each value of `sent` that the card says `now`.

    `sent` is what the planner wrote into the card. With `is_on_top` the card holds the number of that writing: whoever
    changed the card since has seen all of `sent`.
    """
    if sent and is_on_top:
        return dict(sent)
    found = dict(before)
    for name in sent.keys() | before.keys() if sent else ():
        if sent.get(name) == now.get(name):
            found.pop(name, None)
            if name in sent:
                found[name] = sent[name]
    return found


def united(everything: Iterable[Said]) -> dict[str, list[Any]]:
    """Everything that several cards say, each field as one list of values."""
    found: dict[str, list[Any]] = {}
    for said in everything:
        for name, value in said.items():
            found.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return found
