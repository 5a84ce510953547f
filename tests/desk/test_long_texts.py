"""A text of a megabyte, pasted where something is looked for: it finds nothing or is refused, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused
from tests.cases import case

LONG = ("x" * 1_000_000, "ana " * 250_000, "%_" * 500_000, "é" * 500_000)
LOOKS: dict[str, Callable[[Desk, str], object]] = {
    "a name": lambda desk, text: desk.people.complete(text),
    "somebody": lambda desk, text: desk.people.find(text),
    "words": lambda desk, text: desk.reading.contact_ids(text),
    "a city": lambda desk, text: desk.reading.contact_ids(f'city:"{text}"'),
    "a beginning": lambda desk, text: desk.reading.contact_ids(f'company:^"{text}"'),
    "a circle": lambda desk, text: desk.reading.contact_ids(f'circle:"{text}"'),
    "a way": lambda desk, text: desk.network.reach(text),
    "a line": lambda desk, text: desk.capture.preview(f"Ana Silva: {text}"),
}


def test_a_text_of_any_length_can_be_looked_for(desk: Desk) -> None:
    desk.people.add(ContactDraft(name="Ana Silva", company="Acme", city="Lyon", circles=("work",)))
    for name, look in LOOKS.items():
        for text in LONG:
            with case(name, text), suppress(Refused):
                look(desk, text)
