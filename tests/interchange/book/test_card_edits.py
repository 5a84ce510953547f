"""What the planner wants a card to say is said by it afterwards, whatever it said before, and nothing else changes."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core import contact_fields
from planner.core.book.said import CIRCLES, DATES, RELATIONS, said_of
from planner.core.contact_fields import LINES as ONE_LINE
from planner.core.contact_fields import ContactField, Kind
from planner.core.words.parts import with_parts
from planner.interchange.book import card_edits
from planner.interchange.book.card_edits import edits_of
from planner.interchange.book.card_lines import Only, edited
from planner.interchange.book.content_lines import card_of
from tests.cases import case
from tests.interchange.helpers import people

KEPT = "PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQkNERUZHSElKS0xN\n QUJD\nX-A;B=c:1\n"
LINES = (
    "N:Lund;Ana;;;", "N:Lund;Ana;Maria;Dr.;", "NICKNAME:Annie,Al", "ORG:Acme;Sales", "ORG:Chess Club",
    "TITLE:Head", "TITLE:Treasurer", "ROLE:Buying", "EMAIL;TYPE=home:ana@x.example",
    "EMAIL;TYPE=work,pref:a@work.example",
    "item1.EMAIL:b@boat.example\nitem1.X-ABLabel:Boat", "TEL;TYPE=CELL:+4790000001", "TEL:+4790000002",
    "URL:https://x.example/a\\,b", "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/ana",
    "IMPP:xmpp:ana@x.example", "X-SKYPE:ana", "ADR;TYPE=home:;;;York;;;", "ADR;TYPE=work:;;1 High St;Leeds;;LS1;UK",
    "BDAY:1988-06-15", "item2.X-ABDATE:2010-06-01\nitem2.X-ABLabel:_$!<Anniversary>!$_",
    "item3.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-09-12\nitem3.X-ABLABEL:First climb",
    "CATEGORIES:work,sea,myContacts", "NOTE:met at sea\\; twice", "X-SPOUSE:Bo Lind",
    "item4.X-ABRELATEDNAMES:Kim\nitem4.X-ABLABEL:friend", "LANG:de",
)  # fmt: skip


def cells(values: list[str]) -> st.SearchStrategy[list[list[str]]]:
    one = st.tuples(st.sampled_from(values), st.sampled_from(["", "work", "Cabin, old"])).map(list)
    return st.lists(one, max_size=3, unique_by=lambda cell: cell[0].casefold())


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Ana Lund", "Ana Berg", "Prince"]),
        "nickname": st.sampled_from(["", "Al", "Lulu, Annie"]),
        "company": st.sampled_from(["", "Acme", "Harbour; Lab"]),
        "title": st.sampled_from(["", "Head", "Cook"]),
        "city": st.sampled_from(["", "York", "Oslo, west"]),
        "notes": st.sampled_from(["", "met at sea; twice", "new\nlines, \\n"]),
        "language": st.sampled_from(["", "de", "fr"]),
        "emails": cells(["ana@x.example", "new@x.example", "b@boat.example"]),
        "phones": cells(["+47 90 00 00 01", "+4790000003"]),
        "urls": cells(["https://x.example/a,b", "https://y.example"]),
        "chats": cells(["xmpp:ana@x.example", "skype:ana", "matrix:@ana"]),
        "streets": cells([with_parts(["", "", "1 High St", "Leeds", "", "LS1", "UK"]), ";;2 Low St;York"]),
        CIRCLES: st.lists(st.sampled_from(["work", "a, b"]), max_size=2, unique=True),
        DATES: st.lists(
            st.sampled_from([
                ["birthday", 6, 15, 1988], ["birthday", 6, 16, None], ["anniversary", 6, 1, 2010],
                ["anniversary", 7, 2, None], ["First climb", 9, 12, None], ["met, once", 2, 29, 2000],
            ]),
            max_size=3,
            unique_by=lambda day: day[0],
        ),
    },
)  # fmt: skip


def said_by(data: bytes) -> dict[str, Any]:
    (person,) = people(data)
    return said_of(person)


def compared(name: str, value: Any) -> Any:
    """A value without what a card cannot tell: labels, the order of circles and days."""
    if name == "phones":
        return [cell[0].replace(" ", "") for cell in value]
    if name in ("urls", "chats"):
        # They stand under several properties, which have no order together.
        return sorted(cell[0] for cell in value)
    if name in (CIRCLES, DATES, RELATIONS):
        return str(sorted(map(str, value))).casefold()
    return [cell[0] for cell in value] if isinstance(value, list) else value


@settings(max_examples=80)
@given(st.sampled_from(["3.0", "4.0"]), st.lists(st.sampled_from(LINES), unique=True, max_size=12), CHANGES)
def test_a_card_says_what_is_wanted(version: str, lines: list[str], wanted: dict[str, Any]) -> None:
    if "streets" in wanted:
        # A street says its town.
        wanted = {name: value for name, value in wanted.items() if name != "city"}
    before = f"BEGIN:VCARD\nVERSION:{version}\nUID:u\nFN:Ana Lund\n{KEPT}" + "".join(f"{line}\n" for line in lines)
    before_bytes = f"{before}END:VCARD\n".encode()
    data = edited(before_bytes, card_of(before_bytes, "u"), edits_of(card_of(before_bytes, "u"), wanted))
    with case(before, wanted, data):
        assert KEPT.encode() in data
        was, now = said_by(before_bytes), said_by(data)
        for name in {*was, *now, *wanted} - {"organisations", "positions", "name_parts", "source"}:
            value = wanted.get(name, was.get(name, ""))
            if name in ("city", "streets") and wanted.keys() & {"city", "streets"} - {name}:
                # Each of the two changes the other.
                continue
            several = was.keys() & {"positions", "organisations"} or ("York" in before and "Leeds" in before)
            if name in ("title", "company", "city") and not value and several:
                # Of several none goes: the next one would be the first then.
                continue
            found = now.get(name, [] if isinstance(value, list) else "")
            assert compared(name, found) == compared(name, value), name
        again = card_of(data, "u")
        assert edited(data, again, edits_of(again, wanted)) == data


@pytest.mark.parametrize("field", [one for one in ONE_LINE if one.vcard], ids=lambda one: one.name)
def test_every_field_of_one_line_that_a_card_can_say_is_written_into_it_and_read_again(field: ContactField) -> None:
    data = b"BEGIN:VCARD\nVERSION:4.0\nUID:u\nFN:Ana Lund\nEND:VCARD\n"
    wanted = {field.attribute: field.check("fr" if field.name == "language" else "formal") if field.check else "Yard"}
    found = edited(data, card_of(data, "u"), edits_of(card_of(data, "u"), wanted, tells=True))
    assert said_by(found)[field.attribute] == wanted[field.attribute]


def test_a_field_that_is_added_is_written_where_other_programs_know_its_property(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = ContactField("pronouns", Kind.LINE, "pronouns", attribute="pronouns", vcard="X-PRONOUNS")
    ours = ContactField("hobby", Kind.LINE, "hobby", attribute="hobby", vcard="X-PLANNER-HOBBY")
    monkeypatch.setattr(contact_fields, "FIELDS", (*contact_fields.FIELDS, known, ours))
    monkeypatch.setattr(contact_fields, "LINES", (*contact_fields.LINES, known, ours))
    spec = spec_from_file_location("with_more_fields", card_edits.__file__)
    assert spec is not None
    assert spec.loader is not None
    anew = module_from_spec(spec)
    spec.loader.exec_module(anew)
    card, wanted = card_of(b"BEGIN:VCARD\nVERSION:4.0\nUID:u\nFN:Ana Lund\nEND:VCARD\n", "u"), {"hobby": "kites"}
    assert anew.edits_of(card, {"pronouns": "she"}) == [Only("X-PRONOUNS", "she")]
    assert anew.edits_of(card, wanted) == []
    assert anew.edits_of(card, wanted, tells=True) == [Only("X-PLANNER-HOBBY", "kites")]
