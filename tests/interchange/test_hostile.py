"""Files made to harm: whatever the bytes, an answer in bounded time and memory, never a traceback."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.core.model import ImportedContact, Rejected
from planner.errors import Refused
from planner.interchange.linkedin.connections import read_connections
from planner.interchange.reading import read
from planner.interchange.text import LINE_LIMIT, Remark, Skipped
from planner.interchange.vcard.reader import read_cards
from planner.interchange.vcard.values import header_end, parse_header, read_date, split_values
from tests.cases import case, within
from tests.interchange.helpers import card, items, one, people, rejected, source

_ACTING = set(map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x200F]))

pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    b"BEGIN:VCARD\r\n",
                    b"END:VCARD\n",
                    b"VERSION:2.1\n",
                    b"FN:Ana\n",
                    b"N:Lee;Ana;;;\r",
                    b"AGENT:\n",
                ),
                *(
                    b"NOTE;ENCODING=QUOTED-PRINTABLE:a=\n",
                    b"PHOTO;ENCODING=b:AAAA\n",
                    b" folded\r\n",
                    b"\tfold\n",
                ),
                *(b"item1.EMAIL;TYPE=work:a@b.example\n", b"item1.X-ABLABEL:_$!<X>!$_\n", b"BDAY:--0412\n"),
                *(
                    b"CATEGORIES:a\\,b,c\n",
                    b'TEL;X="a:b";Y=c:1\n',
                    b"NOTE;CHARSET=SHIFT_JIS:\x95\x5c\n",
                    b"\r\r\n",
                ),
                *(
                    b"UID:1\n",
                    b"\xff\xfe",
                    b"\0",
                    b"\\",
                    b":",
                    b";",
                    b'"',
                    b"=",
                    b"=0D=0A",
                    b"\x1b",
                    b"\xe2\x80\xae",
                ),
            ]
        ),
        st.binary(max_size=12),
    ),
    max_size=30,
).map(b"".join)


def texts(item: object) -> Iterator[str]:
    """Every text in a record."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, (tuple, list)):
        for part in item:
            yield from texts(part)
    elif hasattr(item, "__slots__"):
        for name in item.__slots__:
            yield from texts(getattr(item, name))


@given(pieces)
def test_arbitrary_bytes_as_cards(data: bytes) -> None:
    found = list(read_cards(source(data)))
    assert all(isinstance(item, ImportedContact | Rejected | Skipped | Remark) for item in found)
    for text in texts(found):
        assert not set(text) & _ACTING
        assert text.encode("utf-8") is not None
    for item in found:
        if isinstance(item, ImportedContact):
            assert item.name
            assert item.keys
            assert "\n" not in item.name + item.company + item.title + item.city


@given(pieces)
def test_a_good_card_after_any_closed_damage_survives(data: bytes) -> None:
    # Marks of UTF-16 and NULs would change the meaning of every byte that follows.
    data = data.replace(b"\0", b"").replace(b"\xff", b"").replace(b"\xfe", b"")
    closing = b"\nX:1\n" + b"END:VCARD\n" * 40
    assert people(data + closing + card("FN:Tom Ray"))[-1].name == "Tom Ray"


@given(st.binary(max_size=300) | pieces)
@example(b"\0")
def test_arbitrary_bytes_as_connections(data: bytes) -> None:
    header = b"First Name,Last Name,URL,Connected On\n"
    for item in read_connections(source(header + data)):
        for text in texts(item):
            assert not set(text) & _ACTING
    with suppress(Refused):
        list(read_connections(source(data)))


@given(data=st.binary(max_size=400).map(lambda data: b"PK\x03\x04" + data) | st.binary(max_size=200) | pieces)
def test_arbitrary_bytes_as_a_file(scratch: Path, data: bytes) -> None:
    path = scratch / "x"
    path.write_bytes(data)
    with suppress(Refused):
        list(read([path]))


@given(st.text(max_size=60))
def test_values_never_raise(text: str) -> None:
    header = parse_header(text)
    assert len(header.label) <= 60
    assert header_end(text) in (-1, *[index for index, character in enumerate(text) if character == ":"])
    read_date("birthday", text)
    assert split_values(text.replace("\\", ""), ",;") == text.replace("\\", "").replace(";", ",").split(",")


def spent(data: bytes) -> tuple[int, list[object]]:
    """Bytes at the peak to read these cards, and what was found; fails when it takes long."""
    # To count the memory takes longer than to read.
    with within(6):
        tracemalloc.start()
        held, _ = tracemalloc.get_traced_memory()
        found: list[object] = list(read_cards(source(data)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak - held, found


def test_the_line_of_54_bytes() -> None:
    line = b"TEL;X=" + b"a," * 24
    assert len(line) == 54
    with within(0.5):
        assert [person.name for person in people(card("FN:Ana", line, "TITLE:Buyer"))] == ["Ana"]


def test_lines_made_to_take_long() -> None:
    for line in [
        b"TEL;X=" + b"a," * 30_000 + b":1",
        b"TEL;" + b";" * 60_000 + b":1",
        b"TEL;X=" + b'"a' * 30_000,
        b'TEL;X="' + b'";Y="' * 12_000 + b":1",
        b"TEL;TYPE=" + b"work," * 12_000 + b":1",
        b"EMAIL:" + b"a" * 60_000,
        b"EMAIL:" + b"a@" * 30_000,
        b"EMAIL:" + b"a @b " * 12_000,
        b"NOTE:" + b"\\" * 60_000,
        b"N:" + b"\\;;" * 20_000,
        b"CATEGORIES:" + b"a\\,b," * 10_000,
        b"URL:" + b"linkedin.com/in/" * 4_000,
        b"BDAY:" + b"1" * 60_000,
        b"NOTE;ENCODING=QUOTED-PRINTABLE:" + b"=" * 60_000,
        b"item1.X-ABLABEL:" + b"_$!<" * 15_000,
        b"NOTE;CHARSET=" + b"x" * 60_000 + b":1",
    ]:
        with case(line):
            with within(1.5):
                found = items(card("FN:Ana", *[line] * 3) + card("FN:Tom"))
            assert isinstance(found[-1], ImportedContact)
            assert found[-1].name == "Tom"
    print("lines of up to 90,000 bytes made to take long: each read within 1.5 s")


def test_a_line_beyond_the_limit_rejects_its_card_alone() -> None:
    long = "x" * (LINE_LIMIT + 1)
    folded = "\r\n ".join("x" * 70 for _ in range(LINE_LIMIT // 70 + 2))
    for note in (long, folded):
        data = card("FN:Ana") + card("FN:Big", f"NOTE:{note}") + card("FN:Tom")
        assert [person.name for person in people(data)] == ["Ana", "Tom"]
        assert [(each.line, each.reason) for each in rejected(data)] == [(5, "the line NOTE is longer than 64 kB")]
    assert one(f"X-UNKNOWN:{long}", "TITLE:Buyer").title == "Buyer"
    assert one("NOTE:" + "x" * (LINE_LIMIT - 10)).remarks == ()


@pytest.mark.parametrize(
    "photo",
    [
        b"PHOTO;ENCODING=b:" + b"A" * 20_000_000,
        b"PHOTO;ENCODING=b:AAAA" + b"\r\n AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" * 150_000,
        b"PHOTO;ENCODING=BASE64;JPEG:AAAA" + b"\r\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" * 150_000,
    ],
    ids=["one line", "folded", "not indented"],
)
def test_a_photo_bomb_costs_nothing(photo: bytes) -> None:
    peak, found = spent(card("FN:Ana", photo, "TITLE:Buyer") + card("FN:Tom"))
    assert [(item.name, item.title) for item in found if isinstance(item, ImportedContact)] == [
        ("Ana", "Buyer"),
        ("Tom", ""),
    ]
    assert peak < 20_000_000
    print("photos of 10 to 20 MB in a card: less than 20 MB held")


def test_deep_nesting() -> None:
    deep = b"BEGIN:VCARD\nFN:Ana\n" + b"AGENT:\nBEGIN:VCARD\nFN:Inner\n" * 20_000
    assert [person.name for person in people(deep)] == ["Ana"]
    closed = deep + b"END:VCARD\n" * 20_000 + b"TITLE:Buyer\nEND:VCARD\n"
    assert [(person.name, person.title) for person in people(closed)] == [("Ana", "Buyer")]
    unclosed = items(b"BEGIN:VCARD\n" * 5_000 + b"FN:Ana\nEND:VCARD\n")
    assert [type(item) for item in unclosed[:-1]] == [Rejected] * 4_999
    assert isinstance(unclosed[-1], ImportedContact)
    print("cards 20,000 deep in one another: 0 faults")


def test_a_card_of_countless_properties() -> None:
    peak, found = spent(card("FN:Ana", *[f"TEL:+{index}" for index in range(100_000)]))
    (ana,) = found
    assert isinstance(ana, ImportedContact)
    assert len(ana.phones) < 1000
    assert ana.remarks == ("only the first 1000 properties were read",)
    assert peak < 40_000_000


def test_countless_headers_are_not_kept() -> None:
    peak, _ = spent(card("FN:Ana", *[f"X-{index}:1" for index in range(100_000)]))
    assert peak < 40_000_000


def test_after_its_last_property_a_full_card_still_ends() -> None:
    full = card("FN:Ana", *["X-A:1"] * 2000, b'TEL;X="a:1', "TITLE:Late")
    found = people(full + card("FN:Tom", "TITLE:Buyer"))
    assert [(person.name, person.title) for person in found] == [("Ana", ""), ("Tom", "Buyer")]
