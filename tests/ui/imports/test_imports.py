"""Bringing in a file in words: choosing it, the preview, columns by hand, stopping, and what comes after."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from planner.core.matching.recognition import Likeness
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.exporting import Exports
from planner.ui.agenda.welcome_screen import WelcomeScreen
from planner.ui.imports.columns_screen import ColumnsScreen
from planner.ui.imports.path_completion import common_beginning, completions, files_nearby
from planner.ui.imports.screen import ImportScreen
from planner.ui.review.newcomers_screen import NewcomersScreen
from planner.ui.review.pairs_screen import PairsScreen
from tests.cases import PATIENCE, case
from tests.ui.words import Words, contact_count, planner

BOOK = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nUID:{name}\r\nCATEGORIES:{circle}\r\nEND:VCARD\r\n"
    for name, circle in [(f"Person {number:02}", "work" if number % 3 else "climbing") for number in range(12)]
)
BROKEN = "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:+33612345678\r\nEND:VCARD\r\n"
TABLE = "Wer;Erreichbar;Wo\nHanna Weiß;hanna@weiss.example;Verein Nord\nJonas Kern;jonas@kern.example;Verein Süd\n"
BEN = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Silva\r\nUID:ben\r\nEMAIL:ana@silva.example\r\nEND:VCARD\r\n"
SIZES = [(120, 40), (80, 24), (40, 12), (10, 4), (1, 1)]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, where files are looked for."""
    found = tmp_path / "me"
    found.mkdir()
    monkeypatch.setenv("HOME", str(found))
    monkeypatch.chdir(found)
    return found


def book(folder: Path, text: str = BOOK + BROKEN) -> Path:
    """An address book in a folder."""
    path = folder / "people.vcf"
    path.write_text(text)
    return path


def known(desk: Desk) -> None:
    desk.people.add(ContactDraft(name="Ana Silva", emails=("ana@silva.example",)))


def screen(see: Words) -> ImportScreen:
    found = see.app.screen
    assert isinstance(found, ImportScreen), see.text
    return found


async def type_path(see: Words, path: Path) -> None:
    """Put a path into the line, as pasting does."""
    screen(see).entry.value = str(path)
    await see.idle()


async def bring_in(see: Words, path: Path, *then: str) -> None:
    """Look into a file, and press the keys that follow."""
    await see.press("less_than_sign")
    await type_path(see, path)
    await see.press("enter", *then)


# The whole way


async def test_the_first_five_minutes_end_with_a_rhythm_for_everyone(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        see.sees("12  new", "1  could not be read", "vCards", "people.vcf", "Person 00  ·  Person 01")
        see.sees("people.vcf, line", "no name", "who has none is not due until you say so")
        assert await contact_count(see) == 0
        await see.press("enter")
        see.sees("They are in", "12  new", "takes it all back")
        await see.press("enter")
        see.sees("0 of 12 said", "Person 00")
        await see.press("b")
        see.sees("12 people wait", "work 8", "climbing 4", "others 0", "no rhythm")
        await see.type("4w")
        see.sees("every 4 weeks", "contacts a week")
        await see.press("tab")
        await see.type("12w")
        await see.press("ctrl+s")
        see.sees("12 people have a rhythm now")
        await see.press("escape")
        assert not isinstance(see.app.screen, WelcomeScreen)
        page = await see.ask(lambda desk: desk.reading.contacts("rhythm:none"))
        assert page.total == 0
        # First turns are spread: no day floods.
        page = await see.ask(lambda desk: desk.reading.contacts(""))
        assert len({row.due for row in page.rows}) > 6


async def test_what_stays_empty_by_circle_has_no_rhythm(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path, "enter", "enter", "b", "ctrl+s")
        see.sees("0 of 12 said")
        assert (await see.ask(lambda desk: desk.reading.contacts("rhythm:none"))).total == 12


async def test_a_doubt_is_looked_at_before_the_newcomers(tmp_path: Path) -> None:
    path = book(tmp_path, BEN + BOOK)
    async with planner(tmp_path / "home", known) as see:
        await see.press("2", "less_than_sign")
        await type_path(see, path)
        await see.press("enter")
        see.sees("1  of the new to review")
        await see.press("enter")
        see.sees("1 to look at side by side")
        await see.press("enter")
        assert isinstance(see.app.screen, PairsScreen)
        see.sees("1 of 1", "same e-mail, other name", "✓ Ana Silva", "Ben Silva")
        await see.press("x")
        see.sees("That was every pair")
        await see.press("q")
        assert isinstance(see.app.screen, NewcomersScreen)
        see.sees("0 of 13 said", "Ben Silva")
        await see.press("q")
        see.sees("13 people wait without a rhythm", "Ana Silva")
        # The same file again asks about nobody.
        await bring_in(see, path)
        see.sees("There is nothing to bring in", "13  here already")
        assert (await see.ask(lambda desk: desk.review.pairs())).total == 0


async def test_a_circle_and_a_rhythm_for_everyone_new(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path, "c")
        await see.type("club")
        await see.press("enter", "r")
        await see.type("1w")
        await see.press("enter")
        see.sees("circle  club", "rhythm  weekly", "asks for about 12 a week; your days have room for 35")
        await see.press("enter", "enter")
        page = await see.ask(lambda desk: desk.reading.contacts("circle:club rhythm:own"))
        assert page.total == 12
        see.sees("✓ 12 new")
        see.sees_not("Nobody waits for a word")


async def test_u_takes_the_whole_import_back(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path, "enter", "u")
        assert await contact_count(see) == 0
        assert isinstance(see.app.screen, WelcomeScreen)
        see.sees("Took back")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_the_preview_can_be_left_and_nothing_is_written(tmp_path: Path, key: str) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path, key)
        assert isinstance(see.app.screen, WelcomeScreen)
        assert await contact_count(see) == 0


async def test_escape_stops_an_import_and_nothing_of_it_stays(tmp_path: Path) -> None:
    cards = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person {number}\r\nEND:VCARD\r\n" for number in range(3000))
    path = book(tmp_path, cards)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        # The database is held up, so that the import is under way for as long as the test likes.
        held = Event()
        see.app.gateway.submit(lambda desk: held.wait(PATIENCE))
        await see.pilot.press("enter")
        assert screen(see).step == "writing"
        await see.pilot.press("enter")
        await see.pilot.pause()
        see.sees("esc stops it")
        await see.pilot.press("escape")
        held.set()
        await see.idle()
        see.sees("Stopped: nothing of it was kept")
        assert await contact_count(see) == 0
        assert await see.ask(lambda desk: desk.review.newcomer_ids()) == []


# Which file


async def test_files_nearby_are_listed_and_the_last_folder_is_remembered(tmp_path: Path, home: Path) -> None:
    (home / "Downloads").mkdir()
    book(home / "Downloads")
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "club.csv").write_text("Name,E-mail\nAna Silva,ana@silva.example\n")
    noon = datetime(2026, 11, 23, 12).timestamp()
    os.utime(home / "Downloads" / "people.vcf", (noon, noon))
    async with planner(tmp_path / "home") as see:
        await see.press("less_than_sign")
        see.sees("people.vcf", "~/Downloads", "today")
        see.sees_not("club.csv")
        await type_path(see, other / "club.csv")
        await see.press("enter")
        see.sees("1  new")
        await see.press("escape", "less_than_sign")
        see.sees("club.csv", "people.vcf")
        rows = [see.screen.index(see.line_of(name)) for name in ("people.vcf", "club.csv")]
        await see.press("down" if rows[0] < rows[1] else "up", "enter")
        see.sees("1  new")


async def test_a_folder_is_gone_into_and_a_file_chosen_with_the_arrows(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    book(tmp_path / "books")
    async with planner(tmp_path / "home", size=(160, 40)) as see:
        await see.press("less_than_sign")
        await type_path(see, tmp_path / "boo")
        see.sees("books/")
        await see.press("enter")
        see.sees("people.vcf")
        await see.press("down", "up", "enter")
        see.sees("12  new")


async def test_another_file_can_be_chosen_after_the_preview(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home", size=(200, 40)) as see:
        await bring_in(see, path, "e")
        see.sees(str(path), "Which file?")


async def test_a_file_that_cannot_be_read_is_named_and_stays_typed(tmp_path: Path) -> None:
    async with planner(tmp_path / "home", size=(200, 40)) as see:
        await bring_in(see, tmp_path / "nothing.vcf")
        see.sees("nothing.vcf does not exist", "Which file?")
        assert screen(see).step == "path"


async def test_tab_completes_the_path(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home", size=(200, 40)) as see:
        await see.press("less_than_sign")
        await type_path(see, tmp_path / "peo")
        see.sees("people.vcf")
        await see.press("tab")
        assert screen(see).entry.value == str(path)


async def test_a_key_that_cannot_act_says_why(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path, "m")
        see.sees("Only a table has columns to match")
        await see.press("enter", "c")
        see.sees("They are in; u takes them back")


def test_completions_are_folders_and_address_books(tmp_path: Path) -> None:
    for name in ("ana.vcf", "anna.csv", "annual.txt", ".hidden.vcf"):
        (tmp_path / name).write_text("")
    (tmp_path / "another").mkdir()
    found = completions(f"{tmp_path}/an")
    assert [one.removeprefix(f"{tmp_path}/") for one in found] == ["ana.vcf", "anna.csv", "another/"]
    assert common_beginning(f"{tmp_path}/a", found) == f"{tmp_path}/an"
    assert completions(f"{tmp_path}/nowhere/x") == ()
    assert all(".hidden" not in one for one in completions(f"{tmp_path}/"))


def test_nearby_are_books_and_tables_of_people_and_in_the_last_folder_every_table(tmp_path: Path, home: Path) -> None:
    for name in ("book.vcf", "Connections.csv", "invoices.csv", "linkedin-export.zip", "notes.txt"):
        (home / name).write_text("")
    (tmp_path / "accounts.csv").write_text("")
    assert {one.path for one in files_nearby()} == {"~/book.vcf", "~/Connections.csv", "~/linkedin-export.zip"}
    assert str(tmp_path / "accounts.csv") in {one.path for one in files_nearby(str(tmp_path))}
    assert files_nearby(str(tmp_path / "gone"))


# Columns by hand


async def test_an_unknown_table_is_matched_by_hand_with_one_key_a_column(tmp_path: Path) -> None:
    path = tmp_path / "club.csv"
    path.write_text(TABLE, encoding="utf-8")
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        assert isinstance(see.app.screen, ColumnsScreen)
        await see.press("x", "x", "home")
        see.sees("0 of 3 are taken", "which one holds the name", "Hanna Weiß  ·  Jonas Kern")
        await see.press("enter")
        see.sees("Say first which column holds the name")
        await see.press("n", "e", "f")
        await see.type("cir")
        see.sees("Circles")
        await see.press("enter")
        see.sees("3 of 3 are taken")
        assert "Full name" in see.line_of("Wer")
        await see.press("enter")
        see.sees("2  new", "Hanna Weiß  ·  Jonas Kern")
        await see.press("m")
        assert "E-mail" in see.line_of("Erreichbar")
        await see.press("end", "x")
        see.sees("2 of 3 are taken")
        await see.press("enter", "enter")
        page = await see.ask(lambda desk: desk.reading.contacts("hanna"))
        assert (page.rows[0].name, page.rows[0].circles) == ("Hanna Weiß", ())


async def test_a_table_in_any_language_needs_enter_alone(tmp_path: Path) -> None:
    path = tmp_path / "club.csv"
    path.write_text(TABLE, encoding="utf-8")
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        see.sees("2 of 3 are taken, 2 by a guess")
        assert "E-mail, a guess" in see.line_of("Erreichbar")
        assert "left out" in see.line_of("Verein")
        await see.press("enter")
        see.sees("2  new", "Hanna Weiß  ·  Jonas Kern")
        await see.press("enter")
        page = await see.ask(lambda desk: desk.reading.contacts("hanna"))
        card = await see.ask(lambda desk: desk.reading.card(page.rows[0].id))
        assert [one.value for one in card.contact.emails] == ["hanna@weiss.example"]


async def test_the_meaning_can_be_stepped_through_and_left(tmp_path: Path) -> None:
    path = tmp_path / "club.csv"
    path.write_text(TABLE, encoding="utf-8")
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        assert "Full name, a guess" in see.line_of("Wer")
        await see.press("left", "right")
        assert "a guess" not in see.line_of("Wer")
        assert "Full name" in see.line_of("Wer")
        await see.press("space")
        assert "First name" in see.line_of("Wer")
        await see.press("left", "left")
        assert "left out" in see.line_of("Wer")
        await see.press("escape")
        assert screen(see).step == "path"
        assert screen(see).entry.value == str(path)


# Every size


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_what_it_can(tmp_path: Path, size: tuple[int, int]) -> None:
    path = book(tmp_path, BEN + BOOK + BROKEN)
    table = tmp_path / "club.csv"
    table.write_text(TABLE, encoding="utf-8")
    async with planner(tmp_path / "home", known, size=size) as see:
        await see.press("2", "less_than_sign", "down")
        await type_path(see, path)
        await see.press("enter", "enter", "enter")
        if size[0] >= 40:
            see.sees("1 of 1", "Ben Silva")
        await see.press("escape", "escape", "less_than_sign")
        await type_path(see, table)
        await see.press("enter", "n")
        if size[0] >= 40:
            see.sees("2 of 3 are taken" if size[0] > 40 else "What do the columns mean?")
        await see.press("enter", "enter", "enter", "escape")
        assert await contact_count(see) == 16


async def test_hostile_files_are_shown_harmlessly(tmp_path: Path) -> None:
    path = tmp_path / "[b]x\x1b[31m.csv"
    path.write_text("A[b];\x1b]0;title\x07\nBob \x1b[31mred;[@click=app.quit]x[/]\n", encoding="utf-8")
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        assert isinstance(see.app.screen, ColumnsScreen)
        see.sees("A[b]", "[@click=app.quit]x[/]")
        assert "\x1b" not in see.text
        await see.press("n", "enter")
        see.sees("1  new")
        assert "\x1b" not in see.text


def test_every_reason_has_words() -> None:
    assert all(one.words for one in Likeness)


async def test_a_whole_planner_is_taken_into_an_empty_one_and_refused_by_any_other(tmp_path: Path) -> None:
    file = tmp_path / "planner.json"

    def give_out(desk: Desk) -> None:
        known(desk)
        desk.interactions.log([1], note="coffee")
        file.write_bytes(b"".join(Exports(desk.exports).everything()[1]))

    async with planner(tmp_path / "first", give_out) as see:
        await see.press("2", "less_than_sign")
        await type_path(see, file)
        await see.press("enter")
        see.sees("a whole planner")
    async with planner(tmp_path / "second") as see:
        await bring_in(see, file)
        see.sees("a whole planner", "planner.json", "1  new", "with its own circles and rhythms")
        see.sees_not("who has none is not due until you say so")
        for key in ("c", "r"):
            await see.press(key)
            see.sees("A whole planner comes back as it was")
        assert await contact_count(see) == 0
        await see.press("enter")
        see.sees_not("how often to be in touch")
        card = await see.ask(lambda desk: desk.reading.card(1))
        assert (card.contact.name, card.interactions[0].note) == ("Ana Silva", "coffee")
    async with planner(tmp_path / "third", lambda desk: desk.people.add(ContactDraft(name="Ben"))) as see:
        await see.press("2", "less_than_sign")
        await type_path(see, file)
        await see.press("enter")
        see.sees("into an empty one only")


# Letters


async def test_letters_are_guessed_shown_and_said_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("Name,Email\nИван Петров,ivan@x.example\nМария Кузнецова,maria@x.example\n".encode("koi8-r"))
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        see.sees("guessed encoding", "Иван Петров", "letters")
        await see.press("E")
        see.sees("Letters, now Cyrillic (KOI8-R)")
        await see.press("ctrl+u")
        await see.type("cp1251")
        see.sees("Cyrillic (Windows-1251):  йЧБО рЕФТПЧ")
        await see.press("enter")
        see.sees("A preview", "йЧБО рЕФТПЧ")
        see.sees_not("guessed encoding")
        await see.press("E", "ctrl+u")
        await see.type("klingon")
        see.sees("No encoding begins with")
        await see.press("ctrl+u")
        await see.type("koi")
        await see.press("enter", "enter")
        see.sees("They are in", "2  new")
        assert (await see.ask(lambda desk: desk.reading.contacts("Иван"))).total == 1


async def test_letters_that_leave_nothing_open_are_not_asked_about(tmp_path: Path) -> None:
    path = book(tmp_path)
    async with planner(tmp_path / "home") as see:
        await bring_in(see, path)
        see.sees_not("letters")
        await see.press("E")
        see.sees("Its letters leave nothing open")


async def test_each_step_offers_its_own_keys_and_says_why_others_do_not_act(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name,E-mail\n" + "".join(f"Person {n:02},p{n}@x.example\n" for n in range(12)))
    async with planner(tmp_path / "home", size=(80, 24)) as see:
        await see.press("less_than_sign")
        see.sees("Which file?", "tab complete", "esc leave")
        assert "rhythm" not in see.screen[-1]
        await see.type(str(tmp_path / "nowhere"))
        see.sees("no file begins like this")
        await see.press(*["backspace"] * 7)
        see.sees_not("no file begins like this")
        await see.type("people.csv")
        await see.press("enter")
        see.sees("A preview; nothing is written yet", "12  new", "and 4 more", "r rhythm", "esc leave")
        assert "undo" not in see.screen[-1]
        await see.press("u")
        see.sees("Nothing is brought in yet")
        await see.press("enter")
        see.sees("They are in", "u undo", "esc leave")
        assert "rhythm" not in see.screen[-1]
        for key in ("m", "c", "r", "e"):
            with case(key):
                await see.press(key)
                see.sees("They are in; u takes them back")


async def test_a_low_screen_shows_what_everyone_new_gets(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("Name,E-mail\nAna Silva,ana@x.example\n,\n")
    async with planner(tmp_path / "home", size=(40, 12)) as see:
        await see.press("less_than_sign")
        see.sees("type a path, or choose below")
        await see.type(str(table))
        await see.press("enter")
        see.sees("A preview; nothing is written yet")
        await see.press("r", *"12w", "enter")
        see.sees("1  new", "circle  none", "rhythm  every 12 weeks")
        await see.press("enter")
        see.sees("They are in", "enter")
