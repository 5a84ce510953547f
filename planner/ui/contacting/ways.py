"""The ways to reach a person: mails, calls, messages, profiles and pages, each with its key, its words and its link."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from rich.segment import Segment
from rich.style import Style

from planner.core.model import Contact
from planner.core.records import record
from planner.ui.links import link_of, message_link
from planner.ui.text import linked, plain

MESSAGES = ("wa.me", "t.me", "telegram.me", "signal.me", "m.me", "matrix.to", "threema.id", "line.me")
"""Pages that open a conversation."""
PROFILES = (
    "linkedin.com", "xing.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "bsky.app", "github.com",
    "gitlab.com", "orcid.org", "threads.net",
)  # fmt: skip
KEYS = {"mail": "m", "call": "c", "message": "s", "profile": "p", "page": "w"}
"""The key of the first way of each kind; further ways get digits."""


@record(frozen=True, slots=True)
class Way:
    """One way to reach somebody."""

    kind: str
    """ "mail", "call", "message", "profile" or "page"."""
    value: str
    """The stored address, which is copied."""
    words: str
    """The address as it is shown."""
    link: str = ""
    """The link that opens the way; empty if it can only be copied."""
    label: str = ""
    key: str = ""


def ways_of(contact: Contact) -> tuple[Way, ...]:
    """Every way to reach a contact, mails first; each has its own key, as far as the digits last."""
    found = list(_found(contact))
    found.sort(key=lambda way: list(KEYS).index(way.kind))
    taken: set[str] = set()
    digits = iter("23456789")
    keyed = []
    for way in found:
        key = KEYS[way.kind]
        key = next(digits, "") if key in taken else key
        taken.add(key)
        keyed.append(Way(way.kind, way.value, way.words, way.link, way.label, key))
    return tuple(keyed)


def _found(contact: Contact) -> Iterator[Way]:
    for cell in contact.emails:
        yield Way("mail", cell.value, cell.value, link_of("email", cell.value), cell.label)
    keys = contact.phone_keys or ("",) * len(contact.phones)
    for cell, key in zip(contact.phones, keys, strict=False):
        yield Way("call", cell.value, cell.value, link_of("phone", cell.value, key), cell.label)
        message = message_link(cell.value, key)
        if message:
            yield Way("message", cell.value, cell.value, message, cell.label)
    for cell in contact.urls:
        link = link_of("url", cell.value)
        yield Way(_kind_of_page(link), cell.value, short_page(cell.value), link, cell.label)


def _kind_of_page(link: str) -> str:
    host, path = _parts(link)
    if any(host == one or host.endswith(f".{one}") for one in MESSAGES):
        return "message"
    known = any(host == one or host.endswith(f".{one}") for one in PROFILES)
    return "profile" if known or path.startswith("@") else "page"


def _parts(link: str) -> tuple[str, str]:
    try:
        parts = urlsplit(link)
        return (parts.hostname or "").removeprefix("www."), parts.path.strip("/")
    except ValueError:
        return "", ""


def short_page(address: str) -> str:
    """A web address as a line shows it: "in/ana-silva" for LinkedIn, any other without "https://www."."""
    host, path = _parts(link_of("url", address))
    if host.endswith("linkedin.com") and path.startswith("in/"):
        return path
    bare = plain(address).strip().split("://", 1)[-1].removeprefix("www.")
    return bare.rstrip("/")


def reach_line(contact: Contact, width: int, style: Style, between: Style) -> list[Segment]:
    """Mails, phones and pages on one line, each a link if the terminal supports it; empty without any.

    The first of each kind comes before the others. An address that does not fit whole in `width` cells is left out:
    half an address reaches nobody. Only if none fits is the first one returned, to be cut.
    """
    ways = [way for way in ways_of(contact) if way.kind != "message" or not way.link.startswith("sms:")]
    seen: set[str] = set()
    first: list[Way] = []
    others: list[Way] = []
    for way in ways:
        (others if way.kind in seen else first).append(way)
        seen.add(way.kind)
    shown = [Segment(plain(way.words), linked(style, way.link)) for way in (*first, *others)]
    line: list[Segment] = []
    for words in shown:
        gap = [Segment("  ", between)] if line else []
        if sum(one.cell_length for one in (*line, *gap, words)) <= width:
            line += [*gap, words]
    return line or shown[:1]
