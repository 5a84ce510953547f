"""LinkedIn exports of every year: headers, dates, profiles, closed accounts, last messages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import Cell, ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.linkedin.beside import Beside, Talk, read_talks
from planner.interchange.linkedin.connections import read_connections
from planner.interchange.linkedin.slugs import linkedin_slug
from planner.interchange.tables.export_dates import read_date
from planner.interchange.text import Remark, Skipped
from tests.cases import case
from tests.interchange.helpers import source

OLD = "First Name,Last Name,Email Address,Company,Position,Connected On"
NEW = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
NOTES = 'Notes:\n"When exporting your connections, you may notice ""missing"" e-mails, \nlike these."\n\n'
ANA = 'Ana,Lee,https://www.linkedin.com/in/ana-lee,,"Acme, Inc.",Buyer,12 Mar 2024'


def rows(text: str | bytes) -> list[object]:
    """Everything a connections file yields."""
    data = text.encode() if isinstance(text, str) else text
    return list(read_connections(source(data, "Connections.csv")))


def people(text: str | bytes) -> list[ImportedContact]:
    """The people of a connections file."""
    return [item for item in rows(text) if isinstance(item, ImportedContact)]


class TestConnections:
    def test_the_header_is_found_after_any_notes(self) -> None:
        for before in ["", NOTES, "Notes:\n", '"a paragraph"\n\n\n', "\ufeff"]:
            for newline in ["\n", "\r\n"]:
                with case(before, newline):
                    (ana,) = people(f"{before}{NEW}\n{ANA}\n".replace("\n", newline))
                    assert ana.name == "Ana Lee"
                    assert (ana.company, ana.title) == ("Acme, Inc.", "Buyer")
                    assert (ana.keys, ana.source, ana.met_on) == (("linkedin:ana-lee",), "linkedin", date(2024, 3, 12))
                    assert ana.urls == (Cell("https://www.linkedin.com/in/ana-lee", "linkedin"),)
                    assert ana.line == before.count("\n") + 2

    def test_the_old_header_has_no_address(self) -> None:
        text = f"{OLD}\nAna,Lee,ana@example.org,Acme,Buyer,7-Feb-22\nAna,Lee,,Bolt,,7-Feb-22\n"
        first, second = people(text)
        assert first.emails == (Cell("ana@example.org"),)
        assert first.met_on == date(2022, 2, 7)
        assert first.keys[0].startswith("record:")
        assert first.keys != second.keys
        assert people(text) == [first, second]

    def test_columns_in_any_order_with_more_of_them_and_other_separators(self) -> None:
        header = "Last Name;First Name;Websites;Instant Messengers;Connected On;Email Address;Address;URL"
        row = "Lee;Ana;[PERSONAL:http://ana.example];x;2024-03-12;ana@example.org;York;linkedin.com/in/ana"
        for separator in ";\t":
            (ana,) = people(f"{header}\n{row}\n".replace(";", separator))
            assert (ana.name, ana.keys, ana.met_on) == ("Ana Lee", ("linkedin:ana",), date(2024, 3, 12))
            assert [cell.value for cell in ana.urls] == ["linkedin.com/in/ana", "http://ana.example"]

    def test_closed_accounts_are_skipped_and_namesakes_are_two(self) -> None:
        other = ANA.replace("in/ana-lee", "in/ana-lee-2")
        found = rows(f"{NEW}\n,,,,,,\n{ANA}\n{other}\n,,,,,,\n")
        assert [type(item) for item in found] == [Skipped, ImportedContact, ImportedContact, Skipped]
        assert len({item.keys for item in found if isinstance(item, ImportedContact)}) == 2

    def test_nothing_but_a_day_is_a_closed_account_too(self) -> None:
        for row in (",,,,,,12 Mar 2024", ",,,,Acme,Buyer,12 Mar 2024", "LinkedIn,Member,,,,,12 Mar 2024"):
            found = rows(f"{NEW}\n{row}\n{ANA}\n")
            assert [type(item) for item in found] == [Skipped, ImportedContact], row

    def test_a_broken_row_spares_its_neighbours(self) -> None:
        broken = '"Tom,Ray,https://www.linkedin.com/in/tom,,Acme,Buyer,12 Mar 2024'
        wide = "Mia,Sol,https://www.linkedin.com/in/mia,,Acme, Inc.,Buyer,12 Mar 2024"
        nobody = ",,https://www.linkedin.com/in/x,,Acme,,12 Mar 2024"
        found = rows("\n".join([NEW, ANA, broken, ANA, wide, nobody, ANA]))
        assert [type(item) for item in found] == [
            *(ImportedContact, Rejected, ImportedContact),
            *(Rejected, Rejected, ImportedContact),
        ]
        assert [item.line for item in found if isinstance(item, Rejected)] == [3, 5, 6]

    def test_short_rows_and_bad_cells_are_read_as_far_as_they_go(self) -> None:
        tom, mia = people(f"{NEW}\nTom,Ray\nMia,Sol,,not an address,,,32 Foo 2024\n")
        assert tom.name == "Tom Ray"
        assert (mia.emails, mia.met_on, len(mia.remarks)) == ((), None, 2)

    def test_windows_files_are_guessed(self) -> None:
        found = rows(f"{NEW}\n{ANA}\n".replace("Ana", "Zoë").encode("cp1252"))
        assert isinstance(found[0], Remark)
        assert [item.name for item in found if isinstance(item, ImportedContact)] == ["Zoë Lee"]

    def test_control_characters_are_gone(self) -> None:
        (ana,) = people(f"{NEW}\n{ANA}\n".replace("Ana", "A\x1b[2J\u202ena").replace("Buyer", '"Bu\nyer\x07"'))
        assert (ana.name, ana.title) == ("A[2Jna Lee", "Bu yer")

    def test_another_table_is_refused(self) -> None:
        with pytest.raises(Refused, match="First Name and Last Name"):
            rows("Name,E-mail\nAna,ana@example.org\n")


def test_dates() -> None:
    for text, on in [
        ("12 Mar 2024", date(2024, 3, 12)),
        ("7-Feb-22", date(2022, 2, 7)),
        ("05/14/23", date(2023, 5, 14)),
        ("8/9/18, 4:12 PM", date(2018, 8, 9)),
        ("2024-03-12", date(2024, 3, 12)),
        ("2026-09-28 10:00:00 UTC", date(2026, 9, 28)),
        ("1 Sept. 2020", date(2020, 9, 1)),
        ("1 September 2020", date(2020, 9, 1)),
        ("12 Mär 2024", None),
        ("31 Feb 2024", None),
        ("soon", None),
        ("", None),
    ]:
        with case(text, on):
            assert read_date(text) == on


@given(st.text(alphabet="0123456789-/ ,MarT:", max_size=30) | st.text(max_size=30))
def test_no_date_text_raises(text: str) -> None:
    read = read_date(text)
    assert read is None or isinstance(read, date)


def test_one_profile_however_it_is_written() -> None:
    for address in [
        "https://www.linkedin.com/in/ana-lee",
        "http://linkedin.com/in/Ana-Lee/",
        "https://uk.linkedin.com/in/ana-lee/en?trk=x#y",
        "www.linkedin.com/in/ana%2Dlee",
        "https://www.linkedin.com/mwlite/in/ana-lee",
        "HTTPS://WWW.LINKEDIN.COM/IN/ANA-LEE",
    ]:
        with case(address):
            assert linkedin_slug(address) == "ana-lee"


def test_slugs_of_other_scripts_are_composed() -> None:
    assert linkedin_slug("https://linkedin.com/in/zo%C3%AB") == "zoë"
    assert linkedin_slug("https://linkedin.com/in/zoe\u0308") == "zoë"


def test_what_is_no_profile() -> None:
    for address in [
        *(
            "",
            "https://www.linkedin.com/company/acme",
            "https://www.linkedin.com/in/",
            "https://linkedin.com",
        ),
        *("https://notlinkedin.com/in/ana", "https://linkedin.com.evil.example/in/ana", "ana-lee"),
    ]:
        with case(address):
            assert linkedin_slug(address) is None


ME, HER, HIM = (f"https://www.linkedin.com/in/{slug}" for slug in ("me", "ana-lee", "tom"))
MESSAGES = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT"


def talks(*rows: str, header: str = MESSAGES) -> dict[str, Talk]:
    """The messages of an export."""
    return read_talks(source("\n".join([header, *rows]).encode(), "messages.csv"))


def test_messages_tell_who_wrote_last() -> None:
    found = talks(
        f"1,,Ana,{HER},Me,{ME},2026-09-28 10:00:00 UTC,hello",
        f'1,,Me,{ME},Ana,{HER},2026-09-30 10:00:00 UTC,"two\nlines, ""quoted"""',
        f"1,,Ana,{HER},Me,{ME},2025-01-01 10:00:00 UTC,older",
        f'2,,Tom,{HIM},"Me,Ana","{ME},{HER}",2026-11-01 10:00:00 UTC,to several',
        "broken",
    )
    assert found["ana-lee"] == Talk(theirs=date(2026, 9, 28), mine=date(2026, 9, 30))
    assert "tom" not in found
    assert read_talks(source(b"a,b\n1,2\n")) == {}


def test_what_nobody_answered_is_an_attempt() -> None:
    mine, hers = f"1,,Me,{ME},Ana,{HER}", f"1,,Ana,{HER},Me,{ME}"
    for rows, reached, attempted in [
        ([f"{mine},2026-11-01,x"], None, date(2026, 11, 1)),
        ([f"{mine},2026-11-01,x", f"{mine},2026-11-05,x"], None, date(2026, 11, 5)),
        ([f"{hers},2026-11-01,x"], date(2026, 11, 1), None),
        ([f"{mine},2026-11-01,x", f"{hers},2026-11-03,x"], date(2026, 11, 3), None),
        ([f"{mine},2026-11-03,x", f"{hers},2026-11-03,x"], date(2026, 11, 3), None),
        ([f"{hers},2026-11-01,x", f"{mine},2026-11-03,x"], date(2026, 11, 1), date(2026, 11, 3)),
    ]:
        with case(rows):
            beside = Beside(talks(*rows), {})
            (ana,) = read_connections(source(f"{NEW}\n{ANA}\n".encode(), "Connections.csv"), beside)
            assert isinstance(ana, ImportedContact)
            assert (ana.last_contact_on, ana.attempted_on) == (reached, attempted)


def test_drafts_and_spam_are_no_messages() -> None:
    header = f"{MESSAGES},FOLDER,IS MESSAGE DRAFT"
    for end in ("INBOX,Yes", "SPAM,No", "INBOX,TRUE"):
        assert talks(f"1,,Me,{ME},Ana,{HER},2026-11-01,x,{end}", header=header) == {}
    assert talks(f"1,,Me,{ME},Ana,{HER},2026-11-01,x,INBOX,No", header=header)


def test_a_date_proves_the_order_of_its_column() -> None:
    for proof, day in (("25/12/2023", date(2024, 4, 3)), ("12/25/2023", date(2024, 3, 4))):
        found = people(f"{NEW}\n{ANA}\n{ANA}\n".replace("12 Mar 2024", "03/04/2024", 1).replace("12 Mar 2024", proof))
        assert [one.met_on for one in found] == [day, date(2023, 12, 25)]
        rows = (f"1,,Me,{ME},Ana,{HER},03/04/2024 10:00,x", f"2,,Me,{ME},Tom,{HIM},{proof} 10:00,x")
        assert talks(*rows)["ana-lee"].mine == day
