"""The contacts place in words: what is pressed and what is then seen."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from planner.core.model import ItemKind, Status
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store.sqlite import connection
from planner.ui.contact.screen import ContactScreen
from planner.ui.contacts.rows import ContactList
from tests.ui.words import TODAY, Words, planner


def network(desk: Desk) -> None:
    """Five people; Ana is three days past her four weeks."""
    for name, company, circles, cadence in (
        ("Ana Silva", "Port of Lyon", ("work", "climbing"), "4w"),
        ("Ben Okri", "Ligne Verte", ("climbing",), "8w"),
        ("Anna Silva", "", (), None),
        ("Zoë Ångström", "Kiosk", ("family",), "2w"),
        ("Kim Berg", "Harbour Labs", ("work",), None),
    ):
        desk.people.add(
            ContactDraft(name=name, company=company, circles=circles, cadence=cadence, since=date(2026, 1, 1)),
        )
    desk.interactions.log([1], on=date(2026, 10, 23), channel="coffee", note="her op is on 12 December")
    desk.favors.enter("promise", [1], kind="introduction", note="to Leo", due=date(2026, 11, 20))


def names(seen: Words) -> list[str]:
    """The names in the list, from the top."""
    people = seen.app.screen.query_one(ContactList)
    found = [people.row_at(place) for place in range(people.total)]
    return [row.data.name for row in found if row is not None]


async def test_two_shows_everyone_with_company_rhythm_last_due_and_loops(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        see.sees("5 people", "name ↑", "company", "rhythm", "last", "due", "loops")
        line = see.line_of("● Ana Silva")
        for words in ("●", "Port of", "4w", "3d past", "1"):
            assert words in line
        # The card stands beside.
        see.sees("her op is on 12 December", "you promised: to Leo")


async def test_the_columns_line_up_and_numbers_stand_at_the_right(tmp_path: Path) -> None:
    async with planner(tmp_path, network, size=(100, 24)) as see:
        await see.press("2")
        head, ana = see.line_of("name ↑"), see.line_of("Ana Silva")
        assert head.index("company") == ana.index("Port of")
        assert head.index("due") + len("due") == ana.index("3d past") + len("3d past")


async def test_slash_filters_while_typing_and_says_what_was_understood(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("silva")
        assert names(see) == ["Ana Silva", "Anna Silva"]
        see.sees("2 people", "with “silva”")
        await see.press(*["backspace"] * 5)
        assert len(names(see)) == 5
        await see.type("circle:wo")
        assert names(see) == ["Ana Silva", "Kim Berg"]
        await see.type("rk due:late")
        await see.press("enter")
        see.sees("in circle work")
        await see.press("escape")
        see.sees("5 people")
        assert len(names(see)) == 5


async def test_what_a_filter_means_stands_once(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("silva")
        assert (see.text.count("2 people"), see.text.count("with “silva”")) == (1, 1)
        await see.press("enter")
        assert "with “silva”" in see.line_of("2 people")
        await see.press("slash")
        assert see.text.count("with “silva”") == 1
        await see.press("escape")
        assert "with “silva”" in see.line_of("2 people")
        await see.press("slash")
        await see.type("sil")
        assert see.text.count("with “sil”") == 1
        await see.press("escape")
        assert "with “silva”" in see.line_of("2 people")


async def test_a_letter_of_a_filter_leaves_every_widget_where_it_is(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("s")
        place, laid_out = see.app.screen, list[object]()
        place.screen_layout_refresh_signal.subscribe(place, laid_out.append)
        await see.type("il")
        await see.press("backspace")
        see.sees("2 people", "with “si”")
        assert names(see) == ["Ana Silva", "Anna Silva"]
        assert laid_out == []


async def test_a_space_after_a_word_reads_nobody_again(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("silva")
        statements: list[str] = []
        await see.ask(lambda desk: connection(desk.store.database).set_trace_callback(statements.append))
        for typed, reads in ((" ", False), ("a", True), (" ", False)):
            statements.clear()
            await see.type(typed)
            assert any("MATCH" in one for one in statements) == reads
        assert names(see) == ["Ana Silva", "Anna Silva"]
        see.sees("2 people", "with “silva” and “a”")


async def test_the_columns_stay_where_they_are_while_a_filter_is_typed(tmp_path: Path) -> None:
    def widths(desk: Desk) -> None:
        network(desk)
        desk.people.add(ContactDraft(name="Vera Lindqvist-Oyelaran", company="Atelier"))

    async with planner(tmp_path, widths) as see:
        await see.press("2")
        company = see.line_of("name ↑").index("company")
        await see.press("slash")
        await see.type("silva")
        assert names(see) == ["Ana Silva", "Anna Silva"]
        assert see.line_of("name ↑").index("company") == see.line_of("● Ana Silva").index("Port of") == company
        await see.press("enter")
        assert see.line_of("name ↑").index("company") == company
        await see.press("O", "c")
        assert see.line_of("company ↑").index("company") < company


async def test_escape_in_the_filter_leaves_the_list_as_it_was(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("kim")
        assert names(see) == ["Kim Berg"]
        await see.press("escape")
        assert len(names(see)) == 5


async def test_what_is_no_filter_is_said_at_the_field_and_stays_typed(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("colour:red")
        see.sees("“colour:” is not a filter")
        await see.press("enter")
        see.sees("colour:red", "is not a filter")


async def test_nobody_found_says_which_keys_help(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("xyzzy")
        await see.press("enter")
        see.sees("Nobody fits this filter", "esc  shows everyone")
        await see.press("escape")
        see.sees("5 people", "Ana Silva")


async def test_o_sorts_and_the_same_key_again_turns_it_round(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "O", "c")
        see.sees("company ↑")
        assert [name for name in names(see) if name != "Anna Silva"] == [
            "Kim Berg", "Zoë Ångström", "Ben Okri", "Ana Silva",
        ]  # fmt: skip
        await see.press("O", "c")
        see.sees("company ↓")
        assert names(see)[0] == "Ana Silva"


async def test_another_order_is_shown_from_its_first_row(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "end", "O", "c")
        see.sees("company ↑", f"▌   {names(see)[0]}")


async def test_space_marks_and_a_verb_acts_on_all_marked(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "space", "space")
        see.sees("2 marked")
        await see.press("r")
        see.sees("Rhythm of 2 people")
        await see.type("6w")
        see.sees("every 6 weeks")
        await see.press("enter")
        for key in (1, 3):
            card = await see.ask(lambda desk, key=key: desk.reading.card(key))
            assert card.contact.cadence == "6w"
        see.sees_not("2 marked")
        see.sees("undo")
        await see.press("u")
        assert (await see.ask(lambda desk: desk.reading.card(1))).contact.cadence == "4w"


@pytest.mark.parametrize(("key", "members"), [("a", ["Ana Silva", "Ben Okri"]), ("o", ["Ana Silva"])])
async def test_with_a_filter_on_a_bulk_verb_asks_whom_it_means(tmp_path: Path, key: str, members: list[str]) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("circle:climbing")
        await see.press("enter", "c")
        see.sees("all 2 filtered", "only this one")
        await see.press(key)
        await see.type("lyon")
        see.sees("a new circle “lyon”")
        await see.press("enter")
        page = await see.ask(lambda desk: desk.reading.contacts("circle:lyon"))
        assert [row.name for row in page.rows] == members


async def test_c_with_a_minus_takes_out_of_a_circle(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "c")
        await see.type("-work")
        see.sees("leave work")
        await see.press("enter")
        assert (await see.ask(lambda desk: desk.reading.card(1))).contact.circles == ("climbing",)


async def test_m_sets_the_mode_by_one_key(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2")
        await see.command("mode")
        see.sees("Keep in touch with Ana Silva")
        await see.press("o")
        assert (await see.ask(lambda desk: desk.reading.card(1))).contact.mode == "occasion"


async def test_a_archives_and_brings_back(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "A")
        assert names(see)[0] == "Anna Silva"
        see.sees("4 people", "Archived Ana Silva, history kept")
        await see.press("slash")
        await see.type("status:archived")
        await see.press("enter")
        assert names(see) == ["Ana Silva"]
        await see.press("A")
        assert (await see.ask(lambda desk: desk.reading.card(1))).contact.status is Status.ACTIVE


async def test_two_marked_are_merged_after_a_look_at_both(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "M")
        see.sees("Mark the two that are one person")
        await see.press("space", "space", "M")
        see.sees("marked by you", "✓ Ana Silva", "Anna Silva", "Port of Lyon")
        await see.press("right")
        see.sees("✓ Anna Silva")
        await see.press("left", "m")
        see.sees("Merged Anna Silva (#3) into Ana Silva (#1)")
        assert names(see) == ["Ana Silva", "Ben Okri", "Kim Berg", "Zoë Ångström"]
        assert "Also known as: Anna Silva" in (await see.ask(lambda desk: desk.reading.card(1))).contact.notes
        await see.press("u")
        assert len(names(see)) == 5


async def test_the_two_stay_marked_until_they_are_one_or_two(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "space", "space", "M", "escape")
        see.sees("2 marked")
        await see.press("M", "x")
        see.sees("are two people")
        see.sees_not("marked")


async def test_escape_in_a_line_leaves_the_line_alone_and_keeps_marks_and_filter(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("silva")
        await see.press("enter", "space", "d", "escape")
        see.sees("2 people", "with “silva”", "1 marked")
        await see.press("escape")
        see.sees("5 people")
        see.sees_not("marked")


async def test_l_logs_and_enter_alone_is_a_contact_today(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "d", "enter")
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert card.interactions[0].on == TODAY
        await see.press("up", "d")
        await see.type("lunch next fri")
        await see.press("enter")
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert [(one.on, str(one.outcome)) for one in card.interactions if one.on != date(2026, 10, 23)] == [
            (date(2026, 12, 4), "planned"), (TODAY, "reached"),
        ]  # fmt: skip


async def test_capital_f_sets_a_follow_up_and_refuses_one_without_a_day(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "F")
        await see.type("send the talk")
        see.sees("It needs a day at the end")
        await see.type(" on fri")
        see.sees("send the talk", "Fri 27 Nov 2026")
        await see.press("enter")
        (one,) = (await see.ask(lambda desk: desk.reading.card(1))).follow_ups
        assert (one.text, one.on) == ("send the talk", date(2026, 11, 27))


async def test_capital_f_on_several_is_one_step_and_one_line_of_history(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        before = len(await see.ask(lambda desk: desk.keeping.history()))
        await see.press("2", "space", "space", "space", "F")
        await see.type("send the photos fri")
        await see.press("enter")
        see.sees("Follow-up with Ana Silva, Ben Okri and Anna Silva: send the photos, Fri 27 Nov 2026")
        see.sees_not("marked")
        assert len(await see.ask(lambda desk: desk.keeping.history())) == before + 1
        assert [len(await follow_ups(see, key)) for key in (1, 2, 3)] == [1, 1, 1]
        await see.press("u")
        assert [len(await follow_ups(see, key)) for key in (1, 2, 3)] == [0, 0, 0]


async def follow_ups(see: Words, contact_id: int) -> list[str]:
    """The texts of the open follow-ups about a contact."""
    card = await see.ask(lambda desk: desk.reading.card(contact_id))
    return [item.text for item in card.loops if item.kind is ItemKind.FOLLOWUP]


async def test_enter_opens_the_contact_and_escape_comes_back_to_the_same_line(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "down", "down", "enter")
        assert isinstance(see.app.screen, ContactScreen)
        see.sees("Ben Okri", "Ligne Verte")
        await see.press("escape")
        assert see.app.screen.query_one(ContactList).cursor == 2


async def test_a_long_list_is_read_in_windows_and_end_shows_the_last(tmp_path: Path) -> None:
    def many(desk: Desk) -> None:
        from planner.demo import big

        big(desk.store, 3000, TODAY)

    async with planner(tmp_path, many, size=(80, 24)) as see:
        await see.press("2")
        people = see.app.screen.query_one(ContactList)
        start, stop = people.window
        assert people.total == 3000
        assert stop - start < 300
        await see.press("end")
        assert people.cursor == 2999
        assert people.cursor_row is not None
        start, stop = people.window
        assert stop - start < 600
        await see.press("pageup", "up", "down")
        assert people.cursor_row is not None


async def test_the_names_of_the_columns_stay_over_them_where_later_rows_are_wider(tmp_path: Path) -> None:
    def many(desk: Desk) -> None:
        for number in range(300):
            name = f"Ana {number:03}" if number < 150 else f"Ana {number:03} of the Harbour"
            desk.people.add(ContactDraft(name=name, company="Port"))

    async with planner(tmp_path, many, size=(120, 24)) as see:
        await see.press("2")
        places = set()
        for _ in range(14):
            head, row = see.line_of("name ↑"), see.line_of("▌")
            assert head.index("company") == row.index("Port")
            places.add(row.index("Port"))
            await see.press("pagedown")
        assert len(places) == 2


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (1, 1), (200, 50)])
async def test_every_size_shows_what_it_can(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, network, size=size) as see:
        await see.press("2", "down", "slash")
        await see.type("ana")
        await see.press("enter", "m", "escape")
        if size == (40, 12):
            see.sees("Ana Silva", "3d past")


async def test_hostile_names_are_shown_harmlessly(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        desk.people.add(ContactDraft(name="[@click=app.quit]Bob[/] \x1b[31mred"))
        desk.people.add(ContactDraft(name="Bob [/] x", company="[bold]B[/]"))

    async with planner(tmp_path, hostile) as see:
        await see.press("2", "space", "space", "M")
        see.sees("[@click=app.quit]Bob[/]", "Bob [/] x", "[bold]B[/]")
        assert "\x1b" not in see.text


async def test_all_are_marked_by_one_key_and_many_are_archived_only_after_asking(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "asterisk")
        see.sees("5 marked")
        await see.press("asterisk")
        see.sees_not("marked")
        await see.press("asterisk", "A")
        see.sees("Put 5 people into the archive?")
        await see.press("escape")
        assert len(names(see)) == 5
        await see.press("A", "y")
        see.sees("3 more, history kept")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 0


async def test_a_filter_that_nobody_fits_says_so_at_each_key(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "slash")
        await see.type("xyzzy")
        await see.press("enter", "r")
        see.sees("Nobody fits the filter; esc shows everyone")


async def test_somebody_new_in_a_capture_line_is_added_by_a_second_enter_and_taken_back_in_one(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "a")
        await see.type("Noor: coffee")
        see.sees("new: Noor")
        await see.press("enter")
        see.sees("Nobody is called Noor yet", "enter again adds them")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 5
        await see.press("enter")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 6
        card = await see.ask(lambda desk: desk.reading.card(desk.people.find("Noor")))
        assert card.interactions[0].channel == "coffee"
        await see.press("u")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 5


async def test_ctrl_c_leaves_nothing_and_says_what_does(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("2", "ctrl+c")
        see.sees("q leaves; everything is saved")
        see.sees_not("Do you want to quit?")


async def test_what_another_session_did_is_taken_back_only_when_agreed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.ui.session.history.HELD_KEY_SECONDS", 0)

    def rename(desk: Desk) -> None:
        desk.store.session = "another"
        desk.people.add(ContactDraft(name="Noor"))
        desk.store.session = "test"

    async with planner(tmp_path, network) as see:
        await see.ask(rename)
        await see.press("2", "u")
        see.sees("From another session", "Added Noor")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 6
        await see.press("u")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 5


async def test_a_company_has_the_room_that_no_other_text_needs(tmp_path: Path) -> None:
    def companies(desk: Desk) -> None:
        network(desk)
        desk.people.edit(1, ContactDraft(company="Port of Lyon Harbour Authority"))
        desk.people.edit(2, ContactDraft(company="Ligne Verte Transports", circles=("climbing", "neighbours", "choir")))
        desk.triage.pause([2], until=date(2027, 1, 3))

    async with planner(tmp_path, companies, size=(80, 24)) as see:
        await see.press("2")
        # The circles, which would be cut as well, give way; the mark stands for the words "paused until".
        words = ["‖ Ben Okri", "Ligne Verte Transports", "8w", "3 Jan"]
        assert re.split("  +", see.line_of("‖ Ben Okri").strip()) == words
        assert "Port of Lyon Harbour Authori…  4w" in see.line_of("● Ana Silva")
    async with planner(tmp_path / "wide", companies, size=(200, 50)) as see:
        await see.press("2")
        line = see.line_of("‖ Ben Okri")
        for words in ("Ligne Verte Transports", "choir, climbing, neighbours", "paused until 3 Jan"):
            assert words in line
    async with planner(tmp_path / "narrow", companies, size=(40, 12)) as see:
        await see.press("2")
        assert see.line_of("‖ Ben Okri").split()[-2:] == ["3", "Jan"]


async def test_what_is_entered_here_counts_at_once_in_the_bar_of_places(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana Silva"))) as see:
        await see.press("2")
        see.sees_not("Ledger 1")
        await see.press("y")
        await see.type("the book by fri")
        await see.press("enter")
        see.sees("3 Ledger 1 ")
        await see.press("u")
        see.sees_not("Ledger 1")
