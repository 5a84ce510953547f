"""Triage line by line: the words of the screen, a step of undo for each answer, and nothing that acts on a terminal."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable

import pytest

from planner.cli.line_verbs import VERBS, Letters
from planner.commands import registry
from planner.commands.keymap import validate
from planner.commands.keys import key_label
from planner.core.model import Agenda
from planner.demo import demo_store
from planner.ui.widgets.notice import Notice
from tests.cases import case
from tests.cli.conftest import Planner, Said
from tests.cli.test_hostile import harmless
from tests.trust.hostile import hostile_planner
from tests.trust.terminal import Terminal, environment, planner_program
from tests.trust.test_real_terminal import desk_at
from tests.ui.words import planner as on_screen

Triage = Callable[..., Said]


@pytest.fixture
def triage(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> Triage:
    """Run `planner triage` with lines piped in."""

    def run(*lines: str, options: tuple[str, ...] = ()) -> Said:
        text = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape"))))
        return planner("triage", *options)

    return run


@pytest.fixture
def people(planner: Planner) -> Planner:
    """Three who are overdue, one of whom asked for something."""
    for name in ("Ana Silva", "Ben Okri", "Cid Paz"):
        planner.done("add", name, "--cadence", "2w", "--since", "2026-10-01")
    # Asked in October, by a day of November: her rhythm is due again since.
    planner.done("favor", "asked", "#1", "--note", "a tent", "--on", "2026-10-02", "--due", "2026-11-22")
    return planner


def steps(planner: Planner) -> int:
    return len(planner.json("history")["entries"])


def test_it_says_who_why_and_a_letter_for_each_verb(people: Planner, triage: Triage) -> None:
    said = triage()
    assert said.code == 0
    assert "Mon 23 Nov 2026: 4 open today, with 3 people." in said.out
    assert "1 of 4: Ana Silva (v1): they asked: a tent, 1 day past." in said.out
    assert "d done, s snooze, t no answer, x leave out, m move, n note, w why; an empty line goes on" in said.out
    assert "Stopped: 4 not asked about." in said.out
    whole = triage("", "", "", "")
    assert "catch up every 2 weeks, 39 days past, never in touch." in whole.out
    assert "That was everyone: 4 left as found." in whole.out
    assert steps(people) == 4


def test_another_item_of_the_same_person_comes_next(people: Planner, triage: Triage) -> None:
    heads = [line for line in triage("s", "s", "q").out.splitlines() if " of 4: " in line]
    assert [head.split(" (")[1][:2] for head in heads] == ["v1", "c1", "c2"]
    # Where nobody was reached a promise stays open, and is asked about once in a round.
    people.done("undo")
    people.done("undo")
    people.done("favor", "accept", "1", "--due", "2026-11-20", today="2026-11-20")
    said = triage("t", "t", "q").out
    assert [line.split(" (")[1][:2] for line in said.splitlines() if " of 4: " in line] == ["v1", "c2", "c3"], said


ANSWERS = (
    ("d coffee, her op 12 dec", "done"), ("done", "done"), ("s", "snoozed"), ("s 2w", "snoozed"), ("s w", "snoozed"),
    ("snooze fri", "snoozed"), ("t", "tried"), ("no answer", "tried"), ("x", "skipped"), ("leave out", "skipped"),
    ("m fri", "moved"), ("A", "archived"), ("p 2w", "paused"), ("n likes tea", ""), ("r 6w", ""), ("c choir", ""),
    ("F send the talk fri", ""), ("g advice on the contract", ""), ("G the lease", ""), ("i a reference", ""),
    ("I a reference by fri", ""), ("y the book by fri", ""), ("a Ben: coffee yesterday", ""),
)  # fmt: skip


def test_every_answer_is_one_step_and_undo_comes_back_to_whom_it_was_about(planner: Planner, triage: Triage) -> None:
    planner.done("add", "Ana Silva", "--cadence", "2w", "--since", "2026-10-01")
    planner.done("add", "Ben Okri")
    before = planner.json("agenda")
    count = steps(planner)
    for answer, outcome in ANSWERS:
        with case(answer):
            said = triage(answer, "u", "q")
            assert said.code == 0, said.out
            assert said.out.count("1 of 1: Ana Silva (c1)") > 1, said.out
            assert "Took back: " in said.out
            assert planner.json("agenda") == before
            history = planner.json("history")["entries"]
            assert len([one for one in history if one["state"] == "done"]) == count
            again = triage(answer, "q").out
            assert outcome == "" or "That was everyone" in again or outcome == "moved", again
            assert steps(planner) == count + 1
            planner.done("undo")


def test_room_that_is_made_brings_nobody_into_the_round(planner: Planner, triage: Triage) -> None:
    for number in range(8):
        planner.done("add", f"P{number}", "--cadence", "1w", "--since", "2026-11-01")
    said = triage("s", "x", "", "t", "s").out
    heads = [line.partition(":")[0] for line in said.splitlines() if " of " in line and ": P" in line]
    assert heads == [f"{number} of 5" for number in range(1, 6)], said
    assert "That was everyone: " in said
    assert "not asked about" not in said


def test_redo_makes_it_again(people: Planner, triage: Triage) -> None:
    said = triage("d", "u", "U", "q")
    assert "Brought back: " in said.out
    # Help given is contact: the rhythm is settled with the request.
    assert len(people.json("agenda")["items"]) == 2
    assert "1 reached or settled" in said.out


def test_what_is_missing_is_asked_for(people: Planner, triage: Triage) -> None:
    said = triage("m", "fri", "n", "", "n", "likes tea", "q")
    assert "Move Ana Silva to which day?" in said.out
    assert "Moved Ana Silva to Fri 27 Nov 2026" in said.out
    assert "Note about Ana Silva, one line?" in said.out
    assert "Nothing was done." in said.out
    assert "likes tea" in people.json("show", "ana")["notes"]
    assert "Nothing was done." in triage("m").out


def test_a_request_is_never_answered_with_just_no(people: Planner, triage: Triage) -> None:
    said = triage("x", "advice ask the union", "q")
    assert "What instead of no for Ana Silva? One of later, smaller," in said.out
    assert people.json("ledger")["lanes"]["asked_me"] == []
    people.done("undo")
    assert triage("x no", "q").code == 1
    assert triage("x later in 3 weeks", "q").code == 0
    assert people.json("ledger")["lanes"]["asked_me"][0]["due"] == "2026-12-14"


def test_a_promise_of_what_is_asked_and_help_that_came_answer_what_is_open(people: Planner, triage: Triage) -> None:
    people.done("favor", "ask", "#2", "--note", "a lift", "--on", "2026-11-16")
    said = triage("y", "", "q").out
    assert "Promise Ana Silva it by which day? An empty line: the day they named, else the usual one" in said
    promised = people.json("ledger")["lanes"]["promised"]
    assert [(one["note"], one["due"]) for one in promised] == [("a tent", "2026-11-30")]
    assert people.json("ledger")["lanes"]["asked_me"] == []
    said = triage("", "G", "q").out
    assert people.json("ledger")["lanes"]["i_asked"] == [], said
    assert [one["note"] for one in people.json("ledger")["lanes"]["to_close"]] == ["a lift"]


def test_what_cannot_be_is_refused_and_asked_again(people: Planner, triage: Triage) -> None:
    count = steps(people)
    for answer in (
        "zz",
        "s yesterday",
        "s soonish",
        "m 01/02",
        "r sometimes",
        "D",
        "\udcff",
        "x" * 5000,
        "F talk",
    ):
        with case(answer[:20]):
            said = triage(answer, "q")
            assert said.code == 1
            assert "Not done: " in said.out
            assert said.out.count("1 of 4") == 1
            assert steps(people) == count


def test_why_help_and_ways_to_somebody_change_nothing(people: Planner, triage: Triage) -> None:
    people.done("edit", "#1", "--email", "ana@x.example", "--phone", "+44 20 7946 0000")
    count = steps(people)
    said = triage("w", "?", "o", "q")
    assert "they asked you: a tent" in said.out
    assert "mail: ana@x.example" in said.out
    for verb in VERBS:
        title = registry.by_id(next(f"{place}.{verb}" for place in ("focus", "agenda", "app")
                                    if registry.known(f"{place}.{verb}"))).title  # fmt: skip
        assert title in said.out
    assert steps(people) == count


def test_the_letters_are_those_of_the_screen_and_of_the_keymap(people: Planner, triage: Triage) -> None:
    letters = Letters({})
    for verb in ("done", "snooze", "attempt", "leave_out", "pause", "note", "why"):
        assert letters.letters[verb] == key_label(registry.by_id(f"focus.{verb}").keys[0])
    taken = [one for one in letters.letters.values() if one]
    assert len(set(taken)) == len(taken)
    (people.home / "config.toml").write_text('[keymap]\nsnooze = "K"\n', "utf-8")
    assert validate({"snooze": "K"})[1] == ()
    said = triage("K 2w", "q")
    assert "K snooze" in said.out
    assert "Snoozed Ana Silva to Mon 7 Dec 2026." in said.out


def test_json_says_every_answer_and_talks_on_standard_error(people: Planner, triage: Triage) -> None:
    said = triage("s", "zz", "s 2w", "", options=("--json",))
    found = said.json
    assert "1 of 4: Ana Silva" in said.err
    assert [one["verb"] for one in found["answers"]] == ["snooze", "snooze"]
    assert found["ids"] == ["v1", "c1"]
    assert found["step"] == found["answers"][-1]["step"] == people.json("history", "--limit", "1")["entries"][0]["id"]
    assert found["left"] == ["c2", "c3"]
    assert found["refused"][0]["answer"] == "zz"
    assert said.code == 1


def test_an_empty_day_says_so_and_what_is_hidden(planner: Planner, triage: Triage) -> None:
    planner.done("add", "Ana Silva", "--cadence", "2w", "--since", "2026-10-01")
    planner.done("snooze", "#1", "2w")
    said = triage()
    assert said.code == 0
    assert "nothing open today." in said.out
    assert "1 snoozed: planner contacts is:snoozed" in said.out


def test_nothing_said_acts_on_a_terminal(planner: Planner, triage: Triage, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile_planner(planner.home)
    said = harmless(triage(*["w", "o", "?", "n [b]\x1b[2J", "d", ""] * 30))
    assert "\x1b" not in said.out
    assert "[b]" in said.out


def test_a_dumb_terminal_gets_plain_lines(people: Planner) -> None:
    variables = environment(people.home, TERM="dumb")
    with Terminal([*planner_program(), "triage"], variables, columns=100, rows=30, draw=False) as terminal:
        terminal.send(b"d sent it\ns 2w\nq\n")
        terminal.wait_end()
        shown = bytes(terminal.received)
    assert b"\x1b" not in shown
    assert b"You helped Ana Silva: a tent" in shown
    assert b"Stopped: 1 reached or settled, 1 snoozed, 1 not asked about." in shown


def test_the_screen_names_it_where_it_cannot_be_shown(planner: Planner) -> None:
    assert "planner triage" in planner.refused()


def test_how_a_need_went_is_told_to_each_by_himself_with_words_to_send(planner: Planner, triage: Triage) -> None:
    for name in ("Ana Silva", "Ben Okri", "Cid Paz"):
        planner.done("add", name, today="2026-11-20")
    for command in (
        ("need", "add", "a flat in Lyon"), ("need", "tell", "1", "Ana", "Ben", "Cid"),
        ("need", "close", "1", "--outcome", "found one by the river"),
    ):  # fmt: skip
        planner.done(*command, today="2026-11-20")
    first = triage("d", "u", "d", "zz", "x", "").out
    assert first.count("To Ana Silva (#1), told:") == 2
    assert "Not done" in first
    assert "found one by the river" in first
    assert "To Cid Paz (#3), told:" in first
    found = planner.json("need", "show", "1")
    assert [one["name"] for one in found["to_tell"]] == ["Cid Paz"]
    planner.done("undo")
    assert [one["name"] for one in planner.json("need", "show", "1")["to_tell"]] == ["Ben Okri", "Cid Paz"]
    assert "That was everyone: 1 snoozed" in triage("s 2w").out
    assert not planner.json("agenda")["items"]
    planner.done("undo")
    last = triage("d", "d", options=("--json",)).json
    assert [one["verb"] for one in last["answers"]] == ["done", "done"]
    assert last["left"] == []
    assert planner.json("need", "show", "1")["to_tell"] == []


CONVERSATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("d sent the mail", ("d", "sent the mail", "enter")), ("s 2w", ("s", "2w", "enter")), ("t", ("t",)),
    ("m fri", ("m", "fri", "enter")), ("p 15 dec", ("p", "15 dec", "enter")), ("A", ("A",)),
    ("F send the talk fri", ("F", "send the talk fri", "enter")), ("s soonish", ("s", "soonish", "enter")),
    ("y the book by fri", ("y", "the book by fri", "enter")), ("I advice by fri", ("I", "advice by fri", "enter")),
)  # fmt: skip
"""An answer about the first item of the sample network, and the keys and texts of the screen for the same."""


async def test_it_says_what_the_screen_says_and_writes_the_same(planner: Planner, triage: Triage) -> None:
    """The sample network twice: answers in a pipe, whose end comes in the middle of the round; keys on the screen."""
    demo_store(planner.database).close()
    (folder := planner.home / "screen").mkdir()
    shutil.copy(planner.database, folder)
    said: list[tuple[Said, Agenda]] = []
    for answer, _ in CONVERSATIONS:
        spoken = triage(answer)
        with desk_at(planner.home) as desk:
            said.append((spoken, desk.reading.agenda()))
        if not spoken.code:
            planner.done("undo")
    async with on_screen(folder) as words:
        for (answer, keys), (spoken, agenda) in zip(CONVERSATIONS, said, strict=True):
            with case(answer):
                assert "Stopped: " in spoken.out
                told = spoken.out.partition(f"> {answer}\n")[2].splitlines()[0]
                for key in keys:
                    await (words.press(key) if len(key) == 1 or key == "enter" else words.type(key))
                if spoken.code:
                    refused = told.removeprefix("Not done: ").split(". ")[0]
                    assert refused in " ".join(words.text.split())
                    await words.press("escape")
                    continue
                assert told == f"{words.app.screen.query_one(Notice).message}."
                assert await words.ask(lambda desk: desk.reading.agenda()) == agenda
                await words.press("u", ".")
