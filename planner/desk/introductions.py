"""Introductions: two contacts, each asked before they meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core import introductions as rules
from planner.core.dates.typed import exact_date
from planner.core.introductions import Answer, Introduction, stage
from planner.core.model import FavorDirection, FavorState
from planner.desk.done import Done
from planner.desk.shared.checks import listed, many_lines, not_before, one_line, present_names
from planner.desk.shared.context import Context, Said
from planner.errors import Refused
from planner.store.facts import contacts, interactions
from planner.store.facts import introductions as table

if TYPE_CHECKING:
    from planner.core.model import OpenItem
    from planner.store.row_writer import Writer


class Introductions:
    """Verbs about one introduction, and what there is of them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def start(self, one: int, other: int, *, note: str = "") -> Done:
        """Start an introduction: the first of the two is asked today; gives its id."""
        words, today = many_lines(note, "note"), self._context.today
        if one == other:
            raise Refused("Nobody can be introduced to themselves", "Name two people")

        def work(writer: Writer) -> Said:
            names = present_names([one, other])
            if any({found.one_id, found.other_id} == {one, other} for found in table.introductions(with_contact=one)):
                raise Refused(f"{listed(names.values())} are being introduced already", "See “planner intro list”")
            key = table.insert_introduction(writer, one, other, words, today)
            return f"{names[one]} is asked first about meeting {names[other]}", [key]

        return self._context.write("intro", work)

    def _step(
        self,
        introduction_id: int,
        step: Callable[[Introduction], Introduction],
        words: Callable[[Introduction], str],
    ) -> Done:
        """Take an introduction one step further; `words` says it of the introduction as it is then."""

        def work(writer: Writer) -> Said:
            before = _introduction(introduction_id)
            after = step(before)
            _write_step(writer, before, after)
            return words(after), [introduction_id]

        return self._context.write("intro", work)

    def answer(self, introduction_id: int, contact_id: int, said: str, *, until: date | None = None) -> Done:
        """One side said yes, no, or later (until a day, four weeks on by default)."""
        today, settings = self._context.today, self._context.settings
        if until is not None:
            not_before(until, today, "The day to ask again")

        def words(after: Introduction) -> str:
            name, other = _sides(after, contact_id)
            match Answer(said):
                case Answer.YES if stage(after) == "agreed":
                    return f"{name} said yes, so both did; next you introduce them"
                case Answer.YES:
                    return f"{name} said yes; now {other} is asked"
                case Answer.NO:
                    return f"{name} would rather not; {other} is not introduced"
            back = after.one_on if contact_id == after.one_id else after.other_on
            return f"{name} is asked again on {exact_date(back or today)}"

        return self._step(
            introduction_id,
            lambda one: rules.answer(one, contact_id, Answer(said), today, settings, until),
            words,
        )

    def asked(self, introduction_id: int, contact_id: int) -> Done:
        """One side was asked, or asked again."""
        today = self._context.today
        return self._step(
            introduction_id,
            lambda one: rules.ask(one, contact_id, today),
            lambda one: "Asked {} about meeting {}".format(*_sides(one, contact_id)),
        )

    def made(self, introduction_id: int) -> Done:
        """The two were introduced; it counts as given to both."""
        today, settings = self._context.today, self._context.settings

        def words(after: Introduction) -> str:
            step = rules.open_step(after, settings)
            then = f"; ask how it went on {exact_date(step.due)}" if step is not None else ""
            return f"Introduced {_both(after)}{then}"

        return self._step(introduction_id, lambda one: rules.make(one, today), words)

    def worked(self, introduction_id: int, *, note: str = "") -> Done:
        """It was asked after; the loop is closed, and `note` says how it went."""
        said, today = one_line(note, "note", 200), self._context.today

        def step(one: Introduction) -> Introduction:
            after = rules.worked(one, today)
            return replace(after, note="; ".join(filter(None, (one.note, said and f"how it went: {said}"))))

        return self._step(
            introduction_id, step, lambda one: f"Asked how it went: {_both(one)}{f': {said}' if said else ''}"
        )

    def drop(self, introduction_id: int) -> Done:
        """An introduction is left."""
        today = self._context.today
        return self._step(
            introduction_id, lambda one: rules.drop(one, today), lambda one: f"Left: introducing {_both(one)}"
        )

    def all(self, *, with_contact: int | None = None, only_open: bool = True) -> tuple[Introduction, ...]:
        """Introductions, the newest first."""
        with self._context.store.read():
            return tuple(table.introductions(with_contact=with_contact, only_open=only_open))

    def blurb(self, introduction_id: int) -> str:
        """The words to copy when introducing the two."""
        with self._context.store.read():
            found = _introduction(introduction_id)
            about = contacts.read_contacts([found.one_id, found.other_id])

        def words(contact_id: int) -> str:
            contact = about[contact_id]
            work = ", ".join(part for part in (contact.title, contact.company) if part)
            parts = (work, f"looks for {contact.looking_for}" if contact.looking_for else "", contact.offers)
            return "; ".join(part for part in parts if part)

        return rules.blurb(found, words(found.one_id), words(found.other_id))


def next_step(writer: Writer, item: OpenItem, day: date) -> str:
    """Done for the item of an introduction: asked again, introduced, or asked after; gives the sentence."""
    before, name = _introduction(int(item.id[1:])), item.contact_name
    match stage(before):
        case "introduced":
            after, words = rules.worked(before, day), f"Asked {name} whether it worked"
        case "agreed":
            after, words = rules.make(before, day), f"Introduced {_both(before)}"
        case _:
            after, words = rules.ask(before, item.contact_id, day), f"Asked {name} about it"
    _write_step(writer, before, after)
    return words


def _write_step(writer: Writer, before: Introduction, after: Introduction) -> None:
    """Write a step; the introduction itself counts as given to both."""
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


def _introduction(introduction_id: int) -> Introduction:
    found = table.introduction(introduction_id)
    if found is None:
        raise Refused(f"There is no introduction {introduction_id}", "See “planner intro list” for what there is")
    return found


def _both(introduction: Introduction) -> str:
    return f"{introduction.one_name} and {introduction.other_name}"


def _sides(introduction: Introduction, contact_id: int) -> tuple[str, str]:
    """The name of one side and that of the other."""
    names = introduction.one_name, introduction.other_name
    return names if contact_id == introduction.one_id else names[::-1]
