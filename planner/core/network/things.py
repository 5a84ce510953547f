"""What a wish or an offer is about: the thing itself, told apart from its place, its qualities and small words. Pure.

"A first job in Lyon" is about a job; "two-bedroom flat, Lyon" about a flat; "teaches piano" about lessons, of piano.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from planner.core.network.concepts import vocabulary
from planner.core.network.meanings import activity, root, words_of
from planner.core.network.phrases import Thing, is_work, segments_of, thing_of
from planner.core.records import record

ENOUGH = {
    "developer": "developer", "dev": "developer", "development": "developer", "programmer": "developer",
    "programming": "developer", "tutor": "tutor", "tutoring": "tutor", "tuition": "tutor", "coach": "coach",
    "coaching": "coach", "speaker": "speaker",
}  # fmt: skip
"""Role words that are enough by themselves: a search for a developer accepts a developer of any kind."""


@record(frozen=True, slots=True)
class About:
    """All things of a text, its places, and the words for each key as written."""

    things: tuple[Thing, ...]
    places: frozenset[str]
    words: dict[str, str]
    hires: tuple[Thing, ...] = ()
    """People the text wants to hire: in a wish they are people of a trade, not work."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys to find matching texts by; two texts that match share one."""
        return frozenset(key for thing in (*self.things, *self.hires) for key in keys_of(thing))


def keys_of(thing: Thing) -> Iterator[str]:
    """The keys of a thing in the index."""
    if thing.kind == "job":
        yield "job"
        yield from (f"job {one}" for one in thing.kinds | thing.beside)
    elif thing.kind:
        yield from thing.kinds
        if thing.role in ENOUGH:
            yield f"a {ENOUGH[thing.role]}"
    else:
        yield thing.head
        yield root(thing.head)
        if thing.head == "making":
            yield from thing.kinds
        elif thing.head == "repair":
            yield from map(root, thing.kinds)


_HIRING = re.compile(
    r"\s*(?:(?:we\s+are|we're|is|are|now|looking|wants?|would\s+like|hopes?|needs?)\s+)*(?:to\s+)?"
    r"(?:hire|hires|hiring|recruit|recruits|recruiting)\s+(?=\S)",
    re.IGNORECASE,
)
"""How a text begins that wants to hire: "looking to hire a web developer"."""


_NOT_BUT = re.compile(r"\bnot\s+(?:an?|the|any)\b[^,;.]*?\bbut\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.]|\bbut\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:no longer|not\s+(?:an?|the|any)\b|(?:does|do|did|is|can)\s*(?:not|n['’]t)|cannot|no\s+(?=\w)|kein\w*"
    r"|nicht mehr|ya no|(?:ne\s+|n['’])\w+ (?:plus|pas))|\A\s*(?:(?:she|he|they|has|have)\s+)?"
    r"(?:used to|lost (?:an?|the|her|his|their|my)|stopped|gave (?:it|them|up)|given (?:it|them|up))\b",
    re.IGNORECASE,
)
"""Words that negate what follows."""
_NO_MORE = re.compile(
    r"\s*(?:not any ?more|no longer|not now|(?:(?:she|he|has|have)\s+)?(?:stopped|gave (?:it|them|that) (?:up|away)"
    r"|given (?:it|them|that) (?:up|away))|nicht mehr|ya no)\s*\Z",
    re.IGNORECASE,
)
"""Words that negate what precedes."""


def _as_it_stands(text: str) -> str:
    """A text without what it denies: "no kayaks, only canoes" is about canoes."""
    if not (_NOT_SO.search(text) or _NO_MORE.search(text) or _NOT_BUT.search(text)):
        return text
    kept: list[str] = []
    for clause in _CLAUSE.split(_NOT_BUT.sub("", text)):
        if _NO_MORE.match(clause):
            kept = kept[:-1]
            continue
        denied = _NOT_SO.search(clause)
        kept.append(clause[: denied.start()] if denied else clause)
    return ", ".join(one.strip() for one in kept if one.strip())


@lru_cache(maxsize=20_000)
def about(text: str) -> About:
    """The things a text is about."""
    text = _as_it_stands(text)
    hiring = _HIRING.match(text)
    hires = _read(text[hiring.end() :]).things if hiring else ()
    found = _read(text)
    return About(found.things, found.places, found.words, hires) if hires else found


def _read(text: str) -> About:
    shown: dict[str, str] = {}
    places: set[str] = set()
    things: list[Thing] = []
    before, joined_before, refining, does = False, False, False, False
    for segment, joined in segments_of(words_of(text)):
        found = thing_of(segment, places)
        for word in segment:
            for key in (word.key, word.folded, activity(word.folded)) if word.key else ():
                shown.setdefault(key, word.shown)
        if found is None:
            continue
        if found.kind == "job" and not found.kinds and things and things[-1].head:
            # "Bakers, part-time jobs"
            found = Thing("job", "", frozenset(), found.beside | {things[-1].head}, False, False, found.role)
        alone = len(segment) == 1 and not found.kind
        if alone and things and joined_before and _is_work(things[-1]):
            # "Teaches piano and violin"
            things[-1] = _with_kind(things[-1], found.head)
        elif alone and things and (refining or (len(things) == 1 and found.bare and _is_open(things[0]))):
            # "Tutoring, maths and physics"
            things[0], refining = _with_kind(things[0], found.head), True
        elif things and joined_before and does and not found.kind and found.head and not found.head.endswith("~"):
            # "Repairs coffee and espresso machines"
            things[-1] = _with_kind(_with_kind(things[-1], found.head), *found.kinds)
        elif before and found.kinds and (found.kind or (_is_work(found) and not _is_known(things[-1]))):
            # "UI and UX design"
            things[-1] = _with_kind(found, things[-1].head)
        else:
            things.append(found)
            refining = False
            does = len(segment) == 2 and bool(found.head) and _is_work(found) and bool(found.kinds)
        before = alone and joined
        joined_before = joined
    for place in places:
        shown.setdefault(place, place)
    return About(tuple(things), frozenset(places), shown)


def _with_kind(thing: Thing, *keys: str) -> Thing:
    kinds = thing.kinds.union(keys)
    return Thing(thing.kind, thing.head, kinds, thing.beside, False, False, thing.role)


def _is_work(thing: Thing) -> bool:
    return bool(thing.kind) or is_work(thing.head)


def _is_known(thing: Thing) -> bool:
    return thing.head.endswith("~") or thing.head in vocabulary().meaning


def _is_open(thing: Thing) -> bool:
    """Whether the text leaves open what is taught, translated or advised on."""
    return not thing.kinds and thing.kind != "job" and _is_work(thing)
