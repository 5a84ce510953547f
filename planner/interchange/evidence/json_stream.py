"""JSON that is too large for memory: walked member by member, reading each value on demand."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Any

from planner.errors import Refused
from planner.interchange.evidence.content import Content
from planner.interchange.evidence.json_records import DECODER

LARGEST_VALUE = 4 << 20
"""Characters of one value, such as a message; a larger one ends the reading."""
AHEAD = 1 << 18
"""Characters held beyond the current position, so that most values are complete in memory."""
DEEPEST = 64
"""The deepest nesting of objects and lists that is skipped."""
_blank = re.compile(r"[ \t\r\n]*")
_may_go_on = re.compile(r"[-+.0-9eE]*\Z")
"""The rest of the held text, if a number before it may have further digits that are not read yet."""


class JsonStream:
    """The JSON of a file from its beginning. Raises `Refused` if it is damaged, truncated or out of proportion.

    `members` and `items` iterate over an object or a list; the caller must consume the value of each member or item,
    with `value`, `members`, `items` or `skip`, before the next one.
    """

    def __init__(self, content: Content) -> None:
        self._chunks = content.chunks()
        self._decoder = getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character other than white space; "" at the end."""
        while True:
            if len(self._text) - self._at < AHEAD:
                self._fill()
            match = _blank.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""

    def members(self) -> Iterator[str]:
        """The member names of the object that comes next."""
        self._take("{")
        if self.peek() == "}":
            self._take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise _damaged()
            self._take(":")
            yield name
            if self._take(",}") == "}":
                return

    def items(self) -> Iterator[None]:
        """One iteration for each item of the list that comes next."""
        self._take("[")
        if self.peek() == "]":
            self._take("]")
            return
        while True:
            yield None
            if self._take(",]") == "]":
                return

    def value(self) -> Any:
        """The whole value that comes next."""
        if not self.peek():
            raise _damaged()
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise Refused("it is nested too deeply", "Export it again") from None
            except ValueError:
                end = len(self._text)
            else:
                if self._ended or not _may_go_on.match(self._text, end):
                    self._at = end
                    return found
            if self._ended:
                raise _damaged()
            if end - self._at > LARGEST_VALUE:
                raise Refused("one value in it is too large; what stands before was read", "Export one chat")
            self._fill()

    def skip(self, depth: int = 0) -> None:
        """Skip the value that comes next, however long it is."""
        if depth > DEEPEST:
            raise Refused("it is nested too deeply", "Export it again")
        begins = self.peek()
        if begins == "{":
            for _ in self.members():
                self.skip(depth + 1)
        elif begins == "[":
            for _ in self.items():
                self.skip(depth + 1)
        else:
            self.value()

    def _take(self, wanted: str) -> str:
        found = self.peek()
        if not found or found not in wanted:
            raise _damaged()
        self._at += 1
        return found

    def _fill(self) -> None:
        """Read more of the file, and drop what was consumed."""
        chunk = next(self._chunks, None)
        self._ended = chunk is None
        self._text = self._text[self._at :] + self._decoder.decode(chunk or b"", self._ended)
        self._at = 0


def _damaged() -> Refused:
    return Refused("it is damaged or cut off; what stands before was read", "Export it again")
