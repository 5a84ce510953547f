"""What a need is about: the things, names and towns in its title, and the people who might know. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from itertools import chain

from planner.core.network.concepts import vocabulary
from planner.core.network.phrases import is_language
from planner.core.network.things import About, about
from planner.core.network.topics import stem, stems
from planner.core.records import record
from planner.core.words.folding import fold

_TOKEN = re.compile(r"[^\W_]+")
LEGAL = frozenset(
    "gmbh ltd limited inc ag sa sas sarl bv ab as oy llc plc co kg ev the and und et y of de du der".split()
)
"""Tokens that people leave out of the name of a firm."""
HIRES_FOR_OTHERS = stems("recruiter recruiting recruitment headhunter staffing")
"""Stems of the titles of people who hire for others."""
_WHERE = {
    "flat house room flatshare flatmate cottage tenant office": "estate agent, letting agent, property, housing, "
    "homes, landlord, realtor, immobilien, makler, agence immobiliere, inmobiliaria",
    "nurse doctor midwife physiotherapy": "hospital, clinic, ward, krankenhaus, klinik, hopital, clinique",
    "teach": "school, university, college, kindergarten, lycee, schule, ecole, escuela, universitat",
    "baker": "bakery",
    "cook": "restaurant, canteen, inn, hotel",
    "lawyer": "law firm, chambers, court",
    "grant funding": "foundation, grants, stiftung, fondation",
    "bee": "beekeeper, beekeeping, imker, apiculteur",
    "boat sailing": "marina, sailing club, harbour master",
    "cat dog rehome": "animal shelter, vet",
}
"""Things, and the trades that often deal with them."""
_MOVES = stems("move moving relocate live living open start settle based ziehen wohnen leben vivre vivir mudar")
_PLACE_AFTER = re.compile(r"\b(?:in|to|near|nach|à|en|a)\s+([^\W\d_][\w-]+(?:\s[A-Z][\w-]+)?)")
_SENTENCE = re.compile(r"[.;!?\n]+")
_PARTS = re.compile(r"[,;/\n]|\band\b|\bor\b|\bund\b|\boder\b|\bet\b|\bou\b|\by\b")
_BEFORE_WHO = frozenset("the a an some any people person somebody someone anyone anybody who at of from in my".split())


@record(frozen=True, slots=True)
class Hint:
    """A person or group who might know: "sailors", "Ida Holm", "people at the port of Lyon"."""

    text: str
    tokens: frozenset[str]
    about: About

    @property
    def stems(self) -> frozenset[str]:
        """The stems of its tokens."""
        return frozenset(map(stem, self.tokens))


@record(frozen=True, slots=True)
class Sought:
    """What a need is about: its things, the words and names of its title, its towns, and people who might know."""

    about: About
    tokens: frozenset[str]
    names: tuple[str, ...]
    """Names of firms and people as the title writes them, folded."""
    places: frozenset[str]
    moving: frozenset[str]
    """The towns that somebody moves to, if only the reason names them."""
    is_work: bool
    who: tuple[Hint, ...] = ()
    in_names: frozenset[str] = frozenset()
    """A quick filter: a name without any of these tokens is neither in the title nor made of its words."""
    seen_by: tuple[str, ...] = ()
    """Phrases for trades and firms that often deal with the things."""
    judged: dict[tuple[str, bool], bool] = field(default_factory=dict)
    """Cached results for each trade, firm and topic: many people share one, so a quarter of the time is saved."""
    known_for: dict[str, int] = field(default_factory=dict)
    """Cached results for each firm and topic that somebody is known for: 17,000 of them took a third of the time."""

    @property
    def rare_stems(self) -> frozenset[str]:
        """Stems of things, names and trades; whoever is related to the need has one of them in a field."""
        keys = [key for about in (self.about, *(hint.about for hint in self.who)) for key in _keys(about)]
        found = set(chain.from_iterable(map(_said_as, keys)))
        found.update(map(stem, self.tokens), *(hint.stems for hint in self.who))
        found.update(chain.from_iterable(map(stems, self.seen_by)))
        found.update(HIRES_FOR_OTHERS if self.is_work else ())
        return frozenset(found) - self.place_stems

    @property
    def place_stems(self) -> frozenset[str]:
        """Stems of towns; whoever is near has one of them in a field."""
        places = (*self.places, *self.moving, *(place for hint in self.who for place in hint.about.places))
        return frozenset(chain.from_iterable(map(stems, places)))

    @property
    def known_by(self) -> tuple[tuple[str, ...], ...]:
        """Sets of word beginnings that must all occur in what somebody knows, the narrowest set first."""
        names = [tuple(name.split()) for name in self.names]
        said = (word for word in self.tokens | self.places if len(word) > 2 and word not in vocabulary().role)
        words = sorted(word[:-1] if len(word) > 3 else word for word in said)
        return tuple(dict.fromkeys((*names, tuple(words), *((word,) for word in words))))


def sought(title: str, why: str = "", who: str = "") -> Sought:
    """What a need is about, from its title, its reason and the people who might know."""
    found = about(title)
    tokens = frozenset(tokens_of(title)) - vocabulary().generic - LEGAL
    moving = frozenset[str]() if found.places else frozenset(_moving_to(why))
    is_work = any(thing.kind == "job" for thing in found.things)
    hints = tuple(_hints(who))
    # A town is a place and a language a skill: neither is a person.
    names = tuple(name for name in _names(title, is_work) if name not in found.places and not is_language(name))
    in_names = tokens.union(*(name.split() for name in names))
    return Sought(found, tokens, names, found.places, moving, is_work, hints, in_names, seen_much_by(found))


@lru_cache(maxsize=50_000)
def tokens_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(_TOKEN.findall(fold(text)))


@lru_cache(maxsize=50_000)
def padded(text: str) -> str:
    """The tokens of a text with a blank around each."""
    return f" {' '.join(tokens_of(text))} "


def _keys(one: About) -> Iterator[str]:
    for thing in one.things:
        yield from (key for key in (thing.head, *thing.kinds, *thing.beside) if key)


@lru_cache(maxsize=2_000)
def _said_as(key: str) -> frozenset[str]:
    """The stems of the words for a thing."""
    words = [word for word, name in vocabulary().meaning.items() if name == key]
    return frozenset(chain.from_iterable(map(stems, (key.rstrip("~"), *words))))


def _names(title: str, is_work: bool) -> Iterator[str]:
    """Runs of capitalised words that are not known as words; for work only those that name a place of work."""
    known, run, at = vocabulary(), list[str](), ""
    for place, word in enumerate(_TOKEN.findall(title)):
        folded = fold(word)
        plain = folded in known.meaning or folded in known.role or folded in known.generic or folded in known.towns
        if word[:1].isupper() and folded not in known.countries and (run or not (plain or (place == 0 and is_work))):
            run.append(folded)
            continue
        if run and (not is_work or at in _AT):
            yield " ".join(run)
        run = []
        at = folded
    if run and (not is_work or at in _AT):
        yield " ".join(run)


_AT = frozenset("at with for bei chez von of from en the".split())


def _moving_to(why: str) -> Iterator[str]:
    """The towns in a reason that somebody moves to or lives in."""
    known = vocabulary()
    for sentence in _SENTENCE.split(why):
        if stems(sentence) & _MOVES:
            for found in _PLACE_AFTER.findall(sentence):
                town = fold(found)
                if town in known.towns or (found[:1].isupper() and town not in known.generic):
                    yield town


def _hints(who: str) -> Iterator[Hint]:
    for part in _PARTS.split(who):
        words = part.split()
        while words and fold(words[0]) in _BEFORE_WHO:
            words.pop(0)
        text = " ".join(words)
        tokens = frozenset(tokens_of(text)) - LEGAL - _BEFORE_WHO
        if tokens:
            yield Hint(text, tokens, about(text))


def seen_much_by(wanted: About) -> tuple[str, ...]:
    """Phrases for trades and firms that often deal with the things."""
    return _where_of(frozenset(key for one in wanted.things for key in (one.head, *one.kinds, one.kind) if key))


@lru_cache(maxsize=500)
def _where_of(keys: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        phrase for things, phrases in _WHERE.items() if keys & set(things.split()) for phrase in phrases.split(", ")
    )
