"""Making one contact of two that are the same person: everything of the one becomes the other's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import LINES
from planner.core.dates.typed import MONTH_NAMES
from planner.store import tables as t
from planner.store.facts.contacts import update_contact
from planner.store.facts.duplicates import merge_doubts
from planner.store.facts.introductions import merge_introductions
from planner.store.facts.needs import merge_told

if TYPE_CHECKING:
    from planner.store.row_writer import Row, Writer

LABELS = {one.column: one.label.capitalize() for one in LINES if one.newer} | {"name": "Also known as"}
"""Columns with what goes before the text of the other contact in the notes, where both have one."""
FILLED = tuple(column for column in LABELS if column != "name")
"""Columns the kept contact takes where it has none."""


CHOOSABLE: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("name", *FILLED, "mode")},
    "cadence": ("cadence", "cadence_since", "spread"),
    "birthday": (),
}
"""What may be taken from the contact that goes, and the columns it stands in."""


def merge_contacts(
    writer: Writer, kept_id: int, other_id: int, today: date, take: Collection[str] = ()
) -> None:
    """Give the kept contact all the other one has, then delete the other; what they both have stays once.

    Of what is in `take` (names of `CHOOSABLE`) the other's value stays and the kept one's goes into the notes.
    """
    kept, other = (writer.row(t.Contact, key) for key in (kept_id, other_id))
    assert kept is not None
    assert other is not None
    taken = {column for name in take for column in CHOOSABLE[name] if other[column] not in (None, "")}
    wanted = {column: other[column] for column in taken}
    kept, other = {**kept, **wanted}, {**other, **{column: kept[column] for column in taken}}
    notes = _unlike(kept, other) + _dates(writer, kept_id, other_id, take)
    _addresses(writer, kept_id, other_id)
    _circles(writer, kept_id, other_id)
    _acquaintances(writer, kept_id, other_id)
    _hidings(writer, kept_id, other_id)
    for row_id, interaction in _rows(t.Participation, other_id, t.Participation.interaction_id):
        both = t.Participation.select().where(
            t.Participation.interaction == interaction, t.Participation.contact == kept_id
        )
        if both.exists():
            writer.delete(t.Participation, row_id)
        else:
            writer.update(t.Participation, row_id, contact=kept_id)
    for table in (t.FollowUp, t.Favor, t.Skip):
        for (row_id,) in _rows(table, other_id):
            writer.update(table, row_id, contact=kept_id)
    merge_told(writer, kept_id, other_id)
    merge_introductions(writer, kept_id, other_id)
    merge_doubts(writer, kept_id, other_id)
    for (key,) in t.Identity.select(t.Identity.key).where(t.Identity.contact == other_id).tuples():
        writer.update(t.Identity, key, contact=kept_id)
    update_contact(writer, kept_id, {**wanted, **_columns(kept, other, notes)}, today)
    writer.delete(t.Contact, other_id)
    writer.touch(kept_id)


def _rows(table: Any, contact_id: int, *columns: Any) -> list[tuple[Any, ...]]:
    """(id, columns…) of a contact's rows, oldest first."""
    return list(table.select(table.id, *columns).where(table.contact == contact_id).order_by(table.id).tuples())


def _columns(kept: Row, other: Row, notes: list[str]) -> dict[str, Any]:
    """What changes in the kept contact's own row."""
    changes: dict[str, Any] = {name: other[name] for name in FILLED if other[name] and not kept[name]}
    if kept["cadence"] is None and other["cadence"] is not None:
        changes |= {"cadence": other["cadence"], "cadence_since": other["cadence_since"], "spread": other["spread"]}
    for name in ("paused_until", "dated_on", "met_on"):
        if kept[name] is None and other[name] is not None:
            changes[name] = other[name]
    if other["status"] == "deceased":
        changes["status"] = other["status"]
    changes["created_on"] = min(kept["created_on"], other["created_on"])
    changes["typed"] = " ".join(sorted({*kept["typed"].split(), *other["typed"].split()}))
    text = kept["notes"]
    if other["notes"] and other["notes"] not in text:
        notes = [other["notes"], *notes]
    changes["notes"] = "\n".join(part for part in (text, *notes) if part)
    return changes


def _unlike(kept: Row, other: Row) -> list[str]:
    """What the other one says differently, a line each."""
    return [
        f"{label}: {other[name]}"
        for name, label in LABELS.items()
        if other[name] and kept[name] and other[name] != kept[name]
    ]


def _dates(writer: Writer, kept_id: int, other_id: int, take: Collection[str]) -> list[str]:
    """Move the days of the year; a second birthday goes into the notes, for nobody has two."""
    table, notes = t.ContactDate, []
    present = {
        kind: (key, month_day, year)
        for key, kind, month_day, year in _rows(table, kept_id, table.kind, table.month_day, table.year)
    }
    for row_id, kind, month_day, year in _rows(table, other_id, table.kind, table.month_day, table.year):
        if kind not in present:
            writer.update(table, row_id, contact=kept_id)
            continue
        own_id, own_day, own_year = present[kind]
        if kind in take and own_day != month_day:
            notes.append(_day_words(kind, own_day, own_year))
            writer.delete(table, own_id)
            writer.update(table, row_id, contact=kept_id)
            continue
        if own_day == month_day and year is not None and (own_year is None or (kind in take and own_year != year)):
            if own_year is not None:
                notes.append(_day_words(kind, own_day, own_year))
            writer.update(table, own_id, year=year)
        elif own_day != month_day or (year is not None and year != own_year):
            notes.append(_day_words(kind, month_day, year))
        writer.delete(table, row_id)
    return notes


def _day_words(kind: str, month_day: int, year: int | None) -> str:
    month = MONTH_NAMES[month_day // 100 - 1].capitalize()
    return f"{kind.capitalize()}: {month_day % 100} {month}" + (f" {year}" if year else "")


def _addresses(writer: Writer, kept_id: int, other_id: int) -> None:
    table = t.Address
    present = {(kind, key) for _, kind, key in _rows(table, kept_id, table.kind, table.key)}
    for row_id, kind, key, position in _rows(table, other_id, table.kind, table.key, table.position):
        if (kind, key) in present:
            writer.delete(table, row_id)
        else:
            # After those of the kept contact, whose first one is written to.
            writer.update(table, row_id, contact=kept_id, position=min(100 + position, 30_000))


def _circles(writer: Writer, kept_id: int, other_id: int) -> None:
    table = t.Membership
    columns = (table.circle_id, table.joined_on)
    present = {circle: (key, joined) for key, circle, joined in _rows(table, kept_id, *columns)}
    for row_id, circle, joined in _rows(table, other_id, *columns):
        if circle not in present:
            writer.update(table, row_id, contact=kept_id)
            continue
        own_id, own_joined = present[circle]
        writer.delete(table, row_id)
        writer.update(table, own_id, joined_on=min(joined, own_joined))


def _acquaintances(writer: Writer, kept_id: int, other_id: int) -> None:
    """Whom they know and who knows them; that the two know each other says nothing any more."""
    table = t.Acquaintance
    columns = (table.folded, table.relation, table.company, table.topic)
    present = {row[0]: row[1:] for row in _rows(table, kept_id, *columns)}
    rows = (
        table.select(table.id, table.contact_id, table.other_id, *columns)
        .where((table.contact == other_id) | (table.other == other_id))
        .order_by(table.id)
    )
    for row_id, whose, whom, *words in list(rows.tuples()):
        whose, whom = (kept_id if key == other_id else key for key in (whose, whom))
        known_already = row_id not in present and whose == kept_id and tuple(words) in present.values()
        if whose == whom or known_already:
            writer.delete(table, row_id)
        else:
            writer.update(table, row_id, contact=whose, other=whom)


def _hidings(writer: Writer, kept_id: int, other_id: int) -> None:
    """Snoozes and days chosen by hand; those of the rhythm now stand for the kept contact's."""
    old, new = f"c{other_id}", f"c{kept_id}"
    for row_id, item in _rows(t.Snooze, other_id, t.Snooze.item):
        writer.update(t.Snooze, row_id, contact=kept_id, item=new if item == old else item)
    taken = t.ChosenDay.select().where(t.ChosenDay.item == new).exists()
    for row_id, item in _rows(t.ChosenDay, other_id, t.ChosenDay.item):
        if item == old and taken:
            writer.delete(t.ChosenDay, row_id)
        else:
            writer.update(t.ChosenDay, row_id, contact=kept_id, item=new if item == old else item)
