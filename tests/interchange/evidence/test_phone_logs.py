"""Calls and text messages as backups of phones write them: who, when, how, and nothing that cannot be told."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from planner.core.evidence.seen import Call, CallKind, ChatLine, Seen
from planner.interchange.evidence.reading import recognised
from tests.cases import case
from tests.interchange.evidence.runs import put, put_archive, run

AT = 1_790_000_000_000
"""21 September 2026, 13:33:20 UTC, in milliseconds."""


def call(number: str, kind: int = 1, at: int | str = AT, seconds: int | str = 90, more: str = "") -> str:
    """A call of a log."""
    return f'<call number="{number}" duration="{seconds}" date="{at}" type="{kind}" {more}/>'


def log(*calls: str) -> str:
    """A log of calls."""
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<?xml-stylesheet type='text/xsl'?>"
    return f'{head}\n<calls count="{len(calls)}">{"".join(calls)}</calls>'


def texts(*messages: str) -> str:
    """A backup of text messages."""
    return f'<?xml version="1.0"?>\n<smses count="{len(messages)}">{"".join(messages)}</smses>'


def only(seen: list[Seen]) -> Call | ChatLine:
    """The one thing that was seen."""
    (one,) = seen
    assert isinstance(one, Call | ChatLine)
    return one


def test_a_call_is_told_with_its_number_time_kind_and_length(tmp_path: Path) -> None:
    path = put(tmp_path / "kalls", log(call("900 11 222", more='contact_name="Kari &#55357;&#56832; Nord"')))
    assert recognised(path) == "calls"
    seen, reading = run(path, "calls")
    one = only(seen)
    assert isinstance(one, Call)
    assert (one.handle.value, one.handle.name) == ("+4790011222", "Kari Nord")
    assert (one.at, one.kind, one.seconds) == (datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC), CallKind.IN, 90)
    assert not reading.troubles
    for kind, expected in ((2, CallKind.OUT), (3, CallKind.MISSED), (4, CallKind.OTHER), (7, CallKind.OTHER)):
        again = only(run(put(path, log(call("90011222", kind))), "calls")[0])
        assert isinstance(again, Call)
        assert again.kind is expected


def test_a_number_of_nobody_and_a_time_that_cannot_be_say_nothing(tmp_path: Path) -> None:
    for one in (
        call("-1"),
        call("*100#"),
        call("12345"),
        call(""),
        call("BANKEN"),
        call("90011222", more='presentation="2"'),
        call("90011222", at=0),
        call("90011222", at="17900000000"),
        call("90011222", at="179000000000"),
        call("90011222", at="9" * 13),
        call("90011222", at="9" * 5000),
        call("90011222", at="soon"),
    ):
        with case(one[:80]):
            seen, reading = run(put(tmp_path / "calls.xml", log(one, call("90099888"))), "calls")
            only(seen)
            assert not reading.troubles


def test_text_messages_are_lines_of_a_chat(tmp_path: Path) -> None:
    path = put(
        tmp_path / "sms.xml",
        texts(
            f'<sms address="+47 900 11 222" date="{AT}" type="1" body="hei" contact_name="null"/>',
            f'<sms address="90011222" date="{AT + 60_000}" type="2" body="hei"/>',
            f'<sms address="90011222" date="{AT}" type="3" body="a draft"/>',
            f'<sms address="1960" date="{AT}" type="1" body="a code"/>',
            f'<mms address="90011222~90099888" date="{AT}" msg_box="1"><parts><part data="{"A" * 3_000_000}"/></parts>'
            '<addrs><addr address="90099888" type="137"/><addr address="90011222" type="151"/></addrs></mms>',
            f'<mms address="90011222~90099888" date="{AT}" msg_box="2"><parts/></mms>',
        ),
    )
    seen, reading = run(path, "calls")
    lines = [one for one in seen if isinstance(one, ChatLine)]
    assert [(one.writer and one.writer.value, one.group) for one in lines] == [
        ("+4790011222", False),
        (None, False),
        ("+4790099888", True),
        (None, True),
    ]
    assert lines[0].chat == lines[1].chat != lines[2].chat == lines[3].chat
    assert lines[0].writer is not None
    assert lines[0].writer.name == ""
    assert len({one.key for one in lines}) == 4
    assert not reading.troubles


def test_what_stands_before_damage_is_kept(tmp_path: Path) -> None:
    whole = log(call("90011222"), call("90099888"), call("90077666"))
    for name, data, count, trouble in (
        ("cut", whole[: whole.rindex("<call")] + "<call num", 2, "cut off"),
        ("nothing but a start", "<calls count='2'>", 0, "cut off"),
        ("a bad character", whole.replace("duration", "\x01\x0bduration", 1), 3, ""),
        ("a zero", whole.replace('type="1"', 'type="1" contact_name="a&#0;b"'), 3, ""),
        ("an entity", whole.replace('type="1"', 'type="1" contact_name="&x;"', 1), 0, "cut off"),
        ("a bomb", '<!DOCTYPE calls [<!ENTITY a "b">]>' + whole.partition("?>\n")[2], 0, "type of document"),
        ("deep", "<calls>" + "<a>" * 5000, 0, "nested"),
    ):
        with case(name):
            seen, reading = run(put(tmp_path / "calls.xml", data), "calls")
            assert len(seen) == count
            assert [trouble in line for line in reading.troubles] == ([True] if trouble else [])


def test_a_message_without_an_end_is_not_held_in_memory(tmp_path: Path) -> None:
    whole = log(call("90011222"), call("90099888"))
    path = put(tmp_path / "calls.xml", whole[: whole.rindex("<call")] + '<call number="')
    # A gigabyte in which nothing is written: it takes no room on the disk.
    os.truncate(path, 1 << 30)
    seen, reading = run(path, "calls")
    assert len(seen) == 1
    assert ["larger than 32 MB" in line for line in reading.troubles] == [True]


def test_an_export_of_lines_is_read_with_both_its_units_of_time(tmp_path: Path) -> None:
    records = [
        {"address": "90011222", "date": str(AT), "type": "1", "thread_id": "4", "__display_name": "Kari"},
        {"msg_box": "1", "date": str(AT // 1000), "__sender_address": {"address": "90011222"},
         "__recipient_addresses": [{"address": "90055444"}]},
        {"msg_box": "2", "date": str(AT // 1000 + 5), "__recipient_addresses": [{"address": "90011222"}]},
        {"msg_box": "2", "date": AT, "__recipient_addresses": [{"address": "90011222"}]},
    ]  # fmt: skip
    bad = ["{", "[" * 100_000, '{"date":' + "1" * 5000 + ',"type":"1","address":"90011222"}', '{"date":1e30}', "null"]
    lines = "\n".join([json.dumps(one) for one in records] + bad)
    path = put_archive(tmp_path / "texts.zip", {"messages.ndjson": lines, "data/PART_1.jpg": b"\xff\xd8" * 9})
    assert recognised(path) == "calls"
    for kind, source in (
        ("archive", path),
        ("lines", put(tmp_path / "a", lines)),
        ("list", put(tmp_path / "b", json.dumps(records))),
    ):
        with case(kind):
            seen, reading = run(source, "calls")
            written = [one.writer and one.writer.value for one in seen if isinstance(one, ChatLine)]
            assert written == ["+4790011222", "+4790011222", None]
            assert len({one.chat for one in seen if isinstance(one, ChatLine)}) == 1
            assert not reading.troubles


def test_an_exported_log_of_calls_is_read(tmp_path: Path) -> None:
    record = {"number": "90011222", "duration": "61", "date": str(AT), "type": "2", "presentation": "1"}
    one = only(run(put(tmp_path / "calls.ndjson", json.dumps(record)), "calls")[0])
    assert isinstance(one, Call)
    assert (one.kind, one.seconds, one.handle.value) == (CallKind.OUT, 61, "+4790011222")
