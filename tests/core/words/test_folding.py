"""Folding makes texts comparable, cleaning makes them harmless."""

from __future__ import annotations

from unicodedata import category, normalize

from hypothesis import given
from hypothesis import strategies as st

from planner.core.words.folding import REPLACEMENT, clean, clean_line, fold
from tests.cases import case


def test_fold() -> None:
    for text, folded in [
        ("Zoë  ÅNGSTRÖM", "zoe angstrom"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("İpek", "ipek"),
        ("김민수", "김민수"),
        ("Søren\tÆble\n", "soren aeble"),
        ("O\u00adBrien\u200b", "obrien"),
        ("ﬁnn", "finn"),
    ]:
        with case(text, folded):
            assert fold(text) == folded


def test_every_letter_is_folded_alone_and_between_others_by_the_same_rule() -> None:
    letters = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
    for code in range(0x80, 0x11000):
        letter = chr(code)
        parts = [one for one in normalize("NFKD", letter.casefold()) if category(one) not in ("Mn", "Me", "Cf")]
        plain = "".join(letters.get(one, one) for one in "".join(parts).casefold())
        assert fold(f"A {letter}9") == " ".join(normalize("NFC", f"a {plain}9").split()), hex(code)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_cleaned_text_has_nothing_that_acts(text: str) -> None:
    for cleaned in (clean(text), clean(text, visible=True), clean_line(text)):
        assert not any(ord(character) < 32 and character not in "\t\n" for character in cleaned)
        assert not any(0x7F <= ord(character) <= 0x9F for character in cleaned)
        assert not set(cleaned) & set("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2069")
    assert "\n" not in clean_line(text)


def test_unsafe_characters_are_dropped_or_shown_and_joiners_stay() -> None:
    family = "👩\u200d👧"
    assert clean(f"a\x1b[31m\u202eb {family}") == f"a[31mb {family}"
    assert clean("a\x1b\u2066b", visible=True) == f"a{REPLACEMENT}{REPLACEMENT}b"
    assert clean("line\n\ttab") == "line\n\ttab"
    assert clean_line(" a\u2028b\x00 \n c ") == "a b c"
    assert clean("\ud800x") == "x"


def test_what_nobody_sees_makes_no_other_name() -> None:
    for letter in "\u00ad\u200b\u2060\ufeff\ufff9\U000e0041":
        with case(hex(ord(letter))):
            assert clean_line(f"{letter}A{letter}na {letter} Silva") == "Ana Silva"
            assert clean(f"{letter}=1+{letter}1\n", visible=True) == "=1+1\n"
