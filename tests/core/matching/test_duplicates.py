"""Who may be here twice: cheap keys, kind limits, and names that sound the same."""

from __future__ import annotations

import pytest

from planner.core.matching.duplicates import COMMON_NAME, SWITCHBOARD, ComparedContact, likely_pairs, sound
from planner.core.matching.nicknames import nickname_groups
from planner.core.matching.recognition import Likeness
from tests.cases import case


def found(*names: str, companies: tuple[str, ...] = ()) -> list[tuple[int, int, Likeness]]:
    companies = companies or ("",) * len(names)
    entries = [
        ComparedContact(n, name, company) for n, (name, company) in enumerate(zip(names, companies, strict=True), 1)
    ]
    return [(pair.one, pair.other, pair.likeness) for pair in likely_pairs(entries, {}, {})]


def test_spellings_of_one_sound_are_alike() -> None:
    for one, other in [
        ("meyer", "maier"), ("katherine", "catrin"), ("sarah", "sara"), ("jon", "john"), ("philip", "filip"),
        ("stefan", "stephan"), ("schmidt", "schmitt"),
    ]:  # fmt: skip
        with case(one, other):
            assert sound(one) == sound(other)


def test_other_names_are_not() -> None:
    for one, other in [("meyer", "berg"), ("ana", "ina"), ("leo", "lea"), ("smith", "schmidt")]:
        with case(one, other):
            assert sound(one) != sound(other)


def test_names_that_may_be_one() -> None:
    for one, other, likeness in [
        ("Ana Silva", "ana  SILVA", Likeness.NAME),
        ("Dr. Ana Silva", "Silva, Ana", Likeness.NAME),
        ("Zoë Ångström", "Zoe Angstrom", Likeness.NAME),
        ("Bob Smith", "Robert Smith", Likeness.NICKNAME),
        ("Hanna Meyer", "Hanna Maier", Likeness.SIMILAR),
        ("Ana Silva", "Ana M. Silva", Likeness.SIMILAR),
    ]:
        with case(one, other, likeness):
            assert found(one, other) == [(1, 2, likeness)]


@pytest.mark.parametrize(("one", "other"), [("Ana Silva", "Ben Silva"), ("Ana Silva", "Ana Costa"), ("Ana", "Anna")])
def test_names_that_are_two(one: str, other: str) -> None:
    assert found(one, other) == []


def test_similar_names_at_two_companies_are_two_people() -> None:
    assert found("Hanna Meyer", "Hanna Maier", companies=("Port", "Quay")) == []
    assert found("Hanna Meyer", "Hanna Maier", companies=("Port", "port")) == [(1, 2, Likeness.SIMILAR)]


def test_an_address_as_a_name_says_nothing() -> None:
    assert found("info@port.example", "info@port.example") == []


def test_a_name_that_too_many_have_says_nothing_but_for_their_company() -> None:
    assert found(*["Kim Berg"] * (COMMON_NAME + 1)) == []
    some = found(*["Kim Berg"] * COMMON_NAME)
    assert len(some) == COMMON_NAME - 1
    many = found(*["Kim Berg"] * 40, companies=("Port",) * 2 + ("",) * 38)
    assert many == [(1, 2, Likeness.COMPANY)]


def test_each_pair_comes_once_with_its_strongest_reason_the_surest_first() -> None:
    entries = [
        ComparedContact(1, "Kim Berg", "Port"),
        ComparedContact(2, "Kim Berg", "Port"),
        ComparedContact(3, "Kim Berg"),
        ComparedContact(4, "Leo Hart"),
    ]
    emails = {"k@x.example": [1, 2], "info@x.example": [2, 3, 4]}
    found = likely_pairs(entries, emails, {"+331": [3, 4], "+332": [9, 1]})
    assert [(pair.one, pair.other, pair.likeness) for pair in found] == [
        (1, 2, Likeness.EMAIL_AND_NAME),
        (3, 4, Likeness.PHONE),
        (2, 3, Likeness.MAILBOX),
        (1, 3, Likeness.NAME),
    ]


def test_a_number_that_too_many_have_is_nobodys() -> None:
    entries = [ComparedContact(n, f"{chr(96 + n) * 4} {chr(96 + n) * 6}") for n in range(1, SWITCHBOARD + 2)]
    everyone = [one.id for one in entries]
    assert likely_pairs(entries, {}, {"+331": everyone}) == []
    assert len(likely_pairs(entries[:-1], {}, {"+331": everyone[:-1]})) == SWITCHBOARD - 1


def test_short_forms_are_known_and_stand_for_several_names() -> None:
    assert nickname_groups("bob") & nickname_groups("robert")
    assert nickname_groups("kathy") & nickname_groups("catherine")
    assert nickname_groups("jurgen") & nickname_groups("georg")
    assert nickname_groups("alex") & nickname_groups("alexandra")
    assert nickname_groups("alex") & nickname_groups("alexander")
    assert not nickname_groups("alexandra") & nickname_groups("peter")
    assert nickname_groups("xyz") == frozenset()
