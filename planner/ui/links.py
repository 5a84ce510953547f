"""Addresses as links: what a mail, a page or a call is started with, and the program of this machine that does it.

Only http, https, mailto and tel become links. Where a person sits at another machine than the planner runs
on (over SSH), no program is started: the link is shown for their terminal to open, and copied for their clipboard.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import quote

_MAIL = re.compile(r"[^\s@\x00-\x20\x7f-\x9f]+@[^\s@\x00-\x20\x7f-\x9f]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?=//|[^0-9])")
_HOST = re.compile(r"[^\s/:?#@.]+(?:\.[^\s/:?#@.]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?")
LONGEST = 2000
"""Characters of a link that terminals still open."""
STARTS_WITHIN = 1.5
"""Seconds in which a program that cannot start has said so."""
_running: list[subprocess.Popen[bytes]] = []


def mail_link(address: str, subject: str = "", body: str = "") -> str:
    """A link that starts a mail (RFC 6068); nothing in address, subject or body can add to its headers."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    fields = [f"{name}={quote(text, safe='')}" for name, text in (("subject", subject), ("body", lines)) if text]
    return f"mailto:{quote(address, safe='@')}" + (f"?{'&'.join(fields)}" if fields else "")


def link_of(kind: str, value: str) -> str:
    """The link of an address of a contact (`kind` email, phone or url); empty where it is none."""
    text = value.strip()
    if len(text) > LONGEST:
        return ""
    if kind == "email":
        return mail_link(text) if _MAIL.fullmatch(text) else ""
    if kind == "phone":
        digits = "".join(letter for letter in text if letter in "0123456789")
        return f"tel:{'+' if text.startswith('+') else ''}{digits}" if len(digits) > 2 else ""
    return _page_link(text)


def _page_link(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme is not None:
        if scheme[1].lower() not in ("http", "https") or not text[scheme.end() :].startswith("//"):
            return ""
    elif _HOST.fullmatch(text):
        text = f"https://{text}"
    else:
        return ""
    # What is quoted already stays; letters of other scripts, blanks and controls are quoted.
    return quote(text, safe="%/:?#[]@!$&'()*+,;=-._~", errors="replace")


def is_remote(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the person sits at another machine, as OpenSSH says."""
    environment = os.environ if environment is None else environment
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def opener(environment: Mapping[str, str] | None = None) -> str | None:
    """The program that opens links on the screen the person sits at; None where there is none."""
    environment = os.environ if environment is None else environment
    if is_remote(environment):
        return None
    path = environment.get("PATH")
    if sys.platform == "darwin":
        return shutil.which("open", path=path)
    # Without a display xdg-open would start a program in this very terminal.
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    return shutil.which("xdg-open", path=path)


def start(link: str) -> bool:
    """Open a link with this machine's program; whether it started. Waits a moment for a refusal, so off the loop."""
    program = opener()
    if program is None:
        return False
    _running[:] = [one for one in _running if one.poll() is None]
    try:
        process = subprocess.Popen(
            [program, link],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(STARTS_WITHIN) == 0
    except subprocess.TimeoutExpired:
        # It is the mail program itself, and runs on when the planner is left.
        _running.append(process)
        return True
