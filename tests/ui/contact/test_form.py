"""The form in words: what is typed, what it says meanwhile, and what is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.core.model import Contact
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.contact.fields import FIELDS
from planner.ui.contact.form_screen import ContactForm
from tests.ui.words import Words, planner


def ana(desk: Desk) -> None:
    """One person, and two circles."""
    desk.people.add(
        ContactDraft(name="Ana Silva", company="Port of Lyon", city="Lyon", circles=("work", "climbing"), cadence="4w",
                     since=date(2026, 11, 1), notes="met at the fair"),
    )  # fmt: skip


async def into(see: Words, field: str, text: str) -> None:
    """Replace what stands in a field by typing."""
    form = see.app.screen
    assert isinstance(form, ContactForm)
    line = form.field(field).input
    line.focus()
    await see.pilot.press(*["backspace"] * len(line.value))
    await see.type(text)


async def contact(see: Words, key: int) -> Contact:
    """A contact as the desk has it."""
    card = await see.ask(lambda desk: desk.reading.card(key))
    found: Contact = card.contact
    return found


async def test_n_adds_someone_from_a_form_filled_with_tab_and_enter(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "plus")
        see.sees("Someone new", "name", "circles", "rhythm", "birthday", "looking for")
        await see.type("Ben Okri")
        await see.press("tab")
        await see.type("Ligne Verte")
        await see.press("enter")
        await see.type("Referrals")
        await see.press("ctrl+s")
        see.sees("Added Ben Okri; r gives a rhythm", "Ligne Verte")
        ben = await contact(see, 2)
        assert (ben.name, ben.company, ben.title) == ("Ben Okri", "Ligne Verte", "Referrals")
        await see.press("u")
        see.sees("1 person")


async def test_every_field_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "plus")
        for field, text in (
            ("name", "Zoë Ångström"), ("company", "Kiosk"), ("title", "Owner"), ("city", "Malmö"),
            ("circles", "work, family"), ("emails", "zoe@kiosk.example, z@home.example"),
            ("phones", "+46 70 123 45 67"), ("urls", "https://kiosk.example"),
            ("chats", "xmpp:zo@kiosk.example"), ("streets", "Kai 1, 21119 Malmö; Torg 2, Lund"), ("cadence", "2w/3w"),
            ("since", "1 nov"), ("birthday", "29 feb 1992"), ("mode", "o"),
            ("language", "sv"), ("tone", "formal"), ("looking_for", "a van"),
            ("offers", "coffee"), ("nickname", "Zo"), (list(FIELDS)[-1], ""),
        ):  # fmt: skip
            await into(see, field, text)
        see.sees("every 2–3 weeks", "Sun 1 Nov 2026", "29 February 1992", "only when there is a reason", "new: family")
        await see.press("enter")
        zoe = await contact(see, 2)
        assert (zoe.name, zoe.title, zoe.city) == ("Zoë Ångström", "Owner", "Malmö")
        assert zoe.circles == ("family", "work")
        assert [cell.value for cell in zoe.emails] == ["zoe@kiosk.example", "z@home.example"]
        assert [cell.value for cell in zoe.chats] == ["xmpp:zo@kiosk.example"]
        assert [cell.value for cell in zoe.streets] == [";;Kai 1, 21119 Malmö", ";;Torg 2, Lund"]
        assert (zoe.cadence, zoe.cadence_since) == ("2w/3w", date(2026, 11, 1))
        assert [(one.month, one.day, one.year) for one in zoe.dates] == [(2, 29, 1992)]
        assert (zoe.language, zoe.tone, zoe.nickname) == ("sv", "formal", "Zo")
        assert (zoe.mode, zoe.looking_for, zoe.offers) == ("occasion", "a van", "coffee")
        assert zoe.phones
        assert zoe.urls


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("cadence", "4q", "is not a rhythm I know"),
        ("cadence", "6w/4w", "is shorter than the ideal"),
        ("emails", "ana at port", "is not an e-mail address"),
        ("phones", "none", "is not a phone number"),
        ("birthday", "31 feb", "February has no day 31"),
        ("since", "never", "is not a date I know"),
        ("mode", "x", "Use rhythm, occasion or never"),
    ],
)
async def test_what_cannot_be_is_said_at_the_field_and_not_saved(
    tmp_path: Path, field: str, text: str, words: str
) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "plus")
        await see.type("Ben Okri")
        await into(see, field, text)
        see.sees(words)
        await see.press("ctrl+s")
        assert isinstance(see.app.screen, ContactForm)
        see.sees(text, "Ben Okri")
        assert (await see.ask(lambda desk: desk.reading.contacts(""))).total == 1


async def test_a_name_is_needed_and_a_namesake_is_mentioned(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "plus", "ctrl+s")
        see.sees("A contact needs a name")
        await see.type("ana silva")
        see.sees("Ana Silva is here already")


async def test_circles_are_completed(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "plus")
        await see.type("Ben Okri")
        await into(see, "circles", "work, cli")
        await see.press("right", "ctrl+s")
        assert (await contact(see, 2)).circles == ("climbing", "work")


async def test_e_edits_only_what_was_changed_and_u_takes_it_back(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e")
        see.sees("Edit Ana Silva", "Port of Lyon", "4w", "every 4 weeks", "met at the fair")
        await into(see, "city", "Porto")
        await into(see, "cadence", "6w")
        await see.press("ctrl+s")
        ana_now = await contact(see, 1)
        assert (ana_now.city, ana_now.cadence, ana_now.company) == ("Porto", "6w", "Port of Lyon")
        see.sees("Saved Ana Silva")
        await see.press("u")
        assert (await contact(see, 1)).city == "Lyon"


async def test_the_day_a_rhythm_began_can_be_changed_alone(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e")
        await into(see, "since", "2026-09-01")
        await see.press("ctrl+s")
        ana_now = await contact(see, 1)
        assert (ana_now.cadence, ana_now.cadence_since) == ("4w", date(2026, 9, 1))


async def test_notes_have_several_lines(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e")
        see.app.screen.query_one("#notes").focus()
        await see.press("end", "enter")
        await see.type("likes tea")
        await see.press("ctrl+s")
        assert (await contact(see, 1)).notes == "met at the fair\nlikes tea"


async def test_escape_leaves_at_once_when_nothing_was_typed_and_asks_otherwise(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e", "escape")
        assert not isinstance(see.app.screen, ContactForm)
        await see.press("e")
        await into(see, "city", "Porto")
        await see.press("escape")
        see.sees("Leave without saving?", "1 field changed: city")
        await see.press("k")
        see.sees("Porto")
        await see.press("escape", "d")
        assert (await contact(see, 1)).city == "Lyon"
        await see.press("e")
        await into(see, "city", "Porto")
        await see.press("escape", "s")
        assert (await contact(see, 1)).city == "Porto"


@pytest.mark.parametrize(("key", "city"), [("m", "Porto"), ("t", "Paris")])
async def test_both_texts_are_shown_when_someone_else_changed_the_field(tmp_path: Path, key: str, city: str) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e")
        await into(see, "city", "Porto")
        await into(see, "title", "Product lead")
        await see.ask(lambda desk: desk.people.edit(1, ContactDraft(city="Paris", company="SNCF")))
        await see.press("ctrl+s")
        see.sees("City was changed elsewhere meanwhile", "mine", "Porto", "theirs", "Paris")
        await see.press(key)
        now = await contact(see, 1)
        assert (now.city, now.title, now.company) == (city, "Product lead", "SNCF")
        see.sees("Saved Ana Silva")


async def test_leaving_the_choice_keeps_everything_that_was_typed(tmp_path: Path) -> None:
    async with planner(tmp_path, ana) as see:
        await see.press("2", "e")
        await into(see, "city", "Porto")
        await see.ask(lambda desk: desk.people.edit(1, ContactDraft(city="Paris")))
        await see.press("ctrl+s", "escape")
        see.sees("Porto", "Not saved yet")
        assert (await contact(see, 1)).city == "Paris"


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (12, 5), (1, 1)])
async def test_every_size_can_be_typed_in(tmp_path: Path, size: tuple[int, int]) -> None:
    async with planner(tmp_path, ana, size=size) as see:
        await see.press("2", "plus")
        await see.type("Ben Okri")
        if size[0] >= 40:
            see.sees("Someone new", "Ben Okri")
        await into(see, "cadence", "4q")
        if size == (40, 12):
            see.sees("is not a rhythm")
        await into(see, "cadence", "4w")
        await see.press("ctrl+s")
        assert (await contact(see, 2)).cadence == "4w"
