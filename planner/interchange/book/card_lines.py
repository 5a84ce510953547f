"""Edits of a card that rewrite the lines they change and leave every other byte as it is.

    card = card_of(data, uid)
    data = edited(data, card, [Replace("EMAIL", "ana@old.example", "ana@new.example"), Remove("TEL", "+4790000001")])

Versions 2.1, 3.0 and 4.0, cards alone and several in a file. Pictures, lines of other programs, the order of lines,
folds and line ends stay. A written card has a rising number, for programs that sync by content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from planner.core.records import record
from planner.errors import Refused
from planner.interchange.book.card_values import LISTS, Value, escaped_value, normal, split_raw, values_of
from planner.interchange.book.content_lines import CardLines, ContentLine
from planner.interchange.book.line_writing import new_line, preferred, with_head, with_text, with_value, written
from planner.interchange.vcard.values import unescape

REVISION = "X-PLANNER-REV"
"""The property whose number rises each time we write the card."""
_LABELS = frozenset({"X-ABLABEL", "X-ABADR"})
"""Properties that label the other lines of their group."""


@record(frozen=True, slots=True)
class Add:
    """Add a value, unless the card has it already."""

    kind: str
    value: Value
    label: str = ""


@record(frozen=True, slots=True)
class Remove:
    """Remove a value, and its label if that labels nothing else."""

    kind: str
    value: Value


@record(frozen=True, slots=True)
class Replace:
    """Replace a value by another, wherever the card has it; without it, the new value is added."""

    kind: str
    old: Value
    new: Value


@record(frozen=True, slots=True)
class Only:
    """Set the single value of a kind, "" for none: the first line of the kind gets it, further ones are removed.

    For a list, such as NICKNAME, a tuple gives all its values in order.
    """

    kind: str
    value: Value


@record(frozen=True, slots=True)
class Order:
    """Set the order of the values of a kind, with the preferred one marked as such; values not listed follow."""

    kind: str
    values: tuple[Value, ...]


Edit = Add | Remove | Replace | Only | Order


def edited(data: bytes, card: CardLines, edits: Iterable[Edit], above: int = 0) -> bytes:
    """The file with one of its cards edited; the same bytes if the edits change nothing.

    The card's number becomes greater than before and greater than `above`. Raises Refused for a card without an end.
    """
    lines = _changed(card, edits)
    if lines == card.lines:
        return data
    return _numbered(data, card, lines, above)


def revised(data: bytes, card: CardLines, above: int = 0) -> bytes:
    """The file with a greater number in one of its cards and no other change: for restored bytes."""
    return _numbered(data, card, card.lines, above)


def revision_of(card: CardLines) -> int:
    """The number of our last write in a card; 0 without one."""
    numbers = (line.text.strip() for line in card.named(REVISION))
    return max((int(number[:9]) for number in numbers if number.isascii() and number.isdigit()), default=0)


def values(card: CardLines, kind: str) -> tuple[Value, ...]:
    """The values of one kind in a card, the preferred first, each once."""
    found: dict[Value, Value] = {}
    for line in sorted(card.named(kind), key=lambda line: line.header.preference):
        for value in values_of(line):
            if normal(kind, value):
                found.setdefault(normal(kind, value), value)
    return tuple(found.values())


def _changed(card: CardLines, edits: Iterable[Edit]) -> tuple[ContentLine, ...]:
    if not card.is_whole:
        raise Refused("The card does not end", "Wait until the program that writes it is done, then sync again.")
    lines = list(card.lines)
    for edit in edits:
        if isinstance(edit, Add):
            _add(card, lines, edit.kind, edit.value, edit.label)
        elif isinstance(edit, Remove):
            _remove(card, lines, edit.kind, edit.value)
        elif isinstance(edit, Replace):
            _replace(card, lines, edit)
        elif isinstance(edit, Only):
            _keep_only(card, lines, edit)
        else:
            _order(card, lines, edit)
    return tuple(lines)


def _says(line: ContentLine, kind: str, value: Value) -> bool:
    return line.name == kind and normal(kind, value) in (normal(kind, one) for one in values_of(line))


def _add(card: CardLines, lines: list[ContentLine], kind: str, value: Value, label: str = "") -> None:
    if not normal(kind, value) or any(_says(line, kind, value) for line in lines):
        return
    places = [place for place, line in enumerate(lines) if line.name == kind]
    if kind in LISTS and places and not label:
        line = lines[places[0]]
        text = f"{line.decoded()},{escaped_value(kind, value, card.version)}"
        lines[places[0]] = with_text(card, line, text if line.decoded().strip() else text[1:])
        return
    place = _behind(lines, places[-1]) if places else len(lines) - 1
    lines[place:place] = new_line(card, kind, value, label, _free_group(lines))


def _behind(lines: Sequence[ContentLine], place: int) -> int:
    """The index after a line and its labels, or after parts of the card that nobody reads."""
    group, place = lines[place].header.group, place + 1
    while group and place < len(lines) and lines[place].header.group == group and lines[place].name in _LABELS:
        place += 1
    return place


def _free_group(lines: Iterable[ContentLine]) -> str:
    taken = {line.header.group for line in lines}
    number = 1
    while f"item{number}" in taken:
        number += 1
    return f"item{number}"


def _remove(card: CardLines, lines: list[ContentLine], kind: str, value: Value) -> None:
    for line in [line for line in lines if _says(line, kind, value)]:
        place = lines.index(line)
        rest = _without_value(card, line, value)
        if rest is None:
            _take_out(lines, place)
        else:
            lines[place] = rest


def _take_out(lines: list[ContentLine], place: int) -> None:
    """Remove a line, and the labels of its group once they label nothing."""
    group = lines.pop(place).header.group
    if group and all(line.name in _LABELS for line in lines if line.header.group == group):
        lines[:] = [line for line in lines if line.header.group != group]


def _without_value(card: CardLines, line: ContentLine, value: Value) -> ContentLine | None:
    """The line without one of its values; None if nothing is left."""
    wanted = normal(line.name, value)
    if line.name == "EMAIL":
        kept = [one for one in values_of(line) if normal("EMAIL", one) != wanted]
        return with_value(card, line, ", ".join(str(one) for one in kept)) if kept else None
    if line.name not in LISTS:
        return None
    return _with_items(card, line, lambda item: "" if item == wanted else None)


def _with_items(card: CardLines, line: ContentLine, change: Callable[[Value], str | None]) -> ContentLine | None:
    """A line of a list with items changed and empty ones left out; None if nothing is left."""
    separators = LISTS[line.name]
    items = []
    for raw in split_raw(line.decoded(), separators):
        told = normal(line.name, " ".join(unescape(raw).split()))
        written_now = change(told)
        if (item := raw if written_now is None else written_now).strip():
            items.append(item)
    between = "," if "," in separators else separators[0]
    return with_text(card, line, between.join(items)) if items else None


def _replace(card: CardLines, lines: list[ContentLine], edit: Replace) -> None:
    kind, old, new = edit.kind, edit.old, edit.new
    if not normal(kind, new):
        _remove(card, lines, kind, old)
        return
    found = [place for place, line in enumerate(lines) if _says(line, kind, old)]
    if not found:
        _add(card, lines, kind, new)
        return
    if normal(kind, old) != normal(kind, new) and any(_says(line, kind, new) for line in lines):
        _remove(card, lines, kind, old)
        return
    # A value given twice, as a number for calls and for faxes, is given twice afterwards.
    for place in found:
        lines[place] = _with_new(card, lines[place], old, new)


def _with_new(card: CardLines, line: ContentLine, old: Value, new: Value) -> ContentLine:
    """The line with one of its values replaced by another."""
    kind, said, wanted = line.name, values_of(line), normal(line.name, old)
    if kind in LISTS:
        text = escaped_value(kind, new, card.version)
        return _with_items(card, line, lambda item: text if item == wanted else None) or line
    if kind == "EMAIL" and len(said) > 1:
        return with_value(card, line, ", ".join(str(new if normal(kind, one) == wanted else one) for one in said))
    return with_value(card, line, new) if said != (new,) else line


def _keep_only(card: CardLines, lines: list[ContentLine], edit: Only) -> None:
    places = [place for place, line in enumerate(lines) if line.name == edit.kind]
    if edit.kind in LISTS and isinstance(edit.value, tuple):
        wanted = {normal(edit.kind, value) for value in edit.value}
        said = [value for place in places for value in values_of(lines[place])]
        for value in said:
            if normal(edit.kind, value) not in wanted:
                _remove(card, lines, edit.kind, value)
        for value in edit.value:
            _add(card, lines, edit.kind, value)
        order = [normal(edit.kind, value) for value in edit.value]
        for place, line in enumerate(lines):
            now = [normal(edit.kind, value) for value in values_of(line)] if line.name == edit.kind else []
            if set(now) == set(order) and now != order:
                text = ",".join(escaped_value(edit.kind, value, card.version) for value in edit.value)
                lines[place] = with_text(card, line, text)
        return
    if not normal(edit.kind, edit.value):
        for place in reversed(places):
            _take_out(lines, place)
        return
    if not places:
        _add(card, lines, edit.kind, edit.value)
        return
    line = lines[places[0]]
    if tuple(normal(edit.kind, one) for one in values_of(line)) != (normal(edit.kind, edit.value),):
        lines[places[0]] = with_value(card, line, edit.value)
    for place in reversed(places[1:]):
        _take_out(lines, place)


def _order(card: CardLines, lines: list[ContentLine], edit: Order) -> None:
    kind = edit.kind
    places = [place for place, line in enumerate(lines) if line.name == kind]
    wanted = {normal(kind, value): number for number, value in enumerate(edit.values)}
    now = sorted((lines[place] for place in places), key=lambda line: line.header.preference)

    def number_of(line: ContentLine) -> int:
        return min((wanted.get(normal(kind, value), len(wanted)) for value in values_of(line)), default=len(wanted))

    ordered = sorted(now, key=number_of)
    if ordered == now:
        return
    for rank, (place, line) in enumerate(zip(places, ordered, strict=True), 1):
        head = preferred(line.head, card.version, rank)
        lines[place] = with_head(card, line, head) if head != line.head else line


def _numbered(data: bytes, card: CardLines, lines: Sequence[ContentLine], above: int) -> bytes:
    """The file with these lines for the card, and our number in them, on its old line or before the last line."""
    number = max(revision_of(card), above) + 1
    kept = [line for line in lines if line.name != REVISION]
    place = next((place for place, line in enumerate(lines) if line.name == REVISION), len(kept) - 1)
    kept.insert(place, written(card, REVISION, str(number), card.line_end))
    return data[: card.start] + b"".join(line.raw for line in kept) + data[card.end :]
