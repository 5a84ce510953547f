"""The questions that verbs ask about people: what happened, the rhythm, the circle, the follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.dates.shown import year_day
from planner.core.dates.typed import parse_month_day
from planner.core.rhythm.cadence import parse_cadence
from planner.core.words.folding import fold
from planner.core.words.triage import FAVORS, read_follow_up
from planner.ui.shared.triage_questions import day_echo
from planner.ui.text import content
from planner.ui.widgets.prompt import Parts, Question

if TYPE_CHECKING:
    from planner.ui.port import PlacePort
    from planner.ui.verbs.verb import Work


def numbered(contact_ids: Sequence[int]) -> str:
    """Contacts in the unambiguous form for the capture line: "#3, #7"."""
    return ", ".join(f"#{contact_id}" for contact_id in contact_ids)


def log_question(place: PlacePort, names: str) -> Question:
    """Asks what happened or is planned with people. An empty answer is a contact today."""
    # The first screen does not need it.
    from planner.ui.shared.capture_line import settle_check, settle_swap

    hint = "enter is enough for today; or: coffee yesterday, her op 12 dec   lunch next fri (planned)   call, no answer"
    check, swap = settle_check(place, names), settle_swap(place, names)
    return Question(f"Contact with {names}", hint, check=check, may_be_empty=True, swap=swap)


def favor_question(place: PlacePort, verb: str, name: str) -> Question:
    """Asks for one entry of the ledger; `verb` is the id of the kind of entry, such as "gave"."""
    # The first screen does not need it.
    from planner.ui.shared.capture_line import chips

    label, prefix, hint = FAVORS[verb]

    async def check(text: str) -> Parts:
        plan = await place.fetch(lambda desk: desk.capture.settle_preview(prefix + text, names=[name]))
        return chips(plan, typed_from=len(prefix))

    async def swap(text: str, cursor: int) -> str:
        turned = await place.fetch(lambda desk: desk.capture.swapped(prefix + text, len(prefix) + cursor, names=[name]))
        return turned.removeprefix(prefix) if turned.startswith(prefix) else text

    return Question(label.format(name), hint, check=check, swap=swap)


def favor_work(contact_ids: Sequence[int], verb: str, text: str) -> Work:
    """The desk call that enters an answer to `favor_question` in the ledger."""
    return lambda desk: desk.capture.take(f"{numbered(contact_ids)}: {FAVORS[verb][1]}{text}")


def rhythm_question(place: PlacePort, names: str, value: str = "") -> Question:
    """Asks how often to be in touch with people; `value` is their present rhythm."""

    async def check(text: str) -> Content:
        return content(rhythm_words(text, place.planner.today), "$done")

    hint = "4w   4w/6w   every 3 weeks   monthly   every friday   inherit from the circles   none"
    return Question(f"Rhythm of {names}", hint, value=value, check=check)


def rhythm_words(text: str, today: date) -> str:
    """The reading of a typed rhythm: "every 4–6 weeks". Raises Refused with advice."""
    wanted = " ".join(text.split())
    if wanted.casefold() == "inherit":
        return "as the circles say"
    cadence = parse_cadence(wanted, today)
    return cadence.words if cadence is not None else "no rhythm"


def birthday_words(text: str) -> str:
    """The reading of a typed day of the year: "12 December 1988". Raises Refused with advice."""
    year, month, day = parse_month_day(text)
    return year_day(month, day, year)


def circle_question(names: str, known: Sequence[tuple[str, int]]) -> Question:
    """Asks for a circle to join, or after a minus to leave. `known` are the circles as (name, number of members)."""

    async def check(text: str) -> Content:
        leaving = text.lstrip().startswith("-")
        wanted = fold(text.lstrip(" -"))
        matches = [(name, members) for name, members in known if fold(name).startswith(wanted)]
        exact = next((name for name, _ in known if fold(name) == wanted), None)
        verb = "leave" if leaving else "join"
        if exact is not None:
            said = content(f"{verb} {exact}", "$done")
        elif leaving:
            said = content("which circle?", "$due")
        else:
            said = content(f"a new circle “{' '.join(text.split())}”", "$done")
        others = "   ".join(f"{name} {members}" for name, members in matches[:6] if name != exact)
        return Content.assemble(said, content(f"      {others}" if others else "", "$dim"))

    there = ", ".join(name for name, _ in known[:8])
    hint = f"a name joins, -name leaves{'   there are: ' + there if there else ''}"
    return Question(f"Circle of {names}", hint, check=check)


def follow_up_question(place: PlacePort, names: str) -> Question:
    """Asks what to do about people, on which day, and whether it repeats."""

    async def check(text: str) -> Content:
        words, day, repeat = read_follow_up(text, place.planner.read_day)
        again = f", again {repeat}" if repeat else ""
        return Content.assemble(content(words), "  ·  ", day_echo(day, place.planner.today), content(again, "$done"))

    hint = "what, then the day: send the talk fri   call about the flat 12 dec   again and again: tax talk 1 mar +1y"
    return Question(f"Follow up with {names}", hint, check=check)
