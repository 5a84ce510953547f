"""Makes traces of contacts from the records of sources: one trace for all copies of a letter, one for a day of a chat.

A trace holds a keyed digest, a person, a day and a time, and no text. The traces of a person are a set: their order,
and the parts and files they were read from, do not change what becomes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum

from planner.core.dates.civil import civil_today
from planner.core.evidence.owners import ME, HandleOwners, Key, key_of
from planner.core.evidence.seen import (
    MOST_RECIPIENTS,
    NO_VOTE,
    Attendance,
    Call,
    CallKind,
    ChatLine,
    Event,
    Handle,
    HandleKind,
    Mail,
    Seen,
)
from planner.core.records import record

SHORTEST_TALK = 60
"""In seconds; a shorter call does not count as a talk."""


class TraceKind(StrEnum):
    """What a trace shows about a contact; the last three decide how other traces with the same digest are judged."""

    WROTE = "wrote"
    """Their letter to me."""
    OVERHEARD = "overheard"
    """Their letter that does not name me as a recipient: it counts if it answers one of mine."""
    SENT = "sent"
    """My letter to them; without a contact, my letter to people who are not contacts."""
    MET = "met"
    """A meeting that they and I accepted."""
    UNSURE = "unsure"
    """A meeting that one of us did not accept, and neither declined."""
    RANG = "rang"
    """Their call, in which we talked."""
    CALLED = "called"
    """My call, in which we talked."""
    TRIED = "tried"
    """My call that was not answered or was too short for a talk."""
    MISSED = "missed"
    """Their call that I did not take."""
    SAID = "said"
    """A day on which they wrote in a chat."""
    REPLIED = "replied"
    """A day on which I wrote in a chat; it has a contact only if that contact is the only other member."""
    VOID = "void"
    """A letter or a chat that proves nothing about anybody."""
    WRITER = "writer"
    """Somebody who wrote in a chat; `answers` is the digest of that person."""
    GROUP = "group"
    """A chat of more than two people."""


MEETINGS = frozenset({TraceKind.MET, TraceKind.UNSURE})


@record(frozen=True, slots=True)
class Trace:
    """An observation of a contact: in which source, under which digest, when.

    `on` is the civil day in my time zone. `at` is in seconds since 1970: the end of a meeting, or the last line of a
    day of a chat. `contact` is None for a trace that only decides about others, `id` is 0 for one that is not stored.
    `answers` is the digest of the letter it answers, or for a `WRITER` the digest of the person.
    """

    source: int
    digest: str
    kind: TraceKind
    contact: int | None = None
    on: date | None = None
    at: int = 0
    answers: str = ""
    id: int = 0
    interaction: int | None = None
    """The id of the interaction that rests on it."""
    starts: str = ""
    """When a meeting begins, in my time zone: "09:30"; empty for an all-day meeting and for any other trace."""


@record(frozen=True, slots=True)
class SourceOptions:
    """What a person set for a source: whether all-day events count, and events that do not block time."""

    all_day: bool = False
    free: bool = False


class _Letter:
    """The copies of one letter in one source, combined."""

    __slots__ = ("answers", "at", "people", "recipients", "sender", "to_me", "void")

    def __init__(self, sender: int) -> None:
        self.sender = sender
        self.at: datetime | None = None
        self.people: set[int] = set()
        self.recipients: set[Key] = set()
        self.to_me = False
        self.void = False
        self.answers = ""


class _Chat:
    """The days of one chat, and the people who wrote in it."""

    __slots__ = ("days", "group", "members", "writers")

    def __init__(self) -> None:
        self.group = False
        self.writers: dict[Key, Handle] = {}
        self.members: dict[Key, Handle] = {}
        self.days: dict[tuple[Key | None, date], int] = {}
        """The second of each person's last line on each day; mine are under None."""


class Gathering:
    """Takes the records of sources one by one, and gives the traces they leave.

    `digest` computes the keyed digest of an id, `zone` is my time zone; traces of days before `since` are dropped.
    """

    def __init__(
        self,
        owners: HandleOwners,
        digest: Callable[[str], str],
        zone: tzinfo,
        day_starts_at: time,
        *,
        since: date | None = None,
    ) -> None:
        self._owners = owners
        self._digest = digest
        self._zone = zone
        self._day_starts_at = day_starts_at
        self._since = since
        self._letters: dict[tuple[int, str], _Letter] = {}
        self._events: dict[tuple[int, str], dict[int, Trace]] = {}
        self._cancelled: set[tuple[int, str]] = set()
        self._calls: dict[tuple[int, str], Trace] = {}
        self._chats: dict[tuple[int, str], _Chat] = {}
        self.senders: dict[str, int] = {}
        """Candidates for me: addresses with the number of letters sent, names with the number of their chats."""
        self.shared: dict[Key, tuple[Handle, int]] = {}
        """Handles that count for nobody until a person names their owner, with the number of times each was seen."""
        self.needs_me: set[int] = set()
        """Sources with records that cannot be judged until it is known who I am."""
        self.events_seen: set[tuple[int, str]] = set()
        """(source, digest) of every event that was read: earlier traces of these events are replaced."""

    def see(self, source: int, seen: Seen, options: SourceOptions) -> None:
        """Take one record of a source."""
        if isinstance(seen, Mail):
            self._mail(source, seen)
        elif isinstance(seen, Event):
            self._event(source, seen, options)
        elif isinstance(seen, Call):
            self._call(source, seen)
        else:
            self._line(source, seen)

    def traces(self) -> Iterator[Trace]:
        """The traces of all records taken so far, each once."""
        for (source, key), letter in self._letters.items():
            yield from self._traces_of_letter(source, self._digest(f"mail:{key}"), letter)
        for at, found in self._events.items():
            if at not in self._cancelled:
                yield from found.values()
        yield from self._calls.values()
        for (source, name), chat in self._chats.items():
            yield from self._traces_of_chat(source, self._digest(f"chat:{name}"), chat)

    # Days

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self._zone) if at.tzinfo is not None else at.replace(tzinfo=self._zone)

    def _day(self, at: datetime) -> date:
        return civil_today(self._local(at).replace(tzinfo=None), self._day_starts_at)

    def _wanted(self, on: date) -> bool:
        return self._since is None or on >= self._since

    # Letters

    def _mail(self, source: int, mail: Mail) -> None:
        if mail.sender is None or not NO_VOTE.isdisjoint(mail.signs):
            return
        if mail.sent_folder:
            address = mail.sender.value
            self.senders[address] = self.senders.get(address, 0) + 1
        if not self._owners.knows_me_by(HandleKind.EMAIL):
            self.needs_me.add(source)
            return
        sender = self._owners.owner(mail.sender)
        if sender is None:
            if not mail.signs and self._owners.is_shared(mail.sender):
                self._ask(mail.sender)
            return
        at = (source, mail.key)
        letter = self._letters.get(at)
        if letter is None:
            letter = self._letters[at] = _Letter(sender)
        letter.sender = min(letter.sender, sender)
        if mail.at is not None and (letter.at is None or mail.at < letter.at):
            letter.at = mail.at
        letter.void = letter.void or bool(mail.signs)
        for one in mail.recipients:
            if len(letter.recipients) <= MOST_RECIPIENTS:
                letter.recipients.add(key_of(one))
            owner = self._owners.owner(one)
            if owner == ME:
                letter.to_me = True
            elif owner is not None:
                letter.people.add(owner)
        if not letter.to_me:
            letter.to_me = any(self._owners.is_mine(HandleKind.EMAIL, one) for one in mail.delivered_to)
        if mail.answers:
            letter.answers = max(letter.answers, mail.answers[-1])

    def _traces_of_letter(self, source: int, digest: str, letter: _Letter) -> Iterator[Trace]:
        sender = letter.sender
        contact = sender if sender != ME else None
        if letter.void or len(letter.recipients) > MOST_RECIPIENTS:
            yield Trace(source, digest, TraceKind.VOID, contact)
            return
        on = self._day(letter.at) if letter.at is not None else None
        at = int(letter.at.timestamp()) if letter.at is not None else 0
        if contact is None:
            if on is None or not letter.people or not self._wanted(on):
                if letter.recipients and not (letter.to_me and len(letter.recipients) == 1):
                    yield Trace(source, digest, TraceKind.SENT)
                return
            for one in sorted(letter.people):
                yield Trace(source, digest, TraceKind.SENT, one, on, at)
        elif on is not None and self._wanted(on):
            if letter.to_me:
                yield Trace(source, digest, TraceKind.WROTE, contact, on, at)
            elif letter.answers:
                answers = self._digest(f"mail:{letter.answers}")
                yield Trace(source, digest, TraceKind.OVERHEARD, contact, on, at, answers)

    # Events

    def _event(self, source: int, event: Event, options: SourceOptions) -> None:
        if not self._owners.knows_me_by(HandleKind.EMAIL):
            self.needs_me.add(source)
            return
        digest = self._digest(f"event:{event.key}")
        place = (source, digest)
        self.events_seen.add(place)
        if event.cancelled:
            self._cancelled.add(place)
            return
        people = {key_of(one.handle) for one in event.attendees}
        if len(people) > MOST_RECIPIENTS or (event.free and not options.free):
            return
        if event.start is not None:
            on, starts = self._day(event.start), self._local(event.start).strftime("%H:%M")
            end = int(self._local(event.end or event.start).timestamp())
        elif event.first_day is not None and options.all_day:
            on, starts = event.first_day, ""
            last = event.last_day or on
            end = int(datetime.combine(last, time.max, self._zone).timestamp())
        else:
            return
        if not self._wanted(on):
            return
        answers: dict[int, Attendance] = {}
        for one in event.attendees:
            owner = self._owners.owner(one.handle)
            if owner is not None:
                # The organizer has accepted, unless they answered otherwise.
                is_sure = one.organizer and one.answer is not Attendance.DECLINED
                said = Attendance.ACCEPTED if is_sure else one.answer
                answers[owner] = _surer(answers.get(owner), said)
            elif self._owners.is_shared(one.handle):
                self._ask(one.handle)
        mine = answers.pop(ME, Attendance.NONE)
        for contact, theirs in answers.items():
            if Attendance.DECLINED in (mine, theirs):
                continue
            sure = mine is theirs is Attendance.ACCEPTED
            kind = TraceKind.MET if sure else TraceKind.UNSURE
            trace = Trace(source, digest, kind, contact, on, end, starts=starts)
            found = self._events.setdefault(place, {})
            # The same meeting in two calendars: the copy that says more wins, whichever was read first.
            found[contact] = min((trace, found.get(contact, trace)), key=lambda one: (one.kind, -one.at))

    # Calls

    def _call(self, source: int, call: Call) -> None:
        contact = self._owners.owner(call.handle)
        if contact is None or contact == ME:
            if contact is None and self._owners.is_shared(call.handle):
                self._ask(call.handle)
            return
        if call.kind is CallKind.MISSED:
            kind = TraceKind.MISSED
        elif call.kind is CallKind.OUT:
            kind = TraceKind.CALLED if call.seconds >= SHORTEST_TALK else TraceKind.TRIED
        elif call.kind is CallKind.IN and call.seconds >= SHORTEST_TALK:
            kind = TraceKind.RANG
        else:
            return
        on = self._day(call.at)
        if self._wanted(on):
            digest = self._digest(f"call:{call.key}")
            at = int(self._local(call.at).timestamp())
            self._calls[source, digest] = Trace(source, digest, kind, contact, on, at)

    # Chats

    def _line(self, source: int, line: ChatLine) -> None:
        chat = self._chats.setdefault((source, line.chat), _Chat())
        chat.group = chat.group or line.group
        mine = line.writer is None or self._owners.owner(line.writer) == ME
        who: Key | None = None
        if line.writer is not None and not mine:
            who = key_of(line.writer)
            chat.writers.setdefault(who, line.writer)
        for one in line.members:
            if self._owners.owner(one) != ME:
                chat.members.setdefault(key_of(one), one)
        on = self._day(line.at)
        if self._wanted(on):
            at = int(self._local(line.at).timestamp())
            chat.days[who, on] = max(chat.days.get((who, on), 0), at)

    def _traces_of_chat(self, source: int, digest: str, chat: _Chat) -> Iterator[Trace]:
        others = chat.writers
        group = chat.group or len(others) > 1
        i_wrote = any(who is None for who, _ in chat.days)
        owners = {key: self._owners.owner(handle) for key, handle in others.items()}
        partner: int | None = None
        if not chat.group and len(others) == 2 and not i_wrote:
            # One of the two is surely me, and neither is a contact.
            for one in (other for other in others.values() if self._owners.owner(other) is None):
                self.senders[one.value] = self.senders.get(one.value, 0) + 1
            if not self._owners.knows_me_by(next(iter(others))[0]):
                self.needs_me.add(source)
        if group:
            if len(others) + i_wrote > MOST_RECIPIENTS:
                yield Trace(source, digest, TraceKind.VOID)
                return
            yield Trace(source, digest, TraceKind.GROUP)
        else:
            people = others or chat.members
            handle = next(iter(people.values())) if len(people) == 1 else None
            partner = self._owners.owner(handle) if handle is not None else None
            if handle is not None and not partner:
                self._ask_whose(handle, chat, i_wrote=i_wrote)
                return
        for key in others:
            yield Trace(source, digest, TraceKind.WRITER, answers=self._digest(f"writer:{key[0]}:{key[1]}"))
        for (who, on), at in chat.days.items():
            if who is None:
                yield Trace(source, digest, TraceKind.REPLIED, partner, on, at)
            elif contact := owners[who]:
                yield Trace(source, digest, TraceKind.SAID, contact, on, at)

    def _ask_whose(self, handle: Handle, chat: _Chat, *, i_wrote: bool) -> None:
        """Ask for the owner of a chat of two, if I wrote in it or several contacts have its name."""
        if not self._owners.is_settled(handle) and (i_wrote or self._owners.is_shared(handle)):
            self._ask(handle, len({on for _, on in chat.days}))

    def _ask(self, handle: Handle, days: int = 1) -> None:
        key = key_of(handle)
        self.shared[key] = (handle, self.shared.get(key, (handle, 0))[1] + days)


_SUREST = (Attendance.NONE, Attendance.TENTATIVE, Attendance.ACCEPTED, Attendance.DECLINED)


def _surer(one: Attendance | None, other: Attendance) -> Attendance:
    """The more informative of two answers that one person gave under two addresses."""
    return other if one is None else max(one, other, key=_SUREST.index)


def second(now: datetime) -> int:
    """An aware instant as seconds since 1970."""
    return int(now.astimezone(UTC).timestamp())
