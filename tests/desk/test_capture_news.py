"""A captured line about a need of mine: told, asked, passed on, cannot help; what means none stays the words."""

from __future__ import annotations

from datetime import timedelta

from planner.core.needs import ToldState
from planner.desk import Desk
from tests.cases import case
from tests.desk.desks import TODAY, add

TOLD = """
told her about the flat
told her about my flat in Lyon
I told her of the flat in Lyon
told her that I'm looking for a flat in Lyon
told her I look for a flat
told Ida about the flat
coffee, told her about the flat
told her about the flat yesterday
"""
ASKED = """
asked her about the flat
asked Ida about the flat in Lyon
asked her about the flat yesterday
"""
PASSED = """
passed it on to Grete Lund
she passed it on to Grete Lund
passed the flat on to Grete Lund
passed my need on to Grete Lund
sent me to Grete Lund
forwarded it to Grete Lund
need passed to Grete Lund
need passed on to Grete Lund
Ida passed it on to Grete Lund
coffee yesterday, passed me on to Grete Lund
"""
CANNOT = """
cannot help
cannot help with the flat
can't help with the flat
she can't help me with the flat
could not help
knows nobody for the flat
no idea about the flat
has no idea
no luck with the flat
"""
NOTHING_MEANT = """
told her about Porto
told her about the boat
told a long story about the flat tyre of his bike and the sea
passed it on to the post office
cannot help laughing
asked about her mum
asked her about the weather
passed the exam
sent me a card
"""


def with_flat(desk: Desk, *, told: bool) -> tuple[int, int, int]:
    """(Ida, Ben, the need) of a desk with a need, of which Ida may have been told."""
    ida, ben = add(desk, "Ida Voss"), add(desk, "Ben Okri")
    (need,) = desk.needs.add("A flat in Lyon, two rooms", why="to be near the boat").ids
    if told:
        desk.on(TODAY - timedelta(days=3)).needs.tell(need, [ida])
    return ida, ben, need


def test_what_was_said_and_answered_of_a_need_is_a_step_of_its_told_list(desk: Desk) -> None:
    ida, _, need = with_flat(desk, told=True)
    for lines, state in (
        (TOLD, ToldState.TOLD), (ASKED, ToldState.ASKED), (PASSED, ToldState.PASSED), (CANNOT, ToldState.DECLINED),
    ):  # fmt: skip
        for line in lines.strip().splitlines():
            with case(line):
                plan = desk.capture.preview(f"Ida: {line}")
                assert (plan.problems, "A flat in Lyon" in plan.chips[-1].text) == ((), True)
                done = desk.capture.take(f"Ida: {line}")
                (entry,) = [one for one in desk.needs.told(need) if one.contact_id == ida]
                assert entry.state is state
                assert entry.on == (TODAY - timedelta(days=1) if "yesterday" in line else TODAY)
                if state is ToldState.PASSED:
                    assert entry.passed_name == "Grete Lund"
                assert done.step is not None
                desk.keeping.undo()
                (entry,) = [one for one in desk.needs.told(need) if one.contact_id == ida]
                assert entry.state is ToldState.TOLD


def test_what_means_no_need_or_several_stays_a_note_in_full(desk: Desk) -> None:
    _, _, need = with_flat(desk, told=False)
    lines = [*NOTHING_MEANT.strip().splitlines(), *CANNOT.strip().splitlines()]
    for line in [*lines, "passed it on to Grete Lund", "need passed to Grete Lund"]:
        with case(line):
            (chip,) = desk.capture.preview(f"Ida: {line}").chips[1:]
            assert (chip.kind, chip.text) == ("note", f"note: {line}")
            desk.capture.take(f"Ida: {line}")
            assert line in desk.reading.card(1).contact.notes
            assert desk.needs.told(need) == ()
            desk.keeping.undo()
    desk.needs.add("A flat in Oslo")
    assert desk.capture.preview("Ida: told her about the flat").chips[-1].kind == "note"


def test_without_a_colon_the_name_stands_at_the_beginning_or_beside_the_verb(desk: Desk) -> None:
    ida, _, need = with_flat(desk, told=True)
    for line, state in (
        ("told Ida about the flat in Lyon yesterday", ToldState.TOLD), ("asked Ida about the flat", ToldState.ASKED),
        ("Ida can't help with the flat", ToldState.DECLINED), ("Ida passed the flat on to Grete", ToldState.PASSED),
    ):  # fmt: skip
        with case(line):
            assert desk.capture.preview(line).problems == ()
            desk.capture.take(line)
            assert [one.state for one in desk.needs.told(need) if one.contact_id == ida] == [state]
            desk.keeping.undo()
    # What means no need is a note about the person, whole.
    desk.capture.take("told Ida about the weather")
    assert "told Ida about the weather" in desk.reading.card(ida).contact.notes


def test_several_people_are_told_in_one_line_and_each_answers_for_themselves(desk: Desk) -> None:
    _, _, need = with_flat(desk, told=False)
    desk.capture.take("Ida, Ben: dinner, told them about the flat")
    assert {one.name: one.state for one in desk.needs.told(need)} == {
        "Ida Voss": ToldState.TOLD, "Ben Okri": ToldState.TOLD
    }  # fmt: skip
    desk.capture.take("Ben: cannot help with the flat")
    assert {one.name: one.state for one in desk.needs.told(need)} == {
        "Ida Voss": ToldState.TOLD, "Ben Okri": ToldState.DECLINED
    }  # fmt: skip


def test_thanks_for_nothing_that_is_open_are_no_call_without_an_answer(desk: Desk) -> None:
    with_flat(desk, told=False)
    desk.capture.take("Ida: thanked")
    (done,) = [one for one in desk.reading.agenda().done if one.item.contact_name == "Ida Voss"]
    assert done.item.text == "thanked"
