"""People who are not contacts but could be: counting them, and adding or refusing one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.core.evidence.owners import key_of
from planner.core.evidence.seen import Handle, HandleKind
from planner.core.evidence.strangers import Stranger
from planner.desk.done import Done
from planner.desk.people import People
from planner.desk.shared.checks import briefly, present_name
from planner.desk.shared.context import Context, Said
from planner.desk.values import ContactDraft
from planner.store import tables as t
from planner.store.evidence import handles, strangers

if TYPE_CHECKING:
    from planner.store.row_writer import Writer

_FIELDS = {HandleKind.EMAIL: "emails", HandleKind.PHONE: "phones", HandleKind.PROFILE: "urls"}
"""The field of a contact for each kind of handle; a name in a chat has none."""
_SOURCES = {HandleKind.EMAIL: "mail", HandleKind.PHONE: "calls"}
"""The source of a contact that is added by a handle; for other kinds of handles it is a chat."""


class StrangerVerbs:
    """The part `desk.strangers`; `desk.evidence.people` finds them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def count(self) -> int:
        """How many there were at the last search, without those added or refused since."""
        with self._context.store.read():
            return strangers.count()

    def still(self, found: Iterable[Stranger]) -> tuple[Stranger, ...]:
        """The strangers, among these, who are not contacts and have no answer yet; their number is stored."""
        store = self._context.store
        with store.read():
            some = tuple(found)
            taken = handles.taken_of([key_of(one.handle) for one in some])
            left = tuple(one for one in some if key_of(one.handle) not in taken)
            is_told = strangers.count() == len(left)
        if not is_told and not store.read_only:
            store.transact(lambda: strangers.keep_count(store, len(left)))
        return left

    def add(self, handle: Handle, name: str) -> Done:
        """Add a stranger as a contact, who then is a newcomer like somebody imported; the result has the id.

        The next run adds what was seen. Refused without a name.
        """
        today = self._context.today
        field = _FIELDS.get(handle.kind)
        draft = ContactDraft(name=name, **({field: (handle.value,)} if field is not None else {}))

        def work(writer: Writer) -> Said:
            contact_id = People(self._context).insert(writer, draft, _SOURCES.get(handle.kind, "chat"))
            writer.insert(t.NewcomerTable, contact=contact_id, came_on=today)
            if field is None:
                # The chat keeps this name, whatever the contact is called.
                handles.say_whose(writer, key_of(handle), handle.name or handle.value, contact_id, today)
            strangers.keep_count(self._context.store, strangers.count() - 1)
            shown = briefly(present_name(contact_id), 60)
            return f"Added {shown}; what was seen comes with the next reading", [contact_id]

        return self._context.write("add", work)

    def refuse(self, handle: Handle) -> Done:
        """Refuse a stranger: never proposed again, and nothing seen under a name counts."""
        today, shown = self._context.today, handle.name or handle.value

        def work(writer: Writer) -> Said:
            row = handles.say_whose(writer, key_of(handle), shown, None, today)
            strangers.keep_count(self._context.store, strangers.count() - 1)
            return f"{briefly(shown, 60)} is not proposed again", [row]

        return self._context.write("watch", work)
