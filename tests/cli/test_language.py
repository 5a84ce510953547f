"""Language and tone of somebody go out to files and come back; what cannot be is left out, or refused where typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Planner


def test_language_and_tone_go_through_vcard_table_and_json(planner: Planner, tmp_path: Path) -> None:
    planner.done("add", "Ana Silva", "--language", "pt_br", "--tone", "formal")
    for form, name in (("vcard", "out.vcf"), ("csv", "out.csv")):
        file = tmp_path / name
        planner.done("export", form, "-o", str(file))
        text = file.read_text()
        assert "pt-BR" in text
        assert "formal" in text
        other = Planner(tmp_path / form, planner._capture)
        other.home.mkdir()
        other.done("import", str(file))
        found = other.json("show", "Ana")
        assert (found["language"], found["tone"]) == ("pt-BR", "formal")
    assert "LANG:pt-BR" in (tmp_path / "out.vcf").read_text()
    whole = tmp_path / "all.json"
    planner.done("export", "json", "-o", str(whole))
    other = Planner(tmp_path / "json", planner._capture)
    other.home.mkdir()
    other.done("import", str(whole))
    assert other.json("show", "Ana")["language"] == "pt-BR"
    whole.write_text(whole.read_text().replace('"pt-BR"', '"a language"'))
    again = Planner(tmp_path / "again", planner._capture)
    again.home.mkdir()
    assert "language" in again("import", str(whole)).err


def test_what_cannot_be_a_language_is_left_out_of_an_import_and_refused_when_typed(
    planner: Planner, tmp_path: Path
) -> None:
    file = tmp_path / "in.vcf"
    file.write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Ana Silva\nLANG;PREF=1:fr\nLANG;PREF=2:en\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nFN:Ben Okri\nLANG:speaks French\nX-PLANNER-TONE:rude\nEND:VCARD\n"
    )
    planner.done("import", str(file))
    assert planner.json("show", "Ana")["language"] == "fr"
    ben = planner.json("show", "Ben")
    assert (ben["language"], ben["tone"]) == ("", "")
    assert "“french” is not the code of a language" in planner.refused("edit", "Ben", "--language", "french")
    assert "not a tone" in planner.refused("add", "Cid", "--tone", "rude")
    assert [one["name"] for one in planner.json("contacts", "language:fr")["contacts"]] == ["Ana Silva"]
    planner.done("edit", "Ana", "--language", "")
    assert planner.json("show", "Ana")["language"] == ""
