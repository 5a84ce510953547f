"""A typed query, cut into filters and words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from planner.core.records import record

__all__ = ["Token", "tokens_of"]

_ALIASES: Final = {"circles": "circle", "mail": "email", "looking-for": "looking", "offer": "offers"}


@record(frozen=True, slots=True)
class Token:
    """A filter or a word as typed; `typing` means that it is the last one and no blank follows."""

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


def tokens_of(text: str) -> Iterable[Token]:
    """The filters and words of a typed query, in order; aliases of filters are replaced by the filter's own name."""
    for match in _TOKEN.finditer(text):
        negated = bool(match["minus"])
        if match["id"]:
            yield Token("id", "", tuple(match["id"].split(",")), negated, False)
        elif match["field"]:
            field = match["field"].lower()
            operator, values = _split_value(match["value"])
            yield Token(_ALIASES.get(field, field), operator, values, negated, match.end() == len(text))
        elif (match["minus"] + match["word"]).strip('"-'):
            yield Token(None, "", (match["word"].strip('"'),), negated, match.end() == len(text))


def _split_value(value: str) -> tuple[str, tuple[str, ...]]:
    """The sign before a value ("<", "<=", ">", ">=" or none), and the values between commas."""
    sign = value[: len(value) - len(value.lstrip("<>="))]
    found = (" ".join(one.replace('"', "").split()) for one in _VALUE.findall(value[len(sign) :]))
    return sign, tuple(one for one in found if one)
