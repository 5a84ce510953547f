"""The fields of a contact as text for the form, the reading of typed texts, and the draft of the changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from planner.core.contact_fields import FORM, WITH_PARTS, ContactField, Kind, address_words
from planner.core.dates.shown import exact_date, year_day
from planner.core.model import Contact, ContactDate, Mode
from planner.core.records import record
from planner.core.words.folding import fold
from planner.desk.shared.contact_checks import checked_address, no_name
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.ui.shared.people_questions import birthday_words, rhythm_words

FIELDS = {one.name: one for one in FORM}
"""The fields of the form by name, in the order of the form."""
COLUMNS = {one.column: one.name for one in FORM if one.column}
"""Names of fields by the column of the store."""
MODE_WORDS = {
    Mode.RHYTHM: "kept in touch in a rhythm",
    Mode.OCCASION: "only when there is a reason",
    Mode.NEVER: "no longer chased",
}


@record(frozen=True, slots=True)
class FieldReading:
    """What reading a typed field needs: today, a function to read days, and the existing circles."""

    today: date
    read_day: Callable[..., date]
    circles: tuple[str, ...] = ()


def texts_of(contact: Contact | None) -> dict[str, str]:
    """The text of each field of a contact, by name; for None the initial texts of a new form."""
    if contact is None:
        return {**dict.fromkeys(FIELDS, ""), "mode": str(Mode.RHYTHM)}
    return {name: _text_of(contact, field) for name, field in FIELDS.items()}


def _text_of(contact: Contact, field: ContactField) -> str:
    if field.kind is Kind.YEAR_DAY:
        return next((day_text(one) for one in contact.dates if one.kind == field.name), "")
    value = getattr(contact, field.attribute)
    match field.kind:
        case Kind.ADDRESSES:
            return between(field).join(address_words(field.word, cell.value) for cell in value)
        case Kind.CIRCLES:
            return ", ".join(value)
        case _:
            return str(value) if value is not None else ""


def day_text(day: ContactDate) -> str:
    """A day of the year as people type it: "12 Dec 1988"."""
    return year_day(day.month, day.day, day.year, short=True)


def between(field: ContactField) -> str:
    """The separator between the values of a field: a value with parts contains commas."""
    return "; " if field.word in WITH_PARTS else ", "


def parts_of(text: str, divider: str = ",") -> tuple[str, ...]:
    """The values of a text separated by commas, or by another `divider`, without blanks."""
    return tuple(part for part in (" ".join(one.split()) for one in text.split(divider)) if part)


def understood(name: str, text: str, reading: FieldReading) -> str:
    """The reading of a field's text in words; "" if there is nothing to say. Raises Refused."""
    field = FIELDS[name]
    if name == "name" and not text:
        raise no_name()
    match field.kind:
        case Kind.CHOICE:
            return MODE_WORDS[mode_of(text)]
        case Kind.ADDRESSES:
            values = [checked_address(field.word, part) for part in parts_of(text, between(field)[0])]
            return f"{len(values)} addresses" if len(values) > 1 and field.word != "phone" else ""
        case Kind.CIRCLES:
            known = {fold(circle) for circle in reading.circles}
            new = [part for part in parts_of(text) if fold(part) not in known]
            return f"new: {', '.join(new)}" if new else ""
        case Kind.RHYTHM:
            return rhythm_words(text, reading.today) if text else "as the circles say"
        case Kind.DAY:
            return exact_date(reading.read_day(text, past=True)) if text else ""
        case Kind.YEAR_DAY:
            return birthday_words(text) if text else ""
    return ""


def mode_of(text: str) -> Mode:
    """The mode whose name begins with a text; raises Refused where none does."""
    wanted = text.strip().casefold()
    for mode in Mode:
        if wanted and str(mode).startswith(wanted):
            return mode
    raise Refused("No such mode", "Use rhythm, occasion or never")


def draft_of(texts: Mapping[str, str], changed: Sequence[str], reading: FieldReading) -> ContactDraft:
    """The draft of the fields named in `changed`; raises Refused where one is not understood."""
    values: dict[str, Any] = {}
    for name in changed:
        text = texts[name]
        match FIELDS[name].kind:
            case Kind.ADDRESSES | Kind.CIRCLES:
                values[name] = parts_of(text, between(FIELDS[name])[0])
            case Kind.CHOICE:
                values[name] = str(mode_of(text))
            case Kind.RHYTHM:
                values[name] = text or "inherit"
            case Kind.DAY:
                if text:
                    values[name] = reading.read_day(text, past=True)
                    # A fixed day belongs to a rhythm: without a new one, to the present rhythm.
                    values.setdefault("cadence", texts["cadence"] or "inherit")
            case _:
                values[name] = text
    return ContactDraft(**values)


def shown(name: str, text: str) -> str:
    """The value of a field as the form shows it."""
    if FIELDS[name].kind is Kind.RHYTHM:
        return text or "(as the circles say)"
    return text or "(empty)"
