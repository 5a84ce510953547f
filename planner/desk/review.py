"""Verbs about who may be the same person: what waits to be looked at, and what was said about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.desk.base import listed, present_names
from planner.desk.imports import ImportVerbs
from planner.desk.values import Suspicion, Suspicions
from planner.errors import Refused

if TYPE_CHECKING:
    from planner.core.matching.duplicates import LikelyPair
    from planner.store.row_writer import Writer

MOST = 1000
"""Pairs that are given at once; more than that nobody goes through in one sitting."""


class DoubtVerbs(ImportVerbs):
    """Two entries for one person, or two people who look like one."""

    def review(self, *, today: date, most: int = MOST) -> Suspicions:
        """The pairs that imports left to look at, in the order they were found."""
        from planner.core.matching.duplicates import LikelyPair
        from planner.core.matching.recognition import Likeness
        from planner.store.facts import duplicates

        with self.store.read():
            found = [
                LikelyPair(one, other, Likeness(why) if why in list(Likeness) else Likeness.SIMILAR)
                for one, other, why in duplicates.open_doubts()
            ]
            return self._suspicions(found, most)

    def duplicates(self, *, today: date, most: int = MOST) -> Suspicions:
        """Every pair of the network that may be one person: those imports left first, then the surest.

        Nobody who was said to be somebody else, and nobody with a profile of their own each, is suggested.
        """
        from planner.core.matching.duplicates import LikelyPair, likely_pairs
        from planner.core.matching.recognition import Likeness
        from planner.store.facts import duplicates

        with self.store.read():
            entries = duplicates.entries()
            emails, phones = duplicates.shared("email"), duplicates.shared("phone")
            known = {(one, other): why for one, other, why in duplicates.open_doubts()}
            apart = duplicates.apart()
        # A number without its country is anybody's.
        found = likely_pairs(entries, emails, {key: ids for key, ids in phones.items() if key.startswith("+")})
        suggested = {(pair.one, pair.other) for pair in found}
        left = [
            LikelyPair(one, other, Likeness(why))
            for (one, other), why in known.items()
            if (one, other) not in suggested and why in list(Likeness)
        ]
        found = [pair for pair in (*left, *found) if (pair.one, pair.other) not in apart]
        found.sort(key=lambda pair: (pair.one, pair.other) not in known)
        with self.store.read():
            profiles = duplicates.profiles({key for pair in found for key in (pair.one, pair.other)})
            kept = [pair for pair in found if not self._two_profiles(pair, profiles)]
            return self._suspicions(kept, most)

    @staticmethod
    def _two_profiles(pair: LikelyPair, profiles: dict[int, set[str]]) -> bool:
        one, other = profiles.get(pair.one, set()), profiles.get(pair.other, set())
        return bool(one and other) and not one & other

    @staticmethod
    def _suspicions(pairs: Iterable[LikelyPair], most: int) -> Suspicions:
        from planner.store.facts import duplicates

        everything = list(pairs)
        shown = everything[:most]
        about = duplicates.names_and_companies([key for pair in shown for key in (pair.one, pair.other)])
        found = tuple(
            Suspicion(
                pair.one, pair.other, about[pair.one][0], about[pair.other][0], pair.likeness,
                about[pair.one][1] or about[pair.other][1],
            )
            for pair in shown
            if pair.one in about and pair.other in about
        )  # fmt: skip
        return Suspicions(found, len(everything))

    def keep_apart(self, one: int, other: int, *, today: date) -> None:
        """Remember for good that two contacts are two people: they are never suggested again."""
        from planner.store.facts import duplicates

        if one == other:
            raise Refused("Both are the same contact", "Name two")

        def work(writer: Writer) -> list[str]:
            names = present_names([one, other])
            duplicates.set_apart(writer, one, other, today)
            return list(names.values())

        self.store.write("apart", lambda names: f"Two people: {listed(names)}", work, today=today)
