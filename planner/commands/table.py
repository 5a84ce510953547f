"""The keys as a table in Markdown, for the README: each verb once, then the answers of single places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.commands.command import APP, Verb
from planner.commands.keys import key_label
from planner.commands.places import OFFERS, TOP_PLACES
from planner.commands.registry import COMMANDS
from planner.commands.verbs import EVERYWHERE, MOVES, VERBS


def markdown_table(keys: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Every key as a Markdown table, a row for each group, with the default keys or those of a keymap."""
    places = [Verb(place.id, place.title, "", (place.key,), APP) for place in TOP_PLACES]
    rows = {"Everywhere": [*places, *EVERYWHERE], "Any list": list(MOVES)}
    for verb in VERBS:
        rows.setdefault(verb.group, []).append(verb)
    lines = ["| | keys |", "|---|---|"]
    lines += [f"| **{title}** | {_cells(verbs, keys)} |" for title, verbs in rows.items()]
    lines += [
        f"| **{offer.title}** | {_cells(offer.answers, keys, offer.place)} |" for offer in OFFERS if offer.answers
    ]
    return "\n".join(lines) + "\n"


def _cells(verbs: Iterable[Verb], keys: Mapping[str, tuple[str, ...]] | None, place: str = "") -> str:
    """Keys and titles in one table cell; under a keymap the keys of the first place that has the verb."""
    shown = []
    for verb in verbs:
        ids = [one.id for one in COMMANDS if one.verb == verb.id and place in ("", one.place)]
        pressed = next((found for one in ids if (found := (keys or {}).get(one, verb.keys)) != verb.keys), verb.keys)
        shown.append(" ".join([*(_code(key_label(key)) for key in pressed), verb.title]))
    return " · ".join(shown)


def _code(text: str) -> str:
    """Text as a code span that survives inside a table."""
    fence = "`` {} ``" if "`" in text else "`{}`"
    return fence.format(text.replace("|", "\\|"))
