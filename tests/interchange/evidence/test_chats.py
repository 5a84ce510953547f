"""Exports of chats: who wrote when, in every layout, and never a guess where the file leaves it open."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.evidence.seen import Call, CallKind, ChatLine, HandleKind
from planner.interchange.evidence.reading import recognised
from tests.cases import case
from tests.interchange.evidence.runs import put, put_archive, run


def lines_of(path: Path, data: str | bytes) -> list[ChatLine]:
    """The lines of a chat that is read without a trouble."""
    seen, reading = run(put(path, data), "chat")
    assert not reading.troubles, reading.troubles
    return [one for one in seen if isinstance(one, ChatLine)]


def told(lines: list[ChatLine]) -> list[tuple[str, str]]:
    """When, as the file's clock shows it, and who; "" for me."""
    return [(f"{one.at:%Y-%m-%d %H:%M}", one.writer.value if one.writer else "") for one in lines]


def test_one_pattern_reads_the_stamps_of_all_phones(tmp_path: Path) -> None:
    for line in (
        "[23/11/25, 21:25:09] Ana Lee: hi",
        "[23.11.25, 21:25:09] Ana Lee: hi",
        "\u200e[23/11/2025, 9:25:09\u202fPM] Ana Lee: hi",
        "[11/23/25, 9:25:09 PM] ~\u202fAna Lee: hi",
        "[2025-11-23, 21:25:09] Ana Lee: hi",
        "23/11/2025, 21:25 - Ana Lee: hi",
        "11/23/25, 9:25 PM - Ana Lee: hi",
        "11/23/25, 9:25\u202fpm - Ana Lee: hi",
        "23/11/2025, 9:25 p. m. - Ana Lee: hi",
        "23/11/2025, 9:25\u00a0p.\u00a0m. - Ana Lee: hi",
        "23.11.25, 21:25 - Ana Lee: hi",
        "23-11-2025 21:25 - Ana Lee: hi",
        "23.11.2025 klo 21.25 - Ana Lee: hi",
        "23.11.2025, klo 21.25 - Ana Lee: hi",
        "23.11.2025 21:25 - Ana Lee: hi",
        "23/11/2025 à 21:25 - Ana Lee : hi",
        "23/11/2025, à 21:25 - Ana Lee : hi",
        "23/11/25 às 21:25 - Ana Lee: hi",
        "23.11.25 um 21:25 - Ana Lee: hi",
        "2025/11/23, 21:25 - Ana Lee: hi",
        "2025-11-23, 21:25 - Ana Lee: hi",
        "2025. 11. 23. 오후 9:25, Ana Lee: hi",
        "2025. 11. 23. 21:25 - Ana Lee: hi",
        "2025/11/23 下午9:25 - Ana Lee: hi",
        "2025年11月23日 21:25 - Ana Lee: hi",
        "2025년 11월 23일 오후 9:25, Ana Lee : hi",
        "٢٣‏/١١‏/٢٠٢٥، ٩:٢٥ م - Ana Lee: hi",
        "23.11.25 21:25:15: Ana Lee: hi",
        "23/11/2025, 9:25 μ.μ. - Ana Lee: hi",
        "23/11/2025, 9:25 م - Ana Lee: hi",
        "\u202b23/11/2025, 21:25\u202c - Ana Lee: hi",
        "२३/११/२०२५, ९:२५ pm - Ana Lee: hi",
        "23/11/2568, 21:25 - Ana Lee: hi",
        "[2025-11-23 21:25] Ana Lee: hi",
        "[2025-11-23, 21:25] Ana Lee: hi",
    ):
        with case(line):
            path = put(tmp_path / "any", f"{line}\nand more\n\n  of it: here\n")
            assert recognised(path) == "chat"
            assert told(lines_of(path, path.read_bytes())) == [("2025-11-23 21:25", "Ana Lee")]
            assert told(lines_of(path, f"\ufeff{line}\r\n".encode("utf-16-le"))) == [("2025-11-23 21:25", "Ana Lee")]


def test_a_chat_is_known_whatever_its_last_letter_is(tmp_path: Path) -> None:
    for text in ("מה שלומך", "مرحبا", "привет", "안녕", "你好", "🎉"):
        for end in ("", "\n"):
            with case(text):
                path = put(tmp_path / "any", f"٢٣/١١/٢٠٢٥, ٩:٢٥ م - Ana Lee: {text}{end}")
                assert recognised(path) == "chat"
                assert told(lines_of(path, path.read_bytes())) == [("2025-11-23 21:25", "Ana Lee")]


def test_midnight_and_noon_by_a_clock_of_twelve_hours(tmp_path: Path) -> None:
    for clock, expected in (("12:05 AM", "00:05"), ("12:05 PM", "12:05"), ("1:05 PM", "13:05"), ("00:05 am", "00:05")):
        assert told(lines_of(tmp_path / "c", f"11/23/25, {clock} - Ana: hi")) == [(f"2025-11-23 {expected}", "Ana")]


def chat(*days: str) -> str:
    """A chat with a line on each of these days."""
    return "".join(f"{day}, 10:00 - Ana: hi\n" for day in days)


def test_day_and_month_are_decided_by_the_whole_file_or_asked(tmp_path: Path) -> None:
    for name, days, expected in (
        ("a day beyond 12", ("01/02/26", "13/02/26"), ["2026-02-01", "2026-02-13"]),
        ("a month beyond 12", ("01/02/26", "01/13/26"), ["2026-01-02", "2026-01-13"]),
        ("no step back", ("09/01/26", "01/02/26", "02/02/26"), ["2026-01-09", "2026-02-01", "2026-02-02"]),
        ("not after the file", ("01/12/26", "02/12/26"), ["2026-01-12", "2026-02-12"]),
        ("open", ("01/02/26", "02/03/26"), None),
        ("both", ("13/02/26", "01/13/26"), None),
    ):
        with case(name):
            seen, reading = run(put(tmp_path / "c", chat(*days)), "chat")
            if expected is None:
                assert seen == []
                assert "the day or the month first" in "".join(reading.troubles)
            else:
                assert [f"{one.at:%Y-%m-%d}" for one in seen if isinstance(one, ChatLine)] == expected


def test_what_the_program_writes_itself_is_nobodys_line(tmp_path: Path) -> None:
    data = "\n".join((
        "[23/11/25, 09:00:00] Garden: \u200eMessages and calls are end-to-end encrypted.",
        "[23/11/25, 09:01:00] Ana: \u200eAna created this group",
        "[23/11/25, 09:02:00] Ben: hello",
        "\u200e[23/11/25, 09:03:00] Ana: \u200eimage omitted",
        "[23/11/25, 09:04:00] Ana changed the subject to “Plan: tomorrow”",
        "[23/11/25, 09:05:00] Ana changed the description: see https://x.example",
        "[23/11/25, 09:06:00] Missed call at 09:05",
        "[23/11/25, 09:07:00] +47 900 11 222: hi",
        "[23/11/25, 09:08:00] Ana joined using a link https://x.example",
    ))  # fmt: skip
    lines = lines_of(tmp_path / "_chat.txt", data)
    assert ("2025-11-23 09:02", "Ben") in told(lines)
    assert ("2025-11-23 09:03", "Ana") in told(lines)
    assert {one.writer.value for one in lines if one.writer} <= {
        "Ana",
        "Ben",
        "+4790011222",
        "Ana changed the description",
    }
    assert not any(f"{one.at:%M}" in ("00", "01", "04", "06", "08") for one in lines)
    assert all(one.group for one in lines)


def test_an_archive_and_a_file_of_one_chat_are_one_chat(tmp_path: Path) -> None:
    data = "[23/11/25, 09:00:00] Ana Lee: hello\n[23/11/25, 09:01:00] Kari Nord: hello\n"
    archive = put_archive(tmp_path / "WhatsApp Chat - Ana Lee.zip", {"_chat.txt": data, "1.jpg": b"\xff\xd8\xff"})
    assert recognised(archive) == "chat"
    first, _ = run(archive, "chat")
    for name in (
        "WhatsApp Chat with Ana Lee.txt",
        "WhatsApp-Chat mit Ana Lee (1).txt",
        "Discussion WhatsApp avec Ana Lee.txt",
    ):
        second = lines_of(tmp_path / name, data)
        assert [(one.key, one.chat) for one in second] == [
            (one.key, one.chat) for one in first if isinstance(one, ChatLine)
        ]
        assert [one.value for one in second[1].members] == ["Ana Lee"]


def test_dates_of_no_known_calendar_are_told(tmp_path: Path) -> None:
    seen, reading = run(put(tmp_path / "c", "1404/09/02, 21:25 - Ana: hi\n1404/09/03, 21:25 - Ben: hi\n"), "chat")
    assert seen == []
    assert "2 of its lines have dates that cannot be" in "".join(reading.troubles)


AT = 1_790_000_000
"""21 September 2026, 13:33:20 UTC, in seconds."""


def said(number: int, who: str = "Ana", **more: object) -> dict[str, object]:
    """A message of a Telegram chat."""
    number_of = {"Ana": "user7", "Kari": "user1"}
    at = str(AT + number)
    return {
        "id": number,
        "type": "message",
        "date_unixtime": at,
        "from": who,
        "from_id": number_of.get(who, ""),
        **more,
    }


def test_telegram_tells_me_from_the_other_by_ids(tmp_path: Path) -> None:
    call = {
        "id": 9,
        "type": "service",
        "action": "phone_call",
        "date_unixtime": str(AT),
        "actor": "Kari",
        "actor_id": "user1",
    }
    two = {
        "name": "Ana", "type": "personal_chat", "id": 7,
        "messages": [
            said(1), said(2, "Kari"), said(3, "Ana renamed", from_id="user7"),
            {**said(4), "from": None, "from_id": None}, {**call, "duration_seconds": 70},
            {**call, "id": 10, "actor": "Ana", "actor_id": "user7", "discard_reason": "missed"},
            {"id": 11, "type": "service", "action": "pin_message", "date_unixtime": str(AT), "actor": "Ana"},
            said(12, date_unixtime="1e30"), said(13, date_unixtime="9" * 400), said(14, date_unixtime=None), "x", 4,
        ],
    }  # fmt: skip
    others = [
        {"name": name, "type": kind, "id": number, "messages": [said(1), said(2, "Ben"), said(3, "Kari")]}
        for number, (name, kind) in enumerate(
            (("Club", "private_group"), ("News", "public_channel"), ("Robot", "bot_chat"), ("", "saved_messages")), 20
        )
    ]
    whole = {"personal_information": {"user_id": 1}, "chats": {"list": [two, *others]}}
    path = put(tmp_path / "export", json.dumps(whole))
    assert recognised(path) == "chat"
    seen, reading = run(path, "chat")
    assert not reading.troubles
    calls = [one for one in seen if isinstance(one, Call)]
    assert [(one.kind, one.seconds, one.handle.value) for one in calls] == [
        (CallKind.OUT, 70, "Ana"),
        (CallKind.MISSED, 0, "Ana"),
    ]
    lines = [one for one in seen if isinstance(one, ChatLine)]
    assert [one.writer and one.writer.value for one in lines] == ["Ana", None, "Ana renamed", "Ana", "Ben", None]
    assert [one.group for one in lines] == [False] * 3 + [True] * 3
    assert lines[0].at == datetime.fromtimestamp(AT + 1, UTC)
    single, _ = run(put(tmp_path / "one", json.dumps(two)), "chat")
    assert [one.key for one in single] == [one.key for one in seen[:5]]
    old = {
        "name": "Ana",
        "type": "personal_chat",
        "id": 7,
        "messages": [{"id": 1, "type": "message", "from": "Ana", "date": "2020-01-02T03:04:05"}],
    }
    assert told(lines_of(tmp_path / "old", json.dumps(old))) == [("2020-01-02 03:04", "Ana")]


def test_signal_lines_tell_who_wrote_and_to_whom(tmp_path: Path) -> None:
    def line(**parts: object) -> str:
        return json.dumps({"account": "+4790055444", "envelope": {"timestamp": AT * 1000, **parts}})

    sender = {"sourceNumber": "+4790011222", "sourceName": "Ana"}
    message = {"timestamp": AT * 1000, "message": "hi"}
    data = "\n".join((
        line(**sender, dataMessage=message),
        line(sourceNumber="+4790055444", syncMessage={"sentMessage": {**message, "destinationNumber": "+4790011222"}}),
        line(source="0b6e", sourceName="Ben", dataMessage={**message, "groupInfo": {"groupId": "g"}}),
        line(**sender, receiptMessage={"when": 1}), line(**sender, typingMessage={}),
        line(**sender, dataMessage={**message, "message": None, "reaction": {"emoji": "x"}}),
        line(**sender, dataMessage={**message, "timestamp": 10**30}), "{", "[]",
    ))  # fmt: skip
    path = put(tmp_path / "signal.log", data)
    assert recognised(path) == "chat"
    lines = lines_of(path, data)
    assert [(one.writer and one.writer.value, one.group) for one in lines] == [
        ("+4790011222", False),
        (None, False),
        ("Ben", True),
    ]
    assert lines[0].chat == lines[1].chat != lines[2].chat
    assert [one.value for one in lines[1].members] == ["+4790011222"]


def test_an_export_that_calls_me_me_says_so(tmp_path: Path) -> None:
    lines = lines_of(tmp_path / "chat.md", "[2026-01-02 10:00] Me: hi\n[2026-01-02 10:01] Ana: hi\n")
    assert told(lines) == [("2026-01-02 10:00", ""), ("2026-01-02 10:01", "Ana")]
    assert [one.value for one in lines[0].members] == ["Ana"]


def test_names_that_were_encoded_twice_are_mended(tmp_path: Path) -> None:
    name = "Åse Bjørk".encode().decode("latin-1")
    thread = {
        "participants": [{"name": name}, {"name": "Kari Nord"}],
        "messages": [
            {"sender_name": name, "timestamp_ms": AT * 1000, "content": "hi"},
            {"sender_name": "Åse Nord", "timestamp_ms": AT * 1000, "type": "Generic"},
            {"sender_name": name, "timestamp_ms": AT * 1000, "type": "Subscribe"},
            {"sender_name": name, "timestamp_ms": AT * 1000, "call_duration": 0},
            {"sender_name": name, "timestamp_ms": 1e30},
            {"sender_name": None, "timestamp_ms": AT * 1000},
            None,
        ],
        "thread_path": "inbox/ase_1",
        "thread_type": "Regular",
    }
    path = put(tmp_path / "m", json.dumps(thread))
    assert recognised(path) == "chat"
    lines = lines_of(path, path.read_bytes())
    assert [one.writer and one.writer.value for one in lines] == ["Åse Bjørk", "Åse Nord"]
    assert [one.value for one in lines[0].members] == ["Åse Bjørk", "Kari Nord"]
    assert not lines[0].group
    thread["thread_type"] = "RegularGroup"
    assert all(one.group for one in lines_of(path, json.dumps(thread)))


def linkedin(*rows: tuple[str, str, str]) -> str:
    """A file of messages: writer, others, when."""
    head = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    page = "https://www.linkedin.com/in/"
    return head + "".join(
        f'1,{who.title()},{page}{who},,"{",".join(page + one for one in others.split())}",{when},,"two\nlines",INBOX\n'
        for who, others, when in rows
    )


def test_linkedin_names_people_by_their_profiles(tmp_path: Path) -> None:
    when = "2026-01-02 10:00:00 UTC"
    data = linkedin(("ana", "kari", when), ("kari", "ana", when), ("ben", "kari cid", when), ("ben", "kari", "soon"))
    path = put(tmp_path / "messages", data)
    assert recognised(path) == "chat"
    seen, reading = run(path, "chat")
    lines = [one for one in seen if isinstance(one, ChatLine)]
    assert told(lines) == [
        ("2026-01-02 10:00", "linkedin.com/in/ana"),
        ("2026-01-02 10:00", ""),
        ("2026-01-02 10:00", "linkedin.com/in/ben"),
    ]
    assert [one.group for one in lines] == [False, False, True]
    assert {one.kind for one in lines[1].members} == {HandleKind.PROFILE}
    assert "1 of its messages have dates that cannot be read" in "".join(reading.troubles)


def test_json_that_is_damaged_or_hostile_is_a_line(tmp_path: Path) -> None:
    start = '{"sender_name":"x","timestamp_ms":1,"messages":'
    for name, data, why in (
        ("deep", start + "[" * 200_000, "nested too deeply"),
        ("cut", start + '[{"sender_name":', "not JSON"),
        ("large", start + " " * 21_000_000, "cut off"),
        ("digits", start + '[{"sender_name":"x","timestamp_ms":' + "1" * 100_000 + "}]}", ""),
    ):
        with case(name):
            seen, reading = run(put(tmp_path / "j", data), "chat")
            assert seen == []
            assert why in "".join(reading.troubles)
            assert bool(reading.troubles) is bool(why)


def test_blanks_without_end_after_a_date_are_no_stamp(tmp_path: Path) -> None:
    blanks = "\n".join("1/1/1" + " " * 50_000 + "x" for _ in range(200))
    assert len(lines_of(tmp_path / "c", f"23/11/2025, 21:25 - Ana: hi\n{blanks}\n")) == 1


WRITERS = st.sampled_from(["Ana Lee", "Ben", "Kari Nord"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 20))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, WRITERS, st.sampled_from(["hi", "and: so", "1"])), min_size=2, max_size=12), st.data()
)
def test_two_exports_of_parts_say_what_one_of_the_whole_says(
    lines: list[tuple[datetime, str, str]], data: st.DataObject
) -> None:
    ordered = sorted(lines)
    cut = data.draw(st.integers(1, len(ordered) - 1))
    overlap = data.draw(st.integers(0, cut))
    for layout in (
        lambda some: "".join(f"{at:%Y-%m-%d, %H:%M} - {who}: {what}\n" for at, who, what in some),
        lambda some: "".join(f"[{at:%Y-%m-%d, %H:%M}] {who}: {what}\nmore\n" for at, who, what in some),
        lambda some: linkedin(
            *((who.split()[0].lower(), "dora", f"{at:%Y-%m-%d %H:%M:%S} UTC") for at, who, _ in some)
        ),
        lambda some: json.dumps(
            {"messages": [{"sender_name": who, "timestamp_ms": int(at.timestamp() * 1000)} for at, who, _ in some]}
        ),
    ):
        with TemporaryDirectory() as place:
            whole, _ = run(put(Path(place, "whole", "c"), layout(ordered)))
            put(Path(place, "parts", "a"), layout(ordered[:cut]))
            put(Path(place, "parts", "b"), layout(ordered[cut - overlap :]))
            parts, _ = run(Path(place, "parts"))
            assert {one.key for one in whole} == {one.key for one in parts}
            assert len(whole) == len(ordered)
