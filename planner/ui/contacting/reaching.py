"""Getting in touch with keys: choose a way to reach a person, and open or copy it."""

from __future__ import annotations

import asyncio

from planner.errors import PlannerError
from planner.ui import links
from planner.ui.contacting.ways import Way, ways_of
from planner.ui.keymap import words_with_keys
from planner.ui.port import AppPort
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.text import plain

STARTED = {
    "mail": "A mail to {} is open in your mail program",
    "call": "Your phone program calls {}",
    "message": "A message to {} is open",
    "profile": "{} is open in your browser",
    "page": "{} is open in your browser",
}
BY_A_CLICK = {
    "mail": "a click here starts the mail",
    "call": "a click here starts the call",
    "message": "a click here opens the message",
    "profile": "a click here opens it",
    "page": "a click here opens it",
}


async def get_in_touch(app: AppPort, contact_id: int) -> None:
    """Open or copy a way to reach a contact; if there are several, the person chooses one. Call it in a worker."""
    try:
        card = await app.gateway.call(lambda desk: desk.reading.card(contact_id, history=1))
    except PlannerError as problem:
        app.say(str(problem), tone="late")
        return
    ways = ways_of(card.contact)
    if not ways:
        adds = words_with_keys("{edit} adds one", "contact", app.keys)
        app.say(f"{card.contact.name} has no e-mail address, number or page; {adds}", tone="due")
        return
    way = ways[0] if len(ways) == 1 else await _chosen(app, card.contact.name, ways)
    if way is not None:
        await go(app, way)


async def _chosen(app: AppPort, name: str, ways: tuple[Way, ...]) -> Way | None:
    offered = [way for way in ways if way.key]
    choices = [
        Choice(way.key, way.kind, "  ".join(part for part in (plain(way.words), plain(way.label)) if part))
        for way in offered
    ]
    key = await app.push_screen_wait(ChooseDialog(f"Reach {plain(name)}", choices))
    return next((way for way in offered if way.key == key), None)


async def go(app: AppPort, way: Way) -> None:
    """Open a way with a program of this machine; if no program can be started, copy it and show it as a link."""
    value = plain(way.value)
    started = bool(way.link) and await asyncio.to_thread(links.start, way.link)
    if started:
        app.say(STARTED[way.kind].format(value), tone="done", link=way.link)
        return
    app.copy_to_clipboard(value)
    click = f"; {BY_A_CLICK[way.kind]}" if way.link else ""
    app.say(f"{value} sent to the clipboard{click}", tone="accent", link=way.link)
