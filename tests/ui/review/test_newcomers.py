"""The newcomers: one key for each answer, an answer for many at once, and the way back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from planner.config import Config
from planner.core.model import Cell
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.contact.screen import ContactScreen
from planner.ui.contacts.screen import ContactsScreen
from planner.ui.review.newcomers_screen import NewcomersScreen
from tests.cases import case
from tests.desk.test_imports import crowd, person, take
from tests.ui.words import TODAY, Words, planner

SIZES = [(120, 40), (80, 24), (40, 12), (12, 4), (1, 1)]


def some(desk: Desk) -> None:
    desk.people.add(ContactDraft(name="Typed Herself"))
    take(
        desk,
        [
            person("Ana Silva", "vcard:1", "ana@x.example", company="Port", title="Lead", circles=("work",)),
            person("Ben Okri", "vcard:2", "ben@x.example", company="Quay"),
            person("Cy Young", "vcard:3", "cy@x.example", phones=(Cell("+33612345678"),), city="Lyon"),
            person("Dora Lind", "vcard:4"),
            person("Eva Stone", "vcard:5"),
        ],
    )


def shown(see: Words) -> list[str]:
    """The names of the list, from the top."""
    found = see.app.screen
    assert isinstance(found, NewcomersScreen)
    return [row.data.name for row in map(found.list.row_at, range(found.list.total)) if row is not None]  # type: ignore[attr-defined]


async def mode_and_cadence(see: Words, name: str) -> tuple[str, str | None]:
    key = await see.ask(lambda desk: desk.people.find(name))
    contact = (await see.ask(lambda desk: desk.reading.card(key))).contact
    return str(contact.mode), contact.cadence


async def test_one_key_a_person_and_the_next_one_is_there(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        assert shown(see) == ["Cy Young", "Ana Silva", "Ben Okri", "Dora Lind", "Eva Stone"]
        see.sees("0 of 5 said", "Lead, Port", "mail phone", "Lyon")
        see.sees_not("Typed Herself")
        await see.press("m", "t", "o", "x", "n")
        see.sees("5 of 5 said", "✓ monthly", "✓ every 3 months", "✓ on occasion", "✓ never", "✓ left as it is")
        assert await mode_and_cadence(see, "Cy Young") == ("rhythm", "1m")
        assert await mode_and_cadence(see, "Ana Silva") == ("rhythm", "3m")
        assert await mode_and_cadence(see, "Ben Okri") == ("occasion", None)
        assert await mode_and_cadence(see, "Dora Lind") == ("never", None)
        await see.press("u", "u")
        see.sees("3 of 5 said", "✓ on occasion")
        see.sees_not("✓ never")


async def test_leaving_leaves_and_names_whom_to_ask_what_they_look_for(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        # Keys behind escape are meant for the contacts: no line that opened by itself takes them.
        see.send("o", "m", "w", "escape", "home", "down")
        await see.idle()
        assert isinstance(see.app.screen, ContactsScreen)
        see.sees("2 people wait without a rhythm", "What is Ana Silva looking for? a writes it down")
        under_cursor = next(line for line in see.screen if line.startswith("▌"))
        assert "Ben Okri" in under_cursor
        # Nobody got a rhythm.
        await see.command("newcomers")
        await see.press("o", "escape")
        see.sees_not("looking for?")


async def test_nobody_is_asked_about_where_the_configuration_says_so(tmp_path: Path) -> None:
    async with planner(tmp_path, some, config=Config(ask_wishes=False)) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("m", "escape")
        assert isinstance(see.app.screen, ContactsScreen)
        see.sees_not("looking for?")


async def test_keys_pressed_in_a_row_mean_one_person_after_the_other(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.pilot.press("m", "w", "down", "y")
        await see.idle()
        names = ("Cy Young", "Ana Silva", "Ben Okri", "Dora Lind")
        assert [(await mode_and_cadence(see, name))[1] for name in names] == ["1m", "1w", None, "1y"]


@pytest.mark.parametrize(("key", "cadence"), [("w", "1w"), ("m", "1m"), ("t", "3m"), ("h", "6m"), ("y", "1y")])
async def test_each_rhythm_has_its_key(tmp_path: Path, key: str, cadence: str) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press(key)
        assert await mode_and_cadence(see, "Cy Young") == ("rhythm", cadence)
        see.sees("1 of 5 said")


async def test_a_rhythm_and_a_circle_can_be_typed_and_a_wrong_one_says_so(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("r")
        await see.type("4w/6w")
        await see.press("enter")
        assert await mode_and_cadence(see, "Cy Young") == ("rhythm", "4w/6w")
        await see.press("c")
        await see.type("climbing")
        await see.press("enter")
        see.sees("2 of 5 said", "climbing")
        await see.press("r")
        await see.type("sometimes")
        await see.press("enter")
        see.sees("2 of 5 said", "sometimes")
        await see.press("escape")
        assert await mode_and_cadence(see, "Ben Okri") == ("rhythm", None)


async def test_the_marked_ones_and_all_that_are_filtered_are_meant_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(desk: Desk) -> None:
        some(desk)
        take(desk, crowd(300))

    async with planner(tmp_path, many) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("space", "space")
        see.sees("2 marked")
        await see.press("o")
        see.sees("2 of 305 said", ": on occasion")
        await see.press("asterisk")
        see.sees("303 marked")
        await see.press("asterisk")
        see.sees_not("marked")
        await see.press("slash")
        await see.type("person 005")
        await see.press("enter")
        see.sees("11 hold “person 005”")
        await see.press("asterisk")
        see.sees("11 marked")
        await see.press("asterisk")
        see.sees_not("marked")
        await see.press("asterisk", "y")
        see.sees("13 of 305 said", "and 9 more: yearly")
        await see.press("escape", "asterisk", "h")
        see.sees("305 of 305 said")
        assert (await see.ask(lambda desk: desk.reading.contacts("rhythm:6m"))).total == 292
        monkeypatch.setattr("planner.ui.session.history.HELD_KEY_SECONDS", 3600)
        await see.press("u", "u", "u")
        see.sees("u again takes it back", "305 of 305 said")
        monkeypatch.setattr("planner.ui.session.history.HELD_KEY_SECONDS", 0)
        await see.press("u")
        see.sees("13 of 305 said")


async def test_the_rhythms_of_circles_and_of_the_others_are_given_in_one_step(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        before = len(await see.ask(lambda desk: desk.keeping.history()))
        await see.press("2")
        await see.command("newcomers")
        await see.press("b")
        see.sees("work 1", "others")
        await see.type("2w")
        await see.press("enter")
        await see.type("4w")
        await see.press("enter")
        see.sees("5 people have a rhythm now")
        assert len(await see.ask(lambda desk: desk.keeping.history())) == before + 1
        assert [(await mode_and_cadence(see, name))[1] for name in ("Ana Silva", "Ben Okri")] == [None, "4w"]
        await see.press("u")
        assert {row.cadence for row in await see.ask(lambda desk: desk.people.circles())} == {None}
        assert (await mode_and_cadence(see, "Ben Okri"))[1] is None


async def test_by_circle_asks_about_those_who_wait_whenever_they_came(tmp_path: Path) -> None:
    def yesterday(desk: Desk) -> None:
        some(desk.on(TODAY - timedelta(days=1)))

    async with planner(tmp_path, yesterday) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("o", "x", "b")
        see.sees("3 people wait", "2 of 5 said")
        await see.press("escape")
        see.sees("they wait as before", "2 of 5 said")
        await see.press("n", "n", "n", "b")
        see.sees("Nobody waits for a word")


async def test_what_was_said_is_never_cut(tmp_path: Path) -> None:
    for size in ((120, 40), (80, 24), (200, 60)):
        with case(size):
            folder = tmp_path / str(size[0])
            folder.mkdir()
            async with planner(folder, some, size=size) as see:
                await see.press("2")
                await see.command("newcomers")
                await see.press("t", "down", "n", "h")
                see.sees("✓ every 3 months", "✓ left as it is", "✓ every 6 months")


async def test_the_cursor_comes_back_to_somebody_about_whom_a_word_is_refused(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        cy, ana = await see.ask(lambda desk: (desk.people.find("Cy Young"), desk.people.find("Ana Silva")))
        await see.ask(lambda desk: desk.people.merge(ana, cy))
        await see.press("m")
        see.sees(f"There is no contact #{cy}")
        assert "Cy Young" in see.line_of("▌")


async def test_the_rest_waits_and_is_found_again(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("m", "q")
        assert isinstance(see.app.screen, ContactsScreen)
        see.sees("4 people wait without a rhythm; in the contacts : “newcomers” comes")
        await see.command("newcomers")
        assert shown(see) == ["Ana Silva", "Ben Okri", "Dora Lind", "Eva Stone"]
        see.sees("1 of 5 said")
        await see.press("slash")
        await see.type("nobody")
        await see.press("enter")
        see.sees("Nobody new holds “nobody”")
        await see.press("escape")
        assert len(shown(see)) == 4
        # A filter that is not taken leaves the list as it was.
        await see.press("slash")
        await see.type("dora")
        assert shown(see) == ["Dora Lind"]
        await see.press("escape")
        assert len(shown(see)) == 4


async def test_enter_opens_the_person_and_comes_back(tmp_path: Path) -> None:
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("down", "enter")
        assert isinstance(see.app.screen, ContactScreen)
        see.sees("Ana Silva", "Port")
        await see.press("escape", "w")
        assert await mode_and_cadence(see, "Ana Silva") == ("rhythm", "1w")


async def test_an_import_that_is_taken_back_leaves_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.ui.session.history.HELD_KEY_SECONDS", 0)
    async with planner(tmp_path, some) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("m", "u", "u")
        see.sees("u again takes it back", "0 of 5 said")
        await see.press("u")
        see.sees("Nobody waits for a word")
        await see.press("m")
        see.sees("Nobody waits for a word")
        await see.press("U")
        await see.press("q")
        await see.command("newcomers")
        assert len(shown(see)) == 5


async def test_an_empty_place_says_what_it_is_for(tmp_path: Path) -> None:
    async with planner(tmp_path, lambda desk: desk.people.add(ContactDraft(name="Ana"))) as see:
        await see.press("2")
        await see.command("newcomers")
        see.sees("Nobody waits for a word", "Who comes with a file stands here", "< in the contacts brings in a file")


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_what_it_can(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, some, size=size) as see:
        await see.press("2")
        await see.command("newcomers")
        if size[0] >= 40:
            see.sees("0 of 5 said", "Cy Young")
        await see.press("m", "space", "b", "escape", "asterisk", "pagedown", "n", "slash", "escape", "q", "escape")
        assert isinstance(see.app.screen, ContactsScreen)
        assert (await see.ask(lambda desk: desk.review.newcomer_count())).said == 5


async def test_hostile_names_are_shown_harmlessly(tmp_path: Path) -> None:
    def hostile(desk: Desk) -> None:
        take(desk, [person("[@click=app.quit]Bob[/] \x1b[31mred", "vcard:1", company="[b]x[/]")])

    async with planner(tmp_path, hostile) as see:
        await see.press("2")
        await see.command("newcomers")
        await see.press("m")
        see.sees("[@click=app.quit]Bob[/]", "[b]x[/]")
        assert "\x1b" not in see.text
