"""The capture line on the screen. While a line is typed, a chip for each part shows its effect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.dates.shown import exact_date
from planner.desk.values import CapturePlan
from planner.errors import Refused
from planner.ui.text import content
from planner.ui.widgets.prompt import SWAP_KEY, Check, Parts, Question, Submit, Swap

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from planner.desk import Desk, Done
    from planner.ui.port import PlacePort

TONES = {
    "who": "bold $name",
    "interaction": "$done",
    "promise": "$due",
    "request": "$due",
    "ask": "$received",
    "received": "$received",
    "thanks": "$received",
    "outcome": "$received",
    "need": "$received",
    "home": "$received",
    "gave": "$accent",
    "gift": "$accent",
    "followup": "$accent",
    "next": "$accent",
    "cadence": "$accent",
    "note": "$dim",
}


def chips(plan: CapturePlan, typed_from: int = 0) -> Parts:
    """The chips of a line, then its first problem.

    Parts with two readings come first, then parts with a problem, so that a narrow screen cuts the others. Text before
    the index `typed_from` was put there by the planner, and its readings cannot be swapped.
    """
    parts: list[Content] = []
    for chip in sorted(plan.chips, key=lambda chip: (not chip.other, not chip.problem)):
        tone = "$late" if chip.problem else TONES.get(chip.kind, "$foreground")
        if chip.other:
            readings = content(chip.text, tone), content(" or ", "$due"), content(chip.other, tone)
            parts.append(Content.assemble(content(f"{SWAP_KEY}: ", "$due"), *readings))
        elif chip.turns and chip.start >= typed_from:
            parts.append(Content.assemble(content(chip.text, tone), content(f" ({SWAP_KEY} swaps)", "$dim")))
        else:
            parts.append(content(chip.text, tone))
    shown = {chip.text for chip in plan.chips}
    for problem in plan.problems:
        if problem not in shown:
            parts.append(content(problem, "$late"))
            break
    return Parts(tuple(parts) or (content("whom is it about? a name, then a colon", "$dim"),))


def capture_check(place: PlacePort, day: date | None = None) -> Check:
    """Gives the chips of a line read as on `day` (None: today); while it names nobody, whom its last name may mean."""

    async def check(text: str) -> Parts:
        plan = await place.fetch(lambda desk: _on(desk, day).capture.preview(text, add=True))
        if not plan.named:
            matches = await place.fetch(lambda desk: desk.people.complete(text.rsplit(",", 1)[-1], limit=6))
            if matches:
                names = tuple(content(name, "$name") for _, name in matches)
                return Parts((*names, content("then a colon", "$dim")), between="   ")
        return chips(plan)

    return check


def _each(names: str) -> list[str]:
    """The names in "Ana Silva, Ben Okri and 3 more"."""
    return [name for name in re.split(r", | and ", names) if not name.endswith(" more")]


def settle_check(place: PlacePort, names: str) -> Check:
    """Gives the chips of a line about people whose names are known."""

    async def check(text: str) -> Parts:
        plan = await place.fetch(lambda desk: desk.capture.settle_preview(text, names=_each(names)))
        return Parts((content(names, "bold $name"), *chips(plan).parts))

    return check


def settle_swap(place: PlacePort, names: str) -> Swap:
    """Gives a line about known people, with the part at the cursor in its other reading."""

    async def swap(text: str, cursor: int) -> str:
        return await place.fetch(lambda desk: desk.capture.swapped(text, cursor, names=_each(names)))

    return swap


def _on(desk: Desk, day: date | None) -> Desk:
    return desk if day is None else desk.on(day)


def capture_question(place: PlacePort, start: str = "", day: date | None = None) -> Question:
    """The question for a capture line, which begins with `start` and is read as on `day` (None: today)."""

    async def swap(text: str, cursor: int) -> str:
        return await place.fetch(lambda desk: _on(desk, day).capture.swapped(text, cursor))

    return Question(
        "Capture" if day is None else exact_date(day).rpartition(" ")[0],
        "Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w   or: ring Ida on friday",
        value=start,
        check=capture_check(place, day),
        swap=swap,
    )


def capture_submit(
    place: PlacePort, day: date | None = None, take: Callable[[Desk, str], Done] | None = None
) -> Submit:
    """Stores what a line says, read as on `day` (None: today). A new name is refused once; enter again adds it.

    `take` stores the line in place of `desk.capture.take`, and adds the contacts of new names.
    """
    agreed = ""

    async def submit(text: str) -> None:
        nonlocal agreed
        plan = await place.fetch(lambda desk: _on(desk, day).capture.preview(text, add=True))
        if plan.new_names and not plan.problems and agreed != text:
            agreed = text
            raise Refused(f"Nobody is called {' or '.join(plan.new_names)} yet", "enter again adds them")
        await place.do(lambda desk: take(desk, text) if take is not None else desk.capture.take(text, add=True))

    return submit
