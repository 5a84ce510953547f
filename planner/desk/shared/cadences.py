"""Changing a contact's cadence, or returning a contact to a rhythm, for every verb. Inside a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import Mode, Status
from planner.store.facts import contacts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def put_cadence(
    writer: Writer, contact_id: int, text: str | None, since: date | None, today: date, *, alone: bool
) -> None:
    """Give a contact a cadence; None means that of their circles, which then counts from today too.

    Setting the same cadence again changes nothing. One set for a single person (`alone`) starts today; when many get
    one, the first dates of imported contacts are spread.
    """
    before = contacts.read_contacts([contact_id])[contact_id]
    if before.cadence != text or since is not None:
        changes = {"cadence": text, "cadence_since": since or today}
        contacts.update_contact(writer, contact_id, changes | ({"spread": False} if alone else {}), today)


def keeps_again(mode: Mode, status: Status, changes: Mapping[str, Any]) -> bool:
    """Whether changes of mode or status return a contact to a rhythm."""
    kept_before = mode is Mode.RHYTHM and status is Status.ACTIVE
    kept_after = changes.get("mode", mode) == Mode.RHYTHM and changes.get("status", status) == Status.ACTIVE
    return kept_after and not kept_before
