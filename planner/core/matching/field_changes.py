"""What a record of a file may change about the contact it is known to mean. Pure.

Nothing is overwritten by older data: a differing value is added, or the old one is kept as history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, fields
from datetime import date

from planner.core.contact_fields import ADDRESS_FIELDS, LINES, NAME_PART, SAID_MORE, Newer
from planner.core.matching.recognition import are_compatible, name_words
from planner.core.model import Cell, Contact, ContactDate, ImportedContact, ImportedDate
from planner.core.records import record
from planner.core.words.folding import fold


@record(frozen=True, slots=True)
class FieldChanges:
    """What a record changes about a contact; empty throughout when it changes nothing."""

    fields: dict[str, str] = field(default_factory=dict)
    """New values of text fields, by name."""
    emails: tuple[Cell, ...] = ()
    phones: tuple[Cell, ...] = ()
    urls: tuple[Cell, ...] = ()
    said: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    """Further values from cards, by kind."""
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
    is_moved: bool = False
    """Whether the present company and title become a former position."""
    dated_on: date | None = None
    """The new date of company and title, when the record is newer; alone it does not count as a change."""

    @property
    def unchanged(self) -> bool:
        """Whether the contact stays as it is."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in _ALONE_NO_CHANGE)


_FOLLOWING = tuple(one.attribute for one in LINES if one.newer is Newer.FOLLOWS)
_DATED = tuple(one.attribute for one in LINES if one.newer is Newer.DATED)
_ALONE_NO_CHANGE = frozenset({"dated_on", "cadence_since"})


def merge_fields(
    existing: Contact,
    incoming: ImportedContact,
    typed_fields: frozenset[str] = frozenset(),
    existing_dated_on: date | None = None,
    phone_form: Callable[[str], str | None] | None = None,
    *,
    same_record: bool = False,
) -> FieldChanges:
    """What to take over from a record about a known contact.

    What the user typed (`typed_fields`: names of fields) stays; empty never overwrites; e-mails, phones, urls, circles,
    dates and relations unite. A line changes if its field allows it (`contact_fields.Newer`). A rhythm is taken only by
    a contact without their own; of two days of meeting the earlier one is kept. `phone_form` gives the normal form of a
    number; by default only the digits are compared. A name is replaced by a better one, and by the one its own record
    gives now (`same_record`: the record was read before, under another name).
    """
    changes: dict[str, str] = {}
    follows = incoming.source == existing.source
    for name in _FOLLOWING:
        old, new = getattr(existing, name), getattr(incoming, name)
        if not new or new == old or name in typed_fields:
            continue
        if name == "name":
            if _takes_name(old, new, follows=follows, same_record=same_record):
                changes[name] = new
        elif not old or follows:
            changes[name] = new
    if incoming.notes and "notes" not in typed_fields and incoming.notes not in existing.notes:
        changes["notes"] = f"{existing.notes}\n\n{incoming.notes}" if existing.notes else incoming.notes
    wins = _is_newer(existing, incoming, existing_dated_on)
    replaced = []
    for name in _DATED:
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
        said=_said_more(existing, incoming, is_renamed="name" in changes),
        circles=tuple(_new_texts(existing.circles, incoming.circles)),
        dates=dates,
        years=years,
        relations=_new_relations(existing, incoming),
        cadence=incoming.cadence if existing.cadence is None else "",
        cadence_since=incoming.cadence_since,
        met_on=incoming.met_on if _is_earlier(incoming.met_on, existing.met_on) else None,
        deceased=incoming.deceased and existing.status != "deceased",
        is_moved=bool(replaced),
        dated_on=incoming.dated_on if wins and incoming.dated_on != existing_dated_on else None,
    )


def other_facts(existing: Contact, incoming: ImportedContact) -> FieldChanges:
    """The further facts in a record: a rhythm for a contact without one, the day of meeting, a death."""
    return FieldChanges(
        cadence=incoming.cadence if existing.cadence is None else "",
        cadence_since=incoming.cadence_since,
        met_on=incoming.met_on if _is_earlier(incoming.met_on, existing.met_on) else None,
        deceased=incoming.deceased and existing.status != "deceased",
        dated_on=incoming.dated_on,
    )


def _takes_name(old: str, new: str, *, follows: bool, same_record: bool) -> bool:
    if not is_name(new):
        return not old
    if not is_name(old):
        return True
    return follows and (same_record or is_worse_name(old, new))


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: not an e-mail address, not a number."""
    return "@" not in text and any(map(str.isalpha, text))


def is_worse_name(one: str, other: str) -> bool:
    """Whether the first of two names of one person says less, or is spelled worse, than the second."""
    first, second = name_words(one), name_words(other)
    if sorted(first) != sorted(second):
        return are_compatible(one, other) and sum(map(len, first)) < sum(map(len, second))
    return _flaws(one) > _flaws(other)


def _flaws(name: str) -> int:
    """A score of how badly a name is written; higher is worse."""
    letters = "".join(filter(str.isalpha, name))
    signs = sum(not (sign.isalpha() or sign in " .-'’") for sign in name) + sum(name[:1] == sign for sign in "'’")
    return 4 * (letters.isupper() or letters.islower()) + 2 * (signs > 0) + name.isascii()


def _is_earlier(one: date | None, other: date | None) -> bool:
    return one is not None and (other is None or one < other)


def _is_newer(existing: Contact, incoming: ImportedContact, existing_dated_on: date | None) -> bool:
    """Whether the record's company and title are newer than ours; equally old ones follow the source."""
    if not incoming.company and not incoming.title:
        return False
    if incoming.dated_on == existing_dated_on:
        return incoming.source == existing.source
    if incoming.dated_on is None:
        return False
    return existing_dated_on is None or incoming.dated_on > existing_dated_on


def _digits(number: str) -> str:
    """The digits of a number and its extension; a number without any is compared as text."""
    return "".join(character for character in number if character.isdigit()) or fold(number)


def _said_more(existing: Contact, incoming: ImportedContact, *, is_renamed: bool) -> dict[str, tuple[Cell, ...]]:
    """New values of other kinds; the parts of a name are taken only with the name."""
    found = {}
    for kind in (NAME_PART, *SAID_MORE):
        new = getattr(incoming, ADDRESS_FIELDS[kind])
        if not new:
            continue
        held = getattr(existing, ADDRESS_FIELDS[kind])
        if kind == NAME_PART:
            new = new if new != held and (not held or is_renamed) else ()
        else:
            new = _new_cells(held, new, fold)
        if new:
            found[kind] = new
    return found


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
    """Dates to add, and years that were missing. A different birthday never replaces ours."""
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
