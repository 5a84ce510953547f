"""Logging and clearing the week."""

from __future__ import annotations

import pytest

from tests.cases import case
from tests.cli.conftest import Planner


@pytest.fixture
def hana(planner: Planner) -> Planner:
    planner.done("add", "Hana Ray", "--cadence", "1w", today="2026-11-02")
    return planner


def test_log_prints_the_id_and_echoes_the_date(hana: Planner) -> None:
    said = hana.done("log", "hana", "--on", "fri", "--via", "coffee", "--note", "her op", "--next", "fri")
    assert said.out == "1\n"
    assert "coffee with Hana Ray on Fri 20 Nov 2026" in said.err
    assert "next on Fri 27 Nov 2026" in said.err
    newest, oldest = hana.json("show", "hana")["interactions"]
    assert (newest["outcome"], newest["on"]) == ("planned", "2026-11-27")
    assert (oldest["on"], oldest["channel"], oldest["note"]) == ("2026-11-20", "coffee", "her op")
    assert hana.done("log", "hana", "--json").json["id"] == 3


def test_log_with_several_people_is_one_interaction(hana: Planner) -> None:
    hana.done("add", "Kim Berg")
    hana.done("log", "hana", "kim", "hana")
    assert [one["name"] for one in hana.json("show", "kim")["interactions"][0]["contacts"]] == [
        "Hana Ray",
        "Kim Berg",
    ]


def test_what_cannot_be_is_refused_and_changes_nothing(hana: Planner) -> None:
    for words in [
        ("log",), ("log", "hana", "--outcome", "maybe"), ("log", "hana", "--direction", "up"),
        ("log", "hana", "--on", "2026-11-24"), ("log", "hana", "--next", "2026-11-01"), ("unlog", "7"),
        ("unlog", "x"), ("unlog", "99999999999999999999"), ("snooze", "hana", "yesterday"),
        ("snooze", "hana"),
        ("snooze", "hana", "01/02"), ("snooze", "c9", "fri"), ("skip",), ("pause",),
        ("pause", "hana", "--all"),
        ("pause", "--circle", "nothing"), ("pause", "hana", "--until", "2026-11-23"), ("resume",),
        ("done", "v1"),
        ("done", "hana", "--on", "2026-11-24"), ("move", "c1", "2026-11-20"), ("move", "i4", "fri"),
        ("follow-up", "hana", "call"), ("follow-up", "hana", "", "--on", "fri"),
        ("follow-up", "hana", "call", "--on", "fri", "--repeat", "weekly-ish"),
    ]:  # fmt: skip
        with case(words):
            before = hana.json("show", "hana"), hana.json("agenda"), hana.json("history")
            hana.refused(*words)
            assert (hana.json("show", "hana"), hana.json("agenda"), hana.json("history")) == before


def test_unlog_takes_the_number_with_or_without_its_letter(hana: Planner) -> None:
    hana.done("log", "hana")
    hana.done("log", "hana")
    hana.done("unlog", "i1")
    hana.done("unlog", "2")
    assert hana.json("show", "hana")["interactions"] == []


def test_snooze_echoes_the_date_it_understood(hana: Planner) -> None:
    assert hana.done("snooze", "hana", "next", "fri").out == "Snoozed Hana Ray to Fri 4 Dec 2026\n"
    why = hana.json("why", "c1")
    assert (why["state"], why["snoozed_until"], why["due"]) == ("snoozed", "2026-12-04", "2026-11-09")


def test_skip_says_when_it_comes_back(hana: Planner) -> None:
    assert hana.done("skip", "hana").out == "Skipped Hana Ray this round; next due Mon 30 Nov 2026\n"


@pytest.mark.parametrize("day", ["2026-12-24", "fri", "12 dec", "tomorrow"])
def test_a_day_in_the_place_of_a_name_is_told_from_a_name(hana: Planner, day: str) -> None:
    said = hana.refused("pause", "Hana", day)
    assert f"“{day}” is a day, and nobody is called so" in said
    assert "a day follows an option, such as --until" in said
    assert "Add them" in hana.refused("pause", "Hana", "Zacharias")


def test_pause_and_resume_of_one_a_circle_and_everyone(hana: Planner) -> None:
    hana.done("edit", "hana", "--circle", "work")
    for whom in (("hana",), ("--circle", "work"), ("--all",)):
        hana.done("pause", *whom, "--until", "2026-12-31")
        why = hana.json("why", "hana")
        assert (why["state"], why["paused_until"]) == ("paused", "2026-12-31")
        hana.done("resume", *whom)
        assert hana.json("why", "hana")["state"] == "late"
    assert "until resumed" in hana.done("pause", "--all").out


def test_done_settles_each_kind_of_item(hana: Planner) -> None:
    number = hana.done("follow-up", "hana", "send the talk", "--on", "fri").out.strip()
    assert "Hana Ray" in hana.done("done", "c1", "--via", "call").out
    hana.done("done", f"f{number}")
    hana.refused("done", f"f{number}")
    agenda = hana.json("agenda")
    assert agenda["items"] == []
    assert {item["kind"] for item in agenda["done"]} == {"cadence", "followup"}


def test_done_takes_a_name_too_and_a_day(hana: Planner) -> None:
    hana.done("done", "Hana Ray", "--on", "fri")
    assert hana.json("why", "hana")["last_contact"] == "2026-11-20"


def test_move_puts_an_item_on_another_day(hana: Planner) -> None:
    assert hana.done("move", "c1", "fri").out == "Moved Hana Ray to Fri 27 Nov 2026; due stays Mon 9 Nov 2026\n"
    (item,) = hana.json("agenda")["items"]
    assert (item["planned"], item["due"]) == ("2026-11-27", "2026-11-09")


def test_follow_up_prints_its_number_and_names_its_item(hana: Planner) -> None:
    said = hana.done("follow-up", "hana", "send the talk", "--on", "12 dec", "--repeat", "+1m")
    assert said.out == "1\n"
    assert "f1" in said.err
    assert "Sat 12 Dec 2026" in said.err
    found = hana.json("follow-up", "hana", "call", "--on", "fri")
    assert {"id": 2, "item": "f2", "ids": [2]}.items() <= found.items()
    assert found["said"] == "Follow-up with Hana Ray: call, Fri 27 Nov 2026"


def test_an_item_is_not_mistaken_for_a_name_nor_a_name_for_an_item(hana: Planner) -> None:
    hana.done("add", "F1", "--cadence", "1w")
    assert hana.json("why", "f1")["contact"]["name"] == "F1"
    assert hana.json("why", "c1")["contact"]["name"] == "Hana Ray"
    assert "v7" in hana.refused("snooze", "v7", "fri")


def test_backlog_is_previewed_spread_and_undone(planner: Planner) -> None:
    for number in range(8):
        planner.done("add", f"Person {number}", "--cadence", "1w", today="2026-10-01")
    preview = planner.json("backlog", "spread", "--dry-run")
    assert preview["spread"] == 0
    days = [item["day"] for item in preview["items"]]
    assert len(days) == 8
    assert days[0] == "2026-11-23"
    before = planner.json("agenda")
    assert planner.json("agenda") == before
    assert "Person 3" in planner.done("backlog").out
    assert planner.json("backlog", "spread")["spread"] == 8
    assert {item["planned"] for item in planner.json("agenda")["items"]} == set(days)
    planner.done("undo")
    assert planner.json("agenda") == before


def test_who_was_reached_today_is_not_done_again(planner: Planner) -> None:
    planner.done("add", "Ana Alves", "--cadence", "1w")
    planner.done("done", "c1")
    assert "in touch with Ana Alves today already" in planner.refused("done", "c1")
    assert "20 Nov 2026" in planner.done("done", "c1", "--on", "2026-11-20").out
    planner.refused("done", "c1", "--on", "2026-11-20")
    assert len(planner.json("show", "Ana")["interactions"]) == 2
    planner.done("log", "Ana")
    planner.done("done", "c1", today="2026-11-30")


def test_what_a_move_does_to_the_due_date_is_said(planner: Planner) -> None:
    planner.done("add", "Ana Alves", "--cadence", "1w", "--since", "2026-11-10")
    planner.done("follow-up", "Ana", "once", "--on", "2026-11-27")
    planner.done("follow-up", "Ana", "weekly", "--on", "2026-11-27", "--repeat", "+1w")
    assert planner.done("move", "f1", "next fri").out == "Moved Ana Alves to Fri 4 Dec 2026\n"
    assert "to Fri 4 Dec 2026; due stays Fri 27 Nov 2026" in planner.done("move", "f2", "next fri").out
    assert "due stays Tue 17 Nov 2026" in planner.done("move", "c1", "tomorrow").out
    week = planner.json("agenda", "--week", "2026-12-04")["items"]
    assert {one["id"]: one["due"] for one in week if one["id"] == "f1"} == {"f1": "2026-12-04"}


def test_a_new_circle_is_named_with_those_that_may_be_meant(planner: Planner) -> None:
    planner.done("add", "Ana Alves", "--circle", "climbing")
    assert planner.done("cadence", "--circle", "Climbing", "2w").err == ""
    said = planner.done("cadence", "--circle", "climbling", "2w")
    assert "climbling is a new circle, nobody is in it yet; was climbing meant?" in said.err
    planner.done("undo")
    assert "new circle" in planner.done("cadence", "--circle", "nowhere", "2w").err


def test_several_are_snoozed_or_moved_as_one_step(planner: Planner) -> None:
    for name in ("Ana Alves", "Ben Okri", "Cid Paz"):
        planner.done("add", name, "--cadence", "1w", "--since", "2026-11-01")
    before = len(planner.json("history")["entries"])
    found = planner.json("snooze", "ana", "c2", "#3", "next", "fri")
    assert found["ids"] == ["c1", "c2", "c3"]
    assert len(planner.json("history")["entries"]) == before + 1
    planner.done("undo")
    assert planner.json("snooze", "Ana", "Alves", "2w")["ids"] == ["c1"]
    planner.done("undo")
    assert planner.json("move", "c1", "c2", "12", "dec")["ids"] == ["c1", "c2"]
    planner.done("undo")
    steps = planner.json("history")
    for words in (("ana", "nobody", "fri"), ("ana", "c9", "fri"), ("fri",), ("ana", "ben"), ("ana", "01/02")):
        with case(words):
            for verb in ("snooze", "move"):
                planner.refused(verb, *words)
            assert planner.json("history") == steps
