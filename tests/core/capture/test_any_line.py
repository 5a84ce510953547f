"""Whatever is typed: a line is answered, no word of it is lost, and a part says the same whatever surrounds it."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.core.capture.days import is_only_a_date
from planner.core.capture.facts import CapturedFact
from planner.core.capture.line import parse_about, parse_capture
from planner.core.model import Settings
from tests.core.capture.table import blocks
from tests.core.capture.test_table import TODAY, find

WORDINGS = [wording for block in blocks() for wording in block.wordings]
ODD = "zorblax"
"""A word that no grammar knows."""

broken = st.sampled_from(WORDINGS).flatmap(
    lambda line: st.lists(st.sampled_from(line.split(" ")), max_size=14).map(" ".join)
)
joined = st.lists(st.sampled_from(WORDINGS), min_size=2, max_size=4).map(", ".join)


def texts_of(fact: CapturedFact) -> list[str]:
    """Every text that a fact keeps."""
    kept: list[str] = []
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name not in ("chip", "write", "turned"):
            kept += [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str)]
    return kept


@given(broken | joined | st.text(max_size=150))
def test_any_line_is_answered_and_its_parts_cover_it(line: str) -> None:
    for capture in (parse_capture(line, TODAY, Settings(), find), parse_about(line, ["Ana Silva"], TODAY, Settings())):
        if not capture.named:
            assert not capture.facts
            continue
        place = 0
        covered = set[int]()
        for fact in capture.facts:
            assert place <= fact.start < fact.end <= len(line)
            place = fact.end
            covered |= set(range(fact.start, fact.end))
            assert fact.chip
            assert all(0 <= who < len(capture.who) for who in fact.who)
            assert (fact.other is None) == (not fact.write)
        for start, end in capture.who_spans:
            covered |= set(range(start, end))
        left = "".join(letter for at, letter in enumerate(line) if at not in covered)
        assert not re.search(r"[^\W_]", re.sub(r"\b(?:and|but|then)\b", "", left, flags=re.IGNORECASE))


@given(st.sampled_from(WORDINGS), st.integers(0, 20))
def test_a_word_that_means_nothing_is_kept_wherever_it_stands(line: str, at: int) -> None:
    words = line.split(" ")
    typed = " ".join([*words[:at], ODD, *words[at:]])
    capture = parse_capture(typed, TODAY, Settings(), find)
    if capture.named and not capture.problems:
        kept = [*capture.who, *(text for fact in capture.facts for text in texts_of(fact))]
        assert any(ODD in text for text in kept), [fact.chip for fact in capture.facts]


def is_headed(line: str) -> bool:
    """Whether a line has names and a colon; a day alone behind it would belong to any part before it."""
    head, colon, rest = line.partition(": ")
    names = re.split(r",|&|\+|;| and ", head)
    return bool(colon) and all(find(name.strip()) for name in names) and not is_only_a_date(rest)


parts = [line for line in WORDINGS if is_headed(line)]


@given(st.sampled_from(parts), st.sampled_from(["likes tea", "note: has a dog"]))
def test_a_note_before_or_behind_changes_nothing_else(line: str, note: str) -> None:
    def said(text: str) -> list[str]:
        found = parse_capture(text, TODAY, Settings(), find).facts
        return [fact.chip for fact in found if fact.chip not in ("note: likes tea", "note: has a dog")]

    alone = said(line)
    head, _, rest = line.partition(": ")
    assert said(f"{line}, {note}") == alone
    assert said(f"{head}: {note}, {rest}") == alone


@given(st.sampled_from(WORDINGS), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_deadline_is_never_behind_the_day_the_line_is_written(line: str, today: date) -> None:
    for fact in parse_capture(line, today, Settings(), find).facts:
        if not fact.problem:
            for name in ("due", "home_by"):
                day = getattr(fact, name, None)
                assert day is None or day >= today, (name, day)
