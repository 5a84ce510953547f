"""Verbs that bring people together: introductions, who knows whom, reach and matches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from planner.core.model import FavorDirection, FavorState
from planner.core.words.folding import fold
from planner.desk.base import listed, many_lines, not_before, one_line, present_names
from planner.desk.keeping import KeepingVerbs
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.introductions import Introduction
    from planner.core.model import OpenItem
    from planner.core.network.matchmaking import Pair
    from planner.core.network.reach import Path
    from planner.store.row_writer import Writer


class IntroductionVerbs(KeepingVerbs):
    """Bringing people together, and reaching people through people."""

    # Introductions

    def introduce(self, one: int, other: int, *, note: str = "", today: date) -> int:
        """Start an introduction: the first of the two is asked today; gives its id."""
        from planner.store.facts import introductions as table

        words = many_lines(note, "note")
        if one == other:
            raise Refused("Nobody can be introduced to themselves", "Name two people")

        def work(writer: Writer) -> tuple[int, list[str]]:
            names = present_names([one, other])
            if any({found.one_id, found.other_id} == {one, other} for found in table.introductions(with_contact=one)):
                raise Refused(
                    f"{listed(list(names.values()))} are being introduced already", "See “planner intro list”"
                )
            return table.insert_introduction(writer, one, other, words, today), list(names.values())

        key, _ = self.store.write("intro", lambda found: f"Introducing {listed(found[1])}", work, today=today)
        return key

    def _network_step(self, writer: Writer, item: OpenItem, day: date) -> str:
        """Done for an introduction: asked again, introduced, or asked after."""
        from planner.core import introductions

        before, name = self._introduction(int(item.id[1:])), item.contact_name
        match introductions.stage(before):
            case "introduced":
                after, words = introductions.worked(before, day), f"Asked {name} whether it worked"
            case "agreed":
                after = introductions.make(before, day)
                words = f"Introduced {before.one_name} and {before.other_name}"
            case _:
                after, words = introductions.ask(before, item.contact_id, day), f"Asked {name} about it"
        self._write_introduction(writer, before, after)
        return words

    def _step_introduction(
        self, introduction_id: int, step: Callable[[Introduction], Introduction], words: str, today: date
    ) -> None:
        def work(writer: Writer) -> str:
            before = self._introduction(introduction_id)
            self._write_introduction(writer, before, step(before))
            return f"{before.one_name} and {before.other_name}"

        self.store.write("intro", lambda names: words.format(names), work, today=today)

    @staticmethod
    def _write_introduction(writer: Writer, before: Introduction, after: Introduction) -> None:
        """Write a step; the introduction itself counts as given to both."""
        from planner.store.facts import interactions
        from planner.store.facts import introductions as table

        table.update_introduction(writer, before, after)
        if after.made_on is None or before.made_on is not None:
            return
        for contact_id, name in ((after.one_id, after.other_name), (after.other_id, after.one_name)):
            interactions.insert_favor(
                writer,
                contact=contact_id,
                direction=str(FavorDirection.GIVEN),
                kind="introduction",
                state=str(FavorState.DONE),
                done_on=after.made_on,
                note=f"to {name}",
                introduction_id=after.id,
            )

    @staticmethod
    def _introduction(introduction_id: int) -> Introduction:
        from planner.store.facts import introductions as table

        found = table.introduction(introduction_id)
        if found is None:
            raise Refused(f"There is no introduction {introduction_id}", "See “planner intro list” for what there is")
        return found

    def intro_answer(
        self, introduction_id: int, contact_id: int, said: str, *, until: date | None = None, today: date
    ) -> None:
        """One side said yes, no, or later (until a day, four weeks on by default)."""
        from planner.core.introductions import Answer, answer

        if until is not None:
            not_before(until, today, "The day to ask again")
        self._step_introduction(
            introduction_id,
            lambda one: answer(one, contact_id, Answer(said), today, self.settings, until),
            f"{{}}: {said}",
            today,
        )

    def intro_asked(self, introduction_id: int, contact_id: int, *, today: date) -> None:
        """One side was asked, or asked again."""
        from planner.core.introductions import ask

        self._step_introduction(introduction_id, lambda one: ask(one, contact_id, today), "Asked about {}", today)

    def intro_made(self, introduction_id: int, *, today: date) -> None:
        """The two were introduced; it counts as given to both."""
        from planner.core.introductions import make

        self._step_introduction(introduction_id, lambda one: make(one, today), "Introduced {}", today)

    def intro_worked(self, introduction_id: int, *, note: str = "", today: date) -> None:
        """It was asked after; the loop is closed, and `note` says how it went."""
        from dataclasses import replace

        from planner.core.introductions import worked

        said = one_line(note, "note", 200)

        def step(one: Introduction) -> Introduction:
            after = worked(one, today)
            return replace(after, note="; ".join(part for part in (one.note, f"how it went: {said}") if part)) if (
                said
            ) else after

        self._step_introduction(introduction_id, step, "Asked after {}", today)

    def intro_drop(self, introduction_id: int, *, today: date) -> None:
        """An introduction is left."""
        from planner.core.introductions import drop

        self._step_introduction(introduction_id, lambda one: drop(one, today), "Left: introducing {}", today)

    def introductions(self, *, with_contact: int | None = None, only_open: bool = True) -> tuple[Introduction, ...]:
        """Introductions, the newest first."""
        from planner.store.facts import introductions as table

        with self.store.read():
            return tuple(table.introductions(with_contact=with_contact, only_open=only_open))

    def blurb(self, introduction_id: int) -> str:
        """The words to copy when introducing the two."""
        from planner.core.introductions import blurb
        from planner.store.facts import contacts

        with self.store.read():
            found = self._introduction(introduction_id)
            about = contacts.read_contacts([found.one_id, found.other_id])

        def words(contact_id: int) -> str:
            contact = about[contact_id]
            work = ", ".join(part for part in (contact.title, contact.company) if part)
            parts = (work, f"looks for {contact.looking_for}" if contact.looking_for else "", contact.offers)
            return "; ".join(part for part in parts if part)

        return blurb(found, words(found.one_id), words(found.other_id))

    # Who knows whom

    def knows(
        self, contact_id: int, other: str, *, company: str = "", topic: str = "", relation: str = "", today: date
    ) -> int:
        """A contact knows somebody: another contact as WHO means one, or only a name; gives the entry's id.

        The name stays a name alone where nobody or several fit.
        """
        from planner.store.facts import acquaintances as ways

        name, at, about = one_line(other, "name"), one_line(company, "company"), one_line(topic, "topic")
        kind = one_line(relation, "relation", 60)
        if not name:
            raise Refused("Nobody was named", "Say whom they know")

        def work(writer: Writer) -> tuple[int, str, str]:
            owner = present_names([contact_id])[contact_id]
            try:
                other_id: int | None = self._find(name)
            except Refused:
                if name.startswith("#"):
                    raise
                other_id = None
            if other_id == contact_id:
                if fold(name) != fold(owner) and not name.startswith("#"):
                    other_id = None  # a part of their own name: somebody else is meant, who shares it
                else:
                    raise Refused(f"{owner} knows themselves, surely", "Name somebody else")
            shown = name if other_id is None else present_names([other_id])[other_id]
            key = ways.insert_acquaintance(writer, contact_id, other_id, shown, kind, at, about, today)
            return key, owner, shown

        key, _, _ = self.store.write("knows", lambda found: f"{found[1]} knows {found[2]}", work, today=today)
        return key

    def reach(self, target: str, *, today: date, most: int = 20) -> tuple[Path, ...]:
        """The best paths to a person, a company or a topic."""
        from planner.core.network.reach import is_cold, paths
        from planner.store.facts import acquaintances as ways

        wanted = one_line(target, "target", 200)
        if not wanted:
            raise Refused("Nobody was named", "Say a person, a company or a topic")
        with self.store.read():
            matches = ways.reach_matches(wanted)
            known = ways.standings({match.contact_id for match in matches}, today)
            # Only a cold one is better reached through somebody who knows them.
            friends = ways.who_knows([key for key, standing in known.items() if is_cold(standing)])
            known |= ways.standings({friend for some in friends.values() for friend in some} - known.keys(), today)
        return paths(matches, known, friends, most)

    # Matches

    def matches(self, *, most: int = 100) -> tuple[Pair, ...]:
        """Who looks for what somebody else offers, most shared words first; nobody who was introduced already."""
        from planner.core.network.matchmaking import pairs
        from planner.store.facts import introductions as table

        with self.store.read():
            return pairs(table.looking_for(), table.offering(), table.not_these(), most)

    def not_these_two(self, one: int, other: int, *, today: date) -> None:
        """Remember that these two are no match."""
        from planner.store.facts import introductions as table

        def work(writer: Writer) -> list[str]:
            names = present_names([one, other])
            table.insert_not_these(writer, one, other, today)
            return list(names.values())

        self.store.write("match", lambda names: f"Not these two: {listed(names)}", work, today=today)
