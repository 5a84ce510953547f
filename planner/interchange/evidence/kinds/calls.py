"""A log of calls or text messages: one file, or an archive with such files."""

from __future__ import annotations

from planner.interchange.evidence.files import FilesReading, holds
from planner.interchange.evidence.reading import SourceKind

_KINDS = frozenset({"calls"})

KIND = SourceKind(
    "calls",
    "a log of calls or text messages",
    40,
    lambda glance: holds(glance, _KINDS),
    lambda request: FilesReading(request, _KINDS),
)
