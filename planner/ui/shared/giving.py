"""The page of giving, which ends focus triage and fills an empty today: its lines, and the action of each entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from rich.segment import Segment

from planner.core.giving import Giving, GivingEntry, ThankYou
from planner.desk.reciprocity.drafts import Subject
from planner.desk.values import ContactDraft
from planner.ui.asking.look_first import introduce_match
from planner.ui.shared.card import Line, Look
from planner.ui.text import wrapped
from planner.ui.verbs.people import Edit
from planner.ui.verbs.verb import ScreenVerb, VerbPlace
from planner.ui.verbs.words import WordsForItem
from planner.ui.widgets.prompt import Question
from planner.ui.widgets.rows import clip

if TYPE_CHECKING:
    from planner.ui.port import PlacePort

GIVING_VERBS = {"match": "introduce", "quiet": "get_in_touch", "thanks": "words", "wish": "edit"}
"""The verb that carries out an entry of each kind."""
LABEL = 13


def giving_lines(giving: Giving, keys: Sequence[tuple[str, str]], today: date, width: int, look: Look) -> list[Line]:
    """The entries, each with its key, then the run of weeks; `keys` are (kind of entry, key). [] for nothing."""
    colors, label_of = look.colors, dict(keys)
    lines: list[Line] = []
    question = [giving.question] if giving.question is not None else []
    for entry in (*giving.entries(today), *question):
        key = label_of.get(entry.kind, "")
        told = f"{key} {_WORDS[entry.kind]}" if key else ""
        # The two people of a match have a line each.
        halves = entry.words.split(" · ", 1) if entry.kind == "match" else [entry.words]
        parts = [part for half in halves for part in wrapped(half, max(1, width - LABEL), 2)]
        for place, part in enumerate(parts):
            head = entry.label if place == 0 else ""
            lines.append(clip([Segment(f"{head:<{LABEL}}", colors.dim), Segment(part, colors.text)], width))
        if told:
            line = [Segment(" " * LABEL), Segment(key, colors.key), Segment(f" {_WORDS[entry.kind]}", colors.dim)]
            lines.append(clip(line, width))
    if giving.weeks_words:
        lines += [[], clip([Segment(giving.weeks_words, colors.text)], width)]
    return lines


_WORDS = {"match": "introduce them", "quiet": "get in touch", "thanks": "words of thanks", "wish": "write it down"}


def give(place: PlacePort, giving: Giving, entry: GivingEntry) -> None:
    """Start the introduction that an entry offers, get in touch, or show the words of thanks."""
    if entry.kind == "match" and giving.match is not None:
        introduce_match(place, giving.match)
    elif entry.kind == "quiet":
        place.planner.get_in_touch(entry.contact_id)
    elif giving.thanks is not None:
        place.in_turn(partial(_thank, place, giving.thanks))


def learn(place: PlacePort, contact_id: int, name: str) -> None:
    """Ask on one line what a contact looks for, and store it. An empty answer stores nothing."""

    async def submit(text: str) -> None:
        if text.strip():
            await place.do(lambda desk: desk.people.edit(contact_id, ContactDraft(looking_for=text)))

    hint = "a flat in Lyon, a first job, somebody who knows bees; enter alone lets it be"
    place.ask(Question(f"What is {name} looking for", hint, may_be_empty=True), submit)


class EditOrLearn(Edit):
    """Opens the form of a contact. On the page of giving it only asks what the contact looks for."""

    def refusal(self, place: GivingPlace) -> str:  # type: ignore[override]
        return "" if place.giving.question is not None else super().refusal(place)

    def run(self, place: GivingPlace) -> None:  # type: ignore[override]
        asked = place.giving.question
        if asked is None:
            super().run(place)
        else:
            learn(place, asked.contact_id, asked.name)


class GivingPlace(VerbPlace, Protocol):
    """A place that may show the page of giving."""

    giving: Giving
    """The content of the page; empty while the page is not shown."""


class GiveEntry(ScreenVerb):
    """Carries out the entries of one kind on the page of giving."""

    def __init__(self, verb: str, kind: str) -> None:
        self.id = verb
        self.kind = kind

    def refusal(self, place: GivingPlace) -> str:  # type: ignore[override]
        there = any(entry.kind == self.kind for entry in place.giving.entries(place.planner.today))
        return "" if there else "That stands on the page of giving, after everyone was met"

    def run(self, place: GivingPlace) -> None:  # type: ignore[override]
        for entry in place.giving.entries(place.planner.today):
            if entry.kind == self.kind:
                give(place, place.giving, entry)


class WordsOrThanks(WordsForItem):
    """Shows the words of thanks while the page of giving offers some, else the words for the item under the cursor."""

    def refusal(self, place: GivingPlace) -> str:  # type: ignore[override]
        return "" if self._entry(place) is not None else super().refusal(place)

    def run(self, place: GivingPlace) -> None:  # type: ignore[override]
        entry = self._entry(place)
        if entry is not None:
            give(place, place.giving, entry)
        else:
            super().run(place)

    @staticmethod
    def _entry(place: GivingPlace) -> GivingEntry | None:
        return next((one for one in place.giving.entries(place.planner.today) if one.kind == "thanks"), None)


GIVING: Final = (GiveEntry("introduce", "match"), WordsOrThanks(), EditOrLearn())
"""The verbs of the page of giving, which need no contact under the cursor."""


async def _thank(place: PlacePort, thanks: ThankYou) -> None:
    # The agenda, which shows the page, does not need the dialog.
    from planner.ui.shared.letter_dialog import LetterDialog

    subject = Subject(favor=thanks.favor_id, what=thanks.words)
    letter = await place.fetch(lambda desk: desk.drafts.draft("thank", thanks.contact_id, subject))
    if await place.answer_of(LetterDialog(letter, settles=True)):
        await place.do(lambda desk: desk.giving.thank(thanks))
