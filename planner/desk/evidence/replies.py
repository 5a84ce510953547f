"""The verb that classifies somebody's letter as an answer to what I asked or told them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core import favors
from planner.core.evidence.replies import Said as Answer
from planner.core.model import ANSWERED, Favor, ItemKind, OpenItem
from planner.desk.done import Done
from planner.desk.reciprocity.loops import present_favor, step_favor
from planner.desk.reciprocity.need_steps import ask_of, known_or_new
from planner.desk.reciprocity.needs import Needs
from planner.desk.shared.checks import briefly, one_line, one_of
from planner.desk.shared.context import Context, Said
from planner.desk.shared.items import items_with
from planner.errors import Refused
from planner.store.evidence.replies import last_wrote
from planner.store.facts import acquaintances, follow_ups, needs

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


class Replies:
    """The part `desk.replies`: letters as answers; none is classified without a person."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def said(self, item_id: str, what: str, *, to: str = "") -> Done:
        """Classify the letter about which an item asks whether it was the answer.

        `what` is helped, passed (`to` somebody: a full name, new or known, or #ID), cannot or unrelated: then the item
        asks again once they write again. What they did happened on the day they wrote. Refused for an item without this
        question.
        """
        answer = one_of(Answer, what, "answer")
        if (answer is Answer.PASSED) is not bool(to.strip()):
            asks = "Nobody was named to whom it was passed on" if not to.strip() else "Only what was passed on goes to"
            raise Refused(asks, "Say passed, and to whom")
        with self._context.store.read():
            item = self._asked(item_id)
            favor = present_favor(int(item.id[1:])) if item.kind is ItemKind.ASK else None
            need_id = favor.need_id if favor is not None else int(item.id[1:].partition("c")[0])
            if favor is not None and need_id is not None and ask_of(need_id, item.contact_id) != favor:
                # Asked twice about a need: the told-list has the other ask.
                need_id = None
        if answer is Answer.UNRELATED:
            verb = "need" if favor is None else "favor"
            return self._context.write(verb, lambda writer: self._unrelated(writer, item_id))
        if need_id is not None:
            return self._about_need(need_id, item, answer, to)
        return self._context.write("favor", lambda writer: self._about_ask(writer, item_id, answer, to))

    def _asked(self, item_id: str) -> OpenItem:
        (item,) = items_with([item_id], self._context.today, self._context.settings)
        if item.asks != ANSWERED:
            raise Refused(
                f"{item.contact_name} wrote nothing since that is to be looked at", "“planner favor” and “planner need”"
                " have a word for each answer"
            )  # fmt: skip
        return item

    def _unrelated(self, writer: Writer, item_id: str) -> Said:
        item = self._asked(item_id)
        last = last_wrote(item.contact_id, item.due, max(item.due, self._context.today)) or item.due
        if item.kind is ItemKind.ASK:
            favor = present_favor(int(item.id[1:]))
            step_favor(writer, favor, replace(favor, not_about_on=last), last)
        else:
            needs.set_not_about(writer, int(item.id[1:].partition("c")[0]), item.contact_id, last)
        return f"Not about it: {briefly(item.text)}; it is asked again once {item.contact_name} writes again", [
            item.contact_id
        ]

    def _about_need(self, need_id: int, item: OpenItem, answer: Answer, to: str) -> Done:
        board, on = Needs(self._context), item.due
        if answer is Answer.HELPED:
            return board.helped(need_id, [item.contact_id], on=on)
        if answer is Answer.PASSED:
            return board.passed(need_id, item.contact_id, to, on=on)
        return board.declined(need_id, [item.contact_id], on=on)

    def _about_ask(self, writer: Writer, item_id: str, answer: Answer, to: str) -> Said:
        item, settings = self._asked(item_id), self._context.settings
        favor, on = present_favor(int(item.id[1:])), item.due
        name, about = favor.contact_name, briefly(favor.note) or favor.kind
        if answer is Answer.CANNOT:
            step_favor(writer, favor, favors.decline(favor, "", "", on, settings), on)
            return f"{name} cannot help: {about}", [favor.id]
        step_favor(writer, favor, favors.done(favor, on, settings), on)
        if answer is Answer.HELPED:
            return f"{name} helped you: {about}; thanks come next", [favor.id]
        return self._passed(writer, favor, about, to, on), [favor.id]

    def _passed(self, writer: Writer, favor: Favor, about: str, to: str, on: date) -> str:
        """Make the other person known through them, with a follow-up to write to; return the sentence."""
        today, write = self._context.today, on + timedelta(days=self._context.settings.write_days)
        other, other_name = known_or_new(writer, one_line(to, "name"), favor.contact_id, favor.contact_name, today)
        if other == favor.contact_id:
            raise Refused(f"{favor.contact_name} cannot pass it on to themselves", "Name somebody else")
        acquaintances.insert_acquaintance(writer, favor.contact_id, other, other_name, "", "", "", today)
        words = one_line(f"write about {about}, through {favor.contact_name}"[:200], "text")
        follow_ups.insert_follow_up(writer, other, words, max(write, today))
        return f"{favor.contact_name} passed it on to {other_name} (#{other}); write to them; thanks come next"
