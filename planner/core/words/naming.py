"""Tells whether a text names somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


def naming(traces: Iterable[str]) -> Callable[[str], bool]:
    """A function that tells whether a text contains one of these as whole words, in any case."""
    words = "|".join(re.escape(trace) for trace in traces if trace.strip())
    named = re.compile(rf"(?<!\w)(?:{words or '(?!)'})(?!\w)", re.IGNORECASE)
    return lambda text: named.search(text) is not None
