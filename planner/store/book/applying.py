"""Applies the changes of a card: each changed field of a contact gets its whole new value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.book.rhythm import CADENCE, SINCE
from planner.core.book.said import CIRCLES, DATES, LISTS, RELATIONS, TEXT_FIELDS
from planner.core.model import Cell, Contact
from planner.core.words.folding import fold
from planner.store import tables as t
from planner.store.connection import ask
from planner.store.facts.circles import set_circles
from planner.store.facts.contacts import set_addresses, update_contact

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

POSITION = ("company", "title")


def apply_changes(
    writer: Writer, contact: Contact, changes: Mapping[str, Any], today: date, form: Callable[[str, str], str]
) -> None:
    """Set fields of a contact to new values; a position that ends is kept as a former one."""
    columns = {name: changes[name] for name in TEXT_FIELDS if name in changes}
    if any(getattr(contact, name) and name in columns for name in POSITION):
        keep_position(writer, contact, today)
    if CADENCE in changes:
        columns |= {CADENCE: changes[CADENCE] or None, SINCE: today}
    update_contact(writer, contact.id, columns, today)
    for name, kind in LISTS.items():
        if name in changes:
            cells = [Cell(value, label) for value, label in changes[name]]
            set_addresses(writer, contact.id, kind, [(cell, form(kind, cell.value)) for cell in cells])
    if CIRCLES in changes:
        set_circles(writer, contact.id, changes[CIRCLES], today)
    if DATES in changes:
        _set_days(writer, contact.id, changes[DATES])
    if RELATIONS in changes:
        _set_relations(writer, contact.id, changes[RELATIONS], today)


def keep_position(writer: Writer, contact: Contact, until: date) -> None:
    """Keep the present position of a contact as a former one, unless it is there already."""
    position = (contact.company, contact.title)
    if ask("SELECT 1 FROM former_position WHERE contact_id = ? AND (company, title) = (?, ?)", (contact.id, *position)):
        return
    writer.insert(t.FormerPositionTable, contact=contact.id, company=position[0], title=position[1], until=until)


def former_positions(contact_id: int) -> list[tuple[str, str, str]]:
    """(company, title, until when) of the former positions of a contact, the latest first."""
    return ask(
        "SELECT company, title, until FROM former_position WHERE contact_id = ? ORDER BY until DESC, id DESC",
        (contact_id,),
    )


def _set_days(writer: Writer, contact_id: int, days: Sequence[Sequence[Any]]) -> None:
    """Make these the contact's days of the year; a day that only moves keeps its row."""
    table = t.ContactDateTable
    rows = ask("SELECT id, kind, month_day, year FROM contact_date WHERE contact_id = ? ORDER BY id", (contact_id,))
    left = [(fold(kind), month * 100 + day, year, kind) for kind, month, day, year in days]
    spare = []
    for key, kind, month_day, year in rows:
        same = next((one for one in left if one[:3] == (fold(kind), month_day, year)), None)
        if same is None:
            spare.append((key, fold(kind)))
        else:
            left.remove(same)
    for key, folded in spare:
        moved = next((one for one in left if one[0] == folded), None)
        if moved is None:
            writer.delete(table, key)
        else:
            left.remove(moved)
            writer.update(table, key, None, month_day=moved[1], year=moved[2], raw="")
    for _, month_day, year, kind in left:
        writer.insert(table, contact=contact_id, kind=kind, month_day=month_day, year=year)


def _set_relations(writer: Writer, contact_id: int, relations: Sequence[Sequence[str]], today: date) -> None:
    """Make these the contact's acquaintances by name; an acquaintance that stays keeps its other fields."""
    wanted = {(fold(relation), fold(name)): (relation, name) for relation, name in relations}
    rows = ask(
        "SELECT id, relation, name, company, topic FROM acquaintance WHERE contact_id = ? ORDER BY id", (contact_id,)
    )
    for key, relation, name, company, topic in rows:
        if wanted.pop((fold(relation), fold(name)), None) is None and not company and not topic:
            writer.delete(t.AcquaintanceTable, key)
    for relation, name in wanted.values():
        writer.insert(
            t.AcquaintanceTable, contact=contact_id, name=name, folded=fold(name), about=fold(name), relation=relation,
            created_on=today,
        )  # fmt: skip
