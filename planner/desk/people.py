"""Verbs about contacts and circles."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from planner.core.dates.typed import parse_month_day
from planner.core.model import Cell, Mode, Status
from planner.core.rhythm.cadence import parse_cadence
from planner.core.words.folding import fold
from planner.desk.base import DeskBase, listed, many_lines, one_line, present_names
from planner.desk.values import ContactDraft, ItemRef
from planner.errors import Ambiguous, Refused
from planner.store.facts import contacts
from planner.store.views import open_items

if TYPE_CHECKING:
    from pathlib import Path

    from planner.store.row_writer import Writer

LINES = ("name", "company", "title", "city", "looking_for", "offers", "source")
ITEM = re.compile(r"[cdfivtn][1-9][0-9]{0,17}")
SHOWN = 8
INHERITED = "the rhythm of the circles"
Choice = TypeVar("Choice", bound=StrEnum)


class PeopleVerbs(DeskBase):
    """Add, edit, find, group and put away contacts."""

    def add_contact(self, draft: ContactDraft, *, today: date) -> int:
        """Add a contact and give its id; refused without a name or with a value that cannot be."""
        values = self._columns(draft, today)
        if not values.get("name"):
            raise Refused("A contact needs a name", "Give a name, such as “Ana Silva”")
        values.setdefault("source", "in person")
        values["typed"] = " ".join(sorted(name for name in values if values[name]))

        def work(writer: Writer) -> int:
            contact_id = contacts.insert_contact(writer, values, today)
            self._parts(writer, contact_id, draft, today)
            return contact_id

        return self.store.write("add", f"Added {values['name']}", work, today=today)

    def edit_contact(self, contact_id: int, draft: ContactDraft, *, today: date, version: int | None = None) -> None:
        """Change the given fields of a contact; with `version`, a field changed elsewhere since is refused."""
        values = self._columns(draft, today)
        if "name" in values and not values["name"]:
            raise Refused("A contact needs a name", "Give a name, such as “Ana Silva”")

        def work(writer: Writer) -> str:
            name = present_names([contact_id])[contact_id]
            before = contacts.read_contacts([contact_id])[contact_id]
            changes = {key: value for key, value in values.items() if getattr(before, key) != value}
            if changes.get("cadence_since") is not None and "cadence" not in changes and draft.since is None:
                del changes["cadence_since"]
            if self._comes_back(before.mode, before.status, changes):
                changes["returned_on"] = today
            contacts.update_contact(writer, contact_id, changes, today, version)
            if changes:
                # Without the version: which fields were typed is nothing two people could disagree about.
                typed = contacts.typed_fields(contact_id) | set(changes)
                fields = " ".join(sorted(typed & set(LINES) | typed & {"notes", "mode"}))
                contacts.update_contact(writer, contact_id, {"typed": fields}, today)
            self._parts(writer, contact_id, draft, today)
            return name

        self.store.write("edit", lambda name: f"Edited {name}", work, today=today)

    def _columns(self, draft: ContactDraft, today: date) -> dict[str, Any]:
        """The checked column values of a draft's given fields."""
        values: dict[str, Any] = {}
        for field in LINES:
            given = getattr(draft, field)
            if given is not None:
                values[field] = one_line(given, field.replace("_", " "))
        if draft.notes is not None:
            values["notes"] = many_lines(draft.notes, "note")
        if draft.mode is not None:
            values["mode"] = str(one_of(Mode, draft.mode, "mode"))
        if draft.status is not None:
            values["status"] = str(one_of(Status, draft.status, "status"))
        if draft.cadence is not None:
            values["cadence"] = cadence_text(draft.cadence, draft.since or today)
            values["cadence_since"] = None if values["cadence"] is None else draft.since or today
        return values

    def _parts(self, writer: Writer, contact_id: int, draft: ContactDraft, today: date) -> None:
        """Addresses, circles and birthday of a draft."""
        for kind, plural in contacts.ADDRESS_FIELDS.items():
            given = getattr(draft, plural)
            if given is not None:
                contacts.set_addresses(writer, contact_id, kind, self._addresses(kind, given))
        if draft.circles is not None:
            names = [one_line(name, "circle", 100) for name in draft.circles]
            contacts.set_circles(writer, contact_id, names, today)
        if draft.birthday is not None:
            found = parse_month_day(draft.birthday) if draft.birthday.strip() else None
            year, month, day = found or (None, 1, 1)
            if year is not None and date(year, month, day) > today:
                raise Refused(f"The birthday {year}-{month:02}-{day:02} is still to come", "Check the year")
            contacts.set_date(writer, contact_id, "birthday", found, draft.birthday.strip())

    def _addresses(self, kind: str, values: Sequence[str]) -> list[tuple[Cell, str]]:
        """(cell, normal form) of addresses of one kind, cleaned, each once; refused when one cannot be right."""
        found: dict[str, tuple[Cell, str]] = {}
        for value in values:
            text = checked_address(kind, value)
            if not text:
                continue
            key = self.address_form(kind, text)
            found.setdefault(key, (Cell(text), key))
        return list(found.values())

    @staticmethod
    def _comes_back(mode: Mode, status: Status, changes: dict[str, Any]) -> bool:
        """Whether these changes bring a contact back to being kept in touch with."""
        kept_before = mode is Mode.RHYTHM and status is Status.ACTIVE
        kept_after = changes.get("mode", mode) == Mode.RHYTHM and changes.get("status", status) == Status.ACTIVE
        return kept_after and not kept_before

    def _change_all(
        self,
        verb: str,
        contact_ids: Sequence[int],
        words: Callable[[str], str],
        change: Callable[[Writer, int], object],
        today: date,
    ) -> None:
        """One change made to each of some contacts, as one step."""

        def work(writer: Writer) -> list[str]:
            names = present_names(contact_ids)
            for contact_id in names:
                change(writer, contact_id)
            return list(names.values())

        self.store.write(verb, lambda names: words(listed(names)), work, today=today)

    def set_status(self, contact_ids: Sequence[int], status: str, *, today: date) -> None:
        """Make contacts active, archived or deceased; who comes back has no backlog."""
        wanted = one_of(Status, status, "status")
        self._put(contact_ids, {"status": str(wanted)}, str(wanted), f"{{}}: now {wanted}", today)

    def set_mode(self, contact_ids: Sequence[int], mode: str, *, today: date) -> None:
        """Keep contacts in a rhythm, on occasion, or never; who comes back has no backlog."""
        wanted = one_of(Mode, mode, "mode")
        self._put(contact_ids, {"mode": str(wanted)}, "mode", f"{{}}: now {wanted}", today)

    def _put(self, contact_ids: Sequence[int], changes: dict[str, Any], verb: str, words: str, today: date) -> None:
        def change(writer: Writer, contact_id: int) -> None:
            before = contacts.read_contacts([contact_id])[contact_id]
            own = {key: value for key, value in changes.items() if getattr(before, key) != value}
            if own and self._comes_back(before.mode, before.status, own):
                own["returned_on"] = today
            contacts.update_contact(writer, contact_id, own, today)

        self._change_all(verb, contact_ids, lambda names: words.format(names), change, today)

    def archive(self, contact_ids: Sequence[int], *, today: date) -> None:
        """Put contacts away: history stays, nothing is asked for."""
        self.set_status(contact_ids, Status.ARCHIVED, today=today)

    def unarchive(self, contact_ids: Sequence[int], *, today: date) -> None:
        """Bring archived contacts back, without a backlog."""
        self.set_status(contact_ids, Status.ACTIVE, today=today)

    def set_cadence(self, contact_ids: Sequence[int], spec: str, *, since: date | None = None, today: date) -> None:
        """Give contacts a cadence of their own, "inherit" their circles' or "none"."""
        text = cadence_text(spec, since or today)

        def change(writer: Writer, contact_id: int) -> None:
            self._put_cadence(writer, contact_id, text, since, today)

        words = text or INHERITED
        self._change_all("cadence", contact_ids, lambda names: f"{names}: {words}", change, today)

    @staticmethod
    def _put_cadence(writer: Writer, contact_id: int, text: str | None, since: date | None, today: date) -> None:
        before = contacts.read_contacts([contact_id])[contact_id]
        if before.cadence != text or since is not None:
            start = None if text is None else since or today
            contacts.update_contact(writer, contact_id, {"cadence": text, "cadence_since": start}, today)

    def set_circle_cadence(self, circle: str, spec: str, *, since: date | None = None, today: date) -> None:
        """Give a circle a default cadence, or "none"; makes the circle when there is none."""
        self.set_cadences({circle: spec}, since=since, today=today)

    def set_cadences(
        self,
        circles: Mapping[str, str],
        contact_ids: Sequence[int] = (),
        spec: str = "",
        *,
        since: date | None = None,
        today: date,
    ) -> None:
        """Give circles, by name, a default cadence, and contacts one of their own, as one step.

        "none" takes the cadence of a circle away. A circle is made when there is none of its name.
        """
        start = since or today
        texts = {circle_name(name): cadence_text(given, start) for name, given in circles.items()}
        own = cadence_text(spec, start) if contact_ids else None

        def work(writer: Writer) -> list[str]:
            said = []
            for name, text in texts.items():
                cadence = None if text == "none" else text
                key = contacts.ensure_circle(writer, name)
                contacts.set_circle(writer, key, cadence=cadence, cadence_since=None if cadence is None else start)
                said.append(f"Circle {name}: {cadence or 'no rhythm'}")
            names = present_names(contact_ids)
            for contact_id in names:
                self._put_cadence(writer, contact_id, own, since, today)
            return said + ([f"{listed(list(names.values()))}: {own or INHERITED}"] if names else [])

        self.store.write("cadence", "; ".join, work, today=today)

    def join_circle(self, contact_ids: Sequence[int], circle: str, *, today: date) -> None:
        """Put contacts into a circle, made when there is none."""
        name = circle_name(circle)

        def change(writer: Writer, contact_id: int) -> None:
            contacts.join_circle(writer, contacts.ensure_circle(writer, name), contact_id, today)

        self._change_all("circle", contact_ids, lambda names: f"{names}: in {name}", change, today)

    def leave_circle(self, contact_ids: Sequence[int], circle: str, *, today: date) -> None:
        """Take contacts out of a circle."""
        with self.store.read():
            key = self._circle(circle)

        def change(writer: Writer, contact_id: int) -> None:
            contacts.leave_circle(writer, key, contact_id)

        self._change_all("circle", contact_ids, lambda names: f"{names}: no longer in {circle}", change, today)

    def circles(self) -> tuple[contacts.CircleRow, ...]:
        """Every circle with its members' number and cadence, by name."""
        with self.store.read():
            return contacts.circle_rows()

    def _circle(self, circle: str) -> int:
        """A circle's id; refused when there is none of this name."""
        found = contacts.circle_id(circle)
        if found is None:
            known = ", ".join(row.name for row in contacts.circle_rows()[:SHOWN]) or "none yet"
            raise Refused(f"There is no circle “{one_line(circle, 'circle')}”", f"Circles: {known}")
        return found

    def find(self, who: str) -> int:
        """The contact a WHO means: #ID, an e-mail, a full name, or a unique part of one.

        An exact name wins; case and accents don't matter. Refused when nobody or several match.
        """
        with self.store.read():
            return self._find(who)

    def _find(self, who: str) -> int:
        text = one_line(who, "name")
        if not text:
            raise Refused("No name was given", "Give a name, a part of one, an e-mail or #ID")
        if text.startswith("#"):
            if not text[1:].isascii() or not text[1:].isdigit() or len(text) > 19 or not contacts.exists(int(text[1:])):
                raise Refused(f"There is no contact {text[:30]}", "Look people up with “planner contacts”")
            return int(text[1:])
        if "@" in text:
            found = {contact for _, contact in contacts.by_address("email", [fold(text)])}
            if len(found) == 1:
                return found.pop()
            if found:
                raise self._several(text, list(contacts.names_of(found).items()))
        exact = contacts.by_exact_name(text)
        if len(exact) == 1:
            return exact[0][0]
        matches = exact or contacts.by_part_of_name(text)
        if not matches and text.isascii() and text.isdigit():
            raise self._bare_number(text)
        if not matches:
            raise Refused(
                f"Nobody is called “{text[:80]}”",
                f"Add them with: planner add '{text[:40]}'" if "'" not in text else "Add them with “planner add”",
            )
        if len(matches) > 1:
            whole = [match for match in matches if f" {fold(text)} " in f" {fold(match[1])} "]
            if len(whole) == 1 and len(matches) <= SHOWN:
                return whole[0][0]
            raise self._several(text, whole or matches)
        return matches[0][0]

    @staticmethod
    def _bare_number(text: str) -> Refused:
        """The refusal of a number that nobody has in their name; quoted, since shells take # for a comment."""
        key = int(text) if len(text) < 19 else 0
        name = contacts.names_of([key]).get(key) if key and contacts.exists(key) else None
        meant = f"'#{key}' is {name}" if name is not None else "A number is written with #, such as '#7'"
        return Refused(f"Nobody is called “{text[:80]}”", f"{meant}; “planner contacts” lists them")

    @staticmethod
    def _several(text: str, matches: Sequence[tuple[int, str]]) -> Ambiguous:
        shown = ", ".join(f"{name} (#{key})" for key, name in matches[:SHOWN])
        more = " and others" if len(matches) > SHOWN else ""
        alike = len({fold(name) for _, name in matches}) < len(matches)
        advice = f"{'They share a name: give' if alike else 'Give the full name or'} the number, '#{matches[0][0]}'"
        return Ambiguous(f"“{text[:80]}” fits several people: {shown}{more}", tuple(matches), advice)

    def namesakes(self, contact_id: int) -> tuple[int, ...]:
        """The ids of the others who are called exactly as a contact is, case and accents aside."""
        with self.store.read():
            name = present_names([contact_id])[contact_id]
            return tuple(key for key, _ in contacts.by_exact_name(name) if key != contact_id)

    def find_item(self, text: str) -> ItemRef | None:
        """The open item an ITEM id names, None when the text is not such an id; refused when it is closed."""
        found = text.strip()
        if not ITEM.fullmatch(found):
            return None
        with self.store.read():
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
        raise Refused(f"Nothing open has the id {found}", "See “planner agenda” for what is open")

    def complete(self, text: str, *, limit: int = SHOWN) -> tuple[tuple[int, str], ...]:
        """(id, name) of those a typed part may mean, names beginning with it first."""
        part = " ".join(text.split())
        if not part:
            return ()
        with self.store.read():
            return tuple(contacts.by_part_of_name(part, limit))

    def merge_contacts(self, kept_id: int, other_id: int, *, take: Collection[str] = (), today: date) -> None:
        """Make one contact of two that are the same person; nothing either of them has is lost.

        Where the kept one has a value and the other a different one, the other's goes into the notes; for
        the fields in `take` (of `store.merging.CHOOSABLE`) it is the other way round.
        """
        from planner.store.facts.merging import CHOOSABLE, merge_contacts

        if kept_id == other_id:
            raise Refused("Both are the same contact", "Choose two different ones to make one of")
        unknown = sorted(set(take) - set(CHOOSABLE))
        if unknown:
            raise Refused(f"“{unknown[0]}” cannot be chosen when two become one", f"Use {', '.join(CHOOSABLE)}")

        def work(writer: Writer) -> dict[int, str]:
            names = present_names([kept_id, other_id])
            merge_contacts(writer, kept_id, other_id, today, take)
            return names

        self.store.write(
            "merge", lambda names: f"Merged {names[other_id]} into {names[kept_id]}", work, today=today
        )

    def forget(self, contact_id: int, *, today: date, state: Path | None = None) -> tuple[str, ...]:
        """Erase everything about a person, beyond undo; gives the files that still hold them.

        Those are backups, and texts an editor left in the folder `state`; drafts there that name them go.
        """
        from planner.drafts import Drafts
        from planner.store.repair import erase_contact, holds_any

        with self.store.read():
            present_names([contact_id])
        erased = erase_contact(self.store, contact_id)
        held = list(erased.backups)
        if state is not None:
            Drafts(state).forget(erased.traces, f"form.{contact_id}")
            held += [file for file in sorted(state.glob("*.txt")) if holds_any(file, erased.traces)]
        return tuple(str(path) for path in held)


def one_of(kind: type[Choice], text: str, what: str) -> Choice:
    """The member a text names; refused with what there is."""
    try:
        return kind(text.strip().casefold())
    except ValueError:
        raise Refused(
            f"“{one_line(text, what)[:40]}” is not a {what}", f"Use {', '.join(str(one) for one in kind)}"
        ) from None


def checked_address(kind: str, value: str) -> str:
    """An address of a kind ("email", "phone", "url") on one line; refused when it cannot be one."""
    text = one_line(value, kind)
    if text and kind == "email" and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", text):
        raise Refused(f"“{text[:60]}” is not an e-mail address", "Write it as name@example.org")
    if text and kind == "phone" and not any(letter.isdigit() for letter in text):
        raise Refused(f"“{text[:60]}” is not a phone number", "Write it with digits: +33 6 12 34 56 78")
    return text


def cadence_text(spec: str, since: date) -> str | None:
    """A cadence spec in its normal form, "none", or None for "inherit"; refused when it is not understood."""
    wanted = " ".join(spec.split())
    if wanted.casefold() == "inherit":
        return None
    cadence = parse_cadence(wanted, since)
    return "none" if cadence is None else cadence.text


def circle_name(circle: str) -> str:
    """A circle's name on one line; refused when empty."""
    name = one_line(circle, "circle", 100)
    if not name:
        raise Refused("A circle needs a name", "Give one, such as “climbing”")
    return name
