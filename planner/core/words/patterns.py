"""Regular expressions that are compiled when they are first used.

A short command loads the grammars of dates, rhythms and rules, and reads a word or two with them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["late"]

if TYPE_CHECKING:
    from re import compile as late
else:
    _METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    class _LatePattern:
        """A pattern as `re.compile` gives it, with the same methods."""

        __slots__ = ("_flags", "_text", *_METHODS)

        def __init__(self, text: str, flags: int = 0) -> None:
            self._text = text
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            # Only what is not there yet comes here: the slots of the methods are filled the first time.
            compiled = re.compile(self._text, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)

    late = _LatePattern
