"""An export of chats: one file, or an archive with such files."""

from __future__ import annotations

from planner.interchange.evidence.files import FilesReading, holds
from planner.interchange.evidence.reading import SourceKind

_KINDS = frozenset({"chat"})

KIND = SourceKind(
    "chat",
    "an export of chats",
    50,
    lambda glance: holds(glance, _KINDS),
    lambda request: FilesReading(request, _KINDS),
)
