"""Who is who: the levels of certainty, and what a record may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.matching.field_changes import FieldChanges, merge_fields
from planner.core.matching.recognition import (
    Candidate,
    Decision,
    Level,
    Likeness,
    are_compatible,
    decide,
    fingerprint,
    is_personal,
    name_mark,
)
from planner.core.model import (
    Acquaintance,
    Cell,
    Contact,
    ContactDate,
    ImportedContact,
    ImportedDate,
    Status,
)
from tests.cases import case

HERE = frozenset({"people.vcf"})
"""The one file of an import."""


def record(name: str = "Ana Lee", **values: object) -> ImportedContact:
    """A record of a card file."""
    return replace(ImportedContact(name, "vcard", file="people.vcf"), **values)  # type: ignore[arg-type]


def known(name: str = "Ana Lee", **values: object) -> Candidate:
    """Somebody we know already, with id 7 unless said otherwise."""
    return replace(Candidate(7, name), **values)  # type: ignore[arg-type]


ANA_MAIL = (Cell("ana.lee@example.org"),)
ANA_MAILS = frozenset({"ANA.LEE@example.org"})


class TestLevels:
    def test_a_key_seen_before_is_the_same_person_by_name_or_address(self) -> None:
        ana, mine = frozenset({"vcard:1"}), record(keys=("vcard:1",), emails=ANA_MAIL)
        mobile = frozenset({"+41446681800"})
        for candidate in (
            known(keys=ana), known("Lee, Ana", keys=ana), known("Dr. Ana Lee, PhD", keys=ana),
            known("Ana Park", keys=ana, emails=ANA_MAILS), known("Ana Park", keys=ana, phone_keys=mobile),
            known("Mum", keys=ana, said=frozenset({name_mark("Ana Lee")})),
            known("Mum", own_keys=ana, keys=ana),
        ):  # fmt: skip
            with case(candidate):
                assert decide(mine, [candidate], mobile, frozenset({name_mark("lee ana")})) == Decision(
                    Level.SAME, 7, "card seen before"
                )

    def test_a_key_under_another_name_without_a_shared_address_asks(self) -> None:
        mine = record(keys=("vcard:1",), emails=(Cell("info@acme.example"),))
        for name in ("Ana Park", "Ana", "Tom Lee", "A. Lee", "Acme", "Ana Maria Lee", "Ana Lee Jr."):
            candidate = known(name, keys=frozenset({"vcard:1"}), emails=frozenset({"info@acme.example"}))
            with case(name):
                decision = decide(mine, [replace(candidate, emails=frozenset())])
                assert (decision.level, decision.likeness) == (Level.ASK, Likeness.KEY)
                assert decide(mine, [candidate]).level is Level.ASK
        own = known("Ana Park", keys=frozenset({"vcard:1"}), own_keys=frozenset({"vcard:1"}), read_from=HERE)
        assert decide(mine, [own]).level is Level.ASK

    def test_a_profile_is_one_person_whatever_the_name(self) -> None:
        decision = decide(record(keys=("linkedin:ana",)), [known("Ana Park", keys=frozenset({"linkedin:ana"}))])
        assert decision == Decision(Level.SAME, 7, "profile seen before")

    def test_same_personal_email_and_name_merge(self) -> None:
        decision = decide(record(emails=ANA_MAIL), [known("Lee, Ana", emails=ANA_MAILS)])
        assert (decision.level, decision.contact_id) == (Level.MERGE, 7)

    def test_same_email_under_another_name_asks(self) -> None:
        decision = decide(record("Tom Lee", emails=ANA_MAIL), [known(emails=ANA_MAILS)])
        assert (decision.level, decision.contact_id) == (Level.ASK, 7)

    def test_a_shared_mailbox_never_merges(self) -> None:
        mails, mailbox = frozenset({"info@acme.example"}), (Cell("info@acme.example"),)
        assert decide(record(emails=mailbox), [known(emails=mails)]).level is Level.ASK
        assert decide(record("Tom Ray", emails=mailbox), [known(emails=mails)]).level is Level.NEW

    def test_same_email_at_two_people_of_one_name_asks(self) -> None:
        two = [known(emails=ANA_MAILS), known(id=8, emails=ANA_MAILS)]
        assert decide(record(emails=ANA_MAIL), two).level is Level.ASK
        exact = [known("A. Lee", emails=ANA_MAILS), known(id=8, emails=ANA_MAILS)]
        assert decide(record(emails=ANA_MAIL), exact) == Decision(Level.MERGE, 8, "same e-mail, same name")

    def test_same_phone_asks_and_the_extension_belongs_to_it(self) -> None:
        candidate = known("Tom Ray", phone_keys=frozenset({"+14186569254;ext=102"}))
        assert decide(record("Ray, Tom"), [candidate], candidate.phone_keys).level is Level.MERGE
        assert decide(record("Tom"), [candidate], candidate.phone_keys).level is Level.ASK
        digits = known("Tom Ray", phone_keys=frozenset({"01511234567"}))
        assert decide(record("Tom Ray"), [digits], digits.phone_keys).level is Level.ASK
        assert decide(record(), [candidate], frozenset({"+14186569254;ext=102"})).level is Level.ASK
        assert decide(record(), [candidate], frozenset({"+14186569254"})).level is Level.NEW

    def test_same_name_and_company_asks(self) -> None:
        assert decide(record(company="ACME"), [known("ana lee", company="Acme")]).level is Level.ASK

    @pytest.mark.parametrize("name", ["Ana Lee", "Anna Lee", "ana lee"])
    def test_a_name_alone_is_someone_new(self, name: str) -> None:
        assert decide(record(name), [known()]) == Decision(Level.NEW, None, "not known yet")

    def test_different_profiles_are_different_people(self) -> None:
        mine = record(keys=("linkedin:ana-lee-2",), emails=ANA_MAIL, company="Acme")
        candidate = known(keys=frozenset({"linkedin:ana-lee"}), emails=ANA_MAILS, company="Acme")
        assert decide(mine, [candidate]).level is Level.NEW

    def test_two_records_of_one_file_with_different_keys_stay_two(self) -> None:
        mine = record(keys=("vcard:2",), emails=ANA_MAIL)
        candidate = known(keys=frozenset({"vcard:1"}), emails=ANA_MAILS)
        assert decide(mine, [candidate]).level is Level.MERGE
        assert decide(mine, [replace(candidate, read_from=HERE)]).level is Level.NEW

    def test_two_cards_of_one_folder_may_be_one_person(self) -> None:
        mine = record(keys=("vcard:2",), emails=ANA_MAIL)
        candidate = known(keys=frozenset({"vcard:1"}), emails=ANA_MAILS, read_from=frozenset({"other.vcf"}))
        assert decide(mine, [candidate]).level is Level.MERGE
        assert decide(replace(mine, name="Tom Lee"), [candidate]).level is Level.ASK

    def test_records_without_keys_of_their_own_may_merge_within_a_file(self) -> None:
        mine = record(keys=("record:2",), emails=ANA_MAIL)
        candidate = known(keys=frozenset({"record:1"}), emails=ANA_MAILS, read_from=HERE)
        assert decide(mine, [candidate]).level is Level.MERGE

    def test_people_told_apart_stay_apart(self) -> None:
        assert decide(record(emails=ANA_MAIL), [known(emails=ANA_MAILS, told_apart=True)]).level is Level.NEW


def test_compatible_names() -> None:
    for one, other in [
        ("Ana Lee", "LEE Ana"),
        ("Dr. Ana Lee, PhD", "Ana Lee"),
        ("A. Lee", "Ana Lee"),
        ("Ana Maria Lee", "Ana Lee"),
        ("Ana", "Ana Lee"),
        ("Hans-Peter Groß", "Hans Peter Gross"),
        ("José Núñez", "Jose Nunez"),
        ("ana.lee@example.org", "Ana Lee"),
        ("李小龙", "李 小龙"),
    ]:
        with case(one, other):
            assert are_compatible(one, other)
            assert are_compatible(other, one)


def test_incompatible_names() -> None:
    for one, other in [
        ("Sarah Chen", "Sara Chan"),
        ("Bob Smith", "Robert Smith"),
        ("John Smith", "Jane Smith"),
        ("Lee", "Ana Lee"),
        ("Jack Ma", "Jack Smith"),
        ("A. B.", "Ana Bell"),
        ("🎉", "★"),
    ]:
        with case(one, other):
            assert not are_compatible(one, other)
            assert not are_compatible(other, one)


def test_shared_mailboxes_are_not_personal() -> None:
    assert not any(map(is_personal, ["info@a.example", "Office@a.example", "noreply@a.example", "team+x@a.example"]))
    assert is_personal("ana@example.org")


def contact(**values: object) -> Contact:
    """Somebody from a card file."""
    return replace(Contact(7, "u7", "Ana Lee", source="vcard"), **values)  # type: ignore[arg-type]


class TestMergeFields:
    def test_a_record_that_says_the_same_changes_nothing(self) -> None:
        existing = contact(
            company="Acme",
            title="Buyer",
            city="Lyon",
            notes="met at a fair",
            circles=("Work",),
            emails=(Cell("ana@example.org"),),
            phones=(Cell("+41 44 668 18 00"),),
            urls=(Cell("https://www.linkedin.com/in/ana/"),),
            dates=(ContactDate(3, 7, "birthday", 2, 29, 1988),),
            acquaintances=(Acquaintance(1, 7, None, "Tom Ray", "spouse"),),
        )
        incoming = record(
            company="Acme",
            title="Buyer",
            city="Lyon",
            notes="met at a fair",
            circles=("work",),
            emails=(Cell("ANA@example.org", "work"),),
            phones=(Cell("+41 (44) 668-1800"),),
            urls=(Cell("http://linkedin.com/in/ana"),),
            dates=(ImportedDate("birthday", 2, 29),),
            relations=(("Spouse", "tom ray"),),
        )
        assert merge_fields(existing, incoming, frozenset()).unchanged

    def test_empty_never_overwrites(self) -> None:
        assert merge_fields(contact(company="Acme", city="Lyon", notes="x"), record()).unchanged

    def test_what_the_user_typed_stays(self) -> None:
        existing = contact(company="Acme", title="Buyer", city="Lyon", notes="mine")
        incoming = record("Anna Lee", company="Bolt", title="Boss", city="Oslo", notes="theirs")
        typed = frozenset({"name", "company", "title", "city", "notes"})
        assert merge_fields(existing, incoming, typed).unchanged
        assert set(merge_fields(existing, incoming, same_record=True).fields) == typed

    def test_lists_unite(self) -> None:
        changes = merge_fields(
            contact(emails=(Cell("a@example.org"),), circles=("work",)),
            record(emails=(Cell("A@example.org"), Cell("b@example.org")), circles=("Work", "climbing")),
        )
        assert changes == FieldChanges(emails=(Cell("b@example.org"),), circles=("climbing",))

    def test_a_given_phone_form_decides_what_is_one_number(self) -> None:
        existing, incoming = contact(phones=(Cell("0446681800"),)), record(phones=(Cell("+41446681800"),))
        assert merge_fields(existing, incoming).phones
        assert merge_fields(existing, incoming, phone_form=lambda number: number[-9:]).unchanged

    def test_the_newest_dated_company_wins_and_the_old_one_is_told(self) -> None:
        existing = contact(company="Acme", title="Buyer", source="google")
        incoming = record(company="Bolt", title="Head", dated_on=date(2026, 5, 1))
        changes = merge_fields(existing, incoming, existing_dated_on=date(2024, 1, 1))
        assert changes.fields == {"company": "Bolt", "title": "Head"}
        assert changes.is_moved
        assert changes.dated_on == date(2026, 5, 1)
        assert merge_fields(existing, incoming, existing_dated_on=date(2026, 6, 1)).unchanged

    def test_an_undated_company_of_another_source_does_not_win(self) -> None:
        assert merge_fields(contact(company="Acme", source="google"), record(company="Bolt")).unchanged
        changes = merge_fields(contact(source="google"), record(company="Bolt"))
        assert changes.fields == {"company": "Bolt"}
        assert not changes.is_moved

    def test_the_same_source_updates_in_place(self) -> None:
        changes = merge_fields(contact(company="Acme"), record("Ana Park", company="Bolt"), same_record=True)
        assert changes.fields == {"name": "Ana Park", "company": "Bolt"}

    def test_a_name_that_was_only_an_address_gives_way(self) -> None:
        existing = contact(name="ana@example.org", source="google")
        assert merge_fields(existing, record()).fields == {"name": "Ana Lee"}

    def test_a_worse_name_never_takes_the_place_of_a_better_one(self) -> None:
        for worse in ("ana@x.example", "Ana", "A. Lee", "Lee, Ana", "ana lee", "ANA LEE", "'Ana Lee'"):
            with case(worse):
                assert merge_fields(contact(), record(worse)).fields.get("name") is None
                assert merge_fields(contact(name=worse), record()).fields == {"name": "Ana Lee"}
        assert merge_fields(contact(name="José Lee"), record("Jose Lee")).unchanged
        for none in ("ana@x.example", "+41 44 668 18 00"):
            assert merge_fields(contact(), record(none), same_record=True).unchanged
        # Another record of one person says a longer name; what the same record says now is taken.
        assert merge_fields(contact(), record("Ana Maria Lee")).fields == {"name": "Ana Maria Lee"}
        assert merge_fields(contact(), record("Ana"), same_record=True).fields == {"name": "Ana"}

    def test_notes_are_added_once(self) -> None:
        changes = merge_fields(contact(notes="met at a fair"), record(notes="likes tea"))
        assert changes.fields == {"notes": "met at a fair\n\nlikes tea"}
        assert merge_fields(contact(notes="met at a fair\n\nlikes tea"), record(notes="likes tea")).unchanged

    def test_dates(self) -> None:
        ours = contact(dates=(ContactDate(3, 7, "birthday", 2, 3),))
        assert merge_fields(ours, record(dates=(ImportedDate("birthday", 2, 3, 1988),))).years == ((3, 1988),)
        assert merge_fields(ours, record(dates=(ImportedDate("birthday", 4, 5, 1988),))).unchanged
        wedding = ImportedDate("anniversary", 6, 1, 2010)
        assert merge_fields(ours, record(dates=(wedding, wedding))).dates == (wedding,)
        typed = frozenset({"birthday"})
        assert merge_fields(contact(), record(dates=(ImportedDate("birthday", 2, 3),)), typed).unchanged

    def test_a_death_is_told_once(self) -> None:
        assert merge_fields(contact(), record(deceased=True)).deceased
        assert merge_fields(contact(status=Status.DECEASED), record(deceased=True)).unchanged


words = st.sampled_from(["", "Acme", "acme", "Bolt", "Zoë", "a@example.org"])


@given(words, words, words, words, st.sampled_from([None, date(2024, 1, 1), date(2026, 1, 1)]))
def test_merging_twice_is_merging_once(
    company: str, title: str, theirs: str, notes: str, dated_on: date | None
) -> None:
    existing = contact(company=company, title=title, source="google")
    incoming = record(theirs or "x", company=theirs, title=notes, notes=notes, city=title, dated_on=dated_on)
    changes = merge_fields(existing, incoming, existing_dated_on=date(2025, 1, 1))
    merged = replace(existing, **changes.fields)
    assert merge_fields(merged, incoming, existing_dated_on=changes.dated_on or date(2025, 1, 1)).unchanged


def test_the_fingerprint_is_about_what_is_said_not_where() -> None:
    assert fingerprint(record(line=4, file="a.vcf")) == fingerprint(record(line=9, file="b.vcf"))
    assert fingerprint(record()) != fingerprint(record(city="Lyon"))


def test_what_is_kept_of_names_and_records_stays_what_it_is() -> None:
    # Both are kept in the planners there are: with other ones every record of an import would seem changed.
    for name, mark in {
        "Ana Lee": "n423057511ae1",
        "lee ANA": "n423057511ae1",
        "Dr. Siân O’Brien-Kelly, Jr.": "na5b260fa5417",
        "O'Neil": "nb2340bd34e21",
        "Ng 2": "n13c7ab227be4",
        "李 小龙": "nc9a73c617bcb",
        "!!": "n89537ee5b618",
        "Martin Luther King III": "n993cd607c47d",
        "a b c d e f g h i j k l m n jr": "n80b1976f97de",
    }.items():
        with case(name):
            assert name_mark(name) == mark
    full = ImportedContact(
        "Ana Lee", "vcard", ("vcard:1",), company="Port", emails=(Cell("a@b.example", "home"),), circles=("Work",),
        dates=(ImportedDate("birthday", 4, 12, None, "--0412"),), relations=(("spouse", "Bo"),),
        met_on=date(2024, 1, 2), deceased=True,
    )  # fmt: skip
    assert fingerprint(full) == "126e2828b76a92cadb412932b7975509"
