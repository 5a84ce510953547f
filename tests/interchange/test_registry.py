"""A format is one file in a folder: it is found there, and everything that names formats names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from planner.cli.commands.imports import import_command
from planner.core.model import ImportedContact
from planner.errors import Refused
from planner.interchange import formats as folder
from planner.interchange.format import Head
from planner.interchange.reading import columns_of, count_hint, read
from planner.interchange.registry import format_of, formats, markdown_table, named
from tests.interchange.samples import CONNECTIONS, SAMPLES

GUESTS = """
from planner.interchange.format import table_format
from planner.interchange.tables.layouts import Layout, named_places


def layout(header):
    if "Table number" not in header:
        return None
    return Layout("guests", named_places(header, {"guest": ("name", ""), "writes from": ("email", "home")}))


FORMAT = table_format("guests", "lists of guests", layout, files="the CSV", brings="whom you met")
"""


@pytest.fixture
def with_guests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more module stands in the folder of formats."""
    (tmp_path / "guests.py").write_text(GUESTS)
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    formats.cache_clear()
    yield
    formats.cache_clear()


@pytest.mark.usefixtures("with_guests")
def test_a_file_in_the_folder_is_a_format(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Guest,Writes from,Table number\nAna Lee,ana@x.example,3\nTom Ray,,4\n")
    for format in ("auto", "guests"):
        ana, tom = read([path], format)
        assert isinstance(ana, ImportedContact)
        assert isinstance(tom, ImportedContact)
        assert (ana.name, ana.source, ana.emails[0].label, tom.name) == ("Ana Lee", "guests", "home", "Tom Ray")
    assert count_hint([path]) == 2
    table = columns_of(path)
    assert table is not None
    assert [one.field for one in table.columns] == ["name", "email", ""]
    assert table.format == "guests"
    assert "| lists of guests | the CSV | whom you met |" in markdown_table()
    assert "guests" in import_command.get_help(click.Context(import_command))
    with pytest.raises(Refused) as refusal:
        named("papyrus")
    assert "guests" in refusal.value.advice


def test_every_format_has_a_name_of_its_own() -> None:
    names = [one.name for one in formats()]
    assert len(set(names)) == len(names)
    # What takes any table is asked last, or nothing else would be.
    assert names[-1] == "csv"
    assert "guests" not in names


def test_a_sample_is_of_one_format_but_for_any_table() -> None:
    for name, (file, content, _) in SAMPLES.items():
        head = Head(CONNECTIONS.encode() if file.endswith(".zip") else content())
        found = [one.name for one in formats() if one.is_it(head) and one.name != "csv"]
        assert found == ([] if name.startswith("csv") else [name.partition(" ")[0].partition(".")[0]]), name
        assert format_of(head) is not None, name
