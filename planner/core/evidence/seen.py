"""The records a source gives: letters, events, calls and lines of chats, never their text.

A record names people by handles; the owner of a handle is decided later.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from planner.core.records import record


class HandleKind(StrEnum):
    """The kinds of names by which a source identifies somebody."""

    EMAIL = "email"
    PHONE = "phone"
    PROFILE = "profile"
    NAME = "name"


@record(frozen=True, slots=True)
class Handle:
    """The name by which a source identifies somebody.

    `value` is compared: a folded e-mail address, a phone number as E.164 where the country is known (else its digits),
    the folded address of a profile, or a name as it is written. `name` is the name written beside the value; it is only
    shown, and may be hostile.
    """

    kind: HandleKind
    value: str
    name: str = ""


class Sign(StrEnum):
    """Why a letter is no sign of keeping in touch."""

    LIST = "list"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    CALENDAR_ANSWER = "calendar answer"
    NO_REPLY = "no-reply sender"
    DRAFT = "draft"
    SPAM = "spam"
    TRASH = "trash"
    MANY = "many recipients"


NO_VOTE = frozenset({Sign.DRAFT, Sign.SPAM, Sign.TRASH})
"""Signs of a copy that say nothing about other copies of the letter; any other sign holds for all copies."""

MOST_RECIPIENTS = 8
"""A letter with more recipients, or a meeting or chat with more people, counts as contact with none of them."""


@record(frozen=True, slots=True)
class Mail:
    """One copy of a letter: its sender, its recipients, its time, and the signs against it.

    `key` is the Message-ID as it is written, or a hash of Date, From and To where there is none. `at` is an instant
    (aware), or None where neither Date nor Received can be believed. `recipients` are those of To, Cc and Bcc, at most
    nine; `delivered_to` are the addresses of Delivered-To, X-Original-To and "Received … for", empty where somebody
    forwarded the letter. `answers` are the keys of the letters it replies to, the nearest last. `sent_folder` is true
    where the copy lies in a folder of sent mail.
    """

    key: str
    at: datetime | None
    sender: Handle | None
    recipients: tuple[Handle, ...] = ()
    delivered_to: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()
    signs: frozenset[Sign] = frozenset()
    sent_folder: bool = False


class Attendance(StrEnum):
    """The answer of an attendee to an invitation."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    NONE = "none"


@record(frozen=True, slots=True)
class Attendee:
    """Somebody in an event; the reader leaves out rooms, resources and groups."""

    handle: Handle
    answer: Attendance = Attendance.NONE
    organizer: bool = False


@record(frozen=True, slots=True)
class Event:
    """One instance of an event; a recurring event is given as its instances.

    `key` names the instance: a digest of its UID and of the instant or day it has in its series. `start` and `end` are
    instants (aware), or None for an all-day event, which has `first_day` and `last_day` instead. `free` is true for an
    event that does not block time.
    """

    key: str
    start: datetime | None
    end: datetime | None
    attendees: tuple[Attendee, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    cancelled: bool = False
    free: bool = False


class CallKind(StrEnum):
    """How a call went."""

    IN = "in"
    OUT = "out"
    MISSED = "missed"
    OTHER = "other"
    """Any other call: voicemail, rejected, blocked, answered elsewhere."""


@record(frozen=True, slots=True)
class Call:
    """One call: with whom (`handle`), at which instant (aware), and for how many `seconds`."""

    key: str
    at: datetime
    handle: Handle
    kind: CallKind
    seconds: int


@record(frozen=True, slots=True)
class ChatLine:
    """One line of a chat: who wrote it and when.

    `chat` names the conversation within its source. `at` is an instant (aware); where the file names no zone it is
    naive, on the clock of my own zone. `writer` is None for a line that is surely mine. `members` are the other people
    in the conversation, if the file names them: a line of mine reaches all of them.
    """

    key: str
    chat: str
    at: datetime
    writer: Handle | None
    members: tuple[Handle, ...] = ()
    group: bool = False


Seen = Mail | Event | Call | ChatLine
