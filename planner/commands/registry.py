"""What a person can do, place by place: the one list that footer, palette, help, README and keymap read."""

from __future__ import annotations

from typing import Final

from planner.commands.command import APP, GO, LIST, Command, Offer, Verb, Words
from planner.commands.places import FROM_ANYWHERE, OFFERS, TOP_PLACES
from planner.commands.verbs import EVERYWHERE, MOVES, VERBS

PLACE_TITLES: Final = {APP: "Everywhere", LIST: "Any list"} | {offer.place: offer.title for offer in OFFERS}
"""Every place with commands, in the order of the help."""

_VERBS: Final = {verb.id: verb for verb in VERBS}
_KEPT: Final = Words()


def _command(place: str, verb: Verb, words: Words = _KEPT) -> Command:
    return Command(
        place, verb.id, words.title or verb.title, words.help or verb.help, verb.keys, verb.group,
        words.cli or verb.cli, verb.instead_of, verb.sample, verb.always,
    )  # fmt: skip


def _offered(offer: Offer) -> list[Command]:
    own = [_command(offer.place, _VERBS[verb], offer.words.get(verb, _KEPT)) for verb in offer.verbs]
    return own + [_command(offer.place, answer) for answer in offer.answers]


COMMANDS: Final[tuple[Command, ...]] = (
    *(
        Command(APP, place.id, place.title, f"Go to {place.title}.", (place.key,), GO, place.cli or place.id)
        for place in TOP_PLACES
    ),
    *(_command(APP, verb) for verb in EVERYWHERE),
    *(_command(LIST, verb) for verb in MOVES),
    *(command for offer in OFFERS for command in _offered(offer)),
)

_BY_ID: Final = {command.id: command for command in COMMANDS}
_FOOTERS: Final = {offer.place: offer.footer for offer in OFFERS}


def by_id(command_id: str) -> Command:
    """The command of that id, such as "agenda.done"; raises KeyError when there is none."""
    return _BY_ID[command_id]


def known(command_id: str) -> bool:
    """Whether there is a command with that id."""
    return command_id in _BY_ID


def for_place(place: str, *, sample: bool = True) -> tuple[Command, ...]:
    """The commands of a place: its own, then those of the whole app that it does not take over.

    Without `sample`, commands of the sample network alone are left out. Raises KeyError for a place that is not in
    `PLACE_TITLES`.
    """
    if place not in PLACE_TITLES:
        raise KeyError(place)
    everywhere = tuple(command for command in COMMANDS if command.place == APP and (sample or not command.sample))
    if place == APP:
        return everywhere
    own = tuple(command for command in COMMANDS if command.place == place)
    taken = {command.instead_of for command in own}
    return own + tuple(command for command in everywhere if command.id not in taken)


def from_elsewhere(place: str) -> tuple[Command, ...]:
    """The commands of the other top-level places that need nothing under the cursor, each once."""
    tops = [top.id for top in TOP_PLACES if top.id != place]
    seen = {command.title for command in for_place(place)}
    found: list[Command] = []
    for command in COMMANDS:
        if command.place in tops and command.verb in FROM_ANYWHERE and command.title not in seen:
            found.append(command)
            seen.add(command.title)
    return tuple(found)


def footer(place: str) -> tuple[Command, ...]:
    """The commands in the footer of a place, the most useful first; a narrow screen cuts the last ones."""
    return tuple(_BY_ID.get(f"{place}.{verb}") or _BY_ID[f"{APP}.{verb}"] for verb in _FOOTERS.get(place, ()))
