"""Links: which texts become links, how the terminal gets them, and that hostile text in them does nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from planner.core.model import Cell, Contact
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.phones import phone_key
from planner.ui import links
from planner.ui.contacting.ways import reach_line, ways_of
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
        ("phone", "(01) 23-45", ""),
        ("email", "<ana@example.org>", ""),
        ("email", "ana@example.org, leo@example.org", ""),
        ("email", "mailto:ana@example.org", ""),
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


def test_a_number_is_dialled_in_its_normal_form_and_no_other() -> None:
    for value, region, link in [
        ("+44 (0)20 7946 0958", None, "tel:+442079460958"),
        ("0044 (0) 20 7946 0958", None, "tel:+442079460958"),
        ("+1 (418) 656-9254 ext. 102", None, "tel:+14186569254;ext=102"),
        ("+1 418 656 9254 x102", None, "tel:+14186569254;ext=102"),
        ("+33 6 12 34 56 78", None, "tel:+33612345678"),
        ("06 12 34 56 78", "FR", "tel:+33612345678"),
        ("06 12 34 56 78", None, "tel:0612345678"),
        ("030/1234567", None, "tel:0301234567"),
        ("0301234567 ext 12", None, "tel:0301234567;ext=12"),
        # Two numbers are not one, whatever stands between them.
        ("+33 6 12 34 56 78 / +33 1 23 45 67 89", None, ""),
        ("+33 6 12 34 56 78, 01 23 45 67 89", None, ""),
        ("+1 418 656 9254, 656 9255", None, ""),
        ("06 12 34 56 78 / 07 12 34 56 78", "FR", ""),
        ("234 5678 or 234 5679", None, ""),
        ("2345678, 3456789", None, ""),
        ("12345/67890", None, ""),
        ("ask Leo", None, ""),
        ("112", None, ""),
    ]:
        with case(value, region):
            assert link_of("phone", value, phone_key(value, region) or "") == link


def test_each_way_has_a_key_a_word_and_what_it_opens() -> None:
    contact = Contact(
        1, "u", "Ana Silva",
        emails=(Cell("ana@example.org"), Cell("a@work.example", "work")),
        phones=(Cell("+33 6 12 34 56 78"),), phone_keys=("+33612345678",),
        urls=(Cell("https://www.linkedin.com/in/ana-silva/"), Cell("https://t.me/ana"), Cell("ana.example/me")),
    )  # fmt: skip
    assert [(way.key, way.kind, way.words, way.link) for way in ways_of(contact)] == [
        ("m", "mail", "ana@example.org", "mailto:ana@example.org"),
        ("2", "mail", "a@work.example", "mailto:a@work.example"),
        ("c", "call", "+33 6 12 34 56 78", "tel:+33612345678"),
        ("s", "message", "+33 6 12 34 56 78", "sms:+33612345678"),
        ("3", "message", "t.me/ana", "https://t.me/ana"),
        ("p", "profile", "in/ana-silva", "https://www.linkedin.com/in/ana-silva/"),
        ("w", "page", "ana.example/me", "https://ana.example/me"),
    ]
    line = reach_line(contact, 80, Style(), Style())
    assert "ana@example.org  +33 6 12 34 56 78" in "".join(one.text for one in line)


def test_an_address_that_does_not_fit_whole_is_left_out() -> None:
    contact = Contact(
        1, "u", "Ben Okri", emails=(Cell("ben@example.org"),), phones=(Cell("+33 4 65 71 00 85"),),
        urls=(Cell("https://ben.example/a-long-page"), Cell("https://t.me/b")),
    )  # fmt: skip
    for width, shown in (
        (80, "ben@example.org  +33 4 65 71 00 85  t.me/b  ben.example/a-long-page"),
        (60, "ben@example.org  +33 4 65 71 00 85  t.me/b"),
        (40, "ben@example.org  +33 4 65 71 00 85"),
        (30, "ben@example.org  t.me/b"),
        (5, "ben@example.org"),
    ):
        with case(width):
            assert "".join(one.text for one in reach_line(contact, width, Style(), Style())) == shown


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
    """Put a program xdg-open first in PATH that writes the links it gets into a file; return the file."""
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
        see.sees("Reach Ana Silva", "m  mail", "c  call", "s  message", "w  page", "ana.example/me")
        await see.press("m")
        see.sees("A mail to ana@example.org is open in your mail program")
        assert mail_program.read_text() == "mailto:ana@example.org\n"
        assert see.app.clipboard == ""


async def test_a_mail_program_that_fails_leaves_the_address_on_the_clipboard(
    tmp_path: Path, mail_program: Path
) -> None:
    (tmp_path / "code").write_text("4")
    async with planner(tmp_path, ana) as see:
        await see.press("o", "enter")
        see.sees("ana@example.org sent to the clipboard")
        assert mail_program.exists()
        assert see.app.clipboard == "ana@example.org"


async def test_over_ssh_the_address_is_copied_and_shown_as_a_link(
    tmp_path: Path, mail_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    async with planner(tmp_path, ana) as see:
        await see.press("o", "m")
        see.sees("ana@example.org sent to the clipboard; a click here starts the mail")
        assert not mail_program.exists()
        assert see.app.clipboard == "ana@example.org"
        for key, copied, words in (
            ("c", "+33 6 12 34 56 78", "a click here starts the call"),
            ("s", "+33 6 12 34 56 78", "a click here opens the message"),
            ("w", "https://ana.example/me", "a click here opens it"),
        ):
            await see.press("o", key)
            see.sees(f"{copied} sent to the clipboard; {words}")
            assert see.app.clipboard == copied
        # It stands on the card, in focus and on the page, too.
        for keys in ((), ("f",), ("enter",)):
            await see.press(*keys)
            see.sees("ana@example.org", "+33 6 12 34 56 78", "ana.example/me")


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
