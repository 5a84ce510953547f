"""A Maildir, or a folder with Maildirs in it."""

from __future__ import annotations

from planner.interchange.evidence.mail.mail_reading import MailReading
from planner.interchange.evidence.mail.recognizing import mail_kind
from planner.interchange.evidence.reading import SourceKind

KIND = SourceKind("maildir", "a Maildir", 10, lambda glance: mail_kind(glance) == "maildir", MailReading)
