"""Makes a letter from a head: its sender, its recipients, its time, and the signs against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from hashlib import blake2b

from planner.core.evidence.seen import MOST_RECIPIENTS, Mail, Sign
from planner.interchange.evidence.mail.addresses import addresses, folded_address
from planner.interchange.evidence.mail.dates import MOST_HOPS, LetterDates
from planner.interchange.evidence.mail.folder_roles import FolderRole
from planner.interchange.evidence.mail.head import Fields, fields_of
from planner.interchange.evidence.mail.signs import ROLE_SIGNS, is_labelled_sent, signs_of

MOST_ANSWERED = 50
_LONGEST_KEY = 1000
_id = re.compile(r"<([^<>]{1,1000}+)>")
_for = re.compile(r" for <?([^\s<>;,@]{1,128}+@[^\s<>;,@]++)")
_DELIVERY = frozenset({"delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to"})
_NOTHING: list[str] = []


class LetterReader:
    """Makes letters from heads; `zone` is the time zone of times without one, `now` an aware instant."""

    def __init__(self, zone: tzinfo, now: datetime) -> None:
        self._dates = LetterDates(zone, now)

    def letter(self, head: bytes, role: FolderRole | None = None, signs: frozenset[Sign] = frozenset()) -> Mail | None:
        """The letter with a head; None if it is none. `role` is that of the folder, `signs` are from the file."""
        fields = fields_of(head)
        senders = fields.get("from", _NOTHING)
        dates = fields.get("date", _NOTHING)
        if not senders and not dates and "message-id" not in fields and "received" not in fields:
            return None
        to = fields.get("to", _NOTHING)
        copies = [*fields.get("cc", ()), *fields.get("bcc", ())] if "cc" in fields or "bcc" in fields else _NOTHING
        sender = (addresses(senders[:1], 1) or (None,))[0] if senders else None
        recipients = addresses(to + copies if copies else to)
        found = signs_of(fields, sender, senders[0] if senders else "") | signs
        if len(recipients) > MOST_RECIPIENTS:
            found |= {Sign.MANY}
        if role in ROLE_SIGNS:
            found |= {ROLE_SIGNS[role]}
        received = fields.get("received", _NOTHING)
        # The recipients of a letter that somebody else forwarded say nothing about its writer.
        delivered = _delivered_to(fields, received) if "resent-from" not in fields else frozenset()
        return Mail(
            _key(fields, dates, senders, to),
            self._dates.of(dates, received),
            sender,
            recipients,
            delivered,
            _answers(fields),
            found,
            role is FolderRole.SENT or is_labelled_sent(fields),
        )


def _key(fields: Fields, dates: Sequence[str], senders: Sequence[str], to: Sequence[str]) -> str:
    for value in fields.get("message-id", ()):
        found = _id.search(value)
        if found is not None:
            return found[1].strip()
        if value:
            return value[:_LONGEST_KEY]
    parts = ["\n".join(part) for part in (dates, senders, to)]
    return "no-id:" + blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _answers(fields: Fields) -> tuple[str, ...]:
    """The keys of the letters it replies to, each once, the nearest last."""
    if "references" not in fields and "in-reply-to" not in fields:
        return ()
    found: dict[str, None] = {}
    for name in ("references", "in-reply-to"):
        for value in fields.get(name, ()):
            for one in _id.findall(value):
                key = one.strip()
                found.pop(key, None)
                found[key] = None
    if not found:
        # A program that writes ids without brackets.
        found = dict.fromkeys(
            value[:_LONGEST_KEY] for value in fields.get("in-reply-to", ()) if "@" in value and " " not in value
        )
    return tuple(found)[-MOST_ANSWERED:]


def _delivered_to(fields: Fields, received: Sequence[str]) -> frozenset[str]:
    found = {folded_address(one) for one in _for.findall("\n".join(received[:MOST_HOPS]))}
    for name in _DELIVERY:
        if name in fields:
            found.update([one.value for one in addresses(fields[name])])
    return frozenset(found)
