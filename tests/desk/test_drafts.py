"""Words to send at the desk: by purpose, person and subject, in the language and tone of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.drafting.purposes import Purpose
from planner.desk import Desk
from planner.desk.reciprocity.drafts import BY_WAY_OUT, Subject
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.store.session import Store
from tests.desk.desks import TODAY, add, day

LONG_AGO = TODAY - timedelta(days=400)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    config = Config(my_name="Ada Moe", about_me="I plan night trains", templates=tmp_path / "templates")
    with Desk(Store(tmp_path / "planner.db", config.settings, session="test").open(), config, lambda: TODAY) as found:
        yield found


def talked(desk: Desk, contact_id: int, times: int = 3) -> int:
    """Log some talks, so that the contact is not hardly known."""
    for days in range(times):
        desk.interactions.log([contact_id], on=LONG_AGO + timedelta(days=days))
    return contact_id


def test_everyone_is_written_to_in_their_language_and_tone(desk: Desk) -> None:
    ana = add(desk, "Ana Silva", language="DE", tone="formal", emails=("ana@port.example",))
    ben, cid = add(desk, "Ben Okri", language="fr-CA"), add(desk, "Cid Moe", language="it")
    need = desk.needs.add("a flat in Lyon", why="to be near the port", who="estate agents").id
    found = desk.drafts.drafts("announce", [ana, ben, cid], Subject(need=need))
    assert found[ana].text.startswith("Guten Tag Ana Silva,\n\nich schreibe Ihnen")
    assert (found[ana].language, found[ana].tone, found[ana].email) == ("de", "formal", "ana@port.example")
    assert found[ben].text.startswith("Bonjour Ben,")
    assert found[cid].text.startswith("Hello Cid,")
    assert "Who might know: estate agents." in found[cid].text
    assert found[cid].subject == "a flat in Lyon"
    spanish = Subject(need=need, language="es", tone="formal")
    assert desk.drafts.draft("announce", ben, spanish).text.startswith("Buenos")


def test_somebody_hardly_known_is_asked_for_less(desk: Desk) -> None:
    ana, ben, cid = add(desk), talked(desk, add(desk, "Ben Okri")), add(desk, "Cid Moe")
    desk.favors.enter("gave", [cid], kind="time", note="an hour")
    need = Subject(need=desk.needs.add("a flat in Lyon").id)
    assert [desk.drafts.draft("ask", key, need).purpose for key in (ana, ben, cid)] == ["small-ask", "ask", "ask"]
    assert "one line is enough" in desk.drafts.draft("ask", ana, need).text
    assert "Could you help me with it?" in desk.drafts.draft("ask", ben, need).text
    assert desk.drafts.hardly_known(ana)


def test_an_ask_through_somebody_has_a_note_they_can_forward(desk: Desk) -> None:
    ben = add(desk, "Ben Okri")
    need = desk.needs.add("a word about rolling stock", why="I plan a night train").id
    draft = desk.drafts.draft("through", ben, Subject(need=need, target="Maude Ferrand", company="SNCF"))
    assert draft.text.splitlines()[2] == (
        "Would you put me in touch with Maude Ferrand (SNCF)? I plan night trains."
        " I am looking for a word about rolling stock. I plan a night train."
    )
    assert draft.note.startswith("Dear Maude Ferrand,\n\nBen Okri is passing this note on for me. I plan night trains.")
    assert draft.whole == f"{draft.text}\n\n---\n\n{draft.note}"
    there = desk.drafts.draft("through", ben, Subject(target="SNCF", target_is_person=False))
    assert "in touch with somebody at SNCF?" in there.text
    assert there.note.startswith("Hello,")


def test_a_person_it_was_passed_on_to_hears_through_whom(desk: Desk) -> None:
    mum, need = add(desk, "Mum"), desk.needs.add("a job at Nordlys").id
    desk.needs.tell(need, [mum])
    grete = desk.needs.passed(need, mum, "Grete Lund").id
    draft = desk.drafts.for_item(f"n{need}c{grete}")
    assert draft.purpose is Purpose.WRITE
    assert "Mum told me about you." in draft.text
    assert "passing it on: Grete Lund" in desk.drafts.draft("thank", mum, Subject(need=need)).text


def test_each_loop_has_its_words(desk: Desk) -> None:
    ana = add(desk)
    asked = desk.favors.enter("asked", [ana], kind="reference", note="a reference for the grant").id
    ask = desk.favors.enter("ask", [ana], kind="advice", note="which school is good", on=date(2026, 11, 12)).id
    got = desk.favors.enter("received", [ana], kind="time", note="the hour in the archive").id
    assert "You asked me for a reference for the grant. Yes, I will do it." in desk.drafts.for_item(f"v{asked}").text
    nudge = desk.drafts.for_item(f"v{ask}").text
    assert "what I asked you on 12 November 2026: which school is good" in nudge
    thanks = desk.drafts.for_item(f"v{got}").text
    assert "Thank you for the hour in the archive. I will tell you how it goes on." in thanks
    desk.favors.thank([got])
    assert "You helped me with this: the hour in the archive" in desk.drafts.for_item(f"v{got}").text
    assert "Thank you" not in desk.drafts.for_item(f"v{got}").text
    desk.people.edit(ana, _rhythm())
    follow_up = desk.triage.follow_up([ana], "send the talk", TODAY).id
    with pytest.raises(Refused, match="nothing to send"):
        desk.drafts.for_item(f"f{follow_up}")
    with pytest.raises(Refused, match="Nothing open"):
        desk.drafts.for_item("v99")


def test_a_loan_and_a_rhythm_have_words_of_their_own(desk: Desk) -> None:
    ida = add(desk, "Ida Voss")
    lent = desk.favors.enter("gave", [ida], kind="loan", note="my tent", due=day(12, 12)).id
    got = desk.favors.enter("received", [ida], kind="loan", note="her drill", due=day(12, 1)).id
    assert (
        "I lent you this on 23 November 2026: tent. Could I have it back by 12 December 2026?"
        in desk.drafts.for_item(f"l{lent}").text
    )
    assert "I still have this from you: drill. I will bring it back by 1 December 2026." in (
        desk.drafts.for_item(f"l{got}").text
    )
    desk.people.edit(ida, ContactDraft(cadence="4w", language="de"))
    assert "wie geht es dir?" in desk.drafts.for_item(f"c{ida}").text
    assert "How are you?" in desk.drafts.draft("hello", ida, Subject(language="en")).text
    late = desk.on(day(12, 20)).drafts.for_item(f"l{lent}").text
    assert "Dezember 2026 zurückhaben" not in late


def _rhythm():  # type: ignore[no-untyped-def]
    from planner.desk.values import ContactDraft

    return ContactDraft(cadence="1w")


def test_each_way_out_has_a_kind_answer(desk: Desk) -> None:
    ana, nora = add(desk), add(desk, "Nora Quist")
    favor = desk.favors.enter("asked", [ana], kind="reference", note="a reference for the grant").id
    day = date(2026, 12, 1)
    said = {
        "later": "I cannot do it now. I will come back to it on 1 December 2026.",
        "smaller": "I cannot do all of it. I can do this part: one page. You will have it by 1 December 2026.",
        "resource": "This may help: one page. You will have it by 1 December 2026.",
        "advice": "What I would advise: one page.",
        "introduce": "Nora Quist may be able to help. I am asking Nora Quist first",
        "network": "so I am asking the people I know: one page. I will tell you who can help.",
    }
    for way, words in said.items():
        offer = "" if way in ("later", "introduce") else "one page"
        other = nora if way == "introduce" else None
        draft = desk.drafts.draft(BY_WAY_OUT[way], ana, Subject(favor=favor, offer=offer, day=day, other=other))
        assert words in draft.text
        assert "You asked me for a reference for the grant." in draft.text


def test_how_a_closed_need_went_is_told_to_each(desk: Desk) -> None:
    ana, ben = add(desk), add(desk, "Ben Okri")
    need = desk.needs.add("a flat in Lyon").id
    desk.needs.tell(need, [ana, ben])
    desk.needs.helped(need, [ben])
    desk.needs.close(need, outcome="found one by the river")
    found = desk.drafts.drafts("outcome", [ana, ben], Subject(need=need))
    assert "I told you about this: a flat in Lyon. How it went: found one by the river." in found[ana].text
    assert "Thank you" not in found[ana].text
    assert "You helped me with this: a flat in Lyon." in found[ben].text
    assert "Thank you for your help." in found[ben].text


def test_a_template_of_ones_own_goes_first_and_a_wrong_one_is_named(desk: Desk, tmp_path: Path) -> None:
    ana, need = add(desk), desk.needs.add("a flat in Lyon").id
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "announce.friendly.en.txt").write_text("Hej {name}: {need}.")
    draft = desk.drafts.draft("announce", ana, Subject(need=need))
    assert (draft.text, draft.own, draft.template) == ("Hej Ana: a flat in Lyon.", True, "announce.friendly.en")
    (folder / "announce.friendly.en.txt").write_text("Hej {nmae}")
    with pytest.raises(Refused) as refused:
        desk.drafts.draft("announce", ana, Subject(need=need))
    assert "announce.friendly.en asks for {nmae}, which does not exist" in str(refused.value)
    assert "planner template edit announce.friendly.en" in str(refused.value)
    with pytest.raises(Refused, match="you gave asks for"):
        desk.drafts.draft("announce", ana, Subject(need=need, template="{x}"))


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    ana = add(desk)
    for purpose, subject in (
        ("shout", Subject()), ("announce", Subject(need=9)), ("thank", Subject(favor=9)), ("introduce", Subject()),
        ("ask", Subject(language="german")),
    ):  # fmt: skip
        with pytest.raises(Refused):
            desk.drafts.draft(purpose, ana, subject)
    with pytest.raises(Refused, match="no contact"):
        desk.drafts.draft("ask", 99)
    assert desk.drafts.drafts("ask", []) == {}


def test_a_public_post_greets_nobody(desk: Desk) -> None:
    need = desk.needs.add("a flat in Lyon", who="Ben Okri, who knows everyone").id
    text = desk.drafts.draft("post", subject=Subject(need=need)).text
    assert text.startswith("I am looking for a flat in Lyon.")
    assert "Ben" not in text
    assert text.endswith("Ada Moe")


def test_drafting_writes_nothing(desk: Desk) -> None:
    ana, need = add(desk), desk.needs.add("a flat in Lyon").id
    before = len(desk.keeping.history(100))
    desk.drafts.draft("ask", ana, Subject(need=need))
    assert len(desk.keeping.history(100)) == before
    assert not desk.needs.told(need)


def test_a_language_that_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="“german” is not the code of a language"):
        add(desk, language="german")
    with pytest.raises(Refused, match="not a tone"):
        add(desk, tone="rude")


def test_a_late_promise_says_sorry_and_names_a_new_day(desk: Desk) -> None:
    ana = add(desk, "Ana Silva")
    asked = desk.favors.enter("asked", [ana], kind="reference", note="a reference for the grant").id
    desk.favors.accept([asked], due=TODAY + timedelta(days=2))
    unasked = desk.favors.enter("promise", [ana], note="the book on rails", due=TODAY + timedelta(days=2)).id
    assert "You asked me for a reference for the grant. Yes" in desk.drafts.for_item(f"v{asked}").text
    later = desk.on(TODAY + timedelta(days=5))
    for key, what in ((asked, "a reference for the grant"), (unasked, "the book on rails")):
        letter = later.drafts.for_item(f"v{key}")
        assert letter.purpose is Purpose.LATE
        assert letter.text.splitlines()[2] == (
            f"I promised you this by 25 November 2026: {what}. I am sorry that it is late."
            " You will have it by 5 December 2026."
        )
        # Asked for by name, the other answer names no day that has passed.
        assert "November" not in later.drafts.draft("answer-yes", ana, Subject(favor=key)).text


def test_a_promise_made_of_a_way_out_keeps_its_answer(desk: Desk) -> None:
    ana = add(desk, "Ana Silva")
    asked = desk.favors.enter("asked", [ana], kind="time", note="the whole move").id
    desk.favors.decline(asked, way_out="smaller", note="the piano only")
    assert "I can do this part: the piano only." in desk.drafts.for_item(f"v{asked}").text
