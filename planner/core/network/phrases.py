"""Reads a phrase such as "a first job in Lyon" into the thing it is about. Pure.

The thing of an English or German phrase is its last word before a preposition, of a French or Spanish one its first;
"someone who tunes pianos" is about tuning, of pianos.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.core.network.concepts import vocabulary
from planner.core.network.meanings import AND, ONE, THIS, Word, activity, singular
from planner.core.records import record

_ARTICLES = ONE | THIS | frozenset("some d l".split())
_HEAD_FIRST = frozenset(
    "un une des du le la les el los las una unas unos de d para con pour avec cours clases y".split()
)
_IN = frozenset("in near around to from en à dans pres nahe um cerca aus nach im".split())
"""Words before a town; "at" can also precede a firm."""
_SAYS_WHAT_ONE_DOES = frozenset("to who that which can zu qui que wo".split())
_WITH = frozenset("with for mit avec con pour fur".split())
_FOR = frozenset("for fur pour para".split())
_WORK_AT = _FOR | frozenset("at bei chez".split())
_AT_WORK = frozenset("work works working arbeit".split())
_MAKES = frozenset("builds makes sews build fits installs install supplies delivers".split())
_MAKE = frozenset("make makes making".split())
_IS_A_THING_LAST = frozenset("light fair".split())
"""Adjectives that are nouns after another word: a pilot light, a book fair."""
_PARTS = frozenset("room bedroom seater season hour minute year month week day person door floor wheel".split())
"""Words for counted parts, which are not the thing itself: "a flat, two rooms"."""
_COUNTS = frozenset(
    "two three four five six seven eight several zwei drei vier deux trois quatre dos tres cuatro".split()
)
_SAY_FIRST = frozenset("learn teach practise".split())
_GLADLY = frozenset("happily gladly kindly willingly".split())
_NO_THING = ("somebody", "some", "number")
_ROLES = ("teach", "practice", "talk", "play")
_LANGUAGE_ENDS = ("ish", "ese", "ian")


@record(frozen=True, slots=True)
class Thing:
    """One thing that is looked for or offered.

    `kind` is "" for the thing itself, "job" for work, or the role of a word that is about another thing, such as
    "teach"; then `head` is empty and `kinds` holds what is taught.
    """

    kind: str
    head: str
    kinds: frozenset[str] = frozenset()
    """Words that tell it from others of its sort."""
    beside: frozenset[str] = frozenset()
    """Other words about it, such as for whom it is."""
    bare: bool = False
    """Whether it is a single word without an article, as a skill is."""
    strict: bool = False
    """Whether it is of something, so that without this it is a different thing."""
    role: str = ""
    """The word of the role, such as "developer"; "making" for something that is made or fitted."""


def segments_of(words: Sequence[Word]) -> Iterator[tuple[list[Word], bool]]:
    """The words between two breaks or conjunctions, with whether a conjunction follows."""
    found: list[Word] = []
    for word in words:
        joins = word.folded in AND and not word.key
        if word.role == "break" or joins:
            if found:
                yield found, joins
            found = []
        else:
            found.append(word)
    if found:
        yield found, False


def _chunks(segment: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    """The words before the first preposition, then the words after each preposition, with the preposition."""
    known = vocabulary()
    chunks: list[tuple[str, list[Word]]] = [("", [])]
    for word in segment:
        if not word.key and (word.folded in known.about or word.folded in known.beside):
            chunks.append((word.folded, []))
        else:
            chunks[-1][1].append(word)
    return chunks


def _content(words: Sequence[Word]) -> list[Word]:
    """The words that carry meaning: no small words, no numbers with what they count."""
    found: list[Word] = []
    counted = False
    for word in words:
        if word.role == "number" or (word.folded in _COUNTS and not word.key):
            counted = True
        elif word.key:
            if counted and (word.key in _PARTS or word.folded in _PARTS):
                continue
            found.append(word)
        elif word.folded in _IS_A_THING_LAST and found:
            found.append(Word(word.folded, word.shown, "", False, word.folded))
    return found


@record(frozen=True, slots=True)
class _Core:
    """The words a phrase is about, and their position: after an article, as a verb, after "work as"."""

    words: tuple[Word, ...]
    article: str = ""
    verb: bool = False
    at_work: bool = False
    head_first: bool = False
    begins: bool = False
    """Whether the phrase begins with its first word."""

    @property
    def does(self) -> bool:
        """Whether the first word says what somebody does, as in "tunes pianos" and "to paint the hall"."""
        first = self.words[0]
        ends = singular(first.folded) != first.folded
        return self.verb or (ends and self.begins and (len(self.words) > 1 or bool(self.article)))


def thing_of(segment: Sequence[Word], places: set[str]) -> Thing | None:
    """The thing of a phrase, or None; the places it names are added to `places`."""
    chunks = _chunks(segment)
    core = _core(segment, chunks, places)
    if core is None:
        # "Looks for work" names nothing but work itself.
        return Thing("job", "", role="job") if segment[0].folded in _AT_WORK else None
    first, last = core.words[0], core.words[-1]
    role = last.role
    if not role and (core.does or core.head_first or first.role == "talk" or first.folded in _SAY_FIRST):
        role = first.role
    if core.at_work or (role != "teach" and any(one.role == "job" for one in core.words)):
        role = "job"
    about, beside, strict = _complements(chunks, role, core, places)
    if role == "job":
        return _job(core, segment, about, beside)
    as_what = next((words for prep, words in chunks if prep == "as" and (core.does or is_work(first.key))), [])
    if as_what and as_what[-1].key in vocabulary().names:
        # "Looks after children as a nanny"
        return Thing("", as_what[-1].key, frozenset(), frozenset(_keys(core.words)))
    if role == "talk" and any(is_language(one.key) for one in core.words):
        # A native speaker of Spanish teaches it, or practises it with a learner.
        role = "teach"
    if role:
        name = (last if last.role else first).key
        return Thing(role, "", frozenset(about.union(_keys(core.words))), frozenset(beside), role=name)
    makes = any(one.folded in _MAKE for one in segment[:2] if not one.key)
    return _doing(core, about, beside) if core.does else _itself(core, about, beside, strict, makes=makes)


def _core(segment: Sequence[Word], chunks: list[tuple[str, list[Word]]], places: set[str]) -> _Core | None:
    """The first words of a phrase that name a thing; they, and what precedes them, are removed from `chunks`."""
    known = vocabulary()
    while chunks:
        prep, words = chunks.pop(0)
        verb = prep in _SAYS_WHAT_ONE_DOES
        if verb:
            words = _verb_first(words)
        words = _without_places(words, places, any_capital=prep in _IN and not verb)
        content = _content(words)
        if content and content[-1].role in _NO_THING:
            # "Someone to paint", "a pair of skis": the thing follows.
            content = content[:-1] if content[-1].role == "some" else []
        if content:
            article = next((one.folded for one in words if one.folded in _ARTICLES), "")
            at_work = segment[0].folded in _AT_WORK and prep in known.about
            head_first = len(content) > 1 and any(one.folded in _HEAD_FIRST for one in segment if not one.key)
            begins = content[0] is next((one for one in segment if one.folded not in _GLADLY), None)
            return _Core(tuple(content), article, verb and content[0] is words[0], at_work, head_first, begins)
    return None


def _complements(
    chunks: Sequence[tuple[str, list[Word]]], role: str, core: _Core, places: set[str]
) -> tuple[set[str], set[str], bool]:
    """(words that tell the thing from others, other words about it, whether it is of something)."""
    known = vocabulary()
    about: set[str] = set()
    beside: set[str] = set()
    strict = aside = False
    for prep, words in chunks:
        kept = _content(_without_places(words, places, any_capital=prep in _IN and role not in _ROLES))
        named = [one for one in kept if one.role not in _NO_THING]
        keys = {_trade(one) if role == "job" else one.key for one in named}
        # "For a small run of stout": the stout belongs to the run.
        tells = prep in known.about and not (aside and prep == "of")
        aside = aside or (prep in _WITH and not role)
        strict = strict or (prep in ("of", "on", "about") and bool(kept))
        for_whom = prep in _FOR and bool(about)
        if role == "practice" and keys and (tells or prep in _WITH) and not for_whom:
            # Help with a German tax return is about tax.
            beside |= keys - {named[-1].key}
            keys, tells = {named[-1].key}, True
        elif role == "teach" and prep in _FOR and not about:
            tells = tells or all(one.role for one in core.words)
        elif role == "job":
            tells = tells or prep in _WORK_AT
        (about if tells else beside).update(keys)
    return about, beside, strict


def _job(core: _Core, segment: Sequence[Word], about: set[str], beside: set[str]) -> Thing:
    seasons = {f"in {one.folded}" for one in segment if not one.key and one.folded in vocabulary().seasons}
    kinds = about.union(_trade(one) for one in core.words if one.role != "job")
    return Thing("job", "", frozenset(kinds), frozenset(beside | seasons), role="job")


def _doing(core: _Core, about: set[str], beside: set[str]) -> Thing:
    """The thing of an activity: tuning, of pianos. A person who makes a thing offers that thing."""
    first, last = core.words[0], core.words[-1]
    objects = {one.key for one in core.words[1:]}
    if first.folded in _MAKES or not (objects or core.verb):
        made = "making" if first.folded in _MAKES else ""
        return Thing("", last.key, frozenset(objects - {last.key} | about), frozenset(beside), role=made)
    if core.article and activity(first.folded) not in vocabulary().by_sense:
        # "Paint the kitchen": one kitchen, not a kind of painting.
        return Thing("", activity(first.folded), frozenset(about), frozenset(beside | objects))
    return Thing("", activity(first.folded), frozenset(objects | about), frozenset(beside))


def _itself(core: _Core, about: set[str], beside: set[str], strict: bool, *, makes: bool) -> Thing:
    first, last = core.words[0], core.words[-1]
    keys = {one.key for one in core.words}
    if " for " in first.folded or " of " in first.folded:
        # "Care for an old father", "a home for two kittens"
        return Thing("", first.key, frozenset(), frozenset(keys - {first.key} | beside))
    head = first.key if core.head_first else last.key
    skill = not last.plural or head in vocabulary().player.values()
    bare = len(core.words) == 1 and not core.article and not about and skill
    is_of = strict and not is_work(head)
    role = "making" if makes else ""
    return Thing("", head, frozenset(keys - {head} | about), frozenset(beside), bare, is_of, role)


def is_work(head: str) -> bool:
    """Whether a thing is an activity, with or about something."""
    return head.endswith("~") or head in _WORK


_WORK = frozenset(
    "translator interpreter mentor lawyer designer repair tuning editor sitting walking journalist audit".split()
)


def is_language(key: str) -> bool:
    """Whether a word names a language."""
    return key in vocabulary().languages or (len(key) > 5 and key.endswith(_LANGUAGE_ENDS))


def _keys(words: Sequence[Word]) -> set[str]:
    return {one.key for one in words if not one.role}


def _trade(word: Word) -> str:
    """The key of a trade that somebody works in: teachers and teaching share one."""
    return word.role if word.role == "teach" else word.key


def _verb_first(words: list[Word]) -> list[Word]:
    """The words after "to" or "who", whose first is a verb even if it can be an adjective, like "clean"."""
    if words and not words[0].key and (meant := activity(words[0].folded)) in vocabulary().names:
        first = words[0]
        return [Word(meant, first.shown, "", False, first.folded), *words[1:]]
    return words


def _without_places(words: Sequence[Word], places: set[str], *, any_capital: bool) -> list[Word]:
    """The words without towns and countries, which are added to `places`; after "in", any unknown name is a place."""
    known = vocabulary()
    kept: list[Word] = []
    for word in words:
        name = word.folded
        unknown = word.key and not word.role and name not in known.meaning and word.key not in known.names
        town = name in known.towns and (word.capital or any_capital)
        if name in known.countries or town or (any_capital and word.capital and unknown and not is_language(name)):
            places.add(name)
        else:
            kept.append(word)
    return kept
