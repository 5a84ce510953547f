"""Judges people's traces again, as of the last run, after what counts or whose a handle is has changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from typing import TYPE_CHECKING

from planner.desk.shared.context import Context
from planner.store.evidence import settling

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

SEEN_AT = "seen_at"
"""The name of the note with the second of the last run."""


def judge_again(context: Context, writer: Writer, people: Collection[int]) -> None:
    """Make the interactions of people what their traces show."""
    today = context.today
    last = int(context.store.notes().get(SEEN_AT, 0))
    midnight = int(datetime.combine(today, time.min).timestamp())
    settling.settle_people(writer, people, {}, today, max(last, midnight))
