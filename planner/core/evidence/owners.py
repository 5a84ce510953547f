"""Whose a handle is: mine, a contact's, nobody's, or that of several contacts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from planner.core.evidence.seen import Handle, HandleKind
from planner.core.words.folding import fold

ME: Final = 0
"""Stands for me among the ids of contacts, which count from 1."""
Key = tuple[HandleKind, str]
"""The kind of a handle, and its value as values are compared."""


def key_of(handle: Handle) -> Key:
    """The key of a handle: names and addresses folded, numbers as they are."""
    kind = handle.kind
    return (kind, handle.value if kind is HandleKind.PHONE else fold(handle.value))


class HandleOwners:
    """Whose each handle is.

    `known` gives the contacts that have a handle, `me` are my own handles. `said` gives the owner that a person named
    for a handle: a contact, `ME`, or None for nobody; it goes before the other two, but an address that is nobody's is
    a contact's once one contact alone has it. A handle that several contacts have is nobody's.
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
        """The id of the contact whose handle it is, `ME`, or None where it is nobody's or that of several contacts."""
        asked = (handle.kind, handle.value)
        if asked not in self._found:
            self._found[asked] = self._look_up(key_of(handle))
        return self._found[asked]

    def is_mine(self, kind: HandleKind, value: str) -> bool:
        """Whether a handle is mine."""
        return self.owner(Handle(kind, value)) == ME

    def is_shared(self, handle: Handle) -> bool:
        """Whether several contacts have the handle and nobody said whose it is."""
        key = key_of(handle)
        return key not in self._said and key not in self._me and len(self._known.get(key, ())) > 1

    def is_settled(self, handle: Handle) -> bool:
        """Whether the owner of a handle is known, or a person said whose it is, nobody's included."""
        return key_of(handle) in self._said or self.owner(handle) is not None

    def knows_me_by(self, kind: HandleKind) -> bool:
        """Whether any handle of this kind is mine."""
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
        """Whether an address of which a person said that it is nobody's stands with one contact alone."""
        return self._said[key] is None and key[0] is not HandleKind.NAME and len(self._known.get(key, ())) == 1
