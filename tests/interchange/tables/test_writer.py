"""The planner's own table: nothing in it acts in a spreadsheet, and all of it comes back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from planner.core.model import Cell, Contact, ImportedContact
from planner.interchange.reading import read
from planner.interchange.tables.own_columns import guarded, unguarded
from planner.interchange.tables.writer import table
from tests.cases import case

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "=cmd|' /C calc'!A0")


def test_a_guard_is_put_on_and_taken_off() -> None:
    for text in [*FORMULAS, "", "'", "''", "'tis", "plain", "a=1", "'plain"]:
        with case(text):
            assert unguarded(guarded(text)) == text
            assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r") or not text


def test_no_text_breaks_out_of_its_cell_or_acts(tmp_path: Path) -> None:
    for text in [*FORMULAS, 'x"y', "a,b;c\td", "one\ntwo", "x\r\ny,z", "\x1b[31m\u202ered"]:
        with case(text):
            contact = Contact(
                id=1, uid="0" * 32, name=f"{text} Ana", company=text, title=text, city=text, notes=text,
                looking_for=text, offers=text, circles=(f"{text}x",), source="csv",
                emails=(Cell("a@b.example", text.strip()),),
            )  # fmt: skip
            data = b"".join(table([(contact, None)]))
            header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
            assert len(rows) == 1
            assert len(rows[0]) == len(header)
            for cell in rows[0]:
                assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")
                assert "\x1b" not in cell
                assert "\u202e" not in cell
            file = tmp_path / "own.csv"
            file.write_bytes(data)
            (found,) = (one for one in read([file]) if isinstance(one, ImportedContact))
            assert found.name.endswith("Ana")
            assert found.keys == ("planner:" + "0" * 32,)
