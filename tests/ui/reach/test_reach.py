"""Reach: the line for the target, ways as maps, introductions with their keys, matches, and every size."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color

from planner.commands import registry
from planner.core.introductions import Introduction, stage
from planner.core.model import FavorState
from planner.core.network.matchmaking import Pair
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.store import derived
from planner.ui.asking.etiquette_dialog import EtiquetteDialog
from planner.ui.contact.form_screen import ContactForm
from planner.ui.contact.screen import ContactScreen
from planner.ui.reach.introduction_dialog import IntroductionDialog
from planner.ui.reach.rows import ReachList
from planner.ui.reach.screen import ReachScreen
from planner.ui.themes import DARK, LIGHT, TEXT_CONTRAST, contrast
from tests.cases import case
from tests.ui.words import TODAY, Words, planner

ANA, BEN, CY, DORA, EVE = range(1, 6)
NOTHING_DIFFERS: list[str] = []


def ago(days: int) -> Any:
    return TODAY - timedelta(days=days)


def network(desk: Desk) -> None:
    """Five people: Ben leads to SNCF, Ana looks for what Cy offers, Eve is cold and known by Dora."""
    for name, more in (
        ("Ana Silva", {"company": "Port of Lyon", "looking_for": "a flat in Lyon"}),
        ("Ben Okri", {}),
        ("Cy Young", {"offers": "flats, one in Lyon with a garden"}),
        ("Dora Lind", {}),
        ("Eve Adler", {}),
    ):
        desk.people.add(ContactDraft(name=name, **more))  # type: ignore[arg-type]
    for who, days in ((ANA, 9), (BEN, 2), (DORA, 5), (EVE, 400)):
        desk.interactions.log([who], on=ago(days), channel="call")
    desk.network.knows(BEN, "Maude Ferrand", company="SNCF", topic="rolling stock")
    desk.network.knows(EVE, "Pia Gomes", company="Night Trains")
    desk.network.knows(DORA, "Eve Adler")
    desk.favors.enter("gave", [BEN], on=ago(20))


def introducing(desk: Desk) -> None:
    """The network, with an introduction of Ana and Ben under way."""
    network(desk)
    desk.on(ago(6)).introductions.start(ANA, BEN, note="both climb")


def reach_of(see: Words) -> ReachScreen:
    screen = see.app.screen
    assert isinstance(screen, ReachScreen)
    return screen


async def to(see: Words, kind: type) -> None:
    """Go to the first entry of a kind: way, introduction or match."""
    for _ in range(3):
        if isinstance(reach_of(see).data, kind):
            return
        await see.press("tab")
    raise AssertionError(f"nothing of that kind is there:\n{see.text}")


async def stages(see: Words) -> list[str]:
    """The stage of each introduction; asserts that the derived rows are right."""

    def read(desk: Desk) -> list[str]:
        with desk.store.read():
            assert derived.differences(desk.store) == NOTHING_DIFFERS
        return [stage(one) for one in desk.introductions.all(only_open=False)]

    found: list[str] = await see.ask(read)
    return found


# Looking for a way


async def test_ways_show_while_it_is_typed_as_maps_with_why_and_price(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("SNC")
        see.sees("enter go to the list  esc empty it")
        assert see.line_of("Maude").rstrip().startswith("▌ you ── Ben Okri ── Maude Ferrand")
        assert "2d ago" in see.line_of("Maude Ferrand")
        see.sees("To SNC", "1 way", "SNCF, rolling stock · you helped Ben once this year")
        await see.type("X")
        see.sees("Nobody leads there yet. : “who knows” writes down who does.")
        await see.press("backspace", "enter")
        assert see.app.focused is reach_of(see).list
        see.sees_not("Nobody leads")


async def test_a_cold_middle_person_is_reached_through_a_warm_one(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("night trains")
        lines = [line.partition("│")[0].rstrip() for line in see.screen if "you ──" in line]
        assert [line.lstrip("▌ ").split("  ")[0] for line in lines] == [
            "you ── Dora Lind ── Eve Adler ── Pia Gomes", "you ── Eve Adler ── Pia Gomes",
        ]  # fmt: skip


async def test_the_latest_line_wins_however_fast_it_is_typed(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        entry = reach_of(see).entry
        for text in ("p", "port", "sncf", "nobody", "eve"):
            entry.value = text
        await see.idle()
        assert reach_of(see).found.target == "eve"
        see.sees("To eve", "Eve Adler")
        see.sees_not("Maude")


async def test_escape_empties_the_line_from_there_and_from_the_list(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("escape")
        see.sees_not("Maude")
        assert see.app.focused is reach_of(see).list
        await see.press("slash")
        await see.type("sncf")
        await see.press("down")
        see.sees("Maude")
        await see.press("escape")
        see.sees_not("Maude")


async def test_the_line_and_the_ways_stay_while_other_places_are_seen(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter", "1", "5")
        see.sees("To sncf", "Maude Ferrand")


async def test_the_card_is_of_the_one_in_the_middle(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter")
        await asyncio.sleep(0.15)
        await see.idle()
        beside = [line.partition("│")[2] for line in see.screen if "│" in line]
        text = "\n".join(beside)
        for words in ("you", "in touch 2d ago", "you helped Ben once this year", "Maude Ferrand", "21 Nov  call"):
            assert words in text, text


async def test_enter_opens_the_one_in_the_middle(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter", "enter")
        assert isinstance(see.app.screen, ContactScreen)
        see.sees("Ben Okri")


# Asking


async def test_i_asks_the_one_in_the_middle_after_a_look_at_how_things_stand(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter", "i")
        see.sees("Ask Ben Okri, introduce me to Maude Ferrand (SNCF, rolling stock)")
        await see.press("enter")
        assert isinstance(see.app.screen, EtiquetteDialog)
        see.sees("Before you ask Ben Okri", "introduce me to Maude Ferrand (SNCF, rolling stock)", "last gave")
        see.sees("Would you put me in touch with Maude Ferrand (SNCF)?", "Ben Okri is passing this note on for me.")
        await see.press("i")
        see.sees("You asked Ben Okri: introduce me to Maude Ferrand (SNCF, rolling stock)")
        (row,) = (await see.ask(lambda desk: desk.favors.ledger())).lanes["i_asked"]
        assert (row.favor.contact_id, row.favor.kind, row.favor.state) == (BEN, "introduction", FavorState.ASKED)
        assert row.favor.note == "introduce me to Maude Ferrand (SNCF, rolling stock)"
        see.sees("you asked Ben once this year, gave once")


async def test_a_note_below_the_fold_is_announced_by_a_mark_that_goes_at_its_end(tmp_path: Path) -> None:
    async with planner(tmp_path, network, size=(80, 24)) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter", "i", "enter")
        see.sees("↓  │")
        see.sees_not("passing this note on for me")
        await see.press("pagedown")
        see.sees("passing this note on for me")
        await see.press("pagedown", "pagedown")
        see.sees_not("↓  │")


async def test_giving_first_promises_and_leaving_asks_nothing(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter", "i", "enter", "escape")
        see.sees("Nothing is written down yet")
        await see.press("escape")
        assert (await see.ask(lambda desk: desk.favors.ledger())).lanes["i_asked"] == ()
        await see.press("i", "enter", "g")
        see.sees("Give Ben Okri first")
        await see.type("the map")
        await see.press("enter")
        (row,) = (await see.ask(lambda desk: desk.favors.ledger())).lanes["promised"]
        assert (row.favor.contact_id, row.favor.note) == (BEN, "the map")


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        ("night trains", "introduce me to Eve Adler, who knows Pia Gomes"),
        ("port", "introduce me to someone: works at Port of Lyon"),
        ("ana", "a word with Ana Silva"),
    ],
)
async def test_what_is_asked_fits_the_way(tmp_path: Path, target: str, asked: str) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type(target)
        await see.press("enter", "i")
        see.sees(asked)


# Who knows whom


async def test_writing_down_who_knows_whom_finds_it_at_once(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("cranes")
        see.sees("Nobody leads there yet")
        await see.press("enter")
        await see.command("who knows")
        await see.type("ana knows Carl Stone, Port of Lyon, cranes")
        see.sees("Ana Silva knows Carl Stone, Port of Lyon, cranes")
        await see.press("enter")
        see.sees("Ana Silva knows Carl Stone", "you ── Ana Silva ── Carl Stone")
        await see.press("u")
        see.sees("Nobody leads there yet")


async def test_from_a_way_its_first_name_stands_there_already(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter")
        await see.command("who knows")
        see.sees("Write down", "Ben Okri knows")
        await see.type("Carl Stone")
        see.sees("Ben Okri knows Carl Stone")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ana", "Nobody is said to know somebody"),
        ("ana knows", "Whom does ana know?"),
        ("zacharias@example.org knows Carl", "Nobody is called “zacharias@example.org”"),
        ("ana knows Ana Silva", "Both are Ana Silva"),
    ],
)
async def test_a_line_that_cannot_be_is_kept_and_told_why(tmp_path: Path, line: str, said: str) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5")
        await see.command("who knows")
        await see.type(line)
        await see.press("enter")
        see.sees(said, line)


async def test_a_name_that_nobody_has_is_one_only_heard_of(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5")
        await see.command("who knows")
        await see.type("Grete Lund knows Olaf Lund, Nordlys")
        see.sees("Grete Lund, only heard of so far, knows Olaf Lund, Nordlys")
        await see.press("enter")
        see.sees("Grete Lund knows Olaf Lund")
        assert await see.ask(lambda desk: desk.people.find("Grete Lund"))


# Matches


async def test_a_match_shows_both_sides_and_what_they_share(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5")
        see.sees(
            "Matches", "┌ Ana Silva  looks for  a flat in Lyon", "└ Cy Young   offers     flats, one in Lyon with a"
        )
        row = next(y for y, line in enumerate(see.screen) if "Cy Young   offers" in line)
        strip = see.app.screen._compositor.render_strips()[row]
        colors = {segment.text: str(segment.style.color) for segment in strip if segment.style is not None}
        assert colors["flats"] == colors["Lyon"] != colors[", one in "]


async def test_v_begins_the_introduction_of_a_match_at_once(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5")
        await to(see, Pair)
        await see.press("v")
        see.sees("Ana Silva is asked first about meeting Cy Young", "Ana Silva ── Cy Young", "asked Ana")
        see.sees_not("looks for  a flat")
        assert await stages(see) == ["asked"]
        (found,) = await see.ask(lambda desk: desk.introductions.all())
        assert found.note == "a flat in Lyon"
        await see.press("u")
        see.sees("looks for  a flat")
        assert await stages(see) == []


async def test_x_does_not_propose_these_two_again(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5")
        await to(see, Pair)
        await see.press("x")
        see.sees("Not these two: Ana Silva and Cy Young")
        see.sees_not("looks for  a flat")
        await see.press("1", "5")
        see.sees_not("looks for  a flat")
        await see.press("u")
        see.sees("looks for  a flat")


async def test_two_people_can_be_named(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5", "v")
        await see.type("dora and cy, both sing")
        see.sees("Dora Lind and Cy Young, both sing")
        await see.press("enter")
        see.sees("Dora Lind is asked first about meeting Cy Young", "Dora Lind ── Cy Young")
        await see.press("v")
        await see.type("dora and dora")
        await see.press("enter")
        see.sees("Nobody can be introduced to themselves")


# Introductions


async def test_the_stages_stand_in_one_line_and_d_takes_it_through(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        see.sees("● Ana Silva ── Ben Okri", "● asked Ana ─ · ask Ben ─ · both yes ─ · introduce ─ · worked?")
        assert "1d past" in see.line_of("Ana Silva ── Ben Okri")
        await see.press("d")
        see.sees("Ana about meeting Ben", "y  yes", "n  no", "l  later", "a  asked")
        await see.press("y")
        see.sees("Ana Silva said yes; now Ben Okri is asked", "✓ Ana yes ─ ○ asked Ben")
        await see.press("d", "y")
        see.sees("Ben Okri said yes, so both did; next you introduce them", "✓ Ben yes ─ ✓ both yes ─ ○ introduce")
        await see.press("d")
        assert isinstance(see.app.screen, IntroductionDialog)
        see.sees("Introduce Ana Silva and Ben Okri", "to each other: Ana and Ben Okri.", "Why you two: both climb.")
        await see.press("c")
        see.sees("sent to the clipboard")
        assert see.app.clipboard.startswith("Hello,\n\nI would like to introduce you to each other: Ana and Ben Okri.")
        assert "\nAna: Port" in see.app.clipboard
        await see.press("d")
        see.sees("Introduced Ana Silva and Ben Okri; ask how it went on Mon 21 Dec 2026", "✓ introduced ─ ○ worked?")
        assert await stages(see) == ["introduced"]
        await see.press("d")
        see.sees("early: it was to be asked")
        await see.type("they meet in May")
        await see.press("enter")
        see.sees("Asked how it went: Ana Silva and Ben Okri: they meet in May")
        (over,) = await see.ask(lambda desk: desk.introductions.all(only_open=False))
        assert over.note.endswith("how it went: they meet in May")
        assert await stages(see) == ["worked"]
        await see.press("u", "u")
        assert await stages(see) == ["agreed"]


@pytest.mark.parametrize("key", ["d", "W"])
async def test_leaving_the_words_introduces_nobody(tmp_path: Path, key: str) -> None:
    def agreed(desk: Desk) -> None:
        introducing(desk)
        for who in (ANA, BEN):
            desk.introductions.answer(1, who, "yes")

    async with planner(tmp_path, agreed) as see:
        await see.press("5")
        for leave in ("escape", "q"):
            await to(see, Introduction)
            await see.press(key)
            see.sees("to each other: Ana and Ben Okri.", "enter: they are introduced")
            await see.press(leave)
            assert await stages(see) == ["agreed"]
        await see.press(key, "enter")
        assert await stages(see) == ["introduced"]


async def test_the_words_alone_introduce_nobody_who_did_not_agree(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press("W")
        see.sees("to each other: Ana and Ben Okri.", "c copies it   esc or q leaves")
        await see.press("enter")
        assert await stages(see) == ["asked"]


@pytest.mark.parametrize(
    ("keys", "said", "after"),
    [
        ("dn", "Ana Silva would rather not; Ben Okri is not introduced", "closed"),
        ("da", "Asked Ana Silva about meeting Ben Okri", "asked"),
        ("N", "Asked Ana Silva about meeting Ben Okri", "asked"),
        ("x", "Let be: introducing Ana Silva and Ben Okri", "closed"),
    ],
)
async def test_each_answer_is_one_step(tmp_path: Path, keys: str, said: str, after: str) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press(*keys)
        see.sees(said)
        assert await stages(see) == [after]
        await see.press("u")
        assert await stages(see) == ["asked"]


async def test_leaving_the_question_for_the_answer_keeps_it_open(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        for leave in ("escape", "q"):
            await see.press("d", leave)
        await see.press("d", "l", "escape")
        assert isinstance(see.app.screen, ReachScreen)
        (item,) = await see.ask(lambda desk: desk.introductions.all())
        assert (item.one_answer, item.one_on) == ("asked", ago(6))


async def test_later_asks_until_when(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press("d", "l")
        see.sees("Ask Ana again on", "enter alone is Mon 21 Dec 2026, in 28 days")
        await see.type("2w")
        see.sees("Mon 7 Dec 2026, in 14 days")
        await see.press("enter")
        see.sees("Ana Silva is asked again on Mon 7 Dec 2026", "z Ana later")
        assert "due 7 Dec" in see.line_of("Ana Silva ── Ben Okri")
        await see.press("d", "l", "enter")
        see.sees("Ana Silva is asked again on Mon 21 Dec 2026")


async def test_a_key_that_cannot_act_says_which_one_can(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press("i")
        see.sees("d takes an introduction further; / looks for a way to somebody")
        await to(see, Pair)
        for key, why in (
            ("d", "v introduces the two of a match, x says not these"),
            ("i", "v introduces the two of a match; / looks for a way to somebody"),
            ("N", "Nobody was asked about meeting yet; v begins"),
            ("W", "v begins the introduction, then come its words"),
        ):
            await see.press(key)
            see.sees(why)
        await see.press("slash")
        await see.type("sncf")
        await see.press("enter")
        for key, why in (
            ("d", "i asks the first one on the way"),
            ("N", "i asks the first one on the way"),
            ("W", "i has the words to ask with"),
            ("x", "A way stays while people know each other; / looks for another"),
        ):
            await see.press(key)
            see.sees(why)
        assert await stages(see) == ["asked"]


async def test_nobody_is_asked_again_once_both_said_yes(tmp_path: Path) -> None:
    def agreed(desk: Desk) -> None:
        introducing(desk)
        for who in (BEN, ANA):
            desk.introductions.answer(1, who, "yes")

    async with planner(tmp_path, agreed) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press("N")
        see.sees("Both said yes; d introduces them")
        await see.press("d", "enter", "N")
        see.sees("They are introduced; d says how it went")


async def test_note_form_and_mail_are_those_of_whoever_is_next(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press("n")
        see.sees("Note about Ana Silva")
        await see.press("escape", "o")
        see.sees("Ana Silva has no e-mail address")
        await see.press("e")
        assert isinstance(see.app.screen, ContactForm)
        await see.press("escape", "full_stop")
        assert reach_of(see).list.cursor == 1


async def test_tab_goes_from_group_to_group(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter")
        kinds = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await see.press(key)
            kinds.append(type(reach_of(see).data).__name__)
        assert kinds == ["Introduction", "Pair", "Path", "Pair"]


# The agenda and focus triage


async def test_the_step_stands_on_the_agenda_and_done_says_what_it_means(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        see.sees("intro", "an answer about meeting Ben Okri")
        for _ in range(9):
            if "meeting Ben" in see.line_of("▌"):
                break
            await see.press("down")
        await see.press("x")
        assert await stages(see) == ["asked"]
        await see.press("d")
        see.sees("Asked Ana Silva", "Their yes or no is said in Reach, with d")
        await see.press("enter")
        see.sees("Asked Ana Silva about meeting")
        (item,) = await see.ask(lambda desk: desk.introductions.all())
        assert item.one_on == TODAY


async def test_focus_triage_shows_the_step(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("f")
        see.sees("an answer about meeting Ben Okri")


# Empty, hostile, small


async def test_an_empty_place_says_what_it_is_for(tmp_path: Path) -> None:
    async with planner(tmp_path) as see:
        await see.press("5")
        see.sees(
            "You reach people you don't know through people you do",
            "/  who gets me to",
            "v  intro",
            ": “who knows”  write down",
        )
        for key, why in (
            ("enter", "Nobody stands here yet; / looks for somebody"),
            ("i", "Nobody stands here yet; / looks for somebody"),
            ("d", "Nobody stands here yet; / looks for somebody"),
        ):
            await see.press(key)
            see.sees(why)
        for word, why in (
            ("matches", "Nobody offers yet what somebody looks for"),
            ("introductions", "Nobody is being introduced; v begins"),
        ):
            await see.command(word)
            see.sees(why)
        await see.press("slash")
        await see.type("sncf")
        see.sees("Nobody leads there yet")


HOSTILE = "[bold]Zoë[/] \x1b]52;c;eA==\x07\u202eevil 田中 " + "x" * 300


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12), (20, 6), (1, 1)])
async def test_hostile_names_are_shown_literally_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    def hostile(desk: Desk) -> None:
        name = HOSTILE[:200]
        one = desk.people.add(ContactDraft(name=name, looking_for=f"maps {HOSTILE}")).id
        two = desk.people.add(ContactDraft(name="Ben " + name, offers=f"maps {HOSTILE}")).id
        third = desk.people.add(ContactDraft(name="Cy " + name)).id
        desk.network.knows(two, "Carl " + name, company=HOSTILE[:300], topic="maps")
        desk.introductions.start(one, third, note=HOSTILE)

    async with planner(tmp_path, hostile, size=size) as see:
        await see.press("5")
        reach_of(see).entry.value = "carl"
        await see.idle()
        await see.press("tab", "W", "escape", "tab", "tab", "down", "up", "end", "home")
        shown = see.text
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        if size[0] >= 60:
            see.sees("[bold]Zoë[/]", "you ── Ben")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
async def test_the_way_can_be_read_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, introducing, size=size) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        await see.press("enter")
        see.sees("you ── Ben Okri ── Maude Ferrand", "SNCF, rolling stock", "Who gets me to  sncf")
        beside = [line.partition("│")[0] for line in see.screen[3:] if "│" in line]
        assert all(part.endswith("  ") for part in beside)
        await to(see, Introduction)
        see.sees("Ana Silva ── Ben Okri", "asked Ana")


async def test_the_second_line_is_scrolled_into_sight_with_its_entry(tmp_path: Path) -> None:
    def many(desk: Desk) -> None:
        network(desk)
        for number in range(20):
            desk.network.knows(BEN, f"Carl {number:02}", company="Works", topic=f"topic {number:02}")

    async with planner(tmp_path, many, size=(80, 16)) as see:
        await see.press("5", "slash")
        await see.type("works")
        await see.press("enter")
        for number in range(20):
            see.sees(f"Carl {number:02}", f"topic {number:02}")
            await see.press("down")


async def test_lines_of_ascii_where_the_locale_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    async with planner(tmp_path, introducing) as see:
        await see.press("5", "slash")
        await see.type("sncf")
        see.sees("you -- Ben Okri -- Maude Ferrand", "/ Ana Silva", "\\ Cy Young", "* asked Ana - . ask Ben")
        assert all(part.isascii() for line in see.screen[5:20] for part in line.split("│")), see.text


async def test_another_session_s_introduction_shows(tmp_path: Path) -> None:
    async with planner(tmp_path, network) as see:
        await see.press("5")
        await see.ask(lambda desk: desk.introductions.start(ANA, BEN))
        see.app.data_changed()
        await see.idle()
        see.sees("Ana Silva ── Ben Okri")


async def test_a_refusal_of_the_desk_is_said(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.ask(lambda desk: desk.introductions.drop(1))
        await see.press("N")
        see.sees("Introducing Ana Silva and Ben Okri is over")


async def test_b_says_what_to_know_of_the_first_to_meet(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        await to(see, Introduction)
        await see.press("b")
        see.sees("enter, esc or q closes")
        await see.press("escape")
        see.sees("Introductions")


def test_every_key_of_the_place_is_tried_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    for command in registry.COMMANDS:
        if command.place == "reach":
            tried = command.keys or (command.title,)
            assert f'"{tried[0]}"' in text, command.id


async def test_the_hint_of_the_line_for_the_target_is_whole(tmp_path: Path) -> None:
    for size, hint in (((120, 40), "a person, a company or a topic"), ((40, 12), "anybody, anything")):
        with case(size):
            folder = tmp_path / f"{size[0]}"
            folder.mkdir()
            async with planner(folder, introducing, size=size) as see:
                await see.press("5")
                see.sees(hint)
                for see.app.theme in (DARK, LIGHT):
                    await see.idle()
                    style = see.app.screen.query_one("#reach-input").get_component_rich_style("input--placeholder")
                    assert style.color is not None
                    assert style.bgcolor is not None
                    ink, page = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
                    assert contrast(ink, page) >= TEXT_CONTRAST, see.app.theme


async def test_a_click_moves_the_cursor_and_a_second_one_opens(tmp_path: Path) -> None:
    async with planner(tmp_path, introducing) as see:
        await see.press("5")
        listed = see.app.screen.query_one(ReachList)
        there = [place for place in range(listed.total) if (row := listed.row_at(place)) and row.selectable]
        assert listed.cursor == there[0]
        await see.pilot.click(ReachList, offset=(8, there[1]))
        await see.idle()
        assert listed.cursor == there[1]
        assert see.app.screen is listed.screen
