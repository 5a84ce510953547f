"""A rhythm and the day of the last contact, written on a card in characters that no server cuts. Pure.

The planner's own lines hold letters, digits, blanks, dots, colons and hyphens only: "4w/6w" is written as "4w to 6w",
"RRULE:FREQ=WEEKLY;BYDAY=MO,FR" as "RRULE:FREQ:WEEKLY BYDAY:MO.FR".
"""

from __future__ import annotations

import re

CADENCE, SINCE, LAST_CONTACT = "cadence", "cadence_since", "last_contact_on"
"""The field names under which a card's rhythm and last contact are kept."""
_RULE = "RRULE:"


def rhythm_told(text: str) -> str:
    """A rhythm in its normal form, as it is written on a card."""
    if text.startswith(_RULE):
        return text.replace("=", ":").replace(";", " ").replace(",", ".").replace("+", "")
    return text.replace("/", " to ")


def rhythm_read(text: str) -> str:
    """A rhythm read from a card, in the form people type; one in any other form is returned unchanged."""
    words = text.split()
    if not text[:6].upper().startswith(_RULE) or "=" in text:
        return re.sub(r"(\d[dwmy]) to (?=\d)", r"\1/", " ".join(words))
    words[0] = words[0][6:]
    parts = ";".join(word.replace(":", "=", 1).replace(".", ",") for word in words if ":" in word)
    return " ".join([f"{_RULE}{parts}", *(word for word in words if word and ":" not in word)])
