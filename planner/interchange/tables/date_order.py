"""The order of day and month in a table. One date with a number above 12 proves the order of its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.core.contact_fields import FIELDS, Kind
from planner.core.words.folding import clean_line
from planner.interchange.tables.export_dates import is_open, proof_of
from planner.interchange.tables.layouts import Layout
from planner.interchange.tables.table import LOOKED_AT, Opened, open_table
from planner.interchange.text import FileRow, Source

_DATES = frozenset(
    {"anniversary", *(one.word for one in FIELDS if one.kind in (Kind.DAY, Kind.YEAR_DAY, Kind.YEAR_DAYS))}
)


class DateOrder:
    """Collects the date orders that are proved, by column."""

    def __init__(self, places: Iterable[int]) -> None:
        self._places = tuple(places)
        self._proofs: dict[int, set[str]] = {}
        self._open: set[int] = set()

    def look(self, rows: Iterable[FileRow]) -> None:
        """Collect the proofs in some rows."""
        for row in rows:
            for place in self._places:
                if place < len(row.cells) and (text := row.cells[place]):
                    text = clean_line(text[:60]).rpartition(": ")[2]
                    if proof := proof_of(text):
                        self._proofs.setdefault(place, set()).add(proof)
                    elif is_open(text):
                        self._open.add(place)

    @property
    def is_open(self) -> bool:
        """Whether a column has ambiguous dates and no proof."""
        return bool(self._open - self._proofs.keys())

    def orders(self, usual: str) -> Mapping[int, str]:
        """The order of each column: proved by itself, else by the other columns, else `usual`.

        "" if a column proves both, so that its ambiguous dates cannot be read.
        """
        together = set().union(*self._proofs.values()) if self._proofs else set()
        usual = next(iter(together)) if len(together) == 1 else usual
        proofs = {place: next(iter(found)) if len(found) == 1 else "" for place, found in self._proofs.items()}
        return {place: proofs.get(place, usual) for place in self._places}


def orders_of(source: Source, opened: Opened, layout: Layout, mapping: Mapping[str, str] | None) -> Mapping[int, str]:
    """The order of each date column. If the first rows leave it open, the whole table is searched."""
    order = DateOrder(place.index for place in layout.places if place.field in _DATES)
    order.look(opened.first_rows)
    if order.is_open and len(opened.first_rows) >= LOOKED_AT:
        order.look(open_table(source, mapping).rows)
    return order.orders(layout.order)
