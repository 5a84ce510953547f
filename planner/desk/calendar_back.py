"""Calendars with the planner's entries: their folders, and the consequences of changes made there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

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
    """The changes from calendars: a line for each change, and the deleted entries without an answer."""

    done: Done | None
    lines: tuple[str, ...] = ()
    gone: tuple[CalendarEntry, ...] = ()
    """Deleted entries; their items stay, and the entries are not written again before a person decides."""
    written: int = 0
    """The number of entries written or removed in the folders afterwards."""
    troubles: tuple[str, ...] = ()
    """Lines about what could not be read."""


class ReadsCalendar(Protocol):
    """The content of a folder, see `planner.interchange.book.calendar_folder.ReadCalendar`."""

    @property
    def says(self) -> Iterable[Returned]: ...
    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def troubles(self) -> Sequence[str]: ...
    @property
    def is_emptied(self) -> bool: ...


class KeepsCalendar(Protocol):
    """Reads and writes folders of entries, see `planner.interchange.book.calendar_folder.CalendarFiles`."""

    def read(self, path: str, entries: Iterable[CalendarEntry], /) -> Any: ...
    def write(
        self, path: str, entries: Collection[CalendarEntry], seen: Any, left: Collection[str], todo: bool, /
    ) -> int: ...


class CalendarBack:
    """Verbs about entries that come back from a calendar."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def folders(self) -> tuple[CalendarFolder, ...]:
        """The folders, in the order they were added."""
        return calendar_folders(self._context.store)

    def add(self, path: str, *, todo: bool = False) -> None:
        """Start to write the calendar to a folder, and to take in changes made there."""
        kept = [one for one in self.folders() if one.path != path]
        keep_calendar_folders(self._context.store, [*kept, CalendarFolder(path, todo)])

    def remove(self, path: str) -> None:
        """Stop using a folder. Raises Refused for an unknown one."""
        kept = [one for one in self.folders() if one.path != path]
        if len(kept) == len(self.folders()):
            raise Refused(f"{path} is no calendar of the planner's", "“planner book calendar list” shows them")
        keep_calendar_folders(self._context.store, kept)

    def sync(
        self,
        files: KeepsCalendar,
        answers: Mapping[str, GoneAnswer] | None = None,
        *,
        put_back: bool = False,
        dry_run: bool = False,
        unseen: bool = False,
    ) -> CameBack:
        """Take in changes made in the folders, as one step, then write what has changed here.

        `answers` as for `take`; with `put_back` every deleted entry is written again. A dry run writes nothing.
        `unseen` is a run without anybody watching: if there are changes, it only reports them and writes nothing.
        Refused if the calendar goes to no folder, or if more than half of a folder's entries are deleted.
        """
        if dry_run:
            return self._sync(files, answers, put_back=put_back, dry_run=True)
        # Two syncs at once would both take a tick: a round done once would be done twice.
        with self._context.store.alone(0) if unseen else self._context.store.alone():
            return self._sync(files, answers, put_back=put_back, unseen=unseen)

    def _sync(
        self,
        files: KeepsCalendar,
        answers: Mapping[str, GoneAnswer] | None,
        *,
        put_back: bool = False,
        dry_run: bool = False,
        unseen: bool = False,
    ) -> CameBack:
        folders = self.folders()
        if not folders:
            raise Refused("The calendar goes to no folder", "Name one: planner book calendar add DIR")
        entries = Exporting(self._context).calendar()
        read: dict[CalendarFolder, ReadsCalendar] = {one: files.read(one.path, entries) for one in folders}
        for one, seen in read.items():
            if seen.is_emptied and not put_back:
                raise Refused(
                    f"{len(seen.missing)} of the planner's entries are gone from {one.path}, more than half of them",
                    "Is it the right folder? “planner book calendar sync --put-back” writes them again.",
                )
        missing = dict.fromkeys(uid for seen in read.values() for uid in seen.missing)
        if put_back:
            answers = {one.item: GoneAnswer.BACK for one in entries if one.uid in missing}
        says = [one for seen in read.values() for one in seen.says]
        came = self.take(says, missing, answers, dry_run=dry_run or unseen)
        written = 0
        if not dry_run and not (unseen and (came.lines or came.gone)):
            left, now = {one.uid for one in came.gone}, Exporting(self._context).calendar()
            written = sum(files.write(one.path, now, seen, left, one.todo) for one, seen in read.items())
        troubles = tuple(trouble for seen in read.values() for trouble in seen.troubles)
        return replace(came, written=written, troubles=troubles)

    def take(
        self,
        found: Iterable[Returned],
        missing: Iterable[str] = (),
        answers: Mapping[str, GoneAnswer] | None = None,
        *,
        dry_run: bool = False,
    ) -> CameBack:
        """Move, settle and note what was moved, ticked and written outside, as one step.

        `missing` are the uids of deleted entries, `answers` decide about their items, by item. An impossible change is
        reported and left out.
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
