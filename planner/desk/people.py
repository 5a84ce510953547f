"""Contacts and circles: found, added, changed, grouped, put away, made one, forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import FIELDS, TEXTS, Kind
from planner.core.dates.typed import MONTH_NAMES, exact_date, parse_month_day
from planner.core.model import Cell, Mode, Status
from planner.core.records import record
from planner.desk.done import Done
from planner.desk.shared.checks import listed, many_lines, one_line, present_name, present_names
from planner.desk.shared.contact_checks import cadence_text, cadence_words, checked_address, circle_name, one_of
from planner.desk.shared.context import Context, Said
from planner.desk.shared.items import next_due, not_open
from planner.desk.shared.whom import SHOWN, circle_id, find_contact
from planner.desk.values import ContactDraft, ItemRef
from planner.errors import Refused
from planner.store.facts import contacts
from planner.store.views import open_items

if TYPE_CHECKING:
    from pathlib import Path

    from planner.store.row_writer import Writer

ITEM = re.compile(r"[cdfivtn][1-9][0-9]{0,17}")
TYPED = frozenset({"mode", *(one.column for one in TEXTS)})
"""Columns that an import leaves alone once a person has changed them."""
ABOUT_RHYTHM = frozenset({"cadence", "mode", "status", "circles"})


@record(frozen=True, slots=True)
class Forgetting(Done):
    """What forgetting did; `held` are the files that still hold the person."""

    held: tuple[str, ...] = ()


class People:
    """Verbs about contacts and circles."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # Finding

    def find(self, who: str) -> int:
        """The contact a WHO means: #ID, an e-mail, a full name, or a unique part of one.

        An exact name wins; case and accents don't matter. Refused when nobody or several match.
        """
        with self._context.store.read():
            return find_contact(who)

    def find_item(self, text: str) -> ItemRef | None:
        """The open item an ITEM id names, None when the text is not such an id; refused when it is closed."""
        found = text.strip()
        if not ITEM.fullmatch(found):
            return None
        with self._context.store.read():
            if contacts.by_exact_name(found):
                return None
            if found[0] == "d":
                row = open_items.contact_date(int(found[1:]))
                if row is not None:
                    return ItemRef(found, row[0])
            else:
                items = open_items.items_with_ids([found])
                if found in items:
                    return ItemRef(found, items[found].contact_id)
        raise Refused(not_open(found).message, "See “planner agenda” for what is open")

    def complete(self, text: str, *, limit: int = SHOWN) -> tuple[tuple[int, str], ...]:
        """(id, name) of those a typed part may mean, names beginning with it first."""
        part = " ".join(text.split())
        if not part:
            return ()
        with self._context.store.read():
            return tuple(contacts.by_part_of_name(part, limit))

    def namesakes(self, contact_id: int) -> tuple[int, ...]:
        """The ids of the others who are called exactly as a contact is, case and accents aside."""
        with self._context.store.read():
            return tuple(key for key, _ in contacts.by_exact_name(present_name(contact_id)) if key != contact_id)

    def circles(self) -> tuple[contacts.CircleRow, ...]:
        """Every circle with its members' number and cadence, by name."""
        with self._context.store.read():
            return contacts.circle_rows()

    # Adding and changing

    def add(self, draft: ContactDraft) -> Done:
        """Add a contact and give its id; refused without a name or with a value that cannot be."""
        today = self._context.today
        values = _columns(draft, today)
        if not values.get("name"):
            raise Refused("A contact needs a name", "Give a name, such as “Ana Silva”")
        values.setdefault("source", "in person")
        values["typed"] = " ".join(sorted(name for name in values if values[name]))

        def work(writer: Writer) -> Said:
            contact_id = contacts.insert_contact(writer, values, today)
            self._parts(writer, contact_id, draft, today)
            due = next_due([contact_id], self._context.settings, today)
            return f"Added {values['name']}{_given(draft)}{due}", [contact_id]

        return self._context.write("add", work)

    def edit(self, contact_id: int, draft: ContactDraft, *, version: int | None = None) -> Done:
        """Change the given fields of a contact; with `version`, a field changed elsewhere since is refused."""
        today = self._context.today
        values = _columns(draft, today)
        if "name" in values and not values["name"]:
            raise Refused("A contact needs a name", "Give a name, such as “Ana Silva”")

        def work(writer: Writer) -> Said:
            name = present_name(contact_id)
            before = contacts.read_contacts([contact_id])[contact_id]
            changes = {key: value for key, value in values.items() if getattr(before, key) != value}
            if changes.get("cadence_since") is not None and "cadence" not in changes and not draft.get("since"):
                del changes["cadence_since"]
            if comes_back(before.mode, before.status, changes):
                changes["returned_on"] = today
            contacts.update_contact(writer, contact_id, changes, today, version)
            if changes:
                # Without the version: which fields were typed is nothing two people could disagree about.
                typed = contacts.typed_fields(contact_id) | set(changes)
                contacts.update_contact(writer, contact_id, {"typed": " ".join(sorted(typed & TYPED))}, today)
            self._parts(writer, contact_id, draft, today)
            due = next_due([contact_id], self._context.settings, today) if ABOUT_RHYTHM & draft.given.keys() else ""
            return f"Edited {values.get('name', name)}{_given(draft)}{due}", [contact_id]

        return self._context.write("edit", work)

    def _parts(self, writer: Writer, contact_id: int, draft: ContactDraft, today: date) -> None:
        """What a draft gives that stands in tables of its own."""
        for field in FIELDS:
            given = draft.get(field.name)
            if given is None:
                continue
            match field.kind:
                case Kind.ADDRESSES:
                    contacts.set_addresses(writer, contact_id, field.word, self._addresses(field.word, given))
                case Kind.CIRCLES:
                    names = [one_line(name, "circle", 100) for name in given]
                    contacts.set_circles(writer, contact_id, names, today)
                case Kind.YEAR_DAY:
                    found = parse_month_day(given) if given.strip() else None
                    year, month, day = found or (None, 1, 1)
                    if year is not None and date(year, month, day) > today:
                        when = f"{year}-{month:02}-{day:02}"
                        raise Refused(f"The {field.label} {when} is still to come", "Check the year")
                    contacts.set_date(writer, contact_id, field.name, found, given.strip())

    def _addresses(self, kind: str, values: Sequence[str]) -> list[tuple[Cell, str]]:
        """(cell, normal form) of addresses of one kind, cleaned, each once; refused when one cannot be right."""
        found: dict[str, tuple[Cell, str]] = {}
        for value in values:
            text = checked_address(kind, value)
            if text:
                key = self._context.address_form(kind, text)
                found.setdefault(key, (Cell(text), key))
        return list(found.values())

    # The same for several

    def _change_all(
        self,
        verb: str,
        contact_ids: Sequence[int],
        words: str,
        change: Callable[[Writer, int], object],
        *,
        due: bool = False,
    ) -> Done:
        """One change made to each of some contacts; `words` has {} for their names, `due` adds the next date."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            names = present_names(contact_ids)
            for contact_id in names:
                change(writer, contact_id)
            ends = next_due(contact_ids, self._context.settings, today) if due else ""
            return f"{words.format(listed(names.values()))}{ends}", list(names)

        return self._context.write(verb, work)

    def _put(self, contact_ids: Sequence[int], field: str, value: str, verb: str, words: str) -> Done:
        today = self._context.today

        def change(writer: Writer, contact_id: int) -> None:
            before = contacts.read_contacts([contact_id])[contact_id]
            changes: dict[str, Any] = {field: value} if getattr(before, field) != value else {}
            if comes_back(before.mode, before.status, changes):
                changes["returned_on"] = today
            contacts.update_contact(writer, contact_id, changes, today)

        return self._change_all(verb, contact_ids, words, change, due=True)

    def set_status(self, contact_ids: Sequence[int], status: str) -> Done:
        """Make contacts active, archived or deceased; who comes back has no backlog."""
        wanted = one_of(Status, status, "status")
        words = {
            Status.ACTIVE: "Brought back {}",
            Status.ARCHIVED: "Archived {}, history kept; status:archived finds who is archived",
        }
        return self._put(contact_ids, "status", str(wanted), str(wanted), words.get(wanted, f"{{}}: now {wanted}"))

    def set_mode(self, contact_ids: Sequence[int], mode: str) -> Done:
        """Keep contacts in a rhythm, on occasion, or never; who comes back has no backlog."""
        wanted = one_of(Mode, mode, "mode")
        return self._put(contact_ids, "mode", str(wanted), "mode", f"{{}}: now {wanted}")

    def archive(self, contact_ids: Sequence[int]) -> Done:
        """Put contacts away: history stays, nothing is asked for."""
        return self.set_status(contact_ids, Status.ARCHIVED)

    def unarchive(self, contact_ids: Sequence[int]) -> Done:
        """Bring archived contacts back, without a backlog."""
        return self.set_status(contact_ids, Status.ACTIVE)

    def set_cadence(self, contact_ids: Sequence[int], spec: str, *, since: date | None = None) -> Done:
        """Give contacts a cadence of their own, "inherit" their circles' or "none"."""
        today = self._context.today
        text = cadence_text(spec, since or today)

        def change(writer: Writer, contact_id: int) -> None:
            _put_cadence(writer, contact_id, text, since, today)

        words = f"{{}}: {cadence_words(text, since or today)}{_since(since)}"
        return self._change_all("cadence", contact_ids, words, change, due=True)

    def set_circle_cadence(self, circle: str, spec: str, *, since: date | None = None) -> Done:
        """Give a circle a default cadence, or "none"; makes the circle when there is none."""
        return self.set_cadences({circle: spec}, since=since)

    def set_cadences(
        self, circles: Mapping[str, str], contact_ids: Sequence[int] = (), spec: str = "", *, since: date | None = None
    ) -> Done:
        """Give circles, by name, a default cadence, and contacts one of their own, as one step.

        "none" takes the cadence of a circle away. A circle is made when there is none of its name.
        """
        today = self._context.today
        start = since or today
        texts = {circle_name(name): cadence_text(given, start) for name, given in circles.items()}
        own = cadence_text(spec, start) if contact_ids else None

        def work(writer: Writer) -> Said:
            said, ids = [], []
            for name, text in texts.items():
                cadence = None if text == "none" else text
                key = contacts.ensure_circle(writer, name)
                contacts.set_circle(writer, key, cadence=cadence, cadence_since=None if cadence is None else start)
                said.append(f"Circle {name}: {cadence_words(cadence or 'none', start)}")
                ids.append(key)
            names = present_names(contact_ids) if contact_ids else {}
            for contact_id in names:
                _put_cadence(writer, contact_id, own, since, today)
            if names:
                said.append(f"{listed(names.values())}: {cadence_words(own, start)}")
            return f"{'; '.join(said)}{_since(since)}", [*ids, *names]

        return self._context.write("cadence", work)

    def join_circle(self, contact_ids: Sequence[int], circle: str) -> Done:
        """Put contacts into a circle, made when there is none."""
        name, today = circle_name(circle), self._context.today

        def change(writer: Writer, contact_id: int) -> None:
            contacts.join_circle(writer, contacts.ensure_circle(writer, name), contact_id, today)

        return self._change_all("circle", contact_ids, f"{{}}: in {_plain(name)}", change)

    def leave_circle(self, contact_ids: Sequence[int], circle: str) -> Done:
        """Take contacts out of a circle; refused when there is none of this name."""
        name = circle_name(circle)

        def change(writer: Writer, contact_id: int) -> None:
            contacts.leave_circle(writer, circle_id(name), contact_id)

        return self._change_all("circle", contact_ids, f"{{}}: no longer in {_plain(name)}", change)

    # One of two, and none

    def merge(self, kept_id: int, other_id: int, *, take: Collection[str] = ()) -> Done:
        """Make one contact of two that are the same person; nothing either of them has is lost.

        Where the kept one has a value and the other a different one, the other's goes into the notes; for
        the fields in `take` (of `store.facts.merging.CHOOSABLE`) it is the other way round.
        """
        from planner.store.facts.merging import CHOOSABLE, merge_contacts

        if kept_id == other_id:
            raise Refused("Both are the same contact", "Choose two different ones to make one of")
        unknown = sorted(set(take) - set(CHOOSABLE))
        if unknown:
            raise Refused(f"“{unknown[0]}” cannot be chosen when two become one", f"Use {', '.join(CHOOSABLE)}")
        today = self._context.today

        def work(writer: Writer) -> Said:
            names = present_names([kept_id, other_id])
            merge_contacts(writer, kept_id, other_id, today, take)
            return f"Merged {names[other_id]} (#{other_id}) into {names[kept_id]} (#{kept_id})", [kept_id]

        return self._context.write("merge", work)

    def forget(self, contact_id: int, *, state: Path | None = None) -> Forgetting:
        """Erase everything about a person, beyond undo; gives the files that still hold them.

        Those are backups, and texts an editor left in the folder `state`; drafts there that name them go.
        """
        from planner.drafts import Drafts
        from planner.store.repair import erase_contact, holds_any

        store = self._context.store
        with store.read():
            present_name(contact_id)
        erased = erase_contact(store, contact_id)
        held = list(erased.backups)
        if state is not None:
            Drafts(state).forget(erased.traces, f"form.{contact_id}")
            held += [file for file in sorted(state.glob("*.txt")) if holds_any(file, erased.traces)]
        return Forgetting(f"Forgot #{contact_id}", (contact_id,), held=tuple(str(path) for path in held))


def comes_back(mode: Mode, status: Status, changes: dict[str, Any]) -> bool:
    """Whether these changes bring a contact back to being kept in touch with."""
    kept_before = mode is Mode.RHYTHM and status is Status.ACTIVE
    kept_after = changes.get("mode", mode) == Mode.RHYTHM and changes.get("status", status) == Status.ACTIVE
    return kept_after and not kept_before


def _put_cadence(writer: Writer, contact_id: int, text: str | None, since: date | None, today: date) -> None:
    before = contacts.read_contacts([contact_id])[contact_id]
    if before.cadence != text or since is not None:
        start = None if text is None else since or today
        contacts.update_contact(writer, contact_id, {"cadence": text, "cadence_since": start}, today)


def _columns(draft: ContactDraft, today: date) -> dict[str, Any]:
    """The checked column values of a draft's given fields."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        given = draft.get(field.name)
        if given is None:
            continue
        match field.kind:
            case Kind.LINE:
                values[field.column] = one_line(given, field.label)
            case Kind.TEXT:
                values[field.column] = many_lines(given, field.option)
            case Kind.CHOICE:
                values[field.column] = str(one_of(field.choices, given, field.label))
            case Kind.RHYTHM:
                since = draft.get("since") or today
                text = cadence_text(given, since)
                values |= {field.column: text, "cadence_since": None if text is None else since}
    return values


def _given(draft: ContactDraft) -> str:
    """How the dates of a draft were understood: ", birthday 29 Feb, since Mon 2 Nov 2026"."""
    birthday, since = draft.get("birthday"), draft.get("since")
    if not birthday or not birthday.strip():
        return _since(since)
    year, month, day = parse_month_day(birthday)
    in_year = f" {year}" if year is not None else ""
    return f", birthday {day} {MONTH_NAMES[month - 1][:3]}{in_year}{_since(since)}"


def _since(since: date | None) -> str:
    return f", since {exact_date(since)}" if since is not None else ""


def _plain(text: str) -> str:
    """A text of a person inside a text that is formatted."""
    return text.replace("{", "{{").replace("}", "}}")
