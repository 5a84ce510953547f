"""Steps of needs, used by several parts of the desk. Inside a transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planner.core import favors
from planner.core.loops import Touch
from planner.core.model import HEAR, FavorDirection, FavorState
from planner.core.needs import (
    KNOWS_OF_IT,
    NEW,
    Hearing,
    ToldState,
    check_open,
    check_step,
    hearing,
    is_theirs,
    to_hear,
)
from planner.core.words.counts import people_word
from planner.desk.reciprocity.loops import enter_favor, step_favor, touch
from planner.desk.shared.checks import one_line, present_name
from planner.desk.shared.whom import find_contact, several
from planner.errors import Refused
from planner.store.facts import acquaintances, contact_names, contacts, follow_ups, needs
from planner.store.facts import favors as ledger

if TYPE_CHECKING:
    from planner.core.model import Favor, OpenItem, Settings
    from planner.core.needs import Need
    from planner.store.row_writer import Writer

TOLD_BACK = timedelta(days=2)
"""How long after closing a need the person it was for should hear the outcome."""


def present_need(need_id: int, *, must_be_open: bool = True) -> Need:
    """A need by its id; refused for an unknown one, or for a closed one that must be open."""
    found = needs.need(need_id)
    if found is None:
        raise Refused(f"There is no need {need_id}", "See “planner need list” for what there is")
    if must_be_open:
        check_open(found)
    return found


def closed_need(need_id: int) -> Need:
    """A closed need by its id; refused for an unknown one, or for an open one."""
    found = present_need(need_id, must_be_open=False)
    if found.closed_on is None:
        raise Refused(f"The need “{found.title}” is open", "Close it first: planner need close ID")
    return found


def check_other(need: Need, contact_id: int) -> None:
    """Refuse a step with the person the need is for."""
    if is_theirs(need, contact_id):
        name = present_name(contact_id)
        raise Refused(f"“{need.title}” is {name}’s own need", "Close it once it is over: planner need close ID")


def settle_need(writer: Writer, item: OpenItem, day: date, met: Collection[date]) -> str:
    """Settle an item of a need; return the sentence.

    A nudge: I asked for news again. A line to somebody it was passed on to: I wrote to them. A closed need: I told
    everyone who was still to hear how it went.
    """
    number, _, person = item.id[1:].partition("c")
    need = present_need(int(number), must_be_open=False)
    if item.asks == HEAR:
        waiting = to_hear(needs.told_of(need.id))
        for one in waiting:
            end_with(writer, need, one.contact_id, day, told=True)
        return f"Told {people_word(len(waiting))} how it went: {need.title}"
    needs.set_told(writer, need.id, item.contact_id, ToldState.TOLD, day)
    if day not in met:
        verb = "told" if person else "asked again"
        touch(writer, item.contact_id, f"n{need.id}", Touch.mine(f"{verb}: {need.title}"), day)
    if person:
        return f"Wrote to {item.contact_name} about {need.title}"
    return f"Asked {item.contact_name} again: {need.title}"


def end_with(writer: Writer, need: Need, contact_id: int, day: date, *, told: bool) -> None:
    """Note that a contact heard how a closed need went, or (`told` False) is let be.

    Refused for a contact who never knew of it, and for letting somebody be who has heard.
    """
    entry = needs.told_entry(need.id, contact_id)
    if entry is None or entry.state not in KNOWS_OF_IT:
        name = present_name(contact_id)
        raise Refused(f"{name} was never told of {need.title}", "“planner need show” lists who was")
    if not told and hearing(entry) is Hearing.HEARD:
        raise Refused(f"{entry.name} heard how it went with {need.title} already", "Undo takes back a slip")
    if told and entry.let_be_on is not None:
        # They were let be before, and are told after all.
        needs.set_heard(writer, need.id, contact_id, None, let_be=True)
    needs.set_heard(writer, need.id, contact_id, day, let_be=not told)
    owed = [one for one in ledger.favors_with(contact_id) if one.need_id == need.id and favors.lane(one) == "to_close"]
    for favor in owed:
        after = favors.tell(favor, day) if told else favors.let_be(favor, day)
        # They are told once, however often they helped.
        step_favor(writer, favor, after, day, () if told and favor is owed[0] else {day})
    if told and not owed:
        touch(writer, contact_id, f"n{need.id}", Touch.mine(f"told how it went: {need.title}"), day)


def tell_whose(writer: Writer, need: Need, words: str, on: date) -> None:
    """Enter a follow-up, in two days, to tell the person a need was for what came of it.

    None is entered for a need of mine, or if the person has died.
    """
    if need.whose is not None and contact_names.is_living(need.whose[0]):
        # The name is shown beside it; the distinguishing words come first, since a narrow row cuts the end.
        text = one_line(f"tell them {words}"[:200], "text")
        follow_ups.insert_follow_up(writer, need.whose[0], text, on + TOLD_BACK)


def ask_of(need_id: int, contact_id: int) -> Favor | None:
    """The ask that a told-list entry became, or None."""
    entry = needs.told_entry(need_id, contact_id)
    return ledger.favor(entry.favor_id) if entry is not None and entry.favor_id is not None else None


def enter_need_favor(writer: Writer, need_id: int, contact_id: int, on: date, **values: Any) -> int:
    """Enter help of a contact with a need into the ledger; `values` are columns of a favor. Returns its id."""
    direction = str(FavorDirection.RECEIVED)
    return enter_favor(writer, on, contact=contact_id, direction=direction, need_id=need_id, **values)


def owe_thanks(writer: Writer, need: Need, contact_id: int, on: date, settings: Settings, kind: str) -> int:
    """Owe thanks for help with a need, once per person: through the open ask, through thanks already owed, or a new
    favor.

    `kind` is the kind of a new favor. Returns the id of the favor.
    """
    asked = ask_of(need.id, contact_id)
    if asked is not None and favors.lane(asked) == "i_asked":
        step_favor(writer, asked, favors.done(asked, on, settings), on)
        return asked.id
    for one in ledger.favors_with(contact_id):
        if one.need_id == need.id and one.direction is FavorDirection.RECEIVED and one.state is FavorState.DONE:
            touch(writer, contact_id, f"v{one.id}", Touch.theirs(f"helped me: {need.title}"), on)
            return one.id
    done = {"state": str(FavorState.DONE), "done_on": on}
    return enter_need_favor(writer, need.id, contact_id, on, kind=kind, note=need.title, **done)


def known_or_new(writer: Writer, name: str, through: int, through_name: str, today: date) -> tuple[int, str]:
    """(id, name) of the contact that a WHO means; an unknown name becomes a contact known through another.

    Any whole words of a known name mean that contact; `NEW` after the name always means a new person. Raises
    `Ambiguous` when several have it.
    """
    if name.endswith(NEW):
        return _new(writer, name.rstrip(f"{NEW} "), through, through_name, today)
    if name.startswith("#") or ("@" in name and " " not in name):
        key = find_contact(name)
        return key, present_name(key)
    found = contacts.by_exact_name(name) or contacts.by_words_of_name(name, 9)
    # Nobody passes it on to themselves: if others have the name, it means them.
    found = [one for one in found if one[0] != through] or found
    if len(found) > 1:
        raise several(name, found)
    return found[0] if found else _new(writer, name, through, through_name, today)


def _new(writer: Writer, name: str, through: int, through_name: str, today: date) -> tuple[int, str]:
    if not name:
        raise Refused("Nobody was named", "Say whom it was passed on to")
    values = {"name": name, "source": f"through {through_name}", "mode": "occasion", "typed": "name"}
    key = contacts.insert_contact(writer, values, today)
    acquaintances.set_through(writer, key, through)
    return key, name


# Steps of a told-list


def tell_of(writer: Writer, need: Need, contact_id: int, when: date) -> None:
    """Note that I told a contact of a need."""
    needs.set_told(writer, need.id, contact_id, ToldState.TOLD, when)
    touch(writer, contact_id, f"n{need.id}", Touch.mine(f"told: {need.title}"), when)


def ask_for(writer: Writer, need: Need, contact_id: int, when: date, *, kind: str = "other", note: str = "") -> int:
    """Note that I asked a contact directly; return the id of the ask in the ledger."""
    check_step(needs.told_entry(need.id, contact_id), ToldState.ASKED)
    state = {"state": str(FavorState.ASKED), "asked_on": when}
    key = enter_need_favor(writer, need.id, contact_id, when, kind=kind, note=note or need.title, **state)
    needs.set_told(writer, need.id, contact_id, ToldState.ASKED, when, favor_id=key)
    return key


def cannot_help(writer: Writer, need: Need, contact_id: int, when: date, settings: Settings) -> None:
    """Note that a contact cannot help; an open ask to them is declined."""
    check_step(needs.told_entry(need.id, contact_id), ToldState.DECLINED)
    needs.set_told(writer, need.id, contact_id, ToldState.DECLINED, when)
    favor = ask_of(need.id, contact_id)
    if favor is not None and favor.state in (FavorState.ASKED, FavorState.PROMISED):
        step_favor(writer, favor, favors.decline(favor, "", "", when, settings), when)
    else:
        touch(writer, contact_id, f"n{need.id}", Touch.theirs(f"could not help: {need.title}"), when)


def pass_on(
    writer: Writer, need: Need, contact_id: int, to: str, when: date, today: date, settings: Settings
) -> tuple[int, str]:
    """Note that a contact passed a need on to somebody, named as in `known_or_new`; return that person's id and name.

    Thanks are owed to the contact, who becomes acquainted with the other.
    """
    name = present_name(contact_id)
    other, other_name = known_or_new(writer, to, contact_id, name, today)
    if other == contact_id:
        raise Refused(f"{name} cannot pass it on to themselves", "Name somebody else")
    check_other(need, contact_id)
    check_other(need, other)
    entry = needs.told_entry(need.id, contact_id)
    helped = entry is not None and entry.state is ToldState.HELPED
    key = owe_thanks(writer, need, contact_id, when, settings, "referral")
    state = ToldState.HELPED if helped else ToldState.PASSED
    needs.set_told(writer, need.id, contact_id, state, when, passed_to=other, favor_id=key)
    theirs = needs.told_entry(need.id, other)
    if theirs is None:
        needs.set_told(writer, need.id, other, ToldState.HEARD_OF, when, heard_from=contact_id)
    elif not theirs.through:
        needs.set_heard_from(writer, need.id, other, contact_id)
    acquaintances.insert_acquaintance(writer, contact_id, other, other_name, "", "", "", today)
    tell_whose(writer, need, f"{name} passed it on to {other_name}", when)
    return other, other_name
