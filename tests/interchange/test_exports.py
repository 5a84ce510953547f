"""Exports of other programs, each known by its content and read as that program means it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from planner.core.model import Cell, FavorDirection, ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.formats.facebook import repaired
from planner.interchange.reading import Item, Remark, Skipped, columns_of, count_hint, read
from planner.interchange.registry import formats
from tests.cases import case
from tests.interchange.samples import CONNECTIONS, RECEIVED, SAMPLES, archive, written


def items(path: Path, format: str = "auto") -> list[Item]:
    """Everything a file yields."""
    return list(read([path], format))


def people(path: Path, format: str = "auto") -> list[ImportedContact]:
    """The people of a file."""
    return [item for item in items(path, format) if isinstance(item, ImportedContact)]


def test_each_is_known_by_its_content_wherever_it_stands(tmp_path: Path) -> None:
    for number, name in enumerate(SAMPLES):
        folder = tmp_path / str(number)
        folder.mkdir()
        with case(name):
            is_known_wherever_it_stands(folder, name)


def is_known_wherever_it_stands(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    expected = SAMPLES[name][2]
    format = name.partition(" ")[0].partition(".")[0]
    found = people(path)
    assert len(found) == expected
    assert count_hint([path]) > 0
    assert format in [one.name for one in formats()]
    assert people(path, format) == found
    if name == "linkedin":
        return
    # Under another name, in a folder far down, and in an archive.
    other = tmp_path / "other.dat"
    shutil.copy(path, other)
    assert [one.keys for one in people(other)] == [one.keys for one in found]
    deep = tmp_path / "takeout" / "a" / "b" / "c" / path.name
    deep.parent.mkdir(parents=True)
    shutil.move(path, deep)
    (tmp_path / "takeout" / "index.html").write_text("<p>archive</p>")
    assert [one.keys for one in people(tmp_path / "takeout")] == [one.keys for one in found]
    packed = tmp_path / "takeout.zip"
    packed.write_bytes(archive({f"Takeout/Contacts/{path.name}": deep.read_bytes(), "Takeout/archive.html": "<p>"}))
    assert [one.keys for one in people(packed)] == [one.keys for one in found]


def test_the_columns_of_each_table_are_what_its_program_means(tmp_path: Path) -> None:
    found = columns_of(written(tmp_path, "outlook"))
    assert found is not None
    assert found.format == "outlook"
    fields = {column.name: column.field for column in found.columns}
    assert (fields["Title"], fields["Job Title"], fields["Business Fax"]) == ("", "title", "")
    connections = tmp_path / "Connections.csv"
    connections.write_text("Notes:\n\n" + CONNECTIONS)
    found = columns_of(connections)
    assert found is not None
    assert {column.name: column.field for column in found.columns}["Position"] == "title"


class TestGoogle:
    def test_the_header_of_today(self, tmp_path: Path) -> None:
        found = items(written(tmp_path, "google"))
        ana, tom, nobody, rejected = found
        assert isinstance(ana, ImportedContact)
        assert (ana.name, ana.nickname, ana.company, ana.title, ana.city) == (
            "Ana Lee",
            "Annie",
            "Acme",
            "Buyer",
            "Lyon",
        )
        assert ana.emails == (Cell("ana@x.example", "work"), Cell("ana.lee@y.example", "work"))
        assert ana.phones == (Cell("+33 6 12 34 56 78", "mobile"),)
        assert ana.circles == ("Climbing, indoor",)
        assert ana.keys == ("linkedin:ana-lee",)
        assert [(one.kind, one.month, one.day, one.year) for one in ana.dates] == [
            *(("birthday", 6, 15, 1988), ("anniversary", 9, 2, None)),
        ]
        assert ana.relations == (("sister", "Mia Lee"),)
        assert ana.notes == "met in Porto\nlikes tea"
        assert isinstance(tom, ImportedContact)
        assert [(one.month, one.day, one.year) for one in tom.dates] == [(12, 1, None)]
        assert tom.circles == ()
        assert isinstance(nobody, ImportedContact)
        assert nobody.name == "nobody@x.example"
        assert isinstance(rejected, Rejected)

    def test_the_header_of_before(self, tmp_path: Path) -> None:
        (zoe,) = people(written(tmp_path, "google old"))
        assert (zoe.name, zoe.company, zoe.title, zoe.city) == ("Zoë Ray", "Bolt", "Poet", "York")
        assert (zoe.emails, zoe.circles) == ((Cell("zoe@x.example", "home"),), ("Work",))


class TestOutlook:
    def test_the_title_is_no_position_and_dates_have_the_month_first(self, tmp_path: Path) -> None:
        remark, juergen, mia = items(written(tmp_path, "outlook"))
        assert isinstance(remark, Remark)
        assert isinstance(juergen, ImportedContact)
        assert (juergen.name, juergen.title, juergen.city) == ("Jürgen Groß", "Buyer", "Köln")
        assert [(one.kind, one.month, one.day, one.year) for one in juergen.dates] == [("birthday", 6, 15, 1988)]
        assert juergen.phones == (Cell("+49 228 123456", "work"),)
        assert juergen.circles == ("Work", "Choir")
        assert juergen.relations == (("spouse", "Eva Groß"), ("manager", "Ida Boss"))
        assert juergen.notes == "one\ntwo"
        assert isinstance(mia, ImportedContact)
        assert (mia.emails, mia.dates, len(mia.remarks)) == ((), (), 1)

    def test_the_one_of_the_web(self, tmp_path: Path) -> None:
        (ana,) = people(written(tmp_path, "outlook.com"))
        assert (ana.name, ana.title, ana.source) == ("Ana B. Lee", "Buyer", "outlook")
        assert [(one.month, one.day, one.year) for one in ana.dates] == [(12, 1, 1990)]


def test_thunderbird_has_the_day_of_birth_in_parts(tmp_path: Path) -> None:
    ana, tom = people(written(tmp_path, "thunderbird"))
    assert [(one.month, one.day, one.year) for one in ana.dates] == [(6, 5, 1988)]
    assert [(one.month, one.day, one.year) for one in tom.dates] == [(12, 1, None)]
    assert ana.emails == (Cell("ana@x.example"), Cell("ana@y.example"))
    assert (ana.company, ana.city, ana.urls) == ("Acme", "Lyon", (Cell("https://acme.example", "work"),))


class TestFacebook:
    def test_names_are_repaired_one_by_one(self, tmp_path: Path) -> None:
        found = items(written(tmp_path, "facebook"))
        names = [item.name for item in found if isinstance(item, ImportedContact)]
        assert names == ["Jürgen Groß", "Ana Lee", "Ana Lee", "Zoë Ray"]
        assert [item.line for item in found if isinstance(item, Rejected)] == [5]
        friends = people(tmp_path / "your_friends.json")
        assert friends[0].met_on == date(2020, 9, 13)
        assert friends[1].keys != friends[2].keys

    def test_what_cannot_be_repaired_stays(self) -> None:
        for broken, meant in [
            ("MÃ¼ller", "Müller"),
            ("Müller", "Müller"),
            ("Ana", "Ana"),
            ("Ã", "Ã"),
            ("Ana €Ã¼", "Ana €Ã¼"),
        ]:
            with case(broken, meant):
                assert repaired(broken) == meant

    def test_another_json_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "your_friends.json"
        path.write_text('{"posts": [1]}')
        with pytest.raises(Refused, match="does not know"):
            items(path)
        with pytest.raises(Refused, match="no list of friends"):
            items(path, "facebook")


def test_monica_tells_everything_it_knows(tmp_path: Path) -> None:
    ana, tom, partial, nameless = items(written(tmp_path, "monica"))
    assert isinstance(ana, ImportedContact)
    assert (ana.name, ana.company, ana.title, ana.city) == ("Ana B. Lee", "Acme", "Buyer", "Lyon")
    assert ana.keys == ("monica:11111111-1111-4111-8111-111111111111", "linkedin:ana-lee")
    assert ana.emails == (Cell("ana@x.example"),)
    assert ana.phones == (Cell("+33 6 12 34 56 78"),)
    assert ana.urls == (Cell("https://www.linkedin.com/in/ana-lee", "linkedin"),)
    assert (ana.cadence, ana.circles) == ("30d", ("work", "climbing"))
    assert (ana.met_on, ana.last_contact_on, ana.dated_on) == (date(2019, 3, 12), date(2026, 11, 1), date(2026, 10, 1))
    assert ana.relations == (("brother", "Tom Lee"), ("child", "Mia"))
    assert ana.notes == "met in Porto\n\nFood: no fish\n\nlikes tea"
    assert isinstance(tom, ImportedContact)
    assert (tom.deceased, tom.cadence) == (True, "")
    assert [(one.month, one.day, one.year) for one in tom.dates] == [(12, 1, None)]
    assert isinstance(partial, Skipped)
    assert isinstance(nameless, Rejected)


class TestLinkedIn:
    def test_recommendations_go_to_the_one_of_that_name(self, tmp_path: Path) -> None:
        found = items(written(tmp_path, "linkedin"))
        ana, tom, other, *_ = [item for item in found if isinstance(item, ImportedContact)]
        assert [(one.direction, one.kind, one.on) for one in ana.favors] == [
            (FavorDirection.GIVEN, "reference", date(2024, 4, 1)),
            (FavorDirection.RECEIVED, "reference", date(2024, 3, 12)),
        ]
        assert ana.favors[1].note == "A joy to work with, always."
        assert tom.favors == ()
        assert [one.on for one in other.favors] == [date(2026, 11, 20)]
        assert [item.text for item in found if isinstance(item, Remark)] == [
            "a recommendation is left out: not one connection is named Ida Boss"
        ]

    def test_an_invitation_with_words_is_a_message(self, tmp_path: Path) -> None:
        ana, tom, _ = people(written(tmp_path, "linkedin"))
        assert (ana.attempted_on, tom.attempted_on) == (None, date(2022, 2, 6))

    def test_the_unpacked_file_finds_what_lies_beside_it(self, tmp_path: Path) -> None:
        connections = tmp_path / "Connections.csv"
        connections.write_text(CONNECTIONS)
        (tmp_path / "Recommendations_Received.csv").write_text(RECEIVED)
        assert len(people(connections)[0].favors) == 1
        assert people(tmp_path) == people(connections)

    def test_recommendations_alone_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "Recommendations_Received.csv"
        path.write_text(RECEIVED)
        with pytest.raises(Refused, match="part of an export, without the LinkedIn connections"):
            items(path)
