"""The page of giving at the desk: picked from facts alone, and nothing where there is none."""

from __future__ import annotations

from planner.core.model import ItemKind
from planner.desk import Desk
from planner.desk.values import ContactDraft
from tests.desk.desks import TODAY, add, on
from tests.store.stores import facts


def helped_me(desk: Desk, who: int, days_ago: int, note: str) -> int:
    """Somebody helped so many days ago, and was thanked and told how it went."""
    then = desk.on(on(-days_ago))
    key = then.favors.enter("received", [who], note=note, kind="advice").id
    then.favors.thank([key])
    then.favors.told([key])
    return key


def test_with_nothing_concrete_nothing_is_said(desk: Desk) -> None:
    assert not desk.giving.page()
    ana = add(desk, "Ana Silva", looking_for="a flat in Lyon")
    desk.on(on(-400)).interactions.log([ana], note="long ago")
    assert not desk.giving.page()


def test_a_match_a_tie_gone_quiet_and_a_thank_you(desk: Desk) -> None:
    add(desk, "Ana Silva", looking_for="a flat in Lyon")
    add(desk, "Cy Young", offers="an apartment in Lyon")
    samir, theo, gone = (add(desk, name) for name in ("Samir Benali", "Theodora Vance", "Gone Away"))
    helped_me(desk, samir, 420, "the portfolio")
    helped_me(desk, gone, 500, "the move")
    desk.people.set_mode([gone], "never")
    helped_me(desk, theo, 150, "an hour in the archive")
    for weeks in (0, 1, 2):
        desk.favors.enter("gave", [theo], on=on(-7 * weeks - 100), kind="advice")
    page = desk.giving.page()
    assert page.match is not None
    assert (page.match.needs.name, page.match.offers.name) == ("Ana Silva", "Cy Young")
    assert page.quiet is not None
    assert (page.quiet.name, page.quiet.recall) == ("Samir Benali", "helped you: the portfolio")
    assert page.thanks is not None
    assert (page.thanks.name, page.thanks.words, page.thanks.owed) == (
        "Theodora Vance",
        "an hour in the archive",
        False,
    )
    assert page.weeks == 0


def test_thanks_said_once_more_are_an_attempt_of_today_and_undone(desk: Desk) -> None:
    theo = add(desk, "Theodora Vance")
    helped_me(desk, theo, 150, "an hour in the archive")
    before, thanks = facts(desk.store), desk.giving.page().thanks
    assert thanks is not None
    assert desk.giving.thank(thanks).said == "Thanked Theodora Vance: an hour in the archive"
    assert desk.giving.page().thanks is None
    (said, *_) = desk.reading.card(theo).interactions
    assert (said.on, said.outcome, said.note) == (TODAY, "attempt", "thanked for: an hour in the archive")
    desk.keeping.undo()
    assert facts(desk.store) == before


def test_thanks_that_are_owed_come_first_and_are_settled(desk: Desk) -> None:
    theo, ben = add(desk, "Theodora Vance"), add(desk, "Ben Okri")
    helped_me(desk, theo, 150, "an hour in the archive")
    desk.favors.enter("received", [ben], note="the referral", kind="referral")
    thanks = desk.giving.page().thanks
    assert thanks is not None
    assert (thanks.name, thanks.owed) == ("Ben Okri", True)
    desk.giving.thank(thanks)
    assert all(one.kind is not ItemKind.THANKS for one in desk.reading.card(ben).loops)


def test_weeks_in_which_i_helped_are_counted(desk: Desk) -> None:
    ana = add(desk, "Ana Silva")
    for weeks in (0, 1, 2, 4):
        desk.favors.enter("gave", [ana], on=on(-7 * weeks), kind="advice")
    assert desk.giving.page().weeks == 3


def test_what_somebody_met_lately_looks_for_is_asked_where_nobody_wrote_it_down(desk: Desk) -> None:
    ana, ben = add(desk, "Ana Silva"), add(desk, "Ben Okri", looking_for="a boat")
    desk.interactions.log([ana], on=on(-8))
    assert desk.giving.page().question is None
    desk.interactions.log([ana], on=on(-7))
    desk.interactions.log([ben], on=on(-1))
    question = desk.giving.page().question
    assert question is not None
    assert (question.contact_id, question.words) == (ana, "What is Ana Silva looking for?")
    desk.people.edit(ana, ContactDraft(looking_for="a flat"))
    assert desk.giving.page().question is None
