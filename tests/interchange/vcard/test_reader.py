"""vCards of every version and of every broken kind, read for what they say."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from planner.core.model import Cell, ImportedDate
from tests.cases import case
from tests.interchange.helpers import card, items, one, people, rejected, remarks, skipped


class TestVersions:
    def test_three_versions_in_one_file(self) -> None:
        found = people(
            b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Fr=F6hlich;J=F6rg\r\n"
            b"TEL;CELL;PREF:+49 170 1234567\r\nEMAIL;INTERNET:joerg@example.org\r\nEND:VCARD\r\n"
            b"begin:vcard\nversion:3.0\nfn:Ana Lee\nemail;type=INTERNET,WORK:ana@example.org\nend:vcard\n"
            b"BEGIN:VCARD\rVERSION:4.0\rFN:Tom Ray\r"
            b'TEL;VALUE=uri;TYPE="voice,work":tel:+1-418-656-9254;ext=102\r'
            b"END:VCARD\r"
        )
        assert [person.name for person in found] == ["Jörg Fröhlich", "Ana Lee", "Tom Ray"]
        assert found[0].phones == (Cell("+49 170 1234567", "cell"),)
        assert found[1].emails == (Cell("ana@example.org", "work"),)
        assert found[2].phones == (Cell("+1-418-656-9254 ext. 102", "work"),)
        assert [person.line for person in found] == [1, 7, 12]

    def test_a_card_of_an_iphone(self) -> None:
        person = one(
            "N:Lee;Ana;Maria;Dr.;",
            "ORG:Acme\\; Sons;Sales",
            "TITLE:Buyer",
            "ROLE:Buying",
            "item1.EMAIL;type=INTERNET;type=pref:ana@example.org",
            "item1.X-ABLabel:_$!<Other>!$_",
            "item2.URL;type=pref:http\\://ana.example",
            "item2.X-ABLabel:_$!<HomePage>!$_",
            "item3.X-ABRELATEDNAMES:Tom Ray",
            "item3.X-ABLabel:_$!<Spouse>!$_",
            "item4.X-ABDATE:2010-06-01",
            "item4.X-ABLabel:_$!<Anniversary>!$_",
            "item5.X-ABDATE:2012-09-12",
            "item5.X-ABLabel:First climb",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
            "item6.ADR;type=WORK:;;1 High St;Leeds;;LS1;UK",
            "item7.ADR;type=HOME:;;2 Low St;York;;YO1;UK",
            "NICKNAME:Annie,Nan",
            "CATEGORIES:Climbing,Friends\\, old,myContacts",
            'NOTE:likes tea\\nand "quiet"\\; trains',
            "UID:urn:uuid:8B574C60-FD7F-4E99-B584-C5DB131AE687",
            "REV:2026-03-04T10:00:00Z",
            "X-SOCIALPROFILE;type=linkedin;x-user=analee:https://uk.linkedin.com/in/Ana-Lee/?trk=x",
        )
        assert (person.company, person.title, person.city) == ("Acme; Sons", "Buyer", "York")
        assert person.emails == (Cell("ana@example.org", "other"),)
        assert person.urls == (
            Cell("http://ana.example", "home page"),
            Cell("https://uk.linkedin.com/in/Ana-Lee/?trk=x", "linkedin"),
        )
        assert person.relations == (("spouse", "Tom Ray"),)
        assert person.dates == (
            ImportedDate("anniversary", 6, 1, 2010, "2010-06-01"),
            ImportedDate("First climb", 9, 12, 2012, "2012-09-12"),
            ImportedDate("birthday", 2, 29, None, "1604-02-29"),
        )
        assert person.circles == ("Climbing", "Friends, old")
        assert person.notes == 'likes tea\nand "quiet"; trains'
        assert person.nickname == "Annie, Nan"
        assert person.keys == ("vcard:8b574c60-fd7f-4e99-b584-c5db131ae687", "linkedin:ana-lee")
        assert person.dated_on == date(2026, 3, 4)
        assert person.remarks == ()

    def test_an_old_card_of_outlook(self) -> None:
        (person,) = people(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=en-us:Lee;Ana;;Ms.;\r\nFN:Ana Lee\r\n"
            "ORG:Acme, The;Sales\r\n"
            "TEL;WORK;VOICE:(111) 555-1111\r\nTEL;WORK;FAX:(111) 555-3333\r\nTEL;HOME;VOICE:HomePhone\r\n"
            "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0A=\r\nsecond line=0D=0A=\r\n=3Dthird\r\n"
            "NOTE;QUOTED-PRINTABLE:caf=C3=A9\r\nBDAY:19220310\r\nX-MS-ANNIVERSARY:20120801\r\n"
            "PHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/4AAQ\r\n /9k=\r\n\r\nX-MS-SPOUSE:Tom Ray\r\n"
            "EMAIL;PREF;INTERNET:ana@example.org\r\nEND:VCARD\r\n"
        )
        assert person.company == "Acme, The"
        assert person.phones == (Cell("(111) 555-1111", "work"), Cell("(111) 555-3333", "work fax"))
        assert person.notes == "first\nsecond line\n=third\ncafé"
        assert [(each.kind, each.year) for each in person.dates] == [
            ("birthday", 1922),
            ("anniversary", 2012),
        ]
        assert person.relations == (("spouse", "Tom Ray"),)
        assert person.emails == (Cell("ana@example.org"),)
        assert person.remarks == ("left out a phone without a number: HomePhone",)


class TestNames:
    def test_the_name(self) -> None:
        for lines, name in [
            (["FN:Lee, Ana"], "Lee, Ana"),
            (["FN:Lee\\, Ana"], "Lee, Ana"),
            (["FN:", "N:Lee;Ana;Maria;Dr.;Jr."], "Ana Maria Lee Jr."),
            (["N:Ana Lee"], "Ana Lee"),
            (["N:;;;;", "NICKNAME:Annie"], "Annie"),
            (["ORG:;Acme"], "Acme"),
            (["EMAIL:ana@example.org"], "ana@example.org"),
            (["FN:ana@example.org", "N:Lee;Ana;;;", "ORG:Acme"], "Ana Lee"),
            (["FN:ana@example.org", "N:;;;;", "ORG:Acme"], "Acme"),
            (["FN:ana@example.org", "N:;;;;"], "ana@example.org"),
            (["FN:  Ana \\n Lee  "], "Ana Lee"),
            (["FN:C:\\Users"], "C:\\Users"),
            (['FN;SORT-AS="Lee:Ana;x":Ana Lee'], "Ana Lee"),
        ]:
            with case(lines, name):
                assert [person.name for person in people(card(*lines))] == [name]

    def test_a_card_of_nobody_is_rejected_beside_its_neighbours(self) -> None:
        found = items(card("FN:Ana Lee") + card("TEL:+41446681800") + card("FN:Tom Ray"))
        assert [type(item).__name__ for item in found] == ["ImportedContact", "Rejected", "ImportedContact"]
        assert rejected(card("FN:Ana Lee") + card("TEL:1"))[0].line == 5

    @pytest.mark.parametrize("line", ["KIND:group", "X-ADDRESSBOOKSERVER-KIND:group", "KIND:location"])
    def test_what_is_no_person_is_skipped_with_a_reason(self, line: str) -> None:
        (left_out,) = skipped(card("FN:Climbers", line))
        assert left_out.reason.startswith("Climbers is a ")

    def test_the_dead_are_told(self) -> None:
        assert one("DEATHDATE:20200101").deceased
        assert not one().deceased


class TestEncodings:
    def test_each_property_by_its_own_character_set(self) -> None:
        for charset, codec in [
            ("SHIFT_JIS", "cp932"),
            ("ISO-8859-1", "latin-1"),
            ("windows-1252", "cp1252"),
            ("UTF-8", "utf-8"),
            ("ISO-2022-JP", "iso2022_jp"),
        ]:
            for quoted in [False, True]:
                with case(charset, codec, quoted):
                    name = "山田;太郎 表" if codec in ("cp932", "iso2022_jp") else "Frölich;Zoë"
                    data = name.encode(codec)
                    if quoted:
                        data = b"".join(b"=%02X" % byte for byte in data)
                    encoding = b";ENCODING=QUOTED-PRINTABLE" if quoted else b""
                    family, given = name.split(";")
                    found = people(card(b"N;CHARSET=" + charset.encode() + encoding + b":" + data, "NOTE:Zoë"))
                    assert [(person.name, person.notes) for person in found] == [(f"{given} {family}", "Zoë")]

    def test_whole_files_in_other_encodings(self) -> None:
        for encoding in ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]:
            with case(encoding):
                data = card("FN:Zoë Lee", "NOTE:日本").decode().encode(encoding)
                assert [(person.name, person.notes) for person in people(data)] == [("Zoë Lee", "日本")]

    def test_what_is_not_utf8_is_guessed_and_said(self) -> None:
        data = card("FN:Zoë Lee".encode("cp1252"), "NOTE:naïve")
        assert [(person.name, person.notes) for person in people(data)] == [("Zoë Lee", "naïve")]
        (said,) = remarks(data)
        assert said.startswith("guessed encoding: Western Europe (Windows-1252), as in “Zoë Lee”; say another")

    def test_an_unknown_or_odd_character_set_is_not_obeyed(self) -> None:
        for charset in ("rot13", "zlib", "unicode_escape", "x-unknown", ""):
            assert one(f"NOTE;CHARSET={charset}:caf\\u00e9 é").notes == "caf\\u00e9 é"

    def test_a_line_folded_inside_a_character(self) -> None:
        assert one(b"NOTE:caf\xc3\r\n \xa9 au lait").notes == "café au lait"

    def test_a_value_cut_inside_a_character_keeps_the_rest(self) -> None:
        assert one("ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=C3=91=C3").company == "ÑÑ"

    def test_base64_text(self) -> None:
        encoded = base64.b64encode("Zoë".encode()).decode()
        assert one(f"NOTE;ENCODING=b:{encoded}").notes == "Zoë"

    def test_control_and_bidi_characters_are_gone_from_everything(self) -> None:
        person = one(
            "ORG:Ac\x1b[31mme\u202e",
            "TITLE;ENCODING=QUOTED-PRINTABLE:Bu=1B]52;c;x=07yer",
            "NOTE:a\\nb\x07c\x9b",
            "EMAIL;TYPE=\x1bwork:ana\x00@example.org",
            "TEL:+41\u2066 44 668",
            "CATEGORIES:cl\x1bub",
            "UID:x\x1by",
            "item1.URL:http://ana.example/\x1b",
            "item1.X-ABLABEL:si\x1bte",
        )
        assert (person.company, person.title, person.notes) == ("Ac[31mme", "Bu]52;c;xyer", "a\nbc")
        assert person.emails == (Cell("ana@example.org", "work"),)
        assert person.phones == (Cell("+41 44 668"),)
        assert person.circles == ("club",)
        assert person.keys == ("vcard:xy",)
        assert person.urls == (Cell("http://ana.example/", "site"),)
        assert one("ORG:A\\u202e").company == "A\\u202e"


class TestLines:
    def test_every_newline_and_fold(self) -> None:
        for newline in [b"\r\n", b"\n", b"\r", b"\r\r\n"]:
            with case(newline):
                data = card(b"FN:Ana" + newline + b"  Lee", b"NOTE:one" + newline + b"\ttwo", newline=newline)
                assert [(person.name, person.notes) for person in people(data)] == [("Ana Lee", "onetwo")]

    def test_a_header_may_be_folded_before_its_colon(self) -> None:
        person = one('ADR;TYPE=home;LABEL="2 Low St\\nYork: UK"\r\n :;;2 Low St;York;;;UK', "TITLE:Buyer")
        assert (person.city, person.title) == ("York", "Buyer")

    def test_blank_and_comment_lines_are_nothing(self) -> None:
        person = one("", "   ", "# a comment", "TITLE:Buyer")
        assert (person.title, person.remarks) == ("Buyer", ())

    def test_a_line_that_is_no_property_is_told(self) -> None:
        person = one("TITLE:Buyer", "what is this", "ORG:Acme")
        assert person.remarks == ("line 5 was not understood",)
        assert (person.title, person.company) == ("Buyer", "Acme")

    def test_a_photo_with_unindented_lines_is_passed_over(self) -> None:
        person = one("PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", "AAAA/BBBB+CCC", "DDDD==", "TITLE:Buyer")
        assert (person.title, person.remarks) == ("Buyer", ())

    def test_a_card_that_is_never_closed(self) -> None:
        found = people("BEGIN:VCARD\nFN:Ana Lee\nBEGIN:VCARD\nFN:Tom Ray\nEND:VCARD\nBEGIN:VCARD\nFN:Mia Sol")
        assert [person.name for person in found] == ["Ana Lee", "Tom Ray", "Mia Sol"]
        assert [bool(person.remarks) for person in found] == [True, False, True]

    def test_a_card_inside_a_card_is_not_somebody_we_know(self) -> None:
        agent = "AGENT:\nBEGIN:VCARD\nFN:Tom Ray\nTITLE:Helper\nEND:VCARD"
        data = f"BEGIN:VCARD\nFN:Ana Lee\n{agent}\nTITLE:Buyer\nEND:VCARD\n"
        assert [(person.name, person.title) for person in people(data)] == [("Ana Lee", "Buyer")]
        inline = data.replace("AGENT:\n", "AGENT:")
        assert [(person.name, person.title) for person in people(inline)] == [("Ana Lee", "Buyer")]

    def test_a_quoted_printable_value_that_ends_badly_spares_the_next_card(self) -> None:
        data = b"BEGIN:VCARD\nFN:Ana\nNOTE;QUOTED-PRINTABLE:oops=\nEND:VCARD\n" + card("FN:Tom")
        assert [person.name for person in people(data)] == ["Ana", "Tom"]

    def test_a_mark_in_the_middle_of_joined_files(self) -> None:
        data = card("FN:Ana") + "\ufeff".encode() + card("FN:Tom")
        assert [person.name for person in people(data)] == ["Ana", "Tom"]

    def test_text_around_the_cards_is_nothing(self) -> None:
        assert [person.name for person in people(b"hello: you\nFN:Nobody\n" + card("FN:Ana") + b"bye\n")] == ["Ana"]

    def test_blocks_do_not_cut_cards(self) -> None:
        data = b"".join(card(f"FN:Person {index} é", f"NOTE:{'x' * 70}\r\n {index}") for index in range(6000))
        found = people(data)
        assert [person.name for person in found] == [f"Person {index} é" for index in range(6000)]
        assert all(person.notes == f"{'x' * 70}{index}" for index, person in enumerate(found))
        assert [person.line for person in found] == [1 + 6 * index for index in range(6000)]


class TestValues:
    def test_birthdays(self) -> None:
        for text, month, day, year in [
            ("1988-06-15", 6, 15, 1988),
            ("19880615", 6, 15, 1988),
            ("--0412", 4, 12, None),
            ("--04-12", 4, 12, None),
            ("1953-10-15T23:10:00Z", 10, 15, 1953),
            ("20090808T1430-0500", 8, 8, 2009),
            ("1988-6-5", 6, 5, 1988),
            ("15.06.1988", 6, 15, 1988),
            ("1604-02-29", 2, 29, None),
        ]:
            with case(text, month, day, year):
                assert one(f"BDAY:{text}").dates == (ImportedDate("birthday", month, day, year, text),)

    def test_what_names_no_day_is_kept_in_the_notes(self) -> None:
        for text in ["1996-04", "1996", "circa 1800", "99-9-99", "1999-02-29", "12/06/1988"]:
            with case(text):
                person = one(f"BDAY;VALUE=text:{text}", "TITLE:Buyer")
                assert (person.dates, person.notes, person.title) == ((), f"birthday: {text}", "Buyer")
                assert len(person.remarks) == 1

    def test_no_date_at_all(self) -> None:
        person = one("BDAY:", "ANNIVERSARY:0000-00-00")
        assert (person.dates, person.notes, person.remarks) == ((), "", ())

    def test_emails(self) -> None:
        person = one(
            "EMAIL:mailto:ana@example.org",
            "EMAIL;TYPE=home;PREF=1:home@example.org",
            "EMAIL:ANA@EXAMPLE.ORG",
            'EMAIL:"Ana Lee" <work@example.org>',
            "EMAIL:CN=Ana/O=Acme",
            "EMAIL:",
        )
        assert [cell.value for cell in person.emails] == [
            "home@example.org",
            "ana@example.org",
            "work@example.org",
        ]
        assert person.remarks == ("left out an e-mail without an address: CN=Ana/O=Acme",)

    def test_one_number_written_twice_is_one(self) -> None:
        person = one("TEL;TYPE=CELL:+41 44 668 18 00", "TEL;TYPE=WORK:+41446681800", "TEL:tel:+1-418;ext=1")
        assert [cell.value for cell in person.phones] == ["+41 44 668 18 00", "+1-418 ext. 1"]

    def test_one_number_with_and_without_its_country_is_one(self) -> None:
        for numbers, kept in [
            (("(202) 555-0123", "+1 202 555 0123"), ["+1 202 555 0123"]),
            (("+49 170 1110001", "0170 1110001"), ["+49 170 1110001"]),
            (("0049 170 1110001", "0170/1110001"), ["0049 170 1110001"]),
            (("0170 1110001", "0171 1110001"), ["0170 1110001", "0171 1110001"]),
            (("+49 170 1110001", "+33 170 1110001"), ["+49 170 1110001", "+33 170 1110001"]),
            (("+49 170 1110001", "0001"), ["+49 170 1110001", "0001"]),
        ]:
            with case(numbers):
                assert [cell.value for cell in one(*(f"TEL:{number}" for number in numbers)).phones] == kept

    def test_relations(self) -> None:
        person = one(
            "RELATED;TYPE=friend;VALUE=text:Tom Ray",
            "RELATED;TYPE=spouse:urn:uuid:8b574c60",
            "X-EVOLUTION-MANAGER:Mia Sol",
            "X-SPOUSE:Tom Ray",
        )
        assert person.relations == (("friend", "Tom Ray"), ("manager", "Mia Sol"), ("spouse", "Tom Ray"))

    def test_a_record_without_a_key_has_one_made_of_what_it_says(self) -> None:
        first, again, other = one("TEL:+1 418 1"), one("TEL:+1 418 1"), one("TEL:+1 418 2")
        assert first.keys[0].startswith("record:")
        assert first.keys == again.keys
        assert first.keys != other.keys

    def test_a_giant_value_is_cut_and_said(self) -> None:
        person = one("TITLE:" + "x" * 5000)
        assert len(person.title) == 1000
        assert person.remarks == ("a value of 5000 characters was cut to 1000",)
