"""Cards that every address book reads, and that change nothing when they come back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import Acquaintance, Cell, Contact, ContactDate, ImportedContact, Mode, Status
from planner.interchange.vcard.writer import card, folder
from tests.cases import case
from tests.interchange.helpers import items, people

ANA = Contact(
    id=1,
    uid="0" * 31 + "1",
    name="Ana da Silva",
    company="Acme; Sons, Ltd",
    title="Head of \\ things",
    city="São Paulo",
    notes="one\ntwo, three; four \\ five",
    circles=("work", "climbing, indoors; cheap"),
    emails=(Cell("ana@silva.example", "home"), Cell("ana@acme.example", "second mailbox")),
    phones=(Cell("+33 6 12 34 56 78", "cell"), Cell("+33 1 23 45 67 89", "work fax")),
    urls=(Cell("https://www.linkedin.com/in/ana-silva"), Cell("https://ana.example/a,b;c?d=e", "blog")),
    dates=(
        ContactDate(1, 1, "birthday", 2, 29, 1988),
        ContactDate(2, 1, "anniversary", 6, 1, 2010),
        ContactDate(3, 1, "first day at Acme", 9, 15),
    ),
    acquaintances=(
        Acquaintance(1, 1, None, "Leo Hart", "spouse"),
        Acquaintance(2, 1, 7, "Kim, Berg", "climbs with"),
        Acquaintance(3, 1, None, "Nora", ""),
    ),
    nickname="Annie, Al",
    name_parts=(Cell("da Silva;Ana;Maria;Dr.;jr"),),
    chats=(Cell("xmpp:ana@x.example", "home"), Cell("skype:ana.silva", "skype")),
    streets=(Cell("PO 5;;1 High St, 2nd floor;Leeds;;LS1;UK", "work"), Cell("Rua\\; Nova 7", "Summer house")),
    organisations=(Cell("Acme\\; Sons, Ltd;Sales;West"), Cell("Chess Club")),
    positions=(Cell("Treasurer"), Cell("Buying", "role")),
)


def read_back(contact: Contact, uid: str = "uid-1") -> ImportedContact:
    (found,) = people(card(contact, uid))
    return found


def assert_same(found: ImportedContact, contact: Contact) -> None:
    for name in ("name", "company", "title", "city", "notes", "circles"):
        assert getattr(found, name) == getattr(contact, name), name
    for name in ("emails", "phones", "urls"):
        assert [cell.value for cell in getattr(found, name)] == [cell.value for cell in getattr(contact, name)]
    assert [(one.kind, one.month, one.day, one.year) for one in found.dates] == [
        (one.kind, one.month, one.day, one.year) for one in contact.dates
    ]
    for name in ("name_parts", "chats", "organisations", "positions"):
        assert [cell.value for cell in getattr(found, name)] == [cell.value for cell in getattr(contact, name)], name
    assert [cell.value.strip(";") for cell in found.streets] == [cell.value for cell in contact.streets]
    assert found.nickname == contact.nickname
    assert list(found.relations) == [(one.relation, one.name) for one in contact.acquaintances]
    assert found.deceased == (contact.status is Status.DECEASED)


def test_a_card_comes_back_as_it_was() -> None:
    found = read_back(ANA)
    assert_same(found, ANA)
    assert "vcard:uid-1" in found.keys
    assert [cell.label for cell in found.emails] == ["home", "second mailbox"]
    assert [cell.label for cell in found.phones] == ["cell", "work fax"]
    for name in ("chats", "streets", "positions"):
        assert [cell.label for cell in getattr(found, name)] == [cell.label for cell in getattr(ANA, name)]
    assert found.remarks == ()


def test_a_card_looks_as_it_should() -> None:
    plain = replace(ANA, emails=ANA.emails[:1], phones=(), urls=(), acquaintances=(), notes="", circles=("work",))
    assert card(plain, "uid-1").decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//planner//export//EN",
        "UID:uid-1",
        "N:da Silva;Ana;Maria;Dr.;jr",
        "FN:Ana da Silva",
        "NICKNAME:Annie,Al",
        "ORG:Acme\\; Sons\\, Ltd;Sales;West",
        "ORG:Chess Club",
        "TITLE:Head of \\\\ things",
        "TITLE:Treasurer",
        "ROLE:Buying",
        "EMAIL;TYPE=HOME:ana@silva.example",
        "IMPP;TYPE=HOME:xmpp:ana@x.example",
        "item1.IMPP:skype:ana.silva",
        "item1.X-ABLABEL:skype",
        "ADR:;;;São Paulo;;;",
        "ADR;TYPE=WORK:PO 5;;1 High St\\, 2nd floor;Leeds;;LS1;UK",
        "item2.ADR:;;Rua\\; Nova 7;;;;",
        "item2.X-ABLABEL:Summer house",
        "BDAY:1988-02-29",
        "item3.X-ABDATE:2010-06-01",
        "item3.X-ABLABEL:_$!<Anniversary>!$_",
        "item4.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-09-15",
        "item4.X-ABLABEL:first day at Acme",
        "CATEGORIES:work",
        "END:VCARD",
        "",
    ]


def test_what_a_card_told_of_a_former_name_or_company_is_not_told_of_the_new_one() -> None:
    married = card(replace(ANA, name="Ana Berg", company="Harbour Lab", title=""), "u").decode().split("\r\n")
    assert "N:Berg;Ana;;;" in married
    assert [line for line in married if line.startswith(("ORG", "TITLE"))] == [
        "ORG:Harbour Lab",
        "ORG:Chess Club",
        "TITLE:Treasurer",
    ]


def test_a_birthday_without_a_year_is_written_as_phones_write_it() -> None:
    contact = replace(ANA, dates=(ContactDate(1, 1, "birthday", 2, 29),))
    assert b"\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n" in card(contact, "u")
    assert read_back(contact).dates[0].year is None


def test_the_deceased_are_marked() -> None:
    gone = replace(ANA, status=Status.DECEASED, mode=Mode.NEVER)
    assert read_back(gone).deceased


def test_no_line_is_longer_than_75_octets_and_no_character_is_split() -> None:
    for letter in ["a", "é", "日", "👩‍🚀"]:
        for length in [1, 67, 68, 69, 70, 71, 150, 1000]:
            with case(letter, length):
                contact = replace(ANA, notes=letter * length)
                data = card(contact, "u")
                assert data.decode().encode() == data
                for line in data.split(b"\r\n"):
                    assert len(line) <= 75
                    line.decode()
                assert data.count(b"\n") == data.count(b"\r\n")
                assert read_back(contact).notes == letter * length


HOSTILE = (
    "x\r\nEND:VCARD\r\nBEGIN:VCARD", "x\nFN:Eve", "x\r FN:Eve", "x\\", "x\\\\nFN:Eve", ";;;;", ",,,,",
    "\x1b]52;c;x\x07y", "x\u2028FN:Eve", "x\x85FN:Eve", "x\x0bFN:Eve", "\u202egnp.exe", '"x":y;z=1', "x:y",
    "[@click=app.quit]x",
)  # fmt: skip


def test_no_text_breaks_out_of_its_line() -> None:
    for text in HOSTILE:
        with case(text):
            contact = replace(
                ANA, name=text, company=text, title=text, city=text, notes=text, circles=(text,),
                emails=(Cell("a@b.example", text),), phones=(Cell("+33 1", text),),
                urls=(Cell(f"https://x/{text}", text),), nickname=text, name_parts=(Cell(text),),
                chats=(Cell(text, text),), streets=(Cell(text, text),), organisations=(Cell(text),),
                positions=(Cell(text),), dates=(ContactDate(1, 1, text, 6, 1, 2010),),
                acquaintances=(Acquaintance(1, 1, None, text, text),),
            )  # fmt: skip
            names = {*"BEGIN VERSION PRODID UID N FN NICKNAME ORG TITLE ROLE EMAIL TEL URL IMPP ADR BDAY".split()}
            names |= {*"X-ABDATE X-ABLABEL X-ABRELATEDNAMES CATEGORIES NOTE END".split()}
            data = card(contact, text)
            unfolded = data.decode().replace("\r\n ", "")
            lines = unfolded.split("\r\n")[:-1]
            assert lines.count("BEGIN:VCARD") == lines.count("END:VCARD") == 1
            for line in lines:
                head = line.partition(":")[0]
                assert head.partition(";")[0].rpartition(".")[2] in names, line
                assert line.isprintable(), line
            assert len(items(data)) == 1


@given(st.text(max_size=200), st.text(max_size=60), st.lists(st.text(min_size=1, max_size=30), max_size=3))
def test_any_text_is_one_card(note: str, name: str, circles: list[str]) -> None:
    contact = Contact(id=1, uid="u", name=f"Ana {name}".strip(), notes=note, circles=tuple(circles))
    found = [one for one in items(card(contact, "u")) if isinstance(one, ImportedContact)]
    assert len(found) == 1
    assert found[0].name.startswith("Ana")


def test_a_page_is_written_as_it_is() -> None:
    for url in ("https://x.example/a,b;c=1:2", "https://x.example/?q=a%2Cb", "x.example"):
        with case(url):
            contact = replace(ANA, urls=(Cell(url, "home"),))
            assert f"URL;TYPE=HOME:{url}\r\n".encode() in card(contact, "u").replace(b"\r\n ", b"")
            assert read_back(contact).urls == (Cell(url, "home"),)
    assert b"URL:https://x.example/a%5Cb\r\n" in card(replace(ANA, urls=(Cell("https://x.example/a\\b"),)), "u")


def test_all_the_planner_knows_of_somebody_comes_back() -> None:
    contact = replace(
        ANA, looking_for="a flat, sunny", offers="tax; law", cadence="4w/6w", cadence_since=date(2026, 1, 2),
        mode=Mode.OCCASION, status=Status.ARCHIVED, met_on=date(2020, 3, 4),
    )  # fmt: skip
    found = read_back(contact)
    assert (found.looking_for, found.offers, found.mode) == ("a flat, sunny", "tax; law", "occasion")
    assert (found.cadence, found.cadence_since, found.met_on) == ("4w/6w", date(2026, 1, 2), date(2020, 3, 4))
    assert found.archived


def test_a_folder_has_a_file_a_person_under_a_safe_name() -> None:
    uids = ("plain-2", "../../etc/passwd", "a@b.example", "x" * 300, "Plain-2", "", ".hidden", "a\\b:c*?")
    files = folder((replace(ANA, id=number), uid) for number, uid in enumerate(uids))
    assert len({name.casefold() for name in files}) == len(uids)
    for name, data in files.items():
        assert re.fullmatch(r"[0-9A-Za-z_-]{1,120}\.vcf", name)
        assert data.startswith(b"BEGIN:VCARD\r\n")
    assert files["plain-2.vcf"].count(b"UID:plain-2") == 1
