"""A mailbox in one file (mbox), or a folder with such files in it."""

from __future__ import annotations

from planner.interchange.evidence.mail.mail_reading import MailReading
from planner.interchange.evidence.mail.recognizing import mail_kind
from planner.interchange.evidence.reading import SourceKind

KIND = SourceKind("mbox", "a mailbox in one file (mbox)", 30, lambda glance: mail_kind(glance) == "mbox", MailReading)
