"""A calendar: an .ics file, or a folder with a file for each event, as vdirsyncer and khal keep it."""

from __future__ import annotations

from planner.interchange.evidence.files import FilesReading, holds
from planner.interchange.evidence.reading import Glance, SourceKind

_KINDS = frozenset({"calendar"})


def _is_calendar(glance: Glance) -> bool:
    if not glance.is_folder:
        return holds(glance, _KINDS)
    names = {name for name in glance.names if not name.startswith(".") and name not in ("color", "displayname")}
    files = [name for name in sorted(names)[:20] if name.lower().endswith(".ics")]
    return (
        bool(names)
        and len(files) == len(sorted(names)[:20])
        and any(holds(Glance(glance.path / name), _KINDS) for name in files)
    )


KIND = SourceKind("calendar", "a calendar", 30, _is_calendar, lambda request: FilesReading(request, _KINDS))
