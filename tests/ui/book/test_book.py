"""The address book on the screen: read by itself, counted on the agenda, decided by single keys, left at any time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.core.model import Status
from planner.desk import Desk
from planner.desk.book.asking import ANSWERS, answers_to
from planner.store.book.questions import OpenQuestion
from planner.ui.book.background import BookWatch
from planner.ui.book.book_dialog import KEYS
from tests.desk.book_files import disagreeing_book, sync, write_card
from tests.ui.words import Words, leave_while_it_reads, planner

SIZES = ((120, 40), (80, 24), (40, 12))


def book_of(desk: Desk) -> Path:
    """The folder of a planner's address book."""
    return desk.store.path.parent / "book"


def disagreeing(desk: Desk) -> None:
    disagreeing_book(desk, book_of(desk))


async def emails(see: Words, name: str) -> list[str]:
    key = await see.ask(lambda desk: desk.people.find(name))
    return [one.value for one in (await see.ask(lambda desk: desk.reading.card(key))).contact.emails]


async def test_what_changed_in_a_book_follows_once_the_planner_is_open_and_is_taken_back_by_one_key(
    tmp_path: Path,
) -> None:
    async with planner(tmp_path, disagreeing) as see:
        await see.until("Address book: 1 changed, 2 gone, 1 to decide", "3 to decide about your address book")
        await see.press("u")
        see.sees("Took back")
        see.sees_not("to decide about")
        await BookWatch(see.app).look()
        see.sees_not("to decide about")
        # A person who asks is asked whether the cards are read again; the answer reads them.
        await see.press("B")
        await see.until("were read, and that was undone", "a reads them again")
        await see.press("a")
        await see.until("3 to decide, 1 new or changed", "Ana Silva")


async def test_each_answer_is_a_key_and_the_next_question_has_its_place(tmp_path: Path) -> None:
    for size in SIZES:
        async with planner(tmp_path / str(size[0]), disagreeing, size=size) as see:
            await see.until("3 to decide")
            await see.press("home", "x")
            await see.until("This is to be decided")
            await see.press("enter")
            await see.until("Ana Silva", "there ana@new.example", "here  ana@third.example", "t takes theirs")
            await see.press("x")
            see.sees("t takes theirs")
            await see.press("t")
            await see.until("2 to decide", "Cy Young", "x archives", "X M L for all 2")
            assert await emails(see, "Ana Silva") == ["ana@new.example"]
            await see.press("X")
            await see.until("1 new or changed", "enter opens")
            assert {
                (await see.ask(lambda desk, name=name: desk.reading.card(desk.people.find(name)))).contact.status
                for name in ("Cy Young", "Dora Lind")
            } == {Status.ARCHIVED}
            await see.press("escape", "u")
            await see.until("2 to decide")
            await see.press("home", "enter", "down", "down", "enter")
            await see.until("Ben Okri", "+4790000002")
            see.sees_not("to decide")


async def test_the_page_of_a_person_reads_the_book_and_shows_their_question_first(tmp_path: Path) -> None:
    def synced(desk: Desk) -> None:
        disagreeing(desk)
        sync(desk)
        write_card(book_of(desk), "Eva Stone", "NOTE:met in Paris")

    async with planner(tmp_path, synced) as see:
        see.app.open_contact(await see.ask(lambda desk: desk.people.find("Dora Lind")))
        await see.idle()
        await see.press("B")
        await see.until("Dora Lind", "Eva Stone", "x archives", "Address book: 3 to decide, 1 new")
        await see.press("l")
        await see.until("2 to decide")


async def test_whoever_has_no_book_is_asked_for_one_and_a_path_that_is_none_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    write_card(folder, "Ana Silva", "EMAIL:ana@old.example")
    async with planner(tmp_path, lambda desk: None) as see:
        await see.press("2")
        await see.command("address book")
        await see.type(str(tmp_path / "nowhere"))
        await see.press("enter")
        see.sees("nowhere")
        await see.press("ctrl+u")
        await see.type(str(folder))
        await see.press("enter")
        await see.until("1 new or changed", "Ana Silva")


async def test_the_list_may_be_left_while_it_is_read(tmp_path: Path) -> None:
    def synced(desk: Desk) -> None:
        disagreeing(desk)
        sync(desk)

    async with planner(tmp_path, synced) as see:
        for keys in (["enter"], ["enter", "t"]):
            await see.press("home", *(keys[:-1]))
            await leave_while_it_reads(see, keys[-1])
            await see.until("to decide about your address book")


async def test_a_book_that_is_gone_is_said_once_and_nobody_is_taken_as_gone(tmp_path: Path) -> None:
    def gone(desk: Desk) -> None:
        disagreeing(desk)
        book_of(desk).rename(tmp_path / "elsewhere")

    async with planner(tmp_path, gone) as see:
        watch = BookWatch(see.app)
        await watch.look()
        see.sees_not("to decide")
        await see.press("2", "B")
        await see.until("cannot be read")


async def test_a_kiosk_reaches_no_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_KIOSK", "1")
    async with planner(tmp_path, disagreeing) as see:
        await see.press("2", "B")
        see.sees("An address book cannot be reached from here")


def test_every_answer_has_a_key_and_no_question_two_answers_of_one() -> None:
    one_field = OpenQuestion(1, None, None, None, "emails", None, None, None, date(2026, 11, 23))
    for answers in (*ANSWERS.values(), answers_to(one_field)):
        assert len({KEYS[one][0] for one in answers}) == len(answers)
