"""Who looks for what somebody else offers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.core.network import matchmaking
from planner.core.network.matchmaking import TOO_COMMON, Side, pairs
from planner.core.network.topics import shared_topics, stem, topic_spans
from tests.cases import case


def sides(*texts: str, start: int = 1) -> list[Side]:
    return [Side(number, f"P{number}", text) for number, text in enumerate(texts, start)]


def told(needs: list[Side], offers: list[Side], **more: object) -> list[tuple[str, str, tuple[str, ...]]]:
    found = pairs(needs, offers, **more)  # type: ignore[arg-type]
    return [(one.needs.name, one.offers.name, one.on) for one in found]


def test_a_pair_shares_a_word_in_any_form() -> None:
    assert told(sides("piano lessons for her son"), sides("a lesson at the pianos", start=9)) == [
        ("P1", "P9", ("piano", "lessons"))
    ]
    assert told(sides("a flat in Lyon"), sides("help with anything", start=9)) == []


def test_more_shared_words_come_first_then_names() -> None:
    needs, offers = sides("a flat in Lyon"), sides("a house in Lyon", "a flat in Lyon", "a garden, Lyon", start=7)
    assert told(needs, offers) == [
        ("P1", "P8", ("flat", "lyon")), ("P1", "P7", ("lyon",)), ("P1", "P9", ("lyon",)),
    ]  # fmt: skip


def test_nobody_matches_themselves_nor_whom_i_turned_down() -> None:
    both = sides("rust")
    assert told(both, both) == []
    needs, offers = sides("rust"), sides("rust", "rust", start=5)
    assert told(needs, offers, not_these={(1, 5)}) == [("P1", "P6", ("rust",))]
    assert told(sides("rust", start=9), sides("rust", start=5), not_these={(5, 9)}) == []


def test_a_word_everybody_offers_does_not_hide_the_one_that_tells() -> None:
    crowd = sides(*["Lyon"] * (TOO_COMMON + 30), start=100)
    needs, one = sides("piano in Lyon"), sides("piano in Lyon", start=50)
    assert told(needs, [*crowd, *one]) == [("P1", "P50", ("piano", "lyon"))]
    # Where nothing else is looked for it still finds people.
    assert len(told(sides("Lyon"), crowd)) == TOO_COMMON


WORDS = st.lists(st.sampled_from(["rust", "piano", "flat", "wheat", "choirs", "maps"]), max_size=4).map(" ".join)


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12), st.integers(1, 8))
def test_the_best_are_those_a_plain_search_finds(needs: list[str], offers: list[str], most: int) -> None:
    wanted, offered = sides(*needs), sides(*offers, start=100)
    everything = sorted(
        (-len(shared_topics(one.text, other.text)), one.name, other.name, one.contact_id, other.contact_id)
        for one in wanted
        for other in offered
        if shared_topics(one.text, other.text)
    )
    found = pairs(wanted, offered, most=most)
    assert [(-len(one.on), one.needs.name, one.offers.name) for one in found] == [row[:3] for row in everything[:most]]


@given(st.lists(WORDS, min_size=20, max_size=30), st.lists(WORDS, min_size=20, max_size=30))
def test_cutting_off_the_poor_ones_loses_none_of_the_best(needs: list[str], offers: list[str]) -> None:
    wanted, offered = sides(*needs), sides(*offers, start=100)
    assert pairs(wanted, offered, most=2) == pairs(wanted, offered, most=900)[:2]
    assert matchmaking.TOO_COMMON > 30


def test_two_forms_have_one_stem() -> None:
    for one, other in [
        ("lesson", "lessons"), ("study", "studies"), ("nurse", "nurses"), ("job", "jobs"), ("movie", "movies"),
        ("class", "classes"), ("guide", "guiding"), ("teach", "teacher"), ("city", "cities"),
        ("plank", "planks"), ("space", "spaces"), ("business", "businesses"), ("match", "matches"),
    ]:  # fmt: skip
        with case(one, other):
            assert stem(one) == stem(other)


def test_two_words_keep_apart() -> None:
    for one, other in [("rust", "trust"), ("port", "sport"), ("rest", "rust"), ("boss", "bos")]:
        with case(one, other):
            assert stem(one) != stem(other)


@given(st.text(alphabet="abcdeinrsy", min_size=1, max_size=12))
def test_a_stem_is_a_beginning_of_its_word_but_for_a_y(word: str) -> None:
    found = stem(word)
    assert word.startswith(found) or (found.endswith("i") and word.startswith(found[:-1]))
    assert len(found) >= min(3, len(word))


def test_shared_words_are_found_where_they_stand() -> None:
    text = "Crème-Lessons, for beginners (piano)"
    spans = topic_spans(text, ("lesson", "pianos", "creme"))
    assert [text[start:end] for start, end in spans] == ["Crème", "Lessons", "piano"]
    assert topic_spans("Creme\u0300 and more", ("creme",)) == ((0, 6),)
    assert topic_spans("", ("piano",)) == ()
