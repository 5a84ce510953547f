"""Whether a record of a file is someone we know already, and what it may change about them.

Names alone never merge two people: scores cannot tell Sarah Chen from Sara Chan. Pure rules; the
caller finds the candidates by key, e-mail, phone, or name and company.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, fields
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from planner.core.folding import fold
from planner.core.model import Cell, Contact, ContactDate, ImportedContact, ImportedDate
from planner.core.records import record

PROFILE_PREFIX = "linkedin:"
OWN_PREFIX = "planner:"
"""Before the uid of a contact in the keys of a record that a planner wrote."""
RECORD_PREFIX = "record:"
"""Keys of records that brought none of their own: equal ones are the same record, others say nothing."""
_SHARED_MAILBOXES = frozenset(
    {"info", "office", "noreply", "no-reply", "donotreply", "do-not-reply", "team", "contact", "hello"}
    | {"support", "sales", "admin", "service", "help", "billing", "accounts", "jobs", "hr", "press"}
    | {"reception", "secretary", "secretariat", "webmaster", "postmaster", "newsletter", "enquiries"}
    | {"inquiries", "mail", "post", "kontakt", "buero", "family", "familie"}
)
# Never a word that is also somebody's name: "Ma", "Ing" and "Do" are.
_NAME_EXTRAS = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "dipl", "herr", "frau", "mme"}
    | {"phd", "mba", "msc", "bsc", "jr", "sr", "ii", "iii", "iv", "esq"}
)
_words = re.compile(r"[^\W_]+")


class Level(StrEnum):
    """How sure a match is."""

    SAME = "same"
    MERGE = "merge"
    ASK = "ask"
    NEW = "new"


class Likeness(StrEnum):
    """What two entries have in common that may make them one person; the strongest first."""

    EMAIL_AND_NAME = "email-name"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    MAILBOX = "mailbox"
    NAME = "name"
    NICKNAME = "nickname"
    SIMILAR = "similar"
    BY_HAND = "by-hand"

    @property
    def words(self) -> str:
        """ "same phone"."""
        return _LIKENESS_WORDS[self]


_LIKENESS_WORDS = {
    Likeness.EMAIL_AND_NAME: "same e-mail and name",
    Likeness.EMAIL: "same e-mail, other name",
    Likeness.PHONE: "same phone",
    Likeness.COMPANY: "same name and company",
    Likeness.MAILBOX: "same shared mailbox and name",
    Likeness.NAME: "same name",
    Likeness.NICKNAME: "perhaps a short form of the name",
    Likeness.SIMILAR: "similar name",
    Likeness.BY_HAND: "marked by you",
}


@record(frozen=True, slots=True)
class Candidate:
    """An existing contact as far as matching needs it.

    `keys` are its source keys, `phone_keys` its numbers in normal form (the caller's, the same as for
    the record). `told_apart` means a person said before that this record is someone else.
    """

    id: int
    name: str
    keys: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phone_keys: frozenset[str] = frozenset()
    company: str = ""
    in_this_import: bool = False
    """Came from the very file being read: two records of one file with different keys are two people."""
    told_apart: bool = False


@record(frozen=True, slots=True)
class Decision:
    """What to do with a record: `contact_id` is who it is or may be, None for someone new."""

    level: Level
    contact_id: int | None
    reason: str
    likeness: Likeness | None = None
    """What there is to ask about."""


_UNKNOWN = Decision(Level.NEW, None, "not known yet")


def decide(
    incoming: ImportedContact, candidates: Iterable[Candidate], phone_keys: frozenset[str] = frozenset()
) -> Decision:
    """Who a record is, by the first rule that holds for any candidate.

    Same source key: the same. Same personal e-mail and compatible names: merge. Same e-mail under
    another name, same phone, or same name and company: ask. Otherwise new. Different profile slugs,
    different keys within one file, and people told apart before never meet, unless a key is shared.
    """
    known = tuple(candidates)
    if not known:
        return _UNKNOWN
    for key in incoming.keys:
        for candidate in known:
            if key in candidate.keys:
                return Decision(Level.SAME, candidate.id, f"{_kind_of(key)} seen before")
    possible = [candidate for candidate in known if not _is_someone_else(incoming, candidate)]
    emails = {cell.value.casefold() for cell in incoming.emails}
    personal = {email for email in emails if is_personal(email)}
    by_email = [candidate for candidate in possible if personal & _folded(candidate.emails)]
    alike = [candidate for candidate in by_email if are_compatible(incoming.name, candidate.name)]
    if len(alike) > 1:
        folded = fold(incoming.name)
        alike = [candidate for candidate in alike if fold(candidate.name) == folded] or alike
    if len(alike) == 1:
        return Decision(Level.MERGE, alike[0].id, "same e-mail, same name")
    if alike:
        return Decision(Level.ASK, alike[0].id, "same e-mail as several people", Likeness.EMAIL_AND_NAME)
    if by_email:
        return Decision(Level.ASK, by_email[0].id, f"same e-mail as {by_email[0].name}", Likeness.EMAIL)
    for candidate in possible:
        if emails & _folded(candidate.emails) and are_compatible(incoming.name, candidate.name):
            return Decision(Level.ASK, candidate.id, "same shared mailbox and name", Likeness.MAILBOX)
    for candidate in possible:
        if phone_keys & candidate.phone_keys:
            return Decision(Level.ASK, candidate.id, f"same phone as {candidate.name}", Likeness.PHONE)
    if incoming.company:
        name, company = fold(incoming.name), fold(incoming.company)
        for candidate in possible:
            if fold(candidate.name) == name and fold(candidate.company) == company:
                return Decision(Level.ASK, candidate.id, "same name and company", Likeness.COMPANY)
    return _UNKNOWN


def _kind_of(key: str) -> str:
    return {"linkedin": "profile", "vcard": "card", "record": "record"}.get(key.partition(":")[0], "key")


def _folded(emails: Iterable[str]) -> set[str]:
    return {email.casefold() for email in emails}


def _is_someone_else(incoming: ImportedContact, candidate: Candidate) -> bool:
    if candidate.told_apart:
        return True
    theirs = {key for key in candidate.keys if not key.startswith(RECORD_PREFIX)}
    mine = {key for key in incoming.keys if not key.startswith(RECORD_PREFIX)}
    if candidate.in_this_import and theirs and mine:
        return True
    their_profiles = {key for key in theirs if key.startswith(PROFILE_PREFIX)}
    return bool(their_profiles) and any(key.startswith(PROFILE_PREFIX) for key in mine - their_profiles)


def is_personal(email: str) -> bool:
    """Whether a mailbox belongs to one person, as far as its name tells: not info@, office@, noreply@ …"""
    mailbox = email.casefold().partition("@")[0].partition("+")[0]
    return bool(mailbox) and mailbox not in _SHARED_MAILBOXES


def are_compatible(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same words in any order, initials, or the given name alone.

    Titles and degrees don't count. A name that is only an e-mail address says nothing, and fits any.
    Nicknames (Bob, Robert) are not known: they are for a person to decide.
    """
    if "@" in one or "@" in other or not one.strip() or not other.strip():
        return True
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return fold(one) == fold(other)
    if "".join(first) == "".join(second):
        return True
    fewer, more = sorted((first, second), key=len)
    if len(fewer) == 1:
        return fewer[0] == more[0] if len(fewer[0]) > 1 else False
    rest = list(more)
    full_words = 0
    for word in sorted(fewer, key=len, reverse=True):
        match = next((other for other in rest if word == other), None)
        if match is None:
            match = next((other for other in rest if _is_initial(word, other)), None)
        elif len(word) > 1:
            full_words += 1
        if match is None:
            return False
        rest.remove(match)
    return full_words > 0


def name_words(name: str) -> list[str]:
    """The folded words of a name without titles and degrees."""
    folded = fold(name)
    if folded.replace(" ", "").isalpha():
        # Most names: nothing but words and blanks.
        words = folded.split()[:12]
    else:
        words = _words.findall(folded.replace("'", "").replace("’", ""))[:12]
    return [word for word in words if word not in _NAME_EXTRAS] or words


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


@record(frozen=True, slots=True)
class FieldChanges:
    """What a record changes about a contact; everything empty means nothing."""

    fields: dict[str, str] = field(default_factory=dict)
    """New values of name, company, title, city, notes, what they look for and what they offer."""
    emails: tuple[Cell, ...] = ()
    phones: tuple[Cell, ...] = ()
    urls: tuple[Cell, ...] = ()
    circles: tuple[str, ...] = ()
    dates: tuple[ImportedDate, ...] = ()
    """Dates to add."""
    years: tuple[tuple[int, int], ...] = ()
    """(id of a date, its year) for dates whose year was unknown."""
    relations: tuple[tuple[str, str], ...] = ()
    cadence: str = ""
    cadence_since: date | None = None
    met_on: date | None = None
    deceased: bool = False
    history_note: str = ""
    """Company and title as they were, when newer ones take their place."""
    dated_on: date | None = None
    """How current company and title are now, when the record is newer; alone it is no change."""

    @property
    def unchanged(self) -> bool:
        """Whether the contact stays as it is."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in _ALONE_NO_CHANGE)


_ALONE_NO_CHANGE = frozenset({"dated_on", "cadence_since"})


def merge_fields(
    existing: Contact,
    incoming: ImportedContact,
    typed_fields: frozenset[str] = frozenset(),
    existing_dated_on: date | None = None,
    phone_form: Callable[[str], str | None] | None = None,
) -> FieldChanges:
    """What to take over from a record about someone known.

    What the user typed (`typed_fields`: name, company, title, city, notes, birthday) stays; empty never
    overwrites; e-mails, phones, urls, circles, dates and relations unite. Company and title come from
    the newest dated source. The name, city, what they look for and offer follow the source the contact came
    from. A rhythm goes to who has none of their own; of two days of meeting the earlier holds. `phone_form`
    brings two spellings of a number together; by default digits alone are compared.
    """
    changes: dict[str, str] = {}
    follows = incoming.source == existing.source
    for name in ("name", "city", "looking_for", "offers"):
        old, new = getattr(existing, name), getattr(incoming, name)
        is_placeholder = not old or (name == "name" and "@" in old and "@" not in new)
        if new and new != old and name not in typed_fields and (is_placeholder or follows):
            changes[name] = new
    if incoming.notes and "notes" not in typed_fields and incoming.notes not in existing.notes:
        changes["notes"] = f"{existing.notes}\n\n{incoming.notes}" if existing.notes else incoming.notes
    wins = _is_newer(existing, incoming, existing_dated_on)
    replaced = []
    for name in ("company", "title"):
        old, new = getattr(existing, name), getattr(incoming, name)
        if not new or name in typed_fields or new == old:
            continue
        if not old or wins:
            changes[name] = new
            if old and fold(old) != fold(new):
                replaced.append(name)
    dates, years = _new_dates(existing.dates, incoming.dates, "birthday" in typed_fields)
    return FieldChanges(
        fields=changes,
        emails=_new_cells(existing.emails, incoming.emails, str.casefold),
        phones=_new_cells(existing.phones, incoming.phones, phone_form or _digits),
        urls=_new_cells(existing.urls, incoming.urls, _plain_address),
        circles=tuple(_new_texts(existing.circles, incoming.circles)),
        dates=dates,
        years=years,
        relations=_new_relations(existing, incoming),
        cadence=incoming.cadence if existing.cadence is None else "",
        cadence_since=incoming.cadence_since,
        met_on=incoming.met_on if _is_earlier(incoming.met_on, existing.met_on) else None,
        deceased=incoming.deceased and existing.status != "deceased",
        history_note=_history_note(existing, existing_dated_on) if replaced else "",
        dated_on=incoming.dated_on if wins and incoming.dated_on != existing_dated_on else None,
    )


def _is_earlier(one: date | None, other: date | None) -> bool:
    return one is not None and (other is None or one < other)


def _is_newer(existing: Contact, incoming: ImportedContact, existing_dated_on: date | None) -> bool:
    """Whether company and title of the record are more current than ours; equally old follows the source."""
    if not incoming.company and not incoming.title:
        return False
    if incoming.dated_on == existing_dated_on:
        return incoming.source == existing.source
    if incoming.dated_on is None:
        return False
    return existing_dated_on is None or incoming.dated_on > existing_dated_on


def _history_note(existing: Contact, dated_on: date | None) -> str:
    position = " at ".join(text for text in (existing.title, existing.company) if text)
    return f"Until then: {position}" + (f" (as of {dated_on.isoformat()})" if dated_on else "")


def _digits(number: str) -> str:
    """The digits of a number and its extension; a number without any is compared as text."""
    return "".join(character for character in number if character.isdigit()) or fold(number)


def _plain_address(url: str) -> str:
    plain = url.strip().casefold().partition("://")
    address = plain[2] or plain[0]
    return address.removeprefix("www.").rstrip("/")


def _new_cells(
    existing: Sequence[Cell], incoming: Sequence[Cell], form: Callable[[str], str | None]
) -> tuple[Cell, ...]:
    seen = {form(cell.value) or fold(cell.value) for cell in existing}
    added = []
    for cell in incoming:
        key = form(cell.value) or fold(cell.value)
        if key not in seen:
            seen.add(key)
            added.append(cell)
    return tuple(added)


def _new_texts(existing: Iterable[str], incoming: Iterable[str]) -> Iterable[str]:
    seen = {fold(text) for text in existing}
    for text in incoming:
        if fold(text) not in seen:
            seen.add(fold(text))
            yield text


def _new_dates(
    existing: Sequence[ContactDate], incoming: Sequence[ImportedDate], birthday_typed: bool
) -> tuple[tuple[ImportedDate, ...], tuple[tuple[int, int], ...]]:
    """Dates to add, and years that were unknown. Another birthday never takes the place of ours."""
    added: dict[tuple[str, int, int], ImportedDate] = {}
    years: dict[int, int] = {}
    kinds = {fold(ours.kind) for ours in existing}
    for theirs in incoming:
        kind = fold(theirs.kind)
        if kind == "birthday" and birthday_typed:
            continue
        same = next(
            (
                ours
                for ours in existing
                if fold(ours.kind) == kind and (ours.month, ours.day) == (theirs.month, theirs.day)
            ),
            None,
        )
        if same is not None:
            if same.year is None and theirs.year is not None:
                years.setdefault(same.id, theirs.year)
        elif kind not in kinds or kind not in ("birthday", "anniversary"):
            added.setdefault((kind, theirs.month, theirs.day), theirs)
            kinds.add(kind)
    return tuple(added.values()), tuple(years.items())


def _new_relations(existing: Contact, incoming: ImportedContact) -> tuple[tuple[str, str], ...]:
    seen = {(fold(known.relation), fold(known.name)) for known in existing.acquaintances}
    added: dict[tuple[str, str], tuple[str, str]] = {}
    for relation, name in incoming.relations:
        key = (fold(relation), fold(name))
        if key not in seen:
            added.setdefault(key, (relation, name))
    return tuple(added.values())


def fingerprint(incoming: ImportedContact) -> str:
    """A digest of exactly what a record says, its place in the file and its age aside.

    To be kept beside the record's keys. It tells that nothing is new even where the contact has changed
    since: what was taken out by hand, or replaced by a newer source, does not come back with the next
    import of the same file.
    """
    # What is empty says nothing; and texts in tuples are shown far faster than records are.
    told = [
        (name, value if value.__class__ is str else _plain(value))
        for name, value in zip(_TOLD, _told(incoming), strict=True)
        if value
    ]
    return blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [(one.value, one.label) if isinstance(one, Cell) else one for one in value]
    return value


_TOLD = tuple(
    each.name for each in fields(ImportedContact) if each.name not in ("file", "line", "remarks", "dated_on")
)
_told = attrgetter(*_TOLD)
