"""The card beside a list, in the places that have one."""

from __future__ import annotations

from pathlib import Path

from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.ui.places.look_list import LookList
from planner.ui.widgets.lines_view import LinesView
from tests.ui.words import planner


def two_people(desk: Desk) -> None:
    """Ana and Ben: each asked for something, and each knows Carl."""
    for name in ("Ana Silva", "Ben Okri"):
        key = desk.people.add(ContactDraft(name=name, city=f"City of {name}", mode="occasion")).id
        desk.favors.enter("asked", [key], kind="advice", note=f"{name} asks")
        desk.network.knows(key, "Carl Stone")


async def test_a_person_who_is_gone_before_the_card_is_read_leaves_nothing_beside_the_list(tmp_path: Path) -> None:
    reach = ("5", "slash", "C", "a", "r", "l", "enter")
    for keys, card in ((("1", "home"), "#card"), (("3",), "#ledger-card"), (reach, "#reach-card")):
        async with planner(tmp_path / card[1:], two_people, size=(140, 40)) as see:
            await see.press(*keys)
            listed = see.app.screen.query_one(LookList)
            view = see.app.screen.query_one(card, LinesView)
            assert "City of Ana Silva" in view.text, card
            # Another session makes one person of the two; the place has not read that yet.
            await see.ask(lambda desk: desk.people.merge(1, 2))
            before = listed.cursor
            await see.press("down")
            assert listed.cursor > before, card
            assert view.text.strip() == "", card
