"""The filter language of the contacts: typed text to conditions the store can ask for.

    circle:work  circle:work,family      in one of these circles (the whole name)
    name: company: title: city: email: phone: note: looking: offers:   holds these letters
    mode:occasion  status:archived  source:linkedin  #12               is exactly this
    has:loop  has:email  has:birthday    has one (see HAS)
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

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from planner.core import contact_fields
from planner.core.dates.typed import add_days, clean_echo, exact_date, parse_date, week_start
from planner.core.model import Mode, Settings, Status
from planner.core.records import record
from planner.core.rhythm.cadence import parse_cadence
from planner.core.search.highlight import highlight
from planner.core.words.folding import clean_line, fold
from planner.errors import Refused

__all__ = [
    "FIELDS",
    "HAS",
    "LONGEST",
    "Condition",
    "Operator",
    "Query",
    "Range",
    "describe",
    "highlight",
    "parse_query",
]

LONGEST: Final = 1000
"""Characters a query may have."""

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
"""What `has:` can ask for, in words."""


class Operator(StrEnum):
    """How the values of a condition are compared."""

    IS = "is"
    """The folded field equals one of the values (for "has": there is one)."""
    CONTAINS = "contains"
    """The folded field holds one of the values somewhere."""
    STARTS = "starts"
    """The folded field begins with one of the values: a value that is still being typed."""
    WITHIN = "within"
    """A date in one of the ranges, or one of the values that stand for a state or for no date."""


Range = tuple[date | None, date | None]
"""The first and the last day, both included; None is open. A missing date is in no range."""


@record(frozen=True, slots=True)
class Condition:
    """One filter: true when any of its values or ranges fits, turned round by `negated`.

    Values are folded text; "due" knows "late" (today is past the worst date) and "none", "last" and
    "added" "never", "rhythm" "none", "own", "circle" or a cadence in its normal form. "text" is a
    word to leave out, "id" a number. `words` says it for a person.
    """

    field: str
    operator: Operator
    values: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    negated: bool = False
    words: str = ""


@record(frozen=True, slots=True)
class Query:
    """Conditions and folded free words; all of them have to hold."""

    conditions: tuple[Condition, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conditions or self.words)


@record(frozen=True, slots=True)
class _Token:
    """A filter or a word as typed; `typing` when it is the last one and no blank follows."""

    field: str | None
    operator: str
    values: tuple[str, ...]
    negated: bool
    typing: bool


_PHRASE: Final = r'"[^"]*(?:"|$)'
_TOKEN: Final = re.compile(
    rf"(?P<minus>-?)(?:(?P<field>[a-z][a-z-]{{0,30}}):(?!//)(?P<value>(?:{_PHRASE}|[^\s\"]+)*)"
    rf"|\#(?P<id>[0-9]{{1,15}}(?:,[0-9]{{1,15}})*)(?=\s|$)|(?P<word>{_PHRASE}|\S+))",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(rf"(?:{_PHRASE}|[^,\"]+)+")
_AGE: Final = re.compile(r"(?:[0-9]+ ?)(?:d|w|m|y|days?|weeks?|months?|years?)", re.IGNORECASE)

_TEXT_FIELDS: Final = {one.search: one.search_words for one in contact_fields.FIELDS if one.search_words}
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "has": tuple(HAS),
    "mode": tuple(Mode),
    "status": tuple(Status),
}
_ALIASES: Final = {"circles": "circle", "mail": "email", "looking-for": "looking", "offer": "offers"}
_HAS_ALIASES: Final = {
    "loops": "loop", "mail": "email", "e-mail": "email", "notes": "note", "circles": "circle",
    "promises": "promise", "requests": "request", "asks": "ask", "cadence": "rhythm",
}  # fmt: skip

FIELDS: Final = tuple(
    dict.fromkeys(
        ("circle", "city", "company", "due", "last", "has", "mode", "status", "rhythm", *_TEXT_FIELDS, "added")
    )
)
"""Every filter there is, the most used first."""


def parse_query(text: str, today: date, settings: Settings, *, lenient: bool = False) -> Query:
    """The conditions and words of a typed query; date bounds are counted from `today`.

    `lenient` is for text still being typed: filters without a value are left out, and so is a last
    one whose value cannot be read yet. Raises Refused for an unknown filter or value.
    """
    if len(text) > LONGEST:
        raise Refused(f"A filter holds up to {LONGEST} characters", "Search for fewer words")
    conditions: list[Condition] = []
    words: list[str] = []
    for token in _tokens(text):
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


def _tokens(text: str) -> Iterable[_Token]:
    for match in _TOKEN.finditer(text):
        negated = bool(match["minus"])
        if match["id"]:
            yield _Token("id", "", tuple(match["id"].split(",")), negated, False)
        elif match["field"]:
            field = match["field"].lower()
            operator, values = _split_value(match["value"])
            yield _Token(_ALIASES.get(field, field), operator, values, negated, match.end() == len(text))
        elif (match["minus"] + match["word"]).strip('"-'):
            yield _Token(None, "", (match["word"].strip('"'),), negated, match.end() == len(text))


def _split_value(value: str) -> tuple[str, tuple[str, ...]]:
    """The sign before a value ("<", "<=", ">", ">=" or none) and the values between commas."""
    sign = value[: len(value) - len(value.lstrip("<>="))]
    found = (" ".join(one.replace('"', "").split()) for one in _VALUE.findall(value[len(sign) :]))
    return sign, tuple(one for one in found if one)


def _take_word(token: _Token, conditions: list[Condition], words: list[str]) -> None:
    word = fold(token.values[0])
    if not word:
        return
    if token.negated:
        shown = f"the words “{clean_line(token.values[0])}”"
        conditions.append(
            Condition("text", Operator.CONTAINS, (word,), negated=True, words=f"without {shown}")
        )
    elif word not in words:
        words.append(word)


def _example(field: str) -> str:
    if field in _CHOICES:
        return f"Use one of: {', '.join(_CHOICES[field])}"
    return {
        "due": "Try due:<2w, due:today or due:late",
        "last": "Try last:>6m, last:<2w or last:never",
        "added": "Try added:<1m",
        "rhythm": "Use none, own, circle or a rhythm such as 4w",
        "circle": "Try circle:work",
    }.get(field, f"Try {field}:lyon")


def _condition(token: _Token, today: date, settings: Settings, lenient: bool) -> Condition:
    field = token.field or ""
    if field in ("due", "last", "added"):
        return _date_condition(field, token, today, settings)
    if token.operator:
        raise Refused(f"“{token.operator}” does not go with {field}:", "It compares dates: due:<2w, last:>6m")
    shown = " or ".join(clean_line(value) for value in token.values)
    negation = "not " if token.negated else ""
    match field:
        case "id":
            numbers = tuple(str(int(value)) for value in token.values)
            words = f"{negation}number {' or '.join(numbers)}"
            return Condition("id", Operator.IS, numbers, negated=token.negated, words=words)
        case "has" | "mode" | "status":
            return _choice(field, token)
        case "rhythm":
            values = tuple(_rhythm(value, today) for value in token.values)
            return Condition(
                field, Operator.IS, values, negated=token.negated, words=_rhythm_words(values, token.negated)
            )
        case "circle" | "source":
            # Every letter of a value that is still being typed would else empty the list.
            operator = Operator.STARTS if lenient and token.typing else Operator.IS
            words = f"{negation}{'in circle' if field == 'circle' else _TEXT_FIELDS[field]} {shown}"
        case _:
            operator = Operator.CONTAINS
            words = f"{negation}{_TEXT_FIELDS[field]} {shown}"
    values = tuple(value for value in map(fold, token.values) if value)
    if not values:
        raise Refused(f"“{field}:” needs a value", _example(field))
    return Condition(field, operator, values, negated=token.negated, words=words)


def _choice(field: str, token: _Token) -> Condition:
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
        words = f"{'not ' if token.negated else ''}{field} {' or '.join(values)}"
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


def _date_condition(field: str, token: _Token, today: date, settings: Settings) -> Condition:
    """A condition on a date; every value gives a range of days or names a state."""
    read = _due_value if field == "due" else _past_value
    values: list[str] = []
    ranges: list[Range] = []
    words: list[str] = []
    found: Range | str
    for typed in token.values:
        if ".." in typed and not token.operator:
            found, said = _between(typed, field, today, settings)
        else:
            found, said = read(field, token.operator, typed, today, settings)
        if isinstance(found, str):
            values.append(found)
        else:
            ranges.append(found)
        words.append(said)
    name = {"due": "due", "last": "last contact", "added": "added"}[field]
    said = " or ".join(words)
    return Condition(
        field,
        Operator.WITHIN,
        tuple(values),
        tuple(ranges),
        negated=token.negated,
        words=f"{'not ' if token.negated else ''}{name} {said}",
    )


def _day(typed: str, field: str, today: date, settings: Settings, *, past: bool) -> date:
    try:
        return parse_date(typed, today, past=past, date_order=settings.date_order)
    except Refused as refusal:
        raise Refused(f"“{field}:”: {refusal.message}", refusal.advice or _example(field)) from refusal


def _between(typed: str, field: str, today: date, settings: Settings) -> tuple[Range, str]:
    first_text, _, last_text = typed.partition("..")
    past = field != "due"
    first = _day(first_text, field, today, settings, past=past) if first_text else None
    last = _day(last_text, field, today, settings, past=past) if last_text else None
    if first is None and last is None:
        raise Refused(f"“{field}:..” needs a day on one side", f"Try {field}:{today.isoformat()}..")
    if first and last and first > last:
        raise Refused(f"“{field}:{clean_echo(typed)}” ends before it begins", "Put the earlier day first")
    said = [f"from {exact_date(first)}"] if first else []
    said += [f"until {exact_date(last)}"] if last else []
    return (first, last), " ".join(said)


def _age_words(typed: str) -> str:
    """A length of time in words: "2w" is "2 weeks"."""
    count, unit = re.fullmatch(r"([0-9]+) ?([a-z]).*", typed.casefold()).groups()  # type: ignore[union-attr]
    name = {"d": "day", "w": "week", "m": "month", "y": "year"}[unit]
    return f"{int(count)} {name}{'' if int(count) == 1 else 's'}"


def _due_value(field: str, sign: str, typed: str, today: date, settings: Settings) -> tuple[Range | str, str]:
    word = fold(typed)
    if not sign:
        if word == "late":
            return "late", "late"
        if word == "soon":
            return (add_days(today, 1), add_days(today, settings.soon_days)), "soon"
        if word in ("none", "never"):
            return "none", "never"
        if word in ("now", "due"):
            return (None, today), "today or before"
        if word in ("past", "overdue"):
            return (None, add_days(today, -1)), "before today"
        if word in ("week", "this week"):
            monday = week_start(today, settings.week_start)
            return (monday, add_days(monday, 6)), "this week"
    day = _day(typed, field, today, settings, past=False)
    age = _age_words(typed) if _AGE.fullmatch(typed) else ""
    if sign.startswith("<") or (age and not sign):
        return (None, day), f"within {age}" if age else f"until {exact_date(day)}"
    if sign.startswith(">"):
        first = day if sign == ">=" else add_days(day, 1)
        return (first, None), f"in more than {age}" if age else f"after {exact_date(add_days(first, -1))}"
    return (day, day), "today" if day == today else exact_date(day)


def _past_value(
    field: str, sign: str, typed: str, today: date, settings: Settings
) -> tuple[Range | str, str]:
    if not sign and fold(typed) in ("never", "none"):
        return "never", "never"
    day = _day(typed, field, today, settings, past=True)
    if _AGE.fullmatch(typed):
        age = _age_words(typed)
        # "More than six months" is an age: it means an earlier day.
        if sign.startswith(">"):
            return (None, day if sign == ">=" else add_days(day, -1)), f"more than {age} ago"
        return (day, today), f"within the last {age}"
    if sign.startswith("<"):
        last = day if sign == "<=" else add_days(day, -1)
        return (None, last), f"before {exact_date(add_days(last, 1))}"
    if sign.startswith(">"):
        first = day if sign == ">=" else add_days(day, 1)
        return (first, None), f"after {exact_date(add_days(first, -1))}"
    return (day, day), "today" if day == today else exact_date(day)


def describe(query: Query) -> str:
    """A query in words, "in circle work, due within 2 weeks, with an open loop"; empty for everyone."""
    parts = [condition.words for condition in query.conditions]
    if query.words:
        parts.append("with " + " and ".join(f"“{word}”" for word in query.words))
    return ", ".join(parts)
