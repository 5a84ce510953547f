"""The verbs of evidence: watching sources, reading them, and correcting what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from planner.core.evidence.judgement import HOW_MUCH, WhatCounts
from planner.core.evidence.owners import ME, Key, key_of
from planner.core.evidence.seen import Handle, HandleKind
from planner.core.evidence.strangers import Stranger
from planner.core.evidence.words import source_words
from planner.core.words.folding import fold
from planner.desk.done import Done
from planner.desk.evidence.running import EvidenceRun, lines_of
from planner.desk.evidence.values import ListedSource, OpensSources, SeenLine, SeenNews, SourcesRead
from planner.desk.shared.checks import briefly, listed, one_of, present_name
from planner.desk.shared.context import Context, Said
from planner.desk.shared.judging import judge_again
from planner.errors import Refused
from planner.store import tables as t
from planner.store.evidence import handles, news, settling, sources
from planner.store.evidence.handles import AskedName
from planner.store.evidence.sources import WatchedSource

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


class EvidenceVerbs:
    """The part `desk.evidence`: interactions that mail, calendars, calls and chats show."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # Sources

    def add(self, path: str, kind: str, *, counts: str = "answered", all_day: bool = False, free: bool = False) -> Done:
        """Start to watch a source; the result has its id. `path` is absolute, `kind` the name of the kind of source.

        `counts` says what counts as contact there, see `WhatCounts`; with `all_day` and `free`, all-day events and
        events that do not block time count too. Refused if the path is watched already.
        """
        what, today = one_of(WhatCounts, counts, "mode"), self._context.today

        def work(writer: Writer) -> Said:
            found = next((one for one in sources.sources(removed=True) if one.path == path), None)
            said = f"Watching {briefly(path)} ({kind})"
            if found is None:
                key = sources.insert_source(writer, path, kind, what, today, all_day=all_day, free=free)
                sources.digesting(writer)
                return said, [key]
            if found.removed_on is None:
                raise Refused(f"{briefly(path)} is watched already", "See “planner watch list”")
            changes = {"kind": kind, "mode": str(what), "all_day": all_day, "free": free}
            writer.update(t.WatchedTable, found.id, None, removed_on=None, added_on=today, **changes)
            return said, [found.id]

        return self._context.write("watch", work)

    def listed(self) -> tuple[ListedSource, ...]:
        """The watched sources, in the order they were added."""
        with self._context.store.read():
            found, counted = sources.sources(), sources.counts()
        return tuple(ListedSource(one, source_words(one.path, one.kind), counted.get(one.id, 0)) for one in found)

    def remove(self, source_id: int) -> Done:
        """Stop watching a source. Interactions seen there stay, and still name it."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            found = _present(source_id)
            writer.update(t.WatchedTable, source_id, None, removed_on=today)
            return f"No longer watching {briefly(found.path)}; what was seen there stays", [source_id]

        done = self._context.write("watch", work)
        # If it is watched again, it is read from the beginning.
        self._context.store.transact(lambda: sources.forget_read(source_id))
        return done

    # Reading

    def run(
        self,
        open: OpensSources,
        *,
        zone: tzinfo,
        now: datetime,
        since: date | None = None,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        give_way: Callable[[], None] | None = None,
    ) -> SourcesRead:
        """Read what is new in all sources, and write what it shows as one step for undo.

        `open` opens a source, `zone` is my time zone, `now` an aware instant. With `since` everything from that day on
        is read again, even interactions that were undone. A dry run writes into a private copy, which is discarded.
        `progress` gets (amount read, amount in all); when `cancelled()` returns True nothing is kept. `give_way` is
        called between the parts of a write, which are then small. Refused if nothing is watched.
        """
        found = EvidenceRun(self._context, zone, now, since, give_way)
        return found.run(open, dry_run=dry_run, progress=progress, cancelled=cancelled)

    def people(
        self,
        open: OpensSources,
        *,
        zone: tzinfo,
        now: datetime,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Stranger, ...]:
        """The people who are not contacts but could be, best first: messages went both ways, on two days or more.

        Every source is read from the beginning, and only their number is stored. Forgotten people are not proposed.
        """
        return EvidenceRun(self._context, zone, now, None).strangers(open, progress, cancelled)

    def seen(self, since: date) -> tuple[SeenLine, ...]:
        """The interactions based on something found on a day or later, the latest first."""
        with self._context.store.read():
            found, known = settling.found_since(since), sources.sources(removed=True)
        return lines_of(self._context, found, known)

    def news(self) -> SeenNews:
        """What was seen since the person opened the list of it on an earlier day: one line for each person.

        People I was in touch with come first, then attempts, then plans.
        """
        today = self._context.today
        with self._context.store.read():
            last = news.looked(today)
            found = settling.found_since(last.on, last.after)
            known, asked = sources.sources(removed=True), tuple(handles.asked_names())
        latest: dict[int, SeenLine] = {}
        more: Counter[int] = Counter()
        for line in lines_of(self._context, found, known):
            first = latest.setdefault(line.contact_id, line)
            more[first.id] += first is not line
        lines = sorted(latest.values(), key=lambda line: -HOW_MUCH[line.outcome])
        return SeenNews(last.on, tuple(lines), dict(more), asked)

    def looked(self) -> None:
        """Remember that the list of what was seen was opened: from tomorrow on it begins with later entries."""
        store, today = self._context.store, self._context.today
        if not store.read_only:
            store.transact(lambda: store.note(news.LOOKED, news.look(today)))

    # Corrections by a person

    def not_this(self, interaction_ids: Collection[int]) -> Done:
        """Say that interactions from evidence did not happen; their traces never count again.

        Refused for an interaction that a person wrote or changed.
        """
        today = self._context.today

        def work(writer: Writer) -> Said:
            people: set[int] = set()
            for key in interaction_ids:
                found = settling.resting_on(key)
                if not found:
                    raise Refused(
                        f"Interaction {key} does not rest on what was seen, or was changed by hand",
                        "Delete it with “planner unlog”",
                    )
                rows = [trace for trace, _ in found]
                writer.update_many(t.EvidenceTable, rows, refused_on=today, interaction_id=None)
                writer.delete(t.InteractionTable, key)
                people |= {contact_id for _, contact_id in found}
            judge_again(self._context, writer, people)
            names = [present_name(one) for one in sorted(people)]
            return f"Not this: {listed(names)}", list(interaction_ids)

        return self._context.write("watch", work)

    def never_from(self, contact_id: int, source_id: int) -> Done:
        """Ignore a person in one source: what was seen there, and what will be."""
        return self.count(WhatCounts.OFF, contact_id=contact_id, source_id=source_id)

    def count(self, what: str, *, contact_id: int | None = None, source_id: int | None = None) -> Done:
        """Set what counts as contact: with a person, in a source, or with a person in a source."""
        counts = one_of(WhatCounts, what, "mode")
        if contact_id is None and source_id is None:
            raise Refused("Neither a person nor a source was named", "Name one of them, or both")

        def work(writer: Writer) -> Said:
            where = f" in {briefly(_present(source_id).path)}" if source_id is not None else ""
            if contact_id is None:
                assert source_id is not None
                writer.update(t.WatchedTable, source_id, None, mode=str(counts))
                judge_again(self._context, writer, settling.contacts_of(source_id))
                return f"Counts{where}: {counts}", [source_id]
            name = present_name(contact_id)
            sources.set_mode(writer, contact_id, source_id, counts)
            judge_again(self._context, writer, [contact_id])
            return f"Counts with {name}{where}: {counts}", [contact_id]

        return self._context.write("watch", work)

    def asked(self) -> tuple[AskedName, ...]:
        """The names and addresses in sources without a known owner, the most frequent first."""
        with self._context.store.read():
            return tuple(handles.asked_names())

    def whose(self, name: str, owner: int | None) -> Done:
        """Store the owner of a name or an address in sources: a contact, me (`ME`) or nobody (None).

        The next run adds what was seen under it.
        """
        today = self._context.today

        def work(writer: Writer) -> Said:
            whom = "nobody of yours" if owner is None else "you" if owner == ME else present_name(owner)
            then = "nothing of theirs counts" if owner is None else "what it shows comes with the next reading"
            key = self._handle_called(name)
            row = handles.say_whose(writer, key, name, owner, today)
            return f"{briefly(name, 60)} is {whom}; {then}", [row]

        return self._context.write("watch", work)

    def _handle_called(self, name: str) -> Key:
        """The key of the handle that a text names: one being asked about, else an address, a number or a name."""
        folded = fold(name)
        for one in handles.asked_names():
            if folded in (fold(one.name), one.value):
                return one.kind, one.value
        if not folded:
            raise Refused("No name was given", "Give the name as the source shows it")
        kind = HandleKind.EMAIL if "@" in name else HandleKind.NAME
        if kind is HandleKind.NAME and not any(one.isalpha() for one in name):
            return HandleKind.PHONE, self._context.address_form("phone", name)
        return key_of(Handle(kind, name))


def _present(source_id: int) -> WatchedSource:
    found = next((one for one in sources.sources() if one.id == source_id), None)
    if found is None:
        raise Refused(f"Nothing is watched under the number {source_id}", "See “planner watch list”")
    return found
