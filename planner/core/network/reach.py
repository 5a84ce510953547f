"""Who can lead me to a person, a company or a topic: paths of one to three steps, best first. Pure.

A path ranks by how recently I was in touch with its first person, and by how recently I helped them: it is easier to
ask a favor of somebody I helped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from planner.core.records import record
from planner.errors import Refused

NEVER_DAYS = 36_500
"""The days counted for somebody I never had contact with, who comes after everybody else."""
KNOWN_MYSELF = "you know them"
"""Why a contact fits who has the target's name."""
COLD_DAYS = 180
"""In days; a person in the middle not seen for longer is better reached through somebody who knows them."""


@record(frozen=True, slots=True)
class Step:
    """A person on a path; `contact_id` is None if only the name is known."""

    contact_id: int | None
    name: str


@record(frozen=True, slots=True)
class Path:
    """A path to a target: its steps, why it fits, and what I asked from and gave to its first person."""

    steps: tuple[Step, ...]
    why: str
    price: str = ""
    contact_days: int | None = None
    """Days since contact with the first person; None for never."""


@record(frozen=True, slots=True)
class Standing:
    """My standing with a contact: days since contact and since I helped, asks and gifts in a year."""

    name: str
    contact_days: int | None = None
    helped_days: int | None = None
    asked: int = 0
    gave: int = 0
    known: bool = True
    """Whether I know them myself: somebody I only heard of is never the first step of a path."""


@record(frozen=True, slots=True)
class Match:
    """A contact who fits the target, or who knows a person or a thing that does."""

    contact_id: int
    why: str
    name: str = ""
    """The name at the end of the path; empty when the contact is the end."""
    other_id: int | None = None


def cost(standing: Standing) -> float:
    """The cost of asking, the lower the better: days since contact, less for recent help, more for many asks."""
    since = standing.contact_days if standing.contact_days is not None else NEVER_DAYS
    helped = standing.helped_days if standing.helped_days is not None else NEVER_DAYS
    return since + helped / 10 + 30 * max(0, standing.asked - standing.gave)


def is_cold(standing: Standing) -> bool:
    """Whether a contact was not seen for so long that a path through somebody who knows them is better."""
    return standing.contact_days is None or standing.contact_days > COLD_DAYS


def price(standing: Standing) -> str:
    """The number of favors asked and given in the last year, in words; empty if there were none."""
    if not standing.asked and not standing.gave:
        return ""
    first = standing.name.split()[0] if standing.name.split() else standing.name
    times = {1: "once", 2: "twice"}
    asked = times.get(standing.asked, f"{standing.asked} times")
    gave = times.get(standing.gave, f"{standing.gave} times")
    if not standing.asked:
        return f"you helped {first} {gave} this year"
    return f"you asked {first} {asked} this year, gave {gave if standing.gave else 'nothing yet'}"


def paths(
    matches: Iterable[Match],
    standings: Mapping[int, Standing],
    friends: Mapping[int, tuple[int, ...]],
    most: int = 20,
) -> tuple[Path, ...]:
    """The best paths to the people in the matches.

    `friends` are the contacts that each contact in a match knows; a cold middle person also gets a path through the
    warmest of them. Each sequence of steps appears once.
    """
    found: dict[tuple[tuple[int | None, str], ...], tuple[float, Path]] = {}
    for match in matches:
        own = standings.get(match.contact_id)
        if own is None:
            continue
        end = (Step(match.other_id, match.name),) if match.name else ()
        if own.known:
            _keep(found, (Step(match.contact_id, own.name), *end), match.why, own, len(end))
        warm = [
            one
            for one in friends.get(match.contact_id, ())
            if one in standings and one != match.other_id and standings[one].known
        ]
        if not warm and not own.known and not end:
            _through_strangers(found, match, own, standings, friends)
        if not warm or not is_cold(own):
            continue
        best = min(warm, key=lambda one: (cost(standings[one]), standings[one].name, one))
        if not own.known or cost(standings[best]) < cost(own):
            steps = (Step(best, standings[best].name), Step(match.contact_id, own.name), *end)
            _keep(found, steps, _why(match, own, standings[best]), standings[best], len(end) + 1)
    ranked = sorted(found.values(), key=lambda pair: (pair[0], [step.name for step in pair[1].steps]))
    return tuple(path for _, path in ranked[:most])


def _through_strangers(
    found: dict[tuple[tuple[int | None, str], ...], tuple[float, Path]],
    match: Match,
    own: Standing,
    standings: Mapping[int, Standing],
    friends: Mapping[int, tuple[int, ...]],
) -> None:
    """The best path to a stranger whom only other strangers know: through somebody who knows one of those."""
    ways = [
        (cost(standings[first]), standings[first].name, first, middle)
        for middle in friends.get(match.contact_id, ())
        if middle in standings
        for first in friends.get(middle, ())
        if first in standings and standings[first].known and first != match.contact_id
    ]
    if ways:
        *_, first, middle = min(ways)
        steps = (
            Step(first, standings[first].name), Step(middle, standings[middle].name), Step(match.contact_id, own.name)
        )  # fmt: skip
        _keep(found, steps, _why(match, own, standings[middle]), standings[first], 2)


def _why(match: Match, own: Standing, before: Standing) -> str:
    """Why a match fits; for a stranger found by name it does not claim that I know them."""
    return f"{before.name} knows them" if match.why == KNOWN_MYSELF and not own.known else match.why


def _keep(
    found: dict[tuple[tuple[int | None, str], ...], tuple[float, Path]],
    steps: tuple[Step, ...],
    why: str,
    first: Standing,
    more: int,
) -> None:
    key = tuple((step.contact_id, step.name) for step in steps)
    rank = cost(first) + 60 * more
    if key not in found or found[key][0] > rank:
        found[key] = (rank, Path(steps, why, price(first), first.contact_days))


def spread_days(last: date | None, today: date) -> int | None:
    """Days since a date, None for never."""
    return (today - last).days if last is not None else None


_KNOWS = re.compile(r"\s+knows\s+", re.IGNORECASE)


def read_knows(line: str) -> tuple[str, str, str, str]:
    """Who knows whom, from one line: "Ana knows Carl Stone, Port of Lyon, cranes" → who, whom, company, topic.

    Raises Refused, saying what is missing, for a line without both people.
    """
    who, *rest = _KNOWS.split(f" {line} ", maxsplit=1)
    name, company, topic = ([part.strip() for part in rest[0].split(",", 2)] + ["", ""])[:3] if rest else ("", "", "")
    if not rest or not who.strip():
        raise Refused("Nobody is said to know somebody", "Type it so: Ana knows Carl Stone, Port of Lyon")
    if not name:
        raise Refused(f"Whom does {who.strip()} know?", "A name, then a company and a topic if you like")
    return who.strip(), name, company, topic
