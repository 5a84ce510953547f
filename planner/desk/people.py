"""Contacts and circles: finding, adding, changing, grouping, archiving, merging and forgetting them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.core.contact_fields import STREET, TEXTS, TYPED_FIELDS, WITH_PARTS, Kind
from planner.core.dates.typed import parse_month_day
from planner.core.model import IN_PERSON, Cell, Mode, Status
from planner.core.records import record
from planner.core.words.folding import fold
from planner.core.words.parts import in_words, with_parts
from planner.desk.done import Done
from planner.desk.shared.cadences import keeps_again, put_cadence
from planner.desk.shared.checks import listed, one_line, one_of, present_name, present_names
from planner.desk.shared.contact_checks import (
    cadence_text,
    cadence_words,
    checked_address,
    checked_columns,
    circle_name,
    dates_understood,
    no_name,
    since_words,
)
from planner.desk.shared.context import Context, Said
from planner.desk.shared.items import next_due, not_open
from planner.desk.shared.through import know_through
from planner.desk.shared.whom import SHOWN, circle_id, find_contact, told_apart
from planner.desk.values import ContactDraft, ItemRef
from planner.errors import Refused
from planner.store.facts import circles, contact_dates, contacts
from planner.store.views import open_items

if TYPE_CHECKING:
    from pathlib import Path

    from planner.desk.shared.forgetting import TakeOut
    from planner.store.row_writer import Writer

ITEM = re.compile(r"[cdfilvt][1-9][0-9]{0,17}|n[1-9][0-9]{0,17}(?:c[1-9][0-9]{0,17})?")
TYPED = frozenset({"mode", *(one.column for one in TEXTS)})
"""Columns that an import does not change once a person has changed them."""
ABOUT_RHYTHM = frozenset({"cadence", "mode", "status", "circles"})


@record(frozen=True, slots=True)
class Forgetting(Done):
    """The result of `forget`; `held` are files that still mention the person, `maybe` rows with the surname alone."""

    held: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


class People:
    """Verbs about contacts and circles."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # Finding

    def find(self, who: str) -> int:
        """The contact that a WHO means: #ID, an e-mail, a full name, or a unique part of one.

        An exact name takes precedence; case and accents don't matter. Refused when nobody or several match.
        """
        with self._context.store.read():
            return find_contact(who)

    def find_item(self, text: str) -> ItemRef | None:
        """The open item with an ITEM id, None when the text is not such an id; refused when it is closed."""
        found = text.strip()
        if not ITEM.fullmatch(found):
            return None
        with self._context.store.read():
            if contacts.by_exact_name(found):
                return None
            if found[0] == "d":
                row = contact_dates.contact_date(int(found[1:]))
                if row is not None:
                    return ItemRef(found, row[0])
            else:
                items = open_items.items_with_ids([found])
                if found in items:
                    return ItemRef(found, items[found].contact_id)
        raise Refused(not_open(found).message, "See “planner agenda” for what is open")

    def complete(self, text: str, *, limit: int = SHOWN) -> tuple[tuple[int, str], ...]:
        """(id, name) of the contacts whose name contains a typed part, names that begin with it first."""
        part = " ".join(text.split())
        if not part:
            return ()
        with self._context.store.read():
            return tuple(contacts.by_part_of_name(part, limit))

    def told_apart(self, matches: Sequence[tuple[int, str]]) -> dict[int, str]:
        """For each id whose name another of the (id, name) has too: a text telling them apart, "" if nothing does."""
        with self._context.store.read():
            return told_apart(matches)

    def namesakes(self, contact_id: int) -> tuple[int, ...]:
        """The ids of other contacts with the same name, ignoring case and accents."""
        with self._context.store.read():
            return tuple(key for key, _ in contacts.by_exact_name(present_name(contact_id)) if key != contact_id)

    def circles(self) -> tuple[circles.CircleRow, ...]:
        """Every circle with its number of members and its cadence, by name."""
        with self._context.store.read():
            return circles.circle_rows()

    # Adding and changing

    def add(self, draft: ContactDraft) -> Done:
        """Add a contact; the result has its id. Refused without a name or with an impossible value."""
        today = self._context.today

        def work(writer: Writer) -> Said:
            contact_id = self.insert(writer, draft)
            due = next_due([contact_id], self._context.settings, today)
            return f"Added {present_name(contact_id)}{dates_understood(draft)}{due}", [contact_id]

        return self._context.write("add", work)

    def insert(self, writer: Writer, draft: ContactDraft, source: str = IN_PERSON) -> int:
        """Insert a new contact in the transaction of a verb, and return its id. Refused like `add`.

        `source` says where the contact came from, unless the draft does.
        """
        today = self._context.today
        values = checked_columns(draft, today)
        if not values.get("name"):
            raise no_name()
        values.setdefault("source", source)
        values["typed"] = " ".join(sorted(name for name in values if values[name]))
        contact_id = contacts.insert_contact(writer, values, today)
        self._parts(writer, contact_id, draft, today)
        return contact_id

    def edit(self, contact_id: int, draft: ContactDraft, *, version: int | None = None) -> Done:
        """Change the given fields of a contact; with `version`, a field changed elsewhere since is refused."""
        today = self._context.today
        values = checked_columns(draft, today)
        if "name" in values and not values["name"]:
            raise no_name()

        def work(writer: Writer) -> Said:
            name = present_name(contact_id)
            before = contacts.read_contacts([contact_id])[contact_id]
            changes = {key: value for key, value in values.items() if getattr(before, key) != value}
            if changes.get("cadence_since") is not None and "cadence" not in changes and not draft.given.get("since"):
                del changes["cadence_since"]
            if "cadence" in changes:
                # Chosen for this one person: it starts today, and is not spread as for many.
                changes["spread"] = False
                if changes["cadence"] is None:
                    changes["cadence_since"] = today
            if keeps_again(before.mode, before.status, changes):
                changes["returned_on"] = today
            contacts.update_contact(writer, contact_id, changes, today, version)
            if changes:
                # Without the version: two sessions cannot disagree about which fields were typed.
                typed = contacts.typed_fields(contact_id) | set(changes)
                contacts.update_contact(writer, contact_id, {"typed": " ".join(sorted(typed & TYPED))}, today)
            self._parts(writer, contact_id, draft, today)
            due = next_due([contact_id], self._context.settings, today) if ABOUT_RHYTHM & draft.given.keys() else ""
            return f"Edited {values.get('name', name)}{dates_understood(draft)}{due}", [contact_id]

        return self._context.write("edit", work)

    def _parts(self, writer: Writer, contact_id: int, draft: ContactDraft, today: date) -> None:
        """Write the parts of a draft with tables of their own: addresses, circles, days of the year."""
        before = contacts.read_contacts([contact_id])[contact_id]
        for field in TYPED_FIELDS:
            given = draft.given.get(field.name)
            if given is None:
                continue
            match field.kind:
                case Kind.ADDRESSES:
                    cells = self._addresses(field.word, given, getattr(before, field.attribute))
                    contacts.set_addresses(writer, contact_id, field.word, cells)
                case Kind.CIRCLES:
                    names = [one_line(name, "circle", 100) for name in given]
                    circles.set_circles(writer, contact_id, names, today)
                case Kind.YEAR_DAY:
                    found = parse_month_day(given) if given.strip() else None
                    year, month, day = found or (None, 1, 1)
                    if year is not None and date(year, month, day) > today:
                        when = f"{year}-{month:02}-{day:02}"
                        raise Refused(f"The {field.label} {when} is still to come", "Check the year")
                    contact_dates.set_date(writer, contact_id, field.name, found, given.strip())
                case Kind.WHO:
                    know_through(writer, contact_id, one_line(given, field.name))

    def _addresses(self, kind: str, values: Sequence[str], held: Sequence[Cell]) -> list[tuple[Cell, str]]:
        """(cell, normal form) of addresses of one kind, cleaned, each once; refused when one cannot be right.

        An address with parts that is in `held` and typed as it is shown keeps its parts.
        """
        shown = {fold(in_words(cell.value)): cell.value for cell in held} if kind in WITH_PARTS else {}
        found: dict[str, tuple[Cell, str]] = {}
        for value in values:
            text = checked_address(kind, value)
            if text and kind in WITH_PARTS:
                text = shown.get(fold(text)) or with_parts(("", "", text) if kind == STREET else (text,))
            if text:
                key = self._context.address_form(kind, text)
                found.setdefault(key, (Cell(text), key))
        return list(found.values())

    # Changing several contacts

    def _change_all(
        self,
        verb: str,
        contact_ids: Sequence[int],
        words: str,
        change: Callable[[Writer, int], object],
        *,
        due: bool = False,
    ) -> Done:
        """Make the same change to several contacts; `words` has {} for their names, `due` adds the next date."""
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
            if keeps_again(before.mode, before.status, changes):
                changes["returned_on"] = today
            contacts.update_contact(writer, contact_id, changes, today)

        return self._change_all(verb, contact_ids, words, change, due=True)

    def set_status(self, contact_ids: Sequence[int], status: str) -> Done:
        """Make contacts active, archived or deceased; a contact who comes back has nothing overdue."""
        wanted = one_of(Status, status, "status")
        words = {
            Status.ACTIVE: "Brought back {}",
            Status.ARCHIVED: "Archived {}, history kept; status:archived finds who is archived",
        }
        return self._put(contact_ids, "status", str(wanted), str(wanted), words.get(wanted, f"{{}}: now {wanted}"))

    def set_mode(self, contact_ids: Sequence[int], mode: str) -> Done:
        """Set the mode of contacts: rhythm, occasion or never; a contact who comes back has nothing overdue."""
        wanted = one_of(Mode, mode, "mode")
        return self._put(contact_ids, "mode", str(wanted), "mode", f"{{}}: now {wanted}")

    def archive(self, contact_ids: Sequence[int]) -> Done:
        """Archive contacts: their history stays, and they leave the agenda."""
        return self.set_status(contact_ids, Status.ARCHIVED)

    def unarchive(self, contact_ids: Sequence[int]) -> Done:
        """Make archived contacts active again, with nothing overdue."""
        return self.set_status(contact_ids, Status.ACTIVE)

    def set_cadence(self, contact_ids: Sequence[int], spec: str, *, since: date | None = None) -> Done:
        """Give contacts a cadence of their own, "inherit" for their circles', or "none"."""
        today = self._context.today
        text = cadence_text(spec, since or today)

        def change(writer: Writer, contact_id: int) -> None:
            put_cadence(writer, contact_id, text, since, today, alone=len(set(contact_ids)) == 1)

        words = f"{{}}: {cadence_words(text, since or today)}{since_words(since)}"
        return self._change_all("cadence", contact_ids, words, change, due=True)

    def set_circle_cadence(self, circle: str, spec: str, *, since: date | None = None) -> Done:
        """Give a circle a default cadence, or "none"; a missing circle is created."""
        return self.set_cadences({circle: spec}, since=since)

    def set_cadences(
        self,
        of_circles: Mapping[str, str],
        contact_ids: Sequence[int] = (),
        spec: str = "",
        *,
        since: date | None = None,
    ) -> Done:
        """Give circles, by name, a default cadence, and contacts one of their own, as one step.

        "none" removes the cadence of a circle. A missing circle is created.
        """
        today = self._context.today
        start = since or today
        texts = {circle_name(name): cadence_text(given, start) for name, given in of_circles.items()}
        own = cadence_text(spec, start) if contact_ids else None

        def work(writer: Writer) -> Said:
            said, ids = [], []
            for name, text in texts.items():
                cadence = None if text == "none" else text
                key = circles.ensure_circle(writer, name)
                if circles.cadence_of(key) != cadence or since is not None:
                    circles.set_circle(writer, key, cadence=cadence, cadence_since=None if cadence is None else start)
                said.append(f"Circle {name}: {cadence_words(cadence or 'none', start)}")
                ids.append(key)
            names = present_names(contact_ids) if contact_ids else {}
            for contact_id in names:
                put_cadence(writer, contact_id, own, since, today, alone=len(names) == 1)
            if names:
                said.append(f"{listed(names.values())}: {cadence_words(own, start)}")
            return f"{'; '.join(said)}{since_words(since)}", [*ids, *names]

        return self._context.write("cadence", work)

    def join_circle(self, contact_ids: Sequence[int], circle: str) -> Done:
        """Put contacts into a circle; a missing circle is created."""
        name, today = circle_name(circle), self._context.today

        def change(writer: Writer, contact_id: int) -> None:
            circles.join_circle(writer, circles.ensure_circle(writer, name), contact_id, today)

        return self._change_all("circle", contact_ids, f"{{}}: in {_plain(name)}", change)

    def leave_circle(self, contact_ids: Sequence[int], circle: str) -> Done:
        """Take contacts out of a circle; refused for an unknown circle."""
        name = circle_name(circle)

        def change(writer: Writer, contact_id: int) -> None:
            circles.leave_circle(writer, circle_id(name), contact_id)

        return self._change_all("circle", contact_ids, f"{{}}: no longer in {_plain(name)}", change)

    # Merging and forgetting

    def merge(self, kept_id: int, other_id: int, *, take: Collection[str] = ()) -> Done:
        """Merge two contacts that are the same person into the kept one; no fact of either is lost.

        Where both have a value for a field, the kept contact's stays and the other goes into the notes; for a field in
        `take` (of `store.facts.identity.merging.CHOOSABLE`) the other's value stays.
        """
        # Late: most verbs about people need no evidence.
        from planner.desk.shared.judging import judge_again
        from planner.store.book.cards import of_contact
        from planner.store.facts.identity.merging import CHOOSABLE, merge_contacts

        if kept_id == other_id:
            raise Refused("Both are the same contact", "Choose two different ones to make one of")
        unknown = sorted(set(take) - set(CHOOSABLE))
        if unknown:
            raise Refused(f"“{unknown[0]}” cannot be chosen when two become one", f"Use {', '.join(CHOOSABLE)}")
        today = self._context.today

        def work(writer: Writer) -> Said:
            names = present_names([kept_id, other_id])
            merge_contacts(writer, kept_id, other_id, today, take)
            judge_again(self._context, writer, [kept_id])
            linked = sum(one.book is not None for one in of_contact(kept_id)) > 1
            ends = "; both cards stay linked" if linked else ""
            return f"Merged {names[other_id]} (#{other_id}) into {names[kept_id]} (#{kept_id}){ends}", [kept_id]

        return self._context.write("merge", work)

    def forget(
        self, contact_id: int, *, state: Path | None = None, surname_too: bool = False, copies: bool = False,
        take_out: TakeOut | None = None,
    ) -> Forgetting:  # fmt: skip
        """Erase everything about a person, beyond undo; the result has the files that still mention the person.

        Every name and address they ever had here is erased, with `surname_too` also their surname alone in texts about
        others. The reported files are backups, files put aside, exports, processed inbox files, and texts that an
        editor left in the folder `state`; with `copies` those that are planners are rewritten without the person, and
        exports by `take_out`. Anything else in `state` that names the person is deleted.
        """
        from planner.desk.shared.forgetting import still_held
        from planner.store.forgetting import erase_contact

        store = self._context.store
        with store.read():
            present_name(contact_id)
        erased = erase_contact(store, contact_id, surname_too=surname_too)
        context = self._context
        held = still_held(
            store, erased, contact_id, context.today, state, context.config.inbox,
            copies=copies, take_out=take_out, surname_too=surname_too,
        )  # fmt: skip
        maybe = tuple(f"{table.replace('_', ' ')} {key}" for table, key in erased.maybe)
        said, files = f"Forgot #{contact_id}{held.too}", tuple(map(str, held.files))
        return Forgetting(said, (contact_id,), held=files, maybe=maybe)


def _plain(text: str) -> str:
    """A user's text with its braces doubled, so that `str.format` leaves it alone."""
    return text.replace("{", "{{").replace("}", "}}")
