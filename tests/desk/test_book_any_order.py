"""Random edits of a card outside and of its person here, in any order, with syncs that are interrupted anywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.book.said import said_of
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.interchange.book.card_edits import edits_of
from planner.interchange.book.card_lines import edited
from planner.interchange.book.content_lines import card_of
from planner.interchange.book.reading import BookReading, card_file
from planner.interchange.book.sending import CardSender, SentCard
from tests.desk.desks import open_desk
from tests.store.stores import assert_sound

CARD = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:Ana Lund\r\nN:Lund;Ana;;;\r\nEMAIL;TYPE=home:e0@x.example\r\n"
    b"TEL:+4790000000\r\nNOTE:n0\r\nCATEGORIES:c0\r\nPHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG\r\nX-ODD;X-A=b:1\r\n"
    b"item1.X-MORE:odd\r\nEND:VCARD\r\n"
)
UNKNOWN = (b"PHOTO;ENCODING=b;TYPE=JPEG:QUJDREVG\r\n", b"X-ODD;X-A=b:1\r\n", b"item1.X-MORE:odd\r\n")
WORDS = {"emails": "e{}@x.example", "phones": "+47900{:05}", "circles": "c{}"}


class Interrupted(Exception):
    """The power is gone."""


class FailingSender(CardSender):
    """Writes so many cards, and then none: before or after the file is there."""

    def __init__(self, writes: int, *, before: bool) -> None:
        self.writes, self.before = writes, before

    def edit(
        self, path: str, name: str, digest: str, wanted: Mapping[str, Any], above: int, *, tells: bool, write: bool
    ) -> SentCard:
        self.writes -= write
        if write and self.writes < 0 and self.before:
            raise Interrupted
        sent = super().edit(path, name, digest, wanted, above, tells=tells, write=write)
        if write and self.writes < 0:
            raise Interrupted
        return sent


class Sides:
    """A book with one card, the planner that keeps it, and all values that nobody has taken out."""

    def __init__(self, desk: Desk, book: Path) -> None:
        self.desk, self.file, self.count = desk, book / "u1.vcf", 0
        self.file.write_bytes(CARD)
        self.alive = {name: {word.format(0)} for name, word in WORDS.items()}
        desk.book.add(str(book), two_way=True, tells=True)
        self.sync()

    def sync(self, sender: CardSender | None = None) -> Any:
        return self.desk.book.sync(BookReading, lambda: sender or CardSender())

    def card(self) -> dict[str, Any]:
        (person,) = card_file("u1.vcf", self.file.read_bytes()).people
        return said_of(person)

    def listed(self, said: Mapping[str, Any], name: str) -> list[str]:
        return [one[0] if isinstance(one, list) else one for one in said.get(name, [])]

    def held(self, name: str) -> list[str]:
        contact = self.desk.reading.card(1).contact
        return [one if isinstance(one, str) else one.value for one in getattr(contact, name)]

    def edit(self, where: str, name: str, what: str) -> None:
        """Change a field on one side: add a value, take the first one out, or put another in its place."""
        self.count += 1
        new = WORDS[name].format(self.count)
        before = self.listed(self.card(), name) if where == "there" else self.held(name)
        after = list(before)
        if what != "add" and after:
            self.alive[name].discard(after.pop(0))
        if what != "remove":
            after.insert(0, new)
            self.alive[name].add(new)
        if where == "here":
            self.desk.people.edit(1, ContactDraft(**{name: tuple(after)}))
        else:
            self.rewrite({name: after if name == "circles" else [[one, ""] for one in after]})

    def note(self, where: str) -> None:
        self.count += 1
        text = f"n{self.count}"
        if where == "here":
            self.desk.people.edit(1, ContactDraft(notes=text))
        else:
            self.rewrite({"notes": text})

    def rewrite(self, wanted: Mapping[str, Any]) -> None:
        data = self.file.read_bytes()
        card = card_of(data, "")
        # A phone knows nothing of our number.
        draft = self.file.with_suffix(".tmp")
        draft.write_bytes(edited(data, card, edits_of(card, wanted, tells=True)))
        draft.replace(self.file)


sides = st.sampled_from(["here", "there"])
steps = st.one_of(
    st.tuples(sides, st.sampled_from(sorted(WORDS)), st.sampled_from(["add", "remove", "put"])),
    st.tuples(sides, st.just("notes"), st.just("put")),
    st.tuples(st.just("sync"), st.sampled_from(["whole", "before", "after", "lost"]), st.just("")),
)


def play(given_steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        book.mkdir()
        with open_desk(Path(folder) / "planner.db") as desk:
            both = Sides(desk, book)
            for where, name, what in given_steps:
                if where != "sync":
                    both.note(where) if name == "notes" else both.edit(where, name, what)
                    continue
                before = both.file.read_bytes()
                if name in ("before", "after"):
                    with suppress(Interrupted):
                        both.sync(FailingSender(0, before=name == "before"))
                else:
                    both.sync()
                if name == "lost":
                    # A syncing program puts back what was there.
                    both.file.write_bytes(before)
            for _ in range(3):
                done = both.sync()
            assert (done.new, done.changed, done.to_write, done.gone) == (0, 0, 0, 0), done.plan
            assert all(line in both.file.read_bytes() for line in UNKNOWN)
            assert desk.reading.contacts().total == 1
            asked = {one.about: one.theirs for one in desk.book.asked()}
            card = both.card()
            for name in WORDS:
                word = {"emails": "email", "phones": "phone"}.get(name, name)
                there, here = both.listed(card, name), both.held(name)
                if word not in asked:
                    assert sorted(there) == sorted(here), name
                assert both.alive[name] <= {*there, *here}, name
            if "note" not in asked:
                assert card.get("notes", "") == desk.reading.card(1).contact.notes
            assert not [one for one in book.iterdir() if one != both.file]
            assert_sound(desk.store)


@settings(max_examples=12)
@given(st.lists(steps, max_size=10))
def test_no_value_is_lost_and_both_sides_agree(given_steps: list[tuple[str, str, str]]) -> None:
    play(given_steps)
