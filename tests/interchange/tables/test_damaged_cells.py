"""Cells as people and spreadsheets really leave them: names around addresses, dates of two orders, lost digits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.core.model import ImportedContact, Rejected
from planner.interchange.reading import Item, Remark, read
from planner.interchange.tables.table import LOOKED_AT
from tests.cases import case
from tests.interchange.samples import GOOGLE, GOOGLE_OLD, OUTLOOK, OUTLOOK_COM, row
from tests.interchange.samples import table as table_of


def items(path: Path, text: str) -> list[Item]:
    """Everything a table yields."""
    path.write_text(text, "utf-8")
    return list(read([path]))


def people(path: Path, text: str) -> list[ImportedContact]:
    """The people of a table."""
    return [item for item in items(path, text) if isinstance(item, ImportedContact)]


def birthdays(path: Path, text: str) -> list[tuple[int | None, int, int] | None]:
    """(year, month, day) of the birthday of each person."""
    days = (next((one for one in person.dates if one.kind == "birthday"), None) for person in people(path, text))
    return [(one.year, one.month, one.day) if one is not None else None for one in days]


class TestOrderOfDates:
    @pytest.mark.parametrize("header", [GOOGLE, GOOGLE_OLD, OUTLOOK, OUTLOOK_COM, "First Name,Last Name,Birthday"])
    def test_one_date_proves_its_column_in_every_format(self, table: Path, header: str) -> None:
        name = "Given_Name" if "Given Name" in header.split(",") else "First_Name"
        for proof, month in (("25/12/1970", 4), ("12/25/1970", 3)):
            days = ("03/04/1988", proof, "03/04/88", "3/4/1988 0:00")
            rows = [row(header, **{name: f"P{place}", "Birthday": day}) for place, day in enumerate(days)]
            with case(proof):
                found = birthdays(table, table_of(header, *rows))
                one = (1988, month, 7 - month)
                assert found == [one, (1970, 12, 25), one, one]

    def test_a_proof_may_stand_far_down(self, table: Path) -> None:
        rows = "".join(f"P{place},03/04/1988\n" for place in range(LOOKED_AT + 50))
        found = birthdays(table, f"Name,Birthday\n{rows}Last,25/12/1970\n")
        assert set(found) == {(1988, 4, 3), (1970, 12, 25)}

    def test_a_proof_in_one_column_counts_for_the_others(self, table: Path) -> None:
        (ana,) = people(table, "Name,Birthday,Met on,Last contact\nAna,25/12/1970,03/04/2019,05/04/2026\n")
        assert (ana.met_on, ana.last_contact_on) == (date(2019, 4, 3), date(2026, 4, 5))

    def test_two_proofs_that_differ_prove_nothing_but_themselves(self, table: Path) -> None:
        found = birthdays(table, "Name,Birthday\nA,25/12/1970\nB,12/25/1970\nC,03/04/1988\nD,04/04/1988\n")
        assert found == [(1970, 12, 25), (1970, 12, 25), None, (1988, 4, 4)]

    def test_without_a_year(self, table: Path) -> None:
        found = birthdays(table, "Name,Birthday\nA,25/12\nB,03/04\nC,24.12.\n")
        assert found == [(None, 12, 25), (None, 4, 3), (None, 12, 24)]

    def test_outlook_has_the_month_first_where_nothing_proves_otherwise(self, table: Path) -> None:
        assert birthdays(table, table_of(OUTLOOK, row(OUTLOOK, First_Name="A", Birthday="3/4/1988"))) == [(1988, 3, 4)]


class TestAddresses:
    def test_an_address_with_a_name_around_it(self, table: Path) -> None:
        for cell, wanted in [
            ("Ana Lee <ana@x.example>", ["ana@x.example"]),
            ("<ana@x.example>", ["ana@x.example"]),
            ("'Ana Lee' <ana@x.example>", ["ana@x.example"]),
            ('"Lee, Ana" <ana@x.example>', ["ana@x.example"]),
            ("ana@x.example (Ana Lee)", ["ana@x.example"]),
            ("mailto:ana@x.example", ["ana@x.example"]),
            ("Ana Lee <mailto:ana@x.example?subject=hi>", ["ana@x.example"]),
            ("ana@x.example; Ana <a.lee@y.example>", ["ana@x.example", "a.lee@y.example"]),
            ("ana@x.example ::: ANA@x.example", ["ana@x.example"]),
            ("Ana <ana@x.example>, Work <lee@y.example>", ["ana@x.example", "lee@y.example"]),
            ("“ana@x.example”", ["ana@x.example"]),
            ("ana@x.example|lee@y.example", ["ana@x.example", "lee@y.example"]),
            ("ana+news@x.example", ["ana+news@x.example"]),
            ("o'neil@x.example", ["o'neil@x.example"]),
            ("none", []),
            ("ana at x.example", []),
            ("@x.example", []),
        ]:
            with case(cell):
                quoted = cell.replace('"', '""')
                (ana,) = people(table, f'Name,Email\nAna Lee,"{quoted}"\n')
                assert [each.value for each in ana.emails] == wanted
                assert bool(ana.remarks) is not bool(wanted)

    def test_the_name_beside_the_address_is_one_where_there_is_no_other(self, table: Path) -> None:
        found = people(table, "E-mail,Phone\nAna Lee <ana@x.example>,\ntom@x.example,\n<mia@x.example>,\n")
        assert [one.name for one in found] == ["Ana Lee", "tom@x.example", "mia@x.example"]


class TestSpreadsheets:
    def test_what_a_spreadsheet_destroyed_is_no_value_and_said(self, table: Path) -> None:
        broken = ("#N/A", "#REF!", "#VALUE!", "#NV", "#####", "#DIV/0!")
        for cell in ("4.9151E+11", "4,9151E+11", "1.2e+10", "4.9E11", *broken):
            with case(cell):
                (ana,) = people(table, f'Name,Phone\nAna Lee,"{cell}"\n')
                assert ana.phones == ()
                assert cell in ana.remarks[0]
                (tom,) = people(table, f'Name,Company,Identifier\nTom Ray,"{cell}","{cell}"\n')
                assert tom.company == ("" if cell in broken else cell)
                assert not any(key.startswith("csv:") for key in tom.keys)

    def test_a_text_that_stands_as_a_formula_is_the_text(self, table: Path) -> None:
        for name, phone in [('="Ana Lee"', '="01601234567"'), ('"=""Ana Lee"""', ' = "01601234567" ')]:
            with case(name, phone):
                (ana,) = people(table, f'="Name",="Phone"\n{name},{phone}\n')
                assert ana.name == "Ana Lee"
                assert [cell.value for cell in ana.phones] == ["01601234567"]
        (ana,) = people(table, "Name,Company\nAna Lee,=1+1\n")
        assert ana.company == "=1+1"

    def test_a_broken_name_is_nobody(self, table: Path) -> None:
        found = items(table, "Name,Company\n#N/A,#REF!\nAna Lee,#1 Records\n")
        assert [type(one) for one in found] == [Rejected, ImportedContact]
        assert isinstance(found[1], ImportedContact)
        assert found[1].company == "#1 Records"

    def test_decimals_that_a_spreadsheet_gave_a_number_are_taken_off(self, table: Path) -> None:
        (ana,) = people(table, 'Name,Phone\nAna Lee,"+491511234567.0 ; 01601234567,00"\n')
        assert [cell.value for cell in ana.phones] == ["+491511234567", "01601234567"]

    def test_digits_that_may_be_missing_at_the_beginning_are_said_once(self, table: Path) -> None:
        for numbers, is_said in [
            (("1511234567", "1601234567"), True),
            (("491511234567",), True),
            (("01511234567", "+491511234567", "0049 151 1234567"), False),
            (("(418) 656-9254", "418-656-9254", "4186569254", "14186569254"), False),
        ]:
            with case(numbers):
                rows = "".join(f"P{number},{number}\n" for number in numbers)
                said = [one for one in items(table, f"Name,Phone\n{rows}") if isinstance(one, Remark)]
                assert len(said) == is_said
                if is_said:
                    assert numbers[0] in said[0].text
                    assert said[0].line == 2
