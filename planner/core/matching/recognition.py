"""Whether a record of a file is somebody who is a contact already; what the record changes is in `field_changes`.

Names alone never merge two people: scores cannot tell Sarah Chen from Sara Chan. Pure rules; the
caller finds the candidates by key, e-mail, phone, or name and company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from planner.core.model import Cell, ImportedContact
from planner.core.records import record
from planner.core.words.folding import fold

PROFILE_PREFIX = "linkedin:"
OWN_PREFIX = "planner:"
"""Before the uid of a contact in the keys of a record that a planner wrote."""
RECORD_PREFIX = "record:"
"""Keys of records that brought none of their own: equal ones are the same record, others say nothing."""
_SURE_PREFIXES = (PROFILE_PREFIX, RECORD_PREFIX)
"""Keys that are one person's wherever they stand. Any other may be a number that two address books both gave."""
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
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Extras that tell father and son apart."""
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
    """An existing contact as far as matching needs it.

    `keys` are its source keys, `said` what records said under them (fingerprints, and `name_mark` of names),
    `phone_keys` its numbers in normal form (the caller's, the same as for the record). `told_apart` means a person
    said before that this record is someone else.
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
    """The files of the import under way that speak of the contact: two records of one file with different keys are two
    people, two files of a folder of cards may speak of one."""
    told_apart: bool = False


@record(frozen=True, slots=True)
class Decision:
    """What to do with a record: `contact_id` is the contact it is or may be, None for somebody new."""

    level: Level
    contact_id: int | None
    reason: str
    likeness: Likeness | None = None
    """Why the two may be one person, where a person is asked."""


UNKNOWN = Decision(Level.NEW, None, "not known yet")


def decide(
    incoming: ImportedContact,
    candidates: Iterable[Candidate],
    phone_keys: frozenset[str] = frozenset(),
    said: frozenset[str] = frozenset(),
) -> Decision:
    """Who a record is, by the first rule that holds for any candidate; `said` as for `Candidate`.

    Same source key that `means` the candidate: the same. Same personal e-mail and compatible names, or same valid
    phone and same name: merge. Same e-mail under another name, same phone, same name and company, or same source key
    under another name: ask. Otherwise new. Different profile slugs, different keys within one file, and people told
    apart before never meet, unless a key is shared.
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
    """The question about a record under a key of somebody with another name."""
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
    # A key with its country is a number that can be dialled; bare digits may be anybody's.
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
    """Whether a record under a key of a candidate means that candidate, and not somebody numbered alike.

    A sure key does, and one that this planner gave, but for a file that uses it twice. Any other does with the same
    name, now or when the key was read before, or with a shared address of one's own.
    """
    if key.startswith(_SURE_PREFIXES) or (key in candidate.own_keys and not candidate.read_from):
        return True
    if said & candidate.said or are_same_name(incoming.name, candidate.name) or phone_keys & candidate.phone_keys:
        return True
    theirs = _folded(candidate.emails)
    return any(email in theirs and is_personal(email) for email in _folded(cell.value for cell in incoming.emails))


def key_beside(key: str, name: str) -> str:
    """The key of a record whose own key belongs to somebody with another name; sure keys stay as they are."""
    return key if key.startswith(_SURE_PREFIXES) else f"{key}~{name_mark(name)}"


def name_mark(name: str) -> str:
    """A short mark of a name, the same for its words in any order: to be kept beside a key."""
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


def are_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, accents, order and titles; Jr. and Sr. are two people."""
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
    words = _words_of(folded.replace("'", "").replace("’", ""))[:12]
    return [word for word in words if word not in _NAME_EXTRAS] or words


def _words_of(folded: str) -> list[str]:
    # Most names are nothing but words and blanks.
    return folded.split() if folded.replace(" ", "").isalnum() else _words.findall(folded)


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


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


_PLACE = frozenset({"file", "line", "remarks", "dated_on", "revision", "awaited"})
_TOLD = tuple(each.name for each in fields(ImportedContact) if each.name not in _PLACE)
_told = attrgetter(*_TOLD)
