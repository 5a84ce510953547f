"""The contacts and values that an import has met so far, for its later records."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, overload

from planner.core.matching.recognition import Candidate
from planner.store.facts.identity.import_candidates import Known

Key = TypeVar("Key")
Value = TypeVar("Value")
Other = TypeVar("Other")
REMEMBERED = 14
"""The most digests and name marks stored for one source key."""


class _Learned(dict[Key, Value]):
    """Entries that were learned, on top of those already known: a key that was not learned is looked up there."""

    __slots__ = ("_known",)

    def __init__(self, known: dict[Key, Value]) -> None:
        self._known = known

    def __missing__(self, key: Key) -> Value:
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return dict.__contains__(self, key) or key in self._known

    @overload
    def get(self, key: Key, default: None = None, /) -> Value | None: ...
    @overload
    def get(self, key: Key, default: Value | Other, /) -> Value | Other: ...
    def get(self, key: Key, default: Any = None, /) -> Any:
        return dict.get(self, key, self._known.get(key, default))


@dataclass(slots=True)
class Memory:
    """Everyone an import has added or met again, and what it has said under each source key."""

    candidates: dict[int, Candidate] = field(default_factory=dict)
    met: dict[int, frozenset[str]] = field(default_factory=dict)
    """The contacts this import has added, each with the file it came from."""
    told: dict[str, str] = field(default_factory=dict)
    """What this import's records said under a key, as digests and marks of names, the latest last."""
    rewritten: dict[str, bool] = field(default_factory=dict)
    """Keys whose stored digests this import has replaced by those of `told`."""
    favors: dict[str, bool] = field(default_factory=dict)
    """Source keys of the favors it has reported."""
    changes: dict[int, int] = field(default_factory=dict)
    """How often its records have changed a contact."""
    duplicates: dict[str, int] = field(default_factory=dict)
    """How often a source key belonged to somebody with another name."""
    cards: dict[str, bool] = field(default_factory=dict)
    """The source keys under which it has read a card or a row: a second one is merged with the first."""

    def copied(self) -> Memory:
        """A copy for one transaction; `keep` takes over what the copy has learned."""
        return Memory(*(_Learned(getattr(self, each.name)) for each in fields(self)))

    def keep(self, other: Memory) -> None:
        """Take over what a copy has learned since `copied`."""
        for each in fields(self):
            getattr(self, each.name).update(getattr(other, each.name))

    def said_before(self, known: Known, keys: tuple[str, ...], digest: str) -> bool:
        """Whether a record with these keys has said exactly this, in an earlier import or in this one."""
        for key in keys:
            stored = "" if key in self.rewritten else known.digests.get(key, (0, ""))[1]
            if digest in self.told.get(key, "").split() or digest in stored.split():
                return True
        return False

    def say(self, key: str, digest: str, name_mark: str) -> str:
        """Remember what a record says under a key; return everything this import said under it."""
        before = self.told.get(key)
        if before is None:
            self.told[key] = alone = f"{digest} {name_mark}"
            return alone
        told = before.split()
        if digest not in told or name_mark not in told:
            told = [one for one in told if one not in (digest, name_mark)]
            self.told[key] = " ".join((*told, digest, name_mark)[-REMEMBERED:])
        return self.told[key]
