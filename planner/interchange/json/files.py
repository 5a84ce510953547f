"""JSON of other programs, loaded whole but within limits, since a small file can take a lot of memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from planner.core.words.folding import clean, clean_line
from planner.errors import Refused
from planner.interchange.text import LINE_LIMIT, VALUE_LIMIT, Source, marked_encoding, raw_blocks

TEXT_LIMIT = 16_000_000
"""Bytes of one file without its pictures."""
_VALUES_LIMIT = 800_000
"""Values in one file. In memory they take hundreds of times the size of the file."""
_picture = re.compile(rb'"data:[^"\\]{500,}"')


def load_json(source: Source) -> Any:
    """The content of a JSON file. Raises Refused when it is damaged, or too large to be held."""
    data = b"".join(raw_blocks(source))
    if b'"data:' in data:
        data = _picture.sub(b'""', data)
    if len(data) > TEXT_LIMIT:
        raise Refused(f"{source.name} holds more than {TEXT_LIMIT // 1_000_000} MB of text", _ADVICE)
    if len(data.translate(None, _NOT_MARKS)) > _VALUES_LIMIT:
        raise Refused(f"{source.name} holds more than {_VALUES_LIMIT:,} values", _ADVICE)
    encoding, mark = marked_encoding(data[: 64 * 1024]) or (source.encoding or "utf-8", 0)
    try:
        return json.loads(data[mark:].decode(encoding, "replace"))
    except RecursionError:
        raise Refused(f"{source.name} is nested too deeply", "Export it again.") from None
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        where = f" in line {line}" if line else ""
        raise Refused(f"{source.name} is damaged{where}: it is not JSON", "Export it again.") from None


_ADVICE = "Export fewer people, or another format."
_NOT_MARKS = bytes(byte for byte in range(256) if byte not in b"[{,")


def line_of(value: object, longest: int = VALUE_LIMIT) -> str:
    """A JSON text or number as one line; "" for any other value."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean_line(str(value)[: 4 * longest])[:longest].rstrip()


def text_of(value: object) -> str:
    """A JSON text with its line breaks; "" for any other value."""
    return clean(value[:LINE_LIMIT]).strip() if isinstance(value, str) else ""


def mapping_of(value: object) -> dict[str, Any]:
    """A JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> Iterator[dict[str, Any]]:
    """The objects in a JSON list; nothing for anything else."""
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))
