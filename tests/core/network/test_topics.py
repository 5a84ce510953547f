"""The words a text is about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.core.network.topics import stem, stems, topic_spans, topic_words
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


@given(st.text(max_size=200))
def test_the_stems_of_a_text_are_those_of_its_words(text: str) -> None:
    assert stems(text) == {stem(word) for word in topic_words(text)}


def test_words_are_found_where_they_stand() -> None:
    text = "Crème-Lessons, for beginners (piano)"
    spans = topic_spans(text, ("lesson", "Pianos", "creme"))
    assert [text[start:end] for start, end in spans] == ["Crème", "Lessons", "piano"]
    assert topic_spans("Creme\u0300 and more", ("creme",)) == ((0, 6),)
    assert topic_spans("", ("piano",)) == ()


def test_two_words_keep_apart() -> None:
    for one, other in [("rust", "trust"), ("port", "sport"), ("rest", "rust"), ("boss", "bos")]:
        with case(one, other):
            assert stem(one) != stem(other)


@given(st.text(alphabet="abcdeinrsy", min_size=1, max_size=12))
def test_a_stem_is_a_beginning_of_its_word_but_for_a_y(word: str) -> None:
    found = stem(word)
    assert word.startswith(found) or (found.endswith("i") and word.startswith(found[:-1]))
    assert len(found) >= min(3, len(word))


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
