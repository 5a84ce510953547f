"""A run: reads every source outside any transaction, then writes what they show as one step for undo."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import partial

from planner.core.evidence.owners import ME, HandleOwners, Key, key_of
from planner.core.evidence.seen import HandleKind, Seen
from planner.core.evidence.strangers import Stranger, Strangers
from planner.core.evidence.traces import Gathering, SourceOptions, Trace, second
from planner.core.evidence.words import source_words
from planner.core.model import Outcome
from planner.core.records import record
from planner.core.words.folding import clean_line, fold
from planner.desk.evidence.values import OpensSources, SeenLine, SourcesRead
from planner.desk.evidence.writing import NOTHING, EvidenceWriting, Stopped
from planner.desk.shared.context import Context
from planner.desk.shared.judging import SEEN_AT
from planner.errors import Refused
from planner.store.evidence import handles, sources
from planner.store.evidence.forgotten import forgotten_handles
from planner.store.evidence.settling import SeenInteraction
from planner.store.evidence.sources import KNOWN, WatchedSource
from planner.store.evidence.strangers import count as count_strangers
from planner.store.evidence.strangers import keep_count
from planner.store.facts import contact_names

MAY_BE_ME = 5
"""How many proposals for my own identity are shown."""
EVERY = 500
"""Records between two calls of `progress` and `cancelled`."""
HANDLES = "handles"
"""The name under which the short digests of all handles are remembered."""
ME_WANTED = "me wanted"
"""The name under which proposals for my identity are kept, as lines, for a source that cannot be judged without it."""
WHO_ARE_YOU = "Nothing of it counts until it is known who you are"
STOPPED = SourcesRead("Stopped: nothing was kept", stopped=True)
_SIZE = 8
"""Bytes of the short digest of a handle."""


@record(frozen=True, slots=True)
class _Known:
    """The facts that reading needs, as of the beginning of the run."""

    sources: list[WatchedSource]
    owners: HandleOwners
    digest: Callable[[str], str]
    prints: dict[bytes, int]
    """The owner of each handle, by a short digest of handle and owner: an unknown digest means a new handle."""


class EvidenceRun:
    """Reads the sources of a planner and writes what they show.

    `zone` is my time zone, `now` an aware instant. With `since` everything from that day on is read again, even if it
    was read before.
    """

    def __init__(
        self,
        context: Context,
        zone: tzinfo,
        now: datetime,
        since: date | None,
        give_way: Callable[[], None] | None = None,
    ) -> None:
        self._context = context
        self._give_way = give_way
        self._zone = zone
        self._now = now
        self._since = since
        self._troubles: list[str] = []
        self._states: dict[int, Mapping[str, bytes | None]] = {}
        """The state to remember for each source, by its id."""
        self._away: set[int] = set()
        """The sources that could not be read for people with a new handle."""

    def run(
        self,
        open: OpensSources,
        *,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> SourcesRead:
        """Read all sources; see `EvidenceVerbs.run`."""
        if not self._context.store.read_only:
            self._context.read_numbers_anew()
        known = self._known()
        if not known.sources:
            raise Refused("Nothing is watched", "Name a mailbox, a calendar or a folder: planner watch add PATH")
        found = self._gathering(known)
        afresh: list[Trace] = []
        for source in known.sources:
            if not self._read(open, source, found, known, afresh, progress, cancelled):
                return STOPPED
        traces = [*found.traces(), *afresh]
        may_be_me = self._who_i_may_be(known, found)
        with self._context.tried(dry_run) as context:
            written = EvidenceWriting(context, traces, found, second(self._now), self._give_way, cancelled)
            try:
                written.write()
            except Stopped:
                return STOPPED
            lines = lines_of(context, written.seen, known.sources)
            with context.store.read():
                asked = tuple(handles.asked_names())
        if not dry_run:
            self._remember(known, found.needs_me, may_be_me or ())
        return SourcesRead(
            WHO_ARE_YOU if may_be_me is not None and written.said == NOTHING else written.said,
            tuple(line.id for line in lines),
            None if dry_run else written.step,
            lines=lines,
            troubles=tuple(map(clean_line, self._troubles)),
            asked=asked,
            needs_me=may_be_me is not None,
            may_be_me=may_be_me or (),
        )

    def strangers(
        self,
        open: OpensSources,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[Stranger, ...]:
        """The people who could become contacts, from reading every source anew; only their number is stored."""
        known = self._known()
        found = Strangers(known.owners, self._zone, self._context.settings.day_starts_at)
        for source in known.sources:
            if not self._take(open, source, {}, found.see, progress, cancelled):
                return ()
        best = found.best(self._context.today)
        with self._context.store.read():
            gone = forgotten_handles([key_of(one.handle) for one in best], known.digest)
            before = count_strangers()
        found_now = tuple(one for one in best if key_of(one.handle) not in gone)
        store = self._context.store
        if len(found_now) != before and not store.read_only:
            store.transact(lambda: keep_count(store, len(found_now)))
        return found_now

    def _known(self) -> _Known:
        with self._context.store.read():
            known, said = handles.known_handles(), handles.said_handles()
            listed, digest = sources.sources(), sources.digesting()
        me = my_handles(self._context)
        owned: list[tuple[Key, int]] = [(key, one) for key, people in known.items() for one in people]
        owned += [(key, ME) for key in me]
        owned += [(key, owner) for key, owner in said.items() if owner is not None]
        prints = {
            hashlib.blake2b(digest(f"{kind}:{value}:{owner}").encode(), digest_size=_SIZE).digest(): owner
            for (kind, value), owner in owned
        }
        return _Known(listed, HandleOwners(known, me, said), digest, prints)

    def _gathering(self, known: _Known) -> Gathering:
        starts = self._context.settings.day_starts_at
        return Gathering(known.owners, known.digest, self._zone, starts, since=self._since)

    def _read(
        self,
        open: OpensSources,
        source: WatchedSource,
        found: Gathering,
        known: _Known,
        afresh: list[Trace],
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> bool:
        """Read what is new in a source; for people with a new handle read all of it, into `afresh`.

        Returns False if the run was cancelled.
        """
        with self._context.store.read():
            remembered = sources.remembered(source.id)
            prints = sources.remembered(source.id, KNOWN).get(HANDLES, b"")
        if self._since is not None:
            remembered = {}
        options = SourceOptions(source.all_day, source.free)
        if not self._take(open, source, remembered, partial(_see, found, source.id, options), progress, cancelled):
            return False
        before = {prints[start : start + _SIZE] for start in range(0, len(prints), _SIZE)}
        new = {owner for one, owner in known.prints.items() if one not in before}
        if not remembered or not new:
            return True
        again = self._gathering(known)
        states = self._states[source.id]
        if not self._take(open, source, {}, partial(_see, again, source.id, options), progress, cancelled):
            return False
        if not self._states[source.id]:
            # A source read from its beginning gives a state to remember, unless it is not there.
            self._away.add(source.id)
        self._states[source.id] = {**states, **self._states[source.id]}
        everyone = ME in new
        afresh += [one for one in again.traces() if everyone or one.contact is None or one.contact in new]
        return True

    def _take(
        self,
        open: OpensSources,
        source: WatchedSource,
        remembered: Mapping[str, bytes],
        see: Callable[[Seen], None],
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> bool:
        """Read what a source shows beyond the remembered state; return False if the run was cancelled."""
        self._states[source.id] = {}
        try:
            reading = open(source, remembered)
            for number, seen in enumerate(reading):
                see(seen)
                if number % EVERY == 0:
                    if progress is not None:
                        progress(reading.done, reading.total)
                    if cancelled is not None and cancelled():
                        reading.stop()
                        return False
        except Refused as refusal:
            self._tell([" ".join(part for part in (refusal.message, refusal.advice) if part)])
            return True
        self._states[source.id] = dict(reading.remember)
        self._tell(reading.troubles)
        return cancelled is None or not cancelled()

    def _tell(self, troubles: Iterable[str]) -> None:
        """Record troubles, each once: a source may be read twice."""
        self._troubles += [one for one in troubles if one not in self._troubles]

    def _who_i_may_be(self, known: _Known, found: Gathering) -> tuple[str, ...] | None:
        """Proposals for my own identity, the likeliest first; None if nothing depends on it.

        Records of earlier runs depend on it too: they are read again only once my identity is known.
        """
        senders = tuple(one for one, _ in Counter(found.senders).most_common(MAY_BE_ME))
        if known.owners.knows_me_by(HandleKind.EMAIL):
            return senders if found.needs_me else None
        with self._context.store.read():
            kept = [sources.remembered(source.id, KNOWN).get(ME_WANTED) for source in known.sources]
        waits = [one.decode().split("\n") for one in kept if one is not None]
        if not found.needs_me and not waits:
            return None
        return tuple(dict.fromkeys([*senders, *(name for names in waits for name in names if name)]))[:MAY_BE_ME]

    def _remember(self, known: _Known, needs_me: set[int], may_be_me: Sequence[str]) -> None:
        """Remember what was read. Once my identity is known, every source is read again for mail to me.

        For a source that is away the handles are not remembered: once it is back, it is read for the new ones.
        """
        prints = b"".join(sorted(known.prints))
        is_known = known.owners.knows_me_by(HandleKind.EMAIL)

        def keep() -> None:
            for source in known.sources:
                sources.remember(source.id, self._states[source.id])
                if source.id not in self._away:
                    sources.remember(source.id, {HANDLES: prints}, KNOWN)
                if is_known:
                    sources.remember(source.id, {ME_WANTED: None}, KNOWN)
                elif source.id in needs_me:
                    sources.remember(source.id, {ME_WANTED: "\n".join(may_be_me).encode()}, KNOWN)
            self._context.store.note(SEEN_AT, str(second(self._now)))

        self._context.store.transact(keep)


def _see(found: Gathering, source: int, options: SourceOptions, seen: Seen) -> None:
    found.see(source, seen, options)


def lines_of(
    context: Context, seen: Iterable[SeenInteraction], listed: Iterable[WatchedSource]
) -> tuple[SeenLine, ...]:
    """Seen interactions with names and with sources in words: past ones first, the latest first, then planned ones.

    Among the planned ones the next comes first.
    """
    found = list(seen)
    with context.store.read():
        names = contact_names.names_of([one.contact_id for one in found])
    words = {one.id: source_words(one.path, one.kind) for one in listed}
    lines = [
        SeenLine(
            one.id, one.contact_id, names.get(one.contact_id, ""), one.on, one.channel, one.direction, one.outcome,
            one.source, words.get(one.source, ""), one.waits,
        )
        for one in found
    ]  # fmt: skip
    return tuple(sorted(lines, key=_order))


def _order(line: SeenLine) -> tuple[bool, int, str, int]:
    ahead, on = line.outcome is Outcome.PLANNED, line.on.toordinal()
    return ahead, on if ahead else -on, fold(line.name), line.id


def my_handles(context: Context) -> set[Key]:
    """My own handles, from `me` in the configuration."""
    found: set[Key] = set()
    for text in context.config.me:
        if "@" in text:
            found.add((HandleKind.EMAIL, fold(text)))
        elif sum(one.isdigit() for one in text) >= 5 and not any(one.isalpha() for one in text):
            found.add((HandleKind.PHONE, context.address_form("phone", text).partition(";")[0]))
        elif "/" in text:
            found.add((HandleKind.PROFILE, context.address_form("url", text)))
        else:
            found.add((HandleKind.NAME, fold(text)))
    return found
