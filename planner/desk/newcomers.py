"""Verbs about those who came with a file: who waits for a word, and the word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.model import Mode, Status
from planner.desk.base import listed, present_names
from planner.desk.people import cadence_text, circle_name, one_of
from planner.desk.review import DoubtVerbs
from planner.desk.values import Newcomer, NewcomerCount
from planner.store.facts import contacts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

AT_ONCE = 250
"""People in one transaction, so that another session hardly waits."""


class NewcomerVerbs(DoubtVerbs):
    """Saying of everyone who is new whether, and how often, to be in touch."""

    def newcomer_ids(self, words: str = "", *, today: date) -> list[int]:
        """Those about whom nothing was said yet, those who matter first; with words, of those who hold them."""
        from planner.store.facts import newcomers

        with self.store.read():
            return newcomers.waiting_ids(today, words)

    def newcomer_count(self, *, today: date) -> NewcomerCount:
        """How many came, and about how many something was said."""
        from planner.store.facts import newcomers

        with self.store.read():
            return NewcomerCount(*newcomers.counts())

    def newcomers(self, contact_ids: Sequence[int], *, today: date) -> tuple[Newcomer, ...]:
        """Lines about some of them, in their order; those that are gone are left out."""
        from planner.store.facts import newcomers

        with self.store.read():
            found = newcomers.lines(contact_ids)
        return tuple(Newcomer(*row[:9], self._said(*row[8:], today)) for row in found)

    @staticmethod
    def _said(
        circles: Sequence[str], said: bool, mode: str, cadence: str | None, status: str, today: date
    ) -> str:
        """What was said, in the fewest words."""
        if status != Status.ACTIVE:
            return status
        if mode != Mode.RHYTHM:
            return {"occasion": "on occasion"}.get(mode, mode)
        if cadence is None and said and circles:
            return f"in {', '.join(circles)}"
        if cadence is None:
            return "left as it is" if said else ""
        from planner.core.rhythm.cadence import parse_cadence

        found = parse_cadence(cadence, today)
        return found.words if found is not None else "no rhythm"

    def settle_newcomers(
        self,
        contact_ids: Sequence[int],
        *,
        cadence: str | None = None,
        mode: str | None = None,
        circle: str | None = None,
        progress: Callable[[int, int], None] | None = None,
        today: date,
    ) -> None:
        """Give newcomers a rhythm, a mode or a circle, or leave them as they are, as one step for undo.

        They are not asked about again. First dues of several are spread over the rhythm. Refused for what
        cannot be a rhythm, a mode or a circle.
        """
        changes: dict[str, Any] = {}
        words = "left as they are"
        if cadence is not None:
            text = cadence_text(cadence, today)
            changes |= {"cadence": text, "cadence_since": None if text is None else today, "mode": str(Mode.RHYTHM)}
            words = text or "the rhythm of the circles"
            if len(contact_ids) > self.settings.daily_capacity:
                changes["spread"] = True
        if mode is not None:
            changes["mode"] = str(one_of(Mode, mode, "mode"))
            words = changes["mode"]
        name = circle_name(circle) if circle is not None else ""
        words = f"in {name}" if name else words

        def work(writer: Writer, some: Sequence[int]) -> None:
            self._say_about(writer, some, changes, name, today)

        with self.store.read():
            names = present_names(contact_ids[:3] if len(contact_ids) > AT_ONCE else contact_ids)
        who = listed(list(names.values())) if len(contact_ids) <= AT_ONCE else f"{len(contact_ids):,} people"
        if len(contact_ids) <= AT_ONCE:
            self.store.write("newcomers", f"{who}: {words}", lambda writer: work(writer, contact_ids), today=today)
            return
        with self.store.long_write("newcomers", f"{who}: {words}", today) as step:
            for start in range(0, len(contact_ids), AT_ONCE):
                some = contact_ids[start : start + AT_ONCE]
                step.write(lambda writer, some=some: work(writer, some))  # type: ignore[misc]
                if progress is not None:
                    progress(start + len(some), len(contact_ids))

    def _say_about(
        self, writer: Writer, contact_ids: Sequence[int], changes: dict[str, Any], circle: str, today: date
    ) -> None:
        from planner.store.facts import newcomers

        if changes:
            found = contacts.modes(contact_ids)
            back = [key for key, mode, status in found if self._comes_back(mode, status, changes)]
            others = sorted({key for key, _, _ in found} - set(back))
            contacts.update_contacts(writer, others, changes, today)
            contacts.update_contacts(writer, back, {**changes, "returned_on": today}, today)
        if circle:
            key = contacts.ensure_circle(writer, circle)
            for contact_id in contact_ids:
                contacts.join_circle(writer, key, contact_id, today)
        newcomers.say(writer, contact_ids, today)
