"""Introductions: two contacts, each asked before they meet."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.core import introductions as rules
from planner.core.dates.shown import exact_date
from planner.core.introductions import Answer, Introduction, stage
from planner.core.model import FavorDirection, FavorState, Settings
from planner.desk.done import Done
from planner.desk.reciprocity.loops import enter_favor, step_introduction
from planner.desk.shared.checks import listed, many_lines, not_before, one_line, present_names
from planner.desk.shared.context import Context, Said
from planner.errors import Refused
from planner.store.facts import introductions as table

if TYPE_CHECKING:
    from planner.core.model import OpenItem
    from planner.store.row_writer import Writer


class Introductions:
    """Verbs about introductions."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def start(self, one: int, other: int, *, note: str = "") -> Done:
        """Start an introduction, whose first contact is asked today; the result has its id."""
        words, today = many_lines(note, "note"), self._context.today
        if one == other:
            raise Refused("Nobody can be introduced to themselves", "Name two people")

        def work(writer: Writer) -> Said:
            names = present_names([one, other])
            if any({found.one_id, found.other_id} == {one, other} for found in table.introductions(with_contact=one)):
                raise Refused(f"{listed(names.values())} are being introduced already", "See “planner intro list”")
            key = table.insert_introduction(writer, one, other, words, today)
            step_introduction(writer, None, _introduction(key), today)
            return f"{names[one]} is asked first about meeting {names[other]}", [key]

        return self._context.write("intro", work)

    def _step(
        self,
        introduction_id: int,
        step: Callable[[Introduction], Introduction],
        words: Callable[[Introduction], str],
    ) -> Done:
        """Take an introduction one step further; `words` makes the sentence from the introduction after the step."""

        today = self._context.today

        def work(writer: Writer) -> Said:
            before = _introduction(introduction_id)
            after = step(before)
            _write_step(writer, before, after, today)
            return words(after), [introduction_id]

        return self._context.write("intro", work)

    def answer(self, introduction_id: int, contact_id: int, said: str, *, until: date | None = None) -> Done:
        """Note the answer of one side: yes, no, or later (until a day, by default in four weeks)."""
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
        """Note that one side was asked, or asked again."""
        today = self._context.today
        return self._step(
            introduction_id,
            lambda one: rules.ask(one, contact_id, today),
            lambda one: _asked_words(one, contact_id),
        )

    def made(self, introduction_id: int) -> Done:
        """Note that I introduced the two; the ledger counts a favor given to each."""
        today, settings = self._context.today, self._context.settings
        return self._step(introduction_id, lambda one: rules.make(one, today), lambda one: _made_words(one, settings))

    def worked(self, introduction_id: int, *, note: str = "") -> Done:
        """Note that I asked how the introduction went: the loop is closed, and `note` keeps the answer."""
        said, today = one_line(note, "note", 200), self._context.today

        def step(one: Introduction) -> Introduction:
            after = rules.worked(one, today)
            return replace(after, note="; ".join(filter(None, (one.note, said and f"how it went: {said}"))))

        return self._step(introduction_id, step, lambda one: _worked_words(one, said))

    def drop(self, introduction_id: int) -> Done:
        """Give an introduction up."""
        today = self._context.today
        return self._step(
            introduction_id, lambda one: rules.drop(one, today), lambda one: f"Let be: introducing {one.names}"
        )

    def all(self, *, with_contact: int | None = None, only_open: bool = True) -> tuple[Introduction, ...]:
        """Introductions, the newest first."""
        with self._context.store.read():
            return tuple(table.introductions(with_contact=with_contact, only_open=only_open))


def next_step(writer: Writer, item: OpenItem, day: date, settings: Settings, met: Collection[date]) -> str:
    """Settle the item of an introduction: asked again, introduced, or asked after; return the sentence."""
    before = _introduction(int(item.id[1:]))
    match stage(before):
        case "introduced":
            after = rules.worked(before, day)
            words = _worked_words(after)
        case "agreed":
            after = rules.make(before, day)
            words = _made_words(after, settings)
        case _:
            after = rules.ask(before, item.contact_id, day)
            words = _asked_words(after, item.contact_id)
    _write_step(writer, before, after, day, met)
    return words


def _asked_words(introduction: Introduction, contact_id: int) -> str:
    return "Asked {} about meeting {}".format(*_sides(introduction, contact_id))


def _made_words(introduction: Introduction, settings: Settings) -> str:
    step = rules.open_step(introduction, settings)
    then = f"; ask how it went on {exact_date(step.due)}" if step is not None else ""
    return f"Introduced {introduction.names}{then}"


def _worked_words(introduction: Introduction, said: str = "") -> str:
    return f"Asked how it went: {introduction.names}{f': {said}' if said else ''}"


def _write_step(
    writer: Writer, before: Introduction, after: Introduction, on: date, met: Collection[date] = ()
) -> None:
    """Write a step that happened on a day; the introduction itself counts as given to both."""
    table.update_introduction(writer, before, after)
    step_introduction(writer, before, after, on, met)
    if after.made_on is None or before.made_on is not None:
        return
    for contact_id, name in ((after.one_id, after.other_name), (after.other_id, after.one_name)):
        enter_favor(
            writer,
            after.made_on,
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


def _sides(introduction: Introduction, contact_id: int) -> tuple[str, str]:
    """The name of a contact in an introduction, then that of the other side."""
    names = introduction.one_name, introduction.other_name
    return names if contact_id == introduction.one_id else names[::-1]
