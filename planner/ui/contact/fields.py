"""The fields of a contact as a form shows them: as text, as they are understood, and back as a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from planner.core.dates.typed import MONTH_NAMES, exact_date
from planner.core.model import Contact, ContactDate, Mode
from planner.core.records import record
from planner.core.words.folding import fold
from planner.desk.shared.contact_checks import checked_address
from planner.desk.values import ContactDraft
from planner.errors import Refused
from planner.ui.shared.people_questions import birthday_words, rhythm_words

LABELS = {
    "name": "name", "company": "company", "title": "title", "city": "city", "circles": "circles",
    "emails": "e-mail", "phones": "phone", "urls": "web", "cadence": "rhythm", "since": "since",
    "birthday": "birthday", "mode": "mode", "notes": "notes", "looking_for": "looking for", "offers": "offers",
}  # fmt: skip
"""Every field in the order of the form, with its label."""
EXAMPLES = {
    "circles": "work, climbing", "emails": "name@example.org", "phones": "+33 6 12 34 56 78",
    "cadence": "4w, 4w/6w, monthly, every friday", "birthday": "12 dec 1988", "since": "today",
}  # fmt: skip
SEVERAL = {"circles": "circle", "emails": "email", "phones": "phone", "urls": "url"}
"""Fields that hold several values divided by commas, and the kind of each."""
COLUMNS = {"cadence_since": "since"}
"""Columns of the store whose field has another name."""
MODE_WORDS = {
    Mode.RHYTHM: "kept in touch in a rhythm",
    Mode.OCCASION: "only when there is a reason",
    Mode.NEVER: "no longer chased",
}


@record(frozen=True, slots=True)
class FieldReading:
    """What is known when a typed field is read: the day, how days are typed, the circles there are."""

    today: date
    read_day: Callable[..., date]
    circles: tuple[str, ...] = ()


def texts_of(contact: Contact | None) -> dict[str, str]:
    """Every field of a contact as a form shows it; of nobody, as a new one begins."""
    if contact is None:
        return {**dict.fromkeys(LABELS, ""), "mode": str(Mode.RHYTHM)}
    birthday = next((one for one in contact.dates if one.kind == "birthday"), None)
    return {
        "name": contact.name,
        "company": contact.company,
        "title": contact.title,
        "city": contact.city,
        "circles": ", ".join(contact.circles),
        "emails": ", ".join(cell.value for cell in contact.emails),
        "phones": ", ".join(cell.value for cell in contact.phones),
        "urls": ", ".join(cell.value for cell in contact.urls),
        "cadence": contact.cadence or "",
        "since": contact.cadence_since.isoformat() if contact.cadence_since is not None else "",
        "birthday": day_text(birthday) if birthday is not None else "",
        "mode": str(contact.mode),
        "notes": contact.notes,
        "looking_for": contact.looking_for,
        "offers": contact.offers,
    }


def day_text(day: ContactDate) -> str:
    """A day of the year as one types it: "12 Dec 1988"."""
    words = f"{day.day} {MONTH_NAMES[day.month - 1][:3].capitalize()}"
    return f"{words} {day.year}" if day.year is not None else words


def parts_of(text: str) -> tuple[str, ...]:
    """The values between commas."""
    return tuple(part for part in (" ".join(one.split()) for one in text.split(",")) if part)


def understood(field: str, text: str, reading: FieldReading) -> str:
    """How a field is understood, in words; empty where there is nothing to say. Raises Refused."""
    if field == "name" and not text:
        raise Refused("A contact needs a name")
    if field == "mode":
        return MODE_WORDS[mode_of(text)]
    if field in ("emails", "phones", "urls"):
        values = [checked_address(SEVERAL[field], part) for part in parts_of(text)]
        return f"{len(values)} addresses" if len(values) > 1 and field != "phones" else ""
    if field == "circles":
        known = {fold(name) for name in reading.circles}
        new = [part for part in parts_of(text) if fold(part) not in known]
        return f"new: {', '.join(new)}" if new else ""
    if not text:
        return "as the circles say" if field == "cadence" else ""
    if field == "cadence":
        return rhythm_words(text, reading.today)
    if field == "since":
        return exact_date(reading.read_day(text, past=True))
    return birthday_words(text) if field == "birthday" else ""


def mode_of(text: str) -> Mode:
    """The mode a text begins; raises Refused."""
    wanted = text.strip().casefold()
    for mode in Mode:
        if wanted and str(mode).startswith(wanted):
            return mode
    raise Refused("No such mode", "Use rhythm, occasion or never")


def draft_of(texts: Mapping[str, str], changed: Sequence[str], reading: FieldReading) -> ContactDraft:
    """The fields that changed as a draft; raises Refused where one is not understood."""
    values: dict[str, Any] = {}
    for field in changed:
        text = texts[field]
        if field in SEVERAL:
            values[field] = parts_of(text)
        elif field == "mode":
            values[field] = str(mode_of(text))
        elif field == "cadence":
            values[field] = text or "inherit"
        elif field == "since":
            if text:
                values[field] = reading.read_day(text, past=True)
                # A day alone says nothing: it belongs to the rhythm that is there.
                values.setdefault("cadence", texts["cadence"] or "inherit")
        else:
            values[field] = text
    return ContactDraft(**values)


def shown(field: str, text: str) -> str:
    """The value of a column as the form shows it."""
    if field == "cadence":
        return text or "(as the circles say)"
    return text or "(empty)"
