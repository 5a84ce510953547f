"""What two texts have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.network.topics import shared_topics, stem, stems, topic_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Looking for a Rust job in Lyon", ("rust", "job", "lyon")),
        ("CRÈME brûlée, crème!", ("creme", "brulee")),
        ("help with my work, any time", ()),
        ("C++ or Go, e-mail", ("mail",)),
        ("snake_case", ("snake", "case")),
        ("登山 登山者会", ("登山者会",)),
        ("", ()),
        ("\x1b[31m", ("31m",)),
    ],
)
def test_topic_words_are_folded_once_each_and_without_common_ones(text: str, words: tuple[str, ...]) -> None:
    assert topic_words(text) == words


def test_shared_topics_come_in_the_order_of_the_first() -> None:
    assert shared_topics("Rust and sailing in Lyon", "lyon sailing club, RUST") == ("rust", "sailing", "lyon")
    assert shared_topics("Rust", "trust") == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_sharing_goes_both_ways(one: str, other: str) -> None:
    shared = {stem(word) for word in shared_topics(one, other)}
    assert shared == {stem(word) for word in shared_topics(other, one)} == stems(one) & stems(other)
    assert {stem(word) for word in shared_topics(one, one)} == {stem(word) for word in topic_words(one)}
