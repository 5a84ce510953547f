"""Introductions, and matches that were turned down: reading and writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.introductions import Answer, Introduction
from planner.store import tables as t
from planner.store.connection import ask, ask_about, day
from planner.store.facts.contact_names import LIVING

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

INTRODUCTION = """SELECT i.id, i.one_id, i.other_id, a.name, b.name, i.note, i.created_on, i.one_answer, i.one_on,
    i.other_answer, i.other_on, i.made_on, i.worked_on, i.closed_on, i.version
    FROM introduction i JOIN contact a ON a.id = i.one_id JOIN contact b ON b.id = i.other_id"""
OPEN = f"i.closed_on IS NULL AND a.{LIVING} AND b.{LIVING}"


def _introduction(row: tuple[Any, ...]) -> Introduction:
    key, one, other, one_name, other_name, note, created, a, a_on, b, b_on, made, worked, closed, version = row
    return Introduction(
        key, one, other, one_name, other_name, note, day(created), Answer(a), day(a_on), Answer(b), day(b_on),
        day(made), day(worked), day(closed), version,
    )  # fmt: skip


def introduction(introduction_id: int) -> Introduction | None:
    """One introduction, or None."""
    rows = ask(f"{INTRODUCTION} WHERE i.id = ?", (introduction_id,))
    return _introduction(rows[0]) if rows else None


def introductions(*, with_contact: int | None = None, only_open: bool = True) -> list[Introduction]:
    """Introductions, the newest first; one with a contact who has died is not open."""
    conditions = [OPEN] if only_open else []
    if with_contact is not None:
        conditions.append(f"{int(with_contact)} IN (i.one_id, i.other_id)")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return [_introduction(row) for row in ask(f"{INTRODUCTION}{where} ORDER BY i.id DESC")]


def introductions_with(contact_ids: Sequence[int]) -> list[Introduction]:
    """The open introductions of contacts, each once."""
    sql = f"{INTRODUCTION} WHERE {OPEN} AND (i.one_id IN ({{keys}}) OR i.other_id IN ({{keys}}))"
    # The two sides of an introduction may be in two batches.
    return [_introduction(row) for row in dict.fromkeys(ask_about(sql, contact_ids))]


def introductions_moved(start: date, end: date) -> list[Introduction]:
    """Introductions with a step between two days, the oldest first."""
    span = (start.isoformat(), end.isoformat())
    columns = ("one_on", "other_on", "worked_on", "closed_on")
    condition = " OR ".join(f"i.{column} BETWEEN ? AND ?" for column in columns)
    return [_introduction(row) for row in ask(f"{INTRODUCTION} WHERE {condition} ORDER BY i.id", span * len(columns))]


def insert_introduction(writer: Writer, one: int, other: int, note: str, today: date) -> int:
    """Insert an introduction, whose first contact is asked today; return its id."""
    key: int = writer.insert(
        t.IntroductionTable,
        one=one,
        other=other,
        note=note,
        created_on=today,
        one_answer=str(Answer.ASKED),
        one_on=today,
    )
    return key


def update_introduction(writer: Writer, before: Introduction, after: Introduction) -> None:
    """Write the difference between two values of one introduction."""
    names = ("note", "one_answer", "one_on", "other_answer", "other_on", "made_on", "worked_on", "closed_on")
    changes = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    for name in ("one_answer", "other_answer"):
        if name in changes:
            changes[name] = str(changes[name])
    if changes:
        writer.update(t.IntroductionTable, before.id, **changes)


# Matches


def not_these(contact_id: int | None = None) -> set[tuple[int, int]]:
    """Pairs that are not proposed, of one contact or all: turned down, or introduced; the smaller id first."""
    where = "" if contact_id is None else f" WHERE {int(contact_id)} IN (one_id, other_id)"
    rows = ask(f"SELECT one_id, other_id FROM not_these{where} UNION SELECT one_id, other_id FROM introduction{where}")
    return {(min(pair), max(pair)) for pair in rows}


def insert_not_these(writer: Writer, one: int, other: int, today: date) -> None:
    """Store that these two are never proposed as a match again."""
    pair = min(one, other), max(one, other)
    if not ask("SELECT 1 FROM not_these WHERE one_id = ? AND other_id = ?", pair):
        writer.insert(t.NotTheseTable, one=pair[0], other=pair[1], on=today)


def merge_introductions(writer: Writer, kept_id: int, other_id: int) -> None:
    """Move the introductions and turned-down matches of one contact to another, except those between the two."""
    for table, name in ((t.IntroductionTable, "introduction"), (t.NotTheseTable, "not_these")):
        rows = ask(f"SELECT id, one_id, other_id FROM {name} WHERE ? IN (one_id, other_id)", (other_id,))
        for key, *sides in rows:
            pair = [kept_id if side == other_id else side for side in sides]
            if table is t.NotTheseTable:
                pair.sort()
            # A match turned down with both of them is kept once.
            again = table is t.NotTheseTable and ask("SELECT 1 FROM not_these WHERE one_id = ? AND other_id = ?", pair)
            if pair[0] == pair[1] or again:
                writer.delete(table, key)
            else:
                writer.update(table, key, one=pair[0], other=pair[1])
