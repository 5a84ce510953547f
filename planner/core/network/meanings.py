"""The words of a wish or an offer with their meanings: plurals, a trade and its work, and synonyms share one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from planner.core.network.concepts import vocabulary
from planner.core.records import record
from planner.core.words.folding import fold

_PIECE = re.compile(r"[^\W_]+(?:[-’'.·][^\W_]+)*[+#]*|[,;:.!?()/–—|&\n]")
_BREAK = frozenset(",;:.!?()/–—|&\n")
AND = frozenset("and or und oder et ou y e o plus sowie".split())
ONE = frozenset("a an one ein eine einen einem einer eines un une una".split())
THIS = frozenset("the my your his her its our their der die das den le la les mon ma son sa el los las mi su".split())
_ARTICLES = ONE | THIS
"""Articles, and words used like articles."""
_NUMBER = re.compile(r"\d+|(?:one|two|three|four|five|six|seven|eight|ein|zwei|drei|vier)(?=[a-z]{4})")
_COMPOUNDS = (
    "unterricht", "lehrerin", "lehrer", "stunden", "kurs", "wohnung", "zimmer", "entwickler", "entwicklerin", "berater",
    "beratung", "reparatur", "arbeiten", "stelle", "ausbildung", "praktikum", "ubersetzer", "ubersetzung", "betreuung",
    "sitter", "sitting", "keeper", "keeping", "maker", "making", "nachhilfe", "vortrag", "designer", "design",
    "binder", "binding", "grower", "growing", "breeder", "breeding", "blower", "blowing", "turner", "carver", "carving",
    "weaver", "weaving",
)  # fmt: skip
"""Second parts of compounds that are written as one word but mean two."""


@record(frozen=True, slots=True)
class Word:
    """A word of a text: its meaning as a key, the word as written, its role, and whether it names a single thing."""

    key: str
    shown: str
    role: str = ""
    plural: bool = False
    folded: str = ""
    capital: bool = False


def words_of(text: str) -> list[Word]:
    """The words of a text with their meanings; breaks between phrases are kept as words with the role "break"."""
    known = vocabulary()
    pieces: list[tuple[str, str]] = []
    for found in _PIECE.findall(text):
        if found in _BREAK:
            pieces.append((found, found))
            continue
        pieces.extend(_parts(found))
    words: list[Word] = []
    place = 0
    while place < len(pieces):
        shown, folded = pieces[place]
        if folded in _BREAK:
            words.append(Word("", shown, "break"))
            place += 1
            continue
        phrase, end = _phrase(pieces, place)
        if phrase:
            text_of = " ".join(one for one, _ in pieces[place:end])
            words.append(Word(known.meaning.get(phrase, phrase), text_of, known.role.get(phrase, ""), False, phrase))
            place = end
        else:
            words.extend(_word(shown, folded))
            place += 1
    return words


@lru_cache(maxsize=20_000)
def _parts(piece: str) -> tuple[tuple[str, str], ...]:
    """The words in a piece of text between blanks, each as written and folded."""
    parts = re.split(r"[’']", re.sub(r"[’']s$", "", piece))
    return tuple(word for part in parts for word in _hyphens(part))


def _hyphens(part: str) -> Iterator[tuple[str, str]]:
    """A hyphenated word as one word if it is known, else as its parts."""
    known = vocabulary()
    folded = fold(part)
    if "-" not in folded and "." not in folded:
        yield part, folded
        return
    joined = folded.replace("-", "").replace(".", "")
    for one in (folded, joined):
        if one in known.meaning or one in known.role or one in known.generic:
            yield part, one
            return
    parts = re.split(r"[-.]", part)
    if all(len(one) > 2 or (len(one) > 1 and one.isupper()) for one in parts) and not _NUMBER.match(joined):
        yield from ((one, fold(one)) for one in parts)
    else:
        yield part, joined


def _phrase(pieces: Sequence[tuple[str, str]], start: int) -> tuple[str, int]:
    """The longest known phrase from an index on, and where it ends; articles inside it are ignored."""
    known = vocabulary()
    first = pieces[start][1]
    longest = max(known.begins.get(first, 1), known.begins.get(singular(first), 1))
    places: list[int] = []
    place = start
    while place < len(pieces) and len(places) < longest and pieces[place][1] not in _BREAK:
        if not places or pieces[place][1] not in _ARTICLES:
            places.append(place)
        place += 1
    for count in range(len(places), 1, -1):
        chosen = [pieces[one][1] for one in places[:count]]
        for words in (chosen, [*chosen[:-1], singular(chosen[-1])], [singular(one) for one in chosen]):
            phrase = " ".join(words)
            if phrase in known.meaning or phrase in known.role:
                return phrase, places[count - 1] + 1
    return "", start


_PLURALS = {
    "children": "child", "mice": "mouse", "geese": "goose", "teeth": "tooth",
    "feet": "foot", "knives": "knife", "wives": "wife", "lives": "life", "shelves": "shelf", "loaves": "loaf",
    "halves": "half", "calves": "calf", "wolves": "wolf", "oxen": "ox", "dice": "die",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """An English, French or Spanish word without its plural ending."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _forms(word: str) -> Iterator[str]:
    """The forms under which a word may be known: as it is, singular, without German and feminine endings."""
    yield word
    yield singular(word)
    for ending in ("innen", "in", "en", "es", "er", "n", "e", "x"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            yield word[: -len(ending)]


@lru_cache(maxsize=20_000)
def _word(shown: str, folded: str) -> tuple[Word, ...]:
    """The words that one written word stands for.

    Cached, because few words make up most trades, firms and offers: 6,500 texts take 0.17 s instead of 0.58 s.
    """
    return tuple(_read_word(shown, folded))


def _read_word(shown: str, folded: str) -> Iterator[Word]:
    known = vocabulary()
    capital = shown[:1].isupper()
    if shown.lower() == "à":
        folded = "à"
    if folded in known.about or folded in known.beside or folded in known.generic or folded in AND:
        yield Word("", shown, known.role.get(folded, ""), False, folded, capital)
        return
    whole = folded if folded.endswith(_COMPOUNDS) else singular(folded)
    compound = next((end for end in _COMPOUNDS if whole.endswith(end) and len(whole) - len(end) >= 3), "")
    counts = folded.isdigit() or (_NUMBER.match(folded) and folded not in known.meaning)
    if counts and not compound:
        yield Word("", shown, "number", False, folded, capital)
        return
    plural = singular(folded) != folded
    if folded in known.player:
        yield Word(known.player[folded], shown, "", False, folded, capital)
        yield Word("player", shown, "play", False, folded, capital)
        return
    if singular(folded) in known.player:
        yield from _word(shown, singular(folded))
        return
    for form in _forms(folded):
        if form in known.role:
            yield Word(form, shown, known.role[form], plural, folded, capital)
            return
        if form in known.meaning:
            yield Word(known.meaning[form], shown, "", plural and form != folded, folded, capital)
            return
    if compound:
        before = whole.removesuffix(compound)
        yield from () if _NUMBER.match(before) else _word(shown, before)
        yield from () if compound == "arbeiten" else _word(shown, compound)
        return
    yield Word(_sort(folded), shown, "", plural, folded, capital)


def _sort(word: str) -> str:
    """The key of a word outside the vocabulary: a trade and its work share one, and so do singular and plural."""
    known = vocabulary()
    if word.endswith("ings"):
        return word[:-1]
    if word.endswith("smithing"):
        return word[:-3]
    one = singular(word)
    return one if one in known.objects else activity(one) if one.endswith(_TRADE) else one


_TRADE = ("ing", "er", "or", "ation", "istry", "graphy", "grapher", "logist", "logy", "smithing")


@lru_cache(maxsize=20_000)
def activity(word: str) -> str:
    """The key of an activity from its verb, trade or work: "restore", "restorer" and "restoring" share one."""
    known = vocabulary()
    for form in (word, singular(word)):
        for end in ("", "ing", "er"):
            for beginning in (form, form.removesuffix("e"), f"{form}{form[-1:]}"):
                if beginning + end in known.meaning:
                    return known.meaning[beginning + end]
    form = singular(word)
    for end in ("ations", "ation", "ators", "ator", "ating", "ates", "ate", "graphy", "grapher", "istry"):
        if form.endswith(end) and len(form) - len(end) >= 4:
            return f"{form[: -len(end)]}{'graph' if 'graph' in end else 'ist' if end == 'istry' else ''}~"
    if form.endswith(("logist", "logy")):
        return f"{form.removesuffix('logist').removesuffix('logy')}log~"
    for end in ("ing", "er", "or", "e"):
        if form.endswith(end) and len(form) - len(end) >= 3:
            stem = form[: -len(end)]
            if len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt":
                stem = stem[:-1]
            # A glazier does glazing.
            return f"{stem.removesuffix('i') if len(stem) > 4 else stem}~"
    return f"{form}~"


_OF_A_TRADE = ("ist", "ial", "y", "e")
"""Endings of a trade, its people and its adjective: podiatry and podiatrist, actuary and actuarial."""


def root(key: str) -> str:
    """The common root of a trade, its people and its work: "acupunctur" for acupuncture and acupuncturist."""
    word = key.removesuffix("~")
    end = next((end for end in _OF_A_TRADE if word.endswith(end) and len(word) - len(end) >= 5), "")
    return word.removesuffix(end)


def is_same_trade(one: str, other: str) -> bool:
    """Whether one of two keys is the person who does what the other names."""
    people = [key for key in (one, other) if key.endswith(("ist", "ial")) and root(key) != key]
    return one == other or (bool(people) and root(one) == root(other))
