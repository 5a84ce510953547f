"""What happens to a contact when a card says something else than before. Pure.

A change on the card alone, removals included, is followed. Without a change on the card, what was done here stays.
Where both sides changed differently, a person is asked, and what is held here stays until they answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from functools import partial
from typing import Any

from planner.core.book.lists import Key, label_of, merge_list
from planner.core.book.rhythm import CADENCE, LAST_CONTACT, SINCE, rhythm_told
from planner.core.book.said import CIRCLES, CUT, DATES, DECEASED, LISTS, PHOTO, RELATIONS, TEXT_FIELDS, Said
from planner.core.book.texts import Day, MergedValue, merge_day, merge_line, merge_name, merge_note
from planner.core.contact_fields import OURS, TEXTS
from planner.core.matching.recognition import name_words
from planner.core.records import record
from planner.core.words.folding import fold

AddressForm = Callable[[str, str], str]
"""Gives the normal form by which addresses are compared, from (kind, value)."""
REACHED_BY = {name: kind for name, kind in LISTS.items() if kind in ("email", "phone")}
NAME_PARTS = "name_parts"
OWN = frozenset(one.attribute for one in TEXTS if one.vcard.startswith(OURS))
"""Texts in lines of the planner's own, which no other program writes."""
ONCE = ("birthday", "anniversary")
"""Kinds of days of the year of which a person has only one."""


@record(frozen=True, slots=True)
class Asked:
    """A field that a person has to decide: what the card said before, what it says now, and what is held here."""

    field: str
    before: Any
    theirs: Any
    mine: Any


@record(frozen=True, slots=True)
class Difference:
    """The result of a comparison: fields with the whole value they get, and fields to ask about.

    `wanted` are the fields in which the card should say something else, each with its whole value. `respelled` are
    changes that only spell the same values as the card does.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    wanted: dict[str, Any] = field(default_factory=dict)
    respelled: frozenset[str] = frozenset()
    days: tuple[str, ...] = ()
    """The changed days of which a person has only one, by kind."""

    @property
    def telling(self) -> tuple[str, ...]:
        """The changed fields whose meaning changed, not just the spelling."""
        told = [name for name in self.changes if name not in self.respelled]
        return tuple(one for name in told for one in (self.days if name == DATES and self.days else (name,)))


def compare(
    before: Said,
    now: Said,
    held: Said,
    form: AddressForm,
    *,
    elsewhere: Said | None = None,
    typed: Collection[str] = (),
    sends_circles: bool = False,
    sends_rhythm: bool = False,
) -> Difference:
    """Compare what a card said before, what it says now and what is held here about the same person.

    `elsewhere` is what other cards of the person say, as `said.united` gives it; `typed` names the fields that a person
    typed. Only with `sends_circles` are circles chosen here written to the card, and only with `sends_rhythm` a rhythm
    and the day of the last contact.
    """
    found = _Comparing(before, now, held, elsewhere or {}, frozenset(typed))
    for name in TEXT_FIELDS:
        found.text(name)
    for name, kind in LISTS.items():
        found.many(name, partial(_address_key, form, kind))
    found.many(CIRCLES, fold, ordered=False, sends_new=sends_circles)
    found.many(RELATIONS, lambda one: tuple(map(fold, one)), ordered=False, sends_new=False)
    found.days()
    found.rhythm(sends=sends_rhythm)
    if now.get(DECEASED) and not held.get(DECEASED):
        found.changes[DECEASED] = True
    if any(one.field == "name" for one in found.asked):
        # While the name is asked about, its parts wait with it.
        found.changes.pop(NAME_PARTS, None)
        found.wanted.pop(NAME_PARTS, None)
    if now.get(PHOTO) == CUT and before.get(PHOTO, CUT) != CUT:
        found.asked.append(Asked(PHOTO, before[PHOTO], CUT, before[PHOTO]))
    respelled, days = frozenset(found.respelled), tuple(found.changed_days)
    return Difference(found.changes, tuple(found.asked), found.wanted, respelled, days)


def is_someone_else(before: Said, now: Said, form: AddressForm) -> bool:
    """Whether a card now describes another person: no word of the name and no address stayed, though both had any."""
    if set(name_words(str(before.get("name", "")))) & set(name_words(str(now.get("name", "")))):
        return False
    old, new = (
        {(kind, form(kind, one[0])) for name, kind in REACHED_BY.items() for one in side.get(name, [])}
        for side in (before, now)
    )
    return bool(old and new) and not old & new


def _address_key(form: AddressForm, kind: str, one: Sequence[str]) -> Key:
    return form(kind, one[0]) or fold(one[0])


class _Comparing:
    """One comparison, field by field."""

    def __init__(self, before: Said, now: Said, held: Said, elsewhere: Said, typed: frozenset[str]) -> None:
        self.sides = (before, now, held)
        self.elsewhere = elsewhere
        self.typed = typed
        self.changes: dict[str, Any] = {}
        self.asked: list[Asked] = []
        self.wanted: dict[str, Any] = {}
        self.respelled: set[str] = set()
        self.changed_days: list[str] = []

    def text(self, name: str) -> None:
        before, now, held = (side.get(name, "") for side in self.sides)
        if before == now == held:
            return
        typed, others = name in self.typed, self.elsewhere.get(name, ())
        if name in OWN and not now:
            # Many programs drop lines they do not know, so a missing line means nothing.
            self._take(name, MergedValue(held, wanted=held if typed and held else None), before, now, held)
            return
        if name == "name":
            merged = merge_name(before, now, held, typed=typed)
        elif name == "notes":
            merged = merge_note(before, now, held, others, typed=typed)
        else:
            merged = merge_line(before, now, held, others, typed=typed)
        self._take(name, merged, before, now, held)

    def _take(self, name: str, merged: MergedValue, before: Any, now: Any, held: Any) -> None:
        if merged.asked:
            self.asked.append(Asked(name, before, now, held))
            return
        if merged.held != held:
            self.changes[name] = merged.held
        if merged.wanted is not None:
            self.wanted[name] = merged.wanted

    def many(self, name: str, key: Callable[[Any], Key], *, ordered: bool = True, sends_new: bool = True) -> None:
        before, now, held = (side.get(name, []) for side in self.sides)
        if before == now == held:
            return
        others = self.elsewhere.get(name, ())
        merged = merge_list(before, now, held, key, others, ordered=ordered, sends_new=sends_new)
        if merged.contested:
            self.asked.append(Asked(name, before, now, held))
            return
        if merged.held != held:
            self.changes[name] = merged.held
            if list(map(key, merged.held)) == list(map(key, held)) and all(
                label_of(old) in ("", label_of(new)) for old, new in zip(held, merged.held, strict=True)
            ):
                self.respelled.add(name)
        if merged.wanted is not None:
            self.wanted[name] = merged.wanted

    def rhythm(self, *, sends: bool) -> None:
        """Take over the card's rhythm unless one was chosen here meanwhile; a card without a rhythm removes none."""
        before, now, held = (str(side.get(CADENCE, "")) for side in self.sides)
        is_here_as_said = rhythm_told(held) == rhythm_told(before)
        if now and now != before and rhythm_told(now) != rhythm_told(held):
            if is_here_as_said:
                self.changes[CADENCE] = now
                held = now
            elif before:
                self.asked.append(Asked(CADENCE, before, now, held))
                return
        last_said, last_now = (side.get(LAST_CONTACT, "") for side in self.sides[:2])
        if last_now > last_said:
            self.changes[LAST_CONTACT] = last_now
        if not sends:
            return
        if rhythm_told(held) != rhythm_told(now):
            self.wanted |= {CADENCE: rhythm_told(held), SINCE: self.sides[2].get(SINCE, "") if held else ""}
        if self.sides[2].get(LAST_CONTACT, last_now) != last_now:
            self.wanted[LAST_CONTACT] = self.sides[2][LAST_CONTACT]

    def days(self) -> None:
        before, now, held = (side.get(DATES, []) for side in self.sides)
        if before == now == held:
            return
        others = self.elsewhere.get(DATES, ())
        result: list[Day] = []
        wanted: list[Day] = []
        is_wanted = False
        for kind in ONCE:
            said, says, holds = (_day_of(days, kind) for days in (before, now, held))
            merged = merge_day(said, says, holds, [one for one in others if fold(one[0]) == kind])
            kept = holds if merged.asked else merged.held
            if merged.asked:
                self.asked.append(Asked(kind, said, says, holds))
            self.changed_days += [kind] if kept != holds else []
            result += [kept] if kept else []
            said = merged.wanted if merged.wanted is not None else says
            is_wanted = is_wanted or merged.wanted is not None
            wanted += [said] if said else []
        old, new, mine, theirs = (
            [one for one in days if fold(one[0]) not in ONCE] for days in (before, now, held, others)
        )
        merged_rest = merge_list(old, new, mine, _day_key, theirs, ordered=False)
        years = _years(old, new, mine)
        result += [_in_year(one, years) for one in merged_rest.held]
        wanted += new if merged_rest.wanted is None else [_in_year(one, years) for one in merged_rest.wanted]
        if sorted(map(str, result)) != sorted(map(str, held)):
            self.changes[DATES] = result
        if is_wanted or merged_rest.wanted is not None:
            self.wanted[DATES] = wanted


def _day_of(days: Sequence[Day], kind: str) -> Day | None:
    return next((one for one in days if fold(one[0]) == kind), None)


def _years(old: Sequence[Day], new: Sequence[Day], mine: Sequence[Day]) -> dict[Key, int | None]:
    """The year of each day that both the card and the planner have: the card's if only the card has one or changed it.

    Programs lose years, so a card without a year removes none.
    """
    before, now, held = ({_day_key(one): one[3] for one in reversed(days)} for days in (old, new, mine))
    found = {}
    for key in now.keys() & held.keys():
        follows = now[key] not in (None, before.get(key)) and held[key] in (None, before.get(key))
        found[key] = now[key] if follows else held[key]
    return found


def _in_year(one: Day, years: Mapping[Key, int | None]) -> Day:
    return [*one[:3], years.get(_day_key(one), one[3])]


def _day_key(one: Day) -> Key:
    return fold(one[0]), one[1], one[2]
