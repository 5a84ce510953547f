"""Edits that make a card say what the planner wants: only for the lines that say something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from planner.core.book.rhythm import CADENCE, LAST_CONTACT, SINCE
from planner.core.book.said import CIRCLES, DATES, RELATIONS
from planner.core.contact_fields import FIELDS, LINES, OURS
from planner.core.words.folding import fold
from planner.core.words.parts import agree, family_and_given, parts_of
from planner.interchange.book.card_lines import Add, Edit, Only, Order, Remove, Replace, values
from planner.interchange.book.card_values import DATES as DAY_KINDS
from planner.interchange.book.card_values import Value, normal, values_of
from planner.interchange.book.content_lines import CardLines, ContentLine
from planner.interchange.vcard.draft import is_of_a_program
from planner.interchange.vcard.properties import CHATS, LAST_CONTACT_LINE, RELATED
from planner.interchange.vcard.values import plain_label

_LISTS: dict[str, tuple[str, ...]] = {
    "emails": ("EMAIL",),
    "phones": ("TEL",),
    "urls": ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "X-LINKEDIN"),
    "chats": ("IMPP", *(f"X-{name.upper()}" for name in CHATS)),
    "streets": ("ADR",),
}
"""The properties for each list of values; a new value gets the first of them."""
_SEVERAL = frozenset({"name", "nickname", "company", "title"})
"""Fields of one line that a card says in several values or parts."""
_PLAIN = {one.attribute: one.vcard for one in LINES if one.vcard and one.attribute not in _SEVERAL}
"""The property of every other field of one line."""
_RHYTHM = {one.attribute: one.vcard for one in FIELDS if one.attribute in (CADENCE, SINCE)}
_RHYTHM[LAST_CONTACT] = LAST_CONTACT_LINE
"""The properties of fields that are wanted only where they are to be told."""
Said = tuple[str, Value]
"""A property and its value."""


def edits_of(card: CardLines, wanted: Mapping[str, Any], *, tells: bool = False) -> list[Edit]:
    """The edits after which a card says what is wanted; `wanted` has whole values by field, as in `core.book.said`.

    Fields that other programs do not have, such as wishes, are written only with `tells`.
    """
    edits: list[Edit] = []
    if "name" in wanted or "name_parts" in wanted:
        edits += _names(card, wanted)
    if "nickname" in wanted:
        edits.append(Only("NICKNAME", tuple(filter(None, map(str.strip, wanted["nickname"].split(","))))))
    if "company" in wanted or "organisations" in wanted:
        edits += _organisations(card, wanted)
    if "title" in wanted or "positions" in wanted:
        edits += _positions(card, wanted)
    for name, kinds in _LISTS.items():
        if name in wanted:
            new = [(_value(name, value), label) for value, label in wanted[name]]
            said = _said(card, kinds, _is_street if name == "streets" else None)
            if not (name == "streets" and wanted.get("city") and _differ_in_town(said, new)):
                edits += _changed(said, new, kinds[0])
    if "city" in wanted:
        edits += _city(card, wanted["city"])
    if CIRCLES in wanted:
        edits += _circles(card, wanted[CIRCLES])
    if DATES in wanted:
        edits += _days(card, wanted[DATES])
    if RELATIONS in wanted:
        names = {fold(name) for _, name in wanted[RELATIONS]}
        gone = (said for said in _said(card, RELATED) if fold(str(said[1])) not in names)
        # A relative named by a card's UID has no name here.
        edits += [Remove(kind, one) for kind, one in gone if not str(one).lower().startswith(("urn:", "uuid:"))]
    if "notes" in wanted:
        edits.append(Only("NOTE", _note(card, wanted["notes"])))
    edits += [Only(kind, wanted[name]) for name, kind in _RHYTHM.items() if name in wanted]
    for name, kind in _PLAIN.items():
        if name in wanted and (tells or not kind.startswith(OURS) or any(card.named(kind))):
            edits.append(Only(kind, wanted[name]))
    return edits


def _said(card: CardLines, kinds: Iterable[str], is_meant: Callable[[Value], bool] | None = None) -> list[Said]:
    """The values of a card under some properties, the preferred first."""
    lines = sorted(card.named(*kinds), key=lambda line: line.header.preference)
    return [
        (line.name, value)
        for line in lines
        for value in values_of(line)
        if normal(line.name, value) and (is_meant is None or is_meant(value))
    ]


def _value(name: str, value: str) -> Value:
    if name != "streets":
        return value
    parts = parts_of(value)
    # An address typed by hand has only one part.
    return parts if len(parts) > 1 else ("", "", *parts)


def _is_street(value: Value) -> bool:
    """Whether an address has more than a town, which is only the person's city."""
    return any(value[:3]) or any(value[4:])


def _differ_in_town(said: Iterable[Said], wanted: Iterable[tuple[Value, str]]) -> bool:
    """Whether addresses differ only in their towns: changing the city changes these."""
    one, other = ([(*value[:3], *value[4:]) for value in values] for values in (
        [value for _, value in said], [value for value, _ in wanted],
    ))  # fmt: skip
    return set(map(_bare, one)) == set(map(_bare, other))


def _bare(parts: Value) -> Value:
    return normal("ADR", parts)


def _changed(said: Sequence[Said], wanted: Sequence[tuple[Value, str]], new_kind: str) -> Iterator[Edit]:
    """The edits for a list of values: a new value takes the line and the label of a removed one."""
    kept = {normal(new_kind, value) for value, _ in wanted}
    known = {normal(new_kind, _plain(kind, value)) for kind, value in said}
    gone = [one for one in said if normal(new_kind, _plain(*one)) not in kept]
    came = [one for one in wanted if normal(new_kind, one[0]) not in known]
    now = [normal(new_kind, _plain(*one)) for one in said]
    for (kind, old), (new, label) in zip(gone, came, strict=False):
        if kind == new_kind and not label:
            yield Replace(kind, old, new)
            now[now.index(normal(kind, old))] = normal(kind, new)
        else:
            yield Remove(kind, old)
            yield Add(new_kind, new, label)
            now.remove(normal(new_kind, _plain(kind, old)))
            now.append(normal(new_kind, new))
    for kind, old in gone[len(came) :]:
        yield Remove(kind, old)
        now.remove(normal(new_kind, _plain(kind, old)))
    for new, label in came[len(gone) :]:
        yield Add(new_kind, new, label)
        now.append(normal(new_kind, new))
    order = [normal(new_kind, value) for value, _ in wanted]
    if list(dict.fromkeys(now)) != list(dict.fromkeys(order)):
        yield Order(new_kind, tuple(value for value, _ in wanted))


def _plain(kind: str, value: Value) -> Value:
    """A value of an older chat property as the planner holds it, with the scheme of its service."""
    scheme = CHATS.get(kind.removeprefix("X-").lower())
    return f"{scheme}:{value}" if scheme and isinstance(value, str) and ":" not in value else value


def _names(card: CardLines, wanted: Mapping[str, Any]) -> Iterator[Edit]:
    name = wanted.get("name") or next((str(one) for one in values(card, "FN")), "")
    if "name" in wanted:
        yield Only("FN", name)
    for value, _ in wanted.get("name_parts", ()):
        yield Only("N", (*parts_of(value), "", "", "", "", "")[:5])
        return
    said = values(card, "N")
    if not said or "name_parts" in wanted or not agree(name, said[0]):
        yield Only("N", (*family_and_given(name), "", "", ""))


def _organisations(card: CardLines, wanted: Mapping[str, Any]) -> Iterator[Edit]:
    said = _said(card, ("ORG",))
    if "organisations" in wanted:
        new: list[Value] = [parts_of(value) for value, _ in wanted["organisations"]]
    else:
        new = [value for _, value in said]
    if "company" in wanted:
        company = wanted["company"]
        if not company:
            # As with titles: if there are several, the next one would become the company.
            new = new if len(new) > 1 or wanted.get("organisations") else []
        elif not new or new[0][0] != company:
            # The first of them was the former company.
            new = [(company,), *(new if "organisations" in wanted else new[1:])]
    elif not new and said:
        # Only the organisations beside the company are gone.
        new = [said[0][1][:1]]
    yield from _changed(said, [(value, "") for value in new], "ORG")


def _positions(card: CardLines, wanted: Mapping[str, Any]) -> Iterator[Edit]:
    said = [*_said(card, ("TITLE",)), *_said(card, ("ROLE",))]
    first, others = said[:1], said[1:]
    if "title" in wanted:
        title = wanted["title"]
        if not title:
            # If there are others, the next one would become the title, and be removed the next time.
            yield from (Remove(kind, old) for kind, old in first if not others or wanted.get("positions") == [])
        elif first:
            yield Replace(first[0][0], first[0][1], title)
        else:
            yield Add("TITLE", title)
    if "positions" in wanted:
        kept = {normal("TITLE", value) for value, _ in wanted["positions"]}
        yield from (Remove(kind, old) for kind, old in others if normal("TITLE", old) not in kept)
        known = {normal("TITLE", value) for _, value in others}
        for value, label in wanted["positions"]:
            if normal("TITLE", value) not in known:
                yield Add("ROLE" if label == "role" else "TITLE", value)


def _city(card: CardLines, city: str) -> Iterator[Edit]:
    lines = sorted(card.named("ADR"), key=lambda line: (line.header.preference, "home" not in line.header.types))
    found = [value for line in lines for value in values_of(line) if value[3:4] and value[3]]
    if city and not found:
        yield Add("ADR", ("", "", "", city, "", "", ""))
    elif city:
        yield Replace("ADR", found[0], (*found[0][:3], city, *found[0][4:]))
    elif len(found) == 1:
        # As with titles: if there are several, the next one would become the city.
        yield (
            Remove("ADR", found[0])
            if not _is_street(found[0])
            else Replace("ADR", found[0], (*found[0][:3], "", *found[0][4:]))
        )


def _circles(card: CardLines, wanted: Iterable[str]) -> Iterator[Edit]:
    said = [str(value) for _, value in _said(card, ("CATEGORIES",))]
    kept = {circle.casefold() for circle in wanted}
    yield from (Remove("CATEGORIES", one) for one in said if one.casefold() not in kept and not is_of_a_program(one))
    known = {one.casefold() for one in said}
    yield from (Add("CATEGORIES", circle) for circle in wanted if circle.casefold() not in known)


def _days(card: CardLines, wanted: Iterable[Sequence[Any]]) -> Iterator[Edit]:
    labels = {line.header.group: line for line in card.named("X-ABLABEL") if line.header.group}
    said = [(kind, line.name, day) for line in card.named(*DAY_KINDS) for kind, day in _day_said(line, labels)]
    days = {(str(kind).casefold(), _day(*rest)): str(kind) for kind, *rest in wanted}
    for kind, name, day in said:
        if (kind, day) in days:
            continue
        instead = next((one for one in days if one[0] == kind and (*one,) not in {(k, d) for k, _, d in said}), None)
        if instead is not None:
            yield Replace(name, day, instead[1])
            del days[instead]
        else:
            yield Remove(name, day)
    known = {(kind, day) for kind, _, day in said}
    for (folded, day), kind in days.items():
        if (folded, day) in known:
            continue
        if folded == "birthday":
            yield Add("BDAY", day)
        elif folded == "anniversary" and card.version == "4.0":
            yield Add("ANNIVERSARY", day)
        else:
            yield Add("X-ABDATE", day, "_$!<Anniversary>!$_" if folded == "anniversary" else kind)


def _day_said(line: ContentLine, labels: Mapping[str, ContentLine]) -> Iterator[tuple[str, str]]:
    """(kind, day) of a line with a readable day."""
    day = str(values_of(line)[0])
    if day[:1] not in "-0123456789" or len(day) not in (7, 10):
        return
    if line.name == "BDAY":
        yield "birthday", day
    elif line.name == "X-ABDATE":
        label = labels.get(line.header.group)
        yield (plain_label(str(values_of(label)[0])) if label else line.header.label or "date").casefold(), day
    elif line.name != "DEATHDATE":
        yield "anniversary", day


def _day(month: int, day: int, year: int | None) -> str:
    return f"{'-' if year is None else f'{year:04d}'}-{month:02d}-{day:02d}"


def _note(card: CardLines, text: str) -> str:
    """A note without the texts of unreadable days, which each reading of the card adds to the note."""
    strange = {str(values_of(line)[0]) for line in card.named(*DAY_KINDS) if not list(_day_said(line, {}))}
    kept = [line for line in text.split("\n") if line.partition(": ")[2] not in strange or not line.partition(": ")[2]]
    return "\n".join(kept)
