"""The JSON export of Monica 4: contacts with their cadence and their relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.core.model import Cell, ImportedContact, ImportedDate, Rejected
from planner.errors import Refused
from planner.interchange.cells import is_mail_address
from planner.interchange.format import Format, Head, ReadRequest
from planner.interchange.json.files import line_of, load_json, mapping_of, objects_of, text_of
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.record_keys import record_key
from planner.interchange.tables.export_dates import read_date, read_day
from planner.interchange.text import LINE_LIMIT, Item, Skipped, Source

_VALUES = 50
"""The most values of one kind for one person."""
_LONGEST_DAYS = 3_650


def _read(source: Source, reading: ReadRequest) -> Iterator[Item]:
    """Read the contacts. The `line` of a contact is its position in the list, from 1."""
    account = mapping_of(mapping_of(load_json(source)).get("account"))
    if not account:
        raise Refused(f"{source.name} is no export of Monica 4", "Export as JSON in its settings.")
    contacts = list(_values(account, "contact"))
    kinds = {
        line_of(one.get("uuid")): line_of(mapping_of(one.get("properties")).get("type") or _name(one)).casefold()
        for one in objects_of(mapping_of(account.get("instance")).get("contact_field_types"))
    }
    names = {line_of(one.get("uuid")): _full_name(mapping_of(one.get("properties"))) for one in contacts}
    relations = _relations(account, names)
    for place, contact in enumerate(contacts, 1):
        properties = mapping_of(contact.get("properties"))
        uuid = line_of(contact.get("uuid"), 100)
        if properties.get("is_partial"):
            # Monica stores a relative of a contact as a partial contact, of whom it knows only the name.
            yield Skipped(source.name, place, "only a relative of somebody else")
        elif not (name := names.get(uuid) or _full_name(properties)):
            yield Rejected(source.name, place, "the contact has no name")
        else:
            yield _person(source, place, contact, name, kinds, relations.get(uuid, ()))


def _values(holder: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """The values of an export under a kind, whose name is in the singular or the plural."""
    for group in objects_of(holder.get("data")):
        if line_of(group.get("type"), 60).casefold() in (kind, f"{kind}s", f"{kind}es"):
            yield from objects_of(group.get("values"))


def _name(one: dict[str, Any]) -> object:
    return mapping_of(one.get("properties")).get("name") or one.get("name")


def _full_name(properties: dict[str, Any]) -> str:
    parts = (line_of(properties.get(name)) for name in ("first_name", "middle_name", "last_name"))
    return line_of(" ".join(filter(None, parts))) or line_of(properties.get("nickname"))


def _relations(account: dict[str, Any], names: dict[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The relations of each contact, by uuid: (what the other person is to the contact, their name)."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for one in _values(account, "relationship"):
        properties = mapping_of(one.get("properties"))
        other = names.get(line_of(properties.get("contact_is")), "")
        whose = line_of(properties.get("of_contact"))
        if other and whose in names:
            relation = line_of(properties.get("type"), 60).replace("_", " ")
            found.setdefault(whose, {}).setdefault((relation, other))
    return {uuid: tuple(pairs)[:_VALUES] for uuid, pairs in found.items()}


def _person(
    source: Source,
    place: int,
    contact: dict[str, Any],
    name: str,
    kinds: dict[str, str],
    relations: tuple[tuple[str, str], ...],
) -> ImportedContact:
    properties = mapping_of(contact.get("properties"))
    remarks: list[str] = []
    emails, phones, urls = _fields(contact, kinds)
    uuid = line_of(contact.get("uuid"), 100)
    slugs = filter(None, (linkedin_slug(cell.value) for cell in urls))
    keys = (*((f"monica:{uuid}",) if uuid else ()), *(f"linkedin:{slug}" for slug in slugs))
    company, title = line_of(properties.get("company")), line_of(properties.get("job"))
    days = properties.get("stay_in_touch_frequency")
    has_rhythm = isinstance(days, int) and not isinstance(days, bool) and 0 < days <= _LONGEST_DAYS
    cities = (line_of(mapping_of(one.get("properties")).get("city")) for one in _values(contact, "address"))
    tags = properties.get("tags")
    circles = dict.fromkeys(line_of(tag, 100) for tag in (tags if isinstance(tags, list) else ())[:_VALUES])
    return ImportedContact(
        name=name,
        source="monica",
        keys=keys or (record_key("monica", name, company, title, *(cell.value for cell in (*emails, *phones, *urls))),),
        company=company,
        title=title,
        city=next(filter(None, cities), ""),
        emails=emails,
        phones=phones,
        urls=urls,
        dates=tuple(filter(None, (_birthday(properties, remarks),))),
        circles=tuple(filter(None, circles)),
        relations=relations,
        notes=_notes(contact, properties),
        nickname=line_of(properties.get("nickname")),
        met_on=_day(properties.get("first_met_date")),
        dated_on=_day(contact.get("updated_at")) or source.dated_on,
        file=source.name,
        line=place,
        remarks=tuple(remarks),
        deceased=properties.get("is_dead") is True or "deceased_date" in properties,
        last_contact_on=_day(properties.get("last_talked_to")),
        cadence=f"{days}d" if has_rhythm else "",
        archived=properties.get("is_active") is False,
    )


def _birthday(properties: dict[str, Any], remarks: list[str]) -> ImportedDate | None:
    special = mapping_of(properties.get("birthdate"))
    # For a guessed age Monica writes the first of January, which is no birthday.
    if not special or special.get("is_age_based"):
        return None
    text = line_of(special.get("date"), 60)
    found = read_day("birthday", text[:10])
    if found is None:
        remarks.append(f"the birthday {text[:40]} was not understood: left empty")
        return None
    return ImportedDate(
        "birthday", found.month, found.day, None if special.get("is_year_unknown") else found.year, text
    )


def _day(value: object) -> date | None:
    """Read a date given as a text, or as an object in Monica's form for special dates."""
    special = mapping_of(value)
    if special.get("is_year_unknown") or special.get("is_age_based"):
        return None
    return read_date(line_of(special.get("date") if special else value, 60))


def _fields(
    contact: dict[str, Any], kinds: dict[str, str]
) -> tuple[tuple[Cell, ...], tuple[Cell, ...], tuple[Cell, ...]]:
    """Sort the contact fields into e-mails, phones and pages, by their type or else by their form."""
    found: tuple[dict[str, Cell], dict[str, Cell], dict[str, Cell]] = ({}, {}, {})
    for one in _values(contact, "contact_field"):
        properties = mapping_of(one.get("properties"))
        value = line_of(properties.get("data"))
        kind = kinds.get(line_of(properties.get("type")), "")
        if not value:
            continue
        if is_mail_address(value):
            found[0].setdefault(value.casefold(), Cell(value))
        elif "phone" in kind or re.fullmatch(r"\+?[\d\s()./-]{6,30}", value):
            found[1].setdefault(value, Cell(value))
        elif "://" in value or re.match(r"[\w-]+(\.[\w-]+)+/", value):
            found[2].setdefault(value, Cell(value, "linkedin" if linkedin_slug(value) else kind[:60]))
    emails, phones, urls = (tuple(cells.values())[:_VALUES] for cells in found)
    return emails, phones, urls


def _notes(contact: dict[str, Any], properties: dict[str, Any]) -> str:
    texts = [text_of(properties.get("description"))]
    if food := line_of(properties.get("food_preferences")):
        texts.append(f"Food: {food}")
    texts += (text_of(mapping_of(one.get("properties")).get("body")) for one in _values(contact, "note"))
    return "\n\n".join(dict.fromkeys(filter(None, texts)))[:LINE_LIMIT]


def _is_monica(head: Head) -> bool:
    begins = head.text.lstrip("\ufeff \n\t").startswith("{")
    return begins and re.search(r'"account"\s*:\s*\{', head.text) is not None


FORMAT = Format(
    "monica",
    "Monica contacts",
    is_it=_is_monica,
    read=_read,
    files="the JSON of Monica 4",
    brings="tags as circles, how often to keep in touch, the last talk, notes, family, who has died",
    record_mark=b'"FIRST_NAME"',
)
