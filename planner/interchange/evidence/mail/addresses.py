"""Reads the addresses in a field: splits first, then decodes. The time is linear in the length of the field."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from functools import lru_cache

from planner.core.evidence.seen import MOST_RECIPIENTS, Handle, HandleKind
from planner.core.words.folding import clean_line, fold

LONGEST_NAME = 100
_LONGEST_KEPT = 400
"""Characters; longer fields are not cached, so that the memory of the cache is bounded."""
_MOST_WORDS = 40
_ATOM = r"[^\s\"(),:;<>@\\\[\]]"
# Possessive quantifiers: nothing is tried twice, however long a field is.
_ADDRESS = rf"{_ATOM}++@{_ATOM}++"
_plain = re.compile(
    rf"[ ]*+(?:(?:\"([^\"\\]*+)\"|([^\"(),:;<>@\\\[\]]*+))[ ]*+<({_ADDRESS})>|({_ADDRESS}))[ ]*+(?:,|$)"
)
_piece = re.compile(r'"(?:[^"\\]|\\.){0,500}+"|<[^<>]*+>|[^"<>(),:;]++|.', re.DOTALL)
_comment = re.compile(r"\\.|[()]", re.DOTALL)
_address = re.compile(r'(?<![^\s"(),:;<>@])(?:"[^"]{1,128}+"|[^\s"(),:;<>@]{1,128}+)@[^\s"(),:;<>@]++')
_word = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]{0,1000})\?=(?:\s++(?==\?))?+")
_NOT_TEXT = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})


def addresses(values: list[str], most: int = MOST_RECIPIENTS + 1) -> tuple[Handle, ...]:
    """The addresses of some fields, each once and folded, at most `most` of them; a text without @ is no address."""
    if len(values) == 1:
        return _kept(values[0], most) if len(values[0]) <= _LONGEST_KEPT else _read(values, most)
    return _read(values, most)


@lru_cache(maxsize=4096)
def _kept(value: str, most: int) -> tuple[Handle, ...]:
    return _read([value], most)


def _read(values: list[str], most: int) -> tuple[Handle, ...]:
    found: dict[str, Handle] = {}
    for value in values:
        for name, address in _split(value):
            folded = folded_address(address)
            if folded not in found:
                found[folded] = Handle(HandleKind.EMAIL, folded, _shown_name(name))
                if len(found) >= most:
                    return tuple(found.values())
    return tuple(found.values())


def folded_address(address: str) -> str:
    """An address in the form for comparing; without blanks."""
    return address.lower() if address.isascii() else fold(address)


def _split(value: str) -> Iterator[tuple[str, str]]:
    """Names and addresses in a field, the names not decoded yet."""
    place, end = 0, len(value)
    while place < end:
        usual = _plain.match(value, place)
        if usual is None:
            yield from _split_slowly(value[place:])
            return
        place = usual.end()
        quoted, name, address, bare = usual.groups()
        yield quoted or name or "", address or bare


def _split_slowly(value: str) -> Iterator[tuple[str, str]]:
    """The same for a field with comments, groups, escapes or damage."""
    words: list[str] = []
    inside: list[str] = []
    comments: list[str] = []
    place, end = 0, len(value)
    while place < end:
        piece = _piece.match(value, place)
        assert piece is not None
        text = piece[0]
        place = piece.end()
        if text == "(":
            start, place = place, _after_comment(value, place)
            comments.append(value[start : place - 1])
        elif text in (",", ";"):
            yield from _taken(words, inside, comments)
            words, inside, comments = [], [], []
        elif text == ":" and not inside:
            # The name of a group, or the "mailto:" of a damaged address.
            words, comments = [], []
        elif text[0] == "<" and len(text) > 1:
            inside.append(text[1:-1])
        elif text[0] == '"' and len(text) > 1 and value[place : place + 1] != "@":
            words.append(text[1:-1].replace('\\"', '"').replace("\\\\", "\\") + " ")
        elif text not in ("<", ">", '"', ")"):
            words.append(text)
    yield from _taken(words, inside, comments)


def _after_comment(value: str, place: int) -> int:
    """The index after a comment that was opened before `place`; comments may be nested."""
    depth = 1
    for found in _comment.finditer(value, place):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth -= 1
            if not depth:
                return found.end()
    return len(value) + 1


def _taken(words: list[str], inside: list[str], comments: list[str]) -> Iterator[tuple[str, str]]:
    """The addresses between two commas."""
    for one in inside:
        address = _address.search(one.rpartition(":")[2] if one.startswith("@") else one)
        if address is not None:
            yield "".join(words), address[0]
            return
    for address in _address.finditer("".join(words)):
        yield (comments[0] if comments else ""), address[0]


def _shown_name(name: str) -> str:
    if not name:
        return ""
    if "=?" in name:
        name = decoded(name)
    return clean_line(name[: LONGEST_NAME * 4])[:LONGEST_NAME].strip()


def decoded(text: str) -> str:
    """A text with its encoded words decoded, at most forty of them; what cannot be decoded stays as it is."""
    return _word.sub(_decoded_word, text, count=_MOST_WORDS)


def _decoded_word(word: re.Match[str]) -> str:
    charset, encoding, data = word.groups()
    charset = charset.partition("*")[0].lower()
    try:
        if charset.replace("-", "_") in _NOT_TEXT:
            return word[0]
        if encoding in "bB":
            plain = a2b_base64(data + "=" * (-len(data) % 4))
        else:
            plain = a2b_qp(data, header=True)
        return plain.decode(charset, "replace")
    except (Error, LookupError, ValueError):
        return word[0]
