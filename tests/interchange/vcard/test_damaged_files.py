"""Cards are found wherever BEGIN and END stand, and a text that only mentions them stays a text."""

from __future__ import annotations

import pytest

from tests.cases import case
from tests.interchange.helpers import items, one, people, rejected

ANA = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lee\nTEL:+41446681800\nEND:VCARD"
TOM = "BEGIN:VCARD\nVERSION:3.0\nFN:Tom Ray\nTEL:+14186569254\nEND:VCARD"


def told(data: str | bytes) -> list[tuple[str, list[str]]]:
    """The people of a card file with their numbers."""
    return [(person.name, [cell.value for cell in person.phones]) for person in people(data)]


BOTH = [("Ana Lee", ["+41446681800"]), ("Tom Ray", ["+14186569254"])]


def test_cards_are_found_whatever_stands_before_and_between_them() -> None:
    for before in ("", "\0", "\0\0\0\0", "null", "NULL", "\ufeff", "<pre>", "> ", "x y z ", ";", "--", "\t", "0\r\n"):
        for between in ("", " ", "\n\n", "\0", "NULL", ";", "</p><p>", "\r", "NULL\n", "\nundefined\n", "\0\0\n\0"):
            data = f"{before}{ANA}{between}{TOM}{between}"
            with case(before, between):
                assert told(data) == BOTH
                assert rejected(data) == []
                assert told(data.lower().replace("ana lee", "Ana Lee").replace("tom ray", "Tom Ray")) == BOTH


def test_a_newline_may_be_missing_before_the_end() -> None:
    for glued in (
        f"{ANA}\n{TOM}".replace("800\nEND", "800END"),
        f"{ANA}{TOM}".replace("800\nEND", "800END"),
        f"{ANA}\n{TOM}".replace("254\nEND", "254END"),
        f"{ANA}\n\n{TOM}".replace("800\nEND", "800END").replace("BEGIN:VCARD\nVERSION", "BEGIN:VCARDVERSION"),
        f"{ANA}{TOM}".replace("800\nEND", "800END").replace("VERSION:3.0\n", ""),
        f"{ANA}{TOM}".replace("800\nEND:VCARD", "800"),
    ):
        with case(glued):
            assert told(glued) == BOTH


def test_half_a_card_costs_only_itself() -> None:
    cut = f"{ANA}\n{TOM}"
    for length in range(cut.index("Tom Ray") + len("Tom Ray"), len(cut)):
        assert [name for name, _ in told(cut[:length])] == ["Ana Lee", "Tom Ray"], length
    assert told(f"{ANA}\nBEGIN:VCARD\nVERS") == BOTH[:1]
    assert [each.line for each in rejected(f"{ANA}\nBEGIN:VCARD\nVERS")] == [6]
    assert told(f"FN:Half\nTEL:1234567\nEND:VCARD\n{ANA}") == BOTH[:1]
    assert [each.reason for each in rejected(f"FN:Half\nEND:VCARD\n{ANA}")] == ["the card has no beginning"]


@pytest.mark.parametrize("margin", ["  ", "\t", "> ", ">> "])
def test_a_card_may_stand_behind_a_margin(margin: str) -> None:
    text = "\n".join((ANA, TOM.replace("FN:Tom Ray", "FN:Tom\n  Ray")))
    assert told("\n".join(margin + line for line in text.split("\n"))) == BOTH
    # Outside of a card no line goes on in an indented one.
    for above in ("nothing of a card", "X-WHAT:is this", "=20"):
        indented = "\n".join(margin + line for line in text.split("\n"))
        assert told(f"{above}\n{indented}") == BOTH
    # A margin of BEGIN alone is none, and a fold is a fold.
    assert told(f"{margin}{text}") == BOTH


def test_a_text_that_mentions_a_card_stays_a_text() -> None:
    for text in (
        "see BEGIN:VCARD and END:VCARD in it", "closes with END:VCARD", "END:VCARDBEGIN:VCARD", "END:VCARD BEGIN:VCARD",
        "x\\nEND:VCARD\\nBEGIN:VCARD",
    ):  # fmt: skip
        with case(text):
            assert len(items(ANA.replace("TEL", f"NOTE:{text}\nTEL"))) == 1
            person = one(f"NOTE:{text}", "TEL:+41446681800")
            assert person.notes == text.replace("\\n", "\n")
            assert len(person.phones) == 1


def test_an_agent_is_still_passed_over_in_a_glued_file() -> None:
    for agent in ("AGENT:\n" + TOM, "AGENT:" + TOM, "AGENT:" + TOM.replace("\n", "\\n")):
        with case(agent):
            assert told(ANA.replace("TEL", f"{agent}\nTEL") + TOM) == BOTH


def test_a_year_that_is_left_out_is_none() -> None:
    for line, year in [
        ("BDAY;X-APPLE-OMIT-YEAR=2021;VALUE=DATE:20210430", None),
        ("BDAY;VALUE=date;x-apple-omit-year=1604:1604-04-30", None),
        ('BDAY;X-APPLE-OMIT-YEAR="1996":1996-04-30T00:00:00Z', None),
        ("BDAY;X-APPLE-OMIT-YEAR:1996-04-30", None),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1996-04-30", 1996),
        ("BDAY:1604-04-30", None),
        ("BDAY:0000-04-30", None),
        ("BDAY:--04-30", None),
        ("BDAY:--0430", None),
        ("BDAY:--4-30", None),
        ("BDAY:-04-30", None),
        ("BDAY;VALUE=date:--0430T101500", None),
        ("BDAY:1996-04-30", 1996),
    ]:
        with case(line):
            assert [(each.year, each.month, each.day) for each in one(line).dates] == [(year, 4, 30)]
    wedding = one("item1.X-ABDATE;X-APPLE-OMIT-YEAR=2020:2020-06-01", "item1.X-ABLabel:_$!<Anniversary>!$_").dates
    assert [(each.kind, each.year) for each in wedding] == [("anniversary", None)]
