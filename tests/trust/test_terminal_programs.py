"""Links, the clipboard, the editor and a plain locale in a real terminal: what is sent, and what is left behind."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from planner.desk.values import ContactDraft
from tests.trust.terminal import Terminal, planner_in_terminal
from tests.trust.test_real_terminal import TODAY, desk_at, fill

LINK = re.compile(rb"\x1b\]8;([^;\x00-\x1f\x7f]*);([^\x00-\x1f\x7f]*)\x1b\\")
COPY = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
PAYLOAD = "https://evil.example/\x1b\\\x1b]52;c;aGVsbG8=\x07\x1b]0;title\x07\x9b2J"


def meet_ana(home: Path, *urls: str) -> None:
    """One contact who can be reached in every way."""
    with desk_at(home) as desk:
        draft = ContactDraft(
            name="Ana Silva", emails=("ana@example.org",), phones=("+33 6 12 34 56 78",), urls=urls, notes="likes tea",
            cadence="4w", since=TODAY.replace(month=9),
        )  # fmt: skip
        desk.people.add(draft)


def links_sent(terminal: Terminal) -> list[str]:
    """Where the links point that were sent, each opened and closed; nothing else begins like one."""
    sent = bytes(terminal.received)
    found = LINK.findall(sent)
    assert len(found) == sent.count(b"\x1b]8;"), "a link that is not well formed"
    opened = False
    for parameters, address in found:
        assert re.fullmatch(rb"(?:id=[0-9a-f]+)?", parameters)
        assert re.fullmatch(rb"[!-~]*", address)
        opened = bool(address)
    assert not opened, "the last link is left open"
    return sorted({address.decode() for _, address in found if address})


def test_the_addresses_of_a_contact_are_links(tmp_path: Path) -> None:
    meet_ana(tmp_path, "ana.example/me")
    with planner_in_terminal(tmp_path) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.ask("enter", wanted="likes tea")
        terminal.settle()
        assert links_sent(terminal) == ["https://ana.example/me", "mailto:ana@example.org", "tel:+33612345678"]
        before = len(terminal.received)
        # The same links again are nothing new to send.
        terminal.ask("W", wanted="rhythm")
        terminal.press("escape")
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_end() == 0
    print(f"three links in a page of {before} bytes")


def test_hostile_addresses_cannot_break_out_of_a_link(tmp_path: Path) -> None:
    meet_ana(tmp_path, "https://ana.example/me")
    # What older files hold was not always cleaned on its way in: write past the desk.
    import sqlite3

    with sqlite3.connect(tmp_path / "planner.db") as connection:
        table = next(
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if {"kind", "value"} <= {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        )
        done = connection.execute(f"UPDATE {table} SET value = ? WHERE value LIKE 'https:%'", (PAYLOAD,))
        assert done.rowcount == 1
        hostile_mail = "x@evil.example\x1b]52;c;aGVsbG8=\x07"
        connection.execute(f"UPDATE {table} SET value = ? WHERE value LIKE 'ana@%'", (hostile_mail,))
    with planner_in_terminal(tmp_path) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.ask("enter", wanted="likes tea")
        terminal.wait_for("evil.example")
        terminal.ask("o", wanted="Reach Ana Silva")
        terminal.ask("m", wanted="clipboard")
        terminal.settle()
        found = links_sent(terminal)
        sent = bytes(terminal.received)
        terminal.press("q")
    assert all(re.fullmatch(r"[!-~]+", link) for link in found)
    copied = [base64.b64decode(one).decode() for one in COPY.findall(sent)]
    assert len(copied) == sent.count(b"\x1b]52") == 1
    assert copied[0].isprintable()
    assert b"\x1b]0;title" not in sent
    assert b"\xc2\x9b" not in sent


def test_over_ssh_a_mail_is_a_link_and_a_copied_address(tmp_path: Path) -> None:
    meet_ana(tmp_path)
    with planner_in_terminal(tmp_path, SSH_CONNECTION="10.0.0.1 50000 10.0.0.2 22", DISPLAY=":0") as terminal:
        terminal.wait_for("Ana Silva")
        terminal.ask("o", wanted="Reach Ana Silva")
        terminal.ask("m", wanted="ana@example.org sent to the clipboard; a click here starts the mail")
        terminal.settle()
        copied = COPY.findall(bytes(terminal.received))
        assert [base64.b64decode(one) for one in copied] == [b"ana@example.org"]
        assert "mailto:ana@example.org" in links_sent(terminal)
        terminal.press("q")
        assert terminal.wait_end() == 0


def write_notes(terminal: Terminal) -> None:
    """Open the editor on the notes of the contact, by the palette."""
    terminal.send(b":")
    terminal.wait_for("enter takes it")
    terminal.send(b"notes in editor")
    terminal.wait_for("> notes in editor")
    terminal.settle()
    terminal.send(b"\r")
    terminal.wait_for("EDITOR 9 EDITOR")


def test_after_the_editor_the_screen_is_whole_again(tmp_path: Path) -> None:
    meet_ana(tmp_path)
    program = tmp_path / "editor"
    program.write_text(
        '#!/bin/sh\nprintf "\\033[H\\033[2J"; for n in 1 2 3 4 5 6 7 8 9; do echo "EDITOR $n EDITOR"; done\n'
        f'read answer </dev/tty\necho "$answer" >> "$1"\nexit $(cat {tmp_path}/code 2>/dev/null || echo 0)\n'
    )
    program.chmod(0o700)
    with planner_in_terminal(tmp_path, EDITOR=str(program)) as terminal:
        terminal.wait_for("Ana Silva")
        terminal.ask("enter", wanted="likes tea")
        shown = terminal.settle(0.1)
        write_notes(terminal)
        assert terminal.is_restored()
        # Ctrl-C is for the editor: this one minds it as a shell does, and ends; the planner goes on.
        terminal.press("ctrl+c")
        terminal.wait_for("The text stays as it was")
        text = terminal.settle(0.1)
        assert "EDITOR" not in text
        assert text.splitlines()[:30] == shown.splitlines()[:30]
        write_notes(terminal)
        terminal.send(b"and cake\r")
        terminal.wait_for("Noted about Ana Silva")
        text = terminal.settle(0.1)
        assert "EDITOR" not in text
        assert "and cake" in text
        (tmp_path / "code").write_text("1")
        write_notes(terminal)
        terminal.send(b"never lost\r")
        terminal.wait_for("What you wrote is in ~/state/editor/notes-")
        # The first leaves the page of the contact, the second the planner.
        terminal.press("q", "q")
        assert terminal.wait_end() == 0
        assert terminal.is_restored()
    (kept,) = (tmp_path / "state" / "editor").rglob("*.txt")
    assert kept.read_text() == "likes tea\nand cake\nnever lost\n"


def test_a_plain_locale_gets_plain_marks(tmp_path: Path) -> None:
    fill(tmp_path, ("Ana Silva", "Ben Okri"))
    seen = ""
    with planner_in_terminal(tmp_path, LC_ALL="C", LANG="C") as terminal:
        terminal.wait_for("Ana Silva")
        for keys in (("w",), ("escape", "s"), ("escape", "2"), ("3",), ("4",), ("5",), ("1", "?"), ("escape", "f"),
                     ("escape", "ctrl+p"), ("escape", "2", "enter")):  # fmt: skip
            for key in keys:
                terminal.press(key)
                terminal.settle(0.05)
            seen += terminal.text
        # The first leaves the page of the contact, the second the planner.
        terminal.press("q", "q")
        assert terminal.wait_end() == 0
    other = sorted({letter for letter in seen if not letter.isascii()})
    print(f"LANG=C: {len(other)} characters beyond ASCII: {''.join(other)}")
    assert not other
