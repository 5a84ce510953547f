"""Links that start a mail, a page or a call, and the program of this machine that opens them.

Only http, https, mailto, tel and sms become links. A person who uses the planner over SSH sits at another machine, so
no program is started: their terminal opens the link, or they paste it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from planner.core.words.patterns import late
from planner.limits import is_kiosk

_MAIL = late(r"[^\s@\x00-\x20\x7f-\x9f<>()\[\]\\,;:\"]+@[^\s@\x00-\x20\x7f-\x9f<>()\[\]\\,;:\"]+")
_INTERNATIONAL = late(r"\+[1-9][0-9]{6,14}(?:;ext=[0-9]{1,9})?")
_NATIONAL = late(r"[0-9]{7,12}(?:;ext=[0-9]{1,9})?")
_ONE_NATIONAL = late(
    r"(?:0[0-9]{1,4}/)?[0-9 ().\-\u00a0]+(?:(?:;\s*ext\s*=|[x#]|ext\.?|extension)\s*[0-9]{1,9})?", re.IGNORECASE
)
_AS_TYPED = late(r"\+[0-9 .\-\u00a0]+(?:\([1-9][0-9]*\)[0-9 .\-\u00a0]+)?")
_SEPARATORS = str.maketrans("", "", " ().-\u00a0")
_SCHEME = late(r"([A-Za-z][A-Za-z0-9+.-]*):(?=//|[^0-9])")
_HOST = late(r"[^\s/:?#@.]+(?:\.[^\s/:?#@.]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?")
LONGEST = 2000
"""The most characters of a link that terminals still open."""
STARTS_WITHIN = 1.5
"""Seconds after which a program that still runs is assumed to have opened the link."""
_running: list[subprocess.Popen[bytes]] = []


def mail_link(address: str, subject: str = "", body: str = "") -> str:
    """A link that starts a mail (RFC 6068); nothing in address, subject or body can add to its headers."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    fields = [f"{name}={quote(text, safe='')}" for name, text in (("subject", subject), ("body", lines)) if text]
    return f"mailto:{quote(address, safe='@')}" + (f"?{'&'.join(fields)}" if fields else "")


def mail_link_to_many(addresses: Iterable[str], subject: str = "", body: str = "") -> str:
    """A link that starts one mail to several people, who do not see each other's addresses (RFC 6068)."""
    hidden = ",".join(quote(address, safe="@") for address in addresses)
    _, _, fields = mail_link("", subject, body).partition("?")
    return f"mailto:?bcc={hidden}" + (f"&{fields}" if fields else "")


def link_of(kind: str, value: str, key: str = "") -> str:
    """The link for an address of a contact; `kind` is email, phone or url; "" if there is no safe link.

    `key` is the normal form of a phone number, which the link dials; a number without one has no link.
    """
    text = value.strip()
    if len(text) > LONGEST:
        return ""
    if kind == "email":
        return mail_link(text) if _MAIL.fullmatch(text) else ""
    if kind == "phone":
        number = _number(text, key)
        return f"tel:{number}" if number else ""
    return _page_link(text)


def message_link(value: str, key: str = "") -> str:
    """The link for a text message to a phone number (RFC 5724); empty if it has no normal form."""
    number = _number(value.strip(), key).partition(";")
    return f"sms:{number[0]}" if number[0] and not number[1] else ""


def _number(text: str, key: str) -> str:
    """The number to dial: E.164, or a national number that is alone in its field; "" for anything else."""
    if _INTERNATIONAL.fullmatch(key):
        # Text after a comma that is as long as a number is a number, not an extension.
        return "" if re.search(r"[,;/]\s*[0-9][0-9 .\-]{5,}$", text) and ";ext=" in key else key
    if not key and _AS_TYPED.fullmatch(text):
        # A number that equals its normal form except for separators.
        bare = text.translate(_SEPARATORS)
        return bare if _INTERNATIONAL.fullmatch(bare) else ""
    # The joined digits of two numbers in one field would be a third number.
    return key if _NATIONAL.fullmatch(key) and _ONE_NATIONAL.fullmatch(text) and text[:2] != "00" else ""


def _page_link(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme is not None:
        if scheme[1].lower() not in ("http", "https") or not text[scheme.end() :].startswith("//"):
            return ""
    elif _HOST.fullmatch(text):
        text = f"https://{text}"
    else:
        return ""
    # Letters of other scripts, blanks and controls are quoted; quoted characters stay.
    return quote(text, safe="%/:?#[]@!$&'()*+,;=-._~", errors="replace")


def is_remote(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the person uses the planner over SSH, according to the variables of OpenSSH."""
    environment = os.environ if environment is None else environment
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def opener(environment: Mapping[str, str] | None = None) -> str | None:
    """The path of the program that opens links on the person's screen; None if there is none."""
    environment = os.environ if environment is None else environment
    if is_remote(environment) or is_kiosk(environment):
        return None
    path = environment.get("PATH")
    if sys.platform == "darwin":
        return shutil.which("open", path=path)
    # Without a display xdg-open would start a program in this very terminal.
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    return shutil.which("xdg-open", path=path)


def start(link: str) -> bool:
    """Open a link with the program of this machine, and return whether that worked.

    Waits up to `STARTS_WITHIN` seconds: never call it on the event loop.
    """
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
        # The program itself stays open, such as a mail program, and keeps running after the planner is left.
        _running.append(process)
        return True
