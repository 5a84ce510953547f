"""Merges two contacts that are the same person: everything of the one becomes the other's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import LINES
from planner.core.dates.shown import year_day
from planner.store import tables as t
from planner.store.connection import ask
from planner.store.facts.contacts import update_contact
from planner.store.facts.favors import settle_doubles
from planner.store.facts.identity.duplicates import merge_duplicates
from planner.store.facts.introductions import merge_introductions
from planner.store.facts.needs import merge_told
from planner.store.table_shapes import shape_of

if TYPE_CHECKING:
    from planner.store.row_writer import Row, Writer

LABELS = {one.column: one.label.capitalize() for one in LINES if one.newer} | {"name": "Also known as"}
"""Columns with the label that precedes the other contact's text in the notes, if both have one."""
FILLED = tuple(column for column in LABELS if column != "name")
"""Columns that the kept contact takes over if its own are empty."""


CHOOSABLE: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("name", *FILLED, "mode")},
    "cadence": ("cadence", "cadence_since", "spread"),
    "birthday": (),
}
"""The fields that may be taken from the contact that is deleted, with their columns."""


def merge_contacts(writer: Writer, kept_id: int, other_id: int, today: date, take: Collection[str] = ()) -> None:
    """Give the kept contact all facts of the other one, then delete the other; a fact of both is kept once.

    For the fields in `take` (of `CHOOSABLE`) the other's value is kept, and that of the kept contact goes into the
    notes.
    """
    kept, other = (writer.row(t.ContactTable, key) for key in (kept_id, other_id))
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
    together = {interaction for _, interaction in _rows(t.ParticipationTable, kept_id, "interaction_id")}
    for row_id, interaction in _rows(t.ParticipationTable, other_id, "interaction_id"):
        if interaction in together:
            writer.delete(t.ParticipationTable, row_id)
        else:
            writer.update(t.ParticipationTable, row_id, contact=kept_id)
    for table in (t.FollowUpTable, t.FavorTable, t.SkipTable):
        for (row_id,) in _rows(table, other_id):
            writer.update(table, row_id, contact=kept_id)
    merge_told(writer, kept_id, other_id)
    settle_doubles(writer, kept_id, today)
    _evidence(writer, kept_id, other_id)
    _known_through(writer, kept_id, other_id)
    merge_introductions(writer, kept_id, other_id)
    merge_duplicates(writer, kept_id, other_id)
    for (key,) in _rows(t.IdentityTable, other_id):
        writer.update(t.IdentityTable, key, contact=kept_id)
    # The cards of both stay linked: each goes on describing the same person.
    for table in (t.CardTable, t.BookQuestionTable, t.FormerPositionTable):
        for (row_id,) in _rows(table, other_id):
            writer.update(table, row_id, contact=kept_id)
    update_contact(writer, kept_id, {**wanted, **_columns(kept, other, notes)}, today)
    writer.delete(t.ContactTable, other_id)
    writer.touch(kept_id)


def _rows(table: type[t.Table], contact_id: int, *columns: str) -> list[tuple[Any, ...]]:
    """(key, columns…) of a contact's rows, ordered by key."""
    shape = shape_of(table)
    names = ", ".join((shape.key, *columns))
    return ask(f"SELECT {names} FROM {shape.name} WHERE contact_id = ? ORDER BY {shape.key}", (contact_id,))


def _columns(kept: Row, other: Row, notes: list[str]) -> dict[str, Any]:
    """The changed columns of the kept contact."""
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
    """The differing values of the other contact, as lines."""
    return [
        f"{label}: {other[name]}"
        for name, label in LABELS.items()
        if other[name] and kept[name] and other[name] != kept[name]
    ]


def _dates(writer: Writer, kept_id: int, other_id: int, take: Collection[str]) -> list[str]:
    """Move the days of the year; a second birthday goes into the notes."""
    table, notes = t.ContactDateTable, []
    present = {
        kind: (key, month_day, year)
        for key, kind, month_day, year in _rows(table, kept_id, "kind", "month_day", "year")
    }
    for row_id, kind, month_day, year in _rows(table, other_id, "kind", "month_day", "year"):
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
    return f"{kind.capitalize()}: {year_day(month_day // 100, month_day % 100, year)}"


def _addresses(writer: Writer, kept_id: int, other_id: int) -> None:
    table = t.AddressTable
    present = {(kind, key) for _, kind, key in _rows(table, kept_id, "kind", "key")}
    for row_id, kind, key, position in _rows(table, other_id, "kind", "key", "position"):
        if (kind, key) in present:
            writer.delete(table, row_id)
        else:
            # After the addresses of the kept contact, whose first one is the one to write to.
            writer.update(table, row_id, contact=kept_id, position=min(100 + position, 30_000))


def _circles(writer: Writer, kept_id: int, other_id: int) -> None:
    table = t.MembershipTable
    columns = ("circle_id", "joined_on")
    present = {circle: (key, joined) for key, circle, joined in _rows(table, kept_id, *columns)}
    for row_id, circle, joined in _rows(table, other_id, *columns):
        if circle not in present:
            writer.update(table, row_id, contact=kept_id)
            continue
        own_id, own_joined = present[circle]
        writer.delete(table, row_id)
        writer.update(table, own_id, joined_on=min(joined, own_joined))


def _acquaintances(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move acquaintances in both directions; an acquaintance between the two is deleted."""
    table = t.AcquaintanceTable
    columns = ("folded", "relation", "company", "topic")
    present = {row[0]: row[1:] for row in _rows(table, kept_id, *columns)}
    rows = ask(
        f"SELECT id, contact_id, other_id, {', '.join(columns)} FROM acquaintance"
        " WHERE contact_id = ? OR other_id = ? ORDER BY id",
        (other_id, other_id),
    )
    for row_id, whose, whom, *words in rows:
        whose, whom = (kept_id if key == other_id else key for key in (whose, whom))
        known_already = row_id not in present and whose == kept_id and tuple(words) in present.values()
        if whose == whom or known_already:
            writer.delete(table, row_id)
        else:
            writer.update(table, row_id, contact=whose, other=whom)


def _evidence(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move traces, names and what counts; if both contacts have a setting for a source, the kept contact's wins."""
    for table in (t.EvidenceTable, t.KnownAsTable):
        for (row_id,) in _rows(table, other_id):
            writer.update(table, row_id, contact=kept_id)
    said = {watched for _, watched in _rows(t.EvidenceModeTable, kept_id, "watched_id")}
    for row_id, watched in _rows(t.EvidenceModeTable, other_id, "watched_id"):
        if watched in said:
            writer.delete(t.EvidenceModeTable, row_id)
        else:
            writer.update(t.EvidenceModeTable, row_id, contact=kept_id)


def _known_through(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move the links through whom contacts are known, in both directions; nobody is known through themselves."""
    has_one = bool(_rows(t.ThroughTable, kept_id))
    for key, whose, known in ask(
        "SELECT id, contact_id, known_id FROM through WHERE ? IN (contact_id, known_id)", (other_id,)
    ):
        pair = tuple(kept_id if side == other_id else side for side in (whose, known))
        if pair[0] == pair[1] or (whose == other_id and has_one):
            writer.delete(t.ThroughTable, key)
        else:
            writer.update(t.ThroughTable, key, contact=pair[0], known=pair[1])


def _hidings(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move snoozes and chosen days; those for the other's rhythm become those of the kept contact's."""
    old, new = f"c{other_id}", f"c{kept_id}"
    for row_id, item in _rows(t.SnoozeTable, other_id, "item"):
        writer.update(t.SnoozeTable, row_id, contact=kept_id, item=new if item == old else item)
    taken = ask("SELECT 1 FROM chosen_day WHERE item = ?", (new,))
    for row_id, item in _rows(t.ChosenDayTable, other_id, "item"):
        if item == old and taken:
            writer.delete(t.ChosenDayTable, row_id)
        else:
            writer.update(t.ChosenDayTable, row_id, contact=kept_id, item=new if item == old else item)
