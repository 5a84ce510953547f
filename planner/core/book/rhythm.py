"""A rhythm and the day of the last contact on a card, in signs that no server cuts. Pure.

A line of the planner's own holds letters, digits, blanks, dots, colons and hyphens only: of "4w/6w" the card says
"4w to 6w", of "RRULE:FREQ=WEEKLY;BYDAY=MO,FR" it says "RRULE:FREQ:WEEKLY BYDAY:MO.FR".
"""

from __future__ import annotations

import re

CADENCE, SINCE, LAST_CONTACT = "cadence", "cadence_since", "last_contact_on"
"""The fields of what a card says of a rhythm."""
_RULE = "RRULE:"


def rhythm_told(text: str) -> str:
    """A rhythm in its normal form as a card says it."""
    if text.startswith(_RULE):
        return text.replace("=", ":").replace(";", " ").replace(",", ".").replace("+", "")
    return text.replace("/", " to ")


def rhythm_read(text: str) -> str:
    """A rhythm as a card says it, in the form in which it is typed; one written in another way stays."""
    words = text.split()
    if not text[:6].upper().startswith(_RULE) or "=" in text:
        return re.sub(r"(\d[dwmy]) to (?=\d)", r"\1/", " ".join(words))
    words[0] = words[0][6:]
    parts = ";".join(word.replace(":", "=", 1).replace(".", ",") for word in words if ":" in word)
    return " ".join([f"{_RULE}{parts}", *(word for word in words if word and ":" not in word)])
