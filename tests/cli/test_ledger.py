"""Help asked for, promised, given and received."""

from __future__ import annotations

from tests.cli.conftest import Planner


def test_each_entry_prints_its_id_and_stands_in_its_lane(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    for number, verb in enumerate(("asked", "promise", "ask", "received", "gave"), 1):
        said = planner.done("favor", verb, "hana", "--kind", "advice", "--note", f"about {verb}")
        assert said.out == f"{number}\n"
        assert f"(v{number})" in said.err
        assert "Hana Ray" in said.err
    found = planner.json("ledger")
    assert {lane: [row["id"] for row in rows] for lane, rows in found["lanes"].items()} == {
        "asked_me": [1],
        "promised": [2],
        "i_asked": [3],
        "to_close": [4],
    }
    row = found["lanes"]["promised"][0]
    assert row == {
        "id": 2, "item": "v2", "contact": {"id": 1, "name": "Hana Ray"}, "direction": "given",
        "kind": "advice", "state": "promised", "due": "2026-11-30", "overdue_days": 0,
        "note": "about promise",
    }  # fmt: skip
    assert found["people"] == [{"contact": {"id": 1, "name": "Hana Ray"}, "gave": 1, "received": 1}]
    text = planner.done("ledger").out
    for words in ("They asked me 1", "I promised 1", "I asked 1", "To close 1", "gave 1", "about ask"):
        assert words in text


def test_a_request_is_accepted_done_and_counted(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    planner.done("favor", "asked", "hana", "--kind", "reference")
    assert "Fri 27 Nov 2026" in planner.done("favor", "accept", "1", "--due", "fri").out
    planner.done("favor", "done", "v1")
    assert planner.json("ledger", "hana")["people"][0]["gave"] == 1
    planner.refused("favor", "done", "1")


def test_help_received_is_thanked_and_the_outcome_told(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    planner.done("favor", "ask", "hana", "--on", "2026-11-10")
    planner.done("favor", "nudge", "1")
    planner.done("favor", "done", "1")
    assert "Mon 7 Dec 2026" in planner.done("favor", "thank", "1").out
    planner.done("favor", "told", "1")
    assert planner.json("agenda")["items"] == []


def test_never_just_no(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    planner.done("favor", "asked", "hana")
    for words in ((), ("--way-out", "no"), ("--way-out", "advice"), ("--note", "sorry")):
        planner.refused("favor", "decline", "1", *words)
    planner.done("favor", "decline", "1", "--way-out", "later", "--note", "in spring", "--until", "2027-03-01")
    assert planner.json("ledger")["lanes"]["asked_me"][0]["due"] == "2027-03-01"


def test_what_i_asked_can_rest_or_be_declined(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    planner.done("favor", "ask", "hana")
    planner.done("favor", "ask", "hana")
    planner.done("favor", "rest", "1")
    planner.done("favor", "decline", "2", "--note", "no time")
    assert planner.json("ledger")["lanes"]["i_asked"] == []


def test_what_cannot_be_is_refused(planner: Planner) -> None:
    planner.done("add", "Hana Ray")
    for words in (
        (), ("lend", "hana"), ("asked",), ("asked", "nobody"), ("asked", "hana", "--kind", "money"),
        ("gave", "hana", "--on", "tomorrow"), ("accept", "1"), ("done", "x"), ("thank", "-1"), ("told", ""),
        ("decline", "5", "--way-out", "later", "--note", "x"),
    ):  # fmt: skip
        planner.refused("favor", *words)
    assert planner.json("ledger")["people"] == []


def test_a_step_too_early_says_where_it_stands_and_what_comes_next(planner: Planner) -> None:
    planner.done("add", "Leo Hart")
    planner.done("favor", "ask", "Leo")
    refusal = planner.refused("favor", "thank", "v1")
    assert "you asked Leo Hart, who has not helped yet" in refusal
    assert "“planner favor done v1” is the next step" in refusal
    planner.done("favor", "done", "v1")
    planner.done("favor", "thank", "v1")
    assert "“planner favor told v1”" in planner.refused("favor", "nudge", "v1")
    planner.done("favor", "promise", "Leo")
    assert "you promised it to Leo Hart" in planner.refused("favor", "thank", "v2")


def test_a_need_is_announced_in_messages_and_marked_when_sent(planner: Planner) -> None:
    planner.done("add", "Leo Hart", "--email", "leo@x.example")
    planner.done("add", "Ana Alves")
    planner.done("need", "add", "A flat", "in", "Lyon", "--why", "I move in May.")
    page = planner.done("need", "announce", "1")
    assert "To Leo Hart (#1) <leo@x.example>" in page.out
    assert "Hello Ana," in page.out
    assert "I move in May." in page.out
    assert planner.json("need", "show", "1")["told"] == 0
    (message,) = planner.json("need", "announce", "1", "Leo", "--template", "Dear {name}: {need}")["messages"]
    assert message == {"id": 1, "name": "Leo Hart", "email": "leo@x.example", "text": message["text"]}
    assert message["text"].startswith("Dear Leo: ")
    planner.done("need", "announce", "1", "Leo", "--sent")
    assert planner.json("need", "show", "1")["told"] == 1
    assert "Leo" not in planner.done("need", "announce", "1", "--sent").out
    assert planner.json("need", "announce", "1")["messages"] == []
    planner.done("undo")
    assert planner.json("need", "show", "1")["told"] == 1


def test_a_need_is_changed_in_what_is_named_and_undone(planner: Planner) -> None:
    planner.done("need", "add", "a flat in Lyon", "--why", "to be near the port", "--by", "2027-02-28")
    before = planner.json("need", "show", "1")
    said = planner.done("need", "edit", "n1", "--title", "a flat in Oslo", "--who", "estate agents", "--json").json
    assert (said["id"], said["said"]) == (1, "Changed: a flat in Oslo")
    after = planner.json("need", "show", "1")
    assert after == {**before, "title": "a flat in Oslo", "who": "estate agents"}
    planner.done("need", "edit", "1", "--by", "", "--why", "")
    assert (planner.json("need", "show", "1")["by"], planner.json("need", "show", "1")["why"]) == (None, "")
    planner.done("undo")
    assert planner.json("need", "show", "1") == after
    assert "Nothing to change was given" in planner.refused("need", "edit", "1")
    assert "A need has to say what is needed" in planner.refused("need", "edit", "1", "--title", " ")
    planner.refused("need", "edit", "1", "--by", "2026-11-22")
    planner.done("need", "close", "1")
    assert "closed" in planner.refused("need", "edit", "1", "--title", "x")
