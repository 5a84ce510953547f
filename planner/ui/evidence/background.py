"""Reads the watched sources while the planner is open, on a thread and a connection of its own: no key waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from sys import getswitchinterval, setswitchinterval
from typing import TYPE_CHECKING, TypeVar

from planner.core.dates.civil import civil_today, local_zone
from planner.errors import Busy, PlannerError, Refused
from planner.limits import refuse_in_kiosk
from planner.ui.gateway import Gateway, GivingWay

if TYPE_CHECKING:
    from planner.core.evidence.seen import Seen
    from planner.core.evidence.strangers import Stranger
    from planner.desk import Desk
    from planner.desk.evidence.values import OpensSources, ReadsSource, SourcesRead
    from planner.ui.port import AppPort

Answer = TypeVar("Answer")
TURN_SECONDS = 0.0002
"""Seconds that the reading keeps the interpreter when another thread wants it; 5 ms would delay every key."""
WHO_ARE_YOU = "Mail counts once it is known who you are: write me = [{}] into config.toml"


class EvidenceWatch:
    """Reads the sources of a planner; a source that cannot be read is reported once a session."""

    def __init__(self, planner: AppPort) -> None:
        self._planner = planner
        self._told: set[str] = set()
        self._gateways: set[Gateway] = set()
        self._reads = False
        self._ended = False
        self.strangers: tuple[Stranger, ...] | None = None
        """People who could become contacts, as read in this session; None before the first reading."""

    async def look(self) -> None:
        """Read what is new; not while the sample network is shown or an earlier reading is running."""
        planner = self._planner
        if planner.demo or self._ended or self._reads:
            return
        own, self._reads = planner.gateway, True
        try:
            done = await self._read_beside(own)
        except Busy:
            # Another session, or a timer's command, is reading now: the next reading shows its results.
            return
        except PlannerError as problem:
            self._tell_once(str(problem))
            return
        except asyncio.CancelledError:
            # The app is closing: the thread stops at the next record.
            self._ended = True
            raise
        finally:
            self._reads = False
        if done is not None:
            self._tell(done)

    async def _read_beside(self, own: Gateway) -> SourcesRead | None:
        """Read on a thread and a connection of its own; None if nothing is watched, or nothing can be saved."""
        if not await own.call(lambda desk: not desk.read_only and desk.evidence.listed()):
            return None
        return await self._beside(self._read)

    async def read_strangers(self, told: Callable[[int, int], None], left: Callable[[], bool]) -> tuple[Stranger, ...]:
        """Find, on a thread of its own, the people who could become contacts, and keep them for the session.

        `told` gets (amount read, amount in all), `left` returns whether nobody waits for the result; both are called on
        that thread. Raises what the desk refuses, in a kiosk and in the sample network.
        """
        refuse_in_kiosk("Mail and chats")
        planner = self._planner
        if planner.demo:
            raise Refused("The sample network reads nothing from outside", "Look in your own planner")
        if not await planner.gateway.call(lambda desk: desk.evidence.listed()):
            raise Refused("Nothing is watched", "Name a mailbox, a call log or a chat: planner watch add PATH")

        def stops() -> bool:
            return self._stops() or left()

        found = await self._beside(lambda desk: self._read_strangers(desk, told, stops))
        if not stops():
            self.strangers = found
        return found

    async def _beside(self, work: Callable[[Desk], Answer]) -> Answer:
        """The result of a function that runs with its own desk on its own thread."""
        gateway = Gateway(await self._planner.gateway.call(lambda desk: desk.beside))
        self._gateways.add(gateway)
        usual = getswitchinterval()
        setswitchinterval(TURN_SECONDS)
        try:
            return await gateway.call(work)
        finally:
            setswitchinterval(usual)
            self._gateways.discard(gateway)
            gateway.close(0)

    def _tell(self, done: SourcesRead) -> None:
        if done.lines or done.asked:
            self._planner.data_changed()
        if done.needs_me:
            mine = (*self._planner.config.me, *done.may_be_me)
            names = ", ".join(f'"{one}"' for one in mine) or '"me@example.org", "My Name"'
            self._tell_once(WHO_ARE_YOU.format(names))
        for trouble in done.troubles:
            self._tell_once(trouble)

    def close(self) -> None:
        """End a running reading, discard its result, and wait until it has ended."""
        self._ended = True
        for gateway in tuple(self._gateways):
            gateway.close()

    def _stops(self) -> bool:
        return self._ended or self._planner.demo

    # On the thread of the reading

    def _read(self, desk: Desk) -> SourcesRead:
        zone, way = local_zone(), GivingWay(lambda: self._planner.busy)
        return desk.evidence.run(
            self._opener(desk, zone, way, self._stops),
            zone=zone,
            now=self._now(zone),
            cancelled=self._stops,
            give_way=way,
        )

    def _read_strangers(
        self, desk: Desk, told: Callable[[int, int], None], stops: Callable[[], bool]
    ) -> tuple[Stranger, ...]:
        zone, way = local_zone(), GivingWay(lambda: self._planner.busy)
        return desk.evidence.people(
            self._opener(desk, zone, way, stops), zone=zone, now=self._now(zone), progress=told, cancelled=stops
        )

    def _opener(self, desk: Desk, zone: tzinfo, way: GivingWay, stops: Callable[[], bool]) -> OpensSources:
        # If nothing is watched, none of the readers is loaded.
        from planner.interchange.evidence.watched import opener

        open = opener(zone, self._now(zone), desk.config.region)
        return lambda source, remembered: _GivesWay(open(source, remembered), way, stops)

    def _now(self, zone: tzinfo) -> datetime:
        """The instant of the clock; if the planner was opened on another day, the same time of that day."""
        now, today = datetime.now(zone), self._planner.clock()
        settings = self._planner.config.settings
        here_and_now = civil_today(now, settings.day_starts_at)
        return now if today == here_and_now else datetime.combine(today, now.time(), zone)

    def _tell_once(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self._planner.say(words, tone="due", waits=True)


class _GivesWay:
    """A reading that yields between two records, and that ends when `stops` returns True."""

    def __init__(self, reading: ReadsSource, way: GivingWay, stops: Callable[[], bool]) -> None:
        self._reading = reading
        self._way = way
        self._stops = stops
        self.stop = reading.stop

    def __iter__(self) -> Iterator[Seen]:
        for one in self._reading:
            if self._stops():
                self._reading.stop()
                return
            yield one
            self._way()

    @property
    def remember(self) -> Mapping[str, bytes | None]:
        return self._reading.remember

    @property
    def troubles(self) -> list[str]:
        return self._reading.troubles

    @property
    def done(self) -> int:
        return self._reading.done

    @property
    def total(self) -> int:
        return self._reading.total
