"""Who gets me there: how ways are ranked, when somebody is better reached through somebody else, and the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.network.reach import COLD_DAYS, Match, Path, Standing, is_cold, paths, price, read_knows
from planner.errors import Refused
from tests.cases import case

ANA, BEN, CY, DORA = 1, 2, 3, 4
NAMES = {ANA: "Ana Silva", BEN: "Ben Okri", CY: "Cy Young", DORA: "Dora Lind"}


def standing(who: int, contact: int | None = 10, helped: int | None = None, asked: int = 0, gave: int = 0) -> Standing:
    return Standing(NAMES[who], contact, helped, asked, gave)


def maps(found: tuple[Path, ...]) -> list[str]:
    """The ways as they are read: "Ana Silva > Carl"."""
    return [" > ".join(step.name for step in path.steps) for path in found]


def test_a_way_ends_at_a_contact_or_at_whom_they_know() -> None:
    known = {ANA: standing(ANA, 3), BEN: standing(BEN, 9)}
    found = paths([Match(ANA, "works at Port"), Match(BEN, "Port", "Carl Stone")], known, {})
    assert maps(found) == ["Ana Silva", "Ben Okri > Carl Stone"]
    assert [step.contact_id for step in found[1].steps] == [BEN, None]
    assert [(path.why, path.contact_days) for path in found] == [("works at Port", 3), ("Port", 9)]


def test_whoever_was_met_lately_comes_first() -> None:
    known = {who: standing(who, days) for who, days in ((ANA, 90), (BEN, 2), (CY, 30))}
    found = paths([Match(who, "Port", "Carl") for who in known], known, {})
    assert maps(found) == ["Ben Okri > Carl", "Cy Young > Carl", "Ana Silva > Carl"]


def test_whoever_was_helped_lately_comes_before_one_met_as_lately() -> None:
    known = {ANA: standing(ANA, 10), BEN: standing(BEN, 10, helped=20, gave=1), CY: standing(CY, 10, helped=300)}
    assert maps(paths([Match(who, "Port", "Carl") for who in known], known, {})) == [
        "Ben Okri > Carl", "Cy Young > Carl", "Ana Silva > Carl",
    ]  # fmt: skip


def test_whoever_was_asked_often_comes_after_one_not_asked() -> None:
    known = {ANA: standing(ANA, 10, asked=2), BEN: standing(BEN, 10), CY: standing(CY, 10, 50, asked=2, gave=2)}
    assert maps(paths([Match(who, "Port", "Carl") for who in known], known, {})) == [
        "Cy Young > Carl", "Ben Okri > Carl", "Ana Silva > Carl",
    ]  # fmt: skip


def test_a_cold_one_in_the_middle_is_reached_through_the_warmest_who_knows_them() -> None:
    known = {ANA: standing(ANA, COLD_DAYS + 1), BEN: standing(BEN, 40), CY: standing(CY, 5)}
    found = paths([Match(ANA, "Port", "Carl")], known, {ANA: (BEN, CY)})
    assert maps(found) == ["Cy Young > Ana Silva > Carl", "Ana Silva > Carl"]
    assert found[0].contact_days == 5


def test_a_warm_one_is_asked_without_a_detour() -> None:
    known = {ANA: standing(ANA, COLD_DAYS), CY: standing(CY, 5)}
    assert maps(paths([Match(ANA, "Port", "Carl")], known, {ANA: (CY,)})) == ["Ana Silva > Carl"]


def test_nobody_is_reached_through_themselves_or_through_one_colder_than_they_are() -> None:
    known = {ANA: standing(ANA, COLD_DAYS + 1), BEN: standing(BEN, None)}
    assert maps(paths([Match(ANA, "Port", "Ben Okri", BEN)], known, {ANA: (BEN,)})) == ["Ana Silva > Ben Okri"]
    assert maps(paths([Match(ANA, "Port", "Carl")], known, {ANA: (BEN,)})) == ["Ana Silva > Carl"]


def test_the_same_way_stands_once_and_the_most_are_kept() -> None:
    known = {ANA: standing(ANA)}
    assert maps(paths([Match(ANA, "Port", "Carl"), Match(ANA, "cranes", "Carl")], known, {})) == ["Ana Silva > Carl"]
    many = [Match(ANA, "Port", f"Carl {number:03}") for number in range(60)]
    assert maps(paths(many, known, {}, most=3)) == [f"Ana Silva > Carl {number:03}" for number in range(3)]


def test_a_match_of_somebody_who_is_gone_is_left_out() -> None:
    assert paths([Match(DORA, "Port", "Carl")], {ANA: standing(ANA)}, {}) == ()


@given(st.permutations([Match(who, "Port", "Carl") for who in NAMES]))
def test_the_order_of_what_was_found_does_not_matter(matches: list[Match]) -> None:
    known = {who: standing(who, 10 * who, helped=None if who % 2 else 5) for who in NAMES}
    assert paths(matches, known, {}) == paths(sorted(matches, key=lambda one: one.contact_id), known, {})


def test_the_price_in_words() -> None:
    for asked, gave, words in [
        (0, 0, ""),
        (1, 0, "you asked Ana once this year, gave nothing yet"),
        (2, 1, "you asked Ana twice this year, gave once"),
        (5, 3, "you asked Ana 5 times this year, gave 3 times"),
        (0, 2, "you helped Ana twice this year"),
    ]:
        with case(asked, gave, words):
            assert price(standing(ANA, asked=asked, gave=gave)) == words
            assert price(Standing("", asked=1)).startswith("you asked ")


def test_cold_is_not_met_for_half_a_year_or_never() -> None:
    assert [is_cold(standing(ANA, days)) for days in (0, COLD_DAYS, COLD_DAYS + 1, None)] == [False, False, True, True]


def test_who_knows_whom_in_one_line() -> None:
    for line, read in [
        ("Ana knows Carl Stone", ("Ana", "Carl Stone", "", "")),
        ("  Ana   KNOWS Carl Stone , Port of Lyon ", ("Ana", "Carl Stone", "Port of Lyon", "")),
        ("Ana knows Carl, Port, cranes, big ones", ("Ana", "Carl", "Port", "cranes, big ones")),
        ("Ana knows Carl,, cranes", ("Ana", "Carl", "", "cranes")),
        ("#7 knows Mr Knows", ("#7", "Mr Knows", "", "")),
    ]:
        with case(line, read):
            assert read_knows(line) == read


def test_a_line_that_says_less_is_refused_with_what_is_missing() -> None:
    for line, said in [
        ("Ana", "knows Carl Stone"),
        ("", "knows Carl Stone"),
        ("knows Carl", "knows Carl Stone"),
        ("Ana knows", "Whom does Ana know?"),
        ("Ana knows , Port", "Whom does Ana know?"),
        ("Anaknows Carl", "knows Carl Stone"),
    ]:
        with case(line, said), pytest.raises(Refused, match=said.replace("?", r"\?")):
            read_knows(line)


@given(st.text(max_size=60))
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        who, name, _, _ = read_knows(line)
    except Refused:
        return
    assert who
    assert name
