"""The table of fields: each row is whole, and no two say the same."""

from __future__ import annotations

from dataclasses import fields

from planner.core.contact_fields import FIELDS, FORM, INDEXED, TEXTS, TYPED_FIELDS, Kind
from planner.core.model import Contact, ImportedContact


def test_no_two_fields_are_called_the_same() -> None:
    for of in ("name", "attribute", "column", "form", "option", "search", "header", "word", "vcard"):
        said = [value for one in FIELDS if (value := getattr(one, of))]
        assert len(said) == len(set(said)), of


def test_a_header_seen_in_the_wild_means_one_field() -> None:
    seen = [header for one in FIELDS for header in one.headers.split(", ") if header]
    assert len(seen) == len(set(seen))


def test_every_value_has_the_attributes_of_the_fields_it_holds() -> None:
    of_contact = {one.name: one.default for one in fields(Contact)}
    of_import = {one.name: one.default for one in fields(ImportedContact)}
    for one in TEXTS:
        for known in (of_contact, of_import):
            assert one.attribute in known, one.name
            assert one.attribute in ("name", "source") or known[one.attribute] == "", one.name
    assert {one.column for one in FIELDS if one.column} <= set(of_contact)


def test_what_one_types_can_be_given_on_the_command_line_and_the_other_way_round() -> None:
    beside = {"status"}
    """Set by a verb of its own on the screen."""
    assert {one.name for one in TYPED_FIELDS if one.option} == {one.name for one in FORM} | beside
    for one in FIELDS:
        assert bool(one.help) == bool(one.option), one.name
        assert bool(one.search_words) == bool(one.search), one.name
        assert bool(one.choices) == (one.kind is Kind.CHOICE), one.name


def test_lines_come_before_longer_text_where_words_are_looked_for() -> None:
    assert INDEXED[0] == "name"
    assert INDEXED[-1] == "notes"
