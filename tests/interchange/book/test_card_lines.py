"""Cards edited line by line: our reader and vobject read what changed, and every other byte stays."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.words.folding import clean_line
from planner.errors import Refused
from planner.interchange.book.card_lines import (
    REVISION,
    Add,
    Edit,
    Only,
    Order,
    Remove,
    Replace,
    edited,
    revised,
    revision_of,
    values,
)
from planner.interchange.book.card_values import normal, safe_x_value
from planner.interchange.book.content_lines import card_of, cards_of
from planner.interchange.book.entries import returned
from tests.cases import case
from tests.interchange.helpers import people

PHOTO = (
    b"PHOTO;ENCODING=BASE64;JPEG:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\r\nQUJDREVGR0hJSktM\r\n\r\n QUJDRA==\r\n",
    b"PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQkNERUZHSElKS\r\n QUJDRA==\r\n",
    b"PHOTO:data:image/jpeg\\;base64\\,QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQkNERUZHSElK\r\n QUJDRA==\r\n",
)
STRANGE = (
    b"X-ODD;X-A=b:caf\xe9\r\n# a comment\r\n\r\nX-SEPARATED:one\xe2\x80\xa8two \x0b three\x0c\r\n"
    b"item7.X-WISH:tea\r\nitem7.X-ABLABEL:_$!<Wish>!$_\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Inner\r\nEMAIL:in@x.example\r\n"
    b'END:VCARD\r\nX-QUOTED;Y="a:b;c":d\r\nIMPP;X-SERVICE-TYPE=Jabber:xmpp:ana@x.example\r\nX-EMPTY:\r\nno colon\r\n'
)
NEIGHBOUR = b"BEGIN:VCARD\nVERSION:3.0\nUID:other\nFN:Bo Lind\nEMAIL:bo@x.example\nEND:VCARD\n"
FREE = {
    "EMAIL": [f"{name}@{place}.example" for name in ("ana", "Ana.Lund", "öl") for place in ("x", "work")],
    "TEL": ["+47 900 00 001", "+4790000002", "0047 90000003", "+1 418 656 9254 ext. 102", "12345678,,2"],
    "NICKNAME": ["Annie", "Al, the tall", "Ünal; jr", "Mum"],
    "CATEGORIES": ["work", "sea; sand", "Ærø", "a, b", "back\\slash"],
    "URL": ["https://x.example/a,b;c?d=e", "http://y.example"],
    "BDAY": ["1988-06-15", "--02-29", "1604-05-09"],
    "TITLE": ["Cap", "Чиновник по особым поручениям при губернском правлении, отдел \\new; старший"],
}
WRITTEN = st.text(st.sampled_from("aZÖ日 ,;:\\n\"='\n" + "é🙂"), max_size=120).map(lambda text: text.strip())


def card(version: str, line_end: bytes, *lines: bytes) -> bytes:
    """A file with a card between a neighbour's and another, without a line end at its own end."""
    head = f"BEGIN:VCARD\r\nVERSION:{version}\r\nUID:u-1\r\nFN:Ana Lund\r\nN:Lund;Ana;;;\r\n".encode()
    whole = head + b"".join(lines) + b"EMAIL;TYPE=home:ana@old.example\r\nNOTE:first\r\nEND:VCARD\r\n"
    return NEIGHBOUR + whole.replace(b"\r\n", line_end) + NEIGHBOUR.replace(b"other", b"third")[:-1]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    kind = draw(st.sampled_from([*FREE, "NOTE"]))
    if kind == "NOTE":
        return Only(kind, draw(WRITTEN))
    one = st.sampled_from(FREE[kind])
    if kind in ("BDAY", "TITLE"):
        return Only(kind, draw(one | st.just("")))
    verb = draw(st.sampled_from([Add, Remove, Replace, Order]))
    if verb is Replace:
        return Replace(kind, draw(one), draw(one))
    if verb is Order:
        return Order(kind, tuple(draw(st.permutations(FREE[kind]))))
    if verb is Remove:
        return Remove(kind, draw(one))
    return Add(kind, draw(one), draw(st.sampled_from(["", "work", "Boat, old"])))


def expected(said: dict[str, list[str]], edit: Edit) -> None:
    """What a card says after an edit, worked out on plain lists."""
    now = said.setdefault(edit.kind, [])

    def form(value: object) -> object:
        return normal(edit.kind, value)  # type: ignore[arg-type]

    if isinstance(edit, Only):
        now[:] = [edit.value] if edit.value else []  # type: ignore[list-item]
    elif isinstance(edit, Order):
        places = [form(value) for value in edit.values]
        now.sort(key=lambda value: places.index(form(value)) if form(value) in places else len(places))
    elif isinstance(edit, Add):
        now += [str(edit.value)] if all(form(one) != form(edit.value) for one in now) else []
    elif isinstance(edit, Remove):
        now[:] = [one for one in now if form(one) != form(edit.value)]
    else:
        rest = [form(one) for one in now if form(one) != form(edit.old)]
        place = next((place for place, one in enumerate(now) if form(one) == form(edit.old)), len(now))
        now[place : place + 1] = [str(edit.new)] if form(edit.new) not in rest else []


def kept(data: bytes, kind: str) -> list[bytes]:
    """The lines of the card that an edit of a kind has nothing to do with; labels stand beside them."""
    return [line.raw for line in card_of(data, "u-1").lines if line.name not in (kind, REVISION, "X-ABLABEL")]


@settings(max_examples=40)
@given(st.sampled_from(["2.1", "3.0", "4.0"]), st.sampled_from([b"\r\n", b"\n", b"\r"]), st.lists(edits(), max_size=8))
def test_each_edit_is_read_again_and_leaves_every_other_byte(version: str, line_end: bytes, wanted: list[Edit]) -> None:
    data = card(version, line_end, PHOTO[int(version[0]) - 2], STRANGE)
    said = {"EMAIL": ["ana@old.example"], "NOTE": ["first"]}
    for edit in wanted:
        before = data
        data = edited(before, card_of(before, "u-1"), [edit])
        expected(said, edit)
        with case(edit, data):
            now = card_of(data, "u-1")
            assert kept(data, edit.kind) == kept(before, edit.kind)
            assert data.startswith(NEIGHBOUR)
            assert data.endswith(NEIGHBOUR.replace(b"other", b"third")[:-1])
            for kind, wished in said.items():
                forms = [normal(kind, value) for value in values(now, kind)]
                wished_forms = [normal(kind, value) for value in wished if value]
                assert sorted(map(str, forms)) == sorted(map(str, wished_forms))
                # The order of a list in one line says nothing.
                if isinstance(edit, Order) and edit.kind == kind not in ("NICKNAME", "CATEGORIES"):
                    assert forms == wished_forms
            rows = [row for line in now.lines if line.name in said for row in line.raw.splitlines()]
            assert [row for row in rows if len(row) > 75] == []
            assert (data == before) == (revision_of(now) == revision_of(card_of(before, "u-1")))
    _, ana, _ = people(data)
    with case(data):
        assert {cell.value.casefold() for cell in ana.emails} == {value.casefold() for value in said["EMAIL"]}
        assert {value.casefold() for value in ana.circles} == {
            clean_line(v).casefold() for v in said.get("CATEGORIES", [])
        }
        assert ana.notes == said["NOTE"][0] if said["NOTE"] else not ana.notes
    if version == "3.0" and line_end != b"\r":
        read = vobject.readOne(
            b"".join(line.raw for line in card_of(data, "u-1").lines if line.name).decode("utf-8", "ignore")
        )
        found = {one.value.casefold() for one in read.contents.get("email", [])}
        assert found == {value.casefold() for value in said["EMAIL"]}
        assert [one.value.strip() for one in read.contents.get("note", [])] == said["NOTE"]


LONG = "A town on the coast where the ferry stops, and where the old harbour was"
EXACT: list[tuple[str, bytes, Edit, bytes]] = [
    # version, lines of a card, an edit, the lines afterwards
    ("3.0", b"item1.TEL:+4790000001\nitem1.X-ABLabel:Boat\n", Remove("TEL", "+47 90 00 00 01"), b""),
    (
        "3.0",
        b"g.TEL:+4790000001\ng.EMAIL:a@x.example\ng.X-ABLabel:Boat\n",
        Remove("TEL", "+4790000001"),
        b"g.EMAIL:a@x.example\ng.X-ABLabel:Boat\n",
    ),
    (
        "3.0",
        b"g.EMAIL:a@x.example\ng.X-ABLABEL:Boat\nX-A:1\n",
        Add("EMAIL", "b@x.example", "work fax"),
        b"g.EMAIL:a@x.example\ng.X-ABLABEL:Boat\nEMAIL;TYPE=WORK;TYPE=FAX:b@x.example\nX-A:1\n",
    ),
    (
        "3.0",
        b"item1.X-A:1\n",
        Add("TEL", "+4790000003", "Cabin"),
        b"item1.X-A:1\nitem2.TEL:+4790000003\nitem2.X-ABLABEL:Cabin\n",
    ),
    ("2.1", b"X-A:1\n", Add("TEL", "+4790000003", "mobile"), b"X-A:1\nTEL;CELL:+4790000003\n"),
    ("3.0", b"EMAIL:a@x.example, b@x.example\n", Remove("EMAIL", "A@x.example"), b"EMAIL:b@x.example\n"),
    ("4.0", b"TEL;VALUE=uri:tel:+4790000001\n", Only("TEL", "+1 418 656 9254 ext. 7"),
     b"TEL;VALUE=uri:tel:+14186569254;ext=7\n"),
    ("3.0", b"EMAIL;PREF=3;TYPE=\"work,pref\":a@x.example\nEMAIL:b@x.example\n", Order("EMAIL", ("b@x.example",)),
     b"EMAIL;TYPE=pref:b@x.example\nEMAIL;TYPE=\"work\":a@x.example\n"),
    ("4.0", b"TEL;PREF=2:+4790000001\nTEL:+4790000003\nTEL;PREF=1:+4790000002\n", Order("TEL", ("+4790000003",)),
     b"TEL;PREF=1:+4790000003\nTEL;PREF=2:+4790000002\nTEL;PREF=3:+4790000001\n"),
    ("2.1", b"TEL;CELL;PREF:+4790000001\nTEL;HOME:+4790000002\n", Order("TEL", ("+4790000002",)),
     b"TEL;HOME;PREF:+4790000002\nTEL;CELL:+4790000001\n"),
    ("3.0", b"CATEGORIES:work,a\\, b\nCATEGORIES:sea\n", Remove("CATEGORIES", "A, B"),
     b"CATEGORIES:work\nCATEGORIES:sea\n"),
    ("3.0", b"CATEGORIES:work\nCATEGORIES:sea\n", Remove("CATEGORIES", "sea"), b"CATEGORIES:work\n"),
    ("3.0", b"NICKNAME:Al,Annie\n", Only("NICKNAME", ("annie", "Lu")), b"NICKNAME:Annie,Lu\n"),
    ("3.0", b"ORG:Acme\\, Ltd;Sea\\, sand,x;y\n", Only("ORG", ("Acme Group", "Sea, sand,x", "y")),
     b"ORG:Acme Group;Sea\\, sand,x;y\n"),
    ("3.0", b"BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=date:1604-05-09\n", Only("BDAY", "1988-05-10"),
     b"BDAY;VALUE=date:1988-05-10\n"),
    ("3.0", b"BDAY;VALUE=text:circa 1800\n", Only("BDAY", "--05-10"), b"BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-10\n"),
    ("4.0", b"BDAY:19880615\n", Only("BDAY", "--02-29"), b"BDAY:--0229\n"),
    ("3.0", b"BDAY:19880615\n", Only("BDAY", "1988-06-16"), b"BDAY:19880616\n"),
    ("2.1", b"NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F8rn=\n old\n", Only("NOTE", "Jørn, new"),
     b"NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F8rn, new\n"),
    ("2.1", b"NOTE;CHARSET=ISO-8859-1:J\xf8rn\n", Only("NOTE", "日"),
     b"NOTE;CHARSET=UTF-8:\xe6\x97\xa5\n"),
    ("2.1", b"", Add("NOTE", "one; two\nthree, four"), b"NOTE;ENCODING=QUOTED-PRINTABLE:one; two=0D=0Athree, four\n"),
    ("3.0", b"TITLE:Cap\n", Only("TITLE", LONG),
     b"TITLE:A town on the coast where the ferry stops\\, and where the old harbour\n  was\n"),
    ("3.0", b"X-PLANNER-OFFERS:x\n", Only("X-PLANNER-OFFERS", "café, boats; 2:30_pm"),
     b"X-PLANNER-OFFERS:cafe boats 2:30 pm\n"),
    ("3.0", b"URL:http\\://x.example\n", Replace("URL", "http://x.example", "http://y.example/a,b;c"),
     b"URL:http://y.example/a\\,b;c\n"),
]  # fmt: skip


def test_an_edit_writes_exactly_this() -> None:
    for version, lines, edit, wanted in EXACT:
        head = f"BEGIN:VCARD\nVERSION:{version}\nFN:Ana Lund\n".encode()
        data = head + lines + b"END:VCARD\n"
        with case(version, lines, edit):
            found = edited(data, card_of(data, ""), [edit])
            assert found == head + wanted + b"X-PLANNER-REV:1\nEND:VCARD\n"
            # The same edit again changes nothing, and so does its number.
            assert edited(found, card_of(found, ""), [edit]) == found


def test_a_hundred_edits_leave_what_nobody_knows() -> None:
    chosen = random.Random(5)
    for version, photo in zip(("2.1", "3.0", "4.0"), PHOTO, strict=True):
        data = card(version, b"\r\n", photo, STRANGE)
        strange = photo + STRANGE
        assert strange in data
        for number in range(1, 101):
            kind = chosen.choice(list(FREE))
            old = next(iter(values(card_of(data, "u-1"), kind)), chosen.choice(FREE[kind]))
            data = edited(data, card_of(data, "u-1"), [Replace(kind, old, f"x{number}@x.example")], above=number - 1)
            assert strange in data
            assert revision_of(card_of(data, "u-1")) == number
        # What is put back says a greater number, too, for programs that compare what cards say.
        back = revised(data, card_of(data, "u-1"), above=200)
        assert back == data.replace(b"X-PLANNER-REV:100", b"X-PLANNER-REV:201")


def test_cards_are_told_apart_and_halves_are_refused() -> None:
    data = card("3.0", b"\r\n", STRANGE)
    assert [one.uid for one in cards_of(data)] == ["other", "u-1", "third"]
    assert b"".join(one.data for one in cards_of(data)) == data
    half = b"BEGIN:VCARD\nVERSION:3.0\nUID:URN:UUID:AB\nFN:An" + b"\n" + NEIGHBOUR
    assert [(one.uid, one.is_whole) for one in cards_of(half)] == [("ab", False), ("other", True)]
    with pytest.raises(Refused, match="does not end"):
        edited(half, card_of(half, "urn:uuid:AB"), [Add("TEL", "+4790000001")])
    for bad, uid, said in (
        (data, "nobody", "no card with the UID nobody"),
        (NEIGHBOUR * 2, "other", "2 cards with the UID other"),
        (NEIGHBOUR * 2, "", "2 cards in the file"),
        (NEIGHBOUR.decode().encode("utf-16"), "other", "UTF-16"),
    ):
        with case(bad, uid), pytest.raises(Refused, match=said):
            card_of(bad, uid)
    assert safe_x_value("a,b\\;{Ü}  c") == "a b U c"


PIECES = st.lists(
    st.binary(max_size=6)
    | st.sampled_from([
        b"BEGIN:VCARD", b"END:VCARD", b"VERSION:2.1", b"UID:u", b"\r\n", b"\n", b"\r", b"\n ", b"=\n",
        b";", b":", b"\\", b'"',
        b"NOTE;CHARSET=utf-16;ENCODING=QUOTED-PRINTABLE:=C3", b"TEL;PREF=999999999999:1", b"item1.EMAIL:a@x.example",
        b"CATEGORIES:a\\,b,,;c", b"BDAY:--0230", b"AGENT:BEGIN:VCARD", b"PHOTO;BASE64:QUJD\n\n QUJD\nQUJD",
        b"BEGIN:VEVENT\nX-PLANNER-ITEM:i\nX-PLANNER-DAY:9999-12-31\nDTSTART:99991231T230000Z\nSEQUENCE:9\nEND:VEVENT",
    ]),
    max_size=30,
)  # fmt: skip


@settings(max_examples=60)
@given(PIECES)
def test_whatever_a_file_holds_it_is_edited_or_refused(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    returned(data, UTC)
    with suppress(Refused):
        for found in cards_of(data):
            assert found.data == data[found.start : found.end]
            with suppress(Refused):
                after = edited(data, found, [Add("TEL", "+4790000009"), Only("NOTE", "é"), Remove("CATEGORIES", "a")])
                assert after[: found.start] == data[: found.start]
                assert after.endswith(data[found.end :])
