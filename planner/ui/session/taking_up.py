"""Resumes an unfinished text: opens its place, about the same people, and runs its verb again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from planner.commands import registry
from planner.commands.places import HELPING, PERSON, TOP_PLACES
from planner.core.words.counts import counted
from planner.errors import PlannerError
from planner.ui.places.place_screen import PlaceScreen

if TYPE_CHECKING:
    from planner.desk.values import Whereabouts
    from planner.ui.port import AppPort
    from planner.unfinished import Unfinished

ABOUT_PEOPLE = frozenset({*PERSON, *HELPING, "done", "snooze"} - {"archive", "why", "brief"})
"""Verbs that ask the same question about people in every place."""


async def take_up(planner: AppPort, text: Unfinished) -> None:
    """Open the place of a text and run its verb again, which finds the text.

    A person who was merged into another contact counts as that contact. Archived and deleted people are left out, and
    named.
    """
    try:
        people = await planner.gateway.call(lambda desk: desk.reading.whereabouts(text.contacts))
    except PlannerError as problem:
        planner.say(str(problem), tone="late")
        return
    here = [one for one in people if one.now is not None and (not one.archived or len(people) == 1)]
    missing = missing_words([one for one in people if one not in here])
    if people and not here:
        planner.say(f"This text is about {missing}; x in the list of unfinished texts throws it away", tone="due")
        return
    verb = text.verb.partition(" in ")[0]
    names = ", ".join(one.name for one in here)
    gone = {one.id for one in people if one not in here}
    ids = {one.id: one.now for one in here if one.now is not None}
    if verb == "form":
        planner.typed.readdress(text, tuple(ids.values()))
        planner.edit_contact(next(iter(ids.values()), None))
        return
    stands, on = text.place, text.rows
    typed_in_top_place = text.place in {place.id for place in TOP_PLACES}
    # An action on an item is different on the page of its person, and may need no question there.
    means_the_same = verb in ABOUT_PEOPLE or not typed_in_top_place
    if len(ids) == 1 and means_the_same and registry.known(f"contact.{verb}"):
        planner.open_contact(next(iter(ids.values())))
    elif typed_in_top_place:
        planner.go_to(text.place)
    elif ids and verb in ABOUT_PEOPLE and registry.known(f"contacts.{verb}"):
        # The page it was typed on is opened from elsewhere; the same verb works in the contacts list.
        planner.go_to("contacts")
        stands, on = "contacts", tuple(map(str, text.contacts))
    elif verb != "capture":
        where = registry.PLACE_TITLES.get(text.place, "")
        planner.say(f"It waits where it was typed: “{text.heading}”{where and f', in {where}'}", tone="due")
        return
    place = planner.screen
    if not isinstance(place, PlaceScreen):
        return

    async def give() -> None:
        rows = _rows_now(on, ids, gone) if stands == place.PLACE else []
        is_there = not rows or await place.stand_on(rows, marked=len(people) > 1)
        meant = {target.contact_id for target in place.targets(verb)} if ids else set()
        settled = ", ".join(one.name for one in here if one.now not in meant)
        if ids and (not is_there or not meant or not meant <= set(ids.values())):
            place.say(f"Nothing is open here about {settled or names}; the text goes on waiting", tone="due")
            return
        planner.typed.readdress(text, tuple(sorted(meant)))
        if verb == "capture":
            place.capture()
        else:
            place.action_verb(f"{place.PLACE}.{verb}")
        without = ", ".join(filter(None, (missing, f"{settled} (nothing open here)" if settled else "")))
        if without:
            place.say(f"Without {without}", tone="due")

    place.when_read(lambda: place.in_turn(give))


def missing_words(people: Sequence[Whereabouts]) -> str:
    """The people a text cannot be about now, in words: "Ana Silva (archived), 2 people who are gone"."""
    known = [f"{one.name} (archived)" for one in people if one.now is not None]
    gone = sum(one.now is None for one in people)
    words = f"{counted(gone, 'person', 'people')} who {'is' if gone == 1 else 'are'} gone"
    return ", ".join([*known, words] if gone else known)


def _rows_now(keys: Sequence[str], ids: Mapping[int, int], gone: Collection[int]) -> list[str]:
    """The keys of the same rows after people were merged, such as 7 in the contacts and c7 on the agenda."""
    found: dict[str, None] = {}
    for key in keys:
        kind = key[:1] if key[:1] == "c" else ""
        number = key.removeprefix(kind)
        if not number.isdecimal():
            found[key] = None
        elif int(number) not in gone:
            found[f"{kind}{ids.get(int(number), int(number))}"] = None
    return list(found)
