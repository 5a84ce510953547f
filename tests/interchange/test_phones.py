"""One number, however it is written, has one key."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from planner.config import Config
from planner.core.model import Cell, ImportedContact, Settings
from planner.desk import Desk
from planner.interchange.phones import phone_key
from planner.store.session import Store
from tests.cases import case
from tests.store.stores import assert_sound


def test_keys() -> None:
    for text, region, key in [
        ("+41 44 668 18 00", None, "+41446681800"),
        ("0041 44 668 18 00", None, "+41446681800"),
        ("044 668 18 00", "CH", "+41446681800"),
        ("+1 (418) 656-9254 ext. 102", None, "+14186569254;ext=102"),
        ("418-656-9254 x102", None, "4186569254;ext=102"),
        ("418-656-9254", None, "4186569254"),
        ("+1 (212) 204-34456", None, None),
        ("12345", None, None),
        ("x102", None, None),
        ("no number", None, None),
        ("", None, None),
    ]:
        with case(text, region, key):
            assert phone_key(text, region) == key


@given(st.text(alphabet="+0123456789 ()-x;ext=.", max_size=40) | st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    key = phone_key(text)
    assert key is None or any(character.isdigit() for character in key)


def test_the_library_is_imported_only_for_a_number() -> None:
    code = (
        "import sys, planner.interchange.reading; from planner.interchange.phones import phone_key;"
        "phone_key('418-656-9254'); print('phonenumbers' in sys.modules, 'textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_number_that_is_valid_as_it_stands_is_read_as_the_library_reads_it() -> None:
    compared = 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in range(5):
            number = phonenumbers.example_number_for_type(region, kind)
            if number is None:
                continue
            for form in (phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.INTERNATIONAL):
                text = phonenumbers.format_number(number, form)
                read = phonenumbers.parse(text, None)
                wanted = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
                assert phone_key(text) == (f"{wanted};ext={read.extension}" if read.extension else wanted)
                compared += 1
    assert compared > 1000


@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)), st.text("0123456789", min_size=5, max_size=11)
)
def test_no_number_is_taken_for_valid_that_the_library_refuses(code: int, national: str) -> None:
    text = f"+{code}{national}"
    number = phonenumbers.parse(text, None)
    key = phone_key(text)
    if key is not None and not phonenumbers.is_valid_number(number):
        whole = phonenumbers.PhoneNumber(country_code=code, national_number=int(national))
        assert phonenumbers.is_valid_number(whole)


def test_a_region_set_later_reads_stored_numbers_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "planner.db", Settings(), session="test").open()

    def desk(region: str | None) -> Desk:
        return Desk(store, Config(region=region), lambda: date(2026, 11, 23))

    def record(name: str, number: str) -> ImportedContact:
        return ImportedContact(name, "vcard", (f"vcard:{name}{number}",), phones=(Cell(number),), file="x", line=1)

    with desk(None) as without:
        without.imports.run([record("Ana Lee", "06 12 34 56 78"), record("Tom Ray", "+33 6 12 34 56 78")])
        assert without.review.duplicates().total == 0
        with_region = desk("FR")
        assert [one.likeness for one in with_region.review.duplicates().pairs] == ["phone"]
        assert with_region.imports.run([record("Ana Lee", "+33612345678")], dry_run=True).report.added == 0
        assert with_region.imports.run([record("Ana Lee", "+33612345678")]).report.added == 0
        assert without.review.duplicates().total == 0
        without.keeping.undo()
        assert_sound(store)
