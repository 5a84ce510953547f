"""Links: what may become one, how the terminal gets it, and what hostile text in one can do: nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui import links
from planner.ui.links import is_remote, link_of, mail_link, opener
from planner.ui.text import CONTROL_FILTER, is_safe_link, linked
from tests.cases import PATIENCE, case
from tests.ui.words import TODAY, planner

HOSTILE = "x@evil.example\x1b\\\x1b]52;c;aGk=\x07"


def test_only_pages_mails_and_calls_become_links() -> None:
    for kind, value, link in [
        ("email", "ana@example.org", "mailto:ana@example.org"),
        ("email", "a&bcc=x@evil.example?x", "mailto:a%26bcc%3Dx@evil.example%3Fx"),
        ("email", "zoë@exämple.org", "mailto:zo%C3%AB@ex%C3%A4mple.org"),
        ("email", "not an address", ""),
        ("phone", "+33 6 12 34 56 78", "tel:+33612345678"),
        ("phone", "(01) 23-45", "tel:012345"),
        ("phone", "ask Leo", ""),
        ("url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("url", "HTTP://example.org", "HTTP://example.org"),
        ("url", "www.example.org/päge", "https://www.example.org/p%C3%A4ge"),
        ("url", "linkedin.com/in/ana", "https://linkedin.com/in/ana"),
        ("url", "example.org:8080/x", "https://example.org:8080/x"),
        ("url", "https://example.org/%C3%A4", "https://example.org/%C3%A4"),
        ("url", "javascript:alert(1)", ""),
        ("url", "file:///etc/passwd", ""),
        ("url", "ssh://host.example", ""),
        ("url", "data:text/html,x", ""),
        ("url", "the one with the cat", ""),
        ("url", "https://" + "x" * 3000, ""),
    ]:
        with case(kind, value, link):
            assert link_of(kind, value) == link


def test_a_mail_link_cannot_be_added_to() -> None:
    link = mail_link("a&bcc=x@evil.example?x", "A flat\r\nBcc: y@evil.example", "Hi & bye\n=100%")
    assert link == (
        "mailto:a%26bcc%3Dx@evil.example%3Fx?subject=A%20flat%0D%0ABcc%3A%20y%40evil.example"
        "&body=Hi%20%26%20bye%0D%0A%3D100%25"
    )
    assert mail_link("ana@example.org") == "mailto:ana@example.org"


def test_no_link_holds_a_byte_that_could_end_it() -> None:
    for kind in ["email", "phone", "url"]:
        for value in [
            HOSTILE,
            f"https://{HOSTILE}",
            "https://x.example/\x9c\x1b[2J",
            "https://x.example/\u202eb",
            "+33\x1b]8;;",
        ]:
            with case(kind, value):
                link = link_of(kind, value)
                assert re.fullmatch("[!-~]*", link)
                assert link == "" or is_safe_link(link)


def test_a_link_that_is_not_safe_is_no_link() -> None:
    bold = Style(bold=True)
    for hostile in ("javascript:x", "https://x\x1b\\", "https://x y", "mailto:\x07", "https://ä.example", "", "http:"):
        assert linked(bold, hostile) is bold
    assert linked(bold, "https://x.example").link == "https://x.example"


def test_the_filter_takes_away_a_link_that_came_another_way() -> None:
    style = Style(bold=True, link="https://x.example/\x1b]52;c;aGk=\x07")
    (found,) = CONTROL_FILTER.apply([Segment("Ana", style)], Color(0, 0, 0))
    assert found.text == "Ana"
    assert found.style is not None
    assert found.style.link is None
    assert found.style.bold
    fine = [Segment("Ana", Style(link="https://x.example/"))]
    assert CONTROL_FILTER.apply(fine, Color(0, 0, 0)) is fine


# Starting a mail


def test_over_ssh_and_without_a_display_nothing_is_started(tmp_path: Path) -> None:
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)
    here = {"PATH": str(tmp_path), "DISPLAY": ":0"}
    assert opener(here) == str(program)
    assert opener({**here, "DISPLAY": "", "WAYLAND_DISPLAY": "wayland-0"}) == str(program)
    for far in ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, {"SSH_TTY": "/dev/pts/1"}):
        assert is_remote(far)
        assert opener({**here, **far}) is None
    assert opener({"PATH": str(tmp_path)}) is None
    assert opener({"PATH": str(tmp_path / "nothing"), "DISPLAY": ":0"}) is None


@pytest.fixture
def mail_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An xdg-open that writes down what it is asked to open; gives the file."""
    seen, program = tmp_path / "opened", tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {seen}\nexit $(cat {tmp_path}/code 2>/dev/null || echo 0)\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    monkeypatch.setattr(links, "STARTS_WITHIN", PATIENCE)
    return seen


def ana(desk: Desk) -> None:
    draft = ContactDraft(
        name="Ana Silva", emails=("ana@example.org",), phones=("+33 6 12 34 56 78",), urls=("https://ana.example/me",),
        cadence="4w", since=TODAY.replace(month=9),
    )  # fmt: skip
    desk.people.add(draft)


@pytest.mark.parametrize("keys", [("o",), ("f", "o"), ("enter", "o")], ids=["agenda", "focus", "contact"])
async def test_o_starts_a_mail_in_the_mail_program(tmp_path: Path, mail_program: Path, keys: tuple[str, ...]) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press(*keys)
        see.sees("A mail to ana@example.org is open in your mail program")
        assert mail_program.read_text() == "mailto:ana@example.org\n"
        assert see.app.clipboard == ""


async def test_a_mail_program_that_fails_leaves_the_address_on_the_clipboard(
    tmp_path: Path, mail_program: Path
) -> None:
    (tmp_path / "code").write_text("4")
    async with planner(tmp_path, ana) as see:
        await see.press("o")
        see.sees("ana@example.org sent to the clipboard")
        assert mail_program.exists()
        assert see.app.clipboard == "ana@example.org"


async def test_over_ssh_the_address_is_copied_and_shown_as_a_link(
    tmp_path: Path, mail_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    async with planner(tmp_path, ana) as see:
        await see.press("o")
        see.sees("ana@example.org sent to the clipboard; a click here starts the mail")
        assert not mail_program.exists()
        assert see.app.clipboard == "ana@example.org"


def test_a_mail_program_that_stays_open_is_left_alone(
    tmp_path: Path, mail_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "xdg-open"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(links, "STARTS_WITHIN", 0.05)
    assert links.start("mailto:ana@example.org")
    (running,) = links._running
    assert running.poll() is None
    running.kill()
    running.wait()
    links._running.clear()
