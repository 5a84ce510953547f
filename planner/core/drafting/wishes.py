"""Reads a typed wish so that it fits into a sentence: as a thing, an action or a sentence. Pure.

The reading is careful: a doubtful wish is shown after a colon, which reads well for anything.
"""

from __future__ import annotations

import re
from enum import StrEnum

from planner.core.drafting.filling import ENDS
from planner.core.drafting.wish_words import (
    ACTIONS,
    AFTER_ACTIONS,
    ASKING,
    EITHER,
    OWNERS,
    PEOPLE,
    SUBJECTS,
    TELLING,
    THINGS,
)
from planner.core.records import record
from planner.core.words.folding import clean_line


class WishShape(StrEnum):
    """The grammatical kind of a wish."""

    THING = "thing"
    """ "a flat in Lyon": the object of a sentence."""
    PERSON = "person"
    """ "somebody at the port": like a thing, but a person to meet, not something to give."""
    ACTION = "action"
    """ "move to Oslo": an action one would like to do; kept without "to"."""
    DOING = "doing"
    """ "moving to Oslo": an activity."""
    QUESTION = "question"
    """ "which school is good": a question, kept without its question mark."""
    SENTENCE = "sentence"
    """ "I want to move to Oslo": a whole sentence."""
    OTHER = "other"


@record(frozen=True, slots=True)
class TypedWish:
    """A wish without a leading "looking for" and a final full stop, with its language."""

    text: str
    shape: WishShape
    language: str


_LEADS = re.compile(
    r"(?:(?:i\s*am|i['’]m|we\s+are|we['’]re)\s+(?:now\s+)?looking\s+for|looking\s+for|(?:i|we)\s+(?:look|search)\s+for"
    r"|in\s+search\s+of|seeking|searching\s+for|wanted"
    r"|ich\s+suche|wir\s+suchen|suche|gesucht(?:\s+wird)?|auf\s+der\s+suche\s+nach"
    r"|(?:je|j['’]e)\s+(?:re)?cherche|nous\s+(?:re)?cherchons|(?:re)?cherche|à\s+la\s+recherche\s+(?:de|d['’])"
    r"|busco|buscamos|estoy\s+buscando|se\s+busca|buscando)(?:\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
"""Words before a wish that the sentence already says."""
_WANTING = re.compile(r"(?:want|wish|hope|would\s+like|need|trying)\s+(?=to\s+\w)", re.IGNORECASE)
_NEEDING = re.compile(r"(?:need|want)\s+(?=(?:an?|some|the|help|somebody|someone)\s)", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:needs?|wants?|is|are|has|have|seeks|must|would\s+like|will|lost|moved|"
    r"braucht|brauchen|sucht|suchen|möchte|ist|sind|hat|will|muss|"
    r"cherche|cherchent|veut|est|sont|doit|a\s+besoin|necesita|necesitan|busca|buscan|quiere|tiene|está)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\s,.;:!?()“”\"]+")
_NEXT_SENTENCE = re.compile(r"(?<=\w{4})[.?!]\s+\w")


def guess_language(text: str, otherwise: str) -> str:
    """The language of a few words: en, de, fr or es; `otherwise` where the words do not reveal it."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    if not words:
        return otherwise
    counts = {code: sum(word in telling for word in words) for code, telling in TELLING.items()}
    for code, things in THINGS.items():
        verb = words[-1] if code == "de" else words[0]
        begins = things | PEOPLE[code] | SUBJECTS[code] | ASKING[code]
        counts[code] += 2 * (words[0] in begins) + 2 * (verb in ACTIONS[code])
    most = max(counts.values())
    best = [code for code, count in counts.items() if count == most]
    if not most or (len(best) > 1 and otherwise in best):
        return otherwise
    return best[0]


def read_wish(text: str, otherwise: str = "en") -> TypedWish:
    """A typed text as a wish; `otherwise` is the language of a text that does not reveal its own."""
    line = clean_line(text)
    found = _LEADS.match(line)
    rest = line[found.end() :] if found is not None else line
    language = guess_language(line, otherwise)
    rest = _NEEDING.sub("", _WANTING.sub("", rest, count=1), count=1) if _begins(rest, _WANTING, _NEEDING) else rest
    bare = rest.rstrip(" .;:,") or rest
    shape, words = _shape(bare, language)
    return TypedWish(words, shape, language)


def _begins(text: str, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.match(text) for pattern in patterns)


def _shape(text: str, language: str) -> tuple[WishShape, str]:
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    if not words:
        return WishShape.OTHER, text
    first, second = words[0].casefold(), words[1].casefold() if len(words) > 1 else ""
    things = THINGS.get(language, frozenset())
    if text.endswith("!") or _NEXT_SENTENCE.search(text) or (text.endswith("?") and not _asks(first, language)):
        return WishShape.SENTENCE, text
    if first in SUBJECTS.get(language, ()) or (first, second) in (("help", "me"), ("help", "us"), ("please", second)):
        return WishShape.SENTENCE, text
    if _asks(first, language):
        return WishShape.QUESTION, text.rstrip("?").rstrip()
    beginning = " ".join(words[1:4])
    if (first in OWNERS or (first not in things and words[0][:1].isupper())) and _FINITE.search(beginning):
        return WishShape.SENTENCE, text
    action = _action(text, words, language)
    if action:
        return WishShape.ACTION, action
    if first in PEOPLE.get(language, ()):
        return WishShape.PERSON, _lowered(text)
    if first in things or first[0].isdigit() or (language == "fr" and first.startswith(("l'", "d'"))):
        return WishShape.THING, _lowered(text) if first in things else text
    if language == "en" and first.endswith("ing") and (first[:-3] in _STEMS or f"{first[:-3]}e" in _STEMS):
        return WishShape.DOING, f"{text[:1].lower()}{text[1:]}"
    return WishShape.OTHER, text


_STEMS = ACTIONS["en"] | EITHER | {"gett", "putt", "runn", "plann"}


def _asks(first: str, language: str) -> bool:
    return first in ASKING.get(language, ())


def _action(text: str, words: list[str], language: str) -> str:
    """The action in a text, in the form that follows "would like to"; "" where there is none."""
    first, last = words[0].casefold(), words[-1]
    known = ACTIONS.get(language, frozenset())
    if language == "de":
        # German: a known verb as the last word, in lower case, without "zu".
        return _small_start(text) if last in known and len(words) > 1 and "zu" not in words else ""
    if language == "en":
        second = words[1].casefold() if len(words) > 1 else ""
        if first == "to" and second and second not in ("the", "a", "an") and words[1][:1].islower():
            return text.split(None, 1)[1]
        if first in EITHER:
            return _small_start(text) if second in AFTER_ACTIONS else ""
        return _small_start(text) if first in known and second != "of" else ""
    return _small_start(text) if first in known else ""


def _small_start(text: str) -> str:
    first, _, _ = text.partition(" ")
    known = frozenset().union(*ACTIONS.values(), EITHER, *THINGS.values(), *TELLING.values())
    return _lowered(text) if first.casefold() in known else text


def _lowered(text: str) -> str:
    """A text for the middle of a sentence: "a job" for "A job"; a word in capitals stays."""
    first, blank, rest = text.partition(" ")
    return text if len(first) > 1 and first.isupper() else f"{first.lower()}{blank}{rest}"


def as_sentence(text: str) -> str:
    """A text as a sentence: with a capital at its start and a mark at its end."""
    line = clean_line(text)
    return line if not line else with_end(f"{line[:1].upper()}{line[1:]}")


def with_end(text: str) -> str:
    """A text with exactly one mark at its end."""
    found = text.rstrip(" ;:,")
    return found if found.endswith(ENDS) else f"{found}."


def without_end(text: str) -> str:
    """A text on one line without a final full stop, for the middle of a sentence."""
    line = clean_line(text)
    bare = line.rstrip(" .;:,")
    return bare or line
