"""JSON of other programs: an object on each line, or one value in a file held in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from planner.errors import Refused
from planner.interchange.evidence.content import Content

_LONGEST_NUMBER = 18


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


DECODER = json.JSONDecoder(parse_int=_whole, parse_constant=lambda name: None)
"""Reads numbers with too many digits, and non-numbers, as None."""


def json_lines(content: Content) -> Iterator[dict[str, Any]]:
    """The objects of a file with one on each line; other lines are skipped."""
    for line in content.lines():
        if line[:1] != b"{":
            continue
        try:
            value = DECODER.decode(line.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value


def json_value(content: Content) -> Any:
    """The value of a file. Raises `Refused` if it is not JSON, nested too deeply, or too large."""
    data = content.data()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return DECODER.decode(data.decode(encoding, "replace"))
    except RecursionError:
        raise Refused("it is nested too deeply", "Export it again") from None
    except ValueError:
        raise Refused("it is damaged: it is not JSON", "Export it again") from None


def objects_of(value: object) -> Iterator[dict[str, Any]]:
    """The objects in a list; nothing for anything else."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def text_of(value: object) -> str:
    """A text or a whole number as text; "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
