"""The JSON of everything about a contact; names here are as stable as those of `json_shapes`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from planner.cli.json_shapes import Shape, interaction, iso, month_day, open_item
from planner.core.book.words import position_words
from planner.core.contact_fields import FIELDS, Kind
from planner.core.model import Cell
from planner.core.words.parts import parts_of

if TYPE_CHECKING:
    from planner.desk.values import Card

_FORMS: dict[Kind, Callable[[Any], Any]] = {
    **dict.fromkeys((Kind.LINE, Kind.TEXT, Kind.CHOICE), str),
    Kind.DAY: iso,
    Kind.ADDRESSES: lambda cells: [cell.value for cell in cells],
}
_PARTS = {
    "name_parts": ("family", "given", "additional", "prefix", "suffix"),
    "streets": ("box", "more", "street", "city", "region", "code", "country"),
    "organisations": ("name", "department"),
}
"""The names of the parts, by field, for values with parts."""
_PLAIN = [
    one
    for one in FIELDS
    if one.kind in _FORMS and one.name not in _PARTS and (one.column or one.kind is Kind.ADDRESSES)
]
"""The fields whose JSON follows from their kind."""


def card(found: Card) -> Shape:
    """Everything about a contact; interactions newest first."""
    contact = found.contact
    birthday = next((day for day in contact.dates if day.kind == "birthday"), None)
    return {
        "id": contact.id,
        **{one.attribute: _FORMS[one.kind](getattr(contact, one.attribute)) for one in _PLAIN},
        **{name: [_parted(cell, names) for cell in getattr(contact, name)] for name, names in _PARTS.items()},
        "circles": list(contact.circles),
        "birthday": month_day(birthday) if birthday is not None else None,
        "dates": [{"id": day.id, "kind": day.kind, "date": month_day(day)} for day in contact.dates],
        "through": contact.through or None,
        "cadence": contact.cadence,
        "state": str(found.state),
        "due": iso(found.due),
        "history": [position_words(company, title) for company, title, _ in found.former],
        "interactions": [interaction(one) for one in found.interactions],
        "loops": [open_item(item) for item in found.loops],
        "acquaintances": [
            {
                "id": known.other_id,
                "name": known.name,
                "relation": known.relation,
                "company": known.company,
                "topic": known.topic,
            }
            for known in contact.acquaintances
        ],
        "gave": found.gave,
        "received": found.received,
        "give": found.give,
    }


def _parted(cell: Cell, names: tuple[str, ...]) -> Shape:
    """A value with parts, without empty ones; a street address typed by hand has only the street."""
    parts = parts_of(cell.value)
    if len(parts) == 1 and "street" in names:
        parts = ("", "", *parts)
    *first, last = zip(names, (*parts[: len(names) - 1], ", ".join(parts[len(names) - 1 :])), strict=False)
    shape = {name: part for name, part in (*first, last) if part}
    return {**shape, "label": cell.label} if cell.label else shape
