"""A second reading of mailboxes, slow and over Python's own `email` and `mailbox`, to hold the fast one against."""

from __future__ import annotations

import email
import mailbox
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple


class Told(NamedTuple):
    """What both readings must agree on: id, civil day in UTC, sender, up to nine recipients, and whether it counts."""

    key: str
    day: str
    sender: str
    recipients: frozenset[str]
    counts: bool


def told_by_email(message: Message, now: datetime, folder: str = "") -> Told:
    """What a letter says by the `email` package."""
    senders = _addresses(message, "From")
    recipients = sorted({*_addresses(message, "To"), *_addresses(message, "Cc"), *_addresses(message, "Bcc")})
    key = str(message.get("Message-ID", "")).strip()
    if key.startswith("<") and ">" in key:
        key = key[1 : key.index(">")].strip()
    return Told(
        key,
        _day(message, now),
        senders[0] if senders else "",
        frozenset(recipients) if len(recipients) <= 8 else frozenset({"many"}),
        not _speaks_against(message) and len(recipients) <= 8 and folder.lower() not in ("trash", "spam", "drafts"),
    )


def _addresses(message: Message, name: str) -> list[str]:
    values = [" ".join(str(value).split()) for value in message.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(values) if "@" in address]


def _day(message: Message, now: datetime) -> str:
    values = [message.get("Date"), *(str(hop).rpartition(";")[2] for hop in message.get_all("Received", []))]
    for value in values:
        if not value:
            continue
        try:
            at = parsedate_to_datetime(" ".join(str(value).split()))
        except (ValueError, TypeError, IndexError):
            continue
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        if datetime(1990, 1, 1, tzinfo=UTC) <= at <= now + timedelta(days=1):
            return at.astimezone(UTC).date().isoformat()
    return ""


def _speaks_against(message: Message) -> bool:
    names = {name.lower() for name in message}
    if any(name.startswith("list-") for name in names):
        return True
    if names & {"mailing-list", "x-mailing-list", "x-loop", "feedback-id", "x-autoreply", "x-failed-recipients"}:
        return True
    if str(message.get("Precedence", "")).strip().lower() in ("bulk", "list", "junk"):
        return True
    if str(message.get("Auto-Submitted", "no")).split("(")[0].strip().lower() != "no":
        return True
    if message.get_content_type() in ("multipart/report", "text/calendar"):
        return True
    if str(message.get("X-Spam-Flag", "")).strip().upper() == "YES":
        return True
    for name in ("Sender", "Return-Path"):
        for value in message.get_all(name, []):
            account = str(value).strip().strip("<>").rpartition("@")[0].rpartition("<")[2].lower()
            if account.startswith(("owner-", "bounces+")) or any(
                part in account for part in ("-bounces", "+bounces", "-owner", "-request")
            ):
                return True
    sender = (_addresses(message, "From") or [""])[0]
    return sender.partition("@")[0] in ("no-reply", "noreply", "do-not-reply", "mailer-daemon", "postmaster")


def files_by_email(root: Path, now: datetime) -> list[Told]:
    """Every file below a folder, read as one letter."""
    found = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.parent.name != "tmp" and not path.name.startswith("."):
            with path.open("rb") as stream:
                place = path.parent.parent if path.parent.name in ("cur", "new") else path.parent
                found.append(told_by_email(email.message_from_binary_file(stream), now, place.name.lstrip(".")))
    return found


def mailbox_by_email(path: Path, now: datetime) -> list[Told]:
    """Every letter of an mbox."""
    return [told_by_email(message, now) for message in mailbox.mbox(path, create=False)]
