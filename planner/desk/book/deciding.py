"""Applies answers to questions about cards."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.book.questions import value_of
from planner.core.book.said import DATES, LISTS, PHOTO, TEXT_FIELDS, held_of
from planner.core.book.three_way import NAME_PARTS, ONCE
from planner.core.book.words import FOLDER, GONE, IDENTITY, UNDONE, field_label
from planner.core.model import Status
from planner.core.words.counts import counted, people_word
from planner.core.words.folding import fold
from planner.desk.book.asking import AGAIN, RESTORE, answers_to
from planner.desk.shared.checks import listed, present_name
from planner.desk.shared.context import Context, Said
from planner.errors import Refused
from planner.store import tables as t
from planner.store.book import cards, questions, sources
from planner.store.book.applying import apply_changes
from planner.store.book.questions import OpenQuestion
from planner.store.facts import contacts
from planner.store.facts.identity import duplicates
from planner.store.facts.identity.merging import merge_contacts

if TYPE_CHECKING:
    from planner.store.row_writer import Writer


def decide(writer: Writer, context: Context, question_ids: Collection[int], answer: str) -> Said:
    """Answer several questions in the same way; if one of them has no such answer, all are refused."""
    known = {one.id: one for one in questions.open_questions()}
    asked = []
    for key in dict.fromkeys(question_ids):
        if key not in known:
            raise Refused(f"There is nothing to decide under the number {key}", "See “planner book decide”")
        answers = answers_to(known[key])
        if answer not in answers:
            raise Refused(f"“{answer[:40]}” is no answer to {key}", f"Say {', '.join(answers)}")
        asked.append(known[key])
    said = [_answer(writer, context, one, answer) for one in asked]
    questions.settle(writer, [one.id for one in asked], context.today, answer)
    words = listed(list(dict.fromkeys(said)))
    return words[:1].upper() + words[1:], [one.id for one in asked]


def _answer(writer: Writer, context: Context, one: OpenQuestion, answer: str) -> str:
    if one.about == FOLDER:
        return _answer_folder(writer, one, answer, context.today)
    if one.about == UNDONE:
        if answer == AGAIN and one.book is not None:
            sources.read_again(one.book, {*sources.to_read_again(one.book), *one.theirs})
        what = "to be read again" if answer == AGAIN else "left as they are here"
        return f"{counted(len(one.theirs), 'card')} {what}"
    if one.contact_id is None:
        return "the book keeps what the first file said"
    name = present_name(one.contact_id)
    if one.about == GONE:
        if answer == "archive":
            contacts.update_contact(writer, one.contact_id, {"status": str(Status.ARCHIVED)}, context.today)
        card = cards.numbered(one.card) if one.card is not None else None
        if answer == "unlink" and card is not None:
            writer.delete(t.CardTable, card.id)
            writer.delete(t.IdentityTable, card.key)
        return {
            "archive": f"archived {name}", "keep": f"{name} stays", "unlink": f"{name} stays, without a card",
        }[answer]  # fmt: skip
    if one.about == PHOTO:
        return f"the card of {name} {'gets its picture back' if answer == RESTORE else 'stays without its picture'}"
    if one.about == IDENTITY:
        return _answer_identity(writer, one, answer, context.today)
    if answer in ("theirs", "both"):
        contact = contacts.read_contacts([one.contact_id])[one.contact_id]
        changes = _changes(one, held_of(contact), answer, context)
        apply_changes(writer, contact, changes, context.today, context.address_form)
    elif one.about in TEXT_FIELDS:
        # A value chosen here counts as typed here.
        typed = contacts.typed_fields(one.contact_id) | {one.about}
        contacts.update_contact(writer, one.contact_id, {"typed": " ".join(sorted(typed))}, context.today)
    where = {"theirs": "as the card says", "mine": "as it is here", "both": "both kept"}[answer]
    return f"{name}, {field_label(one.about)}: {where}"


def _changes(one: OpenQuestion, held: dict[str, Any], answer: str, context: Context) -> dict[str, Any]:
    """The fields that an answer changes, each with its whole new value."""
    if one.about in ONCE:
        others = [day for day in held.get(DATES, []) if fold(day[0]) != one.about]
        return {DATES: [*([one.theirs] if one.theirs else []), *others]}
    if answer == "theirs":
        card = cards.numbered(one.card) if one.about == "name" and one.card is not None else None
        parts = {NAME_PARTS: card.said.get(NAME_PARTS, [])} if card is not None else {}
        return {one.about: one.theirs, **parts}
    mine = value_of(held, one.about)
    if one.about == "notes":
        lines = mine.split("\n")
        return {"notes": "\n".join([*lines, *(line for line in one.theirs.split("\n") if line not in lines)])}
    if one.about not in LISTS:
        return {one.about: list({fold(value): value for value in (*one.theirs, *mine)}.values())}
    kind = LISTS[one.about]
    known = {context.address_form(kind, cell[0]) for cell in mine}
    return {one.about: [*mine, *(cell for cell in one.theirs if context.address_form(kind, cell[0]) not in known)]}


def _answer_folder(writer: Writer, one: OpenQuestion, answer: str, today: date) -> str:
    """Treat all cards that were not found as deleted, and ask about each one, or keep them all."""
    found = (cards.numbered(key) for key in one.theirs[0])
    missing = [card for card in found if card is not None]
    cards.set_gone(writer, [card.id for card in missing], today)
    if answer == "gone":
        for card in missing:
            questions.put_question(
                writer, GONE, today, book=one.book, card=card.id, contact=card.contact_id, theirs=card.file
            )
    return f"{people_word(len(missing))} {'to be asked about' if answer == 'gone' else 'kept as they are'}"


def _answer_identity(writer: Writer, one: OpenQuestion, answer: str, today: date) -> str:
    assert one.contact_id is not None
    name, other = present_name(one.contact_id), present_name(one.mine)
    if answer == "two":
        duplicates.set_apart(writer, one.mine, one.contact_id, today)
        return f"{name} and {other} are two people"
    card = cards.numbered(one.card) if one.card is not None else None
    merge_contacts(writer, one.mine, one.contact_id, today, ("name",))
    if card is not None and card.book is not None:
        cards.take_place_of(writer, card)
    return f"{name} and {other} are one person"
