"""Gifts: what is known before an occasion, and where a gift belongs that names none."""

from __future__ import annotations

from datetime import date

from planner.core.gifts import gift_words, other_gifts
from planner.core.model import Favor, FavorDirection, FavorState
from tests.cases import case

ON = date(2026, 12, 12)
"""The birthday the tests are about."""
IDEA, DONE = FavorState.IDEA, FavorState.DONE


def gift(note: str, state: FavorState = DONE, on: date | None = None, occasion: str = "") -> Favor:
    return Favor(1, 1, FavorDirection.GIVEN, "gift", state, note=note, done_on=on, occasion=occasion)


def test_before_an_occasion_the_ideas_and_what_was_given_last_are_known() -> None:
    for gifts, words in (
        ([], ""),
        ([gift("a pen", IDEA)], "idea: a pen"),
        ([gift("a pen", IDEA, occasion="Birthday"), gift("a map", IDEA)], "idea: a pen, a map"),
        ([gift("a pen", IDEA, occasion="Christmas")], ""),
        ([gift("a scarf", on=date(2025, 12, 12), occasion="birthday")], "last year: a scarf"),
        ([gift("a scarf", on=date(2025, 11, 30))], "last year: a scarf"),
        ([gift("a scarf", on=date(2025, 6, 1))], ""),
        ([gift("a scarf", on=date(2025, 7, 1), occasion="birthday")], "last year: a scarf"),
        ([gift("a scarf", on=date(2023, 12, 14))], "in 2023: a scarf"),
        ([gift("a cap", on=date(2024, 12, 12)), gift("a scarf", on=date(2025, 12, 10))], "last year: a scarf"),
        ([gift("a pen", IDEA), gift("a scarf", on=date(2025, 12, 12))], "idea: a pen · last year: a scarf"),
        ([gift("a pen", IDEA), gift("a hat", on=date(2026, 12, 10))], "given: a hat"),
        ([gift("a book", on=date(2025, 12, 12), occasion="anniversary")], ""),
    ):
        with case(gifts):
            assert gift_words(gifts, "birthday", ON) == words


def test_a_gift_of_new_year_belongs_to_the_birthday_it_was_near() -> None:
    second = date(2027, 1, 2)
    assert gift_words([gift("a cake", on=date(2025, 12, 29))], "birthday", second) == "last year: a cake"
    assert gift_words([gift("a cake", on=date(2026, 12, 29))], "birthday", second) == "given: a cake"


def test_a_leap_day_has_its_gifts_in_any_year() -> None:
    assert gift_words([gift("a frog", on=date(2023, 2, 28))], "birthday", date(2024, 2, 29)) == "last year: a frog"


def test_occasions_that_are_no_days_of_the_year_stand_by_themselves() -> None:
    gifts = [
        gift("a pen", IDEA, occasion="Christmas"), gift("a book", on=date(2025, 12, 24), occasion="Christmas"),
        gift("a map", IDEA), gift("a scarf", on=ON, occasion="birthday"),
    ]  # fmt: skip
    assert other_gifts(gifts, ["birthday"]) == ("Christmas: idea: a pen · 2025: a book",)
    assert other_gifts(gifts, []) == (
        "Christmas: idea: a pen · 2025: a book", "idea: a map", "birthday: 2026: a scarf",
    )  # fmt: skip
