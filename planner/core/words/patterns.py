"""Regular expressions that are compiled on first use.

A short command loads the grammars of dates, rhythms and rules, but reads only a word or two with them.
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
        """A pattern like one from `re.compile`, with the same methods."""

        __slots__ = ("_flags", "_text", *_METHODS)

        def __init__(self, text: str, flags: int = 0) -> None:
            self._text = text
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            # Called for missing attributes only: the slots of the methods are filled on first use.
            compiled = re.compile(self._text, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)

    late = _LatePattern
