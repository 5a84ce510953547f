"""Taking people in from files of other programs."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Planner

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Hana Ray
EMAIL:hana@ray.example
UID:hana-1
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Kim Berg
ORG:Quay;Piers
UID:kim-1
END:VCARD
"""
CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Leo,Hart,https://www.linkedin.com/in/leo-hart-x,,Harbour,Pilot,12 Mar 2024
"""


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    file = tmp_path / "people.vcf"
    file.write_text(CARDS, "utf-8", newline="\r\n")
    return file


def test_import_counts_what_it_did_and_a_second_time_changes_nothing(planner: Planner, cards: Path) -> None:
    first = planner.json("import", str(cards), "--circle", "work", "--cadence", "12w")
    assert {"added": 2, "merged": 0, "ambiguous": 0, "rejected": []}.items() <= first.items()
    assert [row["circles"] for row in planner.json("contacts")["contacts"]] == [["work"], ["work"]]
    assert planner.json("why", "kim")["cadence"]["ideal"] == "12w"
    again = planner.json("import", str(cards))
    assert (again["added"], again["merged"], again["unchanged"]) == (0, 0, 2)
    assert "2 unchanged" in planner.done("import", str(cards)).out


def test_several_files_are_one_step_for_undo(planner: Planner, cards: Path, tmp_path: Path) -> None:
    connections = tmp_path / "Connections.csv"
    connections.write_text(CONNECTIONS, "utf-8")
    assert planner.json("import", str(cards), str(connections))["added"] == 3
    planner.done("undo")
    assert planner.json("contacts")["total"] == 0


def test_a_dry_run_says_what_would_happen_and_writes_nothing(planner: Planner, cards: Path) -> None:
    said = planner.done("import", str(cards), "--dry-run")
    assert "2 new" in said.out
    assert "Hana Ray" in said.out
    assert planner.json("contacts")["total"] == 0
    assert planner.json("history") == {"entries": []}
    # What comes next is said once somebody is there, and has no rhythm.
    assert "how often" not in said.err
    assert "how often" in planner.done("import", str(cards)).err
    planner.done("undo")
    assert "how often" not in planner.done("import", str(cards), "--cadence", "4w").err


def test_whoever_comes_with_a_rhythm_is_due_and_only_the_others_are_said_not_to_be(
    planner: Planner, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name,How often,Last contact\nAna Lee,4w,2026-01-02\nTom Ray,,\n")
    said = planner.done("import", str(table))
    assert "Ana Lee" in planner.done("due").out
    assert "New people without a rhythm are not due" in said.err
    assert "Nobody" not in said.err


def test_a_bad_record_is_named_and_leaves_its_neighbours(planner: Planner, tmp_path: Path) -> None:
    file = tmp_path / "people.vcf"
    file.write_text(CARDS.replace("FN:Hana Ray\nEMAIL:hana@ray.example\n", ""), "utf-8")
    said = planner("import", str(file), "--json")
    assert said.code == 1
    (rejected,) = said.json["rejected"]
    assert rejected["file"].endswith("people.vcf")
    assert rejected["line"] == 1
    assert rejected["reason"]
    assert said.json["added"] == 1
    text = planner("import", str(file))
    assert text.code == 1
    assert "people.vcf:1: " in text.err


@pytest.mark.parametrize("options", [("--format", "papyrus"), ("--cadence", "often")])
def test_a_wish_that_cannot_be_is_refused(planner: Planner, cards: Path, options: tuple[str, ...]) -> None:
    planner.refused("import", str(cards), *options)
    assert planner.json("contacts")["total"] == 0


def test_a_file_that_cannot_be_read_is_refused(planner: Planner, cards: Path, tmp_path: Path) -> None:
    planner.refused("import", str(tmp_path / "missing.vcf"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    planner.refused("import", str(tmp_path / "picture.png"))
    assert planner.json("contacts")["total"] == 0
    among_others = planner("import", str(cards), str(tmp_path / "missing.vcf"))
    assert among_others.code == 1
    assert "missing.vcf does not exist" in among_others.err


def test_capture_writes_what_it_showed(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    planner.done("add", "Leo Hart")
    line = "Hana: coffee, promised intro to Leo by fri, again 6w"
    shown = planner.json("capture", line, "--dry-run")
    assert shown["written"] is False
    assert {chip["kind"] for chip in shown["chips"]} >= {"interaction", "promise"}
    assert planner.json("show", "hana")["interactions"] == []
    assert [one["verb"] for one in planner.json("history")["entries"]] == ["add", "add"]
    done = planner.json("capture", line)
    assert {**shown, "written": True, "step": done["step"]} == done
    assert planner.json("show", "hana")["interactions"][0]["channel"] == "coffee"
    (promise,) = planner.json("ledger")["lanes"]["promised"]
    assert promise["due"] == "2026-11-27"


UNCLEAR = ("Nobody Known: coffee", "coffee without a name", "Hana:", "Hana: her op 30 feb")


@pytest.mark.parametrize("line", UNCLEAR)
def test_an_unclear_capture_is_refused_and_writes_nothing(planner: Planner, line: str) -> None:
    planner.done("add", "Hana Ray")
    refusal = planner.refused("capture", line)
    said = planner("capture", line, "--dry-run", "--json")
    assert (said.code, said.err.strip()) == (2, refusal)
    assert said.json["written"] is False
    assert planner.json("show", "hana")["interactions"] == []
    assert [one["verb"] for one in planner.json("history")["entries"]] == ["add"]


def test_columns_can_be_matched_by_hand(planner: Planner, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Wer,a=b,Wo\nAna Odd,odd@x.example,Lyon\n")
    refused = planner.refused("import", str(table))
    assert "it has: Wer, a=b, Wo" in refused
    assert "--map" in refused
    matched = ("--map", "Wer=name", "--map", "a=b=email", "--map", "Wo=")
    assert planner.json("import", str(table), *matched)["added"] == 1
    shown = planner.json("show", "Ana Odd")
    assert (shown["emails"], shown["city"]) == (["odd@x.example"], "")
    assert planner.json("import", str(table), *matched)["unchanged"] == 1


@pytest.mark.parametrize(
    ("given", "said"), [("Wer", "does not match a column"), ("Wer=nom", "given_name"), ("Wen=name", "It has: Wer")]
)
def test_a_column_matched_wrongly_is_refused(planner: Planner, tmp_path: Path, given: str, said: str) -> None:
    table = tmp_path / "odd.csv"
    table.write_text("Wer,Womit\nAna Odd,odd@x.example\n")
    assert said in planner.refused("import", str(table), "--map", given)
    assert planner.json("contacts")["total"] == 0


def test_what_a_recommendation_says_is_in_the_ledger(planner: Planner, tmp_path: Path) -> None:
    from tests.interchange.samples import linkedin

    export = tmp_path / "export.zip"
    export.write_bytes(linkedin())
    planner.json("import", str(export))
    people = {row["contact"]["name"]: row for row in planner.json("ledger")["people"]}
    assert (people["Ana Lee"]["gave"], people["Ana Lee"]["received"]) == (1, 1)
    assert planner.json("show", "Ana Lee")["met_on"] == "2024-03-12"


def test_ctrl_c_stops_an_import_and_nothing_of_it_stays(
    planner: Planner, cards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.interchange import importing

    read = importing.records_of

    def pressed_half_way(*words: Any) -> Iterator[object]:
        for number in range(900):
            yield from (replace(one, name=f"{one.name} {number}", keys=()) for one in read(*words))  # type: ignore[type-var]
            if number == 300:
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(importing, "records_of", pressed_half_way)
    said = planner("import", str(cards))
    assert (said.code, said.out) == (130, "")
    assert "Stopped; nothing was kept." in said.err
    assert planner.json("contacts")["total"] == 0


def test_columns_that_are_left_out_are_named(planner: Planner, tmp_path: Path) -> None:
    table = tmp_path / "leute.csv"
    table.write_text(
        "Vorname;Nachname;Wohnort;Schuhgröße;Bemerkung;Telefonnummer;Leer;Sternzeichen\n"
        "Ada;Weber;Köln;38;mag Tee;0221 123;;Löwe\n"
        ";;;;;;;\n"
        "Udo;Kern;Bonn;44;;;;\n"
    )
    wanted = "2 columns left out: Schuhgröße, Sternzeichen; say what they mean with --map, or m on the screen"
    report = planner.json("import", str(table), "--dry-run")
    assert report["remarks"] == [wanted]
    assert (report["added"], report["skipped"]) == (2, 0)
    said = planner.done("import", str(table), "--map", "Sternzeichen=")
    assert "1 column left out: Schuhgröße;" in said.err
    assert "skipped" not in said.out
    ada = planner.json("show", "Ada")
    assert (ada["city"], ada["notes"]) == ("Köln", "mag Tee")
    assert "".join(letter for letter in str(ada["phones"]) if letter.isdigit()).endswith("221123")


@pytest.mark.parametrize("bad", ["kaputt@", "@x.example", "a@b@c"])
def test_an_address_that_cannot_be_one_is_left_out_with_a_remark(planner: Planner, tmp_path: Path, bad: str) -> None:
    files = {
        "any.csv": f"Name,Email\nAny One,{bad}\n",
        "google.csv": "First Name,Last Name,Phonetic First Name,Labels,E-mail 1 - Label,E-mail 1 - Value,"
        f"Organization Name\nGoo,Gle,,,Home,{bad},\n",
        "connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        f"Lin,Ked,https://www.linkedin.com/in/linked,{bad},Acme,CEO,01 Nov 2026\n",
        "outlook.csv": "First Name,Last Name,E-mail Address,E-mail 2 Address,Company,Business Phone,Business Street"
        f"\nOut,Look,{bad},,,,\n",
    }
    if bad != "a@b@c":  # the address part of a card is taken as it is written
        files["card.vcf"] = f"BEGIN:VCARD\nVERSION:3.0\nFN:Vera Card\nEMAIL:{bad}\nEND:VCARD\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        report = planner.json("import", str(tmp_path / name))
        assert report["added"] == 1, name
        assert any(f"left out an e-mail without an address: {bad}" in remark for remark in report["remarks"]), name
    assert planner.json("query", "") == {"addresses": []}


def test_an_import_says_only_what_happened(planner: Planner, cards: Path) -> None:
    said = planner.done("import", str(cards))
    assert said.out.startswith("2 new")
    again = planner.done("import", str(cards))
    assert again.out.startswith("2 unchanged")
    for words in (said.out, again.out):
        assert "0 " not in words
