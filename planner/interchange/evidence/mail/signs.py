"""Reads the signs against a letter from its head: lists, machines, bounces, calendars, drafts and spam."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from planner.core.evidence.seen import Handle, Sign
from planner.interchange.evidence.mail.addresses import decoded
from planner.interchange.evidence.mail.folder_roles import FolderRole, role_of_name

_MOST_LABELS = 4000
_LONGEST_ACCOUNT = 200
_OF_LISTS = ("mailing-list", "x-mailing-list", "x-loop", "x-beenthere", "x-mailman-version")
_OF_MACHINES = ("x-autoreply", "x-autorespond", "x-autoresponder", "feedback-id")
_sender_of_list = re.compile(
    r"owner-.+|.+[-+](?:bounces?|owner|request)(?:[-+=].*)?|bounces?(?:[-+=].*)?|.+-return-\d.*", re.IGNORECASE
)
_sender_of_nobody = re.compile(
    r"(?:.*[-_.+])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|not?[-_.]reply|nicht[-_.]?antworten|keine[-_.]?antwort"
    r"|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nao[-_.]?responda|non[-_.]?rispondere|ikke[-_.]?svar"
    r"|svar[-_.]?ikke|ej[-_.]?svar|niet[-_.]?beantwoorden|mailer[-_.]?daemon|postmaster|mailer|listserv|majordomo"
    r"|notifications?|automailer)(?:[-_.+].*)?",
    re.IGNORECASE,
)
_via = re.compile(r"\S via \S")
_word = re.compile(r"[^\s(;,]+")
_SAY_NOTHING = frozenset(
    "from to cc bcc resent-from date message-id in-reply-to references received x-original-to envelope-to".split()
)
_deleted = 0x0008
_deleted_on_server = 0x00200000
ROLE_SIGNS = {FolderRole.DRAFTS: Sign.DRAFT, FolderRole.SPAM: Sign.SPAM, FolderRole.TRASH: Sign.TRASH}
"""The sign against the letters of a folder or a label."""


def signs_of(fields: Mapping[str, Sequence[str]], sender: Handle | None, sender_text: str) -> frozenset[Sign]:
    """The signs in the fields of a head; `sender_text` is the From as written."""
    return frozenset(_signs(fields, sender, sender_text))


def _signs(fields: Mapping[str, Sequence[str]], sender: Handle | None, sender_text: str) -> Iterator[Sign]:
    local = sender.value.rpartition("@")[0] if sender is not None else sender_text.strip("<> ")
    if local and _is_nobody(local[:_LONGEST_ACCOUNT]):
        yield Sign.NO_REPLY
    if " via " in sender_text and sender is not None and _via.search(sender.name):
        yield Sign.LIST
    for name, values in fields.items():
        if name in _SAY_NOTHING:
            continue
        if name in _BY_VALUE:
            for value in values:
                sign = _BY_VALUE[name](value)
                if sign is not None:
                    yield sign
        elif name.startswith("list-") or name in _OF_LISTS:
            yield Sign.LIST
        elif name in _OF_MACHINES:
            if _first_word(values[0]) not in ("no", "false"):
                yield Sign.AUTOMATIC
        elif name == "x-gmail-labels":
            yield from (ROLE_SIGNS[role] for role in _roles(values) if role in ROLE_SIGNS)


def is_labelled_sent(fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether the labels of Gmail say that a letter was sent."""
    return "x-gmail-labels" in fields and FolderRole.SENT in _roles(fields["x-gmail-labels"])


def _roles(values: Sequence[str]) -> set[FolderRole]:
    """The roles in labels of Gmail, a line of CSV that is decoded first, since its commas may be encoded."""
    found = set()
    for value in values:
        try:
            row = next(csv.reader([decoded(value)[:_MOST_LABELS].replace("\0", "")], skipinitialspace=True), [])
        except csv.Error:
            continue
        found |= {role for label in row if (role := role_of_name(label)) is not None}
    return found


def _first_word(value: str) -> str:
    found = _word.search(value)
    return found[0].lower() if found else ""


def _precedence(value: str) -> Sign | None:
    return Sign.LIST if _first_word(value) in ("bulk", "list", "junk") else None


def _auto_submitted(value: str) -> Sign | None:
    return Sign.AUTOMATIC if _first_word(value) not in ("no", "") else None


@lru_cache(maxsize=4096)
def _is_nobody(account: str) -> bool:
    return _sender_of_nobody.fullmatch(account) is not None


@lru_cache(maxsize=4096)
def _is_list(account: str) -> bool:
    return _sender_of_list.fullmatch(account) is not None


def _on_the_way(value: str) -> Sign | None:
    account = value.rpartition("@")[0].rpartition("<")[2].strip()
    return Sign.LIST if account and _is_list(account[:_LONGEST_ACCOUNT]) else None


def _content_type(value: str) -> Sign | None:
    if value[:5].lower() == "text/" and value[5:6] not in "cC":
        return None
    kind = _first_word(value)
    if kind in ("multipart/report", "message/delivery-status", "message/disposition-notification"):
        return Sign.BOUNCE
    return Sign.CALENDAR_ANSWER if kind == "text/calendar" else None


def _content_class(value: str) -> Sign | None:
    return Sign.CALENDAR_ANSWER if "calendarmessage" in value.lower() else None


def _delivered_to(value: str) -> Sign | None:
    return Sign.LIST if value.lower().startswith("mailing list ") else None


def _yes(value: str) -> Sign | None:
    return Sign.SPAM if _first_word(value) == "yes" else None


def _mozilla_status(value: str) -> Sign | None:
    return Sign.TRASH if _number(value) & _deleted else None


def _mozilla_status2(value: str) -> Sign | None:
    return Sign.TRASH if _number(value) & _deleted_on_server else None


def _number(value: str) -> int:
    """A number of at most eight hexadecimal digits; 0 for anything else."""
    try:
        return int(value[:8], 16)
    except ValueError:
        return 0


def _status(value: str) -> Sign | None:
    return Sign.TRASH if "D" in value else Sign.DRAFT if "T" in value else None


_BY_VALUE: Mapping[str, Callable[[str], Sign | None]] = {
    "sender": _on_the_way,
    "return-path": _on_the_way,
    "precedence": _precedence,
    "auto-submitted": _auto_submitted,
    "x-failed-recipients": lambda value: Sign.BOUNCE,
    "content-type": _content_type,
    "content-class": _content_class,
    "delivered-to": _delivered_to,
    "x-spam-flag": _yes,
    "x-spam-status": _yes,
    "x-mozilla-status": _mozilla_status,
    "x-mozilla-status2": _mozilla_status2,
    "x-status": _status,
}
