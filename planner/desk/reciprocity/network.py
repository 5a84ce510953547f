"""Who knows whom, paths to somebody, and matches of wishes and offers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.core.words.folding import fold
from planner.desk.done import Done
from planner.desk.shared.checks import listed, one_line, present_name, present_names
from planner.desk.shared.context import Context, Said
from planner.desk.shared.whom import find_contact
from planner.errors import Ambiguous, Refused
from planner.store.facts import acquaintances, contacts, introductions

if TYPE_CHECKING:
    from planner.core.network.matchmaking import Pair
    from planner.core.network.reach import Path
    from planner.store.row_writer import Writer


class Network:
    """Reaching people through people."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def knows(self, who: int | str, other: str, *, company: str = "", topic: str = "", relation: str = "") -> Done:
        """Note that somebody knows somebody, each a contact given as WHO, or only a name; the result has the entry's
        id.

        If the first name is unknown, it becomes a contact I only heard of, known through the contacts who know them.
        The second stays only a name if it fits nobody or several.
        """
        name, at, about = one_line(other, "name"), one_line(company, "company"), one_line(topic, "topic")
        kind, today = one_line(relation, "relation", 60), self._context.today
        if not name:
            raise Refused("Nobody was named", "Say whom they know")

        def work(writer: Writer) -> Said:
            contact_id = who if isinstance(who, int) else _known_or_heard_of(writer, who, today)
            owner = present_name(contact_id)
            try:
                other_id: int | None = find_contact(name)
            except Refused:
                if name.startswith("#"):
                    raise
                other_id = None
            if other_id == contact_id:
                if fold(name) != fold(owner) and not name.startswith("#"):
                    other_id = None  # a part of their own name: it means somebody else with the same part
                else:
                    raise Refused(f"Both are {owner}", "Name somebody else")
            shown = name if other_id is None else present_name(other_id)
            key = acquaintances.insert_acquaintance(writer, contact_id, other_id, shown, kind, at, about, today)
            which = f" (#{other_id})" if other_id is not None else " (a name alone: not one of your contacts)"
            return f"{owner} knows {shown}{which}{f', {at}' if at else ''}", [key]

        return self._context.write("knows", work)

    def reach(self, target: str, *, most: int = 20) -> tuple[Path, ...]:
        """The best paths to a person, a company or a topic."""
        # Late: noting that somebody knows somebody needs no paths.
        from planner.core.network.reach import is_cold, paths

        wanted, today = one_line(target, "target", 200), self._context.today
        if not wanted:
            raise Refused("Nobody was named", "Say a person, a company or a topic")
        with self._context.store.read():
            matches = acquaintances.reach_matches(wanted)
            known = acquaintances.standings({match.contact_id for match in matches}, today)
            # Only a cold contact is better reached through somebody who knows them.
            friends = acquaintances.who_knows([key for key, standing in known.items() if is_cold(standing)])
            further = {friend for some in friends.values() for friend in some} - known.keys()
            known |= acquaintances.standings(further, today)
            # A person known only to strangers is reached through somebody who knows one of these.
            strangers = [key for key in further if not known[key].known]
            if strangers:
                friends |= {key: some for key, some in acquaintances.who_knows(strangers).items() if key not in friends}
                more = {friend for key in strangers for friend in friends.get(key, ())} - known.keys()
                known |= acquaintances.standings(more, today)
        return paths(matches, known, friends, most)

    def matches(self, *, most: int = 100) -> tuple[Pair, ...]:
        """Pairs whose one looks for what the other offers, the rarest things first; none that were introduced."""
        # Late: noting that somebody knows somebody needs no matches.
        from planner.store.facts import wishes

        with self._context.store.read():
            return wishes.matches(most)

    def not_these_two(self, one: int, other: int) -> Done:
        """Store that these two are no match."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            names = present_names([one, other])
            introductions.insert_not_these(writer, one, other, today)
            return f"Not these two: {listed(names.values())}", [one, other]

        return self._context.write("match", work)


def _known_or_heard_of(writer: Writer, who: str, today: date) -> int:
    """The contact that a WHO means; an unknown name becomes a contact I only heard of."""
    name = one_line(who, "name")
    try:
        return find_contact(name)
    except Ambiguous:
        raise
    except Refused:
        if not name[:1].isalpha() or "@" in name:
            raise
    knowers = acquaintances.knowers_of(name)
    through = knowers[0][1] if knowers else None
    source = f"through {present_name(through)}" if through is not None else "heard of"
    values = {"name": name, "source": source, "mode": "occasion", "typed": "name"}
    contact_id = contacts.insert_contact(writer, values, today)
    acquaintances.set_through(writer, contact_id, through)
    for key, _ in knowers:
        acquaintances.point_to(writer, key, contact_id)
    return contact_id
