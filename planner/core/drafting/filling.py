"""Fills a template: {name} becomes a fact; nothing else in a template or a fact has a meaning.

A part in square brackets with a placeholder is left out where the fact is empty: "[I need it by {by}.]".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from planner.core.words.folding import clean
from planner.errors import Refused

LONGEST = 20_000
"""The most characters of a template."""
PLACEHOLDERS = {
    "greeting": "the first line, with the name where there is one",
    "name": "the first name; with a title before it the whole name",
    "full_name": "the whole name",
    "company": "where they work",
    "looking": "what is looked for, as a sentence",
    "need": "what is looked for, or what it is about, as it was typed",
    "reason": "why, as a sentence",
    "why": "why, as it was typed",
    "deadline": "the last day, as a sentence",
    "by": "the last day",
    "question": "whether they know somebody; where they offer it, whether they can help",
    "who_knows": "who might know, as a sentence",
    "who": "who might know, as it was typed",
    "asking": "what I ask them for, as a sentence",
    "help": "whether they can help me with what I look for",
    "about": "what it is about, as a sentence",
    "thanks": "thanks for what they did, as a sentence",
    "and_thanks": "the same, where thanks are still owed",
    "heard": "what they know of it: they helped, or I told them",
    "went": "how it went, as a sentence",
    "outcome": "how it went, as it was typed",
    "news_follow": "that I will tell how it goes on, where that is still to come",
    "asked_me": "what they asked me for, as a sentence",
    "promised": "what I promised, as it was typed",
    "was_due": "the day a late promise was due",
    "offer": "what I offer instead",
    "day": "the day I named",
    "asked_on": "the day I asked",
    "target": "whom I would like to reach, with where they work",
    "through": "who told me of them, or passes the note on",
    "other": "the other one of an introduction",
    "other_about": "what the other one is about",
    "one_about": "what the first one of an introduction is about",
    "last_contact": "when we last spoke, as a sentence, where that is long ago",
    "about_me": "about_me of the configuration, as a sentence",
    "me": "my_name of the configuration",
    "signature": "the last line, with my name where there is one",
}
"""Every placeholder of a template, with the words that explain it."""
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}(\.?)")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")
ENDS = (".", "?", "!", "…")


def check_template(text: str, name: str, known: Collection[str] = PLACEHOLDERS) -> None:
    """Refuse a template with an unknown placeholder, and say which; `name` is the name of the template."""
    if len(text) > LONGEST:
        raise Refused(f"The template {name} has {len(text)} characters", f"Use at most {LONGEST:,}")
    for found in _PLACEHOLDER.finditer(text):
        if found[1] not in known:
            shown = clean(found[1], visible=True)[:40]
            raise Refused(
                f"The template {name} asks for {{{shown}}}, which does not exist", f"There are {', '.join(known)}"
            )


def fill(text: str, values: Mapping[str, str]) -> str:
    """A template with its placeholders filled in, without gaps, doubled full stops or runs of empty lines.

    A value is never read as a template. Raises Refused for a placeholder without a value in `values`.
    """
    check_template(text, "you gave", values.keys())
    lines: list[str] = []
    for line in _OPTIONAL.sub(lambda part: _optional(part[1], values), text).splitlines():
        filled = _tidy(_PLACEHOLDER.sub(lambda found: _value(found, values), line))
        if filled or (not line.strip() and lines and lines[-1]):
            lines.append(filled)
    return "\n".join(lines).strip()


def _optional(part: str, values: Mapping[str, str]) -> str:
    return part if all(values[found[1]] for found in _PLACEHOLDER.finditer(part)) else ""


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    value = values[found[1]]
    return value if value.endswith(ENDS) or not value else f"{value}{found[2]}"


def _tidy(line: str) -> str:
    """A line without the blanks and marks that an empty fact leaves behind."""
    found = re.sub(r"[ \t]+", " ", line).strip()
    found = re.sub(r" +([,.])(?![.…])", r"\1", found)
    return found if any(letter.isalnum() for letter in found) or not re.fullmatch(r"[\s,.;:!?¿¡…-]*", found) else ""
