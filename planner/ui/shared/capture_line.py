"""The capture line on the screen: parsed while it is typed into chips that say what it will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from planner.desk.values import CapturePlan
from planner.errors import Refused
from planner.ui.text import content
from planner.ui.widgets.prompt import Check, Question, Submit

if TYPE_CHECKING:
    from planner.ui.port import PlacePort

TONES = {
    "who": "bold $name",
    "interaction": "$done",
    "promise": "$due",
    "request": "$due",
    "ask": "$received",
    "received": "$received",
    "gave": "$accent",
    "followup": "$accent",
    "next": "$accent",
    "cadence": "$accent",
    "note": "$dim",
}


def chips(plan: CapturePlan) -> Content:
    """The chips of a line side by side, and what has to be mended."""
    parts: list[Content] = []
    for chip in plan.chips:
        if parts:
            parts.append(content("  ·  ", "$dim"))
        parts.append(content(chip.text, "$late" if chip.problem else TONES.get(chip.kind, "$foreground")))
    shown = {chip.text for chip in plan.chips}
    for problem in plan.problems:
        if problem not in shown:
            parts.append(content(f"   {problem}", "$late"))
            break
    return Content.assemble(*parts) if parts else content("whom is it about? a name, then a colon", "$dim")


def capture_check(place: PlacePort) -> Check:
    """What is understood of a capture line, at every key."""

    async def check(text: str) -> Content:
        plan = await place.fetch(lambda desk: desk.capture.preview(text, add=True))
        if ":" not in text:
            matches = await place.fetch(lambda desk: desk.people.complete(text.rsplit(",", 1)[-1], limit=6))
            if matches:
                names = "   ".join(name for _, name in matches)
                return Content.assemble(content(names, "$name"), content("   then a colon", "$dim"))
        return chips(plan)

    return check


def settle_check(place: PlacePort, names: str) -> Check:
    """What is understood of a line about someone known."""

    async def check(text: str) -> Content:
        plan = await place.fetch(lambda desk: desk.capture.settle_preview(text))
        return Content.assemble(content(f"{names}  ·  ", "bold $name"), chips(plan))

    return check


def capture_question(place: PlacePort, start: str = "") -> Question:
    """Whom it is about and what happened."""
    return Question(
        "Capture",
        "Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w",
        value=start,
        check=capture_check(place),
        draft="capture",
    )


def capture_submit(place: PlacePort) -> Submit:
    """Do what the line says; somebody new is added by a second enter."""
    agreed = ""

    async def submit(text: str) -> None:
        nonlocal agreed
        plan = await place.fetch(lambda desk: desk.capture.preview(text, add=True))
        if plan.new_names and not plan.problems and agreed != text:
            agreed = text
            raise Refused(f"Nobody is called {' or '.join(plan.new_names)} yet", "enter again adds them")
        await place.do(lambda desk: desk.capture.take(text, add=True))

    return submit
