"""Contacts and their addresses: reading as frozen values, writing through a Writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from peewee import SQL

from planner.core.contact_fields import ADDRESS_FIELDS, FIELDS, HEARD_OF
from planner.core.model import Acquaintance, Cell, Contact, ContactDate, Mode, Status
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day, days, grouped
from planner.store.sqlite import begins, holds

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

CONTACT_FIELDS = ("id", *(one.column for one in FIELDS if one.column), "paused_until", "created_on", "version")
"""The columns of a contact that are given out by the store."""
DAYS = frozenset(name for name in CONTACT_FIELDS if name.endswith(("_on", "_since", "_until")))
"""The columns among these with a civil date."""
LAST_LETTER = "\U0010ffff"
"""Sorts after every letter a name can begin with."""
LOOKED_AT = 50
"""The most names with a matching part that are searched for a whole word."""
ADDRESSES = """SELECT contact_id, kind, value, label, key FROM address
    WHERE contact_id IN ({keys}) ORDER BY position, id"""
CIRCLES = """SELECT m.contact_id, c.name FROM membership m JOIN circle c ON c.id = m.circle_id
    WHERE m.contact_id IN ({keys}) ORDER BY c.name"""
DATES = "SELECT contact_id, id, kind, month_day, year FROM contact_date WHERE contact_id IN ({keys}) ORDER BY id"
ACQUAINTANCES = """SELECT contact_id, id, other_id, name, relation, company, topic FROM acquaintance
    WHERE contact_id IN ({keys}) ORDER BY id"""
THROUGH = f"""SELECT t.contact_id, coalesce(k.name, '{HEARD_OF}') FROM through t
    LEFT JOIN contact k ON k.id = t.known_id WHERE t.contact_id IN ({{keys}})"""
CONTACT = f"SELECT {', '.join(CONTACT_FIELDS)} FROM contact"


def read_contacts(contact_ids: Sequence[int]) -> dict[int, Contact]:
    """Contacts with all their fields, by id; ids that do not exist are left out."""
    addresses, circles, dates, known = (
        grouped(ask_about(sql, contact_ids)) for sql in (ADDRESSES, CIRCLES, DATES, ACQUAINTANCES)
    )
    through = dict(ask_about(THROUGH, contact_ids))
    found: dict[int, Contact] = {}
    for row in ask_about(f"{CONTACT} WHERE id IN ({{keys}})", contact_ids):
        values = dict(zip(CONTACT_FIELDS, row, strict=True))
        key, name = values["id"], values["name"]
        values |= {column: day(values[column]) for column in DAYS}
        if values["cadence"] is None:
            # Then it is the day of return to the circles' cadence, which no form shows.
            values["cadence_since"] = None
        values["mode"], values["status"] = Mode(values["mode"]), Status(values["status"])
        for single, plural in ADDRESS_FIELDS.items():
            values[plural] = tuple(
                Cell(value, label) for kind, value, label, _ in addresses.get(key, ()) if kind == single
            )
        values["phone_keys"] = tuple(form for kind, _, _, form in addresses.get(key, ()) if kind == "phone")
        deceased = values["status"] is Status.DECEASED
        found[key] = Contact(
            **values,
            circles=tuple(circles.get(key, ())),
            dates=tuple(
                ContactDate(date_id, key, kind, month_day // 100, month_day % 100, year, name, deceased)
                for date_id, kind, month_day, year in dates.get(key, ())
            ),
            acquaintances=tuple(Acquaintance(one[0], key, *one[1:]) for one in known.get(key, ())),
            through=through.get(key, ""),
        )
    return found


def by_exact_name(name: str, limit: int = 9) -> list[tuple[int, str]]:
    """(id, name) of contacts with exactly this name, ignoring case and accents."""
    return ask("SELECT id, name FROM contact WHERE folded = ? ORDER BY id LIMIT ?", (fold(name), limit))


def by_part_of_name(part: str, limit: int = 9) -> list[tuple[int, str]]:
    """(id, name) of contacts whose name contains a part, or whose nickname begins with it.

    Names that begin with the part come first, then by name, nicknames last.
    """
    wanted = fold(part)
    if not wanted:
        return []
    contact = t.ContactTable
    order = (contact.folded, contact.status, contact.id)
    names = contact.select(contact.id, contact.name)
    # A range of the index, where a pattern would read every name.
    first = names.where(contact.folded >= wanted, contact.folded < wanted + LAST_LETTER)
    found = list(first.order_by(*order).limit(limit).tuples())
    if len(found) < limit:
        inside = names.where(holds(contact.folded, wanted), ~begins(contact.folded, wanted))
        found += list(inside.order_by(*order).limit(limit - len(found)).tuples())
    if len(found) < limit:
        found += [one for one in by_nickname(part, whole=False) if one not in found]
    return found[:limit]


def by_nickname(text: str, limit: int = 9, *, whole: bool = True) -> list[tuple[int, str]]:
    """(id, name) of contacts with this nickname, ignoring case and accents; without `whole` also a nickname that begins
    so.

    Contacts with a nickname have an index of their own; three letters are looked up among the words of all.
    """
    wanted = fold(text)
    if not wanted:
        return []
    words = [word for word in wanted.split() if len(word) > 2]
    among, values = "", list[Any]()
    if words:
        # Late, as below.
        from planner.store.sqlite import search_match

        some, values = search_match(words)
        among = f" AND id IN {some}"
    rows = ask(f"SELECT id, name, nickname FROM contact WHERE nickname <> ''{among} ORDER BY id", values)
    found = []
    for key, name, nicknames in rows:
        each = map(fold, nicknames.split(","))
        if any(one == wanted or (not whole and one.startswith(wanted)) for one in each):
            found.append((key, name))
    return found[:limit]


def by_words_of_name(words: str, limit: int = 3) -> list[tuple[int, str]]:
    """(id, name) of contacts whose name contains some words as whole words, or whose nickname they are.

    A contact with exactly this name is the only result.
    """
    wanted = fold(words)
    if not wanted:
        return []
    if exact := by_exact_name(words, limit):
        return exact
    contact = t.ContactTable
    names = contact.select(contact.id, contact.name, contact.folded)
    first = names.where(contact.folded >= f"{wanted} ", contact.folded < f"{wanted} {LAST_LETTER}")
    rows = list(first.order_by(contact.folded, contact.id).limit(limit).tuples())
    if len(rows) < limit and len(wanted) > 2:
        # Few commands look for a word inside names.
        from planner.store.sqlite import search_match

        indexed = contact.id.in_(SQL(*search_match(wanted.split())))
        inside = names.where(indexed, holds(contact.folded, f" {wanted}"))
        rows.extend(inside.order_by(contact.folded, contact.id).limit(LOOKED_AT).tuples())
    found = {key: name for key, name, folded in rows if f" {wanted} " in f" {folded} "}
    found |= by_nickname(words, limit)
    return list(found.items())[:limit]


def by_address(kind: str, keys: Iterable[str]) -> list[tuple[str, int]]:
    """(normal form, contact id) of addresses of a kind with one of these normal forms; empty ones are ignored."""
    wanted = {key for key in keys if key}
    return ask_about(f"SELECT key, contact_id FROM address WHERE kind = '{kind}' AND key IN ({{keys}})", wanted)


def insert_contact(writer: Writer, values: dict[str, Any], today: date) -> int:
    """Insert a contact from column values, with its folded name, and return its id."""
    key: int = writer.insert(t.ContactTable, **contact_values(values, today))
    return key


def contact_values(values: dict[str, Any], today: date) -> dict[str, Any]:
    """The column values of a new contact, with its folded name and its day added."""
    return {
        "folded": values.get("folded") or fold(values["name"]),
        "created_on": today,
        "changed_at": today.isoformat(),
        **values,
    }


def update_contact(
    writer: Writer, contact_id: int, changes: dict[str, Any], today: date, version: int | None = None
) -> None:
    """Change columns of a contact; `version` as in `Writer.update`."""
    if "name" in changes:
        changes = {**changes, "folded": fold(changes["name"])}
    if changes:
        writer.update(t.ContactTable, contact_id, version, **changes, changed_at=today.isoformat())


def update_contacts(writer: Writer, contact_ids: Sequence[int], changes: dict[str, Any], today: date) -> None:
    """Set columns (other than the name) of several contacts to the same values."""
    writer.update_many(t.ContactTable, contact_ids, **changes, changed_at=today.isoformat())


def modes(contact_ids: Sequence[int]) -> list[tuple[int, Mode, Status]]:
    """(id, mode, status) of contacts."""
    rows = ask_about("SELECT id, mode, status FROM contact WHERE id IN ({keys})", contact_ids)
    return [(key, Mode(mode), Status(status)) for key, mode, status in rows]


def set_addresses(writer: Writer, contact_id: int, kind: str, cells: Sequence[tuple[Cell, str]]) -> None:
    """Make these the addresses of one kind of a contact, in this order, as (cell, normal form).

    An address that stays keeps its label if none is given.
    """
    present = dict(ask("SELECT value, id FROM address WHERE contact_id = ? AND kind = ?", (contact_id, kind)))
    wanted = {cell.value: (cell, key) for cell, key in cells}
    for value, address_id in present.items():
        if value not in wanted:
            writer.delete(t.AddressTable, address_id)
    for position, (value, (cell, key)) in enumerate(wanted.items()):
        if value not in present:
            writer.insert(t.AddressTable, **address_values(contact_id, kind, cell, key, position))
        else:
            label = {"label": cell.label} if cell.label else {}
            writer.update(t.AddressTable, present[value], None, position=position, **label)
    writer.touch(contact_id)


def address_values(contact_id: int, kind: str, cell: Cell, key: str, position: int) -> dict[str, Any]:
    """The column values of one address; `key` is its normal form."""
    return {
        "contact": contact_id,
        "kind": kind,
        "value": cell.value,
        "key": key,
        "label": cell.label,
        "position": position,
    }


def typed_fields(contact_id: int) -> frozenset[str]:
    """The fields of a contact that were typed by hand: an import does not change them."""
    rows = ask("SELECT typed FROM contact WHERE id = ?", (contact_id,))
    return frozenset(rows[0][0].split()) if rows else frozenset()


def first_day(early: date) -> date | None:
    """The day the first contact was added or the first rhythm began, the earlier one; None without contacts.

    If that was on `early` or before, the result is `early`: this takes a single contact, the exact day takes all of
    them.
    """
    if ask("SELECT 1 FROM contact WHERE created_on <= ? OR cadence_since <= ? LIMIT 1", (early.isoformat(),) * 2):
        return early
    (found,) = ask("SELECT min(created_on), min(cadence_since) FROM contact")
    return min(days(text for text in found if text), default=None)
