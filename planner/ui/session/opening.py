"""Opens screens once their data are read: the reasons why an item is due, and the form of a contact."""

from __future__ import annotations

from planner.errors import PlannerError
from planner.ui.port import AppPort


async def explain(app: AppPort, item_id: str) -> None:
    """Open the screen that explains step by step why an item is due on its day."""
    try:
        why = await app.gateway.call(lambda desk: desk.reading.why(item_id=item_id))
    except PlannerError as problem:
        app.say(str(problem), tone="late")
        return
    app.open("why", why, app.today)


async def edit_contact(app: AppPort, contact_id: int | None) -> None:
    """Open the form for a contact, or with None for a new one."""
    contact = None
    try:
        if contact_id is not None:
            contact = (await app.gateway.call(lambda desk: desk.reading.card(contact_id, history=1))).contact
        circles = await app.gateway.call(lambda desk: desk.people.circles())
    except PlannerError as problem:
        app.say(str(problem), tone="late")
        return
    app.open("form", contact, tuple(row.name for row in circles))
