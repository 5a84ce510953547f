"""Questions about cards in words, with their possible answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.core.book.said import CIRCLES, LISTS, PHOTO
from planner.core.book.words import DUPLICATE, FOLDER, GONE, IDENTITY, SHORT_NAMES, UNDONE, field_label, value_in_words
from planner.core.words.counts import counted
from planner.desk.book.values import CardQuestion
from planner.store.book.cards import as_written
from planner.store.book.questions import OpenQuestion
from planner.store.facts import contact_names

_BOTH = frozenset({*LISTS, CIRCLES, "notes"})
RESTORE = "restore"
AGAIN = "again"
ANSWERS = {
    GONE: {
        "archive": "put the person away, history kept",
        "keep": "the person stays as they are",
        "unlink": "the person stays, and a card that comes back is a new one",
    },
    FOLDER: {"gone": "they are gone: each is asked about", "keep": "keep everybody as they are"},
    IDENTITY: {"two": "two people", "one": "one person, under the name the card says now"},
    DUPLICATE: {"keep": "say no more of it; the book keeps what the first file said"},
    UNDONE: {AGAIN: "the next sync reads them again", "keep": "leave everybody as they are here"},
    PHOTO: {"keep": "leave the card without its picture", RESTORE: "write the picture back into the card"},
}


def answers_to(one: OpenQuestion) -> dict[str, str]:
    """The possible answers to a question, each with its effect; in the caller's snapshot."""
    about = one.about
    if about in ANSWERS:
        # Only a picture that the planner has written is stored here.
        lacks = about == PHOTO and (one.card is None or not as_written(one.card))
        return {answer: does for answer, does in ANSWERS[about].items() if not (lacks and answer == RESTORE)}
    both = {"both": "keep both"} if about in _BOTH else {}
    return {"theirs": "take what the card says", "mine": "keep what is here", **both}


def questions_in_words(asked: Iterable[OpenQuestion]) -> Iterator[CardQuestion]:
    """Questions in words, to show; in the caller's snapshot."""
    asked = list(asked)
    ids = {one.contact_id for one in asked if one.contact_id is not None}
    ids |= {one.mine for one in asked if one.about == IDENTITY}
    names = contact_names.names_of(ids)
    for one in asked:
        name = names.get(one.contact_id or 0, "")
        words, theirs, mine = _words(one, name, names)
        about, answers = SHORT_NAMES.get(one.about, one.about), answers_to(one)
        yield CardQuestion(
            one.id, about, one.contact_id, name, words, theirs, mine, answers, one.asked_on, one.book
        )  # fmt: skip


def _words(one: OpenQuestion, name: str, names: dict[int, str]) -> tuple[str, str, str]:
    """(the question, the value on the card, the value held here), in words."""
    if one.about == GONE:
        return f"{name} is no longer in this book", "", ""
    if one.about == FOLDER:
        missing, known = one.theirs
        return f"{len(missing):,} of {known:,} people are no longer in {one.mine}", "", ""
    if one.about == UNDONE:
        were = f"{counted(len(one.theirs), 'card')} {'was' if len(one.theirs) == 1 else 'were'}"
        return f"{were} read, and that was undone: {one.mine}", "", ""
    if one.about == IDENTITY:
        return f"the card of {names.get(one.mine, '')} now says {name}", name, names.get(one.mine, "")
    if one.about == DUPLICATE:
        files = " and ".join(map(str, one.theirs))
        return f"{files} are one card by their UID: a syncing program stops until one of them goes", files, ""
    theirs, mine = (value_in_words(one.about, value) for value in (one.theirs, one.mine))
    return f"{name}: {field_label(one.about)}", theirs, mine
