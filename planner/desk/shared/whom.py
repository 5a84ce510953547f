"""The contact a WHO means: #ID, an e-mail, a full name, or a unique part of one. Inside a transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from planner.core.words.folding import fold
from planner.desk.shared.checks import one_line
from planner.errors import Ambiguous, PlannerError, Refused
from planner.store.facts import circles, contact_names, contacts

SHOWN = 8


def find_contact(who: str) -> int:
    """The id of the contact that a WHO means; an exact name takes precedence, then a nickname, ignoring case and
    accents.

    Raises `Refused` when nobody matches, `Ambiguous` when several do.
    """
    text = one_line(who, "name")
    if not text:
        raise Refused("No name was given", "Give a name, a part of one, an e-mail or #ID")
    if text.startswith("#"):
        number = text[1:]
        if not (number.isascii() and number.isdigit() and len(text) <= 19 and contact_names.exists(int(number))):
            raise Refused(f"There is no contact {text[:30]}", "Look people up with “planner contacts”")
        return int(number)
    if "@" in text:
        found = {contact for _, contact in contacts.by_address("email", [fold(text)])}
        if len(found) == 1:
            return found.pop()
        if found:
            raise several(text, list(contact_names.names_of(found).items()))
    exact = contacts.by_exact_name(text)
    if len(exact) == 1:
        return exact[0][0]
    called = [] if exact else contacts.by_nickname(text)
    matches = exact or list(dict.fromkeys((*called, *contacts.by_part_of_name(text))))
    if not matches and text.isascii() and text.isdigit():
        raise _bare_number(text)
    if not matches and _is_day(text):
        advice = "On the command line a day follows an option, such as --until"
        raise Refused(f"“{text[:80]}” is a day, and nobody is called so", advice)
    if not matches:
        raise Refused(
            f"Nobody is called “{text[:80]}”",
            f"Add them with: planner add '{text[:40]}'" if "'" not in text else "Add them with “planner add”",
        )
    if len(matches) > 1:
        whole = [match for match in matches if match in called or f" {fold(text)} " in f" {fold(match[1])} "]
        if len(whole) == 1 and (called or len(matches) <= SHOWN):
            return whole[0][0]
        raise several(text, whole or matches)
    return matches[0][0]


def several(text: str, matches: Sequence[tuple[int, str]]) -> Ambiguous:
    """The refusal of a text that fits several (id, name); namesakes are told apart by where they work or live.

    Inside a transaction.
    """
    apart = told_apart(matches[:SHOWN])
    words = [f"{name}, {apart[key]}" if apart.get(key) else name for key, name in matches[:SHOWN]]
    shown = "; ".join(f"{said} (#{key})" for said, (key, _) in zip(words, matches[:SHOWN], strict=True))
    more = " and others" if len(matches) > SHOWN else ""
    alike = len({fold(name) for _, name in matches}) < len(matches)
    advice = f"{'They share a name: give' if alike else 'Give the full name or'} the number, '#{matches[0][0]}'"
    return Ambiguous(f"“{text[:80]}” fits several people: {shown}{more}", tuple(matches), advice)


def told_apart(matches: Sequence[tuple[int, str]]) -> dict[int, str]:
    """For each id whose name another of the (id, name) has too: the company, city or title, "" if none is known."""
    names = Counter(fold(name) for _, name in matches)
    namesakes = [key for key, name in matches if names[fold(name)] > 1]
    known = contacts.read_contacts(namesakes) if namesakes else {}
    return {key: one.company or one.city or one.title for key, one in known.items()}


def circle_id(circle: str) -> int:
    """The id of a circle by name; refused for an unknown one."""
    found = circles.circle_id(circle)
    if found is None:
        known = ", ".join(row.name for row in circles.circle_rows()[:SHOWN]) or "none yet"
        raise Refused(f"There is no circle “{one_line(circle, 'circle')}”", f"Circles: {known}")
    return found


def _is_day(text: str) -> bool:
    # Needed for a refusal only: most commands name somebody and need no days for that.
    from planner.core.dates.typed import parse_date

    try:
        parse_date(text, date(2000, 1, 1))
    except PlannerError:
        return False
    return True


def _bare_number(text: str) -> Refused:
    """The refusal of a bare number; the advice quotes #ID, since shells take # for a comment."""
    key = int(text) if len(text) < 19 else 0
    name = contact_names.names_of([key]).get(key) if key and contact_names.exists(key) else None
    meant = f"'#{key}' is {name}" if name is not None else "A number is written with #, such as '#7'"
    return Refused(f"Nobody is called “{text[:80]}”", f"{meant}; “planner contacts” lists them")
