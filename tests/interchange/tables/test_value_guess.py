"""What columns hold by their values alone: the clear cases, and those left alone."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from planner.core.model import ImportedContact
from planner.errors import Refused
from planner.interchange.reading import columns_of, read
from planner.interchange.tables.value_guess import guess_by_values
from planner.interchange.text import FileRow
from tests.cases import case

POLISH = (
    "Imię i nazwisko;Firma klienta;Kontakt;Numer;Strona;Od kiedy\n"
    "Jan Kowalski;Huta Nowa;jan.kowalski@poczta.example;+48 601 234 567;https://huta.example;12.03.2019\n"
    "Zofia van der Berg;Port Gdynia;zofia@port.example;(22) 345 67 89;www.port.example/zofia;01.02.2020\n"
    "Łukasz Żak;;;;;\n"
)


def guessed(*values: str, known: dict[int, str] | None = None) -> str:
    """What a column of values is taken for."""
    return guess_by_values([FileRow(n, [value]) for n, value in enumerate(values)], 1, known or {}).get(0, "")


def test_values_say_what_a_column_holds() -> None:
    for values, field in [
        (("ana@x.example", "ben@y.example", ""), "email"),
        (("ana@x.example", "none", "none"), ""),
        (("ana@x.example", "ben@y.example", "none"), "email"),
        (("+33612345678", "06 12 34 56 78", "0612345678"), "phone"),
        (("5551234", "10000234"), ""),
        (("2026-11-23", "23.11.2026", "1/2/2026"), ""),
        (("2026", "1980"), ""),
        (("https://ana.example", "HTTP://ben.example/x"), "url"),
        (("ana.example", "n/a"), ""),
        (("Ana Silva", "Ben O'Neill", "Jean-Luc de la Tour"), "name"),
        (("Silva, Ana", "Okri, Ben"), "name"),
        (("ana silva", "ben okri"), ""),
        (("Ana", "Ben"), ""),
        (("Route 66", "Area 51"), ""),
        (("", ""), ""),
        ((), ""),
    ]:
        with case(values, field):
            assert guessed(*values) == field


def test_no_name_is_guessed_beside_one_that_is_known() -> None:
    for field in ["name", "given_name", "family_name", "nickname"]:
        with case(field):
            assert guessed("Ana Silva", "Ben Okri", known={3: field}) == ""
            assert guessed("Ana Silva", "Ben Okri", known={3: "email"}) == "name"


def test_the_name_is_the_column_that_agrees_with_the_mails() -> None:
    rows = [
        FileRow(1, ["Huta Nowa", "Jan Kowalski", "kowalski@x.example"]),
        FileRow(2, ["Port Gdynia", "Zofia Berg", ""]),
    ]
    assert guess_by_values(rows, 3, {}) == {1: "name", 2: "email"}
    assert guess_by_values(rows, 2, {}) == {0: "name"}


def test_columns_say_which_of_them_are_guesses(tmp_path: Path) -> None:
    path = tmp_path / "klienci.csv"
    path.write_text(POLISH, encoding="utf-8")
    table = columns_of(path)
    assert table is not None
    assert [(one.field, one.guessed) for one in table.columns] == [
        ("name", True), ("", False), ("email", True), ("phone", True), ("url", True), ("", False),
    ]  # fmt: skip


def test_a_guess_is_said_and_never_taken_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "klienci.csv"
    path.write_text(POLISH.replace("Imię i", "Imię 'i'"), encoding="utf-8")
    with pytest.raises(Refused, match="no column that is known to tell a name") as refusal:
        list(read([path]))
    words = shlex.split(refusal.value.advice.partition("perhaps: ")[2])
    assert words[::2] == ["--map"] * 4
    mapping = dict(word.rsplit("=", 1) for word in words[1::2])
    found = [one for one in read([path], "auto", mapping) if isinstance(one, ImportedContact)]
    assert [one.name for one in found] == ["Jan Kowalski", "Zofia van der Berg", "Łukasz Żak"]
    assert [cell.value for cell in found[0].phones] == ["+48 601 234 567"]
