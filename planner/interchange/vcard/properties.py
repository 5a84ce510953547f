"""What each property of a vCard adds to the draft of a person. A value is decoded and clean, but still escaped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from planner.core.contact_fields import FIELDS, LINES, Kind
from planner.interchange.vcard.draft import Draft
from planner.interchange.vcard.values import PropertyHeader, plain_label, read_date, unescape

Handler = Callable[[Draft, PropertyHeader, str], None]
CHATS = {
    "jabber": "xmpp",
    "skype": "skype",
    "aim": "aim",
    "icq": "icq",
    "msn": "msnim",
    "yahoo": "ymsgr",
    "skype-username": "skype",
    "google-talk": "xmpp",
    "telegram": "telegram",
    "matrix": "matrix",
    "signal": "signal",
}
"""Chat services with a property of their own, and the scheme of their addresses."""


def _first(attribute: str) -> Handler:
    """A handler that keeps the first non-blank value."""

    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        if not getattr(draft, attribute) and value.strip(" ;"):
            setattr(draft, attribute, value)

    return handle


def _plain(attribute: str) -> Handler:
    """A handler for a field of the planner's own: it keeps the first non-blank value."""

    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        if not value.isspace():
            draft.lines.setdefault(attribute, value)

    return handle


def _listed(attribute: str) -> Handler:
    """A handler that keeps every non-blank value, with its header."""

    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        if value and not value.isspace():
            getattr(draft, attribute).append((value, header))

    return handle


def _dated(kind: str) -> Handler:
    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        draft.dates.append((kind, value, header))

    return handle


def _related(relation: str) -> Handler:
    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        draft.relations.append((relation, value, header))

    return handle


def _chat(service: str) -> Handler:
    """A handler for the property of a chat service, from before IMPP."""

    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        if value.strip() and ":" not in value:
            value = f"{CHATS[service]}:{value}"
        _listed("chats")(draft, header, value)

    return handle


def _take_note(draft: Draft, header: PropertyHeader, value: str) -> None:
    note = unescape(value).strip()
    if note and note not in draft.notes:
        draft.notes.append(note)


def _take_categories(draft: Draft, header: PropertyHeader, value: str) -> None:
    draft.categories.append(value)


def _take_group_label(draft: Draft, header: PropertyHeader, value: str) -> None:
    if header.group:
        draft.group_labels[header.group] = plain_label(unescape(value))


def _take_kind(draft: Draft, header: PropertyHeader, value: str) -> None:
    draft.kind = value.strip().lower()


def _take_death(draft: Draft, header: PropertyHeader, value: str) -> None:
    draft.deceased = True


def _take_status(draft: Draft, header: PropertyHeader, value: str) -> None:
    draft.archived = value.strip().casefold() == "archived"


def _day_of(attribute: str) -> Handler:
    """A handler for a day with its year."""

    def handle(draft: Draft, header: PropertyHeader, value: str) -> None:
        read = read_date("", value)
        if read is not None and read.year is not None:
            draft.days[attribute] = date(read.year, read.month, read.day)

    return handle


_RELATIONS = {
    name: relation
    for relation in ("spouse", "manager", "assistant")
    for stem in (relation.upper(),)
    for name in (f"X-{stem}", f"X-MS-{stem}", f"X-EVOLUTION-{stem}", f"X-KADDRESSBOOK-X-{stem}SNAME")
}
RELATED = ("RELATED", "X-ABRELATEDNAMES", *_RELATIONS)
"""The properties that name somebody the person knows."""
LAST_CONTACT_LINE = "X-PLANNER-LAST-CONTACT"
"""The property with the day of the last contact."""
HANDLERS: dict[str, Handler] = {
    "FN": _first("formatted"),
    "N": _first("structured"),
    "NICKNAME": _first("nickname"),
    "ORG": _listed("organisations"),
    "TITLE": _listed("titles"),
    "ROLE": _listed("roles"),
    "UID": _first("uid"),
    "REV": _first("revised"),
    "EMAIL": _listed("emails"),
    "TEL": _listed("phones"),
    "URL": _listed("urls"),
    "X-SOCIALPROFILE": _listed("urls"),
    "SOCIALPROFILE": _listed("urls"),
    "X-LINKEDIN": _listed("urls"),
    "ADR": _listed("streets"),
    "IMPP": _listed("chats"),
    **{f"X-{name.upper()}": _chat(name) for name in CHATS},
    "NOTE": _take_note,
    "CATEGORIES": _take_categories,
    "BDAY": _dated("birthday"),
    "ANNIVERSARY": _dated("anniversary"),
    "X-ANNIVERSARY": _dated("anniversary"),
    "X-MS-ANNIVERSARY": _dated("anniversary"),
    "X-EVOLUTION-ANNIVERSARY": _dated("anniversary"),
    "X-KADDRESSBOOK-X-ANNIVERSARY": _dated("anniversary"),
    "X-ABDATE": _dated(""),
    "RELATED": _related(""),
    "X-ABRELATEDNAMES": _related(""),
    **{name: _related(relation) for name, relation in _RELATIONS.items()},
    "X-ABLABEL": _take_group_label,
    "KIND": _take_kind,
    "X-ADDRESSBOOKSERVER-KIND": _take_kind,
    "DEATHDATE": _take_death,
}
HANDLERS |= {one.vcard: _plain(one.attribute) for one in FIELDS if one.vcard and one.kind in (Kind.RHYTHM, Kind.CHOICE)}
HANDLERS |= {one.vcard: _day_of(one.attribute) for one in FIELDS if one.vcard and one.kind is Kind.DAY}
HANDLERS["X-PLANNER-STATUS"] = _take_status
HANDLERS[LAST_CONTACT_LINE] = _day_of("last_contact_on")
HANDLERS |= {one.vcard: _plain(one.attribute) for one in LINES if one.vcard and one.vcard not in HANDLERS}
