"""Duplicates, and newcomers: imported contacts without a rhythm or mode of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.matching.duplicates import SURE, Compared, LikelyPair, search
from planner.core.matching.recognition import Likeness
from planner.core.model import Mode, Status
from planner.core.rhythm.cadence import parse_cadence
from planner.desk.done import Done
from planner.desk.shared.cadences import keeps_again
from planner.desk.shared.checks import listed, one_of, present_names
from planner.desk.shared.contact_checks import cadence_text, cadence_words, circle_name
from planner.desk.shared.context import Context, Said
from planner.desk.values import Duplicate, Duplicates, Newcomer, NewcomerCount
from planner.errors import Refused
from planner.store.facts import circles, contacts
from planner.store.facts.identity import duplicates
from planner.store.views import newcomers

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

MOST = 1000
"""The most pairs returned at once; nobody goes through more in one sitting."""
FIRST = 200
"""The groups of names, addresses and open pairs examined for the first answer."""
AT_ONCE = 250
"""People in one transaction, so that other sessions hardly wait."""


class Review:
    """Verbs about duplicates and newcomers."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # Duplicates

    def pairs(self, *, most: int = MOST) -> Duplicates:
        """The pairs that imports left open, oldest first."""
        with self._context.store.read():
            found = [
                LikelyPair(one, other, Likeness(why) if why in list(Likeness) else Likeness.SIMILAR)
                for one, other, why in duplicates.open_duplicates()
            ]
            return _duplicates(found, most)

    def duplicates(self, *, most: int = MOST) -> Duplicates:
        """Every pair of contacts who may be one person: the pairs that imports left open first, then the surest.

        Two contacts confirmed as two people, or with different profiles, are left out.
        """
        self.read_numbers_anew()
        return self.among(search(self.compared()), most=most)

    def surest(self, *, names: int = FIRST) -> Duplicates:
        """The surest of these pairs: those that share an address, or a name and a company, or were left open by an
        import.

        They are found without comparing everybody: from the first `names` groups of each kind.
        """
        with self._context.store.read():
            compared = duplicates.compared(names)
        found = search(compared)
        return self.among([one for one in found if one.likeness in SURE or (one.one, one.other) in compared.known])

    def read_numbers_anew(self) -> None:
        """Update the normal forms of telephone numbers for the present region, unless the planner is read-only."""
        if not self._context.store.read_only:
            self._context.read_numbers_anew()

    def compared(self) -> Compared:
        """Everything to compare for finding all pairs."""
        with self._context.store.read():
            return duplicates.compared()

    def among(self, found: Sequence[LikelyPair], *, most: int = MOST) -> Duplicates:
        """The found pairs to look at: without confirmed pairs of two people, and without deleted contacts."""
        ids = {key for pair in found for key in (pair.one, pair.other)}
        with self._context.store.read():
            there, apart, profiles = duplicates.present(ids), duplicates.apart(), duplicates.profiles(ids)
            left = [
                pair for pair in found
                if pair.one in there and pair.other in there and (pair.one, pair.other) not in apart
                and not _two_profiles(pair, profiles)
            ]  # fmt: skip
            return _duplicates(left, most)

    def keep_apart(self, one: int, other: int) -> Done:
        """Store for good that two contacts are two people: the pair is never suggested again."""
        if one == other:
            raise Refused("Both are the same contact", "Name two")
        today = self._context.today

        def work(writer: Writer) -> Said:
            names = present_names([one, other])
            duplicates.set_apart(writer, one, other, today)
            return f"{names[one]} (#{one}) and {names[other]} (#{other}) are two people", [one, other]

        return self._context.write("apart", work)

    # Newcomers

    def newcomer_ids(self, words: str = "") -> list[int]:
        """The ids of waiting newcomers, the most important first; only those with all `words` in their texts."""
        with self._context.store.read():
            return newcomers.waiting_ids(self._context.today, words)

    def newcomer_count(self) -> NewcomerCount:
        """The number of newcomers, and of those settled."""
        with self._context.store.read():
            return NewcomerCount(*newcomers.counts())

    def newcomers_wait(self) -> bool:
        """Whether any newcomer still waits for a rhythm or a mode."""
        count = self.newcomer_count()
        return count.said < count.total

    def newcomers(self, contact_ids: Sequence[int]) -> tuple[Newcomer, ...]:
        """Newcomers by id, in the order of the ids; missing ids are left out."""
        with self._context.store.read():
            found = newcomers.lines(contact_ids)
        return tuple(Newcomer(*row[:9], _said(*row[8:13], self._context.today), row[13]) for row in found)

    def settle_newcomers(
        self,
        contact_ids: Sequence[int],
        *,
        cadence: str | None = None,
        mode: str | None = None,
        circle: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Done:
        """Give newcomers a rhythm, a mode or a circle, or leave them as they are, as one step for undo.

        Settled newcomers are not shown again. The first due dates of several are spread over the interval. Refused for
        an invalid cadence, mode or circle name.
        """
        changes: dict[str, Any] = {}
        words = "left as it is" if len(contact_ids) == 1 else "left as they are"
        today, store = self._context.today, self._context.store
        if cadence is not None:
            text = cadence_text(cadence, today)
            changes |= {"cadence": text, "cadence_since": None if text is None else today, "mode": str(Mode.RHYTHM)}
            words = cadence_words(text, today)
            if len(contact_ids) > self._context.settings.daily_capacity:
                changes["spread"] = True
        if mode is not None:
            changes["mode"] = str(one_of(Mode, mode, "mode"))
            words = "on occasion" if mode == Mode.OCCASION else changes["mode"]
        name = circle_name(circle) if circle is not None else ""
        words = f"in {name}" if name else words
        if len(contact_ids) <= AT_ONCE:

            def work(writer: Writer) -> Said:
                names = present_names(contact_ids)
                _say_about(writer, contact_ids, changes, name, today)
                return f"{listed(names.values())}: {words}", list(names)

            return self._context.write("newcomers", work)
        said = f"{len(contact_ids):,} people: {words}"
        with store.long_write("newcomers", said, today) as step:
            for start in range(0, len(contact_ids), AT_ONCE):
                some = contact_ids[start : start + AT_ONCE]
                step.write(lambda writer, some=some: _say_about(writer, some, changes, name, today))  # type: ignore[misc]
                if progress is not None:
                    progress(start + len(some), len(contact_ids))
        return Done(said, tuple(contact_ids), step.step)


def _two_profiles(pair: LikelyPair, profiles: dict[int, set[str]]) -> bool:
    one, other = profiles.get(pair.one, set()), profiles.get(pair.other, set())
    return bool(one and other) and not one & other


def _duplicates(pairs: Iterable[LikelyPair], most: int) -> Duplicates:
    everything = list(pairs)
    shown = everything[:most]
    about = duplicates.names_and_companies([key for pair in shown for key in (pair.one, pair.other)])
    found = tuple(
        Duplicate(
            pair.one, pair.other, about[pair.one][0], about[pair.other][0], pair.likeness,
            about[pair.one][1] or about[pair.other][1],
        )
        for pair in shown
        if pair.one in about and pair.other in about
    )  # fmt: skip
    return Duplicates(found, len(everything))


def _said(circles: Sequence[str], said: bool, mode: str, cadence: str | None, status: str, today: date) -> str:
    """How a newcomer was settled, in the fewest words; empty for one who waits."""
    if status != Status.ACTIVE:
        return status
    if mode != Mode.RHYTHM:
        return {"occasion": "on occasion"}.get(mode, mode)
    if cadence is None and said and circles:
        return f"in {', '.join(circles)}"
    if cadence is None:
        return "left as it is" if said else ""
    found = parse_cadence(cadence, today)
    return found.words if found is not None else "no rhythm"


def _say_about(writer: Writer, contact_ids: Sequence[int], changes: dict[str, Any], circle: str, today: date) -> None:
    if changes:
        found = contacts.modes(contact_ids)
        back = [key for key, mode, status in found if keeps_again(mode, status, changes)]
        others = sorted({key for key, _, _ in found} - set(back))
        contacts.update_contacts(writer, others, changes, today)
        contacts.update_contacts(writer, back, {**changes, "returned_on": today}, today)
    if circle:
        key = circles.ensure_circle(writer, circle)
        for contact_id in contact_ids:
            circles.join_circle(writer, key, contact_id, today)
    newcomers.say(writer, contact_ids, today)
