"""Calendars that the planner's entries come back from: which folders they are, and what is made of the changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planner.core.book.calendar import Change, EntryChange, GoneAnswer, Returned, changes_of
from planner.core.dates.shown import exact_date
from planner.core.model import ItemKind, Outcome
from planner.core.records import record
from planner.core.words.counts import counted
from planner.desk.done import Done
from planner.desk.exports import Exporting
from planner.desk.shared.calendar_folders import CalendarFolder, calendar_folders, keep_calendar_folders
from planner.desk.shared.checks import many_lines
from planner.desk.shared.context import Context, Said
from planner.desk.shared.ending import end_items
from planner.desk.shared.settling import Settlement, append_note, settle
from planner.desk.triage import Triage
from planner.errors import Refused
from planner.store.views import open_items

if TYPE_CHECKING:
    from planner.core.rhythm.calendar_entries import CalendarEntry
    from planner.store.row_writer import Writer

LONGEST_NOTE = 2_000


@record(frozen=True, slots=True)
class CameBack:
    """What came back from calendars: a line for each change, and the entries that are gone and not answered for."""

    done: Done | None
    lines: tuple[str, ...] = ()
    gone: tuple[CalendarEntry, ...] = ()
    """Their items stay; nothing writes their entries again before a person says so."""


class CalendarBack:
    """Verbs about entries that come back from a calendar."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def folders(self) -> tuple[CalendarFolder, ...]:
        """The folders, in the order they were added."""
        return calendar_folders(self._context.store)

    def add(self, path: str, *, todo: bool = False) -> None:
        """Write the calendar to a folder from now on, and take in what is changed there."""
        kept = [one for one in self.folders() if one.path != path]
        keep_calendar_folders(self._context.store, [*kept, CalendarFolder(path, todo)])

    def remove(self, path: str) -> None:
        """Leave a folder alone from now on. Raises Refused where it is none of them."""
        kept = [one for one in self.folders() if one.path != path]
        if len(kept) == len(self.folders()):
            raise Refused(f"{path} is no calendar of the planner's", "“planner book calendar list” shows them")
        keep_calendar_folders(self._context.store, kept)

    def take(
        self,
        found: Iterable[Returned],
        missing: Iterable[str] = (),
        answers: Mapping[str, GoneAnswer] | None = None,
        *,
        dry_run: bool = False,
    ) -> CameBack:
        """Move, settle and note what was moved, ticked and written outside, as one step.

        `missing` are the uids of entries that are gone, `answers` what is to become of their items, by item. What
        cannot be is said and left as it is.
        """
        entries = {one.uid: one for one in Exporting(self._context).calendar()}
        changes = list(changes_of(entries, found, missing, self._context.today))
        answers = dict(answers or {})
        unknown = answers.keys() - {one.entry.item for one in changes if one.change is Change.GONE}
        if unknown:
            raise Refused(f"The entry of {sorted(unknown)[0]} is not gone", "See what is with --dry-run")
        lines: list[str] = []
        gone: list[CalendarEntry] = []

        def work(writer: Writer) -> Said:
            lines.clear()
            gone.clear()
            items: list[str] = []
            for one in changes:
                answer = answers.get(one.entry.item) if one.change is Change.GONE else None
                if one.change is Change.GONE and answer is None:
                    gone.append(one.entry)
                    continue
                try:
                    lines.append(self._take_one(writer, one, answer))
                except Refused as refusal:
                    lines.append(f"{_title(one.entry)}: not taken: {refusal.message}")
                else:
                    items.append(one.entry.item)
            return f"Took {counted(len(items), 'change')} from the calendar", items

        if not any(one.change is not Change.GONE or one.entry.item in answers for one in changes):
            return CameBack(None, (), tuple(one.entry for one in changes))
        done = self._context.write("calendar", work, dry_run=dry_run)
        return CameBack(done, tuple(lines), tuple(gone))

    def _take_one(self, writer: Writer, one: EntryChange, answer: GoneAnswer | None) -> str:
        entry, context = one.entry, self._context
        title, today = _title(entry), context.today
        if answer is GoneAnswer.BACK:
            return f"{title}: goes back into the calendar"
        if answer is GoneAnswer.SKIP:
            return Triage(context).skipped(writer, [entry.item])[0]
        if answer is GoneAnswer.DROP:
            return end_items(writer, [entry.item], today)
        if one.change is Change.WORDS:
            text = many_lines(one.words[:LONGEST_NOTE], "note")
            append_note(writer, self._contact(entry), f"{title}: {text}", today)
            return f"{title}: noted “{' '.join(text.split())[:80]}”"
        if one.both:
            raise Refused(f"it was moved there to {exact_date(one.day)} and here to {exact_date(entry.day)}")
        if one.change is Change.MOVED and entry.kind is ItemKind.DATE:
            raise Refused("a day of the year stays on its day")
        if one.change is Change.MOVED:
            return Triage(context).moved(writer, [entry.item], one.day)[0]
        if entry.kind is ItemKind.DATE or one.day > today:
            return settle(writer, [entry.item], Settlement(), context.settings, today)[0]
        return settle(writer, [entry.item], Settlement(Outcome.REACHED, one.day), context.settings, today)[0]

    def _contact(self, entry: CalendarEntry) -> int:
        found = open_items.items_with_ids([entry.item]).get(entry.item)
        if found is not None:
            return found.contact_id
        raise Refused("it has no person to note it with")


def _title(entry: CalendarEntry) -> str:
    return f"{entry.name}, {entry.text}" if entry.text else entry.name
