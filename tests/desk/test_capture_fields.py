"""What a captured line tells of people and of help: fields, acquaintances, loans, thanks, and whose each of it is."""

from __future__ import annotations

import pytest

from planner.core.model import FavorDirection, FavorState
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Refused, TwoReadings
from tests.cases import case
from tests.desk.desks import TODAY, add, day, on
from tests.store.stores import facts


@pytest.fixture
def ana(desk: Desk) -> int:
    return add(desk, "Ana Silva")


@pytest.fixture
def ben(desk: Desk) -> int:
    return add(desk, "Ben Okri")


def test_what_is_learnt_in_passing_fills_the_fields_in_one_step(desk: Desk, ana: int, ben: int) -> None:
    before = facts(desk.store)
    done = desk.capture.take(
        "Ana: coffee, looks for a flat in Oslo, offers piano lessons, knows Maude Ferrand at SNCF, through Ben,"
        " phone +33 6 12 34 56 78, e-mail ana@example.org, birthday 12 dec 1988"
    )
    after = facts(desk.store)
    contact = desk.reading.card(ana).contact
    assert (contact.looking_for, contact.offers) == ("a flat in Oslo", "piano lessons")
    assert [(one.name, one.company) for one in contact.acquaintances] == [("Maude Ferrand", "SNCF")]
    assert [one.value for one in (*contact.phones, *contact.emails)] == ["+33 6 12 34 56 78", "ana@example.org"]
    assert [(one.kind, one.year, one.month, one.day) for one in contact.dates] == [("birthday", 1988, 12, 12)]
    assert [path.steps[0].name for path in desk.network.reach("SNCF")] == ["Ana Silva"]
    for words in ("looks for a flat in Oslo", "knows Maude Ferrand at SNCF", "through Ben", "e-mail ana@example.org"):
        assert words in done.said
    desk.keeping.undo()
    assert facts(desk.store) == before
    desk.keeping.redo()
    assert facts(desk.store) == after


def test_what_is_looked_for_and_offered_is_added_once(desk: Desk, ana: int) -> None:
    for line in ("Ana: looks for a flat", "Ana: looks for a job, offers tea", "Ana: looks for A Flat"):
        desk.capture.take(line)
    contact = desk.reading.card(ana).contact
    assert (contact.looking_for, contact.offers) == ("a flat; a job", "tea")
    desk.capture.take("Ana: phone 06 12 34 56 78")
    desk.capture.take("Ana: phone 06-12-34-56-78, mobile 06 99 99 99 99")
    assert [one.value for one in desk.reading.card(ana).contact.phones] == ["06 12 34 56 78", "06 99 99 99 99"]


def test_a_new_job_or_town_keeps_what_was_before_in_the_notes(desk: Desk, ana: int) -> None:
    desk.people.edit(ana, ContactDraft(company="Port of Lyon", title="Product lead", city="Lyon"))
    desk.capture.take("Ana: new job at Nordlys as head of design, moved to Porto last fri")
    contact = desk.reading.card(ana).contact
    assert (contact.company, contact.title, contact.city) == ("Nordlys", "head of design", "Porto")
    assert contact.notes == (
        "2026-11-23: works at Nordlys as head of design, before: Product lead, Port of Lyon\n"
        "2026-11-20: lives in Porto, before: Lyon"
    )
    desk.capture.take("Ana: works at Veolia")
    contact = desk.reading.card(ana).contact
    assert (contact.company, contact.title) == ("Veolia", "")
    desk.capture.take("Ana: promoted to director")
    contact = desk.reading.card(ana).contact
    assert (contact.company, contact.title) == ("Veolia", "director")


def test_words_that_no_field_takes_are_kept(desk: Desk, ana: int) -> None:
    desk.capture.take("Ana: moved to Porto with her sister")
    contact = desk.reading.card(ana).contact
    assert contact.city == "Porto"
    assert "moved to Porto with her sister" in contact.notes
    desk.capture.take("Ana: coffee, lives in Braga near the river")
    assert [one.note for one in desk.reading.card(ana).interactions] == ["lives in Braga near the river"]


def test_introduced_me_to_is_help_an_acquaintance_and_a_contact_known_through_them(desk: Desk, ana: int) -> None:
    before = facts(desk.store)
    desk.capture.take("Ana: introduced me to Olaf Lund at Nordlys Energy")
    olaf = desk.people.find("Olaf Lund")
    card = desk.reading.card(olaf)
    assert (card.contact.company, card.contact.source) == ("Nordlys Energy", "through Ana Silva")
    (favor,) = desk.reading.card(ana).favors
    assert (favor.direction, favor.kind, favor.state) == (FavorDirection.RECEIVED, "introduction", FavorState.DONE)
    paths = desk.network.reach("Nordlys Energy")
    assert [step.name for step in paths[0].steps] == ["Ana Silva", "Olaf Lund"]
    # The one introduced is met again: nobody is added twice.
    desk.capture.take("Ana: introduced me to Olaf Lund")
    assert desk.reading.contacts("").total == 2
    desk.keeping.undo()
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_a_loan_belongs_to_the_one_beside_its_verb_and_has_its_day_home(desk: Desk, ana: int, ben: int) -> None:
    desk.capture.take(
        "Ana, Ben: dinner yesterday, lent Ana the tent until 12 dec, borrowed the drill from Ben until fri"
    )
    (lent,) = desk.reading.card(ana).favors
    (borrowed,) = desk.reading.card(ben).favors
    assert (lent.direction, lent.note, lent.home_by) == (FavorDirection.GIVEN, "the tent", day(12, 12))
    assert (borrowed.direction, borrowed.note, borrowed.home_by) == (FavorDirection.RECEIVED, "the drill", on(4))
    rows = desk.favors.ledger().lanes
    assert [(row.item.text, row.item.due) for row in rows["i_asked"]] == [
        ("Ana has the tent · back Sat 12 Dec", day(12, 12))
    ]
    assert [row.item.text for row in rows["promised"]] == ["bring back the drill"]
    desk.capture.take("Ana: lent her the stove")
    assert desk.reading.card(ana).favors[-1].home_by == on(28)


def test_what_comes_back_is_home_whoever_says_it_and_undo_lends_it_again(desk: Desk, ana: int) -> None:
    desk.capture.take("Ana: lent her the tent until 12 dec, borrowed her drill until 1 dec")
    lent, borrowed = (one.id for one in desk.reading.card(ana).favors)
    for line, home in (
        ("Ana: returned the tent", lent), ("Ana: she gave my tent back", lent), ("got the tent back from Ana", lent),
        ("Ana: returned her drill", borrowed), ("Ana: gave her back the drill", borrowed), ("gave Ana the drill back",
        borrowed), ("Ana: I gave it back", borrowed), ("Ana: she gave it back", lent),
    ):  # fmt: skip
        with case(line):
            before = facts(desk.store)
            desk.capture.take(line)
            assert [one.id for one in desk.reading.card(ana).favors if one.home_on == TODAY] == [home]
            desk.keeping.undo()
            assert facts(desk.store) == before
    with pytest.raises(Refused, match="“the tent” and “her drill”"):
        desk.capture.take("Ana: gave it back")
    desk.capture.take("Ana: gave back the ladder")
    assert "came back: the ladder" in desk.reading.card(ana).contact.notes
    assert not [one for one in desk.reading.card(ana).favors if one.home_on]


@pytest.mark.parametrize(
    "line", ["gave her the scarf", "gave the scarf to Ana", "gave her the scarf as a gift", "gave her the red scarf"]
)
def test_the_gift_that_was_an_idea_is_given_in_any_words(desk: Desk, ana: int, line: str) -> None:
    desk.capture.take("Ana: wants a scarf for christmas")
    desk.capture.take(f"Ana: {line}")
    (gift,) = desk.reading.card(ana).favors
    assert (gift.kind, gift.state, gift.occasion) == ("gift", FavorState.DONE, "christmas")


def test_thanks_and_outcomes_close_the_one_thing_they_mean(desk: Desk, ana: int) -> None:
    desk.capture.take("Ana: helped me with the contract")
    desk.capture.take("Ana: thanked her, told her how it went")
    assert [one.state for one in desk.reading.card(ana).favors] == [FavorState.TOLD]
    assert all(not rows for rows in desk.favors.ledger().lanes.values())
    desk.capture.take("Ana: introduced me to Kim Berg, gave me tips on the flat")
    with pytest.raises(Refused, match="Several things with Ana Silva may be meant"):
        desk.capture.take("Ana: thanked her")
    desk.capture.take("Ana: thanked her for the intro")
    desk.capture.take("Ana: thanked her for the tips")
    assert [one.state for one in desk.reading.card(ana).favors[1:]] == [FavorState.THANKED, FavorState.THANKED]


def test_how_it_went_is_told_to_who_waits_for_a_closed_need(desk: Desk, ana: int) -> None:
    need = desk.needs.add("A flat in Lyon").id
    desk.needs.tell(need, [ana])
    desk.needs.close(need, outcome="found one by the river")
    assert [one.contact_id for one in desk.needs.show(need)[0].to_hear] == [ana]
    desk.capture.take("Ana: told her how the flat went")
    assert desk.needs.show(need)[0].to_hear == ()


def test_thanks_for_what_nobody_wrote_down_are_kept_as_said(desk: Desk, ana: int) -> None:
    desk.capture.take("Ana: thanked her for the cake")
    (said,) = desk.reading.card(ana).interactions
    assert (said.on, str(said.outcome), said.note) == (TODAY, "attempt", "thanked for the cake")
    desk.capture.take("Ana: coffee, told her how the talk went")
    assert "told how the talk went" in desk.reading.card(ana).contact.notes


@pytest.mark.usefixtures("ana", "ben")
def test_what_stays_open_is_refused_with_both_readings_and_how_to_write_each(desk: Desk) -> None:
    before = facts(desk.store)
    for line, readings in (
        ("Ana: asked for advice", ("they asked: advice", "you asked: advice")),
        ("Ana: coffee, helped with the move", ("you gave: the move", "they helped: the move")),
        ("Ana promised a book", ("promise: book · by Mon 30 Nov", "they promised: book")),
        ("call Ana", ("call today", "follow-up: call Ana · today")),
    ):
        for dry in (True, False):
            with case(line, dry), pytest.raises(TwoReadings) as refusal:
                desk.capture.take(line, dry_run=dry)
            assert refusal.value.readings == readings
            assert all(reading in refusal.value.message for reading in readings)
    for line, settle in (("helped with the move", desk.capture.log), ("asked for a loan", desk.capture.log)):
        with case(line), pytest.raises(TwoReadings):
            settle([1], line)
    assert facts(desk.store) == before


@pytest.mark.usefixtures("ana")
def test_swapping_writes_the_doer_and_then_the_other_one(desk: Desk) -> None:
    line = "Ana: coffee, and asked for advice, again 6w"
    first = desk.capture.swapped(line, len(line))
    assert first == "Ana: coffee, and they asked for advice, again 6w"
    second = desk.capture.swapped(first, len(first))
    assert second == "Ana: coffee, and I asked for advice, again 6w"
    assert desk.capture.swapped(second, len(second)) == first
    for sure in ("Ana: coffee", "", "Ana: asked me for advice", "nobody known"):
        with case(sure):
            assert desk.capture.swapped(sure, len(sure)) == sure
    assert desk.capture.swapped("helped with it", 0, names=["Ana Silva"]) == "I helped with it"


@pytest.mark.usefixtures("ana", "ben")
def test_one_of_two_has_to_be_named_where_only_one_can_be_meant(desk: Desk) -> None:
    before = facts(desk.store)
    for line in ("Ana, Ben: lent her the tent", "Ana, Ben: phone 06 12 34 56 78", "Ana, Ben: looks for a flat"):
        with case(line), pytest.raises(Refused, match="Ana or Ben"):
            desk.capture.take(line)
    assert facts(desk.store) == before


@pytest.mark.usefixtures("ana", "ben")
def test_a_dry_run_answers_as_the_real_run_does(desk: Desk) -> None:
    for line in (
        "Ana: coffee, lent her the tent until 12 dec", "ring Ben on friday", "Ana: introduced me to Kim Berg at SNCF",
        "Ana: thanked her", "Nobody: coffee", "Ana: through Nobody", "Ana: through Ana", "Ana: asked for advice",
        "Ana: coffee 31 feb", "Ana:", "coffee", "Ana, Ben: lent her the tent", f"Ana: knows {'X' * 600}",
        f"Ana: offers {'x' * 600}",
    ):  # fmt: skip
        with case(line):
            before = facts(desk.store)
            answers: list[object] = []
            for dry in (True, False):
                try:
                    done = desk.capture.take(line, dry_run=dry)
                    answers.append((done.said, done.ids))
                except Refused as refusal:
                    answers.append((type(refusal), refusal.message, refusal.advice))
                if dry:
                    assert facts(desk.store) == before
            assert answers[0] == answers[1]


@pytest.mark.usefixtures("ana")
def test_lines_are_tried_one_after_the_other_before_any_is_written(desk: Desk) -> None:
    lines = ["Ana: introduced me to Kim Berg", "Kim: coffee"]
    before = facts(desk.store)
    dry = desk.capture.take_all(lines, "the notes", dry_run=True)
    assert facts(desk.store) == before
    with pytest.raises(Refused, match=r"Line 2 of the notes: .*Zorro"):
        desk.capture.take_all(["Ana: coffee", "Zorro: coffee"], "the notes")
    assert facts(desk.store) == before
    real = desk.capture.take_all(lines, "the notes")
    assert [(one.said, one.ids) for one in dry] == [(one.said, one.ids) for one in real]


@pytest.mark.usefixtures("ana")
def test_without_a_colon_a_name_must_be_known_by_whole_words(desk: Desk) -> None:
    add(desk, "Theodora Bell")
    add(desk, "Will Young")
    for line in (
        "ring the doctor on friday",
        "will call tomorrow",
        "An coffee",
        "Ana Lopes op 12 dec",
        "coffee with The",
    ):
        with case(line), pytest.raises(Refused, match="No colon"):
            desk.capture.take(line)
    add(desk, "Ana Lopes")
    with pytest.raises(Refused, match="fits several people"):
        desk.capture.take("Ana coffee")
    assert desk.capture.take("Ana Lopes coffee").said == "Ana Lopes: coffee today"


def test_gift_ideas_and_gifts_keep_what_they_are_for(desk: Desk, ana: int) -> None:
    desk.capture.take("Ana: coffee, gift idea: a scarf for her birthday")
    desk.capture.take("Ana: gave her a book for christmas yesterday")
    idea, gift = desk.reading.card(ana).favors
    assert (idea.kind, idea.state, idea.note, idea.occasion) == ("gift", FavorState.IDEA, "a scarf", "birthday")
    assert (gift.kind, gift.state, gift.note, gift.occasion) == ("gift", FavorState.DONE, "book", "christmas")
    assert all(not rows for rows in desk.favors.ledger().lanes.values())


def test_a_name_in_passing_means_whoever_is_called_so_by_whole_words(desk: Desk, ana: int) -> None:
    add(desk, "Benedikta Lind")
    add(desk, "Leo Brandt")
    with pytest.raises(Refused, match="Nobody is called “Ben”"):
        desk.capture.take("Ana: through Ben")
    with pytest.raises(Refused, match="Nobody is called “Ben”"):
        desk.capture.log([ana], "through Ben")
    assert "knows Leo Brandt at SNCF" in desk.capture.take("Ana: knows Leo at SNCF, knows Ben").said
    known = {one.name: one.other_id for one in desk.reading.card(ana).contact.acquaintances}
    assert known == {"Leo Brandt": desk.people.find("Leo Brandt"), "Ben": None}
    desk.capture.take("Ana: introduced me to Ben Okri")
    assert desk.reading.card(desk.people.find("Ben Okri")).contact.source == "through Ana Silva"
