"""Values with parts in one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.core.words.parts import agree, family_and_given, in_words, parts_of, with_parts

PARTS = st.lists(st.text("a;\\ ,é", max_size=4), max_size=6)


@given(PARTS)
def test_parts_come_back_as_they_were(parts: list[str]) -> None:
    said = list(parts_of(with_parts(parts)))
    while parts and not parts[-1]:
        parts.pop()
    assert said == (parts or [""])


def test_names_and_addresses_in_words() -> None:
    assert in_words(";;1 High St;Leeds;;LS1") == "1 High St, Leeds, LS1"
    assert (family_and_given("Ana Maria Lund"), family_and_given("Prince")) == (("Lund", "Ana Maria"), ("", "Prince"))
    assert agree("Ána Lund", ["Lund", "Ana", "Maria"])
    assert not agree("Ana Berg", ["Lund", "Ana"])
    assert not agree("", ["Lund"])
