"""Edits the notes of a contact in the person's own editor; asks if another session changed them meanwhile."""

from __future__ import annotations

from functools import partial

from planner.core.model import Contact
from planner.desk.values import ContactDraft
from planner.errors import Conflict, PlannerError, Refused
from planner.ui.editor import EditedText, edit
from planner.ui.port import PlacePort
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.unfinished import Unfinished


def edit_notes(place: PlacePort, contact: Contact) -> None:
    """Open the editor on the notes of a contact, then save them. Notes that cannot be saved stay in their file."""
    about = Unfinished("notes", (contact.id,), "contact", f"Notes about {contact.name}")
    try:
        written = edit(place.planner, contact.notes, about, "notes", name="notes")
    except Refused as problem:
        place.say(str(problem), tone="late")
        return
    if written.changed:
        place.run_worker(partial(_save, place, contact, written), group="notes")
    else:
        written.is_kept()
        place.say("The notes stay as they were", tone="accent")


async def _save(place: PlacePort, contact: Contact, written: EditedText) -> None:
    text, version, is_open = written.text, contact.version, written.of_another
    try:
        while True:
            if is_open:
                now = await _now(place, contact)
                chosen = await _settled(place, now, written)
                if chosen is None:
                    place.planner.say(f"{written.where}, and not saved", tone="due")
                    return
                text, version = chosen, now.version
                if text == now.notes:
                    break
            try:
                await _write(place, contact, text, version)
                break
            except Conflict:
                is_open = True
    except PlannerError as problem:
        place.planner.say(f"{written.where}. {problem}", tone="late")
        return
    written.is_kept()
    place.planner.say(f"Noted about {contact.name}", undo=True)


async def _write(place: PlacePort, contact: Contact, text: str, version: int) -> None:
    draft = ContactDraft(notes=text)
    await place.planner.perform(lambda desk: desk.people.edit(contact.id, draft, version=version))


async def _now(place: PlacePort, contact: Contact) -> Contact:
    card = await place.fetch(lambda desk: desk.reading.card(contact.id, history=1))
    return card.contact


async def _settled(place: PlacePort, now: Contact, written: EditedText) -> str | None:
    """The notes that the person chose to keep; None if no choice was made."""
    choices = (
        Choice("b", "both", "theirs, then mine"),
        Choice("m", "mine", _beginning(written.text)),
        Choice("t", "theirs", _beginning(now.notes)),
    )
    dialog = ChooseDialog("The notes were changed elsewhere meanwhile", choices)
    key = await place.app.push_screen_wait(dialog)
    if key is None:
        return None
    return {"b": f"{now.notes}\n\n{written.text}".strip(), "m": written.text, "t": now.notes}[key]


def _beginning(text: str) -> str:
    first = " ".join(text.split())
    return (first if len(first) <= 40 else f"{first[:39]}…") or "(empty)"
