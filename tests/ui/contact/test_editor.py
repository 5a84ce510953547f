"""Long texts in the person's own editor: taken over, never lost, never left where others could read them."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from planner import edited_files
from planner.core.model import Interaction
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.ui import editor
from planner.ui.contact.form_screen import ContactForm, Notes
from planner.ui.contact.interaction_dialog import InteractionDialog
from planner.ui.editor import EditedText, edited, editor_command
from tests.cases import case
from tests.ui.words import TODAY, Words, planner


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    """None but what a test names."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def script(folder: Path, body: str) -> str:
    """An editor of one line."""
    file = folder / "editor.sh"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o700)
    return str(file)


def left(folder: Path) -> list[Path]:
    """All that editors left, with the folders they are in."""
    return sorted((folder / "state" / "editor").rglob("*"))


def files(folder: Path) -> list[Path]:
    """The files that editors left."""
    return [one for one in left(folder) if one.is_file()]


def write(
    monkeypatch: pytest.MonkeyPatch, folder: Path, body: str, text: str = "Hello", options: str = ""
) -> EditedText:
    """What an editor of one line makes of a text."""
    monkeypatch.setenv("EDITOR", f"{script(folder, body)} {options}")
    return edited(text, folder / "state")


def test_it_gets_a_private_file_that_goes_once_the_text_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f'stat -c %a "$1" > {tmp_path}/seen; printf "and more\\033[2J\\n" >> "$1"'
    written = write(monkeypatch, tmp_path, body)
    assert written.text == "Hello\nand more[2J"
    assert written.changed
    assert (tmp_path / "seen").read_text() == "600\n"
    assert written.file.parent.parent == tmp_path / "state" / "editor"
    assert written.file.parent.stat().st_mode & 0o777 == 0o700
    assert str(written.file) in written.where
    written.is_kept()
    assert not written.file.exists()


def test_a_text_left_alone_is_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not write(monkeypatch, tmp_path, ":", "Hello\n\nyou").changed
    assert not write(monkeypatch, tmp_path, ":", "").changed


def test_options_of_the_editor_are_given_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert write(monkeypatch, tmp_path, 'echo "$1" > "$2"', options="'two words'").text == "two words"


def test_visual_goes_before_editor_and_a_usual_one_follows(tmp_path: Path) -> None:
    one, two = script(tmp_path, ":"), "/bin/sh"
    assert editor_command({"VISUAL": two, "EDITOR": one}) == [two]
    assert editor_command({"EDITOR": f"{one} -n"}) == [one, "-n"]
    (tmp_path / "vi").symlink_to("/bin/sh")
    assert editor_command({"PATH": str(tmp_path)}) == ["vi"]


@pytest.mark.parametrize("named", ["", "'", "/nowhere/editor"])
def test_an_editor_that_is_not_there_is_refused_in_words(tmp_path: Path, named: str) -> None:
    with pytest.raises(Refused, match="EDITOR"):
        editor_command({"PATH": str(tmp_path), "EDITOR": named})


def test_one_that_fails_having_written_nothing_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="ended with 3"):
        write(monkeypatch, tmp_path, "exit 3")
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('echo long work >> "$1"; exit 3', b"Hello\nlong work\n"),
        ('echo long work >> "$1"; kill -9 $$', b"Hello\nlong work\n"),
        ("printf 'caf\\351' > \"$1\"", b"caf\xe9"),
    ],
    ids=["fails", "is killed", "writes no UTF-8"],
)
def test_what_was_written_stays_in_a_file_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, kept: bytes
) -> None:
    with pytest.raises(Refused) as refusal:
        write(monkeypatch, tmp_path, body)
    (file,) = files(tmp_path)
    assert str(refusal.value).startswith(f"What you wrote is in {file}")
    assert file.read_bytes() == kept
    assert file.stat().st_mode & 0o777 == 0o600


def test_one_that_leaves_no_text_neither_hangs_nor_ends_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for body, words, count in (
        ('rm "$1"', "left no file", 0),
        ('rm "$1"; mkfifo "$1"', "left no text: it is no file", 0),
        ('rm "$1"; mkdir "$1"; echo x > "$1/inside"', "left no text: it is no file", 3),
        ('rm "$1"; ln -s /dev/zero "$1"', "left no text: it is no file", 0),
        ('rm "$1"; ln -s "$1" "$1"', "left no file", 0),
        ('truncate -s 1T "$1"', "longer than 16 MB", 2),
        ('chmod 0 "$1"; rm -r "$(dirname "$1")"', "left no file", 0),
    ):
        with case(body):
            with pytest.raises(Refused, match=words):
                write(monkeypatch, tmp_path, body)
            assert len(left(tmp_path)) == count
            shutil.rmtree(tmp_path / "state")


def test_what_an_editor_left_is_read_whatever_it_is(tmp_path: Path) -> None:
    for content, text in (
        (b"", ""), (b"caf\xe9\r\n", "café"), ("café\n\nyou".encode("utf-16"), "café\n\nyou"),
        (b"\xef\xbb\xbfhello  \x1b[2J\n", "hello  [2J"), (b"given", None),
    ):  # fmt: skip
        with case(content):
            file = tmp_path / "notes.txt"
            file.write_bytes(content)
            assert edited_files.written_in(file, edited_files.fingerprint(b"given")) == text
    file.with_name("notes.txt.save").write_bytes(b"saved in a hurry")
    assert edited_files.written_in(file, edited_files.fingerprint(b"given")) == "saved in a hurry"
    file.unlink()
    os.mkfifo(file)
    assert edited_files.written_in(file, "") == "saved in a hurry"


def test_an_interrupt_reaches_the_editor_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    # The editor dies of it as it would without us; had we died, there would be nobody to say so.
    with pytest.raises(Refused, match="ended with -2"):
        write(monkeypatch, tmp_path, "kill -INT $PPID; kill -INT $$; sleep 5")
    assert signal.getsignal(signal.SIGINT) is before


# On the screen


def ana(desk: Desk) -> None:
    key = desk.people.add(ContactDraft(name="Ana Silva", cadence="4w", notes="likes tea")).id
    desk.interactions.log([key], on=TODAY, channel="coffee", note="first\nsecond")


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be lent: the one of tests cannot."""
    from contextlib import nullcontext

    from planner.ui.app import PlannerApp

    monkeypatch.setattr(PlannerApp, "suspend", lambda self: nullcontext())


async def card(see: Words) -> tuple[str, tuple[Interaction, ...]]:
    found = await see.ask(lambda desk: desk.reading.card(1))
    return found.contact.notes, found.interactions


@pytest.mark.usefixtures("lent")
async def test_e_writes_the_notes_in_the_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "and [b]cake[/b]" >> "$1"'))
    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter")
        await see.command("notes in")
        see.sees("Noted about Ana Silva", "and [b]cake[/b]")
        assert (await card(see))[0] == "likes tea\nand [b]cake[/b]"
        await see.press("u")
        assert (await card(see))[0] == "likes tea"
        assert files(tmp_path) == []


async def test_it_is_said_where_the_terminal_cannot_be_handed_over(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter")
        await see.command("notes in")
        see.sees("This terminal cannot be handed to an editor")


@pytest.mark.usefixtures("lent")
@pytest.mark.parametrize(
    ("key", "notes", "kept"),
    [
        ("b", "hates tea\n\nlikes tea\nand cake", 0),
        ("m", "likes tea\nand cake", 0),
        ("t", "hates tea", 0),
        ("escape", "hates tea", 1),
    ],
)
async def test_notes_changed_elsewhere_meanwhile_are_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, notes: str, kept: int
) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "and cake" >> "$1"'))
    edit = editor.edit

    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter")

        def slow(app: object, text: str, *given: object, name: str) -> EditedText:
            written = edit(app, text, *given, name=name)  # type: ignore[arg-type]
            see.app.gateway.submit(lambda desk: desk.people.edit(1, ContactDraft(notes="hates tea"))).result()
            return written

        monkeypatch.setattr("planner.ui.contact.notes_editor.edit", slow)
        await see.command("notes in")
        see.sees("The notes were changed elsewhere meanwhile", "hates tea")
        await see.press(key)
        assert (await card(see))[0] == notes
        assert len(files(tmp_path)) == kept
        if kept:
            see.sees("What you wrote is in")
            assert files(tmp_path)[0].read_text() == "likes tea\nand cake\n"


@pytest.mark.usefixtures("lent")
async def test_notes_of_someone_who_is_gone_stay_in_their_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "and cake" >> "$1"'))
    edit = editor.edit

    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter")

        def gone(app: object, text: str, *given: object, name: str) -> EditedText:
            written = edit(app, text, *given, name=name)  # type: ignore[arg-type]
            see.app.gateway.submit(lambda desk: desk.people.forget(1)).result()
            return written

        monkeypatch.setattr("planner.ui.contact.notes_editor.edit", gone)
        await see.command("notes in")
        assert [file.read_text() for file in files(tmp_path)] == ["likes tea\nand cake\n"]


@pytest.mark.usefixtures("lent")
async def test_ctrl_o_in_the_form_brings_the_notes_back_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "and cake" >> "$1"'))
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e", "ctrl+o")
        form = see.app.screen
        assert isinstance(form, ContactForm)
        assert form.query_one(Notes).text == "likes tea\nand cake"
        assert (await card(see))[0] == "likes tea"
        await see.press("ctrl+s")
        assert (await card(see))[0] == "likes tea\nand cake"
        assert files(tmp_path) == []


@pytest.mark.usefixtures("lent")
async def test_ctrl_o_writes_the_note_of_what_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "third" >> "$1"'))
    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter", "enter", "ctrl+o")
        see.sees("first second third")
        await see.press("ctrl+s")
        assert (await card(see))[1][0].note == "first\nsecond\nthird"


@pytest.mark.usefixtures("lent")
async def test_a_note_that_cannot_be_saved_is_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "third" >> "$1"'))
    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter", "enter", "ctrl+o")
        await see.ask(lambda desk: desk.interactions.edit(1, note="theirs"))
        await see.press("ctrl+s")
        assert isinstance(see.app.screen, InteractionDialog)
        see.sees("first second third", "meanwhile")
        await see.press("ctrl+s")
        assert (await card(see))[1][0].note == "first\nsecond\nthird"


@pytest.mark.usefixtures("lent")
async def test_a_note_whose_entry_is_gone_stays_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, 'echo "third" >> "$1"'))
    async with planner(tmp_path, ana) as see:
        await see.press("2", "enter", "enter", "ctrl+o")
        await see.ask(lambda desk: desk.interactions.unlog([1]))
        await see.press("ctrl+s")
        see.sees("What you wrote is in")
        assert [file.read_text() for file in files(tmp_path)] == ["first\nsecond\nthird\n"]
