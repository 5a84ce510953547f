"""A whole planner, as `planner export json` writes it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.errors import Refused
from planner.interchange.format import Format, ReadRequest
from planner.interchange.json.own import begins_whole
from planner.interchange.text import Item, Source


def _refuse(source: Source, reading: ReadRequest) -> Iterator[Item]:
    message = f"{source.name} holds a whole planner, not an address book"
    raise Refused(message, "Import it alone, into an empty planner.")


FORMAT = Format(
    "json",
    "a whole planner",
    is_it=lambda head: begins_whole(head.data),
    read=_refuse,
    files="`planner export json`",
    brings="everything, into an empty planner",
    rank=3,
    is_whole=True,
)
