"""Gifts: ideas, and earlier gifts, to know before the next occasion. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from planner.core.dates.civil import next_yearly
from planner.core.favors import COUNTED
from planner.core.model import Favor, FavorDirection, FavorState
from planner.core.words.folding import fold
from planner.core.words.patterns import late

AROUND = timedelta(days=45)
"""A gift given within this many days of an occasion was for that occasion."""

OCCASIONS = ("birthday", "Christmas", "name day", "anniversary")
"""The suggested occasions; any other words are allowed."""
_CHRISTMAS = frozenset({"christmas", "xmas", "weihnachten", "noel", "navidad"})
_WORD = late(r"\w+")
_LITTLE = frozenset({"a", "an", "the", "her", "his", "their", "my", "our", "of", "for", "and", "with", "some"})


def gift_words(gifts: Iterable[Favor], occasion: str, on: date) -> str:
    """What is known for an occasion on a day: "given: a map", else "idea: a pen · last year: a scarf"; "" for nothing.

    `gifts` are those of one contact, oldest first. A gift without an occasion counts, as an idea, for any, and once
    given for the occasion it was given near.
    """
    ideas, given, before = [], "", ""
    for gift in gifts:
        meant = fold(gift.occasion) == fold(occasion)
        what = gift.note or "a gift"
        if gift.state is FavorState.IDEA and (meant or not gift.occasion):
            ideas.append(what)
        elif gift.state in COUNTED and gift.done_on is not None:
            times = _times(gift.done_on, on)
            near = abs(gift.done_on - _same_day(on, on.year - times)) <= AROUND
            if not meant and not (near and not gift.occasion):
                continue
            if times <= 0:
                given = what
            else:
                before = f"{'last year' if times == 1 else f'in {on.year - times}'}: {what}"
    if given:
        return f"given: {given}"
    return " · ".join(part for part in (f"idea: {', '.join(ideas)}" if ideas else "", before) if part)


def other_gifts(gifts: Iterable[Favor], occasions: Iterable[str]) -> tuple[str, ...]:
    """What is known for occasions that are not among the contact's days of the year: "Christmas: idea: a pen".

    Ideas without an occasion are included if the contact has no days of the year.
    """
    named = {fold(one) for one in occasions}
    found: dict[str, list[str]] = {}
    for gift in gifts:
        place = gift.occasion if gift.occasion else ""
        if fold(place) in named or (not place and named and gift.state is FavorState.IDEA):
            continue
        what = gift.note or "a gift"
        if gift.state is FavorState.IDEA:
            found.setdefault(place, []).append(f"idea: {what}")
        elif gift.state in COUNTED and gift.done_on is not None and place:
            found.setdefault(place, []).append(f"{gift.done_on.year}: {what}")
    return tuple(f"{f'{place}: ' if place else ''}{' · '.join(words)}" for place, words in found.items())


def before_giving(gifts: Iterable[Favor], occasion: str, days: Mapping[str, tuple[int, int]], today: date) -> str:
    """What is known before the next gift: the ideas for all occasions; for one occasion also what was given before.

    `gifts` are those of one contact, oldest first; `days` are (month, day) of the contact's days of the year.
    """
    known = [one for one in gifts if one.kind == "gift" and one.direction is FavorDirection.GIVEN]
    wanted = fold(occasion.strip())
    if not wanted:
        ideas = [_with_occasion(one) for one in known if one.state is FavorState.IDEA]
        return f"idea: {', '.join(ideas)}" if ideas else ""
    own = {fold(kind): day for kind, day in days.items()} | dict.fromkeys(_CHRISTMAS, (12, 25))
    if wanted in own:
        meant = [replace(one, occasion=occasion) if _same_occasion(one.occasion, wanted) else one for one in known]
        return gift_words(meant, occasion, next_yearly(*own[wanted], today))
    ideas = [one.note for one in known if one.state is FavorState.IDEA and fold(one.occasion) in ("", wanted)]
    given = [one for one in known if one.state in COUNTED and one.done_on is not None and fold(one.occasion) == wanted]
    before = [f"{one.done_on.year}: {one.note or 'a gift'}" for one in given if one.done_on is not None]
    return " · ".join((*([f"idea: {', '.join(ideas)}"] if ideas else []), *before))


def idea_meant(favors: Iterable[Favor], gift: str, on: date) -> Favor | None:
    """The idea that a given gift realises: it holds every word of the gift, or the gift holds every word of it.

    "the scarf" means the idea "a red scarf", and so does "the red scarf from Lyon". None where several ideas fit; an
    idea noted later than `on` never fits.
    """
    said = _words(gift)
    ideas = [one for one in favors if one.state is FavorState.IDEA and (one.asked_on or on) <= on]
    found = [one for one in ideas if said and said <= _words(one.note)]
    exact = [one for one in found if said == _words(one.note)]
    chosen = exact or found or [one for one in ideas if (held := _words(one.note)) and held <= said]
    return chosen[0] if len(chosen) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text))) - _LITTLE


def _with_occasion(idea: Favor) -> str:
    return f"{idea.note} ({idea.occasion})" if idea.occasion else idea.note


def _same_occasion(occasion: str, wanted: str) -> bool:
    return fold(occasion) == wanted or (wanted in _CHRISTMAS and fold(occasion) in _CHRISTMAS)


def _times(given: date, on: date) -> int:
    """How many years before the occasion on `on` the occasion was for which a gift was given."""
    years = range(given.year - 1, given.year + 2)
    return on.year - min(years, key=lambda year: abs(given - _same_day(on, year)))


def _same_day(on: date, year: int) -> date:
    """The day of an occasion in another year; a leap day becomes 28 February where there is none."""
    return on.replace(year=year, day=28) if (on.month, on.day) == (2, 29) else on.replace(year=year)
