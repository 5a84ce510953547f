"""Needs: who is to be nudged, who is suggested first, what may follow on what, and the drafts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.model import FavorState, ItemKind, Settings
from planner.core.needs import (
    PLACEHOLDERS,
    TEMPLATE,
    Candidate,
    Need,
    Told,
    ToldState,
    answers_due,
    can_be_told,
    check_open,
    check_step,
    coverage,
    draft,
    nudge_to_be_specific,
    open_need,
    standing,
    suggest,
)
from planner.errors import Refused
from tests.cases import case

TODAY = date(2026, 11, 23)
NEED = Need(7, "A flat in Lisbon", "We write a book there.", date(2027, 3, 1))


def told(contact_id: int, state: ToldState = ToldState.TOLD, days: int = 0, **more: object) -> Told:
    """Somebody told so many days ago."""
    return Told(7, contact_id, f"Person {contact_id}", state, TODAY - timedelta(days=days), **more)  # type: ignore[arg-type]


# The item


def test_an_answer_is_due_a_week_after_telling_and_the_longest_wait_comes_first() -> None:
    people = [told(1, days=6), told(2, days=7), told(3, days=9), told(4, ToldState.ASKED, 30), told(5, days=7)]
    assert [one.contact_id for one in answers_due(people, TODAY, Settings())] == [3, 2, 5]
    assert answers_due(people, TODAY, Settings(nudge_days=10)) == ()


def test_one_item_stands_for_all_who_were_told() -> None:
    item = open_need(NEED, [told(1, days=2), told(2, days=5), told(3, ToldState.HELPED, 9)], Settings())
    assert item is not None
    assert (item.id, item.kind, item.contact_id, item.contact_name) == ("n7", ItemKind.NEED, 2, "Person 2")
    assert item.due == TODAY + timedelta(days=2)
    assert item.text == "A flat in Lisbon: any news? and 1 more"


def test_nothing_is_asked_after_when_nobody_was_only_told() -> None:
    for state in [state for state in ToldState if state is not ToldState.TOLD]:
        with case(state):
            assert open_need(NEED, [told(1, state, 30)], Settings()) is None
            assert open_need(NEED, [], Settings()) is None


def test_a_closed_need_is_over() -> None:
    closed = Need(7, "A flat", closed_on=TODAY)
    assert open_need(closed, [told(1, days=30)], Settings()) is None
    with pytest.raises(Refused, match="is closed"):
        check_open(closed)


# Where people stand


def test_what_the_ledger_says_about_an_ask_counts() -> None:
    for favor, state in [
        (FavorState.ASKED, ToldState.ASKED),
        (FavorState.PROMISED, ToldState.ASKED),
        (FavorState.RESTED, ToldState.ASKED),
        (FavorState.DONE, ToldState.HELPED),
        (FavorState.THANKED, ToldState.HELPED),
        (FavorState.TOLD, ToldState.HELPED),
        (FavorState.DECLINED, ToldState.DECLINED),
        (None, ToldState.ASKED),
    ]:
        with case(favor, state):
            assert standing(ToldState.ASKED, favor) is state
            assert standing(ToldState.PASSED, favor) is ToldState.PASSED


REFUSED = {
    (ToldState.ASKED, ToldState.TOLD): "was asked on Mon 23 Nov 2026 already",
    (ToldState.HELPED, ToldState.TOLD): "helped on Mon 23 Nov 2026 already",
    (ToldState.PASSED, ToldState.TOLD): "passed it on on Mon 23 Nov 2026 already",
    (ToldState.ASKED, ToldState.ASKED): "was asked",
    (ToldState.HELPED, ToldState.HELPED): "Thanks come first",
    (ToldState.HELPED, ToldState.DECLINED): "helped on",
}


def test_no_step_loses_what_happened_before() -> None:
    for before in list(ToldState):
        for to in [state for state in ToldState if state is not ToldState.UNTOLD]:
            with case(before, to):
                favor = {ToldState.ASKED: FavorState.ASKED, ToldState.HELPED: FavorState.DONE}.get(before)
                one = told(1, before, favor_state=favor)
                words = REFUSED.get((before, to))
                if words is None:
                    check_step(one, to)
                else:
                    with pytest.raises(Refused, match=words):
                        check_step(one, to)
                assert can_be_told(one) == ((before, ToldState.TOLD) not in REFUSED)
                check_step(None, to)


def test_somebody_can_be_asked_again_when_the_first_ask_is_over_and_help_twice_when_thanked() -> None:
    check_step(told(1, ToldState.ASKED, favor_state=FavorState.RESTED), ToldState.ASKED)
    check_step(told(1, ToldState.HELPED, favor_state=FavorState.TOLD), ToldState.HELPED)


def test_coverage_in_words() -> None:
    assert coverage(34, 120, 3) == "told 34 of 120, 3 answers due"
    assert coverage(1, 9, 1) == "told 1 of 9, 1 answer due"
    assert coverage(0, 0, 0) == "told 0 of 0"


def test_a_vague_need_is_nudged() -> None:
    for title in ["a job", "help", "something new", "", "a job, a job!"]:
        with case(title):
            assert "say which, where or with whom" in nudge_to_be_specific(title)


@pytest.mark.parametrize("title", ["a job at the port of Lyon", "someone at SNCF who plans night trains"])
def test_a_specific_need_is_not(title: str) -> None:
    assert nudge_to_be_specific(title) == ""


# Suggestions

PEOPLE = (
    Candidate(1, "Zed Close", last_contact=TODAY - timedelta(days=10)),
    Candidate(2, "Ana Never"),
    Candidate(3, "Ben Dormant", last_contact=TODAY - timedelta(days=420)),
    Candidate(4, "Cy Knows", knows=("Bo", "Pia Gomes, Lisbon")),
    Candidate(5, "Dora Works", company="Flats of Porto", title="Agent"),
    Candidate(6, "Eve Offers", offers="a flat in Lisbon, in August"),
    Candidate(7, "Fay Offers", offers="a flat in Oslo"),
    Candidate(9, "Ida Lives", city="Lisbon"),
    Candidate(8, "Gus Older", last_contact=TODAY - timedelta(days=900)),
)


def test_offers_come_first_then_work_whom_they_know_dormant_ties_and_in_the_end_everyone() -> None:
    found = suggest(NEED, PEOPLE, TODAY)
    assert [(one.name, one.why) for one in found] == [
        ("Eve Offers", "offers a flat in Lisbon, in August"),
        ("Fay Offers", "offers a flat in Oslo"),
        ("Dora Works", "Agent, Flats of Porto"),
        ("Ida Lives", "Lisbon"),
        ("Cy Knows", "knows Pia Gomes, Lisbon"),
        ("Gus Older", "last in touch 30 months ago: other news"),
        ("Ben Dormant", "last in touch 14 months ago: other news"),
        ("Ana Never", "not in touch yet: a reason to write"),
        ("Zed Close", "close: they will keep an ear open"),
    ]


def test_another_form_of_a_word_matches_too() -> None:
    people = [Candidate(1, "B"), Candidate(2, "Z", offers="one lesson a week")]
    assert [one.name for one in suggest(Need(1, "Piano lessons"), people, TODAY)] == ["Z", "B"]
    (study,) = suggest(Need(1, "A study of ports"), [Candidate(1, "A", company="Studies Inc")], TODAY)
    assert study.why == "Studies Inc"


texts = st.text(alphabet="abdeilnorst \u202e\x1b{}é東", max_size=20)
candidates = st.builds(
    Candidate,
    contact_id=st.integers(1, 10**6),
    name=texts,
    company=texts,
    title=texts,
    offers=texts,
    knows=st.lists(texts, max_size=3).map(tuple),
    last_contact=st.none() | st.dates(date(2000, 1, 1), TODAY),
)


@given(st.lists(candidates, max_size=30, unique_by=lambda one: one.contact_id), texts, texts, st.randoms())
def test_everyone_is_suggested_once_each_with_a_reason_in_the_same_order_however_they_come(
    people: list[Candidate], title: str, why: str, random: object
) -> None:
    need = Need(1, title, why)
    found = suggest(need, people, TODAY)
    assert sorted(one.contact_id for one in found) == sorted(one.contact_id for one in people)
    assert all(one.why for one in found)
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert suggest(need, shuffled, TODAY) == found
    for one in found:
        offers = next(person.offers for person in people if person.contact_id == one.contact_id)
        assert (one.rank[0] == 0) == (one.why == f"offers {offers}")


# Drafts


def test_a_draft_reads_like_a_letter() -> None:
    assert draft(TEMPLATE, NEED, "Ben Okri", date(2025, 8, 4)) == (
        "Hello Ben,\n\nI am looking for a flat in Lisbon. We write a book there.\n"
        "Do you know somebody I should talk to?\n\nIt was good to hear from you in August 2025."
    )


def test_a_why_of_a_few_words_becomes_a_sentence_and_who_offers_it_is_asked_for_it() -> None:
    found = draft(TEMPLATE, Need(1, "A flat in Lyon", "moving"), "Ben", None, "a flat in Lyon to let")
    assert found == (
        "Hello Ben,\n\nI am looking for a flat in Lyon. It is for: moving.\n"
        "You know about that: could you help me with it, or tell me whom to talk to?"
    )


def test_what_is_not_known_leaves_no_gap() -> None:
    assert draft(TEMPLATE, Need(1, "SNCF planner"), "Ming", None) == (
        "Hello Ming,\n\nI am looking for SNCF planner.\nDo you know somebody I should talk to?"
    )
    assert draft("{by}\n\n\nHi\n{why}\nthere\n\n{by}\n\nBye", Need(1, "x"), "Ming", None) == "Hi\nthere\n\nBye"


def test_people_are_greeted_as_they_are_called() -> None:
    for name, called in [
        ("Ben Okri", "Ben"), ("Dr Amélie Rochat", "Dr Amélie Rochat"), ("Monsieur Tran", "Monsieur Tran"),
        ("鈴木一郎太", "鈴木一郎太"), ("", ""),
    ]:  # fmt: skip
        with case(name, called):
            assert draft("<{name}>", NEED, name, None) == f"<{called}>"


def test_a_day_is_written_out_and_an_unknown_placeholder_stays() -> None:
    assert draft("by {by}, {when}", NEED, "Ben", None) == "by 1 March 2027, {when}"


@given(texts, texts, texts, st.lists(st.sampled_from(PLACEHOLDERS), max_size=4))
def test_what_is_filled_in_is_never_filled_in_again(title: str, why: str, name: str, holders: list[str]) -> None:
    """A title such as "{name}" is a title."""
    need = Need(1, f"{{name}}{title}", f"{{need}}{why}")
    found = draft(" ".join(f"<{{{one}}}>" for one in holders), need, f"{{why}}{name}", None)
    wanted = {"need": "{name}", "why": "{need}", "name": "{why}", "reason": "{need}", "question": "?"}
    for one in holders:
        assert wanted.get(one, "<>") in found
