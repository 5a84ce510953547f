"""Which contacts of a whole network may be one person entered twice: pairs to look at, never to merge unasked.

Not every pair is compared: two contacts are compared only if they share a cheap key (an address, the name, the given
name and the sound of the family name). A hundred thousand contacts cost one pass over them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from planner.core.matching.nicknames import nickname_groups
from planner.core.matching.recognition import Likeness, are_compatible, is_personal, name_words
from planner.core.records import record

MOST_ALIKE = 6
"""Up to this many contacts with the same key, every pair is suggested; of more, each only with the first."""
SWITCHBOARD = 12
"""A number or address that more people have belongs to no single person."""
COMMON_NAME = 30
"""A name that more people have is no evidence."""
LEAST_SIMILAR = 0.75
"""The difflib ratio below which two spellings are two names."""
ORDER = {one: place for place, one in enumerate(Likeness)}
SURE = frozenset(
    {Likeness.EMAIL_AND_NAME, Likeness.EMAIL, Likeness.PHONE, Likeness.COMPANY, Likeness.KEY, Likeness.MAILBOX}
)
"""Likenesses that are found without looking at everybody."""
AT_ONCE = 256
"""Contacts compared before other work may run."""

_rewritten = ((re.compile(r"ph|pf"), "f"), (re.compile(r"ck|ch|q|x|c"), "k"), (re.compile(r"sz|z|ss"), "s"),
              (re.compile(r"tz"), "s"), (re.compile(r"dt|th|d"), "t"), (re.compile(r"[vw]"), "f"),
              (re.compile(r"b"), "p"), (re.compile(r"[aeiouyhj]"), ""), (re.compile(r"(.)\1+"), r"\1"))  # fmt: skip


@record(frozen=True, slots=True)
class ComparedContact:
    """The data of a contact that the search for duplicates needs; the texts are not folded."""

    id: int
    name: str
    company: str = ""


@record(frozen=True, slots=True)
class LikelyPair:
    """Two contacts who may be one person, the smaller id first, and the strongest reason."""

    one: int
    other: int
    likeness: Likeness


@record(frozen=True, slots=True)
class Compared:
    """The input of the search for duplicates; `known` are the pairs that imports left open, with the reason."""

    entries: Sequence[ComparedContact]
    emails: Mapping[str, Sequence[int]]
    phones: Mapping[str, Sequence[int]]
    known: Mapping[tuple[int, int], str]


def search(compared: Compared, between: Callable[[], object] = bool) -> list[LikelyPair]:
    """Every pair of contacts who may be one person: first those that imports left open, then the surest.

    `between` is called often; an exception from it ends the search.
    """
    known = compared.known
    found = likely_pairs(compared.entries, compared.emails, compared.phones, between)
    suggested = {(pair.one, pair.other) for pair in found}
    left = [
        LikelyPair(*pair, Likeness(why))
        for pair, why in known.items()
        if pair not in suggested and why in list(Likeness)
    ]
    return sorted([*left, *found], key=lambda pair: (pair.one, pair.other) not in known)


def likely_pairs(
    entries: Sequence[ComparedContact],
    emails: Mapping[str, Sequence[int]],
    phones: Mapping[str, Sequence[int]],
    between: Callable[[], object] = bool,
) -> list[LikelyPair]:
    """Every pair of contacts who may be one person, the surest first; `emails` and `phones` hold ids by normal form.

    `between` is called often; an exception from it ends the search.
    """
    by_id = {one.id: one for one in entries}
    found: dict[tuple[int, int], Likeness] = {}

    def add(pairs: Iterable[tuple[int, int]], likeness: Likeness) -> None:
        for pair in pairs:
            known = found.get(pair)
            if known is None or ORDER[likeness] < ORDER[known]:
                found[pair] = likeness

    for email, ids in emails.items():
        personal = is_personal(email)
        for pair in _pairs([key for key in ids if key in by_id], SWITCHBOARD):
            alike = are_compatible(by_id[pair[0]].name, by_id[pair[1]].name)
            if personal:
                add([pair], Likeness.EMAIL_AND_NAME if alike else Likeness.EMAIL)
            elif alike:
                add([pair], Likeness.MAILBOX)
    for ids in phones.values():
        add(_pairs([key for key in ids if key in by_id], SWITCHBOARD), Likeness.PHONE)
    for place, (likeness, pairs) in enumerate(_by_name(entries, between)):
        if not place % AT_ONCE:
            between()
        add(pairs, likeness)
    ordered = sorted(found.items(), key=lambda item: (ORDER[item[1]], item[0]))
    return [LikelyPair(one, other, likeness) for (one, other), likeness in ordered]


def _by_name(
    entries: Sequence[ComparedContact], between: Callable[[], object]
) -> Iterator[tuple[Likeness, Iterable[tuple[int, int]]]]:
    """Pairs of contacts with similar names, by the kind of similarity."""
    same: dict[Hashable, list[int]] = defaultdict(list)
    company: dict[Hashable, list[int]] = defaultdict(list)
    short: dict[Hashable, list[int]] = defaultdict(list)
    sounds: dict[Hashable, list[int]] = defaultdict(list)
    words_of: dict[int, list[str]] = {}
    by_id = {one.id: one for one in entries}
    for place, one in enumerate(entries):
        if not place % AT_ONCE:
            between()
        words = name_words(one.name)
        if not words or "@" in one.name:
            continue
        words_of[one.id] = words
        name = " ".join(sorted(words))
        same[name].append(one.id)
        if one.company:
            company[name, one.company.casefold()].append(one.id)
        if len(words) < 2:
            continue
        given, family = words[0], words[-1]
        for group in nickname_groups(given):
            short[group, family].append(one.id)
        sounds[given, "", sound(family)].append(one.id)
        sounds["", sound(given), family].append(one.id)
    for ids in _shared(company):
        yield Likeness.COMPANY, _pairs(ids, len(ids))
    for ids in _shared(same):
        yield Likeness.NAME, _pairs(ids, COMMON_NAME)
    for ids in _shared(short):
        yield (
            Likeness.NICKNAME,
            (pair for pair in _pairs(ids, COMMON_NAME) if words_of[pair[0]][0] != words_of[pair[1]][0]),
        )
    for ids in _shared(sounds):
        yield Likeness.SIMILAR, (
            pair for pair in _pairs(ids, COMMON_NAME)
            if words_of[pair[0]] != words_of[pair[1]]
            and _may_meet(by_id[pair[0]], by_id[pair[1]])
            and _are_similar(" ".join(words_of[pair[0]]), " ".join(words_of[pair[1]]))
        )  # fmt: skip


def _shared(groups: Mapping[Hashable, list[int]]) -> list[list[int]]:
    return [ids for ids in groups.values() if len(ids) > 1]


def _pairs(ids: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Pairs of contacts who share a key. A key shared by more than `most` contacts gives none."""
    if len(ids) < 2 or len(ids) > most:
        return
    ordered = sorted(set(ids))
    if len(ordered) <= MOST_ALIKE:
        yield from combinations(ordered, 2)
    else:
        yield from ((ordered[0], other) for other in ordered[1:])


@lru_cache(maxsize=50_000)
def _are_similar(one: str, other: str) -> bool:
    if sorted(one.split()) == sorted(other.split()):
        return False
    return are_compatible(one, other) or SequenceMatcher(None, one, other).ratio() >= LEAST_SIMILAR


def _may_meet(one: ComparedContact, other: ComparedContact) -> bool:
    """Whether two contacts with similar names may be one person: not if they work at different companies."""
    return not one.company or not other.company or one.company.casefold() == other.company.casefold()


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The sound of a folded name: "meyer" and "maier" sound alike, and so do "katherine" and "catrin".

    A leading vowel stays; a name of a single sound stays as it is.
    """
    if not word.isalpha():
        return word
    text = word
    for pattern, instead in _rewritten[:-2]:
        text = pattern.sub(instead, text)
    head, rest = text[:1], text[1:]
    for pattern, instead in _rewritten[-2:]:
        rest = pattern.sub(instead, rest)
    return (head + rest) if rest else word
