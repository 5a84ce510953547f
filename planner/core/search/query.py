"""The filter language of the contacts: typed text to conditions the store can ask for.

    circle:work  circle:work,family      in one of these circles (the whole name)
    name: company: title: city: email: phone: note: looking: offers:   holds these letters
    mode:occasion  status:archived  source:linkedin  #12               is exactly this
    has:loop  has:email  has:birthday    has one (see HAS)
    is:snoozed  is:paused  is:planned    is hidden from the agenda so, with the day of coming back
    rhythm:none  rhythm:own  rhythm:circle  rhythm:4w                  where the rhythm comes from, or which
    due:<2w      due on or before two weeks from today, overdue too    due:>2w   due after that day
    due:today    due that day   due:now   due today or before          due:late  past the worst interval
    due:soon     due:none       due:week  due in this week             due:a..b  from a to b
    last:>6m     last contact longer ago than six months, never excluded (ask last:never)
    last:<2w     in the last two weeks    last:<2026-10-01  before that day    last:yesterday  that day
    added:<1m    written down in the last month; as last:
    "quoted phrase"  word                everything else is searched as text

A comma means or, a minus before a filter means not, blanks between filters mean and; quotes hold a
value with blanks or commas together. Letters are compared without case and accents.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from planner.core import contact_fields
from planner.core.model import Mode, Settings, Status
from planner.core.rhythm.cadence import parse_cadence
from planner.core.search.conditions import Condition, Operator, Query
from planner.core.search.date_conditions import DATE_EXAMPLES, date_condition
from planner.core.search.tokens import Token, tokens_of
from planner.core.words.echo import clean_echo
from planner.core.words.folding import clean_line, fold
from planner.errors import Refused

__all__ = ["FIELDS", "HAS", "LONGEST", "parse_query"]

LONGEST: Final = 1000
"""The most characters in a query."""

LONGEST_NUMBER: Final = 15
"""The most digits in the number of a person."""

HAS: Final[dict[str, str]] = {
    "loop": "an open loop",
    "promise": "an open promise",
    "request": "a request to answer",
    "ask": "an ask waiting",
    "thanks": "thanks owed",
    "rhythm": "a rhythm",
    "birthday": "a birthday",
    "email": "an e-mail address",
    "phone": "a phone number",
    "note": "a note",
    "circle": "a circle",
    "company": "a company",
    "city": "a city",
}
"""The values of `has:`, in words."""

_TEXT_FIELDS: Final = {one.search: one.search_words for one in contact_fields.FIELDS if one.search_words}
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "has": tuple(HAS),
    "mode": tuple(Mode),
    "status": tuple(Status),
    "is": ("snoozed", "paused", "planned"),
}
_HAS_ALIASES: Final = {
    "loops": "loop", "mail": "email", "e-mail": "email", "notes": "note", "circles": "circle",
    "promises": "promise", "requests": "request", "asks": "ask", "cadence": "rhythm",
}  # fmt: skip

FIELDS: Final = tuple(
    dict.fromkeys(
        ("circle", "city", "company", "due", "last", "has", "is", "mode", "status", "rhythm", *_TEXT_FIELDS, "added")
    )
)
"""Every filter, the most used first."""


def parse_query(text: str, today: date, settings: Settings, *, lenient: bool = False) -> Query:
    """The conditions and words of a typed query; date bounds are counted from `today`.

    `lenient` is for text still being typed: filters without a value are left out, and so is a last
    one whose value cannot be read yet. Raises Refused for an unknown filter or value.
    """
    if len(text) > LONGEST:
        raise Refused(f"A filter holds up to {LONGEST} characters", "Search for fewer words")
    conditions: list[Condition] = []
    words: list[str] = []
    for token in tokens_of(text):
        if token.field is None:
            _take_word(token, conditions, words)
            continue
        if token.field not in FIELDS and token.field != "id":
            raise Refused(f"“{clean_echo(token.field)}:” is not a filter", f"Use {', '.join(FIELDS)}")
        if not token.values:
            if lenient:
                continue
            raise Refused(f"“{token.field}:” needs a value", _example(token.field))
        try:
            conditions.append(_condition(token, today, settings, lenient))
        except Refused:
            if not (lenient and token.typing):
                raise
    return Query(tuple(conditions), tuple(words))


def _take_word(token: Token, conditions: list[Condition], words: list[str]) -> None:
    word = fold(token.values[0])
    if not word:
        return
    if token.negated:
        shown = f"the words “{clean_line(token.values[0])}”"
        conditions.append(Condition("text", Operator.CONTAINS, (word,), negated=True, words=f"without {shown}"))
    elif word not in words:
        words.append(word)


def _example(field: str) -> str:
    if field in _CHOICES:
        return f"Use one of: {', '.join(_CHOICES[field])}"
    return {
        **DATE_EXAMPLES,
        "rhythm": "Use none, own, circle or a rhythm such as 4w",
        "circle": "Try circle:work",
    }.get(field, f"Try {field}:lyon")


def _condition(token: Token, today: date, settings: Settings, lenient: bool) -> Condition:
    field = token.field or ""
    if field in ("due", "last", "added"):
        return date_condition(field, token, today, settings)
    if token.operator:
        raise Refused(f"“{token.operator}” does not go with {field}:", "It compares dates: due:<2w, last:>6m")
    shown = " or ".join(clean_line(value) for value in token.values)
    negation = "not " if token.negated else ""
    match field:
        case "id":
            numbers = tuple(_number(value) for value in token.values)
            words = f"{negation}number {' or '.join(numbers)}"
            return Condition("id", Operator.IS, numbers, negated=token.negated, words=words)
        case "has" | "is" | "mode" | "status":
            return _choice(field, token)
        case "rhythm":
            values = tuple(_rhythm(value, today) for value in token.values)
            return Condition(
                field, Operator.IS, values, negated=token.negated, words=_rhythm_words(values, token.negated)
            )
        case "circle" | "source":
            # Otherwise every letter of a value still being typed would empty the list.
            operator = Operator.STARTS if lenient and token.typing else Operator.IS
            words = f"{negation}{'in circle' if field == 'circle' else _TEXT_FIELDS[field]} {shown}"
        case _:
            operator = Operator.CONTAINS
            words = f"{negation}{_TEXT_FIELDS[field]} {shown}"
    values = tuple(value for value in map(fold, token.values) if value)
    if not values:
        raise Refused(f"“{field}:” needs a value", _example(field))
    return Condition(field, operator, values, negated=token.negated, words=words)


def _number(typed: str) -> str:
    """The number of a person, "12" or "#12"; raises Refused for anything else."""
    digits = typed.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
        raise Refused(f"“{clean_echo(typed)}” is not the number of a person", "Try id:12 or #12")
    return str(int(digits))


def _choice(field: str, token: Token) -> Condition:
    choices = _CHOICES[field]
    values: list[str] = []
    for typed in token.values:
        value = fold(typed)
        value = _HAS_ALIASES.get(value, value) if field == "has" else value
        if value not in choices:
            raise Refused(f"“{field}:{clean_echo(typed)}” cannot be filtered by", _example(field))
        values.append(value)
    if field == "has":
        words = ("without " if token.negated else "with ") + " or ".join(HAS[value] for value in values)
    else:
        named = "" if field == "is" else f"{field} "
        words = f"{'not ' if token.negated else ''}{named}{' or '.join(values)}"
    return Condition(field, Operator.IS, tuple(values), negated=token.negated, words=words)


def _rhythm(typed: str, today: date) -> str:
    value = fold(typed)
    if value in ("none", "own", "circle"):
        return value
    try:
        cadence = parse_cadence(typed, today)
    except Refused as refusal:
        raise Refused(f"“rhythm:{clean_echo(typed)}” is not a rhythm I know", _example("rhythm")) from refusal
    return cadence.text if cadence else "none"


def _rhythm_words(values: tuple[str, ...], negated: bool) -> str:
    if values == ("none",):
        return "with a rhythm" if negated else "without a rhythm"
    said = {"none": "none", "own": "of their own", "circle": "from a circle"}
    names = " or ".join(said.get(value, value) for value in values)
    return f"{'not with' if negated else 'with'} a rhythm {names}"
