"""Files that were given out: each that holds a person is named whenever one is forgotten, and rewritten where asked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cases import case
from tests.cli.conftest import Planner, planner

__all__ = ["planner"]

LONG = "Zébédée Wolfeschlegelsteinhausenbergerdorff"
NOTE = "met at the summer fair beside the long bridge over the river Loire"
FORMS = ("vcard", "csv", "json", "ics")


def given_out(planner: Planner) -> dict[str, Path]:
    """Two people and one who knows them, in a file of each form, a page about one, and a folder of cards."""
    done = planner.done
    done("add", LONG, "--email", "zeb@old.example", "--phone", "+33 6 98 76 54 32", "--birthday", "1980-05-01")
    done("add", "Ana Silva", "--note", f"{NOTE}, {LONG} came, 06-98-76-54-32", "--birthday", "1981-06-02")
    done("add", "Bo Lind", "--note", "asks ANA  SILVA, then sings: kept", "--birthday", "1982-07-03")
    done("follow-up", "Bo", f"ask {LONG} about Ana Silva", "--on", "fri")
    done("log", "Bo", "Ana", "--note", "tea with Ana Silva")
    folder = planner.home / "out"
    folder.mkdir()
    files = {form: folder / f"all.{form}" for form in FORMS}
    for form, file in files.items():
        done("export", form, "-o", str(file))
    files["page"] = folder / "page.md"
    done("export", "person", "Ana", "-o", str(files["page"]))
    cards = folder / "cards"
    cards.mkdir()
    done("export", "vcard", "-o", f"{cards}/")
    return files | {f"card {number}": file for number, file in enumerate(sorted(cards.glob("*.vcf")))}


def named_by(planner: Planner, *words: str) -> set[Path]:
    return {Path(line) for line in planner.done("forget", *words, "--yes").out.splitlines()}


def test_an_export_is_named_for_each_who_stands_in_it_however_it_is_folded(planner: Planner) -> None:
    files = given_out(planner)
    folded = [file for name, file in files.items() if "card " in name and LONG in file.read_text().replace("\n ", "")]
    assert not all(LONG in file.read_text() for file in folded), "a line with the name is to be folded"
    for who, holds in (("Zébédée", LONG), ("Ana", "Ana Silva")):
        with case(who):
            # A card is read as its lines mean.
            texts = {name: file.read_text().replace("\n ", "") for name, file in files.items()}
            wanted = {files[name] for name, text in texts.items() if holds.casefold() in text.casefold()}
            if who == "Ana":
                wanted |= {file for name, file in files.items() if "ANA  SILVA" in texts[name]}
            named = named_by(planner, who)
            assert {file for file in named if file in files.values()} == wanted
            assert len(wanted) >= 6


def test_exports_are_rewritten_without_somebody_and_what_is_left_is_named(planner: Planner, tmp_path: Path) -> None:
    files = given_out(planner)
    files["vcard"].write_text(f"{files['vcard'].read_text()}X-OF-MY-OWN:what another program wrote\n")
    said = planner.done("forget", "Ana", "--yes", "--copies")
    named = {Path(line) for line in said.out.splitlines()}
    assert "4 exports too" in said.err
    assert "cannot be rewritten" in said.err
    assert not named & {files[form] for form in FORMS}
    assert files["page"] in named
    for form in FORMS:
        with case(form):
            text = files[form].read_text()
            whole = " ".join(text.replace("\n ", "").split()).casefold()
            assert "ana silva" not in whole
            assert "bo lind" in whole
            assert "zébédée" in whole
            assert (files[form].stat().st_mode & 0o777, text.count(NOTE)) == (0o600, 0)
    assert "X-OF-MY-OWN:what another program wrote" in files["vcard"].read_text()
    assert files["vcard"].read_text().count("BEGIN:VCARD") == 2
    assert "1981" not in files["ics"].read_text()
    assert "about (forgotten)" in files["ics"].read_text().replace("\n ", "")
    with files["csv"].open(newline="") as stream:
        assert [row["Notes"] for row in csv.DictReader(stream)][:1] == ["asks (forgotten), then sings: kept"]
    rows = json.loads(files["json"].read_text())
    assert [one["name"] for one in rows["contact"]] == [LONG, "Bo Lind"]
    assert [one["note"] for one in rows["interaction"]] == ["tea with (forgotten)"]
    # What is rewritten is a whole planner still.
    new = tmp_path / "new.db"
    planner.done("--db", str(new), "import", str(files["json"]))
    assert planner.done("--db", str(new), "doctor").code == 0
    assert not [*planner.home.glob(".*.new")]
    print(f"{len(FORMS)} exports rewritten without somebody, {len(named)} files left and named")


HARMS = {
    "cut": lambda data: data[: len(data) // 2],
    "not text": lambda data: data.replace(b"sings", b"\xff\xfe\xff"),
    "laid out anew": lambda data: b"\n\n" + data,
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_cannot_be_rewritten_stays_as_it_is_and_is_named(planner: Planner, harm: str) -> None:
    files = given_out(planner)
    for form in FORMS:
        files[form].write_bytes(HARMS[harm](files[form].read_bytes()))
    before = {form: files[form].read_bytes() for form in FORMS}
    named = {Path(line) for line in planner.done("forget", "Ana", "--yes", "--copies").out.splitlines()}
    for form in FORMS:
        with case(form):
            content = files[form].read_bytes()
            text = b" ".join(content.replace(b"\r", b"").replace(b"\n ", b"").split()).lower()
            assert (b"ana silva" in text) == (files[form] in named)
            assert (files[form] in named) <= (content == before[form])


def test_a_namesake_stays_and_keeps_name_and_number(planner: Planner) -> None:
    done = planner.done
    done("add", "Ana Silva", "--phone", "+33 1 98 76 54 00", "--note", "the first")
    done("add", "Ana Silva", "--phone", "+33 1 98 76 54 00", "--note", "the second")
    for form in ("vcard", "csv"):
        done("export", form, "-o", str(planner.home / f"all.{form}"))
    done("forget", "#1", "--yes", "--copies")
    for form in ("vcard", "csv"):
        with case(form):
            text = (planner.home / f"all.{form}").read_text()
            assert "the first" not in text
            assert "the second" in text
            assert "Ana Silva" in text
            assert "98 76 54 00" in text
