"""The needs: the two lists, every key, every dialog, and hostile text, which is shown as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from textual.widgets import TextArea

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store import derived
from planner.ui.asking.etiquette_dialog import EtiquetteDialog
from planner.ui.contact.form_screen import ContactForm
from planner.ui.contact.screen import ContactScreen
from planner.ui.needs.announce_dialog import AnnounceDialog, TemplateDialog
from planner.ui.needs.need_dialog import NeedDialog
from planner.ui.needs.rows import PeopleList
from planner.ui.needs.screen import NeedsScreen
from tests.cases import case
from tests.ui.words import TODAY, Words, planner

ANA, BEN, CY, DORA, EVE, KIM, LEO, MIRA = range(1, 9)
NAMES = ("Ana Silva", "Ben Okri", "Cy Young", "Dora Lind", "Eve Adler", "Kim Berg", "Leo Hart", "Mira Holt")


def people(desk: Desk) -> None:
    """Eight people, each known in another way."""
    more: dict[str, dict[str, Any]] = {
        "Kim Berg": {"offers": "a flat in Lisbon in summer"},
        "Leo Hart": {"company": "Lisbon Harbour", "title": "Logistics lead"},
        "Ana Silva": {"emails": ("ana@port.example",)},
    }
    for name in NAMES:
        desk.people.add(ContactDraft(name=name, **more.get(name, {})))
    desk.interactions.log([MIRA], on=date(2025, 9, 10))
    desk.interactions.log([EVE], on=date(2026, 11, 1))
    desk.network.knows(DORA, "Pia Gomes", company="Lisbon Letters")


def flat(desk: Desk) -> None:
    """A need nobody knows about yet."""
    people(desk)
    desk.needs.add("A flat in Lisbon", why="We write a book there.", by=date(2027, 3, 1))


def busy(desk: Desk) -> None:
    """Two open needs with somebody in every group, and one that is closed."""
    flat(desk)
    desk.needs.tell(1, [ANA], on=TODAY - timedelta(days=10))
    desk.needs.tell(1, [BEN], on=TODAY - timedelta(days=3))
    desk.needs.ask(1, [CY], on=TODAY - timedelta(days=2))
    desk.needs.helped(1, [DORA])
    desk.needs.passed(1, EVE, "Maude Ferrand")
    desk.needs.declined(1, [LEO], on=TODAY - timedelta(days=5))
    desk.needs.add("Someone at SNCF who plans night trains")
    tent = desk.needs.add("A winter tent").id
    desk.needs.close(tent, outcome="Mira lent hers")


def needs_of(see: Words) -> NeedsScreen:
    screen = see.app.screen
    assert isinstance(screen, NeedsScreen)
    return screen


async def states(see: Words, need_id: int = 1) -> dict[str, str]:
    """The state of each person who was told about a need, by name."""
    found = await see.ask(lambda desk: desk.needs.told(need_id))
    return {one.name: str(one.state) for one in found}


async def to_person(see: Words, name: str) -> None:
    """Go to a person among the people of the need under the cursor."""
    if not needs_of(see).at_people:
        await see.press("enter")
    people_list = needs_of(see).people
    for place in range(people_list.total):
        people_list.move_to(place)
        await see.idle()
        row = people_list.cursor_row
        if row is not None and needs_of(see).person is not None and needs_of(see).person[1] == name:  # type: ignore[index]
            return
    raise AssertionError(f"{name} is not in the list:\n{see.text}")


# What is shown


async def test_an_empty_place_says_what_it_is_for_and_the_key_that_fills_it(tmp_path: Path) -> None:
    async with planner(tmp_path, people) as see:
        await see.press("4")
        see.sees("Tell people what you need: + writes it down.", "4 Needs")
        for key in ("T", "d", "e", "n", "enter"):
            await see.press(key)
            see.sees("Nothing is looked for yet; + writes down what you need")


async def test_needs_show_their_day_coverage_and_answers_due_and_closed_ones_below(tmp_path: Path) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4")
        see.sees("A flat in Lisbon", "by 1 Mar", "told 6 of 8, 1 answer due", "Closed", "Needs 1")
        lines = see.screen
        place = {word: next(n for n, line in enumerate(lines) if word in line[:50])
                 for word in ("A flat", "Someone at SNCF", "Closed", "A winter tent")}  # fmt: skip
        assert list(place.values()) == sorted(place.values())
        await see.press("down", "down")
        see.sees("Mira lent hers", "closed Mon 23 Nov 2026")
        see.sees_not("Whom to tell next")


async def test_people_stand_in_groups_then_whom_to_tell_next_and_why(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4")
        order = ["Answers due", "Ana Silva", "To write to", "Maude Ferrand", "Told", "Ben Okri", "Asked", "Cy Young",
                 "Helped", "Dora Lind", "Passed it on", "Eve Adler      to Maude", "Could not help", "Leo Hart",
                 "Whom to tell next", "Kim Berg", "Mira Holt"]  # fmt: skip
        right = "\n".join(line[54:] for line in see.screen[6:])
        places = [right.index(word) for word in order]
        assert places == sorted(places)
        see.sees(
            "told 13 Nov", "3d past", "asked 21 Nov", "helped today · thanks are due", "to Maude Ferrand, today",
            "could be asked again", "offers a flat in Lisbon in summer", "last in touch 14 months ago: other news",
        )  # fmt: skip


async def test_each_suggestion_says_why(tmp_path: Path) -> None:
    async with planner(tmp_path, flat, size=(130, 40)) as see:
        await see.press("4")
        see.sees("offers a flat in Lisbon in summer", "works at Lisbon Harbour",
                 "knows Pia Gomes, Lisbon Letters", "last in touch 14 months ago: other news", "not in touch yet",
                 "keep an ear open", "8, likeliest first")  # fmt: skip


async def test_everyone_is_reached_by_scrolling(tmp_path: Path) -> None:
    def many(desk: Desk) -> None:
        for number in range(400):
            desk.people.add(ContactDraft(name=f"Person {number:03}"))
        desk.needs.add("A flat in Lisbon")

    async with planner(tmp_path, many, size=(120, 24)) as see:
        await see.press("4", "enter")
        seen: set[str] = set()
        listed = needs_of(see).people
        for _ in range(60):
            seen |= {word for line in see.screen for word in [line[53:66].strip()] if word.startswith("Person")}
            await see.press("pagedown")
        assert seen == {f"Person {number:03}" for number in range(400)}
        assert listed.cursor == listed.total - 1 == 400


async def test_the_people_follow_the_need_under_the_cursor(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 40)) as see:
        await see.press("4", "down")
        see.sees("9, likeliest first")
        see.sees_not("Could not help")
        await see.press("up")
        see.sees("Could not help")


# Going between the two


@pytest.mark.parametrize("back", ["escape", "left"])
async def test_enter_goes_to_the_people_and_back_and_to_a_person(tmp_path: Path, back: str) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4")
        assert see.app.focused is needs_of(see).needs
        await see.press("enter")
        assert see.app.focused is needs_of(see).people
        await see.press(back)
        assert see.app.focused is needs_of(see).needs
        await see.press("enter", "enter")
        assert isinstance(see.app.screen, ContactScreen)
        see.sees("Ana Silva", "ana@port.example")
        await see.press("escape")
        assert see.app.focused is needs_of(see).people


@pytest.mark.parametrize("key", ["T", "i", "G", "P", "x", "n", "o", "space", "asterisk"])
async def test_a_key_for_people_says_where_they_are(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", key)
        see.sees("enter goes to the people of this need first")
        assert await states(see) == {}


@pytest.mark.parametrize("key", ["T", "i", "W", "e", "d"])
async def test_nothing_is_done_in_a_closed_need(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4", "down", "down", key)
        see.sees("That need is closed; + writes down a new one")


def closed(desk: Desk) -> None:
    busy(desk)
    desk.needs.close(1, outcome="two rooms")


async def test_an_answer_after_the_end_is_taken(tmp_path: Path) -> None:
    async with planner(tmp_path, closed) as see:
        await see.press("4", "down", "down")
        await to_person(see, "Ana Silva")
        await see.press("G")
        see.sees("Ana Silva helped with A flat in Lisbon; thanks come next")
        assert (await states(see))["Ana Silva"] == "helped"


# Writing needs down


async def test_plus_writes_a_need_down_with_a_day_and_nudges_to_be_specific(tmp_path: Path) -> None:
    async with planner(tmp_path, people) as see:
        await see.press("4", "plus")
        assert isinstance(see.app.screen, NeedDialog)
        await see.type("A job")
        see.sees("say which, where or with whom")
        await see.type(" at the port of Lyon")
        see.sees("that is specific")
        await see.press("enter")
        await see.type("I miss the ships")
        await see.press("enter")
        await see.type("12 dec")
        see.sees("Sat 12 Dec 2026")
        await see.press("enter")
        await see.type("crane drivers")
        see.sees("I am looking for a job at the port of Lyon. I miss the ships. The latest day for it is 12")
        see.sees("Who might know: crane drivers.")
        await see.press("enter")
        see.sees("A job at the port of Lyon", "by 12 Dec", "told 0 of 8", "You look for")
        (view,) = await see.ask(lambda desk: desk.needs.all())
        assert (view.need.why, view.need.by) == ("I miss the ships", date(2026, 12, 12))
        assert view.need.who == "crane drivers"
        see.sees("who would know: crane drivers")
        await see.press("e")
        see.sees("crane drivers")
        await see.press("escape")
        await see.press("u")
        see.sees("Tell people what you need")


async def test_a_need_without_words_or_with_a_day_that_is_gone_is_not_taken(tmp_path: Path) -> None:
    async with planner(tmp_path, people) as see:
        await see.press("4", "plus", "ctrl+s")
        see.sees("What do you need? A few words")
        await see.type("A flat in Lisbon")
        await see.press("enter", "enter")
        await see.type("2026-11-01")
        await see.press("enter", "enter")
        assert isinstance(see.app.screen, NeedDialog)
        see.sees("is past")
        await see.press("escape")
        assert await see.ask(lambda desk: desk.needs.all()) == ()


async def test_the_cursor_goes_to_a_new_need(tmp_path: Path) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4", "plus")
        await see.type("Zebra stickers for the bus")
        await see.press("ctrl+s")
        assert needs_of(see).need is not None
        assert needs_of(see).need.title == "Zebra stickers for the bus"  # type: ignore[union-attr]


async def test_on_a_person_d_e_n_and_o_are_about_them(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4")
        await to_person(see, "Ana Silva")
        await see.press("d")
        see.sees("Contact with Ana Silva")
        await see.press("enter")
        card = await see.ask(lambda desk: desk.reading.card(ANA))
        assert [one.on for one in card.interactions] == [TODAY]
        await to_person(see, "Ana Silva")
        await see.press("n")
        await see.type("moved to Porto")
        await see.press("enter")
        card = await see.ask(lambda desk: desk.reading.card(ANA))
        assert card.contact.notes == "2026-11-23: moved to Porto"
        await to_person(see, "Ana Silva")
        await see.press("e")
        assert isinstance(see.app.screen, ContactForm)
        await see.press("escape")
        assert len(await see.ask(lambda desk: desk.needs.all())) == 1


async def test_e_changes_words_and_takes_the_day_away(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "e")
        await see.type(" or Porto")
        await see.press("enter", "enter", *["backspace"] * 10, "enter", "enter")
        (view,) = await see.ask(lambda desk: desk.needs.all())
        assert (view.need.title, view.need.why, view.need.by) == (
            "A flat in Lisbon or Porto", "We write a book there.", None,
        )  # fmt: skip
        see.sees("Changed: A flat in Lisbon or Porto", "u undo")


# What people say


async def test_T_says_they_know_and_the_cursor_goes_to_the_next(tmp_path: Path) -> None:  # noqa: N802
    async with planner(tmp_path, flat) as see:
        await see.press("4", "enter")
        assert needs_of(see).person == (KIM, "Kim Berg")
        await see.press("T")
        see.sees("Told Kim Berg about A flat in Lisbon; news is asked after on Mon 30 Nov 2026", "u undo")
        see.sees("told 1 of 8")
        assert needs_of(see).person == (DORA, "Dora Lind")
        await see.press("T")
        assert await states(see) == {"Kim Berg": "told", "Dora Lind": "told"}
        await see.press("u", "u")
        assert await states(see) == {}


async def test_T_means_everyone_who_is_marked_as_one_step(tmp_path: Path) -> None:  # noqa: N802
    async with planner(tmp_path, flat) as see:
        await see.press("4", "enter", "space", "space", "space", "T")
        assert len(await states(see)) == 3
        see.sees("Told Kim Berg, Dora Lind and Leo Hart")
        assert not needs_of(see).people.marked
        await see.press("u")
        assert await states(see) == {}


async def test_one_at_a_time_is_said_when_several_are_marked_and_escape_takes_marks_away(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "enter", "space", "space", "i")
        see.sees("2 are marked", "esc takes the marks away")
        await see.press("escape")
        assert not needs_of(see).people.marked
        assert needs_of(see).at_people
        await see.press("G")
        assert list((await states(see)).values()) == ["helped"]


async def test_one_refusal_refuses_all_who_are_marked_names_whom_and_keeps_the_marks(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4", "enter", "space")
        await to_person(see, "Dora Lind")
        await see.press("space")
        before = await states(see)
        await see.press("x")
        see.sees("Dora Lind helped on Mon 23 Nov 2026")
        assert await states(see) == before
        assert len(needs_of(see).people.marked) == 2


async def test_star_marks_everyone_the_list_shows_and_takes_the_marks_away(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "enter", "slash")
        await see.type("lisbon")
        await see.press("enter", "asterisk", "T")
        assert await states(see) == {"Dora Lind": "told", "Kim Berg": "told", "Leo Hart": "told"}
        await see.press("escape", "enter", "asterisk")
        assert len(needs_of(see).people.marked) == 8
        await see.press("asterisk")
        assert not needs_of(see).people.marked


@pytest.mark.parametrize("key", ["T", "x", "G"])
async def test_undo_comes_back_to_whom_the_step_was_about(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4")
        await to_person(see, "Kim Berg")
        await see.press(key, "home", "escape", "down")
        assert needs_of(see).needs.cursor_row.key == "need:2"  # type: ignore[union-attr]
        await see.press("u")
        assert needs_of(see).needs.cursor_row.key == "need:1"  # type: ignore[union-attr]
        assert needs_of(see).people.cursor_row.key == f"s{KIM}"  # type: ignore[union-attr]
        assert needs_of(see).at_people


async def test_undo_of_the_end_of_a_need_comes_back_to_it(tmp_path: Path) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4", "down", "d", "enter", "home", "u")
        assert "Someone at SNCF" in next(line for line in see.screen if "▌" in line)


@pytest.mark.parametrize("many", [450])
async def test_of_many_who_were_told_those_are_read_who_are_looked_at(tmp_path: Path, many: int) -> None:
    def told(desk: Desk) -> None:
        keys = [desk.people.add(ContactDraft(name=f"Person {number:03}")).id for number in range(2 * many)]
        desk.needs.add("A flat in Lisbon")
        desk.needs.tell(1, keys[:many])

    async with planner(tmp_path, told, size=(120, 40)) as see:
        await see.press("4", "enter")
        see.sees("told 450 of 900", "Person 000")
        rows = needs_of(see).rows
        assert rows is not None
        assert len(rows.told) < 250
        await see.press("slash")
        await see.type("3")
        rows = needs_of(see).rows
        assert rows is not None
        numbers = [f"{number:03}" for number in range(2 * many)]
        assert rows.people == sum("3" in number for number in numbers)
        await see.press("enter", "asterisk")
        assert len(needs_of(see).marked_people()) == rows.people
        await see.press("escape", "escape")
        await see.press("asterisk", "T")
        see.sees("told 900 of 900")
        assert len(await states(see)) == 900
        # What takes back much asks on the screen; by its name it is taken back at once.
        await see.ask(lambda desk: desk.keeping.undo())
        await needs_of(see).reload()
        see.sees("told 450 of 900")
        await see.press("end")
        see.sees("Person 899")


async def test_G_owes_thanks(tmp_path: Path) -> None:  # noqa: N802
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4")
        await to_person(see, "Cy Young")
        await see.press("G")
        see.sees("Cy Young helped with A flat in Lisbon; thanks come next")
        assert (await states(see))["Cy Young"] == "helped"
        ledger = await see.ask(lambda desk: desk.favors.ledger())
        assert ("Cy Young", "A flat in Lisbon") in [
            (row.favor.contact_name, row.favor.note) for row in ledger.lanes["to_close"]
        ]


async def test_x_is_taken_kindly(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4", "enter", "x")
        see.sees("Ana Silva cannot help with A flat in Lisbon; they could be asked again one day")
        assert (await states(see))["Ana Silva"] == "declined"


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("Cy Young", "T", "Cy Young was asked on Sat 21 Nov 2026 already"),
        ("Cy Young", "i", "Cy Young was asked on Sat 21 Nov 2026 already"),
        ("Dora Lind", "T", "Dora Lind helped on Mon 23 Nov 2026 already"),
        ("Dora Lind", "G", "Thanks come first"),
        ("Dora Lind", "x", "Dora Lind helped on Mon 23 Nov 2026"),
        ("Eve Adler", "T", "passed it on"),
    ],
)
async def test_a_step_back_is_refused_in_words(tmp_path: Path, name: str, key: str, words: str) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4")
        await to_person(see, name)
        before = await states(see)
        await see.press(key)
        see.sees(words)
        assert await states(see) == before


async def test_P_completes_a_known_name(tmp_path: Path) -> None:  # noqa: N802
    async with planner(tmp_path, flat) as see:
        await see.press("4")
        await to_person(see, "Ana Silva")
        await see.press("P")
        await see.type("ben")
        see.sees("Ben Okri", "+ after the name: somebody new")
        await see.press("enter")
        see.sees("Ana Silva passed it on to Ben Okri (#2)")
        assert await states(see) == {"Ana Silva": "passed on", "Ben Okri": "heard of"}


@pytest.mark.parametrize("typed", ["Maude Ferrand", "Ben+"])
async def test_P_takes_somebody_new(tmp_path: Path, typed: str) -> None:  # noqa: N802
    name = typed.rstrip("+")
    async with planner(tmp_path, flat) as see:
        await see.press("4")
        await to_person(see, "Ana Silva")
        await see.press("P")
        await see.type(typed.replace("+", ""))
        if typed.endswith("+"):
            await see.press("plus")
        see.sees(f"{name} is new: they become a contact")
        await see.press("enter")
        assert await states(see) == {"Ana Silva": "passed on", name: "heard of"}


# Asking


async def test_i_drafts_a_small_first_question_for_somebody_hardly_known(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4")
        await to_person(see, "Ben Okri")
        await see.press("i")
        see.sees("Before you ask Ben Okri", "hardly known yet", "one line is enough", "Ask for something small")
        await see.press("enter")
        see.sees("Nothing was sent yet: c copies it, m starts a mail; i where you asked already")
        assert await states(see) == {}
        await see.press("c", "enter")
        see.sees("You asked Ben Okri: A flat in Lisbon; a nudge is due Mon 30 Nov 2026")
        ledger = await see.ask(lambda desk: desk.favors.ledger())
        assert [row.favor.note for row in ledger.lanes["i_asked"]] == ["A flat in Lisbon"]


def indebted(desk: Desk) -> None:
    """Ben, to whom something is promised and for whom something can be had."""
    flat(desk)
    desk.people.edit(BEN, ContactDraft(looking_for="a joiner for a staircase"))
    desk.people.edit(CY, ContactDraft(offers="joiner, stairs and shelves"))
    desk.interactions.log([BEN], on=date(2026, 10, 1))
    desk.favors.enter("ask", [BEN], note="a lift", on=date(2026, 8, 4))
    desk.favors.enter("gave", [BEN], note="a book", on=date(2026, 9, 5))
    desk.favors.enter("promise", [BEN], note="his talk, 20 slides")


async def test_i_shows_how_things_stand_first(tmp_path: Path) -> None:
    async with planner(tmp_path, indebted) as see:
        await see.press("4")
        await to_person(see, "Ben Okri")
        await see.press("i")
        assert isinstance(see.app.screen, EtiquetteDialog)
        see.sees(
            "Before you ask Ben Okri", "A flat in Lisbon", "last spoke  Thu 1 Oct 2026, 53 days ago",
            "last asked  Tue 4 Aug 2026", "last gave   Sat 5 Sep 2026", "his talk, 20 slides",
            "introduce Cy Young, who offers joiner, stairs and shelves", "g begin the introduction",
        )  # fmt: skip
        see.sees("you gave once, asked once", "Could you help me with it?")
        await see.press("i")
        assert await states(see) == {"Ben Okri": "asked"}


async def test_give_first_begins_the_introduction_and_asks_nothing(tmp_path: Path) -> None:
    async with planner(tmp_path, indebted) as see:
        await see.press("4")
        await to_person(see, "Ben Okri")
        await see.press("i", "g")
        see.sees("Ben Okri is asked first about meeting Cy Young")
        (begun,) = await see.ask(lambda desk: desk.introductions.all())
        assert (begun.one_name, begun.other_name) == ("Ben Okri", "Cy Young")
        assert await states(see) == {}


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_the_look_asks_nothing(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, indebted) as see:
        await see.press("4")
        await to_person(see, "Ben Okri")
        await see.press("i", key)
        assert isinstance(see.app.screen, NeedsScreen)
        assert await states(see) == {}


# Closing


async def test_d_closes_a_need_says_who_is_to_be_told_and_their_loops_stand(tmp_path: Path) -> None:
    async with planner(tmp_path, busy) as see:
        await see.press("4", "d")
        see.sees("How did it go", "Dora Lind helped and will be told")
        await see.type("Two rooms in Alfama")
        await see.press("enter")
        see.sees("Closed: A flat in Lisbon; thank Dora Lind and Eve Adler, and tell how it went")
        see.sees("told 6 · heard how it went 0", "Dora Lind")
        await see.press("escape")
        see.sees("Someone at SNCF", "6 to hear")
        closed = await see.ask(lambda desk: desk.needs.all(closed=True))
        assert {view.need.outcome for view in closed} == {"Two rooms in Alfama", "Mira lent hers"}
        ledger = await see.ask(lambda desk: desk.favors.ledger())
        assert {lane: [row.favor.contact_name for row in rows] for lane, rows in ledger.lanes.items() if rows} == {
            "to_close": ["Dora Lind", "Eve Adler"]
        }
        await see.press("u")
        assert len(await see.ask(lambda desk: desk.needs.all())) == 2


# Announcing


def clipboard(see: Words) -> str:
    return see.app.clipboard


async def test_W_goes_through_the_suggested_one_by_one(tmp_path: Path) -> None:  # noqa: N802
    async with planner(tmp_path, flat) as see:
        await see.press("4", "W")
        assert isinstance(see.app.screen, AnnounceDialog)
        see.sees("Tell Kim Berg", "1 of 8", "Hello Kim,", "I am looking for a flat in Lisbon. We write a book there.")
        await see.press("enter")
        see.sees("Tell Kim Berg", "1 of 8", "Nothing was sent yet: c copies it, m starts a mail; T")
        await see.press("c", "enter")
        see.sees("Tell Dora Lind", "2 of 8", "told 1", "Kim Berg is told")
        await see.press("s")
        see.sees("Tell Leo Hart", "3 of 8", "told 1")
        await see.press("T", "escape")
        see.sees("Told 2 of 8; news is asked after in a week")
        assert await states(see) == {"Kim Berg": "told", "Leo Hart": "told"}
        (view,) = await see.ask(lambda desk: desk.on(TODAY + timedelta(days=7)).needs.all())
        assert view.answers_due == 2
        await see.press("u", "u")
        assert await states(see) == {}


async def test_W_on_one_who_knows_of_it_reminds_or_thanks(tmp_path: Path) -> None:  # noqa: N802
    def known(desk: Desk) -> None:
        flat(desk)
        desk.needs.tell(1, [ANA])
        desk.needs.helped(1, [BEN])
        desk.needs.passed(1, CY, "Grete Lund")

    async with planner(tmp_path, known, size=(130, 45)) as see:
        await see.press("4")
        await to_person(see, "Ana Silva")
        await see.press("W")
        see.sees("To Ana Silva", "A short reminder of what I asked you on 23 November 2026: a flat in Lisbon.")
        await see.press("escape")
        await to_person(see, "Ben Okri")
        await see.press("W")
        see.sees("To Ben Okri", "Thank you for your help with this: a flat in Lisbon.")
        await see.press("enter")
        see.sees("Nothing was sent yet")
        await see.press("c", "enter")
        see.sees("Thanked Ben Okri")
        await to_person(see, "Grete Lund")
        await see.press("W")
        see.sees("To Grete Lund", "Cy Young told me about you.")
        await see.press("d")
        assert (await states(see))["Grete Lund"] == "told"


async def test_W_means_the_marked_in_their_order_and_ends_after_the_last(tmp_path: Path) -> None:  # noqa: N802
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4", "enter", "space")
        await to_person(see, "Mira Holt")
        await see.press("space", "W")
        see.sees("Tell Ana Silva", "1 of 2")
        await see.press("m", "enter", "T")
        assert isinstance(see.app.screen, NeedsScreen)
        see.sees("Told 2 of 2")
        assert not needs_of(see).people.marked


async def test_c_copies_the_message_and_m_the_mail_link(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4", "enter", "space", "W")
        see.sees("mail to ana@port.example")
        await see.press("c")
        assert clipboard(see).startswith("Hello Ana,\n\nI am looking for a flat in Lisbon.")
        see.sees("on the clipboard")
        await see.press("m")
        link = urlsplit(clipboard(see))
        assert (link.scheme, link.path) == ("mailto", "ana@port.example")
        found = parse_qs(link.query)
        assert found["subject"] == ["A flat in Lisbon"]
        assert found["body"][0].startswith("Hello Ana,\r\n\r\nI am looking")
        strips = see.app.screen._compositor.render_strips()
        links = {segment.style.link for strip in strips for segment in strip if segment.style and segment.style.link}
        assert links == {clipboard(see)}


async def test_without_an_address_the_message_can_be_copied(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "W", "m")
        see.sees("There is no e-mail address; c copies the message")


async def test_e_changes_the_template_for_all_to_come_and_it_is_remembered(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "W", "e")
        assert isinstance(see.app.screen, TemplateDialog)
        see.sees("{greeting}  {looking}  {reason}", "{name}  {need}")
        see.app.screen.query_one(TextArea).text = "Dear {nmae}, {need} by {by}?"
        await see.press("ctrl+s")
        see.sees("{nmae}, which does not exist")
        see.app.screen.query_one(TextArea).text = "Dear {name}, {need} by {by}?"
        await see.press("ctrl+s")
        see.sees("Dear Kim, a flat in Lisbon by 1 March 2027?")
        await see.press("c", "enter")
        see.sees("Dear Dora,")
        await see.press("q", "W")
        see.sees("Dear Dora,")
        await see.press("e", "ctrl+r", "ctrl+s")
        see.sees("Hello Dora,")


async def test_letters_typed_in_the_template_are_letters(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "W", "e")
        await see.press("c", "s", "v", "enter", "q")
        assert see.app.screen.query_one(TextArea).text.startswith("csv\nq{greeting}")
        await see.press("escape")
        assert isinstance(see.app.screen, AnnounceDialog)
        see.sees("Hello Kim,")
        assert await states(see) == {}


async def test_v_says_so_where_the_terminal_cannot_be_handed_over(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "W", "v")
        see.sees("This terminal cannot be handed to an editor")


async def test_a_need_closed_elsewhere_is_said_and_nobody_is_told(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "W")
        await see.ask(lambda desk: desk.needs.close(1))
        await see.press("T")
        see.sees("is closed", "1 of 8")
        await see.press("escape")
        assert await states(see) == {}


# Looking


async def test_slash_shows_some_of_the_people_and_escape_all(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4", "enter", "slash")
        await see.type("lisbon")
        see.sees("1 person", "Kim Berg")
        see.sees_not("Ben Okri  ")
        await see.press("enter")
        assert needs_of(see).person == (KIM, "Kim Berg")
        await see.press("escape")
        see.sees("Ben Okri")
        assert needs_of(see).at_people


async def test_slash_takes_a_query_and_all_it_finds_are_told_as_one_step(tmp_path: Path) -> None:
    def in_circles(desk: Desk) -> None:
        flat(desk)
        desk.people.join_circle([BEN, MIRA, EVE], "family")
        desk.needs.tell(1, [EVE], on=TODAY - timedelta(days=2))

    async with planner(tmp_path, in_circles, size=(130, 45)) as see:
        await see.press("4", "enter", "slash")
        await see.type("circle:family")
        see.sees("3 people", "Ben Okri", "Mira Holt", "Eve Adler")
        see.sees_not("Kim Berg")
        await see.press("enter", "asterisk", "T")
        see.sees("told 3 of 8")
        assert set(await states(see)) == {"Ben Okri", "Mira Holt", "Eve Adler"}
        await see.press("u")
        assert set(await states(see)) == {"Eve Adler"}


async def test_where_nobody_holds_the_words_the_list_says_so(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4", "enter", "slash")
        await see.type("nobody at all")
        see.sees("Nobody holds these words", "esc shows everyone")
        await see.press("enter", "escape")
        see.sees("Ben Okri")


async def test_whom_somebody_heard_of_it_through_is_said(tmp_path: Path) -> None:
    async with planner(tmp_path, busy, size=(130, 45)) as see:
        await see.press("4")
        see.sees("heard of it through Eve Adler, today")
        assert "● Maude Ferrand" in see.line_of("heard of it through")

    (tmp_path / "closed").mkdir()
    async with planner(tmp_path / "closed", closed, size=(130, 45)) as see:
        await see.press("4", "down", "down")
        assert "○ Maude Ferrand" in see.line_of("heard of it through")


async def test_the_footer_names_the_keys_of_this_place(tmp_path: Path) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "enter")
        told = "T told  W announce  i I asked  G they helped  P passed on"
        for keys in ("+ new need", told, "x cannot help  d close or log"):
            assert keys in see.screen[-1]


# On the agenda


async def test_the_agenda_has_the_need_and_d_s_and_w_work_on_it(tmp_path: Path) -> None:
    def told(desk: Desk) -> None:
        flat(desk)
        desk.needs.tell(1, [ANA], on=TODAY - timedelta(days=10))
        desk.needs.tell(1, [BEN], on=TODAY - timedelta(days=9))

    async with planner(tmp_path, told) as see:
        see.sees("need", "Ana Silva", "A flat in Lisbon: any news?", "3d past")
        await see.press("w")
        see.sees("any news? and 1 more, 3 days past")
        await see.press("escape", "d")
        see.sees("Asked Ana Silva again")
        await see.press("enter")
        see.sees("Ben Okri", "2d past")
        await see.press("s", "w", "enter")
        see.sees_not("2d past")
        see.sees("Snoozed Ben Okri")
        await see.press("u", "u")
        see.sees("Ana Silva", "3d past")


# Whatever it is called, whatever the size

HOSTILE = ("[red]Ana[/red] \x1b[2J\x07", "‮gnitirw", "🦊" * 60, "x" * 190, "Ана‎ [link=https://evil.example]")


def hostile(desk: Desk) -> None:
    """Needs and people with markup, control characters and marks that turn the reading direction in their texts."""
    for name in HOSTILE:
        desk.people.add(ContactDraft(name=name, offers=f"{name[:40]} flat", looking_for="a flat"))
        desk.interactions.log([1], on=date(2026, 10, 1), note=name[:80])
    for title in HOSTILE:
        desk.needs.add(f"{title} flat", why=title * 3)
    desk.needs.tell(1, [1], on=TODAY - timedelta(days=10))
    desk.needs.helped(1, [2])
    desk.needs.passed(1, 3, HOSTILE[3] + "!")
    desk.needs.close(5, outcome=HOSTILE[0])


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (20, 6), (3, 3), (1, 1)])
async def test_hostile_text_is_text_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, hostile, size=size) as see:
        await see.press("4", "down", "down", "down", "down", "up", "up", "up", "up", "enter", "i", "escape", "escape")
        await see.press("enter", "W", "escape", "escape", "plus", "escape", "enter", "P")
        await see.type("[b]")
        await see.press("escape", "slash", "x", "enter", "escape")
        strips = see.app.screen._compositor.render_strips()
        drawn = "".join(segment.text for strip in strips for segment in strip)
        assert not any(letter in drawn for letter in "\x1b\x07\u202e\u200e")
        if size == (120, 40):
            see.sees("[red]Ana[/red]")


@pytest.mark.parametrize(
    ("size", "both"), [((130, 40), True), ((100, 30), True), ((100, 18), False), ((70, 30), False), ((40, 12), False)]
)
async def test_both_lists_where_there_is_room_else_one_at_a_time(
    tmp_path: Path, size: tuple[int, int], both: bool
) -> None:
    async with planner(tmp_path, busy, size=size) as see:
        await see.press("4")
        see.sees("Someone at SNCF")
        assert ("Ana Silva" in see.text) is both
        await see.press("enter")
        see.sees("Ana Silva")
        assert ("Someone at SNCF" in see.text) is both
        await see.press("left")
        see.sees("Someone at SNCF")


async def test_a_narrow_row_says_why_below(tmp_path: Path) -> None:
    async with planner(tmp_path, flat, size=(40, 12)) as see:
        await see.press("4", "enter")
        see.sees("A flat in Lisbon", "Kim Berg", "offers a flat in Lisbon in summer")


async def test_a_narrow_row_cuts_neither_names_nor_how_many_were_told(tmp_path: Path) -> None:
    def told(desk: Desk) -> None:
        flat(desk)
        desk.needs.add("A boat")
        long = desk.people.add(ContactDraft(name="Nuno Tavares Pires")).id
        desk.on(TODAY - timedelta(days=9)).needs.tell(2, [ANA, long])

    async with planner(tmp_path, told, size=(40, 12)) as see:
        await see.press("4")
        see.sees("told 2 of 9, 2 answers due")
        await see.press("down", "enter")
        see.sees("Nuno Tavares Pires", "told 14 Nov  2d past")


KEYS: dict[str, Callable[[Words], Any]] = {
    "T": lambda see: see.press("T"),
    "G": lambda see: see.press("G"),
    "x": lambda see: see.press("x"),
    "i": lambda see: see.press("i", "i"),
    "d": lambda see: see.press("escape", "d", "enter"),
}


@pytest.mark.parametrize("key", KEYS)
async def test_every_verb_keeps_what_is_derived_right_and_is_undone(tmp_path: Path, key: str) -> None:
    async with planner(tmp_path, flat) as see:
        await see.press("4", "enter")
        before = await see.ask(lambda desk: (desk.reading.agenda(), desk.needs.people(1), desk.needs.told(1)))
        await KEYS[key](see)

        def differences(desk: Desk) -> list[str]:
            with desk.store.read():
                return derived.differences(desk.store)

        assert await see.ask(differences) == []
        assert await see.ask(lambda desk: (desk.reading.agenda(), desk.needs.people(1), desk.needs.told(1))) != before
        await see.press("u")
        after = await see.ask(lambda desk: (desk.reading.agenda(), desk.needs.people(1), desk.needs.told(1)))
        assert after[0] == before[0]
        assert (after[2], after[1].suggestions) == (before[2], before[1].suggestions)
        assert await see.ask(differences) == []


async def test_somebody_new_and_somebody_told_elsewhere_are_seen_after_a_step_of_ones_own(tmp_path: Path) -> None:
    """A step keeps the ranking of the suggestions, unless contacts came or went since it was made."""
    async with planner(tmp_path, flat, size=(130, 40)) as see:
        await see.press("4", "enter")
        await see.ask(lambda desk: desk.people.add(ContactDraft(name="Nuno Pires", city="Lisbon")))
        await see.ask(lambda desk: desk.needs.tell(1, [ANA]))
        await see.press("T")
        see.sees("told 2 of 9", "Nuno Pires", "7, likeliest first")
        found = needs_of(see).shown
        assert found is not None
        assert sum(found.groups.values()) + len(found.suggestions) == found.view.of
        await see.press("u", "u")
        see.sees("told 0 of 9", "9, likeliest first")


async def test_one_row_alone_is_lit_in_the_list_the_keys_act_on(tmp_path: Path) -> None:
    for size in ((120, 40), (80, 24), (40, 12)):
        with case(size):
            async with planner(tmp_path / str(size[0]), busy, size=size) as words:
                await words.press("4")
                assert [line for line in words.screen if "▌" in line] == [words.line_of("▌ ")]
                await words.press("enter")
                lit = [line for line in words.screen if "▌" in line]
                assert len({line[line.index("▌") + 1 :] for line in lit}) == (2 if size[0] < 80 else 1)
                assert words.app.focused is words.app.screen.query_one(PeopleList)


async def test_a_title_is_not_cut_for_its_day(tmp_path: Path) -> None:
    title = "Someone at SNCF who plans night trains"

    def dated(desk: Desk) -> None:
        flat(desk)
        desk.needs.add(title, by=date(2027, 3, 1))

    async with planner(tmp_path, dated, size=(120, 40)) as see:
        await see.press("4")
        line = see.screen.index(see.line_of(f"○ {title} "))
        assert "by 1 Mar" in see.screen[line + 1]
        assert "by 1 Mar" in see.line_of("○ A flat in Lisbon")
