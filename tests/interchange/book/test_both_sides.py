"""A phone and the planner edit one card in any order, syncs break off anywhere: nothing is lost, and both agree."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.book.said import held_of, said_of
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.book.card_edits import edits_of
from planner.interchange.book.card_lines import edited
from planner.interchange.book.content_lines import card_of
from planner.interchange.book.reading import open_book
from planner.interchange.book.sending import CardSender, SentCard
from tests.cases import case
from tests.desk.desks import open_desk
from tests.interchange.helpers import people
from tests.store.stores import assert_sound

STRANGE = "PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG\nX-BOAT;A=b:blue\nitem7.X-WISH:tea\nitem7.X-ABLABEL:Wish\n"
CARD = f"BEGIN:VCARD\nVERSION:3.0\nUID:ana\nFN:Ana Lund\nN:Lund;Ana;;;\n{STRANGE}EMAIL:e0@x.example\nEND:VCARD\n"
FIELDS = ("emails", "phones", "title", "nickname")


class Torn(BaseException):
    """A sync breaks off, as with a kill."""


class TearingSender(CardSender):
    """Writes until it breaks off, before a card is written or right after it."""

    def __init__(self, after: bool) -> None:
        self.after = after

    def edit(
        self, path: str, name: str, digest: str, wanted: Mapping[str, Any], above: int, *, tells: bool, write: bool
    ) -> SentCard:
        if write and not self.after:
            raise Torn
        sent = super().edit(path, name, digest, wanted, above, tells=tells, write=write)
        if write:
            raise Torn
        return sent


class Sides:
    """The card in its folder, as a phone changes it, and the planner."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.path = desk, folder / "ana.vcf"
        self.path.write_text(CARD)
        desk.book.add(str(folder), two_way=True)
        self.sync()
        self.ana = desk.people.find("Ana Lund")

    def sync(self, tear: str = "") -> None:
        with suppress(Torn):
            self.desk.book.sync(open_book, CardSender if not tear else lambda: TearingSender(tear == "after"))

    def card(self) -> dict[str, Any]:
        (person,) = people(self.path.read_bytes())
        return plain(said_of(person))

    def held(self) -> dict[str, Any]:
        return plain(held_of(self.desk.reading.card(self.ana).contact))

    def by_phone(self, name: str, value: Any) -> None:
        data = self.path.read_bytes()
        card = card_of(data, "ana")
        labelled = [[one, ""] for one in value] if isinstance(value, list) else value
        # A phone knows nothing of our numbers, and writes another file.
        new = edited(data, card, edits_of(card, {name: labelled}))
        other = self.path.with_name("phone.tmp")
        other.write_bytes(new)
        other.replace(self.path)

    def here(self, name: str, value: Any) -> None:
        self.desk.people.edit(self.ana, ContactDraft(**{name: tuple(value) if isinstance(value, list) else value}))


def plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field; of lists without their labels, whose order nothing here is about."""
    return {
        name: sorted(one[0] for one in value) if isinstance(value := said.get(name, ""), list) else value
        for name in FIELDS
    }


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["phone", "phone", "here", "here", "sync", "sync", "torn before", "torn after"]),
        st.sampled_from(FIELDS),
        st.sampled_from(["add", "remove", "replace"]),
    ),
    max_size=10,
)


def step(sides: Sides, side: str, name: str, verb: str, number: int, alive: set[tuple[str, str]]) -> None:
    """One edit on one side; `alive` is what was said and taken back by nobody."""
    change = sides.by_phone if side == "phone" else sides.here
    now = (sides.card() if side == "phone" else sides.held())[name]
    fresh = {"emails": f"e{number}@x.example", "phones": f"+47900000{number:02d}"}.get(name, f"word {number}")
    if not isinstance(now, list) and name in ("title", "nickname"):
        new: Any = "" if verb == "remove" else fresh
        gone = {now}
    else:
        values = now or []
        gone = {values[0]} if values and verb != "add" else set()
        new = [one for one in values if one not in gone] + ([fresh] if verb != "remove" else [])
    change(name, new)
    alive -= {(name, one) for one in gone}
    if verb != "remove":
        alive.add((name, fresh))


@settings(max_examples=25)
@given(steps=STEPS)
def test_nothing_is_lost_and_both_sides_agree(tmp_path_factory: Any, steps: list[tuple[str, str, str]]) -> None:
    root = tmp_path_factory.mktemp("sides")
    (root / "book").mkdir()
    with open_desk(root / "planner.db") as desk:
        sides = Sides(desk, root / "book")
        alive = {("emails", "e0@x.example")}
        for number, (what, name, verb) in enumerate(steps, 1):
            if what in ("phone", "here"):
                step(sides, what, name, verb, number, alive)
            else:
                sides.sync(what.removeprefix("torn").strip() if what != "sync" else "")
        for _ in range(3):
            sides.sync()
        card, held, asked = sides.card(), sides.held(), desk.book.asked()
        with case(steps, card, held, [(one.about, one.theirs, one.mine) for one in asked], sides.path.read_text()):
            assert sides.path.read_bytes().find(STRANGE.encode()) > 0
            assert [path.name for path in (root / "book").iterdir()] == ["ana.vcf"]
            about = {one.about for one in asked}
            in_question = {"emails": "email", "phones": "phone"}
            for name in FIELDS:
                if not about & {name, in_question.get(name, name)}:
                    assert card[name] == held[name], name
            told = json.dumps([card, held, [(one.theirs, one.mine) for one in asked]])
            assert [one for one in alive if one[1] not in told] == []
            before = sides.path.read_bytes()
            sides.sync()
            assert sides.path.read_bytes() == before
            assert_sound(desk.store)
    shutil.rmtree(root)
