"""Any table: its header found, its columns recognized or matched by hand, its rows read one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.core.model import Cell, ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.reading import FIELDS, Remark, columns_of, count_hint, read
from planner.interchange.tables.own_columns import COLUMNS, guarded, joined, parted, unguarded
from planner.interchange.tables.table import unique_names
from tests.cases import case


def people(path: Path, mapping: dict[str, str] | None = None) -> list[ImportedContact]:
    """The people of a file."""
    return [item for item in read([path], "auto", mapping) if isinstance(item, ImportedContact)]


class TestColumns:
    def test_columns_come_with_samples_and_what_they_seem_to_be(self, table: Path) -> None:
        table.write_text("Nom;Prénom;E-Mail;Points\nLee;Ana;ana@x.example;3\nRay;Tom;;4\nSol;Mia;;4\n")
        found = columns_of(table)
        assert found is not None
        assert found.format == "csv"
        assert [(column.name, column.field) for column in found.columns] == [
            *(("Nom", "family_name"), ("Prénom", "given_name"), ("E-Mail", "email"), ("Points", "")),
        ]
        assert found.columns[3].samples == ("3", "4")
        assert {column.field for column in found.columns} <= set(FIELDS)

    def test_a_table_nothing_is_known_of_can_be_matched(self, table: Path) -> None:
        table.write_text("Wer,Womit,Womit\nAna Lee,ana@x.example,a@x.example\n")
        with pytest.raises(Refused, match="it has: Wer, Womit") as refusal:
            people(table)
        assert "--map" in refusal.value.advice
        found = columns_of(table)
        assert found is not None
        assert [column.name for column in found.columns] == ["Wer", "Womit", "Womit (2)"]
        mapping = {"wer": "name", "Womit (2)": "email"}
        (ana,) = people(table, mapping)
        assert (ana.name, ana.emails) == ("Ana Lee", (Cell("a@x.example"),))
        assert count_hint([table], mapping=mapping) == 1

    def test_a_mapping_beats_what_is_recognized(self, table: Path) -> None:
        table.write_text("Name,Title,Company\nAna Lee,Dr,Acme\n")
        (ana,) = people(table, {"Title": "", "Company": "notes"})
        assert (ana.title, ana.company, ana.notes) == ("", "", "Acme")

    @pytest.mark.parametrize(
        ("mapping", "message"),
        [({"Name": "surname"}, "not a field of a person"), ({"Nmae": "name"}, "no column “Nmae”")],
    )
    def test_a_wrong_mapping_is_refused_with_what_there_is(
        self, table: Path, mapping: dict[str, str], message: str
    ) -> None:
        table.write_text("Name,Company\nAna Lee,Acme\n")
        with pytest.raises(Refused, match=message) as refusal:
            people(table, mapping)
        assert "Company" in refusal.value.advice or "given_name" in refusal.value.advice

    def test_what_has_no_columns_takes_no_mapping(self, tmp_path: Path) -> None:
        card = tmp_path / "ana.vcf"
        card.write_text("BEGIN:VCARD\nFN:Ana\nEND:VCARD\n")
        assert columns_of(card) is None
        with pytest.raises(Refused, match="no columns"):
            people(card, {"FN": "name"})

    def test_one_column_matched_by_hand(self, table: Path) -> None:
        table.write_text("Friends\nAna Lee\nTom Ray\n")
        assert [one.name for one in people(table, {"Friends": "name"})] == ["Ana Lee", "Tom Ray"]

    def test_names_of_columns_are_made_unique(self) -> None:
        assert unique_names(["a", "", "A", "a (2)", "", "a"]) == (
            "a",
            "Column 2",
            "A (2)",
            "a (2) (2)",
            "Column 5",
            "a (3)",
        )


class TestRows:
    def test_every_field_of_a_table(self, table: Path) -> None:
        table.write_text(
            "Full Name,Email,Mobile,Website,Birthday,Tags,Frequency,Last contacted,Met on,Looking for,Skills,Notes\n"
            'Ana Lee,"ana@x.example; a@y.example",+33 6 12 34 56 78,linkedin.com/in/ana,15.6.1988,'
            '"work, climbing",6w,2026-10-01,12 Mar 2024,a flat,tax,"one\ntwo"\n'
        )
        (ana,) = people(table)
        assert ana.emails == (Cell("ana@x.example"), Cell("a@y.example"))
        assert ana.phones == (Cell("+33 6 12 34 56 78"),)
        assert ana.urls == (Cell("linkedin.com/in/ana", "linkedin"),)
        assert ana.keys == ("linkedin:ana",)
        assert [(one.kind, one.month, one.day, one.year) for one in ana.dates] == [("birthday", 6, 15, 1988)]
        assert (ana.circles, ana.cadence) == (("work", "climbing"), "6w")
        assert (ana.last_contact_on, ana.met_on) == (date(2026, 10, 1), date(2024, 3, 12))
        assert (ana.looking_for, ana.offers, ana.notes) == ("a flat", "tax", "one\ntwo")
        assert ana.remarks == ()

    @pytest.mark.parametrize(
        ("days", "month_day"), [(("03/04/1990", "25/12/1980"), (4, 3)), (("03/04/1990", "12/25/1980"), (3, 4))]
    )
    def test_the_order_of_dates_is_told_by_the_column(
        self, table: Path, days: tuple[str, str], month_day: tuple[int, int]
    ) -> None:
        table.write_text("Name,Birthday\n" + "".join(f"P{n},{day}\n" for n, day in enumerate(days)))
        first = people(table)[0].dates[0]
        assert (first.month, first.day) == month_day

    def test_a_date_that_can_be_read_two_ways_is_left_out_and_named(self, table: Path) -> None:
        table.write_text("Name,Birthday\nAna,03/04/1990\nTom,0/0/00\n")
        ana, tom = people(table)
        said = "the birthday 03/04/1990 may begin with the day or the month: left empty"
        assert (ana.dates, ana.remarks) == ((), (said,))
        assert (tom.dates, tom.remarks) == ((), ())

    def test_a_table_without_names_says_in_which_encoding_it_was_read(self, table: Path) -> None:
        table.write_bytes("氏名,メール\n山田太郎,y@x.example\n鈴木花子,s@x.example\n".encode("shift_jis"))
        with pytest.raises(Refused) as refused:
            people(table)
        assert "guessed encoding: " in refused.value.advice
        assert "--encoding" in refused.value.advice

    def test_a_bad_row_spares_its_neighbours(self, table: Path) -> None:
        table.write_text('Name,Email\nAna,ana@x.example\n,,\n,,,x\n"Tom,t@x.example\nMia,not an address\n')
        found = list(read([table]))
        assert [type(item) for item in found] == [ImportedContact, Rejected, Rejected, ImportedContact]
        assert [item.line for item in found if isinstance(item, Rejected)] == [4, 5]

    def test_windows_files_are_guessed_and_said_so(self, table: Path) -> None:
        table.write_bytes("Name,City\nZoë,Köln\n".encode("cp1252"))
        found = list(read([table]))
        assert isinstance(found[0], Remark)
        assert [item.city for item in found if isinstance(item, ImportedContact)] == ["Köln"]


class TestOwnColumns:
    def test_a_guarded_cell_reads_back(self) -> None:
        for text in ["=1+1", "+33 6", "-x", "@ana", "\tx", "'=x", "''-", "Ana", "'n", "", "'"]:
            with case(text):
                assert unguarded(guarded(text)) == text
                assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))

    def test_labelled_values_read_back(self) -> None:
        cells = (Cell("a@x.example", "work"), Cell("+1 (555)"), Cell("b@x.example"))
        assert parted(joined(cells)) == cells

    def test_our_own_table_is_known_by_its_first_column(self, table: Path) -> None:
        assert set(COLUMNS.values()) <= set(FIELDS)
        values = {
            "Planner ID": "f00d",
            "Name": "Ana Lee",
            "E-mails": "a@x.example (work) ::: b@x.example",
            "Phones": "'+33612345678",
            "Circles": "work, home ::: climbing",
            "Birthday": "--06-15",
            "Other dates": "anniversary: 2001-09-02",
            "Knows": "sister: Mia",
            "How often": "4w/6w",
            "How often, since": "2026-01-05",
            "Mode": "occasion",
            "Status": "archived",
            "Source": "linkedin",
        }
        rows = [values.keys(), [f'"{value}"' for value in values.values()]]
        table.write_text(
            "".join(",".join(f'"{c}"' if "," in c and c[0] != '"' else c for c in row) + "\n" for row in rows)
        )
        found = columns_of(table)
        assert found is not None
        assert found.format == "planner"
        (ana,) = people(table)
        assert (ana.keys, ana.source, ana.name) == (("planner:f00d",), "linkedin", "Ana Lee")
        assert ana.emails == (Cell("a@x.example", "work"), Cell("b@x.example"))
        assert ana.phones == (Cell("+33612345678"),)
        assert ana.circles == ("work, home", "climbing")
        assert [(one.kind, one.month, one.day, one.year) for one in ana.dates] == [
            *(("birthday", 6, 15, None), ("anniversary", 9, 2, 2001)),
        ]
        assert ana.relations == (("sister", "Mia"),)
        assert (ana.cadence, ana.cadence_since) == ("4w/6w", date(2026, 1, 5))
        assert (ana.mode, ana.archived, ana.deceased) == ("occasion", True, False)
