"""Keys that a terminal cannot tell apart are read as a person means them."""

from __future__ import annotations

from textual import events

from planner.terminal.keys import as_meant, as_typed


def test_a_letter_after_escape_is_both_however_fast_it_comes() -> None:
    found = [(one.key, one.character) for one in as_typed(events.Key("alt+a", "a")) if isinstance(one, events.Key)]
    assert found == [("escape", None), ("a", "a")]
    plain = events.Key("a", "a")
    assert as_typed(plain) == (plain,)
    mine = events.Key("alt+x", "x")
    assert as_typed(mine, {"alt+x"}) == (mine,)


def test_a_word_is_passed_by_in_a_text_and_elsewhere_it_is_escape_and_the_letter() -> None:
    key = events.Key("alt+b", "b")
    assert as_typed(key) == (key,)
    assert [one.key for one in as_meant(key, True)] == ["ctrl+left"]
    assert [(one.key, one.character) for one in as_meant(key, False)] == [("escape", None), ("b", "b")]
    assert as_meant(key, True, {"alt+b"}) == (key,)
