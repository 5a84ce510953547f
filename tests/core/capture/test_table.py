"""Captured lines in the wordings people use, and the facts each must become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from planner.core.capture.facts import (
    Capture,
    CapturedAddress,
    CapturedAsk,
    CapturedCadence,
    CapturedFact,
    CapturedField,
    CapturedFollowUp,
    CapturedGave,
    CapturedGiftIdea,
    CapturedHome,
    CapturedInteraction,
    CapturedKnows,
    CapturedNextDate,
    CapturedNote,
    CapturedPromise,
    CapturedReceived,
    CapturedRequest,
    CapturedThanks,
    CapturedThrough,
    CapturedTold,
    CapturedYearlyDay,
)
from planner.core.capture.line import parse_capture
from planner.core.model import Direction, Outcome, Settings
from planner.core.words.folding import fold
from tests.cases import case
from tests.core.capture.table import PEOPLE, Block, Expected, blocks

TODAY = date(2026, 11, 23)

Told = tuple[str, tuple[str, ...], date | None, date | None, str]
"""What a fact says: kind, places of people, day, due, words."""


def find(name: str) -> Sequence[str]:
    """The people of the table whom a typed name fits."""
    if name.startswith("#"):
        return (PEOPLE[int(name[1:]) - 1],) if 0 < int(name[1:]) <= len(PEOPLE) else ()
    return [person for person in PEOPLE if f" {fold(name)} " in f" {fold(person)} "]


def with_occasion(gift: str, occasion: str) -> str:
    return f"{gift} for {occasion}" if occasion else gift


def told(fact: CapturedFact) -> Iterator[tuple[str, date | None, date | None, str]]:
    """What a fact of a line says, in the terms of the table: kind, day, due, words."""
    match fact:
        case CapturedInteraction():
            how = {Outcome.PLANNED: "planned", Outcome.ATTEMPT: "attempt"}.get(fact.outcome, "contact")
            how = "from" if fact.direction is Direction.THEM else how
            yield f"{how} {fact.channel}", fact.on, None, fact.note
        case CapturedPromise():
            yield f"promise {fact.kind}", fact.on, fact.due, fact.note
        case CapturedAsk():
            yield f"{'they promise' if fact.promised else 'ask'} {fact.kind}", fact.on, None, fact.note
        case CapturedRequest():
            yield f"request {fact.kind}", fact.on, fact.due, fact.note
        case CapturedGave():
            yield f"gave {fact.kind}", fact.on, fact.home_by, with_occasion(fact.note, fact.occasion)
        case CapturedGiftIdea():
            yield "gift_idea", None, None, with_occasion(fact.text, fact.occasion)
        case CapturedReceived():
            yield f"received {fact.kind}", fact.on, fact.home_by, with_occasion(fact.note, fact.occasion)
            for name in fact.met:
                yield "knows", None, None, f"{name} at {fact.met_at}" if fact.met_at else name
        case CapturedHome():
            by = {True: " by_me", False: " by_them", None: ""}[fact.by_me]
            yield f"home{by}", fact.on, None, fact.about
        case CapturedThanks():
            yield "thanked", fact.on, None, fact.about
        case CapturedTold():
            yield "told", fact.on, None, fact.about
        case CapturedFollowUp():
            yield "followup", None, fact.on, fact.text
        case CapturedNextDate():
            yield "next", None, fact.on, "" if fact.text == "catch up" else fact.text
        case CapturedCadence():
            yield "rhythm", None, None, fact.text
        case CapturedYearlyDay():
            year = f"{fact.year}-" if fact.year is not None else ""
            yield fact.kind, None, None, f"{year}{fact.month:02}-{fact.day:02}"
        case CapturedKnows():
            about = f" at {fact.company}" if fact.company else ""
            about += f" about {fact.topic}" if fact.topic else ""
            for name in fact.names:
                yield "knows", None, None, f"{name}{about}"
        case CapturedField():
            yield fact.field, fact.on, None, f"{fact.text} as {fact.title}" if fact.title else fact.text
        case CapturedThrough():
            yield "through", None, None, fact.name
        case CapturedAddress():
            yield fact.kind, None, None, fact.value
        case CapturedNote():
            yield "note", None, None, fact.text


def typed_behind_names(capture: Capture) -> str:
    return capture.text.partition(":")[2].strip(" .\"“”«»-'") or capture.text


def compare(capture: Capture, facts: Sequence[CapturedFact], expected: Sequence[Expected]) -> None:
    """Hold the facts of one reading against the table."""
    found = [(fact, *one) for fact in facts for one in told(fact)]
    assert all(one[1] in wanted.kind.split(" ~ ") for one, wanted in zip(found, expected, strict=True))
    for (fact, kind, day, due, words), one in zip(found, expected, strict=True):
        assert fact.problem == ""
        if one.words == ("*",):
            assert words.strip(" .\"“”«»-'") == typed_behind_names(capture), kind
        else:
            assert words in one.words, (kind, words)
        if one.day != "*" and day is not None:
            assert day == (date.fromisoformat(one.day) if one.day else TODAY), (kind, "day", day)
        assert (due.isoformat() if due else "") == one.due or one.due == "*", (kind, "due", due)
        about = [capture.who[place] for place in fact.who] or list(capture.who)
        wanted = list(one.who) or [fold(name) for name in capture.who]
        found_names = {find(name)[0].split()[0] for name in about}
        wanted_names = {find(name)[0].split()[0] for name in wanted}
        assert found_names == wanted_names, (kind, "who", found_names)


def refusals(capture: Capture) -> list[str]:
    """Why a line is refused, as the desk says it."""
    if not capture.named:
        return ["No colon"]
    said = [f"Nobody is called {name}" for name in capture.who if not find(name)]
    said += [f"Nobody is called {fact.name}" for fact in capture.facts
             if isinstance(fact, CapturedThrough) and not find(fact.name)]  # fmt: skip
    if not capture.who:
        said.append("No name stands before the colon")
    elif not capture.facts:
        said.append("Nothing stands after the colon")
    return [*said, *capture.problems]


def hold(block: Block, wording: str) -> None:
    """Hold one wording against the table."""
    capture = parse_capture(wording, TODAY, Settings(), find)
    refused = refusals(capture)
    if block.refusals:
        assert refused, "nothing is refused"
        assert any(words in one for words in block.refusals for one in refused), refused
        return
    assert not refused, refused
    assert bool(capture.open) == (len(block.readings) > 1), "open"
    if len(block.readings) > 1:
        (fact,) = capture.open
        for one, expected in zip((fact, fact.other), block.readings, strict=True):
            assert one is not None
            compare(capture, [one], expected)
            # Written as it says, this reading alone is meant.
            sure = parse_capture(f"{wording[: fact.start]}{one.write}{wording[fact.end :]}", TODAY, Settings(), find)
            assert not sure.open, one.write
            compare(
                sure, [found for found in sure.facts if found.start == fact.start or len(sure.facts) == 1], expected
            )
        return
    compare(capture, capture.facts, block.readings[0])


def test_the_table_holds_three_hundred_things_in_several_wordings_each_once() -> None:
    found = blocks()
    wordings = [wording for block in found for wording in block.wordings]
    assert len(found) >= 300
    assert len(wordings) >= 900
    assert len(set(wordings)) == len(wordings)


def test_each_wording_becomes_the_facts_of_its_block() -> None:
    failed = []
    for block in blocks():
        for wording in block.wordings:
            try:
                with case(block.place, wording):
                    hold(block, wording)
            except AssertionError as error:
                failed.append(f"{block.place} {wording}\n    {str(error).splitlines()[0] if str(error) else error}")
    assert not failed, f"{len(failed)} lines are read wrongly:\n" + "\n".join(failed)
