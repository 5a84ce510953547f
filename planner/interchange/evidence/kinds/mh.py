"""A folder with a file for each letter (MH), or a folder with such folders in it."""

from __future__ import annotations

from planner.interchange.evidence.mail.mail_reading import MailReading
from planner.interchange.evidence.mail.recognizing import mail_kind
from planner.interchange.evidence.reading import SourceKind

KIND = SourceKind(
    "mh", "a folder with a file for each letter (MH)", 20, lambda glance: mail_kind(glance) == "mh", MailReading
)
