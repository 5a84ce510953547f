"""What two texts have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.core.network.topics import shared_topics, stem, stems, topic_words
from tests.cases import case


def test_topic_words_are_folded_once_each_and_without_common_ones() -> None:
    for text, words in [
        ("Looking for a Rust job in Lyon", ("rust", "job", "lyon")),
        ("CRÈME brûlée, crème!", ("creme", "brulee")),
        ("help with my work, any time", ()),
        ("C++ or Go, e-mail", ("mail",)),
        ("snake_case", ("snake", "case")),
        ("登山 登山者会", ("登山者会",)),
        ("", ()),
        ("\x1b[31m", ("31m",)),
    ]:
        with case(text, words):
            assert topic_words(text) == words


def test_shared_topics_come_in_the_order_of_the_first() -> None:
    assert shared_topics("Rust and sailing in Lyon", "lyon sailing club, RUST") == ("rust", "sailing", "lyon")
    assert shared_topics("Rust", "trust") == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_sharing_goes_both_ways(one: str, other: str) -> None:
    shared = {stem(word) for word in shared_topics(one, other)}
    assert shared == {stem(word) for word in shared_topics(other, one)} == stems(one) & stems(other)
    assert {stem(word) for word in shared_topics(one, one)} == {stem(word) for word in topic_words(one)}


def test_forms_of_a_word_have_one_stem_and_other_words_another() -> None:
    for one, other in (("lady", "ladies"), ("study", "studies"), ("studied", "study"), ("nurse", "nurses"),
                       ("trade", "traders"), ("trading", "trader"), ("play", "played"), ("class", "classes"),
                       ("cap", "caps"), ("boy", "boys")):  # fmt: skip
        assert stem(one) == stem(other), (one, other)
    for one, other in (("cape", "caps"), ("sky", "skis"), ("class", "clas"), ("paper", "pap"),
                       ("gas", "ga"), ("ladies", "lad")):  # fmt: skip
        assert stem(one) != stem(other), (one, other)
    # A vowel before the y keeps it.
    assert [stem(word) for word in ("plays", "monkey", "city")] == ["play", "monkey", "citi"]


@given(st.text("abeiosy", max_size=5), st.sampled_from(["", "s", "y", "e", "es", "ies", "er", "ings"]))
def test_four_letters_stay_and_three_before_the_s_of_a_plural(beginning: str, ending: str) -> None:
    word = beginning + ending
    found = stem(word)
    assert found == word or len(found) >= 4 or (len(found) == 3 and word == f"{found}s")
