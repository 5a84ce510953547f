"""The templates of words to send on the command line: listed, shown, edited; hostile ones are text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Planner

NEED = ("need", "add", "a flat in Lyon")


@pytest.fixture(autouse=True)
def ana(planner: Planner) -> None:
    planner.done("add", "Ana Silva")


@pytest.fixture
def folder(planner: Planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one's own templates, beside the configuration; not made yet."""
    monkeypatch.setenv("PLANNER_CONFIG", str(tmp_path / "config" / "config.toml"))
    monkeypatch.delenv("VISUAL", raising=False)
    return tmp_path / "config" / "templates"


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """An editor that writes a text into its file."""
    program = folder.parent.parent / "editor"
    program.write_text(f"#!/bin/sh\ncat > \"$1\" <<'END'\n{text}\nEND\n")
    program.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(program))


def test_all_are_listed_by_purpose_language_and_tone(planner: Planner, folder: Path) -> None:
    said = planner.done("template", "list")
    assert "announce.friendly.en" in said.out
    assert "answer-network.formal.es" in said.out
    assert "None is your own" in said.out
    found = planner.done("template", "list", "--json").json
    assert len(found["templates"]) == 23 * 2 * 4
    assert {one["own"] for one in found["templates"]} == {False}
    assert found["folder"] == str(folder)


def test_one_is_shown_by_its_whole_name_or_a_part(planner: Planner, folder: Path) -> None:
    said = planner.done("template", "show", "announce")
    assert said.out.startswith("{greeting}\n\n{looking}")
    assert "Sie" in planner.done("template", "show", "ask.de.formal").out
    shown = planner.done("template", "show", "ask.formal.de", "--json").json
    assert shown["name"] == "ask.formal.de"
    assert "greeting" in shown["placeholders"]
    for name, words in (
        ("shout", "There is no template “shout”. There are announce"),
        ("announce.rude", "is not the code of a language"),
        ("announce.it", "There is no template announce.friendly.it"),
        ("../../etc/passwd", "There is no template"),
        ("announce.friendly.formal", "names no template"),
    ):
        assert words in planner.refused("template", "show", name)


def test_edit_copies_it_to_ones_own_folder_and_it_is_used(
    planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.done(*NEED)
    editor(folder, monkeypatch, "Hej {name}, {need}?")
    file = folder / "announce.friendly.en.txt"
    assert f"Your template announce.friendly.en is in {file}" in planner.done("template", "edit", "announce").out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "Hej Ana, a flat in Lyon?" in planner.done("need", "announce", "1", "#1").out
    assert "own" in planner.done("template", "list", "--own").out
    (own,) = (one for one in planner.done("template", "list", "--json").json["templates"] if one["own"])
    assert own["name"] == "announce.friendly.en"


def test_what_was_not_changed_stays_the_planners_own(
    planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    assert "Nothing was changed" in planner.done("template", "edit", "announce.de").out
    assert not (folder / "announce.friendly.de.txt").exists()


def test_a_language_of_ones_own(planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planner.done(*NEED)
    planner.done("edit", "#1", "--language", "pt-BR")
    editor(folder, monkeypatch, "Olá {name}, procuro: {need}.[ Até {by}.]")
    planner.done("template", "edit", "announce.pt")
    assert "Olá Ana, procuro: a flat in Lyon." in planner.done("need", "announce", "1", "#1").out


def test_a_placeholder_that_does_not_exist_is_refused_by_its_name(
    planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner.done(*NEED)
    editor(folder, monkeypatch, "Hej {nmae}")
    assert "asks for {nmae}, which does not exist" in planner.refused("template", "edit", "announce")
    assert (folder / "announce.friendly.en.txt").exists()
    assert "asks for {nmae}" in planner.refused("need", "announce", "1", "#1")
    listed = planner.done("template", "list", "--own")
    assert "own, at fault" in listed.out
    assert "{nmae}" in listed.err
    assert "{x}" in planner.refused("need", "announce", "1", "#1", "--template", "{x}")


def test_a_hostile_template_is_text(planner: Planner, folder: Path) -> None:
    planner.done(*NEED)
    folder.mkdir(parents=True)
    file = folder / "announce.friendly.en.txt"
    file.write_text("\x1b[31m{name}\x07 %s %(name)s {{name}} ${HOME} $(id) [@click=app.quit]x[/]")
    said = planner.refused("need", "announce", "1", "#1")
    assert "\x1b" not in said
    file.write_text("\x1b[31m{name}\x07 %s %(name)s $HOME $(id) [@click=app.quit]x[/]")
    out = planner.done("need", "announce", "1", "#1").out
    assert "[31mAna %s %(name)s $HOME $(id) [@click=app.quit]x[/]" in out
    assert "\x1b" not in out
    for content, words in ((b"\xff\xfe\x00", "not UTF-8"), (b"x" * 200_000, "characters")):
        file.write_bytes(content)
        assert words in planner.refused("need", "announce", "1", "#1")
    file.unlink()
    os.mkfifo(file)
    assert "cannot be read" in planner.refused("need", "announce", "1", "#1")
    file.unlink()
    file.mkdir()
    assert "cannot be read" in planner.refused("need", "announce", "1", "#1")


def test_a_file_with_another_name_is_said(planner: Planner, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "announce.txt").write_text("x")
    said = planner.done("template", "list")
    assert "announce.txt is no template" in said.err


def test_an_editor_that_is_not_there_is_said(planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", str(folder / "nowhere"))
    assert "Set EDITOR" in planner.refused("template", "edit", "announce")


def test_the_language_of_the_configuration_is_the_usual_one(planner: Planner, folder: Path) -> None:
    planner.done(*NEED)
    folder.parent.mkdir(parents=True)
    (folder.parent / "config.toml").write_text('language = "fr"\ntone = "formal"\nmy_name = "Ada Moe"\n')
    out = planner.done("need", "announce", "1", "#1").out
    assert "Bonjour Ana Silva," in out
    assert "Cordialement," in out
    assert "Ada Moe" in out
    planner.done("edit", "#1", "--language", "de", "--tone", "friendly")
    assert "Hallo Ana," in planner.done("need", "announce", "1", "#1").out


def test_a_need_says_who_would_know(planner: Planner, folder: Path) -> None:
    planner.done(*NEED, "--who", "estate agents")
    assert "who would know: estate agents" in planner.done("need", "show", "1").out
    assert planner.done("need", "show", "1", "--json").json["who"] == "estate agents"
    assert "Who might know: estate agents." in planner.done("need", "announce", "1", "#1").out


def test_words_for_a_person_and_for_an_item(planner: Planner, folder: Path) -> None:
    planner.done(*NEED)
    planner.done("need", "tell", "1", "#1")
    planner.done("need", "passed", "1", "#1", "Grete Lund")
    assert "Ana Silva told me about you." in planner.done("words", "n1c2").out
    asked = planner.done("words", "#1", "--for", "ask", "--need", "1")
    assert "Could you help me with it?" in asked.out
    assert "Say what you need" in asked.err
    found = planner.json("words", "#1", "--to", "Maude Ferrand", "--company", "SNCF", "--about", "a word on trains")
    assert found["purpose"] == "through"
    assert found["note"].startswith("Dear Maude Ferrand,")
    assert "not a purpose of words" in planner.refused("words", "#1", "--for", "shout")


def test_every_kind_of_item_can_be_named(planner: Planner) -> None:
    planner.done(*NEED)
    planner.done("need", "tell", "1", "#1")
    planner.done("need", "passed", "1", "#1", "Grete Lund")
    planner.done("favor", "gave", "#1", "--kind", "loan", "--note", "the tent")
    planner.done("why", "n1c2")
    planner.done("done", "l2")
