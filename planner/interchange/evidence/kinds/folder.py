"""A folder that receives calendars, call logs and chats, such as one synced with a phone."""

from __future__ import annotations

from planner.interchange.evidence.files import FilesReading
from planner.interchange.evidence.reading import SourceKind

KIND = SourceKind(
    "folder",
    "a folder with calendars, calls or chats",
    90,
    lambda glance: glance.is_folder,
    lambda request: FilesReading(request, frozenset({"calendar", "calls", "chat"})),
)
