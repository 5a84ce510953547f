"""The owner of a handle: me, one contact, nobody, or several contacts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from planner.core.evidence.seen import Handle, HandleKind
from planner.core.words.folding import fold

ME: Final = 0
"""My id among the ids of contacts, which count from 1."""
Key = tuple[HandleKind, str]
"""The kind of a handle, and its value in the form that is compared."""


def key_of(handle: Handle) -> Key:
    """The key of a handle: names and addresses folded, numbers as they are."""
    kind = handle.kind
    return (kind, handle.value if kind is HandleKind.PHONE else fold(handle.value))


class HandleOwners:
    """The owner of each handle.

    `known` gives the contacts that have a handle, `me` are my own handles. `said` gives the owner that a person named
    for a handle: a contact, `ME`, or None for nobody; it takes precedence over the other two, except that an address
    said to be nobody's belongs to a contact once exactly one contact has it. A handle that several contacts have is
    nobody's.
    """

    def __init__(
        self,
        known: Mapping[Key, Collection[int]],
        me: Collection[Key] = (),
        said: Mapping[Key, int | None] | None = None,
    ) -> None:
        self._known = known
        self._me = frozenset(me)
        self._said = said or {}
        self._found: dict[tuple[HandleKind, str], int | None] = {}

    def owner(self, handle: Handle) -> int | None:
        """The id of the contact who owns a handle, `ME`, or None where nobody or several contacts own it."""
        asked = (handle.kind, handle.value)
        if asked not in self._found:
            self._found[asked] = self._look_up(key_of(handle))
        return self._found[asked]

    def is_mine(self, kind: HandleKind, value: str) -> bool:
        """Whether a handle is mine."""
        return self.owner(Handle(kind, value)) == ME

    def is_shared(self, handle: Handle) -> bool:
        """Whether several contacts have the handle and no person named its owner."""
        key = key_of(handle)
        return key not in self._said and key not in self._me and len(self._known.get(key, ())) > 1

    def is_settled(self, handle: Handle) -> bool:
        """Whether the owner of a handle is known, or a person named one, nobody included."""
        return key_of(handle) in self._said or self.owner(handle) is not None

    def knows_me_by(self, kind: HandleKind) -> bool:
        """Whether I have any handle of this kind."""
        return any(one is kind for one, _ in self._me) or any(
            owner == ME and one is kind for (one, _), owner in self._said.items()
        )

    def _look_up(self, key: Key) -> int | None:
        if key in self._said and not self._was_given_since(key):
            return self._said[key]
        if key in self._me:
            return ME
        people = self._known.get(key, ())
        return next(iter(people)) if len(people) == 1 else None

    def _was_given_since(self, key: Key) -> bool:
        """Whether an address that a person said is nobody's now belongs to exactly one contact."""
        return self._said[key] is None and key[0] is not HandleKind.NAME and len(self._known.get(key, ())) == 1
