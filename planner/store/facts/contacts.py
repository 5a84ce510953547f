"""Contacts, their addresses, circles and dates: reading as frozen values, writing through a Writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import FIELDS
from planner.core.model import Acquaintance, Cell, Contact, ContactDate, Mode, Status
from planner.core.records import record
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import batches, grouped

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

ADDRESS_FIELDS = {"email": "emails", "phone": "phones", "url": "urls"}
CONTACT_FIELDS = ("id", *(one.column for one in FIELDS if one.column), "paused_until", "created_on", "version")
"""The columns of a contact that leave the store."""
LAST_LETTER = "\U0010ffff"
"""After every letter a name can begin with."""


@record(frozen=True, slots=True)
class CircleRow:
    """A circle with how many are in it and its default cadence."""

    id: int
    name: str
    members: int
    cadence: str | None
    paused_until: date | None


def read_contacts(contact_ids: Sequence[int]) -> dict[int, Contact]:
    """Contacts with everything a card shows, by id; ids that do not exist are left out."""
    found: dict[int, Contact] = {}
    for ids in batches(contact_ids):
        addresses = grouped(
            t.Address.select(t.Address.contact_id, t.Address.kind, t.Address.value, t.Address.label)
            .where(t.Address.contact_id.in_(ids))
            .order_by(t.Address.position, t.Address.id)
            .tuples()
        )
        circles = grouped(
            t.Membership.select(t.Membership.contact_id, t.Circle.name)
            .join(t.Circle)
            .where(t.Membership.contact_id.in_(ids))
            .order_by(t.Circle.name)
            .tuples()
        )
        dates = grouped(
            t.ContactDate.select(
                t.ContactDate.contact_id,
                t.ContactDate.id,
                t.ContactDate.kind,
                t.ContactDate.month_day,
                t.ContactDate.year,
            )
            .where(t.ContactDate.contact_id.in_(ids))
            .order_by(t.ContactDate.id)
            .tuples()
        )
        known = grouped(
            t.Acquaintance.select(
                t.Acquaintance.contact_id,
                t.Acquaintance.id,
                t.Acquaintance.other_id,
                t.Acquaintance.name,
                t.Acquaintance.relation,
                t.Acquaintance.company,
                t.Acquaintance.topic,
            )
            .where(t.Acquaintance.contact_id.in_(ids))
            .order_by(t.Acquaintance.id)
            .tuples()
        )
        fields = [getattr(t.Contact, name) for name in CONTACT_FIELDS]
        for row in t.Contact.select(*fields).where(t.Contact.id.in_(ids)).tuples():
            values = dict(zip(CONTACT_FIELDS, row, strict=True))
            key = values["id"]
            cells: dict[str, Any] = {
                plural: tuple(Cell(value, label) for kind, value, label in addresses.get(key, ()) if kind == single)
                for single, plural in ADDRESS_FIELDS.items()
            }
            values["mode"], values["status"] = Mode(values["mode"]), Status(values["status"])
            found[key] = Contact(
                **values,
                **cells,
                circles=tuple(circles.get(key, ())),
                dates=tuple(
                    ContactDate(
                        date_id, key, kind, month_day // 100, month_day % 100, year,
                        values["name"], values["status"] is Status.DECEASED,
                    )
                    for date_id, kind, month_day, year in dates.get(key, ())
                ),
                acquaintances=tuple(Acquaintance(one[0], key, *one[1:]) for one in known.get(key, ())),
            )  # fmt: skip
    return found


def names_of(contact_ids: Iterable[int]) -> dict[int, str]:
    """Names by id."""
    found: dict[int, str] = {}
    for ids in batches(sorted(set(contact_ids))):
        found.update(t.Contact.select(t.Contact.id, t.Contact.name).where(t.Contact.id.in_(ids)).tuples())
    return found


def exists(contact_id: int) -> bool:
    """Whether there is a contact with this id."""
    return bool(t.Contact.select().where(t.Contact.id == contact_id).exists())


def by_exact_name(name: str, limit: int = 9) -> list[tuple[int, str]]:
    """(id, name) of everyone called exactly this, case and accents aside."""
    rows = t.Contact.select(t.Contact.id, t.Contact.name).where(t.Contact.folded == fold(name))
    return list(rows.order_by(t.Contact.id).limit(limit).tuples())


def by_part_of_name(part: str, limit: int = 9) -> list[tuple[int, str]]:
    """(id, name) of those whose name holds this part, names that begin with it first, then by name."""
    wanted = fold(part)
    if not wanted:
        return []
    contact = t.Contact
    order = (contact.folded, contact.status, contact.id)
    names = contact.select(contact.id, contact.name)
    # A range of the index, where a pattern would look at every name.
    begins = names.where(contact.folded >= wanted, contact.folded < wanted + LAST_LETTER)
    found = list(begins.order_by(*order).limit(limit).tuples())
    if len(found) < limit:
        holds = names.where(contact.folded.contains(wanted), ~contact.folded.startswith(wanted))
        found += list(holds.order_by(*order).limit(limit - len(found)).tuples())
    return found


def by_address(kind: str, keys: Sequence[str]) -> list[tuple[str, int]]:
    """(key, contact id) of addresses with one of these normal forms."""
    found: list[tuple[str, int]] = []
    for some in batches([key for key in keys if key]):
        rows = t.Address.select(t.Address.key, t.Address.contact_id).where(
            t.Address.kind == kind, t.Address.key.in_(some)
        )
        found.extend(rows.tuples())
    return found


def by_identity(keys: Sequence[str]) -> dict[str, int]:
    """Contact ids by strong key."""
    found: dict[str, int] = {}
    for some in batches(keys):
        found.update(t.Identity.select(t.Identity.key, t.Identity.contact_id).where(t.Identity.key.in_(some)).tuples())
    return found


def circle_rows() -> tuple[CircleRow, ...]:
    """Every circle, by name."""
    from peewee import JOIN, fn

    rows = (
        t.Circle.select(t.Circle.id, t.Circle.name, fn.COUNT(t.Membership.id), t.Circle.cadence, t.Circle.paused_until)
        .join(t.Membership, JOIN.LEFT_OUTER)
        .group_by(t.Circle.id)
        .order_by(t.Circle.folded)
    )
    return tuple(CircleRow(*row) for row in rows.tuples())


def circle_id(name: str) -> int | None:
    """The id of a circle by name, case and accents aside."""
    row = t.Circle.select(t.Circle.id).where(t.Circle.folded == fold(name)).tuples().first()
    return row[0] if row is not None else None


def members_of(circle: int) -> list[int]:
    """Contact ids in a circle."""
    rows = t.Membership.select(t.Membership.contact_id).where(t.Membership.circle_id == circle)
    return [row[0] for row in rows.order_by(t.Membership.contact_id).tuples()]


def insert_contact(writer: Writer, values: dict[str, Any], today: date) -> int:
    """A new contact from column values; its folded name is filled in."""
    key: int = writer.insert(t.Contact, **contact_values(values, today))
    return key


def contact_values(values: dict[str, Any], today: date) -> dict[str, Any]:
    """Column values of a new contact, folded name and day added."""
    return {
        "folded": values.get("folded") or fold(values["name"]),
        "created_on": today,
        "changed_at": today.isoformat(),
        **values,
    }


def update_contact(
    writer: Writer, contact_id: int, changes: dict[str, Any], today: date, version: int | None = None
) -> None:
    """Change columns of a contact; with `version`, only where nobody else changed the same field."""
    if "name" in changes:
        changes = {**changes, "folded": fold(changes["name"])}
    if changes:
        writer.update(t.Contact, contact_id, version, **changes, changed_at=today.isoformat())


def update_contacts(writer: Writer, contact_ids: Sequence[int], changes: dict[str, Any], today: date) -> None:
    """Change columns of several contacts to the same values; a name is not among them."""
    writer.update_many(t.Contact, contact_ids, **changes, changed_at=today.isoformat())


def modes(contact_ids: Sequence[int]) -> list[tuple[int, Mode, Status]]:
    """(id, mode, status) of contacts."""
    found = []
    for ids in batches(contact_ids):
        rows = t.Contact.select(t.Contact.id, t.Contact.mode, t.Contact.status).where(t.Contact.id.in_(ids))
        found += [(key, Mode(mode), Status(status)) for key, mode, status in rows.tuples()]
    return found


def set_addresses(writer: Writer, contact_id: int, kind: str, cells: Sequence[tuple[Cell, str]]) -> None:
    """Make a contact's addresses of one kind exactly these (cell, normal form), leaving alone those that stay."""
    present = {
        value: key
        for key, value in t.Address.select(t.Address.id, t.Address.value)
        .where(t.Address.contact_id == contact_id, t.Address.kind == kind)
        .tuples()
    }
    wanted = {cell.value: (cell, key) for cell, key in cells}
    for value, address_id in present.items():
        if value not in wanted:
            writer.delete(t.Address, address_id)
    for position, (value, (cell, key)) in enumerate(wanted.items()):
        if value not in present:
            writer.insert(t.Address, **address_values(contact_id, kind, cell, key, position))
    writer.touch(contact_id)


def address_values(contact_id: int, kind: str, cell: Cell, key: str, position: int) -> dict[str, Any]:
    """Column values of one address; `key` is the normal form it is compared by."""
    return {
        "contact": contact_id,
        "kind": kind,
        "value": cell.value,
        "key": key,
        "label": cell.label,
        "position": position,
    }


def ensure_circle(writer: Writer, name: str) -> int:
    """The circle of this name, made when there is none."""
    found = circle_id(name)
    if found is not None:
        return found
    key: int = writer.insert(t.Circle, name=name.strip(), folded=fold(name))
    return key


def join_circle(writer: Writer, circle: int, contact_id: int, today: date) -> bool:
    """Put a contact into a circle; False when it was in it already."""
    there = t.Membership.select().where(t.Membership.circle_id == circle, t.Membership.contact_id == contact_id)
    if there.exists():
        return False
    writer.insert(t.Membership, circle=circle, contact=contact_id, joined_on=today)
    return True


def leave_circle(writer: Writer, circle: int, contact_id: int) -> bool:
    """Take a contact out of a circle; False when it was not in it."""
    row = (
        t.Membership.select(t.Membership.id)
        .where(t.Membership.circle_id == circle, t.Membership.contact_id == contact_id)
        .tuples()
        .first()
    )
    if row is None:
        return False
    writer.delete(t.Membership, row[0])
    return True


def set_circles(writer: Writer, contact_id: int, names: Sequence[str], today: date) -> None:
    """Make a contact's circles exactly these."""
    wanted = {ensure_circle(writer, name) for name in names if name.strip()}
    rows = t.Membership.select(t.Membership.id, t.Membership.circle_id).where(t.Membership.contact_id == contact_id)
    present = {circle: key for key, circle in rows.tuples()}
    for circle, key in present.items():
        if circle not in wanted:
            writer.delete(t.Membership, key)
    for circle in sorted(wanted - set(present)):
        writer.insert(t.Membership, circle=circle, contact=contact_id, joined_on=today)


def set_circle(writer: Writer, circle: int, **changes: Any) -> None:
    """Change a circle's cadence or pause; its members are derived anew."""
    writer.update(t.Circle, circle, **changes)


def set_date(
    writer: Writer, contact_id: int, kind: str, found: tuple[int | None, int, int] | None, raw: str = ""
) -> None:
    """Set, change or (None) remove a contact's day of the year of one kind."""
    row = (
        t.ContactDate.select(t.ContactDate.id, t.ContactDate.year, t.ContactDate.month_day)
        .where(t.ContactDate.contact_id == contact_id, t.ContactDate.kind == kind)
        .tuples()
        .first()
    )
    if found is None:
        if row is not None:
            writer.delete(t.ContactDate, row[0])
        return
    year, month, day = found
    if row is None:
        writer.insert(t.ContactDate, contact=contact_id, kind=kind, month_day=month * 100 + day, year=year, raw=raw)
    elif (row[1], row[2]) != (year, month * 100 + day):
        writer.update(t.ContactDate, row[0], year=year, month_day=month * 100 + day, raw=raw)


def typed_fields(contact_id: int) -> frozenset[str]:
    """Fields of a contact that the person typed, which an import leaves alone."""
    row = t.Contact.select(t.Contact.typed).where(t.Contact.id == contact_id).tuples().first()
    return frozenset(row[0].split()) if row is not None else frozenset()


def first_day() -> date | None:
    """The day the first contact was added, or the first rhythm counts from; None without contacts."""
    from peewee import fn

    row = t.Contact.select(fn.MIN(t.Contact.created_on), fn.MIN(t.Contact.cadence_since)).tuples().first()
    days = [one if isinstance(one, date) else date.fromisoformat(one) for one in row if one is not None]
    return min(days, default=None)


def mail_addresses(term: str, limit: int) -> list[tuple[str, str, str]]:
    """(e-mail, name, company) of active contacts whose name or e-mail holds a term, best first."""
    contact, address = t.Contact, t.Address
    rows = _with_mail(term, address.value, contact.name, contact.company)
    best = (contact.folded.startswith(fold(term)).desc(), contact.folded, address.position, address.id)
    return list(rows.order_by(*best).limit(limit).tuples())


def count_mail_addresses(term: str) -> int:
    """How many e-mails `mail_addresses` would give without a limit."""
    return int(_with_mail(term, t.Address.id).count())


def _with_mail(term: str, *columns: Any) -> Any:
    wanted = fold(term)
    contact, address = t.Contact, t.Address
    rows = address.select(*columns).join(contact)
    rows = rows.where(address.kind == "email", contact.status == str(Status.ACTIVE))
    return rows.where(contact.folded.contains(wanted) | address.key.contains(wanted)) if wanted else rows
