"""The questions about people: what happened, how often, which circle, what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from planner.core.dates.typed import MONTH_NAMES, parse_month_day
from planner.core.rhythm.cadence import parse_cadence
from planner.core.words.folding import fold
from planner.errors import Refused
from planner.ui.shared.capture_line import chips, settle_check
from planner.ui.shared.triage_questions import day_echo
from planner.ui.text import content
from planner.ui.widgets.prompt import Question

if TYPE_CHECKING:
    from planner.ui.port import PlacePort
    from planner.ui.verbs.verb import Work

_REPEAT = re.compile(r"\s+((?:\.\+|\+\+|\+)[0-9]+[dwmy])$")
LONGEST_DAY = 5
"""Words a typed day has at most: "wed 12 dec 2027"."""

FAVORS = {
    "gave": ("How did you help {}", "gave ", "advice on the contract; an introduction to Leo yesterday"),
    "promise": ("What did you promise {}", "promised ", "introduction to Leo by fri; the book in 2 weeks"),
    "helped": ("How did {} help", "helped me with ", "the contract; a referral at SNCF 12 nov"),
    "ask": ("What did you ask {} for", "I asked for ", "a reference for the grant; someone at SNCF"),
    "request": ("What does {} ask for", "asked me for ", "a reference by fri; advice on a first job"),
}
"""By verb: the label of its question, what the line begins with for the capture grammar, examples."""


def numbered(contact_ids: Sequence[int]) -> str:
    """People as the capture grammar names them beyond doubt: "#3, #7"."""
    return ", ".join(f"#{contact_id}" for contact_id in contact_ids)


def log_question(place: PlacePort, names: str) -> Question:
    """What happened or is planned; enter alone is a contact today."""
    hint = "enter is enough for today; or: coffee yesterday, her op 12 dec   lunch next fri (planned)   call, no answer"
    return Question(f"Contact with {names}", hint, check=settle_check(place, names), may_be_empty=True, draft="log")


def favor_question(place: PlacePort, verb: str, name: str) -> Question:
    """One entry of the ledger in a line."""
    label, prefix, hint = FAVORS[verb]

    async def check(text: str) -> Content:
        return chips(await place.fetch(lambda desk: desk.capture.settle_preview(prefix + text)))

    return Question(label.format(name), hint, check=check, draft=f"favor.{verb}")


def favor_work(contact_ids: Sequence[int], verb: str, text: str) -> Work:
    """Enter what a line says in the ledger."""
    return lambda desk: desk.capture.take(f"{numbered(contact_ids)}: {FAVORS[verb][1]}{text}")


def rhythm_question(place: PlacePort, names: str, value: str = "") -> Question:
    """How often to be in touch."""

    async def check(text: str) -> Content:
        return content(rhythm_words(text, place.planner.today), "$done")

    hint = "4w   4w/6w   every 3 weeks   monthly   every friday   inherit from the circles   none"
    return Question(f"Rhythm of {names}", hint, value=value, check=check)


def rhythm_words(text: str, today: date) -> str:
    """A rhythm as it is understood: "every 4–6 weeks"; raises Refused with what to type."""
    wanted = " ".join(text.split())
    if wanted.casefold() == "inherit":
        return "as the circles say"
    cadence = parse_cadence(wanted, today)
    return cadence.words if cadence is not None else "no rhythm"


def birthday_words(text: str) -> str:
    """A day of the year as it is understood: "12 December 1988"; raises Refused."""
    year, month, day = parse_month_day(text)
    return f"{day} {MONTH_NAMES[month - 1].capitalize()}" + (f" {year}" if year is not None else "")


def circle_question(names: str, known: Sequence[tuple[str, int]]) -> Question:
    """A circle to join, or with a minus to leave; `known` are (name, members)."""

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
    """What to do and when, perhaps again and again."""

    async def check(text: str) -> Content:
        words, day, repeat = read_follow_up(text, place.planner.read_day)
        again = f", again {repeat}" if repeat else ""
        return Content.assemble(content(words), "  ·  ", day_echo(day, place.planner.today), content(again, "$done"))

    hint = "what, then the day: send the talk fri   call about the flat 12 dec   again and again: tax talk 1 mar +1y"
    return Question(f"Follow up with {names}", hint, check=check, draft="follow_up")


def read_follow_up(text: str, read_day: Callable[[str], date]) -> tuple[str, date, str]:
    """(what to do, the day, a repeater or "") of a line that ends in a day; raises Refused without one."""
    line = " ".join(text.split())
    repeat = ""
    if found := _REPEAT.search(line):
        line, repeat = line[: found.start()], found[1]
    words = line.split(" ")
    problem: Refused | None = None
    for count in range(min(LONGEST_DAY, len(words) - 1), 0, -1):
        try:
            day = read_day(" ".join(words[-count:]))
        except Refused as refusal:
            # A day that cannot be says more than a word that is none.
            if problem is None or "not a date" in problem.message:
                problem = refusal
            continue
        rest = " ".join(words[:-count]).rstrip(" ,;:")
        for little in (" on", " by", " at"):
            rest = rest.removesuffix(little)
        if rest:
            return rest, day, repeat
    if problem is not None and "not a date" not in problem.message:
        raise problem
    raise Refused("It needs a day at the end", "Such as: send the talk fri")
