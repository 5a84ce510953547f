"""Whether a record of a file is a known contact; `field_changes` decides what it changes.

Names alone never merge two people: no score can tell Sarah Chen from Sara Chan. Pure rules; the caller finds the
candidates by key, e-mail, phone, or name and company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter, itemgetter
from typing import Any

from planner.core.model import Cell, ImportedContact
from planner.core.records import record
from planner.core.words.folding import fold

PROFILE_PREFIX = "linkedin:"
OWN_PREFIX = "planner:"
"""The prefix of a contact's uid in the keys of a record that a planner wrote."""
RECORD_PREFIX = "record:"
"""The prefix of keys for records without their own: equal keys mean the same record, different ones mean nothing."""
_SURE_PREFIXES = (PROFILE_PREFIX, RECORD_PREFIX)
"""Prefixes of keys that identify one person everywhere. Any other key may be used by two address books."""
_SHARED_MAILBOXES = frozenset(
    {"info", "office", "noreply", "no-reply", "donotreply", "do-not-reply", "team", "contact", "hello"}
    | {"support", "sales", "admin", "service", "help", "billing", "accounts", "jobs", "hr", "press"}
    | {"reception", "secretary", "secretariat", "webmaster", "postmaster", "newsletter", "enquiries"}
    | {"inquiries", "mail", "post", "kontakt", "buero", "family", "familie"}
)
# Never a word that is also a name: "Ma", "Ing" and "Do" are.
_NAME_EXTRAS = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "dipl", "herr", "frau", "mme"}
    | {"phd", "mba", "msc", "bsc", "jr", "sr", "ii", "iii", "iv", "esq"}
)
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Suffixes that tell father and son apart."""
_words = re.compile(r"[^\W_]+")


class Level(StrEnum):
    """How sure a match is."""

    SAME = "same"
    MERGE = "merge"
    ASK = "ask"
    NEW = "new"


class Likeness(StrEnum):
    """What two entries have in common that suggests one person; the strongest first."""

    EMAIL_AND_NAME = "email-name"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    KEY = "key"
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
    Likeness.KEY: "same number in two address books, other name",
    Likeness.MAILBOX: "same shared mailbox and name",
    Likeness.NAME: "same name",
    Likeness.NICKNAME: "perhaps a short form of the name",
    Likeness.SIMILAR: "similar name",
    Likeness.BY_HAND: "marked by you",
}


@record(frozen=True, slots=True)
class Candidate:
    """An existing contact, with the values that matching needs.

    `keys` are its source keys, `said` what records said under them (fingerprints, and `name_mark` of names),
    `phone_keys` its numbers in normal form (the same form as the record's). `told_apart` means that a person said
    earlier that this record is someone else.
    """

    id: int
    name: str
    keys: frozenset[str] = frozenset()
    own_keys: frozenset[str] = frozenset()
    """The keys that files written by this planner give the contact."""
    emails: frozenset[str] = frozenset()
    phone_keys: frozenset[str] = frozenset()
    company: str = ""
    said: frozenset[str] = frozenset()
    read_from: frozenset[str] = frozenset()
    """The files of the current import that mention the contact: two records of one file with different keys are two
    people, but two files in a folder of cards may describe the same one.
    """
    told_apart: bool = False


@record(frozen=True, slots=True)
class Decision:
    """What to do with a record: `contact_id` is the contact it is or may be, None for a new person."""

    level: Level
    contact_id: int | None
    reason: str
    likeness: Likeness | None = None
    """Why the two may be one person, where the user is asked."""


UNKNOWN = Decision(Level.NEW, None, "not known yet")


def decide(
    incoming: ImportedContact,
    candidates: Iterable[Candidate],
    phone_keys: frozenset[str] = frozenset(),
    said: frozenset[str] = frozenset(),
) -> Decision:
    """The contact that a record means, by the first rule that holds for any candidate; `said` as for `Candidate`.

    Same source key that `means` the candidate: the same. Same personal e-mail and compatible names, or same valid phone
    and same name: merge. Same e-mail under another name, same phone, same name and company, or same source key under
    another name: ask. Otherwise new. Different profile slugs, different keys within one file, and people told apart
    before never match, unless a key is shared.
    """
    known = tuple(candidates)
    if not known:
        return UNKNOWN
    namesake: Candidate | None = None
    for key in incoming.keys:
        for candidate in known:
            if key in candidate.keys:
                if means(key, incoming, candidate, phone_keys, said):
                    return Decision(Level.SAME, candidate.id, f"{_kind_of(key)} seen before")
                namesake = namesake or candidate
    possible = [candidate for candidate in known if not _is_someone_else(incoming, candidate)]
    found = _by_email(incoming, possible) or _by_phone(incoming, possible, phone_keys)
    if found is None and incoming.company:
        name, company = fold(incoming.name), fold(incoming.company)
        for candidate in possible:
            if fold(candidate.name) == name and fold(candidate.company) == company:
                return Decision(Level.ASK, candidate.id, "same name and company", Likeness.COMPANY)
    if found is None and namesake is not None:
        return same_key(namesake)
    return found or UNKNOWN


def same_key(other: Candidate) -> Decision:
    """The question about a record whose key belongs to somebody with another name."""
    return Decision(Level.ASK, other.id, f"the same number as {other.name} in another address book", Likeness.KEY)


def _by_email(incoming: ImportedContact, possible: list[Candidate]) -> Decision | None:
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
    return None


def _by_phone(incoming: ImportedContact, possible: list[Candidate], phone_keys: frozenset[str]) -> Decision | None:
    sharing = [candidate for candidate in possible if phone_keys & candidate.phone_keys]
    if not sharing:
        return None
    # With its country code a key is a number that can be dialled; bare digits may be anybody's.
    valid = {key for key in phone_keys if key.startswith("+")}
    same = [one for one in sharing if valid & one.phone_keys and are_same_name(incoming.name, one.name)]
    if len(same) == 1:
        return Decision(Level.MERGE, same[0].id, "same phone, same name")
    one = same[0] if same else sharing[0]
    return Decision(Level.ASK, one.id, f"same phone as {one.name}", Likeness.PHONE)


def means(
    key: str,
    incoming: ImportedContact,
    candidate: Candidate,
    phone_keys: frozenset[str],
    said: frozenset[str] = frozenset(),
) -> bool:
    """Whether a record under a candidate's key means that candidate, and not somebody with the same number elsewhere.

    A sure key does, and so does a key that this planner gave, unless a file uses it twice. Any other key does with the
    same name, now or when the key was read before, or with a shared personal address.
    """
    if key.startswith(_SURE_PREFIXES) or (key in candidate.own_keys and not candidate.read_from):
        return True
    if said & candidate.said or are_same_name(incoming.name, candidate.name) or phone_keys & candidate.phone_keys:
        return True
    theirs = _folded(candidate.emails)
    return any(email in theirs and is_personal(email) for email in _folded(cell.value for cell in incoming.emails))


def key_beside(key: str, name: str) -> str:
    """A new key for a record whose own key belongs to somebody with another name; sure keys stay as they are."""
    return key if key.startswith(_SURE_PREFIXES) else f"{key}~{name_mark(name)}"


def name_mark(name: str) -> str:
    """A short digest of a name, the same for its words in any order, kept beside a key."""
    folded = fold(name)
    generation = _GENERATIONS.intersection(_words_of(folded))
    words = " ".join((*sorted(_without_extras(folded)), *sorted(generation))) or folded
    return f"n{blake2b(words.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def _kind_of(key: str) -> str:
    return {"linkedin": "profile", "vcard": "card", "record": "record"}.get(key.partition(":")[0], "key")


def _folded(emails: Iterable[str]) -> set[str]:
    return {email.casefold() for email in emails}


def _is_someone_else(incoming: ImportedContact, candidate: Candidate) -> bool:
    if candidate.told_apart:
        return True
    theirs = {key for key in candidate.keys if not key.startswith(RECORD_PREFIX)}
    mine = {key for key in incoming.keys if not key.startswith(RECORD_PREFIX)}
    if incoming.file in candidate.read_from and theirs and mine:
        return True
    their_profiles = {key for key in theirs if key.startswith(PROFILE_PREFIX)}
    return bool(their_profiles) and any(key.startswith(PROFILE_PREFIX) for key in mine - their_profiles)


def is_personal(email: str) -> bool:
    """Whether a mailbox belongs to one person, as far as its name tells: not info@, office@, noreply@ …"""
    mailbox = email.casefold().partition("@")[0].partition("+")[0]
    return bool(mailbox) and mailbox not in _SHARED_MAILBOXES


def are_compatible(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same words in any order, initials, or the given name alone.

    Titles and degrees don't count. A name that is only an e-mail address says nothing, and fits any. Nicknames (Bob,
    Robert) do not match: a person decides about them.
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


def are_same_name(one: str, other: str) -> bool:
    """Whether two names differ only in case, accents, order and titles; Jr. and Sr. are two people."""
    first, second = sorted(name_words(one)), sorted(name_words(other))
    if not first or not second:
        return fold(one) == fold(other)
    return first == second and _generation(one) == _generation(other)


def _generation(name: str) -> frozenset[str]:
    return _GENERATIONS.intersection(_words_of(fold(name)))


def name_words(name: str) -> list[str]:
    """The folded words of a name without titles and degrees."""
    return _without_extras(fold(name))


def _without_extras(folded: str) -> list[str]:
    if "'" in folded or "’" in folded:
        folded = folded.replace("'", "").replace("’", "")
    words = _words_of(folded)[:12]
    return [word for word in words if word not in _NAME_EXTRAS] or words


def _words_of(folded: str) -> list[str]:
    # Most names are only words and blanks.
    return folded.split() if folded.replace(" ", "").isalnum() else _words.findall(folded)


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def fingerprint(incoming: ImportedContact) -> str:
    """A digest of everything a record says, except its place in the file and its age.

    Kept beside the record's keys. It shows that a record says nothing new even if the contact has changed since: a
    value removed by hand, or replaced by a newer source, does not come back with the next import of the same file.
    """
    # Empty values say nothing; and texts in tuples are much faster to print than records.
    told = [
        (name, value if value.__class__ is str else _plain(value))
        for name, value in filter(_second, zip(_TOLD, _told(incoming), strict=True))
    ]
    return blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [(one.value, one.label) if isinstance(one, Cell) else one for one in value]
    return value


_PLACE = frozenset({"file", "line", "remarks", "dated_on", "revision", "awaited"})
_TOLD = tuple(each.name for each in fields(ImportedContact) if each.name not in _PLACE)
_told, _second = attrgetter(*_TOLD), itemgetter(1)
